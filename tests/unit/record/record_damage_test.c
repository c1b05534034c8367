/* A document with any one place damaged is refused, and the complaint names
 * that place with its line. What may be refused elsewhere or not at all stands
 * in a list here, so that it is a decision and not an accident. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "record/damage.h"
#include "record/record.h"
#include "record/rows.h"
#include "test.h"

struct tally {
    enum record_kind kind;
    size_t refused, accepted;
};

/* Lists that may be empty. */
static bool may_be_empty(enum record_kind kind, const char *path)
{
    static const struct {
        enum record_kind kind;
        const char *path;
    } rows[] = {
        { RECORD_METRICS, "bars" },
        { RECORD_METRICS, "quality.disagreements" },
        { RECORD_EXIT, "evaluation.literal" },
        { RECORD_STATE, "open_intents" },
        { RECORD_SERVICE, "open_intents" },
        { RECORD_SERVICE, "unrecorded" },
        { RECORD_SERVICE, "faults" },
        { RECORD_GRID, "history" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].kind == kind && !strcmp(rows[i].path, path))
            return true;
    return false;
}

/* Keys of a grid's file that its operator must write. */
static bool is_optional_in_grid(const char *path)
{
    static const char *const required[] = { "id",
                                            "symbol",
                                            "market",
                                            "side",
                                            "lower",
                                            "upper",
                                            "history[0].at",
                                            "history[0].event",
                                            "history[1].at",
                                            "history[1].event",
                                            "history[0]",
                                            "history[1]" };
    for (size_t i = 0; i < ARRAY_LEN(required); i++)
        if (!strcmp(required[i], path))
            return false;
    return true;
}

/* What is there only when something was told, or rings. */
static bool is_of_siren(const char *path)
{
    static const char *const paths[] = {
        "inputs.acknowledged",
        "inputs.siren",
        "siren_receipt",
        "siren_until",
        "phone_acknowledged",
        "cancel",
        "cancel_tag",
        "cancel_until",
        "second_told",
        "owed",
        "siren_by",
        "siren_by_tag",
        "alert.last",
        "alert.repeats",
        "alert.answered",
        "alert.told_side",
        "alert.told_causes",
        "alert.told_pi",
        "alert.told_stop_atr",
        "alert.told_at_risk",
        "alert.siren",
        "alert.siren_tag",
        "alert.siren_sent",
        "alert.siren_acknowledged",
    };
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        if (!strcmp(paths[i], path))
            return true;
    return false;
}

/* What is there only of a grid that sold, or may not trade. */
static bool is_of_parting(const char *path)
{
    static const char *const keys[] = { "awaited_", "left", "sold_", "most",
                                        "held" };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (!strncmp(path, "holding.", 8) &&
            !strncmp(path + 8, keys[i], strlen(keys[i])))
            return true;
    return false;
}

/* What is there only of books whose newest fills may change, or whose fees were
 * not all taken in money. */
static bool is_of_some_books(const char *path)
{
    return !strcmp(path, "holding.books.base_fees") ||
           !strcmp(path, "holding.books.settled") ||
           !strncmp(path, "holding.books.settled.sold_", 27) ||
           !strcmp(path, "holding.books.known");
}

/* Keys that say something by not being there. Without one the document says
 * something else, and that may fit the rest or not. */
static bool is_silence(enum record_kind kind, const struct damage *d)
{
    static const char *const of_exit[] = {
        "status", "gate",  "uncertain", "side",         "evidence", "hits",
        "of",     "age",   "shadow",    "switched_off", "reason",   "lo",
        "hi",     "theta", "delay",     "pi_model"
    };
    const char *dot = strrchr(d->path, '.'), *key = dot ? dot + 1 : d->path;
    bool inside = !strncmp(d->path, "evaluation.", strlen("evaluation.")) ||
                  !strncmp(d->path, "position.", strlen("position.")) ||
                  !strncmp(d->path, "risk.", strlen("risk."));
    bool decided = !strcmp(d->path, "evaluation.side") ||
                   !strcmp(d->path, "position.reason");
    if (d->kind != DAMAGE_DELETE)
        return false;
    if (kind == RECORD_METRICS)
        return !strcmp(key, "error");
    if (kind == RECORD_INTENT)
        return !strcmp(d->path, "side");
    if (kind == RECORD_STATE) /* not every grid has one */
        return is_of_siren(d->path) || is_of_parting(d->path) ||
               is_of_some_books(d->path) || !strcmp(d->path, "exit.atr_entry");
    if (kind == RECORD_EXIT && is_of_siren(d->path))
        return true;
    if (kind == RECORD_OPERATOR) /* not every action has one */
        return !strcmp(d->path, "by") || !strcmp(d->path, "until") ||
               !strcmp(d->path, "state") || !strcmp(d->path, "episode") ||
               !strcmp(d->path, "inferred");
    for (size_t i = 0; i < ARRAY_LEN(of_exit); i++)
        if (!strcmp(of_exit[i], key))
            return kind == RECORD_EXIT && inside && !decided;
    return false;
}

/* Of the map of options, which is the operator's. */
static bool is_other_option(const struct damage *d)
{
    return !strncmp(d->path, "overrides", strlen("overrides")) &&
           ((d->kind == DAMAGE_MAP && !strchr(d->path, '.')) ||
            (d->kind == DAMAGE_RENAME && strchr(d->path, '.')));
}

static bool is_still_valid(enum record_kind kind, const struct damage *d)
{
    if (d->kind == DAMAGE_LIST && may_be_empty(kind, d->path))
        return true;
    if (kind == RECORD_GRID && is_other_option(d))
        return true;
    return kind == RECORD_GRID && is_optional_in_grid(d->path) &&
           (d->kind == DAMAGE_DELETE || d->kind == DAMAGE_NOTHING);
}

/* Is there a complaint at that place? For a map that lost everything it is
 * about what is missing in it. */
static bool names(const struct complaints *c, const struct damage *d)
{
    size_t len = strlen(d->path);
    for (size_t i = 0; i < complaints_kept(c); i++) {
        const struct complaint *one = &c->list[i];
        bool same = !strncmp(one->path, d->path, len) &&
                    (!one->path[len] ||
                     (d->kind == DAMAGE_MAP && one->path[len] == '.'));
        if (same && one->line == d->line && one->column > 0 && one->what[0])
            return true;
    }
    return false;
}

static void judge(const struct damage *d, void *payload)
{
    struct tally *t = payload;
    struct complaints c = { 0 };
    union sample doc;
    char what[COMPLAINT_PATH_MAX + 64], first[COMPLAINT_TEXT];
    int rc = document_parse(t->kind, text_str(&d->text), d->text.len, &doc, &c);
    snprintf(what, sizeof(what), "%s: damage %d of %s at line %d",
             record_kind_name(t->kind), (int)d->kind, d->path, d->line);
    if (is_silence(t->kind, d)) {
        if (rc && !c.list[0].line)
            ASSERT_STR(first_complaint(&c, first), what);
        t->accepted += !rc;
        t->refused += rc != 0;
    } else if (is_still_valid(t->kind, d)) {
        if (rc)
            ASSERT_STR(first_complaint(&c, first), what);
        t->accepted++;
    } else if (rc == 0 || !names(&c, d)) {
        ASSERT_STR(first_complaint(&c, first), what);
    } else {
        t->refused++;
    }
}

/* `accepted` were counted by hand in the golden: lists that may be empty, what
 * an operator may leave out, and keys that the rest does not contradict when
 * they are silent. */
static size_t damage_golden(enum record_kind kind, const char *file,
                            size_t accepted)
{
    struct tally t = { kind, 0, 0 };
    struct text good = TEXT_INIT(1 << 16);
    if (sample_golden(file, &good)) {
        size_t n = damage_all(&good, judge, &t);
        ASSERT_INT(t.refused + t.accepted, n);
        ASSERT_INT(t.accepted, accepted);
    }
    text_release(&good);
    return t.refused;
}

static void any_one_damage_is_refused_where_it_is(void)
{
    static const size_t accepted[RECORD_KIND_COUNT] = {
        [RECORD_GRID] = 43,  [RECORD_METRICS] = 2, [RECORD_EXIT] = 39,
        [RECORD_STATE] = 40, [RECORD_SERVICE] = 3, [RECORD_OPERATOR] = 5,
        [RECORD_INTENT] = 1,
    };
    size_t refused = 0;
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        char file[32];
        snprintf(file, sizeof(file), "%s.yaml",
                 record_kind_name((enum record_kind)k));
        refused += damage_golden((enum record_kind)k, file, accepted[k]);
    }
    refused += damage_golden(RECORD_METRICS, "metrics-blind.yaml", 3);
    refused += damage_golden(RECORD_EXIT, "exit-blind.yaml", 22);
    ASSERT(refused > 8000);
}

static void a_cut_document_is_refused(void)
{
    for (int k = RECORD_METRICS; k < RECORD_KIND_COUNT; k++) {
        struct text good = TEXT_INIT(1 << 16);
        char file[32];
        size_t accepted = 0;
        snprintf(file, sizeof(file), "%s.yaml",
                 record_kind_name((enum record_kind)k));
        if (!sample_golden(file, &good))
            continue;
        for (size_t n = 0; n + 1 < good.len; n++) {
            struct complaints c = { 0 };
            union sample doc;
            accepted +=
                !document_parse((enum record_kind)k, good.data, n, &doc, &c);
        }
        ASSERT_INT(accepted, 0);
        text_release(&good);
    }
}

/* Nothing to expect but that it ends and says yes or no. */
static void no_byte_can_break_the_reader(void)
{
    static const char bytes[] = "\0\n\t \"'{}[]:,-#&*!|>%@`~x9\x7f\xff\xc3";
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        struct text text = TEXT_INIT(1 << 16);
        char file[32];
        snprintf(file, sizeof(file), "%s.yaml",
                 record_kind_name((enum record_kind)k));
        if (!sample_golden(file, &text))
            continue;
        for (size_t i = 0; i < text.len; i++) {
            struct complaints c = { 0 };
            union sample doc;
            char before = text.data[i];
            text.data[i] = bytes[(i * 7 + (size_t)k) % (sizeof(bytes) - 1)];
            int rc = document_parse((enum record_kind)k, text.data, text.len,
                                    &doc, &c);
            if ((rc == 0) != (c.count == 0))
                ASSERT_INT(rc, c.count);
            text.data[i] = before;
        }
        ASSERT(text.len > 0);
        text_release(&text);
    }
}

static void a_row_too_few_or_too_many_is_refused(void)
{
    struct text good = TEXT_INIT(1 << 16), bad = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    union sample doc;
    char first[COMPLAINT_TEXT];
    if (!sample_golden("exit.yaml", &good))
        return;
    const char *row = strstr(good.data, "  - {id: W_TREND");
    ASSERT_FATAL(row != NULL);
    const char *end = strchr(row, '\n') + 1;
    text_append(&bad, good.data, (size_t)(row - good.data));
    text_puts(&bad, end);
    document_parse(RECORD_EXIT, bad.data, bad.len, &doc, &c);
    ASSERT_STR(first_complaint(&c, first),
               "line 55, column 3: evaluation.triggers: must have 21 rows, but "
               "has 20");
    text_clear(&bad);
    text_append(&bad, good.data, (size_t)(end - good.data));
    text_append(&bad, row, (size_t)(end - row));
    text_puts(&bad, end);
    c.count = 0;
    document_parse(RECORD_EXIT, bad.data, bad.len, &doc, &c);
    ASSERT_STR(first_complaint(&c, first),
               "line 55, column 3: evaluation.triggers: must have 21 rows, but "
               "has 22");
    text_release(&good);
    text_release(&bad);
}

/* For the check of the schemas by an independent validator: writes what is
 * good and what is damaged to a directory, with a list of both. */
struct archive {
    FILE *list;
    const char *dir;
    enum record_kind kind;
    size_t count;
};

/* A silence that the rest contradicts: only that a number and its status do
 * not fit is known to the schema, too. */
static const char *verdict_on_silence(enum record_kind kind,
                                      const struct damage *d)
{
    struct complaints c = { 0 };
    union sample doc;
    if (!document_parse(kind, text_str(&d->text), d->text.len, &doc, &c))
        return "good";
    size_t len = strlen(c.list[0].path), tail = strlen(".value");
    return len > tail && !strcmp(c.list[0].path + len - tail, ".value")
               ? "bad"
               : "check";
}

static const char *verdict(enum record_kind kind, const struct damage *d)
{
    bool by_check = kind == RECORD_TRANSITION && d->kind == DAMAGE_LIST &&
                    !strcmp(d->path, "reasons");
    if (is_silence(kind, d))
        return verdict_on_silence(kind, d);
    return is_still_valid(kind, d) ? "good"
           : by_check              ? "check" /* the schema cannot know */
                                   : "bad";
}

static void keep(const struct damage *d, void *payload)
{
    struct archive *a = payload;
    char path[512];
    struct error err = { 0 };
    const char *word = record_kind_name(a->kind);
    snprintf(path, sizeof(path), "%s/%s-%04zu.yaml", a->dir, word, a->count++);
    ASSERT_INT(text_write_file(&d->text, path, &err), 0);
    fprintf(a->list, "%s %s %s\n", path, word, verdict(a->kind, d));
}

static void archive_golden(struct archive *a, const char *file)
{
    struct text text = TEXT_INIT(1 << 18);
    if (sample_golden(file, &text)) {
        fprintf(a->list, "tests/golden/record/%s %s good\n", file,
                record_kind_name(a->kind));
        damage_all(&text, keep, a);
    }
    text_release(&text);
}

static void archive_needless(struct archive *a)
{
    for (size_t i = 0; i < needless_count; i++) {
        const struct row *row = &needless_rows[i];
        struct text text = TEXT_INIT(1 << 16);
        char path[512];
        const char *word = record_kind_name(row->kind);
        golden_with(row->kind, row->from, row->to, &text);
        snprintf(path, sizeof(path), "%s/needless-%02zu.yaml", a->dir, i);
        ASSERT_INT(text_write_file(&text, path, NULL), 0);
        fprintf(a->list, "%s %s %s\n", path, word, *row->path ? "bad" : "good");
        text_release(&text);
    }
}

static void damaged_documents_are_written_on_request(void)
{
    struct archive a = { .dir = getenv("RECORD_SAMPLES") };
    char path[512];
    if (!a.dir)
        return;
    snprintf(path, sizeof(path), "%s/list", a.dir);
    a.list = fopen(path, "we");
    ASSERT_FATAL(a.list != NULL);
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        struct text text = TEXT_INIT(1 << 18);
        char file[64];
        a.kind = (enum record_kind)k;
        snprintf(file, sizeof(file), "%s.yaml", record_kind_name(a.kind));
        archive_golden(&a, file);
        if (k == RECORD_METRICS)
            archive_golden(&a, "metrics-blind.yaml");
        if (k == RECORD_EXIT)
            archive_golden(&a, "exit-blind.yaml");
        schema_render(a.kind, &text, NULL);
        snprintf(path, sizeof(path), "%s/%s.schema.json", a.dir,
                 record_kind_name(a.kind));
        ASSERT_INT(text_write_file(&text, path, NULL), 0);
        text_release(&text);
    }
    archive_needless(&a);
    fclose(a.list);
}

void record_damage_test(void);

void record_damage_test(void)
{
    TEST_SUITE("record/damage");
    TEST(any_one_damage_is_refused_where_it_is);
    TEST(a_cut_document_is_refused);
    TEST(no_byte_can_break_the_reader);
    TEST(a_row_too_few_or_too_many_is_refused);
    TEST(damaged_documents_are_written_on_request);
}
