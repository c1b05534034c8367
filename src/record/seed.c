/* seed.csv: a header, then one real bar per line, oldest first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/bar_csv.h"
#include "record/record.h"
#include "sys/xmalloc.h"

struct seed_reader {
    enum timeframe tf;
    struct bar *bars;
    size_t count, room;
    int line;
    struct complaints *complaints;
};

int seed_render(const struct bar *bars, size_t count, struct text *out,
                struct error *err)
{
    int rc = text_puts(out, BAR_CSV_HEADER "\n");
    for (size_t i = 0; i < count && !rc; i++) {
        char line[BAR_CSV_TEXT];
        bar_csv_format(&bars[i], line);
        rc = text_printf(out, "%s\n", line);
    }
    return rc ? error_set(err, FAULT_DATA, "seed.csv: longer than %zu bytes",
                          out->max)
              : 0;
}

static void complain(const struct seed_reader *r, const char *what)
{
    struct complaint_place at = { "", r->line, 1 };
    complaints_add(r->complaints, at, "%s", what);
}

static void add_bar(struct seed_reader *r, const struct bar *b)
{
    enum bar_fault fault = bar_check(b, r->tf);
    if (fault != BAR_OK) {
        complain(r, bar_fault_text(fault));
        return;
    }
    if (r->count && b->open_ms <= r->bars[r->count - 1].open_ms)
        complain(r, "is not later than the bar before it");
    if (r->count == r->room) {
        r->room = r->room ? r->room * 2 : 1024;
        r->bars = xrealloc(r->bars, r->room, sizeof(*r->bars));
    }
    r->bars[r->count++] = *b;
}

static void read_line(struct seed_reader *r, const char *data, size_t n)
{
    char line[BAR_CSV_TEXT];
    struct bar b;
    struct error err = { 0 };

    if (n >= sizeof(line) || memchr(data, '\0', n)) {
        complain(r, "is not a line of six numbers");
        return;
    }
    memcpy(line, data, n);
    line[n] = '\0';
    if (r->line == 1) {
        if (strcmp(line, BAR_CSV_HEADER))
            complain(r, "the header must be " BAR_CSV_HEADER);
    } else if (bar_csv_parse(line, &b, &err)) {
        complain(r, err.msg);
    } else {
        add_bar(r, &b);
    }
}

int seed_parse(const char *data, size_t len, enum timeframe tf,
               struct bar **bars, size_t *count, struct complaints *complaints)
{
    struct seed_reader r = { .tf = tf, .complaints = complaints };
    size_t before = complaints->count;

    for (const char *at = data, *end = data + len; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        r.line++;
        if (!stop)
            complain(&r, "the last line has no end: is the file whole?");
        read_line(&r, at, (size_t)((stop ? stop : end) - at));
        at = stop ? stop + 1 : end;
    }
    if (!r.line || (r.line == 1 && complaints->count == before))
        complain(&r, "there are no bars");
    if (complaints->count != before) {
        free(r.bars);
        return -1;
    }
    *bars = r.bars;
    *count = r.count;
    return 0;
}
