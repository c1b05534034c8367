/* The life of a grid that did run: expected by hand from bars of one price an
 * hour, and from what life.h says of each member. */
#include <math.h>

#include "backtest/past_life.h"
#include "base/array.h"
#include "hindsight/kpi.h"
#include "position/shadow_scene.h"
#include "test.h"

void past_life_test(void);

#define START SCENE_START_MS /* a whole hour */
#define HOURS 40
#define H(n)  (START + (n)*MS_PER_HOUR)
#define Q(n)  (START + (n)*MS_PER_SLOT)

/* A record of HOURS hours, a price an hour; the range is 100 to 130, its
 * logarithmic middle 114.02, the stop 95. */
struct scene {
    struct trial_plan plan;
    struct bar fifteen[4 * HOURS], hours[HOURS];
    struct past_slot slots[4 * HOURS];
    struct past_message messages[4];
    struct past past;
};

static void put_hour(struct scene *s, int hour, double price)
{
    s->hours[hour] = (struct bar){ H(hour), price, price, price, price, 1, 0 };
    for (int i = 4 * hour; i < 4 * hour + 4; i++)
        s->fifteen[i] = (struct bar){ Q(i), price, price, price, price, 1, 0 };
}

/* Inside for six hours, then below: the boundary is complete at 8 h. */
static void begin(struct scene *s)
{
    *s = (struct scene){ .plan = { .grid = scene_grid(100, 130, 3, 1000, 114),
                                   .sigma_1h = 0.05 } };
    s->plan.grid.stop.below = 95;
    for (int i = 0; i < HOURS; i++)
        put_hour(s, i, i < 6 ? 114 : 99);
    for (int i = 0; i < 4 * HOURS; i++)
        s->slots[i] =
            (struct past_slot){ .word = { Q(i + 1), STATE_NORMAL, SIDE_DOWN,
                                          LIFE_NO_ALERT, -1 },
                                .e = 10,
                                .realised = 4,
                                .peak = 20 };
    s->past = (struct past){
        .plan = &s->plan,
        .window_ms = 10 * MS_PER_DAY,
        .left_ms = MOMENT_NONE,
        .slots = s->slots,
        .slot_count = ARRAY_LEN(s->slots),
        .messages = s->messages,
        .fifteen = { TF_15M, ARRAY_LEN(s->fifteen), s->fifteen },
        .hours = { TF_1H, ARRAY_LEN(s->hours), s->hours },
    };
}

/* From the slot Q(from) to Q(until), not included. */
static void say(struct scene *s, int from, int until, enum exit_state state)
{
    for (int i = from; i < until; i++) {
        s->slots[i - 1].word.state = state;
        s->slots[i - 1].word.reason =
            state == STATE_MANDATORY ? LIFE_MANDATORY : LIFE_TRANSITION;
    }
}

static struct life life_of(const struct scene *s)
{
    struct life l = { 0 };
    ASSERT(past_life(&s->past, &l));
    return l;
}

static double kpi_value(enum kpi_id id, const struct life *l, size_t n)
{
    struct statistic_row rows[8];
    double weight[2], draw[1];
    int32_t week[2];
    const struct kpi_ask ask = { l, n, LIFE_BOTH, 0, 1 };
    const struct kpi_room room = { rows, weight, week, draw };
    return kpi_of(id, &ask, &room).value.v;
}

static void without_a_bar_there_is_no_life(void)
{
    struct scene s;
    struct life l;
    begin(&s);
    s.past.fifteen.count = 0;
    ASSERT(!past_life(&s.past, &l));
}

static void left_in_time(void)
{
    struct scene s;
    begin(&s);
    say(&s, 8, 12, STATE_LATEST);
    s.past.left_ms = H(3) + 7000;
    struct life l = life_of(&s);
    ASSERT_INT(l.start_ms, START);
    ASSERT_INT(l.known_end_ms, H(HOURS));
    ASSERT_INT(l.window_end_ms, H(HOURS));
    ASSERT_INT(l.first_latest_ms, H(2));
    ASSERT_INT(l.first_warning_ms, H(2));
    ASSERT_INT(l.first_mandatory_ms, MOMENT_NONE);
    ASSERT_INT(l.reason, LIFE_TRANSITION);
    ASSERT(l.alert_down);
    ASSERT_INT(l.exit_ms, H(3) + 7000);
    ASSERT_INT(l.delay_ms, MS_PER_HOUR + 7000);
    ASSERT_INT(l.m_ms[LIFE_BOTH], H(8));
    ASSERT_INT(l.s_ms[LIFE_BOTH], MOMENT_NONE);
    /* H_ft is 24 h: of the hours 1 to 7, all before M at 8 h. */
    ASSERT_INT(l.hours[LIFE_BOTH].live, 7);
    ASSERT_INT(l.hours[LIFE_BOTH].follow, 7);
    ASSERT_INT(l.hours[LIFE_DOWN].live, 7);
    ASSERT_NEAR(kpi_value(KPI_EAW, &l, 1), 1, 0);
    ASSERT_NEAR(kpi_value(KPI_TTDR, &l, 1), 1, 0);
    ASSERT_NEAR(kpi_value(KPI_LEAD_HOURS, &l, 1), 6, 0);
    ASSERT_NEAR(kpi_value(KPI_LIFE_HOURS, &l, 1), 3 + 7.0 / 3600, 1e-12);
}

static void what_came_after_the_exit_was_not_told(void)
{
    struct scene s;
    begin(&s);
    s.past.left_ms = H(3);
    say(&s, 13, 20, STATE_MANDATORY);
    s.messages[0] = (struct past_message){ H(2), STATE_WARNING };
    s.messages[1] = (struct past_message){ H(3), STATE_LATEST };
    s.messages[2] = (struct past_message){ H(2), STATE_NORMAL };
    s.messages[3] = (struct past_message){ H(4), STATE_MANDATORY };
    s.past.message_count = 4;
    struct life l = life_of(&s);
    ASSERT_INT(l.first_mandatory_ms, MOMENT_NONE);
    ASSERT_INT(l.mandatory, 0);
    ASSERT_INT(l.alerts[0], 1);
    ASSERT_INT(l.alerts[1], 1);
    ASSERT_INT(l.alerts[2], 0);
    ASSERT_INT(l.delay_ms, 0); /* nobody had told */
}

static void a_mandatory_is_met_within_the_hour(void)
{
    struct scene s;
    begin(&s);
    say(&s, 32, 4 * HOURS, STATE_MANDATORY);
    s.past.left_ms = H(9);
    struct life l = life_of(&s);
    ASSERT_INT(l.mandatory, 1);
    ASSERT_INT(l.met, 1);
    ASSERT_NEAR(kpi_value(KPI_EAW, &l, 1), 0, 0); /* M came first */
    s.past.left_ms = H(9) + 1;
    l = life_of(&s);
    ASSERT_INT(l.mandatory, 1);
    ASSERT_INT(l.met, 0);
}

static void unknown_does_not_begin_it_anew(void)
{
    struct scene s;
    begin(&s);
    say(&s, 32, 4 * HOURS, STATE_MANDATORY);
    s.slots[34].word.state = STATE_UNKNOWN;
    struct life l = life_of(&s);
    ASSERT_INT(l.mandatory, 1);
    ASSERT_INT(l.met, 0);
    say(&s, 50, 51, STATE_WARNING);
    l = life_of(&s);
    ASSERT_INT(l.mandatory, 2);
}

static void a_mandatory_whose_hour_is_not_over_is_no_case(void)
{
    struct scene s;
    begin(&s);
    say(&s, 4 * HOURS - 3, 4 * HOURS, STATE_MANDATORY);
    struct life l = life_of(&s);
    ASSERT_INT(l.first_mandatory_ms, Q(4 * HOURS - 3));
    ASSERT_INT(l.mandatory, 0);
}

static void a_stop_comes_before_a_later_exit(void)
{
    struct scene s;
    begin(&s);
    s.fifteen[20].low = 95; /* told by the close at Q(21) */
    s.past.left_ms = Q(22);
    struct life l = life_of(&s);
    ASSERT_INT(l.s_ms[LIFE_BOTH], Q(21));
    ASSERT_INT(l.m_ms[LIFE_BOTH], Q(21));
    ASSERT_INT(l.exit_ms, MOMENT_NONE);
    ASSERT_INT(life_end(&l), Q(21));
    ASSERT_NEAR(kpi_value(KPI_SLAR, &l, 1), 0, 0);
}

static void money_after_a_stop_is_that_of_the_slot_behind_it(void)
{
    struct scene s;
    begin(&s);
    s.fifteen[20].low = 95;
    s.slots[20].e = 11;
    s.slots[21].e = -60;
    struct life l = life_of(&s);
    ASSERT_NEAR(l.end_equity, -60, 0);
    s.slots[21].e = NO_VALUE;
    l = life_of(&s);
    ASSERT(isnan(l.end_equity));
    ASSERT(isnan(l.peak_equity));
}

static void money_is_that_of_the_slot_of_the_exit(void)
{
    struct scene s;
    begin(&s);
    s.slots[11] = (struct past_slot){
        .word = s.slots[11].word, .e = 15, .realised = 16, .peak = 30
    };
    s.slots[10].realised = -3; /* e - realised is 13 there, else 6 */
    s.past.left_ms = H(3) + 7000;
    struct life l = life_of(&s);
    ASSERT_NEAR(l.end_equity, 15, 0);
    ASSERT_NEAR(l.end_realised, 16, 0);
    ASSERT_NEAR(l.peak_equity, 30, 0);
    ASSERT_NEAR(l.peak_unrealised, 13, 0);
    /* A* is the larger of 10 and 1.65 500 .05 1.118 / .25 = 184.5: noise. */
    ASSERT(isnan(kpi_value(KPI_PRR_MEDIAN, &l, 1)));
    ASSERT_NEAR(kpi_value(KPI_PNL, &l, 1), 15, 1e-12);
}

static void money_that_is_not_recorded_is_not_known(void)
{
    struct scene s;
    begin(&s);
    s.past.left_ms = H(3);
    s.slots[5].e = NO_VALUE;
    struct life l = life_of(&s);
    ASSERT_NEAR(l.end_equity, 10, 0);
    ASSERT(isnan(l.peak_unrealised));
    s.past.slot_count = 11; /* the slot of the exit is missing */
    l = life_of(&s);
    ASSERT(isnan(l.end_equity));
    ASSERT(isnan(kpi_value(KPI_PNL, &l, 1)));
}

static void who_did_not_leave_is_censored(void)
{
    struct scene s;
    begin(&s);
    s.past.fifteen.count = 4 * 7;
    s.past.hours.count = 7;
    struct life l = life_of(&s);
    ASSERT_INT(l.window_end_ms, H(7));
    ASSERT_INT(l.m_ms[LIFE_BOTH], MOMENT_NONE);
    ASSERT(life_censored(&l, LIFE_BOTH));
    ASSERT_INT(l.hours[LIFE_BOTH].pending, 6);
    ASSERT_INT(l.hours[LIFE_BOTH].live, 0);
}

static void a_gap_ends_what_is_known(void)
{
    struct scene s;
    begin(&s);
    for (int i = 4 * 5; i < 4 * HOURS; i++)
        s.fifteen[i].open_ms += PAST_GAP_MS;
    struct life l = life_of(&s);
    ASSERT_INT(l.known_end_ms, H(HOURS) + PAST_GAP_MS);
    for (int i = 4 * 5; i < 4 * HOURS; i++)
        s.fifteen[i].open_ms += MS_PER_SLOT;
    l = life_of(&s);
    ASSERT_INT(l.known_end_ms, H(5));
    ASSERT_INT(l.m_ms[LIFE_BOTH], MOMENT_NONE);
}

static void a_window_is_no_shorter_than_the_life(void)
{
    struct scene s;
    begin(&s);
    s.past.window_ms = 4 * MS_PER_HOUR;
    s.past.left_ms = H(2);
    struct life l = life_of(&s);
    ASSERT_INT(l.window_end_ms, H(4));
    s.past.left_ms = H(5);
    l = life_of(&s);
    ASSERT_INT(l.window_end_ms, H(5));
}

static void two_lives_make_a_share(void)
{
    struct scene s;
    struct life l[2];
    begin(&s);
    say(&s, 8, 12, STATE_LATEST);
    s.past.left_ms = H(3);
    l[0] = life_of(&s);
    s.past.left_ms = H(8); /* at the very close: late */
    l[1] = life_of(&s);
    ASSERT_NEAR(kpi_value(KPI_EAW, l, 2), 0.5, 0);
    ASSERT_NEAR(kpi_value(KPI_LIFE_HOURS, l, 2), 3, 0);
}

void past_life_test(void)
{
    TEST_SUITE("backtest/past_life");
    TEST(without_a_bar_there_is_no_life);
    TEST(left_in_time);
    TEST(what_came_after_the_exit_was_not_told);
    TEST(a_mandatory_is_met_within_the_hour);
    TEST(unknown_does_not_begin_it_anew);
    TEST(a_mandatory_whose_hour_is_not_over_is_no_case);
    TEST(a_stop_comes_before_a_later_exit);
    TEST(money_after_a_stop_is_that_of_the_slot_behind_it);
    TEST(money_is_that_of_the_slot_of_the_exit);
    TEST(money_that_is_not_recorded_is_not_known);
    TEST(who_did_not_leave_is_censored);
    TEST(a_gap_ends_what_is_known);
    TEST(a_window_is_no_shorter_than_the_life);
    TEST(two_lives_make_a_share);
}
