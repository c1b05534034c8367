#include "config/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "config/secrets.h"
#include "config/suggest.h"
#include "sys/yaml.h"

#define PATH_ROOM 256

/* One document on its way down the tree. */
struct walk {
    struct reading *reading;
    enum config_file file;
};

struct reading reading_start(struct config *config, struct problems *problems)
{
    config_defaults(config);
    struct reading r = { .config = config, .problems = problems };
    for (int f = 0; f < CONFIG_FILE_COUNT; f++)
        r.from.file[f].path = config_file_path((enum config_file)f);
    return r;
}

static struct problem_place place_of(const struct walk *w, int line, int column)
{
    return (struct problem_place){ w->reading->from.file[w->file].path, line,
                                   column };
}

static struct problem_place key_place(const struct walk *w,
                                      const struct yaml_node *n)
{
    return place_of(w, n->key_line, n->key_column);
}

static struct problem_place value_place(const struct walk *w,
                                        const struct yaml_node *n)
{
    return place_of(w, n->line, n->column);
}

static bool is_text(enum option_type type)
{
    return type >= OPTION_STRING && type < OPTION_TYPE_COUNT;
}

static int set_from_node(const struct config_option *o,
                         const struct yaml_node *n, struct config *c,
                         struct error *err)
{
    if (n->kind != YAML_SCALAR)
        return error_set(err, FAULT_CONFIG,
                         "'%s' must be a single value, not a %s", o->key,
                         n->kind == YAML_MAP ? "map" : "list");
    if (yaml_is_null(n))
        return error_set(err, FAULT_CONFIG,
                         "'%s' has no value: write one or remove the key",
                         o->key);
    if (!n->plain && !is_text(o->type))
        return error_set(err, FAULT_CONFIG,
                         "'%s' is in quotes, which makes it a text: write it "
                         "without",
                         o->key);
    return option_set(o, n->text, c, err);
}

static void read_option(const struct walk *w, const struct config_option *o,
                        const struct yaml_node *n)
{
    struct reading *r = w->reading;
    struct error err;
    bool wrong = set_from_node(o, n, r->config, &err) != 0;
    r->from.option[option_number(o)] = (struct option_seen){
        .line = n->line, .column = n->column, .wrong = wrong
    };
    if (wrong)
        problems_error(r->problems,
                       yaml_is_null(n) ? key_place(w, n) : value_place(w, n),
                       "%s", err.msg);
}

static bool is_known(enum config_file file, const char *path)
{
    const struct config_option *o = option_find(path);
    return (o && o->file == file) || section_find(file, path);
}

#define NAME_MOST   40
#define DIGITS_MOST 3

/* Could the key be somebody's name for an option? What is not one may be a
 * secret in the wrong place, which no message repeats: short words, few digits,
 * capitals together or at a word's begin. The line and the column say enough.
 */
static bool may_be_shown(const char *key)
{
    size_t digits = 0;
    char before = '_';
    if (strlen(key) > NAME_MOST)
        return false;
    for (; *key; before = *key++) {
        digits += isdigit((unsigned char)*key) != 0;
        if (!isalnum((unsigned char)*key) && !strchr("_-.", *key))
            return false;
        if (isupper((unsigned char)*key) &&
            (islower((unsigned char)before) || isdigit((unsigned char)before)))
            return false;
    }
    return digits <= DIGITS_MOST;
}

/* True, and told, when the key itself may be a secret. */
static bool tell_hidden(const struct walk *w, const struct yaml_node *n)
{
    if (!n->key || may_be_shown(n->key))
        return false;
    problems_error(w->reading->problems, key_place(w, n),
                   "unknown key, which is not shown because it may be a "
                   "secret: remove it, or see docs/config.md for all keys");
    return true;
}

/* The file that the key belongs to, or CONFIG_FILE_COUNT. */
static enum config_file other_file(enum config_file file, const char *path)
{
    int f = 0;
    while (f < CONFIG_FILE_COUNT &&
           (f == (int)file || !is_known((enum config_file)f, path)))
        f++;
    return (enum config_file)f;
}

static void tell_unknown(const struct walk *w, const struct yaml_node *n,
                         const char *path)
{
    struct problems *p = w->reading->problems;
    enum config_file other = other_file(w->file, path);
    const char *near = suggest_key(w->file, path);
    if (tell_hidden(w, n))
        return;
    if (n->key && strchr(n->key, '.'))
        problems_error(p, key_place(w, n),
                       "unknown key '%s': write a map in a map, not a key "
                       "with dots",
                       path);
    else if (other != CONFIG_FILE_COUNT)
        problems_error(p, key_place(w, n),
                       "unknown key '%s': it belongs to the file '%s'", path,
                       config_file_path(other));
    else if (near)
        problems_error(p, key_place(w, n),
                       "unknown key '%s': did you mean '%s'?", path, near);
    else
        problems_error(p, key_place(w, n),
                       "unknown key '%s': remove it, or see docs/config.md for "
                       "all keys",
                       path);
}

/* True, and told, when the key names a secret. */
static bool tell_secret(const struct walk *w, const struct yaml_node *n,
                        const char *path)
{
    if (!n->key || !secret_word(n->key))
        return false;
    if (tell_hidden(w, n))
        return true;
    problems_error(w->reading->problems, key_place(w, n),
                   "'%s' looks like a secret, which a file must not hold: "
                   "remove it, give it by the environment (docs/config.md) and "
                   "replace it if the file was ever shared",
                   path);
    return true;
}

/* Below a key that is not known only secrets are of interest. */
static void look_for_secrets(const struct walk *w, const struct yaml_node *n)
{
    for (size_t i = 0; i < n->count; i++) {
        const struct yaml_node *child = &n->children[i];
        if (!tell_secret(w, child, child->key ? child->key : ""))
            look_for_secrets(w, child);
    }
}

static void read_section(const struct walk *w, const struct yaml_node *map,
                         const char *path);

static void read_key(const struct walk *w, const struct yaml_node *n,
                     const char *path)
{
    const struct config_option *o = option_find(path);
    bool dotted = strchr(n->key, '.') != NULL;
    if (o && o->file == w->file && !dotted) {
        read_option(w, o, n);
        if (n->kind != YAML_SCALAR)
            look_for_secrets(w, n);
    } else if (tell_secret(w, n, path)) {
        return;
    } else if (section_find(w->file, path) && !dotted) {
        read_section(w, n, path);
    } else {
        tell_unknown(w, n, path);
        look_for_secrets(w, n);
    }
}

/* `path` is "" at the top. A section without a value is an empty one: all its
 * keys may be commented out. */
static void read_section(const struct walk *w, const struct yaml_node *map,
                         const char *path)
{
    char child[PATH_ROOM];
    if (yaml_is_null(map))
        return;
    if (map->kind != YAML_MAP) {
        problems_error(w->reading->problems, value_place(w, map),
                       "'%s' must be a map: write its keys below it, indented",
                       *path ? path : config_file_name(w->file));
        look_for_secrets(w, map);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        snprintf(child, sizeof(child), "%s%s%s", path, *path ? "." : "",
                 map->children[i].key);
        read_key(w, &map->children[i], child);
    }
}

/* The parser says its place in words; here it becomes a place. */
static void tell_parse_error(const struct walk *w, const struct error *err)
{
    int line = 0, column = 0, begin = 0;
    if (sscanf(err->msg, "line %d, column %d: %n", &line, &column, &begin) != 2)
        line = column = begin = 0;
    problems_error(w->reading->problems, place_of(w, line, column), "%s",
                   err->msg + begin);
}

void reading_document(struct reading *r, enum config_file file,
                      const char *name, const char *data, size_t len)
{
    struct walk w = { r, file };
    struct yaml_node *root = NULL;
    struct error err;
    size_t errors = r->problems->errors;
    r->from.file[file].path = name;
    r->from.file[file].there = true;
    if (yaml_parse(data, len, &root, &err))
        tell_parse_error(&w, &err);
    else
        read_section(&w, root, "");
    yaml_node_free(root);
    r->from.file[file].errors += r->problems->errors - errors;
}
