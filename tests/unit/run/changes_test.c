/* The files of one commit: all that belong together, or none of them. */
#include "run/changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/samples.h"
#include "test.h"

static struct text text = TEXT_INIT(1 << 16);

/* The golden document of the kind, put where it belongs. */
static int put(struct changes *c, enum record_kind kind, const char *quarantine)
{
    char file[32], path[RECORD_PATH_MAX];
    struct error err;
    text_clear(&text);
    snprintf(file, sizeof(file), "%s.yaml", record_kind_name(kind));
    sample_golden(file, &text);
    sample_path(kind, &text, path);
    return changes_put(c, path, &text, quarantine, &err);
}

static int put_bad(struct changes *c, const char *quarantine)
{
    struct error err = { FAULT_NONE, "" };
    text_clear(&text);
    text_puts(&text, "kind: state\n");
    int rc = changes_put(c, "state/btc-a.yaml", &text, quarantine, &err);
    ASSERT(strstr(err.msg, "'state/btc-a.yaml' fails its schema") != NULL);
    return rc;
}

static void what_belongs_together_is_joined_as_one(void)
{
    struct changes all = { 0 }, unit = { 0 };
    ASSERT_INT(put(&all, RECORD_STATE, NULL), 0);
    ASSERT_INT(put(&unit, RECORD_STATE, NULL), 0);
    ASSERT_INT(put(&unit, RECORD_EXIT, NULL), 0);
    ASSERT_INT(changes_join(&all, &unit), 0);
    ASSERT_INT(all.count, 2); /* the path that was there is replaced */
    ASSERT_INT(unit.count, 0);
    ASSERT(all.list[0].len > 0 && all.list[1].len > 0);
    ASSERT_INT(strlen(all.list[1].data), all.list[1].len);
    changes_release(&all);
}

static void one_that_is_refused_takes_the_others_with_it(void)
{
    struct changes all = { 0 }, unit = { 0 };
    ASSERT_INT(put(&all, RECORD_GRID, NULL), 0);
    ASSERT_INT(put(&unit, RECORD_EXIT, NULL), 0);
    ASSERT_INT(put_bad(&unit, NULL), -1);
    ASSERT_INT(changes_join(&all, &unit), -1);
    ASSERT_INT(all.count, 1);
    ASSERT_INT(all.refused, 1);
    ASSERT_STR(all.list[0].path, "grids/btc-a.yaml");
    ASSERT_INT(unit.count, 0);
    ASSERT_INT(unit.refused, 0);
    changes_release(&all);
}

static void what_is_refused_lies_in_quarantine(void)
{
    struct changes c = { 0 };
    struct text kept = TEXT_INIT(4096);
    char dir[] = "/tmp/changes-XXXXXX", path[128], inner[64];
    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(inner, sizeof(inner), "%s/quarantine", dir);
    ASSERT_INT(put_bad(&c, inner), -1);
    snprintf(path, sizeof(path), "%s/state_btc-a.yaml", inner);
    ASSERT_INT(text_read_file(&kept, path, NULL), 0);
    ASSERT_STR(text_str(&kept), "kind: state\n");
    ASSERT_INT(c.count, 0);
    ASSERT_INT(c.refused, 1);
    unlink(path);
    rmdir(inner);
    rmdir(dir);
    text_release(&kept);
    changes_release(&c);
}

void changes_test(void);
void changes_test(void)
{
    TEST_SUITE("run/changes");
    TEST(what_belongs_together_is_joined_as_one);
    TEST(one_that_is_refused_takes_the_others_with_it);
    TEST(what_is_refused_lies_in_quarantine);
    text_release(&text);
}
