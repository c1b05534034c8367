/* backtest/defaults.h - what a backtest takes unless it is told otherwise, for
 * the command and the study alike: both must meet the same grids. Pure.
 */
#ifndef BACKTEST_DEFAULTS_H
#define BACKTEST_DEFAULTS_H

#include "base/moment.h"
#include "position/geometry.h"

#define BACKTEST_HALF_SPREAD 0.0002 /* of the price */
#define BACKTEST_CAPITAL     1000.0 /* quote currency */
#define BACKTEST_WINDOW_MS   (10 * MS_PER_DAY)
#define BACKTEST_STOP_ATR    GEOMETRY_STOP_ATR /* beyond the range */

#endif
