/* What a picture shows, as marks, at the size of a phone. */
#include "picture/plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "picture/letters.h"
#include "scenes_made.h"
#include "test.h"

void plan_test(void);

static struct made made;
static struct plan plan;

static void draw(int width)
{
    plan_make(&made.scene, width, width * 3 / 4, &plan);
}

static const struct mark *text_of(const char *text)
{
    for (size_t i = 0; i < plan.count; i++)
        if (plan.marks[i].kind == MARK_TEXT &&
            strcmp(plan.marks[i].text, text) == 0)
            return &plan.marks[i];
    return NULL;
}

static size_t count_of(enum mark_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < plan.count; i++)
        n += plan.marks[i].kind == kind;
    return n;
}

static bool overlap(const struct mark *a, const struct mark *b)
{
    return a->x < b->x2 && b->x < a->x2 && a->y < b->y2 && b->y < a->y2;
}

/* Texts that cover each other or leave the picture; each is said. */
static int texts_in_trouble(void)
{
    int bad = 0;
    for (size_t i = 0; i < plan.count; i++) {
        const struct mark *a = &plan.marks[i];
        if (a->kind != MARK_TEXT)
            continue;
        if (a->x < 0 || a->y < 0 || a->x2 > plan.width || a->y2 > plan.height) {
            printf("    '%s' leaves the picture\n", a->text);
            bad++;
        }
        for (size_t k = 0; k < i; k++) {
            const struct mark *b = &plan.marks[k];
            if (b->kind != MARK_TEXT || !overlap(a, b))
                continue;
            printf("    '%s' covers '%s'\n", a->text, b->text);
            bad++;
        }
    }
    return bad;
}

/* The stop walks through the picture, past all the other lines. */
static void labels_never_cover_each_other(void)
{
    static const int widths[] = { 360, 720 };
    int bad = 0;
    made_scene(&made);
    for (size_t w = 0; w < ARRAY_LEN(widths); w++)
        for (double stop = 40000; stop < 75000; stop += 173) {
            made.scene.stop_below = stop;
            made.scene.stop_above = stop + 100;
            made.slots[MADE_SLOTS - 1].pi = (stop - 40000) / 35000;
            draw(widths[w]);
            bad += texts_in_trouble() + (plan.refused != 0);
            plan_release(&plan);
        }
    ASSERT_INT(bad, 0);
}

static void no_label_of_a_line_is_lost(void)
{
    static const char *const labels[] = {
        "upper 63600", "lower 56400", "stop 55554", "cost 60100",  "limit 0.4",
        "pi 0.2",      "UTC",         "NORMAL",     "BTC-USDT 1h", "btc-a"
    };
    made_scene(&made);
    draw(720);
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        ASSERT(text_of(labels[i]) != NULL);
    /* capitals of 6 units and more: 12 pixels that are shown as 6 */
    for (size_t i = 0; i < plan.count; i++)
        if (plan.marks[i].kind == MARK_TEXT)
            ASSERT(plan.marks[i].y2 - plan.marks[i].y > 12);
    plan_release(&plan);
}

static void only_the_newest_close_is_named(void)
{
    made_scene(&made);
    made.bars[MADE_BARS - 1].close = made.bars[MADE_BARS - 1].high = 60500;
    made.bars[MADE_BARS - 2].close = made.bars[MADE_BARS - 2].high = 60300;
    draw(720);
    ASSERT(text_of("1h close 60500") != NULL);
    plan_release(&plan);
    made.scene.bar_count--;
    draw(720);
    ASSERT(text_of("1h close 60300") == NULL);
    plan_release(&plan);
}

static void what_is_not_known_is_not_drawn(void)
{
    made_scene(&made);
    made.scene.stop_below = made.scene.avg_cost = NO_VALUE;
    made.scene.pi_limit = NO_VALUE;
    for (int i = 0; i < MADE_SLOTS; i++)
        made.slots[i].pi = NO_VALUE;
    draw(720);
    for (size_t i = 0; i < plan.count; i++) {
        const char *text = plan.marks[i].text;
        ASSERT(strncmp(text, "stop", 4) != 0 && strncmp(text, "cost", 4) != 0 &&
               strncmp(text, "limit", 5) != 0 && strncmp(text, "pi ", 3) != 0);
    }
    ASSERT_INT(plan.refused, 0);
    plan_release(&plan);
}

static void unknown_has_a_pattern_of_its_own(void)
{
    made_scene(&made);
    draw(720);
    ASSERT_INT(count_of(MARK_HATCH), 0);
    plan_release(&plan);
    for (int i = 40; i < 100; i++)
        made.slots[i].state = STATE_UNKNOWN;
    draw(720);
    ASSERT_INT(count_of(MARK_HATCH), 1);
    ASSERT(text_of("UNKNOWN") != NULL);
    plan_release(&plan);
}

static size_t boxes_without(size_t bar)
{
    made_scene(&made);
    if (bar < MADE_BARS)
        made.bars[bar].flags = BAR_FILLED;
    draw(720);
    size_t n = count_of(MARK_BOX);
    plan_release(&plan);
    return n;
}

static void a_bar_that_was_not_traded_is_a_gap(void)
{
    size_t all = boxes_without(MADE_BARS);
    ASSERT_INT(boxes_without(20), all - 1);
}

/* No piece of pi is longer than from one slot to the next. */
static double longest_piece_of_pi(void)
{
    double longest = 0;
    draw(720);
    for (size_t i = 0; i < plan.count; i++) {
        const struct mark *m = &plan.marks[i];
        bool slanted = m->x != m->x2 && m->y != m->y2;
        if (m->kind == MARK_LINE && slanted && m->y > 400 && m->x2 < 564)
            longest = fmax(longest, m->x2 - m->x);
    }
    ASSERT_INT(plan.refused, 0);
    plan_release(&plan);
    return longest;
}

static void pi_does_not_cross_a_gap(void)
{
    double slot = (564 - 12) / (double)MADE_SLOTS;
    made_scene(&made);
    for (int i = 60; i < 90; i++)
        made.slots[i].pi = NO_VALUE;
    for (int i = 0; i < MADE_SLOTS; i++)
        made.slots[i].pi += 0.001 * (i % 2);
    ASSERT_NEAR(longest_piece_of_pi(), slot, 1e-9);
    memmove(&made.slots[60], &made.slots[90],
            (MADE_SLOTS - 90) * sizeof(made.slots[0]));
    made.scene.slot_count = MADE_SLOTS - 30;
    ASSERT_NEAR(longest_piece_of_pi(), slot, 1e-9);
}

static void a_gap_between_slots_stays_one(void)
{
    made_scene(&made);
    memmove(&made.slots[60], &made.slots[90],
            (MADE_SLOTS - 90) * sizeof(made.slots[0]));
    made.scene.slot_count = MADE_SLOTS - 30;
    size_t words = 0;
    draw(720);
    for (size_t i = 0; i < plan.count; i++)
        words += plan.marks[i].kind == MARK_TEXT && plan.marks[i].bold &&
                 strcmp(plan.marks[i].text, "NORMAL") == 0;
    ASSERT_INT(words, 3); /* the title and two bands */
    plan_release(&plan);
}

static void a_mark_without_a_place_is_refused(void)
{
    const struct mark m = { .kind = MARK_BOX, .x = NO_VALUE };
    plan = (struct plan){ 0 };
    plan_add(&plan, &m);
    ASSERT_INT(plan.count, 0);
    ASSERT_INT(plan.refused, 1);
    plan_release(&plan);
}

static void a_long_title_is_cut(void)
{
    made_scene(&made);
    made.scene.grid = "a-grid-with-a-name-of-31-chars-";
    made.scene.title = "LATEST_ACCEPTABLE_EXIT";
    draw(720);
    ASSERT_INT(texts_in_trouble(), 0);
    plan_release(&plan);
}

/* A number that lost its last digit would be another one. */
static void no_number_is_cut(void)
{
    made_scene(&made);
    for (int i = 0; i < MADE_BARS; i++) {
        struct bar *b = &made.bars[i];
        b->open *= 2e-10, b->high *= 2e-10, b->low *= 2e-10, b->close *= 2e-10;
    }
    made.scene.lower *= 2e-10;
    made.scene.upper *= 2e-10;
    made.scene.stop_below = 0.000011111;
    made.scene.avg_cost = NO_VALUE;
    draw(720);
    ASSERT(text_of("stop 0.000011111") != NULL);
    ASSERT(text_of("upper 0.00001272") != NULL);
    ASSERT_INT(texts_in_trouble(), 0);
    plan_release(&plan);
}

static void slots_outside_of_the_axis_are_left_out(void)
{
    made_scene(&made);
    draw(720);
    size_t all = plan.count;
    plan_release(&plan);
    made.scene.from_ms += 10 * MS_PER_HOUR;
    made.scene.until_ms -= 5 * MS_PER_HOUR;
    draw(720);
    ASSERT(plan.count < all);
    for (size_t i = 0; i < plan.count; i++) {
        const struct mark *m = &plan.marks[i];
        ASSERT(m->kind == MARK_TEXT || (m->x > 11.9 && m->x2 > 11.9));
        ASSERT(m->kind != MARK_BOX || m->x2 < 564.1);
    }
    plan_release(&plan);
}

/* Widths by hand: n and o are 4 cells with 2 between, of 7 a capital has. */
static void letters_have_widths(void)
{
    ASSERT_NEAR(letters_width("no", 7), 10, 1e-12);
    ASSERT_NEAR(letters_width("n", 14), 8, 1e-12);
    ASSERT_NEAR(letters_width("", 7), 0, 1e-12);
    ASSERT_STR(letter_strokes('\x01'), letter_strokes('?'));
    for (const char *c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                         "0123456789.,:;-+/%()<>=_'!";
         *c; c++)
        ASSERT(strcmp(letter_strokes(*c), letter_strokes('?')) != 0);
}

void plan_test(void)
{
    TEST_SUITE("picture: plan");
    TEST(labels_never_cover_each_other);
    TEST(no_label_of_a_line_is_lost);
    TEST(only_the_newest_close_is_named);
    TEST(what_is_not_known_is_not_drawn);
    TEST(unknown_has_a_pattern_of_its_own);
    TEST(a_bar_that_was_not_traded_is_a_gap);
    TEST(pi_does_not_cross_a_gap);
    TEST(a_gap_between_slots_stays_one);
    TEST(a_mark_without_a_place_is_refused);
    TEST(a_long_title_is_cut);
    TEST(no_number_is_cut);
    TEST(slots_outside_of_the_axis_are_left_out);
    TEST(letters_have_widths);
}
