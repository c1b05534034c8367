/* notify/ntfy_json.h - what an ntfy server answers. */
#ifndef NOTIFY_NTFY_JSON_H
#define NOTIFY_NTFY_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* Is it the answer to a message of that sequence that was taken? */
bool ntfy_json_took(const char *body, size_t len, const char *sequence);

#endif
