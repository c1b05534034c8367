#include "regime/confidence.h"

#include <math.h>

double regime_confidence(const double p[CLASS_COUNT])
{
    double entropy = 0.0;
    for (int k = 0; k < CLASS_COUNT; k++)
        if (p[k] > 0)
            entropy -= p[k] * log(p[k]);
    return fmin(1.0, fmax(0.0, 1.0 - entropy / log(CLASS_COUNT)));
}
