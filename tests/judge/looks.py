"""What a look between two slots should have found.

The price that it read is told, like the calendar; everything that follows from
it is worked out here, from the description in docs/daemon.md alone.
"""

import math
from copy import copy

from candles import JUMP
from machine import RANK
from repository import number, seconds

PRICE_AGE = 30 * 60  # of the price, and of the slot that a look goes on from
LATEST, MANDATORY = "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"


class Look:
    """What the event was told, and what should come of it."""

    def __init__(self, event):
        self.event = event
        self.at = seconds(event["at"])
        self.slot = int(seconds(event["slot"]))
        self.ticker = number(event["ticker"])
        traded = event["ticker_time"]
        self.traded = seconds(traded) if traded else None
        self.beyond, self.touched, self.state = "none", False, LATEST
        self.wrong = []
        self.verdict = None  # of a touched stop
        self.reason, self.priority = "nothing", None


def looks_of(events):
    """By slot, in the order of time."""
    found = {}
    for look in sorted(map(Look, events), key=lambda look: look.at):
        found.setdefault(look.slot, []).append(look)
    return found


class Looker:
    """The looks behind one slot."""

    def __init__(self, ladder, verdict):
        self.ladder, self.verdict = ladder, verdict
        self.said = self._side(verdict.close)

    def _side(self, price):
        grid = self.ladder.grid
        if price is None or grid.lower <= price <= grid.upper:
            return "none"
        return "down" if price < grid.lower else "up"

    def take(self, look):
        """Fills the look; changes what the ladder remembers when the stop was
        touched."""
        mode = self.verdict.modes.get("M_STOP")
        self._question(look)
        look.beyond = self._side(look.ticker)
        witness, stop = self.ladder.witness, self.ladder.grid.stop
        look.touched = stop is not None and look.ticker <= stop \
            and not witness.touched and mode != "off"
        if not look.touched and look.beyond == self.said:
            look.wrong.append("it finds nothing new")
        self.said = look.beyond
        if look.touched:
            self._touch(look, mode)
        look.state = self.ladder.machine.known

    def _question(self, look):
        if not 0 <= look.at - look.slot <= PRICE_AGE:
            look.wrong.append("its slot is not at hand")
        if look.traded and abs(look.at - look.traded) > PRICE_AGE:
            look.wrong.append("its price is too old")
        close = self.verdict.close
        if close is None or abs(math.log(look.ticker / close)) > JUMP:
            look.wrong.append("its price would need a witness")
        if self.ladder.machine.known != LATEST:
            look.wrong.append(f"nobody looks at {self.ladder.machine.known}")

    def _touch(self, look, mode):
        """The rows of the slot with this one in it; nothing is counted."""
        at = look.at if look.traded is None else min(look.traded, look.at)
        self.ladder.witness.touched = True
        self.ladder.witness.latched = at
        v = copy(self.verdict)
        v.now = look.at
        v.answers = dict(v.answers, M_STOP="yes")
        v.previous = self.ladder.machine.state
        if mode != "shadow":
            self.ladder.machine.look(look.at)
            self.ladder.witness.machine.look(look.at)
        v.state = self.ladder.machine.state
        v.since = self.ladder.machine.since
        if v.broken == "none":
            v.side = "down"
        if RANK[v.state] == RANK[MANDATORY]:
            v.held = False
        look.verdict = self.verdict = v
