/* What the books say beside what the account holds. Numbers worked by hand,
 * with KuCoin's own facts of BTC-USDT: baseMinSize .00001, baseIncrement 1e-8.
 */
#include "run/reconcile.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal_of.h"
#include "run/faults.h"
#include "test.h"

#define SLOT ((int64_t)1795176900000)

static struct run r;
static struct grid_run grids[2];
static struct symbol_run symbols[2];
static struct kucoin_account account;

/* A grid whose books hold so much. */
static void holds(size_t i, const char *symbol, const char *base)
{
    struct grid_run *g = &grids[i];
    struct symbol_run *s = &symbols[i];

    *g = (struct grid_run){ .symbol = i,
                            .first_due_ms = SLOT,
                            .evaluated = true,
                            .now.slot_ms = SLOT,
                            .position.source = POSITION_EXCHANGE,
                            .holding = holding_new() };
    snprintf(g->grid.id, sizeof(g->grid.id), "grid-%zu", i);
    snprintf(g->grid.symbol, sizeof(g->grid.symbol), "%s", symbol);
    g->holding.books.base = of(base);
    g->holding.fills_until_ms = SLOT;
    memset(s, 0, sizeof(*s));
    s->answer.facts_ok = true;
    s->answer.facts.base_increment = 1e-8;
    s->answer.facts.base_min_size = 1e-5;
    r.grid_count = i + 1;
}

static void there(const char *currency, const char *balance)
{
    struct kucoin_balance *b = &account.balances[account.balance_count++];
    snprintf(b->currency, sizeof(b->currency), "%s", currency);
    snprintf(b->type, sizeof(b->type), "trade");
    b->balance = of(balance);
}

static void begin(void)
{
    memset(&account, 0, sizeof(account));
    account.balances_ok = true;
    r = (struct run){
        .slot_ms = SLOT, .account = &account, .grids = grids, .symbols = symbols
    };
}

/* What is told, or "". */
static const char *told(void)
{
    r.seen.count = 0;
    r.looked = 0;
    run_reconcile(&r);
    return r.seen.count ? r.seen.list[0].what : "";
}

/* The same, once the account holds another balance of the first currency. */
static const char *told_of(const char *balance)
{
    account.balances[0].balance = of(balance);
    return told();
}

/* .01 less .00999001 is .00000999, and nobody can order that. */
static void dust_is_no_mismatch(void)
{
    begin();
    holds(0, "BTC-USDT", "0.01");
    there("BTC", "0.00999001");
    ASSERT_STR(told(), "");
    ASSERT(r.looked & 1u << FAULT_CLASS_POSITION);
    ASSERT_STR(told_of("0.00999"),
               "its fills say 0.01 BTC, the trade account holds 0.00999");
    symbols[0].answer.facts.base_min_size = NO_VALUE;
    ASSERT_STR(told_of("0.00999999"),
               "its fills say 0.01 BTC, the trade account holds 0.00999999");
    ASSERT_STR(told_of("0.009999999"), "");
}

/* Of 300 fees in base each may be rounded by 1e-8: .00001 and .000003. */
static void fees_in_base_are_rounded_each(void)
{
    begin();
    holds(0, "BTC-USDT", "0.01");
    grids[0].holding.books.base_fees = 300;
    there("BTC", "0.00998701");
    ASSERT_STR(told(), "");
    ASSERT_STR(told_of("0.009987"),
               "its fills say 0.01 BTC, the trade account holds 0.009987");
}

/* Each grid has its own: .03 less .02998001 is .00001999. */
static void each_grid_may_have_dust(void)
{
    begin();
    holds(0, "BTC-USDT", "0.01");
    holds(1, "BTC-USDC", "0.02");
    there("BTC", "0.02998001");
    ASSERT_STR(told(), "");
    ASSERT_STR(told_of("0.02998"),
               "the fills of 2 grids say 0.03 BTC, the trade account "
               "holds 0.02998");
}

/* It paid .5 KCS of fees from the 5 KCS that the other one holds. */
static void fees_of_other_grids_come_out_of_it(void)
{
    begin();
    holds(0, "KCS-USDT", "5");
    holds(1, "BTC-USDT", "0");
    grids[1].holding.books.other_fees = of("0.5");
    memcpy(grids[1].holding.books.other_currency, "KCS", 4);
    there("KCS", "4.5");
    ASSERT_STR(told(), "");
    ASSERT_STR(told_of("4.49"),
               "its fills say 4.5 KCS, the trade account holds 4.49");
}

static void a_grid_that_was_left_takes_no_part(void)
{
    begin();
    holds(0, "BTC-USDT", "0.00002");
    grids[0].holding.parting.left_ms = SLOT;
    ASSERT_STR(told(), "");
    ASSERT(r.looked & 1u << FAULT_CLASS_POSITION);
    holds(1, "BTC-USDC", "0.02");
    there("BTC", "0.02");
    ASSERT_STR(told(), "");
    ASSERT_STR(told_of("0.01"),
               "its fills say 0.02 BTC, the trade account holds 0.01");
    ASSERT_STR(r.seen.list[0].subject, "grid-1");
}

/* What nothing can be known of stands as it stood. */
static void without_the_symbols_facts_nothing_is_concluded(void)
{
    begin();
    holds(0, "BTC-USDT", "0.01");
    symbols[0].answer.facts_ok = false;
    ASSERT_STR(told(), "");
    fault_see(&r.service.faults, FAULT_CLASS_POSITION, "grid-0", "", "was so");
    ASSERT_STR(told(), "was so");
}

void reconcile_test(void);
void reconcile_test(void)
{
    TEST_SUITE("run/reconcile");
    TEST(dust_is_no_mismatch);
    TEST(fees_in_base_are_rounded_each);
    TEST(each_grid_may_have_dust);
    TEST(fees_of_other_grids_come_out_of_it);
    TEST(a_grid_that_was_left_takes_no_part);
    TEST(without_the_symbols_facts_nothing_is_concluded);
}
