/* tests/unit/run/two_writers.h - two clones of one remote, and documents of
 * two writers in them. */
#ifndef RUN_TWO_WRITERS_H
#define RUN_TWO_WRITERS_H

#include "run/rebuild.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "record/samples.h"
#include "run/changes.h"
#include "run/edit.h"
#include "store/store_fixture.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"
#include "test.h"

#define T0      SAMPLE_SLOT
#define T(n)    (T0 + (n)*MS_PER_SLOT)
#define OURS    "20210519T020010Z-0000000a"
#define THEIRS  "20210519T020010Z-0000000b"
#define MESSAGE "20210519T0200-5f3a9c01"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);
static struct store *ours, *theirs;
static struct changes batch;
static union sample sample;
static struct rebuild_report report;

/* Without the check of what the program commits: where a document stands
 * matters here, and what it says of that, not its hash. */
static inline void add(const char *path, const char *text)
{
    batch.list = xrealloc(batch.list, batch.count + 1, sizeof(*batch.list));
    batch.list[batch.count++] = (struct store_change){ .path = xstrdup(path),
                                                       .data = xstrdup(text),
                                                       .len = strlen(text) };
}

static inline void put(enum record_kind kind, const char *path)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    union sample again;
    char why[COMPLAINT_TEXT];
    ASSERT_INT(document_render(kind, &sample, &data, &place.err), 0);
    int rc =
        document_parse(kind, text_str(&data), data.len, &again, &complaints);
    ASSERT_STR(rc ? first_complaint(&complaints, why) : "", "");
    add(path, text_str(&data));
    text_release(&data);
}

/* The path of what `put` takes, below audit/. */
static inline const char *audit(enum record_kind kind, int64_t at_ms,
                                const char *name, const char *hash8)
{
    static char path[RECORD_PATH_MAX];
    record_audit_path(kind, at_ms, name, hash8, path);
    return path;
}

static inline void put_metrics(const char *run, const char *symbol,
                               int64_t slot_ms, uint64_t hash)
{
    char path[RECORD_PATH_MAX];
    sample_make(RECORD_METRICS, &sample);
    struct metrics_document *d = &sample.metrics;
    d->slot_ms = slot_ms;
    snprintf(d->symbol, sizeof(d->symbol), "%s", symbol);
    snprintf(d->run.id, sizeof(d->run.id), "%s", run);
    d->quality.windows[TF_15M].bars_hash = hash;
    d->quality.windows[TF_15M].last_ms = slot_ms - MS_PER_SLOT;
    d->quality.windows[TF_15M].recorded_ms = slot_ms - MS_PER_SLOT;
    d->quality.close_ms = slot_ms;
    record_metrics_path(symbol, slot_ms, path);
    put(RECORD_METRICS, path);
    record_latest_symbol_path(symbol, path);
    put(RECORD_METRICS, path);
}

/* What a slot leaves of a grid; `message` false: without one. */
static inline void put_slot(const char *run, const char *grid,
                            const char *symbol, int64_t slot_ms, bool message)
{
    char path[RECORD_PATH_MAX], tag[RECORD_HASH8];
    snprintf(tag, sizeof(tag), "%.8s", run + strlen(run) - 8);
    sample_make(RECORD_EXIT, &sample);
    struct evaluation *e = &sample.exit.evaluation;
    e->slot_ms = slot_ms;
    sample.exit.previous_slot_ms = slot_ms - MS_PER_SLOT;
    sample.exit.decision = (struct decision){ .reason = ALERT_NOTHING };
    snprintf(e->grid, sizeof(e->grid), "%s", grid);
    snprintf(e->symbol, sizeof(e->symbol), "%s", symbol);
    snprintf(sample.exit.run.id, sizeof(sample.exit.run.id), "%s", run);
    record_exit_path(grid, slot_ms, path);
    put(RECORD_EXIT, path);
    record_latest_grid_path(grid, path);
    put(RECORD_EXIT, path);
    sample_make(RECORD_STATE, &sample);
    snprintf(sample.state.grid, sizeof(sample.state.grid), "%s", grid);
    snprintf(sample.state.run.id, sizeof(sample.state.run.id), "%s", run);
    sample.state.exit.slot_ms = sample.state.exit.scanned_ms = slot_ms;
    record_state_path(grid, path);
    put(RECORD_STATE, path);
    sample_make(RECORD_TRANSITION, &sample);
    snprintf(sample.transition.grid, sizeof(sample.transition.grid), "%s",
             grid);
    sample.transition.slot_ms = slot_ms;
    sample.transition.at_ms = slot_ms + 10250;
    put(RECORD_TRANSITION, audit(RECORD_TRANSITION, slot_ms, grid, tag));
    if (!message)
        return;
    sample_make(RECORD_INTENT, &sample);
    snprintf(sample.intent.intent.grid, GRID_ID_MAX, "%s", grid);
    snprintf(sample.intent.intent.symbol, SYMBOL_MAX, "%s", symbol);
    snprintf(sample.intent.intent.tag, sizeof(sample.intent.intent.tag),
             "%s-20210519T0030", grid);
    put(RECORD_INTENT, audit(RECORD_INTENT, slot_ms, grid, tag));
}

static inline void put_delivery(const char *grid, enum delivery_outcome outcome)
{
    sample_make(RECORD_DELIVERY, &sample);
    struct delivery *d = &sample.delivery.delivery;
    snprintf(d->grid, sizeof(d->grid), "%s", grid);
    if (outcome == DELIVERY_SUPERSEDED) {
        d->tries = d->http_status = 0;
        d->request[0] = d->receipt[0] = d->reason[0] = '\0';
    }
    if (outcome == DELIVERY_ACCEPTED) {
        d->http_status = 200;
        d->reason[0] = '\0';
    }
    d->outcome = outcome;
    put(RECORD_DELIVERY, audit(RECORD_DELIVERY, T0, grid, "0000000a"));
}

static inline void commit(struct store *s)
{
    char hex[STORE_ID_SIZE];
    const struct store_batch b = { batch.list, batch.count, "x\n\nrun y\n",
                                   T0 + 10000 };
    ASSERT_INT(store_commit(s, &b, hex, &place.err), 0);
    changes_release(&batch);
}

static inline void push(struct store *s)
{
    ASSERT_INT(store_push(s, STORE_TEST_BUDGET_MS, &place.err), 0);
}

static inline void begin(void)
{
    place_init(&place);
    report = (struct rebuild_report){ .times = 0 };
    ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
    ours = place_start(&place, place.remote);
    add("config/9f86d081.yaml", "l_haz: 1\n");
    commit(ours);
    push(ours);
    theirs = place_open(&place, place.other, place.remote);
}

static inline void end(void)
{
    if (git_is_there())
        ASSERT(git_finds_no_fault(&place, place.repo));
    store_free(theirs);
    store_free(ours);
    theirs = ours = NULL;
    text_release(&said);
    place_release(&place);
}

static inline void they_commit(void)
{
    commit(theirs);
    push(theirs);
}

static inline void rebuild(void)
{
    enum sync_state state = SYNC_UNKNOWN;
    ASSERT_INT(store_sync(ours, STORE_TEST_BUDGET_MS, &state, &place.err), 0);
    ASSERT_INT(state, SYNC_DIVERGED);
    ASSERT_INT(rebuild_on_remote(ours, &report, &place.err), 0);
    ASSERT_INT(report.times, 1);
}

static inline bool there(const char *path)
{
    bool is = false;
    ASSERT_INT(store_exists(ours, path, &is, &place.err), 0);
    return is;
}

static inline bool audit_there(enum record_kind kind, int64_t at_ms,
                               const char *name, const char *hash8)
{
    return there(audit(kind, at_ms, name, hash8));
}

/* Who wrote the file: "a", "b", or "" when it is not there. */
static inline const char *writer_of(const char *path)
{
    const char *text = place_read(&place, ours, path, &said);
    return strstr(text, OURS) ? "a" : strstr(text, THEIRS) ? "b" : "";
}

static inline const char *writer_of_slot(const char *grid, int64_t slot_ms)
{
    char path[RECORD_PATH_MAX];
    record_exit_path(grid, slot_ms, path);
    return writer_of(path);
}

static inline const char *writer_of_metrics(const char *symbol, int64_t slot_ms)
{
    char path[RECORD_PATH_MAX];
    record_metrics_path(symbol, slot_ms, path);
    return writer_of(path);
}

#endif
