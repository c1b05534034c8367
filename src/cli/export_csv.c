#include "cli/export_csv.h"

#include <string.h>

struct csv_line {
    struct text *out;
    bool begun, header;
};

static void put_cell(struct text *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        text_puts(out, text);
        return;
    }
    text_puts(out, "\"");
    for (; *text; text++)
        text_puts(out, *text == '"' ? "\"\"" : (char[2]){ *text, '\0' });
    text_puts(out, "\"");
}

static void add_cell(const struct flat_cell *c, void *payload)
{
    struct csv_line *line = payload;
    if (line->begun)
        text_puts(line->out, ",");
    line->begun = true;
    if (line->header)
        put_cell(line->out, c->column);
    else if (c->text)
        put_cell(line->out, c->text);
}

void export_csv_header(enum record_kind kind, struct text *out)
{
    struct csv_line line = { .out = out, .header = true };
    flat_walk(kind, NULL, add_cell, &line);
    text_puts(out, "\r\n");
}

void export_csv_row(enum record_kind kind, const void *doc, struct text *out)
{
    struct csv_line line = { .out = out };
    flat_walk(kind, doc, add_cell, &line);
    text_puts(out, "\r\n");
}
