#include "config/decisions.h"

#include "base/array.h"
#include "config/options.h"
#include "sys/yaml.h"

static bool is_decision(const struct config_option *o)
{
    return o->type != OPTION_STRING && o->type != OPTION_PATH &&
           o->type != OPTION_URL;
}

int config_print_decisions(const struct config *c, struct text *out)
{
    char value[OPTION_TEXT];
    const struct config_option *o;
    int rc = 0;
    for (size_t i = 0; !rc && (o = option_of_job(i)); i++) {
        if (!is_decision(o))
            continue;
        option_format(o, c, value);
        if (!value[0]) /* none, which is its default */
            continue;
        const char *quote = o->type == OPTION_PHRASE ? "\"" : "";
        rc = text_printf(out, "%s: %s%s%s\n", o->key, quote, value, quote);
    }
    return rc;
}

/* What was concluded before there was such an option. */
// clang-format off
static const struct {
    const char *key, *value;
} younger[] = {
    { "exit.l_crisis.pi",    "0" }, /* a crisis counted whatever pi was */
    { "exit.m_equity.range", "0" }, /* the plain share was the limit */
    { "exit.pi_model",       "pi-24h-1" }, /* there was no other */
};
// clang-format on

static bool is_written(const struct yaml_node *root, const char *key)
{
    return root->kind == YAML_MAP && yaml_find(root, key);
}

/* A text that states nothing is of no age. */
static int take_age(const struct yaml_node *root, struct config *out,
                    struct error *err)
{
    int rc = 0;
    for (size_t i = 0; !rc && root->count && i < ARRAY_LEN(younger); i++)
        if (!is_written(root, younger[i].key))
            rc = option_set(option_find(younger[i].key), younger[i].value, out,
                            err);
    return rc;
}

static int set_option(const struct yaml_node *n, struct config *out,
                      struct error *err)
{
    const struct config_option *o = option_find(n->key);
    if (!o || !is_decision(o) || n->kind != YAML_SCALAR)
        return error_set(err, FAULT_CONFIG,
                         "line %d: this version has no option '%.60s'",
                         n->key_line, n->key);
    if (option_set(o, n->text, out, err))
        return error_wrap(err, "line %d", n->line);
    return 0;
}

int config_read_decisions(const char *data, size_t len, struct config *out,
                          struct error *err)
{
    struct yaml_node *root = NULL;
    int rc = yaml_parse(data, len, &root, err);

    config_defaults(out);
    if (!rc)
        rc = take_age(root, out, err);
    for (size_t i = 0; !rc && i < root->count; i++)
        rc = root->kind == YAML_MAP
                 ? set_option(&root->children[i], out, err)
                 : error_set(err, FAULT_CONFIG, "is not a map of options");
    yaml_node_free(root);
    return rc ? -1 : 0;
}
