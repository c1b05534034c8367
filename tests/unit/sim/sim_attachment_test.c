/* Pictures that the receiver takes and does not; letters by python's
 * b64encode(). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sim/sim_world.h"
#include "sys/text.h"
#include "test.h"

#define KEYS       "token=" GOOD_TOKEN "&user=" GOOD_USER
#define SEND       "POST /1/messages.json"
/* 89 50 4E 47 0D 0A 1A 0A 00 FF FB; in a form '+' and '/' are escaped. */
#define PNG        "iVBORw0KGgoA//s="
#define PNG_FORM   "iVBORw0KGgoA%2f%2Fs%3D"
#define IS_PNG     "&attachment_type=image/png"
#define PICTURE(x) "&attachment_base64=" x

static struct sim world(void)
{
    struct sim s = sim_world_at("2026-11-20T12:07:41Z");
    s.pushover.token = GOOD_TOKEN;
    s.pushover.user = GOOD_USER;
    return s;
}

static void what_is_no_picture_is_refused(void)
{
    static const struct {
        const char *fields;
        int status;
        const char *why;
    } rows[] = {
        { "&message=hi", 200, NULL },
        { "&message=hi" IS_PNG PICTURE(PNG_FORM), 200, NULL },
        { "&message=hi" IS_PNG, 400, "is missing" },
        { "&message=hi" PICTURE(PNG_FORM), 400, "is of no type that is taken" },
        { "&message=hi&attachment_type=text/html" PICTURE(PNG_FORM), 400,
          "is of no type that is taken" },
        { "&message=hi&attachment_type=image/jpeg" PICTURE(PNG_FORM), 400,
          "is not of its type" },
        { "&message=hi" IS_PNG PICTURE(""), 400, "is not base64" },
        { "&message=hi" IS_PNG PICTURE("iVBORw0KGgoA%2f%2Fs"), 400,
          "is not base64" },
        { "&message=hi" IS_PNG PICTURE("iVBORw0KGgo-%2f%2Fs%3D"), 400,
          "is not base64" },
        { "&message=hi" IS_PNG PICTURE("iVBO%3DRw0KGgoA%2f%3D"), 400,
          "is not base64" },
    };
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char form[400];
        snprintf(form, sizeof(form), KEYS "%s", rows[i].fields);
        sim_world_ask(&s, SEND, form);
        ASSERT_INT(sim_world_reply.status, rows[i].status);
        if (rows[i].why)
            ASSERT_STR(sim_world_text("attachment"), rows[i].why);
    }
    /* A refused one is not counted: two of them were taken. */
    sim_world_ask(&s, SEND, KEYS "&message=hi");
    ASSERT_STR(sim_world_header("X-Limit-App-Remaining"), "9997");
    sim_world_end(&s);
}

static void its_size_has_a_limit(void)
{
    struct sim s = world();
    s.pushover.attachments.most = 11;
    sim_world_ask(&s, SEND, KEYS "&message=hi" IS_PNG PICTURE(PNG_FORM));
    ASSERT_INT(sim_world_reply.status, 200);
    s.pushover.attachments.most = 10;
    sim_world_ask(&s, SEND, KEYS "&message=hi" IS_PNG PICTURE(PNG_FORM));
    ASSERT_INT(sim_world_reply.status, 413);
    ASSERT_STR(sim_world_text("attachment"), "is too large");
    ASSERT_INT(SIM_ATTACHMENT_MAX, 5 * 1024 * 1024);
    sim_world_end(&s);
}

static void one_that_is_taken_becomes_a_file(void)
{
    struct sim s = world();
    struct sim_fields f = { 0 };
    struct text file = TEXT_INIT(100);
    struct error err = { FAULT_NONE, "" };
    char dir[] = "/tmp/gridwatch-attachment-XXXXXX", path[64];

    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/picture-1.png", dir);
    s.pushover.attachments.dir = dir;
    sim_fields_set(&f, "attachment_base64", PNG);
    sim_fields_set(&f, "attachment_type", "image/png");
    ASSERT_INT(sim_attachment_keep(&s.pushover.attachments, &f, true, &err), 0);
    ASSERT_STR(sim_fields_get(&f, "attachment_base64"), "(11 bytes)");
    ASSERT_STR(sim_fields_get(&f, "attachment"), "picture-1.png");
    ASSERT_INT(text_read_file(&file, path, &err), 0);
    ASSERT_INT(file.len, 11);
    ASSERT(file.len == 11 &&
           memcmp(file.data, "\x89PNG\r\n\x1a\n\0\xff\xfb", 11) == 0);
    /* Refused: its size is told, no file. */
    sim_fields_set(&f, "attachment_base64", PNG);
    ASSERT_INT(sim_attachment_keep(&s.pushover.attachments, &f, false, &err),
               0);
    ASSERT_STR(sim_fields_get(&f, "attachment_base64"), "(11 bytes)");
    ASSERT_INT(s.pushover.attachments.written, 1);
    remove(path);
    remove(dir);
    text_release(&file);
    sim_fields_release(&f);
    sim_world_end(&s);
}

void sim_attachment_test(void);
void sim_attachment_test(void)
{
    TEST_SUITE("sim/attachment");
    TEST(what_is_no_picture_is_refused);
    TEST(its_size_has_a_limit);
    TEST(one_that_is_taken_becomes_a_file);
}
