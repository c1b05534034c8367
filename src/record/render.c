/* A struct to YAML. A number whose exponent follows whole digits gets a ".0"
 * (1e-07 is written 1.0e-07), because readers of YAML 1.1 would take it for a
 * string otherwise. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "record/codec.h"
#include "record/member.h"

#define TEXT_MAX 2048 /* room for the longest free text */

struct renderer {
    struct yaml_writer *w;
    const void *document;
    size_t row;      /* of the list that is being written */
    int64_t slot_ms; /* of the document, or MOMENT_NONE */
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

static void put_age(struct renderer *r, const struct field *f, int64_t ms)
{
    if (r->slot_ms == MOMENT_NONE || ms < 0)
        refuse(r, f, "is not a time with a slot");
    else
        put_number(r, f, (double)(r->slot_ms - ms) / 1000.0);
}

static void put_hex(struct renderer *r, const struct field *f, const void *at)
{
    char text[17];
    uint64_t n;
    memcpy(&n, at, sizeof(n));
    snprintf(text, sizeof(text), "%016" PRIx64, n);
    yaml_string(r->w, f->key, text);
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

static void put_set(struct renderer *r, const struct field *f, const char *set)
{
    yaml_seq_begin(r->w, f->key, true);
    for (unsigned i = 0; i < f->words->count; i++)
        if (field_number(set + i * f->size, f->size) == f->max)
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

/* How many rows a list or a map of pairs has; none, and a refusal, if that is
 * more than there is room for. */
static size_t rows_of(struct renderer *r, const struct field *f,
                      const void *base)
{
    size_t n = f->max;
    if (!(f->flags & EVERY_ROW))
        memcpy(&n, (const char *)base + f->count_offset, sizeof(n));
    if (n <= f->max)
        return n;
    refuse(r, f, "has more rows than there is room for");
    return 0;
}

static void put_list(struct renderer *r, const struct field *f,
                     const void *base, const char *rows)
{
    size_t n = rows_of(r, f, base), row = r->row;
    yaml_seq_begin(r->w, f->key, false);
    for (r->row = 0; r->row < n; r->row++)
        put_map(r, f, NULL, rows + r->row * f->size);
    yaml_seq_end(r->w);
    r->row = row;
}

/* A number or a truth value stands plain, whatever quotes it had. */
static void put_pairs(struct renderer *r, const struct field *f,
                      const void *base, const char *rows)
{
    const struct field *key = &f->table->fields[0];
    const struct field *value = &f->table->fields[1];
    size_t n = rows_of(r, f, base);

    yaml_map_begin(r->w, f->key, false);
    for (size_t i = 0; i < n; i++) {
        const char *name = rows + i * f->size + key->offset;
        const char *text = rows + i * f->size + value->offset;
        double number;
        if (number_parse(text, &number) || !strcmp(text, "true") ||
            !strcmp(text, "false"))
            yaml_plain(r->w, name, text);
        else
            yaml_string(r->w, name, text);
    }
    yaml_map_end(r->w);
}

static void put_leaf(struct renderer *r, const struct field *f, const void *at)
{
    if (f->type == FIELD_CONST)
        put_constant(r, f);
    else if (f->type == FIELD_LABEL)
        put_word(r, f, (unsigned)r->row);
    else if (f->type == FIELD_TEXT)
        put_text(r, f, at);
    else if (f->type == FIELD_WORD)
        yaml_string(r->w, f->key, *(const char *const *)at);
    else if (f->type == FIELD_ENUM)
        put_word(r, f, field_number(at, f->size));
    else if (f->type == FIELD_SET)
        put_set(r, f, at);
    else if (f->type == FIELD_REAL)
        put_number(r, f, *(const double *)at);
    else if (f->type == FIELD_INT)
        put_integer(r, f->key, member_integer(at, f->size));
    else if (f->type == FIELD_BOOL)
        yaml_plain(r->w, f->key, *(const bool *)at ? "true" : "false");
    else if (f->type == FIELD_TIME)
        put_time(r, f, member_integer(at, f->size));
    else if (f->type == FIELD_AGE)
        put_age(r, f, member_integer(at, f->size));
    else
        put_hex(r, f, at);
}

static void put_value(struct renderer *r, const struct field *f,
                      const void *base, const void *at)
{
    if (f->type == FIELD_MAP || f->type == FIELD_STOP)
        put_map(r, f, f->key, at);
    else if (f->type == FIELD_LIST)
        put_list(r, f, base, at);
    else if (f->type == FIELD_PAIRS)
        put_pairs(r, f, base, at);
    else
        put_leaf(r, f, at);
}

static void put_fields(struct renderer *r, const struct table *table,
                       const void *base)
{
    for (size_t i = 0; i < table->count && !r->failed; i++) {
        const struct field *f = &table->fields[i];
        const void *at = member(r, f, base);
        if (member_is_left_out(table, f, base, at))
            continue;
        if (!member_is_null(f, base, at))
            put_value(r, f, base, at);
        else if (!(f->flags & OPTIONAL))
            yaml_plain(r->w, f->key, "null");
    }
}

int fields_render(const struct document_kind *kind, const void *document,
                  struct text *out, struct error *err)
{
    struct renderer r = { .w = yaml_writer_new(out),
                          .document = document,
                          .slot_ms = kind_time_ms(kind, document),
                          .err = err };
    yaml_map_begin(r.w, NULL, false);
    put_fields(&r, kind->table, document);
    yaml_map_end(r.w);
    return yaml_writer_end(r.w, r.failed ? NULL : err) || r.failed ? -1 : 0;
}
