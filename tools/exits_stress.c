#include "tools/exits_stress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/prng.h"
#include "sys/xmalloc.h"
#include "tools/exits_told.h"
#include "tools/study_doc.h"

#define STEPS_A_DAY 288
#define STEPS_A_BAR 3
#define SIGMA       (.03 / sqrt((double)STEPS_A_DAY))
#define HOUR        12                      /* steps */
#define PULL        (log(2.0) / (8 * HOUR)) /* half-life: 8 hours */
#define PRICE       100.0
#define TINY        1e-8 /* times PRICE: 1e-6 */
#define GRIND       (-.03 / STEPS_A_DAY)
#define LEG         .022
#define GAP_HOURS   6

/* --- Bars ----------------------------------------------------------------- */

struct motion {
    double drift, vol; /* of one step; times SIGMA */
    bool free;         /* nothing draws it back */
};

/* `k` steps after the event. */
static struct motion motion_at(enum stress s, int64_t k)
{
    struct motion calm = { 0, 1, false };
    double crash = log(.95);

    if (k < 0)
        return calm;
    switch ((int)s) {
    case STRESS_CRASH: /* three steps down, 70 % of it back in two hours */
        return (struct motion){ k < 3 ? crash
                                : k < 3 + 2 * HOUR
                                    ? -.7 * 3 * crash / (2 * HOUR)
                                    : 0,
                                1, true };
    case STRESS_GRIND:
    case STRESS_COSTS:
        return (struct motion){ GRIND, .9, true };
    case STRESS_SPREAD:
        return (struct motion){ GRIND, 1, true };
    case STRESS_EXPLOSION:
        return (struct motion){ 0, k < STEPS_A_DAY ? 3 : 1, false };
    case STRESS_OUTAGE: /* what is lost is lost while nobody could see it */
        return (struct motion){ k == 0 ? log(.94) : 0, 1, true };
    case STRESS_FLIP_FLOP:
        return (struct motion){ (k / (8 * HOUR) % 2 ? LEG : -LEG) / (8 * HOUR),
                                1, true };
    default:
        return calm;
    }
}

/* Is there a bar at all? */
static bool is_there(enum stress s, int64_t open_ms, double chance)
{
    int64_t after_ms = open_ms - STRESS_EVENT_MS;
    int64_t end_ms = STRESS_GRID_MS + STRESS_AFTER_DAYS * MS_PER_DAY;

    if (after_ms < 0)
        return true;
    if (s == STRESS_THIN)
        return chance >= .3;
    if (s == STRESS_OUTAGE)
        return after_ms >= GAP_HOURS * MS_PER_HOUR;
    return s != STRESS_HALT || open_ms == end_ms - MS_PER_SLOT;
}

static void finish(enum stress s, struct bar *b)
{
    double scale = s == STRESS_TINY_PRICE ? PRICE * TINY : PRICE;

    b->open = scale * exp(b->open);
    b->high = scale * exp(b->high);
    b->low = scale * exp(b->low);
    b->close = scale * exp(b->close);
    if (s == STRESS_BAD_TICK && b->open_ms == STRESS_EVENT_MS)
        b->low = b->close = .7 * b->open;
}

void stress_bars(struct bars *out, enum stress s, uint64_t seed)
{
    int64_t days = STRESS_BEFORE_DAYS + STRESS_AFTER_DAYS;
    struct prng noise, gaps;
    double y = 0;

    prng_init(&noise, seed);
    prng_init(&gaps, seed + 1000003);
    out->count = 0;
    for (int64_t i = 0; i < days * STEPS_A_DAY / STEPS_A_BAR; i++) {
        struct bar b = { .open_ms = STRESS_START_MS + i * MS_PER_SLOT,
                         .open = y,
                         .high = y,
                         .low = y,
                         .volume = 1 };
        int64_t event = (STRESS_EVENT_MS - STRESS_START_MS) / MS_PER_SLOT;
        for (int step = 0; step < STEPS_A_BAR; step++) {
            struct motion m = motion_at(s, (i - event) * STEPS_A_BAR + step);
            y += m.drift - (m.free ? 0 : PULL * y) +
                 m.vol * SIGMA * prng_normal(&noise);
            b.high = fmax(b.high, y);
            b.low = fmin(b.low, y);
        }
        b.close = y;
        finish(s, &b);
        if (is_there(s, b.open_ms, prng_uniform(&gaps)))
            study_bars_add(out, &b);
    }
}

/* --- What must hold ------------------------------------------------------- */

struct held {
    size_t of, yes;
};

static void hold(struct held *h, bool yes)
{
    h->of++;
    h->yes += yes;
}

static bool by_hazard(const struct exits_first *f)
{
    return f->told && f->raised[L_HAZ];
}

static void hold_one(enum stress s, const struct exits_grid *g, struct held *h)
{
    const struct life *l = &g->by[0];
    int64_t m_ms = l->m_ms[LIFE_BOTH], first_ms = l->first_mandatory_ms;
    double hours = (double)(life_end(l) - l->start_ms) / (double)MS_PER_HOUR;

    switch ((int)s) {
    case STRESS_CRASH: /* of those whose stop came while somebody was in */
        if (l->s_ms[LIFE_BOTH] != MOMENT_NONE && l->exit_ms == MOMENT_NONE)
            hold(h, first_ms != MOMENT_NONE && first_ms - m_ms <= MS_PER_SLOT &&
                        l->alerts[2] <= 1);
        break;
    case STRESS_GRIND:
        if (m_ms != MOMENT_NONE)
            hold(h, life_alert(l) != MOMENT_NONE && life_alert(l) < m_ms);
        break;
    case STRESS_EXPLOSION:
        hold(h, first_ms == MOMENT_NONE ||
                    (m_ms != MOMENT_NONE && m_ms <= first_ms));
        break;
    case STRESS_FLIP_FLOP:
        hold(h, l->alerts[1] <= 1 + hours / 4);
        break;
    case STRESS_QUIET:
        hold(h, !by_hazard(&g->first));
        break;
    case STRESS_BAD_TICK:
        hold(h, l->s_ms[LIFE_BOTH] == MOMENT_NONE ||
                    l->s_ms[LIFE_BOTH] > STRESS_EVENT_MS + MS_PER_HOUR);
        break;
    default:
        break;
    }
}

struct scenario {
    const char *name, *must;
    double least; /* share of what must hold; NO_VALUE: nothing is asked */
};

// clang-format off
static const struct scenario scenarios[STRESS_COUNT] = {
    [STRESS_QUIET]      = { "quiet control", "no L_HAZ within 5 days, .15 a grid-week", 1 - .15 * STRESS_AFTER_DAYS / 7 },
    [STRESS_CRASH]      = { "flash crash: 3 x -5 % in 15 min, 70 % back in 2 h", "one MANDATORY within a slot of the stop", 1 },
    [STRESS_GRIND]      = { "slow grind: -3 % a day, volatility x .9", "told before the boundary", 1 },
    [STRESS_EXPLOSION]  = { "volatility x 3 for 24 h, no direction", "no MANDATORY but by a break", 1 },
    [STRESS_OUTAGE]     = { "no bars for 6 h, back at -6 %", "", NO_VALUE },
    [STRESS_SPREAD]     = { "half-spread 20 bp and -3 % a day", "", NO_VALUE },
    [STRESS_FLIP_FLOP]  = { "legs of 2.2 % in 8 h, up and down", "at most one LATEST message in 4 h", 1 },
    [STRESS_BAD_TICK]   = { "one bar closes at -30 %, the next is back", "the stop does not count it", 1 },
    [STRESS_TINY_PRICE] = { "the quiet control at a price of 1e-6", "", NO_VALUE },
    [STRESS_THIN]       = { "30 % of the bars without a trade", "", NO_VALUE },
    [STRESS_HALT]       = { "no bar ever again", "", NO_VALUE },
    [STRESS_COSTS]      = { "slow grind, fee, spread and slippage doubled", "", NO_VALUE },
};
// clang-format on

/* --- The rows ------------------------------------------------------------- */

static struct exits_rules *rules_for(enum stress s, const struct exits_rules *r)
{
    struct exits_rules *own = xcalloc(1, sizeof(*own));
    struct bot_terms *terms = &own->trial.terms;

    exits_rules_init(own);
    own->config = r->config;
    own->policies = false;
    own->from_ms = STRESS_GRID_MS;
    own->until_ms = STRESS_GRID_MS + MS_PER_DAY;
    if (s == STRESS_SPREAD)
        terms->half_spread *= 10;
    if (s == STRESS_COSTS) {
        terms->half_spread *= 2;
        terms->slip *= 2;
        terms->shadow.fee *= 2;
    }
    return own;
}

static void say_row(struct text *t, enum stress s, const struct exits *x,
                    double width)
{
    static const enum kpi_id ids[] = { KPI_EAW_RANGE,        KPI_SLAR,
                                       KPI_LEAD_HOURS,       KPI_ALERTS_LATEST,
                                       KPI_ALERTS_MANDATORY, KPI_PNL };
    const struct scenario *c = &scenarios[s];
    struct exits_part part = exits_part_of(width, EXITS_PERIODS - 1);
    size_t shipped = 0;
    struct exits_lives l = exits_choice(x, &part, exits_of_policy, &shipped);
    struct held held = { 0, 0 };
    char cell[EXITS_CELL];

    for (size_t m = 0; m < x->count; m++)
        for (size_t i = 0; i < x->markets[m].count; i++)
            if (x->markets[m].grids[i].plan.half_width_atr == width)
                hold_one(s, &x->markets[m].grids[i], &held);
    text_printf(t, "| %s | %zu |", c->name, l.count);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct kpi_result r = exits_kpi(ids[i], &l);
        r.lo.v = r.hi.v = NO_VALUE;
        text_printf(t, " %s |",
                    value_usable(r.value) ? exits_number(r.value.v, cell)
                                          : "-");
    }
    free(l.at);
    bool ok = isnan(c->least) || (double)held.yes >= c->least * (double)held.of;
    if (isnan(c->least))
        text_puts(t, " |\n");
    else
        text_printf(t, " %s: %zu of %zu%s |\n", c->must, held.yes, held.of,
                    ok ? "" : " **missed**");
}

void stress_say(struct text *t, const struct exits_rules *rules, uint64_t seeds)
{
    study_say(t, "| scenario, half-width | grids | `eaw_range` | `slar` | "
                 "`lead_hours` | LATEST a grid-day | MANDATORY a grid-day | "
                 "`pnl` | must hold |\n|---|---|---|---|---|---|---|---|---|");
    for (int s = 0; s < STRESS_COUNT; s++) {
        struct exits_rules *own = rules_for((enum stress)s, rules);
        struct exits x = { xcalloc(seeds, sizeof(*x.markets)), seeds };
        for (uint64_t i = 0; i < seeds; i++) {
            stress_bars(&x.markets[i].bars[TF_15M], (enum stress)s, i + 1);
            exits_fold(&x.markets[i]);
        }
        exits_follow_all(x.markets, seeds, own, 2, scenarios[s].name);
        say_row(t, (enum stress)s, &x, exits_widths[0]);
        exits_release(&x);
        free(own);
    }
}
