/* How far back a run asks when trading stopped: as far as the window of the
 * newest bar begins, wherever the slot is. */
#include "run/candles.h"

#include <string.h>

#include "base/array.h"
#include "run/feed.h"
#include "sys/xmalloc.h"
#include "test.h"

/* Bar numbers. A 15m window that ends with bar n begins at 1024 * (floor((n +
 * 1) / 1024) - 1); eight more are asked for, at either end. */
#define EDGE  (1920 * 1024) /* opens at 2026-01-27T00:00:00Z, on 1h at 480k */
#define STEP  MS_PER_SLOT
#define AT(n) ((int64_t)(n)*STEP)
/* The slot is half a day behind the edge, and asks from here. */
#define SLOT  AT(EDGE + 48)
#define FROM  AT(EDGE - 1024 - 8)

static struct bar made[6000];

/* Bars of all numbers from `first` up to `last`, at that price. */
static size_t put_bars(size_t at, int64_t first, int64_t last, double price)
{
    for (int64_t n = first; n <= last; n++)
        made[at++] = (struct bar){ .open_ms = AT(n),
                                   .open = price,
                                   .high = price,
                                   .low = price,
                                   .close = price,
                                   .volume = 1 };
    return at;
}

static int64_t needed(size_t count, int64_t recorded_ms)
{
    const struct series s = { TF_15M, count, made };
    return candles_needed_from(&s, SLOT, FROM, recorded_ms);
}

static void bars_up_to_the_slot_suffice(void)
{
    ASSERT_INT(series_needed_from(TF_15M, SLOT), FROM);
    size_t n = put_bars(0, EDGE - 1032, EDGE + 47, 100);
    ASSERT_INT(needed(n, AT(EDGE + 40)), FROM);
    /* Whatever comes after the slot. */
    n = put_bars(n, EDGE + 48, EDGE + 60, 300);
    ASSERT_INT(needed(n, AT(EDGE + 40)), FROM);
}

static void a_stop_over_the_edge_asks_for_the_window_before(void)
{
    size_t n = put_bars(0, EDGE - 1032, EDGE - 5, 100);
    ASSERT_INT(needed(n, AT(EDGE - 5)), AT(EDGE - 2048 - 8));
    /* What has come since the slot does not belong to it. */
    n = put_bars(n, EDGE + 48, EDGE + 50, 100);
    ASSERT_INT(needed(n, AT(EDGE - 5)), AT(EDGE - 2048 - 8));
    /* The first bar behind the stop ends it. Up to bar EDGE + 6 the window is
     * reckoned from eight bars before: more than it needs, never less. */
    n = put_bars(0, EDGE - 1032, EDGE - 5, 100);
    n = put_bars(n, EDGE + 20, EDGE + 20, 100);
    ASSERT_INT(needed(n, AT(EDGE - 5)), FROM);
}

static void without_a_bar_the_record_says_where_to_look(void)
{
    ASSERT_INT(needed(0, MOMENT_NONE), FROM);
    ASSERT_INT(needed(0, AT(EDGE - 3000)), AT(EDGE - 4096 - 8));
    ASSERT_INT(needed(0, AT(EDGE + 30)), FROM);
    /* Nothing is before the first bar there can be. */
    ASSERT_INT(needed(0, AT(3)), 0);
    /* Bars that closed after the slot do not count. */
    size_t n = put_bars(0, EDGE + 48, EDGE + 50, 100);
    ASSERT_INT(needed(n, AT(EDGE - 3000)), AT(EDGE - 4096 - 8));
}

static void a_jump_that_nobody_confirms_ends_no_window(void)
{
    size_t n = put_bars(0, EDGE - 1032, EDGE - 5, 100);
    n = put_bars(n, EDGE + 46, EDGE + 46, 300);
    ASSERT_INT(needed(n, MOMENT_NONE), AT(EDGE - 2048 - 8));
    n = put_bars(n, EDGE + 47, EDGE + 47, 900);
    ASSERT_INT(needed(n, MOMENT_NONE), AT(EDGE - 2048 - 8));
    /* Its successor does. */
    n = put_bars(n - 1, EDGE + 47, EDGE + 47, 310);
    ASSERT_INT(needed(n, MOMENT_NONE), FROM);
}

static void an_hour_asks_for_the_profile_as_well(void)
{
    struct bar b = made[0];
    const struct series s = { TF_1H, 1, &b };
    int64_t slot_ms = 480 * 1024 * MS_PER_HOUR + 12 * MS_PER_HOUR;
    int64_t from_ms = series_needed_from(TF_1H, slot_ms);
    b.open_ms = (480 * 1024 - 20) * MS_PER_HOUR;
    ASSERT_INT(from_ms, (479 * 1024 - 8 - 1512) * MS_PER_HOUR);
    ASSERT_INT(candles_needed_from(&s, slot_ms, from_ms, MOMENT_NONE),
               (478 * 1024 - 8 - 1512) * MS_PER_HOUR);
}

/* A world in which 15m bars stand from EDGE - 3000 on, but for those of a stop.
 */
static struct {
    int64_t stops, goes_on; /* numbers; equal: it never stops */
    int asked;
    bool facts, fails, refuses; /* from the second time on */
    int lags;                   /* so many answers end a bar too early */
    int64_t from_ms;            /* that was asked for last */
} world;

static int fetch(void *payload, int64_t now_ms, const struct kucoin_want *wants,
                 size_t n, struct kucoin_answer *answers, struct error *err)
{
    (void)payload;
    (void)now_ms;
    bool again = world.asked++ > 0;
    if (again && world.refuses)
        return error_set(err, FAULT_CONFIG, "request budget");
    for (size_t i = 0; i < n; i++) {
        struct kucoin_bars *b = &answers[i].series[TF_15M];
        struct kucoin_span span = wants[i].span[TF_15M];
        size_t count = 0;
        answers[i] = (struct kucoin_answer){ .facts_ok = wants[i].facts };
        world.facts = wants[i].facts;
        world.from_ms = span.from_ms;
        if (again && world.fails) {
            error_set(&b->err, FAULT_TRANSIENT, "page lost");
            continue;
        }
        if (world.asked <= world.lags)
            span.until_ms -= STEP;
        for (int64_t k = EDGE - 3000; AT(k + 1) <= span.until_ms; k++) {
            if (AT(k) >= span.from_ms &&
                (k < world.stops || k >= world.goes_on))
                count = put_bars(count, k, k, 100);
        }
        b->ok = true;
        b->count = count;
        b->bars = xcalloc(count + 1, sizeof(*b->bars));
        memcpy(b->bars, made, count * sizeof(*b->bars));
    }
    return 0;
}

static const struct feed feed = { .fetch = fetch };
static const struct run_options options = { .feed = &feed };
static struct symbol_run symbol;
static struct kucoin_answer answer;
static struct error err;

static int fetch_candles(int64_t stops, int64_t goes_on, int64_t recorded)
{
    struct run r = { .options = &options,
                     .slot_ms = SLOT,
                     .symbols = &symbol,
                     .symbol_count = 1 };
    struct kucoin_want want = { .symbol = "A-B",
                                .facts = true,
                                .span[TF_15M] = { FROM, SLOT } };
    const size_t whose = 0;
    symbol = (struct symbol_run){ .first_due_ms = SLOT };
    for (int tf = 0; tf < TF_COUNT; tf++)
        symbol.recorded_ms[tf] = MOMENT_NONE;
    if (recorded)
        symbol.recorded_ms[TF_15M] = AT(recorded);
    world.stops = stops;
    world.goes_on = goes_on;
    world.asked = 0;
    kucoin_answer_release(&answer);
    err = (struct error){ FAULT_NONE, "" };
    return run_fetch_candles(&r, &want, &whose, 1, &answer, 0, &err);
}

static bool is_a_series(void)
{
    const struct kucoin_bars *b = &answer.series[TF_15M];
    const struct series s = { TF_15M, b->count, b->bars };
    return b->ok && series_check(&s, &err) == 0;
}

static int64_t number(size_t i)
{
    return bar_number(answer.series[TF_15M].bars[i].open_ms, TF_15M);
}

static void most_runs_ask_once(void)
{
    ASSERT_INT(fetch_candles(EDGE, EDGE, 0), 0);
    ASSERT_INT(world.asked, 1);
    ASSERT(is_a_series());
    ASSERT_INT(answer.series[TF_15M].count, 1032 + 48);
    ASSERT(answer.facts_ok);
}

static void after_a_stop_the_older_ones_come_in_front(void)
{
    ASSERT_INT(fetch_candles(EDGE - 100, EDGE + 48, 0), 0);
    ASSERT_INT(world.asked, 2);
    ASSERT(!world.facts); /* but candles are not asked for again */
    ASSERT_INT(world.from_ms, AT(EDGE - 2056));
    ASSERT(is_a_series());
    ASSERT_INT(answer.series[TF_15M].count, 2056 - 100);
    ASSERT_INT(number(0), EDGE - 2056);
    ASSERT_INT(number(1023), EDGE - 1033);
    ASSERT_INT(number(1024), EDGE - 1032);
    ASSERT(answer.facts_ok);
    ASSERT(!answer.series[TF_1H].ok); /* nobody asked for it */
}

static void a_long_stop_is_crossed_by_what_is_recorded(void)
{
    ASSERT_INT(fetch_candles(EDGE - 1500, EDGE + 48, 0), 0);
    ASSERT_INT(world.asked, 1);
    ASSERT_INT(answer.series[TF_15M].count, 0);
    ASSERT_INT(fetch_candles(EDGE - 1500, EDGE + 48, EDGE - 1501), 0);
    ASSERT_INT(world.asked, 2);
    ASSERT(is_a_series());
    ASSERT_INT(number(0), EDGE - 3000); /* the world begins there */
    ASSERT_INT(answer.series[TF_15M].count, 1500);
    /* The record lags behind: what it did not know is found on the way. */
    ASSERT_INT(fetch_candles(EDGE - 1040, EDGE + 48, EDGE - 2900), 0);
    ASSERT_INT(answer.series[TF_15M].count, 1960);
}

static void older_ones_that_do_not_come_fail_the_series(void)
{
    world.fails = true;
    ASSERT_INT(fetch_candles(EDGE - 100, EDGE + 48, 0), 0);
    world.fails = false;
    ASSERT(!answer.series[TF_15M].ok);
    ASSERT_STR(answer.series[TF_15M].err.msg, "page lost");
    ASSERT_INT(answer.series[TF_15M].count, 0);
    ASSERT(answer.series[TF_15M].bars == NULL);
    ASSERT_INT(world.asked, 2); /* and are not asked for a third time */
    world.refuses = true;
    ASSERT_INT(fetch_candles(EDGE - 100, EDGE + 48, 0), 0);
    world.refuses = false;
    ASSERT(!answer.series[TF_15M].ok);
    ASSERT_INT(answer.series[TF_15M].err.fault, FAULT_CONFIG);
    ASSERT(answer.facts_ok);
    kucoin_answer_release(&answer);
}

/* The slot is where bar EDGE + 47 closes. */
static void an_answer_that_ends_before_the_record_is_stale(void)
{
    const struct {
        size_t count;
        int64_t recorded_ms;
        bool behind;
    } rows[] = {
        { 10, MOMENT_NONE, false },   { 10, AT(EDGE + 47), false },
        { 10, AT(EDGE + 38), false }, /* the record is behind, as ever */
        { 9, AT(EDGE + 47), true },   /* the newest one is not there yet */
        { 9, AT(EDGE + 46), false },  { 0, AT(EDGE - 5000), true },
        { 0, MOMENT_NONE, false },    { 9, AT(EDGE + 48), false },
    };
    put_bars(0, EDGE + 38, EDGE + 47, 100);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct series s = { TF_15M, rows[i].count, made };
        ASSERT_INT(candles_are_behind(&s, SLOT, rows[i].recorded_ms),
                   rows[i].behind);
    }
    /* What has not closed by the slot does not count. */
    put_bars(0, EDGE + 47, EDGE + 49, 100);
    const struct series later = { TF_15M, 2, made + 1 };
    ASSERT(candles_are_behind(&later, SLOT, AT(EDGE + 47)));
}

/* Which of several servers answers is chance. */
static void a_server_that_lags_is_asked_once_more(void)
{
    world.lags = 1;
    ASSERT_INT(fetch_candles(EDGE, EDGE, EDGE + 47), 0);
    ASSERT_INT(world.asked, 2);
    ASSERT(is_a_series());
    ASSERT_INT(answer.series[TF_15M].count, 1032 + 48);
    ASSERT(!world.facts);
    ASSERT(answer.facts_ok);
    /* One that ends where the record does is not behind. */
    ASSERT_INT(fetch_candles(EDGE, EDGE, EDGE + 46), 0);
    ASSERT_INT(world.asked, 1);
    world.lags = 2;
    ASSERT_INT(fetch_candles(EDGE, EDGE, EDGE + 47), 0);
    ASSERT_INT(world.asked, 2);
    ASSERT(!answer.series[TF_15M].ok);
    ASSERT_STR(answer.series[TF_15M].err.msg,
               "symbol '' 15m: the exchange's bars end before that of "
               "2026-01-27T11:45:00Z, which it gave before: its answer is "
               "stale");
    world.lags = 1;
    world.fails = true;
    ASSERT_INT(fetch_candles(EDGE, EDGE, EDGE + 47), 0);
    world.fails = false;
    world.lags = 0;
    ASSERT_INT(world.asked, 2);
    ASSERT(!answer.series[TF_15M].ok);
    kucoin_answer_release(&answer);
}

void candles_test(void);
void candles_test(void)
{
    TEST_SUITE("run/candles");
    TEST(bars_up_to_the_slot_suffice);
    TEST(a_stop_over_the_edge_asks_for_the_window_before);
    TEST(without_a_bar_the_record_says_where_to_look);
    TEST(a_jump_that_nobody_confirms_ends_no_window);
    TEST(an_hour_asks_for_the_profile_as_well);
    TEST(most_runs_ask_once);
    TEST(after_a_stop_the_older_ones_come_in_front);
    TEST(a_long_stop_is_crossed_by_what_is_recorded);
    TEST(older_ones_that_do_not_come_fail_the_series);
    TEST(an_answer_that_ends_before_the_record_is_stale);
    TEST(a_server_that_lags_is_asked_once_more);
}
