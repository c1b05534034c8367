#include "notify/pushover_receipt.h"

#include <stdio.h>
#include <string.h>

#include "notify/pushover_internal.h"
#include "sys/text.h"

#define FORM_MAX 400

/* What stands in a path without being encoded. */
static int check_part(const struct pushover_options *o, const char *part,
                      struct error *err)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!o->token || !o->token[0])
        return error_set(err, FAULT_CONFIG,
                         "pushover: the token is empty; set PUSHOVER_TOKEN");
    if (!part[0] || part[strspn(part, plain)])
        return error_set(err, FAULT_DATA,
                         "pushover: '%.40s' is no receipt and no tag", part);
    return 0;
}

/* base, "/1/", the rest of the path. */
static int make_url(struct text *url, const struct pushover_options *o,
                    const char *rest, struct error *err)
{
    char path[200];
    int n = snprintf(path, sizeof(path), "/1/%s", rest);
    if ((size_t)n >= sizeof(path) || http_url_start(url, o->base_url, path))
        return error_set(err, FAULT_CONFIG, "pushover: the URL is too long");
    return 0;
}

/* One try. The user key is not sent, but must not come back either. */
static int go(struct http_pool *pool, const struct pushover_options *o,
              struct http_request *r, int64_t deadline_ms,
              struct pushover_result *result, struct error *err)
{
    struct pushover_options known = *o;
    r->timeout_ms = o->timeout_ms;
    r->reply_max = PUSHOVER_REPLY_MAX;
    if (!known.user)
        known.user = "";
    if (http_pool_add(pool, r, err) || http_pool_run(pool, deadline_ms, err))
        return -1;
    pushover_take_reply(r, &known, result);
    return 0;
}

static void read_receipt(const struct http_reply *reply,
                         struct pushover_result *result,
                         struct pushover_receipt *out)
{
    if (result->outcome != PUSHOVER_DELIVERED ||
        pushover_receipt_parse(reply->body.data, reply->body.len, out) == 0)
        return;
    result->outcome = PUSHOVER_LATER;
    snprintf(result->reason, sizeof(result->reason),
             "the reply is not of a receipt");
}

int pushover_ask(struct http_pool *pool, const struct pushover_options *o,
                 const char *receipt, int64_t deadline_ms,
                 struct pushover_result *result, struct pushover_receipt *out,
                 struct error *err)
{
    struct text url = TEXT_INIT(PUSHOVER_URL_ROOM);
    struct http_request r = { .method = HTTP_GET };
    char rest[120];

    *result = (struct pushover_result){ .outcome = PUSHOVER_REFUSED };
    *out = (struct pushover_receipt){ 0 };
    snprintf(rest, sizeof(rest), "receipts/%.90s.json?", receipt);
    int rc = check_part(o, receipt, err) || make_url(&url, o, rest, err);
    if (!rc && http_form_add(&url, "token", o->token))
        rc = error_set(err, FAULT_CONFIG, "pushover: the URL is too long");
    r.url = text_str(&url);
    if (!rc)
        rc = go(pool, o, &r, deadline_ms, result, err);
    if (!rc)
        read_receipt(&r.reply, result, out);
    http_request_release(&r);
    text_release(&url);
    return rc ? -1 : 0;
}

int pushover_cancel(struct http_pool *pool, const struct pushover_options *o,
                    const char *tag, int64_t deadline_ms,
                    struct pushover_result *result, struct error *err)
{
    struct text url = TEXT_INIT(PUSHOVER_URL_ROOM), form = TEXT_INIT(FORM_MAX);
    struct http_request r = { .method = HTTP_POST,
                              .content_type =
                                  "application/x-www-form-urlencoded" };
    char rest[120];

    *result = (struct pushover_result){ .outcome = PUSHOVER_REFUSED };
    snprintf(rest, sizeof(rest), "receipts/cancel_by_tag/%.80s.json", tag);
    int rc = check_part(o, tag, err) || make_url(&url, o, rest, err);
    if (!rc && http_form_add(&form, "token", o->token))
        rc = error_set(err, FAULT_BUG, "pushover: the form is too long");
    r.url = text_str(&url);
    r.body = text_str(&form);
    if (!rc)
        rc = go(pool, o, &r, deadline_ms, result, err);
    http_request_release(&r);
    text_release(&form);
    text_release(&url);
    return rc ? -1 : 0;
}

int pushover_validate(struct http_pool *pool, const struct pushover_options *o,
                      int64_t deadline_ms, struct pushover_result *result,
                      struct error *err)
{
    struct text url = TEXT_INIT(PUSHOVER_URL_ROOM), form = TEXT_INIT(FORM_MAX);
    struct http_request r = { .method = HTTP_POST,
                              .content_type =
                                  "application/x-www-form-urlencoded" };

    *result = (struct pushover_result){ .outcome = PUSHOVER_REFUSED };
    int rc = make_url(&url, o, "users/validate.json", err);
    if (!rc && (http_form_add(&form, "token", o->token) ||
                http_form_add(&form, "user", o->user)))
        rc = error_set(err, FAULT_BUG, "pushover: the form is too long");
    r.url = text_str(&url);
    r.body = text_str(&form);
    if (!rc)
        rc = go(pool, o, &r, deadline_ms, result, err);
    http_request_release(&r);
    text_release(&form);
    text_release(&url);
    return rc ? -1 : 0;
}
