"""The fast path: a 15m bar far out of proportion, and the four hours after."""

from value import decision

SIGMAS, ATRS, RATIO = 6.0, 5.0, 2.5
HOLD = 16  # bars that it outlasts the last hit
DAY = 96


class Crisis:
    """As of the newest bar of a window."""

    def __init__(self):
        self.answer, self.trend = "unknown", False
        self.left = 0
        self.last = None  # number of the newest bar in a crisis
        self.sizes = []

    def copy(self):
        other = Crisis()
        other.__dict__.update(self.__dict__)
        return other

    def push(self, bar, r, sigma, tr, atr, ver, day):
        """`sigma` is of the bars before this one; `day` are the highest high
        and the lowest low of the 24 h before it, or None; `r` and `tr` are
        of this bar alone (bank.py)."""
        self.sizes = [
            _over(None if r is None else abs(r), sigma, SIGMAS),
            _over(tr, atr, ATRS), _over(1.0, ver, RATIO, product=True)]
        answers = [size if isinstance(size, str) else
                   "yes" if decision(size[0]) >= size[1] else "no"
                   for size in self.sizes]
        lasting = self.answer == "yes" and self.left > 0
        if "yes" in answers:
            if self.answer != "yes":
                self.trend = False
            self.answer, self.left = "yes", HOLD
            if day and (bar.close > day[0] or bar.close < day[1]):
                self.trend = True
        elif lasting:
            if "no" in answers:
                self.left -= 1
        else:
            self.answer = "unknown" if "unknown" in answers else \
                "no" if "no" in answers else "na"
            self.trend = False
        if self.answer == "yes":
            self.last = bar.number

    def label(self, label):
        if self.answer != "yes":
            return label
        return "TREND" if self.trend else "TRANSITION"


def _over(number, against, limit, product=False):
    """(size, limit), or the answer of what may not be compared."""
    if number is None:
        return "unknown"
    if not against.usable():
        return against.missing_answer()
    size = number * against.number if product else number / against.number
    return size, limit
