/* What a new range and stop mean for the time that there is to warn, and for
 * the loss that is watched. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/grid_words.h"
#include "config/for_grid.h"
#include "exit/equity.h"
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

static void warn(const struct act *a, const struct grid *g, const char *words)
{
    if (words[0] && !a->context->quiet)
        fprintf(stderr, "gridwatch: warning: grid '%s': %s\n", g->id, words);
}

void grid_warn(const struct act *a, const struct grid *g)
{
    struct geometry geometry = geometry_of(g, atr_of(a->edit.store, g->symbol));
    char words[GEOMETRY_WORDS];

    struct config_grid *own = xcalloc(1, sizeof(*own));
    struct error err;
    char equity[EQUITY_WORDS];
    config_for_grid(a->context->config, g, own, &err); /* the base, if not */
    geometry_words(&geometry, own->exit.operator_delay_ms, words);
    warn(a, g, words);
    bool has_key = a->context->config->secrets.kucoin_api_key.text[0];
    equity_words(&own->exit, g, has_key, equity);
    warn(a, g, equity);
    free(own);
}
