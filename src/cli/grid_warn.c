/* What a new range and stop mean for the time that there is to warn. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/grid_words.h"
#include "position/geometry.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

/* As the record knows it; a symbol that no run has seen has none. */
static struct value atr_of(struct store *store, const char *symbol)
{
    struct metrics_document *d = xcalloc(1, sizeof(*d));
    struct value atr = value_none(VALUE_UNAVAILABLE);
    char path[RECORD_PATH_MAX];
    struct error err;

    record_latest_symbol_path(symbol, path);
    if (open_document(store, RECORD_METRICS, path, d, &err) == 0)
        atr = d->metrics.values[METRIC_ATR_4H];
    free(d);
    return atr;
}

void grid_warn(const struct act *a, const struct grid *g)
{
    struct geometry geometry = geometry_of(g, atr_of(a->edit.store, g->symbol));
    char words[GEOMETRY_WORDS];

    geometry_words(&geometry, words);
    if (words[0] && !a->context->quiet)
        fprintf(stderr, "gridwatch: warning: grid '%s': %s\n", g->id, words);
}
