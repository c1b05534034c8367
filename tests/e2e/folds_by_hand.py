#!/usr/bin/env python3
"""folds_by_hand.py: tools/folds.py held to examples that were worked on paper.
Prints a line for each claim that does not hold, and at the end "N ok, M
failed". With --broken the splitter forgets purge, embargo and lock, with
--study the study does not ask it: the claims about them must then fail."""
import math, random, sys, types

sys.path.insert(0, "tools")
sys.dont_write_bytecode = True
import folds, study_folds
from folds import DAY, HOUR, Case

ok = failed = 0
NONE = ((0, 0),) * 4


def is_(what, got, want):
    global ok, failed
    if got == want:
        ok += 1
    else:
        failed += 1
        print(f"FAILED {what}: {got!r}, not {want!r}")


def near(what, got, want, within):
    is_(f"{what} ({got})", abs(got - want) <= within, True)


if "--study" in sys.argv:  # it hands on all it has, and knows no embargo
    class Loose(folds.Past):
        def __init__(self, cases, embargo):
            super().__init__(cases, 0)
    study_folds.folds = types.SimpleNamespace(
        **{**vars(folds), "Past": Loose, "unlocked": lambda cases, lock: cases})
elif "--broken" in sys.argv:
    folds.unlocked = lambda cases, lock: list(cases)
    purged = folds.Past.at
    folds.Past.at = lambda past, begin: past.sums[-1]


class Locked:
    """A case of the locked part: to look at what came of it is an error."""
    start, over, week = 900 * DAY, 915 * DAY, 130

    @property
    def terms(self):
        raise LookupError("the locked part was read")


def grid(start, over, slar, ttdr, wrong=(0, 1)):
    return Case(start * DAY, over * DAY, start // 7,
                ((0, 0), slar, ttdr, wrong))


# --- Folds: days 0 to 1000, a fifth locked, half a year of training first ----
LOCK = folds.lock_of(0, 1000 * DAY)
is_("the last fifth is locked", LOCK, 800 * DAY)
is_("a lock is a midnight", folds.lock_of(0, 999 * DAY), 800 * DAY)  # 799.2
cut = folds.folds(0, LOCK)
is_("30 days of test follow 180 of training", cut[0], (180 * DAY, 210 * DAY))
is_("they touch and do not overlap",
    all(a[1] == b[0] for a, b in zip(cut, cut[1:])), True)
is_("20 of them fit, the last ends at 780 or before the lock",
    (len(cut), cut[-1][1] <= LOCK < cut[-1][1] + 30 * DAY), (20, True))
is_("a test is closed below and open above",
    [c.start // DAY for c in folds.started(
        [grid(d, d + 1, (1, 1), (1, 1)) for d in (179, 180, 209, 210)],
        *cut[0])], [180, 209])

# --- Purge and embargo: a test begins on day 180, three days are between ------
GAP = 3 * DAY
known = [grid(100, 110, (1, 1), (1, 1)), grid(166, 177, (1, 1), (0, 1)),
         grid(165, 178, (0, 1), (0, 1)),   # over too late: the embargo
         grid(179, 190, (0, 1), (0, 1)),   # not over: the purge
         grid(180, 191, (0, 1), (0, 1))]   # of the test itself
past = folds.Past(known, GAP)
is_("two of five are known on day 180", past.at(180 * DAY),
    [[0, 0], [2, 2], [1, 2], [0, 2]])
is_("a third when the embargo is over", past.at(181 * DAY)[1], [2, 3])
is_("nothing is known before anything is over", past.at(112 * DAY),
    [[0, 0]] * 4)
is_("the first when its three days are over", past.at(113 * DAY)[1], [1, 1])

# --- The lock ----------------------------------------------------------------
good = [grid(d, d + 5, (1, 1), (d % 2, 1)) for d in range(40)]
late = grid(795, 801, (1, 1), (1, 1))
try:
    opened = folds.unlocked(good + [late, Locked()], LOCK)
    is_("who is not over before the lock is locked", len(opened), 40)
    past = {"a": folds.Past(opened, GAP)}
    is_("the choice at the lock has not read beyond it",
        folds.choose(past, LOCK), "a")
    folds.blocks_of(opened, 0, LOCK, 4)
except LookupError as e:
    is_("nobody reads the locked part", str(e), "")

# --- The study: what it hands to whom ----------------------------------------
def lived(hours, broke):
    """Ten days that were over so many hours before day 180."""
    over = 180 * DAY - hours * HOUR
    return Case(over - 10 * DAY, over, 24, ((0, 0), (1, 1), (broke, 1), (0, 1)))


def study(width, hours, *more):
    """What the study chooses for the fold from day 180 on, and at the lock."""
    try:
        return [n for _, _, n in study_folds.chosen(
            {"old": [lived(400, 0), *more],
             "new": [lived(400, 0), lived(hours, 1), *more]},
            width, [(180 * DAY, 210 * DAY)], LOCK)]
    except LookupError as e:
        return str(e)


for width, held in (4, 72), (6, 160):
    is_(f"the study holds {held} h back at {width} ATR",
        [study(width, h)[0] for h in (held - 1, held, held + 1)],
        ["old", "new", "new"])
is_("the study reads nothing of the locked part", study(4, 73, Locked()),
    ["new", "new"])

# --- The rule ----------------------------------------------------------------
kpis = {"shipped": [.9, .95, .70, .05], "better": [.9, .96, .72, .02],
        "rings in vain": [.9, .99, .90, .06], "late": [.9, .94, .99, .0]}
is_("of those that meet both aims the highest ttdr", folds.best(kpis), "better")
is_("who meets none is behind, by how far he is",
    sorted(kpis, key=lambda n: folds.merit(kpis[n])),
    ["rings in vain", "late", "shipped", "better"])  # both by .01: then ttdr
is_("nearer by a hundredth comes first", folds.best(
    {"far": [.9, .93, .9, .0], "near": [.9, .94, .5, .0]}), "near")
is_("of equals the first", folds.best({"x": kpis["late"], "y": kpis["late"]}),
    "x")
is_("without a value it is as far as can be",
    folds.merit([None, None, .9, .0])[0], -.95)
moves = {"a": folds.Past([grid(1, 5, (1, 1), (1, 1)),
                          grid(50, 60, (1, 1), (0, 1))], GAP),
         "b": folds.Past([grid(1, 5, (1, 1), (0, 1)),
                          grid(50, 60, (1, 1), (1, 1)),
                          grid(51, 61, (1, 1), (1, 1))], GAP)}
is_("the choice is that of the past", [folds.choose(moves, d * DAY)
                                       for d in (20, 62, 63, 64)],
    ["a", "a", "a", "b"])  # .5 of a against .5 of b on day 63: the first

# --- Terms of a life ---------------------------------------------------------
ROW = dict(start_ms="0", window_end_ms=str(10 * DAY), week="1",
           known_end_ms=str(40 * DAY), exit_ms="", m_ms="", s_ms="",
           first_latest_ms="", first_mandatory_ms="", reason="none",
           half_width=".12", sigma_1h=".01")  # H_ft: .5 * 144 = 72 h


def terms(**changed):
    return folds.case(ROW | {k: str(v) for k, v in changed.items()}).terms


is_("H_ft is half of the square, in hours", folds.follow_ms(.12, .01),
    72 * HOUR)
is_("at least a day, at most a fortnight",
    (folds.follow_ms(.02, .01), folds.follow_ms(1, .01)), (24 * HOUR, 14 * DAY))
is_("a grid that nothing ended is no case", terms(), NONE)
ALERT = dict(first_latest_ms=DAY, exit_ms=DAY + HOUR, reason="transition")
is_("left in time, and the break came on the last hour of H_ft",
    terms(**ALERT, m_ms=4 * DAY), ((1, 1), (1, 1), (1, 1), (0, 0)))
is_("a millisecond later it came in vain",
    terms(**ALERT, m_ms=4 * DAY + 1)[folds.TTDR], (0, 1))
is_("at the very close of the break is late",
    terms(**ALERT, m_ms=DAY + HOUR)[folds.EAW], (0, 1))
is_("the policy's own MANDATORY ends it, too",
    terms(**ALERT, first_mandatory_ms=DAY + HOUR)[folds.EAW], (0, 1))
is_("stopped before the exit", terms(s_ms=3 * DAY)[:2], ((0, 1), (0, 1)))
is_("a guard's alert is no case of ttdr",
    terms(**ALERT | {"reason": "guard"}, m_ms=2 * DAY)[folds.TTDR], (0, 0))
is_("what follows is not known yet",
    terms(**ALERT, m_ms=2 * DAY, known_end_ms=4 * DAY - 1)[folds.TTDR], (0, 0))
is_("a MANDATORY that nothing followed is false",
    terms(first_mandatory_ms=DAY)[folds.FALSE_MANDATORY], (1, 1))
is_("one that the break preceded is not",
    terms(first_mandatory_ms=DAY, m_ms=DAY)[folds.FALSE_MANDATORY], (0, 1))
is_("a life is over with its window", folds.case(ROW).over, 10 * DAY)
is_("or when the last alert has had its H_ft", folds.case(
    ROW | {"first_latest_ms": str(9 * DAY)}).over, 12 * DAY)

# --- Overfitting -------------------------------------------------------------
def block(ttdr):
    return [[0, 0], [10, 10], [ttdr, 10], [0, 10]]


always = {"good": [block(9)] * 4, "bad": [block(1)] * 4}
is_("who is always best is chosen rightly six times in six",
    folds.overfitting(always), (0.0, 6))
turns = {"odd": [block(9), block(1), block(9), block(1)],
         "even": [block(1), block(9), block(1), block(9)]}
# The halves {0, 2} and {1, 3} choose who is worst on the other; on the four
# other halves both are equal on both sides: the middle, which counts as low.
is_("who is best by turns is chosen wrongly each time",
    folds.overfitting(turns), (1.0, 6))
is_("a case that reaches into the next block is in none",
    folds.blocks_of([grid(1, 9, (1, 1), (1, 1)), grid(8, 10, (1, 1), (1, 1))],
                    0, 20 * DAY, 2)[0][1], [1, 1])
near("a normal quantile (Abramowitz and Stegun, table 26.5)",
     folds.normal_quantile(.975), 1.959963984540054, 1e-9)
# By simulation: the mean of the largest of 10 normal numbers is 1.5388
# (Harter 1961); the formula is known to be near it, not equal.
near("the luckiest of ten", folds.luckiest(10), 1.5388, .05)
is_("one try has no luck", folds.luckiest(1), 0.0)
same = [grid(d, d + 5, (1, 1), (d % 3 == 0, 1)) for d in range(100)]
is_("a policy differs from itself by nothing, surely", folds.difference(
    same, same, 1000, random.Random(1))[folds.TTDR], (0.0, 0.0, 0.0))
less = [grid(d, d + 5, (1, 1), (d % 3 == 1 and d > 50, 1)) for d in range(100)]
apart, lo, hi = folds.difference(same, less, 1000, random.Random(1))[folds.TTDR]
near("34 of 100 against 16 of 100", apart, .18, 1e-12)
is_("its interval holds it", lo < apart < hi, True)

print(f"{ok} ok, {failed} failed")
