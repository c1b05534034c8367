/* cli/story_read.h - the story of the data repository, day by day, from the
 * tip.
 *
 * In memory are the names of two days, the days themselves and the histories of
 * the grids; documents are read one at a time.
 */
#ifndef CLI_STORY_READ_H
#define CLI_STORY_READ_H

#include "cli/days.h"
#include "cli/story_event.h"

/* Where all that happened lies, by day. */
#define STORY_FOLDER "audit"

struct story_wish {
    bool kinds[STORY_KIND_COUNT];
    const char *grid;   /* NULL: all */
    const char *symbol; /* of that grid: its faults and revisions belong to it;
                           or NULL */
    struct span span;
};

/* What an operator wrote by hand: an event of a grid's history. */
struct story_hand {
    char grid[GRID_ID_MAX];
    struct grid_history event;
};

struct story_reader {
    struct store *store; /* borrowed */
    struct story_wish wish;
    struct days days;
    struct story_hand *hands; /* by time */
    size_t hand_count;
};

/* `= { 0 }` before. A grid file that cannot be read is told on stderr. */
int story_open(struct store *store, const struct story_wish *wish,
               struct story_reader *out, struct error *err);
void story_close(struct story_reader *r);

/* Shows the events of days.list[i] in the order of their times. A document
 * that cannot be read is told on stderr and left out. */
typedef void story_visit(const struct story_event *e, void *payload);
int story_day(struct story_reader *r, size_t i, story_visit *visit,
              void *payload, struct error *err);

#endif
