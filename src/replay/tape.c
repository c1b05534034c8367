#include "replay/tape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/record.h"
#include "sys/xmalloc.h"

#define SEED_BYTES ((size_t)16 << 20)

void tape_release(struct tape *t)
{
    uint64_t edition = t->edition;
    for (int tf = 0; tf < TF_COUNT; tf++)
        free(t->track[tf].bars);
    *t = (struct tape){ .edition = edition + 1 };
}

static int read_seed(struct tape_track *track, struct store *store,
                     const char *path, enum timeframe tf, struct error *err)
{
    struct text data = TEXT_INIT(SEED_BYTES);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    int rc = store_read(store, path, &data, err);

    if (rc && err->fault == FAULT_MISSING) {
        rc = 0;
    } else if (!rc && seed_parse(text_str(&data), data.len, tf, &track->bars,
                                 &track->count, &complaints)) {
        complaint_format(&complaints.list[0], why);
        rc = error_set(err, FAULT_DATA, "'%s': %s", path, why);
    }
    track->room = track->count;
    text_release(&data);
    return rc;
}

int tape_seed(struct tape *t, struct store *store, const char *symbol,
              struct error *err)
{
    char path[RECORD_PATH_MAX];
    int rc = 0;
    tape_release(t);
    for (int tf = 0; tf < TF_COUNT && !rc; tf++) {
        record_seed_path(symbol, (enum timeframe)tf, path);
        rc = read_seed(&t->track[tf], store, path, (enum timeframe)tf, err);
    }
    return rc;
}

/* Where the bar that opens then stands, or would. */
static size_t place_in(const struct tape_track *track, int64_t open_ms)
{
    size_t lo = 0, hi = track->count;
    if (hi && track->bars[hi - 1].open_ms < open_ms)
        return hi; /* nearly always: time goes on */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (track->bars[mid].open_ms < open_ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool stands_at(const struct tape_track *track, size_t i, int64_t open_ms)
{
    return i < track->count && track->bars[i].open_ms == open_ms;
}

void tape_put(struct tape *t, enum timeframe tf, const struct bar *b)
{
    struct tape_track *track = &t->track[tf];
    size_t i = place_in(track, b->open_ms);

    if (i < track->count && !(stands_at(track, i, b->open_ms) &&
                              memcmp(&track->bars[i], b, sizeof(*b)) == 0))
        t->edition++;
    if (!stands_at(track, i, b->open_ms)) {
        if (track->count == track->room) {
            track->room = track->room ? 2 * track->room : 4096;
            track->bars =
                xrealloc(track->bars, track->room, sizeof(*track->bars));
        }
        memmove(&track->bars[i + 1], &track->bars[i],
                (track->count - i) * sizeof(*track->bars));
        track->count++;
    }
    track->bars[i] = *b;
}

void tape_drop(struct tape *t, enum timeframe tf, int64_t open_ms)
{
    struct tape_track *track = &t->track[tf];
    size_t i = place_in(track, open_ms);

    if (!stands_at(track, i, open_ms))
        return;
    t->edition++;
    track->count--;
    memmove(&track->bars[i], &track->bars[i + 1],
            (track->count - i) * sizeof(*track->bars));
}

const struct bar *tape_find(const struct tape *t, enum timeframe tf,
                            int64_t open_ms)
{
    const struct tape_track *track = &t->track[tf];
    size_t i = place_in(track, open_ms);
    return stands_at(track, i, open_ms) ? &track->bars[i] : NULL;
}

void tape_series(const struct tape *t, struct series out[TF_COUNT])
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        out[tf] = (struct series){ (enum timeframe)tf, t->track[tf].count,
                                   t->track[tf].bars };
}

static double apart(double a, double b)
{
    return fabs(a - b) / fmax(fabs(a), fabs(b));
}

double tape_change(const struct bar *was, const struct bar *is)
{
    double most = fmax(apart(was->open, is->open), apart(was->high, is->high));
    most = fmax(most,
                fmax(apart(was->low, is->low), apart(was->close, is->close)));
    return was->volume == is->volume
               ? most
               : fmax(most, apart(was->volume, is->volume));
}

bool tape_same_bar(const struct bar *a, const struct bar *b)
{
    return a->open == b->open && a->high == b->high && a->low == b->low &&
           a->close == b->close && a->volume == b->volume;
}
