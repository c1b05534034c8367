#include "record/member.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "position/grid.h"

unsigned field_number(const void *at, size_t size)
{
    unsigned n = 0;
    if (size == sizeof(bool))
        return *(const bool *)at;
    memcpy(&n, at, sizeof(n));
    return n;
}

int64_t member_integer(const void *at, size_t size)
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

static bool is_null_number(const struct field *f, const void *at)
{
    double v = *(const double *)at;
    return f->flags & ENDLESS ? isinf(v) : isnan(v);
}

bool member_is_null(const struct field *f, const void *base, const void *at)
{
    if (f->type == FIELD_PAIRS) {
        size_t count;
        memcpy(&count, (const char *)base + f->count_offset, sizeof(count));
        return count == 0;
    }
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
        return is_null_number(f, at);
    if (f->type == FIELD_ENUM)
        return f->flags & ZERO_IS_NULL && field_number(at, f->size) == 0;
    int64_t n = member_integer(at, f->size);
    return n == (f->flags & ZERO_IS_NULL ? 0 : INT64_MIN);
}

static bool answers_yes(const struct table *table, const void *base)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        if (strcmp(f->key, "answer") == 0)
            return field_number((const char *)base + f->offset, f->size) ==
                   ANSWER_YES;
    }
    return false;
}

const char *member_absent(const struct table *table, const struct field *f,
                          const void *base)
{
    return f->absent_yes && answers_yes(table, base) ? f->absent_yes
                                                     : f->absent;
}

static bool is_empty_set(const struct field *f, const void *at)
{
    for (unsigned i = 0; i < f->words->count; i++)
        if (field_number((const char *)at + i * f->size, f->size) == f->max)
            return false;
    return true;
}

static bool is_empty_list(const struct field *f, const void *base)
{
    size_t count;
    memcpy(&count, (const char *)base + f->count_offset, sizeof(count));
    return count == 0;
}

/* A number without a word is refused by the writer. */
static bool says_word(const struct field *f, const void *at, const char *text)
{
    unsigned n = field_number(at, f->size);
    const char *word = n < f->words->count ? f->words->word(n) : NULL;
    return word && strcmp(word, text) == 0;
}

static bool says(const struct field *f, const void *base, const void *at,
                 const char *text)
{
    char number[32];
    if (f->type == FIELD_SET)
        return is_empty_set(f, at);
    if (f->type == FIELD_LIST)
        return is_empty_list(f, base);
    if (f->type == FIELD_ENUM)
        return says_word(f, at, text);
    if (f->type == FIELD_WORD)
        return strcmp(*(const char *const *)at, text) == 0;
    if (f->type == FIELD_BOOL)
        return strcmp(*(const bool *)at ? "true" : "false", text) == 0;
    if (f->type != FIELD_INT)
        return member_is_null(f, base, at);
    snprintf(number, sizeof(number), "%" PRId64, member_integer(at, f->size));
    return strcmp(number, text) == 0;
}

bool member_is_left_out(const struct table *table, const struct field *f,
                        const void *base, const void *at)
{
    const char *text = member_absent(table, f, base);
    return text && says(f, base, at, text);
}
