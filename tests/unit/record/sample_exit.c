/* What the samples of an exit document concluded. */
#include <string.h>

#include "base/moment.h"
#include "record/samples.h"

static struct value real(double v, int32_t n)
{
    return (struct value){ v, VALUE_REAL, n };
}

static struct value filled(double v)
{
    return (struct value){ v, VALUE_FILLED, 0 };
}

static struct value none(enum value_status why)
{
    return (struct value){ NO_VALUE, why, 0 };
}

/* A row that was held to its limit, once, and does not pass it. */
static struct trigger_result held(struct value x, double limit, double distance)
{
    return (struct trigger_result){ .answer = ANSWER_NO,
                                    .value = x,
                                    .limit = limit,
                                    .distance = distance,
                                    .gate = ANSWER_NOT_APPLICABLE,
                                    .of = 1,
                                    .seen_ms = MOMENT_NONE };
}

static struct trigger_result yes(struct value x, double limit, double distance)
{
    struct trigger_result r = held(x, limit, distance);
    r.answer = ANSWER_YES;
    r.evidence = EVIDENCE_BAR;
    r.hits = 1;
    r.seen_ms = SAMPLE_SLOT;
    return r;
}

static struct trigger_result unknown(enum value_status why, double limit)
{
    struct trigger_result r = held(none(why), limit, NO_VALUE);
    r.answer = ANSWER_UNKNOWN;
    return r;
}

static struct trigger_result na(void)
{
    struct trigger_result r = unknown(VALUE_UNAVAILABLE, NO_VALUE);
    r.answer = ANSWER_NOT_APPLICABLE;
    r.of = 0;
    return r;
}

static struct trigger_result counted(struct trigger_result r, int64_t hits,
                                     int64_t of)
{
    r.hits = hits;
    r.of = of;
    return r;
}

static struct trigger_result gated(struct trigger_result r, enum answer gate)
{
    r.gate = gate;
    return r;
}

static struct trigger_result on_side(struct trigger_result r)
{
    r.side = SIDE_DOWN;
    return r;
}

static void make_triggers(struct trigger_result t[TRIGGER_COUNT])
{
    const enum answer reached = ANSWER_YES;
    t[M_TREND] = gated(counted(held(filled(.6), .75, .15), 0, 4), reached);
    t[M_BOUNDARY] = counted(held(real(40300, 0), 40000, .007472015), 0, 2);
    t[M_STOP] = on_side(held(real(40250, 0), 39000, .031548358));
    t[M_EQUITY] = held(real(.125, 0), .15, .025);
    t[M_EQUITY].uncertain = true;
    t[M_BLIND] = gated(held(real(0, 0), 2, 2), reached);
    t[L_TRANS] = gated(counted(held(real(1, 0), 2, 1), 1, 2), reached);
    t[L_HL] = gated(counted(na(), 0, 4), reached);
    t[L_HL].limit = 2;
    t[L_VER] = gated(yes(real(1.3, 0), 1.25, -.05), reached);
    t[L_Z] =
        gated(counted(on_side(held(real(-2.5, 0), -.5, -2)), 5, 12), reached);
    t[L_HAZ] = on_side(yes(real(.43, 0), .4, -.03));
    t[L_GUARD] = na();
    t[L_CRISIS] = held(real(.8, 0), 1, .2);
    t[W_TRANS] = yes(real(.43, 0), .4, -.03);
    t[W_CONF] = counted(held(real(.05, 0), .1, .05), 0, 3);
    t[W_ER] = yes(real(1.7, 0), 1.645, -.055);
    t[W_MR] = unknown(VALUE_WARMUP, 15);
    t[W_VER] = yes(real(1.3, 0), 1.1, -.2);
    t[W_EVENT] = yes(real(1, 0), 1, 0);
    t[W_SIGNAL] = na();
    t[W_HAZ] = on_side(yes(real(.43, 0), .2, -.23));
    t[W_TREND] = yes(filled(.6), .6, 0);
    t[W_TREND].evidence = EVIDENCE_LABEL;
}

static void make_gates(struct gate_result g[GATE_COUNT])
{
    const struct value missing = none(VALUE_UNAVAILABLE);
    const struct gate_result rows[GATE_COUNT] = {
        [G1_DATA] = { ANSWER_YES, real(3, 0), 3 },
        [G1_CRISIS] = { ANSWER_YES, missing, 12 },
        [G2_QUIET] = { ANSWER_NO, real(0, 0), 2 },
        [G3_VER_1H] = { ANSWER_NO, real(1.3, 0), 1.1 },
        [G3_VER_4H] = { ANSWER_UNKNOWN, none(VALUE_WARMUP), 1.1 },
        [G4_ER] = { ANSWER_NO, real(1.7, 0), 1.645 },
        [G4_ADX] = { ANSWER_YES, real(29.118, 0), 30 },
        [G5_CENTRE] = { ANSWER_NO, real(.873122393, 0), .35 },
        [G6_PI_24] = { ANSWER_NO, real(.43, 0), .06 },
        [G6_PI_72] = { ANSWER_NO, filled(.71), .3 },
        [G7_STEP] = { ANSWER_YES, real(.0039, 0), .003 },
        [G7_EARN] = { ANSWER_NO, real(-.002, 0), 0 },
        [G8_WAIT] = { ANSWER_NOT_APPLICABLE, missing, NO_VALUE },
        [G8_RANGE] = { ANSWER_NO, real(0, 0), 4 },
        [G8_HL] = { ANSWER_NOT_APPLICABLE, missing, NO_VALUE },
        [G8_INSIDE] = { ANSWER_YES, real(12, 0), 2 },
        [G8_COUNT] = { ANSWER_YES, real(0, 0), 2 },
    };
    memcpy(g, rows, sizeof(rows));
}

static void make_verdict(struct verdict *v)
{
    *v = (struct verdict){
        .state = STATE_LATEST,
        .known = STATE_LATEST,
        .previous = STATE_WARNING,
        .data_known = true,
        .since_ms = SAMPLE_SLOT,
        .episode_ms = SAMPLE_SLOT - 6 * MS_PER_SLOT,
        .together = { ANSWER_YES, 3, 1, 2 },
        .theta = { .asked = true,
                   .limits = { .4, .3 },
                   .source = THETA_TABLE,
                   .half_atr = 4.25,
                   .stop_atr = 2.5,
                   .atr = 400,
                   .delay_minutes = 240 },
        .literal = { [M_TREND] = true, [L_VER] = true, [W_TRANS] = true },
    };
    make_triggers(v->triggers);
}

static void make_evaluation(struct evaluation *e)
{
    *e = (struct evaluation){
        .grid = "btc-a",
        .symbol = "BTC-USDT",
        .slot_ms = SAMPLE_SLOT,
        .profile = PROFILE_CALIBRATED,
        .close = real(40300, 1),
        .close_ms = SAMPLE_SLOT,
        .side = SIDE_DOWN,
        .hazard = { real(0.43, 1153), real(0.41, 1153), real(0.02, 1153),
                    real(0.72, 1153), HAZARD_EWMA },
        .regime = { .pooled = REGIME_TREND,
                    .label_1h = REGIME_TREND,
                    .label_4h = REGIME_TRANSITION,
                    .q = filled(.85),
                    .reason = "" },
        .distances = { real(0.0075, 1), real(0.109, 1), filled(0.0328),
                       SIDE_DOWN, real(0.1, 1153), none(VALUE_UNAVAILABLE),
                       real(7.4442, 1) },
        .waiting = { { real(.004264, 9), real(.00902, 9) },
                     { real(.008856, 9), real(.020336, 9) },
                     { real(.017611492611360344, 9), real(.0415, 9) },
                     { real(.0265, 9), real(.0623, 9) } },
    };
    make_verdict(&e->verdict);
    make_gates(e->gates.rows);
}

static struct interval between(double v, double lo, double hi)
{
    return (struct interval){ real(v, 1), lo, hi };
}

static struct position held_position(void)
{
    return (struct position){
        .source = POSITION_MODEL,
        .inventory = between(.0125, .0125, .0145),
        .avg_cost = between(41012.5, 40876.25, 41012.5),
        .pnl = { { { -12.5, VALUE_STALE, 3 }, NO_VALUE, NO_VALUE },
                 between(31.25, 30.5, 31.25),
                 between(43.75, 43.75, 44.5) },
        .realised = between(18.75, 18.75, 20.25),
        .unrealised = between(-31.25, -33.5, -31.25),
        .fees = between(1.5, 1.5, 1.625),
    };
}

static void make_risk(struct risk *r)
{
    *r = (struct risk){
        .to_stop = true,
        .at_risk = real(61.5, 1),
        .at_risk_simple = real(15.125, 1),
        .at_risk_lo = real(61.5, 1),
        .at_risk_hi = real(63.25, 1),
        .give_back_typical = { real(2.5, 1), real(5.25, 1), filled(10.5),
                               none(VALUE_WARMUP) },
        .give_back_adverse = { real(5.5, 1), real(12.25, 1), filled(24.75),
                               none(VALUE_WARMUP) },
        .stop_atr = real(1.875, 1),
        .exit_cost = none(VALUE_UNAVAILABLE),
        .imbalance = real(.125, 1),
    };
}

static void blind_risk(struct risk *r)
{
    const struct value missing = none(VALUE_UNAVAILABLE);
    *r = (struct risk){ false,
                        missing,
                        missing,
                        missing,
                        missing,
                        { missing, missing, missing, missing },
                        { missing, missing, missing, missing },
                        missing,
                        missing,
                        missing };
}

void sample_fill_exit(struct exit_document *d)
{
    d->inputs = (struct exit_inputs){
        "0123456789abcdef0123456789abcdef01234567",
        "89abcdef0123456789abcdef0123456789abcdef",
        40310.5,
        SAMPLE_SLOT + 9250,
        MARKET_OPEN,
        { true,
          true,
          "rate decision",
          { true, true, .5, SAMPLE_SLOT - 1169500, 3600 } },
        SAMPLE_SLOT - 775000,
        SIREN_RINGS,
    };
    d->mode[M_STOP] = d->mode[W_ER] = TRIGGER_SHADOW;
    d->mode[W_SIGNAL] = TRIGGER_OFF;
    d->position = (struct recorded_position){ .is = held_position(),
                                              "no key is configured" };
    make_risk(&d->risk);
    make_evaluation(&d->evaluation);
}

static void blind_triggers(struct trigger_result t[TRIGGER_COUNT])
{
    const enum value_status missing = VALUE_UNAVAILABLE;
    const enum answer open = ANSWER_UNKNOWN;
    t[M_TREND] = gated(counted(unknown(VALUE_STALE, .75), 0, 4), open);
    t[M_BOUNDARY] = counted(unknown(missing, NO_VALUE), 0, 2);
    t[M_STOP] = on_side(yes(none(missing), 39000, NO_VALUE));
    t[M_STOP].evidence = EVIDENCE_LATCH;
    t[M_STOP].seen_ms = SAMPLE_SLOT - 9 * MS_PER_SLOT;
    t[M_EQUITY] = t[L_GUARD] = t[W_EVENT] = t[W_SIGNAL] = na();
    t[M_BLIND] = gated(counted(held(real(2.25, 0), 2, -.25), 1, 1), ANSWER_NO);
    t[L_TRANS] = gated(counted(held(real(0, 0), 4, 4), 0, 4), open);
    t[L_TRANS].answer = ANSWER_UNKNOWN;
    t[L_HL] = gated(counted(unknown(VALUE_WARMUP, 2), 0, 4), open);
    t[L_VER] = gated(unknown(VALUE_STALE, 1.25), open);
    t[L_Z] = gated(counted(unknown(missing, NO_VALUE), 0, 0), open);
    t[L_HAZ] = unknown(missing, .4);
    t[L_CRISIS] = unknown(missing, 1);
    t[W_TRANS] = unknown(VALUE_STALE, .4);
    t[W_CONF] = counted(unknown(VALUE_WARMUP, .1), 0, 3);
    t[W_ER] = unknown(missing, 1.645);
    t[W_MR] = unknown(VALUE_WARMUP, 15);
    t[W_VER] = unknown(VALUE_STALE, 1.1);
    t[W_HAZ] = unknown(missing, .25);
    t[W_TREND] = unknown(VALUE_STALE, .6);
}

static void blind_gates(struct gate_result g[GATE_COUNT])
{
    for (int i = 0; i < GATE_COUNT; i++) {
        g[i].pass = ANSWER_UNKNOWN;
        g[i].value = none(VALUE_UNAVAILABLE);
    }
    g[G1_DATA].pass = ANSWER_NO;
    g[G1_DATA].value = real(2, 0);
    g[G2_QUIET].value.status = g[G3_VER_1H].value.status = VALUE_STALE;
    g[G3_VER_4H].value.status = g[G4_ADX].value.status = VALUE_WARMUP;
    g[G8_WAIT] = (struct gate_result){ ANSWER_YES, real(4.25, 0), 4 };
    g[G8_HL] =
        (struct gate_result){ ANSWER_NO, none(VALUE_NOT_IDENTIFIED), 1.5 };
    g[G8_COUNT] = (struct gate_result){ ANSWER_YES, real(1, 0), 2 };
}

static void blind_evaluation(struct evaluation *e)
{
    const struct value missing = none(VALUE_UNAVAILABLE);
    struct verdict *v = &e->verdict;
    v->state = v->previous = STATE_UNKNOWN;
    v->known = STATE_NORMAL;
    v->data_known = false;
    v->since_ms = SAMPLE_SLOT - 8 * MS_PER_SLOT;
    v->episode_ms = MOMENT_NONE;
    v->together = (struct together){ ANSWER_UNKNOWN, 0, 5, 1 };
    memset(v->literal, 0, sizeof(v->literal));
    blind_triggers(v->triggers);
    blind_gates(e->gates.rows);
    e->price_cause = PRICE_NO_TRADES;
    e->close.status = VALUE_STALE;
    e->close_ms = SAMPLE_SLOT - 11 * MS_PER_SLOT;
    e->side = SIDE_NONE;
    e->hazard =
        (struct hazard){ missing, missing, missing, missing, HAZARD_THREE };
    e->regime = regime_none(regime_reason_text(REGIME_REASON_1H_STALE));
    e->regime.q.status = VALUE_STALE;
    e->regime.label_4h = REGIME_RANGE_OK;
    e->distances = (struct distances){ missing, missing, missing, SIDE_NONE,
                                       missing, missing, missing };
    for (int i = 0; i < WAITING_COUNT; i++)
        e->waiting[i].typical = e->waiting[i].adverse = missing;
}

void sample_blind_exit(struct exit_document *d)
{
    d->attempt = 2;
    d->backfilled = true;
    d->previous_slot_ms = MOMENT_NONE;
    d->inputs.grid_commit[0] = '\0';
    d->inputs.ticker = NO_VALUE;
    d->inputs.ticker_ms = MOMENT_NONE;
    d->inputs.market = MARKET_STATUS_UNKNOWN;
    d->inputs.outside = outside_none();
    d->inputs.acknowledged_ms = 0;
    d->inputs.siren = SIREN_NOT_ASKED;
    memset(d->mode, 0, sizeof(d->mode));
    d->mode[M_STOP] = TRIGGER_SHADOW;
    d->position = (struct recorded_position){
        .is = position_none(""), "no key is configured, and no capital stated"
    };
    blind_risk(&d->risk);
    d->decision = (struct decision){ ALERT_NOTHING, "" };
    blind_evaluation(&d->evaluation);
}
