#include "exchange/kucoin_book.h"

#include <cjson/cJSON.h>

#include "base/number.h"
#include "exchange/kucoin_exact.h"

static int read_level(const cJSON *pair, struct kucoin_level *out)
{
    const cJSON *price = cJSON_GetArrayItem(pair, 0);
    const cJSON *size = cJSON_GetArrayItem(pair, 1);
    return cJSON_IsArray(pair) && cJSON_GetArraySize(pair) == 2 &&
                   cJSON_IsString(price) && cJSON_IsString(size) &&
                   number_parse(price->valuestring, &out->price) &&
                   number_parse(size->valuestring, &out->size) &&
                   out->price > 0 && out->size > 0
               ? 0
               : -1;
}

/* `sign` is 1 when prices rise from level to level, else -1. */
static int read_side(const cJSON *data, const char *name, int sign,
                     struct kucoin_level *levels, size_t *count,
                     struct error *err)
{
    const cJSON *list = exact_member(data, name);
    const cJSON *pair;
    if (!cJSON_IsArray(list))
        return error_set(err, FAULT_DATA, "'%s' is not a list", name);
    *count = 0;
    cJSON_ArrayForEach(pair, list)
    {
        struct kucoin_level *at = &levels[*count];
        if (*count == KUCOIN_BOOK_LEVELS)
            break;
        if (read_level(pair, at))
            return error_set(err, FAULT_DATA,
                             "'%s' %zu: not a price and a size above zero",
                             name, *count);
        if (*count && !(sign * (at->price - at[-1].price) > 0))
            return error_set(err, FAULT_DATA,
                             "'%s' %zu: price %.12g follows on %.12g", name,
                             *count, at->price, at[-1].price);
        ++*count;
    }
    return 0;
}

static int read_book(const cJSON *data, struct kucoin_book *out,
                     struct error *err)
{
    if (exact_time_ms(data, "time", &out->time_ms, err) ||
        read_side(data, "bids", -1, out->bids, &out->bid_count, err) ||
        read_side(data, "asks", 1, out->asks, &out->ask_count, err))
        return -1;
    if (out->bid_count && out->ask_count &&
        !(out->bids[0].price < out->asks[0].price))
        return error_set(err, FAULT_DATA, "the bid %.12g meets the ask %.12g",
                         out->bids[0].price, out->asks[0].price);
    return 0;
}

int kucoin_book_parse(struct kucoin_body body, struct kucoin_book *out,
                      struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    int rc = data ? read_book(data, out, err) : -1;
    cJSON_Delete(doc);
    return rc;
}
