/* What the phone is told when nothing can be recorded: once in four hours, and
 * each time when that cannot be remembered. */
#include "run/outcry.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/feed.h"
#include "test.h"

#define AT INT64_C(1621389610000) /* 2021-05-19T02:00:10Z */

static struct {
    int count, priority;
    bool fails;
    char title[256], body[1100];
} phone;

static int hear(void *payload, int64_t now_ms, const struct pushover_message *m,
                struct pushover_result *out, struct error *err)
{
    (void)payload;
    (void)now_ms;
    (void)err;
    *out =
        (struct pushover_result){ .outcome = phone.fails ? PUSHOVER_LATER
                                                         : PUSHOVER_DELIVERED,
                                  .reason = "HTTP 500" };
    if (phone.fails)
        return 0;
    phone.count++;
    phone.priority = m->priority;
    snprintf(phone.title, sizeof(phone.title), "%s", m->title);
    snprintf(phone.body, sizeof(phone.body), "%s", m->body);
    return 0;
}

static struct config config;
static struct run r;
static struct run_options options;
static char folder[] = "/tmp/outcry-XXXXXX";
static const struct feed feed = { .send = hear };
static const struct error full = { FAULT_IO, "pack 'x': no space left" };
static const struct error busy = { FAULT_BUSY, "lock 'x': held by process 7" };

/* A place to remember, made by the first test that asks. */
static void settle_down(void)
{
    if (config.repository.path[0])
        return;
    ASSERT_FATAL(mkdtemp(folder) != NULL);
    snprintf(config.repository.path, sizeof(config.repository.path),
             "%s/data.git", folder);
    snprintf(config.secrets.pushover_token.text,
             sizeof(config.secrets.pushover_token.text), "t");
    snprintf(config.secrets.pushover_user.text,
             sizeof(config.secrets.pushover_user.text), "u");
}

static void fresh(int64_t at_ms)
{
    settle_down();
    options = (struct run_options){ .config = &config, .feed = &feed };
    r = (struct run){ .options = &options,
                      .config = &config,
                      .exchange_ms = at_ms };
}

/* How many messages that makes. */
static int cries(int64_t at_ms, enum outcry what, const struct error *why)
{
    int before = phone.count;
    fresh(at_ms);
    run_outcry(&r, what, why);
    return phone.count - before;
}

static int mends(int64_t at_ms)
{
    int before = phone.count;
    fresh(at_ms);
    run_outcry_mended(&r);
    return phone.count - before;
}

static void it_is_told_once_in_four_hours(void)
{
    char what[256];
    ASSERT_INT(cries(AT, OUTCRY_RECORD, &full), 1);
    ASSERT_INT(phone.priority, 1);
    ASSERT(strncmp(phone.title, "gridwatch cannot record", 23) == 0);
    ASSERT(strstr(phone.body, full.msg) == phone.body);
    ASSERT_INT(cries(AT + 15 * MS_PER_MINUTE, OUTCRY_RECORD, &full), 0);
    ASSERT_INT(cries(AT + 4 * MS_PER_HOUR - 1, OUTCRY_RECORD, &full), 0);
    ASSERT_INT(cries(AT + 4 * MS_PER_HOUR, OUTCRY_RECORD, &full), 1);
    ASSERT(run_outcry_stands(&r, what, sizeof(what)));
    ASSERT(strstr(what, "at 2021-05-19T06:00:10Z: gridwatch cannot record"));
    /* Another trouble is news, and so is the first after it. */
    ASSERT_INT(cries(AT + 4 * MS_PER_HOUR, OUTCRY_OPEN, &full), 1);
    ASSERT_INT(cries(AT + 4 * MS_PER_HOUR, OUTCRY_RECORD, &full), 1);
    /* A clock that was set back does not silence it. */
    ASSERT_INT(cries(AT, OUTCRY_RECORD, &full), 1);
}

static void it_is_mended_once(void)
{
    char what[256];
    cries(AT, OUTCRY_RECORD, &full);
    ASSERT_INT(mends(AT + MS_PER_MINUTE), 1);
    ASSERT_INT(phone.priority, -1);
    ASSERT(strstr(phone.body, "gridwatch cannot record") != NULL);
    ASSERT(!run_outcry_stands(&r, what, sizeof(what)));
    ASSERT_INT(mends(AT + MS_PER_MINUTE), 0);
    ASSERT_INT(r.exit, RUN_DONE);
}

static void what_nobody_heard_was_not_told(void)
{
    phone.fails = true;
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 0);
    ASSERT_INT(r.exit, RUN_NOT_DELIVERED);
    phone.fails = false;
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 1);
    ASSERT_INT(r.exit, RUN_DONE);
    phone.fails = true;
    ASSERT_INT(mends(AT), 0);
    phone.fails = false;
    ASSERT_INT(mends(AT), 1);
}

static void what_cannot_be_remembered_is_told_each_time(void)
{
    char path[CONFIG_TEXT + 16];
    settle_down();
    snprintf(path, sizeof(path), "%s.outcry", config.repository.path);
    ASSERT_INT(mkdir(path, 0700), 0); /* no file can have its name */
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 1);
    ASSERT_INT(cries(AT + 1, OUTCRY_OPEN, &full), 1);
    ASSERT_INT(mends(AT + 2), 0);
    rmdir(path);
}

static void a_file_that_says_nothing_is_as_good_as_none(void)
{
    char path[CONFIG_TEXT + 16];
    struct text t = TEXT_INIT(4096);
    settle_down();
    snprintf(path, sizeof(path), "%s.outcry", config.repository.path);
    text_puts(&t, "yesterday\nopen io\n");
    ASSERT_INT(text_write_file(&t, path, NULL), 0);
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 1);
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 0);
    ASSERT_INT(mends(AT), 1);
    text_release(&t);
}

static void nobody_is_told_without_a_channel_or_in_a_dry_run(void)
{
    fresh(AT);
    options.dry_run = true;
    int before = phone.count;
    run_outcry(&r, OUTCRY_OPEN, &full);
    config.secrets.pushover_user.text[0] = '\0';
    ASSERT_INT(cries(AT, OUTCRY_OPEN, &full), 0);
    ASSERT_INT(r.exit, RUN_DONE);
    snprintf(config.secrets.pushover_user.text,
             sizeof(config.secrets.pushover_user.text), "u");
    ASSERT_INT(phone.count, before);
}

/* One that another run holds is told when it was taken two slots ago. */
static void a_lock_is_waited_for_before_it_is_told(void)
{
    char path[CONFIG_TEXT + 16];
    struct text t = TEXT_INIT(64);
    int before = phone.count;
    settle_down();
    snprintf(path, sizeof(path), "%s.lock", config.repository.path);
    text_puts(&t, "7\n");
    ASSERT_INT(text_write_file(&t, path, NULL), 0);
    fresh(AT);
    run_outcry_lock(&r, &busy);
    ASSERT_INT(phone.count, before);
    struct timespec old[2] = { { 1621387000, 0 }, { 1621387000, 0 } };
    ASSERT_INT(utimensat(AT_FDCWD, path, old, 0), 0);
    run_outcry_lock(&r, &busy);
    ASSERT_INT(phone.count, before + 1);
    ASSERT_STR(phone.title, "gridwatch cannot run: nothing is watched");
    ASSERT(strstr(phone.body, "since 2021-05-19T01:16:40Z") == phone.body);
    unlink(path);
    ASSERT_INT(mends(AT), 1);
    ASSERT_INT(rmdir(folder), 0); /* nothing is left in it */
    text_release(&t);
}

void outcry_test(void);
void outcry_test(void)
{
    TEST_SUITE("run/outcry");
    TEST(it_is_told_once_in_four_hours);
    TEST(it_is_mended_once);
    TEST(what_nobody_heard_was_not_told);
    TEST(what_cannot_be_remembered_is_told_each_time);
    TEST(a_file_that_says_nothing_is_as_good_as_none);
    TEST(nobody_is_told_without_a_channel_or_in_a_dry_run);
    TEST(a_lock_is_waited_for_before_it_is_told);
}
