/* alert/draft.h - a text that is being written, of bounded size. Pure. */
#ifndef ALERT_DRAFT_H
#define ALERT_DRAFT_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"

struct draft {
    char *out; /* the caller's, always a string */
    size_t size, len;
    int64_t now_ms;          /* the slot that is spoken of */
    const struct zone *zone; /* the operator's; NULL: UTC. Borrowed */
};

/* Appends. What does not fit is left off whole, never cut in the middle. */
void draft_put(struct draft *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "02:00 UTC", with the day in front when that is a day or more from now. Where
 * the operator has a zone, "03:00 CET (02:00 UTC)". */
void draft_clock(struct draft *d, int64_t ms);
/* The same for a place that is in parentheses already: "03:00 CET, 02:00 UTC".
 */
void draft_clock_within(struct draft *d, int64_t ms);

/* As number_format() has it, but 0.00001234 instead of 1.234e-05. */
void draft_number(struct draft *d, double x);

/* Three digits or whole units, whichever says more: 452, 4.52, 0.0213. */
void draft_amount(struct draft *d, double x);

/* A fraction as "7.2 %" or, from 10 % on, "23 %". */
void draft_percent(struct draft *d, double fraction);

/* With that many decimals at least, and as many more as it takes to show on
 * which side of the limit it is: 1.2504 against 1.25, not 1.25. */
void draft_against(struct draft *d, double x, double limit, int decimals);

#endif
