"""Indicators that are plain functions of the last closes, newest last."""

import math

from value import Value

FLAT = 1e-24  # a sum of squares of logarithms
LEFT_OVER = 1e-12  # of the sum of squares: what a perfect fit leaves


def efficiency(closes, n):
    way = math.fsum(abs(b - a) for a, b in zip(closes[-n - 1:], closes[-n:]))
    if way <= 1e-12 * closes[-1]:
        return Value(None, "flat")
    return Value(min(abs(closes[-1] - closes[-n - 1]) / way, 1.0))


def slope(logs, n=24):
    """Of the line through the last n, per bar."""
    y = logs[-n:]
    mean = math.fsum(y) / n
    centred = [v - mean for v in y]
    if math.fsum(v * v for v in centred) <= FLAT:
        return Value(None, "flat")
    middle = (n - 1) / 2
    return Value(math.fsum((i - middle) * v for i, v in enumerate(centred))
                 / (n * (n * n - 1) / 12))


def autocorrelation(logs, n=100):
    y = logs[-n - 1:]
    r = [b - a for a, b in zip(y, y[1:])]
    mean = math.fsum(r) / n
    r = [x - mean for x in r]
    squares = math.fsum(x * x for x in r)
    if squares <= FLAT:
        return Value(None, "flat")
    return Value(math.fsum(a * b for a, b in zip(r, r[1:])) / squares + 1 / n)


def variance_ratio(logs, n=100, q=8):
    y = logs[-n - 1:]
    mu = (y[-1] - y[0]) / n
    squares = math.fsum((b - a - mu) ** 2 for a, b in zip(y, y[1:]))
    if squares <= FLAT:
        return Value(None, "flat")
    m = q * (n - q + 1) * (1 - q / n)
    several = math.fsum((b - a - q * mu) ** 2 for a, b in zip(y, y[q:]))
    return Value(several / m / (squares / (n - 1)))


def half_life_of(phi):
    """In bars; infinite without a return, 0 where it swings."""
    if phi >= 1:
        return math.inf
    return -math.log(2) / math.log(phi) if phi > 0 else 0.0


class DickeyFuller:
    """y(t) - y(t-1) = a + b y(t-1) + e over n differences."""

    def __init__(self, logs, n):
        self.n, self.status = n, "real"
        y = logs[-n - 1:]
        x, d = y[:-1], [b - a for a, b in zip(y, y[1:])]
        mx, md = math.fsum(x) / n, math.fsum(d) / n
        x, d = [v - mx for v in x], [v - md for v in d]
        sxx = math.fsum(v * v for v in x)
        sdd = math.fsum(v * v for v in d)
        if sxx <= FLAT:
            self.status = "flat"
            return
        b = math.fsum(u * v for u, v in zip(x, d)) / sxx
        rest = math.fsum((v - b * u) ** 2 for u, v in zip(x, d))
        if rest <= LEFT_OVER * sdd:
            self.status = "flat"
            return
        self.t = b / math.sqrt(rest / (n - 2) / sxx)
        self.raw = half_life_of(1 + b)
        self.corrected = half_life_of(
            min((n * (1 + b) + 1) / (n - 3), 1.0))

    def t_value(self):
        return Value(self.t) if self.status == "real" else \
            Value(None, self.status)

    def life(self, kind):
        """`raw` or `corrected`; without a number where it is infinite."""
        if self.status != "real":
            return Value(None, self.status)
        bars = getattr(self, kind)
        return Value(None, "not_identified") if math.isinf(bars) \
            else Value(bars)

    def identified(self):
        life = self.life("corrected")
        if life.usable() and not (life.number <= self.n / 16
                                  and self.t <= -2.57):
            return Value(None, "not_identified")
        return life


def bands(closes, n=20):
    """Bandwidth, and the distance from the mean in standard deviations."""
    window = closes[-n:]
    mean = math.fsum(window) / n
    sd = math.sqrt(math.fsum((c - mean) ** 2 for c in window) / n)
    z = Value((closes[-1] - mean) / sd) if sd > 1e-12 * mean else \
        Value(None, "flat")
    return Value(4 * sd / mean), z


def mean_rank(values):
    """Of the newest among all, as a share of them."""
    values = [round(value, 9) for value in values]
    below = sum(value < values[-1] for value in values)
    equal = sum(value == values[-1] for value in values)
    return Value((below + (equal + 1) / 2) / len(values))
