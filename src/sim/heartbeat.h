/* sim/heartbeat.h - a check as healthchecks has them: /ping/UUID.
 *
 *   /ping/UUID          success         /ping/UUID/log   only a note
 *   /ping/UUID/start    a run begins    /ping/UUID/N     exit code, 0 to 255
 *   /ping/UUID/fail     failure
 *
 * HEAD, GET and POST; every UUID is a check that is there. What is kept of a
 * word: "signal" (success, start, fail, log, exit), "code", "body", and what
 * stood in the query. Not played: slugs, more than 5 words a minute.
 */
#ifndef SIM_HEARTBEAT_H
#define SIM_HEARTBEAT_H

#include <stdbool.h>

struct sim;
struct sim_call;

#define SIM_HEARTBEAT_BODY_MAX 10000 /* bytes that are kept */

bool sim_heartbeat_is(const struct sim_call *call);
void sim_heartbeat_answer(struct sim *s, struct sim_call *call);

#endif
