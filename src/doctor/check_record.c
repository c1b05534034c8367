/* The data repository and its remote. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/remote_url.h"
#include "doctor/doctor_internal.h"
#include "record/record.h"
#include "sys/lock.h"

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
