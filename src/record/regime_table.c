/* `regime` of a metrics document: the label, the chances behind it and what
 * made them. An exit document has the short form. */
#include <math.h>
#include <stdio.h>

#include "record/tables.h"
#include "record/words.h"

#define M(member) AT(metrics_document, member)

// clang-format off
#define CHANCE(key, member) { key, FIELD_REAL, NULLABLE, M(member.v), .lo = 0, .hi = 1 }
#define POINTS(key, member, help_) { key, FIELD_REAL, NULLABLE, M(member.v), .lo = 0, .hi = 100, .unit = "points", .help = (help_) }
#define LOG(key, member) { key, FIELD_REAL, NULLABLE, M(member.v), .help = "ln of the volatility expansion ratio" }
#define PART(key, term, help_) { key, FIELD_REAL, 0, AT(explanation, by[term]), .help = (help_) }

static const struct field p_fields[] = {
    CHANCE("range_ok",   regime.p[CLASS_RANGE_OK]),
    CHANCE("range_weak", regime.p[CLASS_RANGE_WEAK]),
    CHANCE("transition", regime.p[CLASS_TRANSITION]),
    CHANCE("trend",      regime.p[CLASS_TREND]),
};
static const struct table p_table = TABLE(p_fields);

static const struct field raw_fields[] = {
    CHANCE("range_ok",   regime.raw[CLASS_RANGE_OK]),
    CHANCE("range_weak", regime.raw[CLASS_RANGE_WEAK]),
    CHANCE("transition", regime.raw[CLASS_TRANSITION]),
    CHANCE("trend",      regime.raw[CLASS_TREND]),
};
static const struct table raw_table = TABLE(raw_fields);

/* Not table_value: bars that are stale leave a status of stale and no number. */
static const struct field confidence_fields[] = {
    { "value",  FIELD_REAL, NULLABLE, M(regime.confidence.v),      .lo = 0, .hi = 1, .help = "null unless `before` is known" },
    { "status", FIELD_ENUM, 0,        M(regime.confidence.status), .words = &words_status, .help = "of p, too" },
    { "used",   FIELD_INT,  0,        M(regime.confidence.n_used), .lo = 0, .hi = 1e6, .unit = "bars", .help = "how many went into it" },
};
static const struct table confidence_table = TABLE(confidence_fields);

static const struct field score_fields[] = {
    POINTS("t_1h", scores_1h.t, "trend: 50 is the middle of random walks"),
    POINTS("m_1h", scores_1h.m, "mean reversion: the same"),
    LOG("v_1h", scores_1h.v),
    POINTS("t_4h", scores_4h.t, "trend: 50 is the middle of random walks"),
    POINTS("m_4h", scores_4h.m, "mean reversion: the same"),
    LOG("v_4h", scores_4h.v),
};
static const struct table score_table = TABLE(score_fields);

static const struct field why_fields[] = {
    { "winner",    FIELD_ENUM, 0, AT(explanation, winner),    .words = &words_class, .help = "with the highest raw chance" },
    { "runner_up", FIELD_ENUM, 0, AT(explanation, runner_up), .words = &words_class, .help = "with the next one" },
    { "total",     FIELD_REAL, 0, AT(explanation, total),     .lo = 0, .hi = HUGE_VAL, .help = "ln of the ratio of these two; the sum of what follows" },
    PART("base", TERM_BASE, "how common the two are"),
    PART("t", TERM_T, "from the trend scores"),
    PART("m", TERM_M, "from the mean reversion scores"),
    PART("v", TERM_V, "from the volatility scores"),
};
static const struct table why_table = TABLE(why_fields);

static const struct field model_fields[] = {
    { "name", FIELD_TEXT, 0, AT(classifier, name), .pattern = PATTERN_MODEL, .help = "of the constants" },
    { "hash", FIELD_TEXT, 0, AT(classifier, hash), .pattern = PATTERN_HEX8,  .help = "over all of them" },
};
static const struct table model_table = TABLE(model_fields);

#define RUN_OF(key, member, help_) { key, FIELD_INT, 0, M(member), .lo = 0, .hi = 1e9, .unit = "bars", .help = (help_) }

static const struct field fields[] = {
    { "pooled",     FIELD_ENUM, 0, M(regime.pooled),   .words = &words_regime, .help = "both timeframes together; a crisis overrules it" },
    { "before",     FIELD_ENUM, 0, M(regime.before),   .words = &words_regime, .help = "the same, without the crisis" },
    { "label_1h",   FIELD_ENUM, 0, M(regime.label_1h), .words = &words_regime, .help = "of the 1h bars" },
    { "label_4h",   FIELD_ENUM, 0, M(regime.label_4h), .words = &words_regime, .help = "of the 4h bars" },
    RUN_OF("run",    regime.run,    "successive 1h bars with `before`"),
    RUN_OF("run_1h", regime.run_1h, "successive 1h bars with label_1h"),
    RUN_OF("run_4h", regime.run_4h, "successive 4h bars with label_4h"),
    { "reason",     FIELD_WORD, 0, M(regime.reason),   .words = &words_regime_reason, .help = "why `before` is UNKNOWN, or empty" },
    { "crisis",     FIELD_ENUM, 0, M(crisis.answer),   .words = &words_answer, .help = "a 15m bar of the last 4 h was too large for the classifier, which reads hours" },
    { "confidence", FIELD_MAP, ONE_LINE, .offset = 0, .table = &confidence_table, .unit = "0 to 1", .help = "how far p is from four equal chances; 0 in a crisis" },
    { "p",          FIELD_MAP, ONE_LINE, .offset = 0, .table = &p_table,     .unit = "probability", .help = "of the pool, smoothed: the labels are made of it" },
    { "raw",        FIELD_MAP, ONE_LINE, .offset = 0, .table = &raw_table,   .unit = "probability", .help = "the same before smoothing" },
    { "scores",     FIELD_MAP, ONE_LINE, .offset = 0, .table = &score_table, .help = "how unlike a random walk the bars are; null when one cannot be read" },
    { "why",        FIELD_MAP, ONE_LINE | NULLABLE, M(regime.why), .table = &why_table, GIVEN(metrics_document, regime.explained), .help = "what made the raw chances" },
    { "model",      FIELD_MAP, ONE_LINE, M(classifier), .table = &model_table, .help = "the constants of the classifier" },
};
// clang-format on

const struct table table_observed_regime = TABLE(fields);

struct classifier classifier_of(const struct regime_model *model)
{
    struct classifier out;
    snprintf(out.name, sizeof(out.name), "%s", model->name);
    snprintf(out.hash, sizeof(out.hash), "%08x",
             (unsigned)regime_model_hash(model));
    return out;
}
