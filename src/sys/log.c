#include "sys/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/moment.h"
#include "base/utf8.h"
#include "sys/clock.h"

static const char cut_mark[] = " cut=yes";

static struct {
    enum log_level level;
    FILE *out;
    int64_t (*clock_ms)(void);
    char tail[48]; /* " run=ID", or "" */
} sink;

const char *log_level_name(enum log_level level)
{
    static const char *const names[LOG_LEVEL_COUNT] = { "error", "warn", "info",
                                                        "debug" };
    return names[level];
}

void log_init(const struct log_sink *s)
{
    sink.level = s->level;
    sink.out = s->out;
    sink.clock_ms = s->clock_ms ? s->clock_ms : clock_wall_ms;
    sink.tail[0] = '\0';
    if (s->run_id && s->run_id[0])
        snprintf(sink.tail, sizeof(sink.tail), " run=%.40s", s->run_id);
}

static void blank_controls(char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            *s = ' ';
}

/* The end of the last field that lies whole within `room` bytes. */
static size_t whole_fields(const char *s, size_t room)
{
    size_t end = 0;
    bool quoted = false;
    for (size_t i = 0; s[i] && i <= room; i++) {
        if (s[i] == ' ' && !quoted)
            end = i;
        else if (s[i] == '"')
            quoted = !quoted;
        else if (s[i] == '\\' && quoted && s[i + 1])
            i++;
    }
    return end;
}

/* Cuts the fields that would make the line longer than it may be. */
static void fit(char *line, size_t head, size_t size)
{
    size_t room = LOG_LINE_MAX - 1 - strlen(sink.tail);
    if (strlen(line) <= room)
        return;
    room -= sizeof(cut_mark) - 1;
    size_t end = head + whole_fields(line + head, room - head);
    snprintf(line + end, size - end, "%s", cut_mark);
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
    char line[LOG_LINE_MAX + 2], when[MOMENT_TEXT];
    va_list ap;
    if (!sink.out || level > sink.level)
        return;
    moment_format(moment_floor(sink.clock_ms(), 1000), when);
    int n = snprintf(line, sizeof(line), "%s %s %.40s", when,
                     log_level_name(level), event);
    size_t head = n < 0 ? 0 : (size_t)n;
    line[head] = ' ';
    va_start(ap, fmt);
    n = vsnprintf(line + head + 1, sizeof(line) - head - 1, fmt, ap);
    va_end(ap);
    if (n <= 0)
        line[head] = '\0';
    blank_controls(line);
    fit(line, head, sizeof(line));
    fprintf(sink.out, "%s%s\n", line, sink.tail);
    fflush(sink.out);
}

static bool plain_word(const char *s)
{
    for (const char *p = s; *p; p++)
        if ((unsigned char)*p <= 0x20 || *p == 0x7f || strchr("\"\\=", *p))
            return false;
    return *s != '\0';
}

/* Writes the escaped form of one byte and returns its length. */
static size_t escape(char c, char out[5])
{
    static const char plain[] = "\"\\\n\r\t", letters[] = "\"\\nrt";
    const char *found = strchr(plain, c);
    if (found)
        return (size_t)snprintf(out, 5, "\\%c", letters[found - plain]);
    if ((unsigned char)c < 0x20 || c == 0x7f)
        return (size_t)snprintf(out, 5, "\\x%02x", (unsigned)c);
    return (size_t)snprintf(out, 5, "%c", c);
}

const char *log_value(const char *text, char out[LOG_VALUE_MAX])
{
    char shown[UTF8_ROOM(LOG_VALUE_POINTS)];
    size_t n = 0;
    utf8_cut(text ? text : "", LOG_VALUE_POINTS, shown);
    if (plain_word(shown))
        return memcpy(out, shown, strlen(shown) + 1);
    out[n++] = '"';
    for (const char *s = shown; *s; s++)
        n += escape(*s, out + n);
    out[n++] = '"';
    out[n] = '\0';
    return out;
}
