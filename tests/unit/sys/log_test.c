#include "sys/log.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "sys/log_events.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "test.h"

void log_test(void);

/* 2026-02-03T04:00:07Z and 250 ms: date -u -d @1770091207 */
static int64_t fixed_clock(void)
{
    return INT64_C(1770091207250);
}

/* What the log writes between begin and end. */
static char *written;
static size_t written_len;
static FILE *page;

static void begin(enum log_level level, const char *run_id)
{
    page = open_memstream(&written, &written_len);
    ASSERT_FATAL(page != NULL);
    log_init(&(struct log_sink){ .level = level,
                                 .out = page,
                                 .run_id = run_id,
                                 .clock_ms = fixed_clock });
}

static void end(void)
{
    log_init(&(struct log_sink){ 0 });
    fclose(page);
}

static void a_line_has_time_level_event_and_fields(void)
{
    begin(LOG_LEVEL_INFO, "9f2c1a");
    log_event(LOG_LEVEL_WARN, "+exit-warning", "grid=%s pi=%.2f", "btc-a", .28);
    end();
    ASSERT_STR(written, "2026-02-03T04:00:07Z warn +exit-warning grid=btc-a "
                        "pi=0.28 run=9f2c1a\n");
    free(written);
    begin(LOG_LEVEL_INFO, NULL);
    log_event(LOG_LEVEL_ERROR, "run-fault", "exit=%d", 73);
    end();
    ASSERT_STR(written, "2026-02-03T04:00:07Z error run-fault exit=73\n");
    free(written);
}

static void less_urgent_lines_are_left_out(void)
{
    static const int lines[LOG_LEVEL_COUNT] = { 1, 2, 3, 4 };
    for (int level = 0; level < LOG_LEVEL_COUNT; level++) {
        int n = 0;
        begin((enum log_level)level, "r");
        for (int k = 0; k < LOG_LEVEL_COUNT; k++)
            log_event((enum log_level)k, "run-done", "k=%d", k);
        end();
        for (const char *p = written; *p; p++)
            n += *p == '\n';
        ASSERT_INT(n, lines[level]);
        free(written);
    }
}

static void nothing_is_written_without_a_sink(void)
{
    log_init(&(struct log_sink){ 0 });
    log_event(LOG_LEVEL_ERROR, "run-fault", "exit=%d", 70);
    ASSERT_STR(log_level_name(LOG_LEVEL_ERROR), "error");
    ASSERT_STR(log_level_name(LOG_LEVEL_WARN), "warn");
    ASSERT_STR(log_level_name(LOG_LEVEL_INFO), "info");
    ASSERT_STR(log_level_name(LOG_LEVEL_DEBUG), "debug");
}

/* `n` fields of `width` bytes; what must hold whatever they are. */
static void write_long(int n, int width)
{
    struct text t = TEXT_INIT(1 << 20);
    for (int i = 0; i < n; i++)
        text_printf(&t, "%sf%d=%0*d", i ? " " : "", i, width, 0);
    begin(LOG_LEVEL_INFO, "9f2c1a");
    log_event(LOG_LEVEL_INFO, "run-done", "%s", text_str(&t));
    end();
    ASSERT(written_len <= LOG_LINE_MAX);
    ASSERT_INT(strcspn(written, "\n"), written_len - 1);
    ASSERT_STR(strrchr(written, ' '), " run=9f2c1a\n");
    ASSERT((strstr(written, " cut=yes run=") != NULL) ==
           (strstr(written, text_str(&t)) == NULL));
    text_release(&t);
}

static void a_line_never_exceeds_its_length(void)
{
    for (int width = 1; width < 1100; width += 7) {
        write_long(1, width);
        free(written);
        write_long(60, width % 40 + 1);
        free(written);
    }
    write_long(200, 10);
    ASSERT(written_len > LOG_LINE_MAX - 40);
    ASSERT(strstr(written, " f0=0000000000 f1=0000000000 ") != NULL);
    free(written);
}

static void the_longest_line_is_not_cut(void)
{
    char field[1000];
    memset(field, 'x', sizeof(field));
    size_t head = strlen("2026-02-03T04:00:07Z info run-done "), body = 1000;
    body -= head + strlen(" run=9f2c1a") + 1;
    field[body] = '\0';
    begin(LOG_LEVEL_INFO, "9f2c1a");
    log_event(LOG_LEVEL_INFO, "run-done", "%s", field);
    end();
    ASSERT_INT(written_len, 1000);
    ASSERT(strstr(written, "cut=yes") == NULL);
    free(written);
    field[body] = 'x';
    field[body + 1] = '\0';
    begin(LOG_LEVEL_INFO, "9f2c1a");
    log_event(LOG_LEVEL_INFO, "run-done", "%s", field);
    end();
    ASSERT_STR(written,
               "2026-02-03T04:00:07Z info run-done cut=yes run=9f2c1a\n");
    free(written);
    body -= strlen(" cut=yes");
    field[body] = ' ';
    begin(LOG_LEVEL_INFO, "9f2c1a");
    log_event(LOG_LEVEL_INFO, "run-done", "%s", field);
    end();
    ASSERT_INT(written_len, 1000);
    ASSERT(strstr(written, "x cut=yes run=") != NULL);
    free(written);
}

static void a_quoted_value_is_kept_or_left_out_whole(void)
{
    char room[LOG_VALUE_MAX], why[2000];
    memset(why, 'y', sizeof(why));
    for (size_t n = 700; n < 960; n++) {
        begin(LOG_LEVEL_INFO, "r");
        log_event(LOG_LEVEL_INFO, "run-done", "%.*s why=%s z=1", (int)n, why,
                  log_value("a \"b\" c\\ d", room));
        end();
        size_t quotes = 0;
        for (const char *p = written; *p; p++)
            quotes += *p == '"' && p[-1] != '\\';
        ASSERT(quotes == 0 || quotes == 2);
        free(written);
    }
}

static void one_event_is_one_line(void)
{
    begin(LOG_LEVEL_INFO, "r");
    log_event(LOG_LEVEL_INFO, "run-done", "a=%s", "x\ny\r\x1b[31m\tz\x7f");
    end();
    ASSERT_STR(written, "2026-02-03T04:00:07Z info run-done "
                        "a=x y  [31m z  run=r\n");
    free(written);
}

static void values_are_quoted_when_they_must(void)
{
    // clang-format off
    static const struct { const char *text, *want; } rows[] = {
        { "plain-1.5:x/y", "plain-1.5:x/y" },
        { "", "\"\"" },
        { NULL, "\"\"" },
        { "two words", "\"two words\"" },
        { "a=b", "\"a=b\"" },
        { "say \"no\"", "\"say \\\"no\\\"\"" },
        { "back\\slash", "\"back\\\\slash\"" },
        { "line\nbreak\r\t", "\"line\\nbreak\\r\\t\"" },
        { "\x1b[0m\x7f", "\"\\x1b[0m\\x7f\"" },
        { "caf\xc3\xa9", "caf\xc3\xa9" },
        { "bad\xff", "bad?" },
    };
    // clang-format on
    char out[LOG_VALUE_MAX];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        ASSERT_STR(log_value(rows[i].text, out), rows[i].want);
}

static void long_values_are_cut_within_their_room(void)
{
    char *s = xcalloc(5000, 1), *out = xcalloc(LOG_VALUE_MAX, 1);
    memset(s, '\x01', 4999);
    log_value(s, out);
    ASSERT_INT(strlen(out), 159 * 4 + 3 + 2); /* \x01, ellipsis, quotes */
    for (size_t i = 0; i + 4 < 5000; i += 4)
        memcpy(s + i, "\xf0\x9f\x98\x80", 4);
    log_value(s, out);
    ASSERT_INT(strlen(out), 159 * 4 + 3);
    free(out);
    free(s);
}

/* The literal event word of a call of log_event(), or NULL. */
static const char *literal_event(const char *call, size_t *len)
{
    const char *comma = call + strcspn(call, ",;");
    if (*comma != ',')
        return NULL;
    comma += 1 + strspn(comma + 1, " \n");
    if (*comma != '"')
        return NULL;
    *len = strcspn(comma + 1, "\"");
    return comma + 1;
}

static int check_source(const char *path)
{
    struct text t = TEXT_INIT(1 << 20);
    struct error err;
    int found = 0;
    ASSERT_INT(text_read_file(&t, path, &err), 0);
    for (const char *p = text_str(&t); (p = strstr(p, "log_event(")); p++) {
        char word[64];
        size_t n;
        const char *event = literal_event(p, &n);
        if (!event)
            continue;
        snprintf(word, sizeof(word), "%.*s", (int)n, event);
        if (!log_word_known(word))
            printf("%s: '%s' is not in src/sys/log_events.c\n", path, word);
        ASSERT(log_word_known(word));
        found++;
    }
    text_release(&t);
    return found;
}

static void source_uses_known_words_only(void)
{
    struct dirent *module, *file;
    int found = 0;
    DIR *src = opendir("src");
    ASSERT_FATAL(src != NULL);
    while ((module = readdir(src))) {
        char path[1024];
        snprintf(path, sizeof(path), "src/%.200s", module->d_name);
        DIR *folder = module->d_name[0] == '.' ? NULL : opendir(path);
        while (folder && (file = readdir(folder))) {
            size_t n = strlen(file->d_name);
            snprintf(path, sizeof(path), "src/%.200s/%.200s", module->d_name,
                     file->d_name);
            if (n > 2 && strcmp(file->d_name + n - 2, ".c") == 0)
                found += check_source(path);
        }
        if (folder)
            closedir(folder);
    }
    closedir(src);
    ASSERT(found > 0);
}

static void words_are_unique_and_plain(void)
{
    for (size_t i = 0; i < log_word_count; i++) {
        const char *word = log_words[i].word;
        ASSERT(strlen(word) < 40 && *log_words[i].meaning);
        ASSERT_INT(strspn(word, "+-abcdefghijklmnopqrstuvwxyz"), strlen(word));
        for (size_t k = 0; k < i; k++)
            ASSERT(strcmp(log_words[k].word, word) != 0);
    }
    ASSERT(log_word_known("alert-sent") && !log_word_known("alert"));
}

void log_test(void)
{
    TEST_SUITE("sys/log");
    TEST(a_line_has_time_level_event_and_fields);
    TEST(less_urgent_lines_are_left_out);
    TEST(nothing_is_written_without_a_sink);
    TEST(a_line_never_exceeds_its_length);
    TEST(the_longest_line_is_not_cut);
    TEST(a_quoted_value_is_kept_or_left_out_whole);
    TEST(one_event_is_one_line);
    TEST(values_are_quoted_when_they_must);
    TEST(long_values_are_cut_within_their_room);
    TEST(source_uses_known_words_only);
    TEST(words_are_unique_and_plain);
}
