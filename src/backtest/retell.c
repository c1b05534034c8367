#include "backtest/retell.h"

#include <math.h>

/* The bars of a grid's market, one slot at a time. */
struct feed {
    const struct series *series; /* by timeframe */
    size_t next[TF_COUNT];       /* the first that has not closed yet */
};

/* The first bar that closes after `ms`. */
static size_t after(const struct series *s, int64_t ms)
{
    size_t lo = 0, hi = s->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (bar_close_ms(&s->bars[mid], s->tf) <= ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static struct feed feed_from(const struct series series[TF_COUNT], int64_t ms)
{
    struct feed f = { .series = series };
    f.next[TF_15M] = after(&series[TF_15M], ms);
    f.next[TF_1H] = after(&series[TF_1H], ms);
    return f;
}

/* The bar that closes at this very slot, or NULL. */
static const struct bar *closed(struct feed *f, enum timeframe tf, int64_t ms)
{
    const struct series *s = &f->series[tf];
    size_t i = f->next[tf];

    if (i == s->count || bar_close_ms(&s->bars[i], tf) != ms)
        return NULL;
    f->next[tf]++;
    return &s->bars[i];
}

static int64_t end_of(const struct series *fifteen)
{
    size_t n = fifteen->count;
    return n ? bar_close_ms(&fifteen->bars[n - 1], TF_15M) : MOMENT_NONE;
}

static bool reached(int64_t at_ms, int64_t slot_ms)
{
    return at_ms != MOMENT_NONE && at_ms <= slot_ms;
}

static enum exit_state state_at(const struct trial *t, const struct cue *cue,
                                int64_t slot_ms)
{
    bool broken =
        cue->at_boundary && reached(t->course.m_ms[LIFE_BOTH], slot_ms);
    if (broken || reached(cue->mandatory_ms, slot_ms))
        return STATE_MANDATORY;
    return reached(cue->latest_ms, slot_ms) ? STATE_LATEST : STATE_NORMAL;
}

static void tell(struct trial *t, size_t group, const struct cue *cue,
                 double close, int64_t slot_ms)
{
    double middle = t->grid.lower * sqrt(t->grid.upper / t->grid.lower);
    enum exit_state before = t->lives[group * t->operators].before;
    enum exit_state state = state_at(t, cue, slot_ms);
    const struct trial_word word = {
        .slot_ms = slot_ms,
        .state = state,
        .side = close < middle ? SIDE_DOWN : SIDE_UP,
        .reason = state == STATE_MANDATORY ? LIFE_MANDATORY : cue->reason,
        .message = state > before && state > STATE_NORMAL
                       ? (int)state - (int)STATE_WARNING
                       : -1,
    };
    trial_hear(t, group, &word);
}

bool retell(const struct trial_rule *rule, const struct trial_plan *plan,
            const struct series series[TF_COUNT], const struct cue *cues,
            size_t count, struct trial *out)
{
    int64_t slot_ms = grid_life_ms(&plan->grid);
    int64_t end_ms = end_of(&series[TF_15M]);
    struct feed feed = feed_from(series, slot_ms);
    double close = NO_VALUE;

    trial_open_groups(out, rule, plan, count);
    if (end_ms == MOMENT_NONE || end_ms <= slot_ms)
        return false;
    do {
        slot_ms += MS_PER_SLOT;
        const struct bar *fifteen = closed(&feed, TF_15M, slot_ms);
        const struct bar *hour = closed(&feed, TF_1H, slot_ms);
        if (fifteen) {
            trial_bar(out, rule, fifteen);
            close = fifteen->close;
        }
        if (hour)
            trial_hour(out, hour);
        if (!trial_asks(out, slot_ms))
            continue;
        for (size_t k = 0; k < count; k++)
            tell(out, k, &cues[k], close, slot_ms);
    } while (slot_ms < end_ms && !trial_is_over(out, slot_ms));
    trial_end(out, end_ms);
    return !out->cannot;
}

void retell_equity(const struct trial_rule *rule, const struct trial_plan *plan,
                   const struct series series[TF_COUNT], double *e,
                   size_t count)
{
    int64_t slot_ms = grid_life_ms(&plan->grid);
    int64_t end_ms = end_of(&series[TF_15M]);
    struct feed feed = feed_from(series, slot_ms);
    struct bot bot;
    bool begun = false, cannot = false;
    const char *why;

    for (size_t i = 0; i < count; i++) {
        slot_ms += MS_PER_SLOT;
        const struct bar *b = closed(&feed, TF_15M, slot_ms);
        if (b && !begun) {
            begun = true;
            cannot = !bot_begin(&bot, &plan->grid, &rule->terms, b->open, &why);
        }
        if (b && !cannot)
            bot_walk(&bot, b);
        e[i] = begun && !cannot && slot_ms <= end_ms ? bot.now.e : NO_VALUE;
    }
}
