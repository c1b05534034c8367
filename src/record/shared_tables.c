#include <math.h>

#include "record/tables.h"
#include "record/words.h"

// clang-format off
static const struct field value_fields[] = {
    { "value",  FIELD_REAL, NULLABLE, AT(value, v),      .help = "null unless the status is real, filled or stale" },
    { "status", FIELD_ENUM, 0,        AT(value, status), .words = &words_status, .help = "whether the number may be used, or why there is none" },
    { "used",   FIELD_INT,  0,        AT(value, n_used), .lo = 0, .hi = 1e6, .unit = "bars", .help = "how many went into it" },
};

static const struct field figure_fields[] = {
    { "value",  FIELD_REAL, NULLABLE, AT(value, v),      .help = "null unless the status is real, filled or stale" },
    { "status", FIELD_ENUM, 0,        AT(value, status), .words = &words_status, .help = "whether the number may be used, or why there is none", .absent = "real" },
};

static const struct field run_fields[] = {
    { "id",     FIELD_TEXT, 0, AT(run_info, id),     .pattern = PATTERN_RUN_ID, .help = "start time and a random part" },
    { "engine", FIELD_TEXT, 0, AT(run_info, engine), .pattern = PATTERN_ENGINE, .help = "version and commit of the program" },
    { "model",  FIELD_TEXT, 0, AT(run_info, model),  .pattern = PATTERN_MODEL,  .help = "the constants behind pi" },
    { "config", FIELD_TEXT, 0, AT(run_info, config), .pattern = PATTERN_HEX8,   .help = "hash of the effective configuration" },
};

static const struct field regime_fields[] = {
    { "pooled",   FIELD_ENUM, 0, AT(regime, pooled),   .words = &words_regime, .help = "both timeframes together" },
    { "label_1h", FIELD_ENUM, 0, AT(regime, label_1h), .words = &words_regime, .help = "of the 1h bars" },
    { "label_4h", FIELD_ENUM, 0, AT(regime, label_4h), .words = &words_regime, .help = "of the 4h bars" },
    { "status",   FIELD_ENUM, 0, AT(regime, q.status), .words = &words_status, .help = "of its chances: whether they may be used", .absent = "real" },
    { "reason",   FIELD_WORD, 0, AT(regime, reason),   .words = &words_regime_reason, .help = "why it is UNKNOWN", .absent = "" },
};
// clang-format on

const struct table table_value = { "value", ARRAY_LEN(value_fields),
                                   value_fields, true };
const struct table table_figure = { "figure", ARRAY_LEN(figure_fields),
                                    figure_fields, true };
const struct table table_run = { "run", ARRAY_LEN(run_fields), run_fields,
                                 false };
const struct table table_regime = { "regime", ARRAY_LEN(regime_fields),
                                    regime_fields, false };
