#!/usr/bin/python3
"""window_oracle.py TF [HOURS] < BARS - metrics by statsmodels, pandas and numpy.

Bars are time,open,high,low,close,volume with a heading; one line a bar comes
out. Columns are LIBRARY:NAME. A field is empty where nothing was asked, and
says nan where it was and there is no value. HOURS are the 1h bars of the
hour-of-week profile. Where a library has the estimator, it is the library's;
numpy stands for the formula, written down here a second time: every window is
summed anew, in two passes. See README.md.
"""
import sys

import numpy as np
import pandas as pd
import statsmodels
from numpy.lib.stride_tricks import sliding_window_view
from statsmodels.tsa.stattools import acf, adfuller

EVERY = 7  # adfuller() and acf() are asked on every seventh bar
HOUR, WEEK, MONDAY = 3600, 168 * 3600, 96 * 3600
NAN = float('nan')


def windows(x, n):
    """Rows of n; row k ends at index n - 1 + k."""
    return sliding_window_view(x, n)


def late(values, length):
    """Put at the end of `length` empty fields."""
    return [None] * (length - len(values)) + list(values)


# ---- statsmodels -----------------------------------------------------------


def asked(length, first):
    return [i for i in range(first, length) if (i - first) % EVERY == 0]


def dickey_fuller(y, n):
    out = [None] * len(y)
    for i in asked(len(y), n):
        out[i] = adfuller(y[i - n:i + 1], maxlag=0, autolag=None,
                          regression='c')[0]
    return out


def autocorrelation(y, n):
    out = [None] * len(y)
    for i in asked(len(y), n):
        out[i] = acf(np.diff(y[i - n:i + 1]), adjusted=False, nlags=1)[1]
    return out


# ---- pandas ----------------------------------------------------------------


def volatility(close, alpha, least):
    """adjust=True divides by the sum of the weights."""
    r2 = np.log(close).diff()[1:] ** 2
    v = np.sqrt(r2.ewm(alpha=alpha, adjust=True).mean())
    return v.where(np.arange(1, len(close)) >= least).reindex(close.index)


def volatilities(close):
    fast = volatility(close, .1, 100)
    rank = fast.rolling(900, min_periods=300).rank(method='max', pct=True)
    haz = volatility(close, 1 - 2 ** (-1 / 96), 96)
    slow = volatility(close, 1 - 2 ** (-1 / 480), 480)
    return {'pandas:vol_fast': fast, 'pandas:vol_haz': haz,
            'pandas:vol_slow': slow, 'pandas:vol_rank': rank}


# ---- numpy -----------------------------------------------------------------


def efficiency(c, n):
    way = np.abs(windows(np.diff(c), n)).sum(axis=1)
    return late(np.abs(c[n:] - c[:-n]) / way, len(c))


def bands(c, n=20):
    w = windows(c, n)
    mean = w.mean(axis=1)
    sd = np.sqrt(((w - mean[:, None]) ** 2).mean(axis=1))
    return mean, sd, 4 * sd / mean, (c[n - 1:] - mean) / sd


def line(y, n=24):
    """Slope on time, and R squared."""
    w = windows(y, n)
    w = w - w.mean(axis=1)[:, None]
    t = np.arange(n) - (n - 1) / 2
    b = (w * t).sum(axis=1) / (t ** 2).sum()
    return b, b ** 2 * (t ** 2).sum() / (w ** 2).sum(axis=1)


def variance_ratio(y, n=100, q=8):
    """As VarianceRatio(overlap=True, debiased=True) of the package arch."""
    w = windows(y, n + 1)
    mu = (w[:, -1] - w[:, 0])[:, None] / n
    one = ((np.diff(w, axis=1) - mu) ** 2).sum(axis=1) / (n - 1)
    m = q * (n - q + 1) * (1 - q / n)
    vr = ((w[:, q:] - w[:, :-q] - q * mu) ** 2).sum(axis=1) / m / one
    return vr, np.sqrt(n) * (vr - 1) / np.sqrt(
        2 * (2 * q - 1) * (q - 1) / (3 * q))


def regression(y, n):
    """phi and t of y(t) - y(t-1) on y(t-1)."""
    w = windows(y, n + 1)
    x, d = w[:, :-1], np.diff(w, axis=1)
    x = x - x.mean(axis=1)[:, None]
    d = d - d.mean(axis=1)[:, None]
    sxx = (x * x).sum(axis=1)
    b = (x * d).sum(axis=1) / sxx
    rest = ((d - b[:, None] * x) ** 2).sum(axis=1)
    return 1 + b, b / np.sqrt(rest / (n - 2) / sxx)


def half_life(phi):
    """nan where infinite."""
    phi = np.asarray(phi)
    inside = np.where((phi > 0) & (phi < 1), phi, .5)
    return np.where(phi >= 1, NAN,
                    np.where(phi <= 0, 0, -np.log(2) / np.log(inside)))


def identified(y, n):
    phi, t = regression(y, n)
    life = half_life(np.minimum((n * phi + 1) / (n - 3), 1))
    return np.where((t <= -2.57) & (life <= n / 16), life, NAN)


def wilder(ranges, n=14):
    """ATR; ranges[0] is that of bar 1."""
    out = [sum(ranges[:n]) / n]
    for tr in ranges[n:]:
        out.append((out[-1] * (n - 1) + tr) / n)
    return np.array(out)


def expansion(ranges, n):
    atr = wilder(ranges)
    return atr[n - 1:] / windows(atr, n).mean(axis=1)


# ---- the hours of the week -------------------------------------------------


def profile(hours, monday):
    """168 factors, or None."""
    h = hours[(hours.time >= monday - 8 * WEEK) & (hours.time < monday)]
    if len(h) < 336:
        return None
    before = h.close.shift()
    tr = (np.maximum(h.high, before) - np.minimum(h.low, before)) / before
    tr = tr[h.time.diff() == HOUR]
    of_hour = tr.groupby((h.time - MONDAY) // HOUR % 168)
    k = of_hour.count()
    s = (k * of_hour.median() / tr.median() + 4) / (k + 4)
    return s.clip(.4, 2.5).reindex(range(168), fill_value=1.0)


def factors(times, hours):
    """One a bar; the weeks before the first profile have none."""
    known = {}
    for t in times:
        monday = (t - MONDAY) // WEEK * WEEK + MONDAY
        if monday not in known:
            known[monday] = profile(hours, monday)
        p = known[monday]
        yield NAN if p is None else p[(t - MONDAY) // HOUR % 168]


def deseasonalised(bars, ranges, hours, n):
    s = np.array(list(factors(bars.time, hours)))
    first = int(np.isnan(s).sum()) + 1  # the bar that begins it has no range
    return late(expansion(ranges[first - 1:] / s[first:], n), len(bars))


# ---- the columns -----------------------------------------------------------


def of_all(bars, tf, hours):
    h, l, c = (bars[k].to_numpy() for k in ('high', 'low', 'close'))
    ranges = np.maximum(h[1:], c[:-1]) - np.minimum(l[1:], c[:-1])
    n = 50 if tf == '4h' else 100
    out = {'numpy:atr': late(wilder(ranges), len(c)),
           'numpy:ver_raw': late(expansion(ranges, n), len(c))}
    if hours is not None:
        out['numpy:ver'] = deseasonalised(bars, ranges, hours, n)
    return out


def of_hours(bars, atr):
    c = bars.close.to_numpy()
    y, n = np.log(c), len(c)
    mean, sd, width, z = bands(c)
    b, r2 = line(y)
    norm = np.array(late(b, n), float) / (np.array(atr, float) / c)
    vr, vr_z = variance_ratio(y)
    rho = autocorrelation(y, 100)
    widths = pd.Series(np.round(width, 9))
    out = {
        'sma20': mean, 'sd20': sd, 'bbw': width, 'z20': z, 'b': b, 'r2': r2,
        'vr8': vr, 'vr_z': vr_z, 'er10': efficiency(c, 10),
        'er24': efficiency(c, 24), 'slope': norm[23:],
        'z_slope': norm[23:] * np.sqrt(24) / .72,
        't_df': regression(y, 100)[1],
        'half_life': identified(y, 200),
        'half_life_100': half_life(regression(y, 100)[0]),
        'half_life_200': half_life(regression(y, 200)[0]),
    }
    out = {'numpy:' + name: late(x, n) for name, x in out.items()}
    out['statsmodels:rho'] = rho
    out['statsmodels:rho1'] = [r if r is None else r + .01 for r in rho]
    out['statsmodels:t_df'] = dickey_fuller(y, 100)
    out['statsmodels:t_df_200'] = dickey_fuller(y, 200)
    pct = widths.rolling(200).rank(method='average', pct=True)
    out['pandas:bbw_pct'] = late(pct[199:], n)
    return out


def text(values, i):
    v = values.iloc[i] if isinstance(values, pd.Series) else values[i]
    return '' if v is None else repr(float(v))


def main(tf, hours=None):
    print('# statsmodels %s, pandas %s, numpy %s' % (
        statsmodels.__version__, pd.__version__, np.__version__),
        file=sys.stderr)
    bars = pd.read_csv(sys.stdin, float_precision='round_trip')
    if hours:
        hours = pd.read_csv(hours, float_precision='round_trip')
    columns = of_all(bars, tf, hours)
    if tf == '15m':
        for name, x in volatilities(bars.close).items():
            columns[name] = late(x[x.first_valid_index():], len(bars))
    else:
        columns.update(of_hours(bars, columns['numpy:atr']))
    print(','.join(['time', *columns]))
    for i, time in enumerate(bars.time):
        print(','.join([str(time)] + [text(x, i) for x in columns.values()]))


if __name__ == '__main__':
    main(*sys.argv[1:])
