"""What the market says at a slot: every metric and the regime, as of the
canonical windows that the slot reads."""

from bank import Bank
from bars import DEGRADED, SECONDS, Series
from candles import BAR
from classifier import CLASSES, FourHours, Pool, confidence
from crisis import Crisis
from season import Seasons
from value import Value
from witness import PRICE_AGE

TIMEFRAMES = ("15m", "1h", "4h")
# Outside of these a metric is a data fault and has no value.
SANE = {"vol_haz": (1e-7, 0.5), "vol_fast": (1e-9, 1), "vol_slow": (1e-7, 0.5),
        "vol_rank": (0, 1), "ver": (0, 100), "ver_raw": (0, 100),
        "er10": (0, 1), "er24": (0, 1), "rho1": (-1.1, 1.1),
        "half_life": (0, 12.5), "t_df": (-1000, 1000),
        "t_df_200": (-1000, 1000), "vr8": (0, 20), "slope": (-10, 10),
        "z_slope": (-100, 100), "bbw": (0, 4), "bbw_pct": (0, 1),
        "z20": (-5, 5)}


class Reading:
    """Of one slot. `metrics` by (name, timeframe), each as it may be
    compared; `hours` are the rows of the 1h window, oldest first."""


class Market:
    def __init__(self, candles):
        self.candles = candles
        self.series = {tf: Series(candles, tf) for tf in TIMEFRAMES}
        self.seasons = Seasons(self.series["1h"])
        self.plain = {}
        self.banks, self.fours, self.pools = {}, {}, {}

    def _bank(self, tf, newest):
        series = self.series[tf]
        start = series.start(newest)
        if (tf, start) not in self.banks:
            self.banks[tf, start] = Bank(series, start, self.seasons,
                                         self.plain)
        return self.banks[tf, start]

    def at(self, time):
        r = Reading()
        r.time, r.metrics, r.rows, r.absent = time, {}, {}, {}
        newest = {tf: self.series[tf].newest(time) for tf in TIMEFRAMES}
        last = newest["15m"]
        r.price_known = last is not None and \
            time - (last + 1) * BAR <= PRICE_AGE
        r.newest = newest
        for tf in TIMEFRAMES:
            if newest[tf] is not None:
                row = self._bank(tf, newest[tf]).upto(newest[tf])
                r.rows[tf] = row
                r.absent[tf] = self.series[tf].absent(newest[tf])
                for name, value in row.metrics.items():
                    r.metrics[name, tf] = self.judged(r, name, tf, value)
        r.hours = self._bank("1h", newest["1h"]).rows if "1h" in r.rows else []
        r.hours = [row for row in r.hours
                   if (row.bar.number + 1) * SECONDS["1h"] <= time]
        self._regime(r)
        return r

    def judged(self, r, name, tf, value):
        """A metric as it may be compared at this slot."""
        share, absent = r.absent[tf]
        if share > DEGRADED:
            return Value(None, "unavailable")
        low, high = SANE.get(name, (0, float("inf")))
        if value.usable():
            if not low <= value.number <= high:
                return Value(None, "unavailable")
            if not r.price_known:
                return Value(value.number, "stale", value.n)
            if absent:
                return Value(value.number, "filled", value.n)
        return value

    def _regime(self, r):
        r.crisis = r.rows["15m"].crisis if "15m" in r.rows else Crisis()
        r.whole = all(tf in r.rows and r.absent[tf][0] <= DEGRADED
                      for tf in TIMEFRAMES)
        r.crisis_answer = r.crisis.answer \
            if r.price_known and r.whole else "unknown"
        r.late = {tf for tf in ("1h", "4h")
                  if r.newest[tf] != r.time // SECONDS[tf] - 1}
        r.known = r.price_known and r.whole and "1h" not in r.late
        r.m = None
        r.label_4h, r.run_4h, r.run_1h = "UNKNOWN", 0, 0
        r.label_1h = r.before = r.pooled = "UNKNOWN"
        r.four = None
        if "1h" not in r.rows:
            self._numbers(r)
            return
        due = r.time // SECONDS["4h"] - 1
        four = self._four(r)
        now = four.upto(due) if four else None
        if now:
            r.label_4h, r.run_4h = now.label, now.run
        r.m = self._pool(r, four).upto(r.newest["1h"])
        r.four = now
        r.label_1h, r.before = r.m.label_1h, r.m.before
        r.run_1h = r.m.run_1h
        if not r.known:
            r.label_1h = r.before = "UNKNOWN"
        if not (r.price_known and r.whole):
            r.label_4h = "UNKNOWN"
        r.pooled = r.crisis.label(r.before)
        self._numbers(r)

    def row_4h(self, number):
        return self._bank("4h", number).upto(number)

    def _four(self, r):
        newest = r.newest["4h"]
        if newest is None:
            return None
        bank = self._bank("4h", newest)
        return self.fours.setdefault(bank.start, FourHours(bank))

    def _pool(self, r, four):
        bank = self._bank("1h", r.newest["1h"])
        key = bank.start, four.bank.start if four else None
        if key not in self.pools:
            self.pools[key] = Pool(bank, four)
        return self.pools[key]

    def _numbers(self, r):
        m = r.m
        missing = Value(None, "unavailable")
        known = r.known and m is not None and m.p is not None
        names = [name.lower() for name in CLASSES]
        r.p = {n: Value(m.p[k]) if known else missing
               for k, n in enumerate(names)}
        r.raw = {n: Value(m.raw[k]) if known else missing
                 for k, n in enumerate(names)}
        r.q = Value(m.p[2] + m.p[3]) if known else missing
        r.m_fall = Value(m.m_fall) if r.known and m.m_fall is not None \
            else missing
        r.confidence = Value(confidence(m.p)) if known else missing
        if known and r.crisis.answer == "yes":
            r.confidence = Value(0.0)
