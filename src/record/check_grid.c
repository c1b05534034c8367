#include <string.h>

#include "record/tables.h"

/* The first complaint of grid_check() begins with the key it is about. */
void check_grid(const void *document, const struct checker *k)
{
    const struct grid *g = document;
    char why[200], key[32];
    if (grid_check(g, why, sizeof(why)))
        return;
    size_t n = strcspn(why, " ");
    n = n < sizeof(key) ? n : sizeof(key) - 1;
    memcpy(key, why, n);
    key[n] = '\0';
    checker_say(k, key, "%s", why);
}
