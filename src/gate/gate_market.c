/* G1 to G4: what the market says, whatever the range. And what all share. */
#include "base/moment.h"
#include "gate/gate_internal.h"
#include "metrics/efficiency.h"

#define ER_BARS 24

struct gate_result gate_hold(enum gate_id id, struct value x, double limit)
{
    const struct gate *g = &gate_table[id];
    struct gate_result r = { ANSWER_UNKNOWN, x, limit };
    if (!value_usable(x) || isnan(limit))
        return r;
    double v = decision_round(x.v), l = decision_round(limit);
    bool at = !g->strict && v == l;
    r.value.v = v;
    r.pass = at || (g->at_least ? v > l : v < l) ? ANSWER_YES : ANSWER_NO;
    return r;
}

struct gate_result gate_na(void)
{
    return (struct gate_result){ ANSWER_NOT_APPLICABLE,
                                 value_none(VALUE_UNAVAILABLE), NO_VALUE };
}

struct value gate_count(int64_t n)
{
    return value_real((double)n, 1);
}

double gate_hours(int64_t ms)
{
    return (double)ms / (double)MS_PER_HOUR;
}

struct value gate_close(const struct gate_inputs *in)
{
    if (in->view->price_cause != PRICE_KNOWN)
        return value_none(VALUE_UNAVAILABLE);
    return value_real(in->view->close, 1);
}

struct value gate_sigma(const struct gate_inputs *in)
{
    return in->metrics->values[METRIC_VOL_HAZ_15M];
}

/* One that began too recently to be read by a gate is in warmup. */
static struct value after(struct value x, int32_t bars)
{
    return value_usable(x) && x.n_used < bars ? value_none(VALUE_WARMUP) : x;
}

/* 15m may be as old as the price may be. Of the others the bar that was due
 * must be there: without it they speak of another time. */
static bool can_be_read(const struct market_view *v, enum timeframe tf)
{
    const struct bar *last = window_last(&v->window[tf]);
    int64_t due_ms = moment_floor(v->slot_ms, timeframe_ms(tf));
    if (!last || window_degraded(&v->window[tf]) > WINDOW_DEGRADED)
        return false;
    return tf == TF_15M ? v->price_cause == PRICE_KNOWN
                        : bar_close_ms(last, tf) >= due_ms;
}

struct gate_result ask_g1_data(const struct gate_inputs *in)
{
    int64_t n = 0;
    for (int tf = 0; tf < TF_COUNT; tf++)
        n += can_be_read(in->view, (enum timeframe)tf);
    return gate_hold(G1_DATA, gate_count(n), TF_COUNT);
}

/* `ago` counts from the newest bar, which may be older than the slot. */
static int64_t newest_bar_ms(const struct market_view *v)
{
    const struct window *w = &v->window[TF_15M];
    return w->count ? w->bars[w->count - 1].open_ms + MS_PER_SLOT : v->slot_ms;
}

/* When the newest crisis was seen: by the memory of the grid, or by the bars
 * of the window, which know of one from before the grid was watched. */
static int64_t crisis_ms(const struct gate_inputs *in)
{
    int64_t remembered_ms = in->memory->crisis_ms;
    if (!in->crisis->ago)
        return remembered_ms;
    int64_t seen_ms =
        newest_bar_ms(in->view) - (in->crisis->ago - 1) * MS_PER_SLOT;
    return seen_ms > remembered_ms ? seen_ms : remembered_ms;
}

struct gate_result ask_g1_crisis(const struct gate_inputs *in)
{
    double limit = gate_hours(in->config->crisis_ms);
    int64_t ms = crisis_ms(in);
    if (in->crisis->answer == ANSWER_UNKNOWN)
        return gate_hold(G1_CRISIS, value_none(VALUE_UNAVAILABLE), limit);
    if (in->crisis->answer == ANSWER_YES)
        ms = in->view->slot_ms;
    if (ms == MOMENT_NONE)
        return (struct gate_result){ ANSWER_YES, value_none(VALUE_UNAVAILABLE),
                                     limit };
    struct value hours = value_real(gate_hours(in->view->slot_ms - ms), 1);
    return gate_hold(G1_CRISIS, hours, limit);
}

struct gate_result ask_g2_quiet(const struct gate_inputs *in)
{
    struct value n = in->regime->q;
    if (value_usable(n))
        n = gate_count(in->regime->quiet_run);
    else
        n.v = NO_VALUE;
    return gate_hold(G2_QUIET, n, (double)in->config->quiet_closes);
}

struct gate_result ask_g3_ver_1h(const struct gate_inputs *in)
{
    struct value ver =
        after(in->metrics->values[METRIC_VER_1H], GATE_BARS_VER_1H);
    return gate_hold(G3_VER_1H, ver, in->config->ver);
}

struct gate_result ask_g3_ver_4h(const struct gate_inputs *in)
{
    struct value ver =
        after(in->metrics->values[METRIC_VER_4H], GATE_BARS_VER_4H);
    return gate_hold(G3_VER_4H, ver, in->config->ver);
}

struct gate_result ask_g4_er(const struct gate_inputs *in)
{
    struct value z = in->metrics->values[METRIC_ER24_1H];
    z.v = efficiency_z_of(z.v, ER_BARS);
    return gate_hold(G4_ER, z, in->config->er_z);
}

struct gate_result ask_g4_adx(const struct gate_inputs *in)
{
    struct value adx = after(in->metrics->values[METRIC_ADX_1H], GATE_BARS_ADX);
    return gate_hold(G4_ADX, adx, in->config->adx);
}
