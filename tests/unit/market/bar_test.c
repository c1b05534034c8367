#include "market/bar.h"

#include "base/array.h"
#include "base/value.h"
#include "test.h"

static const struct bar sound = { 900000, 10, 12, 9, 11, 5, 0 };

static void each_fault_is_found(void)
{
    // clang-format off
    static const struct {
        struct bar bar;
        enum bar_fault want;
    } rows[] = {
        { { 900000, 10, 12, 9, 11, 5, 0 },         BAR_OK },
        { { 900000, 10, 10, 10, 10, 0, 0 },        BAR_OK },
        { { 0, 1e-12, 1e-12, 1e-12, 1e-12, 0, 0 }, BAR_OK },
        { { 900000, NO_VALUE, 12, 9, 11, 5, 0 },        BAR_NOT_FINITE },
        { { 900000, 10, HUGE_VAL, 9, 11, 5, 0 },   BAR_NOT_FINITE },
        { { 900000, 10, 12, -HUGE_VAL, 11, 5, 0 }, BAR_NOT_FINITE },
        { { 900000, 10, 12, 9, NO_VALUE, 5, 0 },        BAR_NOT_FINITE },
        { { 900000, 10, 12, 9, 11, NO_VALUE, 0 },       BAR_NOT_FINITE },
        { { 900000, 0, 12, 0, 11, 5, 0 },          BAR_NOT_POSITIVE },
        { { 900000, 10, 12, -1, 11, 5, 0 },        BAR_NOT_POSITIVE },
        { { 900000, 10, 12, 9, 0, 5, 0 },          BAR_NOT_POSITIVE },
        { { 900000, 10, -12, 9, 11, 5, 0 },        BAR_NOT_POSITIVE },
        { { 900000, 10, 12, 9, 11, -1e-9, 0 },     BAR_NOT_POSITIVE },
        { { 900000, 10, 10.5, 9, 11, 5, 0 },       BAR_ENVELOPE },
        { { 900000, 12.5, 12, 9, 11, 5, 0 },       BAR_ENVELOPE },
        { { 900000, 10, 12, 10.5, 11, 5, 0 },      BAR_ENVELOPE },
        { { 900000, 12, 12, 11.5, 11, 5, 0 },      BAR_ENVELOPE },
        { { 900001, 10, 12, 9, 11, 5, 0 },         BAR_MISALIGNED },
        { { -900000, 10, 12, 9, 11, 5, 0 },        BAR_MISALIGNED },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(bar_check(&rows[i].bar, TF_15M), rows[i].want);
}

static void alignment_is_that_of_the_timeframe(void)
{
    struct bar b = sound;
    b.open_ms = INT64_C(3600000);
    ASSERT_INT(bar_check(&b, TF_1H), BAR_OK);
    ASSERT_INT(bar_check(&b, TF_4H), BAR_MISALIGNED);
    b.open_ms = INT64_C(14400000);
    ASSERT_INT(bar_check(&b, TF_4H), BAR_OK);
    b.open_ms = INT64_C(900000);
    ASSERT_INT(bar_check(&b, TF_1H), BAR_MISALIGNED);
}

static void each_fault_has_words_of_its_own(void)
{
    for (int a = BAR_OK; a <= BAR_MISALIGNED; a++) {
        for (int b = BAR_OK; b < a; b++)
            ASSERT(!test_same(bar_fault_text((enum bar_fault)a),
                              bar_fault_text((enum bar_fault)b)));
    }
}

static void timeframes_and_their_names_go_both_ways(void)
{
    static const struct {
        const char *name;
        enum timeframe tf;
        int64_t ms;
    } rows[] = {
        { "15m", TF_15M, 900000 },
        { "1h", TF_1H, 3600000 },
        { "4h", TF_4H, 14400000 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        enum timeframe tf = TF_COUNT;
        ASSERT(timeframe_from_name(rows[i].name, &tf));
        ASSERT_INT(tf, rows[i].tf);
        ASSERT_STR(timeframe_name(rows[i].tf), rows[i].name);
        ASSERT_INT(timeframe_ms(rows[i].tf), rows[i].ms);
    }
}

static void other_words_are_no_timeframe(void)
{
    static const char *const words[] = { "", "15", "15M", "1h ", "1d", "60m" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        enum timeframe tf = TF_COUNT;
        ASSERT(!timeframe_from_name(words[i], &tf));
        ASSERT_INT(tf, TF_COUNT);
    }
}

/* 2021-05-19T02:00:00Z is 1621389600 s: 450386 hours, 1801544 quarters. */
static void numbers_count_from_1970(void)
{
    int64_t ms = INT64_C(1621389600000);
    ASSERT_INT(bar_number(ms, TF_15M), 1801544);
    ASSERT_INT(bar_number(ms, TF_1H), 450386);
    ASSERT_INT(bar_number(ms, TF_4H), 112596);
    ASSERT_INT(bar_number(ms + 899999, TF_15M), 1801544);
    struct bar b = { .open_ms = ms };
    ASSERT_INT(bar_close_ms(&b, TF_15M), ms + 900000);
    ASSERT_INT(bar_close_ms(&b, TF_4H), ms + 14400000);
}

/* e^.5 = 1.6487212707001282 */
static void a_jump_is_more_than_half_in_the_logarithm(void)
{
    static const struct {
        double close, before;
        bool jump;
    } rows[] = {
        { 164.87, 100, false },       { 164.88, 100, true },
        { 100, 164.87, false },       { 100, 164.88, true },
        { 1.6487e-12, 1e-12, false }, { 1.6488e8, 1e8, true },
        { 100, 100, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bar b = { .close = rows[i].close };
        ASSERT_INT(bar_is_jump(&b, rows[i].before), rows[i].jump);
    }
}

static void what_cannot_be_compared_is_a_jump(void)
{
    struct bar b = { .close = 100 };
    ASSERT(bar_is_jump(&b, NO_VALUE));
    ASSERT(bar_is_jump(&b, 0));
    ASSERT(bar_is_jump(&b, -100));
}

void bar_test(void);
void bar_test(void)
{
    TEST_SUITE("market/bar");
    TEST(each_fault_is_found);
    TEST(alignment_is_that_of_the_timeframe);
    TEST(each_fault_has_words_of_its_own);
    TEST(timeframes_and_their_names_go_both_ways);
    TEST(other_words_are_no_timeframe);
    TEST(numbers_count_from_1970);
    TEST(a_jump_is_more_than_half_in_the_logarithm);
    TEST(what_cannot_be_compared_is_a_jump);
}
