#include "config/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "sys/xmalloc.h"

#define TEXT_POINTS 900

static char *one_line(const char *text)
{
    char line[UTF8_ROOM(TEXT_POINTS)];
    utf8_cut_line(text, TEXT_POINTS, line);
    return xstrdup(line);
}

static void keep(struct problems *p, bool is_warning, struct problem_place at,
                 const char *text)
{
    if (is_warning)
        p->warnings++;
    else
        p->errors++;
    if (p->count == PROBLEMS_MAX)
        return;
    p->list = xrealloc(p->list, p->count + 1, sizeof(*p->list));
    p->list[p->count++] = (struct problem){ .is_warning = is_warning,
                                            .file = one_line(at.file),
                                            .line = at.line,
                                            .column = at.column,
                                            .text = one_line(text) };
}

void problems_error(struct problems *p, struct problem_place at,
                    const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    keep(p, false, at, text);
}

void problems_warning(struct problems *p, struct problem_place at,
                      const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    keep(p, true, at, text);
}

void problems_release(struct problems *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->list[i].file);
        free(p->list[i].text);
    }
    free(p->list);
    *p = (struct problems){ 0 };
}

void problem_format(const struct problem *p, char out[PROBLEM_LINE])
{
    if (p->line)
        snprintf(out, PROBLEM_LINE, "%s:%d:%d: %s", p->file, p->line, p->column,
                 p->text);
    else
        snprintf(out, PROBLEM_LINE, "%s: %s", p->file, p->text);
}
