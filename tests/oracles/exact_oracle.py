#!/usr/bin/env python3
"""exact_oracle.py < BARS.csv - windowed metrics with fractions and 50 digits.

Bars are time,open,high,low,close,volume with a header; one line a bar comes
out, a field empty before the first value. Every window is summed anew from the
prices as they are written, so nothing here can drift. See README.md.
"""
import csv
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 50
BANDS, RANKS, WITHIN, RISINGS = 20, 200, 6, 3


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def efficiency(closes, t, n):
    if t < n:
        return None
    way = sum(abs(closes[i] - closes[i - 1]) for i in range(t - n + 1, t + 1))
    return decimal(abs(closes[t] - closes[t - n]) / way) if way else None


def line(logs, t, n):
    """Slope of the logs on time, and R squared."""
    if t < n - 1:
        return None, None
    y = logs[t - n + 1:t + 1]
    my, mt = sum(y) / n, Decimal(n - 1) / 2
    sty = sum((i - mt) * (v - my) for i, v in enumerate(y))
    stt = sum((i - mt) ** 2 for i in range(n))
    syy = sum((v - my) ** 2 for v in y)
    return sty / stt, sty * sty / stt / syy if syy else None


def bands(closes, t):
    if t < BANDS - 1:
        return None, None, None, None
    window = closes[t - BANDS + 1:t + 1]
    mean = sum(window) / BANDS
    sd = decimal(sum((c - mean) ** 2 for c in window) / BANDS).sqrt()
    z = decimal(closes[t] - mean) / sd if sd else None
    return decimal(mean), sd, 4 * sd / decimal(mean), z


def rank(values):
    """Mean rank of the last among all, as a share of them."""
    below = sum(v < values[-1] for v in values)
    equal = sum(v == values[-1] for v in values)
    return (Decimal(below) + Decimal(equal + 1) / 2) / len(values)


def bandwidth(closes):
    """Rows of sma, sd, width, z, pct, squeeze, release."""
    rows, widths, pcts = [], [], []
    for t in range(len(closes)):
        sma, sd, width, z = bands(closes, t)
        if width is not None:
            widths.append(round(width, 9))
        if len(widths) >= RANKS:
            pcts.append(rank(widths[-RANKS:]))
        rose = [b > a for a, b in zip(widths, widths[1:])][-RISINGS:]
        squeezed = [p <= Decimal('0.1') for p in pcts]
        release = all(rose) and any(squeezed[-WITHIN:])
        rows.append([sma, sd, width, z] + ([pcts[-1], squeezed[-1], release]
                                           if pcts else [None] * 3))
    return rows


def text(value):
    if value is None:
        return ''
    return str(int(value)) if isinstance(value, bool) else f'{value:.20g}'


def main():
    bars = list(csv.DictReader(sys.stdin))
    closes = [Fraction(b['close']) for b in bars]
    logs = [Decimal(b['close']).ln() for b in bars]
    out = csv.writer(sys.stdout, lineterminator='\n')
    out.writerow(['time', 'efficiency_10', 'efficiency_24', 'slope_b',
                  'slope_r2', 'bollinger_sma', 'bollinger_sd',
                  'bollinger_width', 'bollinger_z', 'bollinger_pct',
                  'bollinger_squeeze', 'bollinger_release'])
    for t, (bar, row) in enumerate(zip(bars, bandwidth(closes))):
        values = [efficiency(closes, t, 10), efficiency(closes, t, 24),
                  *line(logs, t, 24), *row]
        out.writerow([bar['time']] + [text(v) for v in values])


if __name__ == '__main__':
    main()
