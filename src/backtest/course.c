#include "backtest/course.h"

void course_begin(struct course *c, const struct grid *g)
{
    *c = (struct course){
        .lower = g->lower, .upper = g->upper, .stop = g->stop, .side = SIDE_NONE
    };
    for (int i = 0; i < LIFE_SIDES; i++)
        c->m_ms[i] = c->s_ms[i] = MOMENT_NONE;
}

static void first(int64_t *at_ms, int64_t ms)
{
    if (*at_ms == MOMENT_NONE)
        *at_ms = ms;
}

/* What happens above is an event of both sides only. */
static void mark(int64_t at_ms[LIFE_SIDES], enum range_side side, int64_t ms)
{
    first(&at_ms[LIFE_BOTH], ms);
    if (side == SIDE_DOWN)
        first(&at_ms[LIFE_DOWN], ms);
}

void course_bar(struct course *c, const struct bar *b)
{
    bool below = b->low <= c->stop.below, above = b->high >= c->stop.above;
    bool jumped = b->open <= c->stop.below || b->open >= c->stop.above;

    if (!below && !above) /* of a stop that is not set, neither */
        return;
    enum range_side side = below ? SIDE_DOWN : SIDE_UP;
    int64_t at_ms = jumped ? b->open_ms : bar_close_ms(b, TF_15M);
    mark(c->s_ms, side, at_ms);
    mark(c->m_ms, side, at_ms);
}

void course_hour(struct course *c, const struct bar *hour)
{
    enum range_side side = hour->close < c->lower   ? SIDE_DOWN
                           : hour->close > c->upper ? SIDE_UP
                                                    : SIDE_NONE;
    c->run = side == c->side ? c->run + 1 : 1;
    c->side = side;
    if (side != SIDE_NONE && c->run >= COURSE_CLOSES)
        mark(c->m_ms, side, bar_close_ms(hour, TF_1H));
}

bool course_is_over(const struct course *c)
{
    return c->s_ms[LIFE_DOWN] != MOMENT_NONE;
}
