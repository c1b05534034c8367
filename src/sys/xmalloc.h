/* sys/xmalloc.h - memory, or the end of the process.
 *
 * gridwatch is a job that the platform starts again: running out of memory is
 * not an error path. These print one line to stderr and abort. Whoever gets the
 * pointer owns it and drops it with free(). malloc() is banned elsewhere.
 */
#ifndef SYS_XMALLOC_H
#define SYS_XMALLOC_H

#include <stddef.h>

void *xcalloc(size_t count, size_t size); /* zeroed; count 0 is fine */
void *xrealloc(void *p, size_t count, size_t size);
char *xstrdup(const char *s);

#endif
