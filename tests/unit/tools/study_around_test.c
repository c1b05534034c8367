/* Five made-up files whose price is 100, moved by hand: a rise of exp(.02) in
 * four bars of sigma .01 is .02 / (.01 * 2) = 1 sigma, in sixteen half of one.
 * File i begins i hours after the first. */
#include "tools/study_around.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"
#include "test.h"

#define FILES 5
#define SLOTS 200
#define AT    150 /* of the first file; of file i, 4i less */
#define FIRST INT64_C(1514764800000)

static double closes[FILES][SLOTS], sigmas[FILES][SLOTS], fasts[FILES][SLOTS],
    slows[FILES][SLOTS];
static struct course files[FILES];

static void blank(void)
{
    for (int f = 0; f < FILES; f++) {
        for (int i = 0; i < SLOTS; i++) {
            closes[f][i] = 100;
            sigmas[f][i] = .01;
            fasts[f][i] = .02;
            slows[f][i] = .02;
        }
        files[f] = (struct course){ .slots = SLOTS,
                                    .first_ms = FIRST + f * MS_PER_HOUR,
                                    .close = closes[f],
                                    .sigma = sigmas[f],
                                    .fast = fasts[f],
                                    .slow = slows[f] };
    }
}

/* The close of that slot of the first file, in every file its own. */
static void set(int file, int slot, double ln)
{
    closes[file][slot - 4 * file] = 100 * exp(ln);
}

static struct around ask(bool below)
{
    return around_of(files, FILES, 0, AT, below);
}

static void a_move_is_counted_in_sigmas_toward_the_edge(void)
{
    blank();
    set(0, AT, .02);
    set(0, AT - 96, .02 + .0294); /* sqrt(96) = 9.7980 */
    struct around a = ask(false);
    ASSERT_INT(a.known, (1 << AROUND_TERMS) - 1);
    ASSERT_NEAR(a.at[OWN_1H], 1, 1e-12);
    ASSERT_NEAR(a.at[OWN_4H], .5, 1e-12);
    ASSERT_NEAR(a.at[OWN_24H], -.30006, 1e-5);
    a = ask(true);
    ASSERT_NEAR(a.at[OWN_1H], -1, 1e-12);
    ASSERT_NEAR(a.at[OWN_24H], .30006, 1e-5);
    set(0, AT, -.09);
    ASSERT_NEAR(ask(true).at[OWN_1H], 4, 0); /* and not 4.5 */
    ASSERT_NEAR(ask(false).at[OWN_1H], -4, 0);
}

/* One sigma, -2, -.5 and none; with half the sigma the first is 2. */
static void the_others_are_asked_and_not_oneself(void)
{
    blank();
    set(0, AT, .08);
    set(1, AT, .02);
    set(2, AT, -.04);
    set(3, AT, -.01);
    ASSERT_NEAR(ask(false).at[MARKET_1H], -1.5 / 4, 1e-12);
    ASSERT_NEAR(ask(true).at[MARKET_1H], 1.5 / 4, 1e-12);
    ASSERT_NEAR(ask(true).at[MARKET_4H], 1.5 / 8, 1e-12);
    sigmas[1][AT - 4] = .005;
    ASSERT_NEAR(ask(false).at[MARKET_1H], -.5 / 4, 1e-12);
}

/* ln of 2, 1/2, 1 and 1, then 4; a fast one of 0 counts as .001 of .02. */
static void excitement_is_a_mean_of_logarithms(void)
{
    blank();
    fasts[0][AT] = 1;
    fasts[1][AT - 4] = .04;
    fasts[2][AT - 8] = .01;
    ASSERT(fabs(ask(true).at[EXCITED]) < 1e-15);
    fasts[3][AT - 12] = .08;
    ASSERT_NEAR(ask(true).at[EXCITED], log(4) / 4, 1e-12);
    fasts[4][AT - 16] = 0;
    ASSERT_NEAR(ask(true).at[EXCITED], (log(4) - log(20)) / 4, 1e-12);
}

static void with_fewer_than_three_others_there_is_no_market(void)
{
    blank();
    set(1, AT, .02);
    closes[2][AT - 8] = NO_VALUE;
    ASSERT_NEAR(ask(false).at[MARKET_1H], 1.0 / 3, 1e-12);
    closes[3][AT - 12 - 4] = NO_VALUE; /* of the move of 1 h alone */
    struct around a = ask(false);
    ASSERT_INT(a.known, (1 << AROUND_TERMS) - 1 - (1 << MARKET_1H));
    ASSERT_NEAR(a.at[MARKET_1H], 0, 0);
    files[4].slots = AT - 16; /* it ends before the slot, */
    ASSERT_INT(ask(false).known,
               (1 << OWN_1H) + (1 << OWN_4H) + (1 << OWN_24H));
    files[4].slots = AT - 15; /* with it */
    ASSERT_INT(ask(false).known, a.known);
    files[4].first_ms = FIRST + (AT + 1) * MS_PER_SLOT; /* after it */
    ASSERT_INT(ask(false).known,
               (1 << OWN_1H) + (1 << OWN_4H) + (1 << OWN_24H));
}

static void what_is_absent_is_not_known(void)
{
    blank();
    closes[0][AT - 16] = NO_VALUE;
    slows[1][AT - 4] = NO_VALUE;
    slows[2][AT - 8] = NO_VALUE;
    ASSERT_INT(ask(true).known,
               (1 << AROUND_TERMS) - 1 - (1 << OWN_4H) - (1 << EXCITED));
    struct around a = around_of(files, FILES, 0, 95, true); /* 24 h is more */
    ASSERT(!(a.known & TERM(OWN_24H)));
    ASSERT(around_of(files, FILES, 0, 96, true).known & TERM(OWN_24H));
}

static void what_comes_later_is_not_read(void)
{
    blank();
    set(2, AT, .03);
    struct around a = ask(true), b;
    for (int f = 0; f < FILES; f++)
        for (int i = AT - 4 * f + 1; i < SLOTS; i++) {
            closes[f][i] = 7 + f;
            sigmas[f][i] = fasts[f][i] = .5;
            slows[f][i] = NO_VALUE;
        }
    b = ask(true);
    ASSERT_INT(b.known, a.known);
    for (int k = 0; k < AROUND_TERMS; k++)
        ASSERT_NEAR(b.at[k], a.at[k], 0);
    closes[2][AT - 8] = 100; /* what is not later is */
    ASSERT(fabs(ask(true).at[MARKET_1H] - a.at[MARKET_1H]) > .1);
}

void study_around_test(void);
void study_around_test(void)
{
    TEST_SUITE("tools/study_around");
    TEST(a_move_is_counted_in_sigmas_toward_the_edge);
    TEST(the_others_are_asked_and_not_oneself);
    TEST(excitement_is_a_mean_of_logarithms);
    TEST(with_fewer_than_three_others_there_is_no_market);
    TEST(what_is_absent_is_not_known);
    TEST(what_comes_later_is_not_read);
}
