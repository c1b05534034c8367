/* sim/control.h - the paths by which a test moves the world.
 *
 *   GET  /sim/clock         {"now": "2026-02-10T12:00:00Z"}
 *   PUT  /sim/clock         body: an RFC 3339 time
 *   PUT  /sim/fault         body: see sim/faults.h
 *   DELETE /sim/fault       no more faults
 *   PUT  /sim/acknowledge   body: {"receipt": ID, "device": NAME}, both
 *                           optional; without an id the newest that rings
 *   GET  /sim/stats         see sim_stats()
 *   /sim/account, /sim/bot, /sim/ledger: see sim/account.h
 *
 * What cannot be done answers 400 with {"error": "why"}.
 */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

struct sim;
struct sim_call;

void sim_control_clock(struct sim *s, struct sim_call *call);
void sim_control_set_clock(struct sim *s, struct sim_call *call);
void sim_control_arm(struct sim *s, struct sim_call *call);
void sim_control_clear(struct sim *s, struct sim_call *call);
void sim_control_acknowledge(struct sim *s, struct sim_call *call);
void sim_control_not_found(struct sim *s, struct sim_call *call);

#endif
