/* regime/confidence.h - how far probabilities are from knowing nothing. Pure.
 */
#ifndef REGIME_CONFIDENCE_H
#define REGIME_CONFIDENCE_H

#include "regime/label.h"

/* 1 - H(p) / ln 4, H the entropy: 0 when all classes are as likely, 1 when one
 * is certain. For display; no state is concluded from it. */
double regime_confidence(const double p[CLASS_COUNT]);

#endif
