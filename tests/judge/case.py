"""What is judged: the candles, the repository, the messages that arrived, and
beside them what should have been."""

import json

from alerts import Alerts, Naps
from candles import BAR, Candles
from ladder import Ladder, Told
from looks import Looker, looks_of
from market import Market
from repository import Repository, number, rfc3339, seconds
from witness import Grid

STARTS = ("created", "started", "changed")

TOLERANCE = 1e-9


class Case:
    def __init__(self, options):
        self.options = options
        self.good = self.bad = 0
        self.start = int(seconds(options.start))
        self.end = int(seconds(options.end))
        self.slots = range(self.start, self.end, BAR)
        self.candles = Candles(options.data)
        self.repository = Repository(options.repo)
        self.grid_file = self.repository.document(
            f"grids/{options.grid}.yaml")
        self.symbol = self.grid_file["symbol"]
        self.exits = self._documents("exits", options.grid)
        self.metrics = self._documents("metrics", self.symbol)
        self.grid = self._grid()
        self.intents = self._events("intent")
        self.deliveries = self._events("delivery")
        self.transitions = self._events("transition")
        self.looks = looks_of(self._events("look"))
        self.messages = self._messages()
        self._recompute()

    def _documents(self, folder, name):
        """By slot: (path, document)."""
        found = {}
        for path in self.repository.below(f"{folder}/{name}"):
            document = self.repository.document(path)
            found[int(seconds(document["slot"]))] = (path, document)
        return found

    def _events(self, kind):
        return [event for event in self.repository.events(kind)
                if event["grid"] == self.options.grid]

    def _grid(self):
        lower, upper, stop = (self.options.range.split(":") + [""])[:3]
        if self.grid_file.get("overrides"):
            raise ValueError("a grid with overrides cannot be judged")
        events = [(event["event"], seconds(event["at"]))
                  for event in self.grid_file["history"]]
        grid = Grid(float(lower), float(upper), float(stop) if stop else None,
                    max(at for name, at in events if name in STARTS),
                    self.grid_file["side"])
        grid.life = max(at for name, at in events if name == "started")
        grid.levels = self.grid_file.get("levels")
        grid.spacing = self.grid_file.get("spacing")
        grid.capital = number(self.grid_file.get("capital"))
        return grid

    def _history(self):
        """(time, event, end of a snooze or None), as the file has them."""
        return [(seconds(event["at"]), event["event"],
                 seconds(event["until"]) if "until" in event else None)
                for event in self.grid_file["history"]]

    def _messages(self):
        if not self.options.received:
            return []
        with open(self.options.received, encoding="utf-8") as file:
            heard = [json.loads(line) for line in file if line.strip()]
        return [each for each in heard if each["path"] == "/1/messages.json"]

    def _recompute(self):
        """A verdict for every slot, the changes of state, the messages."""
        first = next(iter(self.exits.values()), None)
        profile = first[1]["evaluation"]["profile"] if first else "calibrated"
        self.market = Market(self.candles)
        ladder = Ladder(self.market, self.grid, profile,
                        self.options.pi_model)
        alerts = Alerts(self.grid.side, self.grid_file["market"],
                        Naps(self._history()))
        self.verdicts, self.alarms, self.changes = {}, [], []
        self.remembered = {}  # by slot: what the state may say, in order
        for time in self.slots:
            late = self.is_backfilled(time)
            told = Told(self.exits[time][1] if time in self.exits else None)
            verdict = ladder.slot(time, told, ticker=not late)
            verdict.risk = told.risk
            self.verdicts[time] = verdict
            message = None if late else alerts.slot(verdict)
            self._tell(verdict, message)
            self.remembered[time] = [ladder.kept()]
            self._look(ladder, alerts, verdict)

    def _tell(self, verdict, message):
        if verdict.state != verdict.previous:
            self.changes.append(verdict)
        if message:
            self.alarms.append((verdict, *message))

    def _look(self, ladder, alerts, verdict):
        """The looks after the slot."""
        looker = Looker(ladder, verdict)
        for look in self.looks.get(verdict.time, []):
            looker.take(look)
            if not look.verdict:
                continue
            message = alerts.slot(look.verdict)
            self._tell(look.verdict, message)
            self.remembered[verdict.time].append(ladder.kept())
            if message:
                look.reason, look.priority = message

    def all_looks(self):
        return [look for looks in self.looks.values() for look in looks]

    def is_backfilled(self, time):
        return time in self.exits and self.exits[time][1]["backfilled"]

    def check(self, name, ok, detail=""):
        if ok:
            self.good += 1
        else:
            self.bad += 1
        print(f"{'ok' if ok else 'FAIL'} {name} {detail}".rstrip())

    def every(self, name, problems, detail):
        """A check of many things: the first three that are wrong are told."""
        problems = list(problems)
        if problems:
            shown = "; ".join(str(problem) for problem in problems[:3])
            detail = f"{len(problems)} wrong: {shown}"
        self.check(name, not problems, detail)

    def compare(self, name, documents, question):
        """`question` says what is wrong with a document, or None."""
        wrong, asked = [], 0
        for time, verdict in self.verdicts.items():
            if time in documents:
                asked += 1
                complaint = question(verdict, documents[time][1])
                if complaint:
                    wrong.append(f"{rfc3339(time)} {complaint}")
        if not asked:
            wrong.append("no document to compare")
        self.every(name, wrong, f"{asked} slots")

    def tell_changes(self):
        for v in self.changes:
            yes = " ".join(n for n, a in v.answers.items() if a == "yes")
            pi = "?" if v.pi.number is None else f"{v.pi.number:.3f}"
            print(f"   {rfc3339(v.time)}  {v.previous} -> {v.state}  "
                  f"pi {pi}  {yes}".rstrip())


def changes(verdicts):
    return [v for v in verdicts.values() if v.state != v.previous]


def same_number(raw, expected, relative=False):
    got = number(raw)
    if got is None or expected is None:
        return got is None and expected is None
    limit = TOLERANCE * (abs(expected) if relative else 1)
    return abs(got - expected) <= limit


def differences(got, expected):
    """What two lists of rows do not share, in words."""
    if got == expected:
        return []
    missing = [f"not there: {row}" for row in expected if row not in got]
    extra = [f"not expected: {row}" for row in got if row not in expected]
    return missing + extra or ["the same rows in another order"]
