#include "exit/scene.h"

#include "base/moment.h"

struct exit_config scene_config(void)
{
    return (struct exit_config){
        .profile = PROFILE_CALIBRATED,
        .release_closes = 2,
        .gate = .37,
        .m_trend = { .75, 4, .25 },
        .m_boundary = { 2 },
        .m_equity = { .drawdown = .15 },
        .m_blind = { 2 * MS_PER_HOUR, .25 },
        .l_trans = { 4, 2, 4 },
        .l_hl = { 2, -1.95, 4 },
        .l_ver = { 1.25 },
        .l_haz = { .40, .30 },
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

static struct value real(double v)
{
    return value_real(v, 500);
}

static struct regime calm_regime(void)
{
    struct regime r = regime_none("");
    static const double p[CLASS_COUNT] = { .60, .30, .05, .05 };
    for (int k = 0; k < CLASS_COUNT; k++)
        r.p[k] = r.raw[k] = real(p[k]);
    r.q = real(.10);
    r.p_range = real(.90);
    r.confidence = real(.4);
    r.fall = (struct regime_fall){ ANSWER_NO, real(0) };
    r.m_fall_6h = real(0);
    r.pooled = r.before = r.label_1h = r.label_4h = REGIME_RANGE_OK;
    r.run = r.run_1h = r.run_4h = r.range_run = r.quiet_run = 20;
    return r;
}

static struct crisis calm_crisis(void)
{
    struct crisis c;
    crisis_init(&c);
    c.answer = ANSWER_NO;
    for (int i = 0; i < CRISIS_TESTS; i++)
        c.size[i] = real(1);
    return c;
}

static struct baseline usual_baseline(void)
{
    return (struct baseline){
        .at_ms = SCENE_BEGIN,
        .half_life = value_real(10, BASELINE_HALF_LIVES),
        .identified = true,
        .sigma_st = value_real(.02, BASELINE_CLOSES),
        .ver_mean = real(1),
        .sigma_entry = real(.004),
    };
}

static void calm_market(struct scene *s)
{
    for (int i = 0; i < METRIC_COUNT; i++)
        s->metrics.values[i] = value_none(VALUE_UNAVAILABLE);
    s->metrics.values[METRIC_VOL_HAZ_15M] = real(.002);
    s->metrics.values[METRIC_ER24_1H] = real(.1);
    s->metrics.values[METRIC_T_DF_1H] = real(-3);
    s->metrics.values[METRIC_T_DF_200_1H] = real(-3);
    s->metrics.values[METRIC_VER_1H] = real(1);
    s->metrics.values[METRIC_VER_RAW_1H] = real(1);
    s->regime = calm_regime();
    s->crisis = calm_crisis();
    s->row = (struct hourly_row){ .raw100 = 10,
                                  .raw200 = 10,
                                  .hl200 = 10,
                                  .t200 = -3,
                                  .ver_mean = 1,
                                  .atr_4h = .015 };
    hourly_init(&s->hourly);
    scene_pi(s, .05);
}

void scene_begin(struct scene *s)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        made_begin(&s->made[tf], (enum timeframe)tf);
    s->facts = (struct market_facts){ MARKET_OPEN, false, false, NO_VALUE,
                                      MOMENT_NONE };
    s->grid = (struct grid){ .id = "btc-a",
                             .symbol = "BTC-USDT",
                             .lower = 90,
                             .upper = 110,
                             .capital = 5000,
                             .quote = "USDT" };
    s->grid.stop = (struct grid_stop){ 80, NO_VALUE };
    s->now_ms = SCENE_BEGIN;
    scene_event(s, SCENE_BEGIN - MS_PER_HOUR, GRID_CREATED);
    scene_event(s, SCENE_BEGIN - MS_PER_HOUR, GRID_STARTED);
    s->config = scene_config();
    s->position = position_none("no source is built yet");
    s->outside = outside_none();
    s->hours_late = false;
    calm_market(s);
    s->memory = exit_memory_new();
    s->memory.baseline = usual_baseline();
}

void scene_event(struct scene *s, int64_t at_ms, enum grid_event event)
{
    s->grid.history[s->grid.history_count++] =
        (struct grid_history){ .at_ms = at_ms, .event = event };
}

static void add_row(struct scene *s, double close)
{
    struct hourly_row row = s->row;
    row.close_ms = s->now_ms;
    row.close = close;
    s->hourly.rows[s->hourly.count++] = row;
}

/* The bar of the hour that ends now, of the quarters that are in it. */
static void add_hour(struct scene *s)
{
    const struct made *quarters = &s->made[TF_15M];
    int64_t open_ms = s->now_ms - MS_PER_HOUR;
    struct bar *hour = NULL;
    for (size_t i = 0; i < quarters->count; i++) {
        const struct bar *b = &quarters->bars[i];
        if (b->open_ms < open_ms)
            continue;
        if (!hour) {
            hour = made_add(&s->made[TF_1H], open_ms / MS_PER_HOUR, b->open);
            *hour = *b;
            hour->open_ms = open_ms;
        }
        hour->high = b->high > hour->high ? b->high : hour->high;
        hour->low = b->low < hour->low ? b->low : hour->low;
        hour->close = b->close;
    }
    if (hour)
        add_row(s, hour->close);
}

static void advance(struct scene *s)
{
    s->now_ms += MS_PER_SLOT;
    if (s->now_ms % MS_PER_HOUR == 0 && !s->hours_late)
        add_hour(s);
}

void scene_bar(struct scene *s, double low, double high, double close)
{
    struct bar *b = made_add(&s->made[TF_15M], s->now_ms / MS_PER_SLOT, close);
    b->low = low;
    b->high = high;
    advance(s);
}

void scene_trade(struct scene *s, int n, double close)
{
    for (int i = 0; i < n; i++)
        scene_bar(s, close, close, close);
}

void scene_pass(struct scene *s, int n)
{
    for (int i = 0; i < n; i++)
        advance(s);
}

void scene_rows(struct scene *s, size_t n, struct hourly_row row)
{
    int64_t newest_ms = moment_floor(s->now_ms, MS_PER_HOUR);
    s->hourly.count = n;
    for (size_t i = 0; i < n; i++) {
        s->hourly.rows[i] = row;
        s->hourly.rows[i].close_ms =
            newest_ms - (int64_t)(n - 1 - i) * MS_PER_HOUR;
    }
}

void scene_pi(struct scene *s, double pi)
{
    struct value x = isnan(pi) ? value_none(VALUE_STALE) : real(pi);
    s->hazard = (struct hazard){ x, x, x, x, HAZARD_EWMA };
    if (value_usable(x))
        s->hazard.pi_up.v = 0;
}

void scene_label(struct scene *s, enum regime_label label, int32_t run)
{
    struct regime *r = &s->regime;
    r->pooled = r->before = r->label_1h = r->label_4h = label;
    r->run = r->run_1h = r->run_4h = run;
}

static struct interval exactly(double v)
{
    return (struct interval){ value_real(v, 1), v, v };
}

void scene_pnl(struct scene *s, double e, double peak)
{
    s->position.source = POSITION_EXCHANGE;
    s->position.pnl =
        (struct net_pnl){ exactly(e), exactly(peak), exactly(peak - e) };
}

/* Failed to come back since long ago. */
static const struct reversion lost = { -1, 30, true };

void scene_alarm(struct scene *s)
{
    struct hourly_row slow = s->row;

    scene_trade(s, 8, 79);
    scene_pi(s, .89);
    scene_pnl(s, 0, 1000);
    scene_label(s, REGIME_TRANSITION, 4);
    s->regime.pooled = s->regime.before = REGIME_TREND;
    s->regime.p[CLASS_TREND] = s->regime.raw[CLASS_TREND] = real(.80);
    s->regime.raw[CLASS_TRANSITION] = real(.40);
    s->regime.fall = (struct regime_fall){ ANSWER_YES, real(.2) };
    s->metrics.values[METRIC_ER24_1H] = real(.9);
    s->metrics.values[METRIC_VER_1H] = real(1.5);
    s->metrics.values[METRIC_VER_RAW_1H] = real(1.5);
    s->crisis.answer = ANSWER_YES;
    s->crisis.hit = true;
    slow.close = 79;
    slow.raw100 = slow.raw200 = slow.hl200 = 30;
    slow.t200 = -1;
    scene_rows(s, 8, slow);
    s->hourly.rows[4].raw100 = 20; /* three closes ago */
    s->memory.counts.trend_slots = s->memory.counts.pi_closes = 4;
    s->memory.counts.reversion = lost;
    s->memory.counts.reversion_ms = s->now_ms;
    s->outside.calendar = s->outside.calendar_read = true;
    s->outside.event[0] = 'x';
    s->outside.signal = (struct signal){ true, true, 2, s->now_ms, HUGE_VAL };
}

/* Without a price nothing of it may be compared (metrics/metric.h). */
static void show(struct scene *s)
{
    s->shown.metrics = s->metrics;
    s->shown.regime = s->regime;
    if (s->view.price_cause == PRICE_KNOWN)
        return;
    for (int i = 0; i < METRIC_COUNT; i++)
        if (value_usable(s->metrics.values[i]))
            s->shown.metrics.values[i].status = VALUE_STALE;
    s->shown.regime =
        regime_none(regime_reason_text(REGIME_REASON_PRICE_UNKNOWN));
}

struct trigger_inputs scene_look(struct scene *s)
{
    struct series series[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] = made_series(&s->made[tf]);
    market_view_build(series, s->now_ms, &s->facts, &s->view);
    show(s);
    return (struct trigger_inputs){
        .view = &s->view,
        .metrics = &s->shown.metrics,
        .regime = &s->shown.regime,
        .crisis = &s->crisis,
        .hourly = &s->hourly,
        .grid = &s->grid,
        .hazard = &s->hazard,
        .position = &s->position,
        .outside = &s->outside,
        .config = &s->config,
        .theta = theta_of(&s->config, &s->grid, s->memory.atr_entry,
                          s->hazard.model),
        .memory = &s->memory,
    };
}

struct trigger_result scene_ask(struct scene *s, enum trigger_id id)
{
    struct trigger_result all[TRIGGER_COUNT];
    struct trigger_inputs in = scene_look(s);
    triggers_ask(&in, all);
    return all[id];
}

struct verdict scene_step(struct scene *s)
{
    struct verdict v;
    struct trigger_inputs in = scene_look(s);
    exit_state_step(&in, &v, &s->memory);
    return v;
}
