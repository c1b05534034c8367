#include "run/faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/aside.h"
#include "run/channels.h"
#include "run/outcry.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

bool run_is_alone(const struct run *r)
{
    const char *list = r->config->run.grids;
    return !list[strspn(list, " ")];
}

void run_look(struct run *r, enum fault_class class)
{
    r->looked |= 1u << class;
}

static bool is_of(const struct service_fault *f, enum fault_class class,
                  const char *subject)
{
    return f->class == class && strcmp(f->subject, subject) == 0;
}

/* A new one takes the place of one that waits to be told. */
static void forget_kept(struct run *r, enum fault_class class,
                        const char *subject)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->seen.count; i++) {
        const struct service_fault *f = &r->seen.list[i];
        if (!is_of(f, class, subject) || f->since_ms == MOMENT_NONE)
            r->seen.list[kept++] = *f;
    }
    r->seen.count = kept;
}

void run_see(struct run *r, enum fault_class class, const char *subject,
             const char *key, const char *what)
{
    run_look(r, class);
    if (fault_is_passing(class))
        forget_kept(r, class, subject);
    fault_see(&r->seen, class, subject, key, what);
}

struct service_fault *run_fault(struct run *r, enum fault_class class,
                                const char *subject)
{
    struct fault_list *l = &r->service.faults;
    for (size_t i = 0; i < l->count; i++) {
        if (is_of(&l->list[i], class, subject))
            return &l->list[i];
    }
    return NULL;
}

static bool is_seen(const struct run *r, const struct service_fault *f)
{
    for (size_t i = 0; i < r->seen.count; i++) {
        if (is_of(&r->seen.list[i], f->class, f->subject))
            return true;
    }
    return false;
}

static bool is_told(const struct run *r, const struct service_fault *f)
{
    const struct service_document *d = &r->service;
    for (size_t i = 0; i < d->open_count; i++) {
        if (strcmp(d->open[i].id, f->told) == 0)
            return false;
    }
    for (size_t i = 0; i < d->owed.count; i++) {
        if (strcmp(d->owed.list[i].id, f->told) == 0)
            return false;
    }
    return f->told[0] != '\0';
}

/* What happened once stands until the phone took the message about it, and that
 * aloud: what came and went in the quiet hours is told when they are over. */
static void keep_untold(struct run *r)
{
    const struct fault_list *l = &r->service.faults;
    const struct quiet quiet = run_quiet(r);
    for (size_t i = 0; i < l->count; i++) {
        if (!fault_is_passing(l->list[i].class))
            continue;
        run_look(r, l->list[i].class);
        bool over =
            is_told(r, &l->list[i]) && !quiet_lowered(&quiet, &l->list[i]);
        if (!over && !is_seen(r, &l->list[i]) && r->seen.count < FAULTS_MAX)
            r->seen.list[r->seen.count++] = l->list[i];
    }
}

/* Those that cannot be read are told and not looked for again. */
static void recall_messages(struct run *r)
{
    struct service_document *d = &r->service;
    struct error err;
    size_t kept = 0;

    for (size_t i = 0; i < d->open_count; i++) {
        if (run_recall_message(r, MESSAGE_OF_SERVICE, &d->open[i], &err) == 0 ||
            !run_tell_lost_message(r, "run", d->open[i].path, &err))
            d->open[kept++] = d->open[i];
    }
    r->service_changed |= kept != d->open_count;
    d->open_count = kept;
}

/* A document that cannot be read is as good as none: all that stands is told
 * once more. */
void run_faults_recall(struct run *r)
{
    static const enum fault_class seen_by_recall[] = {
        FAULT_CLASS_GRID_FILE,
        FAULT_CLASS_GRID_NAME,
        FAULT_CLASS_GRID_STATE,
        FAULT_CLASS_OVERRIDES,
    };
    char path[RECORD_PATH_MAX];

    for (size_t i = 0; i < sizeof(seen_by_recall) / sizeof(seen_by_recall[0]);
         i++)
        run_look(r, seen_by_recall[i]);
    if (run_is_alone(r)) /* others have disks of their own */
        run_look(r, FAULT_CLASS_SET_ASIDE);
    run_aside_see(r);
    record_service_path(path);
    if (run_read_document(r, RECORD_SERVICE, path, &r->service, NULL)) {
        r->service = (struct service_document){ 0 };
        return;
    }
    recall_messages(r);
    keep_untold(r);
}

/* Decides one message about some faults of one class. When the list of open
 * ones is full it waits for a run that has room. */
static void tell(struct run *r, struct service_fault **list, size_t count,
                 size_t more, bool ended)
{
    const struct service_fault *const *told =
        (const struct service_fault *const *)list;
    struct service_document *d = &r->service;
    struct message_run m = { .grid = MESSAGE_OF_SERVICE, .decided_now = true };
    const struct quiet quiet = run_quiet(r);

    if (d->open_count == RECORD_OPEN_INTENTS_MAX)
        return;
    if (count + more == 1)
        fault_intent(list[0], r->slot_ms, &r->zone, ended, &m.intent);
    else
        fault_group_intent(told, count, more, r->slot_ms, ended, &m.intent);
    int64_t aloud = m.intent.priority;
    m.intent.priority =
        quiet_priority(&quiet, list[0]->class, aloud, r->slot_ms);
    m.lowered = aloud - m.intent.priority;
    for (size_t i = 0; i < count; i++)
        snprintf(list[i]->told, sizeof(list[i]->told), "%s", m.intent.id);
    r->service_changed = true;
    if (run_put_intent(r, &m))
        return; /* refused: that is a fault of its own */
    struct open_intent *o = &d->open[d->open_count++];
    snprintf(o->id, sizeof(o->id), "%s", m.intent.id);
    snprintf(o->path, sizeof(o->path), "%s", m.path);
    *run_add_message(r) = m;
}

/* A phone that rings thirty times is put away: a few of a class are told one
 * by one, many in one message. */
static void tell_class(struct run *r, struct service_fault **list, size_t count,
                       size_t more, bool ended)
{
    if (count && count + more > FAULTS_ONE_BY_ONE)
        tell(r, list, count, more, ended);
    else
        for (size_t i = 0; i < count; i++)
            tell(r, &list[i], 1, 0, ended);
}

static void tell_ended(struct run *r, enum fault_class class,
                       struct fault_news *news, size_t n)
{
    struct service_fault *list[FAULTS_MAX];
    size_t count = 0;
    for (size_t i = 0; fault_rules[class].mended && i < n; i++) {
        struct service_fault *f = &news[i].fault;
        if (news[i].change == FAULT_ENDED && f->class == class && f->told[0])
            list[count++] = f;
    }
    tell_class(r, list, count, 0, true);
}

static void tell_due(struct run *r, enum fault_class class)
{
    struct fault_list *l = &r->service.faults;
    struct service_fault *list[FAULTS_MAX];
    const struct quiet quiet = run_quiet(r);
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct service_fault *f = &l->list[i];
        if (f->class == class && !run_channels_leave(r, f) &&
            (fault_is_due(f, r->slot_ms) || quiet_owes(&quiet, f, r->slot_ms)))
            list[count++] = f;
    }
    tell_class(r, list, count, l->more[class], false);
}

static void put_news(struct run *r, const struct fault_news *news)
{
    char text[LOG_VALUE_MAX];
    const struct service_fault *f = &news->fault;

    log_event(news->change == FAULT_ENDED ? LOG_LEVEL_INFO : LOG_LEVEL_WARN,
              "service-fault", "change=%s class=%s subject=%s what=%s",
              fault_change_name(news->change), fault_class_name(f->class),
              f->subject, log_value(f->what, text));
    run_put_news(r, news);
}

/* Another writer looks at its own grids and markets. */
static bool is_of_another(const struct run *r, const struct service_fault *f)
{
    bool ours = strcmp(f->subject, "run") == 0 || run_is_ours(r, f->subject) ||
                f->class == FAULT_CLASS_GRID_FILE ||
                f->class == FAULT_CLASS_SECOND ||
                f->class == FAULT_CLASS_GRID_STATE;
    for (size_t i = 0; i < r->symbol_count; i++)
        ours |= strcmp(r->symbols[i].symbol, f->subject) == 0;
    return !ours;
}

/* What this run sees, and what of others it leaves as it stands. */
static struct fault_list seen_of_all(const struct run *r)
{
    const struct fault_list *stand = &r->service.faults;
    struct fault_list all = r->seen;
    for (size_t i = 0; i < stand->count && all.count < FAULTS_MAX; i++) {
        if (is_of_another(r, &stand->list[i]))
            all.list[all.count++] = stand->list[i];
    }
    return all;
}

static bool any_evaluated(const struct run *r)
{
    bool any = false;
    for (size_t i = 0; i < r->grid_count; i++)
        any |= r->grids[i].evaluated;
    return any;
}

/* That nothing could be recorded is recorded by the first commit after it. */
static void put_silence(struct run *r)
{
    char what[RECORD_LINE_MAX];
    if (!r->silence_put && run_outcry_stands(r, what, sizeof(what)))
        run_put_fault(r, "run", FAULT_CLASS_RUN, what);
    r->silence_put = true;
}

void run_faults_settle(struct run *r)
{
    struct fault_news *news = xcalloc(FAULT_NEWS_MAX, sizeof(*news));
    const struct fault_list seen = seen_of_all(r);
    struct fault_list after;

    if (any_evaluated(r) && !r->options->look) /* which reads one or two */
        run_look(r, FAULT_CLASS_DOCUMENT);
    put_silence(r);
    size_t n = fault_compare(&r->service.faults, &seen, r->looked, r->slot_ms,
                             &after, news);
    r->service.faults = after;
    r->service_changed |= n > 0;
    for (size_t i = 0; i < n; i++)
        put_news(r, &news[i]);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++)
        tell_ended(r, (enum fault_class)i, news, n);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++)
        tell_due(r, (enum fault_class)i);
    run_channels_owe(r);
    run_put_service(r);
    free(news);
}

/* The message about the refusal may be refused as well: then nobody can be
 * told, and that goes on until one is taken. */
void run_faults_refused(struct run *r, const struct intent *intent,
                        const char *why)
{
    const struct service_fault *f = run_fault(r, FAULT_CLASS_CHANNEL, "run");
    char what[RECORD_LINE_MAX], key[RECORD_LINE_MAX];

    if (f && strcmp(f->told, intent->id) == 0)
        return;
    snprintf(key, sizeof(key), "%s", intent->id);
    snprintf(what, sizeof(what), "\"%.100s\" was not delivered: %.120s",
             intent->title, why);
    run_see(r, FAULT_CLASS_CHANNEL, "run", key, what);
}

static void unsee(struct run *r, enum fault_class class)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->seen.count; i++) {
        if (r->seen.list[i].class != class)
            r->seen.list[kept++] = r->seen.list[i];
    }
    r->seen.count = kept;
}

/* A channel that takes messages again is asked at once to tell what was lost.
 * The fault ends with that. */
void run_faults_accepted(struct run *r, const struct intent *intent)
{
    struct service_fault *f = run_fault(r, FAULT_CLASS_CHANNEL, "run");
    if (!f)
        return;
    if (strcmp(f->told, intent->id) == 0) {
        unsee(r, FAULT_CLASS_CHANNEL);
        run_look(r, FAULT_CLASS_CHANNEL);
    } else {
        f->told[0] = '\0';
        r->service_changed = true;
    }
}

bool run_faults_superseded(const struct run *r, const struct intent *intent)
{
    const struct fault_list *l = &r->service.faults;
    if (intent->reason != ALERT_FAULT)
        return false;
    for (size_t i = 0; i < l->count; i++) {
        if (strcmp(l->list[i].told, intent->id) == 0)
            return false;
    }
    return true;
}

struct unrecorded *run_unrecorded(struct run *r, const char *grid)
{
    struct service_document *d = &r->service;
    for (size_t i = 0; i < d->unrecorded_count; i++) {
        if (strcmp(d->unrecorded[i].grid, grid) == 0)
            return &d->unrecorded[i];
    }
    return NULL;
}

void run_remember_unrecorded(struct run *r, const char *grid,
                             const struct alert_memory *alert)
{
    struct service_document *d = &r->service;
    struct unrecorded *u = run_unrecorded(r, grid);

    if (!u && d->unrecorded_count == RECORD_UNRECORDED_MAX)
        return; /* told once more, then */
    if (!u) {
        u = &d->unrecorded[d->unrecorded_count++];
        *u = (struct unrecorded){ 0 };
        snprintf(u->grid, sizeof(u->grid), "%s", grid);
    }
    u->alert = *alert;
    r->service_changed = true;
}

void run_forget_unrecorded(struct run *r, const char *grid)
{
    struct service_document *d = &r->service;
    struct unrecorded *u = run_unrecorded(r, grid);
    if (!u)
        return;
    *u = d->unrecorded[--d->unrecorded_count];
    r->service_changed = true;
}
