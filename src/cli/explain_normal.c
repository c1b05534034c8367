/* What is normal: the metrics that matter beside a random walk and beside what
 * they were when the grid began. */
#include "base/array.h"
#include "base/moment.h"
#include "cli/explain_internal.h"

// clang-format off
const struct normal normals[] = {
    { METRIC_ER24_1H,     "ER24 1h", "straight",              "crooked",            3 },
    { METRIC_ADX_1H,      "ADX 1h",  "directed",              "aimless",            1 },
    { METRIC_VER_1H,      "VER 1h",  "wild for its hour",     "calm for its hour",  2 },
    { METRIC_T_DF_200_1H, "t_DF 1h", "slow to come back",     "quick to come back", 2 },
};
// clang-format on
const size_t normal_count = ARRAY_LEN(normals);

static double percentile_of(const struct told *t, enum metric_id id)
{
    return t->x->metrics ? t->x->metrics->percentile[id] : NO_VALUE;
}

void told_put_normal(const struct told *t, const struct normal *n,
                     struct draft *d)
{
    double share = percentile_of(t, n->id);
    if (isnan(share) || !value_usable(told_metric(t, n->id)))
        return;
    bool high = share >= .5;
    double one_in = 1.0 / (high ? 1.0 - share : share);
    if (one_in < 4.0)
        draft_put(d, "as on a random walk");
    else
        draft_put(d, "as %s as 1 in %.0f random walks", high ? n->high : n->low,
                  one_in);
}

static void put_metric(const struct told *t, const struct normal *n,
                       struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    struct value x = told_metric(t, n->id);
    double share = percentile_of(t, n->id);
    if (value_usable(x))
        draft_put(d, "%-8s %8.*f", n->name, n->decimals, x.v);
    else
        draft_put(d, "%-8s %8s", n->name, told_status(x));
    if (value_usable(x) && !isnan(share)) {
        draft_put(d, "  walk %.3f  ", share);
        told_put_normal(t, n, d);
    }
    page_put(p, text.text);
}

/* Raw, as the documents have it; its baseline is corrected. */
static void put_half_life(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    struct value raw = told_metric(t, METRIC_HALF_LIFE_200_1H);
    const struct baseline *b =
        t->state_now ? &t->x->state->exit.baseline : NULL;
    draft_put(d, "half-life ");
    if (value_usable(raw))
        draft_put(d, "%7.1f bars, raw", raw.v);
    else
        draft_put(d, "%s", told_status(raw));
    if (!b || b->at_ms == MOMENT_NONE) {
        draft_put(d, "; the grid has no baseline here");
    } else {
        draft_put(d, "; of the grid, ");
        draft_clock(d, b->at_ms);
        if (value_usable(b->half_life))
            draft_put(d, ": %.1f bars%s", b->half_life.v,
                      b->identified ? "" : ", not identified");
        else
            draft_put(d, ": %s", told_status(b->half_life));
    }
    page_put(p, text.text);
}

static const char *tertile_words(const struct metrics_document *m)
{
    return m ? vol_tertile_name(m->tertile) : "unknown";
}

/* Of an hour: four returns of 15 minutes. */
static void put_volatility(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    struct value sigma = told_metric(t, METRIC_VOL_HAZ_15M);
    struct value entry = t->state_now ? t->x->state->exit.baseline.sigma_entry
                                      : value_none(VALUE_UNAVAILABLE);
    draft_put(d, "volatility ");
    if (value_usable(sigma))
        draft_put(d, "%.2f %% an hour", 100.0 * sigma.v * sqrt(4.0));
    else
        draft_put(d, "%s", told_status(sigma));
    draft_put(d, " (%s for these days)", tertile_words(t->x->metrics));
    if (value_usable(entry))
        draft_put(d, "; %.2f %% when the grid was first watched",
                  100.0 * entry.v);
    page_put(p, text.text);
}

void explain_normal(const struct told *t, struct page *p)
{
    if (!t->x->metrics) {
        page_put(p, "not known: the slot's metrics cannot be read");
        return;
    }
    for (size_t i = 0; i < normal_count; i++)
        put_metric(t, &normals[i], p);
    put_half_life(t, p);
    put_volatility(t, p);
}
