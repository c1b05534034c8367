/* The replies are those recorded and described in Pushover's API pages. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sim/pushover_rules.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW  "2026-11-20T12:07:41Z" /* 1795176461 */
#define KEYS "token=" GOOD_TOKEN "&user=" GOOD_USER
#define SEND "POST /1/messages.json"

static struct sim world(void)
{
    struct sim s = sim_world_at(NOW);
    s.pushover.token = GOOD_TOKEN;
    s.pushover.user = GOOD_USER;
    return s;
}

static void a_message_is_accepted(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, SEND, KEYS "&message=hi"),
               "{\"status\":1,"
               "\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_reply.content_type, "application/json; charset=utf-8");
    ASSERT_STR(sim_world_header("X-Limit-App-Limit"), "10000");
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "9999");
    ASSERT_STR(sim_world_header("X-Limit-App-Reset"), "1796104800");
    sim_world_ask_json(&s, SEND,
                       "{\"token\":\"" GOOD_TOKEN "\",\"user\":\"" GOOD_USER
                       "\",\"message\":\"hi\",\"priority\":-1}");
    ASSERT_STR(sim_world_text("request"),
               "647d2302-7c11-4b0e-9a52-0a1b2c3d4e02");
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "9998");
    sim_world_end(&s);
}

static void wrong_keys_are_named(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, SEND, "token=x&user=y&message=hi"),
               "{\"token\":\"invalid\","
               "\"errors\":[\"application token is invalid\"],\"status\":0,"
               "\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}");
    ASSERT_INT(sim_world_reply.status, 400);
    ASSERT_STR(
        sim_world_ask(&s, SEND, "token=" GOOD_TOKEN "&user=y&message=hi"),
        "{\"user\":\"invalid\",\"errors\":[\"user identifier is not a valid "
        "user, group, or subscribed user key\"],\"status\":0,"
        "\"request\":\"647d2302-7c11-4b0e-9a52-0a1b2c3d4e02\"}");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_ask(&s, SEND, "message=hi");
    ASSERT_STR(sim_world_text("token"), "invalid");
    sim_world_end(&s);
}

static void without_set_keys_any_well_formed_one_is_good(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_ask(&s, SEND, KEYS "x&message=hi");
    ASSERT_INT(sim_world_reply.status, 400);
    ASSERT(sim_key_good("abcdefghijklmnopqrstuvwxyz0123", NULL));
    ASSERT(!sim_key_good("abcdefghijklmnopqrstuvwxyz012", NULL));
    ASSERT(!sim_key_good("abcdefghijklmnopqrstuvwxyz012-", NULL));
    ASSERT(!sim_key_good(NULL, NULL));
    sim_world_end(&s);
}

static void several_users_count_once_each(void)
{
    struct sim s = world();
    sim_world_ask(&s, SEND, KEYS "," GOOD_USER "&message=hi");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "9998");
    sim_world_ask(&s, SEND, KEYS ",&message=hi");
    ASSERT_STR(sim_world_text("user"), "invalid");
    ASSERT_INT(sim_users_good(NULL, NULL), 0);
    ASSERT_INT(sim_users_good("", NULL), 0);
    sim_world_end(&s);
}

static void a_blank_message_is_refused(void)
{
    static const char *const blanks[] = { KEYS, KEYS "&message=",
                                          KEYS "&message=+%0a%09" };
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(blanks); i++) {
        sim_world_ask(&s, SEND, blanks[i]);
        ASSERT_INT(sim_world_reply.status, 400);
        ASSERT_STR(sim_world_text("message"), "cannot be blank");
    }
    ASSERT(strstr(text_str(&sim_world_reply.body),
                  "\"errors\":[\"message cannot be blank\"]") != NULL);
    sim_world_end(&s);
}

static void an_emergency_needs_retry_and_expire(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, SEND, KEYS "&message=hi&priority=2"),
               "{\"expire\":\"must be supplied with priority=2\","
               "\"retry\":\"must be supplied with priority=2\",\"errors\":["
               "\"expire must be supplied with priority=2\","
               "\"retry must be supplied with priority=2\"],\"status\":0,"
               "\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_end(&s);
}

static void limits_are_kept_to_the_last_value(void)
{
    // clang-format off
    static const struct {
        const char *fields, *wrong; /* the field complained of, or "" */
    } rows[] = {
        { "priority=-2",                    "" },
        { "priority=-3",                    "priority" },
        { "priority=3",                     "priority" },
        { "priority=1.5",                   "priority" },
        { "priority=2&retry=30&expire=10800", "" },
        { "priority=2&retry=29&expire=60",  "retry" },
        { "priority=2&retry=30&expire=10801", "expire" },
        { "priority=2&retry=30&expire=0",   "expire" },
        { "priority=2&retry=x&expire=60",   "retry" },
        { "priority=1&retry=x",             "" },
        { "timestamp=1795176461",           "" },
        { "timestamp=now",                  "timestamp" },
        { "ttl=0",                          "ttl" },
        { "html=1",                         "" },
        { "html=1&monospace=1",             "monospace" },
        { "html=yes",                       "html" },
        { "device=iphone,desk-top_2",       "" },
        { "device=my+phone",                "device" },
        { "device=abcdefghijklmnopqrstuvwxyz", "device" },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim_fields f = { 0 };
        struct sim_message m;
        struct sim_complaints c = { 0 };
        sim_fields_read_form(&f, rows[i].fields, strlen(rows[i].fields), NULL);
        sim_fields_set(&f, "message", "hi");
        sim_message_check(&f, &m, &c);
        ASSERT_STR(c.count ? c.items[0].key : "", rows[i].wrong);
        sim_fields_release(&f);
    }
}

/* Characters of one to four bytes; the limits are in characters. */
static void texts_are_limited_in_code_points(void)
{
    static const struct {
        const char *key;
        int max;
    } limits[] = {
        { "message", 1024 },
        { "title", 250 },
        { "url", 512 },
        { "url_title", 100 },
    };
    static const char *const letters[] = { "a", "\xc3\xa9", "\xe2\x82\xac",
                                           "\xf0\x9f\x9a\xa8" };
    for (size_t i = 0; i < ARRAY_LEN(limits) * ARRAY_LEN(letters); i++) {
        const char *key = limits[i / ARRAY_LEN(letters)].key;
        int max = limits[i / ARRAY_LEN(letters)].max;
        for (int length = max; length <= max + 1; length++) {
            struct text value = TEXT_INIT(8192);
            struct sim_fields f = { 0 };
            struct sim_message m;
            struct sim_complaints c = { 0 };
            for (int k = 0; k < length; k++)
                text_puts(&value, letters[i % ARRAY_LEN(letters)]);
            sim_fields_set(&f, "message", "hi");
            sim_fields_set(&f, key, value.data);
            sim_message_check(&f, &m, &c);
            ASSERT_STR(c.count ? c.items[0].key : "", length > max ? key : "");
            sim_fields_release(&f);
            text_release(&value);
        }
    }
}

static void bodies_that_cannot_be_read_are_400(void)
{
    struct sim s = world();
    sim_world_ask(&s, SEND, KEYS "&message=%zz");
    ASSERT_INT(sim_world_reply.status, 400);
    ASSERT_INT(sim_world_number("status"), 0);
    sim_world_ask_json(&s, SEND, "{");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_ask(&s, SEND, KEYS "&message=a%ff");
    ASSERT_STR(sim_world_text("message"), "is not UTF-8");
    sim_world_ask(&s, "GET /1/nothing.json", "");
    ASSERT_INT(sim_world_reply.status, 404);
    sim_world_end(&s);
}

/* Sends an emergency and returns the path of its receipt. */
static const char *send_emergency(struct sim *s, const char *tags)
{
    static char path[64];
    char body[256];
    snprintf(body, sizeof(body),
             KEYS "&message=hi&priority=2&retry=60&expire=3600&tags=%s", tags);
    sim_world_ask(s, SEND, body);
    const char *id = sim_world_text("receipt");
    ASSERT_INT(strlen(id), 30);
    snprintf(path, sizeof(path), "%s", id);
    return path;
}

static void look(struct sim *s, const char *id)
{
    char what[160];
    snprintf(what, sizeof(what), "GET /1/receipts/%s.json?token=" GOOD_TOKEN,
             id);
    sim_world_ask(s, what, "");
}

static void a_receipt_rings_until_it_expires(void)
{
    struct sim s = world();
    char id[64];
    snprintf(id, sizeof(id), "%s", send_emergency(&s, "ep-1"));
    look(&s, id);
    ASSERT_STR(text_str(&sim_world_reply.body),
               "{\"status\":1,\"acknowledged\":0,\"acknowledged_at\":0,"
               "\"acknowledged_by\":\"\",\"acknowledged_by_device\":\"\","
               "\"last_delivered_at\":1795176461,\"expired\":0,"
               "\"expires_at\":1795180061,\"called_back\":0,"
               "\"called_back_at\":0,"
               "\"request\":\"647d2302-7c11-4b0e-9a52-0a1b2c3d4e02\"}");
    sim_world_ask(&s, "PUT /sim/clock", "2026-11-20T12:09:45Z");
    look(&s, id);
    ASSERT_INT(sim_world_number("last_delivered_at"), 1795176461 + 120);
    sim_world_ask(&s, "PUT /sim/clock", "2026-11-20T13:07:41Z");
    look(&s, id);
    ASSERT_INT(sim_world_number("expired"), 1);
    ASSERT_INT(sim_world_number("expires_at"), 1795180061);
    /* Never more than fifty repeats. */
    ASSERT_INT(sim_world_number("last_delivered_at"), 1795176461 + 50 * 60);
    sim_world_end(&s);
}

static void a_person_acknowledges(void)
{
    struct sim s = world();
    char id[64];
    snprintf(id, sizeof(id), "%s", send_emergency(&s, ""));
    sim_world_ask(&s, "PUT /sim/clock", "2026-11-20T12:09:16Z");
    sim_world_ask(&s, "PUT /sim/acknowledge", "{\"device\":\"desktop\"}");
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_ask(&s, "PUT /sim/clock", "2026-11-20T14:00:00Z");
    look(&s, id);
    ASSERT_INT(sim_world_number("acknowledged"), 1);
    ASSERT_INT(sim_world_number("acknowledged_at"), 1795176556);
    ASSERT_STR(sim_world_text("acknowledged_by"), GOOD_USER);
    ASSERT_STR(sim_world_text("acknowledged_by_device"), "desktop");
    ASSERT_INT(sim_world_number("expired"), 0);
    ASSERT_INT(sim_world_number("last_delivered_at"), 1795176461 + 60);
    sim_world_ask(&s, "PUT /sim/acknowledge", "");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_end(&s);
}

static void receipts_are_cancelled_by_id_and_by_tag(void)
{
    struct sim s = world();
    char first[64], second[64], third[64], what[128];
    snprintf(first, sizeof(first), "%s", send_emergency(&s, "ep-1,grid-a"));
    snprintf(second, sizeof(second), "%s", send_emergency(&s, "ep-1"));
    snprintf(third, sizeof(third), "%s", send_emergency(&s, "ep-10"));
    ASSERT(strcmp(first, second) != 0);
    snprintf(what, sizeof(what), "POST /1/receipts/%s/cancel.json", first);
    ASSERT_STR(sim_world_ask(&s, what, "token=" GOOD_TOKEN),
               "{\"status\":1,"
               "\"request\":\"647d2304-7c11-4b0e-9a52-0a1b2c3d4e04\"}");
    ASSERT_STR(sim_world_ask(&s, "POST /1/receipts/cancel_by_tag/ep-1.json",
                             "token=" GOOD_TOKEN),
               "{\"canceled\":1,\"status\":1,"
               "\"request\":\"647d2305-7c11-4b0e-9a52-0a1b2c3d4e05\"}");
    look(&s, second);
    ASSERT_INT(sim_world_number("expired"), 1);
    look(&s, third);
    ASSERT_INT(sim_world_number("expired"), 0);
    sim_world_end(&s);
}

static void unknown_receipts_and_missing_tokens_are_refused(void)
{
    struct sim s = world();
    look(&s, "nope");
    ASSERT_STR(text_str(&sim_world_reply.body),
               "{\"receipt\":\"not found\",\"errors\":[\"receipt not found; "
               "may be invalid or expired\"],\"status\":0,"
               "\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}");
    ASSERT_INT(sim_world_reply.status, 404);
    sim_world_ask(&s, "GET /1/receipts/nope.json", "");
    ASSERT_STR(sim_world_text("token"), "invalid");
    sim_world_ask(&s, "POST /1/receipts/cancel_by_tag/x.json", "");
    ASSERT_STR(sim_world_text("token"), "invalid");
    sim_world_end(&s);
}

static void keys_are_validated(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, "POST /1/users/validate.json", KEYS),
               "{\"status\":1,\"group\":0,\"devices\":[\"iphone\","
               "\"desktop\"],\"licenses\":[\"iOS\",\"Desktop\"],"
               "\"request\":\"647d2301-7c11-4b0e-9a52-0a1b2c3d4e01\"}");
    ASSERT_STR(sim_world_ask(&s, "POST /1/users/validate.json",
                             "token=" GOOD_TOKEN "&user=x"),
               "{\"user\":\"invalid\",\"errors\":[\"user key is invalid\"],"
               "\"status\":0,"
               "\"request\":\"647d2302-7c11-4b0e-9a52-0a1b2c3d4e02\"}");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_end(&s);
}

static void the_monthly_quota_runs_out_and_comes_back(void)
{
    struct sim s = world();
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    s.pushover.used = 9999;
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "0");
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_INT(sim_world_reply.status, 429);
    ASSERT_STR(sim_world_text("token"), "invalid");
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "-1");
    sim_world_ask(&s, "PUT /sim/clock", "2026-12-01T06:00:00Z");
    sim_world_ask(&s, "GET /1/apps/limits.json?token=" GOOD_TOKEN, "");
    ASSERT_INT(sim_world_number("limit"), 10000);
    ASSERT_INT(sim_world_number("remaining"), 10000);
    ASSERT_INT(sim_world_number("reset"), 1798783200); /* 2027-01-01 06:00 */
    sim_world_end(&s);
}

/* Midnight in Chicago, from the zone's published rules. */
static void the_quota_resets_at_midnight_us_central(void)
{
    // clang-format off
    static const struct {
        const char *now, *reset;
    } rows[] = {
        { "2026-11-20T12:00:00Z", "2026-12-01T06:00:00Z" },
        { "2026-12-31T23:00:00Z", "2027-01-01T06:00:00Z" },
        { "2027-01-01T05:59:59Z", "2027-01-01T06:00:00Z" },
        { "2027-01-01T06:00:00Z", "2027-02-01T06:00:00Z" },
        { "2026-03-10T00:00:00Z", "2026-04-01T05:00:00Z" },
        { "2026-10-15T00:00:00Z", "2026-11-01T05:00:00Z" },
        { "2026-11-01T05:30:00Z", "2026-12-01T06:00:00Z" },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(sim_pushover_reset_s(moment_parse(rows[i].now)),
                   moment_parse(rows[i].reset) / 1000);
}

void sim_pushover_test(void);

void sim_pushover_test(void)
{
    TEST_SUITE("sim/pushover");
    TEST(a_message_is_accepted);
    TEST(wrong_keys_are_named);
    TEST(without_set_keys_any_well_formed_one_is_good);
    TEST(several_users_count_once_each);
    TEST(a_blank_message_is_refused);
    TEST(an_emergency_needs_retry_and_expire);
    TEST(limits_are_kept_to_the_last_value);
    TEST(texts_are_limited_in_code_points);
    TEST(bodies_that_cannot_be_read_are_400);
    TEST(a_receipt_rings_until_it_expires);
    TEST(a_person_acknowledges);
    TEST(receipts_are_cancelled_by_id_and_by_tag);
    TEST(unknown_receipts_and_missing_tokens_are_refused);
    TEST(keys_are_validated);
    TEST(the_monthly_quota_runs_out_and_comes_back);
    TEST(the_quota_resets_at_midnight_us_central);
}
