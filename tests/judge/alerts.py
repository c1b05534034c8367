"""When the phone should have rung: the decision table, written again."""

from machine import RANK, STATES

GAP = 4 * 3600
PI_FLOOR = 0.10
URGENCY = {"NORMAL": -1, "WARNING": 0, "LATEST_ACCEPTABLE_EXIT": 1,
           "MANDATORY_EXIT": 2}


class Naps:
    """When the operator sleeps, from the history of the grid's file: what
    was said last is true, a fresh start wakes, and a week is the longest."""

    WEEK, QUARTER = 7 * 86400, 900

    def __init__(self, history):
        self.said = [(at, until) for at, event, until in history
                     if event in ("snoozed", "started")]

    def cover(self, time):
        heard = [(at, until) for at, until in self.said
                 if at < time + self.QUARTER]
        if not heard or heard[-1][1] is None:
            return False
        at, until = heard[-1]
        return time < min(until, at + self.WEEK)


class Alerts:
    def __init__(self, side, market="spot", naps=Naps(())):
        self.side, self.market = side, market
        self.naps = naps
        self.told = "NORMAL"
        self.open = self.blind = self.idle = False
        self.over = False  # what was told of ended while nobody was told
        self.told_at = {}  # state -> time of its last message

    def slot(self, verdict):
        """(reason, priority) of the message of this slot, or None."""
        asleep = self._asleep(verdict)
        if verdict.state == "NORMAL":
            self.over = asleep and self.open
        elif self.over and verdict.state != "UNKNOWN":
            self.open = self.over = False  # another episode than was told of
        if asleep:
            return None
        if verdict.state == "UNKNOWN":
            return self._unknown(verdict)
        reason = self._news(verdict)
        if self.blind and reason is None:
            reason = "sighted"
        if reason is None:
            return None
        self.blind = False
        if reason == "resolved":
            self.open = False
        elif reason != "sighted":
            self.open = True
            self.told = verdict.state
        if reason != "sighted":  # it tells that we see, not what
            self.idle = self._idle(verdict)
            told = "WARNING" if self.idle else verdict.state
            self.told_at[told] = verdict.time
        return reason, self._priority(verdict, reason)

    def _asleep(self, verdict):
        """Only MANDATORY wakes. What is remembered stays what was told;
        but that the state fell below it is noticed in sleep, too."""
        if verdict.state == "MANDATORY_EXIT" \
                or not self.naps.cover(verdict.time):
            return False
        if verdict.state != "UNKNOWN" \
                and RANK[verdict.state] < RANK[self.told]:
            self.told = verdict.state
        return True

    def _unknown(self, verdict):
        before = self.told_at.get("UNKNOWN", -GAP)
        if self.blind or verdict.time - before < GAP:
            return None
        self.blind = True
        self.told_at["UNKNOWN"] = verdict.time
        return "blind", 0

    def _news(self, verdict):
        state = verdict.state
        turned = self.idle and not self._idle(verdict) \
            and RANK[state] >= RANK["LATEST_ACCEPTABLE_EXIT"]
        if RANK[state] <= RANK[self.told] and not turned:
            self.told = state
            return "resolved" if state == "NORMAL" and self.open else None
        if state == "WARNING" and verdict.pi.usable() \
                and verdict.pi.number < PI_FLOOR:
            return None
        if state != "MANDATORY_EXIT" and self._too_soon(verdict):
            return None
        return "worse" if self.open else "first"

    def _too_soon(self, verdict):
        """A message of this level or above less than four hours ago?"""
        return any(verdict.time - self.told_at[state] < GAP
                   for state in STATES[RANK[verdict.state]:]
                   if state in self.told_at)

    def _idle(self, verdict):
        """LATEST or MANDATORY on the side that costs nothing?"""
        return RANK[verdict.state] >= RANK["LATEST_ACCEPTABLE_EXIT"] \
            and not self._risky(verdict.side)

    def _risky(self, side):
        if self.market == "futures" or self.side == "neutral":
            return True
        return side != ("up" if self.side == "long" else "down")

    def _priority(self, verdict, reason):
        if reason == "sighted":
            return -1
        urgency = URGENCY[verdict.state]
        return urgency if self._risky(verdict.side) else min(urgency, 0)
