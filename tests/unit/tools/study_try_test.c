/* What the tries may know, and what they say where they know nothing. */
#include "tools/study_try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "sys/xmalloc.h"
#include "test.h"
#include "tools/study_pair.h"

#define HOURS (24 * 150)
#define LIFE  72

static const struct grid_rule rule = { 4, LIFE, 4 };

static void make_some(struct world *w, uint64_t files)
{
    struct bars b = { 0 };

    *w = (struct world){ 0 };
    for (uint64_t i = 0; i < files; i++) {
        study_bars_walk(&b, 17 + i, HOURS);
        world_add(w, &b, &rule, 1);
    }
    study_bars_release(&b);
}

static void make(struct world *w)
{
    make_some(w, 1);
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

/* Which tries are their base's echo. */
static void echoes(const struct learned *l, const struct world *w,
                   struct asked *a, unsigned unknown)
{
    ASSERT(try_all(l, w, a));
    ASSERT_INT(a->known, ((1U << AROUND_TERMS) - 1) & ~unknown);
    for (int k = TRIES_PLAIN; k < TRIES; k++) {
        ASSERT_INT(tries[k].base, TRY_BASE);
        ASSERT((fabs(a->p[k] - a->p[TRY_BASE]) < 1e-15) ==
               ((tries[k].more & unknown) != 0));
    }
}

#define ALL_MARKET (TERM(MARKET_1H) | TERM(MARKET_4H) | TERM(EXCITED))

static void without_a_term_the_base_speaks(void)
{
    struct world w;
    struct learned *l = xcalloc(1, sizeof(*l));
    make_some(&w, 4);
    struct asked *a = &w.asked[3 * w.count / 8];

    ASSERT(learn(l, &w, w.courses[0].first_ms + 120 * MS_PER_DAY, LIFE));
    ASSERT(!a->outside);
    echoes(l, &w, a, 0);
    struct course *other = &w.courses[(a->file + 1) % 4];
    other->fast[a->slot] = NO_VALUE;
    echoes(l, &w, a, TERM(EXCITED));
    other->close[a->slot] = NO_VALUE;
    echoes(l, &w, a, ALL_MARKET);
    w.courses[a->file].close[a->slot - 16] = NO_VALUE;
    echoes(l, &w, a, ALL_MARKET | TERM(OWN_4H));
    free(l);
    world_release(&w);
}

/* Three files: nobody ever knew the market, so the fourth teaches nothing. */
static void a_term_that_few_knew_is_not_used(void)
{
    struct world w;
    struct learned *l = xcalloc(1, sizeof(*l));
    make_some(&w, 4);
    struct asked *a = &w.asked[3 * w.count / 8];

    w.files = 3;
    size_t all = w.count;
    while (w.asked[w.count - 1].file == 3)
        w.count--;
    ASSERT(learn(l, &w, w.courses[0].first_ms + 120 * MS_PER_DAY, LIFE));
    ASSERT_INT(l->lessons[TRIES - 1], 0);
    ASSERT(l->lessons[TRIES_PLAIN] > LESSONS_LEAST);
    w.files = 4;
    w.count = all;
    ASSERT(try_all(l, &w, a));
    ASSERT(a->known & TERM(EXCITED));
    for (int k = TRIES_PLAIN; k < TRIES; k++)
        ASSERT((fabs(a->p[k] - a->p[TRY_BASE]) < 1e-15) ==
               ((tries[k].more & ALL_MARKET) != 0));
    free(l);
    world_release(&w);
}

/* Four of five happen where the last 4 h went to the nearer edge, else one:
 * whoever reads the approach finds that, and nobody else. */
static void an_approach_that_matters_is_found(void)
{
    struct world w;
    struct learned *l = xcalloc(1, sizeof(*l));
    double loss[TRIES] = { 0 };
    make(&w);

    for (size_t i = 0; i < w.count; i++) {
        struct asked *a = &w.asked[i];
        struct around r = around_of(w.courses, 1, 0, a->slot, a->down <= a->up);
        a->event = (i % 5 == 0) != (r.at[OWN_4H] > 0);
    }
    ASSERT(learn(l, &w, w.courses[0].first_ms + 120 * MS_PER_DAY, LIFE));
    for (size_t i = w.count * 4 / 5; i < w.count; i++) {
        if (w.asked[i].outside)
            continue;
        ASSERT(try_all(l, &w, &w.asked[i]));
        for (int k = 0; k < TRIES; k++)
            loss[k] += log_loss(w.asked[i].p[k], w.asked[i].event);
    }
    for (int k = TRIES_PLAIN; k < TRIES; k++)
        if (tries[k].more & TERM(OWN_4H) && !(tries[k].more & ALL_MARKET)) {
            ASSERT(l->logit[k].c[OWN_4H] > .5);
            ASSERT(loss[k] < .95 * loss[TRY_BASE]);
        } else if (!(tries[k].more & (TERM(OWN_1H) | TERM(OWN_24H)))) {
            ASSERT_NEAR(loss[k], loss[TRY_BASE], 1e-12);
        }
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
    TEST(without_a_term_the_base_speaks);
    TEST(a_term_that_few_knew_is_not_used);
    TEST(an_approach_that_matters_is_found);
    TEST(outside_is_a_constant);
}
