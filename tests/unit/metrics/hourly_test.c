#include "metrics/hourly.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "test.h"

#define HOURS 600

static struct bar one[HOURS], four[HOURS / 4];
static struct bank bank_1h, bank_4h;
static struct hourly hourly;

/* A made-up season of seven hours: .5 to 2. */
static struct value seven_hours(const struct bar *b)
{
    return value_real(0.5 + (double)(bar_number(b->open_ms, TF_1H) % 7) / 4.0,
                      1);
}

static void begin(void)
{
    bank_init(&bank_1h, TF_1H);
    bank_init(&bank_4h, TF_4H);
    hourly_init(&hourly);
}

static void push(const struct bar *b)
{
    bank_push(&bank_1h, b, seven_hours(b));
    hourly_push(&hourly, b, &bank_1h, &bank_4h);
}

/* The k-th 4h bar closes with hours 4k + 3. */
static void push_all(void)
{
    begin();
    metric_made_lcg(5, one, HOURS, TF_1H);
    metric_made_lcg(12, four, HOURS / 4, TF_4H);
    for (int i = 0; i < HOURS; i++) {
        if (i % 4 == 3)
            bank_push(&bank_4h, &four[i / 4], value_none(VALUE_UNAVAILABLE));
        push(&one[i]);
    }
}

/* From the formulas of half_life.h, expansion.h and wilder.h, each sum written
 * out over its window, with 60 digits in another language. */
static void agrees_with_sums_written_out(void)
{
    // clang-format off
    static const struct {
        int at;
        double raw100, raw200, hl200, t200, ver_mean, atr_4h;
    } goldens[] = {
        { 58, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE },
        { 99, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, 0.010218881214514471 },
        { 100, 76.3088259806471, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, 0.010218881214514471 },
        { 112, 37.483598626283474, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, 0.010575870349557761 },
        { 113, 28.643852563799609, NO_VALUE, NO_VALUE, NO_VALUE, 1.9233031865289383, 0.010575870349557761 },
        { 199, 10.08374044205452, NO_VALUE, NO_VALUE, NO_VALUE, 1.9035714055724995, 0.0094664427636922815 },
        { 200, 10.609717115057986, 46.033420802429752, HUGE_VAL, -1.4914976923306815, 1.9048329038139198, 0.0094664427636922815 },
        { 300, 21.907557775715311, 15.647888506615672, 28.917227818704323, -2.1277162468530024, 1.8111303472610261, 0.0090577537595387912 },
        { 420, 16.425930659770728, 49.577174072546036, HUGE_VAL, -1.0974682180128617, 1.7886197149083647, 0.0084757650857456915 },
        { 500, 21.615173509013658, 28.009766861021934, 153.32403235717481, -1.8231279547392498, 1.8664654338844098, 0.0079156639274261791 },
        { 599, 65.626913349807467, 54.761431519391131, HUGE_VAL, -0.91765687028716481, 1.8007439076494907, 0.0085203156338550419 },
    };
    // clang-format on
    push_all();
    ASSERT_INT(hourly.count, HOURS);
    for (size_t i = 0; i < ARRAY_LEN(goldens); i++) {
        const struct hourly_row *row = &hourly.rows[goldens[i].at];
        ASSERT_NEAR(row->raw100, goldens[i].raw100, 1e-10);
        ASSERT_NEAR(row->raw200, goldens[i].raw200, 1e-10);
        ASSERT_NEAR(row->hl200, goldens[i].hl200, 1e-10);
        ASSERT_NEAR(row->t200, goldens[i].t200, 1e-10);
        ASSERT_NEAR(row->ver_mean, goldens[i].ver_mean, 1e-10);
        ASSERT_NEAR(row->atr_4h, goldens[i].atr_4h, 1e-10);
    }
    ASSERT(isinf(hourly.rows[133].raw100) && isinf(hourly.rows[354].raw100));
}

static void a_row_is_of_its_bar(void)
{
    push_all();
    for (int i = 0; i < HOURS; i += 37) {
        ASSERT_INT(hourly.rows[i].close_ms,
                   (METRIC_MADE_FIRST + i + 1) * timeframe_ms(TF_1H));
        ASSERT_NEAR(hourly.rows[i].close, one[i].close, 0);
        ASSERT(!hourly.rows[i].gap);
    }
    one[0].flags = BAR_GAP;
    begin();
    push(&one[0]);
    one[1].flags = 0;
    push(&one[1]);
    ASSERT(hourly.rows[0].gap && !hourly.rows[1].gap);
}

/* 100 +- (1 + (i^2 mod 7) / 10), up and down in turn: b is -1.99. */
static void a_half_life_that_oscillates_is_zero(void)
{
    begin();
    metric_made_flat(100, one, 240, TF_1H);
    for (int i = 0; i < 240; i++) {
        double move = 1.0 + (double)(i * i % 7) / 10.0;
        one[i].close = i % 2 ? 100 - move : 100 + move;
        one[i].high = 102;
        one[i].low = 98;
        push(&one[i]);
    }
    ASSERT_NEAR(hourly.rows[150].raw100, 0, 0);
    ASSERT_NEAR(hourly.rows[239].raw200, 0, 0);
    ASSERT_NEAR(hourly.rows[239].hl200, 0, 0);
    ASSERT_NEAR(hourly.rows[239].t200, -169.4868416990568, 1e-9);
}

/* A dead market has no half-life, but it has rows. */
static void what_is_flat_has_no_number(void)
{
    begin();
    metric_made_flat(100, one, 240, TF_1H);
    for (int i = 0; i < 240; i++)
        push(&one[i]);
    const struct hourly_row *row = &hourly.rows[239];
    ASSERT(isnan(row->raw100) && isnan(row->raw200) && isnan(row->hl200));
    ASSERT(isnan(row->t200) && isnan(row->ver_mean) && isnan(row->atr_4h));
    ASSERT_NEAR(row->close, 100, 0);
}

static void rows_are_found_by_their_close(void)
{
    begin();
    ASSERT_INT(hourly_until(&hourly, INT64_MAX), 0);
    push_all();
    int64_t first_ms = hourly.rows[0].close_ms;
    ASSERT_INT(hourly_until(&hourly, first_ms - 1), 0);
    ASSERT_INT(hourly_until(&hourly, first_ms), 1);
    ASSERT_INT(hourly_until(&hourly, first_ms + 3599999), 1);
    ASSERT_INT(hourly_until(&hourly, first_ms + 3600000), 2);
    ASSERT_INT(hourly_until(&hourly, hourly.rows[417].close_ms), 418);
    ASSERT_INT(hourly_until(&hourly, hourly.rows[599].close_ms), 600);
    ASSERT_INT(hourly_until(&hourly, INT64_MAX), 600);
    hourly_init(&hourly);
    ASSERT_INT(hourly.count, 0);
}

/* One row after the other, from the newest on. */
static size_t inside_one_by_one(double lower, double upper)
{
    size_t n = 0;
    for (size_t i = hourly.count; i-- > 0;) {
        if (hourly.rows[i].close < lower || hourly.rows[i].close > upper)
            break;
        n++;
        if (hourly.rows[i].gap)
            break;
    }
    return n;
}

/* Whole prices, so that many closes are alike and many lie on a bound. */
static void rows_inside_are_those_that_one_sees_going_back(void)
{
    size_t seen = 0;
    begin();
    ASSERT_INT(hourly_inside(&hourly, 1, 2), 0);
    metric_made_lcg(5, one, HOURS, TF_1H);
    for (int i = 0; i < HOURS; i++) {
        one[i].close = round(one[i].close);
        one[i].flags = i == 70 || i == 71 || i == 400 ? BAR_GAP : 0;
        push(&one[i]);
        for (int down = -1; down < 12; down++) {
            for (int up = -1; up < 12; up++) {
                double lower = one[i].close - down, upper = one[i].close + up;
                size_t n = hourly_inside(&hourly, lower, upper);
                ASSERT_INT(n, inside_one_by_one(lower, upper));
                seen = n > seen ? n : seen;
            }
        }
    }
    ASSERT(seen > 40);
}

void hourly_test(void);
void hourly_test(void)
{
    TEST_SUITE("metrics/hourly");
    TEST(agrees_with_sums_written_out);
    TEST(a_row_is_of_its_bar);
    TEST(a_half_life_that_oscillates_is_zero);
    TEST(what_is_flat_has_no_number);
    TEST(rows_are_found_by_their_close);
    TEST(rows_inside_are_those_that_one_sees_going_back);
}
