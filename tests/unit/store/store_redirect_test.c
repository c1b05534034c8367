/* A remote over HTTP that sends us on to another host is refused: nothing is
 * asked there, so no token can get there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "store_fixture.h"
#include "test.h"

#define TOKEN "token-that-nobody-may-see"
/* base64 of "gridwatch:" TOKEN */
#define BASIC "Z3JpZHdhdGNoOnRva2VuLXRoYXQtbm9ib2R5LW1heS1zZWU="

static struct place place;
static struct tiny_server first, second;
static char address[100], onward[200];
static struct store *store;

/* The first sends every request on to the second, by another name. */
static void begin(int status, bool asks_who)
{
    place_init(&place);
    memset(&first, 0, sizeof(first));
    memset(&second, 0, sizeof(second));
    second.routes[0] = (struct tiny_route){
        .prefix = "/",
        .replies = { { .status = 401,
                       .headers = "WWW-Authenticate: Basic realm=\"b\"\r\n" } },
    };
    ASSERT_FATAL(tiny_start(&second));
    snprintf(onward, sizeof(onward),
             "Location: http://localhost:%d/data.git/info/refs"
             "?service=git-upload-pack\r\n",
             second.port);
    struct tiny_route r = { .prefix = "/" };
    size_t n = 0;
    if (asks_who)
        r.replies[n++] = (struct tiny_reply){
            .status = 401,
            .headers = "WWW-Authenticate: Basic realm=\"a\"\r\n",
        };
    r.replies[n] = (struct tiny_reply){ .status = status, .headers = onward };
    first.routes[0] = r;
    ASSERT_FATAL(tiny_start(&first));
    snprintf(address, sizeof(address), "http://127.0.0.1:%d/data.git",
             first.port);
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_FATAL(store_create(&o, &place.err) == 0);
    o.remote = address;
    o.login = (struct store_login){ .http_token = TOKEN };
    ASSERT_FATAL(store_open(&o, &store, &place.err) == 0);
    place_put(&place, store, "a", "1", NULL);
}

static void end(void)
{
    store_free(store);
    tiny_stop(&first);
    tiny_stop(&second);
    place_release(&place);
}

/* How many of the requests to the first had the token. */
static int trusted(void)
{
    int n = 0;
    for (int i = 0; i < first.seen_count && i < TINY_SEEN; i++)
        n += strstr(first.seen[i].head, "Authorization: Basic " BASIC) != NULL;
    return n;
}

static int ask(void)
{
    enum sync_state state = SYNC_UNKNOWN;
    int rc = store_sync(store, STORE_TEST_BUDGET_MS, &state, &place.err);
    ASSERT_INT(state, SYNC_UNKNOWN);
    return rc;
}

static int push(void)
{
    return store_push(store, STORE_TEST_BUDGET_MS, &place.err);
}

static void refused(int rc)
{
    ASSERT_INT(rc, -1);
    ASSERT(first.seen_count > 0);
    ASSERT_INT(second.seen_count, 0);
    ASSERT_INT(second.connection_count, 0);
    ASSERT(strstr(place.err.msg, TOKEN) == NULL);
}

static void no_kind_of_redirect_is_followed(void)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        begin(statuses[i], false);
        refused(ask());
        refused(push());
        end();
    }
}

static void nor_is_one_after_the_token_was_given(void)
{
    begin(302, true);
    refused(ask());
    ASSERT_INT(trusted(), 1);
    end();
    begin(307, true);
    refused(push());
    ASSERT_INT(trusted(), 1);
    end();
}

static void a_clone_goes_nowhere_either(void)
{
    struct store *s = NULL;
    begin(302, true);
    struct store_options o = place_options(place.other, address);
    o.login = (struct store_login){ .http_token = TOKEN };
    o.clone_if_absent = true;
    o.clone_budget_ms = STORE_TEST_BUDGET_MS;
    refused(store_open(&o, &s, &place.err));
    ASSERT(s == NULL);
    end();
}

void store_redirect_test(void);
void store_redirect_test(void)
{
    TEST_SUITE("store/redirect");
    TEST(no_kind_of_redirect_is_followed);
    TEST(nor_is_one_after_the_token_was_given);
    TEST(a_clone_goes_nowhere_either);
}
