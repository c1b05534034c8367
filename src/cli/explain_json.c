/* The same answer for programs. What is not there is null beside its reason. */
#include <cjson/cJSON.h>

#include "base/moment.h"
#include "cli/explain_internal.h"
#include "run/members_json.h"
#include "run/verdict_json.h"

static void add_head(cJSON *o, const struct told *t)
{
    const struct explain *x = t->x;
    const struct verdict *v = &t->e.verdict;
    cJSON_AddStringToObject(o, "grid", x->grid->id);
    cJSON_AddStringToObject(o, "symbol", t->e.symbol);
    cJSON_AddStringToObject(
        o, "status", grid_status_name(grid_status_at(x->grid, t->e.slot_ms)));
    member_time(o, "slot", t->e.slot_ms);
    cJSON_AddBoolToObject(o, "backfilled", x->exit->backfilled);
    cJSON_AddStringToObject(o, "profile", profile_name(t->e.profile));
    cJSON_AddStringToObject(o, "state", exit_state_name(v->state));
    cJSON_AddStringToObject(o, "previous", exit_state_name(v->previous));
    cJSON_AddStringToObject(o, "known", exit_state_name(v->known));
    cJSON_AddStringToObject(o, "data", v->data_known ? "known" : "unknown");
    cJSON_AddBoolToObject(o, "held", v->held);
    member_time(o, "since", v->since_ms);
    member_time(o, "episode", v->episode_ms);
    cJSON_AddStringToObject(o, "side", range_side_name(t->e.side));
    cJSON_AddBoolToObject(o, "boundary_pending", t->e.boundary_pending);
    member_value(o, "close", "close_status", t->e.close);
    member_time(o, "close_time", t->e.close_ms);
    member_value(o, "pi", "pi_status", t->e.hazard.pi);
    member_number(o, "pi_dn", t->e.hazard.pi_dn.v);
    member_number(o, "pi_up", t->e.hazard.pi_up.v);
    cJSON_AddStringToObject(o, "pi_model",
                            hazard_model_name(t->e.hazard.model));
}

/* Null where L_HAZ is not asked, or the record is from before it was kept. */
static void add_theta(cJSON *o, const struct told *t)
{
    const struct theta *theta = &t->e.verdict.theta;
    if (!theta->asked) {
        cJSON_AddNullToObject(o, "theta");
        return;
    }
    cJSON *row = cJSON_AddObjectToObject(o, "theta");
    member_number(row, "enter", theta->limits.enter);
    member_number(row, "leave", theta->limits.leave);
    cJSON_AddStringToObject(row, "by", theta_source_name(theta->source));
    member_number(row, "half_atr", theta->half_atr);
    member_number(row, "stop_atr", theta->stop_atr);
    member_number(row, "delay_minutes", (double)theta->delay_minutes);
}

/* What the text says of a trigger, too: what it is called and what it counts.
 */
static cJSON *why_row(const struct told *t, enum trigger_id id)
{
    const struct trigger_result *r = &t->e.verdict.triggers[id];
    const struct trigger_rule *rule = &triggers[id].rule[t->e.profile];
    cJSON *row = trigger_json(r, id);
    cJSON_AddStringToObject(row, "raises",
                            exit_state_name(triggers[id].raises));
    cJSON_AddStringToObject(row, "mode",
                            trigger_mode_name(t->x->exit->mode[id]));
    cJSON_AddStringToObject(row, "timeframe", triggers[id].timeframe);
    member_text(row, "metric", rule->metric ? rule->metric : "");
    member_text(row, "unit", rule->unit ? rule->unit : "");
    member_text(row, "meaning", rule->meaning ? rule->meaning : "");
    cJSON_AddNumberToObject(row, "hits", (double)r->hits);
    cJSON_AddNumberToObject(row, "of", (double)r->of);
    member_time(row, "seen", r->seen_ms);
    member_time(row, "since",
                t->state_now ? t->x->state->exit.triggers[id].since_ms
                             : MOMENT_NONE);
    return row;
}

static void add_why(cJSON *o, const struct told *t)
{
    cJSON *list = cJSON_AddArrayToObject(o, "why");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (t->e.verdict.triggers[i].answer == ANSWER_YES)
            cJSON_AddItemToArray(list, why_row(t, (enum trigger_id)i));
    }
    member_verdict(o, &t->e.verdict);
}

static void add_change(cJSON *o, const struct told *t)
{
    struct way ways[TRIGGER_COUNT];
    size_t n = told_ways(t, ways);
    cJSON *list = cJSON_AddArrayToObject(o, "worse");
    for (size_t i = 0; i < n; i++) {
        struct paragraph text;
        told_put_way(t, ways[i].id, paragraph_begin(&text, t));
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "id", triggers[ways[i].id].id);
        member_number(row, "far", decision_round(ways[i].far));
        cJSON_AddStringToObject(row, "text", text.text);
        cJSON_AddItemToArray(list, row);
    }
    cJSON *release = cJSON_AddObjectToObject(o, "release");
    member_number(release, "closes",
                  t->x->limits ? (double)t->x->limits->release_closes
                               : NO_VALUE);
    member_number(release, "clear_closes",
                  t->state_now ? (double)t->x->state->exit.clear_closes
                               : NO_VALUE);
}

static void add_price(cJSON *list, const struct told *t, const char *name,
                      double price)
{
    struct value atr = told_metric(t, METRIC_ATR_4H);
    double close = value_usable(t->e.close) ? t->e.close.v : NO_VALUE;
    double share = value_usable(atr) && atr.v > 0 ? atr.v / close : NO_VALUE;
    if (isnan(price))
        return;
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "name", name);
    member_number(row, "price", price);
    member_number(row, "ratio", price / close - 1.0);
    member_number(row, "atr_4h", log(price / close) / share);
    cJSON_AddItemToArray(list, row);
}

static void add_prices(cJSON *o, const struct told *t)
{
    const struct grid *g = t->x->grid;
    cJSON *list = cJSON_AddArrayToObject(o, "prices");
    add_price(list, t, "stop_below", g->stop.below);
    add_price(list, t, "lower", g->lower);
    add_price(list, t, "upper", g->upper);
    add_price(list, t, "stop_above", g->stop.above);
}

static void add_normal(cJSON *o, const struct told *t)
{
    cJSON *list = cJSON_AddArrayToObject(o, "normal");
    for (size_t i = 0; i < normal_count; i++) {
        const struct normal *n = &normals[i];
        struct paragraph text;
        told_put_normal(t, n, paragraph_begin(&text, t));
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "name", metrics[n->id].name);
        cJSON_AddStringToObject(row, "tf", timeframe_name(metrics[n->id].tf));
        member_value(row, "value", "status", told_metric(t, n->id));
        member_number(row, "walk",
                      t->x->metrics ? t->x->metrics->percentile[n->id]
                                    : NO_VALUE);
        member_text(row, "words", text.text);
        cJSON_AddItemToArray(list, row);
    }
}

static void add_baseline(cJSON *o, const struct told *t)
{
    if (!t->state_now) {
        cJSON_AddNullToObject(o, "baseline");
        return;
    }
    const struct baseline *b = &t->x->state->exit.baseline;
    cJSON *row = cJSON_AddObjectToObject(o, "baseline");
    member_time(row, "at", b->at_ms);
    member_value(row, "half_life", "half_life_status", b->half_life);
    cJSON_AddBoolToObject(row, "identified", b->identified);
    member_value(row, "sigma_st", "sigma_st_status", b->sigma_st);
    member_value(row, "sigma_entry", "sigma_entry_status", b->sigma_entry);
}

static void add_regime(cJSON *o, const struct told *t)
{
    const struct regime *g = &t->e.regime;
    bool known = t->x->metrics != NULL;
    static const char *const names[CLASS_COUNT] = {
        [CLASS_RANGE_OK] = "range_ok",
        [CLASS_RANGE_WEAK] = "range_weak",
        [CLASS_TRANSITION] = "transition",
        [CLASS_TREND] = "trend",
    };
    cJSON_AddStringToObject(o, "regime", regime_label_name(g->pooled));
    cJSON_AddStringToObject(o, "label_1h", regime_label_name(g->label_1h));
    cJSON_AddStringToObject(o, "label_4h", regime_label_name(g->label_4h));
    member_text(o, "regime_reason", g->reason ? g->reason : "");
    cJSON *p = cJSON_AddObjectToObject(o, "regime_p");
    for (int k = 0; k < CLASS_COUNT; k++)
        member_number(p, names[k], known ? g->p[k].v : NO_VALUE);
    member_number(o, "confidence", known ? g->confidence.v : NO_VALUE);
}

static void add_profiles(cJSON *o, const struct told *t)
{
    cJSON *list = cJSON_AddArrayToObject(o, "profiles_differ");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!told_profiles_differ(t, i))
            continue;
        cJSON *row = cJSON_CreateObject();
        bool asks = triggers[i].rule[PROFILE_SEED].ask != NULL;
        cJSON_AddStringToObject(row, "id", triggers[i].id);
        cJSON_AddStringToObject(row, "calibrated",
                                answer_name(t->e.verdict.triggers[i].answer));
        cJSON_AddStringToObject(row, "seed",
                                !asks                     ? "na"
                                : t->e.verdict.literal[i] ? "yes"
                                                          : "no");
        cJSON_AddItemToArray(list, row);
    }
}

static void add_themes(cJSON *o, const struct told *t)
{
    cJSON *list = cJSON_AddArrayToObject(o, "gate_themes");
    for (int i = 0; i < GATE_THEMES; i++) {
        enum gate_theme theme = (enum gate_theme)i;
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "theme", gate_theme_text(theme));
        cJSON_AddStringToObject(
            row, "pass", answer_name(gate_theme_pass(&t->e.gates, theme)));
        cJSON_AddItemToArray(list, row);
    }
}

static void add_missing(cJSON *o, const struct told *t)
{
    const struct explain *x = t->x;
    cJSON *m = cJSON_AddObjectToObject(o, "missing");
    member_text(m, "metrics", x->metrics ? "" : x->no_metrics);
    member_text(m, "state",
                !x->state      ? x->no_state
                : t->state_now ? ""
                               : "it stands at another slot");
    member_text(m, "limits",
                x->limits ? "" : "those that were in force are not known here");
}

void explain_json(const struct explain *x, struct text *out)
{
    const struct told t = told_of(x);
    cJSON *o = cJSON_CreateObject();
    add_head(o, &t);
    add_why(o, &t);
    add_change(o, &t);
    add_theta(o, &t);
    add_prices(o, &t);
    add_normal(o, &t);
    add_baseline(o, &t);
    add_regime(o, &t);
    add_profiles(o, &t);
    member_gates(o, &t.e.gates);
    add_themes(o, &t);
    member_waiting(o, t.e.waiting);
    add_missing(o, &t);
    json_line(o, out);
}
