/* expose/family.h - what Prometheus is told: the one table of all metrics.
 *
 * A metric is a row here and a function that gives its numbers (run/figures.c,
 * cli/daemon_told.c); docs/prometheus.md is printed from it. Names are by
 * Prometheus' conventions: base units, _seconds, _ratio, _total for what only
 * grows while a process lives. A number that is not known has no sample: never
 * NaN, never 0 in its place.
 */
#ifndef EXPOSE_FAMILY_H
#define EXPOSE_FAMILY_H

/* In the order in which they stand on a page. */
enum family_id {
    /* Of the last run: figures_of_job(). */
    FAMILY_BUILD_INFO,
    FAMILY_RUN_START,
    FAMILY_RUN_END,
    FAMILY_RUN_DURATION,
    FAMILY_RUN_EXIT_CODE,
    /* The same, as far as it came: figures_of_run(). */
    FAMILY_RUN_SLOT,
    FAMILY_RUN_STEP_DURATION,
    FAMILY_RUN_COMMIT,
    FAMILY_RUN_REQUESTS,
    FAMILY_RUN_RETRIES,
    FAMILY_RUN_DELIVERIES,
    FAMILY_RUN_LAST_DELIVERY,
    FAMILY_OPEN_INTENTS,
    FAMILY_PUSH_OWED,
    FAMILY_FAULTS,
    FAMILY_SYMBOL_PRICE_KNOWN,
    FAMILY_SYMBOL_PRICE_TIME,
    FAMILY_SYMBOL_PRICE_AGE,
    FAMILY_SYMBOL_REGIME,
    FAMILY_SYMBOL_REGIME_PROBABILITY,
    FAMILY_GRID_INFO,
    FAMILY_GRID_STATE,
    FAMILY_GRID_STATE_UNKNOWN,
    FAMILY_GRID_KNOWN_STATE,
    FAMILY_GRID_STATE_SINCE,
    FAMILY_GRID_PI,
    FAMILY_GRID_PI_UP,
    FAMILY_GRID_PI_DOWN,
    FAMILY_GRID_STOP_DISTANCE,
    FAMILY_GRID_STOP_DISTANCE_ATR,
    FAMILY_GRID_CAPITAL_AT_RISK,
    FAMILY_GRID_TOLD,
    FAMILY_GRID_SIREN_UNANSWERED,
    /* Of the daemon alone. */
    FAMILY_DAEMON_START,
    FAMILY_DAEMON_RUNS,
    FAMILY_DAEMON_LOOKS,
    FAMILY_DAEMON_LOOK_DELIVERIES,
    FAMILY_DAEMON_LOOK_LAST_DELIVERY,
    FAMILY_DAEMON_MISSED,
    FAMILY_DAEMON_RUNNING,
    FAMILY_DAEMON_NEXT_RUN,
    FAMILY_DAEMON_LAST_SUCCESS,
    FAMILY_DAEMON_HEALTHY,
    FAMILY_COUNT
};

enum family_type { FAMILY_GAUGE, FAMILY_COUNTER };
const char *family_type_name(enum family_type type); /* gauge, counter */

#define FAMILY_LABELS 3

struct family {
    const char *name;
    enum family_type type;
    const char *unit; /* for people: "s", "ratio", "" */
    const char *help;
    const char *labels[FAMILY_LABELS + 1]; /* up to NULL */
    const char *from; /* where the number is from, and when it is not there */
};

extern const struct family families[FAMILY_COUNT];

#endif
