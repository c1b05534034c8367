#include "backtest/policy.h"

#include <math.h>
#include <string.h>

#include "hindsight/oracle.h"

#define GUARD_KEEP 0.80 /* regime-science notes 4.2 */

/* --- Rules ---------------------------------------------------------------- */

static enum life_reason when(bool yes)
{
    return yes ? LIFE_TRANSITION : LIFE_NO_ALERT;
}

static enum life_reason adx(const struct policy *self,
                            const struct policy_moment *m)
{
    return when(m->sign->adx > self->limit); /* without a value: no */
}

static enum life_reason bands(const struct policy *self,
                              const struct policy_moment *m)
{
    (void)self;
    return when(m->sign->outside_bands);
}

static enum life_reason channel(const struct policy *self,
                                const struct policy_moment *m)
{
    (void)self;
    return when(m->sign->outside_channel);
}

static enum life_reason turbulence(const struct policy *self,
                                   const struct policy_moment *m)
{
    return when(m->sign->turbulent > self->limit);
}

static enum life_reason transition(const struct policy *self,
                                   const struct policy_moment *m)
{
    return when(m->sign->transition >= self->limit);
}

static enum life_reason pi(const struct policy *self,
                           const struct policy_moment *m)
{
    const struct grid *g = &m->plan->grid;

    if (isnan(m->sign->close))
        return LIFE_NO_ALERT;
    struct hazard h = hazard_of(m->sign->close, g->lower, g->upper,
                                &m->sign->volatility, m->pi_model);
    return when(value_usable(h.pi) && h.pi.v >= self->limit);
}

static enum life_reason guard(const struct policy *self,
                              const struct policy_moment *m)
{
    (void)self;
    return m->peak >= m->activation && m->e <= GUARD_KEEP * m->peak
               ? LIFE_GUARD
               : LIFE_NO_ALERT;
}

static enum life_reason pi_or_guard(const struct policy *self,
                                    const struct policy_moment *m)
{
    enum life_reason by_pi = pi(self, m);
    return by_pi != LIFE_NO_ALERT ? by_pi : guard(self, m);
}

/* --- The table ------------------------------------------------------------ */

#define RULE     POLICY_RULE
#define NO_LIMIT NO_VALUE

// clang-format off
const struct policy policies[POLICY_COUNT] = {
    { "gridwatch",   POLICY_CALIBRATED, true, NO_LIMIT, NULL, "the shipped rules" },
    { "literal",     POLICY_SEED,       true, NO_LIMIT, NULL, "the origin's rules as they are written, profile seed" },
    { "hold",        RULE, false, NO_LIMIT, NULL,        "nothing: the stop or the window ends the grid" },
    { "boundary",    RULE, true,  NO_LIMIT, NULL,        "two 1h closes outside, or the stop" },
    { "adx_25",      RULE, true,  25,       adx,         "ADX14(1h) > 25" },
    { "adx_37",      RULE, true,  37,       adx,         "ADX14(1h) > 37" },
    { "bollinger",   RULE, true,  NO_LIMIT, bands,       "two 1h closes more than two deviations from their mean of 20" },
    { "donchian",    RULE, true,  NO_LIMIT, channel,     "a 1h close outside the 24 h before it" },
    { "two_state",   RULE, true,  .9,       turbulence,  "two-state Markov chain of 1h returns, wild > .9; fitted to the first 60 days" },
    { "transition",  RULE, true,  .60,      transition,  "p(TRANSITION) + p(TREND) >= .60" },
    { "pi",          RULE, true,  .40,      pi,          "pi >= .40 alone" },
    { "pi_guard",    RULE, true,  .40,      pi_or_guard, "pi >= .40, or the profit guard (.80 of a peak of A*)" },
    { "random",      POLICY_PLACEBO, false, NO_LIMIT, NULL, "as often and as late as gridwatch, at random: its waits dealt anew within a week" },
    { "oracle",      POLICY_ORACLE,  true,  NO_LIMIT, NULL, "hindsight: the best moment before the boundary" },
};
// clang-format on

const struct policy *policy_named(const char *id)
{
    for (size_t i = 0; i < POLICY_COUNT; i++)
        if (strcmp(policies[i].id, id) == 0)
            return &policies[i];
    return NULL;
}

/* --- Cues ----------------------------------------------------------------- */

static void cue_by_rule(const struct policy *p, const struct policy_scene *s,
                        struct cue *out)
{
    struct policy_moment m = { .plan = s->plan,
                               .pi_model = s->pi_model,
                               .activation = s->activation };

    for (size_t i = 0; i < s->count && out->latest_ms == MOMENT_NONE; i++) {
        m.sign = &s->signs[i];
        m.e = s->e[i];
        m.peak = fmax(m.peak, m.e);
        out->reason = p->says(p, &m);
        if (out->reason != LIFE_NO_ALERT)
            out->latest_ms = m.sign->slot_ms;
    }
}

/* An operator who is told now leaves at `delay` from now. */
static void cue_by_oracle(const struct policy_scene *s, struct cue *out)
{
    size_t wait = (size_t)(s->delay_ms / MS_PER_SLOT), until = s->count;

    while (until > 0 && s->event_ms != MOMENT_NONE &&
           s->signs[until - 1].slot_ms >= s->event_ms)
        until--;
    size_t best = oracle_best(s->e, wait < until ? wait : until, until);
    if (best == until)
        return;
    out->latest_ms = s->signs[best - wait].slot_ms;
    out->reason = LIFE_TRANSITION;
}

struct cue policy_cue(const struct policy *p, const struct policy_scene *scene)
{
    struct cue cue = { MOMENT_NONE, MOMENT_NONE, p->at_boundary,
                       LIFE_NO_ALERT };

    if (p->kind == POLICY_ORACLE)
        cue_by_oracle(scene, &cue);
    else if (p->says)
        cue_by_rule(p, scene, &cue);
    return cue;
}
