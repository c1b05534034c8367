/* expose/listener.h - a small HTTP server for pages that others come for. The
 * only user of libmicrohttpd but the simulator.
 *
 * It has no thread of its own: whoever opened it waits for its descriptor, for
 * as long as it allows, and lets it get on. GET and HEAD only; no request has a
 * body, and none takes long. A connection lasts ten seconds at most, and of
 * more than thirty-two the oldest is closed: who sends half a request keeps
 * nobody from asking. It knows no TLS and no password: it is meant for this
 * machine, or a network that nobody else is in.
 */
#ifndef EXPOSE_LISTENER_H
#define EXPOSE_LISTENER_H

#include <stdint.h>

#include "base/error.h"
#include "sys/text.h"

struct listener_reply {
    unsigned status;          /* of HTTP */
    const char *content_type; /* static */
    struct text body;         /* empty as it comes in; released by the server */
};

struct listener_options {
    unsigned char address[4]; /* IPv4; 0.0.0.0 is every one of this machine */
    uint16_t port;            /* 0: a free one */
    /* Fills the reply to a request for the path. */
    void (*answer)(void *payload, const char *path,
                   struct listener_reply *reply);
    void *payload;
};

struct listener;

/* NULL when the address cannot be had: FAULT_CONFIG with what to do when it is
 * taken, not this machine's or not for everybody. */
struct listener *listener_open(const struct listener_options *options,
                               struct error *err);
uint16_t listener_port(const struct listener *l);

/* Readable when there is something to do. */
int listener_fd(const struct listener *l);

/* How long it may be left alone at most, whether there is something to do or
 * not; never more than `most_ms`. */
int64_t listener_rest_ms(const struct listener *l, int64_t most_ms);

/* Does what there is to do, without waiting. -1 when it cannot go on. */
int listener_go_on(struct listener *l, struct error *err);

void listener_close(struct listener *l); /* NULL is fine */

#endif
