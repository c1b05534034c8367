/* Two ways of making one pack of several.
 *
 * By objects: each goes through libgit2's pack builder again, which stores one
 * as the difference to another. It tries objects of like names, so the names
 * are gathered first from the directories in the packs; without them packs of
 * our commits come out more than twice as large.
 *
 * By bytes: packs are put one behind the other under one header. Each holds
 * its own bases and refers to them by distance, which does not change. This is
 * quick, but an object that is in two packs would be there twice; the indexer
 * refuses that, and the first way is taken. */
#include "store/deflate.h"
#include "store/store_pack.h"

#include <errno.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"

/* What a directory calls an object. The builder looks at the end of it. */
struct hint {
    git_oid id;
    char name[20];
};

struct builder {
    git_repository *repo;
    git_odb *odb;
    git_packbuilder *pb;
    struct hint *hints;
    size_t count;
    size_t room;
};

static int by_id(const void *a, const void *b)
{
    return git_oid_cmp(&((const struct hint *)a)->id,
                       &((const struct hint *)b)->id);
}

static void add_hint(struct builder *b, const git_tree_entry *entry)
{
    struct hint h = { .id = *git_tree_entry_id(entry) };
    const char *name = git_tree_entry_name(entry);
    size_t len = strlen(name);
    size_t skip = len < sizeof(h.name) ? 0 : len - sizeof(h.name) + 1;
    snprintf(h.name, sizeof(h.name), "%s", name + skip);
    if (b->count == b->room) {
        b->room = b->room ? b->room * 2 : 256;
        b->hints = xrealloc(b->hints, b->room, sizeof(*b->hints));
    }
    b->hints[b->count++] = h;
}

static int gather_hints(const git_oid *id, void *builder)
{
    struct builder *b = builder;
    git_object_t type;
    git_tree *tree = NULL;
    size_t size;
    int rc = git_odb_read_header(&size, &type, b->odb, id);
    if (rc || type != GIT_OBJECT_TREE)
        return rc;
    rc = git_tree_lookup(&tree, b->repo, id);
    size_t n = rc ? 0 : git_tree_entrycount(tree);
    for (size_t i = 0; i < n; i++)
        add_hint(b, git_tree_entry_byindex(tree, i));
    git_tree_free(tree);
    return rc;
}

static int insert_object(const git_oid *id, void *builder)
{
    struct builder *b = builder;
    struct hint key = { .id = *id };
    const struct hint *h =
        b->count ? bsearch(&key, b->hints, b->count, sizeof(key), by_id) : NULL;
    return git_packbuilder_insert(b->pb, id, h ? h->name : NULL);
}

static int each_object(const struct store_pack *pack, git_odb_foreach_cb visit,
                       void *payload)
{
    char path[sizeof(pack->path) + 4];
    git_odb *odb = NULL;
    git_odb_backend *one = NULL;
    snprintf(path, sizeof(path), "%s.idx", pack->path);
    int rc = git_odb_new(&odb);
    if (!rc)
        rc = git_odb_backend_one_pack(&one, path);
    if (!rc)
        rc = git_odb_add_backend(odb, one, 1);
    if (!rc)
        rc = git_odb_foreach(odb, visit, payload);
    git_odb_free(odb);
    return rc;
}

static void name_joined(struct store_pack *joined, const struct store *s,
                        const char *hash)
{
    snprintf(joined->path, sizeof(joined->path), "%.3000s/objects/pack/pack-%s",
             s->path, hash);
}

static int join_objects(struct store *s, const struct store_pack *packs,
                        size_t n, struct store_pack *joined)
{
    struct builder b = { .repo = s->repo };
    int rc = git_repository_odb(&b.odb, s->repo);
    if (!rc)
        rc = git_packbuilder_new(&b.pb, s->repo);
    for (size_t i = 0; i < n && !rc; i++)
        rc = each_object(&packs[i], gather_hints, &b);
    if (b.count)
        qsort(b.hints, b.count, sizeof(*b.hints), by_id);
    for (size_t i = 0; i < n && !rc; i++)
        rc = each_object(&packs[i], insert_object, &b);
    if (!rc)
        rc = git_packbuilder_write(b.pb, NULL, 0, NULL, NULL);
    if (!rc)
        name_joined(joined, s, git_packbuilder_name(b.pb));
    free(b.hints);
    git_packbuilder_free(b.pb);
    git_odb_free(b.odb);
    return rc;
}

static uint32_t get_u32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* Leaves the file behind its header; NULL when it is not such a pack. */
static FILE *open_pack(const struct store_pack *pack, uint32_t *objects)
{
    unsigned char h[PACK_HEADER];
    char path[sizeof(pack->path) + 5];
    snprintf(path, sizeof(path), "%s.pack", pack->path);
    FILE *f = fopen(path, "rbe");
    if (!f)
        return NULL;
    if (fread(h, 1, sizeof(h), f) == sizeof(h) && !memcmp(h, "PACK", 4) &&
        get_u32(h + 4) == 2) {
        *objects = get_u32(h + 8);
        return f;
    }
    fclose(f);
    return NULL;
}

/* libgit2 and git deflate with the largest window, we do not: that is how the
 * first object, behind the bytes of its type and size, shows who wrote it. */
bool store_pack_is_raw(const struct store_pack *pack)
{
    unsigned char b[OBJECT_HEADER_MAX + 1];
    uint32_t objects;
    FILE *f = open_pack(pack, &objects);
    size_t n = f ? fread(b, 1, sizeof(b), f) : 0;
    size_t i = 0;
    while (i + 1 < n && b[i] & 0x80)
        i++;
    if (f)
        fclose(f);
    return i + 1 < n && b[i + 1] == DEFLATE_FIRST_BYTE;
}

static int count_objects(const struct store_pack *packs, size_t n,
                         uint32_t *total)
{
    *total = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t objects;
        FILE *f = open_pack(&packs[i], &objects);
        if (!f)
            return -1;
        fclose(f);
        if (objects > UINT32_MAX - *total)
            return -1;
        *total += objects;
    }
    return 0;
}

static int put_body(struct pack_stream *out, const struct store_pack *pack)
{
    char chunk[65536];
    uint32_t objects;
    int64_t left = pack->size - PACK_HEADER - PACK_TRAILER;
    FILE *f = open_pack(pack, &objects);
    int rc = f && left >= 0 ? 0 : -1;
    while (!rc && left > 0) {
        size_t want =
            left < (int64_t)sizeof(chunk) ? (size_t)left : sizeof(chunk);
        rc = fread(chunk, 1, want, f) == want
                 ? pack_stream_put(out, chunk, want)
                 : -1;
        left -= (int64_t)want;
    }
    if (f)
        fclose(f);
    return rc;
}

static int join_bytes(struct store *s, const struct store_pack *packs, size_t n,
                      struct store_pack *joined)
{
    char hash[STORE_ID_SIZE];
    uint32_t objects;
    struct pack_stream *out = NULL;
    int rc = count_objects(packs, n, &objects);
    if (!rc)
        rc = pack_stream_open(s, objects, &out);
    for (size_t i = 0; i < n && !rc; i++)
        rc = put_body(out, &packs[i]);
    if (!rc)
        rc = pack_stream_close(out, hash);
    if (!rc)
        name_joined(joined, s, hash);
    pack_stream_free(out);
    return rc;
}

int store_join_packs(struct store *s, const struct store_pack *packs,
                     size_t count, bool search, struct store_pack *joined,
                     struct error *err)
{
    /* The old packs will be dropped: the new one must be on the disk. */
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    int rc = search ? -1 : join_bytes(s, packs, count, joined);
    if (rc)
        rc = join_objects(s, packs, count, joined);
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, (int)s->fsync);
    return rc ? store_fail(err, rc, "packs of '%s' cannot be joined", s->path)
              : 0;
}
