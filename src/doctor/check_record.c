/* The data repository and its remote. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/remote_url.h"
#include "doctor/doctor_internal.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/lock.h"
#include "sys/xmalloc.h"

/* A schema of another version would refuse what the next run writes. */
static void see_schema(struct doctor *d)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX * 4);
    struct complaints complaints = { 0 };
    char path[RECORD_PATH_MAX];
    struct error err;

    record_schema_path(RECORD_EXIT, path);
    if (store_read(d->store, path, &data, &err))
        doctor_fail(d, RUN_NO_REPOSITORY, "",
                    "it has no '%s': it is no data "
                    "repository of ours",
                    path);
    else if (record_validate(path, text_str(&data), data.len, &complaints))
        doctor_warn(d, "",
                    "'%s' is of another version: 'gridwatch init' "
                    "brings it up to date",
                    path);
    text_release(&data);
}

void check_record(struct doctor *d)
{
    const struct config_repository *c = &d->config.repository;
    struct error err;
    char tip[STORE_ID_SIZE];
    size_t before = d->report->line_count;

    if (run_open_store(&d->config, false, &d->store, &err)) {
        if (err.fault == FAULT_MISSING && c->remote[0])
            doctor_warn(d, "",
                        "'%s' is not there: each run clones it, and "
                        "while the remote is away there is no run and "
                        "an alert may come twice (stateless)",
                        c->path);
        else
            doctor_fail(d, RUN_NO_REPOSITORY, "", "%.300s", err.msg);
        return;
    }
    if (!store_tip(d->store, tip)) {
        doctor_fail(d, RUN_NO_REPOSITORY, "", "'%s' has no commit yet",
                    c->path);
        return;
    }
    see_schema(d);
    if (d->report->line_count == before)
        doctor_ok(d, "", "'%s' at commit %.7s", c->path, tip);
}

void check_write(struct doctor *d)
{
    struct lock lock = { 0 };
    struct error err;
    const char *path = d->config.repository.path;
    char objects[CONFIG_TEXT + 16];

    snprintf(objects, sizeof(objects), "%s/objects", path);
    int rc = run_take_lock(&d->config, &lock, &err);
    lock_drop(&lock);
    if (rc && err.fault == FAULT_BUSY)
        doctor_ok(d, "", "a run holds it now");
    else if (rc)
        doctor_fail(d, RUN_NO_REPOSITORY, "", "%.300s", err.msg);
    else if (d->store && (access(path, W_OK | X_OK) != 0 ||
                          access(objects, W_OK | X_OK) != 0))
        doctor_fail(d, RUN_NO_REPOSITORY, "", "'%s': %s", path,
                    strerror(errno));
    else
        doctor_ok(d, "", "its lock can be had");
}

void check_remote(struct doctor *d)
{
    const struct config_repository *c = &d->config.repository;
    struct error err;
    bool has = false;

    if (!c->remote[0]) {
        doctor_warn(d, "",
                    "repository.remote is not set: a disk that dies "
                    "takes the record with it, and no watchdog can look "
                    "at it");
        return;
    }
    if (!d->store) {
        doctor_skip(d, "",
                    "the data repository is not open: the first run "
                    "clones it");
        return;
    }
    if (store_ask(d->store, c->push_budget_ms, &has, &err))
        doctor_fail(d, err.fault == FAULT_CONFIG ? RUN_CONFIG : RUN_UNREACHABLE,
                    "", "%.300s", err.msg);
    else if (!has)
        doctor_warn(d, "", "it has no branch '%s' yet: the next run pushes it",
                    c->branch);
    else
        doctor_ok(d, "", "it answers and has '%s'", c->branch);
}

/* Twice the schedule and the time of a run. */
#define SLOT_OLD_MS (35 * MS_PER_MINUTE)

/* Of this life of the grid, or MOMENT_NONE. */
static int64_t newest_slot_ms(struct doctor *d, const struct grid *g)
{
    struct exit_document *newest = xcalloc(1, sizeof(*newest));
    int64_t slot_ms = MOMENT_NONE;
    char path[RECORD_PATH_MAX];
    struct error err;

    record_latest_grid_path(g->id, path);
    if (open_document(d->store, RECORD_EXIT, path, newest, &err) == 0)
        slot_ms = newest->evaluation.slot_ms;
    free(newest);
    return slot_ms >= grid_life_ms(g) ? slot_ms : MOMENT_NONE;
}

static void see_slot(struct doctor *d, const struct grid *g)
{
    int64_t slot_ms = newest_slot_ms(d, g), now_ms = doctor_now_ms(d);
    bool any = slot_ms != MOMENT_NONE;
    int64_t since_ms = any ? slot_ms : grid_life_ms(g);
    char clock[MOMENT_TEXT];

    moment_format(since_ms, clock);
    if (since_ms != MOMENT_NONE && now_ms - since_ms > SLOT_OLD_MS)
        doctor_warn(d, g->id, "%s %s, %" PRId64 " min ago: nobody watches it",
                    any ? "its newest slot is of"
                        : "it has no slot since it was started at",
                    clock, (now_ms - since_ms) / MS_PER_MINUTE);
    else if (any)
        doctor_ok(d, g->id, "newest slot %s", clock);
    else
        doctor_ok(d, g->id, "no slot yet: its first run is to come");
}

static int take_grid(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct doctor *d = payload;
    struct grid *g = xcalloc(1, sizeof(*g));
    struct error why;

    (void)err;
    if (!e->is_dir && record_place_of(e->path).kind == RECORD_GRID &&
        open_document(d->store, RECORD_GRID, e->path, g, &why) == 0 &&
        grid_status_at(g, doctor_now_ms(d)) == GRID_IS_RUNNING)
        see_slot(d, g);
    free(g);
    return 0;
}

void check_slots(struct doctor *d)
{
    struct error err;
    size_t before = d->report->line_count;
    if (store_list(d->store, "grids", take_grid, d, &err))
        doctor_fail(d, RUN_NO_REPOSITORY, "", "%.300s", err.msg);
    else if (d->report->line_count == before)
        doctor_skip(d, "", "no grid runs");
}
