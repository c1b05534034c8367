/* sim/faults.h - misbehaviour on order.
 *
 * A fault is armed for a path, or for all paths that begin with what stands
 * before a final '*'. Arming a path again replaces its fault. The first fault
 * that matches a request wins. The control paths (/sim/...) have none.
 */
#ifndef SIM_FAULTS_H
#define SIM_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/alter.h"

#define SIM_FAULTS_MAX     16
#define SIM_FAULT_PATH     128
#define SIM_FAULT_WAIT_MAX ((int64_t)600 * 1000)

struct sim_fault {
    char path[SIM_FAULT_PATH];
    int64_t status;  /* HTTP status to answer; 0: do not */
    int64_t count;   /* requests it is good for; 0: until cleared */
    int64_t hang_ms; /* wait before the reply, whichever that is */
    bool close;      /* hang up without a reply, and do nothing */
    bool reset;      /* the same, and harder: what was sent is thrown away */
    bool lost;       /* do what is asked, then hang up without a reply */
    bool spent;      /* KuCoin: nothing is left of the quota */
    int64_t cut;     /* bytes of the reply to send before hanging up; 0: all */
    int64_t pace_ms; /* wait before each piece of the reply's body; 0: do not */
    enum sim_alter alter; /* the usual reply, changed */
    char *body;   /* to answer; NULL: the usual one of the status; owned */
    int64_t hits; /* requests it has met */
};

struct sim_faults {
    size_t count;
    struct sim_fault items[SIM_FAULTS_MAX];
};

void sim_faults_clear(struct sim_faults *f);

/* {"path": "/1/messages.json", "status": 500, "count": 2, "close": true,
 *  "reset": true, "lost": true, "spent": true, "hang_ms": 3000, "cut": 100,
 *  "pace_ms": 200, "alter": "null-data", "body": "..."}: only the path must be
 * there. Unknown members and wrong types are errors. A zero byte must stand
 * behind the n bytes. */
int sim_faults_arm(struct sim_faults *f, const char *json, size_t n,
                   struct error *err);

/* The fault this request meets, counted; NULL for none. Borrowed until the
 * next call that changes `f`. */
const struct sim_fault *sim_faults_take(struct sim_faults *f, const char *path);

/* Does it replace the answer, or only delay, change or lose it? */
bool sim_fault_replaces(const struct sim_fault *f);

#endif
