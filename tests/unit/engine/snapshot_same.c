/* Structs without padding are compared as bytes, the others by their parts. */
#include "engine/snapshot_same.h"

#include <string.h>

#include "base/array.h"

#define SAME(a, b)       (memcmp(&(a), &(b), sizeof(a)) == 0)
#define DIFFERS(a, b, m) (memcmp(&(a)->m, &(b)->m, sizeof((a)->m)) != 0)

struct part {
    bool differs;
    const char *name;
};

static const char *first_of(const struct part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].differs)
            return parts[i].name;
    return NULL;
}

_Static_assert(sizeof(struct value) == 16, "a value has no padding");

static bool same_fall(const struct regime_fall *a, const struct regime_fall *b)
{
    return a->falling == b->falling && SAME(a->drop, b->drop);
}

static const char *regime_difference(const struct regime *a,
                                     const struct regime *b)
{
    const struct part parts[] = {
        { DIFFERS(a, b, pooled), "pooled" },
        { DIFFERS(a, b, label_1h), "label_1h" },
        { DIFFERS(a, b, label_4h), "label_4h" },
        { DIFFERS(a, b, reason), "reason" },
        { DIFFERS(a, b, before), "before" },
        { DIFFERS(a, b, run), "run" },
        { DIFFERS(a, b, run_1h), "run_1h" },
        { DIFFERS(a, b, run_4h), "run_4h" },
        { DIFFERS(a, b, range_run), "range_run" },
        { DIFFERS(a, b, quiet_run), "quiet_run" },
        { DIFFERS(a, b, p), "p" },
        { DIFFERS(a, b, q), "q" },
        { DIFFERS(a, b, p_range), "p_range" },
        { DIFFERS(a, b, raw), "raw" },
        { DIFFERS(a, b, confidence), "confidence" },
        { !same_fall(&a->fall, &b->fall), "fall" },
        { DIFFERS(a, b, m_fall_6h), "m_fall_6h" },
        { DIFFERS(a, b, explained), "explained" },
        { a->explained && DIFFERS(a, b, why), "why" },
    };
    return first_of(parts, ARRAY_LEN(parts));
}

static const char *crisis_difference(const struct crisis *a,
                                     const struct crisis *b)
{
    const struct part parts[] = {
        { DIFFERS(a, b, size), "crisis size" },
        { DIFFERS(a, b, answer), "crisis answer" },
        { DIFFERS(a, b, hit), "crisis hit" },
        { DIFFERS(a, b, trend), "crisis trend" },
        { DIFFERS(a, b, fired), "crisis fired" },
        { DIFFERS(a, b, left), "crisis left" },
    };
    return first_of(parts, ARRAY_LEN(parts));
}

static const char *hourly_difference(const struct hourly *a,
                                     const struct hourly *b)
{
    if (a->count != b->count)
        return "hourly count";
    for (size_t i = 0; i < a->count; i++) {
        const struct hourly_row *x = &a->rows[i], *y = &b->rows[i];
        const struct part parts[] = {
            { DIFFERS(x, y, close_ms), "hourly close_ms" },
            { DIFFERS(x, y, close), "hourly close" },
            { DIFFERS(x, y, gap), "hourly gap" },
            { DIFFERS(x, y, raw100), "hourly raw100" },
            { DIFFERS(x, y, raw200), "hourly raw200" },
            { DIFFERS(x, y, hl200), "hourly hl200" },
            { DIFFERS(x, y, t200), "hourly t200" },
            { DIFFERS(x, y, ver_mean), "hourly ver_mean" },
            { DIFFERS(x, y, atr_4h), "hourly atr_4h" },
        };
        const char *name = first_of(parts, ARRAY_LEN(parts));
        if (name)
            return name;
    }
    return NULL;
}

static const char *metric_difference(const struct snapshot *a,
                                     const struct snapshot *b)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (DIFFERS(a, b, metrics.values[i]) || DIFFERS(a, b, still[i]))
            return metrics[i].name;
    }
    return NULL;
}

const char *chain_difference(const struct regime_chain *a,
                             const struct regime_chain *b)
{
    const struct part parts[] = {
        { DIFFERS(a, b, scores_1h), "scores_1h" },
        { DIFFERS(a, b, scores_4h), "scores_4h" },
        { DIFFERS(a, b, odds_1h), "odds_1h" },
        { DIFFERS(a, b, odds_4h), "odds_4h" },
        { DIFFERS(a, b, track_1h), "track_1h" },
        { DIFFERS(a, b, track_4h), "track_4h" },
        { DIFFERS(a, b, pool.raw), "pool raw" },
        { DIFFERS(a, b, pool.track), "pool track" },
        { DIFFERS(a, b, m), "m" },
        { DIFFERS(a, b, m_count), "m_count" },
    };
    const char *name = first_of(parts, ARRAY_LEN(parts));
    return name ? name : crisis_difference(&a->crisis, &b->crisis);
}

const char *snapshot_difference(const struct snapshot *a,
                                const struct snapshot *b)
{
    const struct part parts[] = {
        { DIFFERS(a, b, scores_1h), "scores_1h" },
        { DIFFERS(a, b, scores_4h), "scores_4h" },
        { DIFFERS(a, b, tertile), "tertile" },
    };
    const char *name = first_of(parts, ARRAY_LEN(parts));
    name = name ? name : metric_difference(a, b);
    name = name ? name : regime_difference(&a->regime, &b->regime);
    name = name ? name : crisis_difference(&a->crisis, &b->crisis);
    return name ? name : hourly_difference(a->hourly, b->hourly);
}
