/* Bars put, replaced, dropped; the edition says when the past changed. */
#include "replay/tape.h"

#include "base/moment.h"
#include "test.h"

#define OPEN INT64_C(1621382400000)

static struct bar bar_at(int n, double close)
{
    return (struct bar){ .open_ms = OPEN + n * MS_PER_SLOT,
                         .open = close,
                         .high = close,
                         .low = close,
                         .close = close,
                         .volume = 1 };
}

static void put(struct tape *t, int n, double close)
{
    const struct bar b = bar_at(n, close);
    tape_put(t, TF_15M, &b);
}

static void bars_stand_in_order_however_they_come(void)
{
    struct tape t = { 0 };
    struct series all[TF_COUNT];
    for (int i = 0; i < 9; i++)
        put(&t, i * 4 % 9, 100 + i * 4 % 9);
    tape_series(&t, all);
    ASSERT_INT(all[TF_15M].count, 9);
    for (int i = 0; i < 9; i++) {
        ASSERT_INT(all[TF_15M].bars[i].open_ms, OPEN + i * MS_PER_SLOT);
        ASSERT_NEAR(all[TF_15M].bars[i].close, 100 + i, 0);
    }
    ASSERT_INT(all[TF_1H].count, 0);
    tape_release(&t);
}

static void a_newest_bar_leaves_the_edition(void)
{
    struct tape t = { 0 };
    put(&t, 0, 100);
    uint64_t edition = t.edition;
    put(&t, 1, 101);
    put(&t, 2, 102);
    put(&t, 1, 101); /* the same once more */
    ASSERT_INT(t.edition, edition);
    put(&t, 1, 101.5);
    ASSERT(t.edition != edition);
    ASSERT_NEAR(tape_find(&t, TF_15M, OPEN + MS_PER_SLOT)->close, 101.5, 0);
    edition = t.edition;
    put(&t, 5, 105);
    ASSERT_INT(t.edition, edition);
    put(&t, 4, 104); /* late */
    ASSERT(t.edition != edition);
    tape_release(&t);
}

static void a_dropped_bar_is_gone(void)
{
    struct tape t = { 0 };
    put(&t, 0, 100);
    put(&t, 1, 101);
    uint64_t edition = t.edition;
    tape_drop(&t, TF_15M, OPEN + 7 * MS_PER_SLOT); /* never there */
    ASSERT_INT(t.edition, edition);
    tape_drop(&t, TF_15M, OPEN);
    ASSERT(t.edition != edition);
    ASSERT(tape_find(&t, TF_15M, OPEN) == NULL);
    ASSERT(tape_find(&t, TF_15M, OPEN + MS_PER_SLOT) != NULL);
    tape_release(&t);
    ASSERT(tape_find(&t, TF_15M, OPEN + MS_PER_SLOT) == NULL);
}

void tape_test(void);

void tape_test(void)
{
    TEST_SUITE("replay/tape");
    TEST(bars_stand_in_order_however_they_come);
    TEST(a_newest_bar_leaves_the_edition);
    TEST(a_dropped_bar_is_gone);
}
