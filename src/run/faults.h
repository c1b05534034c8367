/* run/faults.h - what is wrong with the service: collected by the steps of a
 * run, held to what stood before, told once (alert/fault.h).
 *
 * run_see() and run_look() may be called from run_recall on. A fault that the
 * record knows is in latest/service.yaml; the messages about faults are intents
 * like any other and are sent by whichever run finds them open.
 */
#ifndef RUN_FAULTS_H
#define RUN_FAULTS_H

#include "run/run_internal.h"

/* Is there no other writer? Who shares a repository does not end what another
 * may have seen on its own machine. */
bool run_is_alone(const struct run *r);

/* This run looks for faults of the class: those not seen have ended. */
void run_look(struct run *r, enum fault_class class);
/* It sees one. `key` is what makes it another fault; NULL: its words. */
void run_see(struct run *r, enum fault_class class, const char *subject,
             const char *key, const char *what);

/* Reads what stood before, and its messages without a delivery. */
void run_faults_recall(struct run *r);

/* Puts events, messages and the document of what has changed since it was
 * called last. Before every commit of a run. */
void run_faults_settle(struct run *r);

/* What the channel said of a message: a refusal is a fault that stands until
 * the message about it is taken. */
void run_faults_refused(struct run *r, const struct intent *intent,
                        const char *why);
void run_faults_accepted(struct run *r, const struct intent *intent);

/* Is the message about what stands no more, or otherwise? */
bool run_faults_superseded(const struct run *r, const struct intent *intent);

/* The fault of the class and subject that stands, or NULL. */
struct service_fault *run_fault(struct run *r, enum fault_class class,
                                const char *subject);

/* What was told of a grid whose slots could not be recorded, or NULL. */
struct unrecorded *run_unrecorded(struct run *r, const char *grid);
void run_remember_unrecorded(struct run *r, const char *grid,
                             const struct alert_memory *alert);
void run_forget_unrecorded(struct run *r, const char *grid);

#endif
