#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/xmalloc.h"

// clang-format off
const struct fuzz_target fuzz_targets[] = {
    { "candles",       fuzz_candles,       NULL,                  "candles and the other replies about a market" },
    { "account",       fuzz_account,       NULL,                  "replies about an account" },
    { "replies",       fuzz_replies,       NULL,                  "what every reply of the exchange is wrapped in, errors" },
    { "receipts",      fuzz_receipts,      NULL,                  "replies of the channels" },
    { "documents",     fuzz_documents,     "tests/golden/record", "documents of every kind, and seeds" },
    { "configuration", fuzz_configuration, "config",              "both configuration files" },
    { "cron",          fuzz_cron,          NULL,                  "expressions of a schedule" },
};
// clang-format on
const size_t fuzz_target_count = ARRAY_LEN(fuzz_targets);

const struct fuzz_target *fuzz_target_named(const char *name)
{
    for (size_t i = 0; i < fuzz_target_count; i++)
        if (strcmp(fuzz_targets[i].name, name) == 0)
            return &fuzz_targets[i];
    return NULL;
}

void fuzz_feed(const struct fuzz_target *t, const void *bytes, size_t len)
{
    char *copy = xcalloc(len + 1, 1);
    if (len)
        memcpy(copy, bytes, len);
    t->feed(copy, len);
    free(copy);
}

void fuzz_hold(int holds, const char *claim, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
    abort();
}
