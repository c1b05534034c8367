/* tests/unit/cli/explained.h - a slot written down by hand, to be explained.
 * No line of the engine has a say in it.
 */
#ifndef CLI_EXPLAINED_H
#define CLI_EXPLAINED_H

#include "cli/explain.h"

/* 2021-05-19T00:00:00Z */
#define EXPLAINED_DAY INT64_C(1621382400000)
#define EXPLAINED_AT(hour, minute)                                             \
    (EXPLAINED_DAY + (hour)*INT64_C(3600000) + (minute)*INT64_C(60000))

struct explained {
    struct grid grid;
    struct exit_document exit;
    struct metrics_document metrics;
    struct state_document state;
    struct exit_config limits;
    struct explain x;
    struct text text;
};

/* btc-a, 39913 .. 53638, stop 38476, at 40839.9; slot 02:00, explained at
 * 02:14. Every row is active and says no without a number; every document is
 * there. Release with explained_end(). */
void explained_begin(struct explained *e, enum exit_state state);
void explained_end(struct explained *e);

/* The row says no with that value, its distance being limit - value. */
struct trigger_result *explained_no(struct explained *e, enum trigger_id id,
                                    double value, double limit);
/* It says yes, since 01:15. */
struct trigger_result *explained_yes(struct explained *e, enum trigger_id id,
                                     double value, double limit);

void explained_metric(struct explained *e, enum metric_id id, double value,
                      double walk);
void explained_gate(struct explained *e, enum gate_id id, enum answer pass,
                    double value, double limit);

/* Metrics of a market that trends. */
void explained_metrics(struct explained *e);
/* LATEST by pi and two warnings, three literal rules true, four gates shut. */
void explained_latest(struct explained *e);

/* The screen; it stands until the next call. */
const char *explained_text(struct explained *e);
/* The line of it that holds `part`, or "". */
const char *explained_line(struct explained *e, const char *part);

#endif
