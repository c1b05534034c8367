#include "run/status_json.h"

#include <cjson/cJSON.h>

#include "base/moment.h"
#include "run/members_json.h"
#include "run/totals_json.h"
#include "run/verdict_json.h"

static void add_evaluation(cJSON *o, const struct evaluation *e)
{
    cJSON_AddStringToObject(o, "state", exit_state_name(e->verdict.state));
    cJSON_AddStringToObject(o, "known", exit_state_name(e->verdict.known));
    member_time(o, "since", e->verdict.since_ms);
    member_time(o, "slot", e->slot_ms);
    member_value(o, "pi", "pi_status", e->hazard.pi);
    member_number(o, "pi_dn", e->hazard.pi_dn.v);
    member_number(o, "pi_up", e->hazard.pi_up.v);
    cJSON_AddStringToObject(o, "regime", regime_label_name(e->regime.pooled));
    member_value(o, "to_lower", "to_lower_status", e->distances.to_lower);
    member_value(o, "to_upper", "to_upper_status", e->distances.to_upper);
    member_value(o, "to_stop", "to_stop_status", e->distances.to_stop);
    cJSON_AddNumberToObject(o, "gates_open", gates_open_count(&e->gates));
}

/* What the slot says of money; a give-back is recorded without a status. */
static void add_money(cJSON *o, const struct exit_document *d)
{
    const struct position *p = &d->position.is;
    const struct risk *r = &d->risk;
    int night = 0;
    while (risk_hours[night] != TOTALS_HOURS)
        night++;
    cJSON_AddStringToObject(o, "source", position_source_name(p->source));
    cJSON_AddStringToObject(o, "source_reason", d->position.reason);
    member_value(o, "at_risk", "at_risk_status", r->at_risk);
    member_number(o, "at_risk_most", r->at_risk_hi.v);
    cJSON_AddBoolToObject(o, "at_risk_to_stop", r->to_stop);
    member_number(o, "give_back_12h_typical", r->give_back_typical[night].v);
    member_number(o, "give_back_12h_adverse", r->give_back_adverse[night].v);
    member_value(o, "stop_atr", "stop_atr_status", r->stop_atr);
    member_value(o, "net_pnl", "net_pnl_status", p->pnl.e.nominal);
}

static void add_nothing(cJSON *o)
{
    // clang-format off
    static const char *const keys[] = {
        "state", "known", "since", "slot", "pi", "pi_status", "pi_dn", "pi_up",
        "regime", "to_lower", "to_lower_status", "to_upper", "to_upper_status",
        "to_stop", "to_stop_status", "gates_open", "source", "source_reason",
        "at_risk", "at_risk_status", "at_risk_most", "at_risk_to_stop",
        "give_back_12h_typical", "give_back_12h_adverse", "stop_atr",
        "stop_atr_status", "net_pnl", "net_pnl_status",
    };
    // clang-format on
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        cJSON_AddNullToObject(o, keys[i]);
}

static void put_text(cJSON *o, const char *key, const char *text)
{
    cJSON_ReplaceItemInObjectCaseSensitive(o, key, cJSON_CreateString(text));
}

/* In the place of what add_nothing() left empty. */
static void put_stopped(cJSON *o, const struct exit_document *d,
                        enum exit_state left)
{
    char slot[MOMENT_TEXT];
    if (left != STATE_UNKNOWN)
        put_text(o, "known", exit_state_name(left));
    if (!d)
        return;
    moment_format(d->evaluation.slot_ms, slot);
    put_text(o, "slot", slot);
    put_text(o, "regime", regime_label_name(d->evaluation.regime.pooled));
    cJSON_ReplaceItemInObjectCaseSensitive(
        o, "gates_open",
        cJSON_CreateNumber(gates_open_count(&d->evaluation.gates)));
}

void status_json(const struct grid *g, const struct exit_document *d,
                 enum exit_state left, int64_t now_ms, struct text *out)
{
    enum grid_status status = grid_status_at(g, now_ms);
    bool stopped = status == GRID_IS_STOPPED;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "id", g->id);
    cJSON_AddStringToObject(o, "symbol", g->symbol);
    cJSON_AddStringToObject(o, "status", grid_status_name(status));
    cJSON_AddStringToObject(o, "currency", grid_quote(g));
    member_time(o, "stopped_at", grid_stopped_ms(g, now_ms));
    member_text(o, "reason", stopped ? "the grid is stopped" : "");
    if (d && !stopped) {
        add_evaluation(o, &d->evaluation);
        add_money(o, d);
    } else {
        add_nothing(o);
    }
    if (stopped)
        put_stopped(o, d, left);
    json_line(o, out);
}

void status_totals_json(const struct totals *t, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    member_totals(o, t);
    json_line(o, out);
}
