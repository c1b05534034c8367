/* sim/attachment.h - the picture of a message, as the receiver takes it.
 *
 * It comes as base64 and its type in the fields of the message; a multipart
 * body is not read. Pictures of messages that were accepted are written to a
 * directory, picture-1.png and on, so that a test can look at them; in what is
 * kept of a request their letters are replaced by how many bytes they are.
 */
#ifndef SIM_ATTACHMENT_H
#define SIM_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/fields.h"

#define SIM_ATTACHMENT_MAX 5242880 /* bytes */

struct sim_attachments {
    const char *dir;  /* borrowed; NULL: no file is written */
    int64_t most;     /* bytes that are taken; 0: SIM_ATTACHMENT_MAX */
    uint64_t written; /* files so far */
};

/* NULL when the message has a good attachment or none. Otherwise what is wrong
 * with it, and the status to answer: 400, of one that is too large 413. */
const char *sim_attachment_flaw(const struct sim_attachments *a,
                                const struct sim_fields *f, int *status);

/* Replaces the letters, and writes the file when it was accepted: its name is
 * the field `attachment`. -1 when it cannot be written. */
int sim_attachment_keep(struct sim_attachments *a, struct sim_fields *f,
                        bool accepted, struct error *err);

#endif
