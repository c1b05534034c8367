/* sys/tcp.h - a TCP socket that listens.
 *
 * Made here and not by the HTTP library, which tells with one of its versions
 * why an address cannot be had, and with another does not.
 */
#ifndef SYS_TCP_H
#define SYS_TCP_H

#include <stdint.h>

/* On an IPv4 address (0.0.0.0: every one of this machine) and a port (0: a free
 * one). It does not block and is not inherited by programs that are begun. -1
 * when it cannot be had: errno says why. */
int tcp_listen(const unsigned char address[4], uint16_t port);

/* The port it listens on; 0 when that cannot be told. */
uint16_t tcp_port(int fd);

#endif
