#include "run/run_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/moment.h"
#include "sys/clock.h"

void run_id_make(int64_t at_ms, char out[RECORD_RUN_ID_MAX])
{
    const struct civil c = moment_civil(at_ms);
    const int64_t salt[] = { clock_wall_ms(), clock_monotonic_ms(), getpid() };
    uint32_t h = hash_feed(HASH_START, salt, sizeof(salt));
    snprintf(out, RECORD_RUN_ID_MAX, "%04d%02d%02dT%02d%02d%02dZ-%08" PRIx32,
             c.year % 10000, c.month % 100, c.day % 100, c.hour % 100,
             c.minute % 100, c.second % 100, h);
}
