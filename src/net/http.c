/* The transport: libcurl's multi interface, one easy handle per try.
 *
 * How many requests to a host are under way is counted here and not left to
 * libcurl, whose queue would eat up the timeout of those that wait in it. */
#include "net/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "net/http_internal.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

#define MAX_PER_HOST_DEFAULT 8
#define CONNECT_MAX_MS       5000
#define POLL_MAX_MS          1000

/* One request of the run. */
struct flight {
    struct http_request *request;
    char *host; /* whom max_per_host counts */
    bool loopback6;
    CURL *easy; /* while a try is under way */
    struct curl_slist *headers;
    int64_t due_ms; /* the next try not before; monotonic */
    bool done;
};

struct http_pool {
    CURLM *multi;
    struct http_pool_options options;
    uint64_t dice;
    struct flight *flights;
    size_t count;
};

struct http_pool *http_pool_new(const struct http_pool_options *options,
                                struct error *err)
{
    /* libcurl counts these calls itself; http_pool_free() makes the other. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT)) {
        error_set(err, FAULT_BUG, "libcurl does not start");
        return NULL;
    }
    struct http_pool *pool = xcalloc(1, sizeof(*pool));
    pool->options = *options;
    if (!pool->options.max_per_host)
        pool->options.max_per_host = MAX_PER_HOST_DEFAULT;
    if (!pool->options.user_agent)
        pool->options.user_agent = "gridwatch";
    pool->dice = options->seed;
    pool->multi = curl_multi_init();
    if (!pool->multi) {
        error_set(err, FAULT_BUG, "libcurl has no multi handle");
        http_pool_free(pool);
        return NULL;
    }
    return pool;
}

static void end_try(struct http_pool *pool, struct flight *f)
{
    if (f->easy) {
        curl_multi_remove_handle(pool->multi, f->easy);
        curl_easy_cleanup(f->easy);
        f->easy = NULL;
    }
    curl_slist_free_all(f->headers);
    f->headers = NULL;
}

void http_pool_clear(struct http_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++) {
        end_try(pool, &pool->flights[i]);
        free(pool->flights[i].host);
    }
    free(pool->flights);
    pool->flights = NULL;
    pool->count = 0;
}

void http_pool_free(struct http_pool *pool)
{
    if (!pool)
        return;
    http_pool_clear(pool);
    curl_multi_cleanup(pool->multi);
    free(pool);
    curl_global_cleanup();
}

static bool is_loopback(const char *host)
{
    struct in_addr v4;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return !strcasecmp(host, "localhost") || !strcmp(host, "[::1]");
}

static char *part_of(CURLU *url, CURLUPart what)
{
    char *part = NULL;
    char *copy = NULL;
    if (curl_url_get(url, what, &part, 0) == CURLUE_OK)
        copy = xstrdup(part);
    curl_free(part);
    return copy;
}

/* Reads the URL with libcurl's own parser, so that what is checked here and
 * what is asked later cannot be two different hosts. */
static const char *check_url(const char *text, struct flight *f)
{
    const char *wrong = NULL;
    CURLU *url = curl_url();
    bool read = !curl_url_set(url, CURLUPART_URL, text, 0);
    char *scheme = part_of(url, CURLUPART_SCHEME);
    char *host = part_of(url, CURLUPART_HOST);
    char *user = part_of(url, CURLUPART_USER);
    char *password = part_of(url, CURLUPART_PASSWORD);

    if (!read || !scheme || !host)
        wrong = "is not a URL with scheme and host";
    else if (user || password)
        wrong = "has a user name or password in the URL; put it elsewhere";
    else if (!strcmp(scheme, "http") && !is_loopback(host))
        wrong = "http is for this machine only; use https";
    else if (strcmp(scheme, "https") && strcmp(scheme, "http"))
        wrong = "only https is spoken here";
    f->loopback6 = host && !strcmp(host, "[::1]");
    f->host = host;
    free(scheme);
    free(user);
    free(password);
    curl_url_cleanup(url);
    return wrong;
}

static const char *check_headers(const struct http_request *r)
{
    for (size_t i = 0; r->headers && r->headers[i]; i++)
        if (strpbrk(r->headers[i], "\r\n"))
            return "a header has a line break in it; does a secret end in one?";
    return NULL;
}

/* What is under way finds its flight, which may have moved. */
static void keep_track(struct http_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        if (pool->flights[i].easy)
            curl_easy_setopt(pool->flights[i].easy, CURLOPT_PRIVATE,
                             &pool->flights[i]);
}

int http_pool_add(struct http_pool *pool, struct http_request *r,
                  struct error *err)
{
    struct flight f = { .request = r };
    char label[HTTP_LABEL];
    const char *wrong = check_url(r->url, &f);

    assert(r->timeout_ms > 0 && r->reply_max > 0);
    http_request_label(r, label);
    if (!wrong)
        wrong = check_headers(r);
    if (wrong) {
        free(f.host);
        return error_set(err, FAULT_CONFIG, "%s: %s", label, wrong);
    }
    r->reply.tries = 0;
    http_reply_reset(&r->reply, r->reply_max);
    pool->flights =
        xrealloc(pool->flights, pool->count + 1, sizeof(*pool->flights));
    pool->flights[pool->count++] = f;
    keep_track(pool);
    return 0;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *request)
{
    struct http_request *r = request;
    if (text_append(&r->reply.body, bytes, size * n)) {
        r->reply.outcome = HTTP_TOO_LARGE;
        return 0;
    }
    return size * n;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *request)
{
    struct http_request *r = request;
    http_reply_header(&r->reply, bytes, size * n);
    return size * n;
}

static struct curl_slist *header_list(const struct http_request *r)
{
    struct curl_slist *list = NULL;
    struct text type = TEXT_INIT(200);
    for (size_t i = 0; r->headers && r->headers[i]; i++)
        list = curl_slist_append(list, r->headers[i]);
    if (r->content_type &&
        !text_printf(&type, "Content-Type: %s", r->content_type))
        list = curl_slist_append(list, text_str(&type));
    if (r->method != HTTP_GET) /* do not ask first whether to send the body */
        list = curl_slist_append(list, "Expect:");
    text_release(&type);
    return list;
}

static void set_limits(CURL *easy, const struct flight *f)
{
    const struct http_request *r = f->request;
    bool quick = r->timeout_ms < CONNECT_MAX_MS;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(quick ? r->timeout_ms : CONNECT_MAX_MS));
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)r->reply_max);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(
        easy, CURLOPT_IPRESOLVE,
        (long)(f->loopback6 ? CURL_IPRESOLVE_V6 : CURL_IPRESOLVE_V4));
    /* On a kept connection that turns out to be dead libcurl sends again by
     * itself. What must not arrive twice unnoticed gets a new one. */
    if (r->method != HTTP_GET || r->reply.tries > 1)
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    /* A name server that does not answer must not hold up the deadline. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static void set_tls(CURL *easy, const struct http_pool *pool)
{
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (pool->options.ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, pool->options.ca_file);
}

static void set_request(CURL *easy, struct flight *f)
{
    struct http_request *r = f->request;
    curl_easy_setopt(easy, CURLOPT_URL, r->url);
    if (r->method != HTTP_GET) {
        const char *body = r->body ? r->body : "";
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)strlen(body));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST,
                         http_method_name(r->method));
    }
    f->headers = header_list(r);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, f->headers);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, r);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, r);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, f);
}

static int start_try(struct http_pool *pool, struct flight *f,
                     struct error *err)
{
    http_reply_reset(&f->request->reply, f->request->reply_max);
    http_count(&f->request->reply, pool->options.counts);
    if (f->request->prepare)
        f->request->prepare(f->request, f->request->payload);
    f->easy = curl_easy_init();
    if (!f->easy)
        return error_set(err, FAULT_BUG, "libcurl has no easy handle");
    set_request(f->easy, f);
    set_limits(f->easy, f);
    set_tls(f->easy, pool);
    curl_easy_setopt(f->easy, CURLOPT_USERAGENT, pool->options.user_agent);
    CURLMcode code = curl_multi_add_handle(pool->multi, f->easy);
    return code ? error_set(err, FAULT_BUG, "libcurl does not start: %s",
                            curl_multi_strerror(code))
                : 0;
}

// clang-format off
static const struct {
    CURLcode code;
    enum http_outcome outcome;
} outcomes[] = {
    { CURLE_OK,                       HTTP_REPLIED },
    { CURLE_OPERATION_TIMEDOUT,       HTTP_TIMEOUT },
    { CURLE_COULDNT_RESOLVE_HOST,     HTTP_NOCONNECT },
    { CURLE_COULDNT_CONNECT,          HTTP_NOCONNECT },
    { CURLE_SSL_CONNECT_ERROR,        HTTP_TLS },
    { CURLE_SSL_CERTPROBLEM,          HTTP_TLS },
    { CURLE_SSL_CIPHER,               HTTP_TLS },
    { CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS },
    { CURLE_SSL_CACERT_BADFILE,       HTTP_TLS },
    { CURLE_SSL_ISSUER_ERROR,         HTTP_TLS },
    { CURLE_FILESIZE_EXCEEDED,        HTTP_TOO_LARGE },
};
// clang-format on

static enum http_outcome outcome_of(CURLcode code)
{
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        if (outcomes[i].code == code)
            return outcomes[i].outcome;
    return HTTP_BROKEN;
}

static int64_t time_ms(CURL *easy, CURLINFO what)
{
    curl_off_t us = 0;
    curl_easy_getinfo(easy, what, &us);
    return (int64_t)us / 1000;
}

static void read_times(CURL *easy, struct http_reply *reply)
{
    reply->took_ms = time_ms(easy, CURLINFO_TOTAL_TIME_T);
    int64_t began = clock_wall_ms() - reply->took_ms;
    reply->sent_ms = began + time_ms(easy, CURLINFO_PRETRANSFER_TIME_T);
    reply->received_ms = began + time_ms(easy, CURLINFO_STARTTRANSFER_TIME_T);
}

static void take_outcome(CURL *easy, CURLcode code, struct http_reply *reply)
{
    long status = 0;
    if (reply->outcome != HTTP_TOO_LARGE)
        reply->outcome = outcome_of(code);
    if (reply->outcome == HTTP_REPLIED) {
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        read_times(easy, reply);
    } else {
        text_clear(&reply->body);
        reply->took_ms = time_ms(easy, CURLINFO_TOTAL_TIME_T);
        reply->detail = curl_easy_strerror(code);
    }
    reply->status = (int)status;
}

/* The request is done unless its policy wants another try that can still
 * start before the deadline. */
static void finish_try(struct http_pool *pool, struct flight *f, CURLcode code,
                       int64_t deadline_ms)
{
    const struct http_request *r = f->request;
    const struct retry_policy *policy = r->retry;

    take_outcome(f->easy, code, &f->request->reply);
    end_try(pool, f);
    f->done = true;
    if (!policy || r->reply.tries >= policy->max_tries)
        return;
    enum retry_verdict verdict = policy->classify(r);
    if (verdict == RETRY_NO)
        return;
    int64_t wait = retry_delay_ms(policy, r, verdict, &pool->dice);
    int64_t left = deadline_ms - clock_monotonic_ms();
    f->done = wait >= left;
    f->due_ms = deadline_ms - left + wait;
}

/* True when any has ended: then another may be due at once. */
static bool finish_tries(struct http_pool *pool, int64_t deadline_ms)
{
    CURLMsg *msg;
    int left;
    bool ended = false;
    while ((msg = curl_multi_info_read(pool->multi, &left))) {
        struct flight *f = NULL;
        CURLcode code = msg->data.result;
        if (msg->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &f);
        finish_try(pool, f, code, deadline_ms);
        if (f->done && f->request->done)
            f->request->done(f->request, f->request->payload);
        ended = true;
    }
    return ended;
}

static size_t under_way(const struct http_pool *pool, const char *host)
{
    size_t n = 0;
    for (size_t i = 0; i < pool->count; i++)
        n += pool->flights[i].easy && !strcmp(pool->flights[i].host, host);
    return n;
}

/* Those that wait for the same host one after another are counted for once. */
static int start_due(struct http_pool *pool, int64_t now, struct error *err)
{
    const char *full = NULL;
    for (size_t i = 0; i < pool->count; i++) {
        struct flight *f = &pool->flights[i];
        if (f->done || f->easy || f->due_ms > now ||
            (full && !strcmp(full, f->host)))
            continue;
        if (under_way(pool, f->host) >= pool->options.max_per_host)
            full = f->host;
        else if (start_try(pool, f, err))
            return -1;
    }
    return 0;
}

static bool all_done(const struct http_pool *pool, bool aside_too)
{
    for (size_t i = 0; i < pool->count; i++) {
        const struct flight *f = &pool->flights[i];
        if (!f->done && (aside_too || !f->request->aside))
            return false;
    }
    return true;
}

/* Until something must be started; what is under way wakes us by itself. */
static int poll_ms(const struct http_pool *pool, int64_t now, int64_t deadline)
{
    int64_t until = now + POLL_MAX_MS < deadline ? now + POLL_MAX_MS : deadline;
    for (size_t i = 0; i < pool->count; i++) {
        const struct flight *f = &pool->flights[i];
        if (!f->done && !f->easy && f->due_ms > now && f->due_ms < until)
            until = f->due_ms;
    }
    return (int)(until - now);
}

static int drive(struct http_pool *pool, int64_t deadline_ms, bool aside_too,
                 struct error *err)
{
    while (!all_done(pool, aside_too)) {
        int running;
        int64_t now = clock_monotonic_ms();
        if (now >= deadline_ms)
            return 0;
        if (start_due(pool, now, err))
            return -1;
        CURLMcode code = curl_multi_perform(pool->multi, &running);
        bool ended = finish_tries(pool, deadline_ms);
        now = clock_monotonic_ms();
        if (!code && !ended && now < deadline_ms)
            code = curl_multi_poll(pool->multi, NULL, 0,
                                   poll_ms(pool, now, deadline_ms), NULL);
        if (code)
            return error_set(err, FAULT_BUG, "libcurl cannot go on: %s",
                             curl_multi_strerror(code));
    }
    return 0;
}

/* Only what is aside and on its way stays. */
static void drop_finished(struct http_pool *pool)
{
    size_t kept = 0;
    for (size_t i = 0; i < pool->count; i++) {
        struct flight *f = &pool->flights[i];
        if (f->request->aside && !f->done) {
            pool->flights[kept++] = *f;
            continue;
        }
        end_try(pool, f);
        free(f->host);
    }
    pool->count = kept;
    keep_track(pool);
}

int http_pool_run(struct http_pool *pool, int64_t deadline_ms,
                  struct error *err)
{
    int rc = drive(pool, deadline_ms, false, err);
    for (size_t i = 0; i < pool->count; i++) {
        struct flight *f = &pool->flights[i];
        if (f->done || f->request->aside)
            continue;
        http_reply_reset(&f->request->reply, f->request->reply_max);
        f->request->reply.outcome = HTTP_CANCELLED;
    }
    drop_finished(pool);
    return rc;
}

int http_pool_idle(struct http_pool *pool, int64_t until_ms, struct error *err)
{
    int rc = drive(pool, until_ms, true, err);
    drop_finished(pool);
    return rc;
}
