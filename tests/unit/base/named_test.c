/* Lists that are looked up by name. */
#include "base/named.h"

#include <stdlib.h>

#include "base/array.h"
#include "test.h"

struct row {
    struct named at;
    int what;
};

static char names[][8] = { "b", "a/b", "b", "a", "c", "a/b", "b" };
static struct row rows[ARRAY_LEN(names)];

/* The number of each row stands for its place in `names`. */
static void begin(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        rows[i] = (struct row){ { names[i], ARRAY_LEN(rows) - i }, (int)i };
    qsort(rows, ARRAY_LEN(rows), sizeof(*rows), named_compare);
}

static size_t place(const char *name, size_t count)
{
    return named_place(rows, count, sizeof(*rows), name);
}

static void names_come_first_and_then_the_order(void)
{
    static const int want[] = { 3, 5, 1, 6, 2, 0, 4 };
    begin();
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        ASSERT_INT(rows[i].what, want[i]);
}

static void the_first_of_a_name_is_found(void)
{
    begin();
    ASSERT_INT(place("a", 7), 0);
    ASSERT_INT(place("a/b", 7), 1);
    ASSERT_INT(place("b", 7), 3);
    ASSERT_INT(place("c", 7), 6);
}

static void a_name_that_is_not_there_has_a_place(void)
{
    begin();
    ASSERT_INT(place("", 7), 0);
    ASSERT_INT(place("a.b", 7), 1); /* '.' is before '/' */
    ASSERT_INT(place("a/c", 7), 3);
    ASSERT_INT(place("bb", 7), 6);
    ASSERT_INT(place("d", 7), 7);
    ASSERT_INT(place("d", 0), 0);
    ASSERT_INT(named_place(NULL, 0, sizeof(*rows), "a"), 0);
}

/* Bytes, not what a language makes of them. */
static void bytes_above_127_come_last(void)
{
    char high[] = "\xc3\xa4", low[] = "z";
    const struct row a = { { high, 0 }, 0 }, b = { { low, 1 }, 0 };
    ASSERT(named_compare(&a, &b) > 0);
    ASSERT(named_compare(&b, &a) < 0);
    ASSERT_INT(named_compare(&a, &a), 0);
}

void named_test(void);
void named_test(void)
{
    TEST_SUITE("named");
    TEST(names_come_first_and_then_the_order);
    TEST(the_first_of_a_name_is_found);
    TEST(a_name_that_is_not_there_has_a_place);
    TEST(bytes_above_127_come_last);
}
