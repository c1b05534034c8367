#include "tools/study_bars.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "backtest/random_walk.h"
#include "base/prng.h"
#include "market/fold.h"
#include "sim/market.h"
#include "sim/regimes.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "sys/zstd_file.h"

#define FILE_BYTES_MAX ((size_t)512 * 1024 * 1024)

static const struct walk_way study_way = {
    .begin_ms = INT64_C(1514764800000), /* Monday, 2018-01-01 */
    .price = 60000.0,
    .sigma = 0.005 / 2, /* .005 an hour */
    .steps = 15,
};

void study_bars_add(struct bars *out, const struct bar *b)
{
    if (out->count == out->room) {
        out->room = out->room ? 2 * out->room : 1024;
        out->at = xrealloc(out->at, out->room, sizeof(*out->at));
    }
    out->at[out->count++] = *b;
}

void study_bars_release(struct bars *b)
{
    free(b->at);
    *b = (struct bars){ 0 };
}

size_t study_bars_drop_jumps(struct bars *b)
{
    size_t all = b->count;
    b->count = bars_drop_jumps(b->at, all);
    return all - b->count;
}

int study_bars_load(struct bars *out, const char *path, size_t *jumps,
                    struct error *err)
{
    struct text text = TEXT_INIT(FILE_BYTES_MAX);
    struct sim_book book = { 0 };
    int rc = zstd_read_file(&text, path, err);

    if (!rc)
        rc = text_puts(&text, "\n");
    if (!rc) {
        text.data[text.len - 1] = '\0';
        rc = sim_book_read_csv(&book, text.data, err);
        if (rc)
            error_wrap(err, "file '%s'", path);
    }
    text_release(&text);
    study_bars_release(out);
    *out = (struct bars){ book.count, book.room, book.bars };
    *jumps = rc ? 0 : study_bars_drop_jumps(out);
    return rc;
}

void study_bars_name(const char *path, char out[STUDY_NAME])
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t n = strcspn(name, ".");

    n = n < STUDY_NAME ? n : STUDY_NAME - 1;
    memcpy(out, name, n);
    out[n] = '\0';
}

void study_bars_fold(struct bars *out, const struct bars *in,
                     enum timeframe from, enum timeframe tf)
{
    if (out->room < in->count) {
        out->room = in->count;
        out->at = xrealloc(out->at, out->room, sizeof(*out->at));
    }
    out->count = bars_fold(in->at, in->count, from, tf, out->at);
}

void study_bars_walk(struct bars *out, uint64_t seed, size_t hours)
{
    size_t count = 4 * hours;

    if (out->room < count) {
        out->room = count;
        out->at = xrealloc(out->at, out->room, sizeof(*out->at));
    }
    out->count = count;
    walk_along(&study_way, seed, count, out->at);
}

void study_bars_regimes(struct bars *out, uint8_t *truth, uint64_t seed,
                        size_t hours)
{
    struct sim_regimes regimes;
    struct bar hour[SIM_BARS_PER_HOUR];

    sim_regimes_init(&regimes, seed);
    out->count = 0;
    for (size_t i = 0; i < hours; i++) {
        enum sim_regime regime = sim_regimes_hour(&regimes, hour);
        if (truth)
            truth[i] = (uint8_t)regime;
        for (int k = 0; k < SIM_BARS_PER_HOUR; k++)
            study_bars_add(out, &hour[k]);
    }
}

/* `x` as it would stand if its bar came after `close` and not `before`. */
static double moved(double x, double before, double close, bool upside_down)
{
    return upside_down ? close * (before / x) : close * (x / before);
}

void study_bars_scramble(struct bars *out, const struct bars *in, uint64_t seed)
{
    struct prng prng;

    prng_init(&prng, seed);
    out->count = 0;
    for (size_t i = 0; i < in->count; i++) {
        struct bar b = in->at[i], a = b;
        if (i > 0) {
            double before = in->at[i - 1].close;
            double close = out->at[i - 1].close;
            bool down = prng_uniform(&prng) < 0.5;
            a.open = moved(b.open, before, close, down);
            a.high = moved(down ? b.low : b.high, before, close, down);
            a.low = moved(down ? b.high : b.low, before, close, down);
            a.close = moved(b.close, before, close, down);
        }
        study_bars_add(out, &a);
    }
}
