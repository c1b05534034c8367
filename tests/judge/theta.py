"""From which pi on L_HAZ calls: by the grid's own measures, in the ATR(4h) of
its start, and by how many minutes its operator takes. The table is
docs/triggers.md's, typed by hand."""

from collections import namedtuple

Theta = namedtuple("Theta", "enter leave by half stop atr delay")
USUAL, GAP, HOUR = 0.40, 0.10, 60


def by_table(half, delay):
    """The stop makes no difference."""
    if delay < 2 * HOUR:
        return USUAL
    return 0.30 if half >= 5 else 0.35


def theta(grid, atr, delay=HOUR):
    if atr is None:
        return Theta(USUAL, round(USUAL - GAP, 9), "unmeasured", None, None,
                     None, delay)
    half = (grid.upper - grid.lower) / 2 / atr
    stop = None if grid.stop is None or grid.side == "short" else \
        (grid.lower - grid.stop) / atr
    if stop is None or grid.side != "long":
        return Theta(USUAL, round(USUAL - GAP, 9), "unmeasured", half, stop,
                     atr, delay)
    enter = by_table(half, delay)
    return Theta(enter, round(enter - GAP, 9), "table", half, stop, atr, delay)
