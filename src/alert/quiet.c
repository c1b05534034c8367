#include "alert/quiet.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"

static bool two_digits(const char *at, int most, int *out)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *out = (at[0] - '0') * 10 + (at[1] - '0');
    return *out <= most;
}

/* Reads five characters. */
static bool read_clock(const char *at, int *minute)
{
    int hours, minutes;
    if (strlen(at) < 5 || at[2] != ':' || !two_digits(at, 23, &hours) ||
        !two_digits(at + 3, 59, &minutes))
        return false;
    *minute = hours * 60 + minutes;
    return true;
}

bool quiet_clock_parse(const char *text, int *minute)
{
    return read_clock(text, minute) && !text[5];
}

bool quiet_hours_parse(const char *text, struct quiet_hours *out)
{
    *out = (struct quiet_hours){ 0, 0 };
    if (!text[0])
        return true;
    return read_clock(text, &out->from) && text[5] == '-' &&
           quiet_clock_parse(text + 6, &out->until) && out->from != out->until;
}

struct quiet_window {
    int64_t from_ms, until_ms;
};

/* The window that `*at` begins with, behind blanks; moves on. False at the end
 * and at what is none: then `*at` stays on it. */
static bool next_window(const char **at, struct quiet_window *out)
{
    char from[MOMENT_TEXT], until[MOMENT_TEXT];
    const char *word = *at + strspn(*at, " ");
    size_t len = strcspn(word, " "), first = strcspn(word, " /");

    *at = word;
    if (first >= len || first >= sizeof(from) ||
        len - first - 1 >= sizeof(until))
        return false;
    snprintf(from, sizeof(from), "%.*s", (int)first, word);
    snprintf(until, sizeof(until), "%.*s", (int)(len - first - 1),
             word + first + 1);
    out->from_ms = moment_parse(from);
    out->until_ms = moment_parse(until);
    if (out->from_ms == MOMENT_NONE || out->until_ms == MOMENT_NONE ||
        out->until_ms <= out->from_ms)
        return false;
    *at = word + len;
    return true;
}

bool quiet_windows_are_sound(const char *text)
{
    struct quiet_window w;
    while (next_window(&text, &w))
        ;
    return !text[0];
}

static bool in_hours(const struct quiet *q, int64_t ms)
{
    struct quiet_hours h;
    int now = zone_minute(q->zone, ms);
    if (!quiet_hours_parse(q->hours, &h) || h.from == h.until)
        return false;
    return h.from < h.until ? now >= h.from && now < h.until
                            : now >= h.from || now < h.until;
}

static bool in_window(const struct quiet *q, int64_t ms)
{
    const char *at = q->windows;
    struct quiet_window w;
    while (next_window(&at, &w))
        if (ms >= w.from_ms && ms < w.until_ms)
            return true;
    return false;
}

bool quiet_at(const struct quiet *q, int64_t ms)
{
    return in_hours(q, ms) || in_window(q, ms);
}

bool fault_wakes(enum fault_class class)
{
    return class == FAULT_CLASS_GRID_FILE || class == FAULT_CLASS_GRID_STATE ||
           class == FAULT_CLASS_CHANNEL || class == FAULT_CLASS_HISTORY;
}

int64_t quiet_priority(const struct quiet *q, enum fault_class class,
                       int64_t priority, int64_t slot_ms)
{
    bool lower = priority > -1 && !fault_wakes(class) && quiet_at(q, slot_ms);
    return lower ? -1 : priority;
}

bool quiet_lowered(const struct quiet *q, const struct service_fault *f)
{
    int64_t told_ms = fault_told_ms(f), rule = fault_rules[f->class].priority;
    return told_ms != MOMENT_NONE &&
           quiet_priority(q, f->class, rule, told_ms) < rule;
}

bool quiet_owes(const struct quiet *q, const struct service_fault *f,
                int64_t slot_ms)
{
    return quiet_lowered(q, f) && !quiet_at(q, slot_ms);
}
