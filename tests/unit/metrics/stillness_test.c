#include "metrics/stillness.h"

#include <string.h>

#include "metric_made.h"
#include "test.h"

#define ID   METRIC_ADX_1H     /* 0 to 100 */
#define RANK METRIC_BBW_PCT_1H /* 0 to 1 */
#define BARS 20000

static struct stillness s;
static struct bar bars[BARS];
static struct bank bank;
static double close;

static void begin(void)
{
    memset(&s, 0, sizeof(s));
    close = 100;
}

/* n closes, each another one, at which the metric reads x. */
static void push(int n, enum metric_id id, struct value x)
{
    for (int i = 0; i < n; i++)
        stillness_push(&s, id, x, close += 1);
}

static void push_real(int n, enum metric_id id, double x)
{
    push(n, id, value_real(x, 100));
}

/* The first close has nothing to be compared with. */
static void a_constant_is_found_at_the_32nd_close_that_moved(void)
{
    begin();
    push_real(1 + 31, ID, 40);
    ASSERT(!stillness_found(&s, ID));
    push_real(1, ID, 40);
    ASSERT(stillness_found(&s, ID));
    push_real(1000, ID, 40);
    ASSERT(stillness_found(&s, ID));
    ASSERT(!stillness_found(&s, RANK)); /* nobody fed that */
    ASSERT_INT(STILLNESS_CLOSES, 32);
}

static void one_move_clears_it_however_small(void)
{
    begin();
    push_real(500, ID, 40);
    push_real(1, ID, nextafter(40, 41));
    ASSERT(!stillness_found(&s, ID));
    push_real(31, ID, nextafter(40, 41));
    ASSERT(!stillness_found(&s, ID));
    push_real(1, ID, nextafter(40, 41));
    ASSERT(stillness_found(&s, ID));
}

static void a_price_that_did_not_move_says_nothing(void)
{
    begin();
    push_real(1, ID, 40);
    for (int i = 0; i < 100; i++)
        stillness_push(&s, ID, value_real(40, 100), close);
    ASSERT(!stillness_found(&s, ID));
    /* 20, a pause of 20, 11 and one more: 32 of the last 52. */
    begin();
    push_real(1 + 20, ID, 40);
    for (int i = 0; i < 20; i++)
        stillness_push(&s, ID, value_real(40, 100), close);
    push_real(11, ID, 40);
    ASSERT(!stillness_found(&s, ID));
    push_real(1, ID, 40);
    ASSERT(stillness_found(&s, ID));
}

/* A gap of one close without a value takes two comparisons away. */
static void a_value_that_is_missing_says_nothing(void)
{
    begin();
    push(200, ID, value_none(VALUE_WARMUP));
    ASSERT(!stillness_found(&s, ID));
    push_real(1 + 20, ID, 40);
    push(5, ID, value_none(VALUE_FLAT));
    push_real(1 + 11, ID, 40);
    ASSERT(!stillness_found(&s, ID));
    push_real(1, ID, 40);
    ASSERT(stillness_found(&s, ID));
}

/* 31 closes on which it stood, 40 that say nothing: what is older than 64
 * closes is forgotten. */
static void only_the_last_64_closes_count(void)
{
    begin();
    push_real(1 + 31, ID, 40);
    for (int i = 0; i < 40; i++)
        stillness_push(&s, ID, value_real(40, 100), close);
    push_real(1, ID, 40);
    ASSERT(!stillness_found(&s, ID)); /* 24 left of 31, and this one */
    push_real(7, ID, 40);
    ASSERT(!stillness_found(&s, ID));
    push_real(20, ID, 40);
    ASSERT(!stillness_found(&s, ID)); /* one in, one out */
    push_real(4, ID, 40);
    ASSERT(stillness_found(&s, ID));
}

/* At an end of the range all 64 have to stand. */
static void at_an_end_it_may_rest(void)
{
    static const double ends[] = { 0, 1 };
    for (int i = 0; i < 2; i++) {
        begin();
        push_real(1 + 63, RANK, ends[i]);
        ASSERT(!stillness_found(&s, RANK));
        push_real(1, RANK, ends[i]);
        ASSERT(stillness_found(&s, RANK));
        stillness_push(&s, RANK, value_real(ends[i], 100), close);
        ASSERT(!stillness_found(&s, RANK));
    }
    begin();
    push_real(1 + 32, RANK, 0.005);
    ASSERT(stillness_found(&s, RANK));
}

static void a_start_forgets_one_timeframe(void)
{
    begin();
    push_real(40, ID, 40);
    push_real(40, METRIC_ADX_4H, 40);
    stillness_begin(&s, TF_1H);
    ASSERT(!stillness_found(&s, ID));
    ASSERT(stillness_found(&s, METRIC_ADX_4H));
    push_real(32, ID, 40);
    ASSERT(!stillness_found(&s, ID));
    push_real(1, ID, 40);
    ASSERT(stillness_found(&s, ID));
}

/* The last 65 closes are all there is to know. */
static void what_is_older_plays_no_part(void)
{
    static struct stillness whole;
    struct metric_made_random r = { 9 };
    static double values[300];
    for (int i = 0; i < 300; i++)
        values[i] = metric_made_bits(&r) % 9 ? 40 : metric_made_uniform(&r);
    for (int end = 70; end < 300; end++) {
        memset(&whole, 0, sizeof(whole));
        memset(&s, 0, sizeof(s));
        for (int i = 0; i < end; i++) {
            struct value x = value_real(values[i], 1);
            stillness_push(&whole, ID, x, i);
            if (i >= end - STILLNESS_SPAN - 1)
                stillness_push(&s, ID, x, i);
        }
        ASSERT(memcmp(&whole, &s, sizeof(s)) == 0);
    }
}

static void read_all(int i, enum timeframe tf, bool planted)
{
    for (int id = 0; id < METRIC_COUNT; id++) {
        if (metrics[id].tf != tf)
            continue;
        struct value x = metrics[id].read(&bank);
        if (planted && id == METRIC_RHO1_1H)
            x = value_real(0.25, 101);
        stillness_push(&s, (enum metric_id)id, x, bars[i].close);
    }
}

/* Every metric of the table on a walk, at every bar; and the same with one
 * reader that was hard-coded. */
static void a_walk_is_sound_and_a_constant_reader_is_not(void)
{
    const struct metric_made_walk how = {
        .seed = 4, .price = 40000, .sigma = 0.01, .steps = 8
    };
    int found = 0, planted = 0;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        metric_made_walk(how, bars, BARS, (enum timeframe)tf);
        bank_init(&bank, (enum timeframe)tf);
        begin();
        for (int i = 0; i < BARS; i++) {
            bank_push(&bank, &bars[i], value_real(1, 100));
            read_all(i, (enum timeframe)tf, i > BARS / 2);
            for (int id = 0; id < METRIC_COUNT; id++) {
                bool is = stillness_found(&s, (enum metric_id)id);
                found += is && id != METRIC_RHO1_1H;
                planted += is && id == METRIC_RHO1_1H;
            }
        }
    }
    ASSERT_INT(found, 0);
    ASSERT_INT(planted, BARS / 2 - 1 - STILLNESS_CLOSES);
}

void stillness_test(void);
void stillness_test(void)
{
    TEST_SUITE("metrics/stillness");
    TEST(a_constant_is_found_at_the_32nd_close_that_moved);
    TEST(one_move_clears_it_however_small);
    TEST(a_price_that_did_not_move_says_nothing);
    TEST(a_value_that_is_missing_says_nothing);
    TEST(only_the_last_64_closes_count);
    TEST(at_an_end_it_may_rest);
    TEST(a_start_forgets_one_timeframe);
    TEST(what_is_older_plays_no_part);
    TEST(a_walk_is_sound_and_a_constant_reader_is_not);
}
