/* This is how the product wrote YAML before it wrote its own: libyaml's emitter
 * does the quoting and the layout. */
#include "sys/emitter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/array.h"
#include "sys/xmalloc.h"

static bool is_word(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

struct emitter {
    yaml_emitter_t emitter;
    struct text *out;
    bool failed;
};

static int to_text(void *out, unsigned char *bytes, size_t n)
{
    return text_append(out, bytes, n) == 0;
}

/* `made` says whether the event could be built; emitting takes it over. */
static void emit(struct emitter *w, int made, yaml_event_t *event)
{
    if (!made) {
        w->failed = true;
        return;
    }
    if (w->failed)
        yaml_event_delete(event);
    else if (!yaml_emitter_emit(&w->emitter, event))
        w->failed = true;
}

struct emitter *emitter_writer_new(struct text *out)
{
    struct emitter *w = xcalloc(1, sizeof(*w));
    yaml_event_t e;

    w->out = out;
    if (!yaml_emitter_initialize(&w->emitter)) {
        w->failed = true;
        return w;
    }
    yaml_emitter_set_output(&w->emitter, to_text, out);
    yaml_emitter_set_unicode(&w->emitter, 1);
    yaml_emitter_set_indent(&w->emitter, 2);
    yaml_emitter_set_width(&w->emitter, -1);
    emit(w, yaml_stream_start_event_initialize(&e, YAML_UTF8_ENCODING), &e);
    emit(w, yaml_document_start_event_initialize(&e, NULL, NULL, NULL, 1), &e);
    return w;
}

/* Would a reader of YAML 1.1 or 1.2 take the plain text for something else
 * than a string? A date alone counts as a number here, a time does not. */
static bool is_ambiguous(const char *s)
{
    static const char *const words[] = { "",    "~",  "null",  "true", "y",
                                         "yes", "on", "false", "n",    "no",
                                         "off", "=",  "<<",    ".inf", ".nan" };
    if (is_word(s, words, ARRAY_LEN(words)))
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

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c) || c == 0x7f;
}

/* U+0085, U+2028 and U+2029 end a line for YAML 1.1. */
static bool has_odd_break(const char *s)
{
    return strstr(s, "\xc2\x85") || strstr(s, "\xe2\x80\xa8") ||
           strstr(s, "\xe2\x80\xa9");
}

/* Would a plain or single-quoted scalar change it? */
static bool needs_escapes(const char *s)
{
    if (has_odd_break(s))
        return true;
    while (*s && !is_control(*s))
        s++;
    return *s;
}

/* Several lines that come back as they are from a literal block: none begins
 * or ends with a blank, none is empty. */
static bool is_block(const char *s)
{
    if (!strchr(s, '\n') || *s == '\n' || *s == ' ' || has_odd_break(s))
        return false;
    for (; *s; s++) {
        if (*s == '\n' && (s[1] == ' ' || s[1] == '\n'))
            return false;
        if (*s == ' ' && (s[1] == '\n' || !s[1]))
            return false;
        if (*s != '\n' && is_control(*s))
            return false;
    }
    return true;
}

static yaml_scalar_style_t style_of(const char *text)
{
    if (is_block(text))
        return YAML_LITERAL_SCALAR_STYLE;
    if (needs_escapes(text))
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    return is_ambiguous(text) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                              : YAML_PLAIN_SCALAR_STYLE;
}

static void put_scalar(struct emitter *w, const char *text,
                       yaml_scalar_style_t style)
{
    yaml_event_t e;
    size_t n = strlen(text);
    if (n > INT32_MAX) {
        w->failed = true;
        return;
    }
    emit(w,
         yaml_scalar_event_initialize(
             &e, NULL, NULL, (const unsigned char *)text, (int)n, 1, 1, style),
         &e);
}

static void put_key(struct emitter *w, const char *key)
{
    if (key)
        put_scalar(w, key, YAML_PLAIN_SCALAR_STYLE);
}

void emitter_map_begin(struct emitter *w, const char *key, bool flow)
{
    yaml_event_t e;
    put_key(w, key);
    emit(w,
         yaml_mapping_start_event_initialize(&e, NULL, NULL, 1,
                                             flow ? YAML_FLOW_MAPPING_STYLE
                                                  : YAML_BLOCK_MAPPING_STYLE),
         &e);
}

void emitter_map_end(struct emitter *w)
{
    yaml_event_t e;
    emit(w, yaml_mapping_end_event_initialize(&e), &e);
}

void emitter_seq_begin(struct emitter *w, const char *key, bool flow)
{
    yaml_event_t e;
    put_key(w, key);
    emit(w,
         yaml_sequence_start_event_initialize(&e, NULL, NULL, 1,
                                              flow ? YAML_FLOW_SEQUENCE_STYLE
                                                   : YAML_BLOCK_SEQUENCE_STYLE),
         &e);
}

void emitter_seq_end(struct emitter *w)
{
    yaml_event_t e;
    emit(w, yaml_sequence_end_event_initialize(&e), &e);
}

void emitter_string(struct emitter *w, const char *key, const char *text)
{
    put_key(w, key);
    put_scalar(w, text, style_of(text));
}

void emitter_plain(struct emitter *w, const char *key, const char *text)
{
    put_key(w, key);
    put_scalar(w, text, YAML_PLAIN_SCALAR_STYLE);
}

static int why_failed(const struct emitter *w, struct error *err)
{
    if (w->emitter.error == YAML_WRITER_ERROR)
        return error_set(err, FAULT_DATA, "longer than %zu bytes", w->out->max);
    return error_set(err, FAULT_DATA, "cannot be written as YAML: %s",
                     w->emitter.problem ? w->emitter.problem
                                        : "a text is not valid UTF-8");
}

int emitter_writer_end(struct emitter *w, struct error *err)
{
    yaml_event_t e;
    emit(w, yaml_document_end_event_initialize(&e, 1), &e);
    emit(w, yaml_stream_end_event_initialize(&e), &e);
    int rc = w->failed ? why_failed(w, err) : 0;
    yaml_emitter_delete(&w->emitter);
    free(w);
    return rc;
}
