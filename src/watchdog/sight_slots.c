/* What the slot documents of one grid say. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/moment.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"
#include "watchdog/sight.h"

/* What is older was looked at before, and an exit document takes a quarter of a
 * millisecond. */
#define CHAIN_MS (2 * MS_PER_DAY)
/* A message that was got so long ago is not about what is so now. */
#define TOLD_MS  MS_PER_DAY

struct chain {
    struct store *store;
    int64_t from_ms, to_ms; /* what is later is ahead */
    struct watch_grid *grid;
    struct exit_document *now; /* the newest that could be read */
    int64_t now_slot_ms;       /* or MOMENT_NONE */
};

static bool follows(const struct watch_grid *g, int64_t says_ms)
{
    return g->slot_ms == MOMENT_NONE || says_ms == g->slot_ms;
}

/* A slot that was filled later told nobody; one whose state is not known is
 * what it was. */
static void see_mandatory(struct watch_grid *g, const struct exit_document *d,
                          int64_t slot_ms)
{
    enum exit_state state = d->evaluation.verdict.state;
    if (state == STATE_UNKNOWN)
        state = d->evaluation.verdict.known;
    if (state != STATE_MANDATORY)
        g->mandatory_ms = MOMENT_NONE;
    else if (g->mandatory_ms == MOMENT_NONE && !d->backfilled)
        g->mandatory_ms = slot_ms;
}

/* In the order of their paths, which is that of time. */
static int see_slot(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct chain *c = payload;
    struct watch_grid *g = c->grid;
    struct record_place place = record_place_of(e->path);
    struct error why;

    (void)err;
    if (place.kind != RECORD_EXIT || place.time_ms == MOMENT_NONE)
        return 0;
    if (place.time_ms > c->to_ms) {
        g->ahead_ms = place.time_ms;
        return 0;
    }
    if (place.time_ms >= c->from_ms &&
        open_document(c->store, RECORD_EXIT, e->path, c->now, &why) == 0) {
        c->now_slot_ms = place.time_ms;
        if (g->torn_ms == MOMENT_NONE &&
            !follows(g, c->now->previous_slot_ms)) {
            g->torn_ms = place.time_ms;
            g->torn_to_ms = g->slot_ms;
            g->torn_says_ms = c->now->previous_slot_ms;
        }
        see_mandatory(g, c->now, place.time_ms);
    }
    g->slot_ms = place.time_ms;
    return 0;
}

static void see_money(const struct chain *c, int64_t now_ms, double capital,
                      int64_t *tell_since_ms)
{
    const struct verdict *v = &c->now->evaluation.verdict;
    struct value fell = c->now->position.is.pnl.drawdown.nominal;

    *tell_since_ms = now_ms - TOLD_MS;
    if (c->now_slot_ms == MOMENT_NONE || c->now_slot_ms != c->grid->slot_ms)
        return;
    if (v->state == STATE_MANDATORY && v->since_ms < *tell_since_ms)
        *tell_since_ms = v->since_ms;
    if (value_usable(fell) && capital > 0)
        c->grid->drawdown = fell.v / capital;
    c->grid->equity_limit = v->triggers[M_EQUITY].limit;
}

int sight_slots(struct store *store, int64_t now_ms, int64_t from_ms,
                struct watch_grid *g, double capital, int64_t *tell_since_ms,
                struct error *err)
{
    char dir[RECORD_PATH_MAX];
    struct chain c = { store, now_ms - CHAIN_MS, now_ms + WATCH_AHEAD_MS, g,
                       NULL,  MOMENT_NONE };

    if (from_ms < c.from_ms)
        c.from_ms = from_ms;
    c.now = xcalloc(1, sizeof(*c.now));
    g->slot_ms = g->torn_ms = g->torn_to_ms = g->torn_says_ms = MOMENT_NONE;
    g->ahead_ms = g->mandatory_ms = MOMENT_NONE;
    g->drawdown = g->equity_limit = NO_VALUE;
    snprintf(dir, sizeof(dir), "exits/%s", g->id);
    int rc = store_walk(store, dir, see_slot, &c, err);
    if (!rc)
        see_money(&c, now_ms, capital, tell_since_ms);
    free(c.now);
    return rc;
}
