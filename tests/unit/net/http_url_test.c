/* What may be asked, and what of it may be shown. Nothing is sent here. */
#include <string.h>

#include "base/array.h"
#include "net/http.h"
#include "test.h"

#define SECRET "s3cr3t-0123456789"

static struct error err;

static void plain_http_is_for_loopback_only(void)
{
    static const struct {
        const char *url;
        bool taken;
    } rows[] = {
        { "http://127.0.0.1:1/x", true },
        { "http://127.9.8.7:1/x", true },
        { "http://localhost:1/x", true },
        { "http://LOCALHOST:1/x", true },
        { "http://[::1]:1/x", true },
        { "https://api.kucoin.com/x", true },
        { "http://api.kucoin.com/x?key=" SECRET, false },
        { "http://10.0.0.1/x", false },
        { "http://128.0.0.1/x", false },
        { "http://127.0.0.1.example.com/x", false },
        { "http://localhost.example.com/x", false },
        { "http://[::2]/x", false },
        { "http://127.0.0.1@example.com/x", false },
        { "https://me:" SECRET "@127.0.0.1/x", false },
        { "https://" SECRET "@127.0.0.1/x", false },
        { "file:///etc/passwd", false },
        { "ftp://127.0.0.1/x", false },
        { "127.0.0.1/x", false },
        { "https://", false },
        { "", false },
    };
    struct http_pool_options options = { .seed = 1 };
    struct http_pool *pool = http_pool_new(&options, &err);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct http_request r = { .url = rows[i].url,
                                  .timeout_ms = 100,
                                  .reply_max = 100 };
        memset(&err, 0, sizeof(err));
        int rc = http_pool_add(pool, &r, &err);
        ASSERT_INT(rc, rows[i].taken ? 0 : -1);
        ASSERT_INT(err.fault, rows[i].taken ? FAULT_NONE : FAULT_CONFIG);
        ASSERT(strstr(err.msg, SECRET) == NULL);
    }
    http_pool_clear(pool);
    http_pool_free(pool);
}

static void a_header_with_a_line_break_is_refused(void)
{
    static const char *const headers[] = { "X-Key: " SECRET "\n", NULL };
    struct http_pool_options options = { .seed = 1 };
    struct http_pool *pool = http_pool_new(&options, &err);
    struct http_request r = { .url = "https://127.0.0.1/x",
                              .headers = headers,
                              .timeout_ms = 100,
                              .reply_max = 100 };
    ASSERT_INT(http_pool_add(pool, &r, &err), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT(strstr(err.msg, SECRET) == NULL);
    ASSERT(strstr(err.msg, "line break") != NULL);
    http_pool_free(pool);
}

static void labels_show_neither_query_nor_user_nor_secret_path(void)
{
    static const struct {
        const char *url;
        bool secret_path;
        const char *want;
    } rows[] = {
        { "https://h.example/a/b?k=" SECRET, false,
          "GET https://h.example/a/b" },
        { "https://h.example/a#" SECRET, false, "GET https://h.example/a" },
        { "https://u:" SECRET "@h.example/a", false,
          "GET https://h.example/a" },
        { "https://u:" SECRET "@x@h.example/", false,
          "GET https://h.example/" },
        { "https://h.example:8443/hook/" SECRET, true,
          "GET https://h.example:8443" },
        { "https://h.example/a@b", false, "GET https://h.example/a@b" },
        { "https://h.example?" SECRET, false, "GET https://h.example" },
        { SECRET, false, "GET (not a URL)" },
    };
    char label[HTTP_LABEL];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct http_request r = { .url = rows[i].url,
                                  .secret_path = rows[i].secret_path };
        http_request_label(&r, label);
        ASSERT_STR(label, rows[i].want);
    }
}

static void each_outcome_has_a_name_and_a_fault(void)
{
    static const struct {
        enum http_outcome outcome;
        int status;
        enum fault fault;
    } rows[] = {
        { HTTP_UNSENT, 0, FAULT_BUG },
        { HTTP_REPLIED, 404, FAULT_REFUSED },
        { HTTP_REPLIED, 408, FAULT_TRANSIENT },
        { HTTP_REPLIED, 429, FAULT_TRANSIENT },
        { HTTP_REPLIED, 503, FAULT_TRANSIENT },
        { HTTP_TIMEOUT, 0, FAULT_TRANSIENT },
        { HTTP_NOCONNECT, 0, FAULT_TRANSIENT },
        { HTTP_TLS, 0, FAULT_TRANSIENT },
        { HTTP_BROKEN, 0, FAULT_TRANSIENT },
        { HTTP_TOO_LARGE, 0, FAULT_DATA },
        { HTTP_CANCELLED, 0, FAULT_TRANSIENT },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct http_request r = { .url = "https://h.example/p",
                                  .reply = { .outcome = rows[i].outcome,
                                             .status = rows[i].status } };
        ASSERT_INT(http_request_error(&r, &err), -1);
        ASSERT_INT(err.fault, rows[i].fault);
        ASSERT(strstr(err.msg, "GET https://h.example/p: ") == err.msg);
        ASSERT(strlen(http_outcome_name(rows[i].outcome)) > 2);
    }
}

void http_url_test(void);
void http_url_test(void)
{
    TEST_SUITE("net/http urls");
    TEST(plain_http_is_for_loopback_only);
    TEST(a_header_with_a_line_break_is_refused);
    TEST(labels_show_neither_query_nor_user_nor_secret_path);
    TEST(each_outcome_has_a_name_and_a_fault);
}
