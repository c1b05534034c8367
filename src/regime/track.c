#include "regime/track.h"

static bool at_least(double x, double limit)
{
    return decision_round(x) >= decision_round(limit);
}

static bool at_most(double x, double limit)
{
    return decision_round(x) <= decision_round(limit);
}

static double q_of(const double p[CLASS_COUNT])
{
    return p[CLASS_TRANSITION] + p[CLASS_TREND];
}

static double range_of(const double p[CLASS_COUNT])
{
    return p[CLASS_RANGE_OK] + p[CLASS_RANGE_WEAK];
}

void regime_track_init(struct regime_track *t)
{
    *t = (struct regime_track){ .status = VALUE_UNAVAILABLE };
}

/* Which kind of range, coming from `held`. */
static enum regime_label range_kind(const struct regime_limits *limits,
                                    enum regime_label held,
                                    const double p[CLASS_COUNT])
{
    double lead = p[CLASS_RANGE_OK] - p[CLASS_RANGE_WEAK];
    if (held == REGIME_RANGE_OK)
        return at_least(-lead, limits->dead_band) ? REGIME_RANGE_WEAK : held;
    if (held == REGIME_RANGE_WEAK)
        return at_least(lead, limits->dead_band) ? REGIME_RANGE_OK : held;
    return at_most(lead, 0.0) ? REGIME_RANGE_WEAK : REGIME_RANGE_OK;
}

static enum regime_label next_label(const struct regime_track *t,
                                    const struct regime_limits *limits)
{
    double p_trend = t->ema[CLASS_TREND];
    if (at_least(p_trend, limits->trend_enter))
        return REGIME_TREND;
    if (t->held == REGIME_TREND)
        return at_least(p_trend, limits->trend_leave) ? REGIME_TREND
                                                      : REGIME_TRANSITION;
    if (t->held == REGIME_TRANSITION) {
        bool quiet = t->quiet_run >= limits->range_bars;
        return quiet ? range_kind(limits, t->held, t->ema) : t->held;
    }
    if (at_least(q_of(t->ema), limits->transition_enter))
        return REGIME_TRANSITION;
    return range_kind(limits, t->held, t->ema);
}

static void smooth(struct regime_track *t, double alpha,
                   const double p[CLASS_COUNT])
{
    for (int k = 0; k < CLASS_COUNT; k++)
        t->ema[k] = t->known ? t->ema[k] + alpha * (p[k] - t->ema[k]) : p[k];
    t->known++;
}

static void remember_range(struct regime_track *t)
{
    for (int i = FALL_BARS; i > 0; i--)
        t->p_range[i] = t->p_range[i - 1];
    t->p_range[0] = range_of(t->ema);
    t->successive++;
}

static void show_label(struct regime_track *t, enum regime_label label)
{
    t->run = label == t->label ? t->run + 1 : 1;
    t->range_run = regime_label_is_range(label) ? t->range_run + 1 : 0;
    t->label = label;
}

void regime_track_break(struct regime_track *t)
{
    t->run = t->range_run = t->quiet_run = t->successive = 0;
}

void regime_track_push(struct regime_track *t, const struct regime_model *model,
                       const struct regime_odds *odds)
{
    t->status = odds->status;
    if (!regime_odds_usable(odds)) {
        t->range_run = t->quiet_run = t->successive = 0;
        show_label(t, REGIME_UNKNOWN);
        return;
    }
    smooth(t, model->ema_alpha, odds->p);
    remember_range(t);
    bool quiet = at_most(q_of(t->ema), model->limits.range_enter);
    t->quiet_run = quiet ? t->quiet_run + 1 : 0;
    t->held = next_label(t, &model->limits);
    show_label(t, t->held);
}

/* A number of the newest close, with the status of its probabilities. */
static struct value of_newest(const struct regime_track *t, double v)
{
    if (t->status != VALUE_REAL && t->status != VALUE_FILLED)
        return value_none(t->status);
    return (struct value){ v, t->status, t->successive };
}

struct value regime_track_p(const struct regime_track *t,
                            enum regime_class class)
{
    return of_newest(t, t->ema[class]);
}

struct value regime_track_q(const struct regime_track *t)
{
    return of_newest(t, q_of(t->ema));
}

struct value regime_track_p_range(const struct regime_track *t)
{
    return of_newest(t, range_of(t->ema));
}

struct regime_fall regime_track_fall(const struct regime_track *t)
{
    if (t->status != VALUE_REAL && t->status != VALUE_FILLED)
        return (struct regime_fall){ ANSWER_UNKNOWN, value_none(t->status) };
    if (t->successive <= FALL_BARS)
        return (struct regime_fall){ ANSWER_UNKNOWN, value_none(VALUE_WARMUP) };
    bool falling = true;
    for (int i = 0; i < FALL_BARS; i++)
        falling = falling && decision_round(t->p_range[i]) <
                                 decision_round(t->p_range[i + 1]);
    double drop = t->p_range[FALL_BARS] - t->p_range[0];
    return (struct regime_fall){
        falling ? ANSWER_YES : ANSWER_NO,
        { drop, t->status, FALL_BARS + 1 },
    };
}
