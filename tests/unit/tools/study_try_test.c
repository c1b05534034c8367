/* What the tries may know, and what they say where they know nothing. */
#include "tools/study_try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "sys/xmalloc.h"
#include "test.h"

#define HOURS (24 * 150)
#define LIFE  72

static const struct grid_rule rule = { 4, LIFE, 4 };

static void make(struct world *w)
{
    struct bars b = { 0 };

    *w = (struct world){ 0 };
    study_bars_walk(&b, 17, HOURS);
    world_add(w, &b, &rule, 1);
    study_bars_release(&b);
}

/* Turning every answer that was not yet known, and every volatility after it,
 * changes nothing that was learned. */
static void what_comes_later_teaches_nothing(void)
{
    struct world w;
    struct learned *l = xcalloc(2, sizeof(*l));
    make(&w);
    int64_t until = w.courses[0].first_ms + 120 * MS_PER_DAY;
    size_t late = 0;

    ASSERT(learn(&l[0], &w, until, LIFE));
    for (size_t i = 0; i < w.count; i++)
        if (w.asked[i].begin_ms + (LIFE + 24) * MS_PER_HOUR > until) {
            w.asked[i].event = !w.asked[i].event;
            late++;
        }
    for (size_t i = 0; i < w.hars[0].count; i++)
        if (w.hars[0].first_ms + (int64_t)(i + 24) * MS_PER_HOUR > until)
            w.hars[0].rows[i].y += 1;
    ASSERT(late > 0);
    ASSERT(learn(&l[1], &w, until, LIFE));
    ASSERT(memcmp(&l[0], &l[1], sizeof(*l)) == 0);
    ASSERT(learn(&l[1], &w, until + MS_PER_DAY, LIFE));
    ASSERT(memcmp(&l[0], &l[1], sizeof(*l)) != 0);
    free(l);
    world_release(&w);
}

static void without_a_sigma_the_product_speaks(void)
{
    struct world w;
    struct learned *l = xcalloc(1, sizeof(*l));
    make(&w);
    struct asked *a = &w.asked[w.count / 2];

    ASSERT(learn(l, &w, w.courses[0].first_ms + 120 * MS_PER_DAY, LIFE));
    ASSERT(!a->outside);
    ASSERT(try_all(l, &w, a));
    for (int k = 1; k < TRIES; k++)
        ASSERT(a->p[k] > 0 && a->p[k] < .89 && fabs(a->p[k] - a->p[0]) > 1e-9);
    w.courses[0].slow[a->slot] = NO_VALUE; /* the row has it, not the course */
    har_release(&w.hars[0]);
    har_init(&w.hars[0], &w.courses[0]);
    ASSERT(!try_all(l, &w, a));
    for (int k = 1; k < TRIES; k++)
        ASSERT((fabs(a->p[k] - a->p[0]) < 1e-15) ==
               (tries[k].vol == VOL_THREE));
    free(l);
    world_release(&w);
}

static void outside_is_a_constant(void)
{
    struct world w;
    struct learned *l = xcalloc(1, sizeof(*l));
    make(&w);
    struct asked *a = &w.asked[w.count / 2];

    ASSERT(learn(l, &w, w.courses[0].first_ms + 120 * MS_PER_DAY, LIFE));
    double n = 0, events = 0;
    for (size_t i = 0; i < w.count; i++) {
        const struct asked *o = &w.asked[i];
        if (!o->outside || o->begin_ms + (LIFE + 24) * MS_PER_HOUR >
                               w.courses[0].first_ms + 120 * MS_PER_DAY)
            continue;
        n += 1;
        events += o->event;
    }
    a->outside = true;
    ASSERT(try_all(l, &w, a));
    for (int k = 1; k < TRIES; k++)
        ASSERT_NEAR(a->p[k], tries[k].outside ? l->outside : .89, 0);
    ASSERT(events > 0 && l->outside > .5 && l->outside <= 1);
    ASSERT_NEAR(l->outside, events / n, 1e-15);
    free(l);
    world_release(&w);
}

void study_try_test(void);
void study_try_test(void)
{
    TEST_SUITE("tools/study_try");
    TEST(what_comes_later_teaches_nothing);
    TEST(without_a_sigma_the_product_speaks);
    TEST(outside_is_a_constant);
}
