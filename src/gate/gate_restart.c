/* G8: may the grid go on in its old range? Asked of restarts only. */
#include "base/moment.h"
#include "gate/gate_internal.h"

#define RESTART_SPAN_MS (7 * MS_PER_DAY)

static bool is_exit(const struct grid_history *h)
{
    return h->event == GRID_EXITED || h->event == GRID_STOPPED;
}

/* The newest exit that had been by the slot, or MOMENT_NONE. */
static int64_t exit_ms(const struct gate_inputs *in)
{
    const struct grid *g = in->grid;
    for (size_t i = g->history_count; i-- > 0;) {
        const struct grid_history *h = &g->history[i];
        if (h->at_ms <= in->view->slot_ms && is_exit(h))
            return h->at_ms;
    }
    return MOMENT_NONE;
}

struct gate_result ask_g8_wait(const struct gate_inputs *in)
{
    int64_t ms = exit_ms(in);
    bool hard = in->memory->left == STATE_MANDATORY;
    if (!in->restart || ms == MOMENT_NONE)
        return gate_na();
    return gate_hold(
        G8_WAIT, value_real(gate_hours(in->view->slot_ms - ms), 1),
        gate_hours(hard ? in->config->wait_hard_ms : in->config->wait_ms));
}

struct gate_result ask_g8_range(const struct gate_inputs *in)
{
    const struct regime *r = in->regime;
    struct value n = value_none(VALUE_UNAVAILABLE);
    if (!in->restart)
        return gate_na();
    if (r->before != REGIME_UNKNOWN)
        n = gate_count(r->range_run);
    return gate_hold(G8_RANGE, n, (double)in->config->range_closes);
}

/* HL_c of the newest 1h close over the baseline. An infinite one is as much
 * longer as can be: it fails, without a number. */
struct gate_result ask_g8_hl(const struct gate_inputs *in)
{
    const struct baseline *b = &in->memory->baseline;
    const struct hourly *h = in->hourly;
    double limit = in->config->slowing;
    struct value measured = in->metrics->values[METRIC_T_DF_200_1H];

    if (!in->restart || b->half_life.status == VALUE_NOT_IDENTIFIED)
        return gate_na();
    if (!value_usable(b->half_life))
        return gate_hold(G8_HL, b->half_life, limit);
    if (!b->identified || !(b->half_life.v > 0))
        return gate_na();
    if (!value_usable(measured) || !h->count) {
        enum value_status why =
            value_usable(measured) ? VALUE_UNAVAILABLE : measured.status;
        return gate_hold(G8_HL, value_none(why), limit);
    }
    double bars = h->rows[h->count - 1].hl200;
    if (isinf(bars))
        return (struct gate_result){ ANSWER_NO,
                                     value_none(VALUE_NOT_IDENTIFIED), limit };
    return gate_hold(G8_HL, value_real(bars / b->half_life.v, measured.n_used),
                     limit);
}

struct gate_result ask_g8_inside(const struct gate_inputs *in)
{
    const struct bar *last = window_last(&in->view->window[TF_1H]);
    const struct grid *g = in->grid;
    int64_t due_ms = moment_floor(in->view->slot_ms, MS_PER_HOUR);
    struct value n = gate_close(in);

    if (!in->restart)
        return gate_na();
    if (!last || bar_close_ms(last, TF_1H) < due_ms)
        n = value_none(VALUE_UNAVAILABLE);
    if (value_usable(n))
        n = gate_count((int64_t)hourly_inside(in->hourly, g->lower, g->upper));
    return gate_hold(G8_INSIDE, n, (double)in->config->inside_closes);
}

/* Starts after an exit from this range. The history has no old ranges, so that
 * a `changed` counts as a new one. */
static int64_t restarts(const struct gate_inputs *in)
{
    const struct grid *g = in->grid;
    int64_t n = 0, now_ms = in->view->slot_ms;
    bool left = false;

    for (size_t i = 0; i < g->history_count; i++) {
        const struct grid_history *h = &g->history[i];
        if (h->at_ms > now_ms)
            break;
        if (h->event == GRID_CHANGED) {
            n = 0;
            left = false;
        }
        if (h->event == GRID_STARTED && left &&
            h->at_ms > now_ms - RESTART_SPAN_MS)
            n++;
        left = left || is_exit(h);
    }
    return n;
}

struct gate_result ask_g8_count(const struct gate_inputs *in)
{
    if (!in->restart)
        return gate_na();
    return gate_hold(G8_COUNT, gate_count(restarts(in)),
                     (double)in->config->restarts);
}
