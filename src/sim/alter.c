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

/* --- Tables: arrays of arrays --------------------------------------------- */

static void each_table(cJSON *v, void (*change)(cJSON *table))
{
    if (cJSON_IsArray(v) && cJSON_IsArray(v->child)) {
        change(v);
        return;
    }
    for (cJSON *part = v ? v->child : NULL; part; part = part->next)
        each_table(part, change);
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

static void repeat_newest(cJSON *table)
{
    cJSON_InsertItemInArray(table, 0, cJSON_Duplicate(table->child, true));
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

/* Either of the whole document or of each table in it. */
// clang-format off
static const struct {
    const char *name;
    void (*document)(cJSON *doc);
    void (*table)(cJSON *table);
} ways[SIM_ALTER_COUNT] = {
    [SIM_ALTER_NONE]       = { "none",       NULL,       NULL },
    [SIM_ALTER_NO_DATA]    = { "no-data",    drop_data,  NULL },
    [SIM_ALTER_NULL_DATA]  = { "null-data",  void_data,  NULL },
    [SIM_ALTER_EMPTY_DATA] = { "empty-data", empty_data, NULL },
    [SIM_ALTER_SWAP_TYPES] = { "swap-types", swap_types, NULL },
    [SIM_ALTER_SHORT_ROWS] = { "short-rows", NULL,       shorten },
    [SIM_ALTER_LONG_ROWS]  = { "long-rows",  NULL,       lengthen },
    [SIM_ALTER_STALE]      = { "stale",      NULL,       drop_newest },
    [SIM_ALTER_GAP]        = { "gap",        NULL,       drop_some },
    [SIM_ALTER_REPEATED]   = { "repeated",   NULL,       repeat_newest },
    [SIM_ALTER_NAN]        = { "nan",        NULL,       break_last },
    [SIM_ALTER_NEGATIVE]   = { "negative",   NULL,       make_negative },
    [SIM_ALTER_AHEAD]      = { "ahead",      set_ahead,  NULL },
    [SIM_ALTER_BEHIND]     = { "behind",     set_behind, NULL },
    [SIM_ALTER_PAGE_MORE]  = { "page-more",  add_page,   NULL },
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
        each_table(doc, ways[how].table);
    char *text = cJSON_PrintUnformatted(doc);
    if (text) {
        text_clear(body);
        text_puts(body, text);
    }
    free(text);
    cJSON_Delete(doc);
}
