/* The strategy of one grid: the common one and what its file overrides. */
#include "config/for_grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "config/options.h"
#include "config_help.h"
#include "sys/xmalloc.h"
#include "test.h"

void for_grid_test(void);

/* Everything is large: it stands outside of the stack of the tests. */
static struct config base;
static struct grid grid;
static struct config_grid own, common;
static struct error err;

static void begin(void)
{
    static const struct grid none = { .id = "btc-a" };
    config_defaults(&base);
    grid = none;
    memset(&err, 0, sizeof(err));
    ASSERT_INT(config_for_grid(&base, &grid, &common, &err), 0);
}

static void put(const char *key, const char *value)
{
    struct grid_override *o = &grid.overrides[grid.override_count++];
    snprintf(o->key, sizeof(o->key), "%s", key);
    snprintf(o->value, sizeof(o->value), "%s", value);
}

static int apply(void)
{
    memset(&err, 0, sizeof(err));
    return config_for_grid(&base, &grid, &own, &err);
}

/* The override alone gives the message, and the common strategy. */
static void refuses(const char *key, const char *value, const char *tells)
{
    char want[700];
    begin();
    put(key, value);
    ASSERT_INT(apply(), -1);
    snprintf(want, sizeof(want), "grid 'btc-a': %s", tells);
    ASSERT_STR(err.msg, want);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT(memcmp(&own.exit, &common.exit, sizeof(own.exit)) == 0);
    ASSERT(memcmp(&own.gate, &common.gate, sizeof(own.gate)) == 0);
    ASSERT_STR(own.hash, common.hash);
}

static void without_overrides_a_grid_has_the_common_strategy(void)
{
    char hash[CONFIG_HASH];
    begin();
    config_hash(&base, hash);
    ASSERT_STR(common.hash, hash);
    ASSERT_NEAR(common.exit.l_haz.enter, 0.50, 0);
    ASSERT_NEAR(common.gate.pi_24, 0.06, 0);
    ASSERT_NEAR(common.propose.kappa, 4, 0);
    base.exit.l_haz.enter = 0.6;
    ASSERT_INT(apply(), 0);
    ASSERT_NEAR(own.exit.l_haz.enter, 0.6, 0);
    ASSERT(strcmp(own.hash, common.hash) != 0);
}

static void overrides_change_what_they_name_and_nothing_else(void)
{
    begin();
    put("exit.l_haz.enter", "0.48");
    put("exit.l_haz.leave", "0.38");
    put("exit.m_boundary.closes", "3");
    put("exit.w_event.mode", "shadow");
    put("exit.m_blind.after", "90m");
    put("exit.shadow", "true");
    put("exit.profile", "seed");
    put("gate.wait", "8h");
    put("propose.kappa", "6");
    put("exit.operator_delay", "4h");
    ASSERT_INT(apply(), 0);
    ASSERT_STR(err.msg, "");
    ASSERT_NEAR(own.exit.l_haz.enter, 0.48, 0);
    ASSERT_NEAR(own.exit.l_haz.leave, 0.38, 0);
    ASSERT_INT(own.exit.m_boundary.closes, 3);
    ASSERT_INT(own.exit.mode[W_EVENT], TRIGGER_SHADOW);
    ASSERT_INT(own.exit.m_blind.after_ms, 5400000);
    ASSERT(own.exit.shadow);
    ASSERT_INT(own.exit.profile, PROFILE_SEED);
    ASSERT_INT(own.gate.wait_ms, 28800000);
    ASSERT_NEAR(own.propose.kappa, 6, 0);
    ASSERT_INT(own.exit.operator_delay_ms, 14400000);
    ASSERT_INT(base.exit.operator_delay_ms, 3600000);
    ASSERT_INT(own.exit.mode[W_SIGNAL], TRIGGER_ACTIVE);
    ASSERT_NEAR(own.exit.w_haz.enter, 0.25, 0);
    ASSERT_INT(own.gate.wait_hard_ms, 86400000);
    ASSERT_NEAR(base.exit.l_haz.enter, 0.50, 0);
}

/* SPEC 7: the limit by the grid's measures, unless the grid has its own. */
static void own_limits_of_pi_win_over_the_table(void)
{
    begin();
    ASSERT_INT(apply(), 0);
    ASSERT(own.exit.l_haz_table);
    put("exit.l_haz.enter", "0.5"); /* the default, meant all the same */
    ASSERT_INT(apply(), 0);
    ASSERT(!own.exit.l_haz_table);
    ASSERT(base.exit.l_haz_table);
    put("exit.l_haz.table", "true");
    ASSERT_INT(apply(), 0);
    ASSERT(own.exit.l_haz_table);
}

/* The loss that one grid's file names is its limit, not the least of it. */
static void an_own_loss_is_the_limit(void)
{
    begin();
    put("exit.m_equity.drawdown", "0.15"); /* the default, and meant */
    ASSERT_INT(apply(), 0);
    ASSERT_NEAR(own.exit.m_equity.range, 0, 0);
    ASSERT_NEAR(own.exit.m_equity.drawdown, .15, 0);
    ASSERT_NEAR(base.exit.m_equity.range, 1, 0);
    put("exit.m_equity.range", "1.5"); /* who names both has both */
    ASSERT_INT(apply(), 0);
    ASSERT_NEAR(own.exit.m_equity.range, 1.5, 0);
}

/* To set these is to decline the table, or what the range costs, whatever they
 * are set to. */
static bool is_meant(const char *key)
{
    return strcmp(key, "exit.l_haz.enter") == 0 ||
           strcmp(key, "exit.l_haz.leave") == 0 ||
           strcmp(key, "exit.m_equity.drawdown") == 0;
}

/* Every option of that file can be one: by itself, to its own default. */
static void every_option_of_the_strategy_can_be_overridden(void)
{
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        begin();
        put(o->key, o->preset);
        ASSERT_INT(apply(), o->file == CONFIG_EXIT ? 0 : -1);
        if (is_meant(o->key))
            ASSERT(strcmp(own.hash, common.hash) != 0);
        else
            ASSERT_STR(own.hash, common.hash);
    }
}

static void an_override_keeps_to_type_and_range(void)
{
    refuses("exit.l_haz.enter", "0.95",
            "'exit.l_haz.enter' is 0.95, must be 0.01 to 0.89 probability");
    refuses("exit.l_haz.enter", "high",
            "'exit.l_haz.enter' must be a number: 0.01 to 0.89 probability");
    refuses("exit.l_haz.enter", "",
            "'exit.l_haz.enter' must be a number: 0.01 to 0.89 probability");
    refuses("exit.m_boundary.closes", "2.5",
            "'exit.m_boundary.closes' must be a whole number: 1 to 48 closes "
            "of 1h");
    refuses("exit.m_stop.mode", "on",
            "'exit.m_stop.mode' must be one of these words: active, shadow, "
            "off");
}

static void an_unknown_override_finds_its_neighbour(void)
{
    refuses("exit.l_haz.entre", "0.35",
            "unknown override 'exit.l_haz.entre': did you mean "
            "'exit.l_haz.enter'?");
    refuses("l_haz.enter", "0.35",
            "unknown override 'l_haz.enter': did you mean 'exit.l_haz.enter'?");
    refuses("zebra", "0.35",
            "unknown override 'zebra': remove it, or see docs/config.md for "
            "all keys");
    refuses("exit.l_haz", "0.35",
            "override 'exit.l_haz' is a map: name one of its keys");
    refuses("notify.tries", "2",
            "override 'notify.tries' belongs to the service and is the same "
            "for all grids: write it to 'config/gridwatch.yaml'");
    refuses("notify", "2",
            "override 'notify' belongs to the service and is the same for all "
            "grids: write it to 'config/gridwatch.yaml'");
}

static void an_override_keeps_to_the_checks(void)
{
    refuses("exit.l_haz.leave", "0.45",
            "'exit.l_haz.leave' must be at least 0.10 below "
            "'exit.l_haz.enter', or the state would flicker; now "
            "exit.l_haz.leave 0.45, exit.l_haz.enter 0.5");
    refuses("exit.w_haz.enter", "0.48",
            "'exit.w_haz.enter' must not be above 'exit.gate': the WARNING "
            "comes first; now exit.w_haz.enter 0.48, exit.gate 0.47, "
            "exit.w_haz.mode active");
    /* also against what stands in the file of the service */
    refuses("exit.w_haz.enter", "0.09",
            "'exit.w_haz.leave' must be below 'exit.w_haz.enter'; now "
            "exit.w_haz.leave 0.2, exit.w_haz.enter 0.09; "
            "'notify.warning_pi_floor' must not be above 'exit.w_haz.enter', "
            "or that WARNING would never be told; now notify.warning_pi_floor "
            "0.1, exit.w_haz.enter 0.09");
    begin();
    put("exit.w_haz.leave", "0.05");
    put("exit.w_haz.enter", "0.09");
    base.alert.warning_pi_floor = 0.05;
    ASSERT_INT(apply(), 0);
}

static void a_check_that_is_not_concerned_is_not_told(void)
{
    begin();
    base.alert.siren_retry_s = 2 * base.alert.siren_expire_s;
    put("exit.m_boundary.closes", "3");
    ASSERT_INT(apply(), 0);
    ASSERT_INT(own.exit.m_boundary.closes, 3);
}

static void all_that_is_wrong_is_told_at_once(void)
{
    begin();
    put("exit.gate", "2");
    put("exit.l_haz.leave", "0.45"); /* no check while something is unread */
    put("exit.gate", "0.35");
    put("gate.adxx", "20");
    ASSERT_INT(apply(), -1);
    ASSERT_STR(err.msg,
               "grid 'btc-a': 'exit.gate' is 2, must be 0 to 0.89 probability; "
               "override 'exit.gate' stands twice: keep one; unknown override "
               "'gate.adxx': did you mean 'gate.adx'?");
    ASSERT_NEAR(own.exit.gate, 0.47, 0);
}

static void many_errors_have_room(void)
{
    begin();
    for (int i = 0; i < GRID_OVERRIDES; i++)
        put("exit.notify.notify.notify.notify.notify.notif", "x");
    ASSERT_INT(apply(), -1);
    ASSERT(strlen(err.msg) < sizeof(err.msg));
    ASSERT(strncmp(err.msg, "grid 'btc-a': unknown override 'exit.notify",
                   43) == 0);
    const char *end = err.msg + strlen(err.msg) - strlen("; and more");
    ASSERT_STR(end, "; and more");
}

static void the_hash_is_that_of_what_holds_for_the_grid(void)
{
    struct config *other = xcalloc(1, sizeof(*other));
    char hash[CONFIG_HASH];
    begin();
    put("exit.gate", "0.35");
    ASSERT_INT(apply(), 0);
    config_defaults(other);
    other->exit.gate = 0.35;
    config_hash(other, hash);
    ASSERT_STR(own.hash, hash);
    ASSERT(strcmp(own.hash, common.hash) != 0);
    free(other);
}

/* The overrides that docs/config.md shows. */
static void the_example_of_the_docs_is_good(void)
{
    struct text page = TEXT_INIT((size_t)1 << 20);
    char key[48], value[32];
    int taken = 0;
    begin();
    ASSERT_FATAL(text_read_file(&page, "docs/config.md", &err) == 0);
    const char *at = strstr(page.data, "\noverrides:\n");
    ASSERT_FATAL(at != NULL);
    for (at += strlen("\noverrides:\n");
         sscanf(at, "  %47[a-z0-9_.]: %31s\n%n", key, value, &taken) == 2;
         at += taken)
        put(key, value);
    ASSERT_INT(grid.override_count, 3);
    ASSERT_INT(apply(), 0);
    ASSERT_STR(err.msg, "");
    ASSERT_NEAR(own.exit.gate, 0.35, 0);
    text_release(&page);
}

void for_grid_test(void)
{
    TEST_SUITE("config: one grid");
    TEST(without_overrides_a_grid_has_the_common_strategy);
    TEST(overrides_change_what_they_name_and_nothing_else);
    TEST(own_limits_of_pi_win_over_the_table);
    TEST(an_own_loss_is_the_limit);
    TEST(every_option_of_the_strategy_can_be_overridden);
    TEST(an_override_keeps_to_type_and_range);
    TEST(an_unknown_override_finds_its_neighbour);
    TEST(an_override_keeps_to_the_checks);
    TEST(a_check_that_is_not_concerned_is_not_told);
    TEST(all_that_is_wrong_is_told_at_once);
    TEST(many_errors_have_room);
    TEST(the_hash_is_that_of_what_holds_for_the_grid);
    TEST(the_example_of_the_docs_is_good);
}
