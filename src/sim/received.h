/* sim/received.h - what came in on the receivers' side, as text to judge.
 *
 * One JSON object a line, appended and flushed:
 * {"at": ..., "method": ..., "path": ..., "status": ..., "fields": {...}}
 * `at` is the simulated clock, `status` what was answered (0: hung up without a
 * reply), `fields` all values of query and body as texts. A field that is not
 * UTF-8 stands there as "(not UTF-8)".
 */
#ifndef SIM_RECEIVED_H
#define SIM_RECEIVED_H

#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "sim/fields.h"

struct sim_received {
    FILE *file; /* owned; NULL: nothing is kept */
};

int sim_received_open(struct sim_received *r, const char *path,
                      struct error *err);
void sim_received_close(struct sim_received *r);

struct sim_received_line {
    int64_t at_ms;
    const char *method, *path;
    int status;
    const struct sim_fields *fields;
};
int sim_received_add(struct sim_received *r, const struct sim_received_line *l,
                     struct error *err);

#endif
