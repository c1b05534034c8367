/* 240 made-up lives against a second implementation: tests/golden/kpi.tsv,
 * printed by tests/oracles/kpi_oracle.py, which makes the same lives and draws
 * the same weeks. Run from the repository. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/prng.h"
#include "lives_made.h"
#include "test.h"

#define TABLE "tests/golden/kpi.tsv"
#define LIVES 240
#define CELLS 8

static double u(struct prng *p)
{
    return prng_uniform(p);
}

/* Up to so many hours. */
static int64_t some(struct prng *p, double hours)
{
    return (int64_t)(u(p) * hours * (double)MS_PER_HOUR);
}

static int32_t up_to(struct prng *p, int32_t n)
{
    return (int32_t)(u(p) * n);
}

static void make_events(struct life *l, struct prng *p)
{
    if (u(p) < .6) {
        l->m_ms[0] = l->start_ms + 1 + some(p, 300);
        if (u(p) < .5)
            l->s_ms[0] = l->m_ms[0] + some(p, 40);
    }
    if (u(p) < .5) {
        l->m_ms[1] = l->m_ms[0];
        l->s_ms[1] = l->s_ms[0];
    }
    for (int k = 0; k < LIFE_SIDES; k++) {
        if (l->m_ms[k] > l->known_end_ms)
            l->m_ms[k] = MOMENT_NONE;
        if (l->s_ms[k] > l->known_end_ms)
            l->s_ms[k] = MOMENT_NONE;
    }
}

static void make_policy(struct life *l, struct prng *p)
{
    if (u(p) < .7)
        l->first_latest_ms = l->start_ms + some(p, 240);
    double r = u(p);
    l->reason = r < .7 ? LIFE_TRANSITION : r < .9 ? LIFE_GUARD : LIFE_OTHER;
    l->alert_down = u(p) < .5;
    if (u(p) < .3)
        l->first_mandatory_ms = l->start_ms + some(p, 240);
    l->mandatory_down = u(p) < .5;
    for (int i = 0; i < 3; i++)
        l->alerts[i] = up_to(p, 4 - i);
    l->mandatory = up_to(p, 3);
    l->met = up_to(p, l->mandatory + 1);
}

static void make_end(struct life *l, struct prng *p)
{
    l->peak_equity = 60 * u(p) - 5;
    l->end_equity = l->peak_equity - 40 * u(p);
    l->end_realised = 30 * u(p);
    l->peak_unrealised = 30 * u(p) - 3;
    double later = l->end_equity + 20 * (u(p) - .5);
    bool leaves = u(p) < .8;
    int64_t alert = life_alert(l), stop = l->s_ms[LIFE_BOTH];

    if (alert != MOMENT_NONE && leaves) {
        l->exit_ms = alert + l->delay_ms;
        if (stop != MOMENT_NONE && stop < l->exit_ms)
            l->exit_ms = MOMENT_NONE;
    }
    if (l->exit_ms == MOMENT_NONE)
        return;
    int64_t at = l->exit_ms + life_follow_ms(l);
    int64_t event = life_event(l, LIFE_BOTH);
    if (event != MOMENT_NONE && event < at)
        at = event;
    if (l->exit_ms < at && at <= l->known_end_ms)
        l->later_equity = later;
}

static struct life make(struct prng *p, int i)
{
    struct life l = life_quiet();

    l.symbol = i % 3;
    l.start_ms = (18500 + i / 3) * MS_PER_DAY;
    l.week = life_week(l.start_ms);
    l.half_width = .02 + .1 * u(p);
    l.sigma_1h = .002 + .008 * u(p);
    l.capital = 500 + 1000 * u(p);
    l.activation = life_activation(l.capital, l.sigma_1h);
    l.window_end_ms = l.start_ms + HOURS(240);
    l.known_end_ms = l.window_end_ms + some(p, 120);
    make_events(&l, p);
    make_policy(&l, p);
    make_end(&l, p);
    for (int64_t t = l.start_ms + HOURS(1); t < l.window_end_ms; t += HOURS(1))
        life_hour_add(&l, t, prng_next(p) & 1);
    return l;
}

static void make_all(struct life lives[LIVES])
{
    struct prng prng;
    prng_init(&prng, 2021);
    for (int i = 0; i < LIVES; i++)
        lives[i] = make(&prng, i);
}

static double number_of(const char *cell)
{
    double v = NO_VALUE;
    return number_parse(cell, &v) ? v : NO_VALUE;
}

static bool next_row(FILE *file, char line[300], char *cell[CELLS])
{
    do {
        if (!fgets(line, 300, file))
            return false;
    } while (line[0] == '#');
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < CELLS; i++) {
        cell[i] = line;
        line += strcspn(line, "\t");
        if (*line)
            *line++ = '\0';
    }
    return true;
}

static int id_of(const char *name)
{
    for (int i = 0; i < KPI_COUNT; i++)
        if (!strcmp(kpi_table[i].name, name))
            return i;
    return -1;
}

static void compare(struct kpi_ask *ask, char *cell[CELLS])
{
    struct kpi_room room = room_made();
    int id = id_of(cell[0]);
    struct kpi_result r;

    ASSERT_FATAL(id >= 0);
    ask->side = strcmp(cell[1], "down") ? LIFE_BOTH : LIFE_DOWN;
    r = kpi_of((enum kpi_id)id, ask, &room);
    ASSERT_INT(r.n, (long long)number_of(cell[2]));
    ASSERT_INT(r.undefined, (long long)number_of(cell[3]));
    ASSERT_INT(r.pending, (long long)number_of(cell[4]));
    ASSERT_NEAR(r.value.v, number_of(cell[5]), 1e-11);
    ASSERT_NEAR(r.lo.v, number_of(cell[6]), 1e-10);
    ASSERT_NEAR(r.hi.v, number_of(cell[7]), 1e-10);
}

static void every_kpi_agrees_with_a_second_implementation(void)
{
    static struct life lives[LIVES];
    struct kpi_ask ask = { lives, LIVES, LIFE_BOTH, 1000, 17 };
    FILE *file = fopen(TABLE, "r");
    char line[300], *cell[CELLS];
    int rows = 0;

    ASSERT_FATAL(file != NULL);
    make_all(lives);
    for (; next_row(file, line, cell); rows++)
        compare(&ask, cell);
    fclose(file);
    ASSERT_INT(rows, 2 * KPI_COUNT);
}

void kpi_golden_test(void);
void kpi_golden_test(void)
{
    TEST_SUITE("hindsight/kpi golden");
    TEST(every_kpi_agrees_with_a_second_implementation);
}
