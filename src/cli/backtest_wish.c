/* gridwatch backtest: what the command line asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/number.h"
#include "cli/backtest_wish.h"
#include "cli/span.h"

#define THREADS_MOST 64
#define WALK_MOST    36525
#define ATR_MOST     100

/* Whose lives they are: what an option has to do with it. */
enum source {
    COHORT = 1,
    LIFECYCLE = 2,
    GIVEN = 4,
    MERGED = 8,
    LAID = COHORT | LIFECYCLE,
    RUN = LAID | GIVEN,
    ALL = RUN | MERGED
};

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
    OPT_STEP,
    OPT_DESIGN,
    OPT_COUNT
};

/* An option that is not read would be a figure that is not what it says. */
static const int read_by[OPT_COUNT] = {
    [OPT_DATA] = RUN,
    [OPT_SYMBOLS] = RUN,
    [OPT_PROFILE] = RUN,
    [OPT_DELAY] = ALL,
    [OPT_HALF_WIDTH] = LAID,
    [OPT_STOP_ATR] = LAID,
    [OPT_SIDE] = LAID,
    [OPT_FROM] = LAID,
    [OPT_UNTIL] = LAID,
    [OPT_THREADS] = RUN,
    [OPT_SHARD] = LAID,
    [OPT_LIVES] = ALL,
    [OPT_MERGE] = MERGED,
    [OPT_GRIDS] = GIVEN,
    [OPT_EVALUATIONS] = COHORT | GIVEN,
    [OPT_WALK] = LAID,
    [OPT_TICK] = RUN,
    [OPT_STEP] = RUN,
    [OPT_DESIGN] = LAID,
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

static bool read_atr(const char *text, double *out)
{
    return number_parse(text, out) && *out > 0 && *out <= ATR_MOST;
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
                     "numbers of ATR(4h) above 0, at most %d, such as 4,6",
                     text, PASS_WIDTHS, ATR_MOST);
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
                     "above 0, at most %d",
                     text, ATR_MOST);
}

static int read_design(const char *word, enum pass_design *out,
                       struct error *err)
{
    *out = PASS_COHORT;
    if (!word || strcmp(word, "cohort") == 0)
        return 0;
    *out = PASS_LIFECYCLE;
    if (strcmp(word, "lifecycle") == 0)
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--design is '%.40s', but must be cohort or lifecycle",
                     word);
}

/* --- What goes together --------------------------------------------------- */

static const char *name_of(const struct context *c, int option)
{
    return c->command->options.rows[option].name;
}

static int check_sources(const struct context *c, struct error *err)
{
    bool files = given(c, OPT_MERGE) || given(c, OPT_GRIDS);

    if (given(c, OPT_MERGE) && given(c, OPT_GRIDS))
        return error_set(err, FAULT_USAGE,
                         "--merge has no candles: --grids does not go with "
                         "it");
    if (!files != (c->args->word_count == 0))
        return error_set(err, FAULT_USAGE,
                         "files go with --merge (of lives) or --grids, and "
                         "with them only");
    if (!given(c, OPT_MERGE) == !given(c, OPT_DATA))
        return error_set(err, FAULT_USAGE,
                         "either --data or --merge must be given");
    return 0;
}

static int check_options(const struct context *c,
                         const struct backtest_ask *ask, struct error *err)
{
    enum source source = ask->design == PASS_LIFECYCLE ? LIFECYCLE : COHORT;
    const char *what = "--design lifecycle";

    if (given(c, OPT_GRIDS)) {
        source = GIVEN;
        what = "--grids";
    }
    if (given(c, OPT_MERGE)) {
        source = MERGED;
        what = "--merge";
    }
    for (int i = 0; i < OPT_COUNT; i++)
        if (given(c, i) && !(read_by[i] & (int)source))
            return error_set(err, FAULT_USAGE,
                             "%s does not read --%s: leave it out", what,
                             name_of(c, i));
    return 0;
}

/* --- All of it ------------------------------------------------------------ */

static int read_laid(const struct context *c, struct backtest_ask *ask,
                     struct error *err)
{
    if (read_side(given(c, OPT_SIDE), &ask->side, err) ||
        read_widths(given(c, OPT_HALF_WIDTH), ask, err) ||
        read_stop(given(c, OPT_STOP_ATR), &ask->stop_atr, err) ||
        read_span(c, ask, err) || read_shard(given(c, OPT_SHARD), ask, err))
        return -1;
    return read_walk(c, ask, err);
}

int backtest_wish(const struct context *c, struct backtest_wish *w,
                  struct error *err)
{
    struct backtest_ask *ask = &w->ask;

    *w = (struct backtest_wish){
        .ask = { .config = c->config,
                 .profile = c->config->exit.profile,
                 .progress = !c->quiet && isatty(STDERR_FILENO) },
        .data = given(c, OPT_DATA),
        .symbols = given(c, OPT_SYMBOLS),
        .lives = given(c, OPT_LIVES),
        .evaluations = given(c, OPT_EVALUATIONS),
        .merge = given(c, OPT_MERGE) != NULL,
        .shard = given(c, OPT_SHARD) != NULL,
    };
    if (read_design(given(c, OPT_DESIGN), &ask->design, err) ||
        check_sources(c, err) || check_options(c, ask, err) ||
        read_profile(given(c, OPT_PROFILE), &ask->profile, err) ||
        read_delay(given(c, OPT_DELAY), &w->delay_ms, err) ||
        read_grain("tick", given(c, OPT_TICK), &ask->tick, err) ||
        read_grain("step", given(c, OPT_STEP), &ask->step, err) ||
        read_threads(given(c, OPT_THREADS), &ask->threads, err) ||
        read_laid(c, ask, err))
        return -1;
    if (given(c, OPT_GRIDS))
        ask->design = PASS_GIVEN;
    return 0;
}
