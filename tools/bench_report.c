#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/bench.h"

struct bench_row *bench_add(struct bench *b, const char *key, double figure,
                            const char *unit, const char *what, ...)
{
    assert(b->row_count < BENCH_ROWS_MOST);
    struct bench_row *row = &b->rows[b->row_count++];
    va_list args;

    *row = (struct bench_row){ .figure = figure };
    snprintf(row->unit, sizeof(row->unit), "%s", unit);
    snprintf(row->key, sizeof(row->key), "%s", key);
    va_start(args, what);
    vsnprintf(row->what, sizeof(row->what), what, args);
    va_end(args);
    return row;
}

void bench_skip(struct bench *b, const char *key, const char *why, ...)
{
    assert(b->skip_count < BENCH_SKIPS_MOST);
    struct bench_skip *skip = &b->skips[b->skip_count++];
    va_list args;

    snprintf(skip->key, sizeof(skip->key), "%s", key);
    va_start(args, why);
    vsnprintf(skip->why, sizeof(skip->why), why, args);
    va_end(args);
}

/* What stands behind `name` and a colon in a file of the kernel; without a
 * name, its first line. "" when it is not there. */
static void kernel_says(const char *path, const char *name, char out[96])
{
    char line[256];
    FILE *f = fopen(path, "r");

    out[0] = '\0';
    while (f && !out[0] && fgets(line, sizeof(line), f)) {
        const char *text = name ? strchr(line, ':') : line;
        if (name && (!text || strncmp(line, name, strlen(name)) != 0))
            continue;
        text += name ? strspn(text, ": ") : 0;
        snprintf(out, 96, "%.*s", (int)strcspn(text, "\n"), text);
    }
    if (f)
        fclose(f);
}

void bench_machine_read(struct bench_machine *m)
{
    kernel_says("/proc/cpuinfo", "model name", m->cpu);
    kernel_says("/proc/loadavg", NULL, m->load);
    m->load[strcspn(m->load, " ")] = '\0';
    m->cores = sysconf(_SC_NPROCESSORS_ONLN);
}

/* How often the figure is as good as was asked; from 1 on it is reached. */
static double margin(const struct bench_row *row)
{
    return row->target == TARGET_AT_MOST ? row->goal / row->figure
                                         : row->figure / row->goal;
}

/* Four digits, whole from 1,000 on. */
static void format_figure(double x, char out[32])
{
    int digits = x >= 1000 ? 0 : x >= 100 ? 1 : x >= 10 ? 2 : 3;
    snprintf(out, 32, "%.*f", digits, x);
}

static void print_row(const struct bench_row *row)
{
    char figure[32];
    format_figure(row->figure, figure);
    printf("  %-66s %9s ", row->what, figure);
    if (row->target == TARGET_NONE) {
        printf("%s\n", row->unit);
        return;
    }
    double m = margin(row);
    printf("%-10s %s %-7.7g %s, %.2f times %s\n", row->unit,
           row->target == TARGET_AT_MOST ? "<=" : ">=", row->goal,
           m >= 1 ? "yes" : "NO", m >= 1 ? m : 1 / m,
           m >= 1 ? "better" : "short of it");
}

/* The part of a key before its first point. */
static bool same_part(const char *a, const char *b)
{
    size_t n = strcspn(a, ".");
    return strncmp(a, b, n) == 0 && strcspn(b, ".") == n;
}

void bench_print(const struct bench *b)
{
    printf("%s, %ld cores, load %s; compiler %s%s\n\n", b->machine.cpu,
           b->machine.cores, b->machine.load, __VERSION__,
           b->quick ? "; quick: these figures mean nothing" : "");
    for (int i = 0; i < b->row_count; i++) {
        const char *key = b->rows[i].key;
        if (i == 0 || !same_part(key, b->rows[i - 1].key))
            printf("%s%.*s\n", i ? "\n" : "", (int)strcspn(key, "."), key);
        print_row(&b->rows[i]);
    }
    printf("\n");
    for (int i = 0; i < b->skip_count; i++)
        printf("SKIPPED %s: %s\n", b->skips[i].key, b->skips[i].why);
}

static void json_text(FILE *f, const char *text)
{
    fputc('"', f);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', f);
        if ((unsigned char)*text >= ' ')
            fputc(*text, f);
    }
    fputc('"', f);
}

static void json_member(FILE *f, const char *name, const char *text)
{
    fprintf(f, "\"%s\": ", name);
    json_text(f, text);
}

static void json_row(FILE *f, const struct bench_row *row)
{
    fprintf(f, "    { ");
    json_member(f, "key", row->key);
    fprintf(f, ", ");
    json_member(f, "what", row->what);
    fprintf(f, ", \"figure\": %.9g, ", row->figure);
    json_member(f, "unit", row->unit);
    if (row->target == TARGET_NONE)
        fprintf(f, ", \"target\": null, \"reached\": null }");
    else
        fprintf(f,
                ", \"target\": { \"%s\": %.9g }, \"reached\": %s,"
                " \"margin\": %.9g }",
                row->target == TARGET_AT_MOST ? "at_most" : "at_least",
                row->goal, margin(row) >= 1 ? "true" : "false", margin(row));
}

static void json_machine(FILE *f, const struct bench_machine *m)
{
    fprintf(f, "  \"machine\": { ");
    json_member(f, "cpu", m->cpu);
    fprintf(f, ", \"cores\": %ld, ", m->cores);
    json_member(f, "load_before", m->load);
    fprintf(f, ", ");
    json_member(f, "compiler", __VERSION__);
    fprintf(f, " },\n");
}

bool bench_write_json(const struct bench *b, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    fprintf(f, "{\n  \"quick\": %s,\n", b->quick ? "true" : "false");
    json_machine(f, &b->machine);
    fprintf(f, "  \"rows\": [\n");
    for (int i = 0; i < b->row_count; i++) {
        json_row(f, &b->rows[i]);
        fprintf(f, i + 1 < b->row_count ? ",\n" : "\n");
    }
    fprintf(f, "  ],\n  \"skipped\": [");
    for (int i = 0; i < b->skip_count; i++) {
        fprintf(f, "%s\n    { ", i ? "," : "");
        json_member(f, "key", b->skips[i].key);
        fprintf(f, ", ");
        json_member(f, "why", b->skips[i].why);
        fprintf(f, " }");
    }
    fprintf(f, "%s]\n}\n", b->skip_count ? "\n  " : "");
    bool fine = !ferror(f);
    return !fclose(f) && fine;
}
