/* fuzz --target=NAME [libFuzzer's options and folders]: feeds one target with
 * what libFuzzer makes up. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char word[] = "--target=";
    for (int i = 1; i < *argc; i++)
        if (strncmp((*argv)[i], word, strlen(word)) == 0)
            target = fuzz_target_named((*argv)[i] + strlen(word));
    if (target)
        return 0;
    fprintf(stderr, "fuzz: --target= must be one of\n");
    for (size_t i = 0; i < fuzz_target_count; i++)
        fprintf(stderr, "  %-14s %s\n", fuzz_targets[i].name,
                fuzz_targets[i].help);
    exit(64);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    fuzz_feed(target, bytes, len);
    return 0;
}
