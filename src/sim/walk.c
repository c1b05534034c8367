/* Minute by minute: price = path' + (price - path) * (1 - pull) + noise, where
 * noise = price * sigma * normal. Path, sigma and pull run in straight lines
 * from one row of the script to the next. Nothing of libm but floor(). */
#include "sim/walk.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "base/prng.h"

#define QUIET_SIGMA 0.00045

struct step {
    int day, hour, minute; /* since the first bar */
    double path;
    double sigma;        /* of one minute, as a share of the price */
    double pull;         /* of one minute, share of the distance to the path */
    const char *meaning; /* NULL: a bend that is not worth a milestone */
};

// clang-format off
static const struct step script[] = {
    {  0,  0,  0, 60000, QUIET_SIGMA, .002, "quiet market around 60000" },
    { 39,  0,  0, 60000, QUIET_SIGMA, .002, "the quiet day before the drama" },
    { 40,  0,  0, 60000, .00050,      .010, "the slide begins" },
    { 40,  4,  0, 59300, .00060,      .030, NULL },
    { 40,  8,  0, 58100, .00090,      .080, "volatility rises" },
    { 40, 11,  0, 57300, .00110,      .120, "the slide slows" },
    { 40, 13,  0, 56820, .00110,      .120, NULL },
    { 40, 15,  0, 56700, .00100,      .120, "the break begins" },
    { 40, 15, 45, 56000, .00080,      .100, "below 56400, lingering" },
    { 40, 18,  0, 55950, .00060,      .100, "the fall to the stop begins" },
    { 40, 19, 30, 55250, .00090,      .060, "through 55554, aftermath" },
    { 40, 22,  0, 55150, .00080,      .040, NULL },
    { 41,  2,  0, 55700, .00060,      .020, "the recovery begins" },
    { 41,  8,  0, 57000, .00055,      .020, "well back above 56400" },
    { 42,  0,  0, 59600, QUIET_SIGMA, .010, NULL },
    { 42,  8,  0, 60000, QUIET_SIGMA, .005, "recovered to 60000" },
    { 42, 16,  0, 60000, QUIET_SIGMA, .002, "quiet again" },
};
// clang-format on

static int minute_of(const struct step *s)
{
    return (s->day * 24 + s->hour) * 60 + s->minute;
}

static size_t script_length(const struct sim_walk *w)
{
    return w->quiet ? 1 : ARRAY_LEN(script);
}

/* Where the script stands at a minute; `*row` only moves forward. */
static struct step script_at(const struct sim_walk *w, int minute, size_t *row)
{
    size_t n = script_length(w);
    while (*row + 1 < n && minute_of(&script[*row + 1]) <= minute)
        (*row)++;
    const struct step *from = &script[*row];
    if (*row + 1 == n)
        return *from;
    const struct step *to = from + 1;
    double share = (double)(minute - minute_of(from)) /
                   (double)(minute_of(to) - minute_of(from));
    return (struct step){
        .path = from->path + (to->path - from->path) * share,
        .sigma = from->sigma + (to->sigma - from->sigma) * share,
        .pull = from->pull + (to->pull - from->pull) * share,
    };
}

struct walker {
    const struct sim_walk *walk;
    struct prng prng;
    int64_t begin_ms;
    size_t row;   /* of the script */
    int minute;   /* since it began */
    double price; /* not rounded */
    double last;  /* the last traded price, a multiple of 0.1 */
};

/* One minute; returns the volume traded in it. */
static double walk_minute(struct walker *w)
{
    struct step now = script_at(w->walk, w->minute++, &w->row);
    size_t ahead = w->row;
    struct step next = script_at(w->walk, w->minute, &ahead);
    double z = prng_normal(&w->prng);

    w->price = next.path + (w->price - now.path) * (1.0 - now.pull) +
               w->price * now.sigma * z;
    w->last = floor(w->price * 10.0 + 0.5) / 10.0;
    return 0.2 * (0.5 + prng_uniform(&w->prng)) * (0.5 + fabs(z)) *
           (now.sigma / QUIET_SIGMA);
}

/* The next bar; `minutes` gets the prices that it is made of, unless NULL. */
static struct bar walk_bar(struct walker *w, double *minutes)
{
    struct bar b = { .open = w->last, .high = w->last, .low = w->last };

    b.open_ms = w->begin_ms + w->minute * MS_PER_MINUTE;
    for (int i = 0; i < SIM_BAR_MINUTES; i++) {
        b.volume += walk_minute(w);
        b.high = w->last > b.high ? w->last : b.high;
        b.low = w->last < b.low ? w->last : b.low;
        if (minutes)
            minutes[i] = w->last;
    }
    b.close = w->last;
    b.volume = floor(b.volume * 1e8 + 0.5) / 1e8;
    return b;
}

static struct walker walker_of(const struct sim_walk *w, int64_t begin_ms)
{
    struct walker walker = { .walk = w,
                             .begin_ms = begin_ms,
                             .price = script[0].path,
                             .last = script[0].path };
    prng_init(&walker.prng, w->seed);
    return walker;
}

void sim_walk_bars(const struct sim_walk *w, struct bar out[SIM_WALK_BARS])
{
    struct walker walker = walker_of(w, SIM_WALK_START_MS);
    for (size_t i = 0; i < SIM_WALK_BARS; i++)
        out[i] = walk_bar(&walker, NULL);
}

void sim_walk_live(const struct sim_walk *w, int64_t break_ms,
                   struct bar out[SIM_LIVE_BARS],
                   double minutes[SIM_LIVE_BARS * SIM_BAR_MINUTES])
{
    int64_t begin_ms = moment_floor(break_ms, MS_PER_MINUTE) -
                       SIM_WALK_BREAK_MINUTE * MS_PER_MINUTE;
    struct walker walker = walker_of(w, begin_ms);

    while ((begin_ms + walker.minute * MS_PER_MINUTE) % MS_PER_SLOT)
        walk_minute(&walker);
    for (size_t i = 0; i < SIM_LIVE_BARS; i++)
        out[i] = walk_bar(&walker, &minutes[i * SIM_BAR_MINUTES]);
}

bool sim_walk_milestone(const struct sim_walk *w, size_t i,
                        struct sim_milestone *out)
{
    for (size_t row = 0; row < script_length(w); row++) {
        const struct step *s = &script[row];
        if (!s->meaning || i-- > 0)
            continue;
        out->at_ms = SIM_WALK_START_MS + minute_of(s) * MS_PER_MINUTE;
        out->price = s->path;
        out->meaning = s->meaning;
        return true;
    }
    return false;
}

bool sim_walk_parse(const char *text, struct sim_walk *out)
{
    char digits[24];
    int64_t seed = 0;
    size_t n = strcspn(text, ":");

    if (n >= sizeof(digits))
        return false;
    memcpy(digits, text, n);
    digits[n] = '\0';
    if (!integer_parse(digits, &seed) || seed < 0)
        return false;
    if (text[n] && strcmp(text + n, ":quiet") != 0)
        return false;
    *out = (struct sim_walk){ (uint64_t)seed, text[n] == ':' };
    return true;
}
