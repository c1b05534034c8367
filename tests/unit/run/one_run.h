/* tests/unit/run/one_run.h - a run in the middle of its steps, on the clone
 * `ours` of two_writers.h: for tests of a step that reads the record. */
#ifndef RUN_ONE_RUN_H
#define RUN_ONE_RUN_H

#include <stdlib.h>

#include "run/faults.h"
#include "two_writers.h"

static struct config config;
static struct run_options options;
static struct run r;

/* `ours` as it is now, in the slot T(0), 10 s after it. */
static inline void run_begin(void)
{
    options = (struct run_options){ .config = &config,
                                    .engine = "0.1.0+abcdef123456" };
    config = (struct config){ .run.deadline_ms = 120000 };
    r = (struct run){ .options = &options,
                      .config = &config,
                      .store = ours,
                      .slot_ms = T(0),
                      .exchange_ms = T(0) + 10000,
                      .id = OURS,
                      .config_hash = "9f86d081",
                      .subject = TEXT_INIT(512) };
}

static inline void run_end(void)
{
    changes_release(&r.changes);
    text_release(&r.subject);
    free(r.messages);
    r = (struct run){ .store = NULL };
}

/* The only fault that the run has seen. */
static inline const struct service_fault *only_fault(void)
{
    ASSERT_INT(r.seen.count, 1);
    ASSERT_FATAL(r.seen.count == 1);
    return &r.seen.list[0];
}

#endif
