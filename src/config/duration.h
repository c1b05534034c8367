/* config/duration.h - spans of time as people write them. */
#ifndef CONFIG_DURATION_H
#define CONFIG_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#define MS_PER_SECOND INT64_C(1000)

/* A whole number, not negative, with ms, s, m or h behind it; a bare number is
 * seconds. False, and `ms` untouched, when it is anything else. */
bool duration_parse(const char *text, int64_t *ms);

/* With the largest unit that divides it: "75s", "4h", "0s". `ms` >= 0. */
#define DURATION_TEXT 32
void duration_format(int64_t ms, char out[DURATION_TEXT]);

#endif
