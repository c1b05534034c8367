#include "notify/channel_json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "sys/xmalloc.h"

#define TITLE_POINTS   250
#define NTFY_BYTES     4096 /* longer ones become an attachment */
#define TELEGRAM_UNITS 4096 /* of UTF-16: four bytes of UTF-8 count twice */
#define REQUEST_LETTERS                                                        \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define RETRY_AFTER_MAX_S 86400

/* Units that the bytes of one code point count for. */
static size_t bytes_of(size_t bytes)
{
    return bytes;
}

static size_t units_of(size_t bytes)
{
    return bytes == 4 ? 2 : 1;
}

static size_t point_bytes(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* Of valid UTF-8, so much that the whole keeps within `max`. */
static void cut(char *s, size_t max, size_t (*count)(size_t bytes))
{
    static const char ellipsis[] = "…";
    size_t used = 0, kept = 0, room = max - count(strlen(ellipsis));

    for (size_t at = 0, n; s[at]; at += n) {
        n = point_bytes(&s[at]);
        used += count(n);
        if (used <= room)
            kept = at + n;
    }
    if (used > max) /* it was longer than the ellipsis by then */
        memcpy(&s[kept], ellipsis, sizeof(ellipsis));
}

/* A copy that is valid UTF-8, of at most `points`; to be freed. */
static char *clean(const char *s, size_t points)
{
    char *out = xcalloc(UTF8_ROOM(points), 1);
    utf8_cut(s, points, out);
    return out;
}

static void add_clean(cJSON *doc, const char *key, const char *s)
{
    char *text = clean(s, utf8_count(s));
    cJSON_AddStringToObject(doc, key, text);
    free(text);
}

static void add_or_null(cJSON *doc, const char *key, const char *s)
{
    if (s[0])
        add_clean(doc, key, s);
    else
        cJSON_AddNullToObject(doc, key);
}

static void add_title(cJSON *doc, const char *title)
{
    char *text = clean(title, TITLE_POINTS);
    cJSON_AddStringToObject(doc, "title", text);
    free(text);
}

static int put(cJSON *doc, struct text *out)
{
    char *text = cJSON_PrintUnformatted(doc);
    int rc = text ? text_puts(out, text) : -1;
    free(text);
    cJSON_Delete(doc);
    return rc;
}

int ntfy_json_message(const char *topic, const struct channel_message *m,
                      struct text *out)
{
    static const char *const tags[] = { "information_source", "warning",
                                        "rotating_light" };
    cJSON *doc = cJSON_CreateObject();
    char *body = clean(m->body, utf8_count(m->body));

    cut(body, NTFY_BYTES, bytes_of);
    cJSON_AddStringToObject(doc, "topic", topic);
    add_title(doc, m->title);
    cJSON_AddStringToObject(doc, "message", body);
    cJSON_AddNumberToObject(doc, "priority", m->priority + 3);
    cJSON *list = cJSON_AddArrayToObject(doc, "tags");
    cJSON_AddItemToArray(list, cJSON_CreateString(tags[m->priority < 0   ? 0
                                                       : m->priority < 2 ? 1
                                                                         : 2]));
    free(body);
    return put(doc, out);
}

/* A number, or the name of a channel. */
static void add_chat(cJSON *doc, const char *chat)
{
    char digits[24];
    int64_t id = 0;
    if (!integer_parse(chat, &id)) {
        cJSON_AddStringToObject(doc, "chat_id", chat);
        return;
    }
    snprintf(digits, sizeof(digits), "%" PRId64, id);
    cJSON_AddRawToObject(doc, "chat_id", digits);
}

int telegram_json_message(const char *chat, const struct channel_message *m,
                          struct text *out)
{
    size_t room = strlen(m->title) + strlen(m->body) + 3;
    char *both = xcalloc(room, 1);
    cJSON *doc = cJSON_CreateObject();

    snprintf(both, room, "%s\n\n%s", m->title, m->body);
    char *text = clean(both, utf8_count(both));
    cut(text, TELEGRAM_UNITS, units_of);
    add_chat(doc, chat);
    cJSON_AddStringToObject(doc, "text", text);
    cJSON_AddBoolToObject(doc, "disable_notification", m->priority < 0);
    cJSON *links = cJSON_AddObjectToObject(doc, "link_preview_options");
    cJSON_AddTrueToObject(links, "is_disabled");
    free(text);
    free(both);
    return put(doc, out);
}

int webhook_json_message(const struct channel_message *m, struct text *out)
{
    char slot[MOMENT_TEXT];
    cJSON *doc = cJSON_CreateObject();

    moment_format(m->slot_ms, slot);
    add_title(doc, m->title);
    add_clean(doc, "body", m->body);
    cJSON_AddNumberToObject(doc, "priority", m->priority);
    cJSON_AddStringToObject(doc, "state", m->state);
    cJSON_AddStringToObject(doc, "grid", m->grid);
    add_or_null(doc, "symbol", m->symbol);
    cJSON_AddStringToObject(doc, "slot", slot);
    cJSON_AddStringToObject(doc, "reason", m->reason);
    add_or_null(doc, "intent", m->intent);
    add_or_null(doc, "commit", m->commit);
    return put(doc, out);
}

static cJSON *parse(const struct http_reply *reply)
{
    const char *data = reply->body.data ? reply->body.data : "";
    return cJSON_ParseWithLength(data, reply->body.len);
}

static const cJSON *member(const cJSON *doc, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(doc, key);
}

static bool says(const cJSON *doc, const char *key, const char *want)
{
    const char *text = cJSON_GetStringValue(member(doc, key));
    return text && strcmp(text, want) == 0;
}

static void take_reason(const cJSON *doc, const char *key,
                        struct channel_result *out)
{
    const char *text = cJSON_GetStringValue(member(doc, key));
    if (text)
        utf8_cut_line(text, CHANNEL_REASON_MAX, out->reason);
}

void ntfy_json_read(const struct http_reply *reply, struct channel_result *out)
{
    cJSON *doc = parse(reply);
    const char *id = cJSON_GetStringValue(member(doc, "id"));

    if (says(doc, "event", "message"))
        out->outcome = CHANNEL_DELIVERED;
    else if (cJSON_IsObject(doc))
        out->outcome = CHANNEL_REFUSED;
    if (id && id[0] && strlen(id) < CHANNEL_ID &&
        strspn(id, REQUEST_LETTERS) == strlen(id))
        snprintf(out->request, sizeof(out->request), "%s", id);
    take_reason(doc, "error", out);
    cJSON_Delete(doc);
}

/* A whole number from 0 to `most`, or -1. */
static int64_t whole(const cJSON *item, double most)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
        item->valuedouble > most)
        return -1;
    return (int64_t)ceil(item->valuedouble);
}

void telegram_json_read(const struct http_reply *reply,
                        struct channel_result *out)
{
    cJSON *doc = parse(reply);
    int64_t id = whole(member(member(doc, "result"), "message_id"), 9e15);

    if (cJSON_IsTrue(member(doc, "ok")))
        out->outcome = CHANNEL_DELIVERED;
    else if (cJSON_IsObject(doc))
        out->outcome = CHANNEL_REFUSED;
    if (id > 0)
        snprintf(out->request, sizeof(out->request), "%" PRId64, id);
    take_reason(doc, "description", out);
    cJSON_Delete(doc);
}

int ntfy_json_code(const struct http_reply *reply)
{
    cJSON *doc = parse(reply);
    int64_t code = whole(member(doc, "code"), 99999);
    cJSON_Delete(doc);
    return code > 0 ? (int)code : 0;
}

int64_t telegram_json_retry_after_s(const struct http_reply *reply)
{
    cJSON *doc = parse(reply);
    int64_t s = whole(member(member(doc, "parameters"), "retry_after"), 1e9);
    cJSON_Delete(doc);
    if (s < 0)
        return HTTP_ABSENT;
    return s < RETRY_AFTER_MAX_S ? s : RETRY_AFTER_MAX_S;
}
