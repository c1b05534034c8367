/* What the sample of a metrics document saw. The shares of random walks stand
 * at quantiles of src/metrics/null_data.c (one halfway between two, two beyond
 * the ends), so that they can be read off there. */
#include "base/hash.h"
#include "base/moment.h"
#include "record/samples.h"

// clang-format off
static const struct {
    struct value value;
    double walk;
} measured[METRIC_COUNT] = {
    [METRIC_VOL_HAZ_15M] = { { 0.0041, VALUE_FILLED, 1143 }, NO_VALUE },
    [METRIC_VOL_FAST_15M] = { { 0.0068, VALUE_FILLED, 1143 }, NO_VALUE },
    [METRIC_VOL_SLOW_15M] = { { 0.0032, VALUE_FILLED, 1143 }, NO_VALUE },
    [METRIC_VOL_RANK_15M] = { { 0.97, VALUE_FILLED, 900 }, NO_VALUE },
    [METRIC_ATR_15M] = { { 215.5, VALUE_FILLED, 1143 }, NO_VALUE },
    [METRIC_VER_15M] = { { 1.1018, VALUE_FILLED, 114 }, 0.9 },
    [METRIC_ADX_1H] = { { 29.118, VALUE_REAL, 1586 }, 0.75 },
    [METRIC_PLUS_DI_1H] = { { 13.182, VALUE_REAL, 1586 }, 0.1 },
    [METRIC_MINUS_DI_1H] = { { 36.707, VALUE_REAL, 1586 }, 0.97 },
    [METRIC_ADX_LOG_1H] = { { 28.2265, VALUE_REAL, 1586 }, 0.725 },
    [METRIC_ATR_1H] = { { 402.25, VALUE_REAL, 1586 }, NO_VALUE },
    [METRIC_ER10_1H] = { { 1, VALUE_REAL, 11 }, 0.999 },
    [METRIC_ER24_1H] = { { 0.41894, VALUE_REAL, 25 }, 0.9 },
    [METRIC_RHO1_1H] = { { -0.12652, VALUE_REAL, 101 }, 0.1 },
    [METRIC_HALF_LIFE_1H] = { { NO_VALUE, VALUE_NOT_IDENTIFIED, 0 }, NO_VALUE },
    [METRIC_HALF_LIFE_100_1H] = { { 12.776, VALUE_REAL, 101 }, 0.4 },
    [METRIC_HALF_LIFE_200_1H] = { { NO_VALUE, VALUE_NOT_IDENTIFIED, 0 }, NO_VALUE },
    [METRIC_T_DF_1H] = { { -1.5604, VALUE_REAL, 101 }, 0.5 },
    [METRIC_T_DF_200_1H] = { { -0.068698, VALUE_REAL, 201 }, 0.95 },
    [METRIC_VR8_1H] = { { 1.1327, VALUE_REAL, 101 }, 0.7 },
    [METRIC_SLOPE_1H] = { { -0.25294, VALUE_REAL, 1586 }, 0.05 },
    [METRIC_Z_SLOPE_1H] = { { -1.721, VALUE_REAL, 1586 }, 0.05 },
    [METRIC_BBW_1H] = { { 0.041, VALUE_REAL, 20 }, NO_VALUE },
    [METRIC_BBW_PCT_1H] = { { 0.91, VALUE_REAL, 219 }, 0.9 },
    [METRIC_Z20_1H] = { { -2.064, VALUE_STALE, 20 }, 0.05 },
    [METRIC_VER_1H] = { { 1.0854, VALUE_REAL, 114 }, 0.9 },
    [METRIC_VER_RAW_1H] = { { 1.24, VALUE_REAL, 114 }, NO_VALUE },
    [METRIC_ADX_4H] = { { 8, VALUE_REAL, 496 }, 0.001 },
    [METRIC_ADX_LOG_4H] = { { 70, VALUE_REAL, 496 }, 0.999 },
    [METRIC_ATR_4H] = { { 890.5, VALUE_REAL, 496 }, NO_VALUE },
    [METRIC_ER24_4H] = { { 0.15537, VALUE_REAL, 25 }, 0.45 },
    [METRIC_T_DF_4H] = { { -4.2368, VALUE_REAL, 101 }, 0.001 },
    [METRIC_VR8_4H] = { { 0.63644, VALUE_REAL, 101 }, 0.1 },
    [METRIC_Z_SLOPE_4H] = { { 0.13191, VALUE_REAL, 496 }, 0.55 },
    [METRIC_BBW_4H] = { { 0.0825, VALUE_REAL, 20 }, NO_VALUE },
    [METRIC_VER_4H] = { { NO_VALUE, VALUE_WARMUP, 0 }, NO_VALUE },
};
// clang-format on

static struct value number(double v, enum value_status status)
{
    return (struct value){ v, status, 1586 };
}

static void make_quality(struct quality *q)
{
    *q = (struct quality){
        .price_known = true,
        .close = 40300,
        .close_ms = SAMPLE_SLOT,
        .market = MARKET_OPEN,
        .clock_offset_ms = -120,
        .windows = { { INT64_C(1620360000000), SAMPLE_SLOT - MS_PER_SLOT,
                       SAMPLE_SLOT - MS_PER_SLOT, 1144, 2, 0, 1, false,
                       UINT64_C(0x0123456789abcdef), "" },
                     { INT64_C(1615680000000), SAMPLE_SLOT - MS_PER_HOUR,
                       SAMPLE_SLOT - MS_PER_HOUR, 1586, 0, 3, 0, true,
                       UINT64_C(0xfedcba9876543210), "" },
                     { INT64_C(1614240000000), SAMPLE_SLOT - 6 * MS_PER_HOUR,
                       SAMPLE_SLOT - 6 * MS_PER_HOUR, 496, 0, 0, 0, false, 0x42,
                       "" } },
        .disagreement_count = 1,
        .disagreements = { { TF_1H, SAMPLE_SLOT - 3 * MS_PER_HOUR, "high",
                             40510.5, 40510.25 } },
    };
}

static void make_regime(struct regime *r)
{
    static const double p[CLASS_COUNT] = { .05, .1, .25, .6 };
    static const double raw[CLASS_COUNT] = { .04, .06, .2, .7 };
    *r = (struct regime){
        .pooled = REGIME_TREND,
        .before = REGIME_TREND,
        .label_1h = REGIME_TREND,
        .label_4h = REGIME_TRANSITION,
        .reason = "",
        .run = 3,
        .run_1h = 2,
        .run_4h = 5,
        .confidence = number(.25, VALUE_FILLED),
        .explained = true,
        .why = { CLASS_TREND, CLASS_TRANSITION, 1.25, { .5, 1, .25, -.5 } },
    };
    for (int k = 0; k < CLASS_COUNT; k++) {
        r->p[k] = number(p[k], VALUE_FILLED);
        r->raw[k] = number(raw[k], VALUE_FILLED);
    }
}

static struct scores scores(double t, double m, double v)
{
    return (struct scores){ number(t, VALUE_REAL), number(m, VALUE_REAL),
                            number(v, VALUE_REAL) };
}

double sample_typical(int id)
{
    return isnan(measured[id].value.v) ? 12.5 : measured[id].value.v;
}

void sample_fill_metrics(struct metrics_document *d)
{
    make_quality(&d->quality);
    d->bar_count = 2;
    d->bars[0] = (struct closed_bar){ TF_15M,
                                      { SAMPLE_SLOT - MS_PER_SLOT, 40450,
                                        40500.5, 40250, 40300, 12.75, 0 } };
    d->bars[1] = (struct closed_bar){ TF_1H,
                                      { SAMPLE_SLOT - MS_PER_HOUR, 40600, 40650,
                                        40250, 40300, 1.25e-05, 0 } };
    for (int i = 0; i < METRIC_COUNT; i++) {
        d->metrics.values[i] = measured[i].value;
        d->percentile[i] = measured[i].walk;
    }
    make_regime(&d->regime);
    d->scores_1h = scores(91.5, 12.25, .18);
    d->scores_4h = scores(70.125, 40, -.05);
    d->crisis.answer = ANSWER_NO;
    d->tertile = VOL_TERTILE_HIGH;
    d->classifier = (struct classifier){ "softmax-tmv", "c0ffee12" };
}

void sample_blind(struct metrics_document *d)
{
    const struct value none = value_none(VALUE_UNAVAILABLE);
    struct regime *r = &d->regime;

    d->quality.windows[TF_4H] =
        (struct window_quality){ .start_ms = MOMENT_NONE,
                                 .last_ms = MOMENT_NONE,
                                 .recorded_ms = SAMPLE_SLOT - 6 * MS_PER_HOUR,
                                 .bars_hash = HASH64_START,
                                 .error = "HTTP 503: try later" };
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (metrics[i].tf == TF_4H) {
            d->metrics.values[i] = none;
            d->percentile[i] = NO_VALUE;
        }
    }
    *r = regime_none(regime_reason_text(REGIME_REASON_4H_UNAVAILABLE));
    r->pooled = REGIME_TRANSITION;
    r->label_1h = REGIME_TREND;
    r->run_1h = 2;
    d->scores_4h = (struct scores){ none, none, none };
    d->crisis.answer = ANSWER_YES;
    d->tertile = VOL_TERTILE_NONE;
}
