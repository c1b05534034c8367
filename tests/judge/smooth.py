"""Indicators that remember: fed the bars of a window one at a time."""

import math
from bisect import bisect_left, bisect_right, insort

from value import Value

PERIOD = 14
STILL = 1e-12  # of the close: below it nothing moved


class Wilder:
    """True range, ATR, +DI, -DI and ADX, started as TA-Lib starts them."""

    def __init__(self, log=False):
        self.log = log
        self.seen = 0
        self.before = None
        self.range = 0.0
        self.atr = self.adx = 0.0
        self.sums = [0.0, 0.0, 0.0]  # of TR, +DM, -DM
        self.still = True

    def push(self, bar):
        prices = (bar.high, bar.low, bar.close)
        if self.log:
            prices = tuple(math.log(price) for price in prices)
        if self.before is not None:
            self._move(prices)
        self.before = prices
        self.seen += 1
        self.scale = 1.0 if self.log else bar.close

    def _move(self, now):
        (h, l, c), (h0, l0, c0) = now, self.before
        scale = 1.0 if self.log else c
        up, down = h - h0, l0 - l
        moves = (max(h, c0) - min(l, c0), up if up > down and up > 0 else 0.0,
                 down if down > up and down > 0 else 0.0)
        self.range, t = moves[0], self.seen  # t: index of this bar
        if t <= PERIOD:
            self.atr += moves[0] / PERIOD
        else:
            self.atr = ((PERIOD - 1) * self.atr + moves[0]) / PERIOD
        if t < PERIOD:
            self.sums = [s + x for s, x in zip(self.sums, moves)]
            return
        self.sums = [s - s / PERIOD + x for s, x in zip(self.sums, moves)]
        total = self.sums[1] + self.sums[2]
        self.still = total <= STILL * scale
        dx = 0.0 if self.still else \
            100 * abs(self.sums[1] - self.sums[2]) / total
        if t < 2 * PERIOD:
            self.adx += dx / PERIOD
        elif not self.still:
            self.adx = ((PERIOD - 1) * self.adx + dx) / PERIOD

    def _known(self, first, number, flat):
        if self.seen <= first:
            return Value(None, "warmup")
        if flat:
            return Value(None, "flat", self.seen)
        return Value(number, n=self.seen)

    def atr_value(self):
        return self._known(PERIOD, self.atr, self.atr <= STILL * self.scale)

    def di_value(self, which):
        """1: +DI, 2: -DI."""
        flat = self.sums[0] <= STILL * self.scale
        share = None if flat else 100 * self.sums[which] / self.sums[0]
        return self._known(PERIOD, share, flat)

    def adx_value(self):
        return self._known(2 * PERIOD - 1, self.adx, self.still)


class Expansion:
    """ATR over the mean of its last n values. `push` with a factor of None
    begins anew: what is not known is not mixed with what is."""

    def __init__(self, n):
        self.n = n
        self.begin()

    def begin(self):
        self.seen, self.atr, self.atrs = 0, 0.0, []

    def push(self, true_range, factor, close):
        """`true_range` is None for the first bar of a window."""
        if factor is None:
            self.begin()
            return
        if self.seen > 0:
            tr = true_range / factor
            if self.seen <= PERIOD:
                self.atr += tr / PERIOD
            else:
                self.atr = ((PERIOD - 1) * self.atr + tr) / PERIOD
            if self.seen >= PERIOD:
                self.atrs = self.atrs[-(self.n - 1):] + [self.atr]
        self.seen += 1
        self.close = close

    def mean(self):
        """The denominator."""
        if len(self.atrs) < self.n:
            return Value(None, "warmup")
        mean = math.fsum(self.atrs) / self.n
        flat = mean <= STILL * self.close
        return Value(None if flat else mean, "flat" if flat else "real",
                     self.seen)

    def ratio(self):
        mean = self.mean()
        if not mean.usable():
            return mean
        return Value(self.atr / mean.number, n=self.seen)


class Ewma:
    """Volatility of log returns with a mean of zero, start corrected."""

    def __init__(self, alpha, warmup):
        self.alpha, self.warmup = alpha, warmup
        self.sum, self.left, self.count = 0.0, 1.0, 0

    def push(self, r):
        self.sum += self.alpha * (r * r - self.sum)
        self.left *= 1 - self.alpha
        self.count += 1

    def value(self):
        if self.count < self.warmup:
            return Value(None, "warmup")
        if self.sum == 0:
            return Value(None, "flat")
        return Value(math.sqrt(self.sum / (1 - self.left)), n=self.count)


class Rank:
    """Share of the last 900 values that are at or below the newest."""

    SPAN, LEAST = 900, 300

    def __init__(self):
        self.arrived, self.sorted = [], []
        self.newest = Value(None, "warmup")

    def push(self, value):
        if not value.usable():
            self.newest = Value(None, value.status)
            return
        self.arrived.append(value.number)
        insort(self.sorted, value.number)
        if len(self.arrived) > self.SPAN:
            old = self.arrived[-self.SPAN - 1]
            del self.sorted[bisect_left(self.sorted, old)]
        held = len(self.sorted)
        self.newest = Value(None, "warmup")
        if held >= self.LEAST:
            share = bisect_right(self.sorted, value.number) / held
            self.newest = Value(share, n=held)
