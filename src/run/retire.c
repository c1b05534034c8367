#include "run/retire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "run/run_internal.h"
#include "sys/fault_point.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* Days that one run lets go at most: the first run over a year of documents
 * must not eat the time of an alert. */
#define DAYS_MOST     8
/* Commits looked at for the end of a month: those of a day, so that a month
 * whose end was missed by a crash still gets its tag, and few otherwise. */
#define COMMITS_A_DAY 256
#define COMMITS_FEW   4

/* A directory of one day of one symbol or grid. */
struct old_day {
    char path[RECORD_PATH_MAX];
    int64_t day_ms; /* its midnight */
    size_t documents;
    bool mixed; /* holds what is no slot document: it stays */
};

struct retiring {
    const struct retirement *what;
    int64_t keep_ms;      /* the first day that stays */
    struct old_day *days; /* owned */
    size_t count;
};

/* The end of "metrics/BTC-USDT/2026/10/01", or MOMENT_NONE. */
static int64_t day_of(const char *path)
{
    struct civil c = { 0 };
    char slash;
    size_t len = strlen(path);
    if (len < 10 || sscanf(path + len - 10, "%4d/%2d/%2d%c", &c.year, &c.month,
                           &c.day, &slash) != 3)
        return MOMENT_NONE;
    return civil_moment(c);
}

static int add_day(const struct store_entry *e, void *payload,
                   struct error *err)
{
    struct retiring *t = payload;
    int64_t day_ms = day_of(e->path);
    (void)err;
    if (!e->is_dir || day_ms == MOMENT_NONE || day_ms >= t->keep_ms)
        return 0;
    t->days = xrealloc(t->days, t->count + 1, sizeof(*t->days));
    struct old_day *d = &t->days[t->count++];
    *d = (struct old_day){ .day_ms = day_ms };
    snprintf(d->path, sizeof(d->path), "%s", e->path);
    return 0;
}

/* Down from metrics/ or exits/ to the days: name, year, month, day. */
static int go_down(const struct store_entry *e, void *payload,
                   struct error *err)
{
    struct retiring *t = payload;
    int depth = 0;
    for (const char *at = e->path; *at; at++)
        depth += *at == '/';
    if (!e->is_dir)
        return 0;
    return store_list(t->what->store, e->path, depth < 3 ? go_down : add_day, t,
                      err);
}

static int by_day(const void *a, const void *b)
{
    const struct old_day *x = a, *y = b;
    if (x->day_ms != y->day_ms)
        return x->day_ms < y->day_ms ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int count_document(const struct store_entry *e, void *payload,
                          struct error *err)
{
    struct old_day *d = payload;
    enum record_kind kind = record_kind_of_path(e->path);
    (void)err;
    d->documents++;
    d->mixed |= kind != RECORD_METRICS && kind != RECORD_EXIT;
    return 0;
}

static void tell_mixed(const char *first, size_t count)
{
    char text[LOG_VALUE_MAX], what[RECORD_PATH_MAX + 128];
    if (!count)
        return;
    snprintf(what, sizeof(what),
             "%zu old director%s what is no slot document, and stay%s: '%s'",
             count, count == 1 ? "y holds" : "ies hold", count == 1 ? "s" : "",
             first);
    log_event(LOG_LEVEL_WARN, "retention-failed", "what=%s",
              log_value(what, text));
}

/* The oldest days that can go, so many as one run takes; documents are
 * counted. */
static int choose(struct retiring *t, struct error *err)
{
    size_t kept = 0, mixed = 0;
    int days = 0; /* distinct ones that can go */
    char first[RECORD_PATH_MAX] = "";
    if (store_list(t->what->store, "metrics", go_down, t, err) ||
        store_list(t->what->store, "exits", go_down, t, err))
        return -1;
    if (!t->count)
        return 0;
    qsort(t->days, t->count, sizeof(*t->days), by_day);
    for (size_t i = 0; i < t->count; i++) {
        struct old_day d = t->days[i];
        bool another = !kept || t->days[kept - 1].day_ms != d.day_ms;
        if (another && days == DAYS_MOST)
            break;
        if (store_list(t->what->store, d.path, count_document, &d, err))
            return -1;
        if (d.mixed) {
            if (!mixed++)
                snprintf(first, sizeof(first), "%s", d.path);
            continue;
        }
        days += another;
        t->days[kept++] = d;
    }
    t->count = kept;
    tell_mixed(first, mixed);
    return 0;
}

static void day_text(int64_t ms, char out[MOMENT_TEXT])
{
    moment_format(ms, out);
    out[strlen("2026-10-01")] = '\0';
}

/* "retention: 288 documents of 2026-10-01 leave the tip, ..." */
static void put_message(const struct retiring *t, struct text *out)
{
    size_t documents = 0;
    char from[MOMENT_TEXT], to[MOMENT_TEXT];
    for (size_t i = 0; i < t->count; i++)
        documents += t->days[i].documents;
    day_text(t->days[0].day_ms, from);
    day_text(t->days[t->count - 1].day_ms, to);
    text_printf(out, STORE_LEAVE "%zu documents of %s", documents, from);
    if (strcmp(from, to) != 0)
        text_printf(out, " to %s", to);
    text_printf(out, " leave the tip, they stay in history\n\nrun %s\n",
                t->what->run);
}

static int let_go(const struct retiring *t, struct error *err)
{
    struct text message = TEXT_INIT(1024);
    struct store_change *changes = xcalloc(t->count, sizeof(*changes));
    char hex[STORE_ID_SIZE];
    for (size_t i = 0; i < t->count; i++)
        changes[i] =
            (struct store_change){ .path = t->days[i].path, .remove = true };
    put_message(t, &message);
    const struct store_batch batch = {
        .changes = changes,
        .count = t->count,
        .message = text_str(&message),
        .when_ms = t->what->now_ms,
    };
    FAULT_POINT("before-retire");
    int rc = store_commit(t->what->store, &batch, hex, err);
    FAULT_POINT("after-retire");
    free(changes);
    text_release(&message);
    return rc;
}

int retire_days(const struct retirement *what, struct error *err)
{
    struct retiring t = { .what = what };
    t.keep_ms =
        moment_floor(what->slot_ms, MS_PER_DAY) - what->tip_days * MS_PER_DAY;
    int rc = choose(&t, err);
    if (!rc && t.count)
        rc = let_go(&t, err);
    free(t.days);
    return rc;
}

int retire_month(const struct retirement *what, struct error *err)
{
    struct civil c = moment_civil(what->slot_ms);
    char hex[STORE_ID_SIZE], name[16];
    int64_t at_ms = MOMENT_NONE;
    const struct civil first = { .year = c.year, .month = c.month, .day = 1 };
    if (store_commit_before(what->store, civil_moment(first),
                            c.day == 1 ? COMMITS_A_DAY : COMMITS_FEW, hex,
                            &at_ms, err))
        return -1;
    if (!hex[0])
        return 0;
    c = moment_civil(at_ms);
    snprintf(name, sizeof(name), "%04d-%02d", c.year % 10000, c.month % 100);
    FAULT_POINT("before-tag");
    int rc = store_tag(what->store, name, hex, err);
    FAULT_POINT("after-tag");
    return rc;
}

/* Is the slot known to be now? A clock that nobody confirmed must not empty the
 * tip. And is there time to spare? */
static bool may_retire(const struct run *r)
{
    bool sure =
        r->options->at_ms != MOMENT_NONE || (r->offset_known && !r->clock_off);
    return r->commit[0] && sure &&
           run_rest_ms(r) > r->config->run.deadline_ms / 2;
}

void run_retire(struct run *r)
{
    struct error err;
    char text[LOG_VALUE_MAX];
    const struct retirement what = {
        .store = r->store,
        .slot_ms = r->slot_ms,
        .now_ms = r->exchange_ms,
        .tip_days = r->config->retention.tip_days,
        .run = r->id,
    };
    if (may_retire(r) &&
        (retire_month(&what, &err) || retire_days(&what, &err)))
        log_event(LOG_LEVEL_WARN, "retention-failed", "what=%s",
                  log_value(err.msg, text));
}
