#include "market/series.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "market/made.h"
#include "test.h"

static struct made made, other;
static struct window w, v;
static const struct witnesses nobody = { NULL, NO_VALUE };

static void build(const struct made *m, int64_t number, struct window *out)
{
    struct series s = made_series(m);
    window_build(&s, made_slot(m->tf, number), nobody, out);
}

static int64_t first_number(const struct window *x)
{
    return bar_number(x->bars[0].open_ms, x->tf);
}

static int64_t last_number(const struct window *x)
{
    return bar_number(window_last(x)->open_ms, x->tf);
}

/* s = 1024 * (floor((n+1)/1024) - 1), by hand. */
static const struct {
    int64_t n, start;
    size_t count;
} starts[] = {
    { 1022, 0, 1023 },    { 1023, 0, 1024 },    { 1024, 0, 1025 },
    { 2046, 0, 2047 },    { 2047, 1024, 1024 }, { 2048, 1024, 1025 },
    { 3070, 1024, 2047 }, { 3071, 2048, 1024 },
};

static void the_canonical_start_is_a_multiple_of_1024(void)
{
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        ASSERT_INT(canonical_start(starts[i].n), starts[i].start);
    ASSERT_INT(canonical_start(0), 0);
    /* 2021-05-19T01:45Z in quarters: 1801544 / 1024 = 1759.3 */
    ASSERT_INT(canonical_start(1801543), 1758 * 1024);
}

static void a_window_runs_from_the_canonical_start_to_its_slot(void)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        made_begin(&made, (enum timeframe)tf);
        made_run(&made, 0, 3200, 100);
        for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
            build(&made, starts[i].n, &w);
            ASSERT_INT(w.count, starts[i].count);
            ASSERT_INT(first_number(&w), starts[i].start);
            ASSERT_INT(last_number(&w), starts[i].n);
            ASSERT_INT(w.start_ms, starts[i].start * timeframe_ms(w.tf));
            ASSERT(!w.short_history && !w.unwitnessed);
            ASSERT_INT(w.filled + w.missing + w.rejected, 0);
        }
    }
}

/* Bar 2046 closes with the largest window there is; with most of it filled it
 * must still fit. */
static void filled_bars_count_towards_the_largest_window(void)
{
    made_begin(&made, TF_15M);
    for (int64_t n = 0; n <= 2046; n += 3)
        made_add(&made, n, 100);
    build(&made, 2046, &w);
    ASSERT_INT(w.count, WINDOW_MAX);
    ASSERT_INT(WINDOW_MAX, 2047);
    ASSERT_INT(w.filled, 2 * 682);
    ASSERT_INT(last_number(&w), 2046);
}

static void a_bar_counts_once_it_is_closed(void)
{
    made_begin(&made, TF_15M);
    made_run(&made, 0, 10, 100);
    struct series s = made_series(&made);
    int64_t slot = made_slot(TF_15M, 7);
    window_build(&s, slot, nobody, &w);
    ASSERT_INT(last_number(&w), 7);
    window_build(&s, slot - 1, nobody, &w);
    ASSERT_INT(last_number(&w), 6);
    window_build(&s, slot + 899999, nobody, &w);
    ASSERT_INT(last_number(&w), 7);
    window_build(&s, slot + 900000, nobody, &w);
    ASSERT_INT(last_number(&w), 8);
}

/* A wavy series with stops of 1, 2 and 5 bars and a spike. */
static void add_wavy(struct made *m, int64_t first, int64_t last)
{
    for (int64_t n = first; n <= last; n++) {
        int64_t k = n % 211;
        bool absent = k == 50 || k == 90 || k == 91 || (k >= 130 && k <= 134);
        if (!absent)
            made_add(m, n, n % 307 == 99 ? 900.0 : 100.0 + (double)(n % 17));
    }
}

/* Nothing reads the future: an old slot's window does not change. */
static void later_bars_do_not_touch_an_old_window(void)
{
    static const int64_t slots[] = { 40,  51,   92,   100,  135,
                                     406, 1023, 1500, 2046, 2047 };
    for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
        made_begin(&made, TF_15M);
        add_wavy(&made, 0, slots[i]);
        build(&made, slots[i], &w);
        made_run(&made, slots[i] + 1, slots[i] + 9, 7000.0);
        add_wavy(&made, slots[i] + 10, slots[i] + 2100);
        build(&made, slots[i], &v);
        ASSERT(same_window(&w, &v));
        ASSERT(w.count > 30);
    }
}

static void earlier_history_does_not_touch_a_window(void)
{
    static const int64_t from[] = { 0, 500, 1000, 1016, 1024 };
    made_begin(&made, TF_15M);
    add_wavy(&made, 0, 2500);
    build(&made, 2300, &w);
    ASSERT_INT(first_number(&w), 1024);
    ASSERT(w.filled && w.missing && w.rejected);
    for (size_t i = 0; i < ARRAY_LEN(from); i++) {
        made_begin(&other, TF_15M);
        add_wavy(&other, from[i], 2500);
        build(&other, 2300, &v);
        ASSERT(same_window(&w, &v));
    }
}

static void what_is_needed_holds_the_window_of_every_slot(void)
{
    for (int64_t n = 0; n < 5000; n += 7) {
        int64_t from = series_needed_from(TF_15M, made_slot(TF_15M, n));
        int64_t late = n >= 8 ? n - 8 : 0; /* two hours without a trade */
        ASSERT(from >= 0 && from % MS_PER_SLOT == 0);
        ASSERT(from <= canonical_start(n) * MS_PER_SLOT);
        ASSERT(from <= canonical_start(late) * MS_PER_SLOT);
    }
}

static void a_history_that_begins_late_is_short(void)
{
    made_begin(&made, TF_1H);
    made_run(&made, 1025, 1100, 100);
    build(&made, 1100, &w);
    ASSERT(w.short_history);
    ASSERT_INT(first_number(&w), 1025);
    ASSERT_INT(w.start_ms, 0);
    build(&made, 1025, &w);
    ASSERT_INT(w.count, 1);
}

static void nothing_gives_an_empty_window(void)
{
    memset(&w, 0xff, sizeof(w));
    made_begin(&made, TF_4H);
    build(&made, 100, &w);
    ASSERT_INT(w.count, 0);
    ASSERT(!window_last(&w));
    ASSERT(!w.unwitnessed && !w.short_history);
    ASSERT_INT(w.start_ms, 0);
    ASSERT_NEAR(window_degraded(&w), 1.0, 0);
    made_add(&made, 50, 100); /* closes after the slot */
    build(&made, 49, &w);
    ASSERT_INT(w.count, 0);
}

static void one_bar_is_a_window(void)
{
    made_begin(&made, TF_15M);
    made_add(&made, 5000, 1e-12);
    build(&made, 5000, &w);
    ASSERT_INT(w.count, 1);
    ASSERT(w.short_history && !w.unwitnessed);
    ASSERT_INT(w.bars[0].flags, 0);
    ASSERT_NEAR(window_degraded(&w), 0.0, 0);
}

static void the_check_names_the_bar_and_its_time(void)
{
    struct error err = { 0 };
    made_begin(&made, TF_15M);
    made_run(&made, 0, 9, 100);
    struct series s = made_series(&made);
    ASSERT_INT(series_check(&s, &err), 0);
    made.bars[4].low = 101;
    ASSERT_INT(series_check(&s, &err), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT_STR(err.msg, "15m bar 4 of 1970-01-01T01:00:00Z: open and close are "
                        "not between low and high");
    made.bars[4].low = 100;
    made.bars[6].open_ms = made.bars[5].open_ms;
    ASSERT_INT(series_check(&s, &err), -1);
    ASSERT_STR(err.msg, "15m bar 6 of 1970-01-01T01:15:00Z: not after the bar "
                        "before it");
    made.bars[6].open_ms = made.bars[3].open_ms;
    ASSERT_INT(series_check(&s, NULL), -1);
    s.count = 6;
    ASSERT_INT(series_check(&s, &err), 0);
    s.count = 0;
    ASSERT_INT(series_check(&s, &err), 0);
}

void series_test(void);
void series_test(void)
{
    TEST_SUITE("market/series");
    TEST(the_canonical_start_is_a_multiple_of_1024);
    TEST(a_window_runs_from_the_canonical_start_to_its_slot);
    TEST(filled_bars_count_towards_the_largest_window);
    TEST(a_bar_counts_once_it_is_closed);
    TEST(later_bars_do_not_touch_an_old_window);
    TEST(earlier_history_does_not_touch_a_window);
    TEST(what_is_needed_holds_the_window_of_every_slot);
    TEST(a_history_that_begins_late_is_short);
    TEST(nothing_gives_an_empty_window);
    TEST(one_bar_is_a_window);
    TEST(the_check_names_the_bar_and_its_time);
}
