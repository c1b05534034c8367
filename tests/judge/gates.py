"""May a grid be started here? The checks of G1 to G8 from their description.

Each gives (pass, value, limit): yes, no, na or unknown; a value as it is
compared, or None. The grid runs: what is asked is a start in its old range.
"""

import math

from figures import pi_told
from rows import lives, z_of_er
from value import Value, decision
from witness import exit_probability

BARS = {("adx", "1h"): 100, ("ver", "1h"): 200, ("ver_raw", "4h"): 150}
DEGRADED = 0.05
FEE = 0.001
OUTSIDE = 0.89


def held(value, limit, sense):
    """What cannot be compared does not pass, and is unknown."""
    if not value.usable():
        return "unknown", value.number, limit
    number = decision(value.number)
    return ("yes" if sense(number) else "no"), value.number, limit


def at_most(value, limit):
    return held(value, limit, lambda x: x <= limit)


def at_least(value, limit):
    return held(value, limit, lambda x: x >= limit)


def unknown():
    return Value(None, "unavailable")


def close_of(v):
    return Value(v.close) if v.price_known else unknown()


def old_enough(v, name, tf):
    value = v.r.metrics.get((name, tf), unknown())
    if value.usable() and value.n < BARS[name, tf]:
        return Value(None, "warmup")
    return value


def g1_data(v):
    r = v.r
    good = sum(share <= DEGRADED and
               (v.price_known if tf == "15m" else tf not in r.late)
               for tf, (share, _) in r.absent.items())
    passed = v.price_known and good == 3
    return "yes" if passed else "no", good, 3


def g1_crisis(v):
    if v.r.crisis.answer == "unknown":
        return "unknown", None, 12
    last = v.crisis_time
    if v.r.crisis.last is not None:
        last = max(last or 0, (v.r.crisis.last + 1) * 900)
    if last is None:
        return "yes", None, 12
    return at_least(Value((v.time - last) / 3600), 12)


def g2_quiet(v):
    runs = Value(v.r.m.quiet) if v.r.before != "UNKNOWN" else unknown()
    return at_least(runs, 2)


def g5_centre(v):
    close = close_of(v)
    if close.usable():
        away = abs(math.log(close.number / v.reversion.centre))
        close = Value(away / v.reversion.half_width)
    return at_most(close, 0.35)


def three_days(v):
    """pi of 72 h, by a line of its own."""
    close, grid = close_of(v), v.grid
    if not close.usable():
        return close
    if not grid.lower < close.number < grid.upper:
        return Value(OUTSIDE)
    if not v.sigma.usable():
        return v.sigma
    scale = v.sigma.number * math.sqrt(96)
    p = exit_probability(math.log(close.number / grid.lower) / scale,
                         math.log(grid.upper / close.number) / scale)
    p = min(max(p, 1e-4), 1 - 1e-4)
    x = 0.16 + 0.38 * math.log(p / (1 - p))
    line = min(1 / (1 + math.exp(-x)), OUTSIDE)
    second = v.model == "pi-24h-2"  # it says no less than of one day
    return Value(max(line, v.pi.number) if second else line)


def step_of(grid):
    if not grid.levels or not grid.spacing:
        return unknown()
    if grid.spacing == "geometric":
        return Value((grid.upper / grid.lower) ** (1 / grid.levels) - 1)
    centre = math.sqrt(grid.lower * grid.upper)
    return Value((grid.upper - grid.lower) / grid.levels / centre)


def g7_step(v):
    step = step_of(v.grid)
    if step.usable():
        step = Value(step.number - 2 * FEE)
    return at_least(step, 0.003)


def g7_earn(v):
    """Cycles over the mean life, each a net step on one level, less a fee on
    half of the capital."""
    step, close = step_of(v.grid), close_of(v)
    if not (step.usable() and close.usable() and v.sigma.usable()):
        return "unknown", None, 0
    below = max(math.log(close.number / v.grid.lower), 0)
    above = max(math.log(v.grid.upper / close.number), 0)
    cycles = below * above / (2 * math.log(1 + step.number) ** 2)
    earn = cycles * (step.number - 2 * FEE) / v.grid.levels - FEE / 2
    return held(Value(earn), 0, lambda x: x > 0)


def g8_range(v):
    runs = Value(v.r.m.ranges) if v.r.before != "UNKNOWN" else unknown()
    return at_least(runs, 4)


def g8_hl(v):
    life = lives(v, "corrected", 200, 0)
    if v.baseline.half_life.status in ("warmup", "unavailable"):
        return "unknown", None, 1.5
    if not v.baseline.identified:
        return "na", None, None
    if isinstance(life, str):
        return "unknown", None, 1.5
    if math.isinf(life):
        return "no", None, 1.5
    share = Value(life / v.baseline.half_life.number)
    return held(share, 1.5, lambda x: x < 1.5)


def g8_inside(v):
    if not v.price_known or "1h" in v.r.late:
        return "unknown", None, 2
    count, before = 0, None
    for row in reversed(v.r.hours):
        if not v.grid.lower <= row.bar.close <= v.grid.upper or \
                before is not None and before.bar.gap:
            break
        count, before = count + 1, row
    return at_least(Value(count), 2)


def na(_):
    return "na", None, None


GATES = {
    "G1_DATA": g1_data, "G1_CRISIS": g1_crisis, "G2_QUIET": g2_quiet,
    "G3_VER_1H": lambda v: at_most(old_enough(v, "ver", "1h"), 1.10),
    "G3_VER_4H": lambda v: at_most(old_enough(v, "ver_raw", "4h"), 1.10),
    "G4_ER": lambda v: at_most(z_of_er(v), 1.645),
    "G4_ADX": lambda v: at_most(old_enough(v, "adx", "1h"), 30),
    "G5_CENTRE": g5_centre,
    "G6_PI_24": lambda v: at_most(pi_told(v), 0.06),
    "G6_PI_72": lambda v: at_most(three_days(v), 0.30),
    "G7_STEP": g7_step, "G7_EARN": g7_earn, "G8_WAIT": na,
    "G8_RANGE": g8_range, "G8_HL": g8_hl, "G8_INSIDE": g8_inside,
    "G8_COUNT": lambda v: ("yes", 0, 2)}
