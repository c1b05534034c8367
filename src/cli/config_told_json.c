#include <cjson/cJSON.h>
#include <stdlib.h>

#include "cli/config_told.h"
#include "run/members_json.h"
#include "sys/xmalloc.h"

static void add_place(cJSON *o, const char *file, int line, int column)
{
    member_text(o, "file", file);
    member_number(o, "line", line ? line : NO_VALUE);
    member_number(o, "column", line ? column : NO_VALUE);
}

static void add_hash(cJSON *o, const struct config_told *t)
{
    char hash[CONFIG_HASH] = "";
    if (!t->problems->errors)
        config_hash(t->config, hash);
    member_text(o, "hash", hash);
}

static const char *state_of(bool wrong, bool there)
{
    return wrong ? "wrong" : there ? "ok" : "absent";
}

static void add_file(cJSON *files, const struct config_told *t,
                     enum config_file file)
{
    const struct config_file_origin *f = &t->from->file[file];
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "what", config_file_name(file));
    cJSON_AddStringToObject(o, "file", f->path);
    cJSON_AddStringToObject(o, "state", state_of(f->errors > 0, f->there));
    member_number(o, "written", (double)origins_written(t->from, file));
    member_number(o, "of", (double)origins_options(file));
    cJSON_AddItemToArray(files, o);
}

static void add_calendar(cJSON *files, const struct config_told *t)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "what", "calendar");
    cJSON_AddStringToObject(o, "file", t->calendar);
    cJSON_AddStringToObject(o, "state", state_of(t->calendar_wrong, true));
    member_number(o, "written",
                  t->calendar_wrong ? NO_VALUE : (double)t->windows);
    cJSON_AddNullToObject(o, "of");
    cJSON_AddItemToArray(files, o);
}

static void add_problem(cJSON *list, const struct problem *p)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "level", p->is_warning ? "warning" : "error");
    add_place(o, p->file, p->line, p->column);
    cJSON_AddStringToObject(o, "text", p->text);
    cJSON_AddItemToArray(list, o);
}

void config_check_json(const struct config_told *t, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddBoolToObject(o, "ok", t->problems->errors == 0);
    member_number(o, "errors", (double)t->problems->errors);
    member_number(o, "warnings", (double)t->problems->warnings);
    add_hash(o, t);
    cJSON *files = cJSON_AddArrayToObject(o, "files");
    for (int f = 0; f < CONFIG_JOB_FILES; f++)
        add_file(files, t, (enum config_file)f);
    if (t->calendar[0])
        add_calendar(files, t);
    cJSON *secrets = cJSON_AddObjectToObject(o, "secrets");
    cJSON_AddStringToObject(secrets, "state",
                            state_of(t->from->secret_errors > 0, true));
    member_number(secrets, "set", (double)config_told_secrets_set(t));
    member_number(secrets, "of", (double)secret_row_count);
    cJSON *list = cJSON_AddArrayToObject(o, "problems");
    for (size_t i = 0; i < t->problems->count; i++)
        add_problem(list, &t->problems->list[i]);
    json_line(o, out);
}

/* A number or a truth as such; all else as one writes it in the file. */
static void add_value(cJSON *o, const char *member, const struct config *c,
                      const struct config_option *option)
{
    char value[OPTION_TEXT];
    option_format(option, c, value);
    if (option->type == OPTION_INT || option->type == OPTION_REAL ||
        option->type == OPTION_BOOL)
        cJSON_AddRawToObject(o, member, value);
    else
        cJSON_AddStringToObject(o, member, value);
}

static void add_option(cJSON *list, const struct config_told *t,
                       const struct config_option *option)
{
    const struct option_seen *seen = &t->from->option[option_number(option)];
    const struct secret_row *instead = origins_instead(t->from, option);
    bool written = seen->line && !instead;
    char variable[VARIABLE_ROOM] = "";
    cJSON *o = cJSON_CreateObject();

    cJSON_AddStringToObject(o, "key", option->key);
    if (instead) {
        config_told_variable(t, (size_t)(instead - secret_rows), variable);
        cJSON_AddNullToObject(o, "value");
    } else {
        add_value(o, "value", t->config, option);
    }
    member_text(o, "unit", option->unit);
    cJSON_AddStringToObject(o, "from",
                            instead   ? "environment"
                            : written ? "file"
                                      : "default");
    add_place(o, written ? t->from->file[option->file].path : "",
              written ? seen->line : 0, seen->column);
    member_text(o, "variable", variable);
    cJSON_AddItemToArray(list, o);
}

static void add_secret(cJSON *list, const struct config_told *t, size_t i)
{
    char variable[VARIABLE_ROOM];
    cJSON *o = cJSON_CreateObject();
    config_told_variable(t, i, variable);
    cJSON_AddStringToObject(o, "secret", secret_rows[i].variable);
    cJSON_AddBoolToObject(o, "set", variable[0] != '\0');
    member_text(o, "variable", variable);
    cJSON_AddItemToArray(list, o);
}

void config_show_json(const struct config_told *t, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    add_hash(o, t);
    cJSON *options = cJSON_AddArrayToObject(o, "options");
    const struct config_option *option;
    for (size_t i = 0; (option = option_of_job(i)); i++)
        add_option(options, t, option);
    cJSON *secrets = cJSON_AddArrayToObject(o, "secrets");
    for (size_t i = 0; i < secret_row_count; i++)
        add_secret(secrets, t, i);
    json_line(o, out);
}

static void list_option(cJSON *list, const struct config *defaults,
                        const struct config_option *option)
{
    char range[OPTION_RANGE];
    cJSON *o = cJSON_CreateObject();
    option_range(option, range);
    cJSON_AddStringToObject(o, "key", option->key);
    cJSON_AddStringToObject(o, "file", config_file_path(option->file));
    cJSON_AddStringToObject(o, "type", option_type_name(option->type));
    add_value(o, "default", defaults, option);
    member_text(o, "unit", option->unit);
    member_text(o, "range", range);
    cJSON_AddStringToObject(o, "meaning", option->help);
    cJSON_AddItemToArray(list, o);
}

static void list_secret(cJSON *list, const struct secret_row *row)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "secret", row->variable);
    cJSON_AddStringToObject(o, "meaning", row->help);
    cJSON_AddItemToArray(list, o);
}

void config_list_json(struct text *out)
{
    struct config *defaults = xcalloc(1, sizeof(*defaults));
    cJSON *o = cJSON_CreateObject();
    cJSON *options = cJSON_AddArrayToObject(o, "options");
    const struct config_option *option;
    config_defaults(defaults);
    for (size_t i = 0; (option = option_at(i)); i++)
        list_option(options, defaults, option);
    cJSON *secrets = cJSON_AddArrayToObject(o, "secrets");
    for (size_t i = 0; i < secret_row_count + watchdog_secret_count; i++)
        list_secret(secrets, &secret_rows[i]);
    json_line(o, out);
    free(defaults);
}
