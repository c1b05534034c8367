#include "sys/yaml_scalar.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/utf8.h"

enum {
    LINE_FEED = 1,
    OTHER_BREAK = 2, /* carriage return, U+0085, U+2028, U+2029 */
    UNPRINTABLE = 4, /* needs an escape */
    BEYOND_ASCII = 8,
    NOT_IN_FLOW = 16,  /* cannot stand plain in a flow map or sequence */
    NOT_IN_BLOCK = 32, /* nor anywhere else */
    BY_NEIGHBOUR = 64, /* whether it can depends on the character beside it */
    NOT_FIRST = 128,   /* no plain text begins with it */
    NOT_UTF8 = 256,
};

#define BREAKS  (LINE_FEED | OTHER_BREAK)
#define ESCAPED (BREAKS | UNPRINTABLE)

/* What each byte means wherever it stands; the controls and the bytes beyond
 * ASCII are left to traits_of(). */
static const unsigned char meanings[0x80] = {
    ['!'] = NOT_FIRST,
    ['"'] = NOT_FIRST,
    ['#'] = NOT_FIRST | BY_NEIGHBOUR,
    ['%'] = NOT_FIRST,
    ['&'] = NOT_FIRST,
    ['\''] = NOT_FIRST,
    ['*'] = NOT_FIRST,
    [','] = NOT_FIRST | NOT_IN_FLOW,
    [':'] = NOT_IN_FLOW | BY_NEIGHBOUR,
    ['>'] = NOT_FIRST,
    ['?'] = NOT_IN_FLOW,
    ['@'] = NOT_FIRST,
    ['['] = NOT_FIRST | NOT_IN_FLOW,
    [']'] = NOT_FIRST | NOT_IN_FLOW,
    ['`'] = NOT_FIRST,
    ['{'] = NOT_FIRST | NOT_IN_FLOW,
    ['|'] = NOT_FIRST,
    ['}'] = NOT_FIRST | NOT_IN_FLOW,
};

static unsigned traits_of(unsigned char byte)
{
    if (byte >= 0x80)
        return BEYOND_ASCII;
    if (byte >= 0x20 && byte < 0x7f)
        return meanings[byte];
    if (byte == '\n')
        return LINE_FEED;
    return byte == '\r' ? OTHER_BREAK | UNPRINTABLE : UNPRINTABLE;
}

static bool is_blank_or_end(char c)
{
    return c == ' ' || c == '\0';
}

/* A code point at or beyond U+0080. */
static unsigned traits_of_point(uint32_t point)
{
    if (point == 0x85)
        return OTHER_BREAK | UNPRINTABLE;
    if (point == 0x2028 || point == 0x2029)
        return OTHER_BREAK;
    bool printable = point >= 0xa0 && point < 0xfffe && point != 0xfeff;
    return printable ? 0 : UNPRINTABLE;
}

/* The code point at `s`, which is valid UTF-8; `s` moves behind it. */
static uint32_t next_point(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
    static const unsigned char masks[] = { 0x7f, 0x1f, 0x0f, 0x07 };
    uint32_t point = p[0] & masks[more];
    for (int i = 1; i <= more; i++)
        point = point << 6 | (p[i] & 0x3fU);
    *s += more + 1;
    return point;
}

static unsigned beyond_ascii(const char *s)
{
    unsigned traits = 0;
    if (!utf8_valid(s))
        return NOT_UTF8;
    while (*s) {
        uint32_t point = next_point(&s);
        if (point >= 0x80)
            traits |= traits_of_point(point);
    }
    return traits;
}

/* What the beginning and the end of a text that is not empty forbid. */
static unsigned at_the_edges(const char *s, size_t len)
{
    if (traits_of((unsigned char)*s) & NOT_FIRST || *s == ' ' ||
        s[len - 1] == ' ')
        return NOT_IN_BLOCK;
    if ((*s == '-' || *s == '?') && is_blank_or_end(s[1]))
        return NOT_IN_BLOCK;
    return !strncmp(s, "---", 3) || !strncmp(s, "...", 3) ? NOT_IN_BLOCK : 0;
}

struct scalar scalar_look(const char *text)
{
    struct scalar s = { .text = text };
    const char *p = text;
    for (; *p; p++) {
        unsigned traits = traits_of((unsigned char)*p);
        s.traits |= traits;
        if (traits & BY_NEIGHBOUR &&
            (*p == ':' ? is_blank_or_end(p[1]) : p > text && p[-1] == ' '))
            s.traits |= NOT_IN_BLOCK;
    }
    s.len = (size_t)(p - text);
    if (s.len)
        s.traits |= at_the_edges(text, s.len);
    if (s.traits & BEYOND_ASCII)
        s.traits |= beyond_ascii(text);
    return s;
}

bool scalar_is_utf8(const struct scalar *s)
{
    return !(s->traits & NOT_UTF8);
}

bool scalar_has_breaks(const struct scalar *s)
{
    return s->traits & BREAKS;
}

static bool is_word(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/* Would a reader of YAML 1.1 or 1.2 take the plain text for something else
 * than a string? A date alone counts as a number here, a time does not. */
static bool is_ambiguous(const struct scalar *scalar)
{
    static const char *const words[] = { "~",  "null",  "true", "y",   "yes",
                                         "on", "false", "n",    "no",  "off",
                                         "=",  "<<",    ".inf", ".nan" };
    const char *s = scalar->text;
    if (!*s)
        return true;
    if (!strchr("~nNtTyYoOfF=<.+-0123456789", *s))
        return false;
    if (scalar->len <= strlen("false") && is_word(s, words, ARRAY_LEN(words)))
        return true;
    if (*s == '-' || *s == '+')
        s++;
    if (strcasecmp(s, ".inf") == 0)
        return true;
    if (s[0] == '0' && s[1] && strchr("xXoObB", s[1]))
        return true;
    return *s && strchr("0123456789.", *s) &&
           strspn(s, "0123456789_:.eE+-") == strlen(s);
}

/* Several lines that come back as they are from a literal block: none begins
 * or ends with a blank, none is empty. */
static bool is_block(const char *s)
{
    if (*s == '\n' || *s == ' ')
        return false;
    for (; *s; s++) {
        if (*s == '\n' && (s[1] == ' ' || s[1] == '\n'))
            return false;
        if (*s == ' ' && (s[1] == '\n' || !s[1]))
            return false;
    }
    return true;
}

enum scalar_style scalar_string_style(const struct scalar *s, bool flow)
{
    if (!flow && (s->traits & ESCAPED) == LINE_FEED && is_block(s->text))
        return SCALAR_LITERAL;
    if (s->traits & ESCAPED)
        return SCALAR_DOUBLE;
    return is_ambiguous(s) ? SCALAR_SINGLE : scalar_plain_style(s, flow, true);
}

enum scalar_style scalar_plain_style(const struct scalar *s, bool flow,
                                     bool may_be_empty)
{
    if (s->traits & ESCAPED)
        return SCALAR_DOUBLE;
    if (s->traits & NOT_IN_BLOCK || (flow && s->traits & NOT_IN_FLOW))
        return SCALAR_SINGLE;
    return s->len || may_be_empty ? SCALAR_PLAIN : SCALAR_SINGLE;
}

static int put_single(const struct scalar *s, struct text *out)
{
    const char *at = s->text, *quote;
    int rc = text_append(out, "'", 1);
    while (!rc && (quote = strchr(at, '\''))) {
        rc = text_append(out, at, (size_t)(quote - at) + 1);
        rc = rc ? rc : text_append(out, "'", 1);
        at = quote + 1;
    }
    return rc || text_puts(out, at) || text_append(out, "'", 1) ? -1 : 0;
}

static int put_escape(uint32_t point, struct text *out)
{
    static const struct {
        uint32_t point;
        char letter;
    } short_ones[] = {
        { 0x07, 'a' },   { '\b', 'b' },  { '\t', 't' }, { '\n', 'n' },
        { 0x0b, 'v' },   { '\f', 'f' },  { '\r', 'r' }, { 0x1b, 'e' },
        { '"', '"' },    { '\\', '\\' }, { 0x85, 'N' }, { 0x2028, 'L' },
        { 0x2029, 'P' },
    };
    for (size_t i = 0; i < ARRAY_LEN(short_ones); i++)
        if (short_ones[i].point == point)
            return text_printf(out, "\\%c", short_ones[i].letter);
    if (point <= 0xff)
        return text_printf(out, "\\x%02X", (unsigned)point);
    return text_printf(out, point <= 0xffff ? "\\u%04X" : "\\U%08X",
                       (unsigned)point);
}

static bool needs_escape(uint32_t point)
{
    if (point < 0x80)
        return point == '"' || point == '\\' ||
               traits_of((unsigned char)point) & ESCAPED;
    return traits_of_point(point) & ESCAPED;
}

static int put_double(const struct scalar *s, struct text *out)
{
    const char *at = s->text, *kept = at; /* from where no escape was needed */
    int rc = text_append(out, "\"", 1);
    while (!rc && *at) {
        const char *start = at;
        uint32_t point = next_point(&at);
        if (!needs_escape(point))
            continue;
        rc = text_append(out, kept, (size_t)(start - kept));
        rc = rc ? rc : put_escape(point, out);
        kept = at;
    }
    return rc || text_puts(out, kept) || text_append(out, "\"", 1) ? -1 : 0;
}

int scalar_put_blanks(int n, struct text *out)
{
    int rc = 0;
    for (; n > 8 && !rc; n -= 8)
        rc = text_append(out, "        ", 8);
    return rc ? rc : text_append(out, "        ", (size_t)n);
}

/* "|-" says that the last line ends without a line break. */
static int put_literal(const struct scalar *s, int indent, struct text *out)
{
    bool open = s->text[s->len - 1] != '\n';
    if (text_puts(out, open ? "|-\n" : "|\n"))
        return -1;
    for (const char *line = s->text; *line;) {
        size_t n = strcspn(line, "\n");
        n += line[n] == '\n';
        if (scalar_put_blanks(indent, out) || text_append(out, line, n))
            return -1;
        line += n;
    }
    return 0;
}

int scalar_put(const struct scalar *s, enum scalar_style style, int indent,
               struct text *out)
{
    if (style == SCALAR_LITERAL)
        return put_literal(s, indent, out);
    if (style == SCALAR_DOUBLE)
        return put_double(s, out);
    if (style == SCALAR_SINGLE)
        return put_single(s, out);
    return text_append(out, s->text, s->len);
}
