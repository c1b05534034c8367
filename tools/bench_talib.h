/* tools/bench_talib.h - TA-Lib's C, if it is there.
 *
 * Declared anew, because its headers are not: enums are passed as int, which
 * they are. The functions write outputs from their first value on.
 */
#ifndef TOOLS_BENCH_TALIB_H
#define TOOLS_BENCH_TALIB_H

#include <stddef.h>

struct talib {
    void *library;
    int (*initialize)(void);
    int (*adx)(int start, int end, const double *high, const double *low,
               const double *close, int period, int *begin, int *count,
               double *out);
    int (*atr)(int start, int end, const double *high, const double *low,
               const double *close, int period, int *begin, int *count,
               double *out);
    int (*bbands)(int start, int end, const double *close, int period,
                  double up, double down, int average, int *begin, int *count,
                  double *upper, double *middle, double *lower);
    int (*slope)(int start, int end, const double *y, int period, int *begin,
                 int *count, double *out);
};

/* NULL, or why it cannot be had; `path` NULL: it was not fetched. */
const char *talib_open(struct talib *t, const char *path);

void talib_close(struct talib *t);

#endif
