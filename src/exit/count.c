/* What is counted from slot to slot. Only what is known counts: a bar on which
 * a question has no answer leaves its count as it was. */
#include <stddef.h>

#include "base/moment.h"
#include "exit/trigger_internal.h"

static int64_t counted(int64_t before, enum answer answer)
{
    if (answer == ANSWER_UNKNOWN)
        return before;
    return answer == ANSWER_YES ? before + 1 : 0;
}

static void count_bars(const struct trigger_inputs *in, struct exit_counts *c)
{
    struct value p = in->regime->p[CLASS_TREND];
    if (new_bar(in))
        c->trend_slots =
            counted(c->trend_slots, result_at(p, in->config->m_trend.p).answer);
    if (market_closed_in_slot(in->view, TF_1H))
        c->pi_closes = counted(c->pi_closes, pi_reaches(in, in->theta.gate));
}

/* Every 1h close of the grid's life that was not fed yet, late ones too. */
static void count_reversion(const struct trigger_inputs *in, int64_t life_ms,
                            const struct baseline *b, struct exit_counts *c)
{
    struct reversion_rule rule = grid_reversion(in->grid, b);
    size_t from = c->reversion_ms == MOMENT_NONE
                      ? in->hourly->count - (in->hourly->count > 0)
                      : hourly_until(in->hourly, c->reversion_ms);

    if (!value_usable(b->sigma_st))
        return;
    for (size_t i = from; i < in->hourly->count; i++) {
        const struct hourly_row *row = &in->hourly->rows[i];
        if (life_ms != MOMENT_NONE && row->close_ms < life_ms)
            continue;
        reversion_step(&c->reversion, &rule, grid_z(in->grid, b, row->close));
        c->reversion_ms = row->close_ms;
    }
}

static int64_t first_slot_from(int64_t ms)
{
    int64_t over = ms % MS_PER_SLOT;
    return over ? ms + MS_PER_SLOT - over : ms;
}

/* Slots that no run looked at had no price either: an unknown price begins
 * behind the newest slot that was looked at, but with the grid's life at the
 * earliest: what came before is no blindness of it. */
static int64_t blind_since(const struct trigger_inputs *in,
                           const struct exit_memory *m)
{
    int64_t slot_ms = in->view->slot_ms, since_ms = slot_ms;
    if (m->slot_ms != MOMENT_NONE)
        since_ms = m->slot_ms + MS_PER_SLOT;
    if (m->life_ms != MOMENT_NONE && first_slot_from(m->life_ms) > since_ms)
        since_ms = first_slot_from(m->life_ms);
    return since_ms < slot_ms ? since_ms : slot_ms;
}

static void count_blind(const struct trigger_inputs *in, struct exit_memory *m)
{
    if (in->view->price_cause == PRICE_KNOWN)
        m->blind_ms = MOMENT_NONE;
    else if (m->blind_ms == MOMENT_NONE)
        m->blind_ms = blind_since(in, m);
}

/* Anew after two days of calm; what was too young at first, with each hour. A
 * grid that was stopped keeps the one it had: it is not NORMAL, it is over. */
static bool baseline_is_due(const struct trigger_inputs *in,
                            const struct exit_memory *m)
{
    int64_t newest_ms = newest_hour_ms(in), taken_ms = m->baseline.at_ms;

    if (newest_ms == MOMENT_NONE || newest_ms <= taken_ms)
        return false;
    if (taken_ms == MOMENT_NONE || m->baseline.half_life.status == VALUE_WARMUP)
        return true;
    return newest_ms - taken_ms >= BASELINE_REFRESH_MS &&
           m->known == STATE_NORMAL && m->unknown_since_ms == MOMENT_NONE &&
           grid_status_at(in->grid, in->view->slot_ms) != GRID_IS_STOPPED;
}

/* That of the first slot that knew it. */
static void keep_sigma_entry(const struct trigger_inputs *in,
                             struct baseline *b)
{
    struct value sigma = in->metrics->values[METRIC_VOL_HAZ_15M];
    if (value_usable(b->sigma_entry) || !value_usable(sigma))
        return;
    b->sigma_entry = sigma;
    b->sigma_entry.v *= sqrt(4.0); /* of four 15m bars */
}

/* Likewise; of a grid that began before this was kept, from here on. */
double triggers_atr_entry(const struct trigger_inputs *in,
                          const struct exit_memory *before)
{
    struct value atr = in->metrics->values[METRIC_ATR_4H];
    bool first = isnan(before->atr_entry) &&
                 in->view->price_cause == PRICE_KNOWN && value_usable(atr) &&
                 atr.v > 0;
    return first ? atr.v : before->atr_entry;
}

/* At the grid's start, if the window reaches far enough behind it. One that is
 * known is not given up for one that is not. */
static void keep_baseline(const struct trigger_inputs *in,
                          struct exit_memory *m)
{
    keep_sigma_entry(in, &m->baseline);
    if (!baseline_is_due(in, m))
        return;
    bool first = m->baseline.at_ms == MOMENT_NONE;
    bool known = m->baseline.half_life.status != VALUE_WARMUP;
    struct baseline fresh = m->baseline;
    if (first && m->life_ms != MOMENT_NONE)
        baseline_take(in->hourly, m->life_ms, &fresh);
    if (!first || fresh.half_life.status == VALUE_WARMUP)
        baseline_take(in->hourly, in->view->slot_ms, &fresh);
    if (!known || fresh.half_life.status != VALUE_WARMUP)
        m->baseline = fresh;
}

void triggers_count(const struct trigger_inputs *in, struct exit_memory *memory)
{
    count_blind(in, memory);
    if (in->view->price_cause != PRICE_KNOWN)
        return;
    keep_baseline(in, memory);
    memory->atr_entry = triggers_atr_entry(in, memory);
    count_bars(in, &memory->counts);
    count_reversion(in, memory->life_ms, &memory->baseline, &memory->counts);
}
