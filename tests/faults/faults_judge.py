"""What must hold of a world in which faults.py let a service misbehave."""
import itertools
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../record"))
import kills_judge  # noqa: E402
from faults_world import (ASIDES, NTFY, SLOTS, STATES, Verdicts, heard_aside,  # noqa: E402
                          rfc3339, told, world_of)

# Which message was a person to hear at last, by the beginning of its title.
LEVELS = {"WARNING": 1, "LATEST_ACCEPTABLE_EXIT": 2, "MANDATORY_EXIT": 3}
ENDS = {0, 65, 69, 74, 75, 77}
SETTLED = {"accepted", "refused", "superseded", "grouped"}
FOR_OTHERS = "Not acknowledged: "  # than the phone
ALERT_AGE, URGENT_AGE = 45 * 60, 2 * 3600


def levels_of(told):
    """{grid: level} of what a message is about: "Graver: STATE ↓ one (...)" in
    its title, "two STATE ↓" behind "Also:"."""
    also = told.message.partition("Also: ")[2].partition("\n")[0]
    found = {g: s for g, s in re.findall(r"(\w+) ([A-Z_]+)", also) if g in world_of.GRIDS}
    for state, grid in re.findall(r"([A-Z_]+)(?: \S)? (\w+) \(", told.title):
        found[grid] = state
    return {g: LEVELS.get(s, 0) for g, s in found.items()}


def judge(reference, w, case, wrong):
    kills_judge.sound(w, wrong)
    seen = Verdicts(w.at("data.git"))
    same_in_the_end(reference, seen, case, wrong)
    for grid in world_of.GRIDS:
        for k, slot in enumerate(SLOTS):
            compare_slot(reference, seen, grid, k, case, wrong)
    settled(w, wrong)
    heard = told(w)
    if case.is_final():
        said_lost(heard, case, wrong)
        delivered(reference, told(w, NTFY), case, wrong)
    else:
        delivered(reference, heard, case, wrong)
    once(heard, case, wrong)
    stale_in_time(seen, heard, case, wrong)
    aside(w, case, wrong)
    if case.step[0] in ASIDES:
        unmoved(reference, seen, heard, wrong)


def aside(w, case, wrong):
    """Whoever hears of every run heard how it ended, whatever broke elsewhere."""
    for k, status in case.statuses.items():
        heard = heard_aside(w, SLOTS[k])
        beats = [(f.get("signal"), f.get("code")) for f in heard["heartbeat"]]
        wants = {"heartbeat": [("start", None), ("exit", str(status)) if status
                               else ("success", None)],
                 "pushgateway": [str(status)],
                 "ahead": 1 if status == 0 else 0}
        seen = {"heartbeat": beats,
                "pushgateway": [f.get("exit_code") for f in heard["pushgateway"]],
                "ahead": len(heard["ahead"])}
        for which in ASIDES:
            if which == case.step[0] and k < case.end:
                continue
            if seen[which] != wants[which]:
                wrong.append("%s of %s: %s, not %s" % (
                    which, rfc3339(SLOTS[k]), seen[which], wants[which]))


def words(t):
    """What a message says, but for the commit that it names."""
    return t and (t.title, t.priority, re.sub(r"Record [0-9a-f]+", "Record", t.message))


def unmoved(reference, seen, heard, wrong):
    """The same messages in the same order, the same verdicts, at once."""
    heard = [t for t in heard if t.at >= SLOTS[0]]
    for t, want in itertools.zip_longest(heard, reference.told):
        if words(t) != words(want):
            wrong.append("the phone heard %s, not %s" % (words(t), words(want)))
            break
    late = [t.title for t, want in zip(heard, reference.told) if t.at > want.at + 30]
    if late:
        wrong.append("the phone heard late of %s" % late)
    for grid in world_of.GRIDS:
        for slot in SLOTS:
            is_now = [(d.state, d.source, d.answers) for d in seen.of(grid, slot) or []]
            if is_now != [(d.state, d.source, d.answers) for d in reference.verdicts.of(grid, slot)]:
                wrong.append("%s %s is another verdict" % (grid, rfc3339(slot)))


def same_in_the_end(reference, seen, case, wrong):
    for grid in world_of.GRIDS:
        want = reference.verdicts.of(grid, SLOTS[-1])[-1]
        last = (seen.of(grid, SLOTS[-1]) or [None])[-1]
        if last and is_held(seen, grid, last.state, want.state, case):
            continue
        if last is None or last.state != want.state or last.source != want.source:
            wrong.append("%s ends as %s, not %s" % (
                grid, last and (last.state, last.source), (want.state, want.source)))


def is_held(seen, grid, state, want, case):
    """It is graver than it would be: M_BLIND raised it, or a close that would
    have ended it was of a market that said it was closed, or left the answer of
    a trigger of MANDATORY open; and there were not two hourly closes since."""
    docs = [(s, d) for s in SLOTS[case.first:case.end] for d in seen.of(grid, s) or []]
    held = "status" in case.fault.sides or any(
        d.answers.get("M_BLIND") == "yes"
        or s % 3600 == 0 and any(a == "unknown" and t.startswith("M_")
                                 for t, a in d.answers.items()) for s, d in docs)
    closes = {s // 3600 for s in range(SLOTS[case.end], SLOTS[-1] + 1, 900) if s % 3600 == 0}
    return STATES.index(state) > STATES.index(want) and held and len(closes) < 2


def compare_slot(reference, seen, grid, k, case, wrong):
    """Recorded; and while the fault lasts no answer is made of what is broken."""
    want = reference.verdicts.of(grid, SLOTS[k])
    docs = seen.of(grid, SLOTS[k])
    if not docs:
        wrong.append("%s %s is not recorded" % (grid, rfc3339(SLOTS[k])))
        return
    if not case.first <= k < case.end:
        return
    if case.fault.once and [(d.state, d.source) for d in docs] != [
            (d.state, d.source) for d in want]:
        wrong.append("%s %s: %s, not %s, though a second try would have done" % (
            grid, rfc3339(SLOTS[k]), docs[0].state, want[0].state))
    for doc in docs:
        then = said_old(doc, SLOTS[k])
        price = (reference.verdicts.of(grid, then) or want)[-1].close
        if doc.close not in (price, "") and "status" not in doc.close:
            wrong.append("%s %s: the price of %s is %s, not %s" % (
                grid, rfc3339(SLOTS[k]), rfc3339(then), doc.close, price))
        for trigger, answer in doc.answers.items():
            if trigger != "M_BLIND" and answer in ("yes", "no") \
                    and want[-1].answers[trigger] != answer and then == SLOTS[k] \
                    and not said_incomplete(doc, trigger, case) \
                    and not said_short(reference, seen, grid, SLOTS[k], trigger):
                wrong.append("%s %s: %s says %s, not %s" % (
                    grid, rfc3339(SLOTS[k]), trigger, answer, want[-1].answers[trigger]))
        if doc.state in STATES and STATES.index(doc.state) < STATES.index(
                want[-1].state) and "unknown" not in doc.answers.values():
            wrong.append("%s %s: %s, and nothing is unknown; it is %s" % (
                grid, rfc3339(SLOTS[k]), doc.state, want[-1].state))


def said_old(doc, slot):
    """Of which time its price is. Up to half an hour before the slot it is known
    by what there was then, the document says so, and what it answers is of then."""
    return next((t for t in (slot - 900, slot - 1800) if doc.close_time == rfc3339(t)), slot)


def said_incomplete(doc, trigger, case):
    """A value of a window with a hole in it is another value: near its limit it
    may answer otherwise, and the row says that it is of such a window."""
    return case.fault.name == "gap in rows" and trigger in doc.filled


# Their values are made of the regime's smoothed probabilities.
OF_REGIME = {"M_TREND", "L_TRANS", "L_CRISIS", "W_TRANS", "W_CONF", "W_TREND"}


def said_short(reference, seen, grid, slot, trigger):
    """The regime is smoothed anew behind a hole, and its document says of how
    many bars."""
    return trigger in OF_REGIME and seen.bars_of_regime(grid, slot) \
        < reference.verdicts.bars_of_regime(grid, slot)


def settled(w, wrong):
    record = world_of.Record(w.at("data.git"))
    for path, intents in record.open.items():
        if intents not in ("[]", ""):
            wrong.append("%s: still open: %s" % (path, intents))
    by_phone = record.deliveries.get(kills_judge.PHONE, {})
    for key, (title, _) in record.intents.items():
        if not SETTLED & set(by_phone.get(key, ())) and not title.startswith(FOR_OTHERS):
            wrong.append("message %s was never settled: %s" % (key, by_phone.get(key)))


def delivered(reference, heard, case, wrong):
    """Each level that the phone heard of in the world without the fault it
    hears of here too: then, or at most two runs after the fault is gone."""
    for want in reference.told:
        limit = deadline(want.at, case)
        for grid, level in levels_of(want).items():
            if level and not any(levels_of(t).get(grid, 0) >= level and t.at <= limit
                                 for t in heard) and not is_over(reference, grid, limit, level):
                wrong.append("the phone did not hear of %s: %s in time (%s)" % (
                    grid, want.title, rfc3339(limit)))


def said_lost(heard, case, wrong):
    """What was refused for good is not sent again, and the phone is told so."""
    runs = [s + world_of.SETTLE for s in SLOTS]
    if case.loud and not any("lost a message" in t.title
                             and runs[case.first] <= t.at <= deadline(runs[case.end], case)
                             for t in heard):
        wrong.append("the phone did not hear that a message was lost")


def deadline(then, case):
    """When what was decided then must have been heard."""
    runs = [s + world_of.SETTLE for s in SLOTS]
    if then < runs[case.first]:
        return then
    last = min(case.end + 1, len(SLOTS) - 1)
    return max(then, runs[last]) + 60


def is_over(reference, grid, limit, level):
    """Had the danger passed by then? Nobody is told of it any more."""
    k = max(i for i, s in enumerate(SLOTS) if s + world_of.SETTLE <= limit)
    return STATES.index(reference.verdicts.of(grid, SLOTS[k])[-1].state) < level


def once(heard, case, wrong):
    times = {}
    for t in heard:
        times[t.title, t.stamp] = times.get((t.title, t.stamp), 0) + 1
    extra = sum(n - 1 for n in times.values())
    if extra > case.unheard:
        wrong.append("the phone heard %d messages again, %d answers were lost: %s" % (
            extra, case.unheard, [k for k, n in times.items() if n > 1]))


def last_known(seen, grid, slot, first):
    """The newest slot before that one whose data is known, from `first` on."""
    while slot > first:
        slot -= 900
        docs = seen.of(grid, slot)
        if docs and docs[0].data == "known":
            return slot
    return first


def stale_in_time(seen, heard, case, wrong):
    """While nothing is known the phone is told, the louder the longer. A slot
    that was filled in later is known by its candles."""
    if "phone" in case.step[2]:
        return
    for k in range(case.first, case.end):
        for grid in world_of.GRIDS:
            docs = seen.of(grid, SLOTS[k])
            if not docs or docs[0].data == "known":
                continue
            age = SLOTS[k] - last_known(seen, grid, SLOTS[k], SLOTS[case.first - 1])
            least = 2 if age >= URGENT_AGE else 1 if age >= ALERT_AGE else None
            run = SLOTS[k] + world_of.SETTLE + 60
            if least is not None and not any(
                    t.priority >= least and SLOTS[case.first] <= t.at <= run
                    and grid in levels_of(t) for t in heard):
                wrong.append("%s was blind for %d min at %s, and priority %d was not heard" % (
                    grid, age // 60, rfc3339(SLOTS[k]), least))
