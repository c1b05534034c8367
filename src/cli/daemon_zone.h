/* cli/daemon_zone.h - the zone by whose clocks the daemon keeps its schedule.
 *
 * It has to reach as far as a schedule may, and is as good as the day on which
 * it was loaded: then it is loaded anew. One that cannot be stays what it was,
 * and is tried again an hour later.
 */
#ifndef CLI_DAEMON_ZONE_H
#define CLI_DAEMON_ZONE_H

#include "base/error.h"
#include "base/zone.h"
#include "config/config.h"

struct daemon_zone {
    struct zone zone;
    int64_t loaded_ms; /* or MOMENT_NONE: not yet */
    int64_t tried_ms;  /* when loading it last failed, or MOMENT_NONE */
};
struct daemon_zone daemon_zone_new(void);

/* -1 when it was to be loaded now and could not be (FAULT_CONFIG); the zone is
 * then the one that it was. Reads the system's database. */
int daemon_zone_keep(struct daemon_zone *z, const struct config_daemon *c,
                     int64_t now_ms, struct error *err);

#endif
