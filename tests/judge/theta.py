"""From which pi on L_HAZ calls: by the grid's own measures, in the ATR(4h) of
its start. The table is docs/triggers.md's, typed by hand."""

from collections import namedtuple

Theta = namedtuple("Theta", "enter leave by half stop atr")
USUAL, GAP = 0.40, 0.10


def by_table(half, stop):
    """For an operator who takes an hour, the default."""
    return USUAL


def theta(grid, atr):
    if atr is None:
        return Theta(USUAL, round(USUAL - GAP, 9), "unmeasured", None, None, None)
    half = (grid.upper - grid.lower) / 2 / atr
    stop = None if grid.stop is None or grid.side == "short" else \
        (grid.lower - grid.stop) / atr
    if stop is None or grid.side != "long":
        return Theta(USUAL, round(USUAL - GAP, 9), "unmeasured", half, stop,
                     atr)
    enter = by_table(half, stop)
    return Theta(enter, round(enter - GAP, 9), "table", half, stop, atr)
