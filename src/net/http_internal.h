/* net/http_internal.h - what the transport and the reading of replies share. */
#ifndef NET_HTTP_INTERNAL_H
#define NET_HTTP_INTERNAL_H

#include <stddef.h>

#include "net/http.h"

/* Empty, with every header absent; the memory of the body is kept. */
void http_reply_reset(struct http_reply *reply, size_t reply_max);

/* "GET", "POST", "PUT". */
const char *http_method_name(enum http_method method);

/* One try more, told to whoever counts them. */
void http_count(struct http_reply *reply, struct http_counts *counts);

/* Takes one header line as it came, line end included, `n` bytes. */
void http_reply_header(struct http_reply *reply, const char *line, size_t n);

#endif
