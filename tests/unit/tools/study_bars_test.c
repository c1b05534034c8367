#include "tools/study_bars.h"

#include <math.h>
#include <stdio.h>

#include "base/moment.h"
#include "sim/regimes.h"
#include "test.h"

#define START_MS (100 * MS_PER_DAY)

static void add(struct bars *b, int slot, double open, double high, double low,
                double close)
{
    struct bar bar = {
        START_MS + slot * MS_PER_SLOT, open, high, low, close, 1.0, 0
    };
    study_bars_add(b, &bar);
}

static void an_hour_is_made_of_its_quarters(void)
{
    struct bars in = { 0 }, out = { 0 };

    add(&in, 0, 10, 12, 9, 11);
    add(&in, 1, 11, 15, 11, 14);
    add(&in, 2, 14, 14, 8, 9);
    add(&in, 3, 9, 10, 9, 10);
    add(&in, 6, 10, 11, 10, 11); /* the rest of its hour is absent */
    add(&in, 12, 20, 21, 19, 20);
    add(&in, 13, 20, 22, 20, 21); /* not over */
    study_bars_fold(&out, &in, TF_15M, TF_1H);
    ASSERT_INT(out.count, 2);
    ASSERT_NEAR(out.at[0].open, 10, 0);
    ASSERT_NEAR(out.at[0].high, 15, 0);
    ASSERT_NEAR(out.at[0].low, 8, 0);
    ASSERT_NEAR(out.at[0].close, 10, 0);
    ASSERT_NEAR(out.at[0].volume, 4, 0);
    ASSERT_INT(out.at[0].flags, 0);
    ASSERT_INT(out.at[1].open_ms, START_MS + MS_PER_HOUR);
    ASSERT_NEAR(out.at[1].high, 11, 0);
    add(&in, 15, 21, 23, 21, 22);
    study_bars_fold(&out, &in, TF_15M, TF_1H);
    ASSERT_INT(out.count, 3);
    ASSERT_INT(out.at[2].flags, BAR_GAP);
    ASSERT_NEAR(out.at[2].high, 23, 0);
    study_bars_release(&in);
    study_bars_release(&out);
}

static void a_jump_that_the_next_bar_denies_is_dropped(void)
{
    struct bars b = { 0 };

    add(&b, 0, 10, 10, 10, 10);
    add(&b, 1, 10, 20, 10, 20); /* ln 2 > .5, and denied */
    add(&b, 2, 10, 10, 10, 10);
    add(&b, 3, 10, 30, 10, 30); /* confirmed by the next */
    add(&b, 4, 30, 30, 30, 30);
    add(&b, 5, 30, 90, 30, 90); /* the newest: nothing denies it yet */
    ASSERT_INT(study_bars_drop_jumps(&b), 1);
    ASSERT_INT(b.count, 5);
    ASSERT_INT(b.at[1].open_ms, START_MS + 2 * MS_PER_SLOT);
    ASSERT_NEAR(b.at[2].close, 30, 0);
    ASSERT_NEAR(b.at[4].close, 90, 0);
    study_bars_release(&b);
}

/* sd of ln(C / C') is .005 an hour, so .0025 of a 15m bar; of 40,000 of them
 * the standard error of its square is .7 %. */
static void the_walk_has_its_volatility(void)
{
    struct bars b = { 0 };
    double squares = 0, sum = 0, unsound = 0;

    study_bars_walk(&b, 3, 10000);
    ASSERT_INT(b.count, 40000);
    for (size_t i = 1; i < b.count; i++) {
        double r = log(b.at[i].close / b.at[i - 1].close);
        squares += r * r;
        sum += r;
        unsound += bar_check(&b.at[i], TF_15M) != BAR_OK ||
                   b.at[i].open_ms != bar_close_ms(&b.at[i - 1], TF_15M);
    }
    ASSERT_NEAR(squares / 39999, 0.0025 * 0.0025, .03);
    ASSERT(fabs(sum) < 4 * 0.0025 * 200);
    ASSERT_INT(unsound, 0);
    ASSERT_INT(b.at[0].open_ms,
               civil_moment((struct civil){ 2018, 1, 1, 0, 0, 0, 0 }));
    study_bars_release(&b);
}

/* The size of every return and of every true range stays; half of the signs
 * turn, and each turned bar has its high where its low was. */
static void a_scrambled_series_keeps_its_sizes(void)
{
    struct bars in = { 0 }, out = { 0 };
    double turned = 0, off = 0, unsound = 0;

    study_bars_walk(&in, 4, 2500);
    study_bars_scramble(&out, &in, 9);
    ASSERT_INT(out.count, in.count);
    for (size_t i = 1; i < in.count; i++) {
        const struct bar *a = &in.at[i], *b = &out.at[i];
        double before = in.at[i - 1].close, now = out.at[i - 1].close;
        double r = log(a->close / before), s = log(b->close / now);
        bool down = r * s < 0;
        double high = log(a->high / before), low = log(a->low / before);
        turned += down;
        off = fmax(off, fabs(fabs(r) - fabs(s)));
        off = fmax(off, fabs(log(b->high / now) - (down ? -low : high)));
        off = fmax(off, fabs(log(b->low / now) - (down ? -high : low)));
        unsound += bar_check(b, TF_15M) != BAR_OK;
    }
    ASSERT(off < 1e-12);
    ASSERT(fabs(turned - 5000) < 200); /* sd 50 */
    ASSERT_INT(unsound, 0);
    study_bars_release(&in);
    study_bars_release(&out);
}

static void the_truth_goes_with_its_hour(void)
{
    struct bars b = { 0 };
    uint8_t truth[50];
    struct sim_regimes r;
    struct bar hour[SIM_BARS_PER_HOUR];
    int off = 0;

    study_bars_regimes(&b, truth, 8, 50);
    sim_regimes_init(&r, 8);
    ASSERT_INT(b.count, 200);
    for (size_t i = 0; i < 50; i++) {
        off += (int)sim_regimes_hour(&r, hour) != truth[i];
        off += hour[3].open_ms != b.at[4 * i + 3].open_ms;
        off += fabs(hour[3].close - b.at[4 * i + 3].close) > 0;
    }
    ASSERT_INT(off, 0);
    study_bars_release(&b);
}

/* The list of the recorded files says 71,574 rows, 74 of them without volume,
 * the first at 2021-01-01 00:00. */
static void recorded_rows_without_volume_are_absent(void)
{
    static const char path[] = "../shared/data/AAVEUSDT-KUCOIN-15m.csv.zst";
    struct bars b = { 0 };
    struct error err;
    size_t jumps = 1;
    char name[STUDY_NAME];

    study_bars_name(path, name);
    ASSERT_STR(name, "AAVEUSDT-KUCOIN-15m");
    ASSERT_INT(study_bars_load(&b, "no/such/file.csv.zst", &jumps, &err), -1);
    ASSERT_INT(err.fault, FAULT_MISSING);
    FILE *f = fopen(path, "rb");
    if (!f) {
        test_skip("no recorded candles in ../shared/data");
        return;
    }
    fclose(f);
    ASSERT_INT(study_bars_load(&b, path, &jumps, &err), 0);
    ASSERT_INT(b.count, 71500);
    ASSERT_INT(b.at[0].open_ms, moment_parse("2021-01-01T00:00:00Z"));
    ASSERT_INT(jumps, 0);
    study_bars_release(&b);
}

void study_bars_test(void);
void study_bars_test(void)
{
    TEST_SUITE("tools/study_bars");
    TEST(an_hour_is_made_of_its_quarters);
    TEST(a_jump_that_the_next_bar_denies_is_dropped);
    TEST(the_walk_has_its_volatility);
    TEST(a_scrambled_series_keeps_its_sizes);
    TEST(the_truth_goes_with_its_hour);
    TEST(recorded_rows_without_volume_are_absent);
}
