#include "watch/watch_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"

#define RETRY_S  75
#define EXPIRE_S 3600
/* Findings that a message has in words. */
#define LISTED   4

static void put(char *out, size_t size, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void put(char *out, size_t size, const char *fmt, ...)
{
    size_t len = strlen(out);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(out + len, size - len, fmt, ap);
    va_end(ap);
}

/* Of one subject its name; of several the first and how many more. Rules of the
 * whole record have no other subject. */
static void put_subjects(const char *first, size_t count, char *out,
                         size_t size)
{
    if (strcmp(first, "record") == 0)
        return;
    put(out, size, ": %.70s", first);
    if (count > 1)
        put(out, size, " and %zu more", count - 1);
}

static void put_findings(const struct watch_findings *found,
                         struct watch_message *out)
{
    size_t listed = found->count < LISTED ? found->count : LISTED;
    size_t rest = found->count - listed + found->more;
    for (size_t i = 0; i < listed; i++) {
        const struct watch_finding *f = &found->list[i];
        if (strcmp(f->subject, "record") == 0)
            put(out->body, sizeof(out->body), "%.150s.\n", f->what);
        else
            put(out->body, sizeof(out->body), "%.90s: %.98s.\n", f->subject,
                f->what);
    }
    if (rest)
        put(out->body, sizeof(out->body), "And %zu more.\n", rest);
}

/* Loud when it begins; a repeat rings no siren. */
static int priority_of(enum watch_rule_id id, enum watch_news news)
{
    int loud = watch_rules[id].priority;
    if (news == WATCH_ENDS)
        return -1;
    return news == WATCH_REPEATS && loud > 1 ? 1 : loud;
}

void watch_words(enum watch_rule_id id, enum watch_news news,
                 const struct watch_findings *found,
                 const struct watch_told *told, struct watch_message *out)
{
    const struct watch_rule *rule = &watch_rules[id];
    bool ends = news == WATCH_ENDS;
    const char *first = ends ? told->count ? told->subject[0] : "record"
                             : found->list[0].subject;
    size_t count = ends ? told->count : found->count + found->more;
    struct civil c = moment_civil(told->since_ms);

    *out = (struct watch_message){ .priority = priority_of(id, news) };
    put(out->title, sizeof(out->title), "Watchdog: %s%s", ends ? "over: " : "",
        rule->title);
    put_subjects(first, count, out->title, sizeof(out->title));
    if (ends) {
        put(out->body, sizeof(out->body), "Nothing is to be done: %s ended.\n",
            rule->name);
    } else {
        put(out->body, sizeof(out->body), "%s\n", rule->remedy);
        put_findings(found, out);
    }
    put(out->body, sizeof(out->body),
        "It %s since %04d-%02d-%02d %02d:%02d UTC (limit: %s). "
        "docs/runbook.md#%s",
        ends ? "stood" : "stands", c.year % 10000, c.month, c.day, c.hour,
        c.minute, rule->limit, rule->name);
    if (out->priority == 2) {
        out->retry_s = RETRY_S;
        out->expire_s = EXPIRE_S;
    }
}
