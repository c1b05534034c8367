#include "cli/args.h"

#include <string.h>

struct found {
    size_t table, row;
    const struct arg_option *option;
};

static bool names(const struct arg_option *o, const char *arg, size_t len)
{
    if (arg[1] != '-')
        return o->letter && arg[1] == o->letter && len == 2;
    return strlen(o->name) == len - 2 &&
           strncmp(o->name, arg + 2, len - 2) == 0;
}

/* A command's own letter goes before a shared one: 'log -n 5'. */
static bool find(const struct arg_table tables[2], const char *arg, size_t len,
                 struct found *out)
{
    for (size_t t = 2; t-- > 0;) {
        for (size_t r = 0; r < tables[t].count; r++) {
            if (!names(&tables[t].rows[r], arg, len))
                continue;
            *out = (struct found){ t, r, &tables[t].rows[r] };
            return true;
        }
    }
    return false;
}

/* Reads the option at argv[*i] and its value. */
static int take_option(const struct arg_table tables[2], int argc, char **argv,
                       int *i, struct args *out, struct error *err)
{
    const char *arg = argv[*i], *equals = strchr(arg, '=');
    size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
    struct found f;

    if (!find(tables, arg, len, &f))
        return error_set(err, FAULT_USAGE, "unknown option '%.*s'", (int)len,
                         arg);
    if (out->value[f.table][f.row])
        return error_set(err, FAULT_USAGE, "option '--%s' stands twice",
                         f.option->name);
    const char *value = equals ? equals + 1 : NULL;
    if (!f.option->value) {
        if (value)
            return error_set(err, FAULT_USAGE, "option '--%s' takes no value",
                             f.option->name);
        value = "";
    } else if (!value) {
        if (*i + 1 >= argc)
            return error_set(err, FAULT_USAGE, "option '--%s' needs %s",
                             f.option->name, f.option->value);
        value = argv[++*i];
    }
    out->value[f.table][f.row] = value;
    return 0;
}

int args_parse(const struct arg_table tables[2], int argc, char **argv,
               bool stop_at_word, struct args *out, int *used,
               struct error *err)
{
    bool only_words = false;
    int i = 0;

    *out = (struct args){ 0 };
    for (; i < argc; i++) {
        bool option = !only_words && argv[i][0] == '-' && argv[i][1];
        if (option && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (option) {
            if (take_option(tables, argc, argv, &i, out, err))
                return -1;
        } else if (stop_at_word) {
            break;
        } else if (out->word_count == ARGS_MAX) {
            return error_set(err, FAULT_USAGE, "too many words");
        } else {
            out->words[out->word_count++] = argv[i];
        }
    }
    if (used)
        *used = i;
    return 0;
}

bool args_takes(const char *takes, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = strstr(takes, name); at; at = strstr(at + 1, name))
        if (at > takes && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

void args_help(const struct arg_table *table, const char *takes,
               struct text *out)
{
    for (size_t r = 0; r < table->count; r++) {
        const struct arg_option *o = &table->rows[r];
        if (takes && !args_takes(takes, o->name))
            continue;
        char left[64] = "";
        struct text line = TEXT_INIT(sizeof(left));
        if (o->letter)
            text_printf(&line, "-%c, ", o->letter);
        text_printf(&line, "--%s%s%s", o->name, o->value ? " " : "",
                    o->value ? o->value : "");
        text_printf(out, "  %-26s %s\n", text_str(&line), o->help);
        text_release(&line);
    }
}
