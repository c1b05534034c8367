/* Who wrote what, as one pass over history saw it. */
#include "replay/ledger.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static const char *hex_of(int n)
{
    static char hex[STORE_ID_SIZE];
    snprintf(hex, sizeof(hex), "%040x", (unsigned)n * 2654435761u);
    return hex;
}

static void each_file_has_its_writer(void)
{
    struct ledger *l = ledger_new();
    char path[40], run[RECORD_RUN_ID_MAX];
    for (int i = 0; i < 3000; i++) {
        snprintf(run, sizeof(run), "run-%d", i);
        ledger_commit(l, hex_of(i), run);
        snprintf(path, sizeof(path), "p/%d", (i * 7919) % 3000);
        ledger_wrote(l, path, false);
    }
    for (int i = 0; i < 3000; i += 331) {
        snprintf(run, sizeof(run), "run-%d", i);
        snprintf(path, sizeof(path), "p/%d", (i * 7919) % 3000);
        ASSERT_STR(ledger_run_of(l, path), run);
        ASSERT(ledger_has_commit(l, hex_of(i)));
    }
    ASSERT_STR(ledger_run_of(l, "p/3000"), NULL);
    ASSERT_STR(ledger_run_of(l, "p"), NULL);
    ASSERT(!ledger_has_commit(l, hex_of(3000)));
    ASSERT(!ledger_has_commit(l, ""));
    ledger_free(l);
}

static void the_newest_of_many_writers_counts(void)
{
    struct ledger *l = ledger_new();
    ledger_commit(l, hex_of(3), "c");
    ledger_wrote(l, "state", true);
    ledger_wrote(l, "once", false);
    ledger_commit(l, hex_of(2), "");
    ledger_wrote(l, "state", true);
    ledger_wrote(l, "hand", false);
    ledger_commit(l, hex_of(1), "a");
    ledger_wrote(l, "state", true);
    ledger_wrote(l, "other", true);
    ASSERT_STR(ledger_run_of(l, "state"), "c");
    ASSERT_STR(ledger_run_of(l, "other"), "a");
    ASSERT_STR(ledger_run_of(l, "hand"), "");
    ASSERT_STR(ledger_run_of(l, "once"), "c");
    ledger_free(l);
}

static void what_was_written_twice_is_told_once(void)
{
    struct ledger *l = ledger_new();
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        ledger_commit(l, hex_of(i), "r");
        ledger_wrote(l, "state", true);
        if (i < 3)
            ledger_wrote(l, "thrice", false);
        if (i == 1 || i == 3)
            ledger_wrote(l, "twice", false);
    }
    ledger_wrote(l, "once", false);
    ASSERT_STR(ledger_twice(l, &at), "thrice");
    ASSERT_STR(ledger_twice(l, &at), "twice");
    ASSERT_STR(ledger_twice(l, &at), NULL);
    ASSERT_STR(ledger_twice(l, &at), NULL);
    ledger_free(l);
    l = ledger_new();
    at = 0;
    ASSERT_STR(ledger_twice(l, &at), NULL);
    ASSERT_STR(ledger_run_of(l, "x"), NULL);
    ASSERT(!ledger_has_commit(l, hex_of(1)));
    ledger_free(l);
    ledger_free(NULL);
}

void ledger_test(void);
void ledger_test(void)
{
    TEST_SUITE("ledger");
    TEST(each_file_has_its_writer);
    TEST(the_newest_of_many_writers_counts);
    TEST(what_was_written_twice_is_told_once);
}
