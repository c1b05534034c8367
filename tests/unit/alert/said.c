#include "alert/said.h"

#include <stdio.h>
#include <string.h>

#include "alert/body.h"
#include "alert/decided.h"
#include "base/moment.h"

static struct trigger_result quiet(double limit)
{
    return (struct trigger_result){ .answer = ANSWER_NO,
                                    .value = value_none(VALUE_UNAVAILABLE),
                                    .gate = ANSWER_NOT_APPLICABLE,
                                    .limit = limit,
                                    .distance = NO_VALUE,
                                    .seen_ms = MOMENT_NONE };
}

void said_begin(struct said *s, enum exit_state state, int64_t slot_ms)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    *s = (struct said){
        .grid = { .id = "btc-a",
                  .symbol = "BTC-USDT",
                  .lower = 39913,
                  .upper = 53638,
                  .stop = { 38476, NO_VALUE },
                  .capital = 5000,
                  .quote = "USDT" },
        .e = { .grid = "btc-a",
               .symbol = "BTC-USDT",
               .slot_ms = slot_ms,
               .close = none,
               .close_ms = MOMENT_NONE,
               .side = SIDE_DOWN,
               .hazard = { none, none, none, none, HAZARD_EWMA },
               .distances = { none, none, none, SIDE_NONE, none, none, none },
               .verdict = { .state = state,
                            .known = STATE_NORMAL,
                            .data_known = true,
                            .together = { .answer = ANSWER_NO },
                            .episode_ms = MOMENT_NONE } },
        .config = decided_config,
    };
    s->acknowledged_ms = MOMENT_NONE;
    s->position = position_none("no source is built yet");
    said_profile(s, PROFILE_CALIBRATED);
}

void said_profile(struct said *s, enum profile profile)
{
    s->e.profile = profile;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        s->e.verdict.triggers[i] = quiet(NO_VALUE);
        if (!triggers[i].rule[profile].ask)
            s->e.verdict.triggers[i].answer = ANSWER_NOT_APPLICABLE;
    }
    s->e.verdict.triggers[M_BOUNDARY] = quiet(39913);
    s->e.verdict.triggers[M_BOUNDARY].of = 2;
    s->e.verdict.triggers[M_STOP] = quiet(38476);
    if (profile == PROFILE_SEED)
        return;
    s->e.verdict.triggers[L_HAZ] = quiet(.4);
    s->e.verdict.triggers[W_HAZ] = quiet(.25);
}

void said_price(struct said *s, double close)
{
    struct distances *d = &s->e.distances;
    const struct grid *g = &s->grid;
    s->e.close = value_real(close, 1);
    s->e.close_ms = s->e.slot_ms;
    d->to_lower = value_real(log(close / g->lower), 1);
    d->to_upper = value_real(log(g->upper / close), 1);
    if (!isnan(g->stop.below)) {
        d->stop_side = SIDE_DOWN;
        d->to_stop = value_real(log(close / g->stop.below), 1);
    }
    if (close > g->stop.below)
        d->stop_loss_most =
            value_real(g->capital * (1 - g->stop.below / close), 1);
    if (isnan(g->stop.below) && close > g->lower)
        d->bound_loss_most = value_real(g->capital * (1 - g->lower / close), 1);
}

void said_pi(struct said *s, double down, double up, double touch_12h)
{
    s->e.hazard = (struct hazard){ value_real(down + up, 500),
                                   value_real(down, 500), value_real(up, 500),
                                   value_none(VALUE_UNAVAILABLE), HAZARD_EWMA };
    s->e.distances.stop_touch_12h = value_real(touch_12h, 500);
}

void said_blind(struct said *s, enum price_cause cause, int64_t close_ms)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    s->e.price_cause = cause;
    s->e.verdict.data_known = false;
    s->e.close.status = VALUE_STALE;
    s->e.close_ms = close_ms;
    s->e.blind_ms = close_ms + MS_PER_SLOT;
    s->e.side = SIDE_NONE;
    s->e.distances =
        (struct distances){ none, none, none, SIDE_NONE, none, none, none };
    s->e.hazard = (struct hazard){ none, none, none, none, HAZARD_EWMA };
}

void said_waiting(struct said *s, double typical_12h, double adverse_12h)
{
    s->e.waiting[2] = (struct waiting){ value_real(typical_12h, 500),
                                        value_real(adverse_12h, 500) };
}

struct trigger_result *said_yes(struct said *s, enum trigger_id id,
                                double value, double limit)
{
    bool hourly = triggers[id].timeframe[1] == 'h';
    struct trigger_result *r = &s->e.verdict.triggers[id];
    r->answer = ANSWER_YES;
    r->value = value_real(value, 1);
    r->limit = limit;
    r->evidence = EVIDENCE_BAR;
    r->gate = ANSWER_NOT_APPLICABLE;
    r->hits = r->of = 1;
    r->seen_ms = moment_floor(s->e.slot_ms, hourly ? MS_PER_HOUR : MS_PER_SLOT);
    return r;
}

void said_together(struct said *s, int64_t yes, int64_t held)
{
    s->e.verdict.together = (struct together){ ANSWER_YES, yes, 0, held };
}

void said_haz(struct said *s, enum trigger_id id, double pi, double limit)
{
    said_yes(s, id, pi, limit);
}

void said_boundary(struct said *s, enum range_side side, double limit,
                   double close, int64_t seen_ms)
{
    struct trigger_result *r = said_yes(s, M_BOUNDARY, close, limit);
    r->side = s->e.side = side;
    r->hits = 2;
    r->seen_ms = seen_ms;
}

void said_stop(struct said *s, enum trigger_evidence evidence, double price,
               int64_t seen_ms)
{
    struct trigger_result *r = said_yes(s, M_STOP, price, 38476);
    r->side = SIDE_DOWN;
    r->evidence = evidence;
    r->seen_ms = seen_ms;
}

const struct intent *said(struct said *s, enum alert_reason reason)
{
    bool up = s->e.side == SIDE_UP, down = s->e.side == SIDE_DOWN;
    s->e.riskless = (up && !grid_risks_up(&s->grid)) ||
                    (down && !grid_risks_down(&s->grid));
    struct alert_now now = decided_now(&s->e, HUSH_NOTHING);
    now.grid = &s->grid;
    now.position = &s->position;
    now.config = &s->config;
    now.risk = s->has_risk ? &s->risk : NULL;
    now.acknowledged_ms = s->acknowledged_ms;
    now.zone = s->zone;
    now.subdued = s->subdued;
    intent_make(&now, reason, &s->intent);
    return &s->intent;
}

const char *said_line(struct said *s, enum alert_reason reason,
                      const char *begin)
{
    s->line[0] = '\0';
    const char *p = said(s, reason)->body;
    while (*p && strncmp(p, begin, strlen(begin)) != 0)
        p += strcspn(p, "\n") + 1;
    snprintf(s->line, sizeof(s->line), "%.*s", (int)strcspn(p, "\n"), p);
    return s->line;
}
