/* sim/fault_reply.h - what a broken server sends. */
#ifndef SIM_FAULT_REPLY_H
#define SIM_FAULT_REPLY_H

#include "sim/faults.h"
#include "sim/message.h"

enum sim_side {
    SIM_SIDE_KUCOIN,
    SIM_SIDE_PUSHOVER,
    SIM_SIDE_NTFY,
    SIM_SIDE_TELEGRAM,
    SIM_SIDE_OTHER
};

/* Answers in place of the one who was asked: the fault's own body, else the
 * usual one of that side for the status. A body that begins with '<' is sent as
 * HTML. Without a status it is 200. */
void sim_fault_reply(const struct sim_fault *f, enum sim_side side,
                     struct sim_reply *reply);

/* What the fault does to a reply that is there. */
void sim_fault_spoil(const struct sim_fault *f, struct sim_reply *reply);

#endif
