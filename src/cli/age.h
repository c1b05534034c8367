/* cli/age.h - how long ago something was, for the screen. */
#ifndef CLI_AGE_H
#define CLI_AGE_H

#include <stdint.h>

#include "sys/text.h"

/* Appends "3d 04:15", in whole minutes, with `behind` put after it. What is a
 * minute or more in the future is said so instead: "00:36 ahead of the clock".
 */
void age_put(struct text *out, int64_t ms, const char *behind);

#endif
