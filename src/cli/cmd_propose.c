/* gridwatch grid propose SYMBOL: public candles in, one offer out. No data
 * repository, no lock, no key; nothing is written. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/offer.h"
#include "cli/wish.h"
#include "engine/measure.h"
#include "exchange/kucoin.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* One offer in the making. */
struct asking {
    const struct context *context;
    int64_t deadline_ms;
    char agent[96];
    struct http_pool *pool;
    struct kucoin kucoin;
    struct kucoin_answer answer;
    struct market_facts facts;
    struct market_view view;
    struct measure_work work;
    struct snapshot now;
    struct wish wish;
    struct offer offer;
};

static int open_exchange(struct asking *a, struct error *err)
{
    const struct config *config = a->context->config;
    const struct http_pool_options pool = {
        .user_agent = a->agent,
        .max_per_host = (size_t)config->exchange.max_connections,
        .seed = (uint64_t)clock_wall_ms(),
    };
    struct kucoin_options kucoin = KUCOIN_OPTIONS_INIT;

    snprintf(a->agent, sizeof(a->agent), "gridwatch/%s", version_engine());
    a->deadline_ms = clock_monotonic_ms() + config->run.deadline_ms;
    a->pool = http_pool_new(&pool, err);
    if (!a->pool)
        return -1;
    kucoin.base_url = config->exchange.base_url;
    kucoin.timeout_ms = config->exchange.request_timeout_ms;
    kucoin.weight_max = (int)config->exchange.weight_budget;
    kucoin_init(&a->kucoin, a->pool, &kucoin);
    return 0;
}

/* The slot: the one that was named, or the newest that has settled on the
 * exchange's clock. */
static int find_slot(struct asking *a, struct error *err)
{
    const struct config_run *run = &a->context->config->run;
    struct kucoin_host host;

    a->facts.status = MARKET_STATUS_UNKNOWN;
    if (kucoin_greet(&a->kucoin, a->deadline_ms, &host, err))
        return -1;
    if (!host.clock_ok && !host.status_ok) {
        *err = host.clock_err;
        return -1; /* nobody answers: nothing more is asked */
    }
    if (host.status_ok)
        a->facts.status = host.status.status;
    if (a->context->at_ms != MOMENT_NONE) {
        a->offer.slot_ms = moment_floor(a->context->at_ms, MS_PER_SLOT);
        return 0;
    }
    if (!host.clock_ok) {
        *err = host.clock_err;
        return error_wrap(err, "the exchange's clock");
    }
    if (llabs(host.offset_ms) > run->max_clock_offset_ms)
        return error_set(err, FAULT_DATA,
                         "own clock and the exchange's differ by %" PRId64
                         " s: set the clock of this machine",
                         host.offset_ms / 1000);
    a->offer.slot_ms =
        slot_of(clock_wall_ms() + host.offset_ms, run->settle_ms);
    return 0;
}

/* A no for good is about the symbol here: there is no key. */
static int fail_by(const struct error *reply, struct error *err)
{
    *err = *reply;
    if (err->fault == FAULT_REFUSED || err->fault == FAULT_MISSING)
        err->fault = FAULT_DATA;
    return -1;
}

static int fetch(struct asking *a, struct error *err)
{
    struct kucoin_want want = { .symbol = a->wish.grid.symbol,
                                .facts = true,
                                .ticker = true };
    int64_t oldest_ms = a->offer.slot_ms - OFFER_HOURS * MS_PER_HOUR;

    for (int tf = 0; tf < TF_COUNT; tf++)
        want.span[tf] = (struct kucoin_span){
            series_needed_from((enum timeframe)tf, oldest_ms), a->offer.slot_ms
        };
    if (kucoin_fetch(&a->kucoin, &want, 1, &a->answer, a->deadline_ms, err))
        return -1;
    if (!a->answer.facts_ok && a->answer.facts_err.fault != FAULT_TRANSIENT)
        return fail_by(&a->answer.facts_err, err);
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (!a->answer.series[tf].ok)
            return fail_by(&a->answer.series[tf].err, err);
    a->facts.ticker = a->answer.ticker_ok ? a->answer.ticker.price : NO_VALUE;
    a->facts.ticker_ms =
        a->answer.ticker_ok ? a->answer.ticker.time_ms : MOMENT_NONE;
    return 0;
}

/* Hour by hour through the last day; ends at the slot. */
static void measure(struct asking *a)
{
    const struct market_facts past = { .status = MARKET_STATUS_UNKNOWN,
                                       .ticker = NO_VALUE,
                                       .ticker_ms = MOMENT_NONE };
    struct series series[TF_COUNT];

    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] =
            (struct series){ (enum timeframe)tf, a->answer.series[tf].count,
                             a->answer.series[tf].bars };
    for (int i = 0; i <= OFFER_HOURS; i++) {
        bool present = i == OFFER_HOURS;
        market_view_build(series,
                          a->offer.slot_ms - (OFFER_HOURS - i) * MS_PER_HOUR,
                          present ? &a->facts : &past, &a->view);
        snapshot_take(&a->view, &a->work, &a->now);
        a->offer.day[i] = a->now.metrics;
    }
    a->offer.close_ms = a->view.close_ms;
    a->offer.scores_1h = a->now.scores_1h;
    a->offer.regime = a->now.regime;
}

/* Six digits, where the exchange did not tell the price step. */
static void find_tick(struct asking *a)
{
    const struct kucoin_answer *answer = &a->answer;
    struct offer *o = &a->offer;

    o->trading = !answer->facts_ok || answer->facts.trading;
    o->special_treatment = answer->facts_ok && answer->facts.special_treatment;
    o->tick_guessed = !answer->facts_ok;
    o->tick = answer->facts_ok ? answer->facts.price_tick
                               : pow(10, floor(log10(a->view.close)) - 5);
}

static int conclude(struct asking *a, struct error *err)
{
    const struct config *config = a->context->config;
    const struct exit_memory memory = exit_memory_new();
    struct propose_config propose_config = config->propose;
    const struct gate_inputs in = {
        .view = &a->view,
        .metrics = &a->now.metrics,
        .regime = &a->now.regime,
        .crisis = &a->now.crisis,
        .hourly = a->now.hourly,
        .grid = &a->wish.grid,
        .memory = &memory,
        .config = &config->gate,
        .pi_model = config->exit.pi_model,
    };
    char why[160];

    find_tick(a);
    propose_config.kappa = a->wish.kappa;
    a->offer.kappa = a->wish.kappa;
    a->offer.fee = config->gate.fee;
    a->offer.config = a->context->args->value[0][SHARED_CONFIG];
    a->offer.exit_config = a->context->args->value[0][SHARED_EXIT_CONFIG];
    if (propose(&in, &propose_config, a->offer.tick, &a->offer.p, why,
                sizeof(why)))
        return 0;
    return error_set(err, FAULT_DATA, "no proposal for '%s': %s",
                     a->wish.grid.symbol, why);
}

static void tell(const struct asking *a)
{
    struct text out = TEXT_INIT(65536);
    if (a->context->json)
        offer_json(&a->offer, &out);
    else
        offer_screen(&a->offer, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

enum run_exit cmd_propose(const struct context *c, struct error *err)
{
    struct asking *a = xcalloc(1, sizeof(*a));
    a->context = c;
    log_init(&(struct log_sink){ .level = c->quiet ? LOG_LEVEL_ERROR
                                                   : c->config->log_level,
                                 .out = stderr });
    int rc = wish_read(c, &a->wish, err);
    if (!rc)
        rc = open_exchange(a, err);
    if (!rc)
        rc = find_slot(a, err);
    if (!rc)
        rc = fetch(a, err);
    if (!rc) {
        measure(a);
        rc = conclude(a, err);
    }
    if (!rc)
        tell(a);
    kucoin_answer_release(&a->answer);
    http_pool_free(a->pool);
    free(a);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
