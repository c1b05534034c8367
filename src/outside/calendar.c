#include "outside/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/utf8.h"
#include "outside/plain_file.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

#define CELL_ROOM 160            /* bytes of a cell, its end included */
#define MARK      "\xef\xbb\xbf" /* what some spreadsheets put in front */

enum column { FROM, TO, NAME, COLUMNS };

struct line {
    int number; /* from 1 */
    const char *at, *end;
};

static int wrong(const struct line *l, struct error *err, const char *what)
{
    return error_set(err, FAULT_DATA, "line %d: %s", l->number, what);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The cell behind its opening quote; a doubled quote is one. */
static bool take_quoted(struct line *l, char cell[CELL_ROOM])
{
    size_t n = 0;
    for (;; l->at++) {
        if (l->at == l->end || n + 1 == CELL_ROOM)
            return false;
        if (*l->at == '"' && (++l->at == l->end || *l->at != '"'))
            break;
        cell[n++] = *l->at;
    }
    cell[n] = '\0';
    while (l->at < l->end && is_blank(*l->at))
        l->at++;
    return l->at == l->end || *l->at == ',';
}

/* Up to the comma, without the blanks around. */
static bool take_cell(struct line *l, char cell[CELL_ROOM])
{
    while (l->at < l->end && is_blank(*l->at))
        l->at++;
    if (l->at < l->end && *l->at == '"') {
        l->at++;
        return take_quoted(l, cell);
    }
    const char *comma = memchr(l->at, ',', (size_t)(l->end - l->at));
    const char *end = comma ? comma : l->end;
    size_t n = (size_t)(end - l->at);
    while (n && is_blank(l->at[n - 1]))
        n--;
    if (n >= CELL_ROOM || memchr(l->at, '"', n))
        return false;
    memcpy(cell, l->at, n);
    cell[n] = '\0';
    l->at = end;
    return true;
}

static int take_cells(struct line *l, char cells[COLUMNS][CELL_ROOM],
                      struct error *err)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (i > 0 && l->at == l->end)
            return wrong(l, err, "must have three columns: from,to,name");
        l->at += i > 0; /* the comma */
        if (!take_cell(l, cells[i]))
            return wrong(l, err,
                         "has a cell that is too long, or a double quote that "
                         "does not enclose one");
    }
    if (l->at < l->end)
        return wrong(l, err,
                     "has more than three columns: put a name with a comma in "
                     "double quotes");
    return 0;
}

static int take_time(const struct line *l, const char *column, const char *cell,
                     int64_t *ms, struct error *err)
{
    *ms = moment_parse(cell);
    if (*ms == MOMENT_NONE)
        return error_set(err, FAULT_DATA,
                         "line %d: '%s' must be a time such as "
                         "2026-03-18T18:00:00Z",
                         l->number, column);
    return 0;
}

static int take_name(const struct line *l, const char *cell, char *name,
                     struct error *err)
{
    size_t len = strlen(cell);
    if (len == 0)
        return wrong(l, err, "'name' is empty: say what happens then");
    if (len >= EVENT_NAME_MAX)
        return error_set(err, FAULT_DATA,
                         "line %d: 'name' is longer than %d bytes: shorten it",
                         l->number, EVENT_NAME_MAX - 1);
    for (const char *p = cell; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return wrong(l, err, "'name' has a control character: remove it");
    if (!utf8_valid(cell))
        return wrong(l, err, "'name' is not UTF-8: save the file as UTF-8");
    memcpy(name, cell, len + 1);
    return 0;
}

static int take_window(struct line *l, struct calendar *c, struct error *err)
{
    char cells[COLUMNS][CELL_ROOM];
    struct calendar_window w;
    if (take_cells(l, cells, err) ||
        take_time(l, "from", cells[FROM], &w.from_ms, err) ||
        take_time(l, "to", cells[TO], &w.to_ms, err) ||
        take_name(l, cells[NAME], w.name, err))
        return -1;
    if (w.from_ms >= w.to_ms)
        return wrong(l, err, "'to' must be after 'from'");
    if (c->count == CALENDAR_WINDOWS_MAX)
        return error_set(err, FAULT_DATA,
                         "line %d: more than %d windows: remove old ones",
                         l->number, CALENDAR_WINDOWS_MAX);
    c->windows = xrealloc(c->windows, c->count + 1, sizeof(*c->windows));
    c->windows[c->count++] = w;
    return 0;
}

static int take_header(struct line *l, struct error *err)
{
    static const char *const names[COLUMNS] = { "from", "to", "name" };
    char cells[COLUMNS][CELL_ROOM];
    bool good = take_cells(l, cells, NULL) == 0;
    for (int i = 0; good && i < COLUMNS; i++)
        good = strcmp(cells[i], names[i]) == 0;
    return good ? 0 : wrong(l, err, "the first line must be 'from,to,name'");
}

/* Nothing to read: blanks only, or a comment. */
static bool is_passed_over(const struct line *l)
{
    const char *p = l->at;
    while (p < l->end && is_blank(*p))
        p++;
    return p == l->end || *p == '#';
}

static int take_lines(const char *data, size_t len, struct calendar *out,
                      struct error *err)
{
    bool headed = false;
    struct line l = { 0 };
    const char *end = data + len;
    for (const char *at = data; at < end; at = l.end + 1) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        l = (struct line){ l.number + 1, at, feed ? feed : end };
        if (is_passed_over(&l))
            continue;
        if (headed ? take_window(&l, out, err) : take_header(&l, err))
            return -1;
        headed = true;
    }
    if (!headed)
        return error_set(err, FAULT_DATA,
                         "is empty: its first line must be 'from,to,name'");
    return 0;
}

int calendar_parse(const char *data, size_t len, struct calendar *out,
                   struct error *err)
{
    size_t mark = strlen(MARK);
    if (memchr(data, '\0', len))
        return error_set(err, FAULT_DATA,
                         "holds a zero byte: save it as UTF-8 text");
    if (len < mark || memcmp(data, MARK, mark) != 0)
        mark = 0;
    int rc = take_lines(data + mark, len - mark, out, err);
    if (rc)
        calendar_release(out);
    return rc;
}

int calendar_load(const char *path, struct calendar *out, struct error *err)
{
    struct text body = TEXT_INIT(CALENDAR_BYTES_MAX);
    int rc = plain_file_read(&body, path, err);
    if (!rc && calendar_parse(text_str(&body), body.len, out, err))
        rc = error_wrap(err, "file '%s'", path);
    text_release(&body);
    return rc;
}

const char *calendar_event(const struct calendar *c, int64_t ms)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->windows[i].from_ms <= ms && ms < c->windows[i].to_ms)
            return c->windows[i].name;
    return "";
}

void calendar_release(struct calendar *c)
{
    free(c->windows);
    *c = (struct calendar){ 0 };
}
