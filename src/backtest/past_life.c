#include "backtest/past_life.h"

#include <math.h>

/* --- The range ------------------------------------------------------------ */

/* The first bar of the life; the one that its start is in counts, as in a
 * backtest. */
static size_t first_bar(const struct series *s, int64_t from_ms)
{
    size_t i = 0;
    while (i < s->count && s->bars[i].open_ms < from_ms)
        i++;
    return i;
}

/* Until when bars are known without a gap; `start_ms` where there is none. */
static int64_t known_end(const struct past *p, int64_t start_ms)
{
    const struct series *s = &p->fifteen;
    int64_t end_ms = moment_floor(start_ms, MS_PER_SLOT);

    for (size_t i = first_bar(s, end_ms); i < s->count; i++) {
        if (s->bars[i].open_ms - end_ms > PAST_GAP_MS)
            break;
        end_ms = bar_close_ms(&s->bars[i], TF_15M);
    }
    return end_ms > start_ms ? end_ms : start_ms;
}

static void follow_range(const struct past *p, struct life *l)
{
    struct course c;
    size_t h = 0;
    int64_t from_ms = moment_floor(l->start_ms, MS_PER_SLOT);

    course_begin(&c, &p->plan->grid);
    while (h < p->hours.count &&
           bar_close_ms(&p->hours.bars[h], TF_1H) <= l->start_ms)
        h++;
    for (size_t i = first_bar(&p->fifteen, from_ms); i < p->fifteen.count;
         i++) {
        const struct bar *b = &p->fifteen.bars[i];
        int64_t now_ms = bar_close_ms(b, TF_15M);
        if (now_ms > l->known_end_ms)
            break;
        course_bar(&c, b);
        for (; h < p->hours.count &&
               bar_close_ms(&p->hours.bars[h], TF_1H) <= now_ms;
             h++)
            course_hour(&c, &p->hours.bars[h]);
    }
    for (int side = 0; side < LIFE_SIDES; side++) {
        l->m_ms[side] = c.m_ms[side];
        l->s_ms[side] = c.s_ms[side];
    }
}

/* Which half of the range each whole hour's newest close was in. */
static void add_hours(const struct past *p, struct life *l)
{
    const struct grid *g = &p->plan->grid;
    const struct series *s = &p->fifteen;
    double middle = g->lower * sqrt(g->upper / g->lower);
    size_t i = first_bar(s, moment_floor(l->start_ms, MS_PER_SLOT));
    bool lower = false;

    for (int64_t ms = l->start_ms + MS_PER_HOUR; ms < l->window_end_ms;
         ms += MS_PER_HOUR) {
        for (; i < s->count && bar_close_ms(&s->bars[i], TF_15M) <= ms; i++)
            lower = s->bars[i].close < middle;
        life_hour_add(l, ms, lower);
    }
}

/* --- What was told ---------------------------------------------------------
 */

static bool is_stopped(const struct life *l)
{
    return l->exit_ms == MOMENT_NONE && l->s_ms[LIFE_BOTH] != MOMENT_NONE;
}

/* Of a stop the slot that tells it is heard, and the one after it. */
static int64_t heard_until(const struct life *l)
{
    int64_t end_ms = life_end(l);
    return is_stopped(l) ? end_ms + MS_PER_SLOT : end_ms;
}

/* A MANDATORY that began at `ms`: is it a case, and was it met? */
static void count_mandatory(struct life *l, int64_t ms)
{
    int64_t until_ms = ms + LIFE_REACTION_MS, stop_ms = l->s_ms[LIFE_BOTH];
    bool met = l->exit_ms != MOMENT_NONE && l->exit_ms <= until_ms;

    if (stop_ms != MOMENT_NONE && !met && stop_ms <= until_ms)
        return;
    if (!met && l->window_end_ms < until_ms)
        return;
    l->mandatory++;
    l->met += met;
}

static void hear(const struct past *p, struct life *l)
{
    enum exit_state before = STATE_UNKNOWN;
    int64_t until_ms = heard_until(l);

    for (size_t i = 0; i < p->slot_count; i++) {
        const struct trial_word *w = &p->slots[i].word;
        if (w->slot_ms > until_ms)
            break;
        bool begins = w->state == STATE_MANDATORY && before != STATE_MANDATORY;
        if (w->state != STATE_UNKNOWN)
            before = w->state;
        trial_heed(l, w);
        if (begins && (!is_stopped(l) || w->slot_ms < l->s_ms[LIFE_BOTH]))
            count_mandatory(l, w->slot_ms);
    }
    for (size_t i = 0; i < p->message_count; i++) {
        const struct past_message *m = &p->messages[i];
        if (m->state >= STATE_WARNING && m->slot_ms >= l->start_ms &&
            m->slot_ms <= until_ms)
            l->alerts[(int)m->state - (int)STATE_WARNING]++;
    }
}

/* --- The money -------------------------------------------------------------
 */

/* Of the newest slot at most MS_PER_SLOT before the end; after a stop of the
 * one that follows it, as those before know nothing of it. The peak of what was
 * not realised is known if every slot up to there knew it. */
static void take_money(const struct past *p, struct life *l)
{
    int64_t end_ms = heard_until(l), next_ms = l->start_ms;
    double most = 0;
    const struct past_slot *last = NULL;

    for (size_t i = 0; i < p->slot_count; i++) {
        const struct past_slot *s = &p->slots[i];
        if (s->word.slot_ms > end_ms)
            break;
        last = s;
        if (s->word.slot_ms <= l->start_ms)
            continue;
        double open = s->e - s->realised;
        bool whole = s->word.slot_ms - next_ms <= MS_PER_SLOT;
        next_ms = s->word.slot_ms;
        most =
            whole && !isnan(open) && !isnan(most) ? fmax(most, open) : NO_VALUE;
    }
    l->peak_equity = l->peak_unrealised = NO_VALUE;
    if (!last || end_ms - last->word.slot_ms >= MS_PER_SLOT)
        return;
    l->end_equity = last->e;
    l->end_realised = last->realised;
    if (!isnan(last->e) && !isnan(last->peak))
        l->peak_equity = fmax(0, fmax(last->peak, last->e));
    l->peak_unrealised = most;
}

/* --- All of it -------------------------------------------------------------
 */

static void end_window(const struct past *p, struct life *l)
{
    int64_t end_ms = l->known_end_ms;

    if (p->left_ms != MOMENT_NONE) {
        end_ms = l->start_ms + p->window_ms;
        if (end_ms < p->left_ms)
            end_ms = p->left_ms;
    }
    l->window_end_ms = end_ms < l->known_end_ms ? end_ms : l->known_end_ms;
}

bool past_life(const struct past *p, struct life *out)
{
    struct life l = trial_life_new(p->plan, p->window_ms, 0);

    l.known_end_ms = known_end(p, l.start_ms);
    if (l.known_end_ms == l.start_ms)
        return false;
    end_window(p, &l);
    follow_range(p, &l);
    int64_t stop_ms = l.s_ms[LIFE_BOTH];
    if (p->left_ms != MOMENT_NONE &&
        (stop_ms == MOMENT_NONE || p->left_ms < stop_ms))
        l.exit_ms = p->left_ms;
    hear(p, &l);
    int64_t told_ms = life_alert(&l);
    if (l.exit_ms != MOMENT_NONE && told_ms != MOMENT_NONE &&
        l.exit_ms >= told_ms)
        l.delay_ms = l.exit_ms - told_ms;
    take_money(p, &l);
    add_hours(p, &l);
    *out = l;
    return true;
}
