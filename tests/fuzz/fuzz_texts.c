/* Texts that people and programs write: documents, configuration, schedules. */
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "config/reading.h"
#include "cron/cron.h"
#include "cron/cron_due.h"
#include "fuzz.h"
#include "record/record.h"
#include "record/tables.h"
#include "sys/xmalloc.h"

/* What is taken can be written, and says the same when it is read again. */
static void feed_document(enum record_kind kind, const char *bytes, size_t len)
{
    void *doc = xcalloc(1, document_kinds[kind].size);
    struct complaints complaints = { 0 };
    struct text first = TEXT_INIT(4 << 20), second = TEXT_INIT(4 << 20);
    struct error err = { 0 };
    if (document_parse(kind, bytes, len, doc, &complaints)) {
        fuzz_must(complaints.count > 0);
    } else {
        fuzz_must(!document_render(kind, doc, &first, &err));
        fuzz_must(!document_parse(kind, text_str(&first), first.len, doc,
                                  &complaints));
        fuzz_must(!document_render(kind, doc, &second, &err));
        fuzz_must(strcmp(text_str(&first), text_str(&second)) == 0);
    }
    text_release(&first);
    text_release(&second);
    free(doc);
}

static void feed_seed(const char *bytes, size_t len)
{
    struct complaints complaints = { 0 };
    struct bar *bars = NULL;
    size_t count = 0;
    if (!seed_parse(bytes, len, TF_15M, &bars, &count, &complaints))
        free(bars);
}

void fuzz_documents(const char *bytes, size_t len)
{
    for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
        feed_document((enum record_kind)kind, bytes, len);
    feed_seed(bytes, len);
}

/* What is taken has a hash, and printed and read again it has the same. */
static void feed_config(enum config_file file, const char *bytes, size_t len)
{
    struct config *c = xcalloc(1, sizeof(*c));
    struct problems problems = { 0 };
    struct reading r = reading_start(c, &problems);
    struct text printed = TEXT_INIT(1 << 20);
    char hash[CONFIG_HASH], line[PROBLEM_LINE];
    reading_document(&r, file, "file", bytes, len);
    reading_check(&r);
    for (size_t i = 0; i < problems.count; i++)
        problem_format(&problems.list[i], line);
    config_hash(c, hash);
    fuzz_must(strlen(hash) == CONFIG_HASH - 1);
    fuzz_must(problems.errors || !config_print_effective(c, &printed));
    text_release(&printed);
    problems_release(&problems);
    free(c);
}

void fuzz_configuration(const char *bytes, size_t len)
{
    feed_config(CONFIG_SERVICE, bytes, len);
    feed_config(CONFIG_EXIT, bytes, len);
    feed_config(CONFIG_WATCHDOG, bytes, len);
}

/* A time that is found comes after, and nothing comes between. */
void fuzz_cron(const char *bytes, size_t len)
{
    const int64_t from_ms = INT64_C(1770724800000); /* 2026-02-10T12:00:00Z */
    struct cron c;
    struct error err = { 0 };
    (void)len;
    if (cron_parse(bytes, &c, &err)) {
        fuzz_must(err.msg[0]);
        return;
    }
    int64_t next_ms = cron_next(&c, NULL, from_ms);
    if (next_ms == MOMENT_NONE)
        return;
    fuzz_must(next_ms > from_ms);
    struct cron_due due =
        cron_due(&c, NULL, from_ms, next_ms, CRON_NO_DEADLINE);
    fuzz_must(due.at_ms == next_ms && due.missed == 1);
    if (!c.every_ms)
        fuzz_must(cron_next(&c, NULL, next_ms - 1) == next_ms);
}
