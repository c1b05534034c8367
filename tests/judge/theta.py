"""From which pi on L_HAZ calls: by the grid's own measures, in the ATR(4h) of
its start, by how many minutes its operator takes, and by the model of pi. The
table is docs/triggers.md's, typed by hand."""

from collections import namedtuple

Theta = namedtuple("Theta", "enter leave gate by half stop atr delay")
GAP, HOUR = 0.10, 60
USUAL = {"pi-24h-1": (0.40, 0.37), "pi-24h-2": (0.50, 0.47)}  # enter, gate


def by_table(model, half, stop, delay):
    """Enter and gate."""
    wide, far, slow = half >= 5, stop >= 2.5, delay >= 2 * HOUR
    if model == "pi-24h-1":  # the stop makes no difference, nor the gate
        return (0.30 if wide else 0.35, 0.37) if slow else USUAL[model]
    if slow:
        return (0.35, 0.32) if wide else (0.45, 0.42)
    return (0.60, 0.57) if far else USUAL[model]


def theta(model, grid, atr, delay=HOUR):
    half = stop = None
    (enter, gate), by = USUAL[model], "unmeasured"
    if atr is not None:
        half = (grid.upper - grid.lower) / 2 / atr
        if grid.stop is not None and grid.side != "short":
            stop = (grid.lower - grid.stop) / atr
        if stop is not None and grid.side == "long":
            (enter, gate), by = by_table(model, half, stop, delay), "table"
    return Theta(enter, round(enter - GAP, 9), gate, by, half, stop, atr, delay)
