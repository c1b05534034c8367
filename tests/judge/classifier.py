"""The regime at every 1h close: scores, probabilities, pool and labels.

The formulas are those of tests/oracles/regime_reference.py; here they are fed
with the metrics of the windows, 4h before 1h where both close together.
"""

import math
import os
import sys

from bars import SECONDS

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "oracles"))
from regime_reference import (  # noqa: E402
    CLASSES, WEIGHTS, Chain, pool, scores, softmax)

HOUR, FOUR = SECONDS["1h"], SECONDS["4h"]
M_BACK = 6
QUIET = 0.35


class Track(Chain):
    """With what a stop of trading does to it, and two more runs."""

    def __init__(self):
        super().__init__()
        self.broken = 0  # labels before a stop count no more
        self.quiet = self.ranges = 0

    def stop(self):
        self.q, self.p_range = [], []
        self.quiet = self.ranges = 0
        self.broken = len(self.labels)

    def push(self, p):
        super().push(p)
        calm = bool(self.q) and self.q[-1] <= QUIET
        self.quiet = self.quiet + 1 if calm else 0
        ranging = self.labels[-1].startswith("RANGE")
        self.ranges = self.ranges + 1 if ranging else 0

    def run(self):
        n = 0
        while n < len(self.labels) - self.broken and \
                self.labels[-1 - n] == self.labels[-1]:
            n += 1
        return n


def odds(row):
    """(T, M, V) and p of one bar; None where there is none."""
    if row is None:
        return (None, None, None), None
    inputs = {name: row.metrics[name] for name in
              ("er24", "adx_log", "z_slope", "t_df", "vr8")}
    inputs["ver"] = row.metrics["ver" if "ver" in row.metrics else "ver_raw"]
    inputs = {name: value.number for name, value in inputs.items()}
    tmv = scores(inputs)
    return tmv, softmax(*tmv)


class Moment:
    """What was known at one close."""


class FourHours:
    """Labels of the 4h window. A bar that is due and missing has none."""

    def __init__(self, bank):
        self.bank, self.track = bank, Track()
        self.next = None
        self.at = {}

    def upto(self, number):
        """As of the 4h bar of that number, traded or not; None before the
        first."""
        if self.next is None:
            first = self.bank.series.between(self.bank.start, number)
            if not first:
                return None
            self.next = first[0]
        while self.next <= number:
            traded = self.next in self.bank.series.bars
            row = self.bank.upto(self.next) if traded else None
            if row and row.bar.gap:
                self.track.stop()
            m = Moment()
            m.scores, m.p = odds(row)
            self.track.push(m.p)
            m.label, m.run = self.track.labels[-1], self.track.run()
            self.at[self.next] = m
            self.next += 1
        return self.at.get(number)


class Pool:
    """Both timeframes at every 1h close of the window."""

    def __init__(self, hours, four):
        self.hours, self.four = hours, four
        self.own, self.track = Track(), Track()
        self.lost = []  # M of successive closes
        self.fed = hours.start - 1
        self.at = {}

    def upto(self, number):
        for n in self.hours.series.between(self.fed + 1, number):
            self._push(self.hours.upto(n))
        self.fed = max(self.fed, number)
        return self.at[number]

    def _push(self, row):
        if row.bar.gap:
            self.own.stop()
            self.track.stop()
            self.lost = []
        due = (row.bar.number + 1) * HOUR // FOUR - 1
        four = self.four.upto(due) if self.four else None
        m = Moment()
        m.scores, m.p_own = odds(row)
        self.own.push(m.p_own)
        m.raw = pool(m.p_own, four.p if four else None)
        self.track.push(m.raw)
        m.label_1h, m.run_1h = self.own.labels[-1], self.own.run()
        m.before, m.run = self.track.labels[-1], self.track.run()
        m.p = self.track.smoothed()
        m.four = four
        m.falling, m.drop = self.track.fall()
        m.quiet, m.ranges = self.track.quiet, self.track.ranges
        score = m.scores[1]
        self.lost = [] if score is None else self.lost[-M_BACK:] + [score]
        m.m_fall = self.lost[0] - self.lost[-1] \
            if len(self.lost) > M_BACK else None
        self.at[row.bar.number] = m


def confidence(p):
    return 1 + math.fsum(x * math.log(x) for x in p if x > 0) / math.log(4)


def explain(m):
    """The two likeliest classes of the raw pooled p, and what the scores give
    the first over the second."""
    order = sorted(range(4), key=lambda k: (m.raw[k], k), reverse=True)
    first, second = (CLASSES[k] for k in order[:2])
    weights = [a - b for a, b in zip(WEIGHTS[first], WEIGHTS[second])]

    def mixed(which, scale):
        return (0.85 * scale(m.scores[which])
                + 0.15 * scale(m.four.scores[which]))

    terms = [weights[0], weights[1] * mixed(0, lambda x: (x - 50) / 25),
             weights[2] * mixed(1, lambda x: (x - 50) / 25),
             weights[3] * mixed(2, lambda x: x / 0.25)]
    return {"winner": first, "runner_up": second, "total": math.fsum(terms),
            "base": terms[0], "t": terms[1], "m": terms[2], "v": terms[3]}
