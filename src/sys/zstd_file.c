#include "sys/zstd_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

#define CHUNK 65536

/* Feeds one chunk; `*open` says whether a frame is still unfinished. */
static int decompress(ZSTD_DStream *stream, ZSTD_inBuffer *in, struct text *out,
                      bool *open, struct error *err)
{
    static const size_t room = CHUNK;
    char chunk[CHUNK];
    bool full = false;

    while (in->pos < in->size || full) {
        ZSTD_outBuffer piece = { chunk, room, 0 };
        size_t rest = ZSTD_decompressStream(stream, &piece, in);
        if (ZSTD_isError(rest))
            return error_set(err, FAULT_DATA, "not sound zstd: %s",
                             ZSTD_getErrorName(rest));
        if (text_append(out, chunk, piece.pos))
            return error_set(err, FAULT_DATA, "longer than %zu bytes",
                             out->max);
        *open = rest != 0;
        full = piece.pos == piece.size;
    }
    return 0;
}

static int read_stream(ZSTD_DStream *stream, FILE *f, struct text *out,
                       struct error *err)
{
    char chunk[CHUNK];
    size_t n;
    bool open = false;

    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0) {
        ZSTD_inBuffer in = { chunk, n, 0 };
        if (decompress(stream, &in, out, &open, err))
            return -1;
    }
    if (ferror(f))
        return error_set(err, FAULT_IO, "cannot be read");
    if (open)
        return error_set(err, FAULT_DATA, "cut off in the middle");
    return 0;
}

int zstd_read_file(struct text *out, const char *path, struct error *err)
{
    FILE *f = fopen(path, "rbe");
    if (!f)
        return error_set(err, errno == ENOENT ? FAULT_MISSING : FAULT_IO,
                         "file '%s': %s", path, strerror(errno));
    ZSTD_DStream *stream = ZSTD_createDStream();
    int rc = stream ? read_stream(stream, f, out, err)
                    : error_set(err, FAULT_BUG, "no memory for zstd");
    ZSTD_freeDStream(stream);
    fclose(f);
    return rc ? error_wrap(err, "file '%s'", path) : 0;
}
