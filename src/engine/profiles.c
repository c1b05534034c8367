#include "engine/profiles.h"

#include <string.h>

#include "base/moment.h"

#define MS_PER_WEEK (7 * MS_PER_DAY)

/* Where the eight weeks before a week begin. */
static int64_t reach(int64_t monday_ms)
{
    return monday_ms - SEASON_WEEKS * MS_PER_WEEK;
}

static bool still_there(const struct profiles *p, const struct series *hours)
{
    struct series now = series_between(hours, p->from_ms, p->to_ms);
    return now.count == p->count && bars_same(now.bars, p->bars, p->count);
}

bool profiles_keep(struct profiles *p, const struct series *hours,
                   int64_t open_ms, bool settled)
{
    p->needed_ms = reach(last_monday(open_ms));
    if (p->begun && !p->lost && p->from_ms <= p->needed_ms &&
        (settled || still_there(p, hours)))
        return true;
    p->begun = true;
    p->lost = false;
    p->from_ms = p->to_ms = p->needed_ms;
    p->count = 0;
    for (int i = 0; i < PROFILE_WEEKS; i++)
        p->seasons[i].monday_ms = MOMENT_NONE;
    return false;
}

static void drop_needless(struct profiles *p)
{
    const struct series read = { TF_1H, p->count, p->bars };
    struct series kept = series_between(&read, p->needed_ms, p->to_ms);
    memmove(p->bars, kept.bars, kept.count * sizeof(p->bars[0]));
    p->count = kept.count;
    p->from_ms = p->needed_ms;
    if (p->to_ms < p->from_ms)
        p->to_ms = p->from_ms;
}

static void remember_until(struct profiles *p, const struct series *hours,
                           int64_t to_ms)
{
    if (to_ms <= p->to_ms)
        return;
    drop_needless(p);
    struct series more = series_between(hours, p->to_ms, to_ms);
    p->to_ms = to_ms;
    p->lost = p->lost || more.count > PROFILE_HOURS - p->count;
    if (p->lost || !more.count)
        return;
    memcpy(p->bars + p->count, more.bars, more.count * sizeof(p->bars[0]));
    p->count += more.count;
}

struct value profiles_factor(struct profiles *p, const struct series *hours,
                             int64_t open_ms)
{
    int64_t monday_ms = last_monday(open_ms);
    struct season *s = &p->seasons[monday_ms / MS_PER_WEEK % PROFILE_WEEKS];
    if (s->monday_ms != monday_ms) {
        remember_until(p, hours, monday_ms);
        struct series weeks =
            series_between(hours, reach(monday_ms), monday_ms);
        season_build(weeks.bars, weeks.count, monday_ms, s);
    }
    return season_factor(s, open_ms);
}
