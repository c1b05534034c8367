/* The witness is libyaml's emitter (emitter.c): the same calls make the same
 * bytes. What it writes and we refuse is listed by hand. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "sys/pair.h"
#include "test.h"

// clang-format off
static const char *const texts[] = {
    "", " ", "~", "null", "no", "12", "-1.5", "1.0e-05", "2021-05-19",
    "2021-05-19T02:00:00Z", "20210519T020010Z-1a2b3c4d", "a: b", "a:b",
    "a #b", "a#b", "it's", "''", "'", "\"", "a\\b", "caf\xc3\xa9",
    "\xe2\x86\x92 up", "\xf0\x9f\x94\xa5", "\x01\x02", "del\x7f", "-", "- ",
    "-x", "? x", "?", "?x", ":", ":x", "x:", "=", "<<", ".inf", "-.INF",
    "0x1f", "+0o7", "+", ".", "..", "...", "...x", "---x", "-- x", "=x",
    "a\xc2\xa0" "b", "a\xc2\x9f" "b", "\xef\xbf\xbd", "\xef\xbf\xbf",
    "\xee\x80\x80", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf",
    "a b  c   d", "{}", "[]", "%", "x%", "x,y", "x]y",
};
static const char *const several_lines[] = {
    "a\nb", "a\nb\n", "\n", "\n\n", "a\n\n", "\na", " a\nb", "a \nb",
    "a\n b", "a\nb ", "a\r\nb", "a\tb\nc", "a\nb\xc2\x80",
    "a\n\xf0\x9f\x94\xa5", "one\n- two\nthree: 3\n# four", "a\n---\nb\n",
    "a\n...\n", "a\xc2\x85" "b", "a\xe2\x80\xa8" "b", "a\n\xe2\x80\xa9" "b",
    "\r", "it's\n\"so\"\n", "a\n'", "caf\xc3\xa9\nau lait\n",
};
// clang-format on

static void hand_made_cases_are_what_libyaml_writes(void)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        pair_check(texts[i], false, true);
        pair_check(texts[i], true, true);
    }
    for (size_t i = 0; i < ARRAY_LEN(several_lines); i++)
        pair_check(several_lines[i], false, false);
}

static void nothing_long_is_folded(void)
{
    char longest[4096];
    memset(longest, 'x', sizeof(longest));
    for (size_t i = 7; i < sizeof(longest); i += 7)
        longest[i] = ' ';
    longest[sizeof(longest) - 2] = 'x';
    longest[sizeof(longest) - 1] = '\0';
    pair_check(longest, false, false);
    longest[128] = '\0';
    longest[127] = 'x';
    pair_check(longest, false, true);
}

/* The character at the place where the reader found something. */
static char char_at(const char *text, int line, int column)
{
    while (--line && text)
        text = strchr(text, '\n') + 1;
    return text[column - 1];
}

/* A tree of the reader, written in the styles that its source has. */
static void write_tree(struct pair *p, const char *source,
                       const struct yaml_node *node)
{
    char at = char_at(source, node->line, node->column);
    if (node->kind == YAML_SCALAR) {
        pair_value(p, node->key, node->text, node->plain);
        return;
    }
    pair_begin(p, node->key, node->kind == YAML_MAP, at == '{' || at == '[');
    for (size_t i = 0; i < node->count; i++)
        write_tree(p, source, &node->children[i]);
    pair_end(p, node->kind == YAML_MAP);
}

/* They were written by hand. A quoted time in a flow map is a string for the
 * reader, which comes out the same. */
static void goldens_come_back_byte_for_byte(void)
{
    static const char *const files[] = {
        "delivery", "exit-blind", "exit",    "fault",
        "grid",     "intent",     "metrics", "metrics-blind",
        "operator", "revision",   "state",   "transition",
    };
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[128];
        struct text golden = TEXT_INIT(1 << 20);
        struct yaml_node *root = NULL;
        struct pair p;
        snprintf(path, sizeof(path), "tests/golden/record/%s.yaml", files[i]);
        ASSERT_FATAL(text_read_file(&golden, path, NULL) == 0);
        ASSERT_FATAL(yaml_parse(golden.data, golden.len, &root, NULL) == 0);
        pair_new(&p);
        write_tree(&p, golden.data, root);
        ASSERT(pair_same(&p, text_str(&golden)));
        yaml_node_free(root);
        text_release(&golden);
    }
}

struct bad {
    const char *key, *text, *want;
    bool plain;
};

static void check_refused(const struct bad *b, bool flow)
{
    struct text out = TEXT_INIT(4096);
    struct error err = { 0 };
    struct yaml_writer *w = yaml_writer_new(&out);
    yaml_map_begin(w, NULL, flow);
    (b->plain ? yaml_plain : yaml_string)(w, b->key, b->text);
    yaml_string(w, "more", "\xff"); /* the first is the one that is told */
    yaml_map_end(w);
    ASSERT_INT(yaml_writer_end(w, &err), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT_STR(err.msg, b->want);
    text_release(&out);
}

/* libyaml would write some of these in ways that we do not have, or that no
 * reader takes back. */
static void what_it_does_not_write_is_an_error(void)
{
#define CANNOT "cannot be written as YAML: "
    static const char key_of_129[] =
        "0123456789012345678901234567890123456789012345678901234567890123"
        "0123456789012345678901234567890123456789012345678901234567890123"
        "4";
    static const struct bad rows[] = {
        { "k", "\xff", CANNOT "a text is not valid UTF-8", false },
        { "k", "a\xc3", CANNOT "a text is not valid UTF-8", false },
        { "k", "\xc0\x80", CANNOT "a text is not valid UTF-8", false },
        { "k", "\xed\xa0\x80", CANNOT "a text is not valid UTF-8", false },
        { "k", "\xf4\x90\x80\x80", CANNOT "a text is not valid UTF-8", true },
        { "\xff", "v", CANNOT "a text is not valid UTF-8", false },
        { "k", "1\n2", CANNOT "a plain text of several lines", true },
        { "k", "\r", CANNOT "a plain text of several lines", true },
        { "k", "\xc2\x85", CANNOT "a plain text of several lines", true },
        { "k", "\xe2\x80\xa8", CANNOT "a plain text of several lines", true },
        { "a\nb", "v",
          CANNOT "a key of several lines, or of more than 128 bytes", false },
        { "a\xe2\x80\xa9", "v",
          CANNOT "a key of several lines, or of more than 128 bytes", true },
        { key_of_129, "v",
          CANNOT "a key of several lines, or of more than 128 bytes", true },
        { NULL, "v",
          CANNOT "a key in a list, none in a map, or a second document", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (int flow = 0; flow < 2; flow++)
            check_refused(&rows[i], flow);
}

static void check_calls(const char *calls, const char *want)
{
    struct text out = TEXT_INIT(4096);
    struct error err = { 0 };
    struct yaml_writer *w = yaml_writer_new(&out);
    const char *key = NULL;
    for (; *calls; calls++) {
        if (*calls == '{')
            yaml_map_begin(w, key, false);
        else if (*calls == '[')
            yaml_seq_begin(w, key, false);
        else if (*calls == '}')
            yaml_map_end(w);
        else if (*calls == ']')
            yaml_seq_end(w);
        else if (*calls == 'v')
            yaml_string(w, key, "v");
        key = *calls == 'k' ? "k" : NULL;
    }
    ASSERT_INT(yaml_writer_end(w, &err), *want ? -1 : 0);
    ASSERT_STR(err.msg, want);
    text_release(&out);
}

static void calls_that_make_no_document_are_an_error(void)
{
    static const struct {
        const char *calls, *want;
    } rows[] = {
        { "{kv}", "" },
        { "v", "" },
        { "", CANNOT "a map or list without end, or no document" },
        { "{", CANNOT "a map or list without end, or no document" },
        { "{k[}", CANNOT "an end without its beginning" },
        { "}", CANNOT "an end without its beginning" },
        { "{}}", CANNOT "an end without its beginning" },
        { "kv", CANNOT "a key in a list, none in a map, or a second document" },
        { "vv", CANNOT "a key in a list, none in a map, or a second document" },
        { "[kv]",
          CANNOT "a key in a list, none in a map, or a second document" },
        { "{}[]",
          CANNOT "a key in a list, none in a map, or a second document" },
        /* what stands at depth 17 could not be read back */
        { "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "" },
        { "[[[[[[[[[[[[[[[v]]]]]]]]]]]]]]]", "" },
        { "[[[[[[[[[[[[[[[[v]]]]]]]]]]]]]]]]", CANNOT "nested too deeply" },
        { "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", CANNOT "nested too deeply" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_calls(rows[i].calls, rows[i].want);
}

static void small_document(struct yaml_writer *w)
{
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "a", "it's");
    yaml_seq_begin(w, "b", false);
    yaml_map_begin(w, NULL, true);
    yaml_string(w, "c", "\x01\t");
    yaml_plain(w, "d", "1");
    yaml_map_end(w);
    yaml_seq_end(w);
    yaml_string(w, "e", "x\ny");
    yaml_seq_begin(w, "f", false);
    yaml_seq_end(w);
    yaml_map_end(w);
}

/* Wherever the room ends, the end of the writing says so. */
static void every_limit_is_kept(void)
{
    static const char want[] = "a: it's\nb:\n- {c: \"\\x01\\t\", d: 1}\n"
                               "e: |-\n  x\n  y\nf: []\n";
    for (size_t max = 0; max <= strlen(want); max++) {
        struct text out = TEXT_INIT(max);
        struct error err = { 0 };
        char told[64] = "";
        struct yaml_writer *w = yaml_writer_new(&out);
        small_document(w);
        int rc = yaml_writer_end(w, &err);
        if (max < strlen(want))
            snprintf(told, sizeof(told), "longer than %zu bytes", max);
        else
            ASSERT_STR(text_str(&out), want);
        ASSERT_INT(rc, *told ? -1 : 0);
        ASSERT_STR(err.msg, told);
        text_release(&out);
    }
}

void yaml_writer_test(void);

void yaml_writer_test(void)
{
    TEST_SUITE("sys/yaml_writer");
    TEST(hand_made_cases_are_what_libyaml_writes);
    TEST(nothing_long_is_folded);
    TEST(goldens_come_back_byte_for_byte);
    TEST(what_it_does_not_write_is_an_error);
    TEST(calls_that_make_no_document_are_an_error);
    TEST(every_limit_is_kept);
}
