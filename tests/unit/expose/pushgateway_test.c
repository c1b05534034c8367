/* A page for a Pushgateway, by its README. */
#include "expose/pushgateway.h"

#include <string.h>

#include "net/tiny_server.h"
#include "test.h"

void pushgateway_test(void);

#define PAGE "# TYPE x gauge\nx 1\n"

static struct http_pool *pool;
static struct tiny_server server;
static char base[96];
static struct pushgateway_options options;
static struct error err;

static void begin(int status, int delay_ms)
{
    const struct http_pool_options pool_options = { .seed = 3 };
    memset(&server, 0, sizeof(server));
    memset(&err, 0, sizeof(err));
    server.routes[0].prefix = "/secret/";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = status, .delay_ms = delay_ms };
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d/secret", server.port);
    options = (struct pushgateway_options){ .url = base,
                                            .instance = "",
                                            .timeout_ms = 4000 };
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
}

static int push(void)
{
    struct pushgateway g = { 0 };
    ASSERT_INT(pushgateway_add(&g, pool, &options, PAGE, &err), 0);
    ASSERT_INT(http_pool_idle(pool, clock_monotonic_ms() + 3000, &err), 0);
    int rc = pushgateway_check(&g, &err);
    pushgateway_release(&g);
    return rc;
}

static void the_page_is_put_in_its_place(void)
{
    begin(200, 0);
    ASSERT_INT(push(), 0);
    ASSERT_STR(server.seen[0].method, "PUT");
    ASSERT_STR(server.seen[0].target, "/secret/metrics/job/gridwatch");
    ASSERT_STR(server.seen[0].body, PAGE);
    ASSERT(strstr(server.seen[0].head,
                  "\r\nContent-Type: text/plain; version=0.0.4;") != NULL);
    ASSERT(strstr(server.seen[0].head, "\r\nExpect:") == NULL);
    options.instance = "writer-2";
    ASSERT_INT(push(), 0);
    ASSERT_STR(server.seen[1].target,
               "/secret/metrics/job/gridwatch/instance/writer-2");
    end();
}

static void older_gateways_say_202(void)
{
    begin(202, 0);
    ASSERT_INT(push(), 0);
    end();
}

static void a_refusal_is_told_without_the_path(void)
{
    begin(400, 0);
    ASSERT_INT(push(), -1);
    ASSERT(strstr(err.msg, "PUT http://127.0.0.1:") == err.msg);
    ASSERT(strstr(err.msg, "HTTP 400") != NULL);
    ASSERT(strstr(err.msg, "secret") == NULL);
    ASSERT_INT(server.seen_count, 1);
    end();
}

static void one_that_hangs_has_its_time_and_no_more(void)
{
    begin(200, 5000);
    options.timeout_ms = 200;
    int64_t began_ms = clock_monotonic_ms();
    ASSERT_INT(push(), -1);
    ASSERT(clock_monotonic_ms() - began_ms < 2500);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    ASSERT_INT(server.seen_count, 1);
    end();
}

static void nothing_that_was_added_is_nothing_wrong(void)
{
    struct pushgateway g = { 0 };
    ASSERT_INT(pushgateway_check(&g, &err), 0);
    begin(200, 0);
    options.url = "http://example.com";
    ASSERT_INT(pushgateway_add(&g, pool, &options, PAGE, &err), -1);
    ASSERT_INT(pushgateway_check(&g, &err), 0);
    end();
}

/* First tries and all others, whatever became of them. */
static void a_pool_counts_what_it_asks(void)
{
    struct http_counts counts = { 0, 0 };
    const struct http_pool_options counted = { .seed = 3, .counts = &counts };
    const struct retry_policy twice = { .classify = retry_by_transport,
                                        .max_tries = 3,
                                        .first_ms = 1,
                                        .cap_ms = 1,
                                        .limited_ms = 1 };
    char url[128];
    begin(500, 0);
    http_pool_free(pool);
    pool = http_pool_new(&counted, &err);
    snprintf(url, sizeof(url), "%s/x", base);
    struct http_request r[2] = {
        { .url = url, .timeout_ms = 1000, .reply_max = 100, .retry = &twice },
        { .url = url, .timeout_ms = 1000, .reply_max = 100 }
    };
    ASSERT_INT(http_pool_add(pool, &r[0], &err), 0);
    ASSERT_INT(http_pool_add(pool, &r[1], &err), 0);
    ASSERT_INT(http_pool_run(pool, clock_monotonic_ms() + 5000, &err), 0);
    ASSERT_INT(counts.requests, 2);
    ASSERT_INT(counts.retries, 2);
    ASSERT_INT(server.seen_count, 4);
    http_request_release(&r[0]);
    http_request_release(&r[1]);
    end();
}

void pushgateway_test(void)
{
    TEST_SUITE("prometheus: the Pushgateway");
    TEST(the_page_is_put_in_its_place);
    TEST(older_gateways_say_202);
    TEST(a_refusal_is_told_without_the_path);
    TEST(one_that_hangs_has_its_time_and_no_more);
    TEST(nothing_that_was_added_is_nothing_wrong);
    TEST(a_pool_counts_what_it_asks);
}
