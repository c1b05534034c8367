"""The world of faults.py: that of the kills, and an account whose bots fill."""
import calendar
import collections
import json
import os
import re
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../record"))
import kills_world as world_of  # noqa: E402
from kills_world import SLOTS, World, blobs, field, rfc3339  # noqa: E402,F401

KEY = {"key": "0123456789abcdef01234567",
       "secret": "11111111-2222-4333-8444-555566667777",
       "passphrase": "grid-Exit-2026"}
world_of.KEYS.update({"KUCOIN_API_" + k.upper(): v for k, v in KEY.items()})
# What does not answer is given up after a second.
world_of.CONFIG = world_of.CONFIG.replace(
    "exchange: {{", "exchange: {{request_timeout: 1s, ").replace(
    "notify: {{", "notify: {{request_timeout: 1s, tries: 2, ") + """\
heartbeat: {{timeout: 1s}}
export: {{pushgateway: '{world}', timeout: 1s}}
"""
CHECK = "/ping/0a1b2c3d-0000-4000-8000-00000000c0de"

# The grids whose money lies in a sub-account of their own, and its name.
ROBOTS = {"two": "gridrobot1"}
STATES = ("NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT")


class FaultWorld(World):
    def ask(self, method, what, data=b""):
        request = urllib.request.Request(self.url + "/sim/" + what, method=method, data=data)
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.loads(reply.read() or b"{}")

    def start(self, now):
        super().start(now)
        self.ask("PUT", "account", json.dumps({**KEY, "permission": "General"}).encode())
        for grid, (symbol, _, _) in world_of.GRIDS.items():
            self.ask("PUT", "bot", json.dumps({
                "symbol": symbol, "account": ROBOTS.get(grid, "main"), "lower": world_of.LOWER, "upper": world_of.UPPER,
                "levels": 20, "capital": 10000, "spacing": "arithmetic",
                "at": rfc3339(world_of.CREATED)}).encode())

    def account_of(self, grid):
        return ["--account", "robot"] if grid in ROBOTS else []

    def gridwatch(self, *args, env=None, **how):
        return super().gridwatch(
            *args, env={"HEARTBEAT_URL": self.url + CHECK, "NTFY_URL": self.url + "/silence",
                        **(env or {})}, **how)

    def arm(self, fault):
        self.ask("PUT", "fault", json.dumps(fault).encode())

    def end_fault(self):
        """How many requests met it."""
        hits = sum(self.ask("GET", "stats")["faults"].values())
        self.ask("DELETE", "fault")
        return int(hits)


Told = collections.namedtuple("Told", "at title priority stamp message")


PHONE, NTFY = "/1/messages.json", "/"


def told(w, path=PHONE):
    """What the phone took, or another channel."""
    heard = []
    for line in w.received():
        m = json.loads(line)
        if m["path"] == path and m["method"] == "POST" and m["status"] == 200:
            f = m["fields"]
            heard.append(Told(seconds(m["at"]), f["title"], int(f.get("priority", 0)),
                              f.get("timestamp"), f["message"]))
    return heard


# What hears of every run, besides those who are told of grids: who counts the
# runs, who keeps their figures, and the message that appears when none comes.
ASIDES = {"heartbeat": "/ping/", "pushgateway": "/metrics/job/", "ahead": "/silence/"}


def heard_aside(w, slot):
    """{which: [what it took of the run of the slot, in its order]}."""
    begun = slot + world_of.SETTLE
    heard = {which: [] for which in ASIDES}
    for line in w.received():
        m = json.loads(line)
        for which, root in ASIDES.items():
            if m["path"].startswith(root) and m["method"] != "DELIVER" \
                    and m["status"] in (200, 202) and begun <= seconds(m["at"]) < begun + 600:
                heard[which].append(m["fields"])
    return heard


def seconds(text):
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def slot_path(grid, slot):
    return time.strftime("exits/%s/%%Y/%%m/%%d/%%H%%M.yaml" % grid, time.gmtime(slot))


class Verdicts:
    """What each slot document says: the first and the newest that there was."""

    def __init__(self, repository):
        paths, content = blobs(repository)
        self.docs = {p: [Verdict(content[i].decode()) for i in ids]
                     for p, ids in paths.items() if p.startswith("exits/")}

        self.smoothed = {p: int(n) for p, ids in paths.items() if p.startswith("metrics/")
                         for n in re.findall(r"^  confidence: .*used: (\d+)",
                                             content[ids[-1]].decode(), re.M)}

    def of(self, grid, slot):
        return self.docs.get(slot_path(grid, slot))

    def bars_of_regime(self, grid, slot):
        """Of how many bars in a row the regime at that slot was smoothed."""
        symbol = world_of.GRIDS[grid][0]
        return self.smoothed.get(slot_path(symbol, slot).replace("exits/", "metrics/"), 0)


class Verdict:
    def __init__(self, text):
        part = re.search(r"^evaluation:\n((?:[ -].*\n)*)", text, re.M).group(1)
        self.state = field(part, "  state")
        self.known = field(part, "  known")
        self.data = field(part, "  data")
        self.close = field(part, "  close")
        self.close_time = field(part, "  close_time")
        self.backfilled = field(text, "backfilled") == "true"
        self.answers = dict(re.findall(r"\{id: (\w+), answer: '?([a-z]+)'?", part))
        self.filled = set(re.findall(r"\{id: (\w+), .*status: filled", part))
        self.source = re.search(r"^  source: (\w+)", text, re.M).group(1)
