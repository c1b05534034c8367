/* What goes out of what one run decided. */
#include "alert/group.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "test.h"

#define MOST 520

static struct intent intents[MOST];
static struct group_member members[MOST];
static size_t leader[MOST], count;
static char text[2000];

static void add(const char *grid, const char *symbol, enum exit_state state,
                int64_t priority, enum range_side side)
{
    struct intent *i = &intents[count];
    *i = (struct intent){ .state = state, .priority = priority };
    snprintf(i->grid, sizeof(i->grid), "%s", grid);
    snprintf(i->symbol, sizeof(i->symbol), "%s", symbol);
    members[count++] = (struct group_member){ i, side };
}

static const char *also(size_t lead, size_t points)
{
    struct draft d = { text, sizeof(text), 0, 0, NULL };
    text[0] = '\0';
    alert_group_put(&d, members, count, leader, lead, points);
    return text;
}

static void one_symbol_is_one_message(void)
{
    count = 0;
    add("btc-a", "BTC-USDT", STATE_WARNING, 0, SIDE_DOWN);
    add("btc-b", "BTC-USDT", STATE_MANDATORY, 2, SIDE_DOWN);
    add("btc-c", "BTC-USDT", STATE_NORMAL, -1, SIDE_UP);
    add("eth-a", "ETH-USDT", STATE_WARNING, 0, SIDE_DOWN);
    add("ltc-a", "LTC-USDT", STATE_WARNING, 0, SIDE_UP);
    ASSERT_INT((int)alert_group(members, count, leader), 2);
    ASSERT_INT((int)leader[0], 1); /* the stronger mutes the weaker */
    ASSERT_INT((int)leader[1], 1);
    ASSERT_INT((int)leader[2], 1);
    ASSERT_INT((int)leader[3], 1); /* as btc-a warns of the same side */
    ASSERT_INT((int)leader[4], 4);
    ASSERT_STR(also(1, 200), "Also: btc-a WARNING ↓, btc-c NORMAL, eth-a "
                             "WARNING ↓.\n");
    ASSERT_STR(also(4, 200), "");
}

static void a_move_of_the_market_is_one_event(void)
{
    count = 0;
    add("eth-a", "ETH-USDT", STATE_LATEST, 1, SIDE_DOWN);
    add("btc-a", "BTC-USDT", STATE_LATEST, 1, SIDE_DOWN);
    add("sol-a", "SOL-USDT", STATE_MANDATORY, 0, SIDE_UP); /* idle */
    add("xrp-a", "XRP-USDT", STATE_LATEST, 1, SIDE_UP);
    add("ada-a", "ADA-USDT", STATE_WARNING, 0, SIDE_DOWN);
    add("ada-b", "ADA-USDT", STATE_MANDATORY, 2, SIDE_DOWN);
    ASSERT_INT((int)alert_group(members, count, leader), 3);
    ASSERT_INT((int)leader[0], 5);
    ASSERT_INT((int)leader[1], 5);
    ASSERT_INT((int)leader[2], 2);
    ASSERT_INT((int)leader[3], 3);
    ASSERT_INT((int)leader[4], 5);
    ASSERT_STR(also(5, 200), "Also: eth-a LATEST_ACCEPTABLE_EXIT ↓, btc-a "
                             "LATEST_ACCEPTABLE_EXIT ↓, ada-a WARNING ↓.\n");
}

static void of_equals_the_first_leads(void)
{
    count = 0;
    for (int i = 0; i < 5; i++) {
        char grid[16];
        snprintf(grid, sizeof(grid), "btc-%d", i);
        add(grid, "BTC-USDT", STATE_WARNING, 0, SIDE_DOWN);
    }
    ASSERT_INT((int)alert_group(members, count, leader), 1);
    for (size_t i = 0; i < count; i++)
        ASSERT_INT((int)leader[i], 0);
    ASSERT_STR(also(0, 57), "Also: btc-1 WARNING ↓, btc-2 WARNING ↓, and 2 "
                            "more.\n");
    ASSERT_STR(also(0, 17), "Also: 4 grids.\n");
    ASSERT_STR(also(0, 16), "");
    for (size_t points = 0; points < 120; points++)
        ASSERT(utf8_count(also(0, points)) <= points);
}

static void no_message_is_lost(void)
{
    count = 0;
    for (int i = 0; i < MOST; i++)
        add("btc-a", "BTC-USDT", STATE_WARNING, 0, SIDE_DOWN);
    ASSERT_INT((int)alert_group(members, count, leader), 1 + MOST - GROUP_MAX);
    for (size_t i = 0; i < MOST; i++)
        ASSERT_INT((int)leader[leader[i]], (int)leader[i]);
    ASSERT_INT((int)alert_group(members, 0, leader), 0);
}

/* What one run has of good news, and what it cannot see, whatever it is of. */
static void good_news_is_one_summary(void)
{
    static const enum alert_reason reasons[] = { ALERT_RESOLVED, ALERT_BETTER,
                                                 ALERT_SIGHTED,  ALERT_FIRST,
                                                 ALERT_BLIND,    ALERT_REPEAT };
    static const enum exit_state states[] = { STATE_NORMAL,  STATE_WARNING,
                                              STATE_LATEST,  STATE_WARNING,
                                              STATE_UNKNOWN, STATE_UNKNOWN };
    static const size_t leads[] = { 2, 2, 2, 3, 4, 4 };
    count = 0;
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        char grid[16], symbol[16];
        snprintf(grid, sizeof(grid), "g%zu", i);
        snprintf(symbol, sizeof(symbol), "S%zu-USDT", i);
        add(grid, symbol, states[i], i < 3 ? -1 : 0,
            i % 2 ? SIDE_DOWN : SIDE_UP);
        intents[i].reason = reasons[i];
    }
    ASSERT_INT((int)alert_group(members, count, leader), 3);
    for (size_t i = 0; i < ARRAY_LEN(leads); i++)
        ASSERT_INT((int)leader[i], (int)leads[i]);
    ASSERT_STR(also(2, 200), "Also: g0 NORMAL, g1 WARNING ↓.\n");
    ASSERT_STR(also(4, 200), "Also: g5 UNKNOWN.\n");
}

/* A question and an offer are of one grid; beside others of its symbol they
 * are a remark. */
static void a_question_is_of_its_own(void)
{
    count = 0;
    add("btc-a", "BTC-USDT", STATE_MANDATORY, 2, SIDE_DOWN);
    add("btc-b", "BTC-USDT", STATE_MANDATORY, 1, SIDE_DOWN);
    intents[1].reason = ALERT_ASKED;
    add("btc-c", "BTC-USDT", STATE_NORMAL, 0, SIDE_NONE);
    intents[2].reason = ALERT_RANGE_BACK;
    add("eth-b", "ETH-USDT", STATE_MANDATORY, 1, SIDE_DOWN);
    intents[3].reason = ALERT_ASKED;
    ASSERT_INT((int)alert_group(members, count, leader), 2);
    ASSERT_INT((int)leader[3], 3);
    ASSERT_STR(also(0, 200), "Also: btc-b MANDATORY_EXIT ↓ (stopped?), btc-c "
                             "NORMAL (range is back).\n");
}

void group_test(void);
void group_test(void)
{
    TEST_SUITE("alert/group");
    TEST(one_symbol_is_one_message);
    TEST(a_move_of_the_market_is_one_event);
    TEST(of_equals_the_first_leads);
    TEST(no_message_is_lost);
    TEST(good_news_is_one_summary);
    TEST(a_question_is_of_its_own);
}
