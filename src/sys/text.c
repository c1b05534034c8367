#include "sys/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/xmalloc.h"

static int make_room(struct text *t, size_t n)
{
    if (n > t->max - t->len)
        return -1;
    size_t need = t->len + n + 1;
    if (need <= t->room)
        return 0;
    size_t room = t->room ? t->room * 2 : 64;
    while (room < need)
        room *= 2;
    t->data = xrealloc(t->data, room, 1);
    t->room = room;
    return 0;
}

int text_append(struct text *t, const void *bytes, size_t n)
{
    if (make_room(t, n))
        return -1;
    if (n)
        memcpy(t->data + t->len, bytes, n);
    t->len += n;
    t->data[t->len] = '\0';
    return 0;
}

int text_puts(struct text *t, const char *s)
{
    return text_append(t, s, strlen(s));
}

int text_printf(struct text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0 || make_room(t, (size_t)n))
        return -1;
    va_start(ap, fmt);
    vsnprintf(t->data + t->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    t->len += (size_t)n;
    return 0;
}

const char *text_str(const struct text *t)
{
    return t->data ? t->data : "";
}

size_t text_zero_line(const struct text *t)
{
    const char *zero = t->len ? memchr(t->data, '\0', t->len) : NULL;
    size_t line = 1;

    if (!zero)
        return 0;
    for (const char *at = t->data; at < zero; at++)
        line += *at == '\n';
    return line;
}

void text_clear(struct text *t)
{
    t->len = 0;
    if (t->data)
        t->data[0] = '\0';
}

void text_release(struct text *t)
{
    free(t->data);
    t->data = NULL;
    t->len = t->room = 0;
}

int text_read_file(struct text *t, const char *path, struct error *err)
{
    char chunk[16384];
    size_t n;
    int rc = 0;
    FILE *f = fopen(path, "rbe");
    if (!f)
        return error_set(err, errno == ENOENT ? FAULT_MISSING : FAULT_IO,
                         "file '%s': %s", path, strerror(errno));
    while (!rc && (n = fread(chunk, 1, sizeof(chunk), f)) > 0)
        rc = text_append(t, chunk, n);
    if (rc)
        error_set(err, FAULT_DATA, "file '%s': longer than %zu bytes", path,
                  t->max);
    else if (ferror(f))
        rc = error_set(err, FAULT_IO, "file '%s': %s", path, strerror(errno));
    fclose(f);
    return rc;
}

static int write_and_sync(FILE *f, const struct text *t)
{
    if (t->len && fwrite(t->data, 1, t->len, f) != t->len)
        return -1;
    return fflush(f) || fsync(fileno(f)) ? -1 : 0;
}

int text_write_file(const struct text *t, const char *path, struct error *err)
{
    char temp[4096];
    int n = snprintf(temp, sizeof(temp), "%s.%ld.new", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof(temp))
        return error_set(err, FAULT_IO, "file '%s': path too long", path);
    FILE *f = fopen(temp, "wbe");
    if (!f)
        return error_set(err, FAULT_IO, "file '%s': %s", temp, strerror(errno));
    int failed = write_and_sync(f, t) ? errno : 0;
    if (fclose(f) && !failed)
        failed = errno;
    if (!failed && rename(temp, path))
        failed = errno;
    if (failed) {
        unlink(temp);
        return error_set(err, FAULT_IO, "file '%s': %s", path,
                         strerror(failed));
    }
    return 0;
}
