#include "picture/plan_internal.h"

#define INK(rgb)                                                               \
    {                                                                          \
        (rgb) >> 16, ((rgb) >> 8) & 255, (rgb)&255, 255                        \
    }

/* Candles have no colour of their own, so that colours mean states and lines.
 */
static const struct palette light = {
    .ground = INK(0xffffff),
    .text = INK(0x15181d),
    .quiet = INK(0x5a6370),
    .faint = INK(0xdfe3e8),
    .rising = INK(0x8a94a3),
    .falling = INK(0x23282f),
    .range = INK(0x1456b8),
    .stop = INK(0xc3121f),
    .cost = INK(0x7a3fb0),
    .chance = INK(0x0b6e6e),
    .limit = INK(0xa85a00),
    .state = { [STATE_UNKNOWN] = INK(0x8b93a0),
               [STATE_NORMAL] = INK(0xb9dcc4),
               [STATE_WARNING] = INK(0xffd24a),
               [STATE_LATEST] = INK(0xff9a3c),
               [STATE_MANDATORY] = INK(0xff6b66) },
    .on_state = INK(0x101317),
};

static const struct palette dark = {
    .ground = INK(0x12151a),
    .text = INK(0xf1f3f5),
    .quiet = INK(0xa7b0bd),
    .faint = INK(0x2c323b),
    .rising = INK(0xe9edf2),
    .falling = INK(0x7d8797),
    .range = INK(0x74aefc),
    .stop = INK(0xff6f6f),
    .cost = INK(0xc79bf2),
    .chance = INK(0x5fd3cf),
    .limit = INK(0xf2b25c),
    .state = { [STATE_UNKNOWN] = INK(0x8b93a0),
               [STATE_NORMAL] = INK(0x5f9f78),
               [STATE_WARNING] = INK(0xf2c230),
               [STATE_LATEST] = INK(0xff8f2e),
               [STATE_MANDATORY] = INK(0xff5a55) },
    .on_state = INK(0x101317),
};

const struct palette *palette_of(bool is_dark)
{
    return is_dark ? &dark : &light;
}

struct ink ink_pale(struct ink ink)
{
    ink.alpha = 56;
    return ink;
}
