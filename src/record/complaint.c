#include "record/complaint.h"

#include <stdarg.h>
#include <stdio.h>

void complaints_add(struct complaints *c, struct complaint_place at,
                    const char *fmt, ...)
{
    if (c->count++ >= COMPLAINTS_MAX)
        return;
    struct complaint *one = &c->list[c->count - 1];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(one->what, sizeof(one->what), fmt, ap);
    va_end(ap);
    snprintf(one->path, sizeof(one->path), "%s", at.path);
    one->line = at.line;
    one->column = at.column;
}

size_t complaints_kept(const struct complaints *c)
{
    return c->count < COMPLAINTS_MAX ? c->count : COMPLAINTS_MAX;
}

void complaint_format(const struct complaint *c, char out[COMPLAINT_TEXT])
{
    char where[64] = "";
    if (c->line > 0)
        snprintf(where, sizeof(where), "line %d, column %d: ", c->line,
                 c->column);
    snprintf(out, COMPLAINT_TEXT, "%s%s%s%s", where, c->path,
             c->path[0] ? ": " : "", c->what);
}
