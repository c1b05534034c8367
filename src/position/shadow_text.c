#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "position/shadow.h"

static const char states[] = "ef"; /* empty, full */

/* --- Writing ---------------------------------------------------------------
 */

struct line {
    char *out;
    size_t size, used;
};

static void put(struct line *l, char before, int32_t number)
{
    if (l->used + 1 >= l->size)
        return;
    int n = snprintf(l->out + l->used, l->size - l->used, "%c%" PRId32, before,
                     number);
    l->used += (size_t)n;
    if (l->used >= l->size)
        l->used = l->size - 1;
}

static void put_char(struct line *l, char c)
{
    if (l->used + 1 >= l->size)
        return;
    l->out[l->used++] = c;
    l->out[l->used] = '\0';
}

void shadow_cells_format(const struct shadow *s, char *out, size_t size)
{
    struct line l = { out, size, 0 };
    if (size)
        out[0] = '\0';
    for (size_t i = 0; i < s->count; i++) {
        const struct shadow_cell *c = &s->cell[i];
        if (i)
            put_char(&l, ' ');
        put_char(&l, states[c->began_full]);
        put(&l, states[c->nominal.full], c->nominal.sells);
        put(&l, states[c->reverse.full], c->reverse.sells);
        put_char(&l, ':');
        for (int t = 0; t < 2; t++) {
            if (!c->may[t])
                continue;
            put(&l, states[t], c->fewest[t]);
            if (c->most[t] != c->fewest[t])
                put(&l, '-', c->most[t]);
        }
    }
}

/* --- Reading ---------------------------------------------------------------
 */

/* Each of these moves `*p` on over what it read, or returns false. */

static bool take(const char **p, char c)
{
    if (**p != c)
        return false;
    ++*p;
    return true;
}

static bool read_state(const char **p, bool *full)
{
    *full = **p == states[1];
    return take(p, states[*full]);
}

/* As written: no sign, no zeros in front. Nine digits leave room to go on. */
static bool read_count(const char **p, int32_t *out)
{
    size_t digits = strspn(*p, "0123456789");
    if (!digits || digits > 9 || (digits > 1 && **p == '0'))
        return false;
    *out = 0;
    for (; digits; digits--, ++*p)
        *out = 10 * *out + (**p - '0');
    return true;
}

static bool read_walk(const char **p, struct shadow_walk *w)
{
    return read_state(p, &w->full) && read_count(p, &w->sells);
}

static bool read_bounds(const char **p, struct shadow_cell *c)
{
    for (int t = 0; t < 2; t++) {
        if (!take(p, states[t]))
            continue;
        c->may[t] = true;
        if (!read_count(p, &c->fewest[t]))
            return false;
        c->most[t] = c->fewest[t];
        if (take(p, '-') &&
            (!read_count(p, &c->most[t]) || c->most[t] <= c->fewest[t]))
            return false;
    }
    return c->may[0] || c->may[1];
}

/* What it bought to begin with is gone, so that it was sold. */
static bool was_sold(const struct shadow_cell *c, bool full, int32_t sells)
{
    return full || !c->began_full || sells > 0;
}

static bool is_possible(const struct shadow_cell *c)
{
    if (!was_sold(c, c->nominal.full, c->nominal.sells) ||
        !was_sold(c, c->reverse.full, c->reverse.sells) ||
        (c->may[0] && !was_sold(c, false, c->fewest[0])))
        return false;
    /* Walks that a stop ended stay behind the bounds: no lower limit. */
    int32_t most = c->most[0] > c->most[1] ? c->most[0] : c->most[1];
    return c->nominal.sells <= most && c->reverse.sells <= most;
}

static bool read_cell(const char **p, struct shadow_cell *c)
{
    *c = (struct shadow_cell){ .began_full = false };
    return read_state(p, &c->began_full) && read_walk(p, &c->nominal) &&
           read_walk(p, &c->reverse) && take(p, ':') && read_bounds(p, c) &&
           is_possible(c);
}

bool shadow_cells_parse(const char *text, size_t count, struct shadow *s)
{
    struct shadow_cell cells[SHADOW_CELLS_MAX];
    if (!count || count > SHADOW_CELLS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        if ((i && !take(&text, ' ')) || !read_cell(&text, &cells[i]))
            return false;
    }
    if (*text)
        return false;
    memcpy(s->cell, cells, count * sizeof(cells[0]));
    s->count = count;
    return true;
}
