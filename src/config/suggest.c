#include "config/suggest.h"

#include <string.h>

#include "config/options.h"

#define WORD_MAX 64

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t edit_distance(const char *a, const char *b)
{
    size_t row[WORD_MAX], la = strlen(a), lb = strlen(b);
    if (la >= WORD_MAX || lb >= WORD_MAX)
        return la + lb;
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1,
                              corner + (a[i - 1] != b[j - 1]));
            corner = above;
        }
    }
    return row[lb];
}

static void consider(const char *candidate, const char *key, const char **best,
                     size_t *distance)
{
    size_t d = edit_distance(candidate, key);
    if (d <= strlen(candidate) / 3 && d < *distance) {
        *best = candidate;
        *distance = d;
    }
}

static void consider_options(enum config_file file, const char *key,
                             const char **best, size_t *distance)
{
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        if (o->file == file)
            consider(o->key, key, best, distance);
}

const char *suggest_option(enum config_file file, const char *key)
{
    const char *best = NULL;
    size_t distance = WORD_MAX;
    consider_options(file, key, &best, &distance);
    return best;
}

const char *suggest_key(enum config_file file, const char *key)
{
    const struct config_section *s;
    const char *best = NULL;
    size_t distance = WORD_MAX;
    consider_options(file, key, &best, &distance);
    for (size_t i = 0; (s = section_at(i)); i++)
        if (s->file == file)
            consider(s->key, key, &best, &distance);
    return best;
}
