/* tests/fuzz/fuzz.h - what is fed with bytes that nobody meant.
 *
 * A target takes any bytes and must come back. What it finds wrong beside a
 * crash it reports with fuzz_must(), which ends the program. The bytes stand in
 * memory of their own size with a zero behind them, so that a sanitizer sees
 * every step beyond. fuzz_main.c feeds what libFuzzer makes up, fuzz_replay.c
 * the files of the corpus.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>

struct fuzz_target {
    const char *name; /* also the folder below tests/fuzz/corpus */
    void (*feed)(const char *bytes, size_t len);
    const char *seeds; /* another folder of good inputs, or NULL */
    const char *help;
};

extern const struct fuzz_target fuzz_targets[];
extern const size_t fuzz_target_count;

/* NULL: none is called so. */
const struct fuzz_target *fuzz_target_named(const char *name);

/* Feeds a copy. */
void fuzz_feed(const struct fuzz_target *t, const void *bytes, size_t len);

#define fuzz_must(claim) fuzz_hold((claim), #claim, __FILE__, __LINE__)
void fuzz_hold(int holds, const char *claim, const char *file, int line);

void fuzz_candles(const char *bytes, size_t len);
void fuzz_account(const char *bytes, size_t len);
void fuzz_replies(const char *bytes, size_t len);
void fuzz_receipts(const char *bytes, size_t len);
void fuzz_documents(const char *bytes, size_t len);
void fuzz_configuration(const char *bytes, size_t len);
void fuzz_cron(const char *bytes, size_t len);

#endif
