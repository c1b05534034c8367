/* tests/unit/test.h - the few words that every test file uses.
 *
 * FOO_test.c defines `void FOO_test(void)`, which calls TEST_SUITE once and
 * TEST for each claim. Comparisons are counted: a suite that compared too
 * little fails, so "nothing failed" and "nothing ran" look different.
 * Each argument of an assertion is evaluated once.
 */
#ifndef UNIT_TEST_H
#define UNIT_TEST_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>

/* A suite that makes fewer comparisons fails, unless it skipped something. */
#define SUITE_FLOOR 8

#define TEST_SUITE(name) test_suite(name)
#define TEST(function)   test_add(#function, function)

void test_suite(const char *name);
void test_add(const char *name, CU_TestFunc function);

/* Says aloud that a check was not made, and why. A test that skips and does
 * not fail counts as skipped, not as passed. */
void test_skip(const char *why);

/* |got - want| <= rtol * max(|got|, |want|); NaN is near NaN only, and an
 * infinity is near itself only. */
bool test_near(double got, double want, double rtol);
/* NULL equals NULL only. */
bool test_same(const char *got, const char *want);

struct test_place {
    const char *claim, *file;
    unsigned line;
};
#define TEST_HERE(claim)                                                       \
    (struct test_place)                                                        \
    {                                                                          \
        (claim), __FILE__, __LINE__                                            \
    }

/* Behind the words below. A failure is recorded with both sides as text. */
void test_true(bool ok, bool fatal, struct test_place here);
void test_int(long long got, long long want, struct test_place here);
void test_number(double got, double want, double rtol, struct test_place here);
void test_text(const char *got, const char *want, struct test_place here);

#define ASSERT(cond)       test_true((cond), false, TEST_HERE(#cond))
/* Leaves the test when it does not hold. */
#define ASSERT_FATAL(cond) test_true((cond), true, TEST_HERE(#cond))
#define ASSERT_INT(got, want)                                                  \
    test_int((long long)(got), (long long)(want), TEST_HERE(#got))
#define ASSERT_NEAR(got, want, rtol)                                           \
    test_number((got), (want), (rtol), TEST_HERE(#got))
#define ASSERT_STR(got, want) test_text((got), (want), TEST_HERE(#got))

/* Of the generated list of suites (tests/unit/suites.sh). */
extern void (*const unit_suites[])(void);
extern const size_t unit_suite_count;

#endif
