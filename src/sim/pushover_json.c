#include "sim/pushover.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sim/pushover_rules.h"
#include "sim/receipts.h"
#include "sim/sim.h"

/* Puts status and request id behind what is in `doc`, and drops it. */
static void reply_with(struct sim *s, struct sim_call *call, cJSON *doc,
                       int http)
{
    char request[40];
    uint64_t number = ++s->pushover.requests;

    snprintf(request, sizeof(request),
             "%08" PRIx32 "-7c11-4b0e-9a52-%012" PRIx64,
             (uint32_t)(UINT32_C(0x647d2300) + number),
             UINT64_C(0x0a1b2c3d4e00) + number);
    if (!cJSON_HasObjectItem(doc, "status"))
        cJSON_AddNumberToObject(doc, "status", http == 200 ? 1 : 0);
    cJSON_AddStringToObject(doc, "request", request);
    char *text = cJSON_PrintUnformatted(doc);
    sim_reply_text(call->reply, text ? http : 500, text ? text : "{}");
    free(text);
    cJSON_Delete(doc);
}

/* One complaint: the key with its word, and a sentence. */
static void refuse(struct sim *s, struct sim_call *call, int http,
                   const char *key, const char *word, const char *sentence)
{
    cJSON *doc = cJSON_CreateObject();
    if (key)
        cJSON_AddStringToObject(doc, key, word);
    cJSON *errors = cJSON_AddArrayToObject(doc, "errors");
    cJSON_AddItemToArray(errors, cJSON_CreateString(sentence));
    reply_with(s, call, doc, http);
}

static void refuse_all(struct sim *s, struct sim_call *call,
                       const struct sim_complaints *complaints)
{
    char sentence[128];
    cJSON *doc = cJSON_CreateObject();
    cJSON *errors = cJSON_CreateArray();

    for (size_t i = 0; i < complaints->count; i++) {
        const struct sim_complaint *c = &complaints->items[i];
        if (!cJSON_HasObjectItem(doc, c->key))
            cJSON_AddStringToObject(doc, c->key, c->what);
        snprintf(sentence, sizeof(sentence), "%s %s", c->key, c->what);
        cJSON_AddItemToArray(errors, cJSON_CreateString(sentence));
    }
    cJSON_AddItemToObject(doc, "errors", errors);
    reply_with(s, call, doc, 400);
}

void sim_pushover_not_found(struct sim *s, struct sim_call *call)
{
    refuse(s, call, 404, NULL, NULL, "not found");
}

void sim_pushover_bad_body(struct sim *s, struct sim_call *call,
                           const char *why)
{
    refuse(s, call, 400, NULL, NULL, why);
}

/* Answers by itself when the token is not good. */
static bool token_good(struct sim *s, struct sim_call *call)
{
    if (sim_key_good(sim_fields_get(call->fields, "token"), s->pushover.token))
        return true;
    refuse(s, call, 400, "token", "invalid", "application token is invalid");
    return false;
}

/* US Central is six hours behind UTC, and five from the second Sunday in March
 * to the first in November: at the first of April to November. */
int64_t sim_pushover_reset_s(int64_t now_ms)
{
    struct civil now = moment_civil(now_ms);
    for (int ahead = 0;; ahead++) {
        int month = now.month - 1 + ahead;
        struct civil first = { .year = now.year + month / 12,
                               .month = month % 12 + 1,
                               .day = 1 };
        first.hour = first.month >= 4 && first.month <= 11 ? 5 : 6;
        int64_t reset_ms = civil_moment(first);
        if (reset_ms > now_ms)
            return reset_ms / 1000;
    }
}

static int64_t remaining(struct sim *s, int64_t now_ms)
{
    struct sim_pushover *p = &s->pushover;
    int64_t reset_s = sim_pushover_reset_s(now_ms);

    if (p->month != reset_s) {
        p->month = reset_s;
        p->used = 0;
    }
    return SIM_PUSHOVER_QUOTA - p->used;
}

static void put_limits(struct sim *s, struct sim_call *call, int64_t left)
{
    sim_reply_header(call->reply, "X-Limit-App-Limit", SIM_PUSHOVER_QUOTA);
    sim_reply_header(call->reply, "X-Limit-App-Remaining", left);
    sim_reply_header(call->reply, "X-Limit-App-Reset", s->pushover.month);
}

static void accept(struct sim *s, struct sim_call *call,
                   const struct sim_message *m)
{
    cJSON *doc = cJSON_CreateObject();
    if (m->priority == 2) {
        const char *tags = sim_fields_get(call->fields, "tags");
        struct sim_emergency e = {
            .user = sim_fields_get(call->fields, "user"),
            .tags = tags ? tags : "",
            .retry_s = m->retry_s,
            .expire_s = m->expire_s,
        };
        struct sim_receipt *r =
            sim_receipt_add(&s->pushover, &e, call->now_ms / 1000);
        cJSON_AddStringToObject(doc, "receipt", r->id);
    }
    reply_with(s, call, doc, 200);
}

static void refuse_attachment(struct sim *s, struct sim_call *call, int http,
                              const char *flaw)
{
    char sentence[80];
    snprintf(sentence, sizeof(sentence), "attachment %s", flaw);
    refuse(s, call, http, "attachment", flaw, sentence);
}

void sim_pushover_message(struct sim *s, struct sim_call *call)
{
    struct sim_message message;
    struct sim_complaints complaints = { 0 };
    int unfit = 0;

    if (!token_good(s, call))
        return;
    const char *flaw =
        sim_attachment_flaw(&s->pushover.attachments, call->fields, &unfit);
    int64_t left = remaining(s, call->now_ms);
    size_t users =
        sim_users_good(sim_fields_get(call->fields, "user"), s->pushover.user);
    sim_message_check(call->fields, &message, &complaints);
    if (!users)
        refuse(s, call, 400, "user", "invalid",
               "user identifier is not a valid user, group, or subscribed "
               "user key");
    else if (complaints.count)
        refuse_all(s, call, &complaints);
    else if (flaw)
        refuse_attachment(s, call, unfit, flaw);
    else if ((int64_t)users > left) {
        refuse(s, call, 429, "token", "invalid",
               "application has exceeded current limit of 10000 messages");
        left = -1;
    } else {
        s->pushover.used += (int64_t)users;
        left -= (int64_t)users;
        accept(s, call, &message);
    }
    put_limits(s, call, left);
}

void sim_pushover_limits(struct sim *s, struct sim_call *call)
{
    if (!token_good(s, call))
        return;
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddNumberToObject(doc, "limit", SIM_PUSHOVER_QUOTA);
    cJSON_AddNumberToObject(doc, "remaining",
                            (double)remaining(s, call->now_ms));
    cJSON_AddNumberToObject(doc, "reset", (double)s->pushover.month);
    reply_with(s, call, doc, 200);
}

void sim_pushover_validate(struct sim *s, struct sim_call *call)
{
    static const char *const devices[] = { "iphone", "desktop" };
    static const char *const licenses[] = { "iOS", "Desktop" };

    if (!token_good(s, call))
        return;
    if (!sim_key_good(sim_fields_get(call->fields, "user"), s->pushover.user)) {
        refuse(s, call, 400, "user", "invalid", "user key is invalid");
        return;
    }
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddNumberToObject(doc, "status", 1);
    cJSON_AddNumberToObject(doc, "group", 0);
    cJSON_AddItemToObject(doc, "devices", cJSON_CreateStringArray(devices, 2));
    cJSON_AddItemToObject(doc, "licenses",
                          cJSON_CreateStringArray(licenses, 2));
    reply_with(s, call, doc, 200);
}

/* Answers by itself when token or receipt are not good. */
static struct sim_receipt *asked_receipt(struct sim *s, struct sim_call *call)
{
    if (!token_good(s, call))
        return NULL;
    struct sim_receipt *r = sim_receipt_find(&s->pushover, call->part);
    if (!r)
        refuse(s, call, 404, "receipt", "not found",
               "receipt not found; may be invalid or expired");
    return r;
}

void sim_pushover_receipt(struct sim *s, struct sim_call *call)
{
    const struct sim_receipt *r = asked_receipt(s, call);
    if (!r)
        return;
    int64_t now_s = call->now_ms / 1000;
    const struct {
        const char *key;
        int64_t value;
    } after[] = {
        { "last_delivered_at", sim_receipt_last_delivered(r, now_s) },
        { "expired", sim_receipt_expired(r, now_s) },
        { "expires_at", r->expires_s },
        { "called_back", 0 },
        { "called_back_at", 0 },
    };
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddNumberToObject(doc, "status", 1);
    cJSON_AddNumberToObject(doc, "acknowledged", r->acked_s ? 1 : 0);
    cJSON_AddNumberToObject(doc, "acknowledged_at", (double)r->acked_s);
    cJSON_AddStringToObject(doc, "acknowledged_by", r->acked_s ? r->user : "");
    cJSON_AddStringToObject(doc, "acknowledged_by_device", r->acked_by);
    for (size_t i = 0; i < ARRAY_LEN(after); i++)
        cJSON_AddNumberToObject(doc, after[i].key, (double)after[i].value);
    reply_with(s, call, doc, 200);
}

void sim_pushover_cancel(struct sim *s, struct sim_call *call)
{
    struct sim_receipt *r = asked_receipt(s, call);
    if (!r)
        return;
    sim_receipt_cancel(r, call->now_ms / 1000);
    reply_with(s, call, cJSON_CreateObject(), 200);
}

void sim_pushover_cancel_tag(struct sim *s, struct sim_call *call)
{
    if (!token_good(s, call))
        return;
    int64_t now_s = call->now_ms / 1000;
    int canceled = 0;
    for (size_t i = 0; i < s->pushover.receipt_count; i++) {
        struct sim_receipt *r = &s->pushover.receipts[i];
        if (!sim_receipt_rings(r, now_s) || !sim_receipt_has_tag(r, call->part))
            continue;
        sim_receipt_cancel(r, now_s);
        canceled++;
    }
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddNumberToObject(doc, "canceled", canceled);
    reply_with(s, call, doc, 200);
}
