/* alert/fault.h - faults of the service itself: told once when they begin,
 * once when they change, once when they end. Pure.
 *
 * A run collects the faults that it sees. fault_compare() holds them to those
 * that stood before; what came of it is an audit event each, and for the
 * classes that the phone is told of a message. A class that a run did not look
 * at keeps its faults: who did not look has not seen an end.
 */
#ifndef ALERT_FAULT_H
#define ALERT_FAULT_H

#include "alert/alert.h"

enum fault_class {
    FAULT_CLASS_DATA, /* these two are of one moment and never stand */
    FAULT_CLASS_RUN,
    FAULT_CLASS_GRID_FILE,
    FAULT_CLASS_GRID_NAME,
    FAULT_CLASS_GRID_STATE,
    FAULT_CLASS_MEMORY,
    FAULT_CLASS_OVERRIDES,
    FAULT_CLASS_DOCUMENT,
    FAULT_CLASS_CHANNEL,
    FAULT_CLASS_MESSAGE,
    FAULT_CLASS_EDIT,
    FAULT_CLASS_HISTORY,
    FAULT_CLASS_CALENDAR,
    FAULT_CLASS_SIGNAL,
    FAULT_CLASS_SET_ASIDE,
    FAULT_CLASS_REFUSED,
    FAULT_CLASS_REMOTE,
    FAULT_CLASS_CLOCK,
    FAULT_CLASS_EXCHANGE,
    FAULT_CLASS_KEY,
    FAULT_CLASS_ACCOUNT,
    FAULT_CLASS_POSITION,
    FAULT_CLASS_SECOND,
    FAULT_CLASS_ORDERS,
    FAULT_CLASS_FILLS,
    FAULT_CLASS_COUNT
};

#define FAULT_SILENT (-3) /* no message: to the record only */

struct fault_rule {
    const char *name;       /* in the record */
    const char *meaning;    /* one clause, for the docs */
    int64_t priority;       /* of the message, or FAULT_SILENT */
    int64_t patience_slots; /* told when it stood so long */
    int64_t repeat_slots;   /* told anew after so long; 0: never */
    const char *begun;      /* of the title, behind the subject */
    const char *mended;     /* likewise; NULL: no message about the end */
    const char *remedy;     /* what to do, sentences */
};
extern const struct fault_rule fault_rules[FAULT_CLASS_COUNT];
const char *fault_class_name(enum fault_class class);

/* Does it stand because no message is taken? Then it is told anew in the next
 * slot at first, after twice as long each time, up to repeat_slots: who takes
 * messages again is told soon. */
bool fault_is_of_deafness(enum fault_class class);

/* Is a fault of the class over as soon as the phone was told of it, aloud?
 * Nothing is to be mended: it happened. */
bool fault_is_passing(enum fault_class class);

#define FAULT_WHAT_MAX  256 /* bytes; one line */
#define FAULT_PRINT_MAX 9
#define FAULTS_MAX      32

struct service_fault {
    char subject[GRID_ID_MAX]; /* a grid, a symbol or "run" */
    enum fault_class class;
    char what[FAULT_WHAT_MAX];   /* went wrong */
    int64_t since_ms;            /* slot that saw it first */
    char print[FAULT_PRINT_MAX]; /* another one makes it news again */
    uint32_t keys;               /* that it is made of; not recorded */
    char told[INTENT_ID_MAX];    /* the message about it, or "" */
};

/* `= { 0 }` is empty. */
struct fault_list {
    size_t count;
    struct service_fault list[FAULTS_MAX];
    size_t more[FAULT_CLASS_COUNT]; /* that found no room; not recorded */
};

/* Adds a fault that this run sees. `key` is what its fingerprint is made of;
 * NULL: of `what`. A second one of the same subject and class joins the first,
 * whose words stay. Those that find no room are only counted. */
void fault_see(struct fault_list *seen, enum fault_class class,
               const char *subject, const char *key, const char *what);

enum fault_change {
    FAULT_ONCE, /* an event of one moment */
    FAULT_BEGAN,
    FAULT_CHANGED,
    FAULT_ENDED,
    FAULT_CHANGE_COUNT
};
const char *fault_change_name(enum fault_change change);

struct fault_news {
    enum fault_change change;
    struct service_fault fault; /* as it is; when it ended, as it was */
};
#define FAULT_NEWS_MAX (2 * FAULTS_MAX)

/* Makes `after` of what stood before and of what is seen in this slot, and
 * writes what is new to `news`; their number is returned. `looked` has bit
 * 1 << class of each class that was looked at. */
size_t fault_compare(const struct fault_list *before,
                     const struct fault_list *seen, unsigned looked,
                     int64_t slot_ms, struct fault_list *after,
                     struct fault_news news[FAULT_NEWS_MAX]);

/* The slot of the message about it, or MOMENT_NONE. */
int64_t fault_told_ms(const struct service_fault *f);

/* Is the phone to be told of it in this slot? */
bool fault_is_due(const struct service_fault *f, int64_t slot_ms);

/* Writes the message that it stands, or that it has ended; `zone` is the
 * operator's, NULL: UTC. */
void fault_intent(const struct service_fault *f, int64_t slot_ms,
                  const struct zone *zone, bool ended, struct intent *out);

/* So many of one class are told one by one; more than that in one message. */
#define FAULTS_ONE_BY_ONE 3

/* Writes the message that `count` faults of one class, 1 or more, stand or have
 * ended, and `more` that are not listed: the first few in words, the rest as a
 * number. It is of the subject "run". */
void fault_group_intent(const struct service_fault *const *list, size_t count,
                        size_t more, int64_t slot_ms, bool ended,
                        struct intent *out);

/* Is it about the service, not about the state of a grid? */
bool intent_is_of_service(const struct intent *intent);

#endif
