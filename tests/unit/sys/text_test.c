#include "sys/text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

static void an_empty_text_reads_as_nothing(void)
{
    struct text t = TEXT_INIT(10);
    ASSERT_STR(text_str(&t), "");
    ASSERT_INT(t.len, 0);
    text_clear(&t);
    text_release(&t);
    ASSERT_STR(text_str(&t), "");
}

static void pieces_follow_each_other(void)
{
    struct text t = TEXT_INIT(100);
    ASSERT_INT(text_puts(&t, "a="), 0);
    ASSERT_INT(text_printf(&t, "%d, b=%s", 7, "x"), 0);
    ASSERT_INT(text_append(&t, "!\0!", 3), 0);
    ASSERT_INT(text_append(&t, NULL, 0), 0);
    ASSERT_INT(t.len, 11);
    ASSERT(memcmp(t.data, "a=7, b=x!\0!", 11) == 0);
    ASSERT_INT(t.data[t.len], '\0');
    text_release(&t);
}

static void the_maximum_is_reached_but_not_passed(void)
{
    struct text t = TEXT_INIT(8);
    ASSERT_INT(text_puts(&t, "12345678"), 0);
    ASSERT_INT(text_puts(&t, "9"), -1);
    ASSERT_INT(text_printf(&t, "%d", 9), -1);
    ASSERT_INT(text_append(&t, "9", 1), -1);
    ASSERT_STR(text_str(&t), "12345678");
    ASSERT_INT(t.len, 8);
    ASSERT_INT(text_puts(&t, ""), 0);
    text_release(&t);
}

static void a_piece_that_does_not_fit_leaves_the_text_alone(void)
{
    struct text t = TEXT_INIT(8);
    ASSERT_INT(text_puts(&t, "1234"), 0);
    ASSERT_INT(text_puts(&t, "56789"), -1);
    ASSERT_INT(text_printf(&t, "%s", "56789"), -1);
    ASSERT_STR(text_str(&t), "1234");
    ASSERT_INT(text_printf(&t, "%s", "5678"), 0);
    ASSERT_STR(text_str(&t), "12345678");
    text_release(&t);
}

static void the_line_of_a_zero_byte_is_found(void)
{
    struct text t = TEXT_INIT(64);
    ASSERT_INT(text_zero_line(&t), 0);
    text_puts(&t, "one\ntwo\n");
    ASSERT_INT(text_zero_line(&t), 0);
    text_append(&t, "th\0ree\n\0", 8);
    ASSERT_INT(text_zero_line(&t), 3);
    text_clear(&t);
    text_append(&t, "\0", 1);
    ASSERT_INT(text_zero_line(&t), 1);
    text_release(&t);
}

static void clear_keeps_the_maximum_and_release_too(void)
{
    struct text t = TEXT_INIT(4);
    ASSERT_INT(text_puts(&t, "1234"), 0);
    text_clear(&t);
    ASSERT_STR(text_str(&t), "");
    ASSERT_INT(text_puts(&t, "5678"), 0);
    ASSERT_STR(text_str(&t), "5678");
    text_release(&t);
    text_release(&t);
    ASSERT_INT(text_puts(&t, "12345"), -1);
    ASSERT_INT(text_puts(&t, "9"), 0);
    ASSERT_STR(text_str(&t), "9");
    text_release(&t);
}

/* Past every doubling of the memory, byte for byte. */
static void many_small_pieces_make_a_long_text(void)
{
    enum { COUNT = 100000 };
    struct text t = TEXT_INIT(COUNT);
    int wrong = 0;
    for (int i = 0; i < COUNT; i++) {
        char ch = (char)('a' + i % 26);
        wrong += text_append(&t, &ch, 1) != 0;
    }
    ASSERT_INT(wrong, 0);
    ASSERT_INT(t.len, COUNT);
    for (int i = 0; i < COUNT; i++)
        wrong += t.data[i] != (char)('a' + i % 26);
    ASSERT_INT(wrong, 0);
    ASSERT_INT(strlen(text_str(&t)), COUNT);
    text_release(&t);
}

/* A folder that is empty at first. The path of FILE in it goes to `path`. */
struct folder {
    char name[256];
    char path[300];
};

static void folder_make(struct folder *f)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(f->name, sizeof(f->name), "%s/gridwatch-text-XXXXXX",
             tmp ? tmp : "/tmp");
    ASSERT_FATAL(mkdtemp(f->name) != NULL);
    snprintf(f->path, sizeof(f->path), "%s/file", f->name);
}

static int folder_count(const struct folder *f)
{
    int n = 0;
    DIR *d = opendir(f->name);
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n - 2; /* without . and .. */
}

static void folder_drop(const struct folder *f)
{
    unlink(f->path);
    ASSERT_INT(rmdir(f->name), 0);
}

static void what_is_written_is_read(void)
{
    struct folder dir;
    struct error err = { 0 };
    struct text out = TEXT_INIT(100000), in = TEXT_INIT(100000);

    folder_make(&dir);
    for (int i = 0; i < 50000; i++)
        text_append(&out, i % 7 ? "x" : "\0", 1);
    ASSERT_INT(text_write_file(&out, dir.path, &err), 0);
    ASSERT_INT(folder_count(&dir), 1);
    ASSERT_INT(text_puts(&in, "before "), 0);
    ASSERT_INT(text_read_file(&in, dir.path, &err), 0);
    ASSERT_INT(in.len, 7 + 50000);
    ASSERT(memcmp(in.data, "before ", 7) == 0);
    ASSERT(memcmp(in.data + 7, out.data, 50000) == 0);
    text_release(&in);
    text_release(&out);
    folder_drop(&dir);
}

static void writing_again_replaces_everything(void)
{
    struct folder dir;
    struct error err = { 0 };
    struct text t = TEXT_INIT(100);

    folder_make(&dir);
    text_puts(&t, "a long first version");
    ASSERT_INT(text_write_file(&t, dir.path, &err), 0);
    text_clear(&t);
    text_puts(&t, "short");
    ASSERT_INT(text_write_file(&t, dir.path, &err), 0);
    text_clear(&t);
    ASSERT_INT(text_read_file(&t, dir.path, &err), 0);
    ASSERT_STR(text_str(&t), "short");

    text_release(&t);
    ASSERT_INT(text_write_file(&t, dir.path, &err), 0);
    ASSERT_INT(text_read_file(&t, dir.path, &err), 0);
    ASSERT_INT(t.len, 0);
    text_release(&t);
    folder_drop(&dir);
}

static void a_file_beyond_the_maximum_is_refused(void)
{
    struct folder dir;
    struct error err = { 0 };
    struct text out = TEXT_INIT(100), in = TEXT_INIT(9);

    folder_make(&dir);
    text_puts(&out, "1234567890");
    ASSERT_INT(text_write_file(&out, dir.path, &err), 0);
    ASSERT_INT(text_read_file(&in, dir.path, &err), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT(strstr(err.msg, dir.path) != NULL);
    ASSERT(strstr(err.msg, "9 bytes") != NULL);
    in.max = 10;
    ASSERT_INT(text_read_file(&in, dir.path, &err), 0);
    ASSERT_STR(text_str(&in), "1234567890");
    text_release(&in);
    text_release(&out);
    folder_drop(&dir);
}

static void a_file_that_is_not_there_is_missing(void)
{
    struct folder dir;
    struct error err = { 0 };
    struct text t = TEXT_INIT(100);

    folder_make(&dir);
    ASSERT_INT(text_read_file(&t, dir.path, &err), -1);
    ASSERT_INT(err.fault, FAULT_MISSING);
    ASSERT(strstr(err.msg, dir.path) != NULL);
    ASSERT_INT(text_read_file(&t, dir.name, &err), -1);
    ASSERT_INT(err.fault, FAULT_IO);
    ASSERT(strstr(err.msg, "Is a directory") != NULL);
    text_release(&t);
    folder_drop(&dir);
}

static void a_write_that_fails_leaves_nothing_behind(void)
{
    struct folder dir;
    char below[320];
    struct error err = { 0 };
    struct text t = TEXT_INIT(100);

    folder_make(&dir);
    text_puts(&t, "x");
    snprintf(below, sizeof(below), "%s/no/file", dir.name);
    ASSERT_INT(text_write_file(&t, below, &err), -1);
    ASSERT_INT(err.fault, FAULT_IO);
    ASSERT(strstr(err.msg, below) != NULL);
    ASSERT_INT(folder_count(&dir), 0);

    snprintf(below, sizeof(below), "%s/.", dir.name);
    ASSERT_INT(text_write_file(&t, below, &err), -1);
    ASSERT_INT(folder_count(&dir), 0);
    text_release(&t);
    folder_drop(&dir);
}

void text_test(void);
void text_test(void)
{
    TEST_SUITE("text");
    TEST(an_empty_text_reads_as_nothing);
    TEST(pieces_follow_each_other);
    TEST(the_maximum_is_reached_but_not_passed);
    TEST(a_piece_that_does_not_fit_leaves_the_text_alone);
    TEST(the_line_of_a_zero_byte_is_found);
    TEST(clear_keeps_the_maximum_and_release_too);
    TEST(many_small_pieces_make_a_long_text);
    TEST(what_is_written_is_read);
    TEST(writing_again_replaces_everything);
    TEST(a_file_beyond_the_maximum_is_refused);
    TEST(a_file_that_is_not_there_is_missing);
    TEST(a_write_that_fails_leaves_nothing_behind);
}
