/* What the product says of a grid's money, held to the simulator's own books:
 * by the exchange's fills to the last unit, by its model within the interval.
 * `make check-money` runs it.
 *
 *   check_money [--grids N] [--seed S] [--only I] [--json FILE] [--doc FILE]
 *               [FILE...]
 *
 * FILE is a compressed CSV of 15m bars; every second grid lives in recorded
 * bars if there are any. Of each grid there are two bots, one with fees in
 * quote, which the model is held to as well, and one with fees in base or in a
 * third currency. --only runs grid I alone, as it is among all.
 *
 * The exit status is 1 when something must hold and does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "sys/xmalloc.h"
#include "tools/money_report.h"

#define SEED       20261121
#define DAYS_LEAST 3
#define DAYS_MOST  30
#define A_DAY      96
#define AFTER_STOP (2 * A_DAY) /* slots that are still looked at */
#define FILES_MOST 32

struct args {
    int64_t grids, seed, only;
    const char *json, *doc;
    int file_count;
    char *const *files;
};

/* --- One grid ------------------------------------------------------------- */

/* What is too large for a stack. */
struct world {
    struct money_side side[2];
    struct window window;
};

static bool begin_side(struct money_side *s, const struct money_grid *g,
                       enum sim_fee_in fee_in, int number)
{
    struct sim_bot_plan plan = g->bot;
    struct error err = { FAULT_NONE, "" };

    plan.fee_in = fee_in;
    s->bot = sim_bot_new(&plan, number, g->market->book.places, &err);
    s->held = holding_new();
    holding_of_life(&s->held, &g->file);
    if (!s->bot)
        fprintf(stderr, "no bot: %s\n", err.msg);
    return s->bot != NULL;
}

static void live(struct world *w, const struct money_grid *g, uint32_t number,
                 struct money_report *r)
{
    const struct sim_book *b = &g->market->book;
    size_t stopped_for = 0;

    for (size_t i = g->first; i < b->count && stopped_for < AFTER_STOP; i++) {
        struct sim_book seen = *b; /* nothing of the next bar's jump */
        const struct bar *bar = &b->bars[i];
        seen.count = i + 1;
        for (int k = 0; k < 2; k++) {
            struct money_side *s = &w->side[k];
            sim_bot_advance(s->bot, &seen, bar_close_ms(bar, TF_15M));
            money_compare(s, g, bar, &r->found);
            r->bars++;
        }
        if ((i - g->first) % g->every == 0)
            money_model(&w->side[0], g, i, &w->window, &r->modelled, &r->cover,
                        number);
        stopped_for += w->side[0].bot->state == SIM_BOT_STOPPED;
    }
}

static void run_grid(const struct money_market *market, struct prng *p,
                     uint32_t number, struct money_report *r)
{
    struct world *w = xcalloc(1, sizeof(*w));
    struct money_grid g;

    money_grid_draw(&g, p, market);
    if (begin_side(&w->side[0], &g, SIM_FEE_QUOTE, 1) &&
        begin_side(&w->side[1], &g, g.other, 2))
        live(w, &g, number, r);
    else
        r->refused++;
    money_report_grid(r, &g);
    for (int k = 0; k < 2; k++) {
        r->fills += w->side[k].bot ? (long)w->side[k].bot->fill_count : 0;
        sim_bot_free(w->side[k].bot);
    }
    free(w);
}

/* --- All of them ---------------------------------------------------------- */

static void run_grids(const struct args *a, const struct bars *recorded,
                      struct money_report *r)
{
    uint64_t seeds = (uint64_t)a->seed;

    for (int64_t i = 0; i < a->grids; i++) {
        struct prng p;
        struct money_market market;
        long before = money_report_failures(r);

        prng_init(&p, splitmix64(&seeds));
        if (a->only >= 0 && i != a->only)
            continue;
        size_t slots =
            (size_t)(DAYS_LEAST + money_below(&p, DAYS_MOST - DAYS_LEAST + 1)) *
                A_DAY +
            2;
        if (a->file_count && i % 2) {
            int which = (int)(i / 2 % a->file_count);
            char name[STUDY_NAME];
            study_bars_name(a->files[which], name);
            money_market_recorded(&market, &p, &recorded[which], name, slots);
        } else {
            money_market_made(&market, &p, slots);
        }
        run_grid(&market, &p, (uint32_t)i, r);
        if (money_report_failures(r) != before)
            printf("FAILED grid %lld, in %s\n", (long long)i, market.from);
        money_market_release(&market);
    }
}

static int read_files(const struct args *a, struct bars *recorded)
{
    struct error err = { FAULT_NONE, "" };
    size_t jumps;

    for (int i = 0; i < a->file_count; i++) {
        int rc = study_bars_load(&recorded[i], a->files[i], &jumps, &err);
        if (rc || recorded[i].count < A_DAY) {
            fprintf(stderr, "check_money: %s\n",
                    rc ? err.msg : "a file of less than a day");
            return -1;
        }
    }
    return 0;
}

static bool read_args(struct args *a, int argc, char **argv)
{
    int at = 1;

    *a = (struct args){ 1000, SEED, -1, NULL, NULL, 0, NULL };
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        const char *word = argv[at], *with = argv[at + 1];
        if (strcmp(word, "--json") == 0)
            a->json = with;
        else if (strcmp(word, "--doc") == 0)
            a->doc = with;
        else if (!integer_parse(with, strcmp(word, "--grids") == 0  ? &a->grids
                                      : strcmp(word, "--seed") == 0 ? &a->seed
                                      : strcmp(word, "--only") == 0
                                          ? &a->only
                                          : &(int64_t){ 0 }))
            return false;
        else if (strcmp(word, "--grids") && strcmp(word, "--seed") &&
                 strcmp(word, "--only"))
            return false;
    }
    a->files = argv + at;
    a->file_count = argc - at;
    bool dashed = at < argc && argv[at][0] == '-';
    return !dashed && a->grids > 0 && a->grids <= 1000000 &&
           a->file_count <= FILES_MOST;
}

int main(int argc, char **argv)
{
    static struct bars recorded[FILES_MOST];
    struct money_report r = { 0 };
    struct args a;

    if (!read_args(&a, argc, argv)) {
        fprintf(stderr, "usage: check_money [--grids N] [--seed S] [--only I] "
                        "[--json FILE] [--doc FILE] [FILE...]\n");
        return 64;
    }
    int rc = read_files(&a, recorded) ? 66 : 0;
    if (!rc) {
        r.files = a.file_count;
        run_grids(&a, recorded, &r);
        rc = money_report_end(&r, a.json, a.doc);
    }
    money_cover_release(&r.cover);
    for (int i = 0; i < a.file_count; i++)
        study_bars_release(&recorded[i]);
    return rc;
}
