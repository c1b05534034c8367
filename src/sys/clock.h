/* sys/clock.h - the two clocks and a pause.
 *
 * Waiting and timeouts are counted on the monotonic clock, which nobody sets;
 * the wall clock is only for what is compared with other people's clocks.
 */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

int64_t clock_monotonic_ms(void); /* from an arbitrary start */
int64_t clock_wall_ms(void);      /* since 1970, as the machine believes */
void clock_sleep_ms(int64_t ms);  /* in full, also when signals arrive */

#endif
