#include "run/rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "record/record.h"
#include "run/rebuild_internal.h"
#include "sys/clock.h"

/* A writer that lost the race waits for any time up to this, then up to twice
 * as long, and so on: those who came together part. */
#define PAUSE_FIRST_MS 40
#define PAUSE_MOST_MS  400

static int check_time(struct rebuild_report *b, struct error *err)
{
    b->late = b->until_ms && clock_monotonic_ms() >= b->until_ms;
    return b->late ? error_set(err, FAULT_TRANSIENT,
                               "no time to put all own commits on the "
                               "remote's tip: nothing was changed")
                   : 0;
}

static int keep_in_time(struct store *s, const struct store_commit *own,
                        bool *keep, void *rules, struct error *err)
{
    struct rebuild_rules *r = rules;
    return check_time(r->report, err) ? -1
                                      : rebuild_keep(s, own, keep, rules, err);
}

static int note_delivered(const struct store_commit *own, void *rules,
                          struct error *err)
{
    struct rebuild_rules *r = rules;
    struct delivery_document d;
    if (check_time(r->report, err))
        return -1;
    for (size_t i = 0; i < own->count; i++) {
        const struct store_edit *e = &own->edits[i];
        rebuild_owed_see(&r->owed, own, e);
        if (!e->after[0] || record_kind_of_path(e->path) != RECORD_DELIVERY ||
            !rebuild_blob(r->store, RECORD_DELIVERY, e->after, &d))
            continue;
        rebuild_owed_delivered(&r->owed, &d.delivery);
        if (d.delivery.outcome != DELIVERY_SUPERSEDED)
            rebuild_add_id(&r->delivered, d.delivery.intent);
    }
    return 0;
}

/* Whatever time it is: all the commits stand, and are not given up for the
 * last one. */
static int put_owed(struct store *s, struct store_batch *batch, void *rules,
                    struct error *err)
{
    struct rebuild_rules *r = rules;
    (void)err;
    rebuild_follow(r, "");
    rebuild_owed_keep(s, &r->owed, batch);
    return 0;
}

static void add_up(struct store_rebuilt *sum, const struct store_rebuilt *more)
{
    sum->commits += more->commits;
    sum->empty += more->empty;
    sum->files_dropped += more->files_dropped;
    if (more->saved[0])
        memcpy(sum->saved, more->saved, sizeof(sum->saved));
}

int rebuild_on_remote(struct store *s, struct rebuild_report *out,
                      struct error *err)
{
    struct error own = { FAULT_NONE, "" };
    struct rebuild_report before = *out;
    struct rebuild_rules r = { .store = s, .report = out };
    const struct store_rules rules = { keep_in_time, put_owed, &r };
    struct store_rebuilt done;

    err = err ? err : &own;
    out->late = false;
    memcpy(r.wanted, out->follow, sizeof(r.wanted));
    int rc = store_own_commits(s, note_delivered, &r, err);
    if (!rc)
        rc = store_rebuild(s, &rules, &done, err);
    if (!rc) {
        add_up(&out->store, &done);
        out->times++;
    } else {
        before.late = out->late;
        *out = before;
    }
    free(r.delivered.list);
    free(r.dropped.list);
    rebuild_owed_release(&r.owed);
    return rc;
}

void rebuild_loss_text(const struct rebuild_loss *l, char out[RECORD_LINE_MAX])
{
    snprintf(out, RECORD_LINE_MAX,
             "'%.120s' was edited here and at the remote: the remote's stands, "
             "the edit made here was not taken",
             l->path);
}

void rebuild_saved_text(const char *saved, char out[RECORD_LINE_MAX])
{
    snprintf(out, RECORD_LINE_MAX,
             "remote history was replaced; what was here before is kept as %s",
             saved);
}

uint64_t rebuild_seed(void)
{
    const int64_t salt[] = { clock_wall_ms(), clock_monotonic_ms(), getpid() };
    return hash64_feed(HASH64_START, salt, sizeof(salt));
}

/* Any time up to the limit of this try, as far as there is time left. */
static void pause_some(uint64_t *seed, int tries, int64_t left_ms)
{
    int64_t most_ms = PAUSE_FIRST_MS;
    for (int i = 0; i < tries && most_ms < PAUSE_MOST_MS; i++)
        most_ms *= 2;
    if (most_ms > PAUSE_MOST_MS)
        most_ms = PAUSE_MOST_MS;
    if (most_ms > left_ms)
        most_ms = left_ms;
    *seed = hash64_feed(*seed, &tries, sizeof(tries));
    clock_sleep_ms((int64_t)(*seed % (uint64_t)(most_ms + 1)));
}

/* What the remote has now comes first, and then what is ours. */
static int catch_up(struct store *s, int64_t budget_ms,
                    struct rebuild_report *out, struct error *err)
{
    enum sync_state state;
    if (store_sync(s, budget_ms, &state, err))
        return -1;
    return state == SYNC_DIVERGED || state == SYNC_REPLACED
               ? rebuild_on_remote(s, out, err)
               : 0;
}

int rebuild_and_push(struct store *s, int64_t budget_ms, uint64_t seed,
                     struct rebuild_report *out, struct error *err)
{
    struct error own = { FAULT_NONE, "" };
    int64_t left_ms = budget_ms;
    int64_t begun_ms = clock_monotonic_ms();

    out->until_ms = begun_ms + budget_ms;
    out->late = false;
    err = err ? err : &own;
    for (int tries = 0;; tries++) {
        if (store_push(s, left_ms, err) == 0)
            return 0;
        if (err->fault != FAULT_BUSY)
            return -1;
        left_ms = budget_ms - (clock_monotonic_ms() - begun_ms);
        if (left_ms > 0 && tries > 0)
            pause_some(&seed, tries, left_ms);
        left_ms = budget_ms - (clock_monotonic_ms() - begun_ms);
        if (left_ms <= 0)
            return -1; /* with the last word of the push */
        if (catch_up(s, left_ms, out, err))
            return -1;
        left_ms = budget_ms - (clock_monotonic_ms() - begun_ms);
    }
}
