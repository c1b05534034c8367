/* M_BOUNDARY: two successive 1h closes outside [90, 110] on the same side. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

// clang-format off
static const struct {
    const char *name;
    double before, last; /* the two newest 1h closes */
    enum answer want;
    int hits;
    enum range_side side;
} closes[] = {
    { "both inside",             100,   100,    ANSWER_NO,  0, SIDE_NONE },
    { "one below",               100,   89.99,  ANSWER_NO,  1, SIDE_DOWN },
    { "two below",               89.99, 89.99,  ANSWER_YES, 2, SIDE_DOWN },
    { "one above",               100,   110.01, ANSWER_NO,  1, SIDE_UP },
    { "two above",               120,   110.01, ANSWER_YES, 2, SIDE_UP },
    { "below and back",          89,    90.01,  ANSWER_NO,  0, SIDE_NONE },
    { "above, then below",       120,   89,     ANSWER_NO,  1, SIDE_DOWN },
    { "below, then above",       89,    120,    ANSWER_NO,  1, SIDE_UP },
    { "twice on the lower",      90,    90,     ANSWER_NO,  0, SIDE_NONE },
    { "below, then on it",       89,    90,     ANSWER_NO,  0, SIDE_NONE },
    { "on it, then below",       90,    89,     ANSWER_NO,  1, SIDE_DOWN },
    { "twice on the upper",      110,   110,    ANSWER_NO,  0, SIDE_NONE },
    { "on the upper, then above", 110,  110.01, ANSWER_NO,  1, SIDE_UP },
};
// clang-format on

static void closes_count_in_a_row_on_one_side(void)
{
    for (size_t i = 0; i < ARRAY_LEN(closes); i++) {
        scene_begin(&s);
        scene_trade(&s, 4, 100);
        scene_trade(&s, 4, closes[i].before);
        scene_trade(&s, 4, closes[i].last);
        struct trigger_result r = scene_ask(&s, M_BOUNDARY);
        test_int(r.answer, closes[i].want, TEST_HERE(closes[i].name));
        test_int(r.hits, closes[i].hits, TEST_HERE(closes[i].name));
        test_int(r.side, closes[i].side, TEST_HERE(closes[i].name));
        ASSERT_INT(r.of, 2);
        ASSERT_NEAR(r.value.v, closes[i].last, 0);
        ASSERT_INT(r.seen_ms, r.answer == ANSWER_YES ? s.now_ms : MOMENT_NONE);
        ASSERT_INT(r.evidence,
                   r.answer == ANSWER_YES ? EVIDENCE_BAR : EVIDENCE_NONE);
    }
}

static void only_the_close_of_the_hour_counts(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    scene_trade(&s, 3, 85);
    scene_trade(&s, 1, 100);
    scene_trade(&s, 3, 85);
    scene_trade(&s, 1, 95);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 0);
}

static void an_hour_counts_until_the_next_one_closes(void)
{
    scene_begin(&s);
    scene_trade(&s, 8, 89);
    for (int quarter = 0; quarter < 3; quarter++) {
        scene_trade(&s, 1, 100);
        ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_YES);
    }
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
}

static void it_can_be_told_to_want_more_closes(void)
{
    scene_begin(&s);
    s.config.m_boundary.closes = 3;
    scene_trade(&s, 8, 89);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 2);
    scene_trade(&s, 4, 89);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_YES);
    scene_trade(&s, 4, 89);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 3);
    s.config.m_boundary.closes = 1;
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 1);
}

/* ln(100/90) = .105, ln(110/100) = .0953: the upper is nearer. Distances are
 * given on nine decimals. */
static void limit_and_distance_are_those_of_the_nearer_bound(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    struct trigger_result r = scene_ask(&s, M_BOUNDARY);
    ASSERT_NEAR(r.limit, 110, 0);
    ASSERT_NEAR(r.distance, 0.095310180, 1e-15);
    scene_trade(&s, 4, 91);
    r = scene_ask(&s, M_BOUNDARY);
    ASSERT_NEAR(r.limit, 90, 0);
    ASSERT_NEAR(r.distance, 0.011049836, 1e-15);
    scene_trade(&s, 4, 89);
    ASSERT_NEAR(scene_ask(&s, M_BOUNDARY).distance, -0.011173301, 1e-15);
}

static void an_hour_bar_that_is_late_is_unknown(void)
{
    scene_begin(&s);
    scene_trade(&s, 8, 100);
    s.hours_late = true;
    scene_trade(&s, 3, 85);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
    scene_trade(&s, 1, 85);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).of, 2);
    scene_trade(&s, 2, 85);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    struct bar *late =
        made_add(&s.made[TF_1H], SCENE_BEGIN / MS_PER_HOUR + 2, 85);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 1);
    s.config.m_boundary.closes = 1; /* a yes says which bar it was */
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).seen_ms, late->open_ms + MS_PER_HOUR);
}

/* 01:00 to 02:00 nothing trades; 02:00 to 02:15 does, so the price is known. */
static void an_hour_without_trades_has_no_bar_to_wait_for(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 89);
    scene_pass(&s, 4);
    scene_trade(&s, 1, 89);
    struct trigger_result r = scene_ask(&s, M_BOUNDARY);
    ASSERT_INT(r.answer, ANSWER_NO);
    ASSERT_INT(r.hits, 1);
    scene_trade(&s, 3, 89);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_YES);
}

/* One trade in an hour, and none in the next: its bar is still waited for. */
static void an_hour_that_traded_once_is_waited_for(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    s.hours_late = true;
    scene_pass(&s, 1);
    scene_trade(&s, 1, 85);
    scene_pass(&s, 2);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    scene_pass(&s, 4);
    scene_trade(&s, 1, 85);
    ASSERT_INT(s.view.price_cause, PRICE_KNOWN);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    made_add(&s.made[TF_1H], SCENE_BEGIN / MS_PER_HOUR + 1, 85);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).hits, 1);
}

static void without_a_price_or_an_hour_it_is_unknown(void)
{
    scene_begin(&s);
    scene_trade(&s, 2, 100);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    scene_trade(&s, 6, 89);
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_YES);
    s.facts.status = MARKET_CLOSED;
    ASSERT_INT(scene_ask(&s, M_BOUNDARY).answer, ANSWER_UNKNOWN);
    s.facts.status = MARKET_OPEN;
    scene_pass(&s, 3);
    struct trigger_result r = scene_ask(&s, M_BOUNDARY);
    ASSERT_INT(r.answer, ANSWER_UNKNOWN);
    ASSERT(isnan(r.distance));
    ASSERT_INT(r.hits, 0);
}

void boundary_test(void);
void boundary_test(void)
{
    TEST_SUITE("exit/trigger: M_BOUNDARY");
    TEST(closes_count_in_a_row_on_one_side);
    TEST(only_the_close_of_the_hour_counts);
    TEST(an_hour_counts_until_the_next_one_closes);
    TEST(it_can_be_told_to_want_more_closes);
    TEST(limit_and_distance_are_those_of_the_nearer_bound);
    TEST(an_hour_bar_that_is_late_is_unknown);
    TEST(an_hour_without_trades_has_no_bar_to_wait_for);
    TEST(an_hour_that_traded_once_is_waited_for);
    TEST(without_a_price_or_an_hour_it_is_unknown);
}
