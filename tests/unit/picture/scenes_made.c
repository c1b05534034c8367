#include "scenes_made.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"

void made_scene(struct made *out)
{
    int64_t until_ms = moment_parse("2026-02-11T18:00:00Z");
    int64_t from_ms = until_ms - MADE_BARS * MS_PER_HOUR;

    for (int i = 0; i < MADE_BARS; i++) {
        double open = 60000 + 400 * sin(i / 7.0);
        double close = 60000 + 400 * sin((i + 1) / 7.0);
        out->bars[i] = (struct bar){ .open_ms = from_ms + i * MS_PER_HOUR,
                                     .open = open,
                                     .high = fmax(open, close) + 50,
                                     .low = fmin(open, close) - 50,
                                     .close = close,
                                     .volume = 1 };
    }
    for (int i = 0; i < MADE_SLOTS; i++)
        out->slots[i] = (struct picture_slot){ from_ms + (i + 1) * MS_PER_SLOT,
                                               STATE_NORMAL, 0.2 };
    out->scene = (struct picture_scene){
        .symbol = "BTC-USDT",
        .grid = "btc-a",
        .title = "NORMAL",
        .subtitle = "2026-02-11 18:00 UTC",
        .from_ms = from_ms,
        .until_ms = until_ms,
        .tf = TF_1H,
        .bars = out->bars,
        .bar_count = MADE_BARS,
        .lower = 56400,
        .upper = 63600,
        .stop_below = 55554,
        .stop_above = NO_VALUE,
        .avg_cost = 60100,
        .slots = out->slots,
        .slot_count = MADE_SLOTS,
        .pi_limit = 0.4,
    };
}
