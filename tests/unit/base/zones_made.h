/* tests/unit/base/zones_made.h - two zones of 2024 to 2026, written down from
 * `TZ=ZONE date -d TIME +'%F %T %Z %:z'` (GNU coreutils, tzdata 2025b).
 */
#ifndef BASE_ZONES_MADE_H
#define BASE_ZONES_MADE_H

#include "base/zone.h"

#define ZONE_HOUR        INT64_C(3600000)
/* A moment by its seconds, as `date -u +%s` prints them. */
#define ZONE_AT(seconds) (INT64_C(seconds) * 1000)

static const struct zone zone_berlin = {
    .name = "Europe/Berlin",
    .until_ms = ZONE_AT(1798761600), /* 2027-01-01 */
    .count = 7,
    .spans = { { ZONE_AT(1704067200), 1 * ZONE_HOUR, "CET" }, /* 2024-01-01 */
               { ZONE_AT(1711846800), 2 * ZONE_HOUR, "CEST" },
               { ZONE_AT(1729990800), 1 * ZONE_HOUR, "CET" },
               { ZONE_AT(1743296400), 2 * ZONE_HOUR, "CEST" }, /* 2025-03-30 */
               { ZONE_AT(1761440400), 1 * ZONE_HOUR, "CET" },  /* 2025-10-26 */
               { ZONE_AT(1774746000), 2 * ZONE_HOUR, "CEST" },
               { ZONE_AT(1792890000), 1 * ZONE_HOUR, "CET" } },
};

/* The longest texts: no zone has a longer abbreviation, and here the day is
 * hardly ever that of UTC. */
static const struct zone zone_chatham = {
    .name = "Pacific/Chatham",
    .until_ms = ZONE_AT(1798761600),
    .count = 1,
    .spans = { { 0, ZONE_HOUR * 13 + ZONE_HOUR * 3 / 4, "+1345" } },
};

#endif
