/* record/words.h - the words of every enum that a document holds, taken from
 * the functions that name them; those of a grid file have their list here. */
#ifndef RECORD_WORDS_H
#define RECORD_WORDS_H

#include "record/field.h"

extern const struct words words_price_known, words_data_known, words_cause,
    words_market, words_timeframe, words_bar_field, words_status, words_regime,
    words_regime_reason, words_class, words_tertile, words_state,
    words_known_state, words_side, words_profile, words_mode, words_answer,
    words_evidence, words_theta_source, words_hazard_model, words_source,
    words_alert_reason, words_sending_reason, words_outcome, words_action,
    words_siren, words_fault_class, words_standing_class, words_fault_change,
    words_metric, words_metric_tf, words_trigger, words_gate, words_grid_market,
    words_grid_side, words_grid_spacing, words_grid_source, words_grid_event;

#endif
