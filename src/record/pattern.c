#include "record/pattern.h"

#include <assert.h>
#include <regex.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define GRID_ID "[a-z0-9][a-z0-9-]{0,30}"
#define SYMBOL  "[A-Z0-9]{1,12}-[A-Z0-9]{1,10}"
#define STAMP   "[0-9]{8}T[0-9]{4}"
#define DATE    "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define ID_PART "[A-Za-z0-9][A-Za-z0-9-]{0,30}"

/* Code points that no text may hold: control characters, line and paragraph
 * separators, overrides of the writing direction, the byte order mark. */
#define REST "\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]*$"
/* A text begins with a letter, a digit, a quote or a round bracket. */
#define OPENING                                                                \
    "^[^\\u0000-\\u0020!#-&)-/:-@\\[-`{-\\u00a0\\u2028-\\u202e\\u2066-\\u2069" \
    "\\ufeff]"

// clang-format off
static const struct {
    const char *regex, *words;
} patterns[PATTERN_COUNT] = {
    [PATTERN_GRID_ID]     = { "^" GRID_ID "$", "a grid id: lower case letters, digits and '-', at most 31" },
    [PATTERN_SYMBOL]      = { "^" SYMBOL "$", "a symbol such as BTC-USDT" },
    [PATTERN_HEX8]        = { "^[0-9a-f]{8}$", "8 hexadecimal digits in lower case" },
    [PATTERN_HEX16]       = { "^[0-9a-f]{16}$", "16 hexadecimal digits in lower case" },
    [PATTERN_HEX40]       = { "^[0-9a-f]{40}$", "40 hexadecimal digits in lower case" },
    [PATTERN_RUN_ID]      = { "^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$", "a run id such as 20210519T020010Z-1a2b3c4d" },
    [PATTERN_ENGINE]      = { "^[0-9]+[.][0-9]+[.][0-9]+[+]([0-9a-f]{12,40}|unknown)$", "a version such as 0.1.0+abcdef123456" },
    [PATTERN_MODEL]       = { "^[a-z][a-z0-9]*(-[a-z0-9]+)+$", "a model name such as pi-24h-1" },
    [PATTERN_INTENT_ID]   = { "^" STAMP "-[0-9a-f]{8}$", "an intent id such as 20210519T0200-1a2b3c4d" },
    [PATTERN_INTENT_PATH] = { "^audit/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{9}-" ID_PART "-intent-[0-9a-f]{8}[.]yaml$", "the path of an intent below audit/" },
    [PATTERN_TAG]         = { "^(" GRID_ID "|" SYMBOL ")-" STAMP "$", "a tag: the grid id, '-' and the start of the episode" },
    [PATTERN_CHANNEL]     = { "^[a-z][a-z0-9]{1,14}$", "a channel name in lower case" },
    [PATTERN_TOKEN]       = { "^[A-Za-z0-9][A-Za-z0-9_.:-]*$", "letters, digits and _ . : - only" },
    [PATTERN_ACCOUNT]     = { "^[A-Za-z0-9][A-Za-z0-9_-]*$", "letters, digits, '_' and '-' only" },
    [PATTERN_CURRENCY]    = { "^[A-Z0-9]{1,15}$", "a currency such as USDT" },
    [PATTERN_OPTION]      = { "^[a-z0-9_.]+$", "an option such as exit.l_haz.enter" },
    [PATTERN_SETTING]     = { "^[A-Za-z0-9.+-][A-Za-z0-9_.+-]*$", "a number or a word such as shadow" },
    [PATTERN_PHRASE]      = { "^[A-Za-z0-9][A-Za-z0-9_.+/: -]*$", "a time zone, hours or times" },
    [PATTERN_SUBJECT]     = { "^(" GRID_ID "|" SYMBOL ")$", "a grid id, a symbol or the word run" },
    [PATTERN_DECIMAL]     = { "^-?[0-9]{1,21}([.][0-9]{1,18})?$", "a decimal number without an exponent, in quotes" },
    [PATTERN_CELLS]       = { "^[0-9a-z.:/ -]*$", "the cells of a shadow ledger" },
    [PATTERN_LINE]        = { OPENING "[^\\u0000-\\u001f" REST, "one line of text that begins with a letter or digit" },
    [PATTERN_LINES]       = { OPENING "[^\\u0000-\\u0009\\u000b-\\u001f" REST, "text that begins with a letter or digit" },
    [PATTERN_TIME]        = { "^" DATE "T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{3})?Z$", "a time such as 2021-05-19T02:00:00Z" },
    [PATTERN_SLOT]        = { "^" DATE "T[0-9]{2}:(00|15|30|45):00Z$", "a quarter of an hour such as 2021-05-19T02:00:00Z" },
    [PATTERN_TIME_BY_HAND] = { "^" DATE "(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{3})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$", "a time such as 2021-05-19T02:00:00Z or a date" },
};
// clang-format on

const char *pattern_regex(enum pattern pattern)
{
    return patterns[pattern].regex;
}

const char *pattern_words(enum pattern pattern)
{
    return patterns[pattern].words;
}

/* The code point at `s`, which is valid UTF-8, and its length in bytes. */
static uint32_t point_at(const char *s, size_t *bytes)
{
    unsigned char first = (unsigned char)*s;
    *bytes = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    uint32_t point = *bytes == 1 ? first : first & (0x7fu >> *bytes);
    for (size_t i = 1; i < *bytes; i++)
        point = point << 6 | ((unsigned char)s[i] & 0x3fu);
    return point;
}

static bool is_hidden(uint32_t p)
{
    return p < 0x20 || (p >= 0x7f && p <= 0x9f) ||
           (p >= 0x2028 && p <= 0x202e) || (p >= 0x2066 && p <= 0x2069) ||
           p == 0xfeff;
}

static bool is_opening(uint32_t p)
{
    bool alnum = (p >= '0' && p <= '9') || (p >= 'A' && p <= 'Z') ||
                 (p >= 'a' && p <= 'z');
    return alnum || p == '\'' || p == '"' || p == '(' ||
           (p > 0xa0 && !is_hidden(p));
}

static bool is_free_text(const char *s, bool lines)
{
    size_t bytes = 0;
    if (!utf8_valid(s) || !is_opening(point_at(s, &bytes)))
        return false;
    for (; *s; s += bytes) {
        uint32_t p = point_at(s, &bytes);
        if (is_hidden(p) && !(lines && p == '\n'))
            return false;
    }
    return true;
}

/* Compiled when first asked for, and kept: a document asks for dozens. */
static bool is_regex_match(enum pattern pattern, const char *text)
{
    static regex_t compiled[PATTERN_COUNT];
    static bool is_compiled[PATTERN_COUNT];

    if (!is_compiled[pattern]) {
        int rc = regcomp(&compiled[pattern], patterns[pattern].regex,
                         REG_EXTENDED | REG_NOSUB);
        assert(rc == 0);
        if (rc)
            return false;
        is_compiled[pattern] = true;
    }
    return regexec(&compiled[pattern], text, 0, NULL, 0) == 0;
}

bool pattern_matches(enum pattern pattern, const char *text)
{
    if (pattern == PATTERN_LINE || pattern == PATTERN_LINES)
        return is_free_text(text, pattern == PATTERN_LINES);
    return is_regex_match(pattern, text);
}

/* Bytes at `s` that can be copied as they are; 0 when they cannot. */
static size_t clean_bytes(const char *s, bool lines)
{
    size_t bytes = 0;
    char one[5] = "";
    uint32_t p = point_at(s, &bytes);
    for (size_t i = 0; i < bytes && s[i]; i++)
        one[i] = s[i];
    bool hidden = is_hidden(p) && !(lines && p == '\n');
    return hidden || !utf8_valid(one) || strlen(one) != bytes ? 0 : bytes;
}

void pattern_clean(enum pattern pattern, const char *raw, char *out,
                   size_t size)
{
    bool lines = pattern == PATTERN_LINES;
    size_t len = 0, bytes = 0;

    assert(size >= 8);
    if (*raw && !(clean_bytes(raw, lines) && is_opening(point_at(raw, &bytes))))
        out[len++] = '"';
    while (*raw) {
        bytes = clean_bytes(raw, lines);
        if (len + (bytes ? bytes : 1) >= size)
            break;
        if (bytes)
            memcpy(out + len, raw, bytes);
        else
            out[len] = '?';
        len += bytes ? bytes : 1;
        raw += bytes ? bytes : 1;
    }
    out[len] = '\0';
}
