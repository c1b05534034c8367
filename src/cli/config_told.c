#include "cli/config_told.h"

#include <stdio.h>
#include <string.h>

void config_told_variable(const struct config_told *t, size_t secret,
                          char out[VARIABLE_ROOM])
{
    static const char *const ends[] = {
        [SECRET_IN_VARIABLE] = "", [SECRET_IN_FILE] = "_FILE"
    };
    enum secret_origin from = t->from->secret[secret];
    out[0] = '\0';
    if (from != SECRET_NOT_SET)
        snprintf(out, VARIABLE_ROOM, "%s%s", secret_rows[secret].variable,
                 ends[from]);
}

size_t config_told_secrets_set(const struct config_told *t)
{
    size_t n = 0;
    for (size_t i = 0; i < secret_row_count; i++)
        n += t->from->secret[i] != SECRET_NOT_SET;
    return n;
}

static void put_problems(const struct problems *p, struct text *out)
{
    char line[PROBLEM_LINE];
    for (size_t i = 0; i < p->count; i++) {
        problem_format(&p->list[i], line);
        text_printf(out, "%s%s\n", p->list[i].is_warning ? "warning: " : "",
                    line);
    }
    if (p->errors + p->warnings > p->count)
        text_printf(out, "and %zu more\n", p->errors + p->warnings - p->count);
}

static void put_errors(const char *what, size_t errors, struct text *out)
{
    text_printf(out, "%s: %zu error%s\n", what, errors, errors == 1 ? "" : "s");
}

static void put_file(const struct config_told *t, enum config_file file,
                     struct text *out)
{
    const struct config_file_origin *f = &t->from->file[file];
    if (f->errors)
        put_errors(f->path, f->errors, out);
    else if (f->there)
        text_printf(out, "%s: ok, %zu of %zu options are written\n", f->path,
                    origins_written(t->from, file), origins_options(file));
    else
        text_printf(out, "%s: not there, all %zu options have their defaults\n",
                    f->path, origins_options(file));
}

static void put_rest(const struct config_told *t, struct text *out)
{
    if (t->from->secret_errors)
        put_errors("secrets", t->from->secret_errors, out);
    else
        text_printf(out, "secrets: ok, %zu of %zu are set\n",
                    config_told_secrets_set(t), secret_row_count);
    if (t->calendar_wrong)
        put_errors(t->calendar, 1, out);
    else if (t->calendar[0])
        text_printf(out, "%s: ok, %zu window%s\n", t->calendar, t->windows,
                    t->windows == 1 ? "" : "s");
}

void config_check_put(const struct config_told *t, bool quiet, struct text *out)
{
    char hash[CONFIG_HASH];
    put_problems(t->problems, out);
    if (quiet)
        return;
    for (int f = 0; f < CONFIG_JOB_FILES; f++)
        put_file(t, (enum config_file)f, out);
    put_rest(t, out);
    if (t->problems->errors)
        return;
    config_hash(t->config, hash);
    text_printf(out, "configuration %s\n", hash);
}

static void put_origin(const struct config_told *t,
                       const struct config_option *o, struct text *out)
{
    const struct option_seen *seen = &t->from->option[option_number(o)];
    if (seen->line)
        text_printf(out, "%s:%d\n", t->from->file[o->file].path, seen->line);
    else
        text_puts(out, "default\n");
}

static void put_option(const struct config_told *t,
                       const struct config_option *o, struct text *out)
{
    char value[OPTION_TEXT], shown[OPTION_TEXT + 64], variable[VARIABLE_ROOM];
    const struct secret_row *instead = origins_instead(t->from, o);
    const char *quote = o->type >= OPTION_STRING ? "\"" : "";

    if (instead) {
        config_told_variable(t, (size_t)(instead - secret_rows), variable);
        text_printf(out, "%-32s %-24s environment %s\n", o->key,
                    "a secret, not shown", variable);
        return;
    }
    option_format(o, t->config, value);
    snprintf(shown, sizeof(shown), "%s%s%s%s%s", quote, value, quote,
             o->unit[0] ? " " : "", o->unit);
    text_printf(out, "%-32s %-24s ", o->key, shown);
    put_origin(t, o, out);
}

static void put_secret(const struct config_told *t, size_t i, struct text *out)
{
    char variable[VARIABLE_ROOM];
    config_told_variable(t, i, variable);
    text_printf(out, "%-32s %s%s\n", secret_rows[i].variable,
                variable[0] ? "set, from environment " : "not set", variable);
}

void config_show_put(const struct config_told *t, struct text *out)
{
    char hash[CONFIG_HASH];
    const struct config_option *o;
    for (size_t i = 0; (o = option_of_job(i)); i++)
        put_option(t, o, out);
    for (size_t i = 0; i < secret_row_count; i++)
        put_secret(t, i, out);
    config_hash(t->config, hash);
    text_printf(out, "configuration %s\n", hash);
}
