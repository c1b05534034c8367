/* gate/gate_internal.h - the questions of the checks, and what they share. */
#ifndef GATE_GATE_INTERNAL_H
#define GATE_GATE_INTERNAL_H

#include "gate/gate.h"

/* x held to the limit in the sense of the row. What may not be compared, a
 * flat one too, is unknown. */
struct gate_result gate_hold(enum gate_id id, struct value x, double limit);

/* Not-applicable: no value, no limit. */
struct gate_result gate_na(void);

/* A value that was counted. */
struct value gate_count(int64_t n);

/* A time in hours, as values and limits of gates have it. */
double gate_hours(int64_t ms);

/* The newest close, or unavailable while the price is not known. */
struct value gate_close(const struct gate_inputs *in);

/* The volatility per 15m bar, with a memory of a day, that money and a life are
 * reckoned with, in a crisis, too: its check is another. pi reads two more. */
struct value gate_sigma(const struct gate_inputs *in);

typedef struct gate_result gate_ask_fn(const struct gate_inputs *in);
gate_ask_fn ask_g1_data, ask_g1_crisis, ask_g2_quiet, ask_g3_ver_1h,
    ask_g3_ver_4h, ask_g4_er, ask_g4_adx, ask_g5_centre, ask_g6_pi_24,
    ask_g6_pi_72, ask_g7_step, ask_g7_earn, ask_g8_wait, ask_g8_range,
    ask_g8_hl, ask_g8_inside, ask_g8_count;

#endif
