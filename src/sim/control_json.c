#include "sim/control.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sim/sim.h"

static void reply_member(struct sim_call *call, int http, const char *key,
                         const char *value)
{
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddStringToObject(doc, key, value);
    char *text = cJSON_PrintUnformatted(doc);
    sim_reply_text(call->reply, text ? http : 500, text ? text : "{}");
    free(text);
    cJSON_Delete(doc);
}

void sim_control_not_found(struct sim *s, struct sim_call *call)
{
    (void)s;
    reply_member(call, 404, "error", "no such path or method");
}

static void reply_now(struct sim_call *call, int64_t now_ms)
{
    char now[MOMENT_TEXT];
    moment_format(now_ms, now);
    reply_member(call, 200, "now", now);
}

void sim_control_clock(struct sim *s, struct sim_call *call)
{
    (void)s;
    reply_now(call, call->now_ms);
}

void sim_control_set_clock(struct sim *s, struct sim_call *call)
{
    char text[MOMENT_TEXT];
    const char *body = call->request->body;
    size_t n = strcspn(body, "\r\n");

    if (n >= sizeof(text) || body[n + strspn(body + n, "\r\n")]) {
        reply_member(call, 400, "error", "the body is not one RFC 3339 time");
        return;
    }
    memcpy(text, body, n);
    text[n] = '\0';
    int64_t ms = moment_parse(text);
    if (ms == MOMENT_NONE) {
        reply_member(call, 400, "error", "the body is not one RFC 3339 time");
        return;
    }
    sim_clock_set(&s->clock, ms, call->request->mono_ms);
    s->quota = (struct sim_quota){ 0 }; /* its window lies in another time */
    sim_keys_end_windows(&s->account.keys);
    reply_now(call, ms);
}

void sim_control_arm(struct sim *s, struct sim_call *call)
{
    struct error err;
    if (sim_faults_arm(&s->faults, call->request->body, call->request->body_len,
                       &err))
        reply_member(call, 400, "error", err.msg);
    else
        reply_member(call, 200, "fault", "armed");
}

void sim_control_clear(struct sim *s, struct sim_call *call)
{
    sim_faults_clear(&s->faults);
    reply_member(call, 200, "fault", "none");
}

void sim_control_acknowledge(struct sim *s, struct sim_call *call)
{
    struct error err;
    struct sim_fields f = { 0 };
    const char *none = "{}";
    bool empty = call->request->body_len == 0;

    if (sim_fields_read_json(&f, empty ? none : call->request->body,
                             empty ? strlen(none) : call->request->body_len,
                             &err)) {
        reply_member(call, 400, "error", err.msg);
        goto out;
    }
    const char *device = sim_fields_get(&f, "device");
    if (sim_pushover_acknowledge(&s->pushover, sim_fields_get(&f, "receipt"),
                                 device ? device : "iphone",
                                 call->now_ms / 1000))
        reply_member(call, 200, "receipt", "acknowledged");
    else
        reply_member(call, 400, "error", "no such receipt rings");
out:
    sim_fields_release(&f);
}
