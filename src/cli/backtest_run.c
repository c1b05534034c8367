/* gridwatch backtest: candles in, lives out; a symbol is a thread's. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backtest/random_walk.h"
#include "base/moment.h"
#include "cli/backtest.h"
#include "cli/command.h"
#include "cli/evaluations.h"
#include "sys/xmalloc.h"

#define TELL_EACH 4096 /* slots from one word to the next */

const int64_t backtest_delays[TRIAL_DELAYS] = { 0, 15 * MS_PER_MINUTE,
                                                60 * MS_PER_MINUTE,
                                                240 * MS_PER_MINUTE };

/* One symbol's. */
struct part {
    const struct exit_config *exits;
    const char *file;
    struct lives lives;
    struct text evaluations;
    struct error err;
};

struct hall {
    const struct backtest_ask *ask;
    const struct candle_files *files;
    struct exit_config exits;
    struct part *parts; /* one a file */
    size_t *home;       /* one a given grid: its file, or `files->count` */
    pthread_mutex_t lock;
    size_t next; /* file */
    struct backtest_work work;
};

static struct pass_rule rule_of(const struct hall *h, int32_t symbol)
{
    const struct backtest_ask *ask = h->ask;
    const struct config *config = ask->config;
    bool walks = strcmp(h->files->list[symbol].name, BACKTEST_WALK) == 0;
    struct pass_rule r = {
        .design = ask->design,
        .trial = { .exits = &h->exits,
                   .gates = &config->gate,
                   .alerts = &config->alert,
                   .terms = { { config->gate.fee, ask->tick, ask->step },
                              BACKTEST_HALF_SPREAD,
                              config->position.slippage },
                   .window_ms = BACKTEST_WINDOW_MS,
                   .asks_on = ask->evaluations != NULL },
        .cohort = { .stop_atr = ask->stop_atr,
                    .side = ask->side,
                    .spacing = GRID_GEOMETRIC,
                    .step = config->propose.step,
                    .capital = BACKTEST_CAPITAL },
        .width_count = ask->width_count,
        .from_ms = walks ? 0 : ask->from_ms, /* its days are nobody's */
        .until_ms = walks ? INT64_MAX : ask->until_ms,
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
    struct part *part = keeper;

    for (size_t i = 0; i < t->life_count; i++) {
        const struct life_row row = {
            .life = t->lives[i].life,
            .reverse_equity = t->lives[i].reverse_equity,
            .pi_day = t->pi_day,
        };
        lives_add(&part->lives, &row);
    }
}

static void see(void *keeper, const struct trial *t, const struct evaluation *e)
{
    struct part *part = keeper;

    if (part->err.fault == FAULT_NONE)
        evaluations_add(&part->evaluations, part->file, e, &t->grid,
                        part->exits, &part->err);
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

/* A grid has one file. */
static int claim(struct hall *h, size_t grid, size_t file, struct error *err)
{
    pthread_mutex_lock(&h->lock);
    size_t other = h->home[grid];
    h->home[grid] = file;
    pthread_mutex_unlock(&h->lock);
    if (other == h->files->count)
        return 0;
    const struct candle_file *list = h->files->list;
    return error_set(err, FAULT_DATA,
                     "grid '%s': both '%s' and '%s' have candles at its start, "
                     "--symbols chooses one",
                     h->ask->given[grid].id,
                     list[other < file ? other : file].name,
                     list[other < file ? file : other].name);
}

/* The given grids that begin while the file has bars; `given` has room for
 * all. Returns the first of their starts, or MOMENT_NONE. */
static int64_t choose(struct hall *h, const struct candles *c, size_t file,
                      struct grid *given, size_t *count)
{
    struct error *err = &h->parts[file].err;
    const struct bar *bars = c->bars[TF_15M];
    int64_t begin_ms = bar_close_ms(&bars[0], TF_15M), first_ms = MOMENT_NONE;
    int64_t end_ms = bars[c->count[TF_15M] - 1].open_ms;
    size_t n = 0;

    for (size_t i = 0; i < h->ask->given_count; i++) {
        const struct grid *g = &h->ask->given[i];
        int64_t ms = grid_life_ms(g);
        if (ms < begin_ms || ms > end_ms ||
            !backtest_given_in(g, h->parts[file].file) ||
            claim(h, i, file, err))
            continue;
        given[n++] = *g;
        if (first_ms == MOMENT_NONE || ms < first_ms)
            first_ms = ms;
    }
    *count = n;
    return first_ms;
}

/* All slots, or those in which given grids live. Returns how many. */
static size_t step_through(struct hall *h, struct pass *p)
{
    size_t slots = 1, given = p->rule->given_count;

    for (; pass_step(p); slots++) {
        if (slots % TELL_EACH == 0)
            tell(h, TELL_EACH);
        if (given && p->laid == given && p->count == 0)
            break;
    }
    return slots;
}

static void wind(struct hall *h, const struct candles *c, struct part *part,
                 int32_t symbol)
{
    struct pass_rule rule = rule_of(h, symbol);
    struct series series[TF_COUNT];
    struct grid *given = xcalloc(h->ask->given_count, sizeof(*given));
    int64_t first_ms = choose(h, c, (size_t)symbol, given, &rule.given_count);
    struct pass *p = xcalloc(1, sizeof(*p));
    struct trial *trials = xcalloc(pass_room(&rule), sizeof(*trials));
    size_t slots = 0;

    rule.keep = keep;
    rule.see = h->ask->evaluations ? see : NULL;
    rule.keeper = part;
    rule.given = given;
    candles_series(c, series);
    pass_begin(p, &rule, series, trials);
    if (first_ms != MOMENT_NONE)
        pass_skip(p, first_ms);
    if (rule.design != PASS_GIVEN || first_ms != MOMENT_NONE)
        slots = step_through(h, p);
    pass_end(p);
    tell(h, slots % TELL_EACH);
    pthread_mutex_lock(&h->lock);
    h->work.symbols++;
    if (strcmp(part->file, BACKTEST_WALK) != 0) {
        h->work.grids += p->laid;
        h->work.passed_over += p->passed_over;
        h->work.cannot += p->cannot;
        h->work.open_slots += p->open_slots;
        h->work.asked_slots += p->asked_slots;
    }
    pthread_mutex_unlock(&h->lock);
    free(trials);
    free(p);
    free(given);
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

/* The random walk is no file. */
static int load(const struct hall *h, const struct candle_file *file,
                struct candles *out, struct error *err)
{
    if (strcmp(file->name, BACKTEST_WALK) != 0)
        return candles_load(file->path, out, err);
    size_t count = h->ask->walk_days * (MS_PER_DAY / MS_PER_SLOT);
    struct bar *bars = xcalloc(count, sizeof(*bars));
    walk_make(BACKTEST_SEED, count, bars);
    candles_take(bars, count, out);
    return 0;
}

static void *labour(void *hall)
{
    struct hall *h = hall;
    size_t i;

    while ((i = take(h)) < h->files->count) {
        struct candles c;
        h->parts[i] =
            (struct part){ .exits = &h->exits,
                           .file = h->files->list[i].name,
                           .evaluations = TEXT_INIT(EVALUATIONS_MAX) };
        if (load(h, &h->files->list[i], &c, &h->parts[i].err))
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
        if (h->ask->evaluations && !rc &&
            text_append(h->ask->evaluations, text_str(&part->evaluations),
                        part->evaluations.len))
            rc = error_set(err, FAULT_DATA, "too many evaluations for a file");
        lives_release(&part->lives);
        text_release(&part->evaluations);
    }
    return rc;
}

static int check_homes(const struct hall *h, struct error *err)
{
    for (size_t i = 0; i < h->ask->given_count; i++)
        if (h->home[i] == h->files->count)
            return error_set(err, FAULT_MISSING,
                             "grid '%s': no file of %s has candles at its "
                             "start",
                             h->ask->given[i].id, h->ask->given[i].symbol);
    return 0;
}

int backtest_run(const struct backtest_ask *ask, const struct candle_files *f,
                 struct lives *out, struct backtest_work *work,
                 struct error *err)
{
    struct hall h = { .ask = ask,
                      .files = f,
                      .exits = ask->config->exit,
                      .parts = xcalloc(f->count, sizeof(*h.parts)),
                      .home = xcalloc(ask->given_count, sizeof(*h.home)) };

    for (size_t i = 0; i < ask->given_count; i++)
        h.home[i] = f->count;
    h.exits.profile = ask->profile;
    out->design = ask->design;
    out->profile = ask->profile;
    out->side = ask->side;
    config_hash(ask->config, out->config);
    snprintf(out->engine, sizeof(out->engine), "%s", version_engine());
    pthread_mutex_init(&h.lock, NULL);
    labour_together(&h);
    pthread_mutex_destroy(&h.lock);
    if (ask->progress)
        fputs("\n", stderr);
    *work = h.work;
    int rc = gather(&h, out, err);
    if (!rc)
        rc = check_homes(&h, err);
    free(h.parts);
    free(h.home);
    return rc;
}
