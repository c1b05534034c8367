/* What the watchdog remembers, there and back; and what is no memory. */
#include "watchdog/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "sys/text.h"
#include "test.h"

#define T0 (INT64_C(1770688800) * 1000)

static char dir[] = "/tmp/kept_XXXXXX";
static char path[64];

static void begin(void)
{
    snprintf(dir, sizeof(dir), "/tmp/kept_XXXXXX");
    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/memory.yaml", dir);
}

static void end(void)
{
    unlink(path);
    rmdir(dir);
}

static void what_is_kept_comes_back(void)
{
    static struct kept a, b;
    struct error err;
    begin();
    memset(&a, 0, sizeof(a));
    snprintf(a.tip, sizeof(a.tip), "%040d", 7);
    a.rule[WATCH_SILENT] = (struct watch_told){
        .since_ms = T0, .told_ms = T0 + 250, .repeats = 2, .count = 2
    };
    snprintf(a.rule[WATCH_SILENT].subject[0], WATCH_PATH_MAX, "btc-a");
    snprintf(a.rule[WATCH_SILENT].subject[1], WATCH_PATH_MAX, "null");
    a.rule[WATCH_UNREACHABLE].since_ms = T0;
    kept_set_slot(&a, "btc-a", T0);
    kept_set_slot(&a, "eth-1", T0);
    kept_set_slot(&a, "btc-a", T0 + MS_PER_SLOT);
    kept_set_runs(&a, "eth-1", T0 + 500);
    ASSERT_INT(kept_save(&a, path, &err), 0);
    ASSERT_INT(kept_load(path, &b, &err), 0);
    ASSERT_INT(kept_runs(&b, "eth-1") == T0 + 500, 1);
    ASSERT_INT(kept_runs(&b, "btc-a") == MOMENT_NONE, 1);
    ASSERT_STR(b.tip, a.tip);
    ASSERT_INT(memcmp(a.rule, b.rule, sizeof(a.rule)), 0);
    ASSERT_INT(b.grid_count, 2);
    ASSERT_INT(kept_slot(&b, "btc-a") == T0 + MS_PER_SLOT, 1);
    ASSERT_INT(kept_slot(&b, "none") == MOMENT_NONE, 1);
    kept_release(&a);
    kept_release(&b);
    end();
}

/* Who can write grid files must not be able to fill the memory. */
static void there_is_room_for_every_grid(void)
{
    static struct kept a, b;
    struct error err;
    char id[WATCH_NAME_MAX];
    begin();
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof(id), "btc-%d", i);
        kept_set_slot(&a, id, T0 + i);
    }
    ASSERT_INT(kept_save(&a, path, &err), 0);
    ASSERT_INT(kept_load(path, &b, &err), 0);
    ASSERT_INT(b.grid_count, 1000);
    ASSERT_INT(kept_slot(&b, "btc-999") == T0 + 999, 1);
    kept_drop(&b, "btc-0");
    kept_drop(&b, "btc-0");
    ASSERT_INT(b.grid_count, 999);
    ASSERT_INT(kept_slot(&b, "btc-0") == MOMENT_NONE, 1);
    ASSERT_INT(kept_slot(&b, "btc-999") == T0 + 999, 1);
    kept_release(&a);
    kept_release(&b);
    end();
}

static void put(const char *yaml)
{
    struct text t = TEXT_INIT(10000);
    struct error err;
    text_puts(&t, yaml);
    ASSERT_INT(text_write_file(&t, path, &err), 0);
    text_release(&t);
}

static void what_is_no_memory_is_as_good_as_none(void)
{
    static const char *const bad[] = {
        "",
        "[1]",
        "kind: other\nversion: 1\n",
        "kind: watchdog_memory\n",
        "kind: watchdog_memory\nversion: 1\nrules: 3\n",
        "kind: watchdog_memory\nversion: 1\nrules: {job_silent: {since: x}}\n",
        "kind: watchdog_memory\nversion: 1\ngrids: {btc-a: soon}\n",
        "kind: watchdog_memory\nversion: 1\ntip: "
        "01234567890123456789012345678901234567890\n",
        "kind: watchdog_memory\nversion: 1\nrules: {job_silent: {since: "
        "2026-02-10T02:00:00Z, repeats: -1, subjects: []}}\n",
    };
    static struct kept k;
    struct error err;
    begin();
    ASSERT_INT(kept_load(path, &k, &err), -1);
    ASSERT_INT(err.fault, FAULT_MISSING);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        put(bad[i]);
        ASSERT_INT(kept_load(path, &k, &err), -1);
        ASSERT_INT(err.fault, FAULT_DATA);
        ASSERT_INT(k.rule[WATCH_SILENT].since_ms, 0);
    }
    put("kind: watchdog_memory\nversion: 1\n");
    ASSERT_INT(kept_load(path, &k, &err), 0);
    end();
}

void kept_test(void);
void kept_test(void)
{
    TEST_SUITE("watchdog: its memory");
    TEST(what_is_kept_comes_back);
    TEST(there_is_room_for_every_grid);
    TEST(what_is_no_memory_is_as_good_as_none);
}
