#include "market/fold.h"

#include <math.h>

#include "base/moment.h"

size_t bars_drop_jumps(struct bar *bars, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool jump = kept && bar_is_jump(&bars[i], bars[kept - 1].close);
        if (!jump || i + 1 == count ||
            !bar_is_jump(&bars[i + 1], bars[i].close))
            bars[kept++] = bars[i];
    }
    return kept;
}

static void join(struct bar *whole, const struct bar *part)
{
    whole->high = fmax(whole->high, part->high);
    whole->low = fmin(whole->low, part->low);
    whole->close = part->close;
    whole->volume += part->volume;
}

size_t bars_fold(const struct bar *in, size_t count, enum timeframe from,
                 enum timeframe tf, struct bar *out)
{
    int64_t ms = timeframe_ms(tf);
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        struct bar b = in[i];
        b.open_ms = moment_floor(b.open_ms, ms);
        b.flags = 0;
        if (made && out[made - 1].open_ms == b.open_ms) {
            join(&out[made - 1], &b);
            continue;
        }
        if (made && bar_close_ms(&out[made - 1], tf) != b.open_ms)
            b.flags = BAR_GAP;
        out[made++] = b;
    }
    if (made && bar_close_ms(&in[count - 1], from) % ms != 0)
        made--;
    return made;
}
