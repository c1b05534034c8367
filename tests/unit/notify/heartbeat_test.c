/* The words to a check, by the facts gathered on the interface: B6. */
#include "notify/heartbeat.h"

#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define SECRET "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"

static struct http_pool *pool;
static struct tiny_server server;
static char base[96];
static struct heartbeat_options options;
static struct error err;

static void begin(int status, int delay_ms)
{
    const struct http_pool_options pool_options = { .seed = 3 };
    memset(&server, 0, sizeof(server));
    memset(&err, 0, sizeof(err));
    server.routes[0].prefix = "/ping/";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = status,
                             .delay_ms = delay_ms,
                             .headers = "Location: http://127.0.0.1:1/\r\n",
                             .body = "OK" };
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d/ping/" SECRET,
             server.port);
    options = (struct heartbeat_options){ .url = base, .timeout_ms = 4000 };
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
}

static int say(int word, const char *body)
{
    struct heartbeat h = { 0 };
    ASSERT_INT(heartbeat_add(&h, pool, &options, word, body, &err), 0);
    ASSERT_INT(http_pool_idle(pool, clock_monotonic_ms() + 3000, &err), 0);
    int rc = heartbeat_check(&h, &err);
    heartbeat_release(&h);
    return rc;
}

static void each_word_has_its_path(void)
{
    static const struct {
        int word;
        const char *target;
    } rows[] = {
        { HEARTBEAT_START, "/ping/" SECRET "/start" },
        { 0, "/ping/" SECRET },
        { 65, "/ping/" SECRET "/65" },
        { 69, "/ping/" SECRET "/69" },
        { 75, "/ping/" SECRET "/75" },
    };
    begin(200, 0);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_INT(say(rows[i].word, "run x exit 0\n"), 0);
        ASSERT_STR(server.seen[i].target, rows[i].target);
        ASSERT_STR(server.seen[i].method, "POST");
        ASSERT_STR(server.seen[i].body, "run x exit 0\n");
        ASSERT(strstr(server.seen[i].head, "Content-Type: text/plain"));
    }
    end();
}

/* One try, whatever comes; the secret is in no error. */
static void what_is_not_taken_is_told_without_the_secret(void)
{
    static const int statuses[] = { 301, 400, 404, 409, 500, 503 };
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        char number[8];
        begin(statuses[i], 0);
        ASSERT_INT(say(0, "x"), -1);
        snprintf(number, sizeof(number), "%d", statuses[i]);
        ASSERT(strstr(err.msg, number) != NULL);
        ASSERT(!strstr(err.msg, SECRET) && !strstr(err.msg, "/ping"));
        ASSERT_INT(server.seen_count, 1);
        end();
    }
    begin(201, 0);
    ASSERT_INT(say(0, "x"), 0);
    end();
}

static void a_slow_host_costs_its_timeout(void)
{
    begin(200, 5000);
    options.timeout_ms = 400;
    int64_t began_ms = clock_monotonic_ms();
    ASSERT_INT(say(0, "x"), -1);
    ASSERT(clock_monotonic_ms() - began_ms < 2500);
    ASSERT(strstr(err.msg, "400 ms") != NULL);
    ASSERT(!strstr(err.msg, SECRET));
    ASSERT_INT(server.seen_count, 1);
    end();
}

static void a_wrong_address_adds_nothing(void)
{
    struct heartbeat h = { 0 };
    begin(200, 0);
    options.url = "http://hc.example/ping/" SECRET;
    ASSERT_INT(heartbeat_add(&h, pool, &options, 0, "x", &err), -1);
    ASSERT(!strstr(err.msg, SECRET));
    ASSERT_INT(heartbeat_check(&h, &err), 0);
    heartbeat_release(&h);
    end();
}

static void a_long_body_is_cut(void)
{
    char body[2000];
    memset(body, 'x', sizeof(body) - 1);
    body[sizeof(body) - 1] = '\0';
    begin(200, 0);
    ASSERT_INT(say(0, body), 0);
    ASSERT_INT(strlen(server.seen[0].body), HEARTBEAT_BODY_MAX - 1);
    end();
}

void heartbeat_test(void);
void heartbeat_test(void)
{
    TEST_SUITE("notify/heartbeat");
    TEST(each_word_has_its_path);
    TEST(what_is_not_taken_is_told_without_the_secret);
    TEST(a_slow_host_costs_its_timeout);
    TEST(a_wrong_address_adds_nothing);
    TEST(a_long_body_is_cut);
}
