#include "config_help.h"

#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"

struct sheet *sheet_new(void)
{
    struct sheet *s = xcalloc(1, sizeof(*s));
    s->reading = reading_start(&s->config, &s->problems);
    return s;
}

void sheet_free(struct sheet *s)
{
    problems_release(&s->problems);
    free(s);
}

void sheet_read(struct sheet *s, enum config_file file, const char *yaml)
{
    reading_document(&s->reading, file,
                     file == CONFIG_SERVICE ? "s.yaml" : "e.yaml", yaml,
                     strlen(yaml));
}

char *nested(const char *key, const char *value)
{
    struct text out = TEXT_INIT(8192);
    int depth = 0;
    for (;; depth++) {
        size_t n = strcspn(key, ".");
        text_printf(&out, "%*s%.*s:%s%s\n", depth * 2, "", (int)n, key,
                    key[n] ? "" : " ", key[n] ? "" : value);
        if (!key[n])
            return out.data;
        key += n + 1;
    }
}

void sheet_put(struct sheet *s, const char *key, const char *value)
{
    char *yaml = nested(key, value);
    const struct config_option *o = option_find(key);
    sheet_read(s, o ? o->file : CONFIG_SERVICE, yaml);
    free(yaml);
}

const char *sheet_line(const struct sheet *s, size_t i)
{
    static char line[PROBLEM_LINE];
    if (i >= s->problems.count)
        return "";
    problem_format(&s->problems.list[i], line);
    return line;
}

bool sheet_tells(const struct sheet *s, const char *what)
{
    for (size_t i = 0; i < s->problems.count; i++)
        if (strstr(sheet_line(s, i), what))
            return true;
    return false;
}
