/* Running the checks over what was read. */
#include <stdio.h>

#include "config/checks.h"
#include "config/reading.h"

void check_values(const struct config_check *ck, const struct config *c,
                  char out[CHECK_VALUES])
{
    char value[OPTION_TEXT];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i] && n < CHECK_VALUES; i++) {
        const struct config_option *o = option_find(ck->keys[i]);
        if (o->type > OPTION_CHOICE)
            continue;
        option_format(o, c, value);
        n += (size_t)snprintf(out + n, CHECK_VALUES - n, "%s %s %.40s",
                              n ? "," : "; now", o->key, value);
    }
}

static const struct option_seen *seen_of(const struct reading *r,
                                         const struct config_option *o)
{
    return &r->seen[option_number(o)];
}

static bool all_readable(const struct reading *r, const struct config_check *ck)
{
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++)
        if (seen_of(r, option_find(ck->keys[i]))->wrong)
            return false;
    return true;
}

/* The first option concerned that was written, else the first. */
static struct problem_place place_of(const struct reading *r,
                                     const struct config_check *ck)
{
    const struct config_option *o = option_find(ck->keys[0]);
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++) {
        const struct config_option *other = option_find(ck->keys[i]);
        if (seen_of(r, other)->line) {
            o = other;
            break;
        }
    }
    const struct option_seen *seen = seen_of(r, o);
    return (struct problem_place){ r->file_name[o->file], seen->line,
                                   seen->column };
}

void reading_check(const struct reading *r)
{
    char now[CHECK_VALUES];
    for (size_t i = 0; i < config_check_count; i++) {
        const struct config_check *ck = &config_checks[i];
        if (!all_readable(r, ck) || ck->holds(r->config))
            continue;
        check_values(ck, r->config, now);
        problems_error(r->problems, place_of(r, ck), "%s%s", ck->rule, now);
    }
}
