/* The simulated bot, webhook and topic that take JSON, by the facts gathered on
 * the interfaces: B1, B2, B5. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW  "2026-02-10T12:00:10Z"
#define SEND "POST /bot123456:ABC-d_e/sendMessage"

static void a_bot_sends_what_fits(void)
{
    struct sim s = sim_world_at(NOW);
    ASSERT_STR(
        sim_world_ask_json(&s, SEND, "{\"chat_id\":-100123,\"text\":\"hi\"}"),
        "{\"ok\":true,\"result\":{\"message_id\":4701,\"chat\":{\"id\":-100123}"
        ","
        "\"date\":1770724810,\"text\":\"hi\"}}");
    sim_world_ask_json(&s, SEND, "{\"chat_id\":\"@a\",\"text\":\"<b>_*\"}");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_INT(s.unknown, 0);
    sim_world_end(&s);
}

static void a_bot_refuses_as_telegram_does(void)
{
    static char big[9000];
    static const struct {
        const char *what, *body;
        int status;
        const char *why;
    } rows[] = {
        { SEND, "{\"chat_id\":1,\"text\":\"\"}", 400,
          "Bad Request: message text is empty" },
        { SEND, "{\"text\":\"x\"}", 400, "Bad Request: chat not found" },
        { SEND, "{\"chat_id\":\"a\",\"text\":\"x\"}", 400,
          "Bad Request: chat not found" },
        { SEND, big, 400, "Bad Request: message is too long" },
        { "POST /bot123456:ABC/getMe", "{}", 404, "Not Found" },
        { "POST /botABC:DEF/sendMessage", "{}", 404, "Not Found" },
    };
    struct sim s = sim_world_at(NOW);
    memset(big, 'x', 5000);
    memcpy(big, "{\"chat_id\":1,\"text\":\"", 21);
    memcpy(big + 21 + 4097, "\"}", 3);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sim_world_ask_json(&s, rows[i].what, rows[i].body);
        ASSERT_INT(sim_world_reply.status, rows[i].status);
        ASSERT_STR(sim_world_text("description"), rows[i].why);
        ASSERT_INT(sim_world_number("error_code"), rows[i].status);
    }
    memcpy(big + 21 + 4096, "\"}", 3);
    sim_world_ask_json(&s, SEND, big);
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_end(&s);
}

static void faults_speak_each_sides_tongue(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/bot*\",\"status\":429}");
    sim_world_ask_json(&s, SEND, "{\"chat_id\":1,\"text\":\"x\"}");
    ASSERT_INT(sim_world_reply.status, 429);
    ASSERT_STR(sim_world_text("description"),
               "Too Many Requests: retry after 15");
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/bot*\",\"status\":401}");
    sim_world_ask_json(&s, SEND, "{\"chat_id\":1,\"text\":\"x\"}");
    ASSERT_STR(sim_world_text("description"), "Unauthorized");
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/\",\"status\":429}");
    sim_world_ask_json(&s, "POST /", "{\"topic\":\"t\"}");
    ASSERT_INT(sim_world_number("code"), 42901);
    sim_world_end(&s);
}

/* The lines kept so far, as one text; dropped with free(). */
static char *kept(const struct sim *s)
{
    char *all = calloc(1, 20000);
    FILE *f = s->received.file;
    rewind(f);
    size_t n = fread(all, 1, 19999, f);
    all[n] = '\0';
    fseek(f, 0, SEEK_END);
    return all;
}

static void a_webhook_takes_any_object(void)
{
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    sim_world_ask_json(&s, "POST /hook/a", "{\"n\":1,\"s\":null,\"t\":\"x\"}");
    ASSERT_INT(sim_world_reply.status, 204);
    sim_world_ask_json(&s, "POST /hook", "[1]");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_ask(&s, "GET /hook", "");
    ASSERT_INT(sim_world_reply.status, 405);
    char *all = kept(&s);
    ASSERT(strstr(all, "\"path\":\"/hook/a\",\"status\":204,\"fields\":{"
                       "\"n\":\"1\",\"s\":\"null\",\"t\":\"x\"}}\n") != NULL);
    free(all);
    sim_world_end(&s);
}

static void a_topic_takes_json(void)
{
    static const struct {
        const char *body;
        int code; /* 0: taken */
    } rows[] = {
        { "{\"topic\":\"t\",\"message\":\"m\",\"priority\":5}", 0 },
        { "{\"topic\":\"t/u\"}", 40009 },
        { "{\"message\":\"m\"}", 40009 },
        { "topic=t", 40024 },
        { "{\"topic\":\"t\",\"priority\":6}", 40007 },
    };
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sim_world_ask_json(&s, "POST /", rows[i].body);
        ASSERT_INT(sim_world_reply.status,
                   rows[i].code ? rows[i].code / 100 : 200);
        if (rows[i].code)
            ASSERT_INT(sim_world_number("code"), rows[i].code);
    }
    sim_world_ask_json(&s, "POST /",
                       "{\"topic\":\"t\",\"title\":\"↓\",\"message\":\"m\","
                       "\"tags\":[\"a\",\"b\"]}");
    ASSERT_STR(sim_world_text("topic"), "t");
    ASSERT_STR(sim_world_text("event"), "message");
    char *all = kept(&s);
    ASSERT(strstr(all, "\"method\":\"DELIVER\",\"path\":\"/t\",\"status\":200,"
                       "\"fields\":{\"title\":\"↓\",\"message\":\"m\","
                       "\"priority\":\"3\",\"tags\":\"a,b\"}}") != NULL);
    free(all);
    sim_world_end(&s);
}

void sim_receivers_test(void);
void sim_receivers_test(void)
{
    TEST_SUITE("sim/receivers");
    TEST(a_bot_sends_what_fits);
    TEST(a_bot_refuses_as_telegram_does);
    TEST(faults_speak_each_sides_tongue);
    TEST(a_webhook_takes_any_object);
    TEST(a_topic_takes_json);
}
