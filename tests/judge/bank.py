"""Every metric of one timeframe, bar by bar over one canonical window."""

import math

from crisis import DAY, Crisis
from smooth import Ewma, Expansion, Rank, Wilder
from value import Value
from windowed import (DickeyFuller, autocorrelation, bands, efficiency,
                      mean_rank, slope, variance_ratio)

EXPANSION = {"15m": 100, "1h": 100, "4h": 50}
RANKS = 200
WARMUP = Value(None, "warmup")


class Row:
    """What stood there at the close of one bar."""

    def __init__(self, bar, seen):
        self.bar, self.seen = bar, seen
        self.metrics = {}


class Bank:
    """`plain` keeps what depends on the last bars only: windows that overlap
    share it."""

    def __init__(self, series, start, seasons, plain):
        self.series, self.start, self.plain = series, start, plain
        self.seasons = seasons
        self.tf = series.tf
        self.fed = start - 1  # number of the newest bar
        self.rows = []
        self.at = {}
        self.raw, self.log = Wilder(), Wilder(log=True)
        self.ver = Expansion(EXPANSION[self.tf])
        self.even = Expansion(EXPANSION[self.tf])
        self.closes, self.logs = [], []
        self.widths = []
        self.fast = Ewma(0.1, 100)
        self.haz = Ewma(1 - 2 ** (-1 / 96), 96)
        self.slow = Ewma(1 - 2 ** (-1 / 480), 480)
        self.rank, self.crisis = Rank(), Crisis()

    def upto(self, number):
        """The row of that bar, one of the window."""
        if number > self.fed:
            last = self.rows[-1].bar.number if self.rows else self.start
            for bar in self.series.window(last, number):
                if bar.number > self.fed:
                    self._push(bar)
            self.fed = number
        return self.at[number]

    def _push(self, bar):
        before = self.rows[-1].bar if self.rows else None
        self.number = bar.number
        row = Row(bar, len(self.rows) + 1)
        self.closes.append(bar.close)
        self.logs.append(math.log(bar.close))
        self.raw.push(bar)
        self.log.push(bar)
        tr = self.raw.range if before else None
        self.ver.push(tr, 1.0, bar.close)
        factor = Value(None, "unavailable")
        if self.tf != "4h":
            factor = self.seasons.factor(bar.number * self.series.seconds)
        self.even.push(tr, factor.number, bar.close)
        ver = self.even.ratio() if factor.usable() else factor
        row.metrics["atr"] = self.raw.atr_value()
        row.atr_share = _over(row.metrics["atr"], bar.close)
        row.ver_mean = self.even.mean() if factor.usable() else factor
        if self.tf == "15m":
            self._quarter(row, before, tr, ver)
        else:
            self._hours(row, ver)
        self.rows.append(row)
        self.at[bar.number] = row

    def _quarter(self, row, before, tr, ver):
        bar, m = row.bar, row.metrics
        r, sigma = None, self.haz.value()  # of the bars before this one
        if before:
            r = math.log(bar.close / before.close)
            for volatility in (self.fast, self.haz, self.slow):
                volatility.push(r)
            self.rank.push(self.fast.value())
        m["vol_fast"], m["vol_haz"] = self.fast.value(), self.haz.value()
        m["vol_slow"], m["vol_rank"] = self.slow.value(), self.rank.newest
        m["ver"] = ver
        past = [other.bar for other in self.rows[-DAY:]]
        day = (max(b.high for b in past), min(b.low for b in past)) \
            if len(past) == DAY else None
        bars = self._bars_since_traded(bar)
        if bars > 1:  # a crisis is of one bar
            r, tr = r / math.sqrt(bars), bar.high - bar.low
        self.crisis.push(bar, r, sigma, tr, m["atr"], ver, day)
        row.crisis = self.crisis.copy()

    def _bars_since_traded(self, bar):
        if bar.filled or not self.rows:
            return 1
        traded = [other.bar.number for other in self.rows[-3:]
                  if not other.bar.filled]
        return bar.number - (traded[-1] if traded else self.rows[0].bar.number)

    def _hours(self, row, ver):
        m, n = row.metrics, row.seen
        m["adx"], m["adx_log"] = self.raw.adx_value(), self.log.adx_value()
        m["er24"] = self._plain("er24", n > 24, lambda: efficiency(
            self.closes, 24))
        m["t_df"] = self._regression(row, 100).t_value()
        m["vr8"] = self._plain("vr8", n > 100,
                               lambda: variance_ratio(self.logs))
        b = self._plain("slope", n >= 24, lambda: slope(self.logs))
        norm = _over(b, row.atr_share.number) if row.atr_share.usable() or \
            not b.usable() else row.atr_share
        m["z_slope"] = _over(norm, 0.72 / math.sqrt(24))
        width, z20 = self._plain("bands", n >= 20,
                                 lambda: bands(self.closes), (WARMUP,) * 2)
        m["bbw"] = width
        m["ver_raw"] = self.ver.ratio()
        if self.tf == "4h":
            return
        m["ver"], m["slope"], m["z20"] = ver, norm, z20
        m["plus_di"], m["minus_di"] = self.raw.di_value(1), \
            self.raw.di_value(2)
        m["er10"] = self._plain("er10", n > 10, lambda: efficiency(
            self.closes, 10))
        m["rho1"] = self._plain("rho1", n > 100,
                                lambda: autocorrelation(self.logs))
        self.widths += [width.number] if width.usable() else []
        m["bbw_pct"] = self._plain(
            "bbw_pct", len(self.widths) >= RANKS,
            lambda: mean_rank(self.widths[-RANKS:]))
        row.df100 = self._regression(row, 100)
        row.df200 = self._regression(row, 200)
        m["half_life_100"] = row.df100.life("raw")
        m["half_life_200"] = row.df200.life("raw")
        m["half_life"] = row.df200.identified()
        m["t_df_200"] = row.df200.t_value()

    def _plain(self, name, enough, compute, missing=WARMUP):
        if not enough:
            return missing
        key = name, self.tf, self.number
        if key not in self.plain:
            self.plain[key] = compute()
        return self.plain[key]

    def _regression(self, row, n):
        if row.seen <= n:
            return NotYet
        return self._plain(f"df{n}", True,
                           lambda: DickeyFuller(self.logs, n))


class NotYet:
    """A regression without enough bars."""

    status = "warmup"

    @staticmethod
    def t_value():
        return WARMUP

    @staticmethod
    def life(_):
        return WARMUP

    @staticmethod
    def identified():
        return WARMUP


def _over(value, by):
    return Value(value.number / by, n=value.n) if value.usable() else value
