#include "cli/explain_page.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/explain.h"

#define INDENT 10 /* of every line but the header's */
#define HANG   2  /* of the lines that continue a paragraph, besides */

void page_begin(struct page *p, const char *label, int least)
{
    struct page_section *s = &p->sections[p->count++];
    s->label = label;
    s->least = least;
}

void page_put(struct page *p, const char *text)
{
    struct page_section *s = &p->sections[p->count - 1];
    if (s->count < PAGE_PARAGRAPHS && text[0])
        snprintf(s->paragraphs[s->count++], PAGE_PARAGRAPH, "%s", text);
}

bool page_is_empty(const struct page *p)
{
    return p->sections[p->count - 1].count == 0;
}

/* May a line end here? A number and its sign of percent stay together. */
static bool is_break(const char *at)
{
    return *at == ' ' && at[1] != '%';
}

/* Bytes of `text` that fit on a line of `room` characters: up to the last
 * break that does, or all. */
static size_t fitting(const char *text, size_t room)
{
    size_t points = 0, last = 0, i = 0;
    for (; text[i]; i++) {
        if (((unsigned char)text[i] & 0xc0) == 0x80)
            continue; /* inside a character */
        if (is_break(text + i))
            last = i;
        if (++points > room)
            return last ? last : i;
    }
    return i;
}

static size_t room_of(const struct page_section *s, bool first)
{
    size_t indent = s->label[0] ? INDENT : 0;
    return EXPLAIN_COLUMNS - indent - (first ? 0 : HANG);
}

static int lines_of(const struct page_section *s, const char *text)
{
    int lines = 0;
    do {
        text += fitting(text, room_of(s, lines == 0));
        text += strspn(text, " ");
        lines++;
    } while (*text);
    return lines;
}

static void write_paragraph(const struct page_section *s, const char *label,
                            const char *text, struct text *out)
{
    int indent = s->label[0] ? INDENT : 0;
    for (bool first = true; first || *text; first = false) {
        size_t n = fitting(text, room_of(s, first));
        text_printf(out, "%-*s%*s%.*s\n", indent, first ? label : "",
                    first ? 0 : HANG, "", (int)n, text);
        text += n;
        text += strspn(text, " ");
    }
}

static int lines_needed(const struct page_section *s)
{
    int lines = 0;
    for (size_t i = 0; i < s->count; i++)
        lines += lines_of(s, s->paragraphs[i]);
    return lines;
}

/* How many paragraphs, from the first, have room; one line is kept for the
 * word on the others. */
static size_t choose(const struct page_section *s, int room)
{
    int used = 0;
    size_t fits = 0;
    for (size_t i = 0; i < s->count; i++) {
        used += lines_of(s, s->paragraphs[i]);
        if (used + (i + 1 < s->count) <= room)
            fits = i + 1;
    }
    return fits;
}

static void write_section(const struct page_section *s, int room,
                          struct text *out)
{
    size_t n = choose(s, room);
    char more[32];
    for (size_t i = 0; i < n; i++)
        write_paragraph(s, i ? "" : s->label, s->paragraphs[i], out);
    if (n == s->count)
        return;
    snprintf(more, sizeof(more), "and %zu more", s->count - n);
    write_paragraph(s, n ? "" : s->label, more, out);
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

void page_write(const struct page *p, struct text *out)
{
    int spare = EXPLAIN_LINES;
    for (size_t i = 0; i < p->count; i++)
        spare -= smaller(lines_needed(&p->sections[i]), p->sections[i].least);
    for (size_t i = 0; i < p->count; i++) {
        const struct page_section *s = &p->sections[i];
        int needed = lines_needed(s), room = smaller(needed, s->least);
        int more = smaller(needed - room, spare);
        spare -= more;
        write_section(s, room + more, out);
    }
}
