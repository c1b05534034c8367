#include "tools/bench_slots.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"

#define EDITION 1 /* bars that no longer change */

/* The defaults of the option table, which a tool may not include. */
static struct exit_config exit_config_made(void)
{
    return (struct exit_config){
        .profile = PROFILE_CALIBRATED,
        .release_closes = 2,
        .gate = .47,
        .pi_model = HAZARD_THREE,
        .m_trend = { .75, 4, .25 },
        .m_boundary = { 2 },
        .m_equity = { .drawdown = .15 },
        .m_blind = { 2 * MS_PER_HOUR, .25 },
        .l_trans = { 4, 2, 4 },
        .l_hl = { 2, -1.95, 4 },
        .l_ver = { 1.25 },
        .l_haz = { .50, .40 },
        .l_guard = { .80, .01 },
        .warning = { 2, 2 },
        .w_trans = { .40, .50 },
        .w_conf = { .10 },
        .w_er = { 1.645, .30 },
        .w_mr = { 1.5, -1.95, 15 },
        .w_ver = { 1.10 },
        .w_signal = { 1 },
        .w_haz = { .25, .20 },
    };
}

static struct gate_config gate_config_made(void)
{
    return (struct gate_config){
        .crisis_ms = 12 * MS_PER_HOUR,
        .quiet_closes = 2,
        .ver = 1.10,
        .er_z = 1.645,
        .adx = 30,
        .centre = .35,
        .pi_24 = .06,
        .pi_72 = .30,
        .fee = .001,
        .step = .003,
        .wait_ms = 4 * MS_PER_HOUR,
        .wait_hard_ms = 24 * MS_PER_HOUR,
        .range_closes = 4,
        .slowing = 1.5,
        .inside_closes = 2,
        .restarts = 2,
    };
}

void slots_conclude(struct slots *s)
{
    const struct evaluate_inputs in = {
        .now = &s->snapshot,
        .grid = &s->grid,
        .position = &s->position,
        .outside = &s->outside,
        .memory = &s->memory,
        .config = &s->exits,
        .gates = &s->gates,
    };
    evaluate(&in, &s->evaluation, &s->memory);
}

void slots_look(struct slots *s, size_t i)
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    const struct series series[TF_COUNT] = {
        { TF_15M, s->count, s->fifteen },
        { TF_1H, s->count / 4, s->hours },
        { TF_4H, s->count / 16, s->fours },
    };
    market_view_advance(series, bar_close_ms(&s->fifteen[i], TF_15M), &facts,
                        EDITION, &s->view);
}

void slots_measure(struct slots *s)
{
    snapshot_take(&s->view, &s->work, &s->snapshot);
}

void slots_pass(struct slots *s, size_t i)
{
    slots_look(s, i);
    slots_measure(s);
    slots_conclude(s);
}

static void join(const struct bar *from, size_t n, size_t each, struct bar *out)
{
    for (size_t i = 0; i < n / each; i++, from += each) {
        out[i] = from[0];
        for (size_t k = 1; k < each; k++) {
            out[i].high = fmax(out[i].high, from[k].high);
            out[i].low = fmin(out[i].low, from[k].low);
            out[i].volume += from[k].volume;
        }
        out[i].close = from[each - 1].close;
    }
}

static struct grid grid_made(const struct bar *first)
{
    struct grid g = {
        .id = "bench",
        .symbol = "BTC-USDT",
        .side = GRID_LONG,
        .spacing = GRID_GEOMETRIC,
        .lower = first->open * .85,
        .upper = first->open * 1.15,
        .levels = 40,
        .capital = 5000,
        .quote = "USDT",
        .start_price = first->open,
        .started_at_ms = first->open_ms,
        .stop = { first->open * .75, NO_VALUE },
        .take_profit = NO_VALUE,
        .history_count = 2,
    };
    g.history[0] = (struct grid_history){ first->open_ms, GRID_CREATED, "", 0 };
    g.history[1] = (struct grid_history){ first->open_ms, GRID_STARTED, "", 0 };
    return g;
}

struct slots *slots_new(size_t count, size_t from)
{
    struct slots *s = xcalloc(1, sizeof(*s));
    s->count = count;
    s->fifteen = xcalloc(count, sizeof(*s->fifteen));
    s->hours = xcalloc(count / 4, sizeof(*s->hours));
    s->fours = xcalloc(count / 16, sizeof(*s->fours));
    bench_walk(s->fifteen, count, TF_15M);
    join(s->fifteen, count, 4, s->hours);
    join(s->fifteen, count, 16, s->fours);
    s->grid = grid_made(&s->fifteen[from]);
    s->position = position_none("bars only");
    s->outside = outside_none();
    s->exits = exit_config_made();
    s->gates = gate_config_made();
    s->memory = exit_memory_new();
    return s;
}

void slots_rewind(struct slots *s)
{
    memset(&s->view, 0, sizeof(s->view));
    memset(&s->work, 0, sizeof(s->work));
    s->memory = exit_memory_new();
}

void slots_free(struct slots *s)
{
    free(s->fifteen);
    free(s->hours);
    free(s->fours);
    free(s);
}
