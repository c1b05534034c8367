/* run/verdict_json.h - why a state is what it is, as members of a JSON object:
 * the same keys in `run`, `status` and `explain`. */
#ifndef RUN_VERDICT_JSON_H
#define RUN_VERDICT_JSON_H

#include "engine/evaluate.h"

struct cJSON;

/* {id, answer, value, status, limit, distance, gate, evidence} */
struct cJSON *trigger_json(const struct trigger_result *r, enum trigger_id id);

/* "triggers": every row; "together": {answer, yes, unknown, held}; "literal":
 * ids of the origin's rules that are true. */
void member_verdict(struct cJSON *o, const struct verdict *v);

/* "gates": {id, group, pass, value, status, limit} of every check; "gates_open"
 * of the eight. */
void member_gates(struct cJSON *o, const struct gates *g);

/* "waiting": {hours, typical, adverse}, shares of the value held. */
void member_waiting(struct cJSON *o, const struct waiting w[WAITING_COUNT]);

/* How many of the eight gates pass or do not apply. */
int gates_open_count(const struct gates *g);

#endif
