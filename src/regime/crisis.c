#include "regime/crisis.h"

#include "regime/score.h"

const char *crisis_test_name(enum crisis_test test)
{
    static const char *const names[CRISIS_TESTS] = { "return", "range",
                                                     "expansion" };
    return names[test];
}

void crisis_init(struct crisis *c)
{
    *c = (struct crisis){ .answer = ANSWER_UNKNOWN };
    for (int i = 0; i < CRISIS_TESTS; i++)
        c->size[i] = value_none(VALUE_UNAVAILABLE);
}

static struct value ratio(struct value x, struct value unit)
{
    enum value_status status = status_worse(x.status, unit.status);
    if (!value_usable(x) || !value_usable(unit))
        return value_none(status);
    if (unit.v <= 0)
        return value_none(VALUE_FLAT);
    return (struct value){ fabs(x.v) / unit.v, status, unit.n_used };
}

/* The return as of one bar. */
static struct value per_bar(const struct crisis_inputs *in)
{
    struct value r = in->r;
    if (value_usable(r))
        r.v = fabs(r.v) / sqrt((double)in->span);
    return r;
}

static enum answer reaches(struct value x, double limit)
{
    if (!value_usable(x))
        return value_missing_answer(x);
    return decision_round(x.v) >= decision_round(limit) ? ANSWER_YES
                                                        : ANSWER_NO;
}

/* Yes if any says yes, else unknown if any does, else no if any does. */
static enum answer any_of(const enum answer answers[CRISIS_TESTS])
{
    static const int rank[ANSWER_COUNT] = {
        [ANSWER_NOT_APPLICABLE] = 0,
        [ANSWER_NO] = 1,
        [ANSWER_UNKNOWN] = 2,
        [ANSWER_YES] = 3,
    };
    enum answer worst = answers[0];
    for (int i = 1; i < CRISIS_TESTS; i++)
        worst = rank[answers[i]] > rank[worst] ? answers[i] : worst;
    return worst;
}

/* One test that is long in coming (VER wants weeks of bars) must not keep a
 * crisis alive: the others saw that the bar was calm. */
static bool none_asked(const enum answer answers[CRISIS_TESTS])
{
    for (int i = 0; i < CRISIS_TESTS; i++)
        if (answers[i] != ANSWER_UNKNOWN)
            return false;
    return true;
}

static bool closed_outside(const struct crisis_inputs *in)
{
    if (!value_usable(in->close))
        return false;
    return (value_usable(in->high_24h) && in->close.v > in->high_24h.v) ||
           (value_usable(in->low_24h) && in->close.v < in->low_24h.v);
}

static void end(struct crisis *c)
{
    c->trend = false;
    for (int i = 0; i < CRISIS_TESTS; i++)
        c->fired[i] = false;
}

static void begin_or_go_on(struct crisis *c, const struct crisis_limits *limits,
                           const struct crisis_inputs *in,
                           const enum answer answers[CRISIS_TESTS])
{
    c->trend = c->trend || closed_outside(in);
    for (int i = 0; i < CRISIS_TESTS; i++)
        c->fired[i] = answers[i] == ANSWER_YES;
    c->left = limits->hold_bars;
}

void crisis_push(struct crisis *c, const struct crisis_limits *limits,
                 const struct crisis_inputs *in)
{
    c->size[CRISIS_RETURN] = ratio(per_bar(in), in->sigma);
    c->size[CRISIS_RANGE] = ratio(in->range, in->atr);
    c->size[CRISIS_EXPANSION] = in->ver;
    const enum answer answers[CRISIS_TESTS] = {
        reaches(c->size[CRISIS_RETURN], limits->return_sigmas),
        reaches(c->size[CRISIS_RANGE], limits->range_atrs),
        reaches(c->size[CRISIS_EXPANSION], limits->ver),
    };
    enum answer now = any_of(answers);
    bool held = c->answer == ANSWER_YES && c->left > 0;

    c->hit = now == ANSWER_YES;
    c->answer = held ? ANSWER_YES : now;
    if (!held)
        end(c);
    if (c->hit)
        begin_or_go_on(c, limits, in, answers);
    else if (held && !none_asked(answers))
        c->left--;
    if (c->answer == ANSWER_YES)
        c->ago = 1;
    else if (c->ago)
        c->ago++;
}

enum regime_label crisis_label(const struct crisis *c, enum regime_label label)
{
    if (c->answer != ANSWER_YES)
        return label;
    return c->trend ? REGIME_TREND : REGIME_TRANSITION;
}

struct value crisis_confidence(const struct crisis *c, struct value confidence)
{
    if (c->answer == ANSWER_YES && value_usable(confidence))
        confidence.v = 0.0;
    return confidence;
}
