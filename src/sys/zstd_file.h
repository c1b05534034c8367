/* sys/zstd_file.h - compressed files. The only user of libzstd. */
#ifndef SYS_ZSTD_FILE_H
#define SYS_ZSTD_FILE_H

#include "base/error.h"
#include "sys/text.h"

/* Appends the decompressed content of the file, all its frames. -1 with the
 * path when it cannot be read, is damaged or cut off, or holds too much. */
int zstd_read_file(struct text *out, const char *path, struct error *err);

#endif
