/* A message put ahead, by the facts gathered on the interface: B1. */
#include "notify/ntfy_ahead.h"

#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "notify/ntfy_json.h"
#include "test.h"

#define TOPIC "PLANTEDtopic"
#define TOKEN "PLANTED_tk"
#define TAKEN                                                                  \
    "{\"id\":\"sQ1x8mR0aKpL\",\"sequence_id\":\"gridwatch-silence\","          \
    "\"time\":1795176461,\"event\":\"message\",\"topic\":\"" TOPIC "\"}"
/* Of an older server: it has no sequences. */
#define OLD                                                                    \
    "{\"id\":\"sQ1x8mR0aKpL\",\"time\":1795176461,\"event\":\"message\","      \
    "\"topic\":\"" TOPIC "\"}"

static struct http_pool *pool;
static struct tiny_server server;
static char base[96];
static struct ntfy_options options;
static struct error err;

static void begin(int status, const char *body)
{
    const struct http_pool_options pool_options = { .seed = 3 };
    memset(&server, 0, sizeof(server));
    memset(&err, 0, sizeof(err));
    server.routes[0].prefix = "/";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = status, .body = body };
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d/" TOPIC, server.port);
    options = (struct ntfy_options){ .url = base,
                                     .token = TOKEN,
                                     .timeout_ms = 4000 };
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
}

static int put(void)
{
    struct ntfy_ahead a = { 0 };
    ASSERT_INT(
        ntfy_ahead_add(&a, pool, &options, 2400, "silent", "look\nnow", &err),
        0);
    ASSERT_INT(http_pool_idle(pool, clock_monotonic_ms() + 3000, &err), 0);
    int rc = ntfy_ahead_check(&a, &err);
    ntfy_ahead_release(&a);
    return rc;
}

static void the_sequence_stands_in_the_path_and_the_rest_in_headers(void)
{
    static const char *const lines[] = {
        "\r\nTitle: silent\r\n",
        "\r\nDelay: 2400s\r\n",
        "\r\nPriority: 5\r\n",
        "\r\nAuthorization: Bearer " TOKEN "\r\n",
    };
    begin(200, TAKEN);
    ASSERT_INT(put(), 0);
    ASSERT_INT(server.seen_count, 1);
    ASSERT_STR(server.seen[0].method, "POST");
    ASSERT_STR(server.seen[0].target, "/" TOPIC "/gridwatch-silence");
    ASSERT_STR(server.seen[0].body, "look\nnow");
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        ASSERT(strstr(server.seen[0].head, lines[i]) != NULL);
    end();
    begin(200, TAKEN);
    options.token = "";
    ASSERT_INT(put(), 0);
    ASSERT(!strstr(server.seen[0].head, "Authorization"));
    end();
}

static void what_is_not_taken_is_told_without_the_secrets(void)
{
    static const struct {
        int status;
        const char *body, *say;
    } rows[] = {
        { 404, "{\"code\":40401}", "2.16 or newer" },
        { 200, OLD, "does not say" },
        { 200, "<html>log in</html>", "does not say" },
        { 401, "{\"code\":40101}", "401" },
        { 429, "{\"code\":42908}", "429" },
        { 302, "", "302" },
        { 500, "", "500" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(rows[i].status, rows[i].body);
        ASSERT_INT(put(), -1);
        ASSERT(strstr(err.msg, rows[i].say) != NULL);
        ASSERT(!strstr(err.msg, "PLANTED"));
        ASSERT_INT(server.seen_count, 1);
        end();
    }
}

/* The bounds of ntfy: 10 s to 3 days. */
static void what_ntfy_would_refuse_is_not_sent(void)
{
    static const int64_t bad[] = { -1, 0, 9, 259201 };
    struct ntfy_ahead a = { 0 };
    begin(200, TAKEN);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        ASSERT_INT(ntfy_ahead_add(&a, pool, &options, bad[i], "t", "b", &err),
                   -1);
    options.url = "http://ntfy.example/" TOPIC;
    ASSERT_INT(ntfy_ahead_add(&a, pool, &options, 10, "t", "b", &err), -1);
    ASSERT(!strstr(err.msg, "PLANTED"));
    ASSERT_INT(ntfy_ahead_check(&a, &err), 0);
    ntfy_ahead_release(&a);
    end();
}

static bool took(const char *body)
{
    return ntfy_json_took(body, strlen(body), "gridwatch-silence");
}

static void a_reply_is_read_whole(void)
{
    ASSERT(took(TAKEN));
    ASSERT(!took(OLD));
    ASSERT(!took(""));
    ASSERT(!took("null"));
    ASSERT(!took("{\"event\":\"message\",\"sequence_id\":7}"));
    ASSERT(!took("{\"event\":\"message\",\"sequence_id\":\"another\"}"));
    ASSERT(!took("{\"event\":\"keepalive\",\"sequence_id\":"
                 "\"gridwatch-silence\"}"));
    ASSERT(!ntfy_json_took(NULL, 0, "gridwatch-silence"));
}

void ntfy_ahead_test(void);
void ntfy_ahead_test(void)
{
    TEST_SUITE("notify/ntfy_ahead");
    TEST(the_sequence_stands_in_the_path_and_the_rest_in_headers);
    TEST(what_is_not_taken_is_told_without_the_secrets);
    TEST(what_ntfy_would_refuse_is_not_sent);
    TEST(a_reply_is_read_whole);
}
