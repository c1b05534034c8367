/* The table of robfig/cron: tests/golden/cron.tsv, printed by cron_golden.go
 * beside it. Run from the repository. */
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "cron/cron.h"
#include "test.h"

void cron_golden_test(void);

#define TABLE "tests/golden/cron.tsv"
#define CELLS 5
#define EDGES 200 /* times at which clocks are set, of all zones */
#define SHOWN 5   /* rows that differ */

struct edge {
    char zone[ZONE_NAME_MAX];
    int64_t from_ms, offset_ms;
};

struct table {
    FILE *file;
    char line[300], *cell[CELLS];
    struct edge edges[EDGES];
    size_t edge_count;
};

/* The cells of the next row; false at the end. */
static bool next_row(struct table *t)
{
    do {
        if (!fgets(t->line, sizeof(t->line), t->file))
            return false;
    } while (t->line[0] == '#');
    t->line[strcspn(t->line, "\n")] = '\0';
    char *at = t->line;
    for (int i = 0; i < CELLS; i++) {
        t->cell[i] = at;
        at += strcspn(at, "\t");
        if (*at)
            *at++ = '\0';
    }
    return true;
}

static void keep_edge(struct table *t)
{
    ASSERT_FATAL(t->edge_count < EDGES);
    struct edge *e = &t->edges[t->edge_count++];
    snprintf(e->zone, sizeof(e->zone), "%s", t->cell[1]);
    e->from_ms = moment_parse(t->cell[2]);
    ASSERT(integer_parse(t->cell[3], &e->offset_ms));
    e->offset_ms *= 1000;
}

/* The zone over the years that a search from that time may look at. */
static struct zone zone_around(const struct table *t, const char *name,
                               int64_t after_ms)
{
    struct zone z = { .until_ms = cron_horizon(after_ms) };
    for (size_t i = 0; i < t->edge_count; i++) {
        const struct edge *e = &t->edges[i];
        if (strcmp(e->zone, name) != 0 || e->from_ms >= z.until_ms)
            continue;
        if (z.count == 1 && e->from_ms < after_ms - MS_PER_DAY)
            z.count = 0; /* it is over before */
        ASSERT_FATAL(z.count < ZONE_SPANS);
        z.spans[z.count++] = (struct zone_span){ .from_ms = e->from_ms,
                                                 .offset_ms = e->offset_ms };
    }
    return z;
}

static bool as_in_the_table(const struct table *t)
{
    char got[MOMENT_TEXT] = "never";
    struct cron c;
    struct error err = { FAULT_NONE, "" };
    int64_t after_ms = moment_parse(t->cell[3]);
    const struct zone z = zone_around(t, t->cell[2], after_ms);

    if (cron_parse(t->cell[1], &c, &err))
        snprintf(got, sizeof(got), "refused");
    else if (cron_next(&c, &z, after_ms) != MOMENT_NONE)
        moment_format(cron_next(&c, &z, after_ms), got);
    if (strcmp(got, t->cell[4]) == 0)
        return true;
    printf("    '%s' %s after %s is %s, want %s %s\n", t->cell[1], t->cell[2],
           t->cell[3], got, t->cell[4], err.msg);
    return false;
}

static void the_next_time_is_robfigs(void)
{
    struct table t = { .file = fopen(TABLE, "r") };
    int rows = 0, never = 0, wrong = 0;
    ASSERT_FATAL(t.file != NULL);
    while (wrong < SHOWN && next_row(&t)) {
        if (strcmp(t.cell[0], "zone") == 0)
            keep_edge(&t);
        if (strcmp(t.cell[0], "next") != 0)
            continue;
        rows++;
        never += strcmp(t.cell[4], "never") == 0;
        wrong += !as_in_the_table(&t);
        ASSERT_INT(wrong, 0);
    }
    fclose(t.file);
    ASSERT(rows > 1500);
    ASSERT(never > 10);
}

static void what_robfig_refuses_is_refused(void)
{
    struct table t = { .file = fopen(TABLE, "r") };
    struct cron c;
    struct error err;
    int rows = 0, column;
    ASSERT_FATAL(t.file != NULL);
    while (next_row(&t)) {
        if (strcmp(t.cell[0], "bad") != 0)
            continue;
        rows++;
        bool refused = cron_parse(t.cell[1], &c, &err) == -1;
        if (!refused)
            printf("    '%s' is not refused\n", t.cell[1]);
        ASSERT(refused);
        ASSERT(refused && err.fault == FAULT_CONFIG);
        ASSERT(refused && sscanf(err.msg, "column %d: ", &column) == 1);
    }
    fclose(t.file);
    ASSERT(rows > 30);
}

void cron_golden_test(void)
{
    TEST_SUITE("cron: as robfig/cron");
    TEST(the_next_time_is_robfigs);
    TEST(what_robfig_refuses_is_refused);
}
