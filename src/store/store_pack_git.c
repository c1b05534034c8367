#include "store/store_pack.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/deflate.h"
#include "store/sha1.h"
#include "sys/xmalloc.h"

/* The indexer maps its file anew at each call: it gets some objects at once. */
enum { CHUNK = 65536 };

_Static_assert((int)PACK_TRAILER == (int)SHA1_SIZE, "a pack ends in its SHA-1");

struct pack_stream {
    git_indexer *indexer;
    git_indexer_progress stats;
    struct sha1 sum;
    size_t held; /* of the chunk */
    unsigned char chunk[CHUNK];
};

static int pass_on(struct pack_stream *p, const void *bytes, size_t n)
{
    sha1_feed(&p->sum, bytes, n);
    return git_indexer_append(p->indexer, bytes, n, &p->stats);
}

static int flush(struct pack_stream *p)
{
    size_t n = p->held;
    p->held = 0;
    return n ? pass_on(p, p->chunk, n) : 0;
}

int pack_stream_put(struct pack_stream *p, const void *bytes, size_t n)
{
    int rc = p->held + n > CHUNK ? flush(p) : 0;
    if (rc || n > CHUNK)
        return rc ? rc : pass_on(p, bytes, n);
    memcpy(p->chunk + p->held, bytes, n);
    p->held += n;
    return 0;
}

static void set_u32(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(v >> (24 - 8 * i));
}

int pack_stream_open(const struct store *s, uint32_t objects,
                     struct pack_stream **out)
{
    unsigned char h[PACK_HEADER] = "PACK";
    char dir[4096];
    struct pack_stream *p = xcalloc(1, sizeof(*p));
    sha1_init(&p->sum);
    snprintf(dir, sizeof(dir), "%s/objects/pack", s->path);
    int rc = git_indexer_new(&p->indexer, dir, 0, NULL, NULL);
    set_u32(h + 4, 2);
    set_u32(h + 8, objects);
    if (!rc)
        rc = pack_stream_put(p, h, sizeof(h));
    *out = p;
    return rc;
}

int pack_stream_close(struct pack_stream *p, char hash[STORE_ID_SIZE])
{
    unsigned char sum[SHA1_SIZE];
    int rc = flush(p);
    if (rc)
        return rc;
    sha1_finish(&p->sum, sum);
    rc = git_indexer_append(p->indexer, sum, sizeof(sum), &p->stats);
    if (!rc)
        rc = git_indexer_commit(p->indexer, &p->stats);
    if (!rc)
        git_oid_tostr(hash, STORE_ID_SIZE, git_indexer_hash(p->indexer));
    return rc;
}

void pack_stream_free(struct pack_stream *p)
{
    if (!p)
        return;
    git_indexer_free(p->indexer);
    free(p);
}

struct new_objects {
    struct store *store;
    git_oid *ids;
    size_t count;
    size_t room;
};

struct new_objects *new_objects_begin(struct store *s)
{
    struct new_objects *n = xcalloc(1, sizeof(*n));
    n->store = s;
    return n;
}

void new_objects_free(struct new_objects *n)
{
    if (!n)
        return;
    free(n->ids);
    free(n);
}

bool new_objects_add(struct new_objects *n, const git_oid *id)
{
    git_odb_backend *fresh = n->store->fresh;
    if (!fresh->exists(fresh, id))
        return false;
    if (n->count == n->room) {
        n->room = n->room ? n->room * 2 : 64;
        n->ids = xrealloc(n->ids, n->room, sizeof(*n->ids));
    }
    n->ids[n->count++] = *id;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return git_oid_cmp(a, b);
}

static void sort_once_each(struct new_objects *n)
{
    size_t kept = 0;
    if (n->count)
        qsort(n->ids, n->count, sizeof(*n->ids), by_id);
    for (size_t i = 0; i < n->count; i++)
        if (i == 0 || !git_oid_equal(&n->ids[i], &n->ids[kept - 1]))
            n->ids[kept++] = n->ids[i];
    n->count = kept;
}

/* Type and size, four bits of it and then seven a byte (git's pack-format). */
static size_t object_header(unsigned char *out, git_object_t type, size_t size)
{
    size_t n = 0;
    out[0] = (unsigned char)((unsigned)type << 4 | (size & 15));
    for (size >>= 4; size > 0; size >>= 7) {
        out[n++] |= 0x80;
        out[n] = (unsigned char)(size & 0x7f);
    }
    return n + 1;
}

static int put_object(struct pack_stream *p, git_odb_backend *fresh,
                      struct deflater *d, const git_oid *id)
{
    unsigned char header[OBJECT_HEADER_MAX];
    void *bytes = NULL;
    size_t size, deflated;
    git_object_t type;
    int rc = fresh->read(&bytes, &size, &type, fresh, id);
    if (rc)
        return rc;
    rc = pack_stream_put(p, header, object_header(header, type, size));
    const void *stream = deflate_whole(d, bytes, size, &deflated);
    if (!rc)
        rc = pack_stream_put(p, stream, deflated);
    git_odb_backend_data_free(fresh, bytes);
    return rc;
}

int new_objects_write(struct new_objects *n)
{
    char hash[STORE_ID_SIZE];
    struct pack_stream *p = NULL;
    sort_once_each(n);
    if (n->count == 0)
        return 0;
    int rc = pack_stream_open(n->store, (uint32_t)n->count, &p);
    struct deflater *d = deflater_new();
    for (size_t i = 0; i < n->count && !rc; i++)
        rc = put_object(p, n->store->fresh, d, &n->ids[i]);
    if (!rc)
        rc = pack_stream_close(p, hash);
    deflater_free(d);
    pack_stream_free(p);
    return rc;
}
