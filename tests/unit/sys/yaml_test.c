/* Expected trees and texts are written by hand from the YAML 1.2 rules; the
 * round trip compares what was put in with what comes back. */
#include "sys/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "test.h"

static struct yaml_node *parsed(const char *text)
{
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    if (yaml_parse(text, strlen(text), &root, &err))
        ASSERT_STR(err.msg, "");
    ASSERT_FATAL(root != NULL);
    return root;
}

static void a_tree_has_kinds_keys_and_positions(void)
{
    struct yaml_node *root = parsed("id: btc-a\n"
                                    "stop:\n"
                                    "  below: 12.5\n"
                                    "history:\n"
                                    "- {at: 1, note: 'x y'}\n"
                                    "- two\n");
    ASSERT_INT(root->kind, YAML_MAP);
    ASSERT_INT(root->count, 3);
    const struct yaml_node *stop = yaml_find(root, "stop");
    ASSERT_FATAL(stop != NULL);
    ASSERT_INT(stop->kind, YAML_MAP);
    ASSERT_INT(stop->key_line, 2);
    ASSERT_INT(stop->key_column, 1);
    ASSERT_INT(stop->children[0].line, 3);
    ASSERT_INT(stop->children[0].column, 10);
    ASSERT_STR(stop->children[0].text, "12.5");
    const struct yaml_node *history = yaml_find(root, "history");
    ASSERT_FATAL(history != NULL);
    ASSERT_INT(history->kind, YAML_SEQ);
    ASSERT_INT(history->count, 2);
    const struct yaml_node *note = yaml_find(&history->children[0], "note");
    ASSERT_FATAL(note != NULL);
    ASSERT_STR(note->text, "x y");
    ASSERT(!note->plain);
    ASSERT_INT(note->line, 5);
    ASSERT_INT(note->key_column, 11);
    ASSERT(history->children[1].key == NULL);
    ASSERT(yaml_find(root, "absent") == NULL);
    yaml_node_free(root);
}

static void only_plain_words_are_null(void)
{
    struct yaml_node *root = parsed("a: null\nb:\nc: ~\nd: 'null'\ne: ''\n"
                                    "f: nothing\ng: {}\n");
    static const bool want[] = { true, true, true, false, false, false, false };
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        ASSERT_INT(yaml_is_null(&root->children[i]), want[i]);
    yaml_node_free(root);
}

static void nothing_is_an_empty_map(void)
{
    static const char *const texts[] = { "",
                                         "\n\n",
                                         "# only a comment\n",
                                         "---\n",
                                         "---\n# c\n...\n",
                                         "\xef\xbb\xbf# after a mark\n" };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct yaml_node *root = parsed(texts[i]);
        ASSERT_INT(root->kind, YAML_MAP);
        ASSERT_INT(root->count, 0);
        yaml_node_free(root);
    }
}

static void refuses(const char *data, size_t len, const char *want)
{
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    ASSERT_INT(yaml_parse(data, len, &root, &err), -1);
    ASSERT(root == NULL);
    ASSERT_INT(err.fault, FAULT_DATA);
    if (!strstr(err.msg, want))
        ASSERT_STR(err.msg, want);
    yaml_node_free(root);
}

static void what_the_subset_leaves_out_is_refused_where_it_stands(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "a: 1\nb: &x 2\n", "line 2, column 4: anchors" },
        { "a: 1\nb: *x\n", "line 2, column 4: aliases" },
        { "a: !!int 1\n", "line 1, column 4: tags" },
        { "a: 1\n---\nb: 1\n", "line 2, column 1: a second document" },
        { "{a: 1}: 2\n", "line 1, column 1: a key must be a word" },
        { "a: 1\nb:\n  c: 1\n  c: 2\n",
          "line 4, column 3: key 'c' is there twice" },
        { "a: [1, 2\nb: 3\n", "line 2" },
        { "a: 'open\n", "line 2" },
        { "a: 1\n\tb: 2\n", "line 2" },
        { "a: b: c\n", "line 1, column 5" },
        { "a: \"x\\0y\"\n", "line 1, column 4: a zero byte" },
        { "a: 1\nb: \xff\n", "line 2, column 4: not valid UTF-8" },
        { "a: \x01\n", "line 1, column 4" },
        { "a: 1\n...\nb\n", "line 3, column 1" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        refuses(rows[i].text, strlen(rows[i].text), rows[i].want);
    refuses("a: 1\n\0b: 2\n", 11, "line 2, column 1");
}

static void depth_and_size_are_limited(void)
{
    char deep[64];
    memset(deep, '[', 17);
    memset(deep + 17, ']', 17);
    refuses(deep, 34, "line 1, column 17: nested too deeply");
    struct yaml_node *root = parsed("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]");
    ASSERT_INT(root->kind, YAML_SEQ);
    yaml_node_free(root);

    struct text many = TEXT_INIT(1 << 20);
    for (int i = 0; i < 20000; i++)
        text_puts(&many, "- x\n");
    refuses(many.data, many.len, "line 20000, column 3: too many values");
    ASSERT_INT(yaml_parse(many.data, many.len - 4, &root, NULL), 0);
    yaml_node_free(root);
    text_release(&many);
}

static void every_cut_of_a_document_parses_or_complains(void)
{
    static const char whole[] = "a: [1, {b: 'x', c: \"y\\n\"}]\n"
                                "d: |\n  text\n  more\n"
                                "e:\n- f: 1\n  g: {h: i}\n";
    for (size_t n = 0; n < sizeof(whole); n++) {
        struct yaml_node *root = NULL;
        struct error err = { 0 };
        int rc = yaml_parse(whole, n, &root, &err);
        ASSERT((rc == 0) == (root != NULL));
        ASSERT((rc != 0) == (err.msg[0] != '\0'));
        yaml_node_free(root);
    }
}

static void a_document_is_written_in_this_form(void)
{
    struct text out = TEXT_INIT(4096);
    struct yaml_writer *w = yaml_writer_new(&out);
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "kind", "exit");
    yaml_plain(w, "slot", "2021-05-19T02:00:00Z");
    yaml_map_begin(w, "pi", true);
    yaml_plain(w, "value", "0.43");
    yaml_string(w, "status", "real");
    yaml_map_end(w);
    yaml_map_begin(w, "evaluation", false);
    yaml_string(w, "answer", "no");
    yaml_seq_begin(w, "triggers", false);
    yaml_map_begin(w, NULL, true);
    yaml_string(w, "id", "L_HAZ");
    yaml_map_end(w);
    yaml_seq_end(w);
    yaml_map_end(w);
    yaml_seq_begin(w, "none", false);
    yaml_seq_end(w);
    yaml_string(w, "body", "one\ntwo\n");
    yaml_map_end(w);
    struct error err = { 0 };
    ASSERT_INT(yaml_writer_end(w, &err), 0);
    ASSERT_STR(text_str(&out), "kind: exit\n"
                               "slot: 2021-05-19T02:00:00Z\n"
                               "pi: {value: 0.43, status: real}\n"
                               "evaluation:\n"
                               "  answer: 'no'\n"
                               "  triggers:\n"
                               "  - {id: L_HAZ}\n"
                               "none: []\n"
                               "body: |\n"
                               "  one\n"
                               "  two\n");
    text_release(&out);
}

static void a_long_flow_map_stays_on_one_line(void)
{
    struct text out = TEXT_INIT(1 << 16);
    struct yaml_writer *w = yaml_writer_new(&out);
    yaml_map_begin(w, NULL, false);
    yaml_map_begin(w, "m", true);
    for (int i = 0; i < 200; i++) {
        char key[16];
        snprintf(key, sizeof(key), "key%d", i);
        yaml_string(w, key, "some words that could be folded");
    }
    yaml_map_end(w);
    yaml_map_end(w);
    ASSERT_INT(yaml_writer_end(w, NULL), 0);
    ASSERT(strchr(text_str(&out), '\n') == out.data + out.len - 1);
    text_release(&out);
}

/* Writes the string both in block and in flow style and returns the text. */
static int written(const char *s, struct text *out)
{
    struct yaml_writer *w = yaml_writer_new(out);
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "s", s);
    yaml_map_begin(w, "f", true);
    yaml_string(w, "s", s);
    yaml_map_end(w);
    yaml_map_end(w);
    return yaml_writer_end(w, NULL);
}

static void comes_back(const char *s)
{
    struct text out = TEXT_INIT(1 << 16);
    ASSERT_INT(written(s, &out), 0);
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    if (yaml_parse(text_str(&out), out.len, &root, &err)) {
        ASSERT_STR(err.msg, text_str(&out));
    } else {
        ASSERT_STR(root->children[0].text, s);
        ASSERT_STR(root->children[1].children[0].text, s);
        ASSERT(!yaml_is_null(&root->children[0]));
    }
    yaml_node_free(root);
    text_release(&out);
}

static void strings_that_look_like_something_else_are_quoted(void)
{
    static const char *const words[] = {
        "",      "~",    "null", "Null", "true",     "False", "yes",
        "No",    "on",   "off",  "y",    "12",       "-1",    "1e5",
        "0.5",   ".5",   "+1",   "0x1f", "1_000",    "1:30",  ".inf",
        "-.Inf", ".nan", "<<",   "=",    "12345e67", "0o7",   "2021-05-19",
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct text out = TEXT_INIT(4096);
        char want[64];
        ASSERT_INT(written(words[i], &out), 0);
        snprintf(want, sizeof(want), "s: '%s'\nf: {s: '%s'}\n", words[i],
                 words[i]);
        ASSERT_STR(text_str(&out), want);
        text_release(&out);
        comes_back(words[i]);
    }
    struct text out = TEXT_INIT(4096);
    ASSERT_INT(written("20210519T020010Z-1a2b3c4d", &out), 0);
    ASSERT_STR(text_str(&out), "s: 20210519T020010Z-1a2b3c4d\n"
                               "f: {s: 20210519T020010Z-1a2b3c4d}\n");
    text_release(&out);
}

static void hostile_strings_come_back_the_same(void)
{
    static const char *const strings[] = {
        "# no comment",
        "a: b",
        "- x",
        "{a}",
        "[a, b]",
        "a, b",
        "'quoted'",
        "\"double\"",
        " leading",
        "trailing ",
        "a\tb",
        "a\nb",
        "a\n\nb",
        "\n",
        "a\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a \nb",
        "a\n b\n",
        "a\r\nb",
        "%TAG",
        "@at",
        "`tick",
        "*star",
        "&amp",
        "!bang",
        "|pipe",
        ">fold",
        "?q",
        "? q",
        "---",
        "...",
        "a\n---\nb\n",
        "a\n...\nb",
        "caf\xc3\xa9",
        "\xe2\x86\x92 up",
        "\xf0\x9f\x94\xa5 fire",
        "nel\xc2\x85x",
        "ls\xe2\x80\xa8y",
        "ps\xe2\x80\xa9z",
        "bom\xef\xbb\xbfx",
        "\x01\x02",
        "del\x7f",
        "a #b",
        "a# b",
        "a:b",
        "a:",
        ":a",
        "- ",
        "-",
        "--",
        "a\n# b\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(strings); i++)
        comes_back(strings[i]);
}

/* Marsaglia's xorshift, so that every run tries the same strings. */
static unsigned next_random(unsigned *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void random_strings_come_back_the_same(void)
{
    static const char *const pieces[] = { " ", "\n", ":", "#",  "-",
                                          "'", "\"", "a", "1",  "\t",
                                          ",", "{",  "]", "\\", "\xc3\xa9",
                                          "!", "\r", "|", "%" };
    unsigned state = 20210519;
    for (int i = 0; i < 20000; i++) {
        char s[64] = "";
        size_t n = next_random(&state) % 12, len = 0;
        for (size_t k = 0; k < n; k++) {
            const char *piece = pieces[next_random(&state) % ARRAY_LEN(pieces)];
            memcpy(s + len, piece, strlen(piece) + 1);
            len += strlen(piece);
        }
        comes_back(s);
    }
}

static void what_cannot_be_written_is_an_error(void)
{
    struct error err = { 0 };
    struct text small = TEXT_INIT(20);
    struct yaml_writer *w = yaml_writer_new(&small);
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "key", "a text that is longer than that");
    yaml_map_end(w);
    ASSERT_INT(yaml_writer_end(w, &err), -1);
    ASSERT_STR(err.msg, "longer than 20 bytes");
    text_release(&small);

    struct text out = TEXT_INIT(4096);
    w = yaml_writer_new(&out);
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "key", "\xff\xfe");
    yaml_map_end(w);
    ASSERT_INT(yaml_writer_end(w, &err), -1);
    ASSERT_STR(err.msg, "cannot be written as YAML: a text is not valid UTF-8");
    text_release(&out);
    yaml_node_free(NULL);
}

void yaml_test(void);

void yaml_test(void)
{
    TEST_SUITE("sys/yaml");
    TEST(a_tree_has_kinds_keys_and_positions);
    TEST(only_plain_words_are_null);
    TEST(nothing_is_an_empty_map);
    TEST(what_the_subset_leaves_out_is_refused_where_it_stands);
    TEST(depth_and_size_are_limited);
    TEST(every_cut_of_a_document_parses_or_complains);
    TEST(a_document_is_written_in_this_form);
    TEST(a_long_flow_map_stays_on_one_line);
    TEST(strings_that_look_like_something_else_are_quoted);
    TEST(hostile_strings_come_back_the_same);
    TEST(random_strings_come_back_the_same);
    TEST(what_cannot_be_written_is_an_error);
}
