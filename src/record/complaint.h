/* record/complaint.h - everything that is wrong with one file.
 *
 * A file is read to its end and all faults are told at once, each with the
 * path inside the document, line, column and a reason that says what to do.
 * `= { 0 }` is an empty list.
 */
#ifndef RECORD_COMPLAINT_H
#define RECORD_COMPLAINT_H

#include <stddef.h>

#define COMPLAINTS_MAX     40 /* kept; those beyond are counted only */
#define COMPLAINT_PATH_MAX 128
#define COMPLAINT_TEXT     512 /* room for any complaint as one line */

struct complaint {
    char path[COMPLAINT_PATH_MAX]; /* such as evaluation.triggers[2].answer;
                                      "" is the whole file */
    int line, column;              /* from 1; 0 is the whole file */
    char what[320];
};

struct complaints {
    size_t count; /* all, also those that are not in the list */
    struct complaint list[COMPLAINTS_MAX];
};

struct complaint_place {
    const char *path;
    int line, column;
};

void complaints_add(struct complaints *c, struct complaint_place at,
                    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* How many of the list are filled. */
size_t complaints_kept(const struct complaints *c);

/* "line 3, column 5: evaluation.state: must be ...", without a line end. */
void complaint_format(const struct complaint *c, char out[COMPLAINT_TEXT]);

#endif
