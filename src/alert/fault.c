#include "alert/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alert/draft.h"
#include "base/hash.h"
#include "base/moment.h"

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
    if (seen->count == FAULTS_MAX)
        return;
    put_print(&f, keys);
    seen->list[seen->count++] = f;
}

static void add(struct fault_list *after, const struct service_fault *f)
{
    if (after->count < FAULTS_MAX)
        after->list[after->count++] = *f;
}

/* Those that stood before keep their place; new ones follow. */
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
    for (size_t i = 0; i < seen->count && after->count < FAULTS_MAX; i++) {
        struct service_fault f = seen->list[i];
        if (find(before, &f))
            continue;
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

bool fault_is_due(const struct service_fault *f, int64_t slot_ms)
{
    const struct fault_rule *rule = &fault_rules[f->class];
    if (rule->priority == FAULT_SILENT)
        return false;
    if (!f->told[0])
        return slot_ms - f->since_ms >= rule->patience_slots * MS_PER_SLOT;
    int64_t told_ms = slot_of_id(f->told);
    return rule->repeat_slots && told_ms != MOMENT_NONE &&
           slot_ms - told_ms >= rule->repeat_slots * MS_PER_SLOT;
}

static void make_id(const struct service_fault *f, struct intent *out)
{
    const char *const parts[] = { out->grid, alert_reason_name(out->reason),
                                  fault_class_name(f->class), f->print };
    char stamp[INTENT_STAMP];
    uint32_t h = HASH_START;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        h = hash_feed(h, parts[i], strlen(parts[i]) + 1);
    intent_stamp(out->slot_ms, stamp);
    snprintf(out->id, sizeof(out->id), "%s-%08" PRIx32, stamp, h);
}

static void put_body(const struct service_fault *f, bool ended,
                     struct intent *out)
{
    const struct fault_rule *rule = &fault_rules[f->class];
    struct draft d = { out->body, sizeof(out->body), 0, out->slot_ms };
    if (ended) {
        draft_put(&d, "Nothing to do. It stood since ");
        draft_clock(&d, f->since_ms);
        draft_put(&d, ":\n%s.\n", f->what);
        return;
    }
    draft_put(&d, "%s.\n", f->what);
    draft_put(&d, "%s\n", rule->remedy);
    if (fault_is_passing(f->class))
        draft_put(&d, "Next: nothing, this is told once.\n");
    else if (rule->repeat_slots)
        draft_put(&d,
                  "Next: the same every %" PRId64
                  " min until a message is taken.\n",
                  rule->repeat_slots * MS_PER_SLOT / MS_PER_MINUTE);
    else
        draft_put(&d, "Next: a quiet message when it is mended.\n");
}

void fault_intent(const struct service_fault *f, int64_t slot_ms, bool ended,
                  struct intent *out)
{
    const struct fault_rule *rule = &fault_rules[f->class];
    char stamp[INTENT_STAMP];
    *out = (struct intent){
        .slot_ms = slot_ms,
        .reason = ended ? ALERT_MENDED : ALERT_FAULT,
        .state = STATE_UNKNOWN,
        .priority = ended ? -1 : rule->priority,
    };
    snprintf(out->grid, sizeof(out->grid), "%s", f->subject);
    make_id(f, out);
    intent_stamp(f->since_ms, stamp);
    snprintf(out->tag, sizeof(out->tag), "%s-%s", f->subject, stamp);
    snprintf(out->title, sizeof(out->title), "%s: %s %s",
             ended ? "Mended" : "Fault",
             strcmp(f->subject, "run") == 0 ? "gridwatch" : f->subject,
             ended && rule->mended ? rule->mended : rule->begun);
    put_body(f, ended, out);
}

bool intent_is_of_service(const struct intent *intent)
{
    return intent->reason == ALERT_FAULT || intent->reason == ALERT_MENDED;
}
