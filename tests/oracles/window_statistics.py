#!/usr/bin/env python3
"""Independent values for the statistical metrics. Prints C rows.

statsmodels for t_DF and the autocorrelation, numpy for the rest, written from
the formulas and not from the code. Input: the bars of metric_made_lcg().
"""
import math
from fractions import Fraction

import numpy as np
import statsmodels, scipy
from statsmodels.tsa.stattools import acf, adfuller

FIRST, HOUR = 483001, 3600 * 1000


def lcg(seed, n):
    x, close, rows = seed, 20000, []

    def draw(below):
        nonlocal x
        x = (1664525 * x + 1013904223) & 0xFFFFFFFF
        return (x >> 16) % below

    for _ in range(n):
        opened = close
        move = draw(401) - 200
        close += move if 10000 <= close + move <= 40000 else -move
        high = max(opened, close) + draw(90)
        low = min(opened, close) - draw(90)
        rows.append((opened / 100, high / 100, low / 100, close / 100))
    return np.array(rows)


def autocorr(close, n):
    return acf(np.diff(np.log(close))[-n:], adjusted=False, nlags=1)[1]


def variance_ratio(close, n, q):
    y = np.log(close[-n - 1:])
    mu = (y[-1] - y[0]) / n
    one = np.sum((np.diff(y) - mu) ** 2) / (n - 1)
    m = q * (n - q + 1) * (1 - q / n)
    vr = np.sum((y[q:] - y[:-q] - q * mu) ** 2) / m / one
    return vr, math.sqrt(n) * (vr - 1) / math.sqrt(
        2 * (2 * q - 1) * (q - 1) / (3 * q))


def half_life(phi):
    if phi >= 1:
        return math.inf
    return -math.log(2) / math.log(phi) if phi > 0 else 0.0


def dickey_fuller(close, n):
    y = np.log(close[-n - 1:])
    t = adfuller(y, maxlag=0, autolag=None, regression="c")[0]
    x = np.column_stack([np.ones(n), y[:-1]])
    b = np.linalg.lstsq(x, np.diff(y), rcond=None)[0][1]
    phi = 1 + b
    return (b, t, half_life(phi),
            half_life(min((n * phi + 1) / (n - 3), 1)))


def ewma(close, alpha):
    """Sum of weights, from the newest back; nan before the first return."""
    r2 = np.diff(np.log(close)) ** 2
    out = [math.nan]
    for t in range(1, len(close)):
        w = (1 - alpha) ** np.arange(t)
        out.append(math.sqrt(np.dot(w, r2[:t][::-1]) / w.sum()))
    return np.array(out)


def ranks(close):
    fast = ewma(close, 0.1)
    out = {}
    for i in range(399, len(close)):
        window = fast[max(100, i - 899): i + 1]
        out[i] = Fraction(int(np.sum(window <= fast[i])), len(window))
    return fast, out


def tertiles(rank):
    third, slack = Fraction(1, 3), Fraction(5, 100)
    now, rows = None, []
    for i in sorted(rank):
        s, new = rank[i], now
        if now is None:
            new = "LOW" if s <= third else "NORMAL" if s <= 2 * third else "HIGH"
        elif now == "LOW" and s > third + slack:
            new = "HIGH" if s > 2 * third + slack else "NORMAL"
        elif now == "HIGH" and s <= 2 * third - slack:
            new = "LOW" if s <= third - slack else "NORMAL"
        elif now == "NORMAL" and s <= third - slack:
            new = "LOW"
        elif now == "NORMAL" and s > 2 * third + slack:
            new = "HIGH"
        if new != now:
            rows.append((i, new))
        now = new
    return rows


def true_range(bars):
    h, l, c = bars[:, 1], bars[:, 2], bars[:, 3]
    return np.maximum(h[1:], c[:-1]) - np.minimum(l[1:], c[:-1])


def expansion(tr, n):
    """tr[0] is that of bar 1. Value by bar number."""
    atr = {14: tr[:14].mean()}
    for i in range(15, len(tr) + 1):
        atr[i] = (13 * atr[i - 1] + tr[i - 1]) / 14
    return {i: atr[i] / np.mean([atr[k] for k in range(i - n + 1, i + 1)])
            for i in range(13 + n, len(tr) + 1)}


def season(bars, first, monday_ms):
    c = bars[:, 3]
    every, hours = [], {h: [] for h in range(168)}
    tr = true_range(bars) / c[:-1]
    for i in range(1, len(bars)):
        opened = (first + i) * HOUR
        if opened - HOUR < monday_ms - 1344 * HOUR or opened >= monday_ms:
            continue
        every.append(tr[i - 1])
        hours[(opened // HOUR - 96) % 168].append(tr[i - 1])
    middle = np.median(every)
    return len(every), [min(max(
        (len(v) * np.median(v) / middle + 4) / (len(v) + 4), .4), 2.5)
        if v else 1.0 for v in (hours[h] for h in range(168))]


def print_rows(title, rows):
    print("/* %s */" % title)
    for row in rows:
        print("{ " + ", ".join(
            x if isinstance(x, str) else
            "HUGE_VAL" if x == math.inf else
            "%d" % x if isinstance(x, int) else "%.17g" % x for x in row) + " },")


def main():
    print("statsmodels", statsmodels.__version__, "numpy", np.__version__,
          "scipy", scipy.__version__)
    bars = lcg(7, 2500)
    c, n = bars[:, 3], 2500
    at = [100, 101, 150, 199, 200, 250, 333, 1000, 2499]

    rho = {i: autocorr(c[: i + 1], 100) for i in range(100, n)}
    print_rows("autocorr, n = 100: i, rho", [(i, rho[i]) for i in at])
    print_rows("sum over 100..2499", [(math.fsum(rho.values()),)])

    vr = {i: variance_ratio(c[: i + 1], 100, 8) for i in range(100, n)}
    print_rows("VR, q = 8, n = 100: i, vr, z", [(i,) + vr[i] for i in at])
    print_rows("sum", [(math.fsum(v[0] for v in vr.values()),)])

    for length in (100, 200):
        df = {i: dickey_fuller(c[: i + 1], length) for i in range(length, n)}
        picks = [i for i in at if i >= length]
        picks += [i for i in df if df[i][0] >= 0][:2]
        picks += [i for i in df if df[i][1] <= -2.57
                  and df[i][3] <= length / 16][:2]
        picks += [i for i in df if df[i][1] <= -2.57
                  and df[i][3] > length / 16][:1]
        print_rows("DF, n = %d: i, b, t, HL, HL_c" % length,
                   [(i,) + df[i] for i in picks])
        print_rows("sums of b, of t; infinite HL, HL_c; identified", [(
            math.fsum(v[0] for v in df.values()),
            math.fsum(v[1] for v in df.values()),
            sum(v[2] == math.inf for v in df.values()),
            sum(v[3] == math.inf for v in df.values()),
            sum(v[1] <= -2.57 and v[3] <= length / 16 for v in df.values()))])

    fast, rank = ranks(c)
    haz, slow = ewma(c, 1 - 2 ** (-1 / 96)), ewma(c, 1 - 2 ** (-1 / 480))
    print_rows("EWMA: i, fast, haz, slow, rank", [
        (i, fast[i], haz[i], slow[i], float(rank[i]))
        for i in (480, 700, 998, 999, 1000, 1700, 2499)])
    changes = tertiles(rank)
    print_rows("first changes of the tertile",
               [(i, "VOL_TERTILE_" + name) for i, name in changes[:6]])
    held = {"LOW": 0, "NORMAL": 0, "HIGH": 0}
    for (i, name), (k, _) in zip(changes, changes[1:] + [(n, "")]):
        held[name] += k - i
    print("sum of ranks %.17g" % float(sum(rank.values())), len(changes),
          "changes", held)

    tr = true_range(bars)
    factor = np.array([.5 + (FIRST + i) % 7 / 4 for i in range(1, n)])
    raw, even = expansion(tr, 100), expansion(tr / factor, 100)
    raw50 = expansion(tr, 50)
    print_rows("VER: i, raw 100, deseasonalised 100, raw 50", [
        (i, raw[i], even[i], raw50[i])
        for i in (113, 114, 200, 299, 1000, 2499)])
    print_rows("sums", [(math.fsum(raw.values()), math.fsum(even.values()),
                         math.fsum(raw50.values()))])

    for count in (2500, 500):
        last = (FIRST + count - 1) * HOUR
        monday = (last - 96 * HOUR) // (168 * HOUR) * 168 * HOUR + 96 * HOUR
        used, factors = season(bars[:count], FIRST, monday)
        print_rows("season of %d bars, Monday %d, %d ranges" %
                   (count, monday, used),
                   [(h, factors[h]) for h in (0, 1, 24, 83, 100, 167)])
        print_rows("sum", [(math.fsum(factors),)])


main()
