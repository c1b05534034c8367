/* Runs every suite of the generated list and writes "passed failed skipped"
 * to the file named by the first argument. A second argument runs only the
 * tests whose name contains it. */
#include "test.h"

#include <CUnit/TestRun.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static CU_pSuite suite;
static const char *only;
static size_t comparisons;
static size_t skipped;

void test_suite(const char *name)
{
    suite = CU_add_suite(name, NULL, NULL);
}

void test_add(const char *name, CU_TestFunc function)
{
    if (only && !strstr(name, only))
        return;
    if (!CU_add_test(suite, name, function))
        fprintf(stderr, "test '%s' could not be added: %s\n", name,
                CU_get_error_msg());
}

void test_skip(const char *why)
{
    skipped++;
    printf("SKIPPED %s: %s\n", CU_get_current_test()->pName, why);
}

void test_count(void)
{
    comparisons++;
}

bool test_near(double got, double want, double rtol)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    return fabs(got - want) <= rtol * fmax(fabs(got), fabs(want));
}

bool test_same(const char *got, const char *want)
{
    if (!got || !want)
        return got == want;
    return strcmp(got, want) == 0;
}

bool test_show(bool ok, const char *label, const char *got, const char *want)
{
    if (!ok)
        printf("    %s is\n      '%s', want\n      '%s'\n", label,
               got ? got : "(null)", want ? want : "(null)");
    return ok;
}

bool test_show_number(bool ok, const char *label, double got, double want)
{
    if (!ok)
        printf("    %s is %.17g, want %.17g\n", label, got, want);
    return ok;
}

static void print_failures(const CU_pTest test, const CU_pSuite in,
                           CU_pFailureRecord failure)
{
    for (; failure; failure = failure->pNext)
        printf("FAILED %s: %s\n    %s:%u: %s\n", in ? in->pName : "",
               test ? test->pName : "", failure->strFileName,
               failure->uiLineNumber, failure->strCondition);
}

static int write_tally(const char *path, unsigned passed, unsigned failed)
{
    FILE *f = fopen(path, "we");
    if (!f) {
        perror(path);
        return -1;
    }
    fprintf(f, "%u %u %zu\n", passed, failed, skipped);
    return fclose(f);
}

int main(int argc, char **argv)
{
    only = argc > 2 ? argv[2] : NULL;
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 2;
    for (size_t i = 0; i < unit_suite_count; i++)
        unit_suites[i]();
    CU_set_test_complete_handler(print_failures);
    CU_run_all_tests();

    unsigned run = CU_get_number_of_tests_run();
    unsigned failed = CU_get_number_of_tests_failed();
    unsigned passed = run > failed ? run - failed : 0;
    size_t floor = only ? 1 : unit_floor;
    if (comparisons < floor) {
        printf("FAILED only %zu comparisons were made, the floor is %zu\n",
               comparisons, floor);
        failed++;
    }
    printf("%s: %u tests passed, %u failed, %zu skipped, %zu comparisons\n",
           argv[0], passed, failed, skipped, comparisons);
    CU_cleanup_registry();
    if (argc > 1 && write_tally(argv[1], passed, failed))
        return 2;
    return failed ? 1 : 0;
}
