/* run/ - the job: one evaluation of every running grid.
 *
 * config -> lock -> sync -> recall -> fetch -> judge -> measure -> evaluate ->
 * record -> notify -> confirm. Each step is one function whose name is that
 * word; run.c reads like this sentence. Here two edges meet; everything that
 * concludes anything is pure and lives below.
 *
 * What holds: nothing is sent that was not decided, nothing decided is lost.
 * An intent is committed before it is sent, and an intent without a delivery
 * is sent by whichever run finds it. The alert does not wait for Git: when the
 * push is slow the message goes out and the push is owed; when even the local
 * commit fails it goes out and says "not recorded". A slot that is recorded is
 * never decided again.
 *
 * Not built yet: second channels.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "config/config.h"
#include "sys/text.h"

/* Exit codes of the program (SPEC 3). A verdict is never a failure. */
enum run_exit {
    RUN_DONE = 0,
    RUN_USAGE = 64,
    RUN_BAD_DATA = 65,    /* bad or stale data for every symbol */
    RUN_UNREACHABLE = 69, /* the exchange could not be reached */
    RUN_INTERNAL = 70,
    RUN_NO_REPOSITORY = 73, /* cannot be opened, or is locked */
    RUN_NOT_RECORDED = 74,
    RUN_NOT_DELIVERED = 75, /* a due alert did not get out */
    RUN_KEY_REFUSED = 77,
    RUN_CONFIG = 78
};

struct feed;
struct run_options {
    const struct config *config; /* borrowed */
    const char *engine;          /* "0.1.0+1a2b3c4d5e6f" */
    int64_t at_ms;               /* the slot of --at, or MOMENT_NONE: now */
    bool dry_run;                /* commit nothing, send nothing */
    bool json;                   /* report in `report` */
    bool look;                   /* between two slots: run/between.h */
    bool metrics;                /* there the page for Prometheus instead; of a
                                    look what it delivered, and owes */
    enum log_level log_level;
    const struct feed *feed; /* run/feed.h; NULL: the world itself */
};

/* Runs once and logs as it goes. Returns the exit code; `err` says what was
 * wrong when it is not 0. `report` receives the JSON of --json or the page of
 * --metrics, also when the run failed, as far as it came. */
enum run_exit run_once(const struct run_options *options, struct text *report,
                       struct error *err);

/* Opens the configured data repository, for reading, or for writing with the
 * lock held by the caller. */
struct store;
int run_open_store(const struct config *config, bool clone_if_absent,
                   struct store **out, struct error *err);

/* The lock file that writers of the configured repository hold. */
struct lock;
int run_take_lock(const struct config *config, struct lock *lock,
                  struct error *err);
/* The same for somebody who sits there and waits: tries again for that long
 * while another process holds it, then FAULT_BUSY. */
int run_await_lock(const struct config *config, int64_t patience_ms,
                   struct lock *lock, struct error *err);

#endif
