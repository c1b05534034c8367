#include "sim/alter.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { STALE_ROWS = 2, GAP_FROM = 10, GAP_ROWS = 3 };
#define SKEW_MS 600e3

/* --- Numbers -------------------------------------------------------------- */

/* Is all of it a number, as "0.5" and 0.5 are? */
static bool is_figure(const cJSON *v)
{
    char *end;
    if (!cJSON_IsString(v) || !v->valuestring[0])
        return cJSON_IsNumber(v);
    strtod(v->valuestring, &end);
    return *end == '\0';
}

static cJSON *swapped(const cJSON *v)
{
    char text[32];
    if (cJSON_IsString(v))
        return cJSON_CreateRaw(v->valuestring);
    snprintf(text, sizeof(text), "%.17g", v->valuedouble);
    return cJSON_CreateString(text);
}

/* A member keeps its name. */
static void replace(cJSON *parent, cJSON *v, cJSON *by)
{
    if (cJSON_IsObject(parent))
        cJSON_ReplaceItemInObjectCaseSensitive(parent, v->string, by);
    else
        cJSON_ReplaceItemViaPointer(parent, v, by);
}

static void swap_types(cJSON *parent)
{
    for (cJSON *v = parent->child, *next; v; v = next) {
        next = v->next;
        if (is_figure(v))
            replace(parent, v, swapped(v));
        else
            swap_types(v);
    }
}

/* --- Tables: arrays of arrays; lists: arrays of objects ------------------- */

static bool is_table(const cJSON *v)
{
    return cJSON_IsArray(v) && cJSON_IsArray(v->child);
}

static bool is_list(const cJSON *v)
{
    return cJSON_IsArray(v) && cJSON_IsObject(v->child);
}

static void each(cJSON *v, bool (*is_one)(const cJSON *v),
                 void (*change)(cJSON *one))
{
    if (is_one(v)) {
        change(v);
        return;
    }
    for (cJSON *part = v->child; part; part = part->next)
        each(part, is_one, change);
}

static void lose_first(cJSON *list)
{
    cJSON_DeleteItemFromArray(list, 0);
}

static void lose_all(cJSON *list)
{
    while (list->child)
        lose_first(list);
}

static void shorten(cJSON *table)
{
    cJSON *row;
    cJSON_ArrayForEach(row, table)
        cJSON_DeleteItemFromArray(row, cJSON_GetArraySize(row) - 1);
}

static void lengthen(cJSON *table)
{
    cJSON *row;
    cJSON_ArrayForEach(row, table)
        cJSON_AddItemToArray(row, cJSON_CreateString("0"));
}

static void drop_newest(cJSON *table)
{
    for (int i = 0; i < STALE_ROWS; i++)
        cJSON_DeleteItemFromArray(table, 0);
}

static void drop_some(cJSON *table)
{
    for (int i = 0; i < GAP_ROWS; i++)
        cJSON_DeleteItemFromArray(table, GAP_FROM);
}

static void repeat_first(cJSON *array)
{
    cJSON_InsertItemInArray(array, 0, cJSON_Duplicate(array->child, true));
}

static void break_last(cJSON *table)
{
    int last = cJSON_GetArraySize(table->child) - 1;
    if (last > 0)
        cJSON_ReplaceItemInArray(table->child, last, cJSON_CreateString("NaN"));
}

static void make_negative(cJSON *table)
{
    char text[64];
    cJSON *row = table->child;
    for (int i = 1; i < cJSON_GetArraySize(row); i++) {
        const char *was = cJSON_GetStringValue(cJSON_GetArrayItem(row, i));
        if (!was)
            continue;
        snprintf(text, sizeof(text), "-%.60s", was);
        cJSON_ReplaceItemInArray(row, i, cJSON_CreateString(text));
    }
}

/* --- What is in "data" ---------------------------------------------------- */

static void drop_data(cJSON *doc)
{
    cJSON_DeleteItemFromObjectCaseSensitive(doc, "data");
}

static void void_data(cJSON *doc)
{
    cJSON_ReplaceItemInObjectCaseSensitive(doc, "data", cJSON_CreateNull());
}

static void empty_data(cJSON *doc)
{
    cJSON *data = cJSON_GetObjectItemCaseSensitive(doc, "data");
    if (data)
        cJSON_ReplaceItemInObjectCaseSensitive(
            doc, "data",
            cJSON_IsArray(data) ? cJSON_CreateArray() : cJSON_CreateObject());
}

static void shift_time(cJSON *doc, double by_ms)
{
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(doc, "data");
    char text[32];
    if (!cJSON_IsNumber(data))
        return;
    snprintf(text, sizeof(text), "%.0f", data->valuedouble + by_ms);
    cJSON_ReplaceItemInObjectCaseSensitive(doc, "data", cJSON_CreateRaw(text));
}

static void set_ahead(cJSON *doc)
{
    shift_time(doc, SKEW_MS);
}

static void set_behind(cJSON *doc)
{
    shift_time(doc, -SKEW_MS);
}

/* An item came in while the pages were read, and is not on this one. */
static void add_page(cJSON *doc)
{
    static const char *const counts[] = { "totalPage", "totalNum" };
    cJSON *data = cJSON_GetObjectItemCaseSensitive(doc, "data");
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        cJSON *n = cJSON_GetObjectItemCaseSensitive(data, counts[i]);
        if (cJSON_IsNumber(n))
            cJSON_SetNumberValue(n, n->valuedouble + 1);
    }
}

/* Of the whole document, of each table in it, or of each list. */
// clang-format off
static const struct {
    const char *name;
    void (*document)(cJSON *doc);
    void (*table)(cJSON *table);
    void (*list)(cJSON *list);
} ways[SIM_ALTER_COUNT] = {
    [SIM_ALTER_NONE]        = { "none",       NULL,        NULL,          NULL },
    [SIM_ALTER_NO_DATA]     = { "no-data",    drop_data,   NULL,          NULL },
    [SIM_ALTER_NULL_DATA]   = { "null-data",  void_data,   NULL,          NULL },
    [SIM_ALTER_EMPTY_DATA]  = { "empty-data", empty_data,  NULL,          NULL },
    [SIM_ALTER_SWAP_TYPES]  = { "swap-types", swap_types,  NULL,          NULL },
    [SIM_ALTER_SHORT_ROWS]  = { "short-rows", NULL,        shorten,       NULL },
    [SIM_ALTER_LONG_ROWS]   = { "long-rows",  NULL,        lengthen,      NULL },
    [SIM_ALTER_STALE]       = { "stale",      NULL,        drop_newest,   NULL },
    [SIM_ALTER_GAP]         = { "gap",        NULL,        drop_some,     NULL },
    [SIM_ALTER_REPEATED]    = { "repeated",   NULL,        repeat_first,  NULL },
    [SIM_ALTER_NAN]         = { "nan",        NULL,        break_last,    NULL },
    [SIM_ALTER_NEGATIVE]    = { "negative",   NULL,        make_negative, NULL },
    [SIM_ALTER_AHEAD]       = { "ahead",      set_ahead,   NULL,          NULL },
    [SIM_ALTER_BEHIND]      = { "behind",     set_behind,  NULL,          NULL },
    [SIM_ALTER_PAGE_MORE]   = { "page-more",  add_page,    NULL,          NULL },
    [SIM_ALTER_NO_ITEMS]    = { "no-items",   NULL,        NULL,          lose_all },
    [SIM_ALTER_ITEM_LOST]   = { "item-lost",  NULL,        NULL,          lose_first },
    [SIM_ALTER_ITEM_TWICE]  = { "item-twice", NULL,        NULL,          repeat_first },
};
// clang-format on

enum sim_alter sim_alter_named(const char *name)
{
    for (size_t i = SIM_ALTER_NONE + 1; i < ARRAY_LEN(ways); i++)
        if (strcmp(ways[i].name, name) == 0)
            return (enum sim_alter)i;
    return SIM_ALTER_NONE;
}

void sim_alter(enum sim_alter how, struct text *body)
{
    cJSON *doc = cJSON_Parse(text_str(body));
    if (!doc)
        return;
    if (ways[how].document)
        ways[how].document(doc);
    if (ways[how].table)
        each(doc, is_table, ways[how].table);
    if (ways[how].list)
        each(doc, is_list, ways[how].list);
    char *text = cJSON_PrintUnformatted(doc);
    if (text) {
        text_clear(body);
        text_puts(body, text);
    }
    free(text);
    cJSON_Delete(doc);
}
