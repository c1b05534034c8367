#include "outside/outside_read.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "outside/plain_file.h"
#include "outside/signal_json.h"
#include "sys/text.h"

#define SIGNAL_BYTES_MAX ((size_t)64 * 1024)

static bool is_given(const char *text)
{
    return text && text[0];
}

static int read_file(const char *path, struct signal *out, struct error *err)
{
    struct text body = TEXT_INIT(SIGNAL_BYTES_MAX);
    int rc = plain_file_read(&body, path, err);
    if (!rc && signal_parse(text_str(&body), body.len, out, err))
        rc = error_wrap(err, "file '%s'", path);
    text_release(&body);
    return rc;
}

/* One try: the next run is the next one. The path of the address may be what
 * keeps strangers out, so no error shows it. */
static int read_url(const struct outside_options *o, struct http_pool *pool,
                    int64_t deadline_ms, struct signal *out, struct error *err)
{
    char label[HTTP_LABEL];
    struct http_request r = { .method = HTTP_GET,
                              .url = o->signal_url,
                              .timeout_ms = o->signal_timeout_ms,
                              .reply_max = SIGNAL_BYTES_MAX,
                              .secret_path = true };
    assert(pool);
    int rc = http_pool_add(pool, &r, err);
    if (!rc)
        rc = http_pool_run(pool, deadline_ms, err);
    if (!rc && (r.reply.outcome != HTTP_REPLIED || r.reply.status != 200))
        rc = http_request_error(&r, err);
    if (!rc &&
        signal_parse(text_str(&r.reply.body), r.reply.body.len, out, err)) {
        http_request_label(&r, label);
        rc = error_wrap(err, "%s: the reply", label);
    }
    http_request_release(&r);
    return rc;
}

static int refuse_future(const struct outside_options *o,
                         const struct signal *s, struct error *err)
{
    char at[MOMENT_TEXT], now[MOMENT_TEXT];
    if (s->at_ms <= o->now_ms + SIGNAL_AHEAD_MS)
        return 0;
    moment_format(s->at_ms, at);
    moment_format(o->now_ms, now);
    return error_set(err, FAULT_DATA,
                     "is of %s, and now it is %s: set the clock of the machine "
                     "that writes it",
                     at, now);
}

static int read_signal(const struct outside_options *o, struct http_pool *pool,
                       int64_t deadline_ms, struct signal *out,
                       struct error *err)
{
    bool file = is_given(o->signal_file);
    struct signal s = outside_none().signal;
    s.configured = file || is_given(o->signal_url);
    *out = s;
    if (!s.configured)
        return 0;
    if ((file ? read_file(o->signal_file, &s, err)
              : read_url(o, pool, deadline_ms, &s, err)) ||
        refuse_future(o, &s, err))
        return error_wrap(err, "external signal");
    s.read = true;
    *out = s;
    return 0;
}

static int read_calendar(const struct outside_options *o,
                         struct outside_source *out, struct error *err)
{
    out->calendar_configured = is_given(o->calendar_file);
    if (!out->calendar_configured)
        return 0;
    if (calendar_load(o->calendar_file, &out->calendar, err))
        return error_wrap(err, "calendar");
    out->calendar_read = true;
    return 0;
}

int outside_read(const struct outside_options *o, struct http_pool *pool,
                 int64_t deadline_ms, struct outside_source *out,
                 struct error *err)
{
    struct error calendar = { 0 }, signal = { 0 };
    *out = (struct outside_source){ 0 };
    bool heard = read_signal(o, pool, deadline_ms, &out->signal, &signal) == 0;
    bool seen = read_calendar(o, out, &calendar) == 0;
    if (heard && seen)
        return 0;
    return error_set(err, seen ? signal.fault : calendar.fault, "%s%s%s",
                     calendar.msg, seen || heard ? "" : "; ", signal.msg);
}

void outside_source_release(struct outside_source *s)
{
    calendar_release(&s->calendar);
    *s = (struct outside_source){ .signal = outside_none().signal };
}

struct outside outside_then(const struct outside_source *s, int64_t slot_ms)
{
    struct outside out = outside_none();
    out.calendar = s->calendar_configured;
    out.calendar_read = s->calendar_read;
    snprintf(out.event, sizeof(out.event), "%s",
             calendar_event(&s->calendar, slot_ms));
    return out;
}

struct outside outside_now(const struct outside_source *s, int64_t slot_ms)
{
    struct outside out = outside_then(s, slot_ms);
    out.signal = s->signal;
    if (out.signal.read && out.signal.at_ms > slot_ms)
        out.signal.at_ms = slot_ms;
    return out;
}
