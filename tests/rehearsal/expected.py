#!/usr/bin/env python3
"""When must the first alert of a real break have come? Without our code.

    tests/rehearsal/expected.py DATA > tests/rehearsal/expected.tsv
    tests/rehearsal/expected.py DATA DAY... > expected of other candles

DATA is the folder of recorded 15m candles (SYMBOL-EXCHANGE-15m*.csv.zst, read
with `zstd -dc`). For each day of a known break and each file that covers it,
one grid: started at 00:00 UTC the day before, centre C the close, bounds
C -+ 4 ATR14(4h), stop 2 ATR14(4h) below the lower bound, all known at its
start. For each file also two controls, of the Mondays 120 days into the file or
later whose grid saw no event in ten days and never a pi of .35: the first one
(quiet), and the one whose pi came nearest to .35 (near).

    boundary   the slot that completes two closed 1h bars in a row outside on
               the same side (the hour's last bar is its close)
    stop       the slot of the first 15m low at the stop or below
    alert_by   the first slot with pi >= .50, or the event if that came first:
               the first alert (LATEST or MANDATORY) must not come later
    lead_h     hours from alert_by to the event

pi is pi-24h-2 of docs/triggers.md: p the chance that a Brownian path leaves the
range within 24 h (regime-science notes 3.6), sigma of three EWMAs of 15m
returns that begin with the canonical window, x = logit p,
pi = logistic(-.747 + .653 x + .0263 x^2); outside the range .89. Rows without
volume are absent; up to two absent bars are returns of 0, more are one return.
Of the candles only what is listed is written.
"""
import math
import os
import subprocess
import sys

SLOT, HOUR, FOUR, DAY = 900, 3600, 14400, 86400
DAYS = ['2017-12-22', '2018-11-14', '2019-06-26', '2019-09-24', '2021-04-18',
        '2021-05-19', '2021-09-07', '2021-12-04', '2022-05-11', '2022-06-13',
        '2022-11-08']
HALF, STOP, WATCH = 4.0, 2.0, 10 * DAY
LATEST, QUIET = .50, .35
# Of each EWMA the weight of the newest return, and its power in sigma.
MEMORIES = [(.1, .3331), (1 - 2 ** (-1 / 96), .2625),
            (1 - 2 ** (-1 / 480), .3001)]
STEP = 1024         # of canonical windows, in bars (specification 4)
LEVEL, LEAST = math.exp(-.5955), .1     # of the one in the middle


def moment(text):
    y, m, d = (int(x) for x in text.split('-'))
    era = (y - (m <= 2)) // 400
    of_era = y - (m <= 2) - era * 400
    day = (153 * ((m + 9) % 12) + 2) // 5 + d - 1
    return (era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + day
            - 719468) * DAY


def said(t):
    if t is None:
        return '-'
    days, rest = divmod(t, DAY)
    z = days + 719468
    era, doe = divmod(z, 146097)
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    d, m = doy - (153 * mp + 2) // 5 + 1, mp + 3 if mp < 10 else mp - 9
    return '%04d-%02d-%02dT%02d:%02d' % (
        yoe + era * 400 + (m <= 2), m, d, rest // HOUR, rest % HOUR // 60)


def phi(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def left(down, up):
    """The chance that the range is left, by distances in deviations."""
    w = down + up
    if w < 1.5:
        stays, k = 0.0, 1
        while True:
            e = math.exp(-k * k * math.pi ** 2 / (2 * w * w))
            stays += 4 / (k * math.pi) * math.sin(k * math.pi * down / w) * e
            if e < 1e-14:
                return 1 - stays
            k += 2
    return 1 - sum(phi(up - 2 * n * w) - phi(-down - 2 * n * w)
                   - phi(-up - 2 * n * w) + phi(-down - 2 * up - 2 * n * w)
                   for n in range(-3, 4))


def pi_of(close, lower, upper, sigma):
    if close <= lower or close >= upper:
        return .89
    scale = sigma * math.sqrt(96)
    if scale <= 0:
        return 0.0
    p = left(math.log(close / lower) / scale, math.log(upper / close) / scale)
    p = min(max(p, 1e-4), 1 - 1e-4)
    x = math.log(p / (1 - p))
    y = -.747 + .653 * x + .0263 * x * x
    return min(round(1 / (1 + math.exp(-y)), 9), .89)


for distances, want in (((1, 1), .6292225702004761),
                        ((.2, 3), .843506518130184),
                        ((2, 4), .045563606380)):
    assert abs(left(*distances) - want) < 1e-11


def bars_of(path):
    text = subprocess.run(['zstd', '-dc', path], stdout=subprocess.PIPE,
                          check=True).stdout.decode()
    rows = [line.split(',') for line in text.splitlines()[1:]]
    bars = [(int(r[0]), float(r[2]), float(r[3]), float(r[4]))
            for r in rows if float(r[5]) > 0]
    sound = []
    for i, b in enumerate(bars):    # a jump that the next bar denies is none
        if sound and i + 1 < len(bars) and \
                abs(math.log(b[3] / sound[-1][3])) > .5 and \
                abs(math.log(bars[i + 1][3] / sound[-1][3])) <= .5:
            continue
        sound.append(b)
    return sound


class Ewma:
    """Of squared returns; a start without bias."""

    def __init__(self, alpha):
        self.alpha, self.sum, self.weight = alpha, 0.0, 0.0

    def push(self, r):
        self.sum += self.alpha * (r * r - self.sum)
        self.weight += self.alpha * (1 - self.weight)

    def value(self):
        return math.sqrt(self.sum / self.weight)


def sigma_of(memories):
    """None before there is a move."""
    if memories[1].sum <= 0:
        return None
    least = LEAST * memories[1].value()
    return LEVEL * math.prod(max(m.value(), least) ** power for m, (_, power)
                             in zip(memories, MEMORIES))


class Course:
    """A file: by slot (close time) high, low, close and sigma; ATR by 4h."""

    def __init__(self, path):
        self.bars = bars_of(path)
        self.at = {}
        windows, last = {}, None
        for t, high, low, close in self.bars:
            if last is not None:
                absent = (t - last[0]) // SLOT - 1
                returns = [0.0] * (absent if absent <= 2 else 0)
                for memories in windows.values():
                    for r in returns + [math.log(close / last[1])]:
                        for m in memories:
                            m.push(r)
            last = (t, close)
            number = t // SLOT
            block = number // STEP
            windows.setdefault(block, [Ewma(alpha) for alpha, _ in MEMORIES])
            windows.pop(block - 2, None)
            read = (number + 1) // STEP - 1
            self.at[t + SLOT] = (high, low, close, sigma_of(
                windows[read if read in windows else block]))
        self.first, self.end = self.bars[0][0], last[0] + SLOT
        self.atr = self.wilder()

    def wilder(self):
        fours = []
        for t, high, low, close in self.bars:
            k = t // FOUR
            if fours and fours[-1][0] == k:
                f = fours[-1]
                fours[-1] = (k, max(f[1], high), min(f[2], low), close)
            else:
                fours.append((k, high, low, close))
        atr, out, before = None, {}, []
        for i in range(1, len(fours)):
            k, high, low, _ = fours[i]
            c = fours[i - 1][3]
            true_range = max(high, c) - min(low, c)
            if atr is None:
                before.append(true_range)
                atr = sum(before) / 14 if len(before) == 14 else None
            else:
                atr = (13 * atr + true_range) / 14
            if i >= 100:
                out[(k + 1) * FOUR] = atr
        return out


def rounded(x):
    return float('%.6g' % x)


def event_of(c, grid):
    """(boundary, its side, stop): each the first, or None."""
    start, lower, upper, stop = grid
    boundary = side = touched = None
    last, hour, now = 0, None, 0
    for slot in range(start + SLOT, start + WATCH + 1, SLOT):
        bar = c.at.get(slot)
        if bar:
            if touched is None and bar[1] <= stop:
                touched = slot
            hour = bar[2]
        if slot % HOUR == 0 and hour is not None:
            now = (hour > upper) - (hour < lower)
            if boundary is None and now and now == last:
                boundary, side = slot, 'up' if now > 0 else 'down'
            last, hour = now, None
    return boundary, side, touched


def course_of_pi(c, grid):
    start, lower, upper, _ = grid
    for slot in range(start, start + WATCH + 1, SLOT):
        bar = c.at.get(slot)
        if bar and bar[3] is not None:
            yield slot, pi_of(bar[2], lower, upper, bar[3])


def grid_at(c, start):
    atr, bar = c.atr.get(start), c.at.get(start)
    if atr is None or bar is None or start + WATCH > c.end:
        return None
    close = bar[2]
    lower, upper = rounded(close - HALF * atr), rounded(close + HALF * atr)
    stop = rounded(close - (HALF + STOP) * atr)
    return (start, lower, upper, stop) if stop > 0 else None


def row(kind, name, c, grid):
    boundary, side, stop = event_of(c, grid)
    event = min([t for t in (boundary, stop) if t is not None], default=None)
    first = next((t for t, p in course_of_pi(c, grid) if p >= LATEST), None)
    by = min([t for t in (first, event) if t is not None], default=None)
    start_pi = next(course_of_pi(c, grid))[1]
    lead = '-' if by is None or event is None else '%.2f' % (
        (event - by) / HOUR)
    print(kind, name, said(grid[0]), *('%.6g' % x for x in grid[1:]),
          '%.4f' % start_pi, said(boundary), side or '-', said(stop), said(by),
          'pi' if first is not None and first == by else
          'event' if by is not None else '-', lead, sep='\t')


def control_rows(name, c):
    """The first control, and of all the one with the highest pi."""
    t = c.first + 120 * DAY
    t += -(t - 4 * DAY) % (7 * DAY)     # 1970-01-05 was a Monday
    found = []
    for start in range(t, c.end - WATCH, 7 * DAY):
        grid = grid_at(c, start)
        if grid is None or event_of(c, grid) != (None, None, None):
            continue
        most = max(p for _, p in course_of_pi(c, grid))
        if most < QUIET:
            found.append((most, grid))
    if found:
        row('quiet', name, c, found[0][1])
    nearest = max(found, default=None)
    if nearest and nearest is not found[0]:
        row('near', name, c, nearest[1])


def main():
    folder, *days = sys.argv[1:]
    print('# tests/rehearsal/expected.py: day, quiet or near, file, start, lower, '
          'upper, stop, pi at start, boundary, side, stop touched, alert_by, '
          'by what, lead_h')
    courses = {f.replace('.csv.zst', ''): Course(os.path.join(folder, f))
               for f in sorted(os.listdir(folder))
               if '-15m' in f and f.endswith('.csv.zst')}
    for day in days or DAYS:
        for name, c in courses.items():
            grid = grid_at(c, moment(day) - DAY)
            if grid:
                row(day, name, c, grid)
    for name, c in courses.items():
        control_rows(name, c)


if __name__ == '__main__':
    main()
