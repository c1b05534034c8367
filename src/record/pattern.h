/* record/pattern.h - what a text in a document may look like.
 *
 * A pattern is one row: the regular expression that stands in the JSON Schema
 * is the one that is matched here, for the two kinds of free text excepted,
 * where the rule is written out by code points.
 */
#ifndef RECORD_PATTERN_H
#define RECORD_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

enum pattern {
    PATTERN_GRID_ID,
    PATTERN_SYMBOL,
    PATTERN_HEX8,
    PATTERN_HEX16,
    PATTERN_HEX40,
    PATTERN_RUN_ID,
    PATTERN_ENGINE,
    PATTERN_MODEL,
    PATTERN_INTENT_ID,
    PATTERN_INTENT_PATH,
    PATTERN_TAG,
    PATTERN_CHANNEL,
    PATTERN_TOKEN,   /* an identifier that another service made */
    PATTERN_ACCOUNT, /* main, robot or the name of a sub-account */
    PATTERN_CURRENCY,
    PATTERN_OPTION,  /* a key of the configuration */
    PATTERN_SETTING, /* what it is set to */
    PATTERN_PHRASE,  /* or that: a zone, hours, times */
    PATTERN_SUBJECT, /* a grid, a symbol or the word run */
    PATTERN_DECIMAL, /* a number, to the last digit */
    PATTERN_CELLS,   /* of a shadow ledger */
    PATTERN_LINE,    /* one line of text that begins like a sentence */
    PATTERN_LINES,   /* the same, several lines */
    PATTERN_TIME,
    PATTERN_SLOT,
    PATTERN_TIME_BY_HAND,
    PATTERN_COUNT
};

bool pattern_matches(enum pattern pattern, const char *text);
const char *pattern_regex(enum pattern pattern); /* of ECMA-262 */
const char *pattern_words(enum pattern pattern); /* "eight hex digits" */

/* Makes any bytes a text that the pattern, PATTERN_LINE or PATTERN_LINES,
 * accepts, cut to fit: what a server answered must never keep a delivery from
 * being recorded. Empty stays empty. `size` is 8 or more. */
void pattern_clean(enum pattern pattern, const char *raw, char *out,
                   size_t size);

#endif
