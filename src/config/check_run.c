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
    return &r->from.option[option_number(o)];
}

static bool all_readable(const struct reading *r, const struct config_check *ck)
{
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++)
        if (seen_of(r, option_find(ck->keys[i]))->wrong)
            return false;
    return true;
}

/* The first option concerned that was written, else the first. */
static const struct config_option *concerned(const struct reading *r,
                                             const struct config_check *ck)
{
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++) {
        const struct config_option *o = option_find(ck->keys[i]);
        if (seen_of(r, o)->line)
            return o;
    }
    return option_find(ck->keys[0]);
}

static void tell(struct reading *r, const struct config_check *ck)
{
    char now[CHECK_VALUES];
    const struct config_option *o = concerned(r, ck);
    const struct option_seen *seen = seen_of(r, o);
    struct config_file_origin *file = &r->from.file[o->file];
    const struct problem_place place = { file->path, seen->line, seen->column };
    check_values(ck, r->config, now);
    problems_error(r->problems, place, "%s%s", ck->rule, now);
    file->errors++;
}

void reading_check(struct reading *r)
{
    for (size_t i = 0; i < config_check_count; i++) {
        const struct config_check *ck = &config_checks[i];
        if (all_readable(r, ck) && !ck->holds(r->config))
            tell(r, ck);
    }
}
