/* What a backtest costs: one symbol, two years of 15m bars, a grid a day that
 * is followed for ten days by operators of four delays; and whether the second
 * year costs what the first did. */
#include <stdlib.h>

#include "backtest/pass.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"
#include "tools/bench_slots.h"

#define YEAR        35040 /* 15m bars */
#define QUICK_YEAR  6000
#define REPETITIONS 3

/* The defaults of the option table, as far as they count messages. */
static const struct alert_config alerts = {
    .warning_pi_floor = .10,
    .same_level_gap_ms = 4 * MS_PER_HOUR,
    .repeat_most_ms = 24 * MS_PER_HOUR,
    .change_gap_ms = MS_PER_HOUR,
    .escalate_ms = 30 * MS_PER_MINUTE,
    .stale_ms = 45 * MS_PER_MINUTE,
    .stale_siren_ms = 2 * MS_PER_HOUR,
    .ask_ms = 4 * MS_PER_HOUR,
    .graver_pi = .10,
    .graver_atr = 1,
    .graver_money = .20,
    .act_within_ms = MS_PER_HOUR,
};

static void keep(void *keeper, const struct trial *t)
{
    *(double *)keeper += t->lives[0].life.end_equity;
}

static struct pass_rule rule_of(const struct slots *s, double *sum)
{
    return (struct pass_rule){
        .trial = { .exits = &s->exits,
                   .gates = &s->gates,
                   .alerts = &alerts,
                   .terms = { { .001, NO_VALUE, NO_VALUE }, .0002, .001 },
                   .window_ms = 10 * MS_PER_DAY,
                   .delay_ms = { 0, 15 * MS_PER_MINUTE, 60 * MS_PER_MINUTE,
                                 240 * MS_PER_MINUTE } },
        .cohort = { .stop_atr = 2,
                    .side = GRID_LONG,
                    .spacing = GRID_GEOMETRIC,
                    .step = .006,
                    .capital = 1000 },
        .width = { 4 },
        .width_count = 1,
        .until_ms = INT64_MAX,
        .keep = keep,
        .keeper = sum,
    };
}

/* Seconds of the first year and of both; returns how many grids there were. */
static size_t run(const struct slots *s, struct pass *p, struct trial *trials,
                  double seconds[2])
{
    const struct series series[TF_COUNT] = {
        { TF_15M, s->count, s->fifteen },
        { TF_1H, s->count / 4, s->hours },
        { TF_4H, s->count / 16, s->fours },
    };
    double sum = 0;
    struct pass_rule rule = rule_of(s, &sum);
    int64_t from = bench_cpu_ns();

    pass_begin(p, &rule, series, trials);
    for (size_t i = 1; pass_step(p); i++)
        if (i == s->count / 2)
            seconds[0] = (double)(bench_cpu_ns() - from) / 1e9;
    pass_end(p);
    seconds[1] = (double)(bench_cpu_ns() - from) / 1e9;
    bench_sink = sum;
    return p->laid;
}

void bench_backtest(struct bench *b)
{
    size_t count = 2 * (b->quick ? QUICK_YEAR : YEAR), grids = 0;
    struct slots *s = slots_new(count, 0);
    double none = 0, first[REPETITIONS], all[REPETITIONS];
    double seconds[2] = { 0, 0 };
    struct pass_rule rule = rule_of(s, &none);
    struct trial *trials = xcalloc(pass_room(&rule), sizeof(*trials));
    struct pass *p = xcalloc(1, sizeof(*p));

    for (int i = 0; i < REPETITIONS; i++) {
        grids = run(s, p, trials, seconds);
        first[i] = seconds[0];
        all[i] = seconds[1];
    }
    double one = bench_median(first, REPETITIONS);
    double two = bench_median(all, REPETITIONS);
    struct bench_row *row =
        bench_add(b, "backtest.two_years", two, "s",
                  "one symbol, %zu slots, %zu grids, one a day", count, grids);
    row->target = TARGET_AT_MOST;
    row->goal = 5;
    bench_add(b, "backtest.slot", two / (double)count * 1e9, "ns/slot",
              "the same as cost of a slot with the grids that live in it");
    bench_add(b, "backtest.growth", (two - one) / one, "times",
              "the second year to the first, which fills the windows");
    free(p);
    free(trials);
    slots_free(s);
}
