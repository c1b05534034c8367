/* make_record --config FILE --engine TEXT --from TIME --to TIME
 *             [--operator] [--received FILE] SYMBOL=FILE...
 *
 * Writes the record that the job would have written: one run for each slot of
 * [from, to) over the candles of the files, with the job's own code from the
 * lock to the confirmation; only the exchange and the phone are functions
 * (run/feed.h). The data repository and its grids are there already, made by
 * `gridwatch init` and `gridwatch grid create`. `--engine` is what the program
 * calls itself ("0.1.0+..."). With `--operator` somebody stops grids and starts
 * them again (tools/made_operator.h). Ends at the first run that fails. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "config/problems.h"
#include "run/run.h"
#include "store/store.h"
#include "sys/clock.h"
#include "tools/made_operator.h"
#include "tools/made_world.h"

#define SLOTS_PER_LOOK 4 /* the operator looks once an hour */
#define FILES_MAX      32

struct wish {
    const char *config, *engine, *received, *from, *to;
    const char *files[FILES_MAX];
    size_t file_count;
    int64_t from_ms, to_ms;
    bool with_operator;
};

static bool take_word(struct wish *w, int argc, char **argv, int *i)
{
    const struct {
        const char *word;
        const char **value;
    } words[] = {
        { "--config", &w->config },     { "--engine", &w->engine },
        { "--from", &w->from },         { "--to", &w->to },
        { "--received", &w->received },
    };
    if (strcmp(argv[*i], "--operator") == 0) {
        w->with_operator = true;
        return true;
    }
    for (size_t k = 0; k < ARRAY_LEN(words); k++) {
        if (strcmp(argv[*i], words[k].word) != 0)
            continue;
        if (*i + 1 == argc)
            return false;
        *words[k].value = argv[++*i];
        return true;
    }
    if (argv[*i][0] == '-' || w->file_count == FILES_MAX)
        return false;
    w->files[w->file_count++] = argv[*i];
    return true;
}

static bool read_wish(struct wish *w, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!take_word(w, argc, argv, &i))
            return false;
    if (!w->config || !w->engine || !w->from || !w->to || !w->file_count)
        return false;
    w->from_ms = moment_parse(w->from);
    w->to_ms = moment_parse(w->to);
    return w->from_ms != MOMENT_NONE && w->to_ms != MOMENT_NONE &&
           w->from_ms % MS_PER_SLOT == 0;
}

static const char *env_of_process(const char *variable, void *context)
{
    (void)context;
    return getenv(variable);
}

static int read_config(const char *path, struct config *out, struct error *err)
{
    struct problems problems = { 0 };
    char line[PROBLEM_LINE] = "";
    const struct config_sources sources = {
        .file = { [CONFIG_SERVICE] = { path, true } },
        .env = env_of_process,
    };
    int rc = config_load(&sources, out, &problems);
    if (rc && problems.count)
        problem_format(&problems.list[0], line);
    problems_release(&problems);
    return rc ? error_set(err, FAULT_CONFIG, "%s", line) : 0;
}

static int make(const struct wish *w, const struct config *config,
                struct made_world *world, struct error *err)
{
    struct run_kept *kept = run_kept_new();
    const struct feed feed = made_world_feed(world, kept);
    struct made_operator operator= { config, w->engine, world, 0, 0 };
    int64_t began_ms = clock_monotonic_ms(), slots = 0;
    struct store *held = NULL;

    /* While one is open, the others do not begin with libgit2's own start,
     * which reads the certificates of all authorities: 20 ms. */
    int rc = run_open_store(config, false, &held, err);

    for (int64_t at = w->from_ms; at < w->to_ms && !rc; at += MS_PER_SLOT) {
        const struct run_options options = {
            .config = config,
            .engine = w->engine,
            .at_ms = at,
            .log_level = LOG_LEVEL_WARN,
            .feed = &feed,
        };
        rc = run_once(&options, NULL, err) ? -1 : 0;
        if (!rc && w->with_operator && ++slots % SLOTS_PER_LOOK == 0)
            rc = made_operator_look(&operator,
                                    at + config->run.settle_ms + 1000, err);
    }
    store_free(held);
    run_kept_free(kept);
    printf("%" PRId64 " slots, %zu messages, %zu stops and %zu starts in %.1f "
           "s\n",
           (w->to_ms - w->from_ms) / MS_PER_SLOT,
           world->messages, operator.stops, operator.starts,
           (double)(clock_monotonic_ms() - began_ms) / 1e3);
    return rc;
}

int main(int argc, char **argv)
{
    static struct config config;
    struct wish w = { .config = NULL };
    struct made_world world = { .series = NULL };
    struct error err = { FAULT_NONE, "" };

    if (!read_wish(&w, argc, argv)) {
        fprintf(stderr,
                "make_record --config FILE --engine TEXT --from TIME --to TIME "
                "[--operator] [--received FILE] SYMBOL=FILE...\n");
        return RUN_USAGE;
    }
    int rc = read_config(w.config, &config, &err);
    if (!rc)
        rc = made_world_load(&world, w.files, w.file_count, w.received, &err);
    if (!rc)
        rc = make(&w, &config, &world, &err);
    if (rc)
        fprintf(stderr, "make_record: %s\n", err.msg);
    made_world_release(&world);
    config_wipe(&config);
    return rc ? RUN_INTERNAL : RUN_DONE;
}
