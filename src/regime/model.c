#include "regime/model.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/number.h"

// clang-format off
const struct regime_model regime_model_shipped = {
    .name = "softmax-tmv",
    .version = 1,
    .adx = {
        .at    = { 6.1, 10.1, 12.1, 13.6, 16.9, 21.9, 29.0, 37.2, 42.7, 52.9, 73.3 },
        .share = { 0,    .01,  .05,  .10,  .25,  .50,  .75,  .90,  .95,  .99, 1 },
        .count = 11,
    },
    .df = {
        .at    = { -4.63, -3.47, -2.89, -2.58, -2.08, -1.55, -0.99, -0.42, -0.08, 0.60 },
        .share = { 0,       .01,   .05,   .10,   .25,   .50,   .75,   .90,   .95, 1 },
        .count = 10,
    },
    .er_bars = 24,
    .vr_sd = .30,
    .score_centre = 50,
    .score_scale = 25,
    .v_scale = .25,
    .weight = {
        /*                       1        T        M        V */
        [CLASS_RANGE_OK]   = {  0.6888, -0.4212,  0.3235, -0.5638 },
        [CLASS_RANGE_WEAK] = {  0.3179, -0.1300, -0.0597, -0.4030 },
        [CLASS_TRANSITION] = { -0.9368,  0.1030,  0.0831,  0.6459 },
        [CLASS_TREND]      = { -0.0699,  0.4482, -0.3469,  0.3209 },
    },
    .ema_alpha = .5,
    .pool_1h = .85,
    .pool_needs_4h = true,
    .limits = {
        .transition_enter = .50,
        .range_enter = .35,
        .range_bars = 2,
        .trend_enter = .60,
        .trend_leave = .45,
        .dead_band = .05,
    },
    .crisis = {
        .return_sigmas = 6,
        .range_atrs = 5,
        .ver = 2.5,
        .hold_bars = 16,
    },
};

enum kind { REALS, COUNT, FLAG };

#define AT(member) offsetof(struct regime_model, member)
static const struct {
    const char *key;
    enum kind kind;
    size_t at, many;
} members[] = {
    { "adx.count",               COUNT, AT(adx.count),               1 },
    { "adx.at",                  REALS, AT(adx.at),                  NULL_POINTS },
    { "adx.share",               REALS, AT(adx.share),               NULL_POINTS },
    { "df.count",                COUNT, AT(df.count),                1 },
    { "df.at",                   REALS, AT(df.at),                   NULL_POINTS },
    { "df.share",                REALS, AT(df.share),                NULL_POINTS },
    { "er_bars",                 REALS, AT(er_bars),                 1 },
    { "vr_sd",                   REALS, AT(vr_sd),                   1 },
    { "score_centre",            REALS, AT(score_centre),            1 },
    { "score_scale",             REALS, AT(score_scale),             1 },
    { "v_scale",                 REALS, AT(v_scale),                 1 },
    { "weight.RANGE_OK",         REALS, AT(weight[CLASS_RANGE_OK]),   TERM_COUNT },
    { "weight.RANGE_WEAK",       REALS, AT(weight[CLASS_RANGE_WEAK]), TERM_COUNT },
    { "weight.TRANSITION",       REALS, AT(weight[CLASS_TRANSITION]), TERM_COUNT },
    { "weight.TREND",            REALS, AT(weight[CLASS_TREND]),      TERM_COUNT },
    { "ema_alpha",               REALS, AT(ema_alpha),               1 },
    { "pool_1h",                 REALS, AT(pool_1h),                 1 },
    { "pool_needs_4h",           FLAG,  AT(pool_needs_4h),           1 },
    { "limits.transition_enter", REALS, AT(limits.transition_enter), 1 },
    { "limits.range_enter",      REALS, AT(limits.range_enter),      1 },
    { "limits.range_bars",       COUNT, AT(limits.range_bars),       1 },
    { "limits.trend_enter",      REALS, AT(limits.trend_enter),      1 },
    { "limits.trend_leave",      REALS, AT(limits.trend_leave),      1 },
    { "limits.dead_band",        REALS, AT(limits.dead_band),        1 },
    { "crisis.return_sigmas",    REALS, AT(crisis.return_sigmas),    1 },
    { "crisis.range_atrs",       REALS, AT(crisis.range_atrs),       1 },
    { "crisis.ver",              REALS, AT(crisis.ver),              1 },
    { "crisis.hold_bars",        COUNT, AT(crisis.hold_bars),        1 },
};
// clang-format on

const char *regime_term_name(enum regime_term term)
{
    static const char *const names[TERM_COUNT] = { "base", "T", "M", "V" };
    return names[term];
}

static double member_number(const struct regime_model *m, size_t i, size_t k)
{
    const char *at = (const char *)m + members[i].at;
    double real = 0;
    int32_t count = 0;
    bool flag = false;
    switch (members[i].kind) {
    case REALS:
        memcpy(&real, at + k * sizeof(real), sizeof(real));
        break;
    case COUNT:
        memcpy(&count, at, sizeof(count));
        real = count;
        break;
    case FLAG:
        memcpy(&flag, at, sizeof(flag));
        real = flag;
        break;
    }
    return real;
}

/* Appends and returns the new length, which may be more than fits. */
static size_t append(char *out, size_t size, size_t length, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i <= n && length + i < size; i++)
        out[length + i] = text[i];
    if (size > 0)
        out[size - 1] = '\0';
    return length + n;
}

size_t regime_model_text(const struct regime_model *m, char *out, size_t size)
{
    char number[NUMBER_TEXT];
    size_t n = append(out, size, 0, m->name);
    n = append(out, size, n, " ");
    number_format(m->version, number);
    n = append(out, size, n, number);
    n = append(out, size, n, "\n");
    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        n = append(out, size, n, members[i].key);
        for (size_t k = 0; k < members[i].many; k++) {
            number_format(member_number(m, i, k), number);
            n = append(out, size, n, " ");
            n = append(out, size, n, number);
        }
        n = append(out, size, n, "\n");
    }
    return n;
}

uint32_t regime_model_hash(const struct regime_model *m)
{
    char text[REGIME_MODEL_TEXT];
    size_t n = regime_model_text(m, text, sizeof(text));
    assert(n < sizeof(text));
    return hash_feed(HASH_START, text, n);
}

double null_curve_share(const struct null_curve *curve, double x)
{
    assert(!isnan(x));
    int32_t last = curve->count - 1;
    if (x <= curve->at[0])
        return 0.0;
    if (x >= curve->at[last])
        return 1.0;
    int32_t i = 1;
    while (x > curve->at[i])
        i++;
    double from = curve->at[i - 1], to = curve->at[i];
    double low = curve->share[i - 1], high = curve->share[i];
    return low + (high - low) * ((x - from) / (to - from));
}
