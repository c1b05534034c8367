/* What may be changed and what may not, spelled out from docs/record.md. */
#include "cli/validate.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

#define SLOT_FILE  "exits/btc-a/2021/05/19/0200.yaml"
#define AUDIT_FILE "audit/2021/05/19/020010007-btc-a-transition-0a1b2c3d.yaml"

/* The complaint about the edit, "" for none; valid until the next call. */
static const char *said(const char *path, const char *before, const char *after,
                        const char *when, bool by_run, bool grid_has_run)
{
    static struct complaints c;
    struct text texts[2] = { TEXT_INIT(4096), TEXT_INIT(4096) };
    const struct once_edit edit = {
        .path = path,
        .before = before ? &texts[0] : NULL,
        .after = after ? &texts[1] : NULL,
        .when_ms = when ? moment_parse(when) : MOMENT_NONE,
        .by_run = by_run,
        .grid_has_run = grid_has_run,
    };
    memset(&c, 0, sizeof(c));
    text_puts(&texts[0], before ? before : "");
    text_puts(&texts[1], after ? after : "");
    once_check(&edit, &c);
    text_release(&texts[0]);
    text_release(&texts[1]);
    return c.count ? c.list[0].what : "";
}

static bool says(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

static void what_is_new_or_unchanged_is_fine(void)
{
    ASSERT_STR(said(SLOT_FILE, NULL, "a", NULL, false, false), "");
    ASSERT_STR(said(AUDIT_FILE, NULL, "a", NULL, false, false), "");
    ASSERT_STR(said(AUDIT_FILE, "a", "a", NULL, false, false), "");
}

static void what_is_written_once_stays(void)
{
    static const char *const paths[] = { SLOT_FILE, AUDIT_FILE,
                                         "bars/BTC-USDT/1h/seed.csv",
                                         "config/0a1b2c3d.yaml" };
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        ASSERT(says(said(paths[i], "a", "b", NULL, true, false),
                    "written once: put back"));
        ASSERT(says(said(paths[i], "a", NULL, NULL, false, false), "put"));
    }
}

static void a_slot_may_be_evaluated_again(void)
{
    const char *first = "kind: exit\nattempt: 1\nstate: UNKNOWN\n";
    const char *second = "kind: exit\nattempt: 2\nstate: NORMAL\n";
    ASSERT_STR(said(SLOT_FILE, first, second, NULL, false, false), "");
    ASSERT(says(said(SLOT_FILE, second, first, NULL, false, false),
                "written once"));
}

static void old_slots_leave_in_a_commit_of_a_run(void)
{
    const char *early = "2021-05-20T01:59:59Z", *late = "2021-05-20T02:00:00Z";
    ASSERT_STR(said(SLOT_FILE, "a", NULL, late, true, false), "");
    ASSERT(says(said(SLOT_FILE, "a", NULL, early, true, false), "a day"));
    ASSERT(says(said(SLOT_FILE, "a", NULL, late, false, false), "only a run"));
    ASSERT(says(said(SLOT_FILE, "a", NULL, NULL, true, false), "only a run"));
}

static void what_follows_the_world_changes(void)
{
    static const char *const paths[] = { "latest/grids/btc-a.yaml",
                                         "latest/symbols/BTC-USDT.yaml",
                                         "state/btc-a.yaml", "README.md",
                                         "grids/btc-a.yaml" };
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        ASSERT_STR(said(paths[i], "a", "b", NULL, false, true), "");
    ASSERT_STR(said(paths[0], "a", NULL, NULL, false, false), "");
    ASSERT_STR(said("state/btc-a.yaml", "a", NULL, NULL, false, false), "");
    ASSERT(says(said("schema/exit.schema.json", "a", NULL, NULL, false, false),
                "gridwatch init"));
}

static void a_watched_grid_keeps_its_file(void)
{
    ASSERT_STR(said("grids/btc-a.yaml", "a", NULL, NULL, false, false), "");
    ASSERT(says(said("grids/btc-a.yaml", "a", NULL, NULL, false, true),
                "'stopped'"));
}

void validate_once_test(void);
void validate_once_test(void)
{
    TEST_SUITE("what is written once");
    TEST(what_is_new_or_unchanged_is_fine);
    TEST(what_is_written_once_stays);
    TEST(a_slot_may_be_evaluated_again);
    TEST(old_slots_leave_in_a_commit_of_a_run);
    TEST(what_follows_the_world_changes);
    TEST(a_watched_grid_keeps_its_file);
}
