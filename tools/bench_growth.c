/* What a bar costs after a short, a longer and a long history. It must not
 * grow; the ratio of the last to the first says so. */
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "metrics/metric.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"

#define TAIL        10000 /* bars that are timed after each history */
#define REPETITIONS 7
#define HISTORIES   3

static const char *const names[HISTORIES] = { "short", "middle", "long" };

/* Feeds a bank and reads it; ns a bar of the `tail` bars after each history. */
static void run(struct bank *bank, const struct bar *bars,
                const size_t history[HISTORIES], size_t tail,
                double ns[HISTORIES])
{
    const struct value season = value_real(1.0, 1000);
    size_t i = 0;
    double sum = 0.0;

    for (int h = 0; h < HISTORIES; h++) {
        for (; i < history[h]; i++)
            bank_push(bank, &bars[i], season);
        int64_t from = bench_cpu_ns();
        for (; i < history[h] + tail; i++) {
            bank_push(bank, &bars[i], season);
            for (int m = 0; m < METRIC_COUNT; m++)
                if (metrics[m].tf == bank->tf)
                    sum += metrics[m].read(bank).v;
        }
        ns[h] = (double)(bench_cpu_ns() - from) / (double)tail;
    }
    bench_sink = sum;
}

static void measure(struct bench *b, enum timeframe tf, struct bank *bank,
                    struct bar *bars, const size_t history[HISTORIES],
                    size_t tail)
{
    double all[HISTORIES][REPETITIONS], ns[HISTORIES];
    const char *name = timeframe_name(tf);
    char key[48];

    bench_retime(bars, history[HISTORIES - 1] + tail, tf);
    for (int i = 0; i < REPETITIONS; i++) {
        bank_init(bank, tf);
        run(bank, bars, history, tail, ns);
        for (int h = 0; h < HISTORIES; h++)
            all[h][i] = ns[h];
    }
    for (int h = 0; h < HISTORIES; h++) {
        ns[h] = bench_median(all[h], REPETITIONS);
        snprintf(key, sizeof(key), "growth.bank_%s.%s", name, names[h]);
        bench_add(b, key, ns[h], "ns/bar", "all of %s, after %zu bars", name,
                  history[h]);
    }
    snprintf(key, sizeof(key), "growth.bank_%s.ratio", name);
    bench_add(b, key, ns[HISTORIES - 1] / ns[0], "times",
              "all of %s, longest to shortest history", name);
}

void bench_growth(struct bench *b)
{
    static const size_t full[] = { 10000, 100000, 1000000 };
    static const size_t quick[] = { 1000, 3000, 10000 };
    const size_t *history = b->quick ? quick : full;
    size_t tail = b->quick ? TAIL / 10 : TAIL;
    size_t n = history[HISTORIES - 1] + tail;
    struct bar *bars = xcalloc(n, sizeof(*bars));
    struct bank *bank = xcalloc(1, sizeof(*bank));

    bench_walk(bars, n, TF_15M);
    measure(b, TF_15M, bank, bars, history, tail);
    measure(b, TF_1H, bank, bars, history, tail);
    free(bank);
    free(bars);
    bench_growth_of_slots(b);
}
