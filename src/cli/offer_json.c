/* The proposal for programs: the keys stand in docs/gates.md. */
#include <cjson/cJSON.h>

#include "cli/offer.h"
#include "run/members_json.h"

static void add_range(cJSON *o, const struct proposal *p)
{
    const struct grid *g = &p->grid;
    cJSON *range = cJSON_AddObjectToObject(o, "range");
    member_number(range, "lower", g->lower);
    member_number(range, "upper", g->upper);
    member_number(range, "half_width", p->half_width);
    member_number(range, "half_width_atr", p->width_atr);
    member_number(range, "slow_atr", p->slow_atr.v);
    cJSON *stop = cJSON_AddObjectToObject(o, "stop");
    member_number(stop, "below", g->stop.below);
    member_number(stop, "above", g->stop.above);
    member_number(o, "levels", (double)g->levels);
    cJSON_AddStringToObject(o, "spacing", "geometric");
    member_number(o, "step", p->step);
    member_number(o, "net_step", p->net_step);
    cJSON_AddBoolToObject(o, "step_kept", p->step_kept);
}

static void add_chances(cJSON *o, const struct proposal *p)
{
    member_value(o, "pi_24", "pi_24_status", p->pi_24);
    member_value(o, "pi_72", "pi_72_status", p->pi_72);
    member_value(o, "life_days", "life_days_status", p->life_days);
    member_value(o, "cycles_day", "cycles_day_status", p->cycles_day);
    member_value(o, "earn", "earn_status", p->earn);
}

static void add_regime(cJSON *o, const struct offer *of)
{
    const struct regime *r = &of->regime;
    cJSON *regime = cJSON_AddObjectToObject(o, "regime");
    cJSON_AddStringToObject(regime, "label", regime_label_name(r->pooled));
    member_text(regime, "reason", r->reason);
    cJSON *p = cJSON_AddObjectToObject(regime, "p");
    for (int k = 0; k < CLASS_COUNT; k++)
        member_number(
            p, regime_label_name(regime_class_label((enum regime_class)k)),
            r->p[k].v);
    member_value(regime, "q", "q_status", r->q);
    cJSON *scores = cJSON_AddObjectToObject(o, "scores");
    member_value(scores, "trend", "trend_status", of->scores_1h.t);
    member_value(scores, "reversion", "reversion_status", of->scores_1h.m);
    member_value(scores, "volatility", "volatility_status", of->scores_1h.v);
}

static cJSON *metric_json(const struct offer *of, enum metric_id id)
{
    cJSON *o = cJSON_CreateObject();
    struct value now = of->day[OFFER_HOURS].values[id];
    double low, high;

    offer_day(of, id, &low, &high);
    cJSON_AddStringToObject(o, "metric", metrics[id].name);
    cJSON_AddStringToObject(o, "timeframe", timeframe_name(metrics[id].tf));
    member_value(o, "value", "status", now);
    member_number(o, "percentile", metric_percentile(id, now));
    member_value(o, "day_ago", "day_ago_status", of->day[0].values[id]);
    member_number(o, "day_low", low);
    member_number(o, "day_high", high);
    cJSON_AddStringToObject(o, "unit", metrics[id].unit);
    return o;
}

static cJSON *check_json(const struct offer *of, enum gate_id id)
{
    cJSON *o = cJSON_CreateObject();
    const struct gate_result *r = &of->p.gates.rows[id];
    cJSON_AddStringToObject(o, "id", gate_table[id].id);
    cJSON_AddStringToObject(o, "pass", answer_name(r->pass));
    member_value(o, "value", "status", r->value);
    cJSON_AddStringToObject(o, "sense", gate_sense(id));
    member_number(o, "limit", r->limit);
    cJSON_AddStringToObject(o, "unit", gate_table[id].unit);
    return o;
}

static void add_themes(cJSON *o, const struct offer *of)
{
    static const char *const keys[GATE_THEMES] = { "energy", "reversion",
                                                   "volatility", "terms" };
    cJSON *themes = cJSON_AddObjectToObject(o, "themes");
    for (int i = 0; i < GATE_THEMES; i++) {
        enum gate_theme theme = (enum gate_theme)i;
        const enum metric_id *ids;
        size_t n = offer_metrics(theme, &ids);
        cJSON *t = cJSON_AddObjectToObject(themes, keys[i]);
        cJSON_AddStringToObject(
            t, "pass", answer_name(gate_theme_pass(&of->p.gates, theme)));
        cJSON *evidence = cJSON_AddArrayToObject(t, "metrics");
        for (size_t k = 0; k < n; k++)
            cJSON_AddItemToArray(evidence, metric_json(of, ids[k]));
        cJSON *checks = cJSON_AddArrayToObject(t, "checks");
        for (int k = 0; k < GATE_COUNT; k++)
            if (gate_table[k].theme == theme)
                cJSON_AddItemToArray(checks, check_json(of, (enum gate_id)k));
    }
}

static void add_gates(cJSON *o, const struct gates *g)
{
    char key[] = "G1";
    cJSON *gates = cJSON_AddObjectToObject(o, "gates");
    for (int group = 1; group <= GATE_GROUPS; group++) {
        key[1] = (char)('0' + group);
        cJSON_AddStringToObject(gates, key,
                                answer_name(gate_group_pass(g, group)));
    }
    cJSON_AddBoolToObject(o, "open", gates_open(g));
}

static void add_remark(void *payload, const char *remark)
{
    cJSON_AddItemToArray(payload, cJSON_CreateString(remark));
}

void offer_json(const struct offer *of, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    struct text command = TEXT_INIT(8192);
    char id[GRID_ID_MAX];

    offer_id(of, id);
    cJSON_AddStringToObject(o, "symbol", of->p.grid.symbol);
    member_time(o, "slot", of->slot_ms);
    member_number(o, "close", of->p.close);
    member_time(o, "close_time", of->close_ms);
    member_number(o, "kappa", of->kappa);
    member_number(o, "tick", of->tick);
    member_number(o, "fee", of->fee);
    add_range(o, &of->p);
    add_chances(o, &of->p);
    add_regime(o, of);
    add_themes(o, of);
    add_gates(o, &of->p.gates);
    offer_remarks(of, add_remark, cJSON_AddArrayToObject(o, "remarks"));
    offer_command(of, &command);
    cJSON_AddStringToObject(o, "id", id);
    cJSON_AddStringToObject(o, "command", text_str(&command));
    text_release(&command);
    json_line(o, out);
}
