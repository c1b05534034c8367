#include "tools/exits_skill.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/study_doc.h"

#define NORMAL_95 1.959963984540054

static bool has_dealings(size_t p)
{
    return policies[p].kind != POLICY_PLACEBO &&
           policies[p].kind != POLICY_SEED;
}

static void add(struct skill_sum *s, const struct exits_lives *own,
                const struct exits_lives *dealt)
{
    struct kpi_result d = exits_kpi_difference(KPI_PNL, own, dealt);

    if (!value_usable(d.value) || !value_usable(d.lo) || !value_usable(d.hi))
        return;
    assert(s->count < SKILL_DEALINGS);
    s->value[s->count++] = d.value.v;
    s->lo += d.lo.v;
    s->hi += d.hi.v;
    s->left += exits_share_left(dealt);
}

void exits_skill_add(struct exits_skill *s, const struct exits *x,
                     const struct exits *dealt)
{
    for (size_t w = 0; w < EXITS_WIDTHS; w++)
        for (size_t p = 0; p < POLICY_COUNT; p++) {
            if (!has_dealings(p))
                continue;
            struct exits_part part =
                exits_part_of(exits_widths[w], EXITS_PERIODS - 1);
            struct exits_lives own =
                exits_choice(x, &part, exits_of_policy, &p);
            struct exits_lives chance =
                exits_choice(dealt, &part, exits_of_policy, &p);
            add(&s->of[w][p], &own, &chance);
            free(own.at);
            free(chance.at);
        }
}

struct skill_result exits_skill_of(const struct skill_sum *s)
{
    struct skill_result r = { NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE };
    double n = (double)s->count, sum = 0, squares = 0;

    if (s->count < 2)
        return r;
    for (size_t i = 0; i < s->count; i++)
        sum += s->value[i];
    r.mean = sum / n;
    for (size_t i = 0; i < s->count; i++)
        squares += (s->value[i] - r.mean) * (s->value[i] - r.mean);
    r.apart = sqrt(squares / (n - 1));
    r.lo = r.mean - hypot(r.mean - s->lo / n, NORMAL_95 * r.apart);
    r.hi = r.mean + hypot(s->hi / n - r.mean, NORMAL_95 * r.apart);
    return r;
}

static void say_row(struct text *t, const struct exits_lives *own, size_t p,
                    const struct skill_sum *s)
{
    struct kpi_result pnl = exits_kpi(KPI_PNL, own);
    struct skill_result r = exits_skill_of(s);
    double n = (double)s->count;
    char cell[EXITS_CELL];

    text_printf(t, "| %s | %s |", policies[p].id, exits_cell(&pnl, cell));
    text_printf(t, " %s", exits_number(r.mean, cell));
    text_printf(t, " [%s,", exits_number(s->lo / n, cell));
    text_printf(t, " %s] |", exits_number(s->hi / n, cell));
    text_printf(t, " %s |", exits_number(r.apart, cell));
    text_printf(t, " [%s,", exits_number(r.lo, cell));
    text_printf(t, " %s] |", exits_number(r.hi, cell));
    text_printf(t, " %s |", exits_number(exits_share_left(own), cell));
    text_printf(t, " %s |\n", exits_number(s->left / n, cell));
}

void exits_skill_say(struct text *t, const struct exits *x,
                     const struct exits_skill *s, size_t width)
{
    struct exits_part part =
        exits_part_of(exits_widths[width], EXITS_PERIODS - 1);

    study_say(t, "| policy | its `pnl` | less that of its random times, by "
                 "week | s of the dealings | with both | left | at random, "
                 "left |\n|---|---|---|---|---|---|---|");
    for (size_t p = 0; p < POLICY_COUNT; p++) {
        if (!has_dealings(p))
            continue;
        struct exits_lives own = exits_choice(x, &part, exits_of_policy, &p);
        say_row(t, &own, p, &s->of[width][p]);
        free(own.at);
    }
}
