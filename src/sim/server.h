/* sim/server.h - the simulated world on 127.0.0.1. The only user of
 * libmicrohttpd.
 *
 * One thread serves all connections, so the world needs no locks; a reply that
 * hangs holds up nobody else.
 */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include <signal.h>
#include <stdint.h>

#include "base/error.h"

struct sim;
struct sim_server;

/* Listens on 127.0.0.1; port 0 chooses a free one. The world is borrowed until
 * sim_server_close(). NULL when the port cannot be had. */
struct sim_server *sim_server_open(struct sim *world, uint16_t port,
                                   struct error *err);
uint16_t sim_server_port(const struct sim_server *s);

/* Serves until `*stop` is not 0, which is seen within a quarter second. -1
 * when what was received could not be stored, or serving failed. */
int sim_server_run(struct sim_server *s, const volatile sig_atomic_t *stop,
                   struct error *err);

void sim_server_close(struct sim_server *s); /* NULL is fine */

#endif
