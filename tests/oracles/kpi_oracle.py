#!/usr/bin/env python3
"""Writes tests/golden/kpi.tsv: the KPIs of 240 made-up lives, without our code.

    tests/oracles/kpi_oracle.py > tests/golden/kpi.tsv

Written from the formulas (regime-science notes 5.2 as corrected by the second
study) in the plainest way: lists instead of weights, medians by the standard
library, a bootstrap that copies the lives of the weeks it drew. What it shares
with the code under test is splitmix64 and xoshiro256** by their published
definitions, so that both make the same lives and draw the same weeks, and the
recipe of the lives (tests/unit/hindsight/kpi_golden_test.c).
"""
import math
import statistics

MASK = (1 << 64) - 1
HOUR = 3600 * 1000
DAY = 24 * HOUR
LIVES, DRAWS, SEED = 240, 1000, 17


def splitmix(state):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return state, z ^ (z >> 31)


class Xoshiro:
    def __init__(self, seed):
        self.s = []
        for _ in range(4):
            seed, z = splitmix(seed)
            self.s.append(z)

    def next(self):
        def rotl(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK
        s = self.s
        out = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return out

    def uniform(self):
        return (self.next() >> 11) * 2.0 ** -53


class Life:
    pass


def first(*moments):
    there = [m for m in moments if m is not None]
    return min(there) if there else None


def make(rng, i):
    u = rng.uniform
    v = Life()
    v.symbol = i % 3
    v.start = (18500 + i // 3) * DAY
    v.week = (v.start + 3 * DAY) // (7 * DAY)
    v.width = .02 + .1 * u()
    v.sigma = .002 + .008 * u()
    v.capital = 500 + 1000 * u()
    v.window = v.start + 240 * HOUR
    v.known = v.window + int(u() * 120 * HOUR)
    v.delay = HOUR
    v.m, v.s = [None, None], [None, None]
    if u() < .6:
        v.m[0] = v.start + 1 + int(u() * 300 * HOUR)
        if u() < .5:
            v.s[0] = v.m[0] + int(u() * 40 * HOUR)
    if u() < .5:
        v.m[1], v.s[1] = v.m[0], v.s[0]
    for k in range(2):
        v.m[k] = v.m[k] if v.m[k] is None or v.m[k] <= v.known else None
        v.s[k] = v.s[k] if v.s[k] is None or v.s[k] <= v.known else None
    v.latest = v.start + int(u() * 240 * HOUR) if u() < .7 else None
    r = u()
    v.reason = 'transition' if r < .7 else 'guard' if r < .9 else 'other'
    v.alert_down = u() < .5
    v.mand = v.start + int(u() * 240 * HOUR) if u() < .3 else None
    v.mand_down = u() < .5
    v.alerts = [int(u() * 4), int(u() * 3), int(u() * 2)]
    v.signals = int(u() * 3)
    v.met = int(u() * (v.signals + 1))
    v.peak = 60 * u() - 5
    v.end_e = v.peak - 40 * u()
    v.real = 30 * u()
    v.peak_un = 30 * u() - 3
    later = v.end_e + 20 * (u() - .5)
    leaves = u() < .8
    v.alert = first(v.latest, v.mand)
    v.exit = None
    if v.alert is not None and leaves:
        v.exit = v.alert + v.delay
        if v.s[0] is not None and v.s[0] < v.exit:
            v.exit = None
    hours = (v.width / v.sigma) ** 2 / 2
    v.ft = round(min(max(hours, 24), 336) * HOUR)
    v.star = max(.01 * v.capital, 1.65 * (v.capital / 2) * v.sigma *
                 math.sqrt(1.25) / .25)
    v.later = None
    if v.exit is not None:
        at = first(v.m[0], v.s[0], v.exit + v.ft)
        if v.exit < at <= v.known:
            v.later = later
    v.live, v.follow, v.open = [0, 0], [0, 0], [0, 0]
    t = v.start + HOUR
    while t < v.window:
        lower = rng.next() & 1
        for k in range(2):
            event = first(v.m[k], v.s[k])
            if (event is not None and event <= t) or (k == 1 and not lower):
                continue
            if t + v.ft > v.known:
                v.open[k] += 1
                continue
            v.live[k] += 1
            v.follow[k] += event is not None and event <= t + v.ft
        t += HOUR
    return v


# A term: None, 'undefined', 'pending', or (num, den).
def event_of(v, k):
    return first(v.m[k], v.s[k])


def own(v, k):
    return v.mand if k == 0 or v.mand_down else None


def ended(v, k):
    if v.exit is not None:
        return True
    e = first(event_of(v, k), own(v, k))
    return e is not None and e <= v.window


def end_of(v):
    e = first(v.exit, v.s[0])
    if v.exit is None:
        e = first(e, v.window)
    return e


def upward(v, k, limit):
    """Read downward: was it left upward, before anything came below?"""
    return k == 1 and not v.alert_down and v.exit is not None and (
        limit is None or v.exit < limit)


def eaw(v, k, also_own=True):
    if not ended(v, k):
        return None
    limit = first(event_of(v, k), own(v, k) if also_own else None)
    if upward(v, k, limit):
        return None
    return (int(v.exit is not None and (limit is None or v.exit < limit)), 1)


def slar(v, k):
    if not ended(v, k) or upward(v, k, event_of(v, k)):
        return None
    last = v.window if v.exit is None else v.exit
    return (int(v.s[k] is None or v.s[k] > last), 1)


def slar_literal(v, k):
    if v.s[k] is None or v.s[k] > v.window:
        return None
    return (int(v.exit is not None and v.exit < v.s[k]), 1)


def follows(v, k, at):
    e = event_of(v, k)
    if e is not None and e <= at:
        return None
    if at + v.ft > v.known:
        return 'pending'
    return (int(e is not None and e <= at + v.ft), 1)


def ttdr(v, k):
    if v.reason != 'transition' or v.alert is None:
        return None
    if k == 1 and not v.alert_down:
        return None
    return follows(v, k, v.alert)


def opposite(t):
    return (1 - t[0], 1) if isinstance(t, tuple) else t


def lead(v, k):
    e = event_of(v, k)
    if e is None:
        return None
    if v.alert is None or v.alert >= e:
        return (0.0, 1) if e <= v.window else None
    if e - v.alert > v.ft:
        return None
    return ((e - v.alert) / HOUR, 1) if v.alert + v.ft <= v.known \
        else 'pending'


def missed(v, k):
    e = event_of(v, k)
    if e is None or e > v.window:
        return None
    return (int(v.latest is None or v.latest >= e), 1)


def false_mandatory(v, k):
    if v.mand is None or (k == 1 and not v.mand_down):
        return None
    e = event_of(v, k)
    if e is not None and e <= v.mand:
        return (0, 1) if v.mand + v.ft <= v.known else 'pending'
    return opposite(follows(v, k, v.mand))


def kept(v, k, num):
    if not ended(v, k):
        return None
    if v.peak <= 0:
        return 'undefined'
    return (num / v.peak, 1) if v.peak >= v.star else None


def changed(t, f):
    return f(t) if isinstance(t, tuple) else t


def literal(v, k):
    if not ended(v, k):
        return None
    return (v.end_e / v.peak_un, 1) if v.peak_un > 0 else 'undefined'


def regret(v, k):
    e = event_of(v, k)
    if v.exit is None or (e is not None and e <= v.exit):
        return None
    if v.exit + v.ft > v.known:
        return 'pending'
    if v.later is None:
        return 'undefined'
    return (int(v.later - v.end_e > .002 * v.capital), 1)


def life(v):
    done = v.exit is not None or (v.s[0] is not None and v.s[0] <= v.window)
    return ((end_of(v) - v.start) / HOUR, int(done))


def boundary(v):
    e = first(v.s[0], None if v.m[0] is None else v.m[0] + v.delay)
    if e is None or e > v.window:
        return ((v.window - v.start) / HOUR, 0)
    return ((e - v.start) / HOUR, 1)


def days(v):
    return (end_of(v) - v.start) / DAY


SHARE, RATIO, MEDIAN, KM = 'share', 'ratio', 'median', 'km'
base = lambda v, k: (v.follow[k], v.live[k])
ROWS = [
    ('eaw', SHARE, eaw, None),
    ('eaw_range', SHARE, lambda v, k: eaw(v, k, False), None),
    ('slar', SHARE, slar, None),
    ('slar_literal', SHARE, slar_literal, None),
    ('mec', SHARE, lambda v, k: (v.met, v.signals), None),
    ('prr_median', MEDIAN, lambda v, k: kept(v, k, v.end_e), None),
    ('prr_mean', RATIO, lambda v, k: changed(
        kept(v, k, v.end_e), lambda t: (max(-1, min(1, t[0])), 1)), None),
    ('prr_share', SHARE, lambda v, k: changed(
        kept(v, k, v.end_e), lambda t: (int(t[0] >= .75), 1)), None),
    ('prr_sums', RATIO, lambda v, k: changed(
        kept(v, k, v.end_e), lambda t: (v.end_e, v.peak)), None),
    ('prr_eligible', SHARE, lambda v, k: (
        int(v.peak > 0 and v.peak >= v.star), 1) if ended(v, k) else None,
     None),
    ('prr_bot_ui', MEDIAN, lambda v, k: kept(v, k, v.real), None),
    ('prr_literal', MEDIAN, literal, None),
    ('ttdr', SHARE, ttdr, None),
    ('ttdr_base', SHARE, base, None),
    ('ttdr_base_grids', RATIO, lambda v, k: (
        v.follow[k] / v.live[k], 1) if v.live[k] else None, None),
    ('ttdr_lift', SHARE, ttdr, base),
    ('false_exits', SHARE, lambda v, k: opposite(ttdr(v, k)), None),
    ('regret', SHARE, regret, None),
    ('lead_hours', MEDIAN, lead, None),
    ('missed', SHARE, missed, None),
    ('false_mandatory', SHARE, false_mandatory, None),
    ('alerts_per_grid_day', RATIO, lambda v, k: (sum(v.alerts), days(v)),
     None),
    ('alerts_warning', RATIO, lambda v, k: (v.alerts[0], days(v)), None),
    ('alerts_latest', RATIO, lambda v, k: (v.alerts[1], days(v)), None),
    ('alerts_mandatory', RATIO, lambda v, k: (v.alerts[2], days(v)), None),
    ('life_hours', KM, lambda v, k: life(v), None),
    ('life_boundary', KM, lambda v, k: boundary(v), None),
    ('life_ratio', KM, lambda v, k: life(v), lambda v, k: boundary(v)),
    ('censored', SHARE, lambda v, k: (int(not ended(v, k)), 1), None),
    ('pnl', RATIO, lambda v, k: (1000 * v.end_e / v.capital, 1), None),
]


def kaplan_meier(terms):
    alive, at_risk = 1.0, len(terms)
    for t in sorted({t for t, _ in terms}):
        ended_now = sum(1 for x, d in terms if x == t and d)
        alive *= 1 - ended_now / at_risk
        if alive <= .5 + 1e-12:
            return t
        at_risk -= sum(1 for x, _ in terms if x == t)
    return None


def number(how, terms):
    if how == KM:
        return kaplan_meier(terms)
    if how == MEDIAN:
        return statistics.median([t[0] for t in terms]) if terms else None
    below = math.fsum(t[1] for t in terms)
    return math.fsum(t[0] for t in terms) / below if below > 0 else None


def quotient(how, terms, unders):
    a = number(how, terms)
    if unders is None:
        return a
    b = number(how, unders)
    return a / b if a is not None and b else None


def cases(how, terms):
    return [t for t in terms if isinstance(t, tuple) and (
        how == KM or t[1] > 0)]


def wilson(p, n):
    """The roots x of (p - x)^2 = z^2 x (1 - x) / n."""
    k = statistics.NormalDist().inv_cdf(.975) ** 2 / n
    half = math.sqrt((2 * p + k) ** 2 - 4 * (1 + k) * p * p)
    return [(2 * p + k + s * half) / (2 * (1 + k)) for s in (-1, 1)]


def draws_of(weeks):
    rng = Xoshiro(SEED)
    return [[weeks[rng.next() % len(weeks)] for _ in weeks]
            for _ in range(DRAWS)]


def say(name, how, term, over, lives, k, drawn):
    by_week, under_week = {}, {}
    terms = [term(v, k) for v in lives]
    unders = [over(v, k) for v in lives] if over else None
    for i, v in enumerate(lives):
        by_week.setdefault(v.week, []).extend(cases(how, [terms[i]]))
        if over:
            under_week.setdefault(v.week, []).extend(cases(how, [unders[i]]))
    value = quotient(how, cases(how, terms),
                     cases(how, unders) if over else None)
    numbers = []
    for draw in drawn:
        a = [t for w in draw for t in by_week[w]]
        b = [t for w in draw for t in under_week[w]] if over else None
        x = quotient(how, a, b)
        if x is not None:
            numbers.append(x)
    lo = hi = None
    if len(numbers) >= .95 * DRAWS:
        cuts = statistics.quantiles(numbers, n=40, method='inclusive')
        lo, hi = cuts[0], cuts[-1]
        if how == SHARE and not over and min(numbers) == max(numbers):
            weeks = {v.week for v, t in zip(lives, terms)
                     if cases(how, [t])}
            lo, hi = wilson(value, len(weeks))
    counted = cases(how, terms)
    n = sum(t[1] for t in counted) if how == SHARE else len(counted)
    undefined = sum(1 for t in terms if t == 'undefined')
    pending = sum(1 for t in terms if t == 'pending')
    if name == 'ttdr_base':
        pending = sum(v.open[k] for v in lives)
    text = lambda x: '-' if x is None else repr(float(x))
    print(name, ['both', 'down'][k], n, undefined, pending, text(value),
          text(lo), text(hi), sep='\t')


def main():
    rng = Xoshiro(2021)
    lives = [make(rng, i) for i in range(LIVES)]
    drawn = draws_of(sorted({v.week for v in lives}))
    print('# tests/oracles/kpi_oracle.py: name, side, n, undefined, pending, '
          'value, lo, hi')
    for name, how, term, over in ROWS:
        for k in range(2):
            say(name, how, term, over, lives, k, drawn)


if __name__ == '__main__':
    main()
