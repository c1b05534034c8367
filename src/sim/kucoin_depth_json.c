/* The part order book: twenty orders on each side of the last trade, the best
 * as in the ticker. Offsets grow by one tick more each time (1, 3, 6, ...),
 * sizes are seeded by the minute and the order: 0.01 to 2. */
#include <inttypes.h>

#include "base/moment.h"
#include "base/prng.h"
#include "sim/account_money.h"
#include "sim/account_path.h"
#include "sim/candles.h"
#include "sim/kucoin.h"
#include "sim/sim.h"

#define DEPTH      20
#define AMOUNT_MIN 1000000 /* of 10^-8 */
#define AMOUNT_MAX 200000000

static void put_side(struct text *out, int64_t best, int step, int places,
                     uint64_t seed)
{
    char price[SIM_MONEY_TEXT], size[SIM_MONEY_TEXT];

    for (int i = 0; i < DEPTH; i++) {
        int64_t at = best + step * (i * (i + 3) / 2);
        uint64_t n = AMOUNT_MIN + splitmix64(&seed) % (AMOUNT_MAX - AMOUNT_MIN);
        if (at <= 0)
            return;
        sim_money_format(sim_money_of(at, places), price);
        sim_money_format(sim_money_of((int64_t)n, 8), size);
        text_printf(out, "%s[\"%s\",\"%s\"]", i ? "," : "", price, size);
    }
}

void sim_kucoin_depth(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    const char *symbol = sim_fields_get(call->request->query, "symbol");
    const struct sim_book *b =
        symbol ? sim_market_find(&s->market, symbol) : NULL;
    struct sim_trade last;

    if (!b || !sim_last_trade(b, call->now_ms, &last)) {
        text_puts(out, "{\"code\":\"200000\",\"data\":null}");
        return;
    }
    int64_t ticks = sim_path_ticks(last.price, b->places);
    uint64_t seed = (uint64_t)(last.at_ms / MS_PER_MINUTE);
    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"time\":%" PRId64
                ",\"sequence\":\"%" PRId64 "\",\"bids\":[",
                last.at_ms, last.at_ms / 1000);
    put_side(out, ticks - 1, -1, b->places, seed);
    text_puts(out, "],\"asks\":[");
    put_side(out, ticks, 1, b->places, seed + 1);
    text_puts(out, "]}}");
}
