"""The looks between two slots: what they found, and what followed from it."""

from candles import BAR
from repository import number, rfc3339, seconds


def judge_looks(case):
    looks = case.all_looks()
    case.every("looks", [f"{look.event['at']} {complaint}" for look in looks
                         for complaint in _event(case, look)],
               f"{len(looks)} events")
    case.every("look-states", _newest(case), "the newest documents after a "
               "look")
    case.every("kept", _kept(case), "what is remembered, and since when")


def _event(case, look):
    expected = {"beyond": look.beyond, "touched": look.touched,
                "state": look.state, "reason": look.reason,
                "symbol": case.symbol}
    yield from look.wrong
    if look.slot not in case.verdicts:
        yield "its slot is none of this case"
        return
    if look.slot + BAR in case.verdicts and look.at > look.slot + BAR and \
            not case.is_backfilled(look.slot + BAR):
        yield "there is a newer slot"
    for key, value in expected.items():
        if look.event[key] != value:
            yield f"{key} {look.event[key]}, not {value}"
    sent = [intent for intent in case.intents
            if intent["id"] == look.event["intent"]]
    if len(sent) != (look.priority is not None):
        yield f"{len(sent)} messages are its own"
    for intent in sent:
        if (intent["at"], intent["priority"]) != (look.event["at"],
                                                  look.priority):
            yield f"its message is of {intent['at']}, " \
                f"priority {intent['priority']}, not {look.priority}"


def _newest(case):
    """The copy of the slot's document that has the touched stop in it."""
    path = f"latest/grids/{case.options.grid}.yaml"
    after = [document for document in case.repository.versions(path)
             if document["attempt"] > 1]
    touched = [look for look in case.all_looks() if look.touched]
    if len(after) != len(touched):
        yield f"{len(after)} documents after {len(touched)} touched stops"
    for document, look in zip(after, touched):
        for complaint in _unlike(document, look, case.exits):
            yield f"{look.event['at']} {complaint}"


def _unlike(document, look, exits):
    v, got = look.verdict, document["evaluation"]
    slot = exits[look.slot][1]["evaluation"]
    expected = {"state": v.state, "previous": v.previous, "known": v.state,
                "side": v.side, "since": rfc3339(v.since)}
    literal = set(slot["literal"]) | {"M_STOP"}
    rows = {row["id"]: row for row in got["triggers"]}
    stop = rows.pop("M_STOP")
    if document["slot"] != look.event["slot"]:
        yield f"is of {document['slot']}"
    for key, value in expected.items():
        if got[key] != value:
            yield f"{key} {got[key]}, not {value}"
    if set(got["literal"]) != literal or got.get("theta") != slot.get("theta"):
        yield f"literal {got['literal']} or theta, not {sorted(literal)}"
    if (stop["answer"], stop["evidence"], number(stop["value"])) != (
            "yes", "ticker", look.ticker):
        yield f"M_STOP {stop['answer']} {stop['evidence']} {stop['value']}"
    if any(row != rows[row["id"]] for row in slot["triggers"]
           if row["id"] != "M_STOP"):
        yield "has other rows than the slot's"


def _kept(case):
    """Each state is one of those that its slot and the looks after it leave,
    in their order, and the last is the last."""
    path = f"state/{case.options.grid}.yaml"
    at = {}
    for document in case.repository.versions(path):
        slot, memory = int(seconds(document["slot"])), document["exit"]
        if slot not in case.remembered:
            continue
        got = (memory["known"], *(
            None if time is None else seconds(time)
            for time in (memory["since"], memory["latch"]["at"])))
        left = case.remembered[slot]
        at.setdefault(slot, 0)
        while at[slot] < len(left) and left[at[slot]] != got:
            at[slot] += 1
        if at[slot] == len(left):
            yield f"{document['slot']} {got}, not {left}"
    for slot, reached in at.items():
        if reached + 1 < len(case.remembered[slot]):
            yield f"{rfc3339(slot)} knows nothing of its look"
