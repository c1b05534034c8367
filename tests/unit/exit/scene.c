#include "exit/scene.h"

#include "base/moment.h"

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
    s->config = (struct exit_config){ .l_haz = { .40, .30 },
                                      .w_haz = { .25, .20 },
                                      .boundary_closes = 2,
                                      .release_closes = 2 };
    s->memory = exit_memory_new();
    s->hours_late = false;
    scene_pi(s, .05);
}

void scene_event(struct scene *s, int64_t at_ms, enum grid_event event)
{
    s->grid.history[s->grid.history_count++] =
        (struct grid_history){ at_ms, event, "" };
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

void scene_pi(struct scene *s, double pi)
{
    struct value x = isnan(pi) ? value_none(VALUE_STALE) : value_real(pi, 500);
    s->hazard = (struct hazard){ x, x, x };
    if (value_usable(x))
        s->hazard.pi_up.v = 0;
}

struct trigger_inputs scene_look(struct scene *s)
{
    struct series series[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] = made_series(&s->made[tf]);
    market_view_build(series, s->now_ms, &s->facts, &s->view);
    return (struct trigger_inputs){ &s->view, &s->grid, &s->hazard, &s->config,
                                    &s->memory };
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
