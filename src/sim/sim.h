/* sim/ - the outside world on loopback: the exchange and the receivers.
 *
 * One process plays KuCoin's spot market, the operator's account there (see
 * sim/account.h), Pushover, a check of healthchecks, ntfy,
 * a bot of Telegram and a webhook on 127.0.0.1.
 * Start reading at sim.h: sim_answer() takes a request and makes the reply; the
 * table of routes in sim.c says which file answers which path. market.h holds
 * all bars, candles.h shows only those up to the clock, server.c is the only
 * one that knows sockets. It shares no code with position, exit and metrics:
 * it is their witness.
 *
 * Not built yet: futures, other receivers, other timeframes than 15min, 1hour
 * and 4hour, late corrections of bars, multipart bodies. May include: base,
 * sys, market.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "sim/account.h"
#include "sim/clock.h"
#include "sim/faults.h"
#include "sim/market.h"
#include "sim/message.h"
#include "sim/ntfy.h"
#include "sim/pushover.h"
#include "sim/quota.h"
#include "sim/received.h"
#include "sim/receivers.h"

#define SIM_ROUTES_MAX 48

struct sim {
    struct sim_clock clock;
    struct sim_market market;
    struct sim_quota quota; /* the Public pool */
    struct sim_account account;
    struct sim_pushover pushover;
    struct sim_ntfy ntfy;
    struct sim_telegram telegram;
    struct sim_faults faults;
    struct sim_received received;
    int64_t counts[SIM_ROUTES_MAX]; /* requests by route, see sim_stats */
    int64_t unknown;                /* requests without a route */
};

/* What a handler gets besides the world. */
struct sim_call {
    const struct sim_request *request;
    const char *part;          /* what stood for '*' in the route */
    struct sim_fields *fields; /* Pushover: query and body together; other
                                  receivers: what is kept of it */
    struct sim_key *key;       /* of a signed request, else NULL */
    int64_t now_ms;            /* simulated clock */
    struct sim_reply *reply;
};

void sim_release(struct sim *s);

/* Answers one request. -1 only when what was received could not be stored. */
int sim_answer(struct sim *s, const struct sim_request *request,
               struct sim_reply *reply, struct error *err);

/* {"paths": {PATTERN: COUNT, ...}, "unknown": COUNT, "faults": {PATH: HITS}} */
void sim_stats(struct sim *s, struct sim_call *call);

#endif
