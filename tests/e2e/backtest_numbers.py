#!/usr/bin/env python3
"""Lives of `gridwatch backtest --lives` worked out anew from the 15m candles.

backtest_numbers.py CANDLES.csv LIVES.csv [--every N] [--long]

Shares no line with the program: a grid bot of orders at lines, each bar walked
low first or high first, both ways; the boundary rule by words; the stop; the
order to leave. What a life was told it takes from the table, what became of
its money and its range it finds out. Prints each figure that differs and exits
1 when any does, or when fewer than 20 lives could be looked at.
"""

import argparse
import copy
import csv
import math
import sys

QUARTER, HOUR = 900_000, 3_600_000
FEE, HALF_SPREAD, SLIP, STEP = .001, .0002, .001, .006


def read_bars(path):
    bars = []
    for row in csv.DictReader(open(path)):
        if float(row['volume']) > 0:
            bars.append((int(row['time']) * 1000,) + tuple(
                float(row[k]) for k in ('open', 'high', 'low', 'close')))
    return bars


def hours_of(bars):
    """(close time, close) of each hour, made of whatever there is of it."""
    hours = {}
    for at, _, _, _, close in bars:
        hours[at // HOUR * HOUR + HOUR] = close
    return sorted(hours.items())


def digits(x):
    """Prices have twelve digits: a middle that is the price is not above it."""
    return float(f'{x:.12g}')


class Bot:
    """One walk: orders at geometric lines, equal amounts."""

    def __init__(self, lower, upper, levels, capital, price, stop, reverse):
        self.line = [digits(lower * (upper / lower) ** (i / levels))
                     for i in range(levels + 1)]
        self.full = [digits(math.sqrt(a * b)) > digits(price)
                     for a, b in zip(self.line, self.line[1:])]
        cost = sum(price if f else a for f, a in zip(self.full, self.line))
        self.amount = capital / (cost * (1 + FEE))
        self.capital, self.last, self.stop = capital, price, stop
        self.reverse, self.stopped = reverse, False
        self.cash = capital - self.base() * price * (1 + FEE)

    def base(self):
        return sum(self.full) * self.amount

    def equity(self, close):
        return self.cash + self.base() * close * (1 - FEE) - self.capital

    def move(self, to):
        if self.stopped:
            return
        hit = min(self.last, to) <= self.stop
        end = min(self.stop, self.last) if hit else to
        for i in range(len(self.full)):
            if end < self.last and not self.full[i] and end <= self.line[i]:
                self.cash -= self.amount * self.line[i] * (1 + FEE)
                self.full[i] = True
            elif end > self.last and self.full[i] and end >= self.line[i + 1]:
                self.cash += self.amount * self.line[i + 1] * (1 - FEE)
                self.full[i] = False
        self.last = to
        if hit:
            self.cash += self.base() * end * (1 - SLIP) * (1 - FEE)
            self.full = [False] * len(self.full)
            self.stopped = True

    def walk(self, bar):
        _, first, high, low, close = bar
        low_first = (close >= first) != self.reverse
        for point in (first, low if low_first else high,
                      high if low_first else low, close):
            self.move(point)

    def leave(self, price):
        self.move(price)
        got = price * (1 - HALF_SPREAD - SLIP)
        return self.cash + self.base() * got * (1 - FEE) - self.capital


def same(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1, abs(a), abs(b))


def follow_ms(life):
    hours = .5 * (float(life['half_width']) / float(life['sigma_1h'])) ** 2
    return round(min(max(hours, 24), 14 * 24) * HOUR)


def left_running(bot, bars, m, leaves, life):
    """e at the first of M, S and H_ft after the exit."""
    due = leaves + follow_ms(life)
    if m is not None and m <= leaves:
        return None
    until = due if m is None else min(m, due)
    for bar in bars:
        bot.walk(bar)
        if bar[0] + QUARTER >= until:
            return bot.equity(bar[4])
    return None


def money(life, bars, at, lower, upper, stop, m):
    """e at the end, its peak, e at the exit along the other order, and what
    the grid left running came to."""
    end = int(life['window_end_ms'])
    leaves = int(life['exit_ms']) if life['exit_ms'] else None
    width = math.log(upper / lower)
    levels = min(40, max(6, math.floor(round(width / math.log1p(STEP), 9))))
    walks, peak = None, 0.0
    for i in range(at, len(bars)):
        bar = bars[i]
        if walks is None:
            walks = [Bot(lower, upper, levels, float(life['capital']), bar[1],
                         stop, r) for r in (False, True)]
        if leaves is not None and bar[0] >= leaves:
            later = left_running(copy.deepcopy(walks[0]), bars[i:], m, leaves,
                                 life)
            e, other = (w.leave(bar[1]) for w in walks)
            return e, max(peak, e), other, later
        if leaves is None and bar[0] + QUARTER > end:
            break
        for w in walks:
            w.walk(bar)
        e = walks[0].equity(bar[4])
        peak = max(peak, e)
        if walks[0].stopped:
            return e, peak, None, None
    return e, peak, None, None


def events(life, bars, hours, at, lower, upper, stop):
    start, known = int(life['start_ms']), int(life['known_end_ms'])
    s = next((b[0] if b[1] <= stop else b[0] + QUARTER
              for b in bars[at:] if b[3] <= stop), None)
    m, run, side = s, 0, 0
    for when, close in hours:
        if when <= start:
            continue
        now = -1 if close < lower else 1 if close > upper else 0
        run = run + 1 if now == side else 1
        side = now
        if side and run >= 2:
            m = when if s is None or when < s else s
            break
    return [None if t is None or t > known else t for t in (m, s)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument('candles')
    p.add_argument('lives')
    p.add_argument('--every', type=int, default=1)
    args = p.parse_args()
    bars = read_bars(args.candles)
    hours = hours_of(bars)
    index = {b[0] + QUARTER: i for i, b in enumerate(bars)}
    seen = exits = stops = bad = 0
    for n, life in enumerate(csv.DictReader(open(args.lives))):
        if life['symbol'].startswith('#'):
            break
        start = int(life['start_ms'])
        if n % args.every or start not in index or life['stop_atr'] == '':
            continue
        close, w = bars[index[start]][4], float(life['half_width'])
        atr = w / float(life['half_width_atr'])
        lower, upper = close * math.exp(-w), close * math.exp(w)
        stop = close * math.exp(-w - float(life['stop_atr']) * atr)
        at = index[start] + 1
        m, s = events(life, bars, hours, at, lower, upper, stop)
        e, peak, other, later = money(life, bars, at, lower, upper, stop, m)
        found = dict(end_equity=e, peak_equity=peak, reverse_equity=other,
                     later_equity=later, m_ms=m, s_ms=s)
        told = {k: float(life[k]) if life[k] else None for k in found}
        for key, value in found.items():
            if not same(told[key], value):
                bad += 1
                print(f'line {n + 2}: {key} is {told[key]}, found {value}')
        seen += 1
        exits += bool(life['exit_ms'])
        stops += s is not None and not life['exit_ms']
    print(f'{seen} lives, {exits} left, {stops} stopped, {bad} differences')
    sys.exit(bad > 0 or seen < 20 or exits < 10)


if __name__ == '__main__':
    main()
