/* gridwatch backtest: candles in, lives out; a symbol is a thread's. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/backtest.h"
#include "sys/xmalloc.h"

/* Half-spread of a liquid pair (regime-science notes 6, stress: 2 bp). */
#define HALF_SPREAD 0.0002
#define CAPITAL     1000.0
#define WINDOW_MS   (10 * MS_PER_DAY) /* regime-science notes 5.4 */
#define TELL_EACH   4096              /* slots from one word to the next */

const int64_t backtest_delays[TRIAL_DELAYS] = { 0, 15 * MS_PER_MINUTE,
                                                60 * MS_PER_MINUTE,
                                                240 * MS_PER_MINUTE };

/* One symbol's. */
struct part {
    struct lives lives;
    struct error err;
};

struct hall {
    const struct backtest_ask *ask;
    const struct candle_files *files;
    struct exit_config exits;
    struct part *parts; /* one a file */
    pthread_mutex_t lock;
    size_t next; /* file */
    struct backtest_work work;
};

static struct pass_rule rule_of(const struct hall *h, int32_t symbol)
{
    const struct backtest_ask *ask = h->ask;
    const struct config *config = ask->config;
    struct pass_rule r = {
        .trial = { .exits = &h->exits,
                   .gates = &config->gate,
                   .alerts = &config->alert,
                   .terms = { { config->gate.fee, NO_VALUE, NO_VALUE },
                              HALF_SPREAD,
                              config->position.slippage },
                   .window_ms = WINDOW_MS },
        .cohort = { .stop_atr = ask->stop_atr,
                    .side = ask->side,
                    .spacing = GRID_GEOMETRIC,
                    .step = config->propose.step,
                    .capital = CAPITAL },
        .width_count = ask->width_count,
        .from_ms = ask->from_ms,
        .until_ms = ask->until_ms,
        .symbol = symbol,
    };
    for (size_t i = 0; i < ask->width_count; i++)
        r.width[i] = ask->width[i];
    for (int i = 0; i < TRIAL_DELAYS; i++)
        r.trial.delay_ms[i] = backtest_delays[i];
    return r;
}

static void keep(void *keeper, const struct trial *t)
{
    for (int i = 0; i < TRIAL_DELAYS; i++) {
        const struct life_row row = {
            .life = t->lives[i].life,
            .reverse_equity = t->lives[i].reverse_equity,
        };
        lives_add(keeper, &row);
    }
}

static void tell(struct hall *h, size_t slots)
{
    pthread_mutex_lock(&h->lock);
    h->work.slots += slots;
    if (h->ask->progress)
        fprintf(stderr, "\r%zu of %zu symbols, %zu slots", h->work.symbols,
                h->files->count, h->work.slots);
    pthread_mutex_unlock(&h->lock);
}

static void wind(struct hall *h, const struct candles *c, struct part *part,
                 int32_t symbol)
{
    struct pass_rule rule = rule_of(h, symbol);
    struct series series[TF_COUNT];
    struct pass *p = xcalloc(1, sizeof(*p));
    struct trial *trials = xcalloc(pass_room(&rule), sizeof(*trials));
    size_t slots = 1;

    rule.keep = keep;
    rule.keeper = &part->lives;
    candles_series(c, series);
    pass_begin(p, &rule, series, trials);
    for (; pass_step(p); slots++)
        if (slots % TELL_EACH == 0)
            tell(h, TELL_EACH);
    pass_end(p);
    tell(h, slots % TELL_EACH);
    pthread_mutex_lock(&h->lock);
    h->work.symbols++;
    h->work.grids += p->laid;
    h->work.passed_over += p->passed_over;
    pthread_mutex_unlock(&h->lock);
    free(trials);
    free(p);
}

/* The next file of this shard, or the number of files. */
static size_t take(struct hall *h)
{
    pthread_mutex_lock(&h->lock);
    while (h->next < h->files->count &&
           h->next % h->ask->shards != h->ask->shard)
        h->next++;
    size_t taken = h->next < h->files->count ? h->next++ : h->next;
    pthread_mutex_unlock(&h->lock);
    return taken;
}

static void *labour(void *hall)
{
    struct hall *h = hall;
    size_t i;

    while ((i = take(h)) < h->files->count) {
        struct candles c;
        if (candles_load(h->files->list[i].path, &c, &h->parts[i].err))
            continue;
        wind(h, &c, &h->parts[i], (int32_t)i);
        candles_release(&c);
    }
    return NULL;
}

/* The calling thread labours, too. */
static void labour_together(struct hall *h)
{
    size_t more = h->ask->threads - 1, begun = 0;
    pthread_t *threads = xcalloc(more, sizeof(*threads));

    while (begun < more &&
           pthread_create(&threads[begun], NULL, labour, h) == 0)
        begun++;
    labour(h);
    while (begun > 0)
        pthread_join(threads[--begun], NULL);
    free(threads);
}

static int gather(struct hall *h, struct lives *out, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; i < h->files->count; i++) {
        struct part *part = &h->parts[i];
        if (!rc && part->err.fault != FAULT_NONE) {
            *err = part->err;
            rc = -1;
        }
        int32_t symbol = part->lives.count && !rc
                             ? lives_symbol(out, h->files->list[i].name)
                             : 0;
        for (size_t k = 0; !rc && k < part->lives.count; k++) {
            part->lives.at[k].life.symbol = symbol;
            lives_add(out, &part->lives.at[k]);
        }
        lives_release(&part->lives);
    }
    return rc;
}

int backtest_run(const struct backtest_ask *ask, const struct candle_files *f,
                 struct lives *out, struct backtest_work *work,
                 struct error *err)
{
    struct hall h = { .ask = ask,
                      .files = f,
                      .exits = ask->config->exit,
                      .parts = xcalloc(f->count, sizeof(*h.parts)) };

    h.exits.profile = ask->profile;
    out->profile = ask->profile;
    out->side = ask->side;
    pthread_mutex_init(&h.lock, NULL);
    labour_together(&h);
    pthread_mutex_destroy(&h.lock);
    if (ask->progress)
        fputs("\n", stderr);
    *work = h.work;
    int rc = gather(&h, out, err);
    free(h.parts);
    return rc;
}
