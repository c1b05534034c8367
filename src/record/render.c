/* A struct to YAML. A number whose exponent follows whole digits gets a ".0"
 * (1e-07 is written 1.0e-07), because readers of YAML 1.1 would take it for a
 * string otherwise. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "position/grid.h"
#include "record/codec.h"

#define TEXT_MAX 2048 /* room for the longest free text */

struct renderer {
    struct yaml_writer *w;
    const void *document;
    size_t row; /* of the list that is being written */
    struct error *err;
    bool failed;
};

static void refuse(struct renderer *r, const struct field *f, const char *what)
{
    if (!r->failed)
        error_set(r->err, FAULT_DATA, "'%s' %s", f->key, what);
    r->failed = true;
}

static const void *member(const struct renderer *r, const struct field *f,
                          const void *base)
{
    const char *at =
        f->flags & COLUMN ? (const char *)r->document + r->row * f->size : base;
    return at + f->offset;
}

static unsigned number_of_enum(const void *at, size_t size)
{
    unsigned n = 0;
    if (size == sizeof(bool))
        return *(const bool *)at;
    memcpy(&n, at, sizeof(n));
    return n;
}

static int64_t integer_at(const void *at, size_t size)
{
    int64_t wide = 0;
    int32_t narrow = 0;
    if (size == sizeof(wide)) {
        memcpy(&wide, at, sizeof(wide));
        return wide;
    }
    memcpy(&narrow, at, sizeof(narrow));
    return narrow;
}

static bool is_null(const struct field *f, const void *base, const void *at)
{
    if (f->type == FIELD_EMPTY)
        return true;
    if (f->type == FIELD_STOP) {
        const struct grid_stop *stop = at;
        return isnan(stop->below) && isnan(stop->above);
    }
    if (!(f->flags & NULLABLE))
        return false;
    if (f->type == FIELD_MAP)
        return !*((const bool *)base + f->count_offset);
    if (f->type == FIELD_TEXT)
        return *(const char *)at == '\0';
    if (f->type == FIELD_REAL)
        return isnan(*(const double *)at);
    if (f->type == FIELD_ENUM)
        return f->flags & ZERO_IS_NULL && number_of_enum(at, f->size) == 0;
    int64_t n = integer_at(at, f->size);
    return n == (f->flags & ZERO_IS_NULL ? 0 : INT64_MIN);
}

static void put_number(struct renderer *r, const struct field *f, double v)
{
    char digits[NUMBER_TEXT], text[NUMBER_TEXT + 2];
    if (!isfinite(v)) {
        refuse(r, f, "is not a finite number");
        return;
    }
    number_format(v, digits);
    const char *exponent = strchr(digits, 'e');
    if (exponent && !strchr(digits, '.'))
        snprintf(text, sizeof(text), "%.*s.0%s", (int)(exponent - digits),
                 digits, exponent);
    else
        snprintf(text, sizeof(text), "%s", digits);
    yaml_plain(r->w, f->key, text);
}

static void put_integer(struct renderer *r, const char *key, int64_t n)
{
    char text[32];
    snprintf(text, sizeof(text), "%" PRId64, n);
    yaml_plain(r->w, key, text);
}

static void put_time(struct renderer *r, const struct field *f, int64_t ms)
{
    char text[MOMENT_TEXT];
    if (ms < 0 || moment_civil(ms).year > 9999) {
        refuse(r, f, "is not a time from 1970 to 9999");
        return;
    }
    moment_format(ms, text);
    yaml_plain(r->w, f->key, text);
}

/* Text that came from outside is made fit rather than refused: free text loses
 * what may not stand in a document, an odd identifier is no identifier. */
static void put_text(struct renderer *r, const struct field *f, const char *s)
{
    char clean[TEXT_MAX];
    bool free_text = f->pattern == PATTERN_LINE || f->pattern == PATTERN_LINES;
    bool token = f->pattern == PATTERN_TOKEN && f->flags & NULLABLE;

    if (!memchr(s, '\0', f->size)) {
        refuse(r, f, "is a text without an end");
    } else if (token && !pattern_matches(f->pattern, s)) {
        yaml_plain(r->w, f->key, "null");
    } else if (free_text && f->size <= sizeof(clean)) {
        pattern_clean(f->pattern, s, clean, f->size);
        yaml_string(r->w, f->key, clean);
    } else {
        yaml_string(r->w, f->key, s);
    }
}

static void put_word(struct renderer *r, const struct field *f, unsigned n)
{
    const char *word = n < f->words->count ? f->words->word(n) : NULL;
    if (word)
        yaml_string(r->w, f->key, word);
    else
        refuse(r, f, "is not one of its words");
}

static void put_constant(struct renderer *r, const struct field *f)
{
    if (strspn(f->constant, "0123456789") == strlen(f->constant))
        yaml_plain(r->w, f->key, f->constant);
    else
        yaml_string(r->w, f->key, f->constant);
}

static void put_set(struct renderer *r, const struct field *f, const bool *set)
{
    yaml_seq_begin(r->w, f->key, true);
    for (unsigned i = 0; i < f->words->count; i++)
        if (set[i])
            yaml_string(r->w, NULL, f->words->word(i));
    yaml_seq_end(r->w);
}

static void put_fields(struct renderer *r, const struct table *table,
                       const void *base);

static void put_map(struct renderer *r, const struct field *f, const char *key,
                    const void *base)
{
    yaml_map_begin(r->w, key, f->flags & ONE_LINE);
    put_fields(r, f->table, base);
    yaml_map_end(r->w);
}

static void put_list(struct renderer *r, const struct field *f,
                     const void *base, const char *rows)
{
    size_t n = f->max, row = r->row;
    if (!(f->flags & EVERY_ROW))
        memcpy(&n, (const char *)base + f->count_offset, sizeof(n));
    if (n > f->max) {
        refuse(r, f, "has more rows than there is room for");
        return;
    }
    yaml_seq_begin(r->w, f->key, false);
    for (r->row = 0; r->row < n; r->row++)
        put_map(r, f, NULL, rows + r->row * f->size);
    yaml_seq_end(r->w);
    r->row = row;
}

static void put_value(struct renderer *r, const struct field *f,
                      const void *base, const void *at)
{
    switch (f->type) {
    case FIELD_CONST:
        put_constant(r, f);
        break;
    case FIELD_LABEL:
        put_word(r, f, (unsigned)r->row);
        break;
    case FIELD_TEXT:
        put_text(r, f, at);
        break;
    case FIELD_WORD:
        yaml_string(r->w, f->key, *(const char *const *)at);
        break;
    case FIELD_ENUM:
        put_word(r, f, number_of_enum(at, f->size));
        break;
    case FIELD_SET:
        put_set(r, f, at);
        break;
    case FIELD_REAL:
        put_number(r, f, *(const double *)at);
        break;
    case FIELD_INT:
        put_integer(r, f->key, integer_at(at, f->size));
        break;
    case FIELD_BOOL:
        yaml_plain(r->w, f->key, *(const bool *)at ? "true" : "false");
        break;
    case FIELD_TIME:
        put_time(r, f, integer_at(at, f->size));
        break;
    case FIELD_MAP:
    case FIELD_STOP:
        put_map(r, f, f->key, at);
        break;
    case FIELD_LIST:
        put_list(r, f, base, at);
        break;
    case FIELD_EMPTY:
    case FIELD_TYPE_COUNT:
        break;
    }
}

static void put_fields(struct renderer *r, const struct table *table,
                       const void *base)
{
    for (size_t i = 0; i < table->count && !r->failed; i++) {
        const struct field *f = &table->fields[i];
        const void *at = member(r, f, base);
        if (!is_null(f, base, at))
            put_value(r, f, base, at);
        else if (!(f->flags & OPTIONAL))
            yaml_plain(r->w, f->key, "null");
    }
}

int fields_render(const struct table *table, const void *document,
                  struct text *out, struct error *err)
{
    struct renderer r = { yaml_writer_new(out), document, 0, err, false };
    yaml_map_begin(r.w, NULL, false);
    put_fields(&r, table, document);
    yaml_map_end(r.w);
    return yaml_writer_end(r.w, r.failed ? NULL : err) || r.failed ? -1 : 0;
}
