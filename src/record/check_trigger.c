/* What the table cannot say about the rows of an exit document. */
#include <math.h>
#include <stdio.h>

#include "record/check_internal.h"

#define TOLERANCE 1e-9 /* what a distance of zero may be off */

static void check_yes(const struct trigger_result *t, const char *path,
                      const struct checker *k)
{
    bool passed = t->evidence == EVIDENCE_BAR || t->evidence == EVIDENCE_TICKER;
    if (t->evidence == EVIDENCE_NONE)
        checker_say(k, path, "is yes without evidence");
    if (passed && !(t->distance <= TOLERANCE))
        checker_say(k, path, "is yes, but the distance says it is not passed");
    if (isnan(t->limit) || !is_there(t->seen_ms))
        checker_say(k, path, "is yes without a limit and an age");
    if (t->gate != ANSWER_YES && t->gate != ANSWER_NOT_APPLICABLE)
        checker_say(k, path, "is yes, but the gate says %s",
                    answer_name(t->gate));
}

void check_trigger(const struct exit_document *d, int i,
                   const struct checker *k)
{
    const struct trigger_result *t = &d->evaluation.verdict.triggers[i];
    bool yes = t->answer == ANSWER_YES;
    char path[64];
    snprintf(path, sizeof(path), "evaluation.triggers[%d].answer", i);
    if (d->mode[i] == TRIGGER_OFF && t->answer != ANSWER_NOT_APPLICABLE)
        checker_say(k, path, "must be na while the trigger is off");
    if (yes)
        check_yes(t, path, k);
    else if (t->evidence != EVIDENCE_NONE || is_there(t->seen_ms))
        checker_say(k, path, "is %s, but there is evidence or an age",
                    answer_name(t->answer));
    if (t->hits > t->of)
        checker_say(k, path, "has more hits than are counted");
    snprintf(path, sizeof(path), "evaluation.triggers[%d].age", i);
    if (t->evidence == EVIDENCE_LATCH) /* a slot that is filled in later */
        check_by_look(k, path, t->seen_ms, d->evaluation.slot_ms);
    else if (t->evidence != EVIDENCE_TICKER)
        check_no_later(k, path, t->seen_ms, d->evaluation.slot_ms);
}

void check_together(const struct exit_document *d, const struct checker *k)
{
    const struct verdict *v = &d->evaluation.verdict;
    const struct together *t = &v->together;
    int64_t yes = 0, unknown = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        bool counts = triggers[i].together && d->mode[i] == TRIGGER_ACTIVE;
        yes += counts && v->triggers[i].answer == ANSWER_YES;
        unknown += counts && v->triggers[i].answer == ANSWER_UNKNOWN;
    }
    if (t->yes != yes)
        checker_say(k, "evaluation.together.warnings",
                    "must be %d: so many active rows that count together say "
                    "yes",
                    (int)yes);
    if (t->unknown != unknown)
        checker_say(k, "evaluation.together.unknown",
                    "must be %d: so many active rows that count together say "
                    "unknown",
                    (int)unknown);
    if (t->answer == ANSWER_YES && !(yes > 0 && t->held > 0))
        checker_say(k, "evaluation.together.answer",
                    "is yes, but no warning was held");
    if (t->answer == ANSWER_UNKNOWN && !unknown)
        checker_say(k, "evaluation.together.answer",
                    "is unknown, but no warning is");
}

static enum answer passes(const struct gate *g, double value, double limit)
{
    double v = decision_round(value), l = decision_round(limit);
    bool beyond = g->at_least ? v > l : v < l;
    return beyond || (v == l && !g->strict) ? ANSWER_YES : ANSWER_NO;
}

void check_gate(const struct gates *g, int i, const struct checker *k)
{
    const struct gate_result *r = &g->rows[i];
    char path[64];
    snprintf(path, sizeof(path), "evaluation.gates[%d].pass", i);
    if (isnan(r->limit) != (r->pass == ANSWER_NOT_APPLICABLE))
        checker_say(k, path, "is na if and only if there is no limit");
    else if (value_usable(r->value) &&
             r->pass != passes(&gate_table[i], r->value.v, r->limit))
        checker_say(k, path, "is %s, but %s passes %s its limit",
                    answer_name(r->pass), gate_table[i].id,
                    gate_sense((enum gate_id)i));
}
