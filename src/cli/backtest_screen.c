/* gridwatch backtest on the screen: a table a half-width. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/backtest.h"
#include "cli/kpi_screen.h"
#include "config/duration.h"

static void put_result(struct text *out, const char *what,
                       const struct kpi_result *r)
{
    text_printf(out, "%s: ", what);
    if (!value_usable(r->value)) {
        text_puts(out, "not known\n");
        return;
    }
    text_printf(out, "%.3f", r->value.v);
    if (value_usable(r->lo))
        text_printf(out, " [%.3f, %.3f]", r->lo.v, r->hi.v);
    text_printf(out, ", n %zu\n", r->n);
}

static void put_table(struct text *out, const char *title,
                      const struct backtest_kpis *k)
{
    text_printf(out, "\n%s: %zu grids, %zu symbol%s", title, k->lives,
                k->symbols, k->symbols == 1 ? "" : "s");
    if (!isnan(k->stop_atr))
        text_printf(out, ", stop %.3g ATR(4h) beyond", k->stop_atr);
    text_puts(out, "\n");
    kpi_screen(k->result[LIFE_BOTH], out);
    put_result(out, "ttdr on a random walk", &k->walk_ttdr[LIFE_BOTH]);
    put_result(out, "AUC of pi, a day after the start", &k->pi_auc);
    put_result(out, "the same on a random walk", &k->walk_auc);
    if (k->exits)
        text_printf(out,
                    "the other order of each bar: %.2f %% of capital apart at "
                    "the exit, at most %.2f %%\n",
                    100 * k->order_mean, 100 * k->order_most);
}

static bool any_unknown(const struct lives *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (isnan(l->at[i].life.half_width_atr))
            return true;
    return false;
}

bool backtest_is_of(const struct lives *l, const struct config *config)
{
    char own[CONFIG_HASH];
    config_hash(config, own);
    return strcmp(own, l->config) == 0;
}

/* Whom the rules took the operator for, which --delay does not tell them. */
static void put_rules(const struct lives *l, const struct config *config,
                      int64_t delay_ms, struct text *out)
{
    char reckoned[DURATION_TEXT];
    if (!backtest_is_of(l, config)) {
        text_printf(out,
                    "the rules are of configuration %s; the pi_model and "
                    "operator_delay of it are not known here\n",
                    l->config);
        return;
    }
    duration_format(config->exit.operator_delay_ms, reckoned);
    text_printf(out, "the rules ask %s and reckon with an operator who takes ",
                hazard_model_name(config->exit.pi_model));
    text_printf(out, "%s (exit.operator_delay)%s\n", reckoned,
                config->exit.operator_delay_ms == delay_ms
                    ? ""
                    : ": set it for rows of L_HAZ that know of --delay");
}

void backtest_screen(const struct lives *l, const struct config *config,
                     int64_t delay_ms, struct text *out)
{
    double *width;
    size_t widths = backtest_widths(l, &width);
    struct backtest_kpis k;
    char title[64];

    text_printf(out,
                "%s, profile %s, side %s, the operator takes %" PRId64
                " minutes; intervals are 95 %%\n",
                lives_design(l), profile_name(l->profile), lives_side(l),
                delay_ms / MS_PER_MINUTE);
    put_rules(l, config, delay_ms, out);
    for (size_t i = 0; i < widths; i++) {
        backtest_kpis(l, delay_ms, width[i], &k);
        snprintf(title, sizeof(title), "half-width %g ATR(4h)", width[i]);
        put_table(out, title, &k);
    }
    free(width);
    if (widths == 1 && !any_unknown(l))
        return;
    backtest_kpis(l, delay_ms, NO_VALUE, &k);
    put_table(out, "all of them", &k);
}
