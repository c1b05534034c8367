/* Longer bars of 15m bars, and ticks that were none. Worked by hand. */
#include "market/fold.h"
#include "test.h"

#define SLOT 900000

void fold_test(void);

static struct bar quarter(int n, double open, double high, double low,
                          double close)
{
    return (struct bar){ .open_ms = (int64_t)n * SLOT,
                         .open = open,
                         .high = high,
                         .low = low,
                         .close = close,
                         .volume = n + 1 };
}

/* Hour 0 has two of its bars, hour 1 none, hour 2 all four, hour 3 is not over.
 */
static void a_bar_is_made_of_what_there_is(void)
{
    const struct bar in[] = {
        quarter(1, 10, 12, 9, 11),   quarter(3, 11, 11, 8, 10),
        quarter(8, 20, 21, 19, 20),  quarter(9, 20, 25, 20, 24),
        quarter(10, 24, 24, 18, 19), quarter(11, 19, 20, 19, 19.5),
        quarter(12, 19, 30, 10, 20),
    };
    struct bar out[7];
    ASSERT_INT(bars_fold(in, 7, TF_15M, TF_1H, out), 2);
    ASSERT_INT(out[0].open_ms, 0);
    ASSERT(out[0].open == 10 && out[0].high == 12 && out[0].low == 8 &&
           out[0].close == 10 && out[0].volume == 2 + 4);
    ASSERT_INT(out[0].flags, 0);
    ASSERT_INT(out[1].open_ms, 8 * SLOT);
    ASSERT(out[1].open == 20 && out[1].high == 25 && out[1].low == 18 &&
           out[1].close == 19.5 && out[1].volume == 9 + 10 + 11 + 12);
    ASSERT_INT(out[1].flags, BAR_GAP);
    ASSERT_INT(bars_fold(in, 6, TF_15M, TF_1H, out), 2);
    ASSERT_INT(bars_fold(in, 0, TF_15M, TF_4H, out), 0);
    ASSERT_INT(bars_fold(in, 7, TF_15M, TF_4H, out), 0);
}

/* ln(17 / 10) is .53: a jump. The bar behind it says 10 again, or 17. */
static void a_tick_that_is_denied_is_none(void)
{
    struct bar denied[] = { quarter(0, 10, 10, 10, 10),
                            quarter(1, 10, 17, 10, 17),
                            quarter(2, 10, 10, 10, 10) };
    struct bar confirmed[] = { quarter(0, 10, 10, 10, 10),
                               quarter(1, 10, 17, 10, 17),
                               quarter(2, 17, 17, 17, 17) };
    ASSERT_INT(bars_drop_jumps(denied, 3), 2);
    ASSERT_INT(denied[1].open_ms, 2 * SLOT);
    ASSERT_INT(bars_drop_jumps(confirmed, 3), 3);
    ASSERT_INT(bars_drop_jumps(confirmed, 2), 2); /* nothing denies it yet */
}

void fold_test(void)
{
    TEST_SUITE("market/fold");
    TEST(a_bar_is_made_of_what_there_is);
    TEST(a_tick_that_is_denied_is_none);
}
