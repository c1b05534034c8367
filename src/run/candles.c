#include "run/candles.h"

#include <stdlib.h>
#include <string.h>

#include "replay/tape.h"
#include "run/feed.h"
#include "sys/xmalloc.h"

/* Each round may find a bar that asks for older ones: one behind a stop that
 * the record does not know, one before a jump that nobody confirmed. */
#define ROUNDS_MOST 4

/* How many of the n bars are left when the window ends before the newest jumps
 * because nothing confirms them. None: the first one may be such a jump. */
static size_t before_jumps(const struct bar *bars, size_t n)
{
    while (n > 1 && bar_is_jump(&bars[n - 1], bars[n - 2].close))
        n--;
    return n;
}

int64_t candles_needed_from(const struct series *s, int64_t slot_ms,
                            int64_t from_ms, int64_t recorded_ms)
{
    const struct series known = series_until(s, slot_ms);
    int64_t ends_ms = MOMENT_NONE;
    if (known.count) {
        size_t n = before_jumps(known.bars, known.count);
        ends_ms = bar_close_ms(&known.bars[n - 1], s->tf);
    } else if (recorded_ms != MOMENT_NONE) {
        ends_ms = recorded_ms + timeframe_ms(s->tf);
    }
    if (ends_ms == MOMENT_NONE)
        return from_ms;
    int64_t needed_ms = series_needed_from(s->tf, ends_ms);
    return needed_ms < from_ms ? needed_ms : from_ms;
}

bool candles_are_behind(const struct series *s, int64_t slot_ms,
                        int64_t recorded_ms)
{
    const struct series known = series_until(s, slot_ms);
    if (recorded_ms == MOMENT_NONE ||
        recorded_ms + timeframe_ms(s->tf) > slot_ms)
        return false;
    return !known.count || known.bars[known.count - 1].open_ms < recorded_ms;
}

static int ask(struct run *r, const struct kucoin_want *wants, size_t n,
               struct kucoin_answer *answers, int64_t deadline_ms,
               struct error *err)
{
    const struct feed *feed = r->options->feed;
    return feed ? feed->fetch(feed->payload, r->exchange_ms, wants, n, answers,
                              err)
                : kucoin_fetch(&r->kucoin, wants, n, answers, deadline_ms, err);
}

static bool is_wanted(struct kucoin_span span)
{
    return span.from_ms < span.until_ms;
}

/* A second question to the exchange, once there is an answer. */
struct sequel {
    /* What is to be asked of one symbol: the spans are empty where nothing is.
     * False when nothing is to be asked at all. */
    bool (*find)(const struct run *r, const struct symbol_run *s,
                 const struct kucoin_want *want,
                 const struct kucoin_answer *answer, struct kucoin_want *out);
    /* `failed` is why nothing was asked, or NULL. What it takes out of `answer`
     * is no longer there. */
    void (*take)(const struct kucoin_want *asked, struct kucoin_answer *answer,
                 const struct error *failed, struct kucoin_want *want,
                 struct kucoin_answer *all);
};

/* What is missing in front. */
static bool find_older(const struct run *r, const struct symbol_run *s,
                       const struct kucoin_want *want,
                       const struct kucoin_answer *answer,
                       struct kucoin_want *older)
{
    bool any = false;
    (void)r;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct kucoin_bars *b = &answer->series[tf];
        const struct series there = { (enum timeframe)tf, b->count, b->bars };
        int64_t from_ms = want->span[tf].from_ms;
        if (!b->ok)
            continue;
        int64_t needed_ms = candles_needed_from(&there, s->first_due_ms,
                                                from_ms, s->recorded_ms[tf]);
        if (needed_ms < from_ms)
            older->span[tf] = (struct kucoin_span){ needed_ms, from_ms };
        any = any || needed_ms < from_ms;
    }
    return any;
}

static void fail(struct kucoin_bars *b, const struct error *err)
{
    free(b->bars);
    *b = (struct kucoin_bars){ .err = *err };
}

/* The spans do not overlap, so no bar is there twice. */
static void put_in_front(const struct kucoin_bars *older, struct kucoin_bars *b)
{
    size_t count = older->count + b->count;
    if (older->count) {
        b->bars = xrealloc(b->bars, count, sizeof(*b->bars));
        memmove(b->bars + older->count, b->bars, b->count * sizeof(*b->bars));
        memcpy(b->bars, older->bars, older->count * sizeof(*b->bars));
        b->count = count;
    }
    b->idle += older->idle;
    b->outside += older->outside;
    b->repeated += older->repeated;
}

static void take_older(const struct kucoin_want *older,
                       struct kucoin_answer *answer, const struct error *failed,
                       struct kucoin_want *want, struct kucoin_answer *all)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct kucoin_bars *b = &answer->series[tf];
        if (!is_wanted(older->span[tf]))
            continue;
        if (failed || !b->ok) {
            fail(&all->series[tf], failed ? failed : &b->err);
            continue;
        }
        put_in_front(b, &all->series[tf]);
        want->span[tf].from_ms = older->span[tf].from_ms;
    }
}

static const struct sequel older_bars = { find_older, take_older };

/* Over all symbols. False when nothing was to be asked. */
static bool ask_on(struct run *r, const struct sequel *sequel,
                   struct kucoin_want *wants, const size_t *whose, size_t n,
                   struct kucoin_answer *all, int64_t deadline_ms)
{
    struct kucoin_want *asked = xcalloc(n, sizeof(*asked));
    struct kucoin_answer *answers = xcalloc(n, sizeof(*answers));
    size_t *of = xcalloc(n, sizeof(*of));
    struct error err = { FAULT_NONE, "" };
    size_t count = 0;

    for (size_t k = 0; k < n; k++) {
        of[count] = k;
        asked[count] = (struct kucoin_want){ .symbol = wants[k].symbol };
        count += sequel->find(r, &r->symbols[whose[k]], &wants[k], &all[k],
                              &asked[count]);
    }
    bool failed = count && ask(r, asked, count, answers, deadline_ms, &err);
    for (size_t i = 0; i < count; i++) {
        sequel->take(&asked[i], &answers[i], failed ? &err : NULL,
                     &wants[of[i]], &all[of[i]]);
        kucoin_answer_release(&answers[i]);
    }
    free(of);
    free(answers);
    free(asked);
    return count > 0;
}

static bool is_behind(const struct run *r, const struct symbol_run *s,
                      const struct kucoin_answer *answer, int tf)
{
    const struct kucoin_bars *b = &answer->series[tf];
    const struct series there = { (enum timeframe)tf, b->count, b->bars };
    return b->ok && !s->joins &&
           candles_are_behind(&there, r->slot_ms, s->recorded_ms[tf]);
}

/* One of several servers may lag. */
static bool find_behind(const struct run *r, const struct symbol_run *s,
                        const struct kucoin_want *want,
                        const struct kucoin_answer *answer,
                        struct kucoin_want *again)
{
    bool any = false;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        if (!is_behind(r, s, answer, tf))
            continue;
        again->span[tf] = want->span[tf];
        any = true;
    }
    return any;
}

/* When it failed, the answer that lags is refused as it is. */
static void take_again(const struct kucoin_want *again,
                       struct kucoin_answer *answer, const struct error *failed,
                       struct kucoin_want *want, struct kucoin_answer *all)
{
    (void)want;
    for (int tf = 0; tf < TF_COUNT && !failed; tf++) {
        struct kucoin_bars *b = &answer->series[tf];
        if (!is_wanted(again->span[tf]) || !b->ok)
            continue;
        free(all->series[tf].bars);
        all->series[tf] = *b;
        *b = (struct kucoin_bars){ 0 };
    }
}

static const struct sequel newer_bars = { find_behind, take_again };

static void refuse_what_is_behind(const struct run *r,
                                  const struct symbol_run *s,
                                  struct kucoin_answer *answer)
{
    char recorded[MOMENT_TEXT];
    struct error err;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        if (!is_behind(r, s, answer, tf))
            continue;
        moment_format(s->recorded_ms[tf], recorded);
        error_set(&err, FAULT_DATA,
                  "symbol '%s' %s: the exchange's bars end before that of %s, "
                  "which it gave before: its answer is stale",
                  s->symbol, timeframe_name((enum timeframe)tf), recorded);
        fail(&answer->series[tf], &err);
    }
}

int run_fetch_candles(struct run *r, struct kucoin_want *wants,
                      const size_t *whose, size_t n,
                      struct kucoin_answer *answers, int64_t deadline_ms,
                      struct error *err)
{
    if (ask(r, wants, n, answers, deadline_ms, err))
        return -1;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        if (!ask_on(r, &older_bars, wants, whose, n, answers, deadline_ms))
            break;
    }
    ask_on(r, &newer_bars, wants, whose, n, answers, deadline_ms);
    for (size_t k = 0; k < n; k++)
        refuse_what_is_behind(r, &r->symbols[whose[k]], &answers[k]);
    return 0;
}

/* Opening times; MOMENT_NONE where there is no seed, or none that is sound. */
static void read_begins(struct run *r, struct symbol_run *s)
{
    struct tape seed = { 0 };
    struct error err;
    int rc = tape_seed(&seed, r->store, s->symbol, &err);
    for (int tf = 0; tf < TF_COUNT; tf++)
        s->begins_ms[tf] = !rc && seed.track[tf].count
                               ? seed.track[tf].bars[0].open_ms
                               : MOMENT_NONE;
    s->begins_known = true;
    tape_release(&seed);
}

void run_regard_seed(struct run *r, struct symbol_run *s)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        struct window *w = &s->view->window[tf];
        if (!w->short_history || s->joins)
            continue;
        if (!s->begins_known)
            read_begins(r, s);
        if (s->begins_ms[tf] != MOMENT_NONE && s->begins_ms[tf] <= w->start_ms)
            w->short_history = false;
    }
}
