/* An event of the story as one line of JSON. Keys are stable: what a kind has
 * not to say is not there, what is not known is null. */
#include <cjson/cJSON.h>

#include "base/moment.h"
#include "cli/story_event.h"
#include "run/members_json.h"

static void add_transition(cJSON *o, const struct story_event *e)
{
    const struct transition_document *d = &e->of.transition;
    cJSON_AddStringToObject(o, "symbol", d->symbol);
    member_time(o, "slot", d->slot_ms);
    cJSON_AddStringToObject(o, "from", exit_state_name(d->from));
    cJSON_AddStringToObject(o, "to", exit_state_name(d->to));
    cJSON_AddStringToObject(o, "side", range_side_name(d->side));
    member_number(o, "pi", e->pi);
    cJSON *reasons = cJSON_AddArrayToObject(o, "reasons");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (d->reasons[i])
            cJSON_AddItemToArray(reasons, cJSON_CreateString(triggers[i].id));
    }
    cJSON_AddBoolToObject(o, "backfilled", d->backfilled);
}

static void add_count(cJSON *o, const char *key, int64_t n)
{
    if (n)
        cJSON_AddNumberToObject(o, key, (double)n);
    else
        cJSON_AddNullToObject(o, key);
}

static void add_answer(cJSON *o, const struct story_event *e,
                       const struct delivery *d)
{
    int64_t took_ms = story_answer_ms(e, d);

    cJSON_AddStringToObject(o, "channel", d->channel);
    cJSON_AddStringToObject(o, "outcome", delivery_outcome_name(d->outcome));
    member_time(o, "delivered_at", d->at_ms);
    member_number(o, "took_s",
                  took_ms == MOMENT_NONE ? NO_VALUE : (double)took_ms / 1000);
    cJSON_AddNumberToObject(o, "tries", (double)d->tries);
    add_count(o, "http_status", d->http_status);
    member_text(o, "receipt", d->receipt);
    member_text(o, "why", d->reason);
    member_text(o, "with", d->with);
}

static void add_message(cJSON *o, const struct story_event *e)
{
    const struct intent *i = &e->of.intent.intent;

    member_text(o, "symbol", i->symbol);
    cJSON_AddStringToObject(o, "intent", i->id);
    member_time(o, "slot", i->slot_ms);
    cJSON_AddStringToObject(o, "reason", alert_reason_name(i->reason));
    cJSON_AddStringToObject(o, "state", exit_state_name(i->state));
    cJSON_AddNumberToObject(o, "priority", (double)i->priority);
    cJSON_AddStringToObject(o, "title", i->title);
    cJSON *answers = cJSON_AddArrayToObject(o, "deliveries");
    for (size_t k = 0; k < e->delivery_count; k++) {
        cJSON *one = cJSON_CreateObject();
        add_answer(one, e, &e->deliveries[k].delivery);
        cJSON_AddItemToArray(answers, one);
    }
}

static void add_delivery(cJSON *o, const struct story_event *e)
{
    cJSON_AddStringToObject(o, "intent", e->deliveries[0].delivery.intent);
    add_answer(o, e, &e->deliveries[0].delivery);
}

static void add_operator(cJSON *o, const struct story_event *e)
{
    const struct operator_document *d = &e->of.operator_act;

    cJSON_AddStringToObject(o, "action",
                            e->by_hand ? grid_event_name(e->hand_event)
                                       : operator_action_name(d->action));
    cJSON_AddBoolToObject(o, "by_hand", e->by_hand);
    member_text(o, "by", d->by);
    member_time(o, "until", d->until_ms ? d->until_ms : MOMENT_NONE);
    if (d->action == OPERATOR_ACKNOWLEDGE && !e->by_hand)
        cJSON_AddStringToObject(o, "state", exit_state_name(d->state));
    else
        cJSON_AddNullToObject(o, "state");
    member_time(o, "episode", d->episode_ms ? d->episode_ms : MOMENT_NONE);
    member_text(o, "note", d->note);
}

static void add_fault(cJSON *o, const struct story_event *e)
{
    cJSON_AddStringToObject(o, "class", fault_class_name(e->of.fault.class));
    cJSON_AddStringToObject(o, "change", fault_change_name(e->of.fault.change));
    cJSON_AddStringToObject(o, "what", e->of.fault.what);
}

static void add_candle(cJSON *o, const char *key, bool there,
                       const struct bar *b)
{
    if (!there) {
        cJSON_AddNullToObject(o, key);
        return;
    }
    cJSON *bar = cJSON_AddObjectToObject(o, key);
    member_number(bar, "open", b->open);
    member_number(bar, "high", b->high);
    member_number(bar, "low", b->low);
    member_number(bar, "close", b->close);
    member_number(bar, "volume", b->volume);
}

static void add_revision(cJSON *o, const struct story_event *e)
{
    const struct revision_document *d = &e->of.revision;

    member_time(o, "slot", d->slot_ms);
    cJSON_AddStringToObject(o, "tf", timeframe_name(d->tf));
    member_time(o, "open_time", d->open_ms);
    add_candle(o, "was", d->was_there, &d->was);
    add_candle(o, "is", d->is_there, &d->is);
    member_number(o, "largest", d->largest);
}

static void add_look(cJSON *o, const struct story_event *e)
{
    const struct look_document *d = &e->of.look;

    cJSON_AddStringToObject(o, "symbol", d->symbol);
    member_time(o, "slot", d->slot_ms);
    member_number(o, "ticker", d->inputs.ticker);
    member_time(o, "ticker_time", d->inputs.ticker_ms);
    cJSON_AddStringToObject(o, "beyond", range_side_name(d->beyond));
    cJSON_AddBoolToObject(o, "touched", d->touched);
    cJSON_AddStringToObject(o, "state", exit_state_name(d->state));
    cJSON_AddStringToObject(o, "reason", alert_reason_name(d->decision.reason));
    member_text(o, "intent", d->decision.intent);
}

static void add_config(cJSON *o, const struct story_event *e)
{
    cJSON_AddStringToObject(o, "was", e->was);
    cJSON_AddStringToObject(o, "is", e->is);
    member_text(o, "changes", e->changes);
}

void story_json(const struct story_event *e, struct text *out)
{
    static void (*const add[STORY_KIND_COUNT])(cJSON *,
                                               const struct story_event *) = {
        [STORY_TRANSITION] = add_transition,
        [STORY_MESSAGE] = add_message,
        [STORY_DELIVERY] = add_delivery,
        [STORY_OPERATOR] = add_operator,
        [STORY_FAULT] = add_fault,
        [STORY_REVISION] = add_revision,
        [STORY_LOOK] = add_look,
        [STORY_CONFIG] = add_config,
    };
    struct text words = TEXT_INIT(4096);
    cJSON *o = cJSON_CreateObject();

    story_words(e, &words);
    member_time(o, "at", e->at_ms);
    cJSON_AddStringToObject(o, "kind", story_kind_name(e->kind));
    cJSON_AddStringToObject(o, "subject", e->subject);
    cJSON_AddStringToObject(o, "text", text_str(&words));
    add[e->kind](o, e);
    json_line(o, out);
    text_release(&words);
}
