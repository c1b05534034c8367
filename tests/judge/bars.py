"""Bars of 1h and 4h out of the candles, and the canonical windows of them.

A bar's number is its open time divided by its length. The window of bar n
begins with bar 1024 * ((n + 1) // 1024 - 1): metrics that remember know
nothing from before it.
"""

import math
from bisect import bisect_left, bisect_right

from candles import BAR, FILL, JUMP

SECONDS = {"15m": BAR, "1h": 4 * BAR, "4h": 16 * BAR}
STEP = 1024
DEGRADED = 0.05


class Bar:
    """One bar of a window. `gap`: a stop of trading that was not filled lies
    before it; `filled`: nothing traded, it is flat at the close before."""

    def __init__(self, number, prices, gap=False, filled=False):
        self.number = number
        self.open, self.high, self.low, self.close = prices
        self.gap, self.filled = gap, filled


class Series:
    """All bars of one timeframe, by number."""

    def __init__(self, candles, tf):
        self.tf, self.seconds = tf, SECONDS[tf]
        self.bars = {}
        per = self.seconds // BAR
        for number in candles.numbers:
            o, h, l, c = candles.bars[number]
            at = number // per
            if at in self.bars:
                first = self.bars[at]
                self.bars[at] = (first[0], max(first[1], h),
                                 min(first[2], l), c)
            else:
                self.bars[at] = (o, h, l, c)
        self.numbers = sorted(self.bars)

    def newest(self, time):
        """Number of the newest bar that closed by then, or None."""
        at = bisect_right(self.numbers, time // self.seconds - 1)
        return self.numbers[at - 1] if at else None

    def start(self, newest):
        return STEP * ((newest + 1) // STEP - 1)

    def between(self, first, last):
        """Numbers of the real bars in [first, last]."""
        low = bisect_left(self.numbers, first)
        return self.numbers[low:bisect_right(self.numbers, last)]

    def window(self, first, last):
        """The bars of a window as metrics see them."""
        before = None
        for number in self.between(first, last):
            hole = number - before - 1 if before is not None else 0
            if 0 < hole <= FILL and self.tf == "15m":
                flat = (self.bars[before][3],) * 4
                for absent in range(before + 1, number):
                    yield Bar(absent, flat, filled=True)
                hole = 0
            yield Bar(number, self.bars[number], gap=hole > 0)
            before = number

    def jumps(self, newest, most):
        """Numbers of the last bars up to that whose close jumped."""
        numbers = self.between(newest - most, newest)
        return [new for old, new in zip(numbers, numbers[1:])
                if abs(math.log(self.bars[new][3] / self.bars[old][3])) > JUMP]

    def absent(self, newest):
        """Share of the bar numbers of the window without a real bar, and
        their count."""
        inside = self.between(self.start(newest), newest)
        span = newest - inside[0] + 1
        return (span - len(inside)) / span, span - len(inside)
