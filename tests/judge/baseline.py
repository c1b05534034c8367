"""What was normal when the grid began, and whether its price came back."""

import math
from statistics import median

from bars import SECONDS
from value import Value, decision

HOUR = SECONDS["1h"]
LIVES, CLOSES, N = 400, 100, 200
REFRESH = 48 * HOUR
ARM, WITHIN, BACK = 2.0, 0.75, 0.5
PATIENCE = (12, 72)


def closed_at(row):
    return (row.bar.number + 1) * HOUR


class Baseline:
    """`at` is the 1h close that it was taken at, or None."""

    def __init__(self):
        self.at = None
        self.half_life = self.sigma = self.ver_mean = \
            Value(None, "unavailable")
        self.identified = False

    def measured(self):
        return self.half_life.status not in ("unavailable", "warmup")

    def due(self, newest, normal):
        """With the 1h close of that time: every hour until it could be
        measured, then every 48 h."""
        if self.at is None:
            return True
        return newest > self.at and (
            not self.measured() or normal and newest - self.at >= REFRESH)

    def take(self, hours, atr_4h, time):
        """From the rows that closed by then; `atr_4h(row)` is the 4h ATR as a
        share of the close that was known with the row, or None. What is known
        is not given up for what is not."""
        rows = [row for row in hours if closed_at(row) <= time]
        fits = [row.df200 for row in rows[-LIVES:]
                if row.df200.status == "real"]
        if not rows or self.measured() and len(fits) < LIVES:
            return
        self.at = closed_at(rows[-1])
        self._lives(fits)
        self._sigma(rows[-CLOSES:], atr_4h(rows[-1]))
        self.ver_mean = rows[-1].ver_mean

    def _lives(self, fits):
        self.identified = False
        if len(fits) < LIVES:
            self.half_life = Value(None, "warmup")
            return
        middle = median(fit.corrected for fit in fits)
        self.half_life = Value(None, "not_identified") \
            if math.isinf(middle) else Value(middle, n=len(fits))
        self.identified = self.half_life.usable() and \
            decision(middle) <= N / 16 and \
            decision(median(fit.t for fit in fits)) <= -2.57

    def _sigma(self, rows, atr):
        self.sigma = Value(None, "unavailable")
        if len(rows) < 2 or atr is None:
            return
        logs = [math.log(row.bar.close) for row in rows]
        mean = math.fsum(logs) / len(logs)
        sd = math.sqrt(math.fsum((y - mean) ** 2 for y in logs)
                       / (len(logs) - 1))
        self.sigma = Value(max(sd, atr), n=len(rows))


class Reversion:
    """The anchored z of 1h closes: armed far out, failed when it did not come
    back in time."""

    def __init__(self, grid):
        self.centre = math.sqrt(grid.lower * grid.upper)
        self.half_width = math.log(grid.upper / grid.lower) / 2
        self.side, self.since, self.failed = 0, 0, False
        self.fed = None  # newest 1h close that was fed

    def z(self, close, baseline):
        if not baseline.sigma.usable():
            return Value(None, "unavailable")
        if baseline.sigma.number <= 1e-12:
            return Value(None, "flat")
        return Value(math.log(close / self.centre) / baseline.sigma.number)

    def patience(self, baseline):
        """Closes that it may take; None without a baseline."""
        life = baseline.half_life
        if life.status == "not_identified":
            return PATIENCE[1]
        if not life.usable():
            return None
        return min(max(math.ceil(3 * life.number), PATIENCE[0]), PATIENCE[1])

    def feed(self, close, time, baseline):
        self.fed = time
        z, patience = self.z(close, baseline), self.patience(baseline)
        if not z.usable() or patience is None:
            return
        arm = min(ARM, WITHIN * self.half_width / baseline.sigma.number)
        back = min(BACK, arm / 2)
        size = decision(abs(z.number))
        if self.side:
            self.since = min(self.since + 1, patience)
            if size <= decision(back) or z.number * self.side < 0:
                self.side, self.since, self.failed = 0, 0, False
            elif self.since >= patience:
                self.failed = True
        if not self.side and size >= decision(arm):
            self.side = 1 if z.number > 0 else -1
            self.since, self.failed = 0, False

    def answer(self, baseline):
        if self.patience(baseline) is None or not self.side:
            return "na"
        return "yes" if self.failed else "no"
