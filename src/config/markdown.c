/* docs/config.md: the option table, the checks and the secrets, for people. */
#include "config/checks.h"
#include "config/options.h"
#include "config/secrets.h"

static const char intro[] =
    "# Configuration\n"
    "\n"
    "This page is printed from the option table; a test fails when it is not\n"
    "up to date.\n"
    "\n"
    "There are two files, each with maps in maps: `exit.l_haz.enter` is the\n"
    "key `enter` in the map `l_haz` in the map `exit`. A key that is left out\n"
    "has its default, and an empty file is valid. A key that is not known, a\n"
    "key twice, a wrong type, a value out of range or a secret in a file is "
    "an\n"
    "error. All errors are told at once, with file, line and column, and the\n"
    "exit code is 78.\n"
    "\n"
    "A duration is a whole number with `ms`, `s`, `m` or `h` behind it; a\n"
    "number alone is seconds. The length of a text is counted in bytes.\n";

static const char secrets_intro[] =
    "\n"
    "## Secrets\n"
    "\n"
    "Secrets come from the environment, never from a file of the\n"
    "configuration. Each variable has a twin with `_FILE` behind its name: "
    "the\n"
    "path of a file that holds the secret. A line break at the end does not\n"
    "count. Both at once, or an empty secret, is an error; a file that others\n"
    "can read is a warning. Secrets are never written anywhere.\n"
    "\n"
    "The keys of the exchange and of a Git remote are not built yet.\n"
    "\n"
    "| variable | or | what |\n"
    "|---|---|---|\n";

static const char checks_intro[] = "\n"
                                   "## Checks between options\n"
                                   "\n"
                                   "| check | rule |\n"
                                   "|---|---|\n";

static const char hash_intro[] =
    "\n"
    "## The hash of the configuration\n"
    "\n"
    "The hash that documents name is FNV-1a (32 bit) over one line\n"
    "`key=value` for each option of both files, in the order of this page.\n"
    "Defaults count as if they were written, `1h` and `3600` are the same, "
    "and\n"
    "secrets do not count.\n";

static int put_option(struct text *out, const struct config_option *o)
{
    char range[OPTION_RANGE];
    bool quoted = o->type >= OPTION_STRING;
    option_range(o, range);
    return text_printf(out, "| `%s` | %s | `%s%s%s` | %s | %s |\n", o->key,
                       option_type_name(o->type), quoted ? "\"" : "", o->preset,
                       quoted ? "\"" : "", range, o->help);
}

static int put_section(struct text *out, const struct config_section *s)
{
    int rc = text_printf(out,
                         "\n### %s\n\n%s\n\n"
                         "| key | type | default | range | meaning |\n"
                         "|---|---|---|---|---|\n",
                         s->key, s->help);
    for (size_t i = 0; i < config_option_count && !rc; i++)
        if (section_holds(s, &config_options[i]))
            rc = put_option(out, &config_options[i]);
    return rc;
}

static int put_file(struct text *out, enum config_file file)
{
    int rc = text_printf(out, "\n## %s\n", config_file_path(file));
    for (size_t i = 0; i < config_section_count && !rc; i++)
        if (config_sections[i].file == file)
            rc = put_section(out, &config_sections[i]);
    return rc;
}

static int put_secrets(struct text *out)
{
    int rc = text_puts(out, secrets_intro);
    for (size_t i = 0; i < secret_row_count && !rc; i++)
        rc = text_printf(out, "| `%s` | `%s_FILE` | %s |\n",
                         secret_rows[i].variable, secret_rows[i].variable,
                         secret_rows[i].help);
    return rc;
}

static int put_checks(struct text *out)
{
    int rc = text_puts(out, checks_intro);
    for (size_t i = 0; i < config_check_count && !rc; i++)
        rc = text_printf(out, "| %s | %s |\n", config_checks[i].name,
                         config_checks[i].rule);
    return rc;
}

int config_print_markdown(struct text *out)
{
    int rc = text_puts(out, intro);
    for (int f = 0; f < CONFIG_FILE_COUNT && !rc; f++)
        rc = put_file(out, (enum config_file)f);
    return rc || put_secrets(out) || put_checks(out) ||
                   text_puts(out, hash_intro)
               ? -1
               : 0;
}
