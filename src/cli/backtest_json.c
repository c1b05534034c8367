/* gridwatch backtest --json: keys are the names of hindsight/kpi.h. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/backtest.h"
#include "cli/command.h"
#include "cli/kpi_json.h"
#include "record/document.h"
#include "run/members_json.h"

/* Why it has no value where it could have had one. */
static void member_auc(cJSON *o, const char *key, const struct kpi_result *auc,
                       const struct backtest_kpis *k)
{
    member_result(o, key, auc);
    if (k->lives > 0 && isnan(k->half_width_atr))
        cJSON_AddStringToObject(cJSON_GetObjectItemCaseSensitive(o, key),
                                "reason", "not of one known half-width");
}

static cJSON *object_of(const struct backtest_kpis *k)
{
    cJSON *o = cJSON_CreateObject();
    member_number(o, "half_width_atr", k->half_width_atr);
    member_number(o, "stop_atr", k->stop_atr);
    cJSON_AddNumberToObject(o, "grids", (double)k->lives);
    cJSON_AddNumberToObject(o, "symbols", (double)k->symbols);
    cJSON *order = cJSON_AddObjectToObject(o, "order_of_bars");
    cJSON_AddNumberToObject(order, "n", (double)k->exits);
    member_number(order, "mean", k->order_mean);
    member_number(order, "most", k->order_most);
    member_kpis(o, NULL, k->result[LIFE_BOTH]);
    member_kpis(o, "down", k->result[LIFE_DOWN]);
    member_result(o, "ttdr_walk", &k->walk_ttdr[LIFE_BOTH]);
    member_result(cJSON_GetObjectItemCaseSensitive(o, "down"), "ttdr_walk",
                  &k->walk_ttdr[LIFE_DOWN]);
    member_auc(o, "pi_auc", &k->pi_auc, k);
    member_auc(o, "pi_auc_walk", &k->walk_auc, k);
    return o;
}

/* When the first grid started and until when candles were read. */
static void member_span(cJSON *o, const struct lives *l)
{
    int64_t from_ms = MOMENT_NONE, until_ms = MOMENT_NONE;

    for (size_t i = 0; i < l->count; i++) {
        const struct life *x = &l->at[i].life;
        if (lives_walks(l, x))
            continue;
        if (from_ms == MOMENT_NONE || x->start_ms < from_ms)
            from_ms = x->start_ms;
        if (until_ms == MOMENT_NONE || x->known_end_ms > until_ms)
            until_ms = x->known_end_ms;
    }
    member_time(o, "from", from_ms);
    member_time(o, "until", until_ms);
}

/* What the figures rest on. Fee, delay and model are the configuration's:
 * unknown where the lives are of another one. */
static void member_basis(cJSON *o, const struct lives *l,
                         const struct config *config)
{
    const struct classifier classifier = classifier_of(&regime_model_shipped);
    bool known = backtest_is_of(l, config);
    cJSON *files = cJSON_AddArrayToObject(o, "files");

    for (size_t i = 0; i < l->symbol_count; i++)
        if (strcmp(l->symbols[i], BACKTEST_WALK) != 0)
            cJSON_AddItemToArray(files, cJSON_CreateString(l->symbols[i]));
    member_span(o, l);
    member_number(o, "fee", known ? config->gate.fee : NO_VALUE);
    member_number(o, "operator_delay_minutes",
                  known ? (double)config->exit.operator_delay_ms /
                              (double)MS_PER_MINUTE
                        : NO_VALUE);
    cJSON_AddStringToObject(o, "config", l->config);
    cJSON *model = cJSON_AddObjectToObject(o, "model");
    if (known)
        cJSON_AddStringToObject(model, "pi",
                                hazard_model_name(config->exit.pi_model));
    else
        cJSON_AddNullToObject(model, "pi");
    cJSON_AddStringToObject(model, "regime", classifier.hash);
    cJSON_AddNumberToObject(o, "seed", BACKTEST_SEED);
    cJSON_AddNumberToObject(o, "draws", BACKTEST_DRAWS);
    cJSON_AddStringToObject(o, "engine", l->engine);
}

void backtest_json(const struct lives *l, const struct config *config,
                   int64_t delay_ms, struct text *out)
{
    double *width;
    size_t widths = backtest_widths(l, &width);
    struct backtest_kpis k;
    cJSON *doc = cJSON_CreateObject();

    cJSON_AddStringToObject(doc, "design", lives_design(l));
    cJSON_AddStringToObject(doc, "profile", profile_name(l->profile));
    cJSON_AddStringToObject(doc, "side", lives_side(l));
    cJSON_AddNumberToObject(doc, "delay_minutes",
                            (double)(delay_ms / MS_PER_MINUTE));
    member_basis(doc, l, config);
    backtest_kpis(l, delay_ms, NO_VALUE, &k);
    cJSON_AddItemToObject(doc, "pooled", object_of(&k));
    cJSON *list = cJSON_AddArrayToObject(doc, "widths");
    for (size_t i = 0; i < widths; i++) {
        backtest_kpis(l, delay_ms, width[i], &k);
        cJSON_AddItemToArray(list, object_of(&k));
    }
    free(width);
    json_line(doc, out);
}
