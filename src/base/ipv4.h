/* base/ipv4.h - "127.0.0.1:9464": where to listen. Pure. */
#ifndef BASE_IPV4_H
#define BASE_IPV4_H

#include <stdbool.h>
#include <stdint.h>

/* Four numbers of 0 to 255 without a zero in front, a colon and a port of 0 to
 * 65535, nothing else. False, and the outputs untouched, when it is not. */
bool ipv4_port_parse(const char *text, unsigned char address[4],
                     uint16_t *port);

#endif
