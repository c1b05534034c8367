#include "sim/sim_world.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "sim/account_sign.h"
#include "test.h"

struct sim_reply sim_world_reply;
int64_t sim_world_mono_ms;

struct sim sim_world_at(const char *time)
{
    struct sim s = { 0 };
    sim_world_mono_ms = 0;
    sim_clock_set(&s.clock, moment_parse(time), 0);
    ASSERT_FATAL(sim_market_add(&s.market, "BTC-USDT", NULL) != NULL);
    return s;
}

void sim_world_end(struct sim *s)
{
    sim_reply_release(&sim_world_reply);
    sim_world_reply = (struct sim_reply){ 0 };
    sim_release(s);
}

static const struct sim_fields *ask_headers; /* of the next request */

static const char *ask(struct sim *s, const char *what, const char *body,
                       const char *type)
{
    static const struct sim_reply fresh = SIM_REPLY_INIT;
    char method[16] = "", path[256] = "", query_text[512] = "";
    struct sim_fields query = { 0 };
    struct error err = { 0 };

    sscanf(what, "%15s %255[^?]?%511s", method, path, query_text);
    ASSERT_INT(
        sim_fields_read_form(&query, query_text, strlen(query_text), &err), 0);
    struct sim_request request = {
        .method = method,
        .path = path,
        .target = what + strcspn(what, " ") + 1,
        .headers = ask_headers,
        .content_type = type,
        .query = &query,
        .body = body,
        .body_len = strlen(body),
        .mono_ms = sim_world_mono_ms,
    };
    sim_reply_release(&sim_world_reply);
    sim_world_reply = fresh;
    ASSERT_INT(sim_answer(s, &request, &sim_world_reply, &err), 0);
    sim_fields_release(&query);
    return text_str(&sim_world_reply.body);
}

const char *sim_world_ask(struct sim *s, const char *what, const char *body)
{
    return ask(s, what, body, "application/x-www-form-urlencoded");
}

const char *sim_world_ask_json(struct sim *s, const char *what,
                               const char *body)
{
    return ask(s, what, body, "application/json; charset=utf-8");
}

const char *sim_world_with(struct sim *s, const char *target,
                           const char *const *headers)
{
    char what[1024];
    struct sim_fields fields = { 0 };

    for (; *headers; headers += 2)
        ASSERT_INT(sim_fields_set(&fields, headers[0], headers[1]), 0);
    snprintf(what, sizeof(what), "GET %s", target);
    ask_headers = &fields;
    const char *answer = ask(s, what, "", NULL);
    ask_headers = NULL;
    sim_fields_release(&fields);
    return answer;
}

void sim_world_key(struct sim *s)
{
    sim_world_ask(s, "PUT /sim/account",
                  "{\"key\":\"" SIGN_KEY "\",\"secret\":\"" SIGN_SECRET
                  "\",\"passphrase\":\"" SIGN_PHRASE "\"}");
    ASSERT_INT(sim_world_reply.status, 200);
}

const char *sim_world_signed(struct sim *s, const char *target)
{
    char time[24], all[1200];
    char sign[SIM_SIGN_TEXT], phrase[SIM_SIGN_TEXT];

    snprintf(time, sizeof(time), "%lld",
             (long long)sim_clock_now(&s->clock, sim_world_mono_ms));
    snprintf(all, sizeof(all), "%sGET%s", time, target);
    sim_sign(SIGN_SECRET, all, strlen(all), sign);
    sim_sign(SIGN_SECRET, SIGN_PHRASE, strlen(SIGN_PHRASE), phrase);
    const char *headers[] = { "kc-api-key",
                              SIGN_KEY,
                              "kc-api-sign",
                              sign,
                              "kc-api-timestamp",
                              time,
                              "kc-api-passphrase",
                              phrase,
                              "kc-api-key-version",
                              "3",
                              NULL };
    return sim_world_with(s, target, headers);
}

const char *sim_world_header(const char *name)
{
    for (size_t i = 0; i < sim_world_reply.header_count; i++)
        if (strcmp(sim_world_reply.headers[i].name, name) == 0)
            return sim_world_reply.headers[i].value;
    return NULL;
}

const char *sim_world_text(const char *member)
{
    static char value[256];
    cJSON *doc = cJSON_Parse(text_str(&sim_world_reply.body));
    const char *found =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(doc, member));
    snprintf(value, sizeof(value), "%s", found ? found : "");
    cJSON_Delete(doc);
    return value;
}

double sim_world_number(const char *member)
{
    cJSON *doc = cJSON_Parse(text_str(&sim_world_reply.body));
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(doc, member);
    double value = cJSON_IsNumber(item) ? item->valuedouble : -1.0;
    cJSON_Delete(doc);
    return value;
}
