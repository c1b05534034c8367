/* cli/backtest.h - what the files of `gridwatch backtest` share.
 *
 * backtest_wish.c reads the command line (backtest_wish.h), backtest_run.c
 * makes lives of candles, of grids that backtest_given.c reads if they are not
 * the cohort's, backtest_lives.c writes and reads them, backtest_order.c sorts
 * them, backtest_kpis.c makes numbers of them, which backtest_json.c and
 * backtest_screen.c tell.
 */
#ifndef CLI_BACKTEST_H
#define CLI_BACKTEST_H

#include "backtest/defaults.h"
#include "backtest/pass.h"
#include "cli/candle_folder.h"
#include "config/config.h"
#include "hindsight/kpi.h"
#include "sys/text.h"

/* What the operator asked for; borrowed from the command line. */
struct backtest_ask {
    const struct config *config;
    enum pass_design design;
    enum profile profile;
    enum grid_side side;
    double width[PASS_WIDTHS]; /* half-widths in ATR(4h), ascending */
    size_t width_count;
    double stop_atr;
    double tick, step; /* of price and amount, or NO_VALUE: not rounded */
    int64_t from_ms, until_ms; /* starts of grids */
    size_t walk_days;          /* of the random walk; 0: none */
    const struct grid *given;  /* of PASS_GIVEN */
    size_t given_count;
    struct text *evaluations; /* gets every verdict to the end of the window, or
                                 NULL */
    size_t threads;
    size_t shard, shards; /* this one of so many, from 0 */
    bool progress;
};

/* What the candles do not say, each a choice:
 *
 *   half-spread  of a liquid pair (regime-science notes 6, stress: 2 bp)
 *   capital      of a grid, in the quote currency; all figures are shares of it
 *   window       that a grid is followed for (regime-science notes 5.4)
 *   stop         beyond a bound, in ATR(4h), unless --stop-atr says otherwise
 *                (verification notes: the cheapest lever)
 *   walk         days of the random walk unless --walk does: four years
 *
 * The rest is configured: gate.fee, position.slippage, propose.step. */
#define BACKTEST_WALK_DAYS 1461

/* The operators' delays, ascending; --delay says whose KPIs are told. */
extern const int64_t backtest_delays[TRIAL_DELAYS];

struct life_row {
    struct life life; /* its symbol is an index of `symbols` */
    double reverse_equity;
    double pi_day;    /* of struct trial */
    const char *path; /* borrowed: where it was read, NULL: nowhere, */
    size_t line;      /* and in which line */
};

struct lives {
    size_t count, room;
    struct life_row *at; /* owned */
    size_t symbol_count;
    char (*symbols)[CANDLES_NAME]; /* owned */
    enum pass_design design;
    enum profile profile;
    enum grid_side side;
    char config[CONFIG_HASH];  /* of the effective configuration */
    char engine[CANDLES_NAME]; /* version_engine() of who made them */
};

/* The symbol of lives on the random walk: no case of any KPI of the candles. */
#define BACKTEST_WALK "RANDOM-WALK"
bool lives_walks(const struct lives *l, const struct life *life);

void lives_add(struct lives *l, const struct life_row *row);
int32_t lives_symbol(struct lives *l, const char *name); /* adds a new one */

/* Alike in every column of a table of lives. */
bool lives_same(const struct life_row *a, const struct life_row *b);

/* By name of the symbol, start, half-width, stop and delay: sums and what
 * follows what do not depend on which way the lives came. Every run has the
 * same random walk: its lives that are the same are taken once. FAULT_DATA when
 * two others are alike in all five: a grid must not count twice. */
int lives_sort(struct lives *l, struct error *err);
void lives_release(struct lives *l);
const char *lives_side(const struct lives *l);   /* long, neutral */
const char *lives_design(const struct lives *l); /* cohort, given, lifecycle */

struct backtest_work {
    size_t symbols, slots, grids;   /* done */
    size_t passed_over;             /* starts without enough data for a grid */
    size_t cannot;                  /* grids that the capital does not buy */
    size_t open_slots, asked_slots; /* of struct pass */
};

/* The grids of these files, which are like grids/GRID.yaml; the caller frees
 * the list. FAULT_DATA for what a backtest cannot lay: a grid that was never
 * started, whose bot cannot be modelled, with options of its own, or two of one
 * symbol, start, range and stop. */
int backtest_given(const char *const *paths, size_t count, struct grid **out,
                   struct error *err);
/* Whether the file of candles is of the grid's symbol: "BTC-USDT" is that of
 * BTCUSDT-KUCOIN-15m. */
bool backtest_given_in(const struct grid *g, const char *file);

/* The lives of all files of the shard, in the order of the files, whatever
 * the number of threads. Evaluations are those of
 * cli/evaluations.h, their source the file.
 * FAULT_MISSING when no file has candles at the start of a given grid,
 * FAULT_DATA when several have. */
int backtest_run(const struct backtest_ask *ask, const struct candle_files *f,
                 struct lives *out, struct backtest_work *work,
                 struct error *err);

/* A CSV file: a header, one life a line, and at the end `# N lives`, without
 * which it was cut off. Reads back to the same bits. What is read is added to
 * what is there, of one design, profile, side, configuration and engine; `path`
 * is kept. */
int lives_write(const struct lives *l, const char *path, struct error *err);
int lives_read(struct lives *l, const char *path, struct error *err);

/* What the lives come to for the operator with that delay: every KPI of
 * hindsight/kpi.h, over all of them and by half-width, of both sides and of the
 * downward one alone. */
void backtest_json(const struct lives *l, const struct config *config,
                   int64_t delay_ms, struct text *out);
void backtest_screen(const struct lives *l, const struct config *config,
                     int64_t delay_ms, struct text *out);

/* Were the lives made with this configuration? Else nothing is known of it. */
bool backtest_is_of(const struct lives *l, const struct config *config);

/* What both say: the KPIs of some lives. */
struct backtest_kpis {
    size_t lives, symbols;
    double half_width_atr, stop_atr; /* NO_VALUE: of several */
    struct kpi_result result[LIFE_SIDES][KPI_COUNT];
    /* The same rules on the random walk, and how well pi a day after the start
     * tells the grids apart that M or S comes to within another day: not
     * identified over several half-widths. */
    struct kpi_result walk_ttdr[LIFE_SIDES], pi_auc, walk_auc;
    /* How far e at an exit is from that of the other order of each bar, a share
     * of capital. NO_VALUE: nobody left. */
    size_t exits;
    double order_mean, order_most;
};

#define BACKTEST_DRAWS 1000 /* of the bootstrap, */
#define BACKTEST_SEED  1    /* and its seed */

/* The AUC of pi_day over these lives, its interval by weeks as that of a
 * KPI. Undefined: pi is not known; pending: neither event nor its day is over.
 */
struct kpi_result backtest_pi_auc(const struct life_row *const *rows,
                                  size_t count);

/* Of those with the delay and, unless it is NO_VALUE, the half-width. */
void backtest_kpis(const struct lives *l, int64_t delay_ms,
                   double half_width_atr, struct backtest_kpis *out);

/* The half-widths that are known, ascending; the caller frees the list. */
size_t backtest_widths(const struct lives *l, double **out);

#endif
