/* An event of the story in words. Times are UTC. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "cli/story_event.h"

const char *story_kind_name(enum story_kind kind)
{
    static const char *const names[STORY_KIND_COUNT] = {
        [STORY_TRANSITION] = "transition",
        [STORY_MESSAGE] = "message",
        [STORY_DELIVERY] = "delivery",
        [STORY_OPERATOR] = "operator",
        [STORY_FAULT] = "fault",
        [STORY_REVISION] = "revision",
        [STORY_LOOK] = "look",
        [STORY_CONFIG] = "config",
    };
    return names[kind];
}

static void put_minute(struct text *out, int64_t ms)
{
    struct civil c = moment_civil(ms);
    text_printf(out, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour,
                c.minute);
}

static void put_note(struct text *out, const char *note)
{
    if (note[0])
        text_printf(out, ": %s", note);
}

/* The rows that raise this state; NORMAL and UNKNOWN have none. */
static void put_transition(const struct story_event *e, struct text *out)
{
    const struct transition_document *d = &e->of.transition;
    text_printf(out, "%s -> %s", exit_state_name(d->from),
                exit_state_name(d->to));
    if (!isnan(e->pi))
        text_printf(out, "  pi %.2f", e->pi);
    const char *between = "  ";
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!d->reasons[i] || triggers[i].raises != d->to)
            continue;
        text_printf(out, "%s%s", between, triggers[i].id);
        between = " ";
    }
    if (d->backfilled)
        text_puts(out, "  (found later)");
}

int64_t story_took_ms(const struct delivery *d)
{
    int year, month, day, hour, minute;
    if (sscanf(d->intent, "%4d%2d%2dT%2d%2d-", &year, &month, &day, &hour,
               &minute) != 5)
        return MOMENT_NONE;
    return d->at_ms - civil_moment((struct civil){ .year = year,
                                                   .month = month,
                                                   .day = day,
                                                   .hour = hour,
                                                   .minute = minute });
}

bool story_is_of_look(const struct story_event *e)
{
    return e->kind == STORY_MESSAGE &&
           intent_is_of_look(&e->of.intent.intent, e->of.intent.at_ms);
}

int64_t story_answer_ms(const struct story_event *e, const struct delivery *d)
{
    return story_is_of_look(e) ? d->at_ms - e->of.intent.at_ms
                               : story_took_ms(d);
}

/* "10 s", "16 min", "26 h" */
static void put_span(struct text *out, int64_t ms)
{
    if (ms < 2 * MS_PER_MINUTE)
        text_printf(out, "%" PRId64 " s", ms / 1000);
    else if (ms < 2 * MS_PER_HOUR)
        text_printf(out, "%" PRId64 " min", ms / MS_PER_MINUTE);
    else
        text_printf(out, "%" PRId64 " h", ms / MS_PER_HOUR);
}

static void put_answer(const struct story_event *e, const struct delivery *d,
                       struct text *out)
{
    int64_t took_ms = story_answer_ms(e, d);

    if (d->outcome == DELIVERY_SUPERSEDED) {
        text_printf(out, "not sent, %s",
                    d->reason[0] ? d->reason : "a newer one took its place");
        return;
    }
    if (d->outcome == DELIVERY_GROUPED)
        text_printf(out, "%s took it with message %s", d->channel, d->with);
    else
        text_printf(out, "%s %s it", d->channel,
                    delivery_outcome_name(d->outcome));
    if (took_ms != MOMENT_NONE) {
        text_puts(out, " ");
        put_span(out, took_ms);
        text_puts(out,
                  story_is_of_look(e) ? " after the look" : " after the slot");
    }
    if (d->tries > 1)
        text_printf(out, ", at try %" PRId64, d->tries);
    put_note(out, d->reason);
}

static void put_message(const struct story_event *e, struct text *out)
{
    const struct intent *i = &e->of.intent.intent;
    text_printf(out, "told %s: %s, priority %" PRId64,
                alert_reason_name(i->reason), i->title, i->priority);
    for (size_t k = 0; k < e->delivery_count; k++) {
        text_puts(out, "; ");
        put_answer(e, &e->deliveries[k].delivery, out);
    }
    if (!e->delivery_count)
        text_puts(out, "; no answer is recorded");
}

static void put_delivery(const struct story_event *e, struct text *out)
{
    const struct delivery *d = &e->deliveries[0].delivery;
    text_printf(out, "message %s: ", d->intent);
    put_answer(e, d, out);
}

static void put_operator(const struct story_event *e, struct text *out)
{
    static const char *const did[OPERATOR_ACTION_COUNT] = {
        [OPERATOR_CREATE] = "created and started",
        [OPERATOR_START] = "started",
        [OPERATOR_STOP] = "stopped",
        [OPERATOR_PAUSE] = "paused",
        [OPERATOR_RESUME] = "resumed",
        [OPERATOR_CHANGE] = "changed",
        [OPERATOR_ACKNOWLEDGE] = "acknowledged",
        [OPERATOR_SNOOZE] = "snoozed",
        [OPERATOR_EXITED] = "looks left",
        [OPERATOR_RETURNED] = "is back",
    };
    const struct operator_document *d = &e->of.operator_act;

    text_puts(out,
              e->by_hand ? grid_event_name(e->hand_event) : did[d->action]);
    if (d->action == OPERATOR_ACKNOWLEDGE && !e->by_hand)
        text_printf(out, " %s", exit_state_name(d->state));
    if (d->until_ms > d->at_ms) {
        text_puts(out, " until ");
        put_minute(out, d->until_ms);
    } else if (d->until_ms) {
        text_puts(out, " no longer");
    }
    if (d->by[0])
        text_printf(out, " by %s", d->by);
    if (e->by_hand)
        text_puts(out, " by hand");
    put_note(out, d->note);
}

static void put_fault(const struct story_event *e, struct text *out)
{
    const struct fault_document *d = &e->of.fault;
    text_printf(out, "%s fault", fault_class_name(d->class));
    if (d->change != FAULT_ONCE)
        text_printf(out, " %s", fault_change_name(d->change));
    put_note(out, d->what);
}

static void put_number(struct text *out, double v)
{
    char digits[NUMBER_TEXT];
    number_format(v, digits);
    text_puts(out, digits);
}

static void put_revision(const struct story_event *e, struct text *out)
{
    const struct revision_document *d = &e->of.revision;

    text_printf(out, "%s bar of ", timeframe_name(d->tf));
    put_minute(out, d->open_ms);
    if (d->was_there && d->is_there) {
        text_puts(out, " revised: close ");
        put_number(out, d->was.close);
        text_puts(out, " -> ");
        put_number(out, d->is.close);
        text_printf(out, ", largest change %.3g %%", 100 * d->largest);
    } else {
        text_puts(out, d->is_there ? " came late: close " : " is gone: close ");
        put_number(out, d->is_there ? d->is.close : d->was.close);
    }
}

static void put_look(const struct story_event *e, struct text *out)
{
    static const char *const where[] = {
        [SIDE_NONE] = "back inside the range",
        [SIDE_DOWN] = "below the range",
        [SIDE_UP] = "above the range",
    };
    const struct look_document *d = &e->of.look;

    text_puts(out, "price ");
    put_number(out, d->inputs.ticker);
    if (d->touched)
        text_printf(out, ": stop touched, %s", exit_state_name(d->state));
    else
        text_printf(out, ": %s", where[d->beyond]);
}

static void put_config(const struct story_event *e, struct text *out)
{
    text_printf(out, "configuration %s -> %s", e->was, e->is);
    put_note(out, e->changes);
}

void story_words(const struct story_event *e, struct text *out)
{
    static void (*const words[STORY_KIND_COUNT])(const struct story_event *,
                                                 struct text *) = {
        [STORY_TRANSITION] = put_transition,
        [STORY_MESSAGE] = put_message,
        [STORY_DELIVERY] = put_delivery,
        [STORY_OPERATOR] = put_operator,
        [STORY_FAULT] = put_fault,
        [STORY_REVISION] = put_revision,
        [STORY_LOOK] = put_look,
        [STORY_CONFIG] = put_config,
    };
    words[e->kind](e, out);
}

void story_line(const struct story_event *e, struct text *out)
{
    put_minute(out, e->at_ms);
    text_printf(out, "Z  %-9s  ", e->subject);
    story_words(e, out);
    text_puts(out, "\n");
}
