#include "alert/spoken.h"

#include <string.h>

#include "base/array.h"

// clang-format off
static const struct {
    const char *metric;
    struct spoken spoken;
} table[] = {
    { "pi",               { "pi",                  "≥", "", 3, SPOKEN_NUMBER } },
    { "p_trend",          { "p of TREND",          "≥", "", 3, SPOKEN_NUMBER } },
    { "p_transition",     { "p of TRANSITION",     "≥", "", 3, SPOKEN_NUMBER } },
    { "p_transition_raw", { "raw p of TRANSITION", "≥", "", 3, SPOKEN_NUMBER } },
    { "p_range_drop",     { "p of a range fell by", "≥", " on 3 closes", 3, SPOKEN_NUMBER } },
    { "drawdown",         { "fall from the peak",  "≥", " of the capital", 0, SPOKEN_SHARE } },
    { "unknown_price",    { "price unknown for",   "≥", " h", 0, SPOKEN_NUMBER } },
    { "half_life_ratio",  { "half-life",           "≥", " times the baseline", 2, SPOKEN_HALF_LIFE } },
    { "half_life_100",    { "half-life",           ">", " bars, 3 closes ago", 1, SPOKEN_HALF_LIFE } },
    { "ver",              { "VER",                 ">", "", 2, SPOKEN_NUMBER } },
    { "ver_raw",          { "raw VER",             ">", "", 2, SPOKEN_NUMBER } },
    { "kept",             { "kept",                "≤", " of the peak", 0, SPOKEN_SHARE } },
    { "crisis",           { "a bar",               "≥", " times its limit", 2, SPOKEN_NUMBER } },
    { "z_er24",           { "z",                   ">", "", 2, SPOKEN_NUMBER } },
    { "er24",             { "ER24",                ">", "", 2, SPOKEN_NUMBER } },
    { "z_anchored",       { "z",                   "≥", "", 2, SPOKEN_NUMBER } },
    { "signal",           { "the signal",          "≥", "", 2, SPOKEN_NUMBER } },
};
// clang-format on

static struct spoken plain(const char *metric)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        if (strcmp(table[i].metric, metric) == 0)
            return table[i].spoken;
    }
    return (struct spoken){ metric, "≥", "", 2, SPOKEN_NUMBER };
}

static bool is_same(struct value a, struct value b)
{
    return value_usable(a) && value_usable(b) &&
           decision_round(a.v) == decision_round(b.v);
}

/* Three chances answer for W_TRANS: it says which one this is. */
static const char *transition_name(const struct evaluation *e)
{
    struct value x = e->verdict.triggers[W_TRANS].value;
    if (is_same(x, e->hazard.pi))
        return "pi";
    if (is_same(x, e->regime.q))
        return "p of TRANSITION or TREND";
    return "p of TRANSITION";
}

/* Without a baseline W_MR asks how much M lost: that is a threshold, the other
 * form counts closes. */
static bool is_m_fall(const struct trigger_result *r)
{
    return r->evidence == EVIDENCE_BAR || (r->hits == 0 && r->limit > 5);
}

struct spoken spoken_of(const struct evaluation *e, enum trigger_id id)
{
    const struct trigger_rule *rule = &triggers[id].rule[e->profile];
    if (!rule->metric)
        return (struct spoken){ "", "", "", 0, SPOKEN_NUMBER };
    struct spoken s = plain(rule->metric);
    if (e->profile == PROFILE_CALIBRATED && id == W_TRANS)
        s.name = transition_name(e);
    if (e->profile == PROFILE_CALIBRATED && id == W_MR &&
        is_m_fall(&e->verdict.triggers[W_MR]))
        return (struct spoken){ "M fell by", "≥", " points in 6 h", 1,
                                SPOKEN_NUMBER };
    return s;
}

static double scale(const struct spoken *s, double x)
{
    return s->kind == SPOKEN_SHARE ? decision_round(100.0 * x) : x;
}

/* A share may be computed, of what a whole range costs: two decimals say it. */
static double told_limit(const struct spoken *s, double limit)
{
    double x = scale(s, limit);
    return s->kind == SPOKEN_SHARE ? decision_round(round(100.0 * x) / 100.0)
                                   : x;
}

static int side_of(double x, double limit)
{
    return (x > limit) - (x < limit);
}

/* Beside a limit that is told shorter than it is: a value between the two is
 * told as that limit, or it stood on the wrong side of it. */
static double told_value(const struct spoken *s, const struct trigger_result *r)
{
    double x = scale(s, r->value.v), limit = told_limit(s, r->limit);
    return side_of(x, limit) == side_of(x, scale(s, r->limit)) ? x : limit;
}

void spoken_put_value(struct draft *d, const struct spoken *s,
                      const struct trigger_result *r)
{
    draft_put(d, "%s ", s->name);
    if (value_usable(r->value))
        draft_against(d, told_value(s, r), told_limit(s, r->limit),
                      s->decimals);
    else if (s->kind == SPOKEN_HALF_LIFE &&
             r->value.status == VALUE_NOT_IDENTIFIED)
        draft_put(d, "infinite");
    else
        draft_put(d, "%s", value_status_name(r->value.status));
    if (s->kind == SPOKEN_SHARE && value_usable(r->value))
        draft_put(d, " %%");
}

void spoken_put_limit(struct draft *d, const struct spoken *s,
                      const struct trigger_result *r)
{
    double limit = told_limit(s, r->limit);
    /* An earlier value is a limit, too: nobody typed its seventeen digits. */
    if (s->kind == SPOKEN_HALF_LIFE && limit != decision_round(limit))
        draft_put(d, "%.*f", s->decimals, limit);
    else
        draft_number(d, limit);
    draft_put(d, s->kind == SPOKEN_SHARE ? " %%%s" : "%s", s->unit);
}

void spoken_put(struct draft *d, const struct spoken *s,
                const struct trigger_result *r)
{
    spoken_put_value(d, s, r);
    if (r->evidence == EVIDENCE_LABEL && s->kind != SPOKEN_HALF_LIFE)
        return;
    if (isnan(r->limit) || r->limit == 0) {
        draft_put(d, "%s", s->unit);
        return;
    }
    draft_put(d, " %s ", s->op);
    spoken_put_limit(d, s, r);
}
