/* config/problems.h - everything that is wrong, told at once.
 *
 * A problem says where (file, line, column), what, and what to do; never the
 * value that was found, unless it was read as a number, because a value that
 * stands in the wrong place may be a secret.
 */
#ifndef CONFIG_PROBLEMS_H
#define CONFIG_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

struct problem {
    bool is_warning;  /* the configuration can be used all the same */
    char *file;       /* path or name of a variable */
    int line, column; /* from 1; 0: not about a place in the file */
    char *text;
};

#define PROBLEMS_MAX 100 /* more are counted, not kept */

/* `= { 0 }` is an empty list. It owns its texts until problems_release(). */
struct problems {
    struct problem *list; /* errors and warnings in the order they were met */
    size_t count;
    size_t errors, warnings; /* of all, also of those that were not kept */
};

struct problem_place {
    const char *file;
    int line, column;
};

void problems_error(struct problems *p, struct problem_place at,
                    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void problems_warning(struct problems *p, struct problem_place at,
                      const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void problems_release(struct problems *p);

/* "file:line:column: text", one line. Cut when it is longer. */
#define PROBLEM_LINE 1200
void problem_format(const struct problem *p, char out[PROBLEM_LINE]);

#endif
