/* Pushover's replies, by the facts gathered on the interface: A1 to A3. The
 * values are invented. */
#include "notify/pushover.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define TOKEN "tokenAbCdEfGhIjKlMnOpQrStUvWx12"
#define USER  "userAbCdEfGhIjKlMnOpQrStUvWxy34"
#define OK    "{\"status\":1,\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}"
#define QUOTA                                                                  \
    "X-Limit-App-Limit: 10000\r\nX-Limit-App-Remaining: 9841\r\n"              \
    "X-Limit-App-Reset: 1796104800\r\n"
#define QUOTA_SPENT                                                            \
    "X-Limit-App-Limit: 10000\r\nX-Limit-App-Remaining: -1\r\n"                \
    "X-Limit-App-Reset: 1796104800\r\n"

static struct http_pool *pool;
static struct tiny_server server;
static struct pushover_options options;
static char base[64];
static struct error err;

static void begin(void)
{
    struct http_pool_options pool_options = { .seed = 5 };
    memset(&err, 0, sizeof(err));
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d", server.port);
    options = (struct pushover_options)PUSHOVER_OPTIONS_INIT;
    options.base_url = base;
    options.token = TOKEN;
    options.user = USER;
    options.timeout_ms = 300;
    options.max_tries = 3;
    options.spacing_ms = 40;
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
}

static void say(int n, struct tiny_reply reply)
{
    server.routes[0].prefix = "/1/messages.json";
    server.routes[0].replies[n] = reply;
}

static struct pushover_result deliver(const struct pushover_message *m)
{
    struct pushover_result result;
    ASSERT_INT(pushover_send(pool, &options, m, clock_monotonic_ms() + 5000,
                             &result, &err),
               0);
    return result;
}

/* The decoded value of a field of the form that was sent, or NULL; dropped
 * with free(). */
static char *field(const char *name)
{
    struct text t = TEXT_INIT(20000);
    size_t len = strlen(name);
    const char *at = server.seen[0].body;
    while (at && (strncmp(at, name, len) != 0 || at[len] != '=')) {
        at = strchr(at, '&');
        at = at ? at + 1 : NULL;
    }
    if (!at)
        return NULL;
    text_puts(&t, "");
    for (at += len + 1; *at && *at != '&'; at++) {
        char digits[3] = "";
        char c = *at;
        if (c == '%') {
            memcpy(digits, at + 1, 2);
            c = (char)strtol(digits, NULL, 16);
            at += 2;
        }
        text_append(&t, &c, 1);
    }
    return t.data;
}

static void expect_field(const char *name, const char *want)
{
    char *got = field(name);
    ASSERT_STR(got, want);
    free(got);
}

static const struct pushover_message plain = { .title = "title",
                                               .body = "body" };

static void a_message_goes_out_as_a_form(void)
{
    say(0, (struct tiny_reply){ .status = 200, .headers = QUOTA, .body = OK });
    begin();
    struct pushover_message m = { .title = "MANDATORY ETH-USDT & more",
                                  .body = "line 1\nline 2: 5 \xe2\x82\xac + 1%",
                                  .priority = 1,
                                  .url = "https://example.org/a?b=c&d=e",
                                  .url_title = "chart",
                                  .tag = "not for this priority",
                                  .retry_s = 75,
                                  .expire_s = 3600,
                                  .timestamp_s = 1795176461,
                                  .sound = "siren" };
    struct pushover_result r = deliver(&m);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT_INT(r.status, 200);
    ASSERT_STR(r.request, "647d2301-7c11-4b0e-9a52-0a1b2c3d4e01");
    ASSERT_STR(r.receipt, "");
    ASSERT_STR(r.reason, "");
    ASSERT_INT(r.limit, 10000);
    ASSERT_INT(r.remaining, 9841);
    ASSERT_INT(r.reset_s, 1796104800);
    ASSERT_STR(server.seen[0].target, "/1/messages.json");
    ASSERT_STR(server.seen[0].method, "POST");
    expect_field("token", TOKEN);
    expect_field("user", USER);
    expect_field("title", m.title);
    expect_field("message", m.body);
    expect_field("priority", "1");
    expect_field("url", m.url);
    expect_field("url_title", "chart");
    expect_field("timestamp", "1795176461");
    expect_field("sound", "siren");
    expect_field("retry", NULL);
    expect_field("expire", NULL);
    expect_field("tags", NULL);
    end();
}

static void an_emergency_has_retry_expire_and_tag_and_gets_a_receipt(void)
{
    say(0,
        (struct tiny_reply){
            .status = 200,
            .body = "{\"receipt\":\"rk7x2m9q4c1vb8n3z5l0w6s2d4f7g9\","
                    "\"status\":1,"
                    "\"request\":\"647d2302-7c11-4b0e-9a52-0a1b2c3d4e02\"}" });
    begin();
    struct pushover_message m = { .body = "out",
                                  .priority = 2,
                                  .tag = "eth-usdt-1",
                                  .retry_s = 75,
                                  .expire_s = 3600 };
    struct pushover_result r = deliver(&m);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT_STR(r.receipt, "rk7x2m9q4c1vb8n3z5l0w6s2d4f7g9");
    ASSERT(r.remaining == HTTP_ABSENT);
    expect_field("retry", "75");
    expect_field("expire", "3600");
    expect_field("tags", "eth-usdt-1");
    expect_field("title", NULL);
    expect_field("url", NULL);
    expect_field("timestamp", NULL);
    expect_field("sound", NULL);
    end();
}

static void repeat(struct text *t, const char *s, int n)
{
    for (int i = 0; i < n; i++)
        text_puts(t, s);
}

static void long_texts_are_cut_at_code_points(void)
{
    struct text title = TEXT_INIT(10000), text = TEXT_INIT(20000);
    struct text want = TEXT_INIT(10000), link = TEXT_INIT(20000);
    say(0, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    repeat(&title, "\xc3\xa4", 251);
    repeat(&text, "\xe2\x82\xac", 1024);
    text_puts(&link, "https://example.org/");
    repeat(&link, "x", 493); /* 513 characters */
    struct pushover_message m = { .title = text_str(&title),
                                  .body = text_str(&text),
                                  .url = text_str(&link),
                                  .url_title = "gone with its url" };
    deliver(&m);
    repeat(&want, "\xc3\xa4", 249);
    text_puts(&want, "\xe2\x80\xa6");
    expect_field("title", text_str(&want));
    expect_field("message", text_str(&text)); /* 1024 fit */
    expect_field("url", NULL);
    expect_field("url_title", NULL);
    text_release(&title);
    text_release(&text);
    text_release(&want);
    text_release(&link);
    end();
}

static const struct {
    struct tiny_reply reply;
    enum pushover_outcome outcome;
    int requests;
    const char *reason;
} replies[] = {
    { { .status = 400,
        .body = "{\"user\":\"invalid\",\"errors\":[\"user identifier is "
                "not a valid user, group, or subscribed user key\"],"
                "\"status\":0,\"request\":\"r\"}" },
      PUSHOVER_REFUSED,
      1,
      "user identifier is not a valid user, group, or subscribed user "
      "key" },
    { { .status = 400,
        .body = "{\"token\":\"invalid\",\"errors\":[\"application token "
                "is invalid\"],\"status\":0,\"request\":\"r\"}" },
      PUSHOVER_REFUSED,
      1,
      "application token is invalid" },
    { { .status = 400,
        .body = "{\"expire\":\"must be supplied with priority=2\","
                "\"errors\":[\"expire must be supplied with "
                "priority=2\",\"retry must be supplied with "
                "priority=2\"],\"status\":0,\"request\":\"r\"}" },
      PUSHOVER_REFUSED,
      1,
      "expire must be supplied with priority=2" },
    { { .status = 413, .body = "<html>" },
      PUSHOVER_REFUSED,
      1,
      "not taken, and no reason given" },
    { { .status = 429,
        .headers = QUOTA_SPENT,
        .body = "{\"token\":\"invalid\",\"errors\":[\"application has "
                "exceeded current limit of 10000 messages\"],"
                "\"status\":0,\"request\":\"r\"}" },
      PUSHOVER_LATER,
      1,
      "application has exceeded current limit of 10000 messages" },
    { { .status = 500,
        .body = "{\"status\":0,\"errors\":[\"internal server error, "
                "please retry later\"],\"request\":\"r\"}" },
      PUSHOVER_LATER,
      3,
      "internal server error, please retry later" },
    { { .status = 502, .body = "<html>" },
      PUSHOVER_LATER,
      3,
      "Pushover has an internal error" },
    { { .status = 200, .body = "{\"status\":0,\"request\":\"r\"}" },
      PUSHOVER_REFUSED,
      1,
      "not taken, and no reason given" },
    { { .status = 200, .body = "{\"status\":\"1\"}" },
      PUSHOVER_REFUSED,
      1,
      "not taken, and no reason given" },
    { { .status = 200, .body = "<html>log in to the hotel</html>" },
      PUSHOVER_LATER,
      1,
      "the reply is not of Pushover" },
    { { .status = 200, .body = "{\"status\":1" },
      PUSHOVER_LATER,
      1,
      "the reply is not of Pushover" },
    { { .status = 302, .headers = "Location: /1/x\r\n" },
      PUSHOVER_LATER,
      1,
      "the reply is not of Pushover" },
};

static void each_reply_has_its_outcome(void)
{
    for (size_t i = 0; i < ARRAY_LEN(replies); i++) {
        say(0, replies[i].reply);
        begin();
        struct pushover_result r = deliver(&plain);
        ASSERT_INT(r.outcome, replies[i].outcome);
        ASSERT_INT(r.status, replies[i].reply.status);
        ASSERT_INT(server.seen_count, replies[i].requests);
        ASSERT_INT(r.tries, replies[i].requests);
        ASSERT_STR(r.reason, replies[i].reason);
        end();
    }
}

static void a_spent_quota_tells_when_it_is_back(void)
{
    say(0, (struct tiny_reply){ .status = 429, .headers = QUOTA_SPENT });
    begin();
    struct pushover_result r = deliver(&plain);
    ASSERT_INT(r.outcome, PUSHOVER_LATER);
    ASSERT_INT(r.remaining, -1);
    ASSERT_INT(r.reset_s, 1796104800);
    ASSERT_STR(r.reason, "the month's quota is used up");
    ASSERT_INT(server.seen_count, 1);
    end();
}

static void server_trouble_is_repeated_with_the_spacing(void)
{
    say(0, (struct tiny_reply){ .status = 500 });
    say(1, (struct tiny_reply){ .status = -1 });
    say(2, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    struct pushover_result r = deliver(&plain);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT_INT(r.tries, 3);
    ASSERT(server.seen[1].at_ms - server.seen[0].at_ms >= 40);
    ASSERT(server.seen[2].at_ms - server.seen[1].at_ms >= 80);
    ASSERT_STR(server.seen[2].body, server.seen[0].body);
    end();
}

static void no_reply_in_time_is_repeated_then_left_for_later(void)
{
    say(0, (struct tiny_reply){ .status = 200, .body = OK, .delay_ms = 2000 });
    begin();
    options.timeout_ms = 100;
    struct pushover_result r = deliver(&plain);
    ASSERT_INT(r.outcome, PUSHOVER_LATER);
    ASSERT_INT(r.status, 0);
    ASSERT_INT(r.tries, 3);
    ASSERT(strstr(r.reason, "no whole reply within 100 ms") != NULL);
    end();
}

static void the_deadline_bounds_the_repeats(void)
{
    struct pushover_result r;
    say(0, (struct tiny_reply){ .status = 500 });
    begin();
    options.spacing_ms = 5000;
    int64_t start = clock_monotonic_ms();
    ASSERT_INT(pushover_send(pool, &options, &plain, start + 1000, &r, &err),
               0);
    ASSERT(clock_monotonic_ms() - start < 900);
    ASSERT_INT(r.outcome, PUSHOVER_LATER);
    ASSERT_INT(r.tries, 1);
    end();
}

static void secrets_are_never_in_a_reason(void)
{
    say(0,
        (struct tiny_reply){ .status = 400,
                             .body = "{\"status\":0,\"errors\":[\"token " TOKEN
                                     " of " USER " is invalid\"],"
                                     "\"request\":\"" TOKEN
                                     "\",\"receipt\":\"r " USER "\"}" });
    begin();
    struct pushover_result r = deliver(&plain);
    ASSERT_INT(r.outcome, PUSHOVER_REFUSED);
    ASSERT(strstr(r.reason, TOKEN) == NULL);
    ASSERT(strstr(r.reason, USER) == NULL);
    ASSERT(strstr(r.reason, "is invalid") != NULL);
    ASSERT_STR(r.request, ""); /* it would be recorded */
    ASSERT_STR(r.receipt, "");
    end();

    begin();
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
    r = deliver(&plain);
    ASSERT_INT(r.outcome, PUSHOVER_LATER);
    ASSERT(strstr(r.reason, "POST http://127.0.0.1") == r.reason);
    ASSERT(strstr(r.reason, TOKEN) == NULL);
    http_pool_free(pool);
}

static void a_wrong_message_is_not_sent(void)
{
    static const struct {
        struct pushover_message m;
        enum fault fault;
    } rows[] = {
        { { .body = "" }, FAULT_BUG },
        { { .body = " \n" }, FAULT_BUG },
        { { .body = NULL }, FAULT_BUG },
        { { .body = "x", .priority = 3 }, FAULT_BUG },
        { { .body = "x", .priority = -3 }, FAULT_BUG },
        { { .body = "x", .priority = 2 }, FAULT_CONFIG },
        { { .body = "x", .priority = 2, .retry_s = 29, .expire_s = 3600 },
          FAULT_CONFIG },
        { { .body = "x", .priority = 2, .retry_s = 30, .expire_s = 10801 },
          FAULT_CONFIG },
    };
    struct pushover_result r;
    say(0, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_INT(pushover_send(pool, &options, &rows[i].m,
                                 clock_monotonic_ms() + 1000, &r, &err),
                   -1);
        ASSERT_INT(err.fault, rows[i].fault);
    }
    options.token = " ";
    ASSERT_INT(pushover_send(pool, &options, &plain,
                             clock_monotonic_ms() + 1000, &r, &err),
               -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    options.token = TOKEN;
    options.base_url = "http://api.pushover.net";
    ASSERT_INT(pushover_send(pool, &options, &plain,
                             clock_monotonic_ms() + 1000, &r, &err),
               -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT_INT(server.seen_count, 0);
    end();
}

static void outcomes_have_names(void)
{
    ASSERT_STR(pushover_outcome_name(PUSHOVER_DELIVERED), "delivered");
    ASSERT_STR(pushover_outcome_name(PUSHOVER_REFUSED), "refused");
    ASSERT_STR(pushover_outcome_name(PUSHOVER_LATER), "later");
}

void pushover_test(void);
void pushover_test(void)
{
    TEST_SUITE("notify/pushover");
    TEST(a_message_goes_out_as_a_form);
    TEST(an_emergency_has_retry_expire_and_tag_and_gets_a_receipt);
    TEST(long_texts_are_cut_at_code_points);
    TEST(each_reply_has_its_outcome);
    TEST(a_spent_quota_tells_when_it_is_back);
    TEST(server_trouble_is_repeated_with_the_spacing);
    TEST(no_reply_in_time_is_repeated_then_left_for_later);
    TEST(the_deadline_bounds_the_repeats);
    TEST(secrets_are_never_in_a_reason);
    TEST(a_wrong_message_is_not_sent);
    TEST(outcomes_have_names);
}
