#include "sim/faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW  "2026-11-20T12:07:41Z"
#define KEYS "token=" GOOD_TOKEN "&user=" GOOD_USER
#define SEND "POST /1/messages.json"

static void a_status_is_answered_as_often_as_said(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/1/messages.json\",\"status\":500,"
                  "\"count\":2}");
    ASSERT_INT(sim_world_reply.status, 200);
    for (int i = 0; i < 2; i++) {
        sim_world_ask(&s, SEND, KEYS "&message=hi");
        ASSERT_INT(sim_world_reply.status, 500);
        ASSERT_INT(sim_world_number("status"), 0);
    }
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_INT(sim_world_number("status"), 1);
    sim_world_end(&s);
}

static void a_fault_without_a_count_stays_until_cleared(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/api/v1/status\",\"body\":\"{\\\"code\\\":"
                  "\\\"200000\\\",\\\"data\\\":null}\"}");
    for (int i = 0; i < 3; i++) {
        ASSERT_STR(sim_world_ask(&s, "GET /api/v1/status", ""),
                   "{\"code\":\"200000\",\"data\":null}");
        ASSERT_INT(sim_world_reply.status, 200);
    }
    sim_world_ask(&s, "DELETE /sim/fault", "");
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT(strstr(text_str(&sim_world_reply.body), "open") != NULL);
    sim_world_end(&s);
}

static void a_delay_keeps_the_answer(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/api/*\",\"hang_ms\":3000}");
    sim_world_ask(&s, "GET /api/v1/timestamp", "");
    ASSERT_INT(sim_world_reply.hang_ms, 3000);
    ASSERT_INT(sim_world_number("data"), 1795176461000);
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_INT(sim_world_reply.hang_ms, 0);
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/*\",\"close\":true}");
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT(sim_world_reply.close);
    sim_world_ask(&s, "GET /sim/clock", "");
    ASSERT(!sim_world_reply.close);
    sim_world_end(&s);
}

static void a_reply_is_spoiled_as_said(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/api/*\",\"alter\":\"null-data\",\"cut\":7,"
                  "\"pace_ms\":20,\"spent\":true}");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v1/status", ""),
               "{\"code\":\"200000\",\"data\":null}");
    ASSERT_INT(sim_world_reply.cut, 7);
    ASSERT_INT(sim_world_reply.pace_ms, 20);
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "0");
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/api/*\",\"reset\":true}");
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT(sim_world_reply.close && sim_world_reply.reset);
    sim_world_end(&s);
}

/* The message is there, and its sender does not know: in the list of what was
 * received it stands as taken. */
static void what_was_asked_is_done_though_the_reply_is_lost(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/1/messages.json\",\"lost\":true,\"count\":1}");
    sim_world_ask(&s, SEND, KEYS "&message=hi&priority=2&retry=60&expire=600");
    ASSERT(sim_world_reply.lost);
    ASSERT(!sim_world_reply.close);
    ASSERT_INT(sim_world_number("status"), 1);
    ASSERT(sim_world_text("receipt")[0]);
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT(!sim_world_reply.lost);
    sim_world_end(&s);
}

static void each_side_breaks_in_its_own_words(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/*\",\"status\":429}");
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_STR(sim_world_text("code"), "429000");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1997");
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_STR(sim_world_text("token"), "invalid");
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/*\",\"status\":502}");
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_STR(sim_world_reply.content_type, "text/html");
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_STR(sim_world_reply.content_type, "text/html");
    sim_world_end(&s);
}

static void wrong_orders_are_refused_with_the_reason(void)
{
    // clang-format off
    static const struct {
        const char *body, *why;
    } rows[] = {
        { "",                                    "not a JSON object" },
        { "[]",                                  "not a JSON object" },
        { "{}",                                  "member 'path' is missing" },
        { "{\"path\":\"x\"}",                    "member 'path': wrong type or out of range" },
        { "{\"path\":\"/x\",\"statu\":500}",     "unknown member 'statu'" },
        { "{\"path\":\"/x\",\"status\":99}",     "member 'status': wrong type or out of range" },
        { "{\"path\":\"/x\",\"status\":\"500\"}", "member 'status': wrong type or out of range" },
        { "{\"path\":\"/x\",\"count\":0}",       "member 'count': wrong type or out of range" },
        { "{\"path\":\"/x\",\"hang_ms\":1.5}",   "member 'hang_ms': wrong type or out of range" },
        { "{\"path\":\"/x\",\"close\":1}",       "member 'close': wrong type or out of range" },
        { "{\"path\":\"/x\",\"body\":{}}",       "member 'body': wrong type or out of range" },
        { "{\"path\":\"/x\",\"alter\":\"none\"}", "member 'alter': wrong type or out of range" },
        { "{\"path\":\"/x\",\"alter\":1}",       "member 'alter': wrong type or out of range" },
        { "{\"path\":\"/x\",\"cut\":0}",         "member 'cut': wrong type or out of range" },
        { "{\"path\":\"/x\",\"lost\":\"yes\"}", "member 'lost': wrong type or out of range" },
    };
    // clang-format on
    struct sim s = sim_world_at(NOW);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sim_world_ask(&s, "PUT /sim/fault", rows[i].body);
        ASSERT_INT(sim_world_reply.status, 400);
        ASSERT_STR(sim_world_text("error"), rows[i].why);
    }
    ASSERT_INT(s.faults.count, 0);
    sim_world_end(&s);
}

static int arm(struct sim_faults *f, const char *json)
{
    return sim_faults_arm(f, json, strlen(json), NULL);
}

static void arming_a_path_again_replaces_its_fault(void)
{
    struct sim_faults f = { 0 };
    char json[64];

    for (int i = 0; i < SIM_FAULTS_MAX; i++) {
        snprintf(json, sizeof(json), "{\"path\":\"/%d\"}", i);
        ASSERT_INT(arm(&f, json), 0);
    }
    ASSERT_INT(arm(&f, "{\"path\":\"/more\"}"), -1);
    ASSERT_INT(arm(&f, "{\"path\":\"/3\",\"body\":\"x\"} y"), -1);
    ASSERT_INT(arm(&f, "{\"path\":\"/3\",\"body\":\"x\"}"), 0);
    ASSERT_INT(f.count, SIM_FAULTS_MAX);
    ASSERT_STR(sim_faults_take(&f, "/3")->body, "x");
    ASSERT(sim_faults_take(&f, "/33") == NULL);
    sim_faults_clear(&f);
}

static void the_clock_moves_only_when_it_is_set(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_mono_ms = 100000;
    ASSERT_STR(sim_world_ask(&s, "GET /sim/clock", ""),
               "{\"now\":\"2026-11-20T12:07:41Z\"}");
    ASSERT_STR(sim_world_ask(&s, "PUT /sim/clock", "2021-05-19T02:00:10.5Z"),
               "{\"error\":\"the body is not one RFC 3339 time\"}");
    ASSERT_INT(sim_world_reply.status, 400);
    ASSERT_STR(sim_world_ask(&s, "PUT /sim/clock", "2021-05-19T02:00:10Z\n"),
               "{\"now\":\"2021-05-19T02:00:10Z\"}");
    sim_world_ask(&s, "PUT /sim/clock", "2021-05-19\n2021-05-20");
    ASSERT_INT(sim_world_reply.status, 400);
    ASSERT_STR(sim_world_ask(&s, "GET /api/v1/timestamp", ""),
               "{\"code\":\"200000\",\"data\":1621389610000}");
    s.clock.running = true;
    sim_world_mono_ms = 103250;
    ASSERT_STR(sim_world_ask(&s, "GET /sim/clock", ""),
               "{\"now\":\"2021-05-19T02:00:13.250Z\"}");
    sim_world_end(&s);
}

static void requests_are_counted_by_path(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, "GET /api/v1/timestamp", "");
    sim_world_ask(&s, "GET /api/v2/symbols/BTC-USDT", "");
    sim_world_ask(&s, "GET /api/v2/symbols/NOPE-USDT", "");
    sim_world_ask(&s, "GET /nothing", "");
    sim_world_ask(&s, "PUT /sim/fault", "{\"path\":\"/api/v1/status\"}");
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_STR(sim_world_ask(&s, "GET /sim/stats", ""),
               "{\"paths\":{\"/api/v1/timestamp\":1,\"/api/v1/status\":1,"
               "\"/api/v2/symbols/*\":2},\"unknown\":1,"
               "\"faults\":{\"/api/v1/status\":1}}");
    sim_world_ask(&s, "GET /sim/nothing", "");
    ASSERT_INT(sim_world_reply.status, 404);
    sim_world_end(&s);
}

static void what_came_in_is_stored_line_by_line(void)
{
    char path[] = "/tmp/sim_received_XXXXXX";
    int fd = mkstemp(path);
    struct text stored = TEXT_INIT(65536);
    struct sim s = sim_world_at(NOW);

    ASSERT_FATAL(fd >= 0);
    close(fd);
    ASSERT_INT(sim_received_open(&s.received, path, NULL), 0);
    sim_world_ask(&s, SEND, KEYS "&message=%c3%a9+%22x%22&title=%ff");
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/1/messages.json\",\"close\":true}");
    sim_world_ask(&s, SEND, "message=a");
    sim_world_ask(&s, "GET /api/v1/timestamp", "");
    sim_world_ask(&s, "GET /1/apps/limits.json?token=t", "");
    ASSERT_INT(text_read_file(&stored, path, NULL), 0);
    ASSERT_STR(
        text_str(&stored),
        "{\"at\":\"2026-11-20T12:07:41Z\",\"method\":\"POST\","
        "\"path\":\"/1/messages.json\",\"status\":400,\"fields\":{"
        "\"token\":\"" GOOD_TOKEN "\",\"user\":\"" GOOD_USER "\","
        "\"message\":\"\xc3\xa9 \\\"x\\\"\",\"title\":\"(not UTF-8)\"}}\n"
        "{\"at\":\"2026-11-20T12:07:41Z\",\"method\":\"POST\","
        "\"path\":\"/1/messages.json\",\"status\":0,"
        "\"fields\":{\"message\":\"a\"}}\n"
        "{\"at\":\"2026-11-20T12:07:41Z\",\"method\":\"GET\","
        "\"path\":\"/1/apps/limits.json\",\"status\":400,"
        "\"fields\":{\"token\":\"t\"}}\n");
    text_release(&stored);
    sim_world_end(&s);
    unlink(path);
}

void sim_faults_test(void);

void sim_faults_test(void)
{
    TEST_SUITE("sim/faults and control");
    TEST(a_status_is_answered_as_often_as_said);
    TEST(a_fault_without_a_count_stays_until_cleared);
    TEST(a_delay_keeps_the_answer);
    TEST(a_reply_is_spoiled_as_said);
    TEST(what_was_asked_is_done_though_the_reply_is_lost);
    TEST(each_side_breaks_in_its_own_words);
    TEST(wrong_orders_are_refused_with_the_reason);
    TEST(arming_a_path_again_replaces_its_fault);
    TEST(the_clock_moves_only_when_it_is_set);
    TEST(requests_are_counted_by_path);
    TEST(what_came_in_is_stored_line_by_line);
}
