/* The sample files: every option with its default and a comment. */
#include <stdio.h>
#include <string.h>

#include "config/options.h"

#define WIDTH 79

static int put_indent(struct text *out, int depth)
{
    return text_printf(out, "%*s", depth * 2, "");
}

/* Comment lines of at most WIDTH bytes, broken at blanks. */
static int put_comment(struct text *out, int depth, const char *s)
{
    size_t room = WIDTH - (size_t)depth * 2 - 2;
    int rc = 0;
    while (*s && !rc) {
        size_t n = strlen(s);
        if (n > room)
            for (n = room; n > 0 && s[n] != ' '; n--)
                ;
        if (n == 0)
            n = strcspn(s, " ");
        rc = put_indent(out, depth) || text_printf(out, "# %.*s\n", (int)n, s);
        s += n + (s[n] == ' ');
    }
    return rc ? -1 : 0;
}

static int dots(const char *key)
{
    int n = 0;
    for (; *key; key++)
        n += *key == '.';
    return n;
}

static const char *last_word(const char *key)
{
    const char *dot = strrchr(key, '.');
    return dot ? dot + 1 : key;
}

static int put_option(struct text *out, const struct config_option *o)
{
    char range[OPTION_RANGE], facts[OPTION_RANGE + 64];
    int depth = dots(o->key);
    bool quoted = o->type >= OPTION_STRING;
    const char *quote = quoted ? "\"" : "";
    option_range(o, range);
    snprintf(facts, sizeof(facts), "%s%s%s; default %s%s%s",
             option_type_name(o->type), *range ? ": " : "", range, quote,
             o->preset, quote);
    return put_comment(out, depth, o->help) || put_comment(out, depth, facts) ||
                   put_indent(out, depth) ||
                   text_printf(out, "%s: %s%s%s\n", last_word(o->key), quote,
                               o->preset, quote)
               ? -1
               : 0;
}

static int put_section(struct text *out, const struct config_section *s)
{
    int depth = dots(s->key);
    int rc = text_puts(out, "\n") || put_comment(out, depth, s->help) ||
             put_indent(out, depth) ||
             text_printf(out, "%s:\n", last_word(s->key));
    const struct config_option *o;
    bool first = true;
    for (size_t i = 0; !rc && (o = option_at(i)); i++) {
        if (!section_holds(s, o))
            continue;
        rc = text_puts(out, first ? "" : "\n") || put_option(out, o);
        first = false;
    }
    return rc ? -1 : 0;
}

int config_print_sample(enum config_file file, struct text *out)
{
    static const char *const intros[CONFIG_FILE_COUNT] = {
        "How gridwatch runs.",
        "When gridwatch says that a grid should be left.",
        "What `gridwatch watchdog` looks at, and whom it tells."
    };
    int rc = put_comment(out, 0, intros[file]) || text_puts(out, "#\n") ||
             put_comment(out, 0,
                         "Every option stands here with its default. A key "
                         "that is left out has its default too; an empty file "
                         "is valid.") ||
             put_comment(out, 0,
                         "Printed by 'gridwatch config list'; docs/config.md "
                         "tells the same as tables. Secrets never stand here: "
                         "they come from the environment.");
    const struct config_section *s;
    for (size_t i = 0; !rc && (s = section_at(i)); i++)
        if (s->file == file)
            rc = put_section(out, s);
    return rc ? -1 : 0;
}
