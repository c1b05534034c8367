/* Whatever path the price takes through its bars, an exchange that fills orders
 * tick by tick must end between the bounds. */
#include <math.h>
#include <stdio.h>

#include "base/value.h"
#include "shadow_scene.h"
#include "shadow_truth.h"
#include "test.h"

#define GRIDS 3000
#define BARS  25

static struct truth truth; /* large */

/* What was seen, and how wide it was. */
struct seen {
    long bars, held, wide, above, partial, stopped, jumped;
    double base_width, e_width;
};

static struct grid random_grid(uint64_t *r, int64_t *step)
{
    int64_t cells = 2 + scene_below(r, 59);
    int64_t lower = 1500 + scene_below(r, 8000);
    *step = 3 + scene_below(r, 30);
    double capital = (double)(100 + scene_below(r, 1000000));
    struct grid g =
        scene_grid((double)lower / 100, (double)(lower + cells * *step) / 100,
                   cells, capital, NO_VALUE);
    if (scene_below(r, 2))
        g.spacing = GRID_GEOMETRIC;
    if (scene_below(r, 2))
        g.stop.below = (double)(lower - 3 * *step - 1) / 100;
    if (!scene_below(r, 4))
        g.stop.above = (double)(lower + (cells + 3) * *step + 1) / 100;
    return g;
}

static int64_t within(int64_t price)
{
    return price < 500                 ? 500
           : price > TRUTH_TICKS - 500 ? TRUTH_TICKS - 500
                                       : price;
}

/* Moves the price through a bar by any path, and says what the bar shows. */
struct made {
    int64_t open, high, low, close;
};

static void visit(struct made *m, int64_t to)
{
    truth_move(&truth, to);
    m->high = to > m->high ? to : m->high;
    m->low = to < m->low ? to : m->low;
    m->close = to;
}

static struct made random_path(uint64_t *r, int64_t step)
{
    int64_t open = truth.price;
    struct made m = { open, open, open, open };
    int64_t reach =
        1 + scene_below(r, scene_below(r, 3) ? 3 * step : 20 * step);
    for (int64_t turns = 1 + scene_below(r, 12); turns > 0; turns--)
        visit(&m, within(open + scene_below(r, 2 * reach + 1) - reach));
    return m;
}

/* Between two bars: nothing, a small gap or a large one. */
static void random_gap(uint64_t *r, int64_t step)
{
    int64_t size = (int64_t[]){ 0, 0, step, 25 * step }[scene_below(r, 4)];
    int64_t to = within(truth.price + scene_below(r, 2 * size + 1) - size);
    if (scene_below(r, 2))
        truth_jump(&truth, to);
    else
        truth_move(&truth, to);
}

static struct bar bar_of(int n, const struct made *m)
{
    return shadow_scene_bar(n, (double)m->open / 100, (double)m->high / 100,
                            (double)m->low / 100, (double)m->close / 100);
}

static bool compare(const struct shadow *s, const struct shadow_books *b,
                    struct seen *seen)
{
    double base = (double)truth.held * s->amount, e = truth_e(&truth);
    bool ok = b->base_lo <= base && base <= b->base_hi;
    if (b->e_lo_holds) {
        seen->held++;
        ok = ok && b->e_lo <= e;
    }
    /* The two walks are paths as well. */
    const struct shadow_path *walk[] = { &b->nominal, &b->reverse };
    for (int i = 0; i < 2; i++)
        ok = ok && b->base_lo <= walk[i]->base && walk[i]->base <= b->base_hi &&
             b->e_lo <= walk[i]->e && walk[i]->e <= b->e_hi;
    seen->bars++;
    seen->above += e > b->e_hi;
    seen->wide += b->base_hi > b->base_lo;
    seen->base_width +=
        (b->base_hi - b->base_lo) / (s->amount * (double)s->count);
    seen->e_width += (b->e_hi - b->e_lo) / (double)truth.capital;
    return ok;
}

/* The bar of the start: half of it had passed. */
static struct bar start_bar(uint64_t *r, int64_t step)
{
    int64_t start = truth.price;
    struct made after = random_path(r, step);
    int64_t before = within(start + scene_below(r, 10 * step) - 5 * step);
    after.open = before;
    after.high = before > after.high ? before : after.high;
    after.low = before < after.low ? before : after.low;
    return bar_of(0, &after);
}

static bool walk_grid(uint64_t *r, struct seen *seen)
{
    int64_t step, fee = scene_below(r, 11);
    struct grid g = random_grid(r, &step);
    int64_t span = llround((g.upper - g.lower) * 100);
    int64_t start =
        llround(g.lower * 100) - 2 * step + scene_below(r, span + 4 * step + 1);
    bool is_partial = !scene_below(r, 3);
    g.history[1].at_ms += is_partial ? 400000 : 0;
    struct shadow_terms terms = { (double)fee / 10000, 0.01, 0.001 };
    struct shadow s;
    const char *why = NULL;
    bool is_modelled = shadow_begin(&s, &g, &terms, (double)start / 100, &why);
    if (!truth_begin(&truth, &g, fee, start))
        return !is_modelled;
    truth.is_obedient = scene_below(r, 2);
    /* It begins alike to the last unit. */
    bool ok = is_modelled && llround(s.amount * 1000) == truth.amount &&
              s.cell[0].began_full == truth.full[0];
    struct shadow_books b;
    for (int n = 0; ok && n < BARS; n++) {
        struct bar bar;
        if (is_partial && n == 0) {
            bar = start_bar(r, step);
        } else {
            random_gap(r, step);
            struct made m = random_path(r, step);
            bar = bar_of(n, &m);
        }
        b = scene_walk(&s, &g, &terms, bar);
        ok = compare(&s, &b, seen) && s.last == bar.close;
    }
    seen->partial += is_partial && !s.start_known;
    seen->stopped += truth.stopped;
    return ok;
}

static void any_path_ends_between_the_bounds(void)
{
    uint64_t r = 20240611;
    struct seen seen = { 0 };
    int bad = 0;
    for (int i = 0; i < GRIDS; i++)
        bad += !walk_grid(&r, &seen);
    ASSERT_INT(bad, 0);
    /* That something was compared, of each sort. */
    ASSERT(seen.bars > GRIDS * 20);
    ASSERT(seen.held > seen.bars / 2);
    ASSERT(seen.wide > seen.bars / 4 && seen.wide < seen.bars);
    ASSERT(seen.partial > 500);
    ASSERT(seen.stopped > 300);
    double bars = (double)seen.bars;
    printf("  shadow: %ld bars of random paths, %.2f %% above e_hi; mean width "
           "%.2f %% of the cells, %.3f %% of the capital\n",
           seen.bars, 100 * (double)seen.above / bars,
           100 * seen.base_width / bars, 100 * seen.e_width / bars);
}

/* --- The walks are what an exchange makes of their order -------------------
 */

static void through(const struct made *m, bool low_first)
{
    truth_move(&truth, m->open);
    truth_move(&truth, low_first ? m->low : m->high);
    truth_move(&truth, low_first ? m->high : m->low);
    truth_move(&truth, m->close);
}

static struct made random_bar(uint64_t *r, int64_t from, int64_t step)
{
    int64_t o = within(from + scene_below(r, 4 * step + 1) - 2 * step);
    int64_t c = within(o + scene_below(r, 8 * step + 1) - 4 * step);
    return (struct made){ o, (o > c ? o : c) + scene_below(r, 3 * step),
                          (o < c ? o : c) - scene_below(r, 3 * step), c };
}

static bool is_same(const struct shadow *s, const struct shadow_path *p,
                    bool rounds_pay)
{
    double cash = truth_quote(truth.cash);
    double near = 1e-11 * (double)truth.capital;
    /* Money is conserved: what came in is what was realised, and the rest is
     * in what is held. */
    double cost = p->base > 0 ? p->base * p->avg_cost : 0;
    double kept = p->cash - (double)truth.capital;
    return p->base == (double)truth.held * s->amount &&
           p->sells == truth.sells && fabs(p->cash - cash) < near &&
           fabs(p->e - truth_e(&truth)) < near &&
           fabs(kept - (p->realised - cost)) < near &&
           (!rounds_pay || p->cash > -near);
}

static bool one_order(uint64_t *r, bool reverse)
{
    int64_t step, fee = scene_below(r, 11);
    struct grid g = random_grid(r, &step);
    int64_t start = llround(g.lower * 100) +
                    scene_below(r, llround((g.upper - g.lower) * 100));
    struct shadow_terms terms = { (double)fee / 10000, 0.01, 0.001 };
    struct shadow s;
    const char *why = NULL;
    if (!truth_begin(&truth, &g, fee, start))
        return true;
    if (!shadow_begin(&s, &g, &terms, (double)start / 100, &why))
        return false;
    truth.is_obedient = true;
    double peak = 0;
    for (int n = 0; n < BARS; n++) {
        struct made m = random_bar(r, truth.price, step);
        through(&m, (m.close >= m.open) != reverse);
        struct shadow_books b = scene_walk(&s, &g, &terms, bar_of(n, &m));
        const struct shadow_path *p = reverse ? &b.reverse : &b.nominal;
        peak = fmax(peak, truth_e(&truth));
        if (!truth.stopped && !is_same(&s, p, b.e_lo_holds))
            return false;
        if (fabs(p->e - truth_e(&truth)) > 1e-9 * g.capital ||
            fabs(p->peak - peak) > 1e-9 * g.capital || p->base < 0 ||
            s.stopped != truth.stopped)
            return false;
    }
    return true;
}

static void each_walk_is_an_exchange_of_its_order(void)
{
    uint64_t r = 77;
    int bad[2] = { 0, 0 };
    for (int i = 0; i < 1500; i++) {
        bad[0] += !one_order(&r, false);
        bad[1] += !one_order(&r, true);
    }
    ASSERT_INT(bad[0], 0);
    ASSERT_INT(bad[1], 0);
}

void shadow_path_test(void);
void shadow_path_test(void)
{
    TEST_SUITE("shadow_path");
    TEST(any_path_ends_between_the_bounds);
    TEST(each_walk_is_an_exchange_of_its_order);
}
