#include "cli/age.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/moment.h"

#define MINUTES_PER_DAY (24 * 60)

void age_put(struct text *out, int64_t ms, const char *behind)
{
    int64_t signed_minutes = ms / MS_PER_MINUTE;
    int64_t minutes = llabs(signed_minutes);

    if (minutes >= MINUTES_PER_DAY)
        text_printf(out, "%" PRId64 "d ", minutes / MINUTES_PER_DAY);
    text_printf(out, "%02" PRId64 ":%02" PRId64 "%s", minutes / 60 % 24,
                minutes % 60,
                signed_minutes < 0 ? " ahead of the clock" : behind);
}
