/* The baseline: what it is made of, when it is taken and when anew.
 *
 * Row i of the 1h log has, in integers that another language repeats exactly,
 *   HL_c  5 + (7 i^2 mod 1009) / 100         close  100 + (29 i^2 mod 83 - 41)
 * / 10 t    -4 + (11 i^2 mod 997) / 400 Medians and standard deviations are
 * those of Python's statistics module. */
#include "exit/baseline.h"

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

#define HOURS 600 /* that the log holds at first */

static struct scene s;
static struct hourly log_of;

static struct hourly_row row(size_t i)
{
    double k = (double)(i * i);
    return (struct hourly_row){
        .close_ms = SCENE_BEGIN + (int64_t)i * MS_PER_HOUR,
        .close = 100 + (fmod(29 * k, 83) - 41) / 10,
        .hl200 = 5 + fmod(7 * k, 1009) / 100,
        .t200 = -4 + fmod(11 * k, 997) / 400,
        .ver_mean = 1 + (double)i / 1000,
        .atr_4h = .001,
    };
}

static void fill(struct hourly *h, size_t n)
{
    for (h->count = 0; h->count < n; h->count++)
        h->rows[h->count] = row(h->count);
}

static struct baseline taken(int64_t at_ms)
{
    struct baseline b = baseline_none();
    baseline_take(&log_of, at_ms, &b);
    return b;
}

static int64_t close_of(size_t i)
{
    return row(i).close_ms;
}

static void medians_and_deviation_are_those_of_python(void)
{
    static const struct {
        size_t last; /* row */
        double half_life, sigma_st;
    } rows[] = {
        { 399, 10.01, 0.0242556781841445 },
        { 400, 10.01, NO_VALUE },
        { 449, 10.16, 0.02416283797736595 },
        { 499, 10.175, 0.023371116256610754 },
        { 599, 10.145, 0.02352113254487675 },
    };
    fill(&log_of, HOURS);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct baseline b = taken(close_of(rows[i].last));
        ASSERT_INT(b.at_ms, close_of(rows[i].last));
        ASSERT_NEAR(b.half_life.v, rows[i].half_life, 1e-14);
        ASSERT_INT(b.half_life.n_used, 400);
        ASSERT(b.identified);
        if (!isnan(rows[i].sigma_st))
            ASSERT_NEAR(b.sigma_st.v, rows[i].sigma_st, 1e-13);
        ASSERT_INT(b.sigma_st.n_used, 100);
        ASSERT_NEAR(b.ver_mean.v, 1 + (double)rows[i].last / 1000, 0);
    }
}

/* At the close at or before the time, never after it. */
static void nothing_after_the_time_is_read(void)
{
    fill(&log_of, HOURS);
    ASSERT_INT(taken(close_of(450) - 1).at_ms, close_of(449));
    ASSERT_NEAR(taken(close_of(450) - 1).half_life.v, 10.16, 1e-14);
    ASSERT_INT(taken(close_of(449)).at_ms, close_of(449));
    ASSERT_INT(taken(SCENE_BEGIN - 1).at_ms, MOMENT_NONE);
    ASSERT_INT(taken(close_of(9999)).at_ms, close_of(599));
    for (size_t i = 450; i < HOURS; i++)
        log_of.rows[i].hl200 = log_of.rows[i].close = 1e6;
    ASSERT_NEAR(taken(close_of(449)).half_life.v, 10.16, 1e-14);
    ASSERT_NEAR(taken(close_of(449)).sigma_st.v, 0.02416283797736595, 1e-13);
}

static void four_hundred_rows_are_needed(void)
{
    fill(&log_of, HOURS);
    struct baseline b = taken(close_of(398)); /* 399 of them */
    ASSERT_INT(b.half_life.status, VALUE_WARMUP);
    ASSERT(!b.identified);
    ASSERT_INT(b.sigma_st.status, VALUE_REAL);
    ASSERT_INT(b.at_ms, close_of(398));
    ASSERT_INT(taken(close_of(399)).half_life.status, VALUE_REAL);
    ASSERT_INT(taken(close_of(98)).sigma_st.status, VALUE_WARMUP);
    ASSERT_INT(taken(close_of(99)).sigma_st.status, VALUE_REAL);
}

/* Rows that were not measured are passed over: 500 to 519 of 600. */
static void holes_are_passed_over(void)
{
    fill(&log_of, HOURS);
    for (size_t i = 500; i < 520; i++)
        log_of.rows[i].hl200 = log_of.rows[i].t200 = NO_VALUE;
    ASSERT_NEAR(taken(close_of(599)).half_life.v, 10.24, 1e-14);
    fill(&log_of, 419);
    for (size_t i = 100; i < 120; i++)
        log_of.rows[i].t200 = NO_VALUE;
    ASSERT_INT(taken(close_of(418)).half_life.status, VALUE_WARMUP);
    fill(&log_of, 420);
    for (size_t i = 100; i < 120; i++)
        log_of.rows[i].t200 = NO_VALUE;
    ASSERT_INT(taken(close_of(419)).half_life.status, VALUE_REAL);
}

/* `rest` times 6, then `many` times 8, in no order. */
static struct baseline half_of(size_t many, double other)
{
    fill(&log_of, 400);
    for (size_t i = 0; i < 400; i++) {
        size_t k = (i * 171) % 400; /* each once: 171 and 400 share no factor */
        log_of.rows[k].hl200 = i < many ? other : 6;
        log_of.rows[k].t200 = -3;
    }
    return taken(close_of(399));
}

static void the_median_of_an_even_number_lies_between_two(void)
{
    ASSERT_NEAR(half_of(199, 8).half_life.v, 6, 0);
    ASSERT_NEAR(half_of(200, 8).half_life.v, 7, 0);
    ASSERT_NEAR(half_of(201, 8).half_life.v, 8, 0);
    ASSERT_NEAR(half_of(400, 8).half_life.v, 8, 0);
    ASSERT_NEAR(half_of(199, HUGE_VAL).half_life.v, 6, 0);
    ASSERT_INT(half_of(200, HUGE_VAL).half_life.status, VALUE_NOT_IDENTIFIED);
    ASSERT_INT(half_of(400, HUGE_VAL).half_life.status, VALUE_NOT_IDENTIFIED);
    ASSERT(!half_of(200, HUGE_VAL).identified);
}

/* HL_c <= 200/16 = 12.5 and t <= -2.57, both by their medians. */
static void a_baseline_is_identified_or_not(void)
{
    static const struct {
        double hl, t;
        bool want;
    } rows[] = {
        { 12.5, -2.57, true },       { 12.500000001, -3, false },
        { 12.5000000004, -3, true }, { 12, -2.569999999, false },
        { 12, -2.5699999996, true }, { 0, -9, true },
        { 12.6, -9, false },         { 3, -1, false },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        fill(&log_of, 400);
        for (size_t i = 0; i < 400; i++) {
            log_of.rows[i].hl200 = rows[k].hl;
            log_of.rows[i].t200 = rows[k].t;
        }
        struct baseline b = taken(close_of(399));
        ASSERT_INT(b.identified, rows[k].want);
        ASSERT_NEAR(b.half_life.v, rows[k].hl, 0);
    }
}

static void sigma_is_at_least_one_atr(void)
{
    fill(&log_of, HOURS);
    log_of.rows[599].atr_4h = .03;
    ASSERT_NEAR(taken(close_of(599)).sigma_st.v, .03, 0);
    ASSERT(taken(close_of(598)).sigma_st.v < .03);
    log_of.rows[599].atr_4h = NO_VALUE;
    log_of.rows[599].ver_mean = NO_VALUE;
    struct baseline b = taken(close_of(599));
    ASSERT_INT(b.sigma_st.status, VALUE_UNAVAILABLE);
    ASSERT_INT(b.ver_mean.status, VALUE_WARMUP);
    ASSERT_INT(b.half_life.status, VALUE_REAL);
}

/* A grid that began at row `life`, looked at after HOURS rows. The market of
 * the scene trades on from there, an hour at a time. */
static void begin(int64_t life_ms)
{
    scene_begin(&s);
    s.now_ms = close_of(HOURS - 1);
    fill(&s.hourly, HOURS);
    s.memory.baseline = baseline_none();
    s.memory.life_ms = life_ms;
}

static struct baseline quarters(int n)
{
    s.row = row(s.hourly.count);
    scene_trade(&s, n, 100);
    scene_step(&s);
    return s.memory.baseline;
}

static struct baseline hour(void)
{
    return quarters(4);
}

/* Was it taken at the hour that has just ended? */
static bool is_new(struct baseline b)
{
    return b.at_ms == s.now_ms;
}

static void it_is_taken_where_the_grid_began(void)
{
    begin(close_of(449) + 5 * MS_PER_MINUTE);
    struct baseline b = hour();
    ASSERT_INT(b.at_ms, close_of(449));
    ASSERT_NEAR(b.half_life.v, 10.16, 1e-14);
    begin(close_of(300)); /* too little before it: now */
    ASSERT(is_new(hour()));
    begin(SCENE_BEGIN - MS_PER_DAY); /* before the window: now */
    ASSERT(is_new(hour()));
    begin(MOMENT_NONE);
    ASSERT(is_new(hour()));
}

static void what_was_too_young_is_taken_with_each_hour(void)
{
    begin(close_of(599));
    s.hourly.count = 398; /* with the times that they had */
    struct baseline b = hour();
    ASSERT_INT(b.half_life.status, VALUE_WARMUP);
    ASSERT(is_new(b));
    ASSERT_INT(quarters(1).at_ms, b.at_ms); /* no new hour */
    b = quarters(3);
    ASSERT_INT(b.half_life.status, VALUE_REAL);
    ASSERT(is_new(b));
    ASSERT_INT(hour().at_ms, b.at_ms); /* and kept */
}

static struct baseline hours(int n)
{
    for (int i = 0; i < n; i++)
        hour();
    return s.memory.baseline;
}

static void it_is_taken_anew_after_48_hours_of_normal(void)
{
    begin(close_of(HOURS - 1));
    struct baseline b = hours(47);
    ASSERT_INT(b.at_ms, close_of(HOURS - 1));
    b = hours(1);
    ASSERT_INT(b.at_ms, close_of(HOURS - 1) + 48 * MS_PER_HOUR);
    ASSERT(is_new(b));
    ASSERT_NEAR(b.ver_mean.v, 1.647, 1e-15);
    ASSERT_INT(hours(47).at_ms, b.at_ms);
    ASSERT(is_new(hours(1)));
}

/* Only while NORMAL: not in an episode, not in UNKNOWN, not when stopped. */
static void it_is_frozen_while_not_normal(void)
{
    begin(close_of(HOURS - 1));
    int64_t taken_ms = hours(40).at_ms;
    scene_pi(&s, .30);
    ASSERT_INT(hours(20).at_ms, taken_ms);
    ASSERT_INT(s.memory.known, STATE_WARNING);
    scene_pi(&s, .05);
    hours(1); /* NORMAL again: the next slot takes it */
    ASSERT_INT(s.memory.baseline.at_ms, taken_ms);
    taken_ms = hours(1).at_ms;
    ASSERT(is_new(s.memory.baseline));
    hours(40);
    s.regime.q = value_none(VALUE_WARMUP);
    ASSERT_INT(hours(20).at_ms, taken_ms);
    s.regime.q = value_real(.1, 80);
    hours(1);
    ASSERT(is_new(hours(1)));
    taken_ms = s.now_ms;
    hours(40);
    scene_event(&s, s.now_ms, GRID_STOPPED);
    ASSERT_INT(hours(20).at_ms, taken_ms);
}

static void a_known_one_is_not_given_up_for_an_unknown_one(void)
{
    begin(close_of(HOURS - 1));
    struct baseline b = hours(47);
    s.hourly.count = 300; /* a short answer of the exchange */
    struct baseline kept = hour();
    ASSERT_INT(kept.at_ms, b.at_ms);
    ASSERT_NEAR(kept.half_life.v, b.half_life.v, 0);
    ASSERT_INT(kept.half_life.status, VALUE_REAL);
    fill(&s.hourly, HOURS + 47);
    ASSERT(is_new(hour()));
}

/* sqrt(4) * .002 an hour, as the first slot that knew it saw it. */
static void sigma_at_entry_is_never_taken_anew(void)
{
    begin(close_of(HOURS - 1));
    s.metrics.values[METRIC_VOL_HAZ_15M] = value_none(VALUE_WARMUP);
    ASSERT_INT(hour().sigma_entry.status, VALUE_WARMUP);
    s.metrics.values[METRIC_VOL_HAZ_15M] = value_real(.002, 96);
    struct baseline b = hour();
    ASSERT_NEAR(b.sigma_entry.v, .004, 0);
    ASSERT_INT(b.sigma_entry.n_used, 96);
    s.metrics.values[METRIC_VOL_HAZ_15M] = value_real(.009, 96);
    b = hours(60);
    ASSERT(b.at_ms > close_of(HOURS));
    ASSERT_NEAR(b.sigma_entry.v, .004, 0);
}

static void without_a_price_nothing_is_taken(void)
{
    begin(close_of(HOURS - 1));
    s.facts.status = MARKET_CLOSED;
    struct baseline b = hour();
    ASSERT_INT(b.at_ms, MOMENT_NONE);
    ASSERT_INT(b.sigma_entry.status, VALUE_WARMUP);
    s.facts.status = MARKET_OPEN;
    ASSERT_INT(hour().at_ms, close_of(HOURS - 1));
}

void baseline_test(void);
void baseline_test(void)
{
    TEST_SUITE("exit/baseline");
    TEST(medians_and_deviation_are_those_of_python);
    TEST(nothing_after_the_time_is_read);
    TEST(four_hundred_rows_are_needed);
    TEST(holes_are_passed_over);
    TEST(the_median_of_an_even_number_lies_between_two);
    TEST(a_baseline_is_identified_or_not);
    TEST(sigma_is_at_least_one_atr);
    TEST(it_is_taken_where_the_grid_began);
    TEST(what_was_too_young_is_taken_with_each_hour);
    TEST(it_is_taken_anew_after_48_hours_of_normal);
    TEST(it_is_frozen_while_not_normal);
    TEST(a_known_one_is_not_given_up_for_an_unknown_one);
    TEST(sigma_at_entry_is_never_taken_anew);
    TEST(without_a_price_nothing_is_taken);
}
