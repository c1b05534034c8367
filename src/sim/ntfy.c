#include "sim/ntfy.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "base/prng.h"
#include "sim/receivers.h"
#include "sim/sim.h"
#include "sys/xmalloc.h"

#define NAME_LETTERS                                                           \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
#define DELAY_MIN_S 10
#define DELAY_MAX_S 259200

static void drop(struct sim_ntfy *n, size_t i)
{
    free(n->waiting[i].title);
    free(n->waiting[i].tags);
    free(n->waiting[i].text);
    n->waiting[i] = n->waiting[--n->count];
    n->waiting[n->count] = (struct sim_ntfy_message){ 0 };
}

void sim_ntfy_release(struct sim_ntfy *n)
{
    while (n->count)
        drop(n, 0);
}

/* Takes a name off the path; false when there is none. */
static bool take_name(const char **path, char out[SIM_NTFY_NAME])
{
    if (**path != '/')
        return false;
    size_t len = strspn(*path + 1, NAME_LETTERS);
    if (len == 0 || len >= SIM_NTFY_NAME)
        return false;
    memcpy(out, *path + 1, len);
    out[len] = '\0';
    *path += 1 + len;
    return true;
}

static bool read_path(const char *path, struct sim_ntfy_message *m)
{
    if (!take_name(&path, m->topic))
        return false;
    return !*path || (take_name(&path, m->sequence) && !*path);
}

bool sim_ntfy_is(const struct sim_call *call)
{
    static const char *const others[] = { "api", "sim", "ping", "1" };
    const char *method = call->request->method;
    struct sim_ntfy_message m = { 0 };

    if (strcmp(method, "POST") != 0 && strcmp(method, "PUT") != 0 &&
        strcmp(method, "DELETE") != 0)
        return false;
    if (strcmp(call->request->path, "/") == 0)
        return strcmp(method, "DELETE") != 0;
    if (!read_path(call->request->path, &m))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (strcmp(m.topic, others[i]) == 0)
            return false;
    return true;
}

/* A header by its name, with or without "x-"; "" when it is not there. */
static const char *header(const struct sim_request *r, const char *name)
{
    char full[32];
    const char *value = NULL;
    if (!r->headers)
        return "";
    snprintf(full, sizeof(full), "x-%s", name);
    value = sim_fields_get(r->headers, full);
    if (!value)
        value = sim_fields_get(r->headers, name);
    return value ? value : "";
}

/* What a publication says, in headers or in its JSON. */
static const char *given(const struct sim_call *call, const char *name)
{
    const char *value = NULL;
    if (call->request->path[1])
        return header(call->request, name);
    value = sim_fields_get(call->fields, name);
    return value ? value : "";
}

/* "2400s", "40m", "2 hours", "1d", or a moment in Unix seconds; -1 when it is
 * none of these. */
static int64_t delay_s(const char *text, int64_t now_ms)
{
    static const struct {
        const char *unit;
        int64_t s;
    } units[] = {
        { "s", 1 },     { "sec", 1 },     { "second", 1 }, { "m", 60 },
        { "min", 60 },  { "minute", 60 }, { "h", 3600 },   { "hour", 3600 },
        { "d", 86400 }, { "day", 86400 },
    };
    char digits[20];
    int64_t number = 0;
    size_t len = strspn(text, "0123456789");
    if (len == 0 || len >= sizeof(digits))
        return -1;
    memcpy(digits, text, len);
    digits[len] = '\0';
    if (!integer_parse(digits, &number))
        return -1;
    const char *unit = text + len + strspn(text + len, " ");
    if (!*unit)
        return number - now_ms / 1000;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        size_t n = strlen(units[i].unit);
        if (strncmp(unit, units[i].unit, n) == 0 &&
            (!unit[n] || (n > 1 && strcmp(unit + n, "s") == 0)))
            return number * units[i].s;
    }
    return -1;
}

/* 0, or the code of ntfy with its words. */
static int check(const struct sim_call *call, struct sim_ntfy_message *m,
                 const char **why)
{
    const char *delay = given(call, "delay");
    const char *priority = given(call, "priority");
    bool json = !call->request->path[1];
    size_t len =
        json ? strlen(given(call, "message")) : call->request->body_len;

    m->due_ms = call->now_ms;
    if (*delay) {
        int64_t s = delay_s(delay, call->now_ms);
        m->due_ms += s * 1000;
        *why = "invalid delay parameter";
        if (s < 0)
            return 40004;
        if (s < DELAY_MIN_S)
            return 40005;
        if (s > DELAY_MAX_S)
            return 40006;
    }
    *why = "invalid request: priority invalid";
    if (*priority && (!integer_parse(priority, &m->priority) ||
                      m->priority < 1 || m->priority > 5))
        return 40007;
    *why = "invalid request: message too long, attachments are not played";
    return len > SIM_NTFY_BODY_MAX ? 41301 : 0;
}

/* What waits of the sequence appears no more. */
static void forget(struct sim_ntfy *n, const struct sim_ntfy_message *m)
{
    for (size_t i = n->count; m->sequence[0] && i-- > 0;)
        if (strcmp(n->waiting[i].topic, m->topic) == 0 &&
            strcmp(n->waiting[i].sequence, m->sequence) == 0)
            drop(n, i);
}

static void make_id(struct sim_ntfy *n, char out[SIM_NTFY_ID])
{
    static const char letters[] = NAME_LETTERS;
    uint64_t state = ++n->messages;
    for (int i = 0; i + 1 < SIM_NTFY_ID; i++)
        out[i] = letters[splitmix64(&state) % 62];
    out[SIM_NTFY_ID - 1] = '\0';
}

static void keep_fields(struct sim_call *call)
{
    static const char *const names[] = { "title", "priority", "tags", "delay",
                                         "authorization" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *value = header(call->request, names[i]);
        if (*value)
            sim_fields_set(call->fields, names[i], value);
    }
    sim_fields_set(call->fields, "message", call->request->body);
}

/* 0, or the code of ntfy with its words. */
static int read_json(struct sim_call *call, struct sim_ntfy_message *m,
                     const char **why)
{
    char path[SIM_NTFY_NAME + 2];
    struct error err;

    sim_keep_header(call, "authorization");
    *why = "invalid request: request body must be message JSON";
    if (sim_flatten_json(call->fields, call->request->body,
                         call->request->body_len, &err))
        return 40024;
    *why = "invalid request: topic invalid";
    snprintf(path, sizeof(path), "/%.*s", SIM_NTFY_NAME, given(call, "topic"));
    return read_path(path, m) && !m->sequence[0] ? 0 : 40009;
}

void sim_ntfy_answer(struct sim *s, struct sim_call *call)
{
    const struct sim_request *r = call->request;
    struct sim_ntfy *n = &s->ntfy;
    struct sim_ntfy_message m = { 0 };
    const char *why = "";

    read_path(r->path, &m);
    make_id(n, m.id);
    if (strcmp(r->method, "DELETE") == 0) {
        m.due_ms = call->now_ms;
        forget(n, &m);
        if (m.sequence[0])
            sim_ntfy_reply(call->reply, &m, "message_delete");
        else
            sim_ntfy_refuse(call->reply, 40401, "page not found");
        return;
    }
    bool json = !r->path[1];
    int code = 0;
    if (json)
        code = read_json(call, &m, &why);
    else
        keep_fields(call);
    if (!code)
        code = check(call, &m, &why);
    if (!code && n->count == SIM_NTFY_WAITING_MAX) {
        code = 42901;
        why = "limit reached: too many requests";
    }
    if (code) {
        sim_ntfy_refuse(call->reply, code, why);
        return;
    }
    forget(n, &m);
    const char *text = json ? given(call, "message") : r->body;
    m.title = xstrdup(given(call, "title"));
    m.tags = xstrdup(given(call, "tags"));
    m.text = xstrdup(*text ? text : "triggered");
    n->waiting[n->count++] = m;
    sim_ntfy_reply(call->reply, &m, "message");
}

static int show(const struct sim_ntfy_message *m, struct sim_received *to,
                struct error *err)
{
    char path[2 * SIM_NTFY_NAME + 2], priority[24];
    struct sim_fields fields = { 0 };

    snprintf(path, sizeof(path), "/%s%s%s", m->topic, m->sequence[0] ? "/" : "",
             m->sequence);
    snprintf(priority, sizeof(priority), "%" PRId64,
             m->priority ? m->priority : 3);
    sim_fields_set(&fields, "title", m->title);
    sim_fields_set(&fields, "message", m->text);
    sim_fields_set(&fields, "priority", priority);
    sim_fields_set(&fields, "tags", m->tags);
    const struct sim_received_line line = { .at_ms = m->due_ms,
                                            .method = "DELIVER",
                                            .path = path,
                                            .status = 200,
                                            .fields = &fields };
    int rc = sim_received_add(to, &line, err);
    sim_fields_release(&fields);
    return rc;
}

int sim_ntfy_show(struct sim_ntfy *n, struct sim_received *to, int64_t now_ms,
                  struct error *err)
{
    for (;;) {
        size_t first = n->count;
        for (size_t i = 0; i < n->count; i++)
            if (n->waiting[i].due_ms <= now_ms &&
                (first == n->count ||
                 n->waiting[i].due_ms < n->waiting[first].due_ms))
                first = i;
        if (first == n->count)
            return 0;
        if (show(&n->waiting[first], to, err))
            return -1;
        drop(n, first);
    }
}
