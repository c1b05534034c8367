/* tools/bench.h - what the parts of the bench share.
 *
 * A part measures something and adds rows; tools/bench_report.c prints them as
 * a table and writes them as JSON. A figure is always finite and above 0. What
 * could not be measured is skipped aloud, never left out.
 */
#ifndef TOOLS_BENCH_H
#define TOOLS_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"

#define BENCH_ROWS_MOST  128
#define BENCH_SKIPS_MOST 8

enum bench_target { TARGET_NONE, TARGET_AT_MOST, TARGET_AT_LEAST };

struct bench_row {
    char key[48];  /* stable: "part.subject.figure" */
    char what[72]; /* one line for people */
    char unit[16];
    double figure;
    enum bench_target target;
    double goal; /* what SPEC 18 asks for, unless there is no target */
};

struct bench_skip {
    char key[48];
    char why[160];
};

struct bench_machine {
    char cpu[96];
    char load[96]; /* the load average of the last minute, before */
    long cores;
};

struct bench {
    bool quick;          /* few bars: that it runs, not how fast */
    const char *program; /* gridwatch itself, or NULL */
    const char *talib;   /* TA-Lib's C as a shared object, or NULL */
    struct bench_machine machine;
    int row_count, skip_count;
    struct bench_row rows[BENCH_ROWS_MOST];
    struct bench_skip skips[BENCH_SKIPS_MOST];
};

/* Adds a row without a target and returns it; the texts are copied. */
__attribute__((format(printf, 5, 6))) struct bench_row *bench_add(
    struct bench *b, const char *key, double figure, const char *unit,
    const char *what, ...);

__attribute__((format(printf, 3, 4))) void bench_skip(struct bench *b,
                                                      const char *key,
                                                      const char *why, ...);

void bench_machine_read(struct bench_machine *m);

void bench_print(const struct bench *b);

/* False when the file cannot be written. */
bool bench_write_json(const struct bench *b, const char *path);

/* The parts. */
void bench_replay(struct bench *b);
void bench_start(struct bench *b);
void bench_kernels(struct bench *b);
void bench_families(struct bench *b);
void bench_growth(struct bench *b); /* of banks, and of the engine: */
void bench_growth_of_slots(struct bench *b);
void bench_backtest(struct bench *b);

/* Two clocks in nanoseconds: what this process computed, and the wall's. The
 * first does not count what other programs took of the processor. */
int64_t bench_cpu_ns(void);
int64_t bench_wall_ns(void);

/* The middle one of n > 0; sorts them. */
double bench_median(double *x, size_t n);

/* Seeded bars of `tf`, one after the other without a gap: a random walk that
 * is drawn back to its beginning, so that the price stays near it however long
 * it goes on. */
void bench_walk(struct bar *out, size_t n, enum timeframe tf);

/* Gives the bars the times of another timeframe. */
void bench_retime(struct bar *bars, size_t n, enum timeframe tf);

/* Whatever is computed goes here, so that no compiler leaves it out. */
extern volatile double bench_sink;

#endif
