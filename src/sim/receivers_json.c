#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "sim/receivers.h"
#include "sim/sim.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

#define TEXT_UNITS_MAX 4096
#define TOKEN_LETTERS                                                          \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

static char *joined(const cJSON *list)
{
    struct text t = TEXT_INIT((size_t)1 << 16);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        const char *word = cJSON_GetStringValue(item);
        text_printf(&t, "%s%s", t.len ? "," : "", word ? word : "?");
    }
    char *out = xstrdup(text_str(&t));
    text_release(&t);
    return out;
}

static int add_member(struct sim_fields *f, const cJSON *item)
{
    if (cJSON_IsString(item))
        return sim_fields_set(f, item->string, item->valuestring);
    char *text =
        cJSON_IsArray(item) ? joined(item) : cJSON_PrintUnformatted(item);
    int rc = sim_fields_set(f, item->string, text ? text : "");
    free(text);
    return rc;
}

int sim_flatten_json(struct sim_fields *f, const char *body, size_t n,
                     struct error *err)
{
    cJSON *doc = cJSON_ParseWithLengthOpts(body, n + 1, NULL, 1);
    int rc = cJSON_IsObject(doc) ? 0 : -1;
    const cJSON *item;

    if (rc == 0)
        cJSON_ArrayForEach(item, doc) rc |= add_member(f, item);
    cJSON_Delete(doc);
    return rc ? error_set(err, FAULT_DATA, "the body is no JSON object") : 0;
}

void sim_keep_header(struct sim_call *call, const char *name)
{
    const struct sim_fields *headers = call->request->headers;
    const char *value = headers ? sim_fields_get(headers, name) : NULL;
    if (value)
        sim_fields_set(call->fields, name, value);
}

/* --- Telegram ------------------------------------------------------------- */

bool sim_telegram_is(const struct sim_call *call)
{
    const char *path = call->request->path;
    return strncmp(path, "/bot", 4) == 0 && strchr(path, ':') != NULL;
}

static bool is_send(const char *path)
{
    size_t digits = strspn(path + 4, "0123456789");
    const char *rest = path + 4 + digits;
    if (digits == 0 || *rest != ':')
        return false;
    size_t secret = strspn(rest + 1, TOKEN_LETTERS);
    return secret > 0 && strcmp(rest + 1 + secret, "/sendMessage") == 0;
}

static void refuse(struct sim_call *call, int status, const char *why)
{
    struct text t = TEXT_INIT(1000);
    text_printf(&t, "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}",
                status, why);
    sim_reply_text(call->reply, status, text_str(&t));
    text_release(&t);
}

/* UTF-16 units, -1 when it is not UTF-8. */
static long units_of(const char *s)
{
    long n = 0;
    for (const char *at = s; *at; at++)
        n += ((unsigned char)*at & 0xc0) != 0x80 ? 1 : 0;
    for (const char *at = s; *at; at++)
        n += (unsigned char)*at >= 0xf0 ? 1 : 0;
    return n;
}

static void reply_sent(struct sim *s, struct sim_call *call, const char *chat,
                       const char *text)
{
    int64_t number = 0;
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddTrueToObject(doc, "ok");
    cJSON *result = cJSON_AddObjectToObject(doc, "result");
    cJSON_AddNumberToObject(result, "message_id",
                            (double)(4700 + ++s->telegram.messages));
    cJSON *to = cJSON_AddObjectToObject(result, "chat");
    if (integer_parse(chat, &number))
        cJSON_AddNumberToObject(to, "id", (double)number);
    else
        cJSON_AddStringToObject(to, "username", chat + 1);
    cJSON_AddNumberToObject(result, "date", (double)(call->now_ms / 1000));
    cJSON_AddStringToObject(result, "text", text);
    char *body = cJSON_PrintUnformatted(doc);
    sim_reply_text(call->reply, 200, body ? body : "{}");
    free(body);
    cJSON_Delete(doc);
}

void sim_telegram_answer(struct sim *s, struct sim_call *call)
{
    const struct sim_request *r = call->request;
    struct error err;
    int64_t number = 0;

    if (strcmp(r->method, "POST") != 0 || !is_send(r->path)) {
        refuse(call, 404, "Not Found");
        return;
    }
    if (sim_flatten_json(call->fields, r->body, r->body_len, &err)) {
        refuse(call, 400, "Bad Request: message text is empty");
        return;
    }
    const char *chat = sim_fields_get(call->fields, "chat_id");
    const char *text = sim_fields_get(call->fields, "text");
    if (!chat || (!integer_parse(chat, &number) && chat[0] != '@'))
        refuse(call, 400, "Bad Request: chat not found");
    else if (!text || !text[0])
        refuse(call, 400, "Bad Request: message text is empty");
    else if (units_of(text) > TEXT_UNITS_MAX)
        refuse(call, 400, "Bad Request: message is too long");
    else if (sim_fields_get(call->fields, "parse_mode"))
        refuse(call, 400, "Bad Request: parse_mode is not played");
    else
        reply_sent(s, call, chat, text);
}

/* --- A webhook ------------------------------------------------------------ */

bool sim_webhook_is(const struct sim_call *call)
{
    const char *path = call->request->path;
    return strncmp(path, "/hook", 5) == 0 && (!path[5] || path[5] == '/');
}

void sim_webhook_answer(struct sim *s, struct sim_call *call)
{
    const struct sim_request *r = call->request;
    struct error err;

    (void)s;
    sim_keep_header(call, "authorization");
    sim_keep_header(call, "x-event-id");
    if (strcmp(r->method, "POST") != 0)
        sim_reply_text(call->reply, 405, "");
    else if (sim_flatten_json(call->fields, r->body, r->body_len, &err))
        sim_reply_text(call->reply, 400, err.msg);
    else
        sim_reply_text(call->reply, 204, "");
}

/* --- A Pushgateway -------------------------------------------------------- */

static bool is_ready(const char *path)
{
    return strcmp(path, "/-/ready") == 0;
}

bool sim_gateway_is(const struct sim_call *call)
{
    static const char root[] = "/metrics/job/";
    const char *path = call->request->path;
    return strncmp(path, root, sizeof(root) - 1) == 0 || is_ready(path);
}

void sim_gateway_answer(struct sim *s, struct sim_call *call)
{
    static const char name[] = "\ngridwatch_run_exit_code ";
    const struct sim_request *r = call->request;
    const char *line = strstr(r->body_len ? r->body : "", name);
    char text[32];

    (void)s;
    if (is_ready(r->path)) {
        sim_reply_text(call->reply, 200, "OK\n");
        return;
    }
    snprintf(text, sizeof(text), "%zu", r->body_len);
    sim_fields_set(call->fields, "bytes", text);
    if (line) {
        line += sizeof(name) - 1;
        snprintf(text, sizeof(text), "%.*s", (int)strcspn(line, "\n"), line);
        sim_fields_set(call->fields, "exit_code", text);
    }
    if (strcmp(r->method, "PUT") != 0)
        sim_reply_text(call->reply, 405, "");
    else
        sim_reply_text(call->reply, line ? 200 : 400, "");
}
