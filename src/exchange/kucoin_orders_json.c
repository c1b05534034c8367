/* Replies about orders and fills. */
#include <cjson/cJSON.h>
#include <string.h>

#include "exchange/kucoin_exact.h"
#include "exchange/kucoin_private_json.h"

static int read_side(const cJSON *row, enum fill_side *out, struct error *err)
{
    const char *side = exact_text(row, "side");
    *out = side && !strcmp(side, "sell") ? FILL_SELL : FILL_BUY;
    if (*out == FILL_SELL || (side && !strcmp(side, "buy")))
        return 0;
    return error_set(err, FAULT_DATA, "'side' is neither buy nor sell");
}

static int check_symbol(const cJSON *row, const char *symbol, struct error *err)
{
    const char *name = exact_text(row, "symbol");
    if (name && !strcmp(name, symbol))
        return 0;
    return error_set(err, FAULT_DATA, "is about another symbol");
}

static int read_order(const cJSON *row, const char *symbol,
                      struct kucoin_order *out, struct error *err)
{
    *out = (struct kucoin_order){ .kind = KUCOIN_ORDER_LIMIT };
    return check_symbol(row, symbol, err) ||
                   exact_word(row, "id", out->id, sizeof(out->id), err) ||
                   read_side(row, &out->side, err) ||
                   exact_amount(row, "price", &out->price, err) ||
                   exact_decimal(row, "remainSize", &out->remain, err) ||
                   exact_time_ms(row, "createdAt", &out->created_ms, err)
               ? -1
               : 0;
}

/* At market there is no price, and a buy may be for funds instead of a size:
 * null, missing or 0 all occur. */
static int read_if_any(const cJSON *row, const char *name, bool needed,
                       struct decimal *out, struct error *err)
{
    const cJSON *item = exact_member(row, name);
    if (!needed && (!item || cJSON_IsNull(item)))
        return 0;
    return needed ? exact_amount(row, name, out, err)
                  : exact_decimal(row, name, out, err);
}

static int read_stop(const cJSON *row, const char *symbol,
                     struct kucoin_order *out, struct error *err)
{
    const char *type = exact_text(row, "type");
    bool limit = type && !strcmp(type, "limit");
    *out = (struct kucoin_order){ .kind = KUCOIN_ORDER_STOP };
    return check_symbol(row, symbol, err) ||
                   exact_word(row, "id", out->id, sizeof(out->id), err) ||
                   read_side(row, &out->side, err) ||
                   read_if_any(row, "price", limit, &out->price, err) ||
                   read_if_any(row, "size", limit || out->side == FILL_SELL,
                               &out->remain, err) ||
                   exact_amount(row, "stopPrice", &out->stop, err) ||
                   exact_time_ms(row, "createdAt", &out->created_ms, err)
               ? -1
               : 0;
}

static void add_order(struct kucoin_orders *list, const struct kucoin_order *o)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i].id, o->id))
            return;
    list->items = exact_grow(list->items, list->count, &list->room, sizeof(*o));
    list->items[list->count++] = *o;
}

typedef int read_row(const cJSON *row, const char *symbol,
                     struct kucoin_order *out, struct error *err);

static int read_orders(struct kucoin_body body, const char *symbol,
                       read_row *read, struct kucoin_orders *out,
                       struct kucoin_paging *paging, struct error *err)
{
    cJSON *doc;
    const cJSON *items = exact_page(body, &doc, paging, err);
    int rc = items ? 0 : -1;
    size_t index = 0;
    for (const cJSON *row = items ? items->child : NULL; row && !rc;
         row = row->next, index++) {
        const char *status = exact_text(row, "status");
        struct kucoin_order order;
        rc = read(row, symbol, &order, err);
        if (rc)
            error_wrap(err, "row %zu", index);
        else if (status && !strcmp(status, "TRIGGERED"))
            out->triggered++;
        else
            add_order(out, &order);
    }
    cJSON_Delete(doc);
    return rc;
}

int kucoin_orders_parse(struct kucoin_body body, const char *symbol,
                        struct kucoin_orders *out, struct kucoin_paging *paging,
                        struct error *err)
{
    return read_orders(body, symbol, read_order, out, paging, err);
}

int kucoin_stops_parse(struct kucoin_body body, const char *symbol,
                       struct kucoin_orders *out, struct kucoin_paging *paging,
                       struct error *err)
{
    return read_orders(body, symbol, read_stop, out, paging, err);
}

static int read_fill(const cJSON *row, const char *symbol, struct fill *out,
                     struct error *err)
{
    *out = (struct fill){ 0 };
    if (check_symbol(row, symbol, err) ||
        exact_integer(row, "id", &out->id, err) ||
        read_side(row, &out->side, err) ||
        exact_amount(row, "price", &out->price, err) ||
        exact_amount(row, "size", &out->size, err) ||
        exact_amount(row, "funds", &out->funds, err) ||
        exact_decimal(row, "fee", &out->fee, err) ||
        exact_word(row, "feeCurrency", out->fee_currency,
                   sizeof(out->fee_currency), err) ||
        exact_time_ms(row, "createdAt", &out->at_ms, err))
        return -1;
    return out->id > 0 ? 0 : error_set(err, FAULT_DATA, "'id' is not above 0");
}

static int read_fills(const cJSON *data, const char *symbol,
                      struct kucoin_fills *out, int64_t *last_id,
                      struct error *err)
{
    const cJSON *items = exact_member(data, "items");
    const cJSON *last = exact_member(data, "lastId");
    size_t index = 0;
    *last_id = 0;
    if (!cJSON_IsArray(items))
        return error_set(err, FAULT_DATA, "'items' is not a list");
    if (last && !cJSON_IsNull(last) &&
        exact_integer(data, "lastId", last_id, err))
        return -1;
    for (const cJSON *row = items->child; row; row = row->next, index++) {
        struct fill fill;
        if (read_fill(row, symbol, &fill, err))
            return error_wrap(err, "row %zu", index);
        out->items =
            exact_grow(out->items, out->count, &out->room, sizeof(fill));
        out->items[out->count++] = fill;
    }
    return 0;
}

int kucoin_fills_parse(struct kucoin_body body, const char *symbol,
                       struct kucoin_fills *out, int64_t *last_id,
                       struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    int rc = data ? read_fills(data, symbol, out, last_id, err) : -1;
    cJSON_Delete(doc);
    return rc;
}
