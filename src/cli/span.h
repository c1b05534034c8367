/* cli/span.h - spans of time on the command line.
 */
#ifndef CLI_SPAN_H
#define CLI_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/command.h"

/* "90m", "8h" or "2d": a whole number and its unit. False, and `ms` untouched,
 * for anything else, or more than ten years. */
bool span_parse(const char *text, int64_t *ms);

/* [from_ms, to_ms): what --since and --until ask for. */
struct span {
    int64_t from_ms, to_ms;
};

/* The command's own --since and --until: a time, or a span back from now (from
 * --at, if that is given). What is not said has no end. FAULT_USAGE. */
int span_read(const struct context *c, struct span *out, struct error *err);

#endif
