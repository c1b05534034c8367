/* tools/exits_heard.h - what two phones get of one grid, slot by slot, by the
 * product's own decisions (alert/alert.h).
 *
 * One is answered: a siren is acknowledged a minute after it was sent. Of the
 * other nobody takes notice. The grid goes on for both, and so do the verdicts,
 * after its stop was touched as well (backtest/trial.h, `asks_on`): what would
 * be told then is what a log is for. No price is younger than the newest bar:
 * there is no ticker.
 */
#ifndef TOOLS_EXITS_HEARD_H
#define TOOLS_EXITS_HEARD_H

#include "backtest/trial.h"

#define HEARD_SLOTS 512

enum heard_phone { PHONE_ALONE, PHONE_ANSWERED, PHONE_COUNT };

struct heard_slot {
    int64_t slot_ms;
    enum exit_state state;
    enum price_cause cause;
    bool yes[TRIGGER_COUNT]; /* active rows */
    enum alert_reason reason[PHONE_COUNT];
};

struct heard {
    size_t count;
    struct heard_slot at[HEARD_SLOTS]; /* slots beyond are not kept */
    struct alert_memory memory[PHONE_COUNT];
    int64_t answered_ms; /* the newest siren, or MOMENT_NONE */
};

void heard_init(struct heard *h);

/* The slot's verdict; slots come in order. */
void heard_take(struct heard *h, const struct trial_rule *rule,
                const struct grid *grid, const struct evaluation *e);

/* Did the phone get a message of this level or a graver one? */
bool heard_message(const struct heard_slot *s, enum heard_phone phone,
                   enum exit_state least);

/* The first such message from `from_ms` on, or NULL. */
const struct heard_slot *heard_first(const struct heard *h,
                                     enum heard_phone phone,
                                     enum exit_state least, int64_t from_ms);

/* How many there are in [from_ms, until_ms). */
size_t heard_count(const struct heard *h, enum heard_phone phone,
                   enum exit_state least, int64_t from_ms, int64_t until_ms);

/* The slot at that time, or NULL. */
const struct heard_slot *heard_at(const struct heard *h, int64_t slot_ms);

/* Are both logs alike in states and messages, whatever the rows say? */
bool heard_same(const struct heard *a, const struct heard *b);

#endif
