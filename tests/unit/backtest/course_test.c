/* What becomes of a range: expected from the rule's words (SPEC 7). */
#include "backtest/course.h"
#include "base/value.h"
#include "position/shadow_scene.h"
#include "test.h"

void course_test(void);

#define HOUR(n) (SCENE_START_MS / MS_PER_HOUR * MS_PER_HOUR + (n)*MS_PER_HOUR)

static struct course begun(void)
{
    struct course c;
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    g.stop.below = 95;
    course_begin(&c, &g);
    return c;
}

/* The nth hour's close. */
static void hours(struct course *c, const double *close, int n)
{
    for (int i = 0; i < n; i++) {
        struct bar b = { .open_ms = HOUR(i), .close = close[i] };
        course_hour(c, &b);
    }
}

static void two_closes_on_one_side_complete_it(void)
{
    struct course c = begun();
    hours(&c, (double[]){ 114, 99, 101, 99, 131, 99.5, 99, 98 }, 8);
    ASSERT_INT(c.m_ms[LIFE_BOTH], HOUR(7)); /* the 7th ends there */
    ASSERT_INT(c.m_ms[LIFE_DOWN], HOUR(7));
    ASSERT_INT(c.s_ms[LIFE_BOTH], MOMENT_NONE);
    ASSERT(!course_is_over(&c));
}

static void a_close_at_the_bound_is_inside(void)
{
    struct course c = begun();
    hours(&c, (double[]){ 130, 130, 100, 100 }, 4);
    ASSERT_INT(c.m_ms[LIFE_BOTH], MOMENT_NONE);
}

static void what_happens_above_is_no_event_below(void)
{
    struct course c = begun();
    hours(&c, (double[]){ 131, 132, 114, 99, 99 }, 5);
    ASSERT_INT(c.m_ms[LIFE_BOTH], HOUR(2));
    ASSERT_INT(c.m_ms[LIFE_DOWN], HOUR(5));
}

static void the_stop_is_an_event(void)
{
    struct course c = begun();
    struct bar b = shadow_scene_bar(0, 114, 122, 95.01, 116);
    course_bar(&c, &b);
    ASSERT_INT(c.s_ms[LIFE_BOTH], MOMENT_NONE);
    b = shadow_scene_bar(1, 99, 100, 95, 96);
    course_bar(&c, &b);
    ASSERT_INT(c.s_ms[LIFE_BOTH], SCENE_START_MS + 2 * MS_PER_SLOT);
    ASSERT_INT(c.m_ms[LIFE_DOWN], SCENE_START_MS + 2 * MS_PER_SLOT);
    ASSERT(course_is_over(&c));
}

static void a_jump_over_the_stop_is_at_the_open(void)
{
    struct course c = begun();
    struct bar b = shadow_scene_bar(3, 94, 97, 93, 96);
    course_bar(&c, &b);
    ASSERT_INT(c.s_ms[LIFE_BOTH], SCENE_START_MS + 3 * MS_PER_SLOT);
}

static void a_stop_above_is_no_event_below(void)
{
    struct course c = begun();
    c.stop.above = 140;
    struct bar b = shadow_scene_bar(0, 139, 140, 130, 135);
    course_bar(&c, &b);
    ASSERT_INT(c.s_ms[LIFE_BOTH], SCENE_START_MS + MS_PER_SLOT);
    ASSERT_INT(c.s_ms[LIFE_DOWN], MOMENT_NONE);
    ASSERT_INT(c.m_ms[LIFE_DOWN], MOMENT_NONE);
}

void course_test(void)
{
    TEST_SUITE("backtest/course");
    TEST(two_closes_on_one_side_complete_it);
    TEST(a_close_at_the_bound_is_inside);
    TEST(what_happens_above_is_no_event_below);
    TEST(the_stop_is_an_event);
    TEST(a_jump_over_the_stop_is_at_the_open);
    TEST(a_stop_above_is_no_event_below);
}
