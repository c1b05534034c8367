#include "watch/watch_memory.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"

const char *watch_news_name(enum watch_news news)
{
    static const char *const names[] = { "nothing", "begins", "more", "repeats",
                                         "ends" };
    return names[news];
}

static bool was_told(const struct watch_told *told, const char *subject)
{
    size_t i = 0;
    while (i < told->count && strcmp(told->subject[i], subject) != 0)
        i++;
    return i < told->count;
}

static bool has_more(const struct watch_told *told,
                     const struct watch_findings *found)
{
    bool more = false;
    for (size_t i = 0; i < found->count; i++)
        more |= !was_told(told, found->list[i].subject);
    return more;
}

/* 4, 8, 16, 24, 24 h */
static int64_t gap_ms(int64_t repeats)
{
    static const int64_t hours[] = { 4, 8, 16, 24 };
    size_t i = repeats < 3 ? (size_t)repeats : 3;
    return hours[i] * MS_PER_HOUR;
}

enum watch_news watch_decide(enum watch_rule_id id, const struct watch_facts *f,
                             const struct watch_findings *found,
                             struct watch_told *told)
{
    if (!watch_is_asked(id, f))
        return WATCH_NOTHING;
    if (found->count == 0) {
        if (told->told_ms)
            return WATCH_ENDS;
        *told = (struct watch_told){ 0 };
        return WATCH_NOTHING;
    }
    if (told->since_ms == 0 || told->since_ms > f->now_ms)
        told->since_ms = f->now_ms;
    if (told->told_ms == 0)
        return f->now_ms - told->since_ms >= watch_rules[id].patience_ms
                   ? WATCH_BEGINS
                   : WATCH_NOTHING;
    if (has_more(told, found))
        return WATCH_MORE;
    bool due = f->now_ms - told->told_ms >= gap_ms(told->repeats) ||
               told->told_ms > f->now_ms;
    return due ? WATCH_REPEATS : WATCH_NOTHING;
}

void watch_remember(enum watch_news news, int64_t now_ms,
                    const struct watch_findings *found, struct watch_told *told)
{
    if (news == WATCH_NOTHING)
        return;
    if (news == WATCH_ENDS) {
        *told = (struct watch_told){ 0 };
        return;
    }
    told->repeats = news == WATCH_REPEATS ? told->repeats + 1 : 0;
    told->told_ms = now_ms;
    told->count = found->count;
    for (size_t i = 0; i < found->count; i++)
        memcpy(told->subject[i], found->list[i].subject, WATCH_PATH_MAX);
}
