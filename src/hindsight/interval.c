#include "hindsight/interval.h"

#include <math.h>

#include "base/sort.h"
#include "base/value.h"

struct bounds wilson_95(double share, double count)
{
    double z2 = INTERVAL_Z95 * INTERVAL_Z95, scale = 1.0 + z2 / count;
    double middle = (share + z2 / (2.0 * count)) / scale;
    double half =
        INTERVAL_Z95 / scale *
        sqrt(share * (1.0 - share) / count + z2 / (4.0 * count * count));
    /* At the ends exactly: middle and half round apart there. */
    return (struct bounds){ share > 0.0 ? fmax(0.0, middle - half) : 0.0,
                            share < 1.0 ? fmin(1.0, middle + half) : 1.0 };
}

double quantile_of(const double *sorted, size_t count, double level)
{
    if (count == 0)
        return NO_VALUE;
    double at = level * (double)(count - 1);
    size_t i = (size_t)at;
    if (i + 1 >= count)
        return sorted[count - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

struct bounds middle_95(double *values, size_t count)
{
    sort_doubles(values, count);
    return (struct bounds){ quantile_of(values, count, 0.025),
                            quantile_of(values, count, 0.975) };
}

double trials_needed(double share, double limit, double deff)
{
    double off = share - limit;
    if (!(fabs(off) > 0.0))
        return NO_VALUE;
    if (share <= 0.0 || share >= 1.0) {
        double odds = limit / (1.0 - limit);
        return INTERVAL_Z95 * INTERVAL_Z95 * (share > 0.0 ? odds : 1.0 / odds) *
               deff;
    }
    return INTERVAL_Z95 * INTERVAL_Z95 * share * (1.0 - share) / (off * off) *
           deff;
}
