/* study_exits - the exit rules held against baselines, chance, hindsight and
 * made-up disasters: docs/studies/exits.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/xmalloc.h"
#include "tools/exits_deal.h"
#include "tools/exits_plot.h"
#include "tools/exits_skill.h"
#include "tools/exits_stress.h"
#include "tools/exits_tables.h"
#include "tools/study_doc.h"

#define THREADS      2
#define SEED         20220101
#define STRESS_SEEDS 200
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
    struct exits_skill *skill = xcalloc(1, sizeof(*skill));

    exits_rules_init(own);
    own->config = rules->config;
    own->literal = false;
    for (size_t i = 0; i < x->count; i++) {
        exits_neutralise(&x->markets[i]);
        exits_fold(&x->markets[i]);
    }
    exits_follow_all(x->markets, x->count, own, THREADS, "without drift");
    for (uint64_t i = 0; i < SKILL_DEALINGS; i++) {
        struct exits dealt = { 0 };
        exits_deal(x, own, true, SEED + 100 * i, &dealt);
        exits_skill_add(skill, x, &dealt);
        exits_release(&dealt);
    }
    study_say(t, "\n## Is the moment worth anything?\n");
    for (size_t w = 0; w < EXITS_WIDTHS; w++) {
        study_say(t,
                  "\nHalf-width %.0f ATR(4h), per mille of capital, %d "
                  "dealings:\n",
                  exits_widths[w], SKILL_DEALINGS);
        exits_skill_say(t, x, skill, w);
    }
    free(skill);
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

/* --- Parts of the page ---------------------------------------------------- */

/* What all parts are made of. */
struct scene {
    const struct study_args *args;
    struct exits_rules *rules;
    struct exits *x; /* no market: the files were not given */
};

static int say_policy_part(struct text *t, const struct scene *s,
                           struct error *err)
{
    struct exits dealt = { 0 };

    exits_follow_all(s->x->markets, s->x->count, s->rules, THREADS, "recorded");
    exits_deal(s->x, s->rules, false, SEED, &dealt);
    exits_take_random(s->x, &dealt);
    exits_release(&dealt);
    say_rules(t, s->x);
    say_recorded(t, s->x);
    say_policies(t);
    say_walk(t, s->x, s->rules);
    return draw(s->x, s->args->doc, err);
}

static int say_disaster_part(struct text *t, const struct scene *s,
                             struct error *err)
{
    (void)err;
    study_say(t, "\n## Disasters\n\n%d seeds each, half-width 4 ATR(4h).\n",
              STRESS_SEEDS);
    stress_say(t, s->rules, STRESS_SEEDS);
    return 0;
}

static int say_placebo_part(struct text *t, const struct scene *s,
                            struct error *err)
{
    (void)err;
    say_skill(t, s->x, s->rules);
    return 0;
}

static int say_trial_part(struct text *t, const struct scene *s,
                          struct error *err)
{
    (void)s;
    (void)err;
    say_trials(t);
    return 0;
}

/* In the order of the page; `placebo` leaves other prices behind. */
static const struct part {
    const char *name;
    bool wants_files;
    int (*say)(struct text *t, const struct scene *s, struct error *err);
} parts[] = {
    { "policies", true, say_policy_part },
    { "disasters", false, say_disaster_part },
    { "placebo", true, say_placebo_part },
    { "trials", false, say_trial_part },
};

/* Every part names the decisions that made it, so that one which is older than
 * its neighbours can be seen. */
static int make_part(const struct part *part, const struct scene *s,
                     struct error *err)
{
    struct text t = STUDY_TEXT;
    char hash[CONFIG_HASH];
    int rc = part->say(&t, s, err);

    config_hash(&s->rules->config, hash);
    if (part->say != say_trial_part)
        study_say(&t, "\nMade with configuration `%.12s`.", hash);
    if (!rc && (fputs(text_str(&t), stdout) < 0 || fflush(stdout)))
        rc = error_set(err, FAULT_IO, "standard output: cannot write");
    if (!rc && s->args->doc)
        rc = study_doc_write_part(&t, s->args->doc, part->name, err);
    text_release(&t);
    return rc;
}

static int make_parts(const char *only, const struct scene *s, size_t *skipped,
                      struct error *err)
{
    int rc = 0;

    for (size_t i = 0; i < ARRAY_LEN(parts) && !rc; i++) {
        if (only && strcmp(only, parts[i].name) != 0)
            continue;
        if (parts[i].wants_files && s->x->count == 0) {
            fprintf(stderr, "study_exits: SKIPPED %s: no files given\n",
                    parts[i].name);
            ++*skipped;
            continue;
        }
        rc = make_part(&parts[i], s, err);
    }
    return rc;
}

/* "--only PART" goes before all else; NULL: the whole. */
static int read_only(int *argc, char ***argv, const char **only,
                     struct error *err)
{
    *only = NULL;
    if (*argc < 2 || strcmp((*argv)[1], "--only") != 0)
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(parts) && *argc > 2; i++)
        if (strcmp((*argv)[2], parts[i].name) == 0)
            *only = parts[i].name;
    if (!*only)
        return error_set(err, FAULT_USAGE,
                         "'--only' needs policies, disasters, placebo or "
                         "trials");
    *argc -= 2;
    *argv += 2;
    return 0;
}

int main(int argc, char **argv)
{
    static struct exits_rules rules;
    struct exits x = { 0 };
    struct study_args args;
    struct error err;
    const char *only;
    size_t skipped = 0;

    if (read_only(&argc, &argv, &only, &err) ||
        study_args_read(&args, argc, argv, &err)) {
        fprintf(stderr, "study_exits: %s\n", err.msg);
        return 64;
    }
    exits_rules_init(&rules);
    rules.frontier = true;
    const struct scene scene = { &args, &rules, &x };
    int rc = load(&x, &args, &err);
    if (!rc)
        rc = make_parts(only, &scene, &skipped, &err);
    if (rc)
        fprintf(stderr, "study_exits: %s\n", err.msg);
    exits_release(&x);
    return rc ? 65 : skipped ? 77 : 0;
}
