/* sim/decimal.h - numbers as an exchange prints them. */
#ifndef SIM_DECIMAL_H
#define SIM_DECIMAL_H

#define SIM_DECIMAL_TEXT 400 /* room for any double without an exponent */

/* Plain decimals without an exponent that read back to the same bits:
 * "0.0000015", "60000". `v` must be finite. */
void sim_decimal(double v, char out[SIM_DECIMAL_TEXT]);

/* How many decimals the shortest text of `v` has, at most 12. */
int sim_decimal_places(double v);

/* A sum or product as an exchange that counts in decimals has it: rounded to
 * eight of them. Numbers too large for that stay as they are. */
double sim_round8(double v);

#endif
