"""The complete exit ladder: 21 rows of two profiles, and what they come to.

Four rows, and all that they need, are the witness's (witness.py). Here are the
others, from their description alone.
"""

from copy import copy

from baseline import Baseline, Reversion, closed_at
from machine import Machine
from repository import number
from rows import CALIBRATED, LIMITS, SEED, TOGETHER, raises
from theta import theta
from value import Value, asked
from witness import Witness


class Told:
    """What a document was told and no candle tells: its inputs, the answers
    of the rows that ask a position, the rows that are not active."""

    def __init__(self, document=None):
        self.inputs = {"calendar": None, "signal": None}
        self.modes, self.money, self.risk = {}, {}, {}
        self.delay = 60  # of the operator, minutes
        if document:
            evaluation = document["evaluation"]
            self.delay = (evaluation.get("theta") or {}).get("delay", 60)
            self.risk = _usable(document.get("risk") or {})
            self.inputs = document["inputs"]
            if document["position"]["source"] != "none":
                self.money = {row["id"]: row["answer"]
                              for row in evaluation["triggers"]
                              if row["id"] in ("M_EQUITY", "L_GUARD")}
            for mode, key in (("shadow", "shadow"), ("off", "switched_off")):
                self.modes.update(
                    dict.fromkeys(evaluation.get(key) or [], mode))


def _usable(figures):
    """Those that are real numbers."""
    rows = {name: row for name, row in figures.items()
            if isinstance(row, dict) and "value" in row}
    return {name: number(row["value"]) for name, row in rows.items()
            if row.get("status", "real") in ("real", "filled")}


class Ladder:
    """Goes through the slots in order and remembers what must be."""

    def __init__(self, market, grid, profile, model):
        self.market, self.grid, self.profile = market, grid, profile
        self.witness = Witness(market.candles, grid, model)
        self.machine = Machine(LIMITS["release_closes"])
        self.baseline, self.reversion = Baseline(), Reversion(grid)
        self.theta = theta(model, grid, None)
        self.witness.limits_of = self._limits
        self.newest = None
        self.trend = self.pi_closes = self.warnings = 0
        self.blind = self.last_pi = self.crisis_time = None
        self.time = None  # of the slot before

    def slot(self, time, told, ticker=True):
        """`told` is what no candle tells (Told)."""
        r = self.market.at(time)
        self._measure(r)
        self.delay = told.delay
        before = self._remembered()
        plain = self.witness.slot(time, ticker)
        v = copy(plain)
        v.plain = plain  # what four rows come to on their own
        v.r, v.inputs, v.money = r, told.inputs, told.money
        v.four, v.modes, modes = plain.answers, told.modes, told.modes
        v.gate = self.theta.gate
        v.profile, v.grid, v.theta = self.profile, self.grid, self.theta
        v.new_bar = r.newest["15m"] != self.newest
        self.newest = r.newest["15m"]
        v.hour = self.market.candles.hour_close(time) is not None
        self._freeze(v)
        self._count(v)
        self._ask(v, modes)
        self._together(v, modes)
        self._conclude(v, modes)
        if v.state == "UNKNOWN":  # nothing is counted on
            self._recall(before)
        v.counted = self._remembered()
        return v

    def kept(self):
        """The state as it is remembered now, and since when."""
        m = self.machine
        return m.known, m.since, self.witness.latched

    def _limits(self, model):
        self.theta = theta(model, self.grid, self.theta.atr, self.delay)
        return self.theta.enter, self.theta.leave

    def _measure(self, r):
        """The grid in the ATR(4h) that was known first, once and for all."""
        atr = r.metrics.get(("atr", "4h"), Value(None, "unavailable"))
        known = self.theta.atr
        if known is None and r.price_known and atr.usable() and atr.number > 0:
            known = atr.number
        self.theta = self.theta._replace(atr=known)

    def _remembered(self):
        return {"trend": self.trend, "pi_closes": self.pi_closes,
                "warnings": self.warnings, "reversion": copy(self.reversion),
                "active": dict(self.witness.active)}

    def _recall(self, before):
        self.trend, self.pi_closes = before["trend"], before["pi_closes"]
        self.warnings = before["warnings"]
        self.reversion = before["reversion"]
        self.witness.active = before["active"]

    def _freeze(self, v):
        r = v.r
        normal = self.machine.state == "NORMAL"
        start = self.grid.life
        newest = closed_at(r.hours[-1]) if r.hours else None
        if v.price_known and newest and self.baseline.due(newest, normal):
            first = self.baseline.at is None
            if first:
                self.baseline.take(r.hours, self._atr_4h, start)
            if not first or not self.baseline.measured():
                self.baseline.take(r.hours, self._atr_4h, v.time)
        for row in r.hours:
            close = closed_at(row)
            if close > (self.reversion.fed or start - 1):
                self.reversion.feed(row.bar.close, close, self.baseline)
        v.baseline, v.reversion = copy(self.baseline), self.reversion

    def _atr_4h(self, row):
        """Of the newest 4h bar that had closed with this 1h bar."""
        newest = self.market.series["4h"].newest(closed_at(row))
        if newest is None:
            return None
        return self.market.row_4h(newest).atr_share.number

    def _count(self, v):
        r = v.r
        v.last_pi = self.last_pi  # before this slot
        if v.new_bar and r.known and r.m.p is not None:
            likely = asked(r.p["trend"], lambda p: p >= LIMITS["m_trend.p"])
            self.trend = self.trend + 1 if likely == "yes" else 0
        if v.pi.usable():
            self.last_pi = v.pi.number
            if v.hour:
                high = asked(v.pi, lambda pi: pi >= v.gate)
                self.pi_closes = self.pi_closes + 1 if high == "yes" else 0
        if v.price_known:
            self.blind = None
        elif self.blind is None:
            self.blind = self._blind_from(v.time)
        if v.r.crisis_answer == "yes":
            self.crisis_time = v.time
        v.crisis_time = self.crisis_time
        self.time = v.time
        v.trend, v.pi_closes = self.trend, self.pi_closes
        v.blind = self.blind

    def _blind_from(self, now):
        """Behind the slot before, no earlier than the life's first slot."""
        unseen = now if self.time is None else self.time + 900
        first = -(-self.grid.life // 900) * 900
        return min(now, max(unseen, first))

    def _ask(self, v, modes):
        own = SEED if self.profile == "seed" else CALIBRATED
        v.answers = {name: own[name](v) for name in own}
        for name, mode in modes.items():
            if mode == "off":
                v.answers[name] = "na"
        v.literal = [name for name, ask in SEED.items() if ask(v) == "yes"]

    def _together(self, v, modes):
        """Two or more, on two successive bars in the calibrated profile."""
        counted = [v.answers[name] for name in TOGETHER
                   if modes.get(name) != "shadow"]
        needed = LIMITS["warning.needed"]
        v.yes, v.unknown = counted.count("yes"), counted.count("unknown")
        enough = "yes" if v.yes >= needed else \
            "unknown" if v.yes + v.unknown >= needed else "no"
        if v.new_bar and enough != "unknown":
            self.warnings = self.warnings + 1 if enough == "yes" else 0
        held = 1 if self.profile == "seed" else LIMITS["warning.held"]
        v.warnings = self.warnings
        v.together = enough if enough != "yes" or self.warnings >= held \
            else "no"

    def _conclude(self, v, modes):
        raising = [raises(name) for name, answer in v.answers.items()
                   if answer == "yes" and name not in TOGETHER
                   and modes.get(name) != "shadow"]
        if v.together == "yes":
            raising.append("WARNING")
        mandatory = [answer for name, answer in v.answers.items()
                     if name.startswith("M_") and modes.get(name) != "shadow"]
        v.data_known = v.price_known and v.r.before != "UNKNOWN" \
            and "unknown" not in (v.four["M_BOUNDARY"], v.four["L_HAZ"])
        self.machine.step(v, raising, mandatory, v.hour)

