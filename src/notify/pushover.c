#include "notify/pushover_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

#define FORM_MAX         (1 << 15)
/* Letters for bytes, of which a few have to be escaped: 3 of 64. */
#define PICTURE_FORM_MAX (2 * PUSHOVER_PICTURE_MAX)
#define SPACING_CAP      60000
#define ENDPOINT         "/1/messages.json"

const char *pushover_outcome_name(enum pushover_outcome outcome)
{
    static const char *const names[] = {
        [PUSHOVER_DELIVERED] = "delivered",
        [PUSHOVER_REFUSED] = "refused",
        [PUSHOVER_LATER] = "later",
    };
    return names[outcome];
}

/* The quota comes back next month: no wait within a run helps. */
static enum retry_verdict classify(const struct http_request *r)
{
    return r->reply.status == 429 ? RETRY_NO : retry_by_transport(r);
}

static bool is_blank(const char *s)
{
    return !s || s[strspn(s, " \t\r\n")] == '\0';
}

static int check_message(const struct pushover_options *o,
                         const struct pushover_message *m, struct error *err)
{
    if (is_blank(o->token) || is_blank(o->user))
        return error_set(err, FAULT_CONFIG,
                         "pushover: token or user key is empty; set "
                         "PUSHOVER_TOKEN and PUSHOVER_USER");
    if (is_blank(m->body))
        return error_set(err, FAULT_BUG, "pushover: the message is blank");
    if (m->priority < PUSHOVER_PRIORITY_MIN ||
        m->priority > PUSHOVER_PRIORITY_MAX)
        return error_set(err, FAULT_BUG, "pushover: priority %d is not one",
                         m->priority);
    if (m->priority == 2 &&
        (m->retry_s < PUSHOVER_RETRY_S_MIN ||
         m->expire_s > PUSHOVER_EXPIRE_S_MAX || m->expire_s < m->retry_s))
        return error_set(err, FAULT_CONFIG,
                         "pushover: priority 2 repeats every %d s for %d s; "
                         "at least %d and at most %d are taken",
                         m->retry_s, m->expire_s, PUSHOVER_RETRY_S_MIN,
                         PUSHOVER_EXPIRE_S_MAX);
    return 0;
}

static int add_text(struct text *form, const char *name, const char *value,
                    size_t max_points)
{
    if (is_blank(value))
        return 0;
    char *cut = xcalloc(UTF8_ROOM(max_points), 1);
    utf8_cut(value, max_points, cut);
    int rc = http_form_add(form, name, cut);
    free(cut);
    return rc;
}

static int add_integer(struct text *form, const char *name, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof(digits), "%" PRId64, value);
    return http_form_add(form, name, digits);
}

static int add_url(struct text *form, const struct pushover_message *m)
{
    if (is_blank(m->url) || utf8_count(m->url) > PUSHOVER_URL_MAX)
        return 0;
    return add_text(form, "url", m->url, PUSHOVER_URL_MAX) ||
                   add_text(form, "url_title", m->url_title,
                            PUSHOVER_URL_TITLE_MAX)
               ? -1
               : 0;
}

static int add_siren(struct text *form, const struct pushover_message *m)
{
    if (m->priority != 2)
        return 0;
    return add_integer(form, "retry", m->retry_s) ||
                   add_integer(form, "expire", m->expire_s) ||
                   add_text(form, "tags", m->tag, PUSHOVER_TITLE_MAX)
               ? -1
               : 0;
}

static int build_form(struct text *form, const struct pushover_options *o,
                      const struct pushover_message *m, struct error *err)
{
    if (http_form_add(form, "token", o->token) ||
        http_form_add(form, "user", o->user) ||
        add_text(form, "title", m->title, PUSHOVER_TITLE_MAX) ||
        add_text(form, "message", m->body, PUSHOVER_BODY_MAX) ||
        add_integer(form, "priority", m->priority) || add_siren(form, m) ||
        add_url(form, m) ||
        (m->timestamp_s > 0 &&
         add_integer(form, "timestamp", m->timestamp_s)) ||
        add_text(form, "sound", m->sound, PUSHOVER_URL_TITLE_MAX))
        return error_set(err, FAULT_BUG, "pushover: the form is too long");
    return 0;
}

/* The first row that fits decides. */
// clang-format off
enum told { ANYTHING, YES, NO, PAGE };
static const struct {
    int from, to; /* HTTP status */
    enum told told;
    enum pushover_outcome outcome;
    const char *reason; /* when Pushover gives none */
} reactions[] = {
    { 200, 200, YES,      PUSHOVER_DELIVERED, "" },
    { 200, 200, NO,       PUSHOVER_REFUSED,   "not taken, and no reason given" },
    { 429, 429, ANYTHING, PUSHOVER_LATER,     "the month's quota is used up" },
    { 400, 499, ANYTHING, PUSHOVER_REFUSED,   "not taken, and no reason given" },
    { 500, 599, ANYTHING, PUSHOVER_LATER,     "Pushover has an internal error" },
    { 0,   999, ANYTHING, PUSHOVER_LATER,     "the reply is not of Pushover" },
};
// clang-format on

static void hide(char *reason, const char *secret)
{
    size_t len = strlen(secret);
    if (len == 0)
        return;
    for (char *at = reason; (at = strstr(at, secret)) != NULL; at += len)
        memset(at, '*', len);
}

/* An id that is a secret is none: it would be recorded. */
static void hide_id(char *id, const struct pushover_options *o)
{
    const char *const secrets[] = { o->token, o->user };
    for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
        if (secrets[i][0] && strstr(id, secrets[i]))
            id[0] = '\0';
}

static void judge(const struct http_reply *reply,
                  const struct pushover_options *o, struct pushover_result *out)
{
    struct pushover_reply said;
    pushover_reply_parse(reply->body.data, reply->body.len, &said);
    enum told told = !said.is_json ? PAGE : said.accepted ? YES : NO;
    size_t i = 0;
    while (reply->status < reactions[i].from ||
           reply->status > reactions[i].to ||
           (reactions[i].told != ANYTHING && reactions[i].told != told))
        i++;
    out->outcome = reactions[i].outcome;
    hide_id(said.request, o);
    hide_id(said.receipt, o);
    memcpy(out->request, said.request, sizeof(out->request));
    memcpy(out->receipt, said.receipt, sizeof(out->receipt));
    if (out->outcome == PUSHOVER_DELIVERED)
        return;
    hide(said.reason, o->token);
    hide(said.reason, o->user);
    utf8_cut_line(said.reason[0] ? said.reason : reactions[i].reason,
                  PUSHOVER_REASON_MAX, out->reason);
}

void pushover_take_reply(const struct http_request *r,
                         const struct pushover_options *o,
                         struct pushover_result *out)
{
    const struct http_reply *reply = &r->reply;
    struct error why;
    *out = (struct pushover_result){
        .outcome = PUSHOVER_LATER,
        .status = reply->status,
        .tries = reply->tries,
        .limit = reply->header[HTTP_APP_LIMIT],
        .remaining = reply->header[HTTP_APP_REMAINING],
        .reset_s = reply->header[HTTP_APP_RESET_S],
    };
    if (reply->outcome == HTTP_REPLIED) {
        judge(reply, o, out);
        return;
    }
    http_request_error(r, &why);
    utf8_cut_line(why.msg, PUSHOVER_REASON_MAX, out->reason);
}

/* One message on its way, in two forms: with its picture and without. */
struct sending {
    struct http_pool *pool;
    const struct pushover_options *options;
    int64_t deadline_ms;
    struct http_request request;
    struct retry_policy retry;
    struct text plain, pictured; /* owned; the latter is empty when none is to
                                    go with it */
    char bare[PUSHOVER_BARE];
};

static void build_picture(struct sending *s, const struct pushover_message *m)
{
    if (!m->picture)
        return;
    if (m->picture_len > PUSHOVER_PICTURE_MAX) {
        snprintf(s->bare, sizeof(s->bare), "it has %zu bytes", m->picture_len);
        return;
    }
    char *letters = xcalloc(BASE64_ROOM(m->picture_len), 1);
    base64_encode(m->picture, m->picture_len, letters);
    if (text_puts(&s->pictured, text_str(&s->plain)) ||
        http_form_add(&s->pictured, "attachment_type", "image/png") ||
        http_form_add(&s->pictured, "attachment_base64", letters)) {
        text_clear(&s->pictured);
        snprintf(s->bare, sizeof(s->bare), "the form is too long with it");
    }
    free(letters);
}

/* Only the first try carries the picture. */
static void choose_form(struct http_request *r, void *payload)
{
    const struct sending *s = payload;
    bool first = r->reply.tries == 1 && s->pictured.len;
    r->body = text_str(first ? &s->pictured : &s->plain);
}

static int run_tries(struct sending *s, struct error *err)
{
    return http_pool_add(s->pool, &s->request, err) ||
                   http_pool_run(s->pool, s->deadline_ms, err)
               ? -1
               : 0;
}

/* Was it refused for what it carried? Who does not say so may mean it. */
static bool may_blame_picture(const struct http_reply *reply)
{
    struct pushover_reply said;
    int status = reply->status;
    pushover_reply_parse(reply->body.data, reply->body.len, &said);
    return status >= 400 && status <= 499 && status != 429 && !said.blames_key;
}

/* With the tries that are left, at least one, and at once: a refusal is no
 * trouble of the server. */
static int run_bare(struct sending *s, struct error *err)
{
    snprintf(s->bare, sizeof(s->bare), "HTTP %d with it",
             s->request.reply.status);
    text_clear(&s->pictured);
    if (s->retry.max_tries > 1)
        s->retry.max_tries--;
    return run_tries(s, err);
}

static int run_sending(struct sending *s, struct pushover_result *out,
                       struct error *err)
{
    int refused = 0;
    if (run_tries(s, err))
        return -1;
    bool pictured = s->pictured.len && s->request.reply.tries <= 1;
    if (s->pictured.len && !pictured)
        snprintf(s->bare, sizeof(s->bare), "trouble at the first try");
    if (pictured && may_blame_picture(&s->request.reply)) {
        pictured = false;
        refused = s->request.reply.tries;
        if (run_bare(s, err))
            return -1;
    }
    pushover_take_reply(&s->request, s->options, out);
    out->tries += refused;
    out->pictured = pictured;
    memcpy(out->bare, s->bare, sizeof(out->bare));
    return 0;
}

int pushover_send(struct http_pool *pool, const struct pushover_options *o,
                  const struct pushover_message *m, int64_t deadline_ms,
                  struct pushover_result *out, struct error *err)
{
    struct text url = TEXT_INIT(PUSHOVER_URL_ROOM);
    struct sending s = {
        .pool = pool,
        .options = o,
        .deadline_ms = deadline_ms,
        .request = { .method = HTTP_POST,
                     .content_type = "application/x-www-form-urlencoded",
                     .timeout_ms = o->timeout_ms,
                     .reply_max = PUSHOVER_REPLY_MAX,
                     .prepare = choose_form },
        .retry = { .classify = classify,
                   .max_tries = o->max_tries,
                   .first_ms = o->spacing_ms,
                   .cap_ms = SPACING_CAP },
        .plain = TEXT_INIT(FORM_MAX),
        .pictured = TEXT_INIT(PICTURE_FORM_MAX),
    };
    int rc = check_message(o, m, err);
    *out = (struct pushover_result){ .outcome = PUSHOVER_REFUSED };
    if (!rc)
        rc = build_form(&s.plain, o, m, err);
    if (!rc)
        build_picture(&s, m);
    if (!rc && http_url_start(&url, o->base_url, ENDPOINT))
        rc = error_set(err, FAULT_CONFIG, "pushover: the base URL is too long");
    s.request.url = text_str(&url);
    s.request.retry = &s.retry;
    s.request.payload = &s;
    if (!rc)
        rc = run_sending(&s, out, err);
    http_request_release(&s.request);
    text_release(&s.plain);
    text_release(&s.pictured);
    text_release(&url);
    return rc;
}
