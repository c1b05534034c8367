"""When the phone should have rung: the decision table, written again."""

from machine import RANK, STATES
from rows import TOGETHER, raises

HOUR = 3600
GAP, CHANGE, ESCALATE, ASK, DAY = 4 * HOUR, HOUR, HOUR // 2, 4 * HOUR, 24 * HOUR
SIREN = HOUR  # as long as it rings
STALE, DARK, SLOT = 2700, 2 * HOUR, 900  # ages of the newest price
GRAVER_PI, GRAVER_ATR, GRAVER_SHARE = 0.10, 1, 0.20
PI_FLOOR = 0.10
URGENCY = {"UNKNOWN": 0, "NORMAL": -1, "WARNING": 0,
           "LATEST_ACCEPTABLE_EXIT": 1, "MANDATORY_EXIT": 2}
LATEST, MANDATORY = "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"
QUIET = ("resolved", "better", "sighted")


def now(v):
    """Of a look it is when that was; all else counts from the slot."""
    return getattr(v, "now", v.time)


class Naps:
    """When the operator sleeps, from the history of the grid's file: what
    was said last is true, a fresh start wakes, and a week is the longest."""

    WEEK, QUARTER = 7 * 86400, 900

    def __init__(self, history):
        self.said = [(at, until) for at, event, until in history
                     if event in ("snoozed", "started")]
        self.answers = [at for at, event, _ in history
                        if event == "acknowledged"]

    def cover(self, time):
        heard = [(at, until) for at, until in self.said
                 if at < time + self.QUARTER]
        if not heard or heard[-1][1] is None:
            return False
        at, until = heard[-1]
        return time < min(until, at + self.WEEK)

    def answer(self, time):
        """The newest acknowledgement that a run of that slot reads."""
        return max((at for at in self.answers if at <= time), default=None)


def waits(first, times):
    """4, 8, 16, 24, 24 hours: what comes after so many."""
    return min(first * 2 ** min(times, 9), DAY)


def grew(small, large, least):
    """Nothing that is not known has grown."""
    return None not in (small, large) and round(large - small, 9) >= least


class Phone:
    """What the last message of an episode left the operator with."""

    def __init__(self, told=None):
        self.told = told  # the state, or None
        self.idle = self.escalated = False
        self.side, self.causes = None, set()
        self.pi = self.stop_atr = self.at_risk = None
        self.siren = None    # when it began, and its level
        self.graver = None   # when it last rang for worse news
        self.turned = None   # when it last ceased to cost, or began to again
        self.answered = None  # acknowledgements that were known before
        self.asked = []      # times of "stopped?" since the answer


class Alerts:
    def __init__(self, side, market="spot", naps=Naps(())):
        self.side, self.market = side, market
        self.naps = naps
        self.phone = Phone()
        self.blind = self.over = False
        self.dark = None  # when there was first no price
        self.last, self.repeats = None, 0
        self.told_at = {}  # state -> time of its last message

    def slot(self, v):
        """(reason, priority) of the message of this slot, or None."""
        if v.price_known:
            self.dark = None
        elif self.dark is None:
            self.dark = v.time
        self._end_siren(v)
        self._end_answer(v)
        asleep = v.state != MANDATORY and self.naps.cover(v.time)
        if v.state == "NORMAL":
            self.over = asleep and self.phone.told is not None
        elif self.over and v.state != "UNKNOWN":
            self.phone, self.over = Phone(), False  # another episode
        reason = self._told(v, asleep)
        if self._idle(v):
            self._take_off(v)
        return reason

    def _told(self, v, asleep):
        reason = self._news(v)
        held_back = asleep or reason and self._held_back(v, reason)
        if held_back:
            reason = None
            if self.blind and v.state != "UNKNOWN" and not asleep:
                reason = "sighted"
        if reason is None:
            return None
        priority = self._priority(v, reason)
        self._keep(v, reason, priority)
        return reason, priority

    # --- what is news ------------------------------------------------------

    def _news(self, v):
        for ask in (self._level, self._mandatory, self._latest, self._sight,
                    self._change, self._repeat):
            reason = ask(v)
            if reason:
                return reason
        return None

    def _level(self, v):
        told = self.phone.told
        if v.state == "UNKNOWN" or v.state == "NORMAL" and told is None:
            return None
        if v.state == "NORMAL":
            return "resolved"
        if told is None:
            return "first"
        turned = self.phone.idle and not self._idle(v) \
            and RANK[v.state] >= RANK[LATEST]
        if RANK[v.state] > RANK[told] or turned or self._came_back(v):
            return "worse"
        return "better" if RANK[v.state] < RANK[told] else None

    def _came_back(self, v):
        """MANDATORY again, whose siren was cancelled in between."""
        return self._stands(v, MANDATORY) and self.phone.siren is None \
            and not self._answered(v)

    def _stands(self, v, state):
        return v.state == self.phone.told == state and not self._idle(v) \
            and not self.phone.idle

    def _mandatory(self, v):
        if not self._stands(v, MANDATORY):
            return None
        if self._graver(v):
            return "graver"
        answer = self._answered(v)
        if answer is None:
            began = self.phone.siren[0] if self.phone.siren else v.time
            return "unheard" if v.time - began >= SIREN else None
        asked = [time for time in self.phone.asked if time > answer]
        due = max([answer] + asked) + waits(ASK, len(asked))
        return "asked" if v.time >= due else None

    def _graver(self, v):
        """For another reason as well; or more likely on its side, nearer the
        stop, or more at risk without being farther from it: but that once an
        hour."""
        if self._new_causes(v):
            return True
        was, now = self.phone, self._figures(v)
        if was.graver is not None and v.time - was.graver < CHANGE:
            return False
        return self._known_side(v) == was.side and grew(was.pi, now[0], GRAVER_PI) \
            or grew(now[1], was.stop_atr, GRAVER_ATR) \
            or grew(now[1], was.stop_atr, 0) and now[2] is not None \
            and grew(was.at_risk, now[2], GRAVER_SHARE * (was.at_risk or 0)) \
            and now[2] > 0

    def _latest(self, v):
        if not self._stands(v, LATEST) or self.phone.escalated \
                or self._answered(v) is not None:
            return None
        told = max(self.told_at.get(LATEST, 0), self.told_at.get(MANDATORY, 0))
        return "escalated" if v.time - told >= ESCALATE else None

    def _sight(self, v):
        seen = v.state != "UNKNOWN" and v.price_known
        return "sighted" if self.blind and seen else None

    def _change(self, v):
        phone = self.phone
        if v.state != phone.told or RANK[v.state] < RANK[LATEST] \
                or self._answered(v) is not None:
            return None
        other = None not in (phone.side, self._known_side(v)) \
            and v.side != phone.side
        if other and self._idle(v) and self._rings(v) \
                and not self._turned_lately(v):
            return "side"  # and the siren stops
        if v.time - self.last < CHANGE:
            return None
        if other:
            return "side"
        return "cause" if self._new_causes(v) else None

    def _age(self, v):
        """Of the newest price, while it counts as unknown."""
        if v.price_known:
            return 0
        return max(v.time - self.dark + SLOT, v.price_age or 0)

    def _stale(self, v):
        """The louder the longer, if it was not told at that age, nor told as
        stale and answered since."""
        if v.state == MANDATORY:
            return "stale" if self._held_unseen(v) else None
        if v.state != "UNKNOWN":
            return None
        age, told, answer = self._age(v), 0, self.naps.answer(v.time)
        if self.blind and "UNKNOWN" in self.told_at:
            told = age - (v.time - self.told_at["UNKNOWN"])
            if told >= STALE and answer is not None \
                    and answer >= self.told_at["UNKNOWN"]:
                return None
        if age >= DARK > told:
            return "stale_siren"
        return "stale" if age >= STALE > told else None

    def _held_unseen(self, v):
        """Acknowledged, it stands for 45 min without a price: told once each
        time that the price goes."""
        told = self.told_at.get("UNKNOWN")
        return self._age(v) >= STALE and self._stands(v, MANDATORY) \
            and self._answered(v) is not None \
            and (told is None or told < self.dark)

    def _repeat(self, v):
        stale = self._stale(v)
        if stale:
            return stale
        if v.state == "UNKNOWN" and not self.blind:
            return "blind"
        stands = v.state == "UNKNOWN" or v.state == self.phone.told \
            and self._answered(v) is None
        if stands and v.time - self.last >= waits(GAP, self.repeats):
            return "repeat"
        return None

    # --- what holds it back -------------------------------------------------

    def _held_back(self, v, reason):
        faint = v.pi.number < PI_FLOOR if v.pi.usable() \
            else v.pi.missing_answer() == "na"
        if v.state == "WARNING" and faint and reason != "better":
            return True
        if reason == "blind":
            return self._told_lately(v, ("UNKNOWN",))
        waits_for = reason == "first" and v.state != MANDATORY or \
            reason == "better" and self.phone.told != MANDATORY
        return waits_for and self._told_lately(v, STATES[RANK[v.state]:])

    def _told_lately(self, v, states):
        return any(v.time - self.told_at[state] < GAP for state in states
                   if state in self.told_at)

    # --- what is remembered ---------------------------------------------------

    def _keep(self, v, reason, priority):
        self.blind = v.state == "UNKNOWN" or reason == "stale"
        self.last = v.time
        self.repeats = self.repeats + 1 if reason == "repeat" else 0
        if self.blind:
            self.told_at["UNKNOWN"] = v.time
            if priority == 2:
                self.phone.siren = (v.time, "UNKNOWN")
        elif reason == "asked":
            self.phone.asked.append(v.time)
        elif reason != "sighted":  # that tells that we see, not what
            self._keep_level(v, reason, priority)

    def _keep_level(self, v, reason, priority):
        before, idle = self.phone, self._idle(v)
        phone = Phone(v.state if v.state != "NORMAL" else None)
        risen = reason in ("first", "worse", "graver")
        fallen = reason in ("better", "resolved")
        phone.idle = idle
        phone.side = self._known_side(v)
        phone.pi, phone.stop_atr, phone.at_risk = self._figures(v)
        if before.told is not None:
            self._fill_in(phone, before)
        phone.causes = self._causes(v)
        if not fallen and reason not in ("first", "worse"):
            phone.causes |= before.causes
        if reason == "graver":
            phone.graver = v.time
        elif not risen and not fallen:
            phone.graver = before.graver
        higher = before.told is None or RANK[v.state] > RANK[before.told]
        phone.escalated = fallen or reason == "escalated" or \
            before.escalated and not higher
        phone.answered = before.answered
        if risen:  # what came before the message is no answer to it
            self._spend(phone, now(v) - 1, self.naps.answer(v.time))
        phone.asked = [] if risen else before.asked
        turns = None not in (before.told, phone.told) \
            and idle != before.idle and RANK[v.state] >= RANK[LATEST]
        phone.turned = v.time if turns else before.turned
        if phone.told is None:
            phone.turned = None
        phone.siren = (now(v), v.state) if priority == 2 else None
        self.phone = phone
        self.told_at["WARNING" if idle else v.state] = v.time

    @staticmethod
    def _fill_in(phone, before):
        """What nobody knows now is still as it was told; pi with its side."""
        if phone.pi is None and phone.side in (None, before.side):
            phone.side, phone.pi = before.side, before.pi
        if phone.stop_atr is None:
            phone.stop_atr = before.stop_atr
        if phone.at_risk is None:
            phone.at_risk = before.at_risk

    @staticmethod
    def _spend(phone, *times):
        known = [time for time in (phone.answered, *times) if time is not None]
        phone.answered = max(known, default=None)

    def _end_siren(self, v):
        """That of LATEST goes on through a WARNING that was not told."""
        siren = self.phone.siren
        if siren and siren[1] == "UNKNOWN" and v.price_known:
            answer = self.naps.answer(v.time)
            if answer is not None and answer >= siren[0]:
                self._spend(self.phone, answer)  # it was none to the state
            self.phone.siren = None
            return
        if not siren or v.state == "UNKNOWN" or siren[1] == "UNKNOWN":
            return
        least = MANDATORY if siren[1] == MANDATORY else "WARNING"
        if RANK[v.state] < RANK[least]:
            self.phone.siren = None

    def _rings(self, v):
        siren = self.phone.siren
        return siren is not None and v.time - siren[0] < SIREN \
            and self._answered(v) is None

    def _take_off(self, v):
        """Nothing rings for what costs nothing; the way back is news. What
        came back rings on for an hour."""
        if self.phone.siren is None or self._turned_lately(v):
            return
        if self._answered(v) is None:
            self.phone.idle, self.phone.turned = True, v.time
        self.phone.siren = None

    def _turned_lately(self, v):
        turned = self.phone.turned
        return turned is not None and v.time - turned < CHANGE

    def _end_answer(self, v):
        """Who answered MANDATORY did not answer the next one."""
        if self.phone.told == MANDATORY and v.state != "UNKNOWN" \
                and RANK[v.state] < RANK[MANDATORY]:
            self._spend(self.phone, self.naps.answer(v.time))

    # --- what is seen -----------------------------------------------------------

    def _answered(self, v):
        """When the operator answered what was told; None: he did not."""
        answer = self.naps.answer(v.time)
        known = self.phone.answered
        return answer if answer is not None and \
            (known is None or answer > known) else None

    @staticmethod
    def _known_side(v):
        return v.side if v.side in ("up", "down") else None

    @staticmethod
    def _figures(v):
        """Of the side, to the stop, in money; risk is as it was recorded."""
        value = v.pi_up if v.side == "up" else v.pi_dn
        return (value.number if value.usable() else None,
                v.risk.get("stop_atr"), v.risk.get("at_risk"))

    @staticmethod
    def _causes(v):
        return {name for name, answer in v.answers.items()
                if answer == "yes" and name not in TOGETHER
                and name not in v.modes}

    def _new_causes(self, v):
        """Those that raise this state by themselves and were not told."""
        return [name for name in self._causes(v) - self.phone.causes
                if raises(name) == v.state]

    def _idle(self, v):
        """LATEST or MANDATORY on the side that costs nothing?"""
        return RANK[v.state] >= RANK[LATEST] and not self._risky(v.side)

    def _risky(self, side):
        if self.market == "futures" or self.side == "neutral":
            return True
        return side != ("up" if self.side == "long" else "down")

    def _priority(self, v, reason):
        if reason in QUIET:
            return -1
        if reason in ("unheard", "graver", "escalated", "stale_siren"):
            return 2
        if reason in ("asked", "stale"):
            return 1
        urgency = URGENCY[v.state]
        if self._age(v) >= STALE and v.state == "UNKNOWN":
            urgency = 1
        return min(urgency, 0) if self._idle(v) else urgency
