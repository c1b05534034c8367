/* exit/equity_words: whom M_EQUITY does not watch, why, and what would help. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "exit/equity.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

/* Two cells between 90 and 110, begun at 100: a grid that is modelled. */
static void own_lines(double times)
{
    scene_begin(&s);
    s.grid.spacing = GRID_ARITHMETIC;
    s.grid.levels = 2;
    s.grid.start_price = 100;
    s.config.m_equity.range = times;
}

/* What is said of a grid before it runs, with a key that reads the account or
 * without one. */
static const char *told(bool has_key)
{
    static char words[EQUITY_WORDS];
    equity_words(&s.config, &s.grid, has_key, words);
    return words;
}

static void who_is_not_watched_is_told(void)
{
    own_lines(1);
    ASSERT_STR(told(true), "");
    ASSERT_STR(told(false), "");
    s.grid.levels = 201;
    ASSERT_STR(told(true),
               "M_EQUITY does not watch its loss, as nobody can say what its "
               "range may cost: the grid has too many levels to be modelled; "
               "write exit.m_equity.drawdown below overrides in its file, "
               "which is its limit then, or watch its loss in the exchange's "
               "app");
    s.config.m_equity.range = 0;
    ASSERT_STR(told(true), "");
    s.grid.capital = NO_VALUE; /* a share of what? */
    ASSERT_STR(told(true),
               "M_EQUITY does not watch its loss, which is a share of its "
               "capital: the grid's file states none; state its capital");
    own_lines(1);
    s.grid.market = GRID_FUTURES;
    s.config.m_equity.range = 0;
    ASSERT_STR(told(true), "M_EQUITY does not watch its loss: a futures grid "
                           "is not modelled; watch its loss in the exchange's "
                           "app");
    s.config.mode[M_EQUITY] = TRIGGER_OFF;
    ASSERT_STR(told(true), "");
}

/* What the file lacks is to be stated, all of it, whatever else there is. */
static void what_the_file_lacks_is_to_be_stated(void)
{
    static const bool keys[] = { false, true };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        own_lines(1);
        s.grid.levels = 0;
        ASSERT_STR(told(keys[i]),
                   "M_EQUITY does not watch its loss, as nobody can say what "
                   "its range may cost: the grid's file states no levels; "
                   "state its levels");
        s.grid.spacing = GRID_SPACING_UNSTATED;
        ASSERT(strstr(told(keys[i]),
                      "no spacing; state its spacing and levels") != NULL);
        s.grid.capital = NO_VALUE;
        ASSERT(strstr(told(keys[i]), "states none; state its spacing, levels "
                                     "and capital") != NULL);
    }
}

/* A limit is no position: without the account's there must be a model. */
static void a_limit_of_its_own_watches_nothing_without_a_position(void)
{
    own_lines(0);
    s.grid.levels = 0;
    ASSERT_STR(told(true), "");
    ASSERT_STR(told(false),
               "M_EQUITY does not watch its loss where its account does not "
               "tell it, as nobody can model what it holds: the grid's file "
               "states no levels; state its levels");
    s.grid.levels = 201;
    ASSERT(strstr(told(false),
                  "to be modelled; give a key that reads its account, or "
                  "watch its loss in the exchange's app") != NULL);
    s.config.m_equity.range = 1;
    ASSERT(strstr(told(false),
                  "to be modelled; give a key that reads its account and "
                  "write exit.m_equity.drawdown below overrides in its file, "
                  "or watch its loss in the exchange's app") != NULL);
}

/* Balances of a sub-account tell no loss, and who asks for the model has it. */
static void some_accounts_tell_no_loss(void)
{
    static const char nothing_helps[] =
        "to be modelled; watch its loss in the exchange's app";
    own_lines(0);
    s.grid.levels = 201;
    s.grid.source = GRID_SOURCE_EXCHANGE;
    ASSERT_STR(told(true), "");
    s.grid.source = GRID_SOURCE_MODEL;
    ASSERT(strstr(told(true), nothing_helps) != NULL);
    s.grid.source = GRID_SOURCE_ROBOT;
    ASSERT(strstr(told(true), nothing_helps) != NULL);
    s.grid.source = GRID_SOURCE_AUTO;
    snprintf(s.grid.account, sizeof(s.grid.account), "bots");
    ASSERT(strstr(told(true), nothing_helps) != NULL);
    snprintf(s.grid.account, sizeof(s.grid.account), "main");
    ASSERT_STR(told(true), "");
}

/* The bar that began with the grid tells its start price; one that it began
 * inside of does not. */
static void without_a_start_price_there_may_be_no_model(void)
{
    own_lines(1);
    s.grid.start_price = NO_VALUE;
    s.grid.history_count = 0;
    scene_event(&s, 1771200000000 + 420000, GRID_STARTED); /* 00:07 */
    ASSERT_STR(told(true), "");
    ASSERT_STR(told(false),
               "M_EQUITY does not watch its loss where its account does not "
               "tell it, as nobody can model what it holds: the grid's file "
               "states no start_price; state its start_price");
    s.grid.history_count = 0;
    scene_event(&s, 1771200000000, GRID_STARTED); /* 00:00 */
    ASSERT_STR(told(false), "");
    s.grid.history_count = 0; /* who knows when it will */
    ASSERT(told(false)[0] != '\0');
}

/* Mistyped: 10 of the range 90 to 110. The limit is that of 90, 10 of 180. */
static void a_start_price_outside_the_range_is_told(void)
{
    own_lines(4);
    s.grid.start_price = 10;
    ASSERT_NEAR(equity_limit(&s.config, &s.grid, 0), .222222222, 1e-9);
    ASSERT_STR(told(false),
               "its start price 10 is outside the range 90 to 110: "
               "is it meant? M_EQUITY takes the nearer bound for "
               "it");
    s.grid.start_price = 110;
    ASSERT_STR(told(true), "");
    s.grid.start_price = NO_VALUE;
    ASSERT_STR(told(true), "");
}

void equity_words_test(void);

void equity_words_test(void)
{
    TEST_SUITE("exit/equity: words");
    TEST(who_is_not_watched_is_told);
    TEST(what_the_file_lacks_is_to_be_stated);
    TEST(a_limit_of_its_own_watches_nothing_without_a_position);
    TEST(some_accounts_tell_no_loss);
    TEST(without_a_start_price_there_may_be_no_model);
    TEST(a_start_price_outside_the_range_is_told);
}
