#include "run/aside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/aside_dir.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* --- Is it broken? ------------------------------------------------------- */

/* Of what is there and can be read, nothing is broken: that a file is too long
 * or a name is none of ours would be the same in a clone. */
static int read_file(const struct store_entry *e, void *payload,
                     struct error *err)
{
    char id[STORE_ID_SIZE];
    if (e->size > RECORD_SEED_MAX)
        return 0;
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    int rc = store_read_blob(payload, e->id, &data, err);
    if (!rc)
        rc = store_blob_id_of(text_str(&data), data.len, id, err);
    if (!rc && strcmp(id, e->id) != 0)
        rc = error_set(err, FAULT_IO, "the content is not that of its id");
    text_release(&data);
    return rc ? error_wrap(err, "file '%.200s'", e->path) : 0;
}

/* An object that a tree names can be absent; no words at all are of a
 * directory that the walk could not enter. */
static bool is_damage(const struct error *why)
{
    return why->fault == FAULT_IO || why->fault == FAULT_MISSING ||
           why->fault == FAULT_NONE;
}

/* Can what the next steps read be read? FAULT_IO when it cannot. */
static int probe(struct store *s, const char *path, struct error *err)
{
    static const char *const folders[] = { "grids", "state", "latest" };
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        struct error why = { FAULT_NONE, "" };
        if (store_walk(s, folders[i], read_file, s, &why) && is_damage(&why))
            return error_set(
                err, FAULT_IO, "data repository '%.200s' is broken: %.300s",
                path, why.msg[0] ? why.msg : "a directory cannot be read");
    }
    return 0;
}

static bool may_be_replaced(const struct run *r, const struct error *why)
{
    const char *path = r->config->repository.path;
    return r->config->repository.remote[0] && !r->options->dry_run &&
           why->fault == FAULT_IO && aside_was_repository(path) &&
           aside_is_ours(path);
}

/* --- Out of the way ------------------------------------------------------ */

static void aside_path(const struct run *r, char out[ASIDE_PATH])
{
    struct civil c = moment_civil(r->exchange_ms);
    snprintf(out, ASIDE_PATH, "%s.broken-%04d%02d%02dT%02d%02d%02dZ",
             r->config->repository.path, c.year, c.month, c.day, c.hour,
             c.minute, c.second);
}

static int open_store(struct run *r, struct error *err)
{
    return run_open_store(r->config, !r->options->dry_run, &r->store, err);
}

/* What the remote has, at `path`: as whole as the broken one ought to be. */
static int clone_to(const struct run *r, const char *path, struct error *err)
{
    struct config *c = xcalloc(1, sizeof(*c));
    struct store *s = NULL;

    *c = *r->config;
    int n =
        snprintf(c->repository.path, sizeof(c->repository.path), "%s", path);
    int rc = n < CONFIG_TEXT ? aside_remove(path, err)
                             : error_set(err, FAULT_CONFIG,
                                         "path '%.60s...' is too long", path);
    if (!rc) {
        rc = run_open_store(c, true, &s, err);
        if (!rc)
            rc = probe(s, path, err);
        store_free(s);
        if (rc)
            aside_remove(path, NULL);
    }
    config_wipe(c);
    free(c);
    return rc;
}

static int fail_rename(const char *path, struct error *err)
{
    return error_set(err, FAULT_IO, "'%.300s' cannot be renamed: %s", path,
                     strerror(errno));
}

/* Nothing is moved before there is a whole one to take the place: what of the
 * broken one can be read is better than nothing. */
static int replace(struct run *r, const struct error *why, struct error *err)
{
    const char *path = r->config->repository.path;
    char aside[ASIDE_PATH], new[ASIDE_PATH], text[LOG_VALUE_MAX];

    aside_path(r, aside);
    snprintf(new, sizeof(new), "%s.new", path);
    if (clone_to(r, new, err))
        return -1;
    store_free(r->store);
    r->store = NULL;
    if (rename(path, aside)) {
        fail_rename(path, err);
        aside_remove(new, NULL);
        return -1;
    }
    if (rename(new, path)) {
        fail_rename(new, err);
        (void)!rename(aside, path);
        aside_remove(new, NULL);
        return -1;
    }
    log_event(LOG_LEVEL_ERROR, "repository-set-aside", "to=%s why=%s", aside,
              log_value(why->msg, text));
    return open_store(r, err);
}

/* What is broken comes first, then why it stays so. */
static void add_why(struct error *err, const char *and, const char *more)
{
    struct error first = *err;
    error_set(err, first.fault, "%.300s; %.100s%.230s", first.msg, and, more);
}

/* A second one would fill the disk, and whoever has not seen the first would
 * not see why. */
static int refuse(struct run *r, struct error *why, const char *standing)
{
    add_why(why,
            "one was set aside before: look at it, then remove it: ", standing);
    store_free(r->store);
    r->store = NULL;
    return -1;
}

int run_open_whole(struct run *r, struct error *err)
{
    struct error why = { FAULT_NONE, "" }, again = { FAULT_NONE, "" };
    const char *path = r->config->repository.path;
    char standing[ASIDE_PATH], text[LOG_VALUE_MAX];
    bool open = open_store(r, &why) == 0;

    if (open &&
        (!r->config->repository.remote[0] || probe(r->store, path, &why) == 0))
        return 0;
    if (may_be_replaced(r, &why)) {
        if (run_aside_stands(r, standing, sizeof(standing))) {
            refuse(r, &why, standing);
            *err = why;
            return -1;
        }
        if (replace(r, &why, &again) == 0)
            return 0;
        add_why(&why, "and it cannot be cloned anew: ", again.msg);
        log_event(LOG_LEVEL_WARN, "sync-failed", "what=%s",
                  log_value(why.msg, text));
        if (open && !r->store)
            open = open_store(r, &again) == 0;
    }
    if (open)
        return 0;
    *err = why;
    return -1;
}
