"""How lively each hour of the week is: the profile of one Monday.

Made of the 1h bars of the eight weeks before it: median true range of the
hour, as a share of the close before, over the median of all; drawn towards 1
by four imagined bars, kept within .4 and 2.5.
"""

from statistics import median

from value import Value

HOURS, WEEKS = 168, 8
LEAST = 2 * HOURS
FIRST = 96  # the first Monday, 00:00, in hours since 1970


def monday(hour):
    """Number of the hour that begins the week of this one."""
    return (hour - FIRST) // HOURS * HOURS + FIRST


class Seasons:
    def __init__(self, hours):
        self.hours = hours  # the series of 1h bars
        self.known = {}

    def factor(self, seconds):
        """Of a bar that opens then."""
        hour = seconds // 3600
        week = monday(hour)
        if week not in self.known:
            self.known[week] = self._profile(week)
        status, factors = self.known[week]
        if status != "real":
            return Value(None, status)
        return Value(factors[(hour - week) % HOURS])

    def _profile(self, week):
        numbers = self.hours.between(week - WEEKS * HOURS, week - 1)
        if len(numbers) < LEAST:
            return "unavailable", None
        every, of_hour = [], {}
        for before, number in zip(numbers, numbers[1:]):
            if number != before + 1:
                continue
            _, high, low, _ = self.hours.bars[number]
            close = self.hours.bars[before][3]
            share = (max(high, close) - min(low, close)) / close
            every.append(share)
            of_hour.setdefault((number - week) % HOURS, []).append(share)
        middle = median(every) if every else 0
        if middle <= 1e-12:
            return "flat", None
        factors = []
        for hour in range(HOURS):
            own = of_hour.get(hour)
            s = 1.0 if own is None else \
                (len(own) * median(own) / middle + 4) / (len(own) + 4)
            factors.append(min(max(s, 0.4), 2.5))
        return "real", factors
