#include "shadow_scene.h"

#include "base/moment.h"
#include "base/value.h"

struct grid scene_grid(double lower, double upper, int64_t levels,
                       double capital, double start_price)
{
    return (struct grid){
        .id = "scene",
        .symbol = "BTC-USDT",
        .market = GRID_SPOT,
        .side = GRID_LONG,
        .spacing = GRID_ARITHMETIC,
        .lower = lower,
        .upper = upper,
        .levels = levels,
        .capital = capital,
        .quote = "USDT",
        .start_price = start_price,
        .started_at_ms = MOMENT_NONE,
        .stop = { NO_VALUE, NO_VALUE },
        .take_profit = NO_VALUE,
        .history_count = 2,
        .history = { { .at_ms = SCENE_START_MS, .event = GRID_CREATED },
                     { .at_ms = SCENE_START_MS, .event = GRID_STARTED } },
    };
}

struct bar shadow_scene_bar(int n, double open, double high, double low,
                            double close)
{
    return (struct bar){ .open_ms = SCENE_START_MS + n * MS_PER_SLOT,
                         .open = open,
                         .high = high,
                         .low = low,
                         .close = close,
                         .volume = 1 };
}

struct shadow_books scene_walk(struct shadow *s, const struct grid *g,
                               const struct shadow_terms *terms, struct bar bar)
{
    struct shadow_books books;
    shadow_walk_bar(s, g, terms, &bar);
    shadow_value(s, g, terms, bar.close, &books);
    return books;
}

uint64_t scene_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t scene_below(uint64_t *state, int64_t n)
{
    return (int64_t)(scene_random(state) % (uint64_t)n);
}

double scene_unit(uint64_t *state)
{
    return (double)(scene_random(state) >> 11) / 9007199254740992.0;
}
