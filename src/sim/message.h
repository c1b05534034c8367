/* sim/message.h - one request and its reply, without a socket. */
#ifndef SIM_MESSAGE_H
#define SIM_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/fields.h"
#include "sys/text.h"

#define SIM_REPLY_BYTES_MAX   ((size_t)4 * 1024 * 1024)
#define SIM_REQUEST_BYTES_MAX ((size_t)8 * 1024 * 1024)
#define SIM_REPLY_HEADERS_MAX 4
#define SIM_PART_TEXT         128

/* Everything is borrowed. */
struct sim_request {
    const char *method, *path; /* the path decoded, without the query */
    const char *target;        /* path with query as it was sent, or NULL */
    const char *content_type;  /* or NULL */
    const struct sim_fields *headers; /* names in lower case; NULL: none */
    const struct sim_fields *query;
    const char *body; /* zero byte behind it, not counted */
    size_t body_len;
    int64_t mono_ms; /* monotonic clock, for the rate limit */
};

struct sim_header {
    const char *name; /* static */
    char value[32];
};

/* `= SIM_REPLY_INIT`; the body is owned. */
struct sim_reply {
    int status;
    const char *content_type; /* static */
    struct text body;
    size_t header_count;
    struct sim_header headers[SIM_REPLY_HEADERS_MAX];
    bool close;      /* hang up without a reply */
    bool lost;       /* ... though what was asked is done */
    bool reset;      /* hang up by a reset */
    int64_t hang_ms; /* wait so long before the reply */
    int64_t pace_ms; /* and so long before each piece of its body */
    int64_t cut;     /* hang up after so many bytes of it; 0: after all */
};

#define SIM_REPLY_INIT                                                         \
    {                                                                          \
        .status = 200, .content_type = "application/json",                     \
        .body = TEXT_INIT(SIM_REPLY_BYTES_MAX)                                 \
    }

void sim_reply_release(struct sim_reply *r);
void sim_reply_header(struct sim_reply *r, const char *name, int64_t value);

/* Replaces status and body. */
void sim_reply_text(struct sim_reply *r, int status, const char *body);

/* Does the path match a pattern in which one '*' stands for one part that is
 * not empty and has no '/'? That part goes to `part`. */
bool sim_path_match(const char *pattern, const char *path,
                    char part[SIM_PART_TEXT]);

#endif
