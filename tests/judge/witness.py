"""What four rows should have concluded, worked out a second time.

Nothing here is shared with the C code: the volatility is a direct weighted
sum instead of a recursion, 1h closes are looked up in the 15m bars, and the
rules were written from their description alone.
"""

import math
from bisect import bisect_left, bisect_right

from candles import BAR, FILL, HOUR
from machine import Machine
from value import Value, decision

DEGRADED = 0.05
PRICE_AGE = 30 * 60
DAY_BARS = 96

RAISES = {"M_BOUNDARY": "MANDATORY_EXIT", "M_STOP": "MANDATORY_EXIT",
          "L_HAZ": "LATEST_ACCEPTABLE_EXIT", "W_HAZ": "WARNING"}
LIMITS = {"L_HAZ": (0.40, 0.30), "W_HAZ": (0.25, 0.20)}  # enter, leave

MODEL = "pi-24h-2"  # what is asked for pi unless somebody says otherwise


class Memory:
    """How long a volatility remembers, and how many returns it needs."""

    def __init__(self, keep, warmup):
        self.keep, self.warmup = keep, warmup
        self.weights = [keep ** i * (1 - keep) for i in range(4096)]


HAZ = Memory(2.0 ** (-1.0 / 96), 96)
FAST = Memory(0.9, 100)
SLOW = Memory(2.0 ** (-1.0 / 480), 480)


class Grid:
    """`stop` is a price below the range, or None."""

    def __init__(self, lower, upper, stop, started, side="long"):
        if stop is not None and stop >= lower:
            raise ValueError("only a stop below the range can be judged")
        self.lower, self.upper, self.stop = lower, upper, stop
        self.started, self.side = started, side


class Verdict:
    """Everything that is concluded at one slot."""


def volatility(candles, time, memory=HAZ):
    newest = candles.newest(time)
    if newest is None:
        return Value(None, "unavailable")
    start = 1024 * ((newest + 1) // 1024 - 1)
    low = bisect_left(candles.numbers, start)
    high = bisect_right(candles.numbers, newest)
    inside = candles.numbers[low:high]
    span = newest - inside[0] + 1
    absent = span - len(inside)
    if absent > DEGRADED * span:
        return Value(None, "unavailable")
    squares, filled = [], 0
    for older, newer in zip(inside, inside[1:]):
        hole = newer - older - 1
        if 0 < hole <= FILL:
            squares += [0.0] * hole
            filled += hole
        squares.append(candles.returns[newer] ** 2)
    if len(squares) < memory.warmup:
        return Value(None, "warmup", len(squares))
    total = math.fsum(w * s
                      for w, s in zip(memory.weights, reversed(squares)))
    if total == 0:
        return Value(None, "flat", len(squares))
    variance = total / (1 - memory.keep ** len(squares))
    status = "filled" if absent else "real"
    return Value(math.sqrt(variance), status, len(squares))


def normal(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def exit_by_sines(down, width):
    stay = 0.0
    for k in range(1, 400, 2):
        fade = math.exp(-(k * math.pi / width) ** 2 / 2)
        stay += 4 / (k * math.pi) * math.sin(k * math.pi * down / width) * fade
    return 1 - stay


def exit_by_images(down, up):
    width = down + up
    stay = 0.0
    for n in range(-3, 4):
        at = 2 * n * width
        stay += normal(up - at) - normal(-down - at)
        stay += normal(-down - 2 * up - at) - normal(-up - at)
    return 1 - stay


def exit_probability(down, up):
    if down + up < 1.5:
        return exit_by_sines(down, down + up)
    return exit_by_images(down, up)


def first_model(p):
    x = -0.87 + 0.63 * logit(p)
    return min(1 / (1 + math.exp(-x)), 0.89)


def second_model(p):
    x = logit(p)
    return min(1 / (1 + math.exp(0.747 - 0.653 * x - 0.0263 * x * x)), 0.89)


def logit(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def tomorrow(haz, fast, slow):
    """The volatility that the second model expects of the next day."""
    fast, slow = max(fast, haz / 10), max(slow, haz / 10)
    return math.exp(-0.5955) * fast ** 0.3331 * haz ** 0.2625 * slow ** 0.3001


def hazard(close, grid, sigma, recalibrated):
    """pi and its share below, as numbers."""
    if close <= grid.lower:
        return 0.89, 0.89
    if close >= grid.upper:
        return 0.89, 0.0
    scale = sigma * math.sqrt(DAY_BARS)
    down = math.log(close / grid.lower) / scale
    up = math.log(grid.upper / close) / scale
    pi = recalibrated(exit_probability(down, up))
    below, above = 2 * normal(-down), 2 * normal(-up)
    if below + above == 0:
        return pi, pi if down < up else 0.0
    return pi, pi * below / (below + above)


class Witness:
    """Four rows, M_BOUNDARY, M_STOP, L_HAZ and W_HAZ, and the states that they
    alone make. Goes through the slots in order."""

    def __init__(self, candles, grid, model=MODEL):
        self.candles, self.grid, self.model = candles, grid, model
        self.active = {"L_HAZ": False, "W_HAZ": False}
        self.limits, self.limits_of = dict(LIMITS), None
        self.touched = False  # the stop, ever since it was set
        self.latched = None  # when that was
        self.scanned = grid.started
        self.machine = Machine()

    def slot(self, time, ticker=True):
        """`ticker` is false where none was asked: a slot filled in later."""
        v = Verdict()
        v.time = time
        newest = self.candles.newest(time)
        v.price_known = (newest is not None and
                         time - (newest + 1) * BAR <= PRICE_AGE)
        v.price_age = None if newest is None else time - (newest + 1) * BAR
        v.close = self.candles.bars[newest][3] if newest is not None else None
        v.sigma = volatility(self.candles, time)
        self._probability(v)
        self._limit(v)
        v.ticker = (self.candles.open_at(time) or v.close) if ticker else None
        v.pending = v.price_known and self._pending(newest)
        v.evidence, v.answers = "none", {}  # evidence of M_STOP
        v.latched = None  # when the stop was touched
        v.applied = {}  # the limits that pi was held to
        v.answers["M_BOUNDARY"], v.broken = self._boundary(v)
        v.answers["M_STOP"] = self._stop(v)
        for name in ("L_HAZ", "W_HAZ"):
            v.answers[name] = self._threshold(name, v)
        self._state(v)
        v.side = self._side(v)
        return v

    def _probability(self, v):
        if not v.price_known and v.sigma.usable():
            v.sigma.status = "stale"
        v.model = self.model
        outside = v.close is not None and \
            self._outside(v.close, or_on=True) != "none"
        if v.close is None or (v.sigma.number is None and not outside):
            v.pi = v.pi_dn = v.pi_up = Value(None, v.sigma.status)
            return
        pi, below = hazard(v.close, self.grid, *self._of_model(v, outside))
        if not v.price_known:
            v.model = self.model
        status = "stale" if not v.price_known else \
            "real" if outside else v.sigma.status
        v.pi, v.pi_dn, v.pi_up = (
            Value(number, status) for number in (pi, below, pi - below))

    def _limit(self, v):
        """L_HAZ is held to what whoever goes on from here says of the model
        that spoke."""
        if self.limits_of:
            self.limits["L_HAZ"] = self.limits_of(v.model)

    def _of_model(self, v, outside):
        """The sigma, and how p of it is recalibrated: of the first model while
        the second lacks one of its volatilities."""
        if outside:
            return v.sigma.number, None
        fast, slow = (volatility(self.candles, v.time, m)
                      for m in (FAST, SLOW))
        if self.model == "pi-24h-2" and fast.usable() and slow.usable():
            return (tomorrow(v.sigma.number, fast.number, slow.number),
                    second_model)
        v.model = "pi-24h-1"
        return v.sigma.number, first_model

    def _outside(self, close, or_on=False):
        """The broken side; `or_on` counts a close on the bound as well."""
        if close < self.grid.lower or (or_on and close == self.grid.lower):
            return "down"
        if close > self.grid.upper or (or_on and close == self.grid.upper):
            return "up"
        return "none"

    def _pending(self, newest):
        """Two successive 15m closes outside on the same side."""
        at = bisect_right(self.candles.numbers, newest)
        sides = {self._outside(self.candles.bars[n][3])
                 for n in self.candles.numbers[max(at - 2, 0):at]}
        return at >= 2 and len(sides) == 1 and sides != {"none"}

    def _boundary(self, v):
        """Two newest 1h closes outside on the same side?"""
        if not v.price_known:
            return "unknown", "none"
        closes = self.candles.hour_closes(v.time // HOUR * HOUR, 2)
        if len(closes) < 2:
            return ("unknown" if not closes else "no"), "none"
        sides = {self._outside(close) for close in closes}
        yes = len(sides) == 1 and sides != {"none"}
        return ("yes", sides.pop()) if yes else ("no", "none")

    def _stop(self, v):
        if self.grid.stop is None:
            return "na"
        low = bisect_right(self.candles.numbers, self.scanned // BAR - 1)
        high = bisect_right(self.candles.numbers, v.time // BAR - 1)
        self.scanned = max(self.scanned, v.time)
        lows = [self.candles.bars[n][2]
                for n in self.candles.numbers[low:high]]
        if min(lows, default=self.grid.lower) <= self.grid.stop:
            v.evidence = "bar"
        elif self.touched:
            v.evidence = "latch"
        elif None not in (v.ticker, v.close) and v.ticker <= self.grid.stop:
            v.evidence = "ticker"
        if v.evidence != "none":
            if v.evidence != "latch":
                self.latched = v.time
            self.touched = True
            v.latched = self.latched
            return "yes"
        return "no" if v.price_known else "unknown"

    def _threshold(self, name, v):
        pi = v.pi
        if not pi.usable():
            return pi.missing_answer()
        enter, leave = self.limits[name]
        limit = leave if self.active[name] else enter
        v.applied[name] = limit
        self.active[name] = decision(pi.number) >= limit
        return "yes" if self.active[name] else "no"

    def _state(self, v):
        unknown = "unknown" in (v.answers["M_BOUNDARY"], v.answers["L_HAZ"])
        v.data_known = v.price_known and not unknown
        raising = [RAISES[name] for name, answer in v.answers.items()
                   if answer == "yes"]
        mandatory = [v.answers[name] for name in ("M_BOUNDARY", "M_STOP")]
        self.machine.step(v, raising, mandatory,
                          self.candles.hour_close(v.time) is not None)

    def _side(self, v):
        if v.broken != "none":
            return v.broken
        if v.answers["M_STOP"] == "yes":
            return "down"
        if v.price_known and self._outside(v.close) != "none":
            return self._outside(v.close)
        if not v.pi.usable():
            return "none"
        return "down" if v.pi_dn.number >= v.pi_up.number else "up"
