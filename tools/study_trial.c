#include "tools/study_trial.h"

#include <math.h>
#include <stdlib.h>

#include "base/value.h"
#include "sim/regimes.h"
#include "sys/xmalloc.h"
#include "tools/study_doc.h"
#include "tools/study_tables.h"

#define BLOCK_HOURS 168
#define P_LEAST     1e-6
#define ENOUGH      500.0 /* forecasts that a bin's error is looked at for */

_Static_assert((int)SIM_RANGE_OK == (int)CLASS_RANGE_OK &&
                   (int)SIM_RANGE_WEAK == (int)CLASS_RANGE_WEAK &&
                   (int)SIM_TRANSITION == (int)CLASS_TRANSITION &&
                   (int)SIM_TREND == (int)CLASS_TREND,
               "the generator and the classifier count classes alike");

static const char *const form_names[FORM_COUNT] = {
    [FORM_1H] = "1h",
    [FORM_1H_RAW] = "1h, VER as it is",
    [FORM_POOL] = "pooled with 4h",
    [FORM_SMOOTHED] = "pooled, smoothed",
};

static const char *class_name(int class)
{
    return regime_label_name(regime_class_label((enum regime_class) class));
}

static void keep(struct trial *t, size_t seed, const struct readings *r,
                 const uint8_t *truth, size_t hours)
{
    t->at = xrealloc(t->at, t->count + r->count, sizeof(*t->at));
    for (size_t i = 0; i < r->count; i++) {
        const struct reading *from = &r->at[i];
        struct trial_row *to = &t->at[t->count++];
        for (int f = 0; f < FORM_COUNT; f++)
            for (int k = 0; k < CLASS_COUNT; k++)
                to->p[f][k] = from->p[f][k];
        to->block = (int32_t)(seed * (hours / BLOCK_HOURS + 1) +
                              from->bar / BLOCK_HOURS);
        to->truth = (enum regime_class)truth[from->bar];
        to->label = from->label;
    }
    t->end[seed] = t->count;
}

void trial_run(struct trial *t, uint64_t first, size_t seeds, size_t hours)
{
    uint8_t *truth = xcalloc(hours, 1);
    struct bars quarters = { 0 }, whole = { 0 };
    struct readings r = { 0 };

    *t = (struct trial){ .seeds = seeds };
    t->end = xcalloc(seeds, sizeof(*t->end));
    for (size_t s = 0; s < seeds; s++) {
        study_bars_regimes(&quarters, truth, first + s, hours);
        study_bars_fold(&whole, &quarters, TF_15M, TF_1H);
        readings_take(&r, &whole);
        keep(t, s, &r, truth, hours);
        for (size_t i = 0; i < hours; i++)
            t->market[truth[i]] += 1.0 / (double)(seeds * hours);
    }
    for (size_t i = 0; i < t->count; i++)
        t->share[t->at[i].truth] += 1.0 / (double)t->count;
    readings_release(&r);
    study_bars_release(&quarters);
    study_bars_release(&whole);
    free(truth);
}

void trial_release(struct trial *t)
{
    free(t->at);
    free(t->end);
    *t = (struct trial){ 0 };
}

static double loss_of(const struct trial_row *row, enum form form)
{
    return -log(fmax(P_LEAST, row->p[form][row->truth]));
}

static double climate_of(const struct trial *t, const struct trial_row *row)
{
    return -log(t->share[row->truth]);
}

/* One class against the rest, as forecasts. */
static void against_rest(const struct trial *t, enum form form, int class,
                         struct forecast *out)
{
    for (size_t i = 0; i < t->count; i++)
        out[i] = (struct forecast){
            .p = t->at[i].p[form][class],
            .raw = t->at[i].p[form][class],
            .block = t->at[i].block,
            .event = (int)t->at[i].truth == class,
        };
}

struct quality trial_quality(const struct trial *t, enum form form)
{
    struct forecast *f = xcalloc(t->count, sizeof(*f));
    struct quality q = { 0 };

    for (size_t i = 0; i < t->count; i++) {
        q.loss += loss_of(&t->at[i], form) / (double)t->count;
        q.climate += climate_of(t, &t->at[i]) / (double)t->count;
    }
    for (int k = 0; k < CLASS_COUNT; k++) {
        against_rest(t, form, k, f);
        struct score s = stats_score(f, t->count);
        q.ece += bins_error(s.bins) / CLASS_COUNT;
        q.auc[k] = s.auc;
    }
    free(f);
    return q;
}

/* By seed, how much less a form loses than the climatology of all of them, or
 * than another form. */
static struct estimate gain(const struct trial *t, enum form form,
                            const enum form *other)
{
    double *by_seed = xcalloc(t->seeds, sizeof(*by_seed));
    for (size_t s = 0, from = 0; s < t->seeds; from = t->end[s++])
        for (size_t i = from; i < t->end[s]; i++) {
            const struct trial_row *row = &t->at[i];
            double base = other ? loss_of(row, *other) : climate_of(t, row);
            by_seed[s] +=
                (base - loss_of(row, form)) / (double)(t->end[s] - from);
        }
    struct estimate e = stats_mean(by_seed, t->seeds);
    free(by_seed);
    return e;
}

static void say_shares(struct text *out, const struct trial *t)
{
    static const double published[CLASS_COUNT] = { .45, .24, .09, .22 };

    study_say(out, "| regime | share of time | published |");
    study_say(out, "|---|---|---|");
    for (int k = 0; k < CLASS_COUNT; k++)
        study_say(out, "| %s | %.3f | %.2f |", class_name(k), t->market[k],
                  published[k]);
}

static void say_forms(struct text *out, const struct trial *t)
{
    static const enum form first = FORM_1H;

    study_say(out,
              "\n| p | log loss | climatology | gain [95 %% by seed] | more "
              "than 1h | ECE | AUC TREND | TRANSITION | RANGE_OK |");
    study_say(out, "|---|---|---|---|---|---|---|---|---|");
    for (int k = 0; k < FORM_COUNT; k++) {
        enum form form = (enum form)k;
        struct quality q = trial_quality(t, form);
        struct estimate g = gain(t, form, NULL), d = gain(t, form, &first);
        study_say(out,
                  "| %s | %.4f | %.4f | %.4f [%.4f, %.4f] | %+.4f +- %.4f | "
                  "%.4f | %.3f | %.3f | %.3f |",
                  form_names[k], q.loss, q.climate, g.mean, g.mean - g.half,
                  g.mean + g.half, d.mean, d.half, q.ece, q.auc[CLASS_TREND],
                  q.auc[CLASS_TRANSITION], q.auc[CLASS_RANGE_OK]);
    }
}

static void say_reliability(struct text *out, const struct trial *t)
{
    struct forecast *f = xcalloc(t->count, sizeof(*f));
    double worst = 0.0;

    text_puts(out, "\n");
    tables_bins_heading(out, "1h");
    for (int k = 0; k < CLASS_COUNT; k++) {
        against_rest(t, FORM_1H, k, f);
        tables_bins(out, class_name(k), f, t->count);
        struct score s = stats_score(f, t->count);
        worst = fmax(worst, bins_worst(s.bins, ENOUGH));
    }
    free(f);
    study_say(out,
              "\nThe largest |p - happened| of a tenth with %.0f or more: "
              "%.3f.",
              ENOUGH, worst);
}

/* What was on the label while it was this or that. */
static void say_labels(struct text *out, const struct trial *t)
{
    double n[CLASS_COUNT][REGIME_LABELS] = { { 0 } };

    for (size_t i = 0; i < t->count; i++)
        n[t->at[i].truth][t->at[i].label] +=
            1.0 / ((double)t->count * t->share[t->at[i].truth]);
    study_say(out,
              "\n| it was | label RANGE_OK | RANGE_WEAK | TRANSITION | TREND "
              "|");
    study_say(out, "|---|---|---|---|---|");
    for (int k = 0; k < CLASS_COUNT; k++)
        study_say(out, "| %s | %.3f | %.3f | %.3f | %.3f |", class_name(k),
                  n[k][REGIME_RANGE_OK], n[k][REGIME_RANGE_WEAK],
                  n[k][REGIME_TRANSITION], n[k][REGIME_TREND]);
}

void trial_say(struct text *out, const struct trial *t)
{
    say_shares(out, t);
    say_forms(out, t);
    say_reliability(out, t);
    say_labels(out, t);
}
