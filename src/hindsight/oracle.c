#include "hindsight/oracle.h"

#include <math.h>

size_t oracle_best(const double *e, size_t from, size_t until)
{
    size_t best = until;
    for (size_t i = from; i < until; i++)
        if (!isnan(e[i]) && (best == until || e[i] > e[best]))
            best = i;
    return best;
}
