/* gridwatch backtest: one grid a day on recorded candles, and what would have
 * become of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "cli/backtest.h"
#include "cli/command.h"
#include "cli/evaluations.h"
#include "cli/span.h"
#include "sys/clock.h"

#define THREADS_MOST 64
#define WALK_MOST    36525

/* Its own options, as commands.c has them. */
enum {
    OPT_DATA,
    OPT_SYMBOLS,
    OPT_PROFILE,
    OPT_DELAY,
    OPT_HALF_WIDTH,
    OPT_STOP_ATR,
    OPT_SIDE,
    OPT_FROM,
    OPT_UNTIL,
    OPT_THREADS,
    OPT_SHARD,
    OPT_LIVES,
    OPT_MERGE,
    OPT_GRIDS,
    OPT_EVALUATIONS,
    OPT_WALK,
    OPT_TICK,
    OPT_STEP
};

struct wishes {
    struct backtest_ask ask;
    int64_t delay_ms; /* whose KPIs are told */
};

static const char *given(const struct context *c, int option)
{
    return c->args->value[1][option];
}

/* --- What is asked for ---------------------------------------------------- */

static int read_profile(const char *word, enum profile *out, struct error *err)
{
    for (int i = 0; word && i < PROFILE_COUNT; i++)
        if (strcmp(word, profile_name((enum profile)i)) == 0) {
            *out = (enum profile)i;
            return 0;
        }
    return word ? error_set(err, FAULT_USAGE,
                            "--profile is '%.40s', but must be calibrated or "
                            "seed",
                            word)
                : 0;
}

static int read_side(const char *word, enum grid_side *out, struct error *err)
{
    if (!word || strcmp(word, "long") == 0)
        *out = GRID_LONG;
    else if (strcmp(word, "neutral") == 0)
        *out = GRID_NEUTRAL;
    else
        return error_set(err, FAULT_USAGE,
                         "--side is '%.40s', but must be long or neutral",
                         word);
    return 0;
}

static int read_delay(const char *word, int64_t *out, struct error *err)
{
    int64_t ms = 60 * MS_PER_MINUTE;
    bool zero = word && (strcmp(word, "0") == 0 || strcmp(word, "0m") == 0);
    bool read = !word || zero || span_parse(word, &ms);

    if (zero)
        ms = 0;
    for (size_t i = 0; read && i < TRIAL_DELAYS; i++)
        if (backtest_delays[i] == ms) {
            *out = ms;
            return 0;
        }
    return error_set(err, FAULT_USAGE,
                     "--delay is '%.40s', but must be 0m, 15m, 60m or 4h",
                     word);
}

/* A number above 0 and at most 100. */
static bool read_atr(const char *text, double *out)
{
    return number_parse(text, out) && *out > 0 && *out <= 100;
}

static int read_widths(const char *text, struct backtest_ask *ask,
                       struct error *err)
{
    char one[NUMBER_TEXT];

    for (const char *at = text ? text : "4,6"; *at;) {
        size_t n = strcspn(at, ",");
        if (n >= sizeof(one) || ask->width_count == PASS_WIDTHS)
            break;
        memcpy(one, at, n);
        one[n] = '\0';
        double *w = &ask->width[ask->width_count];
        if (!read_atr(one, w) || (ask->width_count && w[-1] >= *w))
            break;
        ask->width_count++;
        if (!at[n])
            return 0;
        at += n + 1;
    }
    return error_set(err, FAULT_USAGE,
                     "--half-width is '%.40s', but must be up to %d rising "
                     "numbers of ATR(4h), such as 4,6",
                     text, PASS_WIDTHS);
}

static int read_day(const char *option, const char *text, int64_t otherwise,
                    int64_t *out, struct error *err)
{
    *out = text ? moment_parse(text) : otherwise;
    if (!text || *out != MOMENT_NONE)
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--%s '%.40s' is not a date such as 2021-05-01", option,
                     text);
}

static int read_span(const struct context *c, struct backtest_ask *ask,
                     struct error *err)
{
    const char *from = given(c, OPT_FROM), *until = given(c, OPT_UNTIL);

    if (read_day("from", from, 0, &ask->from_ms, err) ||
        read_day("until", until, INT64_MAX, &ask->until_ms, err))
        return -1;
    if (ask->from_ms < ask->until_ms)
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--until %.40s must be after --from %.40s", until,
                     from ? from : "1970-01-01");
}

/* The walk belongs to the first shard; grids that are given have none. */
static int read_walk(const struct context *c, struct backtest_ask *ask,
                     struct error *err)
{
    const char *text = given(c, OPT_WALK);
    int64_t days = BACKTEST_WALK_DAYS;

    if (text && (!integer_parse(text, &days) || days < 0 || days > WALK_MOST))
        return error_set(err, FAULT_USAGE,
                         "--walk is '%.40s', but must be 0 to %d days", text,
                         WALK_MOST);
    ask->walk_days = given(c, OPT_GRIDS) || ask->shard > 0 ? 0 : (size_t)days;
    return 0;
}

static int read_threads(const char *text, size_t *out, struct error *err)
{
    int64_t n = 1;
    if (text && (!integer_parse(text, &n) || n < 1 || n > THREADS_MOST))
        return error_set(err, FAULT_USAGE,
                         "--threads is '%.40s', but must be 1 to %d", text,
                         THREADS_MOST);
    *out = (size_t)n;
    return 0;
}

/* "2/8" is the second of eight. */
static int read_shard(const char *text, struct backtest_ask *ask,
                      struct error *err)
{
    char first[NUMBER_TEXT] = "1";
    int64_t i = 1, n = 1;
    size_t digits = text ? strcspn(text, "/") : 0;

    if (text && digits < sizeof(first) && text[digits] == '/') {
        memcpy(first, text, digits);
        first[digits] = '\0';
        if (!integer_parse(first, &i) || !integer_parse(text + digits + 1, &n))
            n = 0;
    } else if (text) {
        n = 0;
    }
    if (i < 1 || i > n)
        return error_set(err, FAULT_USAGE,
                         "--shard is '%.40s', but must be I/N such as 1/4",
                         text);
    ask->shard = (size_t)(i - 1);
    ask->shards = (size_t)n;
    return 0;
}

/* A number above 0, or NO_VALUE where none is given. */
static int read_grain(const char *option, const char *text, double *out,
                      struct error *err)
{
    *out = NO_VALUE;
    if (!text || (number_parse(text, out) && *out > 0))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--%s is '%.40s', but must be a number above 0", option,
                     text);
}

static int read_stop(const char *text, double *out, struct error *err)
{
    *out = BACKTEST_STOP_ATR;
    if (!text || read_atr(text, out))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--stop-atr is '%.40s', but must be a number of ATR(4h) "
                     "above 0",
                     text);
}

static int read_wishes(const struct context *c, struct wishes *w,
                       struct error *err)
{
    struct backtest_ask *ask = &w->ask;

    ask->config = c->config;
    ask->profile = c->config->exit.profile;
    ask->progress = !c->quiet && isatty(STDERR_FILENO);
    if (read_profile(given(c, OPT_PROFILE), &ask->profile, err) ||
        read_side(given(c, OPT_SIDE), &ask->side, err) ||
        read_delay(given(c, OPT_DELAY), &w->delay_ms, err) ||
        read_widths(given(c, OPT_HALF_WIDTH), ask, err) ||
        read_stop(given(c, OPT_STOP_ATR), &ask->stop_atr, err) ||
        read_grain("tick", given(c, OPT_TICK), &ask->tick, err) ||
        read_grain("step", given(c, OPT_STEP), &ask->step, err) ||
        read_span(c, ask, err) ||
        read_threads(given(c, OPT_THREADS), &ask->threads, err) ||
        read_shard(given(c, OPT_SHARD), ask, err) || read_walk(c, ask, err))
        return -1;
    bool files = given(c, OPT_MERGE) || given(c, OPT_GRIDS);
    if (!files != (c->args->word_count == 0))
        return error_set(err, FAULT_USAGE,
                         "files go with --merge (of lives) or --grids, and "
                         "with them only");
    if (given(c, OPT_MERGE) &&
        (given(c, OPT_GRIDS) || given(c, OPT_EVALUATIONS)))
        return error_set(err, FAULT_USAGE,
                         "--merge has no candles: neither --grids nor "
                         "--evaluations goes with it");
    if (!given(c, OPT_MERGE) == !given(c, OPT_DATA))
        return error_set(err, FAULT_USAGE,
                         "either --data or --merge must be given");
    return 0;
}

/* --- What comes of it ----------------------------------------------------- */

static int make(const struct context *c, struct wishes *w, struct lives *out,
                struct error *err)
{
    const char *symbols = given(c, OPT_SYMBOLS);
    struct candle_files files = { 0 };
    struct backtest_work work = { 0 };
    struct text evaluations = TEXT_INIT(EVALUATIONS_MAX);
    struct grid *grids = NULL;
    int64_t began_ms = clock_monotonic_ms();
    int rc = 0;

    if (given(c, OPT_GRIDS)) {
        rc = backtest_given(c->args->words, c->args->word_count, &grids, err);
        w->ask.given = grids;
        w->ask.given_count = c->args->word_count;
    }
    if (given(c, OPT_EVALUATIONS))
        w->ask.evaluations = &evaluations;
    if (!rc)
        rc = candle_files_find(given(c, OPT_DATA), symbols ? symbols : "all",
                               &files, err);
    if (!rc && w->ask.walk_days)
        candle_files_name(&files, BACKTEST_WALK);
    if (!rc)
        rc = backtest_run(&w->ask, &files, out, &work, err);
    if (!rc && w->ask.evaluations)
        rc = text_write_file(&evaluations, given(c, OPT_EVALUATIONS), err);
    if (!rc && !c->quiet)
        fprintf(stderr,
                "%zu symbols, %zu slots, %zu grids; %zu starts without "
                "enough data; %.1f s\n",
                files.count - (w->ask.walk_days > 0), work.slots, work.grids,
                work.passed_over,
                (double)(clock_monotonic_ms() - began_ms) / 1000.0);
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

enum run_exit cmd_backtest(const struct context *c, struct error *err)
{
    struct wishes w = { 0 };
    struct lives lives = { 0 };

    int rc = read_wishes(c, &w, err);
    if (!rc)
        rc = given(c, OPT_MERGE) ? merge(c, &lives, err)
                                 : make(c, &w, &lives, err);
    if (!rc)
        rc = lives_sort(&lives, err);
    if (!rc && given(c, OPT_LIVES))
        rc = lives_write(&lives, given(c, OPT_LIVES), err);
    if (!rc && any_of_candles(&lives))
        tell(c, &lives, w.delay_ms);
    else if (!rc && !given(c, OPT_SHARD)) /* a shard may have no files */
        rc = error_set(err, FAULT_DATA,
                       "no grid could be laid: a start needs some weeks of "
                       "candles before it");
    lives_release(&lives);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
