/* gridwatch verify: the record computed anew from its own bars. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/verify_json.h"
#include "replay/verify.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

static void show_progress(size_t done, size_t of, void *payload)
{
    (void)payload;
    fprintf(stderr, "\r%zu of %zu slots%s", done, of, done == of ? "\n" : "");
}

static void tell_finding(const struct finding *f)
{
    printf("%s: %s\n", f->path, f->say);
    if (f->what.field[0])
        printf("    %s is recorded as %s and computed as %s\n", f->what.field,
               f->what.recorded, f->what.computed);
    else if (f->what.recorded[0])
        printf("    the same values, but %s\n", f->what.recorded);
}

static void tell(const struct verify_report *r, int64_t took_ms)
{
    size_t kept = r->findings < FINDINGS_MAX ? r->findings : FINDINGS_MAX;
    for (size_t i = 0; i < kept; i++)
        tell_finding(&r->list[i]);
    if (r->findings > kept)
        printf("and %zu more\n", r->findings - kept);
    printf("computed anew: %zu metrics and %zu exit documents, %zu "
           "transitions, %zu messages; checked: %zu files, %zu commits; "
           "%.1f s\n",
           r->metrics, r->exits, r->transitions, r->intents, r->files,
           r->commits, (double)took_ms / 1000.0);
    if (r->left)
        printf("%zu of the documents left the tip and were read from history\n",
               r->left);
    if (r->strays)
        printf(
            "%zu documents name a commit of their grid's file that is not in "
            "this history: it was put on another tip since\n",
            r->strays);
    if (r->yielded)
        printf("%zu messages rang at a writer that lost their slot: what they "
               "follow from was not kept\n",
               r->yielded);
    if (r->unheld)
        printf("%zu messages rang and have no slot document to hold them to: "
               "nobody recorded their slot\n",
               r->unheld);
    if (r->edge[0])
        printf("the clone is shallow: history begins at commit %.12s; %zu "
               "documents need what came before and were not computed anew\n",
               r->edge, r->out_of_reach);
    if (r->findings == 0)
        printf("everything %sfollows from the record\n",
               r->edge[0] ? "that could be looked at " : "");
}

enum run_exit cmd_verify(const struct context *c, struct error *err)
{
    const char *path =
        c->args->word_count ? c->args->words[0] : c->config->repository.path;
    const struct store_options options = {
        .path = path,
        .branch = c->config->repository.branch,
        .author_name = "none",
        .author_email = "none",
    };
    const struct verify_options how = {
        .config = c->config,
        .engine = version_engine(),
        .progress = !c->quiet && isatty(STDERR_FILENO) ? show_progress : NULL,
    };
    struct verify_report *report = xcalloc(1, sizeof(*report));
    struct store *store = NULL;
    int64_t began_ms = clock_monotonic_ms();

    int rc = store_open(&options, &store, err);
    if (!rc && verify_repository(store, &how, report, err))
        rc = error_wrap(err, "repository '%s'", path);
    store_free(store);
    enum run_exit exit = RUN_DONE;
    if (rc) {
        exit = exit_of_fault(err->fault);
    } else if (c->json) {
        struct text out = TEXT_INIT((size_t)1 << 20);
        verify_json(report, &out);
        fputs(text_str(&out), stdout);
        text_release(&out);
    } else {
        tell(report, clock_monotonic_ms() - began_ms);
    }
    if (!rc && report->findings) {
        error_set(err, FAULT_DATA, "%zu findings in '%s'", report->findings,
                  path);
        exit = RUN_BAD_DATA;
    }
    free(report);
    return exit;
}
