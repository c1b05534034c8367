/* Replay as a program would do it: slot after slot, the view of the market,
 * its snapshot, and what is concluded about one grid, on three timeframes.
 *
 * Costs are taken of sixteen slots together, which always hold four closes of
 * 1h and one of 4h. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"
#include "tools/bench_slots.h"

#define HISTORY     (2048 * 16)           /* 15m bars of a full 4h window */
#define CYCLE       (CANONICAL_STEP * 16) /* until all windows begin anew */
#define SLOTS       (40 * CANONICAL_STEP)
#define SLOTS_QUICK 64
#define REPETITIONS 5
#define GROUP       16
#define GROUPS      (CYCLE / GROUP)
#define PLACES      8 /* parts of what one canonical window grows by */
#define PLACE       (CANONICAL_STEP / PLACES)
#define GOAL        500000.0

/* All slots after the history, as fast as it goes. */
static void measure_speed(struct bench *b, struct slots *s)
{
    size_t n = b->quick ? SLOTS_QUICK : SLOTS;
    double ns[REPETITIONS];

    for (int k = 0; k < REPETITIONS; k++) {
        slots_rewind(s);
        slots_pass(s, HISTORY - 1);
        int64_t from = bench_cpu_ns();
        for (size_t i = 0; i < n; i++)
            slots_pass(s, HISTORY + i);
        ns[k] = (double)(bench_cpu_ns() - from) / (double)n;
    }
    double slot = bench_median(ns, REPETITIONS);
    struct bench_row *row =
        bench_add(b, "replay.bars_per_second", 1e9 / slot, "15m bars/s",
                  "full engine, 3 timeframes, 1 grid, %zu slots", n);
    row->target = TARGET_AT_LEAST;
    row->goal = GOAL;
    bench_add(b, "replay.slot", slot, "ns/slot", "the same as cost of a slot");
}

/* Mean ns of a slot and its steps, by the wall's clock. */
struct cost {
    double view, snapshot, evaluate, all;
};

static struct cost cost_of(struct slots *s, size_t from, size_t slots)
{
    int64_t view = 0, snapshot = 0, evaluate = 0;
    double n = (double)slots;

    for (size_t i = from; i < from + slots; i++) {
        int64_t a = bench_wall_ns();
        slots_look(s, i);
        int64_t b = bench_wall_ns();
        slots_measure(s);
        int64_t c = bench_wall_ns();
        slots_conclude(s);
        view += b - a;
        snapshot += c - b;
        evaluate += bench_wall_ns() - c;
    }
    return (struct cost){ (double)view / n, (double)snapshot / n,
                          (double)evaluate / n,
                          (double)(view + snapshot + evaluate) / n };
}

/* Where bar i stands among those that its canonical window grows by; at 0 a
 * new window begins. */
static size_t place_of(const struct slots *s, size_t i)
{
    int64_t number = bar_number(s->fifteen[i].open_ms, TF_15M);
    return (size_t)((number + 1) % CANONICAL_STEP);
}

/* The first bar after the history at which a new window begins. */
static size_t first_new_window(const struct slots *s)
{
    return HISTORY + (CANONICAL_STEP - place_of(s, HISTORY)) % CANONICAL_STEP;
}

struct groups {
    size_t count;
    size_t place[GROUPS];
    struct cost cost[GROUPS];
};

/* Through all windows once; or, if it must be quick, one group for each place,
 * the slots in between caught up with before it. Groups in which a window
 * begins do not count. */
static void measure_groups(struct bench *b, struct slots *s, struct groups *g)
{
    size_t step = b->quick ? PLACE : GROUP, from = first_new_window(s);
    size_t most = b->quick ? PLACES : GROUPS;

    g->count = 0;
    slots_rewind(s);
    slots_pass(s, from - 1);
    for (size_t k = 0; k < most; k++) {
        size_t i = from + k * step + (b->quick ? PLACE / 2 : 0);
        if (b->quick)
            slots_pass(s, i - 1);
        struct cost cost = cost_of(s, i, GROUP);
        if (place_of(s, i) == 0)
            continue;
        g->place[g->count] = place_of(s, i) / PLACE;
        g->cost[g->count++] = cost;
    }
}

/* The median over groups of one figure: place PLACES means all of them. */
static double median_of(const struct groups *g, size_t place, size_t offset)
{
    double x[GROUPS];
    size_t n = 0;
    for (size_t i = 0; i < g->count; i++)
        if (place == PLACES || g->place[i] == place)
            x[n++] = *(const double *)((const char *)&g->cost[i] + offset);
    return bench_median(x, n);
}

static void add_places(struct bench *b, const struct groups *g)
{
    double least = HUGE_VAL, most = 0.0;
    char key[48];

    for (size_t p = 0; p < PLACES; p++) {
        double ns = median_of(g, p, offsetof(struct cost, all));
        least = fmin(least, ns);
        most = fmax(most, ns);
        snprintf(key, sizeof(key), "replay.place.%zu", p);
        bench_add(b, key, ns, "ns/slot",
                  "slots %zu to %zu since its window began", p * PLACE,
                  (p + 1) * PLACE - 1);
    }
    bench_add(b, "replay.place.ratio", most / least, "times",
              "dearest of these to cheapest");
}

static void add_steps(struct bench *b, const struct groups *g)
{
    bench_add(b, "replay.view",
              median_of(g, PLACES, offsetof(struct cost, view)), "ns/slot",
              "its view of the market, while a window grows");
    bench_add(b, "replay.snapshot",
              median_of(g, PLACES, offsetof(struct cost, snapshot)), "ns/slot",
              "its snapshot: metrics and regime");
    bench_add(b, "replay.evaluate",
              median_of(g, PLACES, offsetof(struct cost, evaluate)), "ns/slot",
              "what it means for the grid");
}

/* The slots of one cycle at which the 15m window begins anew; every fourth of
 * them begins that of 1h, too, and one that of 4h. */
static void measure_new_windows(struct bench *b, struct slots *s)
{
    size_t n = b->quick ? 1 : CYCLE / CANONICAL_STEP;
    double sum = 0.0;

    slots_rewind(s);
    for (size_t k = 0; k < n; k++) {
        size_t i = first_new_window(s) + k * CANONICAL_STEP;
        slots_pass(s, i - 1);
        int64_t from = bench_cpu_ns();
        slots_pass(s, i);
        sum += (double)(bench_cpu_ns() - from);
    }
    bench_add(b, "replay.new_window", sum / (double)n, "ns/slot",
              "mean of %zu slots at which windows begin anew", n);
    bench_add(b, "replay.new_window.spread", sum / (double)(n * CANONICAL_STEP),
              "ns/slot", "the same, spread over all slots");
}

/* The most memory that this process has had, in MB, or NO_VALUE. */
static double peak_mb(void)
{
    char line[128];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof(line), f) &&
           sscanf(line, "VmHWM: %ld kB", &kb) != 1)
        ;
    if (f)
        fclose(f);
    return kb > 0 ? (double)kb / 1024.0 : NO_VALUE;
}

static void add_peak(struct bench *b, const struct slots *s)
{
    double mb = peak_mb();
    if (isnan(mb))
        bench_skip(b, "replay.peak_rss", "'/proc/self/status' has no VmHWM");
    else
        bench_add(b, "replay.peak_rss", mb, "MB",
                  "most memory of the bench so far, %zu 15m bars of it",
                  s->count);
}

void bench_replay(struct bench *b)
{
    size_t slots = b->quick ? 3 * CANONICAL_STEP : SLOTS;
    struct slots *s = slots_new(HISTORY + slots, HISTORY);
    struct groups *g = xcalloc(1, sizeof(*g));

    measure_speed(b, s);
    add_peak(b, s);
    measure_groups(b, s, g);
    add_steps(b, g);
    add_places(b, g);
    measure_new_windows(b, s);
    free(g);
    slots_free(s);
}

/* Median cost of a slot after `count` bars. */
static double slot_after(struct slots *s, size_t count, size_t groups)
{
    double x[CANONICAL_STEP / GROUP];

    slots_rewind(s);
    slots_pass(s, count - 1);
    for (size_t i = 0; i < groups; i++)
        x[i] = cost_of(s, count + i * GROUP, GROUP).all;
    return bench_median(x, groups);
}

/* Histories that end where all windows do, so that only their length differs;
 * of the same bars, in turn. */
void bench_growth_of_slots(struct bench *b)
{
    static const size_t full[] = { 2, 6, 61 }, quick[] = { 2, 3, 4 };
    static const char *const names[] = { "short", "middle", "long" };
    const size_t *cycles = b->quick ? quick : full, last = ARRAY_LEN(names) - 1;
    size_t groups = b->quick ? 1 : CANONICAL_STEP / GROUP;
    struct slots *s = slots_new(CYCLE * cycles[last] + groups * GROUP, HISTORY);
    double x[ARRAY_LEN(names)][REPETITIONS], ns[ARRAY_LEN(names)];
    char key[48];

    for (int k = 0; k < REPETITIONS; k++)
        for (size_t i = 0; i <= last; i++)
            x[i][k] = slot_after(s, CYCLE * cycles[i], groups);
    for (size_t i = 0; i <= last; i++) {
        ns[i] = bench_median(x[i], REPETITIONS);
        snprintf(key, sizeof(key), "growth.slot.%s", names[i]);
        bench_add(b, key, ns[i], "ns/slot", "full engine, after %zu 15m bars",
                  CYCLE * cycles[i]);
    }
    bench_add(b, "growth.slot.ratio", ns[last] / ns[0], "times",
              "full engine, longest to shortest history");
    slots_free(s);
}
