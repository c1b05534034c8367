/* Where two documents first differ, in words that a person can use. */
#include "replay/difference.h"

#include <string.h>

#include "test.h"

static struct difference found;

static bool differ(const char *recorded, const char *computed)
{
    struct text a = TEXT_INIT(1000), b = TEXT_INIT(1000);
    text_puts(&a, recorded);
    text_puts(&b, computed);
    memset(&found, 0, sizeof(found));
    bool rc = difference_find(&a, &b, &found);
    text_release(&a);
    text_release(&b);
    return rc;
}

static void the_same_bytes_do_not(void)
{
    ASSERT(!differ("a: 1\n", "a: 1\n"));
    ASSERT(!differ("", ""));
}

static void a_value_is_named_with_its_place(void)
{
    ASSERT(differ("a: 1\nb:\n  c: {value: 0.41}\n",
                  "a: 1\nb:\n  c: {value: 0.42}\n"));
    ASSERT_STR(found.field, "b.c.value");
    ASSERT_STR(found.recorded, "0.41");
    ASSERT_STR(found.computed, "0.42");
}

static void a_row_is_named_by_its_id(void)
{
    ASSERT(differ("t:\n- {id: X, v: 1}\n- {id: L_HAZ, v: 2}\n",
                  "t:\n- {id: X, v: 1}\n- {id: L_HAZ, v: 3}\n"));
    ASSERT_STR(found.field, "t[L_HAZ].v");
    ASSERT(differ("t: [1, 2]\n", "t: [1, 3]\n"));
    ASSERT_STR(found.field, "t[1]");
}

static void what_is_missing_is_nothing(void)
{
    ASSERT(differ("a: 1\nb: 2\n", "a: 1\n"));
    ASSERT_STR(found.field, "b");
    ASSERT_STR(found.computed, "nothing");
    ASSERT(differ("a: 1\n", "a: {b: 1}\n"));
    ASSERT_STR(found.computed, "a map");
}

static void a_key_of_one_side_is_named(void)
{
    ASSERT(differ("e:\n  literal: [1]\n", "e:\n  theta: {by: table}\n"
                                          "  literal: [1]\n"));
    ASSERT_STR(found.field, "e.theta");
    ASSERT_STR(found.recorded, "nothing");
    ASSERT_STR(found.computed, "a map");
    ASSERT(differ("e:\n  theta: {by: table}\n  literal: [1]\n",
                  "e:\n  literal: [1]\n"));
    ASSERT_STR(found.field, "e.theta");
    ASSERT_STR(found.recorded, "a map");
    ASSERT_STR(found.computed, "nothing");
}

static void other_words_for_the_same_are_told(void)
{
    ASSERT(differ("a: 1\n", "a:  1\n"));
    ASSERT_STR(found.field, "");
    ASSERT_STR(found.recorded, "other bytes");
    ASSERT(differ("a: [1\n", "a: 1\n"));
    ASSERT_STR(found.recorded, "other bytes");
}

void difference_test(void);

void difference_test(void)
{
    TEST_SUITE("replay/difference");
    TEST(the_same_bytes_do_not);
    TEST(a_value_is_named_with_its_place);
    TEST(a_row_is_named_by_its_id);
    TEST(what_is_missing_is_nothing);
    TEST(a_key_of_one_side_is_named);
    TEST(other_words_for_the_same_are_told);
}
