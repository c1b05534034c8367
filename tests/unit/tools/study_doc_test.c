#include "tools/study_doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"
#include "tools/study_tables.h"

static char path[64];

static void write_file(const char *body)
{
    struct text t = STUDY_TEXT;
    struct error err;

    text_puts(&t, body);
    ASSERT_INT(text_write_file(&t, path, &err), 0);
    text_release(&t);
}

static void expect_file(const char *body)
{
    struct text t = STUDY_TEXT;
    struct error err;

    ASSERT_INT(text_read_file(&t, path, &err), 0);
    ASSERT_STR(text_str(&t), body);
    text_release(&t);
}

static void figures_go_between_their_lines(void)
{
    static const char frame[] = "# A\n<!-- figures -->\n%s<!-- end -->\nB\n";
    char before[128], after[128], dir[] = "/tmp/study_doc_XXXXXX";
    struct text t = STUDY_TEXT;
    struct error err;

    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/a.md", dir);
    snprintf(before, sizeof(before), frame, "old\nolder\n");
    snprintf(after, sizeof(after), frame, "| 1 | 2 |\n");
    write_file(before);
    study_say(&t, "| %d | %d |", 1, 2);
    ASSERT_INT(study_doc_write(&t, path, &err), 0);
    expect_file(after);
    ASSERT_INT(study_doc_write(&t, path, &err), 0);
    expect_file(after);
    write_file("# A\n<!-- end -->\n<!-- figures -->\n");
    ASSERT_INT(study_doc_write(&t, path, &err), -1);
    ASSERT(strstr(err.msg, "no place for figures") != NULL);
    expect_file("# A\n<!-- end -->\n<!-- figures -->\n");
    unlink(path);
    ASSERT_INT(study_doc_write(&t, path, &err), -1);
    ASSERT_INT(err.fault, FAULT_MISSING);
    rmdir(dir);
    text_release(&t);
}

/* Each part has lines of its own, and leaves the others alone. */
static void a_part_goes_between_its_own_lines(void)
{
    char dir[] = "/tmp/study_doc_XXXXXX";
    struct text t = STUDY_TEXT;
    struct error err;

    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/a.md", dir);
    write_file("<!-- figures a -->\n1\n<!-- end -->\n"
               "<!-- figures b -->\n2\n<!-- end -->\n");
    study_say(&t, "3");
    ASSERT_INT(study_doc_write_part(&t, path, "b", &err), 0);
    expect_file("<!-- figures a -->\n1\n<!-- end -->\n"
                "<!-- figures b -->\n3\n<!-- end -->\n");
    ASSERT_INT(study_doc_write_part(&t, path, "c", &err), -1);
    ASSERT_INT(study_doc_write(&t, path, &err), -1);
    unlink(path);
    rmdir(dir);
    text_release(&t);
}

static void the_command_line_is_read(void)
{
    char name[] = "study", doc[] = "--doc", a[] = "a.zst", b[] = "b.zst",
         bad[] = "--dock";
    char *both[] = { name, doc, a, b, NULL };
    char *files[] = { name, a, b, NULL };
    char *unknown[] = { name, bad, NULL };
    char *missing[] = { name, doc, NULL };
    struct study_args args;
    struct error err;

    ASSERT_INT(study_args_read(&args, 4, both, &err), 0);
    ASSERT_STR(args.doc, "a.zst");
    ASSERT_INT(args.count, 1);
    ASSERT_STR(args.files[0], "b.zst");
    ASSERT_INT(study_args_read(&args, 3, files, &err), 0);
    ASSERT(args.doc == NULL);
    ASSERT_INT(args.count, 2);
    ASSERT_INT(study_args_read(&args, 1, files, &err), 0);
    ASSERT_INT(args.count, 0);
    ASSERT_INT(study_args_read(&args, 2, unknown, &err), -1);
    ASSERT_INT(err.fault, FAULT_USAGE);
    ASSERT_INT(study_args_read(&args, 2, missing, &err), -1);
}

/* Nine forecasts of .25, three by three in their blocks, one of each three
 * true: the blocks agree, so they count as nine; Wilson of 3 in 9 is
 * .1206-.6458 (worked by hand). */
static void a_table_of_bins(void)
{
    struct forecast f[9];
    struct text t = STUDY_TEXT;

    for (int32_t i = 0; i < 9; i++)
        f[i] =
            (struct forecast){ .p = .25, .block = i / 3, .event = i % 3 == 0 };
    tables_bins(&t, "x", f, 9);
    ASSERT_STR(text_str(&t),
               "| x | 0.2-0.3 | 9 | 0.250 | 0.333 | 0.121-0.646 | 9 |\n");
    text_release(&t);
}

void study_doc_test(void);
void study_doc_test(void)
{
    TEST_SUITE("tools/study_doc");
    TEST(figures_go_between_their_lines);
    TEST(a_part_goes_between_its_own_lines);
    TEST(the_command_line_is_read);
    TEST(a_table_of_bins);
}
