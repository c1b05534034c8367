#include "tools/exits_stress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/prng.h"
#include "sys/xmalloc.h"
#include "tools/exits_holds.h"
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
    case STRESS_SPREAD:
    case STRESS_COSTS:
        return (struct motion){ GRIND, .9, true };
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
        return after_ms >= STRESS_GAP_HOURS * MS_PER_HOUR;
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

/* --- The rows ------------------------------------------------------------- */

// clang-format off
static const char *const names[STRESS_COUNT] = {
    [STRESS_QUIET]      = "quiet control",
    [STRESS_CRASH]      = "flash crash: 3 x -5 % in 15 min, 70 % back in 2 h",
    [STRESS_GRIND]      = "slow grind: -3 % a day, volatility x .9",
    [STRESS_EXPLOSION]  = "volatility x 3 for 24 h, no direction",
    [STRESS_OUTAGE]     = "no bars for 6 h, back at -6 %",
    [STRESS_SPREAD]     = "half-spread 20 bp and -3 % a day",
    [STRESS_FLIP_FLOP]  = "legs of 2.2 % in 8 h, up and down",
    [STRESS_BAD_TICK]   = "one bar closes at -30 %, the next is back",
    [STRESS_TINY_PRICE] = "the quiet control at a price of 1e-6",
    [STRESS_THIN]       = "30 % of the bars without a trade",
    [STRESS_HALT]       = "no bar ever again",
    [STRESS_COSTS]      = "slow grind, fee, spread and slippage doubled",
};
// clang-format on

/* One scenario lived through: a market of every seed, a grid in each. */
struct lived {
    struct exits x;
    struct heard *heard; /* owned, a market each */
    const struct trial_rule *rule;
};

static void lived_release(struct lived *l)
{
    exits_release(&l->x);
    free(l->heard);
    *l = (struct lived){ .heard = NULL };
}

static void hear(void *hearer, const struct exits_market *m,
                 const struct trial *t, const struct evaluation *e)
{
    struct lived *l = hearer;
    heard_take(&l->heard[m - l->x.markets], l->rule, &t->grid, e);
}

static struct exits_rules *rules_for(enum stress s, const struct exits_rules *r)
{
    struct exits_rules *own = xcalloc(1, sizeof(*own));
    struct bot_terms *terms = &own->trial.terms;

    exits_rules_init(own);
    own->config = r->config;
    own->policies = false;
    own->widths = 1;
    own->trial.asks_on = true;
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

static void live(struct lived *l, enum stress s, const struct exits_rules *r,
                 uint64_t seeds)
{
    struct exits_rules *own = rules_for(s, r);

    l->x = (struct exits){ xcalloc(seeds, sizeof(*l->x.markets)), seeds };
    l->heard = xcalloc(seeds, sizeof(*l->heard));
    l->rule = &own->trial;
    own->hear = hear;
    own->hearer = l;
    for (uint64_t i = 0; i < seeds; i++) {
        heard_init(&l->heard[i]);
        stress_bars(&l->x.markets[i].bars[TF_15M], s, i + 1);
        exits_fold(&l->x.markets[i]);
    }
    exits_follow_all(l->x.markets, seeds, own, 2, names[s]);
    l->rule = NULL;
    free(own);
}

/* NULL without a grid. */
static const struct life *life_of(const struct lived *l, size_t i)
{
    const struct exits_market *m = &l->x.markets[i];
    return m->count ? &m->grids[0].by[0] : NULL;
}

struct tally {
    size_t of, yes;
};

static struct tally ask_all(enum stress s, const struct lived *l,
                            const struct lived *beside, bool spares_causes)
{
    struct tally t = { 0, 0 };

    for (size_t i = 0; i < l->x.count; i++) {
        struct hold_case c = { .life = life_of(l, i),
                               .heard = &l->heard[i],
                               .spares_causes = spares_causes };
        if (!c.life)
            continue;
        if (beside->heard && life_of(beside, i)) {
            c.beside_life = life_of(beside, i);
            c.beside = &beside->heard[i];
        }
        enum answer a = hold_ask(s, &c);
        t.of += a != ANSWER_NOT_APPLICABLE;
        t.yes += a == ANSWER_YES;
    }
    return t;
}

/* --- The rows ------------------------------------------------------------- */

/* Messages of one level that a grid got, on average. */
static double messages(const struct lived *l, enum heard_phone phone,
                       enum exit_state level)
{
    size_t n = 0;
    for (size_t i = 0; i < l->x.count; i++)
        for (size_t k = 0; k < l->heard[i].count; k++)
            n += l->heard[i].at[k].state == level &&
                 heard_message(&l->heard[i].at[k], phone, level);
    return (double)n / (double)l->x.count;
}

static void say_kpis(struct text *t, const struct lived *l)
{
    static const enum kpi_id ids[] = { KPI_EAW_RANGE, KPI_SLAR, KPI_LEAD_HOURS,
                                       KPI_PNL };
    struct exits_part part = exits_part_of(exits_widths[0], EXITS_PERIODS - 1);
    size_t shipped = 0;
    struct exits_lives lives =
        exits_choice(&l->x, &part, exits_of_policy, &shipped);
    char cell[EXITS_CELL];

    text_printf(t, " %zu |", lives.count);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct kpi_result r = exits_kpi(ids[i], &lives);
        text_printf(t, " %s |",
                    value_usable(r.value) ? exits_number(r.value.v, cell)
                                          : "-");
    }
    free(lives.at);
}

/* Nobody asked is nothing held. */
static const char *verdict(enum stress s, const struct tally *h)
{
    bool ok = h->of > 0 && (double)h->yes >= hold_least(s) * (double)h->of;
    return ok ? "held" : "**missed**";
}

static void say_row(struct text *t, enum stress s, const struct lived *l,
                    const struct lived *beside)
{
    static const enum exit_state levels[] = { STATE_LATEST, STATE_MANDATORY };
    struct tally h = ask_all(s, l, beside, false);
    struct tally spared = ask_all(s, l, beside, true);
    char cell[EXITS_CELL];

    text_printf(t, "| %s |", names[s]);
    say_kpis(t, l);
    for (int p = 0; p < PHONE_COUNT; p++) {
        for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
            text_printf(t, "%s%s", i ? ", " : " ",
                        exits_number(
                            messages(l, (enum heard_phone)p, levels[i]), cell));
        text_puts(t, " |");
    }
    text_printf(t, " %s | %zu of %zu %s", hold_text(s), h.yes, h.of,
                verdict(s, &h));
    if (spared.yes != h.yes)
        text_printf(t, "; new causes and graver ones after 1 h aside %zu",
                    spared.yes);
    text_puts(t, " |\n");
}

void stress_say(struct text *t, const struct exits_rules *rules, uint64_t seeds)
{
    struct lived *all = xcalloc(STRESS_COUNT, sizeof(*all));

    study_say(t, "| scenario | grids | `eaw_range` | `slar` | `lead_hours` | "
                 "`pnl` | LATEST, MANDATORY a grid | likewise, answered | must "
                 "hold | |\n|---|---|---|---|---|---|---|---|---|---|");
    for (int s = 0; s < STRESS_COUNT; s++) {
        enum stress beside = hold_beside((enum stress)s);
        live(&all[s], (enum stress)s, rules, seeds);
        say_row(t, (enum stress)s, &all[s],
                beside == (enum stress)s ? &(struct lived){ .heard = NULL }
                                         : &all[beside]);
        for (size_t i = 0; i < seeds; i++)
            for (int tf = 0; tf < TF_COUNT; tf++)
                study_bars_release(&all[s].x.markets[i].bars[tf]);
    }
    for (int s = 0; s < STRESS_COUNT; s++)
        lived_release(&all[s]);
    free(all);
}
