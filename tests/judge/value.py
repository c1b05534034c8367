"""A number with the word that stands beside it, and the four answers."""

import math

USABLE = ("real", "filled")
MISSING_NA = ("flat", "not_identified")


class Value:
    """A number or None, and the word that stands beside it."""

    def __init__(self, number, status="real", n=0):
        self.number, self.status, self.n = number, status, n

    def usable(self):
        return self.status in USABLE

    def missing_answer(self):
        return "na" if self.status in MISSING_NA else "unknown"

    def __repr__(self):
        return f"{self.number!r} {self.status}"


def decision(number):
    """Decisions are made on nine decimals."""
    if number is None or math.isinf(number):
        return number
    return round(number * 1e9) / 1e9


def asked(value, question):
    """yes or no; what may not be compared answers as its status says."""
    if not value.usable():
        return value.missing_answer()
    return "yes" if question(decision(value.number)) else "no"


def either(*answers):
    """One yes is enough; short of it, what is unknown makes all unknown."""
    for answer in ("yes", "unknown", "no"):
        if answer in answers:
            return answer
    return "na"


def both(answer, gate):
    """A yes needs the gate besides; everything else stays as it is."""
    return gate if answer == "yes" and gate != "yes" else answer
