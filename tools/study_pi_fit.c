/* Would another pi be better? Volatility that knows more than the EWMA, a curve
 * for the line, and on top of both the speed of the approach and the other
 * files, learned from the past alone. `make study-pi-fit`.
 *
 *   study_pi_fit [--doc FILE] [FILE...]
 *
 * FILE is a compressed CSV of 15m bars; questions are those of study_grids.h,
 * tries those of study_try.h. Each calendar quarter with 180 days before it is
 * asked with what was over before it; the last fifth of the time is asked once
 * with what was over before that. A try is promoted (regime-science notes 3.7)
 * if its log loss is better in two thirds of the quarters and on the whole,
 * the 95 % interval by weeks above 0, at every width. Nothing fails.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "sys/xmalloc.h"
#include "tools/study_doc.h"
#include "tools/study_learned.h"
#include "tools/study_pair.h"
#include "tools/study_stats.h"
#include "tools/study_tables.h"
#include "tools/study_try.h"

#define EVERY_HOUR      4
#define LIFE_HOURS      216
#define WALK_SEED       101
#define WALKS           10
#define WALK_HOURS      (24 * 1000)
#define DRAW_SEED       301
#define TRAIN_DAYS      180
#define OPEN_SHARE      0.8 /* of the time; what is after it is locked */
#define WON_LEAST       (2.0 / 3.0)
#define TRY_SHOWN       5 /* of tries[], in the tables of reliability */
#define SHIPPED_QUARTER (4 * (2022 - 1970))
#define FOLDS_MOST      64
#define FOLD_LOCKED     (FOLDS_MOST + 1)
#define FOLD_NONE       (-1)

static const struct grid_rule rules[] = {
    { 4.0, LIFE_HOURS, EVERY_HOUR },
    { 6.0, LIFE_HOURS, EVERY_HOUR },
};
#define RULES ARRAY_LEN(rules)

/* A quarter counted from 1970. */
static int quarter_of(int64_t ms)
{
    struct civil c = moment_civil(ms);
    return 4 * (c.year - 1970) + (c.month - 1) / 3;
}

static int64_t quarter_begin(int quarter)
{
    return civil_moment((struct civil){
        .year = 1970 + quarter / 4, .month = 3 * (quarter % 4) + 1, .day = 1 });
}

/* The quarters that are asked; all files share them. A week belongs to the
 * quarter in which it begins. */
struct folds {
    int first, count; /* quarters */
    int locked;       /* the first that is not open */
    bool asked[FOLDS_MOST];
    struct learned *learned; /* of each fold, then before the lock */
};

/* False: there is no quarter to ask, or there are more than have room. */
static bool folds_place(struct folds *f, const struct world *w)
{
    int64_t first = INT64_MAX, last = 0;

    for (size_t i = 0; i < w->count; i++) {
        int64_t begin = w->asked[i].begin_ms;
        first = begin < first ? begin : first;
        last = begin > last ? begin : last;
    }
    f->first = quarter_of(first + TRAIN_DAYS * MS_PER_DAY - 1) + 1;
    f->locked =
        quarter_of(first + (int64_t)(OPEN_SHARE * (double)(last - first)) - 1) +
        1;
    f->count = f->locked - f->first;
    if (f->count < 1 || f->count > FOLDS_MOST)
        return false;
    for (size_t i = 0; i < w->count; i++) {
        struct asked *a = &w->asked[i];
        int q = quarter_of(outcomes_monday(a->week));
        a->fold = q < f->first    ? FOLD_NONE
                  : q < f->locked ? q - f->first
                                  : FOLD_LOCKED;
        if (a->fold >= 0 && a->fold < f->count)
            f->asked[a->fold] = true;
    }
    return true;
}

/* Learns for each fold and answers its questions; returns how many had no
 * other sigma, or -1 if a fit failed. */
static long folds_run(struct folds *f, struct world *w)
{
    long without = 0;

    f->learned = xcalloc((size_t)f->count + 1, sizeof(*f->learned));
    for (int k = 0; k <= f->count; k++) {
        if (k < f->count && !f->asked[k])
            continue;
        fprintf(stderr, "study_pi_fit: fold %d of %d\n", k + 1, f->count + 1);
        if (!learn(&f->learned[k], w, quarter_begin(f->first + k), LIFE_HOURS))
            return -1;
        int fold = k < f->count ? k : FOLD_LOCKED;
        for (size_t i = 0; i < w->count; i++)
            if (w->asked[i].fold == fold)
                without += !try_all(&f->learned[k], w, &w->asked[i]);
    }
    return without;
}

/* Which questions: of a rule, and of the open folds or the locked one. */
struct choice {
    int rule;
    bool locked;
};

static bool chosen(const struct choice *c, const struct asked *a)
{
    return a->rule == c->rule && a->fold != FOLD_NONE &&
           (a->fold == FOLD_LOCKED) == c->locked;
}

static struct pair_gain gain_of(const struct world *w, struct choice c,
                                int base, int k)
{
    int32_t weeks = 0;
    for (size_t i = 0; i < w->count; i++)
        weeks = w->asked[i].week >= weeks ? w->asked[i].week + 1 : weeks;
    struct pair_block *b = xcalloc((size_t)weeks, sizeof(*b));
    for (size_t i = 0; i < w->count; i++) {
        const struct asked *a = &w->asked[i];
        if (chosen(&c, a))
            pair_add(&b[a->week], a->p[base], a->p[k], a->event);
    }
    struct pair_gain g = pair_gain_of(b, (size_t)weeks, DRAW_SEED);
    free(b);
    return g;
}

static size_t forecasts_of(const struct world *w, struct choice c, int k,
                           struct forecast *out)
{
    size_t n = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct asked *a = &w->asked[i];
        if (chosen(&c, a))
            out[n++] = (struct forecast){ a->p[k], a->p[0], a->week, a->event,
                                          a->outside };
    }
    return n;
}

/* The gain in log loss of each fold; returns how many were won. */
static int fold_gains(const struct world *w, const struct folds *f, int rule,
                      int base, int k, double gain[FOLDS_MOST])
{
    struct pair_block b[FOLDS_MOST] = { { 0 } };
    int won = 0;

    for (size_t i = 0; i < w->count; i++) {
        const struct asked *a = &w->asked[i];
        if (a->rule == rule && a->fold >= 0 && a->fold < f->count)
            pair_add(&b[a->fold], a->p[base], a->p[k], a->event);
    }
    for (int q = 0; q < f->count; q++) {
        gain[q] = b[q].count > 0 ? (b[q].loss_old - b[q].loss_new) / b[q].count
                                 : NO_VALUE;
        won += gain[q] > 0;
    }
    return won;
}

static int folds_asked(const struct folds *f)
{
    int n = 0;
    for (int q = 0; q < f->count; q++)
        n += f->asked[q];
    return n;
}

static void say_heading(struct text *t)
{
    study_say(t, "| try | mean pi | bias | REL | log loss | AUC | random walk "
                 "| skill | gain of skill | gain of log loss, 1e-4 | draws "
                 "without | quarters won |");
    study_say(t, "|---|---|---|---|---|---|---|---|---|---|---|---|");
}

/* A try's gains over another one, as cells, and whether it passes for them. */
#define CELLS 192
static bool gains_of(char cells[CELLS], const struct world *w,
                     const struct folds *f, struct choice c, int base, int k)
{
    struct pair_gain g = gain_of(w, c, base, k);
    double gain[FOLDS_MOST];
    int won = fold_gains(w, f, c.rule, base, k, gain), all = folds_asked(f);
    char quarters[32] = "-";

    if (!c.locked)
        snprintf(quarters, sizeof(quarters), "%d of %d", won, all);
    snprintf(cells, CELLS,
             "%+.4f [%+.4f, %+.4f] | %+.1f [%+.1f, %+.1f] | %.4f | %s", g.skill,
             g.skill_95.lo, g.skill_95.hi, 1e4 * g.loss, 1e4 * g.loss_95.lo,
             1e4 * g.loss_95.hi, g.chance, quarters);
    return won >= WON_LEAST * all && g.loss_95.lo > 0;
}

/* One try at one rule. Returns whether it passes there. */
static bool say_try(struct text *t, const struct world *w,
                    const struct folds *f, struct choice c, int k,
                    double walk_auc, struct forecast *scratch)
{
    size_t n = forecasts_of(w, c, k, scratch);
    struct score s = stats_score(scratch, n);
    struct bootstrap b = stats_bootstrap(scratch, n, DRAW_SEED);
    double loss = gain_of(w, c, 0, k).loss_new;
    char cells[CELLS] = "- | - | - | -";
    bool passes = k > 0 && gains_of(cells, w, f, c, 0, k);

    study_say(t,
              "| %s | %.4f | %+.4f [%+.4f, %+.4f] | %.5f | %.4f | %.3f [%.3f, "
              "%.3f] | %.3f | %.3f [%.3f, %.3f] | %s |",
              tries[k].name, s.mean_p, s.mean_p - s.base, b.bias.lo, b.bias.hi,
              s.rel, loss, s.auc, b.auc.lo, b.auc.hi, walk_auc, s.skill,
              b.skill.lo, b.skill.hi, cells);
    return passes;
}

/* The tries that stand on another one, held to it; `passed` of those. */
static void say_on_top(struct text *t, const struct world *w,
                       const struct folds *f, struct choice c,
                       bool passed[TRIES])
{
    study_say(t, "\nOn top of \"%s\":\n", tries[TRY_BASE].name);
    study_say(t, "| try | known | gain of skill | gain of log loss, 1e-4 | "
                 "draws without | quarters won |");
    study_say(t, "|---|---|---|---|---|---|");
    for (int k = TRIES_PLAIN; k < TRIES; k++) {
        double n = 0, known = 0;
        char cells[CELLS];
        bool ok = gains_of(cells, w, f, c, tries[k].base, k);
        for (size_t i = 0; i < w->count; i++)
            if (chosen(&c, &w->asked[i])) {
                n += 1.0;
                known += (w->asked[i].known & tries[k].more) == tries[k].more;
            }
        study_say(t, "| %s | %.4f | %s |", tries[k].name, known / n, cells);
        if (!c.locked)
            passed[k] = passed[k] && ok;
    }
}

/* The AUC of each try on random walks, as learned before the lock. */
static void walk_aucs(struct folds *f, double auc[RULES][TRIES])
{
    struct world w = { 0 };
    struct bars bars = { 0 };

    for (uint64_t i = 0; i < WALKS; i++) {
        study_bars_walk(&bars, WALK_SEED + i, WALK_HOURS);
        world_add(&w, &bars, rules, RULES);
    }
    study_bars_release(&bars);
    struct forecast *scratch = xcalloc(w.count, sizeof(*scratch));
    for (size_t i = 0; i < w.count; i++)
        try_all(&f->learned[f->count], &w, &w.asked[i]);
    for (int r = 0; r < (int)RULES; r++)
        for (int k = 0; k < TRIES; k++) {
            size_t n =
                forecasts_of(&w, (struct choice){ r, false }, k, scratch);
            auc[r][k] = stats_score(scratch, n).auc;
        }
    free(scratch);
    world_release(&w);
}

/* Tries [from, end), each over its base. */
static void say_quarters(struct text *t, const struct world *w,
                         const struct folds *f, int rule, int from, int end)
{
    double gain[TRIES][FOLDS_MOST];

    text_printf(t, "\nGain of log loss over \"%s\" by quarter, 1e-4:\n\n",
                tries[tries[from].base].name);
    text_puts(t, "| quarter |");
    for (int k = from; k < end; k++) {
        text_printf(t, " %s |", tries[k].name);
        fold_gains(w, f, rule, tries[k].base, k, gain[k]);
    }
    text_puts(t, "\n|---|");
    for (int k = from; k < end; k++)
        text_puts(t, "---|");
    text_puts(t, "\n");
    for (int q = 0; q < f->count; q++) {
        if (!f->asked[q])
            continue;
        text_printf(t, "| %d Q%d |", 1970 + (f->first + q) / 4,
                    (f->first + q) % 4 + 1);
        for (int k = from; k < end; k++)
            text_printf(t, " %+.1f |", 1e4 * gain[k][q]);
        text_puts(t, "\n");
    }
}

/* Said and happened, of the product's pi and of a try. */
static void say_bins(struct text *t, const struct world *w, struct choice c,
                     struct forecast *scratch)
{
    static const int shown[] = { 0, TRY_SHOWN };

    text_puts(t, "\n");
    tables_bins_heading(t, "try");
    for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
        size_t n = forecasts_of(w, c, shown[i], scratch);
        tables_bins(t, tries[shown[i]].name, scratch, n);
    }
}

/* What whoever knows the frequency alone would lose. */
static void say_questions(struct text *t, const struct world *w,
                          struct choice c, struct forecast *scratch)
{
    size_t n = forecasts_of(w, c, 0, scratch);
    double base = stats_score(scratch, n).base;
    double loss =
        base * log_loss(base, true) + (1.0 - base) * log_loss(base, false);

    study_say(t,
              "%zu questions of %zu calendar weeks. It happened in %.4f: who "
              "says just that has a log loss of %.4f.\n",
              n, gain_of(w, c, 0, 0).blocks, base, loss);
}

static void say_rule(struct text *t, const struct world *w,
                     const struct folds *f, int rule, const double *walk_auc,
                     bool passed[2][TRIES])
{
    struct forecast *scratch = xcalloc(w->count, sizeof(*scratch));

    for (int locked = 0; locked < 2; locked++) {
        struct choice c = { rule, locked };
        study_say(t, "\n## Half-width %.0f ATR, %d h, %s\n", rules[rule].width,
                  LIFE_HOURS,
                  locked ? "the locked fifth" : "quarter by quarter");
        say_questions(t, w, c, scratch);
        say_heading(t);
        for (int k = 0; k < TRIES; k++) {
            bool ok = say_try(t, w, f, c, k, walk_auc[k], scratch);
            if (!locked)
                passed[0][k] = passed[0][k] && ok;
        }
        say_on_top(t, w, f, c, passed[1]);
        if (!locked) {
            say_quarters(t, w, f, rule, 1, TRIES_PLAIN);
            say_quarters(t, w, f, rule, TRIES_PLAIN, TRIES);
        }
        say_bins(t, w, c, scratch);
    }
    free(scratch);
}

static void say_promoted(struct text *t, bool passed[2][TRIES])
{
    study_say(t, "\n## The rule of promotion\n");
    study_say(t, "| try | better at both widths | than its base |");
    study_say(t, "|---|---|---|");
    for (int k = 1; k < TRIES; k++)
        study_say(t, "| %s | %s | %s |", tries[k].name,
                  passed[0][k] ? "yes" : "no",
                  tries[k].base == 0 ? "-"
                  : passed[1][k]     ? "yes"
                                     : "no");
}

static int load(struct world *w, const struct study_args *args)
{
    struct bars bars = { 0 };
    struct error err;
    size_t jumps;
    int rc = 0;

    for (int i = 0; i < args->count && !rc; i++) {
        rc = study_bars_load(&bars, args->files[i], &jumps, &err);
        if (rc)
            fprintf(stderr, "study_pi_fit: %s\n", err.msg);
        else
            world_add(w, &bars, rules, RULES);
    }
    study_bars_release(&bars);
    return rc;
}

static int study(struct text *t, const struct study_args *args)
{
    struct world w = { 0 };
    struct folds f = { 0 };
    double auc[RULES][TRIES];
    bool passed[2][TRIES]; /* than the product, than the base */
    int rc = load(&w, args);

    if (!rc && w.count > 0 && !folds_place(&f, &w)) {
        fprintf(stderr,
                "study_pi_fit: files too short, or too long: %d quarters to "
                "ask, of 1 to %d\n",
                f.count, FOLDS_MOST);
        rc = -1;
    } else if (!rc && w.count > 0) {
        long without = folds_run(&f, &w);
        rc = without < 0 ? -1 : 0;
        if (!rc) {
            walk_aucs(&f, auc);
            for (int k = 0; k < TRIES; k++)
                passed[0][k] = passed[1][k] = true;
            study_say(t,
                      "%d quarters from %d Q%d on are asked, the locked fifth "
                      "begins with %d Q%d. %ld questions had no HAR.",
                      folds_asked(&f), 1970 + f.first / 4, f.first % 4 + 1,
                      1970 + f.locked / 4, f.locked % 4 + 1, without);
            for (int r = 0; r < (int)RULES; r++)
                say_rule(t, &w, &f, r, auc[r], passed);
            say_promoted(t, passed);
            learned_say(t, &f.learned[0], &f.learned[f.count],
                        "the locked fifth");
            int shipped = SHIPPED_QUARTER - f.first;
            if (shipped > 0 && shipped < f.count)
                learned_say(t, &f.learned[0], &f.learned[shipped],
                            "2022, which ships as pi-24h-2");
        }
    }
    free(f.learned);
    world_release(&w);
    return rc;
}

int main(int argc, char **argv)
{
    struct text t = STUDY_TEXT;
    struct study_args args;
    struct error err;

    if (study_args_read(&args, argc, argv, &err)) {
        fprintf(stderr, "study_pi_fit: %s\n", err.msg);
        return 64;
    }
    int rc = study(&t, &args);
    int status = rc ? 65 : study_end("study_pi_fit", &args, &t, true);
    text_release(&t);
    return status;
}
