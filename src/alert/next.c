#include "alert/next.h"

#include <inttypes.h>

#include "alert/row.h"
#include "alert/spoken.h"

/* Has the row reached its limit as often as it must, and only pi is missing? */
static bool waits_for_pi(const struct trigger_result *t)
{
    bool there = t->of > 1 ? t->hits >= t->of : t->distance <= 0;
    return t->answer == ANSWER_NO && t->gate == ANSWER_NO && there;
}

/* The rows of LATEST that would fire with pi at the gate. */
static void put_waiting_rows(struct draft *d, const struct trigger_result *all)
{
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (triggers[i].raises != STATE_LATEST || !waits_for_pi(&all[i]))
            continue;
        draft_put(d, "%s%s", count++ ? ", " : "; sooner by ", triggers[i].id);
    }
}

/* The literal rules have no pi: any of these will do. */
static void put_rows(struct draft *d, const struct trigger_result *all)
{
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (triggers[i].raises != STATE_LATEST ||
            all[i].answer == ANSWER_NOT_APPLICABLE)
            continue;
        draft_put(d, "%s%s",
                  count++ ? ", " : "Next: LATEST_ACCEPTABLE_EXIT by one of ",
                  triggers[i].id);
    }
    if (count)
        draft_put(d, ".\n");
}

static void put_latest_next(struct draft *d, const struct trigger_result *all)
{
    if (isnan(all[L_HAZ].limit)) {
        put_rows(d, all);
        return;
    }
    draft_put(d, "Next: LATEST_ACCEPTABLE_EXIT when pi reaches ");
    draft_number(d, all[L_HAZ].limit);
    put_waiting_rows(d, all);
    draft_put(d, ".\n");
}

static void put_trend(struct draft *d, const struct evaluation *e)
{
    const struct trigger_result *t = &e->verdict.triggers[M_TREND];
    if (e->profile == PROFILE_SEED) {
        draft_put(d, "regime TREND");
        return;
    }
    draft_put(d, "a trend (p ");
    draft_against(d, t->value.v, t->limit, 2);
    if (t->distance > 0) {
        draft_put(d, ", needs ");
        draft_number(d, t->limit);
    } else if (t->hits < t->of) {
        draft_put(d, " for %" PRId64 " of %" PRId64 " bars", t->hits, t->of);
    } else {
        draft_put(d, ", but pi is low");
    }
    draft_put(d, ")");
}

static void put_mandatory_next(struct draft *d, const struct evaluation *e)
{
    const struct trigger_result *t = e->verdict.triggers;
    const char *between = "Next: MANDATORY_EXIT after ";
    if (t[M_BOUNDARY].of > 0) {
        draft_put(d,
                  "%s%" PRId64 " hourly closes in a row outside (%" PRId64
                  " so far)",
                  between, t[M_BOUNDARY].of, t[M_BOUNDARY].hits);
        between = " or ";
    }
    if (t[M_STOP].answer != ANSWER_NOT_APPLICABLE) {
        draft_put(d, "%sa touch of the stop", between);
        between = " or ";
    }
    if (value_usable(t[M_TREND].value)) {
        draft_put(d, "%s", between);
        put_trend(d, e);
        between = " or ";
    }
    if (value_usable(t[M_EQUITY].value)) {
        const struct spoken s = spoken_of(e, M_EQUITY);
        draft_put(d, "%sa loss of ", between);
        spoken_put_limit(d, &s, &t[M_EQUITY]);
        between = " or ";
    }
    if (*between == ' ')
        draft_put(d, ".\n");
}

/* LATEST that was just told will ring if nothing comes of it. */
static void put_escalation(struct draft *d, const struct alert_now *now,
                           const struct intent *intent)
{
    bool told = intent->reason == ALERT_FIRST || intent->reason == ALERT_WORSE;
    if (!told || alert_is_idle(now))
        return;
    draft_put(d, "Siren at ");
    draft_clock(d, now->e->slot_ms + now->config->escalate_ms);
    draft_put(d, " unless over or acknowledged.\n");
}

void next_put_siren(struct draft *d, const struct intent *intent)
{
    draft_put(d,
              "Next: the siren repeats every %" PRId64
              " s until you acknowledge it, for %" PRId64 " min at most.\n",
              intent->retry_s, intent->expire_s / 60);
}

void next_put(struct draft *d, const struct alert_now *now,
              const struct intent *intent)
{
    const struct evaluation *e = now->e;
    const struct trigger_result *t = e->verdict.triggers;
    if (e->boundary_pending && t[M_BOUNDARY].answer != ANSWER_YES)
        draft_put(d,
                  "Pending: the last two 15m closes are outside the range.\n");
    if (e->verdict.state == STATE_UNKNOWN)
        draft_put(d, "Next: a message when the state is known again.\n");
    else if (e->verdict.state == STATE_WARNING)
        put_latest_next(d, t);
    if (e->verdict.state == STATE_LATEST) {
        put_mandatory_next(d, e);
        put_escalation(d, now, intent);
    }
    bool rings = e->verdict.state == STATE_MANDATORY ||
                 intent->reason == ALERT_STALE_SIREN;
    if (intent->priority == 2 && rings)
        next_put_siren(d, intent);
}
