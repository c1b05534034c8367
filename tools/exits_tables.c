#include "tools/exits_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "sys/xmalloc.h"
#include "tools/study_doc.h"

#define SHIPPED  0 /* of `policies` */
#define TERTILES 4

/* --- The headline --------------------------------------------------------- */

/* What the rules are to reach with an operator who takes an hour. */
struct aim {
    enum kpi_id id;
    const char *name;
    enum kpi_sense sense;
    double by_width[EXITS_WIDTHS];
    bool urgent; /* of LATEST and MANDATORY messages alone */
};

// clang-format off
static const struct aim aims[] = {
    { KPI_EAW,             "left before the break (`eaw`)",           KPI_AT_LEAST, { .95, .95 }, false },
    { KPI_EAW_RANGE,       "the same, M = boundary or stop alone",    KPI_SHOWN,    { 0, 0 },     false },
    { KPI_SLAR,            "not stopped out (`slar`)",                KPI_AT_LEAST, { .95, .95 }, false },
    { KPI_TTDR,            "early alerts that a break followed (`ttdr`)", KPI_AT_LEAST, { .72, .80 }, false },
    { KPI_TTDR_BASE,       "the same at random hours",                KPI_SHOWN,    { 0, 0 },     false },
    { KPI_PRR_MEDIAN,      "profit kept, median (`prr_median`)",      KPI_AT_LEAST, { .80, .80 }, false },
    { KPI_PRR_ELIGIBLE,    "grids with a profit to keep",             KPI_SHOWN,    { 0, 0 },     false },
    { KPI_FALSE_MANDATORY, "false MANDATORY",                         KPI_AT_MOST,  { .05, .05 }, false },
    { KPI_ALERTS,          "urgent messages a grid-day",              KPI_AT_MOST,  { .30, .30 }, true },
    { KPI_ALERTS,          "all messages a grid-day",                 KPI_SHOWN,    { 0, 0 },     false },
    { KPI_LIFE_RATIO,      "median life, of that of boundary only",   KPI_AT_LEAST, { .5, .5 },   false },
    { KPI_LIFE_HOURS,      "median life, hours",                      KPI_SHOWN,    { 0, 0 },     false },
    { KPI_LEAD_HOURS,      "hours from alert to break, median",       KPI_SHOWN,    { 0, 0 },     false },
    { KPI_REGRET,          "exits that waiting would have bettered",  KPI_SHOWN,    { 0, 0 },     false },
    { KPI_CENSORED,        "grids that nothing ended in 10 days",     KPI_SHOWN,    { 0, 0 },     false },
    { KPI_PNL,             "net profit, per mille of capital",        KPI_SHOWN,    { 0, 0 },     false },
};
// clang-format on

static struct kpi_result result_of(const struct aim *a, struct exits_lives *l)
{
    if (!a->urgent)
        return exits_kpi(a->id, l);
    struct exits_lives urgent = { l->count,
                                  xcalloc(l->count + 1, sizeof(*l->at)) };
    for (size_t i = 0; i < l->count; i++) {
        urgent.at[i] = l->at[i];
        urgent.at[i].alerts[0] = 0;
    }
    struct kpi_result r = exits_kpi(a->id, &urgent);
    free(urgent.at);
    return r;
}

static bool is_met(const struct aim *a, double aim, const struct kpi_result *r)
{
    if (a->sense == KPI_SHOWN)
        return true;
    return value_usable(r->value) &&
           (a->sense == KPI_AT_LEAST ? r->value.v >= aim : r->value.v <= aim);
}

static size_t width_index(double width)
{
    return width == exits_widths[0] ? 0 : 1;
}

static void say_aim(struct text *t, const struct aim *a, double width,
                    struct exits_lives lives[EXITS_PERIODS])
{
    static const char *const signs[] = { "", "≥ ", "≤ " };
    double aim = a->by_width[width_index(width)];
    char number[EXITS_CELL], cell[EXITS_CELL];

    text_printf(t, "| %s | %s%s |", a->name, signs[a->sense],
                a->sense == KPI_SHOWN ? "" : exits_number(aim, number));
    for (int i = 0; i < EXITS_PERIODS; i++) {
        struct kpi_result r = result_of(a, &lives[i]);
        bool ok = is_met(a, aim, &r);
        text_printf(t, " %s%s |", exits_cell(&r, cell),
                    ok                      ? ""
                    : value_usable(r.value) ? " **missed**"
                                            : " **unknown**");
    }
    text_puts(t, "\n");
}

void exits_say_headline(struct text *t, const struct exits *x, double width)
{
    struct exits_lives lives[EXITS_PERIODS];
    size_t shipped = SHIPPED;

    text_puts(t, "| | aim |");
    for (int i = 0; i < EXITS_PERIODS; i++) {
        struct exits_part part = exits_part_of(width, i);
        lives[i] = exits_choice(x, &part, exits_of_policy, &shipped);
        text_printf(t, " %s, %zu grids |", exits_period_name(i),
                    lives[i].count);
    }
    text_puts(t, "\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < ARRAY_LEN(aims); i++)
        say_aim(t, &aims[i], width, lives);
    for (int i = 0; i < EXITS_PERIODS; i++)
        free(lives[i].at);
}

/* --- Delays --------------------------------------------------------------- */

void exits_say_delays(struct text *t, const struct exits *x, double width)
{
    static const enum kpi_id ids[] = { KPI_EAW, KPI_EAW_RANGE, KPI_SLAR,
                                       KPI_PRR_MEDIAN, KPI_PNL };
    struct exits_part part = exits_part_of(width, EXITS_PERIODS - 1);
    char cell[EXITS_CELL];

    study_say(t, "| operator takes | `eaw` | `eaw_range` | `slar` | "
                 "`prr_median` | `pnl` |\n|---|---|---|---|---|---|");
    for (size_t d = 0; d < TRIAL_DELAYS; d++) {
        struct exits_lives l = exits_choice(x, &part, exits_of_delay, &d);
        text_printf(t, "| %lld min |",
                    (long long)(exits_delays[d] / MS_PER_MINUTE));
        for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
            struct kpi_result r = exits_kpi(ids[i], &l);
            text_printf(t, " %s |", exits_cell(&r, cell));
        }
        text_puts(t, "\n");
        free(l.at);
    }
}

/* --- Policies ------------------------------------------------------------- */

static const enum kpi_id policy_kpis[] = { KPI_EAW_RANGE,    KPI_SLAR,
                                           KPI_TTDR,         KPI_PRR_MEDIAN,
                                           KPI_PRR_ELIGIBLE, KPI_LIFE_HOURS,
                                           KPI_REGRET,       KPI_PNL };

static void say_kpis(struct text *t, const struct exits_lives *l)
{
    char cell[EXITS_CELL];
    for (size_t i = 0; i < ARRAY_LEN(policy_kpis); i++) {
        struct kpi_result r = exits_kpi(policy_kpis[i], l);
        text_printf(t, " %s |", exits_cell(&r, cell));
    }
    text_puts(t, "\n");
}

void exits_say_policies(struct text *t, const struct exits *x, double width,
                        int period)
{
    struct exits_part part = exits_part_of(width, period);
    char number[EXITS_CELL];

    text_puts(t, "| policy | left |");
    for (size_t i = 0; i < ARRAY_LEN(policy_kpis); i++)
        text_printf(t, " `%s` |", kpi_table[policy_kpis[i]].name);
    study_say(t, "\n|---|---|---|---|---|---|---|---|---|---|");
    for (size_t p = 0; p < POLICY_COUNT; p++) {
        struct exits_lives l = exits_choice(x, &part, exits_of_policy, &p);
        text_printf(t, "| %s%s%s | %s |", p == SHIPPED ? "**" : "",
                    policies[p].id, p == SHIPPED ? "**" : "",
                    exits_number(exits_share_left(&l), number));
        say_kpis(t, &l);
        free(l.at);
    }
}

/* --- Reasons -------------------------------------------------------------- */

/* Rows overlap where several said yes at the same slot. */
enum by { BY_TRIGGER, BY_REGIME, BY_TERTILE };
struct reason {
    enum by by;
    int which;
};

static bool is_reason(const struct exits_first *f, const struct reason *r)
{
    if (!f->told)
        return false;
    if (r->by == BY_TRIGGER)
        return f->raised[r->which];
    return r->by == BY_REGIME ? (int)f->regime == r->which
                              : (int)f->tertile == r->which;
}

static const struct life *told_for(const struct exits_grid *g, const void *what)
{
    const struct reason *r = what;
    return is_reason(&g->first, r) ? &g->by[SHIPPED] : NULL;
}

/* Whatever told first, did a break follow? */
static struct kpi_result followed(const struct exits_lives *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->at[i].reason = LIFE_TRANSITION;
    return exits_kpi(KPI_TTDR, l);
}

static void say_reason(struct text *t, const struct exits *x,
                       const struct exits_part *part, const struct reason *r,
                       const char *name)
{
    static const enum kpi_id ids[] = { KPI_TTDR_BASE, KPI_PRR_MEDIAN,
                                       KPI_REGRET, KPI_PNL };
    struct exits_lives l = exits_choice(x, part, told_for, r);
    char cell[EXITS_CELL];

    if (l.count > 0) {
        text_printf(t, "| %s | %zu |", name, l.count);
        for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
            if (i == 0) {
                struct kpi_result f = followed(&l);
                text_printf(t, " %zu | %s |", f.n, exits_cell(&f, cell));
            }
            struct kpi_result k = exits_kpi(ids[i], &l);
            text_printf(t, " %s |", exits_cell(&k, cell));
        }
        text_puts(t, "\n");
    }
    free(l.at);
}

void exits_say_reasons(struct text *t, const struct exits *x, double width,
                       int period)
{
    struct exits_part part = exits_part_of(width, period);
    struct reason r = { .by = BY_TRIGGER };

    study_say(t, "| told by, while | n | judged | a break followed | at random "
                 "hours of these grids | `prr_median` | `regret` | `pnl` "
                 "|\n|---|---|---|---|---|---|---|---|");
    for (r.which = 0; r.which < TRIGGER_COUNT; r.which++)
        say_reason(t, x, &part, &r, triggers[r.which].id);
    r.by = BY_REGIME;
    for (r.which = 0; r.which <= (int)REGIME_TREND; r.which++)
        say_reason(t, x, &part, &r,
                   regime_label_name((enum regime_label)r.which));
    r.by = BY_TERTILE;
    for (r.which = 0; r.which < TERTILES; r.which++) {
        char name[64];
        snprintf(name, sizeof(name), "volatility %s",
                 vol_tertile_name((enum vol_tertile)r.which));
        say_reason(t, x, &part, &r, name);
    }
}

/* --- A walk --------------------------------------------------------------- */

void exits_say_walk(struct text *t, const struct exits *x,
                    const struct exits *walk)
{
    static const enum kpi_id ids[] = { KPI_EAW_RANGE,  KPI_SLAR,
                                       KPI_TTDR,       KPI_TTDR_BASE,
                                       KPI_PRR_MEDIAN, KPI_LIFE_HOURS,
                                       KPI_PNL };
    const struct exits *const both[] = { x, walk };
    static const char *const names[] = { "recorded", "random walk" };
    size_t shipped = SHIPPED;
    char cell[EXITS_CELL];

    text_puts(t, "| market | grids |");
    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        text_printf(t, " `%s` |", kpi_table[ids[i]].name);
    study_say(t, "\n|---|---|---|---|---|---|---|---|---|");
    for (size_t w = 0; w < EXITS_WIDTHS; w++)
        for (size_t k = 0; k < ARRAY_LEN(both); k++) {
            struct exits_part part =
                exits_part_of(exits_widths[w], EXITS_PERIODS - 1);
            struct exits_lives l =
                exits_choice(both[k], &part, exits_of_policy, &shipped);
            text_printf(t, "| %s, %.0f ATR | %zu |", names[k], exits_widths[w],
                        l.count);
            for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
                struct kpi_result r = exits_kpi(ids[i], &l);
                text_printf(t, " %s |", exits_cell(&r, cell));
            }
            text_puts(t, "\n");
            free(l.at);
        }
}
