#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "engine/look.h"
#include "record/check_internal.h"

/* One step of a path: ".key", "key" or "[3]". */
static const struct yaml_node *step(const struct yaml_node *node,
                                    const char **path)
{
    char key[64];
    if (**path == '[') {
        size_t row = (size_t)strtoul(*path + 1, NULL, 10);
        *path += strcspn(*path, "]") + 1;
        return row < node->count ? &node->children[row] : NULL;
    }
    *path += **path == '.';
    size_t n = strcspn(*path, ".[");
    snprintf(key, sizeof(key), "%.*s", (int)n, *path);
    *path += n;
    return yaml_find(node, key);
}

void checker_say(const struct checker *k, const char *path, const char *fmt,
                 ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    const struct yaml_node *node = k->root, *next = k->root;
    for (const char *at = path; *at && next;) {
        next = step(node, &at);
        node = next ? next : node; /* a key may be left out: then its map */
    }
    struct complaint_place at = { path, node->line, node->column };
    complaints_add(k->complaints, at, "%s", what);
}

bool is_there(int64_t ms)
{
    return ms != MOMENT_NONE;
}

void check_no_later(const struct checker *k, const char *path, int64_t ms,
                    int64_t slot_ms)
{
    if (is_there(ms) && ms > slot_ms)
        checker_say(k, path, "is later than the slot");
}

void check_by_look(const struct checker *k, const char *path, int64_t ms,
                   int64_t slot_ms)
{
    if (is_there(ms) && ms > slot_ms + LOOK_SLOT_MAX_AGE_MS)
        checker_say(k, path, "is later than a look behind the slot can be");
}

bool check_reason_fits(enum alert_reason reason, enum exit_state state)
{
    switch (reason) {
    case ALERT_FIRST:
    case ALERT_WORSE:
        return state >= STATE_WARNING;
    case ALERT_RESOLVED:
        return state == STATE_NORMAL;
    case ALERT_STALE:
        return state == STATE_UNKNOWN || state == STATE_MANDATORY;
    case ALERT_BLIND:
    case ALERT_STALE_SIREN:
        return state == STATE_UNKNOWN;
    case ALERT_SIGHTED:
        return state != STATE_UNKNOWN;
    case ALERT_BETTER:
        return state == STATE_WARNING || state == STATE_LATEST;
    case ALERT_ESCALATED:
        return state == STATE_LATEST;
    case ALERT_GRAVER:
    case ALERT_UNHEARD:
    case ALERT_ASKED:
    case ALERT_SECOND:
        return state == STATE_MANDATORY;
    case ALERT_SIDE:
    case ALERT_CAUSE:
        return state >= STATE_LATEST;
    case ALERT_ALOUD:
    case ALERT_REPEAT:
        return state != STATE_NORMAL;
    case ALERT_FAULT:
    case ALERT_MENDED:
    case ALERT_INSTALLED:
    case ALERT_ALL_CLEAR:
        return state == STATE_UNKNOWN;
    case ALERT_NOTHING:
    case ALERT_TOO_SOON:
    case ALERT_QUIET:
    case ALERT_SNOOZED:
    case ALERT_RANGE_BACK:
    case ALERT_LEFT:
    case ALERT_RETURNED:
    case ALERT_REASON_COUNT:
        break;
    }
    return true;
}

bool check_id_of_slot(const char *id, int64_t slot_ms)
{
    struct civil c = moment_civil(slot_ms);
    char stamp[64];
    snprintf(stamp, sizeof(stamp), "%04d%02d%02dT%02d%02d-", c.year, c.month,
             c.day, c.hour, c.minute);
    return strncmp(id, stamp, strlen(stamp)) == 0;
}
