#include "backtest/trial_internal.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

/* --- The beginning -------------------------------------------------------- */

struct life trial_life_new(const struct trial_plan *plan, int64_t window_ms,
                           int64_t delay_ms)
{
    const struct grid *g = &plan->grid;
    int64_t start_ms = grid_life_ms(g);
    struct life l = {
        .symbol = plan->symbol,
        .week = life_week(start_ms),
        .start_ms = start_ms,
        .window_end_ms = start_ms + window_ms,
        .known_end_ms = start_ms,
        .capital = g->capital,
        .half_width_atr = plan->half_width_atr,
        .stop_atr = plan->stop_atr,
        .half_width = log(g->upper / g->lower) / 2,
        .sigma_1h = plan->sigma_1h,
        .activation = life_activation(g->capital, plan->sigma_1h),
        .delay_ms = delay_ms,
        .first_warning_ms = MOMENT_NONE,
        .first_latest_ms = MOMENT_NONE,
        .first_mandatory_ms = MOMENT_NONE,
        .exit_ms = MOMENT_NONE,
        .end_equity = NO_VALUE,
        .end_realised = NO_VALUE,
        .later_equity = NO_VALUE,
    };
    for (int i = 0; i < LIFE_SIDES; i++)
        l.m_ms[i] = l.s_ms[i] = MOMENT_NONE;
    return l;
}

/* The operators of a group are those from `first` on. */
static void open_for(struct trial *t, const struct trial_rule *rule,
                     const struct trial_plan *plan, size_t groups, size_t first,
                     size_t operators)
{
    assert(groups >= 1 && groups <= TRIAL_GROUPS);
    memset(t, 0, offsetof(struct trial, lives));
    t->asks_on = rule->asks_on;
    t->lifecycle = plan->lifecycle;
    t->grid = plan->grid;
    t->memory = exit_memory_new();
    t->told = alert_memory_new();
    t->sigma_1h = plan->sigma_1h;
    t->pi_model = rule->exits->pi_model;
    t->pi_day = NO_VALUE;
    t->operators = operators;
    t->life_count = groups * operators;
    course_begin(&t->course, &t->grid);
    for (size_t i = 0; i < t->life_count; i++)
        t->lives[i] = (struct trial_life){
            .life = trial_life_new(plan, rule->window_ms,
                                   rule->delay_ms[first + i % operators]),
            .before = STATE_UNKNOWN,
            .reverse_equity = NO_VALUE,
            .later_ms = MOMENT_NONE,
            .mandatory_ms = MOMENT_NONE,
        };
}

void trial_open_groups(struct trial *t, const struct trial_rule *rule,
                       const struct trial_plan *plan, size_t groups)
{
    open_for(t, rule, plan, groups, 0, TRIAL_DELAYS);
}

void trial_open(struct trial *t, const struct trial_rule *rule,
                const struct trial_plan *plan)
{
    trial_open_groups(t, rule, plan, 1);
}

void trial_open_one(struct trial *t, const struct trial_rule *rule,
                    const struct trial_plan *plan, size_t delay)
{
    assert(delay < TRIAL_DELAYS);
    open_for(t, rule, plan, 1, delay, 1);
}

/* --- Leaving -------------------------------------------------------------- */

bool trial_in_window(const struct trial *t, int64_t ms)
{
    return ms <= t->lives[0].life.window_end_ms;
}

void trial_finish(struct trial_life *l, enum trial_ending ending, int64_t ms)
{
    bool soon = l->mandatory_ms != MOMENT_NONE &&
                ms - l->mandatory_ms <= LIFE_REACTION_MS;

    l->over = true;
    l->life.met += soon && ending == TRIAL_LEFT;
    l->life.mandatory -= soon && ending == TRIAL_STOPPED;
    l->mandatory_ms = MOMENT_NONE;
}

static void take_money(const struct trial *t, struct life *l,
                       const struct bot_money *m)
{
    l->end_equity = m->e;
    l->end_realised = m->realised;
    l->peak_equity = fmax(t->bot.peak, m->e);
    l->peak_unrealised = fmax(t->bot.peak_unrealised, m->unrealised);
}

static void leave(struct trial *t, struct trial_life *l, const struct bar *bar)
{
    struct bot_sale sale = bot_leave(&t->bot, bar);
    int64_t wait_ms = life_follow_ms(&l->life);

    if (sale.stopped) /* the walk of this bar tells it */
        return;
    take_money(t, &l->life, &sale.nominal);
    l->life.exit_ms = bar->open_ms;
    l->reverse_equity = sale.reverse.e;
    if (wait_ms != MOMENT_NONE && t->course.m_ms[LIFE_BOTH] == MOMENT_NONE)
        l->later_ms = bar->open_ms + wait_ms;
    trial_finish(l, TRIAL_LEFT, bar->open_ms);
}

static void leave_if_due(struct trial *t, struct trial_life *l,
                         const struct bar *bar)
{
    int64_t told_ms = life_alert(&l->life);
    if (!l->over && told_ms != MOMENT_NONE &&
        told_ms + l->life.delay_ms <= bar->open_ms)
        leave(t, l, bar);
}

/* --- A bar ---------------------------------------------------------------- */

/* Goes the life on at `ms`? Who was told in the window may leave after it. */
static bool goes_on(const struct trial *t, const struct trial_life *l,
                    int64_t ms)
{
    return !l->over &&
           (trial_in_window(t, ms) || life_alert(&l->life) != MOMENT_NONE);
}

static bool wants_money(const struct trial *t, int64_t ms)
{
    if (t->asks_on && trial_in_window(t, ms))
        return true;
    for (size_t i = 0; i < t->life_count; i++) {
        const struct trial_life *l = &t->lives[i];
        if (l->later_ms != MOMENT_NONE || goes_on(t, l, ms))
            return true;
    }
    return false;
}

/* What the grid left running came to, once that is known. */
static void look_back(struct trial *t, int64_t now_ms)
{
    bool over = t->course.m_ms[LIFE_BOTH] != MOMENT_NONE;

    for (size_t i = 0; i < t->life_count; i++) {
        struct trial_life *l = &t->lives[i];
        if (l->later_ms == MOMENT_NONE || (!over && now_ms < l->later_ms))
            continue;
        l->life.later_equity = t->bot.now.e;
        l->later_ms = MOMENT_NONE;
    }
}

static bool is_marked(const struct trial *t, int64_t hour)
{
    return t->lower_half[hour / 64] >> (hour % 64) & 1;
}

static void mark(struct trial *t, int64_t hour, bool lower)
{
    t->lower_half[hour / 64] |= (uint64_t)lower << (hour % 64);
}

/* Which half the newest close of each whole hour is in. An hour in which no bar
 * came is where the one before it was. */
static void mark_half(struct trial *t, const struct bar *bar)
{
    int64_t age_ms = bar_close_ms(bar, TF_15M) - t->lives[0].life.start_ms;
    double middle = t->grid.lower * sqrt(t->grid.upper / t->grid.lower);

    for (; t->hours_marked * MS_PER_HOUR < age_ms; t->hours_marked++)
        mark(t, t->hours_marked, t->lower_now);
    t->lower_now = bar->close < middle;
}

static void begin(struct trial *t, const struct trial_rule *rule, double price)
{
    const char *why;
    t->begun = true;
    if (isnan(t->grid.start_price))
        t->grid.start_price = price;
    t->cannot =
        !bot_begin(&t->bot, &t->grid, &rule->terms, t->grid.start_price, &why);
}

void trial_bar(struct trial *t, const struct trial_rule *rule,
               const struct bar *bar)
{
    int64_t now_ms = bar_close_ms(bar, TF_15M);
    bool stopped_before = t->bot.shadow.stopped;

    if (!t->begun)
        begin(t, rule, bar->open);
    if (t->cannot)
        return;
    for (size_t i = 0; i < t->life_count; i++)
        leave_if_due(t, &t->lives[i], bar);
    course_bar(&t->course, bar);
    if (trial_in_window(t, now_ms))
        mark_half(t, bar);
    if (!wants_money(t, now_ms))
        return;
    bot_walk(&t->bot, bar);
    look_back(t, now_ms);
    for (size_t i = 0; i < t->life_count; i++) {
        struct trial_life *l = &t->lives[i];
        if (!goes_on(t, l, now_ms))
            continue;
        take_money(t, &l->life, &t->bot.now);
        if (t->bot.shadow.stopped && !stopped_before)
            trial_finish(l, TRIAL_STOPPED, now_ms);
    }
}

void trial_hour(struct trial *t, const struct bar *hour)
{
    int64_t now_ms = bar_close_ms(hour, TF_1H);

    if (now_ms <= t->lives[0].life.start_ms)
        return;
    course_hour(&t->course, hour);
    look_back(t, now_ms);
}

void trial_look(struct trial *t, const struct snapshot *now)
{
    const struct market_view *view = now->view;
    int64_t age_ms = view->slot_ms - t->lives[0].life.start_ms;

    if (age_ms != MS_PER_DAY || view->price_cause != PRICE_KNOWN ||
        t->course.m_ms[LIFE_BOTH] != MOMENT_NONE)
        return;
    const struct volatility v = volatility_of(&now->metrics);
    struct hazard h =
        hazard_of(view->close, t->grid.lower, t->grid.upper, &v, t->pi_model);
    if (value_usable(h.pi))
        t->pi_day = h.pi.v;
}

/* --- The end -------------------------------------------------------------- */

bool trial_is_over(const struct trial *t, int64_t slot_ms)
{
    int64_t end_ms = t->lives[0].life.window_end_ms;

    if (t->cannot || slot_ms >= end_ms + TRIAL_AFTER_MS)
        return true;
    return slot_ms >= end_ms && course_is_over(&t->course) &&
           !wants_money(t, slot_ms);
}

static void end_life(const struct trial *t, struct trial_life *l,
                     int64_t known_end_ms)
{
    struct life *x = &l->life;

    x->known_end_ms = known_end_ms;
    if (x->window_end_ms > known_end_ms)
        x->window_end_ms = known_end_ms;
    for (int i = 0; i < LIFE_SIDES; i++) {
        x->m_ms[i] = t->course.m_ms[i];
        x->s_ms[i] = t->course.s_ms[i];
    }
    if (l->mandatory_ms != MOMENT_NONE &&
        x->window_end_ms - l->mandatory_ms < LIFE_REACTION_MS)
        x->mandatory--;
    for (int64_t ms = x->start_ms + MS_PER_HOUR; ms < x->window_end_ms;
         ms += MS_PER_HOUR) {
        int64_t hour = (ms - x->start_ms) / MS_PER_HOUR;
        life_hour_add(
            x, ms, hour < t->hours_marked ? is_marked(t, hour) : t->lower_now);
    }
}

void trial_end(struct trial *t, int64_t bars_end_ms)
{
    int64_t last_ms = t->lives[0].life.window_end_ms + TRIAL_AFTER_MS;
    int64_t known_end_ms = bars_end_ms < last_ms ? bars_end_ms : last_ms;

    for (size_t i = 0; i < t->life_count; i++)
        end_life(t, &t->lives[i], known_end_ms);
}
