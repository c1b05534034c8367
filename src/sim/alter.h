/* sim/alter.h - an answer that is well-formed JSON and yet not what was agreed.
 *
 * What a service can send by mistake: its own reply, changed in one way.
 */
#ifndef SIM_ALTER_H
#define SIM_ALTER_H

#include "sys/text.h"

/* A table is an array of arrays, wherever it stands: candles, a side of the
 * book. Its first row is the newest, or the best. A list is an array of
 * objects: orders, fills, balances, sub-accounts. The names are those of the
 * member "alter" of a fault. */
enum sim_alter {
    SIM_ALTER_NONE,
    SIM_ALTER_NO_DATA,    /* "no-data": the member is missing */
    SIM_ALTER_NULL_DATA,  /* "null-data" */
    SIM_ALTER_EMPTY_DATA, /* "empty-data": an array or object without parts */
    SIM_ALTER_SWAP_TYPES, /* "swap-types": numbers as strings, and the reverse
                           */
    SIM_ALTER_SHORT_ROWS, /* "short-rows": the last column is gone */
    SIM_ALTER_LONG_ROWS,  /* "long-rows": one column more, of "0" */
    SIM_ALTER_STALE,      /* "stale": the two newest rows are not there yet */
    SIM_ALTER_GAP,      /* "gap": three rows behind the first ten are missing */
    SIM_ALTER_REPEATED, /* "repeated": the newest row comes twice */
    SIM_ALTER_NAN,      /* "nan": the newest row ends in "NaN" */
    SIM_ALTER_NEGATIVE, /* "negative": the newest row is, but for its time */
    SIM_ALTER_AHEAD,    /* "ahead": data, a time, is ten minutes later */
    SIM_ALTER_BEHIND,   /* "behind": ten minutes earlier */
    SIM_ALTER_PAGE_MORE,  /* "page-more": of the pages there is one more */
    SIM_ALTER_NO_ITEMS,   /* "no-items": a list is empty */
    SIM_ALTER_ITEM_LOST,  /* "item-lost": the first of a list is missing */
    SIM_ALTER_ITEM_TWICE, /* "item-twice": it is there twice */
    SIM_ALTER_COUNT
};

enum sim_alter sim_alter_named(const char *name); /* NONE: not one of them */

/* Changes the body; one that is not JSON stays as it is. */
void sim_alter(enum sim_alter how, struct text *body);

#endif
