/* doctor/doctor_json.h - what the doctor found as JSON. */
#ifndef DOCTOR_DOCTOR_JSON_H
#define DOCTOR_DOCTOR_JSON_H

#include "doctor/doctor.h"
#include "sys/text.h"

/* One object on one line: {checks: [{check, subject, grade, what, remedy,
 * exit}], ok, skipped, warn, fail, figures: [{grid, symbol, quote, slot, lower,
 * upper, stop_below, stop_above, capital, lines, close, inventory, avg_cost,
 * realised, unrealised, fees, net_pnl, source}], exit}. A figure that is not
 * known is null. */
void doctor_json(const struct doctor_report *r, struct text *out);

#endif
