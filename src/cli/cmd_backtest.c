/* gridwatch backtest: grids on recorded candles, and what would have become of
 * them. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/backtest_wish.h"
#include "cli/evaluations.h"
#include "sys/clock.h"

static void say_work(const struct backtest_wish *w,
                     const struct backtest_work *work, size_t symbols,
                     int64_t began_ms)
{
    fprintf(stderr, "%zu symbols, %zu slots, %zu grids; ", symbols, work->slots,
            work->grids);
    if (w->ask.design != PASS_LIFECYCLE)
        fprintf(stderr, "%zu starts without enough data; ", work->passed_over);
    else if (work->asked_slots)
        fprintf(stderr, "one ran %.1f %% of the time; ",
                100.0 * (double)work->open_slots / (double)work->asked_slots);
    if (work->cannot)
        fprintf(stderr, "%zu that the capital cannot buy; ", work->cannot);
    fprintf(stderr, "%.1f s\n",
            (double)(clock_monotonic_ms() - began_ms) / 1000.0);
}

static int make(const struct context *c, struct backtest_wish *w,
                struct lives *out, struct backtest_work *work,
                struct error *err)
{
    struct candle_files files = { 0 };
    struct text evaluations = TEXT_INIT(EVALUATIONS_MAX);
    struct grid *grids = NULL;
    int64_t began_ms = clock_monotonic_ms();
    int rc = 0;

    if (w->ask.design == PASS_GIVEN) {
        rc = backtest_given(c->args->words, c->args->word_count, &grids, err);
        w->ask.given = grids;
        w->ask.given_count = c->args->word_count;
    }
    if (w->evaluations)
        w->ask.evaluations = &evaluations;
    if (!rc)
        rc = candle_files_find(w->data, w->symbols ? w->symbols : "all", &files,
                               err);
    if (!rc && w->ask.walk_days)
        candle_files_name(&files, BACKTEST_WALK);
    if (!rc)
        rc = backtest_run(&w->ask, &files, out, work, err);
    if (!rc && w->ask.evaluations)
        rc = text_write_file(&evaluations, w->evaluations, err);
    if (!rc && !c->quiet)
        say_work(w, work, files.count - (w->ask.walk_days > 0), began_ms);
    candle_files_release(&files);
    text_release(&evaluations);
    free(grids);
    return rc;
}

static int merge(const struct context *c, struct lives *out, struct error *err)
{
    for (size_t i = 0; i < c->args->word_count; i++)
        if (lives_read(out, c->args->words[i], err))
            return -1;
    return 0;
}

static void tell(const struct context *c, const struct lives *l,
                 int64_t delay_ms)
{
    struct text out = TEXT_INIT((size_t)1 << 20);

    if (c->json)
        backtest_json(l, c->config, delay_ms, &out);
    else
        backtest_screen(l, c->config, delay_ms, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

static bool any_of_candles(const struct lives *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (!lives_walks(l, &l->at[i].life))
            return true;
    return false;
}

/* Why there is no life at all. */
static int fail_without_lives(const struct backtest_wish *w,
                              const struct backtest_work *work,
                              struct error *err)
{
    if (w->merge)
        return error_set(err, FAULT_DATA,
                         "no file has a life of a grid on candles");
    if (work->cannot)
        return error_set(err, FAULT_DATA,
                         "no grid could be run: a capital of %g does not buy "
                         "one lot a line%s",
                         BACKTEST_CAPITAL,
                         isnan(w->ask.tick) && isnan(w->ask.step)
                             ? ""
                             : ", as --tick and --step have it");
    if (w->ask.design == PASS_LIFECYCLE && work->asked_slots)
        return error_set(err, FAULT_DATA,
                         "the gates let no grid begin in %zu looks",
                         work->asked_slots);
    return error_set(err, FAULT_DATA,
                     "no grid could be laid: a start needs some weeks of "
                     "candles before it, and a bar after it");
}

enum run_exit cmd_backtest(const struct context *c, struct error *err)
{
    struct backtest_wish w;
    struct backtest_work work = { 0 };
    struct lives lives = { 0 };

    int rc = backtest_wish(c, &w, err);
    if (!rc)
        rc = w.merge ? merge(c, &lives, err) : make(c, &w, &lives, &work, err);
    if (!rc)
        rc = lives_sort(&lives, err);
    if (!rc && w.lives)
        rc = lives_write(&lives, w.lives, err);
    if (!rc && !w.shard && !any_of_candles(&lives))
        rc = fail_without_lives(&w, &work, err);
    if (!rc)
        tell(c, &lives, w.delay_ms);
    lives_release(&lives);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
