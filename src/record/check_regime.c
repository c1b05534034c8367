/* What the tables cannot say about a regime. */
#include <math.h>

#include "record/check_internal.h"

#define TOLERANCE 1e-9

static bool is_known(const char *reason)
{
    return reason[0] == '\0';
}

/* The labels that a crisis may put in the place of another. */
static bool is_overriding(enum regime_label label)
{
    return label == REGIME_TRANSITION || label == REGIME_TREND;
}

static void check_labels(const struct metrics_document *d,
                         const struct checker *k)
{
    const struct regime *r = &d->regime;
    bool crisis = d->crisis.answer == ANSWER_YES;
    if ((r->before != REGIME_UNKNOWN) != is_known(r->reason))
        checker_say(k, "regime.reason",
                    "must be there if and only if `before` is UNKNOWN");
    if (r->pooled != r->before && !(crisis && is_overriding(r->pooled)))
        checker_say(k, "regime.pooled",
                    "is not `before`, but no crisis makes it so");
    if (crisis && regime_label_is_range(r->pooled))
        checker_say(k, "regime.pooled", "cannot be a range in a crisis");
    if (crisis && !isnan(r->confidence.v) && r->confidence.v != 0)
        checker_say(k, "regime.confidence", "must be 0 in a crisis");
}

/* Four chances are all there, and then they are 1 together, or none is. */
static void check_chances(const struct value p[CLASS_COUNT], const char *path,
                          bool due, const struct checker *k)
{
    int count = 0;
    double sum = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        count += !isnan(p[i].v);
        sum += p[i].v;
    }
    if (count != (due ? CLASS_COUNT : 0))
        checker_say(k, path, "must have %s number",
                    due ? "four times a" : "no");
    else if (due && !(fabs(sum - 1) <= TOLERANCE))
        checker_say(k, path, "must be 1 in sum");
}

static void check_why(const struct regime *r, const struct checker *k)
{
    const struct explanation *x = &r->why;
    double sum = 0;
    if (!r->explained)
        return;
    for (int i = 0; i < TERM_COUNT; i++)
        sum += x->by[i];
    if (!(fabs(sum - x->total) <= TOLERANCE * (1 + fabs(x->total))))
        checker_say(k, "regime.why.total", "must be the sum of its parts");
    if (x->winner == x->runner_up)
        checker_say(k, "regime.why.runner_up", "cannot be the winner");
    for (int i = 0; i < CLASS_COUNT; i++)
        if (r->raw[i].v > r->raw[x->winner].v)
            checker_say(k, "regime.why.winner",
                        "has not the highest raw chance");
}

void check_regime(const struct metrics_document *d, const struct checker *k)
{
    const struct regime *r = &d->regime;
    bool known = r->before != REGIME_UNKNOWN;

    check_labels(d, k);
    check_chances(r->p, "regime.p", known, k);
    check_chances(r->raw, "regime.raw", r->explained, k);
    if (isnan(r->confidence.v) == known || value_usable(r->confidence) != known)
        checker_say(k, "regime.confidence",
                    "must be real or filled, and a number, if and only if "
                    "`before` is known");
    check_why(r, k);
}

/* A crisis may stand in the place of UNKNOWN, and of nothing else. */
void check_short_regime(const struct regime *r, const struct checker *k)
{
    const char *name = regime_label_name(r->pooled);
    if (r->pooled == REGIME_UNKNOWN && is_known(r->reason))
        checker_say(k, "evaluation.regime.reason",
                    "is empty although the regime is %s", name);
    if (regime_label_is_range(r->pooled) && !is_known(r->reason))
        checker_say(k, "evaluation.regime.reason",
                    "must be empty, because the regime is known");
    if ((r->pooled == REGIME_UNKNOWN && value_usable(r->q)) ||
        (regime_label_is_range(r->pooled) && !value_usable(r->q)))
        checker_say(k, "evaluation.regime.status",
                    "is %s although the regime is %s",
                    value_status_name(r->q.status), name);
}
