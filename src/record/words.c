#include "record/words.h"

#include <stdio.h>

#include "base/array.h"
#include "record/document.h"

/* WORDS(name, count, word) makes words_NAME of an expression in n. */
#define WORDS(name, how_many, expression)                                      \
    static const char *name##_word(unsigned n)                                 \
    {                                                                          \
        return expression;                                                     \
    }                                                                          \
    const struct words words_##name = { how_many, name##_word, NULL };

#define WORD_LIST(name, ...)                                                   \
    static const char *name##_word(unsigned n)                                 \
    {                                                                          \
        static const char *const list[] = { __VA_ARGS__ };                     \
        return list[n];                                                        \
    }                                                                          \
    const struct words words_##name = {                                        \
        ARRAY_LEN(((const char *const[]){ __VA_ARGS__ })), name##_word, NULL   \
    };

// clang-format off
WORD_LIST(price_known, "unknown", "known")
WORD_LIST(data_known, "unknown", "known")
WORD_LIST(bar_field, "open", "high", "low", "close")
WORD_LIST(grid_market, "spot", "futures")
WORD_LIST(grid_side, "long", "short", "neutral")
WORD_LIST(grid_spacing, NULL, "arithmetic", "geometric")
WORD_LIST(grid_source, "auto", "exchange", "robot", "model")
WORD_LIST(siren, "not_asked", "rings", "expired")
WORD_LIST(action, "create", "start", "stop", "pause", "resume", "change", "acknowledge", "snooze", "exited", "returned")

WORDS(cause, PRICE_UNWITNESSED + 1, price_cause_name((enum price_cause)n))
WORDS(market, MARKET_STATUS_UNKNOWN + 1, market_status_name((enum market_status)n))
WORDS(timeframe, TF_COUNT, timeframe_name((enum timeframe)n))
WORDS(status, VALUE_STATUS_COUNT, value_status_name((enum value_status)n))
WORDS(regime, REGIME_LABELS, regime_label_name((enum regime_label)n))
WORDS(regime_reason, REGIME_REASONS, regime_reason_text((enum regime_reason)n))
WORDS(class, CLASS_COUNT, regime_label_name(regime_class_label((enum regime_class)n)))
WORDS(tertile, VOL_TERTILE_HIGH + 1, vol_tertile_name((enum vol_tertile)n))
WORDS(state, STATE_COUNT, exit_state_name((enum exit_state)n))
WORDS(known_state, STATE_COUNT, n == STATE_UNKNOWN ? NULL : exit_state_name((enum exit_state)n))
WORDS(side, SIDE_COUNT, range_side_name((enum range_side)n))
WORDS(profile, PROFILE_SEED + 1, profile_name((enum profile)n))
WORDS(mode, TRIGGER_OFF + 1, trigger_mode_name((enum trigger_mode)n))
WORDS(answer, ANSWER_COUNT, answer_name((enum answer)n))
WORDS(evidence, EVIDENCE_COUNT, trigger_evidence_name((enum trigger_evidence)n))
WORDS(hazard_model, HAZARD_MODEL_COUNT, hazard_model_name((enum hazard_model)n))
WORDS(theta_source, THETA_UNMEASURED + 1, theta_source_name((enum theta_source)n))
WORDS(source, POSITION_MODEL + 1, position_source_name((enum position_source)n))
WORDS(fault_class, FAULT_CLASS_COUNT, fault_class_name((enum fault_class)n))
WORDS(standing_class, FAULT_CLASS_COUNT, n > FAULT_CLASS_RUN ? fault_class_name((enum fault_class)n) : NULL)
WORDS(fault_change, FAULT_CHANGE_COUNT, fault_change_name((enum fault_change)n))
WORDS(alert_reason, ALERT_FAULT, alert_reason_name((enum alert_reason)n))
WORDS(sending_reason, ALERT_REASON_COUNT, alert_reason_sends((enum alert_reason)n) ? alert_reason_name((enum alert_reason)n) : NULL)
WORDS(outcome, DELIVERY_GROUPED + 1, delivery_outcome_name((enum delivery_outcome)n))
WORDS(grid_event, GRID_EVENT_COUNT, grid_event_name((enum grid_event)n))
// clang-format on

/* The labels of the rows that stand for a table of the code. */
WORDS(metric_tf, METRIC_COUNT, timeframe_name(metrics[n].tf))

static const char *metric_word(unsigned n)
{
    return metrics[n].name;
}

static void metric_help(unsigned n, char *out, size_t size)
{
    snprintf(out, size, "unit: %s; window: %s; warm-up: %d; source: %s",
             metrics[n].unit, metrics[n].window, (int)metrics[n].warmup,
             metrics[n].source);
}

static const char *trigger_word(unsigned n)
{
    return triggers[n].id;
}

static size_t put_rule(const struct trigger *t, enum profile profile, char *out,
                       size_t size)
{
    const struct trigger_rule *r = &t->rule[profile];
    int n =
        r->ask ? snprintf(out, size, "; %s: %s, by %s (%s)",
                          profile_name(profile), r->meaning, r->metric, r->unit)
               : snprintf(out, size, "; %s: off", profile_name(profile));
    return (size_t)n < size ? (size_t)n : size - 1;
}

static void trigger_help(unsigned n, char *out, size_t size)
{
    const struct trigger *t = &triggers[n];
    size_t len = (size_t)snprintf(
        out, size, "raises %s%s; %s bars", exit_state_name(t->raises),
        t->together ? " together with others" : "", t->timeframe);
    for (int p = 0; p < PROFILE_COUNT; p++)
        len += put_rule(t, (enum profile)p, out + len, size - len);
}

static const char *gate_word(unsigned n)
{
    return gate_table[n].id;
}

static void gate_help(unsigned n, char *out, size_t size)
{
    const struct gate *g = &gate_table[n];
    snprintf(out, size, "%s; passes %s the limit; unit: %s", g->meaning,
             gate_sense((enum gate_id)n), g->unit);
}

const struct words words_metric = { METRIC_COUNT, metric_word, metric_help };
const struct words words_gate = { GATE_COUNT, gate_word, gate_help };
const struct words words_trigger = { TRIGGER_COUNT, trigger_word,
                                     trigger_help };

const char *operator_action_name(enum operator_action action)
{
    return action_word(action);
}
