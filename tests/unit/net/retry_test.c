/* What is repeated and when, by the retry table of the KuCoin facts, section 8,
 * and the shape promised in net/retry.h. */
#include "net/retry.h"

#include "base/array.h"
#include "net/http.h"
#include "test.h"

static const struct retry_policy policy = { .classify = retry_by_transport,
                                            .max_tries = 5,
                                            .first_ms = 1000,
                                            .cap_ms = 8000,
                                            .limited_ms = 10000 };

static struct http_request ended(enum http_outcome outcome, int status)
{
    struct http_request r = {
        .reply = { .outcome = outcome, .status = status, .tries = 1 }
    };
    for (size_t i = 0; i < HTTP_HEADER_COUNT; i++)
        r.reply.header[i] = HTTP_ABSENT;
    return r;
}

static void each_outcome_has_its_verdict(void)
{
    static const struct {
        enum http_outcome outcome;
        int status;
        enum retry_verdict want;
    } rows[] = {
        { HTTP_TIMEOUT, 0, RETRY_BACKOFF },
        { HTTP_NOCONNECT, 0, RETRY_BACKOFF },
        { HTTP_TLS, 0, RETRY_BACKOFF },
        { HTTP_BROKEN, 0, RETRY_BACKOFF },
        { HTTP_TOO_LARGE, 0, RETRY_NO },
        { HTTP_CANCELLED, 0, RETRY_NO },
        { HTTP_REPLIED, 200, RETRY_NO },
        { HTTP_REPLIED, 301, RETRY_NO },
        { HTTP_REPLIED, 400, RETRY_NO },
        { HTTP_REPLIED, 403, RETRY_NO },
        { HTTP_REPLIED, 404, RETRY_NO },
        { HTTP_REPLIED, 408, RETRY_BACKOFF },
        { HTTP_REPLIED, 429, RETRY_LIMITED },
        { HTTP_REPLIED, 500, RETRY_BACKOFF },
        { HTTP_REPLIED, 502, RETRY_BACKOFF },
        { HTTP_REPLIED, 520, RETRY_BACKOFF },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct http_request r = ended(rows[i].outcome, rows[i].status);
        ASSERT_INT(retry_by_transport(&r), rows[i].want);
    }
}

/* The wait is within [low, high] for many rolls, and not always the same. */
static void expect_wait(const struct http_request *r,
                        enum retry_verdict verdict, int64_t low, int64_t high)
{
    uint64_t dice = 7;
    int64_t least = INT64_MAX, most = 0;
    for (int i = 0; i < 500; i++) {
        int64_t ms = retry_delay_ms(&policy, r, verdict, &dice);
        least = ms < least ? ms : least;
        most = ms > most ? ms : most;
    }
    ASSERT(least >= low);
    ASSERT(most <= high);
    ASSERT(most - least > (high - low) / 2);
}

static void waits_double_up_to_the_cap_with_jitter_on_top(void)
{
    static const int64_t want[] = { 1000, 2000, 4000, 8000, 8000 };
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        struct http_request r = ended(HTTP_TIMEOUT, 0);
        r.reply.tries = (int)i + 1;
        expect_wait(&r, RETRY_BACKOFF, want[i], want[i] + want[i] / 2);
    }
}

static void a_spent_quota_waits_for_the_reset(void)
{
    struct http_request r = ended(HTTP_REPLIED, 429);
    r.reply.header[HTTP_RATE_REMAINING] = 0;
    r.reply.header[HTTP_RATE_RESET_MS] = 27411;
    expect_wait(&r, RETRY_LIMITED, 27411, 28411);
}

static void quota_left_means_overload_and_doubles(void)
{
    struct http_request r = ended(HTTP_REPLIED, 429);
    r.reply.header[HTTP_RATE_REMAINING] = 1200;
    r.reply.header[HTTP_RATE_RESET_MS] = 27411;
    r.reply.tries = 2;
    expect_wait(&r, RETRY_LIMITED, 2000, 3000);
}

static void no_header_waits_the_fixed_time(void)
{
    struct http_request r = ended(HTTP_REPLIED, 429);
    expect_wait(&r, RETRY_LIMITED, 10000, 15000);
}

static void retry_after_is_honoured(void)
{
    struct http_request r = ended(HTTP_REPLIED, 429);
    r.reply.header[HTTP_RETRY_AFTER_S] = 3;
    expect_wait(&r, RETRY_LIMITED, 3000, 4000);
}

static int64_t seven_s(const struct http_request *r)
{
    (void)r;
    return 7;
}

/* The longer of the two that a reply asks for. */
static void a_body_may_ask_for_a_wait(void)
{
    struct retry_policy asks = policy;
    struct http_request r = ended(HTTP_REPLIED, 429);
    uint64_t dice = 1;
    asks.asked_s = seven_s;
    for (int i = 0; i < 50; i++) {
        r.reply.header[HTTP_RETRY_AFTER_S] = i % 2 ? 3 : HTTP_ABSENT;
        int64_t ms = retry_delay_ms(&asks, &r, RETRY_LIMITED, &dice);
        ASSERT(ms >= 7000 && ms <= 8000);
    }
    r.reply.header[HTTP_RETRY_AFTER_S] = 9;
    ASSERT(retry_delay_ms(&asks, &r, RETRY_LIMITED, &dice) >= 9000);
    ASSERT(retry_delay_ms(&asks, &r, RETRY_BACKOFF, &dice) < 7000);
}

static void an_absurd_header_does_not_overflow(void)
{
    uint64_t dice = 1;
    struct http_request r = ended(HTTP_REPLIED, 429);
    r.reply.header[HTTP_RETRY_AFTER_S] = INT64_MAX;
    ASSERT(retry_delay_ms(&policy, &r, RETRY_LIMITED, &dice) >= 86400000);
    r.reply.header[HTTP_RETRY_AFTER_S] = HTTP_ABSENT;
    r.reply.header[HTTP_RATE_RESET_MS] = INT64_MAX;
    ASSERT(retry_delay_ms(&policy, &r, RETRY_LIMITED, &dice) >= 86400000);
    r.reply.header[HTTP_RATE_RESET_MS] = -5;
    ASSERT(retry_delay_ms(&policy, &r, RETRY_LIMITED, &dice) >= 10000);
}

static void the_same_seed_rolls_the_same_waits(void)
{
    struct http_request r = ended(HTTP_TIMEOUT, 0);
    uint64_t one = 42, two = 42, other = 43;
    int differ = 0;
    for (int i = 0; i < 20; i++) {
        int64_t a = retry_delay_ms(&policy, &r, RETRY_BACKOFF, &one);
        int64_t b = retry_delay_ms(&policy, &r, RETRY_BACKOFF, &two);
        int64_t c = retry_delay_ms(&policy, &r, RETRY_BACKOFF, &other);
        ASSERT_INT(a, b);
        differ += a != c;
    }
    ASSERT(differ > 10);
}

void retry_test(void);
void retry_test(void)
{
    TEST_SUITE("net/retry");
    TEST(each_outcome_has_its_verdict);
    TEST(waits_double_up_to_the_cap_with_jitter_on_top);
    TEST(a_spent_quota_waits_for_the_reset);
    TEST(quota_left_means_overload_and_doubles);
    TEST(no_header_waits_the_fixed_time);
    TEST(retry_after_is_honoured);
    TEST(a_body_may_ask_for_a_wait);
    TEST(an_absurd_header_does_not_overflow);
    TEST(the_same_seed_rolls_the_same_waits);
}
