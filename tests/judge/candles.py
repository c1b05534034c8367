"""The candles of one market as the file has them: what really traded.

Reads `time,open,high,low,close,volume` (epoch seconds of the open), plain or
zstd. A row without volume did not trade and counts as absent.
"""

import math
import subprocess

BAR = 900  # seconds of a 15m bar
HOUR = 3600
JUMP = 0.5
FILL = 2  # absent 15m bars that are filled flat; a longer hole is a stop


class Candles:
    def __init__(self, path):
        self.bars = {}  # bar number -> (open, high, low, close)
        for line in _lines(path):
            if not line[:1].isdigit():
                continue
            fields = line.split(",")
            time = int(fields[0])
            prices = tuple(float(f) for f in fields[1:5])
            if time % BAR:
                raise ValueError(f"'{path}': {time} is not the open of a bar")
            if float(fields[5]) > 0:
                self.bars[time // BAR] = prices
        if not self.bars:
            raise ValueError(f"'{path}' has no candle")
        self.numbers = sorted(self.bars)
        self.first = self.numbers[0]
        self.returns = {}  # to the bar before, for every bar but the first
        for older, newer in zip(self.numbers, self.numbers[1:]):
            ratio = self.bars[newer][3] / self.bars[older][3]
            self.returns[newer] = math.log(ratio)

    def newest(self, time):
        """Number of the newest bar that closed at or before `time`, or None."""
        number = time // BAR - 1
        while number >= self.first and number not in self.bars:
            number -= 1
        return number if number >= self.first else None

    def open_at(self, time):
        """Open of the bar that begins at `time`, or None if none does."""
        bar = self.bars.get(time // BAR)
        return bar[0] if bar else None

    def hour_close(self, end):
        """Close of the hour that ends at `end`, or None if none ends there or
        nothing traded in it."""
        if end % HOUR:
            return None
        for number in range(end // BAR - 1, end // BAR - 5, -1):
            if number in self.bars:
                return self.bars[number][3]
        return None

    def hour_closes(self, end, most):
        """The newest closes of hours that ended at or before `end`, newest
        first."""
        closes = []
        while len(closes) < most and end > self.first * BAR:
            close = self.hour_close(end)
            if close is not None:
                closes.append(close)
            end -= HOUR
        return closes


def _lines(path):
    if str(path).endswith(".zst"):
        done = subprocess.run(["zstd", "-dc", str(path)], check=True,
                              stdout=subprocess.PIPE)
        return done.stdout.decode("ascii").splitlines()
    with open(path, encoding="ascii") as file:
        return file.read().splitlines()
