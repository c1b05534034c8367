/* The evaluation by itself is the golden document's own lines of it. */
#include <string.h>

#include "record/record.h"
#include "record/samples.h"
#include "test.h"

/* Cuts a line off and returns it; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static void are_same_lines(char *got, char *want)
{
    for (char *a, *b; (b = next_line(&want)) != NULL;) {
        a = next_line(&got);
        ASSERT_FATAL(a != NULL);
        ASSERT_STR(a, b);
    }
    ASSERT_STR(got, "");
}

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
    are_same_lines(got.data, from + 1);
    text_release(&golden);
    text_release(&got);
}

void record_evaluation_test(void);

void record_evaluation_test(void)
{
    TEST_SUITE("record/evaluation");
    TEST(the_lines_are_those_of_the_document);
}
