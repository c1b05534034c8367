#include "expose/exposition.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "base/utf8.h"

#define LABEL_POINTS 200

void exposition_release(struct exposition *e)
{
    text_release(&e->text);
    e->family = -1;
    e->full = false;
}

/* In a help text a quote stands as it is. */
static int put_escaped(struct text *t, const char *s, bool quoted)
{
    int rc = 0;
    for (; *s && !rc; s++) {
        if (*s == '\\')
            rc = text_puts(t, "\\\\");
        else if (*s == '\n')
            rc = text_puts(t, "\\n");
        else if (*s == '"' && quoted)
            rc = text_puts(t, "\\\"");
        else
            rc = text_append(t, s, 1);
    }
    return rc;
}

static int put_head(struct text *t, const struct family *f)
{
    return text_printf(t, "# HELP %s ", f->name) ||
           put_escaped(t, f->help, false) ||
           text_printf(t, "\n# TYPE %s %s\n", f->name,
                       family_type_name(f->type));
}

static int put_labels(struct text *t, const struct family *f,
                      const char *const *values)
{
    char value[UTF8_ROOM(LABEL_POINTS)];
    int rc = 0;
    for (int i = 0; f->labels[i] && !rc; i++) {
        utf8_cut(values[i], LABEL_POINTS, value);
        rc = text_printf(t, "%s%s=\"", i ? "," : "{", f->labels[i]) ||
             put_escaped(t, value, true) ||
             text_puts(t, f->labels[i + 1] ? "\"" : "\"}");
    }
    return rc;
}

void exposition_put(struct exposition *e, enum family_id family, double value,
                    const char *const *labels)
{
    const struct family *f = &families[family];
    char number[NUMBER_TEXT];
    bool first = e->family != (int)family;
    size_t before = e->text.len;

    assert((int)family >= e->family);
    assert(!labels == !f->labels[0]);
    if (!isfinite(value) || e->full)
        return;
    number_format(value, number);
    if ((first && put_head(&e->text, f)) || text_puts(&e->text, f->name) ||
        put_labels(&e->text, f, labels) ||
        text_printf(&e->text, " %s\n", number)) {
        e->text.len = before; /* no half line */
        e->text.data[before] = '\0';
        e->full = true;
        return;
    }
    e->family = (int)family;
}

void exposition_put_time(struct exposition *e, enum family_id family,
                         int64_t ms, const char *const *labels)
{
    if (ms != MOMENT_NONE)
        exposition_put(e, family, (double)ms / 1000, labels);
}

void exposition_put_job(struct exposition *e, const struct exposition_job *job)
{
    exposition_put(e, FAMILY_BUILD_INFO, 1,
                   (const char *const[]){ job->version });
    exposition_put_time(e, FAMILY_RUN_START, job->start_ms, NULL);
    exposition_put_time(e, FAMILY_RUN_END, job->end_ms, NULL);
    exposition_put(e, FAMILY_RUN_DURATION, (double)job->took_ms / 1000, NULL);
    exposition_put(e, FAMILY_RUN_EXIT_CODE, job->exit, NULL);
}
