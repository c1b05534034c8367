/* Open addressing: an id is a hash already. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_marks.h"
#include "sys/xmalloc.h"

static size_t *place_of(const struct marks *m, const git_oid *id)
{
    size_t at;
    memcpy(&at, id->id, sizeof(at));
    for (at %= m->room; m->numbers[at]; at = (at + 1) % m->room)
        if (git_oid_equal(&m->keys[at], id))
            break;
    return &m->numbers[at];
}

static void widen(struct marks *m)
{
    struct marks wide = { .room = m->room ? 2 * m->room : 256 };
    wide.keys = xcalloc(wide.room, sizeof(*wide.keys));
    wide.numbers = xcalloc(wide.room, sizeof(*wide.numbers));
    for (size_t i = 0; i < m->room; i++) {
        if (!m->numbers[i])
            continue;
        size_t *place = place_of(&wide, &m->keys[i]);
        wide.keys[place - wide.numbers] = m->keys[i];
        *place = m->numbers[i];
    }
    wide.count = m->count;
    marks_release(m);
    *m = wide;
}

size_t marks_put(struct marks *m, const git_oid *id, size_t number)
{
    if (2 * m->count >= m->room)
        widen(m);
    size_t *place = place_of(m, id), was = *place;
    if (was)
        return was;
    m->keys[place - m->numbers] = *id;
    *place = number;
    m->count++;
    return 0;
}

size_t marks_of(const struct marks *m, const git_oid *id)
{
    return m->room ? *place_of(m, id) : 0;
}

void marks_release(struct marks *m)
{
    free(m->keys);
    free(m->numbers);
    *m = (struct marks){ NULL, NULL, 0, 0 };
}
