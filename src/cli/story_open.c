/* A story is opened: the days that have events, and what was written by hand
 * into the grids' files. */
#include "cli/story_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "run/edit.h"
#include "sys/xmalloc.h"

static void add_hand(struct story_reader *r, const char *grid,
                     const struct grid_history *event)
{
    int64_t day_ms = moment_floor(event->at_ms, MS_PER_DAY);
    size_t at = r->hand_count;

    if (!r->wish.kinds[STORY_OPERATOR] || day_ms >= r->wish.span.to_ms ||
        event->at_ms < r->wish.span.from_ms)
        return;
    r->hands = xrealloc(r->hands, r->hand_count + 1, sizeof(*r->hands));
    for (; at > 0 && r->hands[at - 1].event.at_ms > event->at_ms; at--)
        r->hands[at] = r->hands[at - 1];
    r->hands[at] = (struct story_hand){ .event = *event };
    snprintf(r->hands[at].grid, sizeof(r->hands[at].grid), "%s", grid);
    r->hand_count++;
    days_add(&r->days, day_ms);
}

static int add_hands(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct story_reader *r = payload;
    struct record_place place = record_place_of(e->path);
    struct error why;
    struct grid g;

    (void)err;
    if (e->is_dir || place.kind != RECORD_GRID ||
        (r->wish.grid && strcmp(r->wish.grid, place.name) != 0))
        return 0;
    if (edit_read_grid(r->store, place.name, &g, &why))
        fprintf(stderr, "gridwatch: %s\n", why.msg);
    else
        for (size_t i = 0; i < g.history_count; i++)
            add_hand(r, g.id, &g.history[i]);
    return 0;
}

int story_open(struct store *store, const struct story_wish *wish,
               struct story_reader *out, struct error *err)
{
    *out = (struct story_reader){ .store = store, .wish = *wish };
    if (days_collect(store, STORY_FOLDER, &wish->span, &out->days, err) ||
        store_list(store, "grids", add_hands, out, err))
        return -1;
    return 0;
}

void story_close(struct story_reader *r)
{
    days_release(&r->days);
    free(r->hands);
    *r = (struct story_reader){ 0 };
}
