/* tests/unit/test.h - the few words that every test file uses.
 *
 * FOO_test.c defines `void FOO_test(void)`, which calls TEST_SUITE once and
 * TEST for each claim. Comparisons are counted: a program that compared too
 * little fails, so "nothing failed" and "nothing ran" look different.
 */
#ifndef UNIT_TEST_H
#define UNIT_TEST_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>

#define TEST_SUITE(name) test_suite(name)
#define TEST(function)   test_add(#function, function)

void test_suite(const char *name);
void test_add(const char *name, CU_TestFunc function);

/* Says aloud that a check was not made, and why; it is counted as skipped. */
void test_skip(const char *why);

/* |got - want| <= rtol * max(|got|, |want|); NaN is near NaN only. */
bool test_near(double got, double want, double rtol);
/* NULL equals NULL only. */
bool test_same(const char *got, const char *want);
/* Prints `label` with both sides when they differ; returns `ok`. */
bool test_show(bool ok, const char *label, const char *got, const char *want);
bool test_show_number(bool ok, const char *label, double got, double want);
void test_count(void);

#define ASSERT(cond)       (test_count(), CU_ASSERT(cond))
#define ASSERT_FATAL(cond) (test_count(), CU_ASSERT_FATAL(cond))
#define ASSERT_INT(got, want)                                                  \
    (test_count(), CU_assertImplementation(                                    \
                       test_show_number((long long)(got) == (long long)(want), \
                                        #got, (double)(got), (double)(want)),  \
                       __LINE__, #got " == " #want, __FILE__, "", CU_FALSE))
#define ASSERT_NEAR(got, want, rtol)                                           \
    (test_count(), CU_assertImplementation(                                    \
                       test_show_number(test_near((got), (want), (rtol)),      \
                                        #got, (got), (want)),                  \
                       __LINE__, #got " near " #want, __FILE__, "", CU_FALSE))
#define ASSERT_STR(got, want)                                                  \
    (test_count(),                                                             \
     CU_assertImplementation(                                                  \
         test_show(test_same((got), (want)), #got, (got), (want)), __LINE__,   \
         #got " is " #want, __FILE__, "", CU_FALSE))

/* Of the generated list of suites. */
extern void (*const unit_suites[])(void);
extern const size_t unit_suite_count;
/* Fewer comparisons than this is a failure of its own. */
extern const size_t unit_floor;

#endif
