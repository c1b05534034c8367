/* outside/plain_file.h - a file that somebody else writes. */
#ifndef OUTSIDE_PLAIN_FILE_H
#define OUTSIDE_PLAIN_FILE_H

#include "base/error.h"
#include "sys/text.h"

/* Appends the whole file. A pipe or a device is an error: waiting for one has
 * no end. -1 with the path and what to do. */
int plain_file_read(struct text *out, const char *path, struct error *err);

#endif
