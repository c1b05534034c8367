/* The single values of a document. Nothing is repaired: whatever is not
 * exactly what the table says is a complaint. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/moment.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/value.h"
#include "position/grid.h"
#include "record/member.h"
#include "record/read_internal.h"

static bool is_scalar(const struct item *it, bool plain)
{
    return it->node->kind == YAML_SCALAR && it->node->plain == plain;
}

static void store_integer(const struct item *it, int64_t n)
{
    int32_t narrow = (int32_t)n;
    if (it->f->size == sizeof(narrow))
        memcpy(it->at, &narrow, sizeof(narrow));
    else
        memcpy(it->at, &n, sizeof(n));
}

static void store_number(void *at, size_t size, unsigned n)
{
    if (size == sizeof(bool))
        *(bool *)at = n != 0;
    else
        memcpy(at, &n, sizeof(n));
}

/* The member as it is when the document says nothing about it. */
void leaf_clear(const struct item *it)
{
    const double none = it->f->flags & ENDLESS ? HUGE_VAL : NO_VALUE;
    bool zero = it->f->flags & ZERO_IS_NULL || !(it->f->flags & NULLABLE);

    if (it->f->type == FIELD_REAL)
        memcpy(it->at, &none, sizeof(none));
    else if (it->f->type == FIELD_TIME || it->f->type == FIELD_AGE)
        store_integer(it, it->f->flags & ZERO_IS_NULL ? 0 : MOMENT_NONE);
    else if (it->f->type == FIELD_INT)
        store_integer(it, zero ? 0 : INT64_MIN);
    else if (it->f->type == FIELD_WORD)
        *(const char **)it->at = it->f->words->word(0);
}

/* Is a plain scalar something else than text for a reader of YAML 1.2? */
static bool is_other(const char *s)
{
    if (!strcasecmp(s, "true") || !strcasecmp(s, "false"))
        return true;
    if (*s == '-' || *s == '+')
        s++;
    if (!strcasecmp(s, ".inf") || !strcasecmp(s, ".nan"))
        return true;
    char *end = NULL;
    bool numeric = *s == '.' || (*s >= '0' && *s <= '9');
    return numeric && (strtod(s, &end), *end == '\0' && end != s);
}

static bool is_text(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR &&
           !(node->plain && (yaml_is_null(node) || is_other(node->text)));
}

static void read_const(struct reader *r, const struct item *it)
{
    const char *constant = it->f->constant;
    bool number = strspn(constant, "0123456789") == strlen(constant);
    if (it->node->kind != YAML_SCALAR || strcmp(it->node->text, constant) ||
        (number && !it->node->plain))
        reader_want(r, it, constant);
}

static void read_label(struct reader *r, const struct item *it)
{
    char what[96];
    const char *label = it->f->words->word((unsigned)r->row);
    if (it->node->kind == YAML_SCALAR && !strcmp(it->node->text, label))
        return;
    snprintf(what, sizeof(what), "%s (the rows have a fixed order)", label);
    reader_want(r, it, what);
}

static void read_text(struct reader *r, const struct item *it)
{
    const char *text = it->node->text;
    if (!is_text(it->node) || !utf8_valid(text) ||
        !pattern_matches(it->f->pattern, text)) {
        reader_want(r, it, pattern_words(it->f->pattern));
        return;
    }
    if (strlen(text) >= it->f->size) {
        reader_say(r, it->node, "is longer than %zu bytes", it->f->size - 1);
        return;
    }
    memcpy(it->at, text, strlen(text) + 1);
}

static void want_word(struct reader *r, const struct item *it)
{
    char what[200] = "one of";
    size_t len = strlen(what);
    const char *between = " ";
    for (unsigned i = 0; i < it->f->words->count; i++) {
        const char *word = it->f->words->word(i);
        if (!word || len + strlen(word) + 4 > sizeof(what))
            continue;
        len += (size_t)snprintf(what + len, sizeof(what) - len, "%s%s", between,
                                *word ? word : "''");
        between = ", ";
    }
    reader_want(r, it, what);
}

static void read_word(struct reader *r, const struct item *it)
{
    int n = it->node->kind == YAML_SCALAR
                ? words_find(it->f->words, it->node->text)
                : -1;
    /* No word at all is a word only in quotes. */
    if (n < 0 || (!*it->node->text && it->node->plain))
        want_word(r, it);
    else if (it->f->type == FIELD_WORD)
        *(const char **)it->at = it->f->words->word((unsigned)n);
    else
        store_number(it->at, it->f->size, (unsigned)n);
}

static void read_set(struct reader *r, const struct item *it)
{
    size_t size = it->f->size;
    if (it->node->kind != YAML_SEQ) {
        reader_want(r, it, "a list of words");
        return;
    }
    for (size_t i = 0; i < it->node->count; i++) {
        size_t len = reader_push_row(r, i);
        struct item one = *it;
        one.node = &it->node->children[i];
        int n = one.node->kind == YAML_SCALAR
                    ? words_find(it->f->words, one.node->text)
                    : -1;
        char *element = (char *)it->at + (n < 0 ? 0 : (size_t)n) * size;
        if (n < 0)
            want_word(r, &one);
        else if (field_number(element, size))
            reader_say(r, one.node, "'%s' is there twice", one.node->text);
        else
            store_number(element, size, (unsigned)it->f->max);
        reader_pop(r, len);
    }
}

static bool is_out_of_range(const struct field *f, double v)
{
    return (f->flags & POSITIVE && !(v > 0)) ||
           ((f->lo != 0 || f->hi != 0) && !(v >= f->lo && v <= f->hi));
}

static void want_range(struct reader *r, const struct item *it)
{
    char what[96], lo[NUMBER_TEXT], hi[NUMBER_TEXT];
    number_format(it->f->lo, lo);
    number_format(isfinite(it->f->hi) ? it->f->hi : 0, hi);
    if (it->f->flags & POSITIVE)
        reader_want(r, it, "above 0");
    else if (isinf(it->f->hi)) {
        snprintf(what, sizeof(what), "at least %s", lo);
        reader_want(r, it, what);
    } else {
        snprintf(what, sizeof(what), "from %s to %s", lo, hi);
        reader_want(r, it, what);
    }
}

static void read_real(struct reader *r, const struct item *it)
{
    double v;
    if (!is_scalar(it, true) || !number_parse(it->node->text, &v))
        reader_want(r, it, "a finite number");
    else if (is_out_of_range(it->f, v))
        want_range(r, it);
    else
        memcpy(it->at, &v, sizeof(v));
}

static void read_int(struct reader *r, const struct item *it)
{
    int64_t n;
    if (!is_scalar(it, true) || !integer_parse(it->node->text, &n))
        reader_want(r, it, "a whole number");
    else if (is_out_of_range(it->f, (double)n))
        want_range(r, it);
    else
        store_integer(it, n);
}

static void read_bool(struct reader *r, const struct item *it)
{
    bool yes = is_scalar(it, true) && strcmp(it->node->text, "true") == 0;
    if (!yes && !(is_scalar(it, true) && !strcmp(it->node->text, "false")))
        reader_want(r, it, "true or false");
    *(bool *)it->at = yes;
}

static enum pattern time_pattern(const struct reader *r, const struct field *f)
{
    return r->kind->by_hand       ? PATTERN_TIME_BY_HAND
           : f->flags & SLOT_TIME ? PATTERN_SLOT
                                  : PATTERN_TIME;
}

static void read_time(struct reader *r, const struct item *it)
{
    enum pattern pattern = time_pattern(r, it->f);
    char again[MOMENT_TEXT] = "";
    int64_t ms = MOMENT_NONE;
    if (it->node->kind == YAML_SCALAR && *it->node->text)
        ms = moment_parse(it->node->text);
    if (ms >= 0 && moment_civil(ms).year <= 9999)
        moment_format(ms, again);
    bool exact = !strcmp(again, it->node->text ? it->node->text : "-");
    bool aligned = !(it->f->flags & SLOT_TIME) || ms % MS_PER_SLOT == 0;
    if (*again && (exact || r->kind->by_hand) && aligned)
        store_integer(it, ms);
    else
        reader_want(r, it, pattern_words(pattern));
}

/* Seconds before the slot, or after it when below zero; whole milliseconds. */
static void read_age(struct reader *r, const struct item *it)
{
    int64_t slot_ms = kind_time_ms(r->kind, r->document);
    double age_s;
    if (!is_scalar(it, true) || !number_parse(it->node->text, &age_s)) {
        reader_want(r, it, "a number of seconds");
    } else if (is_out_of_range(it->f, age_s)) {
        want_range(r, it);
    } else if (slot_ms != MOMENT_NONE) {
        int64_t ms = llround(age_s * 1000);
        if ((double)ms / 1000 == age_s)
            store_integer(it, slot_ms - ms);
        else
            reader_want(r, it, "seconds with at most three decimals");
    }
}

static void read_hex(struct reader *r, const struct item *it)
{
    if (!is_text(it->node) || !pattern_matches(PATTERN_HEX16, it->node->text)) {
        reader_want(r, it, pattern_words(PATTERN_HEX16));
        return;
    }
    uint64_t n = strtoull(it->node->text, NULL, 16);
    memcpy(it->at, &n, sizeof(n));
}

/* A number alone is the stop below, for a short grid the one above. */
static void read_stop(struct reader *r, const struct item *it)
{
    struct grid_stop *stop = it->at;
    const struct yaml_node *side = yaml_find(it->map, "side");
    bool is_short =
        side && side->kind == YAML_SCALAR && strcmp(side->text, "short") == 0;
    double v;
    if (is_scalar(it, true) && number_parse(it->node->text, &v) && v > 0)
        *(is_short ? &stop->above : &stop->below) = v;
    else
        reader_want(r, it, "a price above 0 or {below: price, above: price}");
}

void leaf_read(struct reader *r, const struct item *it)
{
    static void (*const by_type[FIELD_TYPE_COUNT])(struct reader *,
                                                   const struct item *) = {
        [FIELD_CONST] = read_const, [FIELD_LABEL] = read_label,
        [FIELD_TEXT] = read_text,   [FIELD_WORD] = read_word,
        [FIELD_ENUM] = read_word,   [FIELD_SET] = read_set,
        [FIELD_REAL] = read_real,   [FIELD_INT] = read_int,
        [FIELD_BOOL] = read_bool,   [FIELD_TIME] = read_time,
        [FIELD_AGE] = read_age,     [FIELD_HEX] = read_hex,
        [FIELD_STOP] = read_stop,
    };
    by_type[it->f->type](r, it);
}
