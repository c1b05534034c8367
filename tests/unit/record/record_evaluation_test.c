/* The evaluation by itself is the golden document's own lines of it. */
#include <string.h>

#include "record/record.h"
#include "record/samples.h"
#include "test.h"

static void the_lines_are_those_of_the_document(void)
{
    struct text golden = TEXT_INIT(1 << 16), got = TEXT_INIT(1 << 16);
    struct error err = { 0 };
    union sample doc;

    sample_make(RECORD_EXIT, &doc);
    ASSERT_INT(evaluation_render(&doc.exit, &got, &err), 0);
    ASSERT_FATAL(sample_golden("exit.yaml", &golden));
    char *from = strstr(golden.data, "\nevaluation:\n");
    char *to = strstr(golden.data, "\nposition:\n");
    ASSERT_FATAL(from && to && from < to);
    to[1] = '\0';
    ASSERT(got.len > 1000);
    ASSERT_STR(text_str(&got), from + 1);
    text_release(&golden);
    text_release(&got);
}

void record_evaluation_test(void);

void record_evaluation_test(void)
{
    TEST_SUITE("record/evaluation");
    TEST(the_lines_are_those_of_the_document);
}
