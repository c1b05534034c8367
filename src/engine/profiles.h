/* engine/profiles.h - the hour-of-week profiles of the weeks at hand, and the
 * 1h bars that made them. Pure.
 *
 * A profile reaches eight weeks behind its week, and so behind the window. To
 * notice that a bar there has changed, every bar that was read is remembered.
 */
#ifndef ENGINE_PROFILES_H
#define ENGINE_PROFILES_H

#include "market/series.h"
#include "metrics/season.h"

/* A 1h window touches at most 14 weeks and its profiles read at most 3,559
 * bars: 2,047, the rest of its first week, and eight weeks before that. */
#define PROFILE_WEEKS 16
#define PROFILE_HOURS 4096

/* All zero is fresh. A byte copy is a snapshot. */
struct profiles {
    bool begun;
    bool lost;              /* read more than it has room to remember */
    int64_t needed_ms;      /* open time from which bars are of any use */
    int64_t from_ms, to_ms; /* what was read: bars that open in [from, to) */
    size_t count;
    struct bar bars[PROFILE_HOURS];
    struct season seasons[PROFILE_WEEKS]; /* by number of the week */
};

/* To be asked before profiles_factor(): are the bars that were read the same
 * in `hours`, and can the profiles of a bar that opens at `open_ms` and of all
 * later ones be added to them? If not, everything is forgotten. With `settled`
 * the caller promises the first. */
bool profiles_keep(struct profiles *p, const struct series *hours,
                   int64_t open_ms, bool settled);

/* season_factor() of the week and hour in which a 15m or 1h bar opens. `hours`
 * are those of profiles_keep() and hold every 1h bar before that week. */
struct value profiles_factor(struct profiles *p, const struct series *hours,
                             int64_t open_ms);

#endif
