#include "exchange/kucoin_private_json.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "exchange/kucoin_exact.h"

static int read_rights(const cJSON *data, struct kucoin_key *out,
                       struct error *err)
{
    const char *text = exact_text(data, "permission");
    const char *ip = exact_text(data, "ipWhitelist");
    if (!text || !*text)
        return error_set(err, FAULT_DATA, "'permission' is missing or empty");
    if (strlen(text) >= sizeof(out->permissions) || !utf8_valid(text))
        return error_set(err, FAULT_DATA, "'permission' is no list of words");
    utf8_cut_line(text, sizeof(out->permissions) - 1, out->permissions);
    out->ip_restricted = ip && *ip;
    return 0;
}

int kucoin_rights_parse(struct kucoin_body body, struct kucoin_key *out,
                        struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    int rc = data ? read_rights(data, out, err) : -1;
    cJSON_Delete(doc);
    return rc;
}

static int read_unified(const cJSON *data, struct kucoin_unified *out,
                        struct error *err)
{
    const cJSON *list = exact_member(data, "unifiedSubAccount");
    const cJSON *item;
    out->count = 0;
    if (list && !cJSON_IsNull(list) && !cJSON_IsArray(list))
        return error_set(err, FAULT_DATA, "'unifiedSubAccount' is no list");
    cJSON_ArrayForEach(item, list)
    {
        if (out->count == KUCOIN_UNIFIED_MAX)
            return error_set(err, FAULT_DATA,
                             "'unifiedSubAccount' has more than %d",
                             KUCOIN_UNIFIED_MAX);
        if (!cJSON_IsString(item) ||
            !integer_parse(item->valuestring, &out->uids[out->count]))
            return error_set(err, FAULT_DATA,
                             "'unifiedSubAccount' holds what is no number");
        out->count++;
    }
    out->known = true;
    return 0;
}

int kucoin_mode_parse(struct kucoin_body body, enum kucoin_mode *out,
                      struct kucoin_unified *subs, struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    const char *mode = exact_text(data, "selfAccountMode");
    int rc = data ? 0 : -1;
    if (mode && !strcmp(mode, "CLASSIC"))
        *out = KUCOIN_MODE_CLASSIC;
    else if (mode && !strcmp(mode, "UNIFIED"))
        *out = KUCOIN_MODE_UNIFIED;
    else if (data)
        rc = error_set(err, FAULT_DATA,
                       "'selfAccountMode' is neither CLASSIC nor UNIFIED");
    if (!rc)
        rc = read_unified(data, subs, err);
    cJSON_Delete(doc);
    return rc;
}

static int read_balance(const cJSON *row, struct kucoin_balance *out,
                        struct error *err)
{
    return exact_word(row, "currency", out->currency, sizeof(out->currency),
                      err) ||
                   exact_decimal(row, "balance", &out->balance, err) ||
                   exact_decimal(row, "available", &out->available, err) ||
                   exact_decimal(row, "holds", &out->holds, err)
               ? -1
               : 0;
}

static bool is_empty(const struct kucoin_balance *b)
{
    return !decimal_sign(b->balance) && !decimal_sign(b->available) &&
           !decimal_sign(b->holds);
}

/* `type` NULL: each row has its own. */
static int read_balances(const cJSON *list, const char *type,
                         struct kucoin_balance *out, size_t room, size_t *count,
                         struct error *err)
{
    size_t index = 0;
    const cJSON *row;
    if (!cJSON_IsArray(list))
        return error_set(err, FAULT_DATA, "not a list of balances");
    cJSON_ArrayForEach(row, list)
    {
        struct kucoin_balance b = { 0 };
        if ((!type && exact_word(row, "type", b.type, sizeof(b.type), err)) ||
            read_balance(row, &b, err))
            return error_wrap(err, "row %zu", index);
        index++;
        if (type)
            snprintf(b.type, sizeof(b.type), "%s", type);
        if (is_empty(&b))
            continue;
        if (*count == room)
            return error_set(err, FAULT_DATA, "more than %zu balances", room);
        out[(*count)++] = b;
    }
    return 0;
}

int kucoin_balances_parse(struct kucoin_body body, struct kucoin_balance *out,
                          size_t room, size_t *count, struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    *count = 0;
    int rc = data ? read_balances(data, NULL, out, room, count, err) : -1;
    cJSON_Delete(doc);
    return rc;
}

static int read_name(const cJSON *row, struct kucoin_sub_name *out,
                     struct error *err)
{
    const char *name = exact_text(row, "subName");
    int64_t type;
    if (exact_word(row, "userId", out->id, sizeof(out->id), err) ||
        exact_integer(row, "type", &type, err))
        return -1;
    if (!name || strlen(name) >= sizeof(out->name) || !utf8_valid(name))
        return error_set(err, FAULT_DATA, "'subName' is missing or too long");
    memcpy(out->name, name, strlen(name) + 1);
    if (exact_integer(row, "uid", &out->uid, NULL))
        out->uid = 0;
    out->robot = type == 1;
    return 0;
}

/* Who came or went while the list was read stands on two pages of it. */
static void add_name(struct kucoin_sub_names *list,
                     const struct kucoin_sub_name *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i].id, name->id))
            return;
    list->items =
        exact_grow(list->items, list->count, &list->room, sizeof(*name));
    list->items[list->count++] = *name;
}

int kucoin_sub_names_parse(struct kucoin_body body,
                           struct kucoin_sub_names *out,
                           struct kucoin_paging *paging, struct error *err)
{
    cJSON *doc;
    const cJSON *items = exact_page(body, &doc, paging, err);
    int rc = items ? 0 : -1;
    size_t index = 0;
    for (const cJSON *row = items ? items->child : NULL; row && !rc;
         row = row->next, index++) {
        struct kucoin_sub_name name;
        rc = read_name(row, &name, err);
        if (rc)
            error_wrap(err, "row %zu", index);
        else
            add_name(out, &name);
    }
    cJSON_Delete(doc);
    return rc;
}

int kucoin_sub_parse(struct kucoin_body body, struct kucoin_sub *out,
                     struct error *err)
{
    cJSON *doc;
    const cJSON *data = exact_open(body, &doc, err);
    const cJSON *trade = exact_member(data, "tradeAccounts");
    const cJSON *fast = exact_member(data, "tradeHFAccounts");
    const size_t room = KUCOIN_SUB_BALANCES_MAX;
    out->balance_count = 0;
    int rc = data ? 0 : -1;
    if (!rc && read_balances(trade, "trade", out->balances, room,
                             &out->balance_count, err))
        rc = error_wrap(err, "'tradeAccounts'");
    if (!rc && fast && !cJSON_IsNull(fast) &&
        read_balances(fast, "trade_hf", out->balances, room,
                      &out->balance_count, err))
        rc = error_wrap(err, "'tradeHFAccounts'");
    cJSON_Delete(doc);
    return rc;
}
