/* Pictures that go with a message, and messages that go without theirs; by the
 * facts gathered on the interface: A1 and A2. */
#include "notify/pushover.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define TOKEN "tokenAbCdEfGhIjKlMnOpQrStUvWx12"
#define USER  "userAbCdEfGhIjKlMnOpQrStUvWxy34"
#define OK    "{\"status\":1,\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}"

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
    options.timeout_ms = 10000;
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
    ASSERT_INT(pushover_send(pool, &options, m, clock_monotonic_ms() + 30000,
                             &result, &err),
               0);
    return result;
}

/* The decoded value of a field of the n-th form that was sent, or NULL; dropped
 * with free(). */
static char *field_of(int n, const char *name)
{
    struct text t = TEXT_INIT(20000);
    size_t len = strlen(name);
    const char *at = server.seen[n].body;
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

static void expect_of(int n, const char *name, const char *want)
{
    char *got = field_of(n, name);
    ASSERT_STR(got, want);
    free(got);
}

static const struct pushover_message plain = { .title = "title",
                                               .body = "body" };

/* Not a picture; what is sent is not looked at here. Python's b64encode(). */
static const char bytes[] = { '\x89', 'P', 'N', 'G', '\0', '\xff', '\xfb' };
#define LETTERS "iVBORwD/+w=="
static const struct pushover_message shown = { .title = "title",
                                               .body = "body",
                                               .picture = bytes,
                                               .picture_len = sizeof(bytes) };

static void a_picture_goes_with_the_message(void)
{
    say(0, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    struct pushover_result r = deliver(&shown);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT(r.pictured);
    ASSERT_STR(r.bare, "");
    ASSERT_INT(r.tries, 1);
    expect_of(0, "attachment_base64", LETTERS);
    expect_of(0, "attachment_type", "image/png");
    expect_of(0, "message", "body");
    r = deliver(&plain);
    ASSERT(!r.pictured);
    ASSERT_STR(r.bare, "");
    expect_of(1, "attachment_base64", NULL);
    end();
}

/* What the first try meets, and whether a second follows without the picture.
 */
static void what_is_refused_with_a_picture_is_sent_without(void)
{
    static const struct {
        int status;
        const char *body;
        int tries;
        const char *bare;
    } rows[] = {
        { 413, "<html>too large</html>", 2, "HTTP 413 with it" },
        { 400, "{\"status\":0,\"attachment\":\"bad\",\"errors\":[\"no\"]}", 2,
          "HTTP 400 with it" },
        { 403, NULL, 2, "HTTP 403 with it" },
        { 400, "{\"status\":0,\"token\":\"invalid\",\"errors\":[\"no\"]}", 1,
          "" },
        { 400, "{\"status\":0,\"user\":\"invalid\",\"errors\":[\"no\"]}", 1,
          "" },
        { 429, NULL, 1, "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        say(0, (struct tiny_reply){ .status = rows[i].status,
                                    .body = rows[i].body });
        say(1, (struct tiny_reply){ .status = 200, .body = OK });
        begin();
        options.max_tries = 1;
        struct pushover_result r = deliver(&shown);
        ASSERT_INT(server.seen_count, rows[i].tries);
        ASSERT_INT(r.tries, rows[i].tries);
        ASSERT_INT(r.outcome == PUSHOVER_DELIVERED, rows[i].tries == 2);
        ASSERT_STR(r.bare, rows[i].bare);
        ASSERT_INT(r.pictured, rows[i].tries == 1);
        expect_of(0, "attachment_base64", LETTERS);
        if (rows[i].tries == 2) {
            expect_of(1, "attachment_base64", NULL);
            expect_of(1, "attachment_type", NULL);
            expect_of(1, "message", "body");
        }
        end();
    }
}

/* The server hangs up on the first try. Then: refused for its picture, and
 * trouble: three tries in all, as without. */
static void trouble_goes_on_without_the_picture(void)
{
    say(0, (struct tiny_reply){ .status = -1 });
    say(1, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    struct pushover_result r = deliver(&shown);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT_INT(r.tries, 2);
    ASSERT(!r.pictured);
    ASSERT_STR(r.bare, "trouble at the first try");
    expect_of(0, "attachment_base64", LETTERS);
    expect_of(1, "attachment_base64", NULL);
    end();
    say(0, (struct tiny_reply){ .status = 413 });
    say(1, (struct tiny_reply){ .status = 500 });
    say(2, (struct tiny_reply){ .status = 500 });
    begin();
    r = deliver(&shown);
    ASSERT_INT(r.outcome, PUSHOVER_LATER);
    ASSERT_INT(r.tries, 3);
    ASSERT_STR(r.bare, "HTTP 413 with it");
    expect_of(2, "attachment_base64", NULL);
    end();
}

static void a_picture_that_is_too_large_stays_here(void)
{
    struct pushover_message m = shown;
    char *much = calloc(PUSHOVER_PICTURE_MAX + 1, 1);
    say(0, (struct tiny_reply){ .status = 200, .body = OK });
    begin();
    m.picture = much;
    m.picture_len = PUSHOVER_PICTURE_MAX + 1;
    struct pushover_result r = deliver(&m);
    ASSERT_INT(r.outcome, PUSHOVER_DELIVERED);
    ASSERT_STR(r.bare, "it has 307201 bytes");
    ASSERT(!r.pictured);
    expect_of(0, "attachment_base64", NULL);
    end();
    free(much);
}

void pushover_picture_test(void);
void pushover_picture_test(void)
{
    TEST_SUITE("notify/pushover: pictures");
    TEST(a_picture_goes_with_the_message);
    TEST(what_is_refused_with_a_picture_is_sent_without);
    TEST(trouble_goes_on_without_the_picture);
    TEST(a_picture_that_is_too_large_stays_here);
}
