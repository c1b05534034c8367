/* What `grid propose` understands of its command line. */
#include "cli/wish.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "test.h"

static struct wish w;
static struct error err;

/* The words behind `grid`; at most six. */
static int read_line(const char *const *words)
{
    static struct config config;
    struct args args;
    char text[8][40], *argv[8];
    int argc = 0;
    const struct command *grid = command_find("grid");
    const struct arg_table tables[2] = { { shared_options, SHARED_COUNT },
                                         grid->options };

    for (; words[argc]; argc++) {
        snprintf(text[argc], sizeof(text[argc]), "%s", words[argc]);
        argv[argc] = text[argc];
    }
    config_defaults(&config);
    err = (struct error){ FAULT_NONE, "" };
    ASSERT_FATAL(args_parse(tables, argc, argv, false, &args, NULL, &err) == 0);
    const struct context c = { .command = grid,
                               .config = &config,
                               .args = &args };
    return wish_read(&c, &w, &err);
}

#define READ(...) read_line((const char *const[]){ __VA_ARGS__, NULL })

static void a_symbol_is_enough(void)
{
    ASSERT_INT(READ("propose", "BTC-USDT"), 0);
    ASSERT_STR(w.grid.symbol, "BTC-USDT");
    ASSERT_STR(w.grid.quote, "USDT");
    ASSERT_INT(w.grid.side, GRID_LONG);
    ASSERT_INT(w.grid.market, GRID_SPOT);
    ASSERT(isnan(w.grid.capital));
    ASSERT_NEAR(w.kappa, 4, 0);
}

static void everything_can_be_said(void)
{
    ASSERT_INT(READ("propose", "1INCH-BTC", "--side=neutral", "--kappa=6",
                    "--capital=2500.5", "--market=spot"),
               0);
    ASSERT_STR(w.grid.quote, "BTC");
    ASSERT_INT(w.grid.side, GRID_NEUTRAL);
    ASSERT_NEAR(w.grid.capital, 2500.5, 0);
    ASSERT_NEAR(w.kappa, 6, 0);
    ASSERT_INT(READ("propose", "BTC-USDT", "--side=short", "--kappa=1"), 0);
    ASSERT_INT(w.grid.side, GRID_SHORT);
    ASSERT_NEAR(w.kappa, 1, 0);
    ASSERT_INT(READ("propose", "BTC-USDT", "--kappa=20"), 0);
}

static void what_is_wrong_is_told(void)
{
    static const struct {
        const char *words[4];
        const char *msg;
    } rows[] = {
        { { "propose" }, "'grid propose' needs a symbol such as BTC-USDT" },
        { { "propose", "BTCUSDT" },
          "'BTCUSDT' is not a symbol such as BTC-USDT" },
        { { "propose", "btc-usdt" },
          "'btc-usdt' is not a symbol such as BTC-USDT" },
        { { "propose", "BTC-" }, "'BTC-' is not a symbol such as BTC-USDT" },
        { { "propose", "A-B-C" }, "'A-B-C' is not a symbol such as BTC-USDT" },
        { { "propose", "ABCDEFGHIJKLMNOP-ABCDEFG" },
          "'ABCDEFGHIJKLMNOP-ABCDEFG' is not a symbol such as BTC-USDT" },
        { { "propose", "BTC-USDT", "--kappa=x" },
          "--kappa 'x' is not a number from 1 to 20" },
        { { "propose", "BTC-USDT", "--kappa=.99" },
          "--kappa '.99' is not a number from 1 to 20" },
        { { "propose", "BTC-USDT", "--kappa=20.1" },
          "--kappa '20.1' is not a number from 1 to 20" },
        { { "propose", "BTC-USDT", "--capital=0" },
          "--capital '0' is not a number above zero" },
        { { "propose", "BTC-USDT", "--side=up" }, "--side 'up' is not known" },
        { { "propose", "BTC-USDT", "--market=futures" },
          "'grid propose' reads spot candles only" },
        { { "propose", "BTC-USDT", "--lower=5" },
          "'grid propose' takes no --lower" },
        { { "propose", "BTC-USDT", "--note=x" },
          "'grid propose' takes no --note" },
        { { "propose", "BTC-USDT", "--levels=9" },
          "'grid propose' takes no --levels" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_INT(read_line(rows[i].words), -1);
        ASSERT_INT(err.fault, FAULT_USAGE);
        ASSERT_STR(err.msg, rows[i].msg);
    }
}

void wish_test(void);
void wish_test(void)
{
    TEST_SUITE("cli/wish");
    TEST(a_symbol_is_enough);
    TEST(everything_can_be_said);
    TEST(what_is_wrong_is_told);
}
