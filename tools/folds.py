"""Choosing among configurations without looking ahead: folds of the calendar,
what is known when a fold begins, and how often the best of the past is no
better than the middle afterwards. Nothing is read or written here.

A `Case` is one grid under one configuration. `over` is the last moment that
any of its terms looks at; `terms` are numerator and denominator of each KPI of
NAMES, (0, 0) where it is no case of it. All times are milliseconds."""
import bisect, collections, itertools, math

DAY, HOUR = 86400000, 3600000
NAMES = ("eaw", "slar", "ttdr", "false_mandatory")
EAW, SLAR, TTDR, FALSE_MANDATORY = range(len(NAMES))
Case = collections.namedtuple("Case", "start over week terms")


# --- Terms of a life, by docs/kpi.md --------------------------------------

def earlier(*moments):
    """The first of them, None where none ever came."""
    return min((m for m in moments if m is not None), default=None)


def before(a, b):
    return a is not None and (b is None or a < b)


def follow_ms(half_width, sigma):
    """H_ft: .5 (w / s)^2 hours, at least 24 h, at most 14 d."""
    if not half_width or half_width <= 0 or sigma is None:
        return None
    if sigma == 0:
        return 14 * DAY
    ms = .5 * (half_width / sigma) ** 2 * HOUR
    return 14 * DAY if ms >= 14 * DAY else max(24 * HOUR, round(ms))


def follows(event, begin, wait, known_end):
    """(1 or 0, 1): did it come within `wait`? (0, 0): no forecast, or it
    cannot be known."""
    if wait is None or (event is not None and event <= begin) or \
            begin + wait > known_end:
        return 0, 0
    return int(event is not None and event - begin <= wait), 1


def false_mandatory(event, own, wait, known_end):
    if own is None or wait is None or own + wait > known_end:
        return 0, 0
    if event is not None and event <= own:
        return 0, 1
    came, one = follows(event, own, wait, known_end)
    return one - came, one


def case(row):
    """Of a row of a table of lives, words as they stand there."""
    at = {k: int(row[k]) if row[k] else None for k in (
        "start_ms", "window_end_ms", "known_end_ms", "exit_ms", "m_ms", "s_ms",
        "first_latest_ms", "first_mandatory_ms")}
    real = {k: float(row[k]) if row[k] else None
            for k in ("half_width", "sigma_1h")}
    left, window = at["exit_ms"], at["window_end_ms"]
    event, own = earlier(at["m_ms"], at["s_ms"]), at["first_mandatory_ms"]
    alert = earlier(at["first_latest_ms"], own)
    wait = follow_ms(real["half_width"], real["sigma_1h"])
    ended = earlier(event, own)
    none = left is None and (ended is None or ended > window)
    end = window if left is None else left
    stopped = at["s_ms"] is not None and at["s_ms"] <= end
    known = at["known_end_ms"]
    terms = (
        (0, 0) if none else (int(before(left, ended)), 1),
        (0, 0) if none else (int(not stopped), 1),
        follows(event, alert, wait, known)
        if row["reason"] == "transition" and alert is not None else (0, 0),
        false_mandatory(event, own, wait, known))
    seen = [window, left] + [m + (wait or 0) for m in (alert, own)
                             if m is not None]
    return Case(at["start_ms"], max(m for m in seen if m is not None),
                int(row["week"]), terms)


def added(cases):
    """Sums of the terms: [numerator, denominator] of each KPI."""
    sums = [[0, 0] for _ in NAMES]
    for c in cases:
        for s, (num, den) in zip(sums, c.terms):
            s[0] += num
            s[1] += den
    return sums


def shares(sums):
    return [num / den if den else None for num, den in sums]


# --- The rule -------------------------------------------------------------

def merit(kpis):
    """Higher is better: who meets slar >= .95 and false MANDATORY <= .05 is
    ranked by ttdr, who does not by how far he is from both, behind the others.
    What has no value is as far as can be."""
    slar, ttdr, wrong = (kpis[k] for k in (SLAR, TTDR, FALSE_MANDATORY))
    short = max(0, .95 - (0 if slar is None else slar)) + \
        max(0, (1 if wrong is None else wrong) - .05)
    return (-round(short, 9), -1 if ttdr is None else round(ttdr, 9))


def best(kpis_of):
    """The name with most merit, the first of equals; from a dict in order."""
    return max(kpis_of, key=lambda name: merit(kpis_of[name]))


# --- Time -----------------------------------------------------------------

def lock_of(first, last, share=.2):
    """From here on the last part of the time is locked: midnight."""
    return math.ceil((last - share * (last - first)) / DAY) * DAY


def folds(first, lock, train=180 * DAY, test=30 * DAY):
    """[begin, end) of each test: one after the other, none beyond the lock."""
    out, begin = [], first + train
    while begin + test <= lock:
        out.append((begin, begin + test))
        begin += test
    return out


def unlocked(cases, lock):
    """The only ones that are handed to who chooses."""
    return [c for c in cases if c.start < lock and c.over < lock]


def started(cases, begin, end):
    return [c for c in cases if begin <= c.start < end]


class Past:
    """Sums over what was over by a moment, `embargo` before it; of unlocked
    cases of one configuration."""

    def __init__(self, cases, embargo):
        self.embargo = embargo
        cases = sorted(cases, key=lambda c: c.over)
        self.over = [c.over for c in cases]
        self.sums = [[[0, 0] for _ in NAMES]]
        for c in cases:
            self.sums.append([[s[0] + num, s[1] + den] for s, (num, den)
                              in zip(self.sums[-1], c.terms)])

    def at(self, begin):
        known = bisect.bisect_right(self.over, begin - self.embargo)
        return self.sums[known]


def choose(past_of, begin):
    return best({name: shares(past.at(begin))
                 for name, past in past_of.items()})


# --- How much a choice is worth -------------------------------------------

def blocks_of(cases, first, lock, count):
    """Sums of each of `count` equal stretches of time; a case that is not over
    within its own would be known in the next one as well, and is left out."""
    width = (lock - first) / count
    out = [[] for _ in range(count)]
    for c in cases:
        i = int((c.start - first) // width)
        if 0 <= i < count and c.over < first + (i + 1) * width:
            out[i].append(c)
    return [added(block) for block in out]


def joined(blocks):
    return [[sum(b[k][i] for b in blocks) for i in (0, 1)]
            for k in range(len(NAMES))]


def overfitting(blocks_of_name):
    """Bailey, Borwein, Lopez de Prado and Zhu (2015): of all ways to take half
    of the blocks, the share in which the one that is best there ranks in the
    lower half (or the middle) of all on the other half. And their number."""
    names = list(blocks_of_name)
    count = len(blocks_of_name[names[0]])
    low = ways = 0
    for half in itertools.combinations(range(count), count // 2):
        other = [i for i in range(count) if i not in half]
        part = {side: {n: shares(joined([blocks_of_name[n][i] for i in which]))
                       for n in names}
                for side, which in (("in", half), ("out", other))}
        chosen = merit(part["out"][best(part["in"])])
        merits = [merit(part["out"][n]) for n in names]
        rank = sum(m < chosen for m in merits) + \
            (sum(m == chosen for m in merits) + 1) / 2
        low += rank / (len(names) + 1) <= .5
        ways += 1
    return low / ways, ways


def normal_quantile(p):
    """By bisection: no table is needed."""
    lo, hi = -9.0, 9.0
    for _ in range(80):
        middle = (lo + hi) / 2
        lo, hi = (middle, hi) if .5 * math.erfc(-middle / math.sqrt(2)) < p \
            else (lo, middle)
    return lo


def luckiest(count):
    """What the largest of `count` independent standard normal numbers is
    expected to be (Bailey and Lopez de Prado 2014): so many standard errors
    the best of so many equal tries looks better than it is."""
    if count < 2:
        return 0.0
    euler = 0.5772156649015329
    return (1 - euler) * normal_quantile(1 - 1 / count) + \
        euler * normal_quantile(1 - 1 / (count * math.e))


def difference(one, other, draws, rng):
    """Per KPI share(one) - share(other) and the middle 95 % of the draws of
    whole weeks; the same weeks for both."""
    weeks = collections.defaultdict(lambda: [[0] * 4 for _ in NAMES])
    for side, cases in enumerate((one, other)):
        for c in cases:
            at = weeks[c.week]
            for k, (num, den) in enumerate(c.terms):
                at[k][2 * side] += num
                at[k][2 * side + 1] += den
    rows = list(weeks.values())

    def apart(picked, k):
        a, b, c, d = (sum(r[k][i] for r in picked) for i in range(4))
        return a / b - c / d if b and d else None
    drawn = [rng.choices(rows, k=len(rows)) for _ in range(draws)]
    out = []
    for k in range(len(NAMES)):
        values = sorted(v for v in (apart(p, k) for p in drawn)
                        if v is not None)
        sure = len(values) >= .95 * draws
        out.append((apart(rows, k), values[len(values) // 40] if sure else None,
                    values[-1 - len(values) // 40] if sure else None))
    return out
