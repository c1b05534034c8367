/* What is written once stays as it is: the record is evidence. */
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/validate.h"
#include "record/path.h"

static const struct complaint_place whole = { "", 0, 0 };

/* The number after "attempt: " at the beginning of a line; 1 without. */
static long attempt_of(const struct text *data)
{
    static const char key[] = "\nattempt: ";
    const char *at = strstr(text_str(data), key);
    return at ? strtol(at + sizeof(key) - 1, NULL, 10) : 1;
}

static void check_slot(const struct once_edit *e, const struct record_place *p,
                       struct complaints *c)
{
    if (e->after && attempt_of(e->after) > attempt_of(e->before))
        return; /* evaluated again when the data came */
    if (e->after) {
        complaints_add(c, whole,
                       "is the document of a slot and written once: put back "
                       "what was there");
        return;
    }
    if (e->by_run && e->when_ms >= p->time_ms + MS_PER_DAY)
        return; /* what is old leaves the tip and stays in history */
    complaints_add(c, whole,
                   "is the document of a slot: only a run takes it from the "
                   "tip, and not within a day; put it back");
}

static void check_kept(const char *what, struct complaints *c)
{
    complaints_add(c, whole, "is %s and written once: put back what was there",
                   what);
}

/* Kinds whose files follow the world; they change, and most of them stay. */
static void check_removal(const struct once_edit *e,
                          const struct record_place *p, struct complaints *c)
{
    if (e->after)
        return;
    if (p->kind == RECORD_GRID && e->grid_has_run)
        complaints_add(c, whole,
                       "describes a grid that was watched and has to stay: add "
                       "the event 'stopped' to its history instead");
    else if (p->kind == RECORD_SCHEMA)
        complaints_add(c, whole,
                       "describes what stands here: put it back, or let "
                       "'gridwatch init' write it");
}

void once_check(const struct once_edit *e, struct complaints *c)
{
    const struct record_place p = record_place_of(e->path);
    if (!e->before)
        return;
    if (e->after && e->before->len == e->after->len &&
        memcmp(text_str(e->before), text_str(e->after), e->after->len) == 0)
        return;
    if ((p.kind == RECORD_METRICS || p.kind == RECORD_EXIT) &&
        p.time_ms != MOMENT_NONE)
        check_slot(e, &p, c);
    else if (p.hash8[0])
        check_kept("an audit event", c);
    else if (p.kind == RECORD_SEED)
        check_kept("the history of a symbol", c);
    else if (p.kind == RECORD_CONFIG)
        check_kept("a configuration that verdicts were made with", c);
    else
        check_removal(e, &p, c);
}
