/* sys/errand.h - work that must not harm who asks for it.
 *
 * It is done by a child process, which has so much time and memory and no
 * more: one that hangs is ended, one that falls over its own feet or asks for
 * too much memory dies alone. What it made comes back through a pipe.
 */
#ifndef SYS_ERRAND_H
#define SYS_ERRAND_H

#include <stddef.h>
#include <stdint.h>

#include "sys/text.h"

struct errand {
    /* Appends what it makes. Whatever else it changes is lost with it. */
    int (*work)(void *payload, struct text *out, struct error *err);
    void *payload;
    int64_t budget_ms;
    size_t data_max; /* bytes of the child, what it inherits included; 0: no
                        limit. Not kept under sanitizers */
};

/* Appends to `out` what the work made. -1 with `out` as it was and the work's
 * own error, or FAULT_TRANSIENT when it was late, died or made more than `out`
 * holds. */
int errand_run(const struct errand *e, struct text *out, struct error *err);

#endif
