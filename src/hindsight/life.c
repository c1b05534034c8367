#include "hindsight/life.h"

#include <assert.h>
#include <math.h>

#define MS_PER_WEEK   (7 * MS_PER_DAY)
#define MONDAY_MS     (-3 * MS_PER_DAY) /* 1970 began on a Thursday */
#define FOLLOW_LEAST  (24 * MS_PER_HOUR)
#define FOLLOW_MOST   (14 * MS_PER_DAY)
#define NOISE_Z       1.65 /* one-sided 95 % */
#define NOISE_HOURS   1.25 /* an hour's reaction and a slot's wait */
#define GIVE_BACK     0.25
#define LEAST_CAPITAL 0.01

int32_t life_week(int64_t ms)
{
    return (int32_t)((moment_floor(ms - MONDAY_MS, MS_PER_WEEK)) / MS_PER_WEEK);
}

double life_activation(double capital, double sigma_1h)
{
    if (!(sigma_1h >= 0.0) || !isfinite(sigma_1h) || !isfinite(capital))
        return NO_VALUE;
    double noise = NOISE_Z * 0.5 * capital * sigma_1h * sqrt(NOISE_HOURS);
    return fmax(LEAST_CAPITAL * capital, noise / GIVE_BACK);
}

int64_t life_follow_ms(const struct life *l)
{
    if (!isfinite(l->half_width) || !isfinite(l->sigma_1h) ||
        l->half_width <= 0.0 || l->sigma_1h < 0.0)
        return MOMENT_NONE;
    double ratio = l->half_width / l->sigma_1h;
    double ms = 0.5 * ratio * ratio * (double)MS_PER_HOUR;
    if (!(ms < (double)FOLLOW_MOST))
        return FOLLOW_MOST;
    return ms > (double)FOLLOW_LEAST ? (int64_t)llround(ms) : FOLLOW_LEAST;
}

/* Whichever came first; MOMENT_NONE is later than anything. */
static int64_t earlier(int64_t a, int64_t b)
{
    if (a == MOMENT_NONE || b == MOMENT_NONE)
        return a == MOMENT_NONE ? b : a;
    return a < b ? a : b;
}

int64_t life_event(const struct life *l, enum life_side side)
{
    return earlier(l->m_ms[side], l->s_ms[side]);
}

void life_hour_add(struct life *l, int64_t hour_ms, bool lower_half)
{
    int64_t wait = life_follow_ms(l);
    assert(hour_ms > l->start_ms && hour_ms < l->window_end_ms);
    if (wait == MOMENT_NONE)
        return;
    for (int side = 0; side < LIFE_SIDES; side++) {
        struct life_hours *h = &l->hours[side];
        int64_t event = life_event(l, (enum life_side)side);
        bool came = event != MOMENT_NONE && event - hour_ms <= wait;

        if (event != MOMENT_NONE && event <= hour_ms)
            continue;
        if (side == LIFE_DOWN && !lower_half)
            continue;
        if (hour_ms + wait > l->known_end_ms) {
            h->pending++;
            continue;
        }
        h->live++;
        h->follow += came;
    }
}

int64_t life_alert(const struct life *l)
{
    return earlier(l->first_latest_ms, l->first_mandatory_ms);
}

int64_t life_end(const struct life *l)
{
    int64_t end = earlier(l->exit_ms, l->s_ms[LIFE_BOTH]);
    return l->exit_ms == MOMENT_NONE ? earlier(end, l->window_end_ms) : end;
}

bool life_censored(const struct life *l, enum life_side side)
{
    bool counts = side == LIFE_BOTH || l->mandatory_down;
    int64_t own = counts ? l->first_mandatory_ms : MOMENT_NONE;
    int64_t ended = earlier(life_event(l, side), own);
    if (l->exit_ms != MOMENT_NONE)
        return false;
    return ended == MOMENT_NONE || ended > l->window_end_ms;
}

int64_t life_boundary_only(const struct life *l, bool *censored)
{
    int64_t m = l->m_ms[LIFE_BOTH], end = l->s_ms[LIFE_BOTH];
    if (m != MOMENT_NONE)
        end = earlier(end, m + l->delay_ms);
    *censored = end == MOMENT_NONE || end > l->window_end_ms;
    return (*censored ? l->window_end_ms : end) - l->start_ms;
}
