/* cli/story_event.h - one event of the story that audit/ holds, and its words.
 *
 * A message and what the channels answered are one event. What an operator
 * wrote into a grid's file by hand, and another configuration than before, are
 * events, too, though no file of audit/ is theirs.
 */
#ifndef CLI_STORY_EVENT_H
#define CLI_STORY_EVENT_H

#include "record/record.h"

enum story_kind {
    STORY_TRANSITION,
    STORY_MESSAGE,
    STORY_DELIVERY, /* an answer whose message is not beside it */
    STORY_OPERATOR,
    STORY_FAULT,
    STORY_REVISION,
    STORY_LOOK,
    STORY_CONFIG,
    STORY_KIND_COUNT
};
const char *story_kind_name(enum story_kind kind);

#define STORY_DELIVERIES 4   /* of one message; one a channel */
#define STORY_CHANGES    300 /* room for the options that changed */

struct story_event {
    enum story_kind kind;
    int64_t at_ms;
    char subject[GRID_ID_MAX]; /* a grid, a symbol or "run" */
    union {
        struct transition_document transition;
        struct intent_document intent;
        struct operator_document operator_act;
        struct fault_document fault;
        struct revision_document revision;
        struct look_document look;
    } of;
    /* Of a transition: pi at its slot, or NO_VALUE when the tip does not hold
     * the slot's document. */
    double pi;
    /* Of a message, and of STORY_DELIVERY the one. */
    size_t delivery_count;
    struct delivery_document deliveries[STORY_DELIVERIES];
    /* Of STORY_OPERATOR: as the file says it, and no command did it. */
    bool by_hand;
    enum grid_event hand_event;
    /* Of STORY_CONFIG. */
    char was[9], is[9], changes[STORY_CHANGES];
};

/* Milliseconds from a message's slot to an answer. The slot stands in the
 * intent's id; MOMENT_NONE when it does not. */
int64_t story_took_ms(const struct delivery *d);
/* The same of an answer of the event: from the look, where one decided it. */
int64_t story_answer_ms(const struct story_event *e, const struct delivery *d);
/* Did a look decide the message? */
bool story_is_of_look(const struct story_event *e);

/* Appends the event as one line for people, and its end. */
void story_line(const struct story_event *e, struct text *out);

/* Appends the event as one line of JSON. Every event has at, kind, subject and
 * text (the line without its time and subject); the rest is of the kind. */
void story_json(const struct story_event *e, struct text *out);

/* The line without time and subject; for story_json(). */
void story_words(const struct story_event *e, struct text *out);

#endif
