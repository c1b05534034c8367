/* The simulated check and topics, by the facts gathered on the interfaces: B1
 * and B6. What is shown when is read back from the lines that are kept. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "sim/heartbeat.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW   "2026-02-10T12:00:10Z"
#define CHECK "/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"
#define RID   "?rid=123e4567-e89b-12d3-a456-426614174000"

static void a_check_knows_its_words(void)
{
    static const struct {
        const char *what;
        int status;
    } rows[] = {
        { "POST " CHECK, 200 },         { "GET " CHECK, 200 },
        { "HEAD " CHECK, 200 },         { "POST " CHECK "/start" RID, 200 },
        { "POST " CHECK "/fail", 200 }, { "POST " CHECK "/log", 200 },
        { "POST " CHECK "/0", 200 },    { "POST " CHECK "/255", 200 },
        { "POST " CHECK "/256", 400 },  { "POST " CHECK "/begin", 400 },
        { "POST " CHECK "/", 400 },     { "POST " CHECK "/start?rid=7", 400 },
        { "POST /ping/5bf66975", 400 }, { "DELETE " CHECK, 405 },
    };
    struct sim s = sim_world_at(NOW);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sim_world_ask(&s, rows[i].what, "");
        ASSERT_INT(sim_world_reply.status, rows[i].status);
    }
    ASSERT_STR(sim_world_ask(&s, "POST " CHECK, "done"), "OK");
    ASSERT_STR(sim_world_header("Ping-Body-Limit"), "10000");
    ASSERT_STR(sim_world_ask(&s, "POST /ping/x", ""), "invalid url format");
    ASSERT_INT(s.unknown, 0);
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

static void what_a_check_hears_is_kept(void)
{
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    sim_world_ask(&s, "POST " CHECK "/69" RID, "run 7");
    char *all = kept(&s);
    ASSERT_STR(all,
               "{\"at\":\"2026-02-10T12:00:10Z\",\"method\":\"POST\","
               "\"path\":\"" CHECK "/69\",\"status\":200,\"fields\":{"
               "\"rid\":\"123e4567-e89b-12d3-a456-426614174000\","
               "\"signal\":\"exit\",\"code\":\"69\",\"body\":\"run 7\"}}\n");
    free(all);
    sim_world_end(&s);
}

/* A publication with headers. */
static void publish(struct sim *s, const char *path, const char *delay,
                    const char *text)
{
    static const struct sim_reply fresh = SIM_REPLY_INIT;
    struct sim_fields headers = { 0 }, query = { 0 };
    struct error err;
    sim_fields_set(&headers, "title", "silent");
    sim_fields_set(&headers, "x-priority", "5");
    sim_fields_set(&headers, "tags", "warning,skull");
    if (*delay)
        sim_fields_set(&headers, "delay", delay);
    const struct sim_request request = { .method = "POST",
                                         .path = path,
                                         .headers = &headers,
                                         .query = &query,
                                         .body = text,
                                         .body_len = strlen(text) };
    sim_reply_release(&sim_world_reply);
    sim_world_reply = fresh;
    ASSERT_INT(sim_answer(s, &request, &sim_world_reply, &err), 0);
    sim_fields_release(&headers);
}

/* The times of what appeared, each with what stood in it. */
static void expect_shown(const struct sim *s, const char *want)
{
    char got[400] = "";
    char *all = kept(s), *rest = all, *line;
    while ((line = strsep(&rest, "\n")) != NULL) {
        const char *text = strstr(line, "\"message\":\"");
        if (!strstr(line, "DELIVER") || !text)
            continue;
        size_t n = strlen(got);
        snprintf(got + n, sizeof(got) - n, "%.8s %.3s ", line + 18, text + 11);
    }
    free(all);
    ASSERT_STR(got, want);
}

static void set_clock(struct sim *s, const char *time)
{
    sim_world_ask(s, "PUT /sim/clock", time);
    ASSERT_INT(sim_world_reply.status, 200);
}

static void what_waits_appears_at_its_time(void)
{
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    publish(&s, "/topic/seq", "2400s", "one");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_INT(sim_world_number("time"), 1770727210); /* 12:40:10 */
    ASSERT_STR(sim_world_text("sequence_id"), "seq");
    ASSERT_STR(sim_world_text("event"), "message");
    ASSERT_STR(sim_world_text("topic"), "topic");
    ASSERT_STR(sim_world_text("title"), "silent");
    ASSERT_INT(sim_world_number("priority"), 5);
    publish(&s, "/topic", "30m", "two");
    set_clock(&s, "2026-02-10T12:30:09Z");
    expect_shown(&s, "");
    set_clock(&s, "2026-02-10T13:00:00Z");
    expect_shown(&s, "12:30:10 two 12:40:10 one ");
    publish(&s, "/topic", "", "now");
    expect_shown(&s, "12:30:10 two 12:40:10 one 13:00:00 now ");
    sim_world_end(&s);
}

static void one_of_the_same_sequence_replaces_it(void)
{
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    publish(&s, "/topic/seq", "40m", "one");
    publish(&s, "/other/seq", "40m", "oth");
    publish(&s, "/topic/another", "40m", "ano");
    set_clock(&s, "2026-02-10T12:15:10Z");
    publish(&s, "/topic/seq", "40m", "two");
    set_clock(&s, "2026-02-10T13:00:00Z");
    expect_shown(&s, "12:40:10 ano 12:40:10 oth 12:55:10 two ");
    sim_world_end(&s);
}

static void what_is_deleted_never_appears(void)
{
    struct sim s = sim_world_at(NOW);
    s.received.file = tmpfile();
    publish(&s, "/topic/seq", "40m", "one");
    publish(&s, "/topic/stays", "40m", "two");
    sim_world_ask(&s, "DELETE /topic/seq", "");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_text("event"), "message_delete");
    sim_world_ask(&s, "DELETE /topic", "");
    ASSERT_INT(sim_world_reply.status, 404);
    set_clock(&s, "2026-02-10T13:00:00Z");
    expect_shown(&s, "12:40:10 two ");
    sim_world_end(&s);
}

/* 10 s to 3 days, and forms that ntfy reads. */
static void a_delay_has_its_bounds(void)
{
    static const struct {
        const char *delay;
        int status, code;
    } rows[] = {
        { "10s", 200, -1 },        { "9s", 400, 40005 },
        { "259200s", 200, -1 },    { "259201s", 400, 40006 },
        { "3 days", 200, -1 },     { "1h", 200, -1 },
        { "2 hours", 200, -1 },    { "soon", 400, 40004 },
        { "40 mins", 200, -1 },    { "40x", 400, 40004 },
        { "1770724870", 200, -1 }, /* a minute later, in Unix seconds */
    };
    struct sim s = sim_world_at(NOW);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        publish(&s, "/topic/seq", rows[i].delay, "x");
        ASSERT_INT(sim_world_reply.status, rows[i].status);
        ASSERT_INT(sim_world_number("code"), rows[i].code);
    }
    ASSERT_INT(s.ntfy.count, 1);
    sim_world_end(&s);
}

void sim_watchers_test(void);
void sim_watchers_test(void)
{
    TEST_SUITE("sim/watchers");
    TEST(a_check_knows_its_words);
    TEST(what_a_check_hears_is_kept);
    TEST(what_waits_appears_at_its_time);
    TEST(one_of_the_same_sequence_replaces_it);
    TEST(what_is_deleted_never_appears);
    TEST(a_delay_has_its_bounds);
}
