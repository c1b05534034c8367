/* base/host.h - the host part of an address. Pure. */
#ifndef BASE_HOST_H
#define BASE_HOST_H

#include <stdbool.h>
#include <stddef.h>

#define HOST_ROOM 256

/* Takes "host" or "host:port" of `len` bytes apart; [::1] keeps its brackets,
 * other addresses in brackets are not known. False when it is neither, or the
 * port is not 1 to 65535. */
bool host_take(const char *s, size_t len, char host[HOST_ROOM]);

/* 127.0.0.0/8, localhost or [::1]. */
bool host_is_this_machine(const char *host);

#endif
