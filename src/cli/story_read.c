#include "cli/story_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/story_config.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

struct entry {
    char path[RECORD_PATH_MAX];
    struct record_place place;
};

/* The files of one day, by time. */
struct listing {
    struct entry *list;
    size_t count;
};

/* One day on its way out. */
struct showing {
    struct story_reader *reader;
    struct listing today, tomorrow;
    size_t hand; /* first that is not shown */
    bool ours;   /* the document at hand is asked for */
    bool quiet;  /* only looks for the configuration of a run */
    char config[9];
    story_visit *visit;
    void *payload;
    struct story_event event;
};

static int add_entry(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct listing *l = payload;
    struct entry new = { .place = record_place_of(e->path) };

    (void)err;
    if (e->is_dir || new.place.kind < RECORD_TRANSITION ||
        new.place.kind >= RECORD_KIND_COUNT ||
        strlen(e->path) >= sizeof(new.path))
        return 0;
    memcpy(new.path, e->path, strlen(e->path) + 1);
    l->list = xrealloc(l->list, l->count + 1, sizeof(*l->list));
    l->list[l->count++] = new;
    return 0;
}

/* At one time what was seen comes first, then the state that it raised, then
 * the message of that, and its answers. */
static int rank_of(const struct entry *e)
{
    static const int ranks[RECORD_KIND_COUNT] = {
        [RECORD_TRANSITION] = 1,
        [RECORD_INTENT] = 2,
        [RECORD_DELIVERY] = 3,
    };
    return ranks[e->place.kind];
}

static bool comes_before(const struct entry *a, const struct entry *b)
{
    return a->place.time_ms == b->place.time_ms && rank_of(a) < rank_of(b);
}

/* The names are by time already. */
static void put_causes_first(struct listing *l)
{
    for (size_t i = 1; i < l->count; i++) {
        const struct entry moving = l->list[i];
        size_t k = i;
        for (; k > 0 && comes_before(&moving, &l->list[k - 1]); k--)
            l->list[k] = l->list[k - 1];
        l->list[k] = moving;
    }
}

static int list_day(struct store *store, int64_t day_ms, struct listing *out,
                    struct error *err)
{
    char path[DAYS_PATH_MAX];
    days_path(STORY_FOLDER, day_ms, path);
    int rc = store_list(store, path, add_entry, out, err);
    put_causes_first(out);
    return rc;
}

static bool read_entry(struct showing *s, const struct entry *e, void *out)
{
    struct error err;
    if (open_document(s->reader->store, e->place.kind, e->path, out, &err) == 0)
        return true;
    if (!s->quiet)
        fprintf(stderr, "gridwatch: %s\n", err.msg);
    return false;
}

static void begin_event(struct showing *s, enum story_kind kind, int64_t at_ms,
                        const char *subject)
{
    s->event =
        (struct story_event){ .kind = kind, .at_ms = at_ms, .pi = NO_VALUE };
    snprintf(s->event.subject, sizeof(s->event.subject), "%s", subject);
}

static void show(struct showing *s)
{
    const struct story_wish *w = &s->reader->wish;
    bool asked = !s->quiet && (s->ours || s->event.kind == STORY_CONFIG);
    if (asked && w->kinds[s->event.kind] && s->event.at_ms >= w->span.from_ms &&
        s->event.at_ms < w->span.to_ms)
        s->visit(&s->event, s->payload);
}

/* --- Events, one kind at a time ---------------------------------------------
 */

/* The run that wrote this may have worked with another configuration than the
 * one before it. An operator's machine may have another file than the job:
 * that is no change of the job's. */
static void note_run(struct showing *s, const struct entry *e,
                     const struct run_info *run)
{
    struct story_event held = s->event;
    char now[sizeof(run->config)];

    memcpy(now, run->config, sizeof(now)); /* `run` is of the event at hand */
    if (s->config[0] && strcmp(s->config, now) != 0) {
        begin_event(s, STORY_CONFIG, e->place.time_ms, "run");
        memcpy(s->event.was, s->config, sizeof(now));
        memcpy(s->event.is, now, sizeof(now));
        story_config_changes(s->reader->store, s->config, now,
                             s->event.changes);
        show(s);
        s->event = held;
    }
    memcpy(s->config, now, sizeof(now));
}

static double pi_of(struct store *store, const struct transition_document *d)
{
    struct exit_document *x = xcalloc(1, sizeof(*x));
    char path[RECORD_PATH_MAX];
    struct error err;
    double pi = NO_VALUE;

    record_exit_path(d->grid, d->slot_ms, path);
    if (open_document(store, RECORD_EXIT, path, x, &err) == 0 &&
        value_usable(x->evaluation.hazard.pi))
        pi = x->evaluation.hazard.pi.v;
    free(x);
    return pi;
}

static void show_transition(struct showing *s, const struct entry *e)
{
    struct transition_document *d = &s->event.of.transition;
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    if (s->ours)
        s->event.pi = pi_of(s->reader->store, d);
    show(s);
}

/* Adds the answers to the message at hand that stand from `from` on. */
static void find_answers(struct showing *s, const struct listing *l,
                         size_t from)
{
    const struct intent *i = &s->event.of.intent.intent;

    for (size_t k = from; k < l->count; k++) {
        struct delivery_document d;
        if (l->list[k].place.kind != RECORD_DELIVERY ||
            strcmp(l->list[k].place.name, i->grid) != 0 ||
            s->event.delivery_count == STORY_DELIVERIES ||
            !read_entry(s, &l->list[k], &d) ||
            strcmp(d.delivery.intent, i->id) != 0)
            continue;
        s->event.deliveries[s->event.delivery_count++] = d;
    }
}

/* The files of one run have one time, and their order says nothing. */
static size_t same_time(const struct listing *l, size_t k)
{
    while (k > 0 && l->list[k - 1].place.time_ms == l->list[k].place.time_ms)
        k--;
    return k;
}

static void show_intent(struct showing *s, const struct entry *e)
{
    struct intent_document *d = &s->event.of.intent;
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    if (!s->ours)
        return;
    find_answers(s, &s->today,
                 same_time(&s->today, (size_t)(e - s->today.list)));
    if (!s->event.delivery_count)
        find_answers(s, &s->tomorrow, 0);
    show(s);
}

/* Is its message shown, and this beside it? */
static bool is_beside_message(const struct showing *s, const struct delivery *d)
{
    int64_t took_ms = story_took_ms(d), slot_ms = d->at_ms - took_ms;
    return took_ms != MOMENT_NONE && slot_ms >= s->reader->wish.span.from_ms &&
           moment_floor(d->at_ms, MS_PER_DAY) -
                   moment_floor(slot_ms, MS_PER_DAY) <=
               MS_PER_DAY;
}

/* A look decides later than its slot: is its message of the span, though the
 * slot is not? */
static bool is_beside_look(struct showing *s, const struct delivery *d)
{
    const struct listing *l = &s->today;
    bool found = false;
    struct intent_document *i = xcalloc(1, sizeof(*i));

    for (size_t k = 0; !found && k < l->count; k++)
        found = l->list[k].place.kind == RECORD_INTENT &&
                l->list[k].place.time_ms >= s->reader->wish.span.from_ms &&
                strcmp(l->list[k].place.name, s->event.subject) == 0 &&
                read_entry(s, &l->list[k], i) &&
                strcmp(i->intent.id, d->intent) == 0;
    free(i);
    return found;
}

static void show_delivery(struct showing *s, const struct entry *e)
{
    struct delivery_document *d = &s->event.deliveries[0];
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    s->event.delivery_count = 1;
    bool beside =
        s->reader->wish.kinds[STORY_MESSAGE] &&
        (is_beside_message(s, &d->delivery) || is_beside_look(s, &d->delivery));
    if (!beside)
        show(s);
}

static void show_operator(struct showing *s, const struct entry *e)
{
    if (read_entry(s, e, &s->event.of.operator_act))
        show(s);
}

static void show_fault(struct showing *s, const struct entry *e)
{
    struct fault_document *d = &s->event.of.fault;
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    show(s);
}

static void show_revision(struct showing *s, const struct entry *e)
{
    struct revision_document *d = &s->event.of.revision;
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    show(s);
}

static void show_look(struct showing *s, const struct entry *e)
{
    struct look_document *d = &s->event.of.look;
    if (!read_entry(s, e, d))
        return;
    note_run(s, e, &d->run);
    show(s);
}

// clang-format off
static const struct {
    enum story_kind kind;
    void (*show)(struct showing *s, const struct entry *e);
} kinds[RECORD_KIND_COUNT] = {
    [RECORD_TRANSITION] = { STORY_TRANSITION, show_transition },
    [RECORD_INTENT]     = { STORY_MESSAGE,    show_intent },
    [RECORD_DELIVERY]   = { STORY_DELIVERY,   show_delivery },
    [RECORD_OPERATOR]   = { STORY_OPERATOR,   show_operator },
    [RECORD_FAULT]      = { STORY_FAULT,      show_fault },
    [RECORD_REVISION]   = { STORY_REVISION,   show_revision },
    [RECORD_LOOK]       = { STORY_LOOK,       show_look },
};
// clang-format on

static bool is_ours(const struct story_wish *w, const struct entry *e)
{
    return !w->grid || strcmp(w->grid, e->place.name) == 0 ||
           (w->symbol && strcmp(w->symbol, e->place.name) == 0);
}

/* What a name says already needs no reading. To see the configuration change,
 * whatever a run wrote is read. */
static void show_entry(struct showing *s, const struct entry *e)
{
    const struct story_wish *w = &s->reader->wish;
    bool tells_config =
        w->kinds[STORY_CONFIG] && e->place.kind != RECORD_OPERATOR;

    if (!kinds[e->place.kind].show)
        return;
    s->ours = is_ours(w, e) &&
              (w->kinds[kinds[e->place.kind].kind] ||
               (e->place.kind == RECORD_DELIVERY && w->kinds[STORY_MESSAGE]));
    if (!s->ours && !tells_config)
        return;
    begin_event(s, kinds[e->place.kind].kind, e->place.time_ms, e->place.name);
    kinds[e->place.kind].show(s, e);
}

/* --- What was written by hand ----------------------------------------------
 */

static bool is_recorded(const struct listing *l, const struct story_hand *h)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct record_place *p = &l->list[i].place;
        if (p->kind == RECORD_OPERATOR && p->time_ms == h->event.at_ms &&
            strcmp(p->name, h->grid) == 0)
            return true;
    }
    return false;
}

static void show_hand(struct showing *s, const struct story_hand *h)
{
    struct operator_document *d = &s->event.of.operator_act;

    begin_event(s, STORY_OPERATOR, h->event.at_ms, h->grid);
    s->ours = true;
    s->event.by_hand = true;
    s->event.hand_event = h->event.event;
    *d = (struct operator_document){ .at_ms = h->event.at_ms,
                                     .until_ms = h->event.until_ms };
    snprintf(d->grid, sizeof(d->grid), "%s", h->grid);
    snprintf(d->note, sizeof(d->note), "%s", h->event.note);
    show(s);
}

/* Those of this day that were before `ms`. */
static void show_hands_before(struct showing *s, int64_t ms)
{
    const struct story_reader *r = s->reader;
    for (; s->hand < r->hand_count && r->hands[s->hand].event.at_ms < ms;
         s->hand++) {
        if (!is_recorded(&s->today, &r->hands[s->hand]))
            show_hand(s, &r->hands[s->hand]);
    }
}

/* --- A day, and all of them ------------------------------------------------
 */

/* The configuration that a day ended with; nothing is shown of that day. */
static int take_config(struct showing *s, int64_t day_ms, struct error *err)
{
    struct listing before = { NULL, 0 };
    int rc = list_day(s->reader->store, day_ms, &before, err);

    s->quiet = true;
    s->ours = false;
    for (size_t i = before.count; !rc && !s->config[0] && i-- > 0;) {
        const struct entry *e = &before.list[i];
        if (e->place.kind == RECORD_OPERATOR || !kinds[e->place.kind].show)
            continue;
        begin_event(s, kinds[e->place.kind].kind, e->place.time_ms,
                    e->place.name);
        kinds[e->place.kind].show(s, e);
    }
    s->quiet = false;
    free(before.list);
    return rc;
}

int story_day(struct story_reader *r, size_t i, story_visit *visit,
              void *payload, struct error *err)
{
    struct showing *s = xcalloc(1, sizeof(*s));
    int64_t day_ms = r->days.list[i];
    int rc = 0;

    s->reader = r;
    s->visit = visit;
    s->payload = payload;
    /* A day may hold acts of the operator alone. */
    for (size_t k = i;
         r->wish.kinds[STORY_CONFIG] && !rc && k-- > 0 && !s->config[0];)
        rc = take_config(s, r->days.list[k], err);
    if (!rc)
        rc = list_day(r->store, day_ms, &s->today, err);
    if (!rc)
        rc = list_day(r->store, day_ms + MS_PER_DAY, &s->tomorrow, err);
    while (s->hand < r->hand_count && r->hands[s->hand].event.at_ms < day_ms)
        s->hand++;
    for (size_t k = 0; !rc && k < s->today.count; k++) {
        show_hands_before(s, s->today.list[k].place.time_ms + 1);
        show_entry(s, &s->today.list[k]);
    }
    if (!rc)
        show_hands_before(s, day_ms + MS_PER_DAY);
    free(s->today.list);
    free(s->tomorrow.list);
    free(s);
    return rc;
}
