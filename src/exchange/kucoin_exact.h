/* exchange/kucoin_exact.h - the values of a reply, to the last digit.
 *
 * Of a number cJSON keeps nothing but a double, and ids of fills are beyond
 * 2^53. So every number of the body is put into quotes before it is parsed:
 * cJSON then hands out its digits as they came, and "12" and 12 are read alike,
 * which the exchange mixes anyhow.
 *
 * The getters fail with the name of the field, and with its value where there
 * is one. For the files of this folder only.
 */
#ifndef EXCHANGE_KUCOIN_EXACT_H
#define EXCHANGE_KUCOIN_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/error.h"
#include "exchange/kucoin_json.h"

struct cJSON;

/* The `data` of a success, or NULL and an error. `*doc` is the caller's, in any
 * case: cJSON_Delete(). */
const struct cJSON *exact_open(struct kucoin_body body, struct cJSON **doc,
                               struct error *err);

/* What a numbered page says of all pages. */
struct kucoin_paging {
    int64_t pages; /* 0 when there is nothing */
    int64_t total; /* rows of all pages */
};
/* The same for a numbered page: the list of its rows. */
const struct cJSON *exact_page(struct kucoin_body body, struct cJSON **doc,
                               struct kucoin_paging *paging, struct error *err);

/* A list of `count` items with room for one more, as xrealloc(). */
void *exact_grow(void *items, size_t count, size_t *room, size_t size);

const struct cJSON *exact_member(const struct cJSON *object, const char *name);

/* The text of a text or a number; NULL when it is null, missing or else. */
const char *exact_text(const struct cJSON *object, const char *name);

int exact_integer(const struct cJSON *object, const char *name, int64_t *out,
                  struct error *err);
/* Milliseconds since 1970, after it and before the year 10000. */
int exact_time_ms(const struct cJSON *object, const char *name, int64_t *out,
                  struct error *err);
int exact_decimal(const struct cJSON *object, const char *name,
                  struct decimal *out, struct error *err);
/* A decimal above zero. */
int exact_amount(const struct cJSON *object, const char *name,
                 struct decimal *out, struct error *err);
/* Letters, digits, '-' and '_', at least one, that fit into `room` bytes. */
int exact_word(const struct cJSON *object, const char *name, char *out,
               size_t room, struct error *err);

#endif
