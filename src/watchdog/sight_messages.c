/* Messages and what the channels answered, of the last days. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"
#include "watchdog/sight.h"

#define DAYS 8

struct sent {
    char id[INTENT_ID_MAX];
    char grid[GRID_ID_MAX];
    int64_t at_ms;
    bool grave;    /* of MANDATORY_EXIT, or a siren */
    bool is_leave; /* it says that the grid has to be left */
    bool got;      /* a channel took it, or the message that told of it */
    bool over;     /* it was superseded: a newer one has its place */
};

struct post {
    struct store *store;
    struct sent *list; /* owned */
    size_t count;
    struct delivery_document *answers; /* owned */
    size_t answer_count;
};

/* Second channels hear ALERT_SECOND besides the phone, which rang before. */
static void take_intent(struct post *p, const struct intent_document *d)
{
    const struct intent *i = &d->intent;
    if (!i->symbol[0] || i->reason == ALERT_SECOND)
        return;
    p->list = xrealloc(p->list, p->count + 1, sizeof(*p->list));
    struct sent *s = &p->list[p->count++];
    *s =
        (struct sent){ .at_ms = d->at_ms,
                       .grave = i->state == STATE_MANDATORY || i->priority == 2,
                       .is_leave = i->state == STATE_MANDATORY };
    memcpy(s->id, i->id, sizeof(s->id));
    memcpy(s->grid, i->grid, sizeof(s->grid));
}

static int take_file(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct post *p = payload;
    struct record_place place = record_place_of(e->path);
    struct intent_document intent;
    struct error why;

    (void)err;
    if (place.kind == RECORD_INTENT) {
        if (open_document(p->store, place.kind, e->path, &intent, &why) == 0)
            take_intent(p, &intent);
    } else if (place.kind == RECORD_DELIVERY) {
        p->answers =
            xrealloc(p->answers, p->answer_count + 1, sizeof(*p->answers));
        if (open_document(p->store, place.kind, e->path,
                          &p->answers[p->answer_count], &why) == 0)
            p->answer_count++;
    }
    return 0;
}

static int read_days(struct post *p, int64_t now_ms, struct error *err)
{
    int rc = 0;
    for (int d = DAYS - 1; d >= -1 && !rc; d--) {
        struct civil c = moment_civil(now_ms - d * MS_PER_DAY);
        char dir[RECORD_PATH_MAX];
        snprintf(dir, sizeof(dir), "audit/%04d/%02d/%02d", c.year % 10000,
                 c.month % 100, c.day % 100);
        rc = store_walk(p->store, dir, take_file, p, err);
    }
    return rc;
}

/* What was refused stays unheard until a later message gets through. */
static void answer(struct post *p)
{
    for (size_t a = 0; a < p->answer_count; a++) {
        const struct delivery *d = &p->answers[a].delivery;
        for (size_t i = 0; i < p->count; i++) {
            struct sent *s = &p->list[i];
            if (strcmp(s->id, d->intent) != 0)
                continue;
            s->got |= d->outcome == DELIVERY_ACCEPTED ||
                      d->outcome == DELIVERY_GROUPED;
            s->over |= d->outcome == DELIVERY_SUPERSEDED;
        }
    }
}

/* When was the newest message about the grid decided that was got? */
static int64_t heard_ms(const struct post *p, const char *grid, bool is_leave)
{
    int64_t ms = MOMENT_NONE;
    for (size_t i = 0; i < p->count; i++) {
        const struct sent *s = &p->list[i];
        if (s->got && (s->is_leave || !is_leave) && s->at_ms > ms &&
            strcmp(s->grid, grid) == 0)
            ms = s->at_ms;
    }
    return ms;
}

/* Is there a message that the grid has to be left, whoever got it? */
static bool is_decided(const struct post *p, const char *grid, int64_t since_ms)
{
    bool any = false;
    for (size_t i = 0; i < p->count; i++) {
        const struct sent *s = &p->list[i];
        any |= s->is_leave && !s->over && s->at_ms >= since_ms &&
               strcmp(s->grid, grid) == 0;
    }
    return any;
}

static const struct watch_grid *running(const struct sight *s, const char *id)
{
    for (size_t i = 0; i < s->grid_count; i++)
        if (s->grids[i].runs && strcmp(s->grids[i].id, id) == 0)
            return &s->grids[i];
    return NULL;
}

/* Was the message got, or a later one that stands for it? Of this
 * MANDATORY_EXIT only one that says so does. */
static bool is_heard(const struct post *p, const struct sent *m,
                     const struct watch_grid *g)
{
    bool must = m->is_leave && g->mandatory_ms != MOMENT_NONE &&
                m->at_ms >= g->mandatory_ms;
    return m->got || m->over || heard_ms(p, m->grid, must) >= m->at_ms;
}

/* What was decided in another life is not about this one. */
static int64_t decided_since_ms(const struct watch_grid *g,
                                int64_t tell_since_ms)
{
    return g->life_ms > tell_since_ms ? g->life_ms : tell_since_ms;
}

static void judge(const struct post *p, struct sight *s)
{
    for (size_t i = 0; i < s->grid_count; i++) {
        struct watch_grid *g = &s->grids[i];
        int64_t leave_ms = heard_ms(p, g->id, true);
        g->heard_ms = heard_ms(p, g->id, false);
        g->told = leave_ms != MOMENT_NONE && leave_ms >= s->tell_since_ms[i];
        g->decided =
            is_decided(p, g->id, decided_since_ms(g, s->tell_since_ms[i]));
    }
    for (size_t i = 0; i < p->count; i++) {
        const struct sent *m = &p->list[i];
        const struct watch_grid *g = running(s, m->grid);
        if (!m->grave || !g || is_heard(p, m, g))
            continue;
        s->unheard =
            xrealloc(s->unheard, s->unheard_count + 1, sizeof(*s->unheard));
        struct watch_unheard *u = &s->unheard[s->unheard_count++];
        memcpy(u->grid, m->grid, sizeof(m->grid));
        u->at_ms = m->at_ms;
    }
}

int sight_messages(struct store *store, int64_t now_ms, struct sight *s,
                   struct error *err)
{
    struct post p = { .store = store };
    int rc = read_days(&p, now_ms, err);
    if (!rc) {
        answer(&p);
        judge(&p, s);
    }
    free(p.list);
    free(p.answers);
    return rc;
}
