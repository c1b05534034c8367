/* The transport against a server on loopback that misbehaves on demand. */
#include "net/http.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define SECRET "s3cr3t-0123456789"

static struct http_pool *pool;
static struct tiny_server server;
static struct error err;

static void begin(void)
{
    struct http_pool_options options = { .user_agent = "gridwatch/9.8.7",
                                         .max_per_host = 4,
                                         .seed = 1 };
    memset(&err, 0, sizeof(err));
    pool = http_pool_new(&options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
}

static void route(int i, const char *prefix, struct tiny_reply reply)
{
    server.routes[i].prefix = prefix;
    server.routes[i].replies[0] = reply;
}

static char *url_of(const char *path)
{
    struct text t = TEXT_INIT(500);
    text_printf(&t, "http://127.0.0.1:%d%s", server.port, path);
    return t.data;
}

static const struct retry_policy quick = { .classify = retry_by_transport,
                                           .max_tries = 3,
                                           .first_ms = 30,
                                           .cap_ms = 100,
                                           .limited_ms = 60 };

static struct http_request get(char *url)
{
    return (struct http_request){ .url = url,
                                  .timeout_ms = 2000,
                                  .reply_max = 10000 };
}

/* Runs one request to the end, at most for `ms`. */
static int64_t run(struct http_request *r, int64_t ms)
{
    int64_t start = clock_monotonic_ms();
    ASSERT_FATAL(http_pool_add(pool, r, &err) == 0);
    ASSERT_INT(http_pool_run(pool, start + ms, &err), 0);
    return clock_monotonic_ms() - start;
}

static void drop(struct http_request *r, char *url)
{
    http_request_release(r);
    free(url);
}

static void a_reply_comes_with_status_body_headers_and_times(void)
{
    route(0, "/hello",
          (struct tiny_reply){ .status = 200,
                               .headers =
                                   "gw-ratelimit-limit: 2000\r\n"
                                   "GW-RateLimit-Remaining: 1991\r\n"
                                   "gw-ratelimit-reset: 27411\r\n"
                                   "X-Limit-App-Limit: 10000\r\n"
                                   "X-Limit-App-Remaining: -1\r\n"
                                   "X-Limit-App-Reset: 1796104800\r\n"
                                   "Retry-After: 7\r\n"
                                   "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
                               .body = "hello" });
    begin();
    char *url = url_of("/hello?a=b");
    struct http_request r = get(url);
    int64_t before = clock_wall_ms();
    run(&r, 2000);
    ASSERT_INT(r.reply.outcome, HTTP_REPLIED);
    ASSERT_INT(r.reply.status, 200);
    ASSERT_STR(text_str(&r.reply.body), "hello");
    ASSERT_INT(r.reply.header[HTTP_RATE_LIMIT], 2000);
    ASSERT_INT(r.reply.header[HTTP_RATE_REMAINING], 1991);
    ASSERT_INT(r.reply.header[HTTP_RATE_RESET_MS], 27411);
    ASSERT_INT(r.reply.header[HTTP_APP_LIMIT], 10000);
    ASSERT_INT(r.reply.header[HTTP_APP_REMAINING], -1);
    ASSERT_INT(r.reply.header[HTTP_APP_RESET_S], 1796104800);
    ASSERT_INT(r.reply.header[HTTP_RETRY_AFTER_S], 7);
    ASSERT_INT(r.reply.header[HTTP_DATE_MS], 784111777000); /* RFC 9110 5.6.7 */
    ASSERT_INT(r.reply.tries, 1);
    ASSERT(r.reply.sent_ms >= before - 5);
    ASSERT(r.reply.received_ms >= r.reply.sent_ms);
    ASSERT(r.reply.received_ms <= clock_wall_ms() + 5);
    ASSERT(strstr(server.seen[0].head, "User-Agent: gridwatch/9.8.7\r\n") !=
           NULL);
    ASSERT_STR(server.seen[0].target, "/hello?a=b");
    ASSERT_STR(server.seen[0].method, "GET");
    drop(&r, url);
    end();
}

static void headers_that_are_no_numbers_are_absent(void)
{
    route(0, "/",
          (struct tiny_reply){ .status = 200,
                               .headers = "gw-ratelimit-reset: soon\r\n"
                                          "Retry-After: \r\n"
                                          "Date: yesterday\r\n" });
    begin();
    char *url = url_of("/");
    struct http_request r = get(url);
    run(&r, 2000);
    ASSERT_INT(r.reply.status, 200);
    for (size_t i = 0; i < HTTP_HEADER_COUNT; i++)
        ASSERT(r.reply.header[i] == HTTP_ABSENT);
    drop(&r, url);
    end();
}

static void a_post_carries_form_and_headers(void)
{
    static const char *const headers[] = { "X-Key: " SECRET, NULL };
    struct text form = TEXT_INIT(200);
    route(0, "/form", (struct tiny_reply){ .status = 204 });
    begin();
    char *url = url_of("/form");
    struct http_request r = get(url);
    http_form_add(&form, "a", "1 & 2=3");
    http_form_add(&form, "b", "\xe2\x82\xac~");
    r.method = HTTP_POST;
    r.body = text_str(&form);
    r.content_type = "application/x-www-form-urlencoded";
    r.headers = headers;
    run(&r, 2000);
    ASSERT_INT(r.reply.status, 204);
    ASSERT_STR(server.seen[0].method, "POST");
    ASSERT_STR(server.seen[0].body, "a=1%20%26%202%3D3&b=%E2%82%AC~");
    ASSERT(strstr(server.seen[0].head, "X-Key: " SECRET "\r\n") != NULL);
    ASSERT(strstr(server.seen[0].head,
                  "Content-Type: application/x-www-form-urlencoded\r\n") !=
           NULL);
    text_release(&form);
    drop(&r, url);
    end();
}

static void requests_run_together_and_within_the_limit(void)
{
    struct http_request r[8];
    route(0, "/slow", (struct tiny_reply){ .status = 200, .delay_ms = 200 });
    begin();
    char *url = url_of("/slow");
    int64_t start = clock_monotonic_ms();
    for (size_t i = 0; i < ARRAY_LEN(r); i++) {
        r[i] = get(url);
        ASSERT_INT(http_pool_add(pool, &r[i], &err), 0);
    }
    ASSERT_INT(http_pool_run(pool, start + 5000, &err), 0);
    int64_t took = clock_monotonic_ms() - start;
    for (size_t i = 0; i < ARRAY_LEN(r); i++)
        ASSERT_INT(r[i].reply.status, 200);
    ASSERT(took >= 400); /* four at once: two rounds */
    ASSERT(took < 1200); /* one after the other: 1600 */
    ASSERT_INT(server.at_once_max, 4);
    free(url);
    end();
}

static void waiting_for_a_turn_is_not_part_of_the_timeout(void)
{
    struct http_request r[12];
    route(0, "/slow", (struct tiny_reply){ .status = 200, .delay_ms = 200 });
    begin();
    char *url = url_of("/slow");
    for (size_t i = 0; i < ARRAY_LEN(r); i++) {
        r[i] = get(url);
        r[i].timeout_ms = 500;
        http_pool_add(pool, &r[i], &err);
    }
    ASSERT_INT(http_pool_run(pool, clock_monotonic_ms() + 5000, &err), 0);
    for (size_t i = 0; i < ARRAY_LEN(r); i++)
        ASSERT_INT(r[i].reply.outcome, HTTP_REPLIED);
    free(url);
    end();
}

static void connections_are_kept_between_runs(void)
{
    route(0, "/", (struct tiny_reply){ .status = 200, .body = "x" });
    begin();
    char *url = url_of("/");
    for (int i = 0; i < 3; i++) {
        struct http_request r = get(url);
        run(&r, 2000);
        ASSERT_INT(r.reply.status, 200);
        http_request_release(&r);
    }
    ASSERT_INT(server.connection_count, 1);
    free(url);
    end();
}

static void a_slow_reply_is_a_timeout(void)
{
    route(0, "/slow", (struct tiny_reply){ .status = 200, .delay_ms = 3000 });
    begin();
    char *url = url_of("/slow?token=" SECRET);
    struct http_request r = get(url);
    r.timeout_ms = 150;
    int64_t took = run(&r, 3000);
    ASSERT_INT(r.reply.outcome, HTTP_TIMEOUT);
    ASSERT_INT(r.reply.status, 0);
    ASSERT(took < 1000);
    ASSERT_INT(http_request_error(&r, &err), -1);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(err.msg, "/slow: no whole reply within 150 ms") != NULL);
    ASSERT(strstr(err.msg, SECRET) == NULL);
    drop(&r, url);
    end();
}

static void the_deadline_cancels_what_is_under_way(void)
{
    route(0, "/slow", (struct tiny_reply){ .status = 200, .delay_ms = 3000 });
    route(1, "/fast", (struct tiny_reply){ .status = 200 });
    begin();
    char *slow_url = url_of("/slow"), *fast_url = url_of("/fast");
    struct http_request slow = get(slow_url), fast = get(fast_url);
    http_pool_add(pool, &slow, &err);
    int64_t took = run(&fast, 200);
    ASSERT_INT(slow.reply.outcome, HTTP_CANCELLED);
    ASSERT_INT(fast.reply.outcome, HTTP_REPLIED);
    ASSERT(took >= 190);
    ASSERT(took < 800);
    http_request_error(&slow, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    drop(&slow, slow_url);
    drop(&fast, fast_url);
    end();
}

static void a_deadline_in_the_past_sends_nothing(void)
{
    route(0, "/", (struct tiny_reply){ .status = 200 });
    begin();
    char *url = url_of("/");
    struct http_request r = get(url);
    run(&r, -1);
    ASSERT_INT(r.reply.outcome, HTTP_CANCELLED);
    ASSERT_INT(r.reply.tries, 0);
    ASSERT_INT(server.seen_count, 0);
    drop(&r, url);
    end();
}

static void a_reply_too_large_is_refused(void)
{
    static const char hundred[] =
        "0123456789012345678901234567890123456789012345678901234567890123456789"
        "012345678901234567890123456789";
    for (int announced = 0; announced < 2; announced++) {
        route(0, "/big",
              (struct tiny_reply){ .status = 200,
                                   .body = hundred,
                                   .copies = 100000,
                                   .no_length = !announced });
        begin();
        char *url = url_of("/big");
        struct http_request r = get(url);
        r.retry = &quick;
        run(&r, 3000);
        ASSERT_INT(r.reply.outcome, HTTP_TOO_LARGE);
        ASSERT_INT(r.reply.tries, 1);
        ASSERT_INT(r.reply.body.len, 0);
        http_request_error(&r, &err);
        ASSERT_INT(err.fault, FAULT_DATA);
        ASSERT(strstr(err.msg, "longer than 10000 bytes") != NULL);
        drop(&r, url);
        end();
    }
}

static void a_reply_of_the_exact_maximum_is_taken(void)
{
    route(0, "/",
          (struct tiny_reply){
              .status = 200, .body = "0123456789", .copies = 1000 });
    begin();
    char *url = url_of("/");
    struct http_request r = get(url);
    run(&r, 3000);
    ASSERT_INT(r.reply.outcome, HTTP_REPLIED);
    ASSERT_INT(r.reply.body.len, 10000);
    drop(&r, url);
    end();
}

static void broken_replies_are_told_from_whole_ones(void)
{
    static const struct tiny_reply broken[] = {
        { .status = -1 },
        { .status = 200, .body = "half", .missing = 10 },
        { .status = 200, .body = "SSH-2.0-what\r\n", .raw = true },
    };
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        route(0, "/", broken[i]);
        begin();
        char *url = url_of("/");
        struct http_request r = get(url);
        run(&r, 3000);
        ASSERT_INT(r.reply.outcome, HTTP_BROKEN);
        ASSERT(r.reply.detail != NULL);
        ASSERT_INT(r.reply.body.len, 0);
        ASSERT_INT(r.reply.status, 0);
        drop(&r, url);
        end();
    }
}

static void nobody_there_is_no_connection(void)
{
    begin();
    char *url = url_of("/");
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
    struct http_request r = get(url);
    r.retry = &quick;
    run(&r, 3000);
    ASSERT_INT(r.reply.outcome, HTTP_NOCONNECT);
    ASSERT_INT(r.reply.tries, 3);
    http_request_error(&r, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    drop(&r, url);
    http_pool_free(pool);
}

static void what_passes_is_tried_again(void)
{
    static const struct tiny_reply first[] = {
        { .status = -1 },
        { .status = 200, .body = "half", .missing = 10 },
        { .status = 408 },
        { .status = 500 },
        { .status = 502, .body = "<html>bad gateway</html>" },
        { .status = 503 },
        { .status = 520 },
        { .status = 429,
          .headers = "gw-ratelimit-remaining: 0\r\n"
                     "gw-ratelimit-reset: 50\r\n" },
        { .status = 429 },
    };
    for (size_t i = 0; i < ARRAY_LEN(first); i++) {
        route(0, "/", first[i]);
        server.routes[0].replies[1] =
            (struct tiny_reply){ .status = 200, .body = "good" };
        begin();
        char *url = url_of("/");
        struct http_request r = get(url);
        r.retry = &quick;
        run(&r, 5000);
        ASSERT_INT(r.reply.status, 200);
        ASSERT_INT(r.reply.tries, 2);
        ASSERT_STR(text_str(&r.reply.body), "good");
        ASSERT(r.reply.header[HTTP_RATE_RESET_MS] == HTTP_ABSENT);
        ASSERT(server.seen[1].at_ms - server.seen[0].at_ms >= 29);
        drop(&r, url);
        end();
    }
}

static void what_is_final_is_not_tried_again(void)
{
    static const int final[] = { 200, 204, 301, 400, 401, 403, 404, 415 };
    for (size_t i = 0; i < ARRAY_LEN(final); i++) {
        route(0, "/", (struct tiny_reply){ .status = final[i] });
        begin();
        char *url = url_of("/");
        struct http_request r = get(url);
        r.retry = &quick;
        run(&r, 3000);
        ASSERT_INT(r.reply.status, final[i]);
        ASSERT_INT(server.seen_count, 1);
        drop(&r, url);
        end();
    }
}

static void tries_end_at_the_maximum(void)
{
    route(0, "/", (struct tiny_reply){ .status = 502 });
    begin();
    char *url = url_of("/");
    struct http_request r = get(url);
    r.retry = &quick;
    run(&r, 5000);
    ASSERT_INT(server.seen_count, 3);
    ASSERT_INT(r.reply.status, 502);
    http_request_error(&r, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    drop(&r, url);
    end();
}

static void a_retry_beyond_the_deadline_is_not_waited_for(void)
{
    route(0, "/",
          (struct tiny_reply){ .status = 429,
                               .headers = "gw-ratelimit-remaining: 0\r\n"
                                          "gw-ratelimit-reset: 27000\r\n" });
    begin();
    char *url = url_of("/");
    struct http_request r = get(url);
    r.retry = &quick;
    int64_t took = run(&r, 5000);
    ASSERT(took < 2000);
    ASSERT_INT(r.reply.outcome, HTTP_REPLIED);
    ASSERT_INT(r.reply.status, 429);
    drop(&r, url);
    end();
}

static void redirects_are_not_followed(void)
{
    route(0, "/from",
          (struct tiny_reply){ .status = 302, .headers = "Location: /to\r\n" });
    route(1, "/to", (struct tiny_reply){ .status = 200 });
    begin();
    char *url = url_of("/from");
    struct http_request r = get(url);
    run(&r, 2000);
    ASSERT_INT(r.reply.status, 302);
    ASSERT_INT(server.seen_count, 1);
    http_request_error(&r, &err);
    ASSERT_INT(err.fault, FAULT_REFUSED);
    drop(&r, url);
    end();
}

static void the_environment_names_no_proxy(void)
{
    route(0, "/", (struct tiny_reply){ .status = 200 });
    begin();
    setenv("http_proxy", "http://127.0.0.1:9", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
    char *url = url_of("/");
    struct http_request r = get(url);
    run(&r, 2000);
    ASSERT_INT(r.reply.status, 200);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    drop(&r, url);
    end();
}

void http_test(void);
void http_test(void)
{
    TEST_SUITE("net/http");
    TEST(a_reply_comes_with_status_body_headers_and_times);
    TEST(headers_that_are_no_numbers_are_absent);
    TEST(a_post_carries_form_and_headers);
    TEST(requests_run_together_and_within_the_limit);
    TEST(waiting_for_a_turn_is_not_part_of_the_timeout);
    TEST(connections_are_kept_between_runs);
    TEST(a_slow_reply_is_a_timeout);
    TEST(the_deadline_cancels_what_is_under_way);
    TEST(a_deadline_in_the_past_sends_nothing);
    TEST(a_reply_too_large_is_refused);
    TEST(a_reply_of_the_exact_maximum_is_taken);
    TEST(broken_replies_are_told_from_whole_ones);
    TEST(nobody_there_is_no_connection);
    TEST(what_passes_is_tried_again);
    TEST(what_is_final_is_not_tried_again);
    TEST(tries_end_at_the_maximum);
    TEST(a_retry_beyond_the_deadline_is_not_waited_for);
    TEST(redirects_are_not_followed);
    TEST(the_environment_names_no_proxy);
}
