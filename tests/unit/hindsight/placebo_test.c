/* Waits dealt anew: none is lost, none leaves its week, each lands anywhere. */
#include "hindsight/placebo.h"

#include "base/array.h"
#include "hindsight/oracle.h"
#include "test.h"

void placebo_test(void);

#define N 60

static struct life lives[N];
static const struct life *list[N];
static struct placebo_row rows[N];
static int64_t waits[N];

/* Three weeks by turns, two half-widths; every fifth was never told. The wait
 * of life i is i hours. */
static void make_lives(void)
{
    for (int i = 0; i < N; i++) {
        int64_t start_ms = (int64_t)i * MS_PER_DAY;
        lives[i] = (struct life){
            .week = i % 3,
            .half_width_atr = i % 2 ? 4 : 6,
            .start_ms = start_ms,
            .first_mandatory_ms = MOMENT_NONE,
            .first_latest_ms =
                i % 5 == 0 ? MOMENT_NONE : start_ms + i * MS_PER_HOUR,
        };
        list[i] = &lives[i];
    }
}

static void each_wait_is_dealt_once_within_its_week_and_width(void)
{
    bool seen[N] = { false };
    int never = 0, moved = 0;

    make_lives();
    placebo_deal(list, N, 7, rows, waits);
    for (int i = 0; i < N; i++) {
        if (waits[i] == MOMENT_NONE) {
            never++;
            continue;
        }
        int from = (int)(waits[i] / MS_PER_HOUR);
        ASSERT(!seen[from]);
        seen[from] = true;
        ASSERT(lives[from].week == lives[i].week);
        ASSERT(lives[from].half_width_atr == lives[i].half_width_atr);
        moved += from != i;
    }
    ASSERT_INT(never, N / 5);
    ASSERT(moved > N / 3);
}

static void the_seed_says_how(void)
{
    int64_t once[N];
    bool differs = false;

    make_lives();
    placebo_deal(list, N, 7, rows, once);
    placebo_deal(list, N, 7, rows, waits);
    for (int i = 0; i < N; i++)
        ASSERT_INT(waits[i], once[i]);
    placebo_deal(list, N, 8, rows, waits);
    for (int i = 0; i < N; i++)
        differs |= waits[i] != once[i];
    ASSERT(differs);
}

/* Three waits, 6000 seeds: each stays in its own place a third of the time,
 * within four standard errors. */
static void every_place_is_as_likely(void)
{
    int stays = 0;

    make_lives();
    for (int i = 0; i < 3; i++) {
        lives[i].week = 1;
        lives[i].half_width_atr = 4;
    }
    lives[0].first_latest_ms = lives[0].start_ms + 9 * MS_PER_HOUR;
    for (uint64_t seed = 0; seed < 6000; seed++) {
        placebo_deal(list, 3, seed, rows, waits);
        stays += waits[1] == MS_PER_HOUR;
    }
    ASSERT(stays > 2000 - 146 && stays < 2000 + 146);
}

static void the_oracle_takes_the_first_of_the_best(void)
{
    static const double e[] = { NO_VALUE, 1, 5, 3, 5, 9 };
    ASSERT_INT(oracle_best(e, 0, 5), 2);
    ASSERT_INT(oracle_best(e, 3, 5), 4);
    ASSERT_INT(oracle_best(e, 0, ARRAY_LEN(e)), 5);
    ASSERT_INT(oracle_best(e, 0, 1), 1); /* nothing known: none */
    ASSERT_INT(oracle_best(e, 4, 4), 4);
}

void placebo_test(void)
{
    TEST_SUITE("hindsight/placebo");
    TEST(each_wait_is_dealt_once_within_its_week_and_width);
    TEST(the_seed_says_how);
    TEST(every_place_is_as_likely);
    TEST(the_oracle_takes_the_first_of_the_best);
}
