/* Requests that no run waits for. */
#include "net/http.h"

#include <string.h>

#include "net/tiny_server.h"
#include "test.h"

static struct http_pool *pool;
static struct tiny_server server;
static char slow_url[80], quick_url[80];
static struct error err;

static void begin(int delay_ms)
{
    const struct http_pool_options options = { .seed = 3 };
    memset(&server, 0, sizeof(server));
    server.routes[0].prefix = "/slow";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = 200, .delay_ms = delay_ms };
    server.routes[1].prefix = "/quick";
    server.routes[1].replies[0] = (struct tiny_reply){ .status = 201 };
    pool = http_pool_new(&options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(slow_url, sizeof(slow_url), "http://127.0.0.1:%d/slow",
             server.port);
    snprintf(quick_url, sizeof(quick_url), "http://127.0.0.1:%d/quick",
             server.port);
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
}

static struct http_request request(const char *url, bool aside)
{
    return (struct http_request){ .method = HTTP_GET,
                                  .url = url,
                                  .timeout_ms = 5000,
                                  .reply_max = 1000,
                                  .aside = aside };
}

static int64_t soon(int64_t ms)
{
    return clock_monotonic_ms() + ms;
}

static void run_goes_on_without_it(void)
{
    begin(1500);
    struct http_request slow = request(slow_url, true);
    struct http_request quick = request(quick_url, false);
    ASSERT_INT(http_pool_add(pool, &slow, &err), 0);
    ASSERT_INT(http_pool_add(pool, &quick, &err), 0);
    int64_t began_ms = clock_monotonic_ms();
    ASSERT_INT(http_pool_run(pool, soon(5000), &err), 0);
    ASSERT(clock_monotonic_ms() - began_ms < 1000);
    ASSERT_INT(quick.reply.status, 201);
    ASSERT_INT(slow.reply.outcome, HTTP_UNSENT);
    ASSERT_INT(slow.reply.tries, 1);
    ASSERT_INT(http_pool_idle(pool, soon(5000), &err), 0);
    ASSERT_INT(slow.reply.outcome, HTTP_REPLIED);
    ASSERT_INT(slow.reply.status, 200);
    ASSERT_INT(server.seen_count, 2);
    http_request_release(&slow);
    http_request_release(&quick);
    end();
}

/* Many are added meanwhile, so that what is on its way moves in memory. */
static void it_gets_on_during_later_runs(void)
{
    struct http_request quick[40];
    begin(100);
    struct http_request slow = request(slow_url, true);
    ASSERT_INT(http_pool_add(pool, &slow, &err), 0);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 40; i++) {
            quick[i] = request(quick_url, false);
            ASSERT_INT(http_pool_add(pool, &quick[i], &err), 0);
        }
        ASSERT_INT(http_pool_run(pool, soon(5000), &err), 0);
        for (size_t i = 0; i < 40; i++) {
            ASSERT_INT(quick[i].reply.status, 201);
            http_request_release(&quick[i]);
        }
        clock_sleep_ms(60);
    }
    ASSERT_INT(slow.reply.status, 200);
    ASSERT_INT(slow.reply.tries, 1);
    http_request_release(&slow);
    end();
}

static void idling_ends_when_it_should(void)
{
    begin(1500);
    struct http_request slow = request(slow_url, true);
    int64_t began_ms = clock_monotonic_ms();
    ASSERT_INT(http_pool_idle(pool, soon(5000), &err), 0);
    ASSERT(clock_monotonic_ms() - began_ms < 2000);
    slow.timeout_ms = 300;
    ASSERT_INT(http_pool_add(pool, &slow, &err), 0);
    ASSERT_INT(http_pool_idle(pool, soon(100), &err), 0);
    ASSERT_INT(slow.reply.outcome, HTTP_UNSENT);
    ASSERT_INT(http_pool_idle(pool, soon(5000), &err), 0);
    ASSERT_INT(slow.reply.outcome, HTTP_TIMEOUT);
    http_request_release(&slow);
    end();
}

/* A run of nothing else does not even begin it; the pool may go at any time. */
static void it_ends_with_the_pool(void)
{
    begin(1500);
    struct http_request slow = request(slow_url, true);
    ASSERT_INT(http_pool_add(pool, &slow, &err), 0);
    ASSERT_INT(http_pool_run(pool, soon(1000), &err), 0);
    ASSERT_INT(slow.reply.tries, 0);
    ASSERT_INT(http_pool_idle(pool, soon(50), &err), 0);
    ASSERT_INT(slow.reply.tries, 1);
    end();
    http_request_release(&slow);
}

void http_aside_test(void);
void http_aside_test(void)
{
    TEST_SUITE("net/http_aside");
    TEST(run_goes_on_without_it);
    TEST(it_gets_on_during_later_runs);
    TEST(idling_ends_when_it_should);
    TEST(it_ends_with_the_pool);
}
