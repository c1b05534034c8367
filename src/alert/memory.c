/* What the phone was told: how it is read and what a message leaves behind. */
#include <math.h>
#include <string.h>

#include "alert/body.h"
#include "alert/row.h"
#include "base/moment.h"

struct alert_memory alert_memory_new(void)
{
    struct alert_memory m = {
        .said = STATE_NORMAL,
        .last_ms = MOMENT_NONE,
        .answered_ms = MOMENT_NONE,
        .asked_ms = MOMENT_NONE,
        .turned_ms = MOMENT_NONE,
        .told = { .pi = NO_VALUE, .stop_atr = NO_VALUE, .at_risk = NO_VALUE },
        .siren = { .sent_ms = MOMENT_NONE, .acknowledged_ms = MOMENT_NONE },
    };
    for (int i = 0; i < STATE_COUNT; i++)
        m.said_ms[i] = MOMENT_NONE;
    return m;
}

bool alert_is_idle(const struct alert_now *now)
{
    return now->e->verdict.state >= STATE_LATEST && now->e->riskless &&
           !evaluation_presses(now->e, now->was_idle);
}

int64_t alert_time_ms(const struct alert_now *now)
{
    return now->e->look_ms ? now->e->look_ms : now->e->slot_ms;
}

bool alert_turned_lately(const struct alert_memory *m,
                         const struct alert_now *now)
{
    return m->turned_ms != MOMENT_NONE &&
           now->e->slot_ms - m->turned_ms < now->config->change_gap_ms;
}

int64_t alert_told_ms(const struct alert_memory *m, enum exit_state level)
{
    int64_t newest = MOMENT_NONE;
    for (int i = (int)level; i < STATE_COUNT; i++)
        newest = m->said_ms[i] > newest ? m->said_ms[i] : newest;
    return newest;
}

bool alert_is_acknowledged(const struct alert_memory *m,
                           const struct alert_now *now)
{
    return now->acknowledged_ms != MOMENT_NONE &&
           now->acknowledged_ms > m->answered_ms;
}

/* That of a missing price is answered by what was said since it rang, whatever
 * was acknowledged of the state before. */
bool alert_siren_is_answered(const struct alert_memory *m,
                             const struct alert_now *now)
{
    return alert_siren_is_of_sight(m, now)
               ? now->acknowledged_ms != MOMENT_NONE &&
                     now->acknowledged_ms >= m->siren.sent_ms
               : alert_is_acknowledged(m, now);
}

bool alert_siren_expired(const struct alert_memory *m,
                         const struct alert_now *now)
{
    int64_t lasts_ms = now->config->siren_expire_s * INT64_C(1000);
    if (!m->siren.intent[0] || alert_siren_is_answered(m, now))
        return false;
    if (now->siren == SIREN_NOT_ASKED)
        return alert_time_ms(now) - m->siren.sent_ms >= lasts_ms;
    return m->siren.expired || now->siren == SIREN_EXPIRED;
}

bool alert_siren_rings(const struct alert_memory *m)
{
    return m->siren.intent[0] && m->siren.acknowledged_ms == MOMENT_NONE &&
           !m->siren.expired;
}

static bool is_cause(const struct alert_now *now, int id)
{
    return now->e->verdict.triggers[id].answer == ANSWER_YES &&
           !triggers[id].together &&
           (!now->mode || now->mode[id] == TRIGGER_ACTIVE);
}

static double number_of(struct value x)
{
    return value_usable(x) ? x.v : NO_VALUE;
}

struct alert_figures alert_figures_of(const struct alert_now *now)
{
    const struct evaluation *e = now->e;
    struct alert_figures f = {
        .side = e->side,
        .pi = number_of(e->side == SIDE_UP ? e->hazard.pi_up : e->hazard.pi_dn),
        .stop_atr = now->risk ? number_of(now->risk->stop_atr) : NO_VALUE,
        .at_risk = now->risk ? number_of(now->risk->at_risk) : NO_VALUE,
    };
    for (int i = 0; i < TRIGGER_COUNT; i++)
        f.cause[i] = is_cause(now, i);
    return f;
}

/* Within an episode what cannot be known now stands as it was told, so that it
 * is no news when it is known again. pi goes with its side. */
static void keep_known(struct alert_figures *told,
                       const struct alert_figures *was)
{
    if (isnan(told->pi) &&
        (told->side == SIDE_NONE || told->side == was->side)) {
        told->side = was->side;
        told->pi = was->pi;
    }
    if (isnan(told->stop_atr))
        told->stop_atr = was->stop_atr;
    if (isnan(told->at_risk))
        told->at_risk = was->at_risk;
}

static void keep_level(struct alert_memory *m, const struct alert_now *now,
                       bool adds_up)
{
    enum exit_state state = now->e->verdict.state;
    struct alert_figures told = alert_figures_of(now);
    bool idle = alert_is_idle(now);

    if (m->open && m->idle != idle && state >= STATE_LATEST)
        m->turned_ms = now->e->slot_ms;
    for (int i = 0; i < TRIGGER_COUNT && adds_up; i++)
        told.cause[i] |= m->told.cause[i];
    if (m->open)
        keep_known(&told, &m->told);
    m->told = told;
    /* That nothing is at risk must not delay the word that something is. */
    m->said_ms[idle ? STATE_WARNING : state] = now->e->slot_ms;
    m->said = state;
    m->open = state > STATE_NORMAL;
    if (!m->open)
        m->turned_ms = MOMENT_NONE;
    m->idle = idle;
}

static void keep_siren(struct alert_memory *m, enum alert_reason reason,
                       const struct alert_now *now)
{
    m->siren = (struct alert_siren){ .sent_ms = MOMENT_NONE,
                                     .acknowledged_ms = MOMENT_NONE };
    if (alert_priority(reason, now) < 2)
        return;
    intent_id(now->e, reason, m->siren.intent);
    intent_tag(now->e, m->siren.tag);
    m->siren.sent_ms = alert_time_ms(now);
}

void alert_spend_answer(struct alert_memory *m, int64_t at_ms)
{
    if (at_ms > m->answered_ms)
        m->answered_ms = at_ms;
}

/* What was acknowledged before the message is none of it, however late it
 * becomes known. A turn of the side is not another level: it rings once. */
static void keep_rise(struct alert_memory *m, const struct alert_now *now)
{
    alert_spend_answer(m, now->acknowledged_ms);
    alert_spend_answer(m, alert_time_ms(now) - 1);
    if (now->e->verdict.state > m->said)
        m->escalated = false;
    m->asked = 0;
    m->asked_ms = MOMENT_NONE;
}

/* Does the message say that something cannot be seen? A MANDATORY that is held
 * has its state. */
static bool tells_blindness(const struct alert_row *row,
                            const struct alert_now *now)
{
    return now->e->verdict.state == STATE_UNKNOWN || row->reason == ALERT_STALE;
}

static void keep_question(struct alert_memory *m, const struct alert_now *now)
{
    m->asked = m->asked_ms > now->acknowledged_ms ? m->asked + 1 : 1;
    m->asked_ms = now->e->slot_ms;
}

static bool is_of_level(const struct alert_row *row,
                        const struct alert_now *now)
{
    return row->keeps >= KEEPS_RISE && row->keeps <= KEEPS_REPEAT &&
           now->e->verdict.state != STATE_UNKNOWN;
}

void alert_remember(struct alert_memory *m, const struct alert_row *row,
                    const struct alert_now *now)
{
    bool anew = row->keeps == KEEPS_RISE || row->keeps == KEEPS_FALL;

    if (row->keeps == KEEPS_RANGE) {
        m->range_back = true;
        return;
    }
    m->left = now->left; /* whatever is told of one that is back says so */
    if (row->keeps == KEEPS_PARTING) {
        m->escalated &= now->left; /* a LATEST that still stands rings again */
        return;
    }
    m->blind = tells_blindness(row, now);
    m->last_ms = now->e->slot_ms;
    m->repeats = row->keeps == KEEPS_REPEAT ? m->repeats + 1 : 0;
    if (row->keeps == KEEPS_RISE || row->keeps == KEEPS_GRAVER)
        keep_rise(m, now);
    if (row->keeps == KEEPS_FALL || row->keeps == KEEPS_SIREN)
        m->escalated = true;
    if (row->keeps == KEEPS_QUESTION)
        keep_question(m, now);
    m->blind_softly = m->blind && alert_is_softened(row->reason, now);
    if (is_of_level(row, now)) {
        m->softly = alert_is_softened(row->reason, now);
        keep_level(m, now, !anew);
        keep_siren(m, row->reason, now);
    } else if (m->blind) {
        m->said_ms[STATE_UNKNOWN] = now->e->slot_ms;
    }
    if (row->keeps == KEEPS_DARK)
        keep_siren(m, row->reason, now);
}
