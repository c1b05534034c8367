/* gridwatch init: a data repository with README and schema. */
#include <stdio.h>
#include <sys/stat.h>

#include "base/moment.h"
#include "base/remote_url.h"
#include "cli/act.h"
#include "cli/command.h"
#include "cli/key_check.h"
#include "run/edit.h"
#include "run/grid_json.h"

enum { OPTION_CREATE_REMOTE };

#define TEXT_MAX ((size_t)256 << 10)

static int put_readme(struct edit *e, struct error *err)
{
    struct text data = TEXT_INIT(TEXT_MAX);
    int rc = record_readme(&data, err);
    if (!rc)
        rc = edit_put_text(e, "README.md", &data, err);
    text_release(&data);
    return rc;
}

static int put_schema(struct edit *e, enum record_kind kind, struct error *err)
{
    struct text data = TEXT_INIT(TEXT_MAX);
    char path[RECORD_PATH_MAX];
    record_schema_path(kind, path);
    int rc = schema_render(kind, &data, err);
    if (!rc)
        rc = edit_put_text(e, path, &data, err);
    text_release(&data);
    return rc;
}

/* Writes what is not there or has another wording; an old repository is
 * brought up to date, and a second init changes nothing. */
static int fill(struct edit *e, struct error *err)
{
    if (put_readme(e, err))
        return -1;
    for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        if (put_schema(e, (enum record_kind)kind, err))
            return -1;
    }
    return edit_commit(e, "gridwatch data repository", err);
}

static int make_remote(const struct config_repository *r, struct error *err)
{
    struct stat there;
    const char *path = remote_url_path(r->remote);
    if (remote_url_kind(r->remote) != REMOTE_PATH)
        return error_set(err, FAULT_CONFIG,
                         "a remote on a server is made there, empty, not by "
                         "--create-remote");
    return stat(path, &there) ? store_create_remote(path, r->branch, err) : 0;
}

static int make_repositories(const struct context *c, struct error *err)
{
    const struct config_repository *r = &c->config->repository;
    const struct store_options options = { .path = r->path,
                                           .branch = r->branch };
    struct stat there;

    if (r->remote[0] && c->args->value[1][OPTION_CREATE_REMOTE] &&
        make_remote(r, err))
        return -1;
    return stat(r->path, &there) ? store_create(&options, err) : 0;
}

static void tell(const struct context *c, const struct edit *e)
{
    const char *path = c->config->repository.path;
    struct text json = TEXT_INIT(TEXT_MAX);
    if (c->json)
        repository_json(path, e->commit, &json);
    fputs(text_str(&json), stdout);
    text_release(&json);
    if (c->json)
        ;
    else if (e->commit[0])
        printf("data repository '%s' is ready (%.7s)\n", path, e->commit);
    else
        printf("data repository '%s' is up to date\n", path);
    if (e->push_owed)
        fprintf(stderr, "gridwatch: push owed, the next run pushes: %s\n",
                e->push_error.msg);
}

enum run_exit cmd_init(const struct context *c, struct error *err)
{
    struct edit e;
    if (c->dry_run) {
        printf("would make or bring up to date '%s'\n",
               c->config->repository.path);
        return RUN_DONE;
    }
    if (make_repositories(c, err))
        return err->fault == FAULT_CONFIG ? RUN_CONFIG : RUN_NO_REPOSITORY;
    const struct edit_options options = { c->config, version_engine(), c->at_ms,
                                          false };
    int rc = edit_begin(&e, &options, err);
    if (!rc)
        rc = fill(&e, err);
    if (!rc)
        tell(c, &e);
    act_tell_rebuilt(&e);
    edit_end(&e);
    return rc ? exit_of_fault(err->fault) : key_check(c->config, err);
}
