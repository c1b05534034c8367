#include "cron/daemon_plan.h"

#include "base/moment.h"

static int64_t nap_until(int64_t next_ms, int64_t now_ms)
{
    if (next_ms == MOMENT_NONE || next_ms - now_ms > DAEMON_NAP_MS)
        return DAEMON_NAP_MS;
    return next_ms > now_ms ? next_ms - now_ms : 0;
}

struct daemon_plan daemon_plan(const struct cron *c, const struct zone *zone,
                               const struct daemon_state *s, int64_t now_ms,
                               int64_t deadline_ms)
{
    struct daemon_plan plan = { .act = DAEMON_WAIT,
                                .at_ms = MOMENT_NONE,
                                .last_ms = s->last_ms,
                                .next_ms = MOMENT_NONE,
                                .wait_ms = DAEMON_NAP_MS };
    if (s->stopping) {
        plan.act = s->running ? DAEMON_WAIT : DAEMON_LEAVE;
        return plan;
    }
    if (now_ms < s->last_ms - DAEMON_BACK_MS)
        plan.last_ms = now_ms;
    const struct cron_due due =
        cron_due(c, zone, plan.last_ms, now_ms, deadline_ms);
    plan.next_ms = due.next_ms;
    if (s->running)
        return plan;
    if (due.missed > CRON_MISSED_MAX) {
        plan.last_ms = now_ms;
        plan.missed = due.missed;
    } else if (due.at_ms != MOMENT_NONE) {
        plan.act = DAEMON_RUN;
        plan.missed = cron_count(c, zone, plan.last_ms, due.at_ms) - 1;
        plan.at_ms = plan.last_ms = due.at_ms;
        return plan;
    }
    plan.wait_ms = nap_until(due.next_ms, now_ms);
    return plan;
}

int64_t daemon_look_due(const struct daemon_looks *l, int64_t next_ms)
{
    int64_t due_ms = l->last_ms + l->every_ms;
    if (!l->wanted || l->every_ms <= 0 || l->last_ms == MOMENT_NONE ||
        (next_ms != MOMENT_NONE && due_ms + l->room_ms > next_ms))
        return MOMENT_NONE;
    return due_ms;
}

enum daemon_health daemon_health(const struct cron *c, const struct zone *zone,
                                 const struct daemon_ended *last,
                                 int64_t now_ms, int64_t grace_ms)
{
    if (last->at_ms == MOMENT_NONE)
        return DAEMON_NEW;
    if (last->exit != 0)
        return DAEMON_FAILED;
    int64_t next_ms = cron_next(c, zone, last->at_ms);
    bool late = next_ms != MOMENT_NONE && now_ms > next_ms + grace_ms;
    return late ? DAEMON_LATE : DAEMON_WELL;
}
