#include "gate/gate_scene.h"

#include "base/moment.h"
#include "test.h"

#define BARS 8 /* of each window */

static void fill(struct window *w, enum timeframe tf)
{
    w->tf = tf;
    w->count = BARS;
    for (int i = 0; i < BARS; i++)
        w->bars[i] = (struct bar){
            GATE_SLOT - (BARS - i) * timeframe_ms(tf), 100, 100, 100, 100, 1, 0
        };
}

struct gate_config gate_scene_config(void)
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

static void fill_grid(struct gate_scene *s)
{
    s->grid = (struct grid){ .id = "btc-a",
                             .symbol = "BTC-USDT",
                             .spacing = GRID_GEOMETRIC,
                             .lower = GATE_LOWER,
                             .upper = GATE_UPPER,
                             .levels = 20,
                             .capital = 5000,
                             .quote = "USDT",
                             .start_price = NO_VALUE,
                             .started_at_ms = MOMENT_NONE,
                             .stop = { 80, NO_VALUE },
                             .take_profit = NO_VALUE };
    gate_scene_event(s, GATE_SLOT - 90 * MS_PER_HOUR, GRID_CREATED);
    gate_scene_event(s, GATE_SLOT - 90 * MS_PER_HOUR, GRID_STARTED);
    gate_scene_event(s, GATE_SLOT - 30 * MS_PER_HOUR, GRID_STOPPED);
}

static void fill_metrics(struct gate_scene *s)
{
    for (int i = 0; i < METRIC_COUNT; i++)
        s->metrics.values[i] = value_none(VALUE_UNAVAILABLE);
    gate_scene_metric(s, METRIC_VOL_HAZ_15M, .003);
    gate_scene_metric(s, METRIC_VER_1H, .95);
    gate_scene_metric(s, METRIC_VER_4H, 1.02);
    gate_scene_metric(s, METRIC_ER24_1H, .2);
    gate_scene_metric(s, METRIC_ADX_1H, 22);
    gate_scene_metric(s, METRIC_ATR_4H, 2.04);
    gate_scene_metric(s, METRIC_T_DF_200_1H, -2);
}

static void fill_memory(struct gate_scene *s)
{
    s->memory = exit_memory_new();
    s->memory.left = STATE_MANDATORY;
    s->memory.baseline.half_life = value_real(8, 400);
    s->memory.baseline.identified = true;
    gate_scene_log_hours(s);
}

void gate_scene_log_hours(struct gate_scene *s)
{
    static struct bank bank_1h, bank_4h;
    const struct window *w = &s->view.window[TF_1H];
    bank_init(&bank_1h, TF_1H);
    bank_init(&bank_4h, TF_4H);
    hourly_init(&s->hourly);
    for (size_t i = 0; i < w->count; i++) {
        hourly_push(&s->hourly, &w->bars[i], &bank_1h, &bank_4h);
        s->hourly.rows[i].hl200 = 9;
        s->hourly.rows[i].t200 = -2;
    }
}

void gate_scene_begin(struct gate_scene *s)
{
    *s = (struct gate_scene){ .restart = true };
    s->view.slot_ms = GATE_SLOT;
    s->view.price_cause = PRICE_KNOWN;
    s->view.close = 100;
    s->view.close_ms = GATE_SLOT;
    for (int tf = 0; tf < TF_COUNT; tf++)
        fill(&s->view.window[tf], (enum timeframe)tf);
    s->regime = regime_not_built();
    s->regime.q = value_real(.2, 101);
    s->regime.before = s->regime.pooled = REGIME_RANGE_OK;
    s->regime.quiet_run = 5;
    s->regime.range_run = 6;
    crisis_init(&s->crisis);
    s->crisis.answer = ANSWER_NO;
    s->config = gate_scene_config();
    fill_grid(s);
    fill_metrics(s);
    fill_memory(s);
}

void gate_scene_metric(struct gate_scene *s, enum metric_id id, double v)
{
    s->metrics.values[id] = value_real(v, 500);
}

void gate_scene_event(struct gate_scene *s, int64_t at_ms,
                      enum grid_event event)
{
    ASSERT_FATAL(s->grid.history_count < GRID_HISTORY_MAX);
    s->grid.history[s->grid.history_count++] =
        (struct grid_history){ .at_ms = at_ms, .event = event };
}

void gate_scene_close(struct gate_scene *s, double close)
{
    s->view.close = close;
    for (int tf = 0; tf < TF_COUNT; tf++)
        s->view.window[tf].bars[BARS - 1].close = close;
    gate_scene_log_hours(s);
}

struct gate_inputs gate_scene_look(const struct gate_scene *s)
{
    return (struct gate_inputs){
        .view = &s->view,
        .metrics = &s->metrics,
        .regime = &s->regime,
        .crisis = &s->crisis,
        .hourly = &s->hourly,
        .grid = &s->grid,
        .memory = &s->memory,
        .config = &s->config,
        .restart = s->restart,
    };
}

static struct hazard hazard_now(const struct gate_scene *s)
{
    if (s->view.price_cause != PRICE_KNOWN)
        return hazard_none(VALUE_UNAVAILABLE, HAZARD_EWMA);
    const struct volatility v = volatility_of(&s->metrics);
    return hazard_of(s->view.close, s->grid.lower, s->grid.upper, &v,
                     HAZARD_EWMA);
}

struct gates gate_scene_ask(const struct gate_scene *s)
{
    struct gates g;
    struct gate_inputs in = gate_scene_look(s);
    const struct hazard hazard = hazard_now(s);
    in.hazard = &hazard;
    gates_ask(&in, &g);
    return g;
}
