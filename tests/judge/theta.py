"""From which pi on L_HAZ calls: by the grid's own measures, in the ATR(4h) of
its start, by how many minutes its operator takes, and by the model of pi. The
table is docs/triggers.md's, typed by hand."""

from collections import namedtuple

Theta = namedtuple("Theta", "enter leave by half stop atr delay")
GAP, HOUR = 0.10, 60
USUAL = {"pi-24h-1": 0.40, "pi-24h-2": 0.50}
SLOW = {"pi-24h-1": (0.35, 0.30), "pi-24h-2": (0.45, 0.35)}  # narrow, wide
GATE = {"pi-24h-1": 0.37, "pi-24h-2": 0.47}  # of the rows that confirm


def by_table(model, half, delay):
    """The stop makes no difference."""
    if delay < 2 * HOUR:
        return USUAL[model]
    return SLOW[model][half >= 5]


def theta(model, grid, atr, delay=HOUR):
    usual = USUAL[model]
    if atr is None:
        return Theta(usual, round(usual - GAP, 9), "unmeasured", None, None,
                     None, delay)
    half = (grid.upper - grid.lower) / 2 / atr
    stop = None if grid.stop is None or grid.side == "short" else \
        (grid.lower - grid.stop) / atr
    if stop is None or grid.side != "long":
        return Theta(usual, round(usual - GAP, 9), "unmeasured", half, stop,
                     atr, delay)
    enter = by_table(model, half, delay)
    return Theta(enter, round(enter - GAP, 9), "table", half, stop, atr, delay)
