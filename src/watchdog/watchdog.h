/* watchdog/ - who watches from elsewhere.
 *
 * `gridwatch watchdog` clones the data repository as anybody may, asks the
 * rules of watch/watch_rule.h and tells a phone of its own. It trusts the clone
 * and its own clock and nothing else: no exchange is asked, no file of the job
 * is read, and none of the job's steps is called.
 *
 * What it told stands in a small file of its own; who loses that file hears
 * what stands once more.
 */
#ifndef WATCHDOG_WATCHDOG_H
#define WATCHDOG_WATCHDOG_H

#include "config/config.h"
#include "watch/watch_memory.h"

struct watchdog_options {
    const struct config *config; /* of config/watchdog.yaml; borrowed */
    const char *engine;
    int64_t now_ms;
    bool dry_run; /* send nothing, remember nothing */
    bool accept;  /* the history that is there now is the good one */
};

struct watchdog_rule {
    struct watch_findings found;
    enum watch_news news;
    bool asked, sent, delivered; /* `sent`: there was a message */
    int64_t since_ms;            /* 0: nothing stands */
    char why[160];               /* it was not delivered */
};

struct watchdog_report {
    int64_t now_ms;
    bool read;
    char why[WATCH_WHAT_MAX]; /* it could not be read */
    char tip[41];
    size_t grids, running, documents; /* `running`: or paused */
    struct watchdog_rule rule[WATCH_RULE_COUNT];
    bool undelivered; /* a message that was due did not get out */
};

/* One look. 0 when it came to its end, whatever it found and whether or not the
 * record could be read; then the report says so. -1: FAULT_CONFIG when
 * something is not set up, FAULT_BUSY when another look goes on, FAULT_IO when
 * what was told could not be remembered. */
int watchdog_look(const struct watchdog_options *o, struct watchdog_report *out,
                  struct error *err);

#endif
