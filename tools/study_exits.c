/* study_exits - the exit rules held against baselines, chance, hindsight and
 * made-up disasters: docs/studies/exits.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"
#include "tools/exits_deal.h"
#include "tools/exits_plot.h"
#include "tools/exits_stress.h"
#include "tools/exits_tables.h"
#include "tools/study_doc.h"

#define THREADS      2
#define SEED         20220101
#define STRESS_SEEDS 100
#define WALKS        4
#define WALK_HOURS   12000 /* 500 days */
#define TRIALS       "docs/studies/exit_trials.tsv"

static int load(struct exits *x, const struct study_args *args,
                struct error *err)
{
    size_t jumps;

    x->count = (size_t)args->count;
    x->markets = xcalloc(x->count + 1, sizeof(*x->markets));
    for (size_t i = 0; i < x->count; i++) {
        struct exits_market *m = &x->markets[i];
        study_bars_name(args->files[i], m->name);
        if (study_bars_load(&m->bars[TF_15M], args->files[i], &jumps, err))
            return -1;
        exits_fold(m);
    }
    return 0;
}

/* --- Sections ------------------------------------------------------------- */

static void say_rules(struct text *t, const struct exits *x)
{
    size_t slots = 0, grids = 0;
    for (size_t m = 0; m < x->count; m++) {
        slots += x->markets[m].slots;
        grids += x->markets[m].count;
    }
    study_say(t, "%zu files, %zu slots, %zu grids.", x->count, slots, grids);
}

static void say_recorded(struct text *t, const struct exits *x)
{
    for (size_t w = 0; w < EXITS_WIDTHS; w++) {
        double width = exits_widths[w];
        study_say(t, "\n## Half-width %.0f ATR(4h)\n", width);
        exits_say_headline(t, x, width);
        study_say(t, "\nBy the operator's delay, all grids:\n");
        exits_say_delays(t, x, width);
        for (int period = 0; period + 1 < EXITS_PERIODS; period++) {
            study_say(t, "\n### Against other policies, %.0f ATR, %s\n", width,
                      exits_period_name(period));
            exits_say_policies(t, x, width, period);
        }
        study_say(t, "\n### Who told, and when, %.0f ATR, all grids\n", width);
        exits_say_reasons(t, x, width, EXITS_PERIODS - 1);
        study_say(t,
                  "\n### What can be had by pi alone, %.0f ATR, all grids\n\n"
                  "![frontier](exits-%.0f.svg)\n",
                  width, width);
        exits_say_frontier(t, x, width);
    }
}

static void say_policies(struct text *t)
{
    study_say(t, "\n## The policies\n\n| policy | leaves when |\n|---|---|");
    for (size_t i = 0; i < POLICY_COUNT; i++)
        study_say(t, "| `%s` | %s%s |", policies[i].id, policies[i].help,
                  policies[i].kind == POLICY_RULE && policies[i].at_boundary &&
                          policies[i].says
                      ? "; or at the boundary"
                      : "");
}

static void say_walk(struct text *t, const struct exits *x,
                     const struct exits_rules *rules)
{
    struct exits walk = { xcalloc(WALKS, sizeof(*walk.markets)), WALKS };
    struct exits_rules *own = xcalloc(1, sizeof(*own));

    exits_rules_init(own);
    own->config = rules->config;
    own->policies = false;
    for (size_t i = 0; i < WALKS; i++) {
        study_bars_walk(&walk.markets[i].bars[TF_15M], 101 + i, WALK_HOURS);
        exits_fold(&walk.markets[i]);
    }
    exits_follow_all(walk.markets, WALKS, own, THREADS, "random walks");
    study_say(t,
              "\n## A market that nobody can foresee\n\n%d random walks of "
              "constant volatility, without drift, %d hours each.\n",
              WALKS, WALK_HOURS);
    exits_say_walk(t, x, &walk);
    exits_release(&walk);
    free(own);
}

/* Drops the markets' lives: their prices are others afterwards. */
static void say_skill(struct text *t, struct exits *x,
                      const struct exits_rules *rules)
{
    struct exits_rules *own = xcalloc(1, sizeof(*own));
    struct exits dealt = { 0 };

    exits_rules_init(own);
    own->config = rules->config;
    own->literal = false;
    for (size_t i = 0; i < x->count; i++) {
        exits_neutralise(&x->markets[i]);
        exits_fold(&x->markets[i]);
    }
    exits_follow_all(x->markets, x->count, own, THREADS, "without drift");
    exits_deal(x, own, true, SEED, &dealt);
    study_say(t, "\n## Is the moment worth anything?\n");
    for (size_t w = 0; w < EXITS_WIDTHS; w++) {
        study_say(t, "\nHalf-width %.0f ATR(4h), per mille of capital:\n",
                  exits_widths[w]);
        exits_say_skill(t, x, &dealt, exits_widths[w]);
    }
    exits_release(&dealt);
    free(own);
}

/* The table that every rule tried was written to, as it stands. */
static void say_trials(struct text *t)
{
    struct text tsv = STUDY_TEXT;
    struct error err;
    size_t line = 0;

    if (text_read_file(&tsv, TRIALS, &err)) {
        fprintf(stderr, "study_exits: without 'every rule tried': %s\n",
                err.msg);
        text_release(&tsv);
        return;
    }
    study_say(t, "\n## Every rule tried\n");
    text_puts(t, "| ");
    for (const char *c = text_str(&tsv); *c; c++) {
        if (*c == '\t' || *c == '\n')
            text_puts(t, " |");
        else
            text_printf(t, "%c", *c);
        if (*c == '\t')
            text_puts(t, " ");
        if (*c == '\n' && line++ == 0) {
            text_puts(t, "\n|");
            for (const char *h = text_str(&tsv); h < c; h++)
                text_puts(t, *h == '\t' ? "---|" : "");
            text_puts(t, "---|");
        }
        if (*c == '\n')
            text_puts(t, c[1] ? "\n| " : "\n");
    }
    text_release(&tsv);
}

static int draw(const struct exits *x, const char *doc, struct error *err)
{
    char path[512];

    for (size_t w = 0; doc && w < EXITS_WIDTHS; w++) {
        struct text svg = STUDY_TEXT;
        size_t n = strlen(doc) - strlen(".md");
        snprintf(path, sizeof(path), "%.*s-%.0f.svg", (int)n, doc,
                 exits_widths[w]);
        exits_plot(&svg, x, exits_widths[w]);
        int rc = text_write_file(&svg, path, err);
        text_release(&svg);
        if (rc)
            return -1;
    }
    return 0;
}

static int study(struct text *t, const struct study_args *args,
                 struct error *err)
{
    static struct exits_rules rules;
    struct exits x = { 0 }, dealt = { 0 };
    int rc = load(&x, args, err);

    exits_rules_init(&rules);
    rules.frontier = true;
    if (!rc && x.count > 0) {
        exits_follow_all(x.markets, x.count, &rules, THREADS, "recorded");
        exits_deal(&x, &rules, false, SEED, &dealt);
        exits_take_random(&x, &dealt);
        exits_release(&dealt);
        say_rules(t, &x);
        say_recorded(t, &x);
        say_policies(t);
        say_walk(t, &x, &rules);
        rc = draw(&x, args->doc, err);
    }
    study_say(t, "\n## Disasters\n\n%d seeds each, half-width 4 ATR(4h).\n",
              STRESS_SEEDS);
    stress_say(t, &rules, STRESS_SEEDS);
    if (!rc && x.count > 0)
        say_skill(t, &x, &rules);
    say_trials(t);
    exits_release(&x);
    return rc;
}

int main(int argc, char **argv)
{
    struct text t = STUDY_TEXT;
    struct study_args args;
    struct error err;

    if (study_args_read(&args, argc, argv, &err)) {
        fprintf(stderr, "study_exits: %s\n", err.msg);
        return 64;
    }
    int rc = study(&t, &args, &err);
    if (rc)
        fprintf(stderr, "study_exits: %s\n", err.msg);
    int status = rc ? 65 : study_end("study_exits", &args, &t, true);
    text_release(&t);
    return status;
}
