/* tests/unit/base/decimal_of.h - decimals as they are written. */
#ifndef BASE_DECIMAL_OF_H
#define BASE_DECIMAL_OF_H

#include "base/decimal.h"
#include "test.h"

static inline struct decimal of(const char *text)
{
    struct decimal d = { -1 };
    test_true(decimal_parse(text, &d), true, TEST_HERE(text));
    return d;
}

static inline void says(struct decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    decimal_format(d, text);
    ASSERT_STR(text, want);
}

#endif
