/* cli/days.h - the day directories of a folder of the data repository:
 * FOLDER/YYYY/MM/DD. */
#ifndef CLI_DAYS_H
#define CLI_DAYS_H

#include <stddef.h>

#include "cli/span.h"
#include "store/store.h"

/* Midnights in UTC, oldest first; `= { 0 }` is none. */
struct days {
    int64_t *list;
    size_t count;
};

/* Those that have a part of the span; years, months and days outside it are
 * not opened. What is no day is passed over. */
int days_collect(struct store *store, const char *folder,
                 const struct span *span, struct days *out, struct error *err);
void days_add(struct days *d, int64_t day_ms); /* once, in its place */
void days_release(struct days *d);

/* "audit/2026/02/10" */
#define DAYS_PATH_MAX 128
void days_path(const char *folder, int64_t day_ms, char out[DAYS_PATH_MAX]);

#endif
