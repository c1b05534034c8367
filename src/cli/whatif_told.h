/* cli/whatif_told.h - what `gridwatch whatif` prints: a line a message that
 * only one side sends, then a line a grid.
 */
#ifndef CLI_WHATIF_TOLD_H
#define CLI_WHATIF_TOLD_H

#include "alert/alert.h"
#include "config/config.h"
#include "engine/evaluate.h"

enum { WHATIF_LOST, WHATIF_GAINED }; /* as it was, as it would be */

struct whatif_sums {
    size_t slots;
    size_t messages[2]; /* of both sides */
    size_t changed[2];  /* lost, gained */
    /* Hashes that the slots were recorded under, each once, in their order. */
    char (*was)[CONFIG_HASH]; /* owned */
    size_t was_count;
};

void whatif_tell_change(int side, const struct evaluation *e,
                        enum alert_reason reason, bool json);

/* `is` is the hash of the configuration that was given. */
void whatif_tell_sums(const char *grid, const struct whatif_sums *sums,
                      const char *is, bool json);

#endif
