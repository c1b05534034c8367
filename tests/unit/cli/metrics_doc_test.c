/* docs/metrics.md against the tables of the code. Run from the repository. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "metrics/metric.h"
#include "sys/text.h"
#include "test.h"

#define DOCUMENT "docs/metrics.md"

/* The document, or "" and a failure. The caller releases `t`. */
static const char *document(struct text *t)
{
    struct error err = { FAULT_NONE, "" };
    int read = text_read_file(t, DOCUMENT, &err);
    ASSERT_INT(read, 0);
    if (read)
        printf("    %s\n", err.msg);
    return text_str(t);
}

static bool has_line(const char *text, const char *line)
{
    size_t n = strlen(line);
    for (const char *at = text; (at = strstr(at, line)); at++)
        if ((at == text || at[-1] == '\n') && at[n] == '\n')
            return true;
    printf("    " DOCUMENT " has no line '%s'\n", line);
    return false;
}

static int count_lines(const char *text, const char *beginning)
{
    int n = 0;
    for (; text; text = strchr(text, '\n')) {
        text += *text == '\n';
        n += strncmp(text, beginning, strlen(beginning)) == 0;
    }
    return n;
}

static void range_text(const struct metric *m, char *out, size_t size)
{
    if (isinf(m->sane_hi))
        snprintf(out, size, "%g and more", m->sane_lo);
    else
        snprintf(out, size, "%g to %g", m->sane_lo, m->sane_hi);
}

static void every_metric_has_its_row(void)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    const char *text = document(&t);
    for (int i = 0; i < METRIC_COUNT; i++) {
        const struct metric *m = &metrics[i];
        char range[64], row[400];
        range_text(m, range, sizeof(range));
        snprintf(row, sizeof(row),
                 "| `%s` | %s | %d | %s | %s | %s | %s | %s |", m->name,
                 timeframe_name(m->tf), (int)m->warmup, m->unit, m->window,
                 range, null_name(m->null), m->source);
        ASSERT(has_line(text, row));
    }
    text_release(&t);
}

/* The quantile of a share, which is one of the levels. */
static double quantile(enum null_id id, double share)
{
    for (int i = 0; i < NULL_LEVELS; i++)
        if (fabs(null_levels[i] - share) < 1e-12)
            return null_tables[id].quantile[i];
    return NO_VALUE;
}

static void every_null_has_its_row(void)
{
    static const double shares[] = { .05, .50, .95 };
    struct text t = TEXT_INIT((size_t)1 << 20);
    const char *text = document(&t);
    for (int i = NULL_NONE + 1; i < NULL_COUNT; i++) {
        char row[200];
        int n =
            snprintf(row, sizeof(row), "| `%s` |", null_name((enum null_id)i));
        for (size_t k = 0; k < sizeof(shares) / sizeof(shares[0]); k++) {
            double q = quantile((enum null_id)i, shares[k]);
            n += isinf(q)
                     ? snprintf(row + n, sizeof(row) - (size_t)n, " infinite |")
                     : snprintf(row + n, sizeof(row) - (size_t)n, " %.5g |", q);
        }
        ASSERT(has_line(text, row));
    }
    text_release(&t);
}

static void there_is_no_row_too_many(void)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    int rows = count_lines(document(&t), "| `");
    ASSERT_INT(rows, METRIC_COUNT + NULL_COUNT - 1);
    text_release(&t);
}

static void every_name_stands_in_a_heading(void)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    const char *text = document(&t);
    for (int i = 0; i < METRIC_COUNT; i++) {
        char name[64];
        bool found = false;
        snprintf(name, sizeof(name), "`%s`", metrics[i].name);
        for (const char *at = text; !found && (at = strstr(at, "\n## "));) {
            const char *said = strstr(++at, name);
            found = said && said < strchr(at, '\n');
        }
        if (!found)
            printf("    no section is about %s\n", name);
        ASSERT(found);
    }
    text_release(&t);
}

void metrics_doc_test(void);
void metrics_doc_test(void)
{
    TEST_SUITE("docs/metrics.md against the tables");
    TEST(every_metric_has_its_row);
    TEST(every_null_has_its_row);
    TEST(there_is_no_row_too_many);
    TEST(every_name_stands_in_a_heading);
}
