"""The two rows that ask the operator's world: it stands in the record only."""

from repository import seconds
from value import Value, asked

LIMIT = 1.0  # of the signal, from there on


def w_event(v):
    calendar = v.inputs["calendar"]
    if calendar is None:
        return "na"
    if not calendar["read"]:
        return "unknown"
    return "yes" if calendar["event"] else "no"


def w_signal(v):
    signal = v.inputs["signal"]
    if signal is None:
        return "na"
    if not signal["read"] or signal["value"] is None:
        return "unknown"
    age, half = v.time - seconds(signal["time"]), signal["half_life"]
    if age < 0:
        return "unknown"
    left = 1.0 if half is None else 2 ** (-age / float(half))
    return asked(Value(float(signal["value"]) * left), lambda x: x >= LIMIT)
