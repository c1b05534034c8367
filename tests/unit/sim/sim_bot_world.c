#include "sim/sim_bot_world.h"

#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static int64_t time_of(int bar)
{
    return T0 + bar * 15 * MS_PER_MINUTE + MS_PER_MINUTE;
}

struct sim sim_bot_world(int bar)
{
    static const double prices[] = { 112, 99, 121, 105, 135, 85 };
    struct sim s = sim_world_at("2026-11-20T12:00:00Z");
    struct sim_book *b = &s.market.books[0];

    b->places = 1;
    for (size_t i = 0; i < ARRAY_LEN(prices); i++) {
        double p = prices[i];
        struct bar flat = {
            T0 + (int64_t)i * 15 * MS_PER_MINUTE, p, p, p, p, 1.0, 0
        };
        ASSERT_INT(sim_book_append(b, &flat, NULL), 0);
    }
    sim_bot_world_go(&s, bar);
    sim_world_key(&s);
    return s;
}

void sim_bot_world_go(struct sim *s, int bar)
{
    sim_clock_set(&s->clock, time_of(bar), sim_world_mono_ms);
}

void sim_bot_world_add(struct sim *s, const char *more)
{
    char body[512];
    snprintf(body, sizeof(body),
             "{\"symbol\":\"BTC-USDT\",\"lower\":100,\"upper\":130,"
             "\"levels\":3,\"capital\":1000,\"at\":\"2026-11-20T12:00:00Z\"%s}",
             more);
    sim_world_ask(s, "PUT /sim/bot", body);
    ASSERT_INT(sim_world_reply.status, 200);
}

const char *sim_bot_world_book(struct sim *s, const char *member)
{
    sim_world_ask(s, "GET /sim/ledger?bot=1", "");
    ASSERT_INT(sim_world_reply.status, 200);
    return sim_world_text(member);
}
