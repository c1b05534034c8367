#include "alert/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alert/draft.h"
#include "alert/quiet.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/utf8.h"

const char *fault_change_name(enum fault_change change)
{
    static const char *const names[] = { "once", "began", "changed", "ended" };
    return names[change];
}

static bool is_same(const struct service_fault *a,
                    const struct service_fault *b)
{
    return a->class == b->class && strcmp(a->subject, b->subject) == 0;
}

static const struct service_fault *find(const struct fault_list *l,
                                        const struct service_fault *f)
{
    for (size_t i = 0; i < l->count; i++) {
        if (is_same(&l->list[i], f))
            return &l->list[i];
    }
    return NULL;
}

/* Of all keys, whatever their order and number. */
static void put_print(struct service_fault *f, uint32_t keys)
{
    f->keys |= keys;
    snprintf(f->print, sizeof(f->print), "%08" PRIx32, f->keys);
}

static uint32_t key_of(const char *text)
{
    return hash_feed(HASH_START, text, strlen(text));
}

void fault_see(struct fault_list *seen, enum fault_class class,
               const char *subject, const char *key, const char *what)
{
    struct service_fault f = { .class = class, .since_ms = MOMENT_NONE };
    uint32_t keys = key_of(key ? key : what);
    snprintf(f.subject, sizeof(f.subject), "%s", subject);
    snprintf(f.what, sizeof(f.what), "%s", what);
    for (size_t i = 0; i < seen->count; i++) {
        if (is_same(&seen->list[i], &f)) {
            put_print(&seen->list[i], keys);
            return;
        }
    }
    if (seen->count == FAULTS_MAX) {
        seen->more[class]++;
        return;
    }
    put_print(&f, keys);
    seen->list[seen->count++] = f;
}

static void add(struct fault_list *after, const struct service_fault *f)
{
    if (after->count < FAULTS_MAX)
        after->list[after->count++] = *f;
}

/* Those that stood before keep their place; new ones follow, as many as there
 * is room for. */
size_t fault_compare(const struct fault_list *before,
                     const struct fault_list *seen, unsigned looked,
                     int64_t slot_ms, struct fault_list *after,
                     struct fault_news news[FAULT_NEWS_MAX])
{
    size_t n = 0;
    *after = (struct fault_list){ 0 };
    for (size_t i = 0; i < before->count; i++) {
        struct service_fault f = before->list[i];
        const struct service_fault *now = find(seen, &f);
        if (!now && (looked & 1u << f.class)) {
            news[n++] = (struct fault_news){ FAULT_ENDED, f };
            continue;
        }
        if (now && strcmp(now->print, f.print) != 0) {
            int64_t since_ms = f.since_ms;
            f = *now;
            f.since_ms = since_ms;
            news[n++] = (struct fault_news){ FAULT_CHANGED, f };
        }
        add(after, &f);
    }
    memcpy(after->more, seen->more, sizeof(after->more));
    for (size_t i = 0; i < seen->count; i++) {
        struct service_fault f = seen->list[i];
        if (find(before, &f))
            continue;
        if (after->count == FAULTS_MAX) {
            after->more[f.class]++;
            continue;
        }
        f.since_ms = slot_ms;
        add(after, &f);
        news[n++] = (struct fault_news){ FAULT_BEGAN, f };
    }
    return n;
}

/* The slot that the id of a message begins with. */
static int64_t slot_of_id(const char *id)
{
    static const int digits[] = { 4, 2, 2, 2, 2 };
    int part[5] = { 0 };
    for (int i = 0; i < 5; i++) {
        id += i == 3; /* the T */
        for (int k = 0; k < digits[i]; k++, id++) {
            if (*id < '0' || *id > '9')
                return MOMENT_NONE;
            part[i] = part[i] * 10 + (*id - '0');
        }
    }
    return civil_moment((struct civil){ .year = part[0],
                                        .month = part[1],
                                        .day = part[2],
                                        .hour = part[3],
                                        .minute = part[4] });
}

int64_t fault_told_ms(const struct service_fault *f)
{
    return f->told[0] ? slot_of_id(f->told) : MOMENT_NONE;
}

/* How long after it was told at `told_ms` it is told again. */
static int64_t repeat_ms(const struct service_fault *f, int64_t told_ms)
{
    const struct fault_rule *rule = &fault_rules[f->class];
    int64_t most = rule->repeat_slots * MS_PER_SLOT, so_far;

    if (!fault_is_of_deafness(f->class))
        return most;
    so_far = told_ms - f->since_ms;
    if (so_far < MS_PER_SLOT)
        return MS_PER_SLOT;
    return so_far < most ? so_far : most;
}

bool fault_is_due(const struct service_fault *f, int64_t slot_ms)
{
    const struct fault_rule *rule = &fault_rules[f->class];
    if (rule->priority == FAULT_SILENT)
        return false;
    if (!f->told[0])
        return slot_ms - f->since_ms >= rule->patience_slots * MS_PER_SLOT;
    int64_t told_ms = slot_of_id(f->told);
    return rule->repeat_slots && told_ms != MOMENT_NONE &&
           slot_ms - told_ms >= repeat_ms(f, told_ms);
}

static void make_id(enum fault_class class, const char *print,
                    struct intent *out)
{
    const char *const parts[] = { out->grid, alert_reason_name(out->reason),
                                  fault_class_name(class), print };
    char stamp[INTENT_STAMP];
    uint32_t h = HASH_START;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        h = hash_feed(h, parts[i], strlen(parts[i]) + 1);
    intent_stamp(out->slot_ms, stamp);
    snprintf(out->id, sizeof(out->id), "%s-%08" PRIx32, stamp, h);
}

/* What is to be done, and what will be heard of it. */
static void put_next(struct draft *d, enum fault_class class,
                     const char *those_are)
{
    const struct fault_rule *rule = &fault_rules[class];
    draft_put(d, "%s\n", rule->remedy);
    if (fault_is_passing(class))
        draft_put(d, "Next: nothing, this is told once%s.\n",
                  fault_wakes(class) ? ""
                                     : ", in quiet hours again at their end");
    else if (fault_is_of_deafness(class))
        draft_put(d,
                  "Next: the same, after 15 min at first and every %" PRId64
                  " min at last, until a message is taken.\n",
                  rule->repeat_slots * MS_PER_SLOT / MS_PER_MINUTE);
    else if (rule->repeat_slots)
        draft_put(d,
                  "Next: the same every %" PRId64
                  " min until a message is taken.\n",
                  rule->repeat_slots * MS_PER_SLOT / MS_PER_MINUTE);
    else
        draft_put(d, "Next: a quiet message when %s mended.\n", those_are);
}

static void put_body(const struct service_fault *f, const struct zone *zone,
                     bool ended, struct intent *out)
{
    struct draft d = { out->body, sizeof(out->body), 0, out->slot_ms, zone };
    if (ended) {
        draft_put(&d, "Nothing to do. It stood since ");
        draft_clock(&d, f->since_ms);
        draft_put(&d, ":\n%s.\n", f->what);
        return;
    }
    draft_put(&d, "%s.\n", f->what);
    put_next(&d, f->class, "it is");
}

/* All of it but title and body. */
static void begin_intent(enum fault_class class, const char *subject,
                         const char *print, int64_t since_ms, int64_t slot_ms,
                         bool ended, struct intent *out)
{
    char stamp[INTENT_STAMP];
    *out = (struct intent){
        .slot_ms = slot_ms,
        .reason = ended ? ALERT_MENDED : ALERT_FAULT,
        .state = STATE_UNKNOWN,
        .priority = ended ? -1 : fault_rules[class].priority,
    };
    snprintf(out->grid, sizeof(out->grid), "%s", subject);
    make_id(class, print, out);
    intent_stamp(since_ms, stamp);
    snprintf(out->tag, sizeof(out->tag), "%s-%s", subject, stamp);
}

static const char *name_of(const struct service_fault *f)
{
    return strcmp(f->subject, "run") == 0 ? "gridwatch" : f->subject;
}

static const char *verb_of(enum fault_class class, bool ended)
{
    const struct fault_rule *rule = &fault_rules[class];
    return ended && rule->mended ? rule->mended : rule->begun;
}

void fault_intent(const struct service_fault *f, int64_t slot_ms,
                  const struct zone *zone, bool ended, struct intent *out)
{
    begin_intent(f->class, f->subject, f->print, f->since_ms, slot_ms, ended,
                 out);
    snprintf(out->title, sizeof(out->title), "%s: %s %s",
             ended ? "Mended" : "Fault", name_of(f), verb_of(f->class, ended));
    put_body(f, zone, ended, out);
}

/* --- Several at once ------------------------------------------------------ */

#define GROUP_WORDS 150 /* of what each went wrong with */

static void put_names(const struct service_fault *const *list, size_t named,
                      size_t rest, bool ended, struct intent *out)
{
    struct draft d = { out->title, sizeof(out->title), 0, out->slot_ms, NULL };
    draft_put(&d, "%s: ", ended ? "Mended" : "Fault");
    for (size_t i = 0; i < named; i++)
        draft_put(&d, "%s%s", i ? ", " : "", name_of(list[i]));
    if (rest)
        draft_put(&d, " and %zu more", rest);
    draft_put(&d, ": each %s", verb_of(list[0]->class, ended));
}

static void put_group(const struct service_fault *const *list, size_t named,
                      size_t rest, bool ended, struct intent *out)
{
    struct draft d = { out->body, sizeof(out->body), 0, out->slot_ms, NULL };
    char what[UTF8_ROOM(GROUP_WORDS)];

    if (ended)
        draft_put(&d, "Nothing to do. These stood:\n");
    for (size_t i = 0; i < named; i++) {
        utf8_cut_line(list[i]->what, GROUP_WORDS, what);
        draft_put(&d, "%s: %s.\n", name_of(list[i]), what);
    }
    if (rest)
        draft_put(&d, "And %zu more: the log of the run has them.\n", rest);
    if (!ended)
        put_next(&d, list[0]->class, "they are");
}

void fault_group_intent(const struct service_fault *const *list, size_t count,
                        size_t more, int64_t slot_ms, bool ended,
                        struct intent *out)
{
    size_t named = count < FAULTS_ONE_BY_ONE ? count : FAULTS_ONE_BY_ONE;
    size_t rest = count - named + more;
    int64_t since_ms = list[0]->since_ms;
    char print[FAULT_PRINT_MAX];
    uint32_t h = HASH_START;

    for (size_t i = 0; i < count; i++) {
        h = hash_feed(h, list[i]->subject, strlen(list[i]->subject) + 1);
        h = hash_feed(h, list[i]->print, strlen(list[i]->print) + 1);
        since_ms = list[i]->since_ms < since_ms ? list[i]->since_ms : since_ms;
    }
    snprintf(print, sizeof(print), "%08" PRIx32, h);
    begin_intent(list[0]->class, "run", print, since_ms, slot_ms, ended, out);
    put_names(list, named, rest, ended, out);
    put_group(list, named, rest, ended, out);
}

bool intent_is_of_service(const struct intent *intent)
{
    return intent->reason >= ALERT_FAULT;
}
