/* The screen: its head, the sections, and those that are one line long. */
#include <inttypes.h>
#include <stdlib.h>

#include "alert/money.h"
#include "base/array.h"
#include "base/moment.h"
#include "cli/explain_internal.h"
#include "sys/xmalloc.h"

/* The least that each may have; with head and notes that is EXPLAIN_LINES. */
static const struct {
    const char *label;
    int least;
    void (*put)(const struct told *t, struct page *p);
} sections[] = {
    { "WHY", 6, explain_why },
    { "CHANGE", 6, explain_change },
    { "PI", 2, explain_pi },
    { "PRICES", 2, explain_prices },
    { "NORMAL", 6, explain_normal },
    { "REGIME", 2, explain_regime },
    { "PROFILES", 3, explain_profiles },
    { "GATES", 7, explain_gates },
    { "WAITING", 2, explain_waiting },
};
#define HEAD_LINES 2
#define NOTE_LINES 2

static void put_age(struct draft *d, int64_t ms)
{
    int64_t minutes = ms / MS_PER_MINUTE;
    if (minutes >= 24 * 60)
        draft_put(d, "%" PRId64 "d ", minutes / (24 * 60));
    draft_put(d, "%02" PRId64 ":%02" PRId64, minutes / 60 % 24, minutes % 60);
}

static void put_grid(const struct told *t, struct page *p)
{
    static const char *const sides[] = { "long", "short", "neutral" };
    const struct grid *g = t->x->grid;
    char slot[MOMENT_TEXT];
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);

    moment_format(t->e.slot_ms, slot);
    draft_put(d, "%s  %s %s %s, %s  slot %s, ", g->id, g->symbol,
              g->market == GRID_SPOT ? "spot" : "futures", sides[g->side],
              grid_status_name(grid_status_at(g, t->e.slot_ms)), slot);
    put_age(d, t->x->now_ms - t->e.slot_ms);
    draft_put(d, " ago%s", t->x->exit->backfilled ? ", backfilled" : "");
    page_put(p, text.text);
}

static void put_state(const struct told *t, struct page *p)
{
    static const char *const arrows[SIDE_COUNT] = { "", " ↓", " ↑" };
    const struct verdict *v = &t->e.verdict;
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);

    draft_put(d, "%s%s since ", exit_state_name(v->state),
              v->state >= STATE_WARNING ? arrows[t->e.side] : "");
    draft_clock(d, v->since_ms);
    if (v->state == STATE_UNKNOWN)
        draft_put(d, ", last known %s", exit_state_name(v->known));
    if (v->episode_ms != MOMENT_NONE) {
        draft_put(d, ", episode since ");
        draft_clock(d, v->episode_ms);
    }
    draft_put(d, ", profile %s", profile_name(t->e.profile));
    page_put(p, text.text);
}

static void put_price(const struct told *t, const char *name, double price,
                      double atr, struct draft *d)
{
    double close = t->e.close.v;
    if (isnan(price))
        return;
    draft_put(d, "; %s ", name);
    draft_number(d, price);
    draft_put(d, " %.1f %% %s", 100.0 * fabs(price / close - 1.0),
              price <= close ? "below" : "above");
    if (atr > 0)
        draft_put(d, " (%.1f ATR)", fabs(log(price / close)) / (atr / close));
}

void explain_prices(const struct told *t, struct page *p)
{
    const struct grid *g = t->x->grid;
    struct value atr = told_metric(t, METRIC_ATR_4H);
    double unit = value_usable(atr) ? atr.v : NO_VALUE;
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);

    if (!value_usable(t->e.close)) {
        page_put(p, "not known at this slot");
        return;
    }
    draft_number(d, t->e.close.v);
    draft_put(d, " at ");
    draft_clock(d, t->e.close_ms);
    put_price(t, "stop", g->stop.below, unit, d);
    put_price(t, "lower", g->lower, unit, d);
    put_price(t, "upper", g->upper, unit, d);
    put_price(t, "stop", g->stop.above, unit, d);
    if (isnan(unit))
        draft_put(d, "; ATR(4h) %s", told_status(atr));
    page_put(p, text.text);
}

void explain_regime(const struct told *t, struct page *p)
{
    const struct regime *g = &t->e.regime;
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);

    draft_put(d, "%s (1h %s, 4h %s)", regime_label_name(g->pooled),
              regime_label_name(g->label_1h), regime_label_name(g->label_4h));
    if (g->reason && g->reason[0])
        draft_put(d, ": %s", g->reason);
    if (t->x->metrics && g->before != g->pooled)
        draft_put(d, ", without the crisis %s", regime_label_name(g->before));
    if (t->x->metrics && value_usable(g->q))
        draft_put(d,
                  "; p: range ok %.2f, range weak %.2f, transition %.2f, trend "
                  "%.2f",
                  g->p[CLASS_RANGE_OK].v, g->p[CLASS_RANGE_WEAK].v,
                  g->p[CLASS_TRANSITION].v, g->p[CLASS_TREND].v);
    if (t->x->metrics && value_usable(g->confidence))
        draft_put(d, "; confidence %.2f", g->confidence.v);
    page_put(p, text.text);
}

void explain_waiting(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    if (!value_usable(t->e.waiting[0].typical)) {
        draft_put(d, "not known: %s", told_status(t->e.hazard.pi));
        page_put(p, text.text);
        return;
    }
    draft_put(d, "gives back of the base held:");
    for (int i = 0; i < WAITING_COUNT; i++) {
        draft_put(d, "%s %d h ", i ? "," : "", waiting_hours[i]);
        money_put_give_back(d, &t->e.waiting[i]);
    }
    page_put(p, text.text);
}

static void put_notes(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    if (!t->x->metrics)
        draft_put(d, "metrics: %s", t->x->no_metrics);
    if (!t->x->state)
        draft_put(d, "%smemory: %s", d->len ? "; " : "", t->x->no_state);
    else if (!t->state_now)
        draft_put(d, "%sthe memory stands at another slot", d->len ? "; " : "");
    if (!t->x->limits)
        draft_put(d, "%sthe limits that were in force are not known here",
                  d->len ? "; " : "");
    page_put(p, text.text);
}

void explain_text(const struct explain *x, struct text *out)
{
    const struct told t = told_of(x);
    struct page *page = xcalloc(1, sizeof(*page));

    page_begin(page, "", HEAD_LINES);
    put_grid(&t, page);
    put_state(&t, page);
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        page_begin(page, sections[i].label, sections[i].least);
        sections[i].put(&t, page);
    }
    page_begin(page, "NOTE", NOTE_LINES);
    put_notes(&t, page);
    page_write(page, out);
    free(page);
}
