/* fetch and judge: everything the exchange says, then how far to trust it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/account.h"
#include "run/between.h"
#include "run/candles.h"
#include "run/faults.h"
#include "run/feed.h"
#include "run/run_internal.h"
#include "run/siren.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* A symbol that joins is recorded with this much history (SPEC 10). */
#define SEED_BARS           2048
/* No wait for the boundary to settle is longer than this. */
#define SETTLE_WAIT_MOST_MS 30000
/* The candles wait for the exchange's clock and status no longer than this: a
 * run can do without, and not without them. */
#define GREET_MOST_MS       15000

static bool is_live(const struct run *r)
{
    return r->options->at_ms == MOMENT_NONE;
}

/* Two clocks that disagree: one is wrong, and nobody here knows which. */
static void tell_clock(struct run *r, int64_t offset_ms)
{
    struct error err;
    r->clock_off = true;
    log_event(LOG_LEVEL_ERROR, "clock-offset",
              "offset_ms=%" PRId64 " most_ms=%" PRId64, offset_ms,
              r->config->run.max_clock_offset_ms);
    error_set(&err, FAULT_DATA,
              "own clock and the exchange's differ by %" PRId64
              " s: nothing is concluded; set the clock of this machine",
              offset_ms / 1000);
    run_see(r, FAULT_CLASS_CLOCK, "run", "", err.msg);
    run_note(r, RUN_BAD_DATA, &err);
}

static void take_clock(struct run *r, const struct kucoin_host *host)
{
    char text[LOG_VALUE_MAX];
    if (!host->clock_ok) {
        log_event(LOG_LEVEL_WARN, "exchange-clock-unknown", "what=%s",
                  log_value(host->clock_err.msg, text));
        return;
    }
    r->sign_offset_ms = host->offset_ms;
    if (!is_live(r))
        return;
    run_look(r, FAULT_CLASS_CLOCK);
    if (llabs(host->offset_ms) > r->config->run.max_clock_offset_ms)
        tell_clock(r, host->offset_ms);
    if (llabs(host->offset_ms) > MS_PER_DAY)
        return; /* no time to name a slot by */
    r->offset_ms = host->offset_ms;
    r->offset_known = true;
}

/* A slot that has not been yet holds nothing, and once recorded it would
 * silence the grid until it comes. The exchange's clock says how late it is. */
static int check_slot(struct run *r, const struct kucoin_host *host)
{
    char slot[MOMENT_TEXT], now[MOMENT_TEXT];
    struct error err;
    int64_t now_ms = clock_wall_ms() + host->offset_ms;

    if (is_live(r) || !host->clock_ok || r->slot_ms <= now_ms + MS_PER_MINUTE)
        return 0;
    moment_format(r->slot_ms, slot);
    moment_format(now_ms, now);
    error_set(&err, FAULT_USAGE,
              "--at %s has not been yet: the exchange's clock says %s", slot,
              now);
    run_note(r, RUN_USAGE, &err);
    return -1;
}

static int64_t greet_deadline_ms(const struct run *r)
{
    int64_t most_ms = clock_monotonic_ms() + GREET_MOST_MS;
    int64_t fetch_ms = run_fetch_deadline_ms(r);
    return most_ms < fetch_ms ? most_ms : fetch_ms;
}

/* -1: the slot has not been yet. */
static int greet(struct run *r)
{
    struct kucoin_host host;
    struct error err;
    char text[LOG_VALUE_MAX];

    if (r->options->feed) {
        r->exchange_reached = true;
        r->status = r->options->feed->status;
        return 0;
    }
    run_look(r, FAULT_CLASS_EXCHANGE);
    if (kucoin_greet(&r->kucoin, greet_deadline_ms(r), &host, &err)) {
        log_event(LOG_LEVEL_WARN, "exchange-unreachable", "what=%s",
                  log_value(err.msg, text));
        run_see(r, FAULT_CLASS_EXCHANGE, "run", "", err.msg);
        return 0;
    }
    r->exchange_reached = host.clock_ok || host.status_ok;
    take_clock(r, &host);
    if (host.status_ok)
        r->status = host.status.status;
    else
        log_event(LOG_LEVEL_WARN, "exchange-status-unknown", "what=%s",
                  log_value(host.status_err.msg, text));
    return check_slot(r, &host);
}

/* What is aside (the heartbeat) gets on meanwhile. */
static void pass_time(struct run *r, int64_t wait_ms)
{
    struct error err;
    int64_t until_ms = clock_monotonic_ms() + wait_ms;
    (void)http_pool_idle(r->pool, until_ms, &err);
    wait_ms = until_ms - clock_monotonic_ms();
    if (wait_ms > 0)
        clock_sleep_ms(wait_ms);
}

/* Names the slot. A boundary younger than the settle time is waited for. */
static void settle(struct run *r)
{
    if (!is_live(r))
        return;
    int64_t now_ms = clock_wall_ms() + r->offset_ms;
    /* One of the two clocks is wrong. The earlier one cannot name a slot that
     * has not been yet. */
    if (r->clock_off && r->offset_ms > 0)
        now_ms = clock_wall_ms();
    int64_t age_ms = now_ms - moment_floor(now_ms, MS_PER_SLOT);
    int64_t wait_ms = r->config->run.settle_ms - age_ms;
    if (wait_ms > 0 && wait_ms <= SETTLE_WAIT_MOST_MS) {
        pass_time(r, wait_ms);
        now_ms += wait_ms;
    }
    r->exchange_ms = now_ms;
    r->slot_ms = slot_of(now_ms, r->config->run.settle_ms);
}

/* A clock that ran ahead once has recorded slots that have not been yet. Now
 * that the clock is good, they must not silence the grid until they come. */
static void mend_future(struct run *r, struct grid_run *g)
{
    char slot[MOMENT_TEXT], what[RECORD_LINE_MAX];
    struct error err;

    if (!is_live(r) || !r->offset_known || r->clock_off ||
        g->exit.slot_ms <= r->slot_ms)
        return;
    moment_format(g->exit.slot_ms, slot);
    snprintf(what, sizeof(what),
             "newest recorded slot %s has not been yet: a clock was wrong; "
             "going on from the present slot",
             slot);
    run_put_fault(r, g->grid.id, FAULT_CLASS_RUN, what);
    error_set(&err, FAULT_DATA, "grid '%s': %s", g->grid.id, what);
    run_note(r, RUN_BAD_DATA, &err);
    int64_t life_ms = g->exit.life_ms;
    g->exit = exit_memory_new(); /* what it holds is of times to come */
    g->exit.slot_ms = r->slot_ms - MS_PER_SLOT;
    g->exit.life_ms = life_ms;
    run_siren_orphan(r, g);
    g->alert = alert_memory_new();
}

/* The gates of a grid that was stopped are asked for a while. */
static bool is_long_stopped(const struct run *r, const struct grid *g)
{
    return grid_status(g) == GRID_IS_STOPPED &&
           grid_last_event_ms(g) < r->slot_ms - BACKFILL_SLOTS * MS_PER_SLOT;
}

/* The first slot that a grid still needs, or MOMENT_NONE. Slots before its
 * life and up to its newest recorded one are not filled. */
static int64_t first_due(const struct run *r, const struct grid_run *g)
{
    enum grid_status status = grid_status(&g->grid);
    int64_t life_ms = grid_life_ms(&g->grid);

    if (status == GRID_IS_CREATED || is_long_stopped(r, &g->grid))
        return MOMENT_NONE;
    if ((life_ms != MOMENT_NONE && life_ms > r->exchange_ms) ||
        g->exit.slot_ms >= r->slot_ms)
        return MOMENT_NONE;
    bool goes_on = g->exit.slot_ms != MOMENT_NONE && g->exit.life_ms == life_ms;
    return goes_on ? g->exit.slot_ms + MS_PER_SLOT : r->slot_ms;
}

/* What is older than a week is not filled, and the record says so. */
static void clip_to_week(struct run *r, struct grid_run *g)
{
    int64_t oldest_ms = r->slot_ms - BACKFILL_SLOTS * MS_PER_SLOT;
    char from[MOMENT_TEXT], to[MOMENT_TEXT], what[RECORD_LINE_MAX];

    if (g->first_due_ms >= oldest_ms)
        return;
    moment_format(g->first_due_ms, from);
    moment_format(oldest_ms, to);
    snprintf(what, sizeof(what),
             "slots from %s up to %s were missed and are not filled: more "
             "than 7 days ago",
             from, to);
    run_put_fault(r, g->grid.id, FAULT_CLASS_RUN, what);
    g->first_due_ms = oldest_ms;
}

static bool find_due(struct run *r)
{
    bool any = false;
    for (size_t i = 0; i < r->symbol_count; i++)
        r->symbols[i].first_due_ms = MOMENT_NONE;
    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        struct symbol_run *s = &r->symbols[g->symbol];
        mend_future(r, g);
        g->first_due_ms = first_due(r, g);
        if (g->first_due_ms == MOMENT_NONE)
            continue;
        clip_to_week(r, g);
        any = true;
        if (s->first_due_ms == MOMENT_NONE || g->first_due_ms < s->first_due_ms)
            s->first_due_ms = g->first_due_ms;
    }
    return any;
}

static struct kucoin_span span_of(const struct run *r,
                                  const struct symbol_run *s, enum timeframe tf)
{
    int64_t from_ms = series_needed_from(tf, s->first_due_ms);
    int64_t seed_ms = moment_floor(r->slot_ms, timeframe_ms(tf)) -
                      SEED_BARS * timeframe_ms(tf);
    if (s->joins && seed_ms < from_ms)
        from_ms = seed_ms < 0 ? 0 : seed_ms;
    return (struct kucoin_span){ from_ms, r->slot_ms };
}

static int fetch_symbols(struct run *r, struct error *err)
{
    struct kucoin_want *wants = xcalloc(r->symbol_count, sizeof(*wants));
    struct kucoin_answer *answers = xcalloc(r->symbol_count, sizeof(*answers));
    size_t *whose = xcalloc(r->symbol_count, sizeof(*whose));
    size_t n = 0;
    for (size_t i = 0; i < r->symbol_count; i++) {
        struct symbol_run *s = &r->symbols[i];
        if (s->first_due_ms == MOMENT_NONE)
            continue;
        whose[n] = i;
        wants[n] = (struct kucoin_want){
            .symbol = s->symbol, .facts = true, .ticker = true, .book = true
        };
        for (int tf = 0; tf < TF_COUNT; tf++)
            wants[n].span[tf] = span_of(r, s, (enum timeframe)tf);
        n++;
    }
    const struct feed *feed = r->options->feed;
    int rc = run_fetch_candles(r, wants, whose, n, answers,
                               run_fetch_deadline_ms(r), err);
    for (size_t k = 0; k < n; k++) {
        r->symbols[whose[k]].answer = answers[k];
        if (feed)
            run_kept_take(feed->kept, &r->symbols[whose[k]]);
    }
    free(whose);
    free(answers);
    free(wants);
    return rc;
}

/* Of the signal the fingerprint is that it cannot be read: what a server says
 * of its trouble differs from slot to slot. */
static void see_outside(struct run *r, const char *what)
{
    static const char signal[] = "external signal";
    const struct outside_source *o = &r->outside;
    const char *second = strstr(what, signal);
    char first[RECORD_LINE_MAX];

    if (run_is_alone(r) || o->calendar_configured)
        run_look(r, FAULT_CLASS_CALENDAR);
    if (run_is_alone(r) || o->signal.configured)
        run_look(r, FAULT_CLASS_SIGNAL);
    if (o->calendar_configured && !o->calendar_read) {
        snprintf(first, sizeof(first), "%.*s",
                 second > what ? (int)(second - what) - 2 : 250, what);
        run_see(r, FAULT_CLASS_CALENDAR, "run", NULL, first);
    }
    if (o->signal.configured && !o->signal.read)
        run_see(r, FAULT_CLASS_SIGNAL, "run", "", second ? second : what);
}

/* The calendar and the signal. One that cannot be read leaves its trigger
 * unknown; the run goes on. */
static void fetch_outside(struct run *r)
{
    const struct config_outside *c = &r->config->outside;
    const struct outside_options options = {
        .calendar_file = c->calendar_file,
        .signal_file = c->signal_file,
        .signal_url = c->signal_url,
        .signal_timeout_ms = c->signal_timeout_ms,
        .now_ms = r->exchange_ms,
    };
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];

    if (outside_read(&options, r->pool, run_fetch_deadline_ms(r), &r->outside,
                     &err)) {
        log_event(LOG_LEVEL_WARN, "outside-unread", "what=%s",
                  log_value(err.msg, text));
    }
    see_outside(r, err.msg);
}

struct outside run_outside(const struct run *r, int64_t slot_ms)
{
    return slot_ms == r->slot_ms ? outside_now(&r->outside, slot_ms)
                                 : outside_then(&r->outside, slot_ms);
}

int run_fetch(struct run *r)
{
    struct error err = { FAULT_NONE, "" };
    if (r->options->look)
        return run_between_fetch(r);
    if (is_live(r)) {
        (void)greet(r);
        settle(r);
    }
    if (!find_due(r))
        return 0;
    if (!is_live(r) && greet(r))
        return -1;
    fetch_outside(r);
    if (fetch_symbols(r, &err))
        run_note(r, err.fault == FAULT_CONFIG ? RUN_CONFIG : RUN_UNREACHABLE,
                 &err);
    run_fetch_account(r, run_fetch_deadline_ms(r));
    FAULT_POINT("after-fetch");
    return 0;
}

static void log_missing(const struct symbol_run *s, const char *what,
                        const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "data-missing", "symbol=%s what=%s why=%s",
              s->symbol, what, log_value(err->msg, text));
}

static void judge_symbol(const struct run *r, struct symbol_run *s)
{
    const struct kucoin_answer *a = &s->answer;
    s->facts = (struct market_facts){
        .status = r->status,
        .candles_failed = !a->series[TF_15M].ok || !a->series[TF_1H].ok,
        .clock_off = r->clock_off,
        .ticker = a->ticker_ok ? a->ticker.price : NO_VALUE,
        .ticker_ms = a->ticker_ok ? a->ticker.time_ms : MOMENT_NONE,
    };
    for (int tf = 0; tf < TF_COUNT; tf++) {
        if (!a->series[tf].ok)
            log_missing(s, timeframe_name((enum timeframe)tf),
                        &a->series[tf].err);
    }
    if (!a->ticker_ok)
        log_missing(s, "ticker", &a->ticker_err);
    if (a->facts_ok && (!a->facts.trading || a->facts.special_treatment))
        log_event(LOG_LEVEL_WARN, "symbol-restricted",
                  "symbol=%s trading=%s special_treatment=%s", s->symbol,
                  a->facts.trading ? "yes" : "no",
                  a->facts.special_treatment ? "yes" : "no");
}

/* How many due symbols have no candles, and is it the network's fault? */
int run_judge(struct run *r)
{
    size_t due = 0, blind = 0, unreached = 0;
    struct error err = { FAULT_NONE, "" };

    for (size_t i = 0; i < r->symbol_count; i++) {
        struct symbol_run *s = &r->symbols[i];
        if (s->first_due_ms == MOMENT_NONE)
            continue;
        due++;
        judge_symbol(r, s);
        if (!s->facts.candles_failed)
            continue;
        blind++;
        const struct kucoin_bars *bad = &s->answer.series[TF_15M];
        if (bad->ok)
            bad = &s->answer.series[TF_1H];
        unreached += bad->err.fault == FAULT_TRANSIENT;
        err = bad->err;
    }
    if (due && blind == due)
        run_note(r, unreached == due ? RUN_UNREACHABLE : RUN_BAD_DATA, &err);
    return 0;
}
