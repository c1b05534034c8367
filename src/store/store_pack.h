/* store/store_pack.h - packs written as a plain stream.
 *
 * A stream is a header with the number of objects, that many objects, and a
 * checksum. libgit2's indexer reads along: it looks at every object, refuses
 * one that is there twice, writes the index and gives both files their names,
 * all with fsync when the store has it. */
#ifndef STORE_STORE_PACK_H
#define STORE_STORE_PACK_H

#include "store/store_internal.h"

struct pack_stream;

enum {
    PACK_HEADER = 12,
    PACK_TRAILER = 20,
    OBJECT_HEADER_MAX = 10, /* type and size in front of an object */
};

/* These return 0 or what libgit2 said, for store_fail(). */
int pack_stream_open(const struct store *s, uint32_t objects,
                     struct pack_stream **out);
int pack_stream_put(struct pack_stream *p, const void *bytes, size_t n);
/* After the last object: the files are in place when this returns 0. `hash` is
 * what they are called. */
int pack_stream_close(struct pack_stream *p, char hash[STORE_ID_SIZE]);
/* Whatever became of it; NULL is fine. */
void pack_stream_free(struct pack_stream *p);

/* --- A pack of new objects ---------------------------------------------- */

struct new_objects;

struct new_objects *new_objects_begin(struct store *s);
void new_objects_free(struct new_objects *n); /* NULL is fine */

/* Notes one that is in the store's memory, once or several times; any other is
 * on the disk already: false. No two packs share objects. */
bool new_objects_add(struct new_objects *n, const struct git_oid *id);

/* Writes those that were noted, each as it is: what they have in common is
 * looked for when packs are joined. None is no pack. */
int new_objects_write(struct new_objects *n);

#endif
