/* The witness is libyaml's emitter (emitter.c): the same calls make the same
 * bytes, for every short text and for random documents. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "sys/pair.h"
#include "test.h"

/* Steele and Vigna's splitmix64, by its published constants. */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static unsigned below(uint64_t *state, unsigned n)
{
    return (unsigned)(next_bits(state) % n);
}

#define TEXT_PIECES 14
#define PIECE_ROOM  8

/* What libyaml treats in some way of its own, and words that mean something;
 * the last ones end a line. */
static const char *const pieces[] = {
    " ",
    " ",
    "a",
    "b",
    "Z",
    "1",
    "0",
    ".",
    "-",
    "--",
    ":",
    ": ",
    "#",
    " #",
    "'",
    "\"",
    "\\",
    ",",
    "{",
    "}",
    "[",
    "]",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "=",
    "<",
    "~",
    "null",
    "true",
    "no",
    "+",
    "e5",
    "_",
    "/",
    "$",
    "---",
    "...",
    "\xc3\xa9",
    "\xe2\x86\x92",
    "\xf0\x9f\x94\xa5",
    "\xef\xbb\xbf",
    "\xef\xbf\xbe",
    "\xef\xbf\xbd",
    "\xc2\xa0",
    "\xc2\x80",
    "\t",
    "\x01",
    "\x1b",
    "\x7f",
    "\x07\b",
    "\v\f",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\n",
    "\n",
    "\n",
    "\r",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\xe2\x80\xa9",
};
#define BREAKS 7 /* of them */

/* Half of the texts are of few sorts of pieces, so that patterns of several
 * meet each other. */
static void random_text(uint64_t *state, bool breaks, char *out)
{
    unsigned n = ARRAY_LEN(pieces) - (breaks ? 0 : BREAKS);
    unsigned first = below(state, n);
    unsigned sorts = below(state, 2) ? n : 1 + below(state, 6);
    unsigned count = below(state, TEXT_PIECES);
    for (unsigned i = 0; i < count; i++) {
        const char *piece = pieces[(first + below(state, sorts)) % n];
        memcpy(out, piece, strlen(piece));
        out += strlen(piece);
    }
    *out = '\0';
}

static void random_number(uint64_t *state, char *out)
{
    uint64_t bits = next_bits(state);
    switch (below(state, 4)) {
    case 0:
        snprintf(out, NUMBER_TEXT, "%d", (int)(bits % 2000001) - 1000000);
        break;
    case 1:
        number_format((double)bits / 1e30, out);
        break;
    case 2:
        snprintf(out, NUMBER_TEXT, "%04u-%02u-%02uT%02u:%02u:%02uZ",
                 1970 + (unsigned)(bits % 100), 1 + (unsigned)(bits >> 8) % 12,
                 1 + (unsigned)(bits >> 12) % 28, (unsigned)(bits >> 20) % 24,
                 (unsigned)(bits >> 28) % 60, (unsigned)(bits >> 36) % 60);
        break;
    default:
        snprintf(out, NUMBER_TEXT, "%s",
                 (const char *[]){ "true", "false", "null", "" }[bits % 4]);
    }
}

static void random_key(uint64_t *state, char *out)
{
    if (below(state, 4))
        snprintf(out, 16, "key_%u", below(state, 1000));
    else
        random_text(state, false, out);
}

static void random_value(struct pair *p, uint64_t *state, const char *key)
{
    char text[TEXT_PIECES * PIECE_ROOM];
    unsigned what = below(state, 8);
    if (what < 3)
        random_number(state, text);
    else
        random_text(state, what > 3, text);
    pair_value(p, key, text, what <= 3);
}

/* A scalar, map or sequence; those that are open count `depth`. */
static void random_node(struct pair *p, uint64_t *state, const char *key,
                        int depth)
{
    char child_key[TEXT_PIECES * PIECE_ROOM];
    if (depth == 6 || below(state, 8) < (depth ? 5 : 1)) {
        random_value(p, state, key);
        return;
    }
    bool map = below(state, 2), flow = !below(state, 4);
    unsigned count = below(state, 5);
    pair_begin(p, key, map, flow);
    for (unsigned i = 0; i < count; i++) {
        random_key(state, child_key);
        random_node(p, state, map ? child_key : NULL, depth + 1);
    }
    pair_end(p, map);
}

#define DOCUMENTS 40000

static void random_documents_are_what_libyaml_writes(void)
{
    const char *given = getenv("TEST_SEED");
    uint64_t start = given ? strtoull(given, NULL, 0) : 20210519;
    uint64_t state = start;
    size_t bytes = 0;
    int different = 0;
    for (int i = 0; i < DOCUMENTS && different < 3; i++) {
        struct pair p;
        pair_new(&p);
        random_node(&p, &state, NULL, 0);
        bytes += p.ours.len;
        if (!pair_same(&p, NULL) && !different++)
            printf("TEST_SEED=%" PRIu64 ": document %d differs\n", start, i);
    }
    ASSERT_INT(different, 0);
    ASSERT(bytes > DOCUMENTS * (size_t)40);
}

/* All texts of up to three of the characters that the rules speak of. */
static void every_short_text_is_what_libyaml_writes(void)
{
    static const char set[] = " a-.:#?,[]{}&*!|>'\"%@`~=<0\n\t\\";
    size_t n = strlen(set);
    bool ok = true;
    for (size_t i = 0; i < n * n * n && ok; i++) {
        char text[4] = { set[i / n / n], set[i / n % n], set[i % n], '\0' };
        bool as_key = !strchr(text, '\n');
        ok = pair_check(text, false, as_key);
        if (i < n)
            ok = pair_check(text + 2, false, as_key) && ok;
        if (i < n * n)
            ok = pair_check(text + 1, false, as_key) && ok;
        if (as_key)
            ok = pair_check(text, true, true) && ok;
    }
}

void yaml_random_test(void);

void yaml_random_test(void)
{
    TEST_SUITE("sys/yaml_random");
    TEST(every_short_text_is_what_libyaml_writes);
    TEST(random_documents_are_what_libyaml_writes);
}
