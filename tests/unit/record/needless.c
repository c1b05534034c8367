/* One content has one form: what a missing key says is not written. */
#include "base/array.h"
#include "record/rows.h"

const struct row needless_rows[] = {
    EXIT("to_lower: {value: 0.0075}", "to_lower: {value: 0.0075, status: real}",
         "evaluation.distances.to_lower.status",
         "must be left out: without the key it is real"),
    EXIT("label_4h: TRANSITION, status: filled}",
         "label_4h: TRANSITION, status: filled, reason: ''}",
         "evaluation.regime.reason",
         "must be left out: without the key it is ''"),
    EXIT("distance: 0.2}", "distance: 0.2, gate: na}",
         "evaluation.triggers[11].gate", "without the key it is na"),
    EXIT("distance: 0.2}", "distance: 0.2, uncertain: false}",
         "evaluation.triggers[11].uncertain", "it is false"),
    EXIT("distance: 0.2}", "distance: 0.2, side: none}",
         "evaluation.triggers[11].side", "it is none"),
    EXIT("distance: 0.2}", "distance: 0.2, of: 1}",
         "evaluation.triggers[11].of", "it is 1"),
    EXIT("distance: 0.2}", "distance: 0.2, age: null}",
         "evaluation.triggers[11].age", "it is null"),
    /* by the answer */
    EXIT("distance: 0.2}", "distance: 0.2, evidence: none}",
         "evaluation.triggers[11].evidence", "it is none"),
    EXIT("distance: -0.23, side: down, age: 0}",
         "distance: -0.23, side: down, evidence: bar, age: 0}",
         "evaluation.triggers[19].evidence", "it is bar"),
    EXIT("distance: 0.2}", "distance: 0.2, hits: 0}",
         "evaluation.triggers[11].hits", "it is 0"),
    EXIT("distance: 0.2}", "distance: 0.2, hits: 1}", "", ""),
    EXIT("distance: -0.23, side: down, age: 0}",
         "distance: -0.23, side: down, hits: 1, age: 0}",
         "evaluation.triggers[19].hits", "it is 1"),
    EXIT("  shadow: [M_STOP, W_ER]", "  shadow: []", "evaluation.shadow",
         "must be left out: without the key it is []"),
    { RECORD_METRICS, "bars_hash: 0123456789abcdef}",
      "bars_hash: 0123456789abcdef, error: null}", "quality.windows[0].error",
      "without the key it is null" },
};
const size_t needless_count = ARRAY_LEN(needless_rows);
