/* PROGRAM [TALLY [NAME]] runs every suite of the generated list and writes
 * "passed failed skipped" to the file TALLY ("-" for none). NAME runs only the
 * tests whose name contains it. With TEST_VERBOSE in the environment each test
 * is named before it runs, so that one that dies is known. */
#include "test.h"

#include <CUnit/TestRun.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *only;   /* run the tests whose name contains this */
static CU_pSuite suite;    /* the one that is being filled */
static size_t comparisons; /* of the whole program */
static size_t suite_began; /* `comparisons` when the present suite began */
static size_t tests_added;
static size_t tests_skipped;
static size_t poor_suites; /* that compared less than the floor */
static bool test_skipped;  /* the present test said test_skip() */
static bool suite_skipped;

void test_suite(const char *name)
{
    suite = CU_add_suite(name, NULL, NULL);
}

void test_add(const char *name, CU_TestFunc function)
{
    if (only && !strstr(name, only))
        return;
    if (CU_add_test(suite, name, function))
        tests_added++;
    else
        fprintf(stderr, "test '%s' could not be added: %s\n", name,
                CU_get_error_msg());
}

void test_skip(const char *why)
{
    test_skipped = suite_skipped = true;
    printf("SKIPPED %s: %s\n", CU_get_current_test()->pName, why);
}

bool test_near(double got, double want, double rtol)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    if (isinf(got) || isinf(want))
        return isinf(got) && isinf(want) && (got > 0) == (want > 0);
    return fabs(got - want) <= rtol * fmax(fabs(got), fabs(want));
}

bool test_same(const char *got, const char *want)
{
    if (!got || !want)
        return got == want;
    return strcmp(got, want) == 0;
}

static void record(bool ok, bool fatal, const char *text,
                   struct test_place here)
{
    comparisons++;
    CU_assertImplementation(ok, here.line, text, here.file, "", fatal);
}

void test_true(bool ok, bool fatal, struct test_place here)
{
    record(ok, fatal, here.claim, here);
}

void test_int(long long got, long long want, struct test_place here)
{
    char text[512];
    snprintf(text, sizeof(text), "%s is %lld, want %lld", here.claim, got,
             want);
    record(got == want, false, text, here);
}

void test_number(double got, double want, double rtol, struct test_place here)
{
    char text[512];
    snprintf(text, sizeof(text), "%s is %.17g, want %.17g within %.2g",
             here.claim, got, want, rtol);
    record(test_near(got, want, rtol), false, text, here);
}

void test_text(const char *got, const char *want, struct test_place here)
{
    char text[4096];
    snprintf(text, sizeof(text),
             "%.400s is\n      '%.1700s', want\n      '%.1700s'", here.claim,
             got ? got : "(null)", want ? want : "(null)");
    record(test_same(got, want), false, text, here);
}

static void before_test(const CU_pTest test, const CU_pSuite in)
{
    if (getenv("TEST_VERBOSE"))
        printf("%s: %s\n", in->pName, test->pName);
}

static void after_test(const CU_pTest test, const CU_pSuite in,
                       CU_pFailureRecord failure)
{
    if (test_skipped && !failure)
        tests_skipped++;
    test_skipped = false;
    for (; failure; failure = failure->pNext)
        printf("FAILED %s: %s\n    %s:%u: %s\n", in ? in->pName : "",
               test ? test->pName : "", failure->strFileName,
               failure->uiLineNumber, failure->strCondition);
}

static void after_suite(const CU_pSuite done, CU_pFailureRecord failure)
{
    (void)failure;
    size_t made = comparisons - suite_began;
    if (!only && !suite_skipped && made < SUITE_FLOOR) {
        printf("FAILED %s: only %zu comparisons were made, the floor is %d\n",
               done->pName, made, SUITE_FLOOR);
        poor_suites++;
    }
    suite_began = comparisons;
    suite_skipped = false;
}

static int write_tally(const char *path, size_t passed, size_t failed)
{
    FILE *f = fopen(path, "we");
    if (!f) {
        perror(path);
        return -1;
    }
    fprintf(f, "%zu %zu %zu\n", passed, failed, tests_skipped);
    return fclose(f);
}

static void run_all(void)
{
    for (size_t i = 0; i < unit_suite_count; i++)
        unit_suites[i]();
    CU_set_test_start_handler(before_test);
    CU_set_test_complete_handler(after_test);
    CU_set_suite_complete_handler(after_suite);
    CU_run_all_tests();
}

int main(int argc, char **argv)
{
    const char *tally = argc > 1 && strcmp(argv[1], "-") ? argv[1] : NULL;
    only = argc > 2 ? argv[2] : NULL;
    setvbuf(stdout, NULL, _IOLBF, 0); /* nothing is lost in a crash */
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 2;
    run_all();

    size_t failed_tests = CU_get_number_of_tests_failed();
    size_t passed = CU_get_number_of_tests_run() - failed_tests - tests_skipped;
    size_t failed = failed_tests + poor_suites;
    if (!tests_added) {
        printf("FAILED no test is named like '%s'\n", only ? only : "");
        failed++;
    }
    printf("%s: %zu tests passed, %zu failed, %zu skipped, %zu comparisons\n",
           argv[0], passed, failed, tests_skipped, comparisons);
    CU_cleanup_registry();
    if (tally && write_tally(tally, passed, failed))
        return 2;
    return failed ? 1 : 0;
}
