#include "metrics/stillness.h"

#include <string.h>

void stillness_begin(struct stillness *s, enum timeframe tf)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (metrics[i].tf != tf)
            continue;
        s->stood[i] = s->moved[i] = 0;
        s->last[i] = value_none(VALUE_UNAVAILABLE);
        s->last_close[i] = NO_VALUE;
    }
}

void stillness_push(struct stillness *s, enum metric_id id, struct value x,
                    double close)
{
    bool asked = value_usable(x) && value_usable(s->last[id]);
    bool same = memcmp(&x.v, &s->last[id].v, sizeof(x.v)) == 0;
    bool priced = close != s->last_close[id];
    s->stood[id] = s->stood[id] << 1 | (asked && same && priced);
    s->moved[id] = s->moved[id] << 1 | (asked && !same);
    s->last[id] = x;
    s->last_close[id] = close;
}

static int count_bits(uint64_t bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

bool stillness_found(const struct stillness *s, enum metric_id id)
{
    if (!s->stood[id])
        return false;
    uint64_t moved = s->moved[id];
    uint64_t since = moved ? (moved & -moved) - 1 : UINT64_MAX;
    double x = s->last[id].v;
    bool at_end = x == metrics[id].sane_lo || x == metrics[id].sane_hi;
    int least = at_end ? STILLNESS_SPAN : STILLNESS_CLOSES;
    return count_bits(s->stood[id] & since) >= least;
}
