/* store/store_marks.h - sets of commits, for the files of store/. */
#ifndef STORE_STORE_MARKS_H
#define STORE_STORE_MARKS_H

#include <stddef.h>

struct git_oid;

/* Ids with a number each, never 0; { 0 } is empty. The caller releases it. */
struct marks {
    struct git_oid *keys;
    size_t *numbers; /* 0: the place is free */
    size_t count, room;
};

/* The number that stands there already, which stays; 0 when `number` was put.
 */
size_t marks_put(struct marks *m, const struct git_oid *id, size_t number);
/* 0: not there. */
size_t marks_of(const struct marks *m, const struct git_oid *id);
void marks_release(struct marks *m);

#endif
