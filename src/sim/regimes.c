#include "sim/regimes.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"

#define STEPS_PER_BAR  3
#define STEPS_PER_HOUR (STEPS_PER_BAR * SIM_BARS_PER_HOUR)
#define FIRST_PRICE    60000.0
#define HOUR_SIGMA     0.005 /* where the log volatility is at its mean */

struct range {
    double from, to;
};

struct nature {
    const char *name;
    struct range hours, factor;
    struct range half_life; /* hours; 0: it is not pulled */
    struct range drift;     /* sigmas an hour; 0: none */
};

// clang-format off
static const struct nature natures[SIM_REGIME_COUNT] = {
    [SIM_RANGE_OK]   = { "RANGE_OK",   {48, 240}, { .80, 1.05}, { 4, 12}, {0, 0} },
    [SIM_RANGE_WEAK] = { "RANGE_WEAK", {36, 160}, { .85, 1.15}, {20, 60}, {0, 0} },
    [SIM_TRANSITION] = { "TRANSITION", { 6,  24}, {1.15, 1.70}, { 0,  0}, {0, 0} },
    [SIM_TREND]      = { "TREND",      {24, 120}, { .95, 1.35}, { 0,  0}, {.15, .4} },
};
// clang-format on

const char *sim_regime_name(enum sim_regime regime)
{
    return natures[regime].name;
}

/* Marsaglia's polar form of Box and Muller (1964): two normals at a time. */
static double normal(struct sim_regimes *r)
{
    double u, v, s, spare = r->spare;

    r->spare = (double)NAN;
    if (!isnan(spare))
        return spare;
    do {
        u = 2.0 * prng_uniform(&r->prng) - 1.0;
        v = 2.0 * prng_uniform(&r->prng) - 1.0;
        s = u * u + v * v;
    } while (s >= 1.0 || s <= 0.0);
    double scale = sqrt(-2.0 * log(s) / s);
    r->spare = v * scale;
    return u * scale;
}

/* Student t with 5 degrees of freedom has the variance 5/3: with the 5 of its
 * denominator, Z / sqrt(chi2 / 3) is left. */
static double shock(struct sim_regimes *r)
{
    double z = normal(r), chi2 = 0.0;
    for (int i = 0; i < 5; i++) {
        double x = normal(r);
        chi2 += x * x;
    }
    return z / sqrt(chi2 / 3.0);
}

static double draw(struct sim_regimes *r, struct range range)
{
    return range.from + (range.to - range.from) * prng_uniform(&r->prng);
}

static bool chance(struct sim_regimes *r, double p)
{
    return prng_uniform(&r->prng) < p;
}

static enum sim_regime fresh_range(struct sim_regimes *r)
{
    return chance(r, 0.58) ? SIM_RANGE_OK : SIM_RANGE_WEAK;
}

static enum sim_regime after_range(struct sim_regimes *r)
{
    double u = prng_uniform(&r->prng);
    if (u < 0.75)
        return SIM_TRANSITION;
    if (u < 0.85)
        return SIM_TREND;
    return r->spell.regime == SIM_RANGE_OK ? SIM_RANGE_WEAK : SIM_RANGE_OK;
}

static enum sim_regime next_regime(struct sim_regimes *r)
{
    if (r->spell.regime == SIM_TREND)
        return chance(r, 0.5) ? SIM_TRANSITION : fresh_range(r);
    if (r->spell.regime != SIM_TRANSITION)
        return after_range(r);
    if (!r->spell.after_trend && chance(r, 0.6))
        return SIM_TREND;
    return fresh_range(r);
}

static void begin_spell(struct sim_regimes *r, enum sim_regime regime)
{
    const struct nature *n = &natures[regime];
    struct sim_spell s = {
        .regime = regime,
        .after_trend = r->spell.regime == SIM_TREND,
        .center = r->log_price,
    };
    s.hours_left =
        (int32_t)draw(r, (struct range){ n->hours.from, n->hours.to + 1.0 });
    s.factor = draw(r, n->factor);
    if (n->half_life.from > 0.0)
        s.pull = 1.0 - exp2(-1.0 / (STEPS_PER_HOUR * draw(r, n->half_life)));
    if (n->drift.from > 0.0)
        s.drift = chance(r, 0.5) ? draw(r, n->drift) : -draw(r, n->drift);
    r->spell = s;
}

void sim_regimes_init(struct sim_regimes *r, uint64_t seed)
{
    *r = (struct sim_regimes){
        .spare = (double)NAN,
        .log_price = log(FIRST_PRICE),
        .last = FIRST_PRICE,
        .next_ms = SIM_REGIMES_START_MS,
    };
    prng_init(&r->prng, seed);
    begin_spell(r, fresh_range(r));
}

/* One step of five minutes; returns the volume traded in it. */
static double step(struct sim_regimes *r, double sigma)
{
    double x = shock(r);

    r->log_price += r->spell.pull * (r->spell.center - r->log_price) +
                    r->spell.drift * sigma / STEPS_PER_HOUR +
                    sigma / sqrt(STEPS_PER_HOUR) * x;
    r->last = floor(exp(r->log_price) * 100.0 + 0.5) / 100.0;
    return (0.5 + prng_uniform(&r->prng)) * (0.5 + fabs(x)) *
           (sigma / HOUR_SIGMA);
}

static struct bar bar_of(struct sim_regimes *r, double sigma)
{
    struct bar b = { .open_ms = r->next_ms, .open = r->last };

    b.high = b.low = b.open;
    for (int i = 0; i < STEPS_PER_BAR; i++) {
        b.volume += step(r, sigma);
        b.high = fmax(b.high, r->last);
        b.low = fmin(b.low, r->last);
    }
    b.close = r->last;
    b.volume = floor(b.volume * 1e8 + 0.5) / 1e8;
    r->next_ms += MS_PER_SLOT;
    return b;
}

enum sim_regime sim_regimes_hour(struct sim_regimes *r,
                                 struct bar out[SIM_BARS_PER_HOUR])
{
    if (r->spell.hours_left == 0)
        begin_spell(r, next_regime(r));
    r->spell.hours_left--;
    r->log_vol = 0.98 * r->log_vol + 0.05 * normal(r);
    double sigma = HOUR_SIGMA * exp(r->log_vol) * r->spell.factor;
    for (int i = 0; i < SIM_BARS_PER_HOUR; i++)
        out[i] = bar_of(r, sigma);
    return r->spell.regime;
}

bool sim_regimes_parse(const char *text, struct sim_regimes_plan *out)
{
    char digits[24];
    int64_t seed = 0, hours = SIM_REGIMES_HOURS;
    size_t n = strcspn(text, ":");

    if (n >= sizeof(digits))
        return false;
    memcpy(digits, text, n);
    digits[n] = '\0';
    if (!integer_parse(digits, &seed) || seed < 0)
        return false;
    if (text[n] && !integer_parse(text + n + 1, &hours))
        return false;
    if (hours < 1 || hours > SIM_REGIMES_MAX_HOURS)
        return false;
    *out = (struct sim_regimes_plan){ (uint64_t)seed, (int32_t)hours };
    return true;
}
