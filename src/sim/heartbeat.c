#include "sim/heartbeat.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "sim/sim.h"
#include "sys/xmalloc.h"

#define ROOT        "/ping/"
#define UUID_LENGTH 36

bool sim_heartbeat_is(const struct sim_call *call)
{
    return strncmp(call->request->path, ROOT, strlen(ROOT)) == 0;
}

/* 8-4-4-4-12 digits. */
static bool is_uuid(const char *s, size_t len)
{
    if (len != UUID_LENGTH)
        return false;
    for (size_t i = 0; i < UUID_LENGTH; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s[i] != '-' : !isxdigit((unsigned char)s[i]))
            return false;
    }
    return true;
}

/* What follows the check's name; NULL when that means nothing. `code` is -1
 * unless it is one. */
static const char *signal_of(const char *rest, int64_t *code)
{
    static const char *const words[] = { "/start", "/fail", "/log" };
    *code = -1;
    if (!*rest)
        return "success";
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(rest, words[i]) == 0)
            return words[i] + 1;
    bool digits = rest[1] && rest[1 + strspn(rest + 1, "0123456789")] == '\0';
    if (digits && integer_parse(rest + 1, code) && *code <= 255)
        return "exit";
    return NULL;
}

static void keep(struct sim_call *call, const char *signal, const char *rest)
{
    const struct sim_request *r = call->request;
    size_t len = r->body_len < SIM_HEARTBEAT_BODY_MAX ? r->body_len
                                                      : SIM_HEARTBEAT_BODY_MAX;
    char *body = xcalloc(len + 1, 1);

    memcpy(body, r->body, len);
    for (size_t i = 0; i < r->query->count; i++)
        sim_fields_set(call->fields, r->query->items[i].name,
                       r->query->items[i].value);
    sim_fields_set(call->fields, "signal", signal);
    if (strcmp(signal, "exit") == 0)
        sim_fields_set(call->fields, "code", rest + 1);
    sim_fields_set(call->fields, "body", body);
    free(body);
}

void sim_heartbeat_answer(struct sim *s, struct sim_call *call)
{
    const struct sim_request *r = call->request;
    const char *name = r->path + strlen(ROOT);
    size_t len = strcspn(name, "/");
    const char *rid = sim_fields_get(r->query, "rid");
    int64_t code;
    const char *signal = signal_of(name + len, &code);

    (void)s;
    call->reply->content_type = "text/plain; charset=utf-8";
    if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "HEAD") != 0 &&
        strcmp(r->method, "POST") != 0) {
        sim_reply_text(call->reply, 405, "");
        return;
    }
    if (!signal || !is_uuid(name, len) || (rid && !is_uuid(rid, strlen(rid)))) {
        sim_reply_text(call->reply, 400, "invalid url format");
        return;
    }
    keep(call, signal, name + len);
    sim_reply_header(call->reply, "Ping-Body-Limit", SIM_HEARTBEAT_BODY_MAX);
    sim_reply_text(call->reply, 200, "OK");
}
