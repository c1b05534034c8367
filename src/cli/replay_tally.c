#include "cli/replay_tally.h"

#include "base/moment.h"

#define SLOTS_PER_DAY 96.0

struct replay_tally replay_tally_new(void)
{
    return (struct replay_tally){ .memory = alert_memory_new(),
                                  .life_ms = MOMENT_NONE };
}

/* As its file was when the slot was: what came later had not been yet. */
static void forget_later(struct grid *g, int64_t slot_ms)
{
    while (g->history_count > 1 &&
           g->history[g->history_count - 1].at_ms >= slot_ms + MS_PER_SLOT)
        g->history_count--;
}

/* The newer of what the phone and the file say; the phone's is 0 for none. */
static int64_t acknowledged_ms(const struct grid *g,
                               const struct exit_document *d)
{
    int64_t file_ms = grid_acknowledged_ms(g, d->evaluation.slot_ms);
    int64_t phone_ms =
        d->inputs.acknowledged_ms ? d->inputs.acknowledged_ms : MOMENT_NONE;
    if (file_ms == MOMENT_NONE)
        return phone_ms;
    return phone_ms == MOMENT_NONE || phone_ms < file_ms ? file_ms : phone_ms;
}

static void begin_life(struct replay_tally *t, int64_t life_ms)
{
    if (t->life_ms == life_ms)
        return;
    t->life_ms = life_ms;
    t->memory = alert_memory_new();
}

enum alert_reason replay_tally_step(struct replay_tally *t,
                                    const struct evaluation *e,
                                    const struct grid *g,
                                    const struct exit_document *d,
                                    const struct config_grid *strategy,
                                    const struct alert_config *config)
{
    const struct position position = position_none("replayed from bars");
    struct grid then = *g;
    forget_later(&then, e->slot_ms);
    begin_life(t, grid_life_ms(&then));
    const struct alert_now now = {
        .e = e,
        .grid = &then,
        .position = &position,
        .config = config,
        .mode = strategy->exit.mode,
        .hush = alert_hush_of(&then, strategy->exit.shadow, e->slot_ms),
        .acknowledged_ms = acknowledged_ms(&then, d),
        .siren = SIREN_NOT_ASKED,
        .was_idle = alert_was_idle(&t->memory, e),
    };
    enum alert_reason reason = alert_decide(&t->memory, &now, &t->memory);

    t->live_slots += grid_status(&then) == GRID_IS_RUNNING;
    t->by_reason[reason]++;
    if (!alert_reason_sends(reason))
        return reason;
    t->messages++;
    t->by_priority[alert_priority(reason, &now) - PRIORITY_LEAST]++;
    return reason;
}

double replay_tally_days(const struct replay_tally *t)
{
    return (double)t->live_slots / SLOTS_PER_DAY;
}

double replay_tally_rate(const struct replay_tally *t, size_t messages)
{
    return t->live_slots ? (double)messages / replay_tally_days(t) : NO_VALUE;
}
