#include "engine/look.h"

bool look_is_wanted(const struct grid *g, const struct exit_memory *m,
                    int64_t now_ms)
{
    return m->known == STATE_LATEST && m->life_ms == grid_life_ms(g) &&
           grid_status_at(g, now_ms) != GRID_IS_STOPPED;
}

enum range_side look_beyond(const struct grid *g, double ticker)
{
    if (ticker < g->lower)
        return SIDE_DOWN;
    return ticker > g->upper ? SIDE_UP : SIDE_NONE;
}

static bool counts(const struct look_inputs *in)
{
    const struct market_facts facts = { .ticker = in->ticker,
                                        .ticker_ms = in->ticker_ms };
    const struct bar newest = { .close = in->slot->close.v };
    return !isnan(market_ticker(&facts, in->at_ms)) && !isnan(newest.close) &&
           !bar_is_jump(&newest, in->ticker);
}

enum range_side look_recorded(const struct look_inputs *in)
{
    return in->noted ? in->noted_side
                     : look_beyond(in->grid, in->slot->close.v);
}

static enum look_found note(const struct look_inputs *in)
{
    enum range_side now = look_beyond(in->grid, in->ticker);
    if (now == look_recorded(in))
        return LOOK_NOTHING;
    return now == SIDE_NONE ? LOOK_BACK : LOOK_OUTSIDE;
}

enum look_found look(const struct look_inputs *in, struct evaluation *out,
                     struct exit_memory *next)
{
    if (!counts(in))
        return LOOK_UNKNOWN;
    const struct trigger_result stop =
        ask_stop_by_ticker(in->grid, in->ticker, in->ticker_ms);
    bool known = in->memory->triggers[M_STOP].active ||
                 in->config->mode[M_STOP] == TRIGGER_OFF;
    if (stop.answer != ANSWER_YES || known)
        return note(in);
    const struct exit_look changed = {
        .slot = &in->slot->verdict,
        .stop = &stop,
        .grid = in->grid,
        .config = in->config,
        .memory = in->memory,
        .at_ms = in->at_ms,
    };
    *out = *in->slot;
    out->look_ms = in->at_ms;
    out->blind_ms = in->memory->blind_ms;
    exit_state_look(&changed, &out->verdict, next);
    evaluation_take_side(out, in->grid);
    return LOOK_TOUCHED;
}
