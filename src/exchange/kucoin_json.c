#include "exchange/kucoin_json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "sys/xmalloc.h"

#define EXACT_MAX  9007199254740992.0 /* 2^53 */
#define SHOWN      40                 /* code points of a value in an error */
#define SHOWN_ROOM UTF8_ROOM(SHOWN)

/* A row of candles: seven texts, and the close comes before the high. */
// clang-format off
enum column { TIME, OPEN, CLOSE, HIGH, LOW, VOLUME, TURNOVER, ROW_COLUMNS };
static const char *const columns[ROW_COLUMNS] = {
    "time", "open", "close", "high", "low", "volume", "turnover"
};
// clang-format on

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *item)
{
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* cJSON keeps no digits, only a double: exact as long as it is below 2^53. */
static bool integer_of(const cJSON *item, int64_t *out)
{
    const char *text = text_of(item);
    if (text)
        return integer_parse(text, out);
    if (!cJSON_IsNumber(item) || !(fabs(item->valuedouble) <= EXACT_MAX) ||
        floor(item->valuedouble) != item->valuedouble)
        return false;
    *out = (int64_t)item->valuedouble;
    return true;
}

/* The whole body must be one object, with nothing behind it. */
static cJSON *parse_object(struct kucoin_body body)
{
    if (!body.data || memchr(body.data, '\0', body.len))
        return NULL;
    cJSON *doc =
        cJSON_ParseWithLengthOpts(body.data, body.len + 1, NULL, cJSON_True);
    if (cJSON_IsObject(doc))
        return doc;
    cJSON_Delete(doc);
    return NULL;
}

static void read_envelope(const cJSON *doc, struct kucoin_envelope *out)
{
    const cJSON *code = member(doc, "code");
    const char *msg = text_of(member(doc, "msg"));
    int64_t number;

    *out = (struct kucoin_envelope){ 0 };
    if (text_of(code) && strlen(text_of(code)) < sizeof(out->code))
        utf8_cut_line(text_of(code), sizeof(out->code) - 1, out->code);
    else if (integer_of(code, &number))
        snprintf(out->code, sizeof(out->code), "%" PRId64, number);
    out->is_json = out->code[0] != '\0';
    out->success = !strcmp(out->code, "200000") || !strcmp(out->code, "200");
    utf8_cut_line(msg ? msg : "", KUCOIN_MSG_POINTS, out->msg);
    if (out->is_json && !out->success)
        out->known = kucoin_code_find(out->code, out->msg);
}

void kucoin_envelope_parse(struct kucoin_body body, struct kucoin_envelope *out)
{
    cJSON *doc = parse_object(body);
    read_envelope(doc, out);
    cJSON_Delete(doc);
}

int kucoin_envelope_error(const struct kucoin_envelope *e, int status,
                          struct error *err)
{
    const struct kucoin_code *known = e->known;
    bool passing = status == 408 || status == 429 || status >= 500;
    if (!e->is_json && status >= 400)
        return error_set(err, passing ? FAULT_TRANSIENT : FAULT_REFUSED,
                         "HTTP %d and no JSON, a gateway answered", status);
    if (!e->is_json)
        return error_set(err, FAULT_TRANSIENT,
                         "HTTP %d and no JSON with a code, the text is cut or "
                         "of somebody else",
                         status);
    if (e->success)
        return error_set(err, passing ? FAULT_TRANSIENT : FAULT_DATA,
                         "HTTP %d with code %s", status, e->code);
    return error_set(err,
                     known     ? known->fault
                     : passing ? FAULT_TRANSIENT
                               : FAULT_REFUSED,
                     "%s (code %s '%s', HTTP %d)",
                     known ? known->advice : "the exchange says no", e->code,
                     e->msg, status);
}

/* What lies within `doc` under `data`, of a success. */
static const cJSON *data_of(const cJSON *doc, const struct kucoin_envelope *e,
                            struct error *err)
{
    const cJSON *data = member(doc, "data");
    if (!e->success)
        kucoin_envelope_error(e, 200, err);
    else if (!data || cJSON_IsNull(data))
        error_set(err, FAULT_DATA, "code %s without data, message '%s'",
                  e->code, e->msg);
    else
        return data;
    return NULL;
}

/* `*doc` is the caller's; the return value lies within. */
static const cJSON *open_data(struct kucoin_body body, cJSON **doc,
                              struct error *err)
{
    struct kucoin_envelope e;
    *doc = parse_object(body);
    read_envelope(*doc, &e);
    return data_of(*doc, &e, err);
}

int kucoin_time_parse(struct kucoin_body body, int64_t *ms, struct error *err)
{
    cJSON *doc;
    const cJSON *data = open_data(body, &doc, err);
    int rc = data ? 0 : -1;
    if (data && (!integer_of(data, ms) || *ms <= 0))
        rc = error_set(err, FAULT_DATA, "'data' is not a time in ms");
    cJSON_Delete(doc);
    return rc;
}

static enum market_status status_from(const char *word)
{
    static const struct {
        const char *word;
        enum market_status status;
    } words[] = { { "open", MARKET_OPEN },
                  { "close", MARKET_CLOSED },
                  { "cancelonly", MARKET_CANCEL_ONLY } };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!strcmp(words[i].word, word))
            return words[i].status;
    return MARKET_STATUS_UNKNOWN;
}

int kucoin_status_parse(struct kucoin_body body, struct kucoin_status *out,
                        struct error *err)
{
    cJSON *doc;
    const cJSON *data = open_data(body, &doc, err);
    const char *word = text_of(member(data, "status"));
    const char *note = text_of(member(data, "msg"));
    int rc = data ? 0 : -1;
    if (data && !word)
        rc = error_set(err, FAULT_DATA, "'data.status' is not a text");
    if (word)
        out->status = status_from(word);
    utf8_cut_line(note ? note : "", KUCOIN_MSG_POINTS, out->note);
    cJSON_Delete(doc);
    return rc;
}

/* A text that is a number above zero. */
static int read_positive(const cJSON *data, const char *name, double *out,
                         struct error *err)
{
    const char *text = text_of(member(data, name));
    char shown[SHOWN_ROOM];
    if (!text)
        return error_set(err, FAULT_DATA, "'%s' is missing or not a text",
                         name);
    if (number_parse(text, out) && *out > 0)
        return 0;
    utf8_cut_line(text, SHOWN, shown);
    return error_set(err, FAULT_DATA, "'%s' is '%s', not a number above zero",
                     name, shown);
}

static int read_symbol(const cJSON *data, const char *symbol,
                       struct kucoin_symbol *out, struct error *err)
{
    const char *name = text_of(member(data, "symbol"));
    const cJSON *trading = member(data, "enableTrading");
    if (!name || strcmp(name, symbol) != 0)
        return error_set(err, FAULT_DATA, "the reply is about another symbol");
    if (read_positive(data, "priceIncrement", &out->price_tick, err) ||
        read_positive(data, "baseIncrement", &out->base_increment, err))
        return -1;
    struct error none;
    if (read_positive(data, "baseMinSize", &out->base_min_size, &none))
        out->base_min_size = NO_VALUE;
    if (read_positive(data, "minFunds", &out->min_funds, &none))
        out->min_funds = NO_VALUE;
    if (!cJSON_IsBool(trading))
        return error_set(err, FAULT_DATA,
                         "'enableTrading' is missing or not true or false");
    out->trading = cJSON_IsTrue(trading);
    out->special_treatment = cJSON_IsTrue(member(data, "st"));
    return 0;
}

int kucoin_symbol_parse(struct kucoin_body body, const char *symbol,
                        struct kucoin_symbol *out, struct error *err)
{
    cJSON *doc;
    const cJSON *data = open_data(body, &doc, err);
    int rc = data ? read_symbol(data, symbol, out, err) : -1;
    cJSON_Delete(doc);
    return rc;
}

int kucoin_ticker_parse(struct kucoin_body body, struct kucoin_ticker *out,
                        struct error *err)
{
    cJSON *doc;
    const cJSON *data = open_data(body, &doc, err);
    int rc = data ? read_positive(data, "price", &out->price, err) : -1;
    if (!rc &&
        (!integer_of(member(data, "time"), &out->time_ms) || out->time_ms <= 0))
        rc = error_set(err, FAULT_DATA, "'time' is not a time in ms");
    cJSON_Delete(doc);
    return rc;
}

void kucoin_rows_release(struct kucoin_rows *rows)
{
    free(rows->bars);
    *rows = (struct kucoin_rows){ 0 };
}

void kucoin_rows_add(struct kucoin_rows *rows, const struct bar *b)
{
    if (b->volume == 0) {
        rows->idle++;
        return;
    }
    if (rows->count == rows->room) {
        rows->room = rows->room ? rows->room * 2 : 256;
        rows->bars = xrealloc(rows->bars, rows->room, sizeof(*rows->bars));
    }
    rows->bars[rows->count++] = *b;
}

static int bad_field(size_t row, const char *field, const char *value,
                     const char *why, struct error *err)
{
    char shown[SHOWN_ROOM];
    utf8_cut_line(value, SHOWN, shown);
    return error_set(err, FAULT_DATA, "row %zu: '%s' is '%s', %s", row, field,
                     shown, why);
}

static int read_texts(const cJSON *row, size_t index,
                      const char *texts[ROW_COLUMNS], struct error *err)
{
    if (!cJSON_IsArray(row) || cJSON_GetArraySize(row) != ROW_COLUMNS)
        return error_set(err, FAULT_DATA, "row %zu: not a list of %d texts",
                         index, ROW_COLUMNS);
    const cJSON *item = row->child;
    for (int i = 0; i < ROW_COLUMNS; i++, item = item->next) {
        texts[i] = text_of(item);
        if (!texts[i])
            return error_set(err, FAULT_DATA, "row %zu: '%s' is not a text",
                             index, columns[i]);
    }
    return 0;
}

static int read_bar(const cJSON *row, size_t index, enum timeframe tf,
                    struct bar *b, struct error *err)
{
    const char *texts[ROW_COLUMNS];
    double v[ROW_COLUMNS];
    int64_t seconds;

    if (read_texts(row, index, texts, err))
        return -1;
    if (!integer_parse(texts[TIME], &seconds) || seconds < 0 ||
        seconds > KUCOIN_TIME_MAX_S)
        return bad_field(index, "time", texts[TIME], "not seconds since 1970",
                         err);
    for (int i = OPEN; i < ROW_COLUMNS; i++)
        if (!number_parse(texts[i], &v[i]))
            return bad_field(index, columns[i], texts[i],
                             "not a decimal number", err);
    *b = (struct bar){ .open_ms = seconds * 1000,
                       .open = v[OPEN],
                       .high = v[HIGH],
                       .low = v[LOW],
                       .close = v[CLOSE],
                       .volume = v[VOLUME] };
    enum bar_fault fault = bar_check(b, tf);
    if (fault != BAR_OK)
        return error_set(err, FAULT_DATA,
                         "row %zu: time '%s' open '%.24s' close '%.24s' high "
                         "'%.24s' low '%.24s' volume '%.24s': %s",
                         index, texts[TIME], texts[OPEN], texts[CLOSE],
                         texts[HIGH], texts[LOW], texts[VOLUME],
                         bar_fault_text(fault));
    return 0;
}

int kucoin_candles_parse(struct kucoin_body body, enum timeframe tf,
                         struct kucoin_envelope *envelope,
                         struct kucoin_rows *rows, struct error *err)
{
    struct kucoin_envelope e;
    cJSON *doc = parse_object(body);
    read_envelope(doc, &e);
    if (envelope)
        *envelope = e;
    const cJSON *data = data_of(doc, &e, err);
    int rc = data ? 0 : -1;
    size_t index = 0;
    const cJSON *row;

    if (data && !cJSON_IsArray(data))
        rc = error_set(err, FAULT_DATA, "'data' is not a list of candles");
    cJSON_ArrayForEach(row, data)
    {
        struct bar b;
        if (rc)
            break;
        rc = read_bar(row, index++, tf, &b, err);
        if (!rc)
            kucoin_rows_add(rows, &b);
    }
    cJSON_Delete(doc);
    return rc;
}
