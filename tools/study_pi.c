/* Holds pi to what happened: hypothetical grids on recorded 15m candles, and
 * on two made-up markets beside them. `make study-pi` runs it.
 *
 *   study_pi [--doc FILE] [FILE...]
 *
 * FILE is a compressed CSV of 15m bars. study_grids.h says what is asked and
 * what counts as an event. The pooled figures of every rule must have a skill
 * of .10 and at most a bias of .02 and a REL of .005 (regime-science notes
 * 3.8); else the exit status is 1.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "sim/regimes.h"
#include "sys/xmalloc.h"
#include "tools/study_doc.h"
#include "tools/study_grids.h"
#include "tools/study_tables.h"

#define EVERY_HOUR   4
#define WALK_SEED    101 /* and the ones after it */
#define REGIME_SEED  201
#define DRAW_SEED    301
#define MADE_UP      10 /* series of each made-up market */
#define MADE_UP_DAYS 1000
#define PERIODS      60 /* more than any data here have */
#define SKILL_LEAST  0.10
#define BIAS_MOST    0.02
#define QUARTER_BIAS 0.03
#define REL_MOST     0.005

/* 216 h: ten days, of which the last question still sees its 24 h. The others
 * are what a false alarm is judged by (regime-science notes 5.2). */
static const struct grid_rule rules[] = {
    { 4.0, 216, EVERY_HOUR },
    { 6.0, 216, EVERY_HOUR },
    { 4.0, 72, EVERY_HOUR },
    { 6.0, 160, EVERY_HOUR },
};
#define RULES    ARRAY_LEN(rules)
#define TEN_DAYS 2 /* of them */

/* Everything that was asked of one kind of market, by rule. */
struct market {
    struct outcomes by_rule[RULES];
};

static void market_release(struct market *m)
{
    for (size_t r = 0; r < RULES; r++)
        outcomes_release(&m->by_rule[r]);
}

static void market_add(struct market *m, const struct bars *bars)
{
    struct course course;

    course_init(&course, bars);
    for (size_t r = 0; r < RULES; r++) {
        m->by_rule[r].model = HAZARD_THREE; /* the default */
        outcomes_add(&m->by_rule[r], &course, &rules[r]);
    }
    course_release(&course);
}

static void add_walks(struct market *m)
{
    struct bars bars = { 0 };
    for (uint64_t i = 0; i < MADE_UP; i++) {
        study_bars_walk(&bars, WALK_SEED + i, 24 * MADE_UP_DAYS);
        market_add(m, &bars);
    }
    study_bars_release(&bars);
}

static void add_regimes(struct market *m)
{
    struct bars bars = { 0 };
    for (uint64_t i = 0; i < MADE_UP; i++) {
        study_bars_regimes(&bars, NULL, REGIME_SEED + i, 24 * MADE_UP_DAYS);
        market_add(m, &bars);
    }
    study_bars_release(&bars);
}

static int add_file(struct market *m, struct text tables[RULES],
                    const char *path)
{
    struct bars bars = { 0 };
    struct error err;
    char name[STUDY_NAME];
    size_t jumps, from[RULES];
    int rc = study_bars_load(&bars, path, &jumps, &err);

    if (rc)
        fprintf(stderr, "study_pi: %s\n", err.msg);
    study_bars_name(path, name);
    for (size_t r = 0; r < RULES; r++)
        from[r] = m->by_rule[r].count;
    if (!rc) {
        fprintf(stderr, "study_pi: %s, %zu bars, %zu jumps left out\n", name,
                bars.count, jumps);
        market_add(m, &bars);
    }
    for (size_t r = 0; r < RULES && !rc; r++)
        tables_row(&tables[r], name, m->by_rule[r].at + from[r],
                   m->by_rule[r].count - from[r]);
    study_bars_release(&bars);
    return rc;
}

/* How often the event came when the close was outside already. */
static void say_outside(struct text *t, const struct outcomes *o)
{
    double n = 0, events = 0;
    for (size_t i = 0; i < o->count; i++) {
        n += o->at[i].outside;
        events += o->at[i].outside && o->at[i].event;
    }
    study_say(t,
              "Close outside already: %.0f questions, the event came in %.3f "
              "of them (pi says .89).",
              n, events / n);
}

/* Quarters or half-years, counted from 1970; a week is in the one in which it
 * begins. */
static int period_of(int32_t week, int quarters)
{
    struct civil c = moment_civil(outcomes_monday(week));
    return (4 * (c.year - 1970) + (c.month - 1) / 3) / quarters;
}

static int first_period(const struct outcomes *o, int quarters)
{
    int32_t week = o->at[0].block;
    for (size_t i = 1; i < o->count; i++)
        week = o->at[i].block < week ? o->at[i].block : week;
    return period_of(week, quarters);
}

/* The forecasts of one period, pooled over files, into `part`. */
static size_t take_period(const struct outcomes *o, int period, int quarters,
                          struct forecast *part)
{
    size_t n = 0;
    for (size_t i = 0; i < o->count; i++)
        if (period_of(o->at[i].block, quarters) == period)
            part[n++] = o->at[i];
    return n;
}

/* Each quarter as a row, if they are to be shown, and what became of all. */
static void say_quarters(struct text *t, const struct outcomes *o, bool rows)
{
    struct forecast *part = xcalloc(o->count, sizeof(*part));
    int all = 0, skilled = 0, unbiased = 0, reliable = 0, passed = 0;

    if (rows) {
        text_puts(t, "\n");
        tables_heading(t, "quarter");
    }
    for (int q = first_period(o, 1), end = q + PERIODS; q < end; q++) {
        char name[32];
        size_t n = take_period(o, q, 1, part);
        if (n == 0)
            continue;
        snprintf(name, sizeof(name), "%d Q%d", 1970 + q / 4, q % 4 + 1);
        struct score s =
            rows ? tables_row(t, name, part, n) : stats_score(part, n);
        bool skill = s.skill >= SKILL_LEAST, rel = s.rel <= REL_MOST;
        bool bias = fabs(s.mean_p - s.base) <= QUARTER_BIAS;
        all++;
        skilled += skill;
        unbiased += bias;
        reliable += rel;
        passed += skill && bias && rel;
    }
    free(part);
    study_say(t,
              "\n%d quarters: skill >= .10 in %d, bias within .03 in %d, REL "
              "<= .005 in %d, all three in %d.",
              all, skilled, unbiased, reliable, passed);
}

static void say_halves(struct text *t, const struct outcomes *o)
{
    struct forecast *part = xcalloc(o->count, sizeof(*part));
    int all = 0, unbiased = 0;

    for (int h = first_period(o, 2), end = h + PERIODS; h < end; h++) {
        size_t n = take_period(o, h, 2, part);
        if (n == 0)
            continue;
        struct score s = stats_score(part, n);
        all++;
        unbiased += fabs(s.mean_p - s.base) <= BIAS_MOST;
    }
    free(part);
    study_say(t, "%d half-years: bias within .02 in %d.", all, unbiased);
}

static bool say_pooled(struct text *t, struct outcomes *o)
{
    struct score s = stats_score(o->at, o->count);
    struct bootstrap b = stats_bootstrap(o->at, o->count, DRAW_SEED);
    bool fine = s.skill >= SKILL_LEAST &&
                fabs(s.mean_p - s.base) <= BIAS_MOST && s.rel <= REL_MOST;

    study_say(t,
              "\nPooled, 95 %% by %zu calendar weeks: AUC %.3f [%.3f, %.3f], "
              "skill %.3f [%.3f, %.3f], bias %+.4f [%+.4f, %+.4f]. Without the "
              "recalibration (outside: 1) the skill is %.3f.",
              b.blocks, s.auc, b.auc.lo, b.auc.hi, s.skill, b.skill.lo,
              b.skill.hi, s.mean_p - s.base, b.bias.lo, b.bias.hi, s.raw_skill);
    study_say(t,
              "%zu grids, of which %zu ended by two closes and %zu at the "
              "stop. Left out: %zu questions whose 24 h the end of the data "
              "cuts off, %zu without a bar.",
              o->grids, o->broken, o->stopped, o->cut, o->absent);
    say_outside(t, o);
    study_say(t, "REL %.5f, RES %.5f, UNC %.5f.", s.rel, s.res, s.unc);
    study_say(t, "Skill >= .10, bias within .02, REL <= .005: %s.\n",
              study_passed(fine));
    tables_bins_heading(t, "questions");
    tables_bins(t, "all", o->at, o->count);
    return fine;
}

/* The questions whose close was inside, alone. */
static void say_inside(struct text *t, const struct outcomes *o)
{
    struct forecast *part = xcalloc(o->count, sizeof(*part));
    size_t n = 0;

    for (size_t i = 0; i < o->count; i++)
        if (!o->at[i].outside)
            part[n++] = o->at[i];
    tables_row(t, "all, close inside", part, n);
    free(part);
}

static void say_rule(struct text *t, const char *market, size_t r,
                     struct outcomes *o)
{
    char name[64];
    snprintf(name, sizeof(name), "%s, %.0f ATR, %d h", market, rules[r].width,
             rules[r].life_hours);
    tables_row(t, name, o->at, o->count);
}

static void say_made_up(struct text *t, struct market *walk,
                        struct market *regimes)
{
    study_say(t,
              "## Made-up markets\n\nSeeds %d and %d and the ones after "
              "them, %d series of %d days each.\n",
              WALK_SEED, REGIME_SEED, MADE_UP, MADE_UP_DAYS);
    tables_heading(t, "market, half-width, life");
    for (size_t r = 0; r < RULES; r++)
        say_rule(t, "random walk", r, &walk->by_rule[r]);
    for (size_t r = 0; r < RULES; r++)
        say_rule(t, "four regimes", r, &regimes->by_rule[r]);
}

static bool say_recorded(struct text *t, struct market *m, struct market *walk,
                         struct text tables[RULES])
{
    bool fine = true;
    for (size_t r = 0; r < RULES; r++) {
        struct outcomes *o = &m->by_rule[r], *w = &walk->by_rule[r];
        study_say(t, "\n## Recorded, half-width %.0f ATR, %d h\n",
                  rules[r].width, rules[r].life_hours);
        if (o->count == 0) {
            study_say(t, "Not one grid: %s.", study_passed(false));
            fine = false;
            continue;
        }
        tables_heading(t, "file");
        text_puts(t, text_str(&tables[r]));
        tables_row(t, "**all**", o->at, o->count);
        say_inside(t, o);
        tables_row(t, "random walk", w->at, w->count);
        fine = say_pooled(t, o) && fine;
        say_quarters(t, o, r < TEN_DAYS);
        say_halves(t, o);
    }
    return fine;
}

static int study(struct text *t, const struct study_args *args, bool *fine)
{
    struct market walk = { 0 }, regimes = { 0 }, recorded = { 0 };
    struct text tables[RULES];
    int rc = 0;

    for (size_t r = 0; r < RULES; r++)
        tables[r] = (struct text)STUDY_TEXT;
    add_walks(&walk);
    add_regimes(&regimes);
    say_made_up(t, &walk, &regimes);
    for (int i = 0; i < args->count && !rc; i++)
        rc = add_file(&recorded, tables, args->files[i]);
    *fine = rc || args->count == 0 || say_recorded(t, &recorded, &walk, tables);
    market_release(&walk);
    market_release(&regimes);
    market_release(&recorded);
    for (size_t r = 0; r < RULES; r++)
        text_release(&tables[r]);
    return rc;
}

int main(int argc, char **argv)
{
    struct text t = STUDY_TEXT;
    struct study_args args;
    struct error err;
    bool fine;

    if (study_args_read(&args, argc, argv, &err)) {
        fprintf(stderr, "study_pi: %s\n", err.msg);
        return 64;
    }
    int rc = study(&t, &args, &fine);
    int status = rc ? 65 : study_end("study_pi", &args, &t, fine);
    text_release(&t);
    return status;
}
