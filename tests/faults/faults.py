#!/usr/bin/env python3
"""Every fault of the simulator at every step of a run.

The kills' sixteen slots are run once undisturbed, with an account whose bots
fill. Each case lets one path misbehave in one way for one to four runs, lets it
recover, goes on to the end, and holds the outcome to what must be true whatever
breaks: sound repositories, every slot recorded, no answer made of what is
broken, the same state in the end, each level heard of two runs after the fault is
gone at the latest, nothing heard more often than answers were lost, and blindness
told in time. What is held stands in faults_judge.py.

The cases follow from the seed. A case that fails prints how to run it alone.
Results: a table of faults by paths, and lines "CASE<TAB>EXPECTED<TAB>SEEN".
"""
import argparse
import concurrent.futures
import os
import random
import shutil
import sys
import time

from faults_judge import ENDS, judge
from faults_world import ASIDES, SLOTS, FaultWorld, Verdicts, rfc3339, told, world_of

HTML_502 = "<html><head><title>502 Bad Gateway</title></head></html>"
HTML_1015 = "<!DOCTYPE html><html><title>Access denied | 1015</title>You are being rate limited</html>"


class Fault:
    """`unheard`: it is done what was asked, and nobody hears of that. `final`:
    who sent a message does not send it again. `once`: a second try in the same
    run meets it no more, so that nothing may come of it."""

    def __init__(self, name, spec, sides="public private phone aside", unheard=False,
                 final=False):
        self.name, self.spec, self.sides = name, spec, sides.split()
        self.final, self.once = final, spec.get("count") == 1
        self.unheard = unheard or "body" in spec and "status" not in spec


def code(number, text):
    return {"body": '{"code":"%s","msg":"%s"}' % (number, text)}


def status_is(word):
    return {"body": '{"code":"200000","data":{"status":"%s","msg":"upgrade"}}' % word}


FAULTS = [
    Fault("timeout", {"hang_ms": 1600}, unheard=True),
    Fault("slow reply", {"hang_ms": 300}),
    Fault("slow body", {"pace_ms": 700}, unheard=True),
    Fault("hang up", {"close": True}),
    Fault("reset", {"reset": True}),
    Fault("lost reply", {"lost": True}, unheard=True),
    Fault("cut body", {"cut": 20}, unheard=True),
    Fault("hang up once", {"close": True, "count": 1}),
    Fault("503 once", {"status": 503, "count": 1}),
    Fault("empty body", {"body": ""}),
    Fault("half JSON", {"body": '{"code":"200000","data":[['}),
    Fault("other JSON", {"body": "[3]"}),
    Fault("HTML 502", {"status": 502, "body": HTML_502}),
    Fault("HTML 1015", {"status": 429, "body": HTML_1015}),
    Fault("500", {"status": 500}),
    Fault("503", {"status": 503}),
    Fault("404", {"status": 404, "body": "{}"}, final=True),
    Fault("429, quota left", {"status": 429}, "public private"),
    Fault("429, quota spent", {"status": 429, "spent": True}, "public private"),
    Fault("429, month used up", {"status": 429}, "phone"),
    Fault("error in a 200", code("400100", "Parameter error"), "public private"),
    Fault("busy in a 200", code("230005", "The system is busy"), "public private"),
    Fault("no data", {"alter": "no-data"}, "public private"),
    Fault("null data", {"alter": "null-data"}, "public private"),
    Fault("empty data", {"alter": "empty-data"}, "public private"),
    Fault("types swapped", {"alter": "swap-types"}, "public private phone", unheard=True),
    Fault("rows too short", {"alter": "short-rows"}, "tables"),
    Fault("rows too long", {"alter": "long-rows"}, "tables"),
    Fault("stale rows", {"alter": "stale"}, "tables"),
    Fault("gap in rows", {"alter": "gap"}, "tables"),
    Fault("row twice", {"alter": "repeated"}, "tables"),
    Fault("NaN", {"alter": "nan"}, "tables"),
    Fault("negative", {"alter": "negative"}, "tables"),
    Fault("bad signature", {"status": 401, **code("400005", "Invalid KC-API-SIGN")}, "private"),
    Fault("clock skew", {"status": 400, **code("400002", "Invalid KC-API-TIMESTAMP")}, "private"),
    Fault("IP refused", {"status": 403, **code("400006", "The IP is not in the whitelist")},
          "private"),
    Fault("no permission", {"status": 403, **code("400007", "Access denied")}, "private"),
    Fault("maintenance", status_is("close"), "status"),
    Fault("cancel only", status_is("cancelonly"), "status"),
    Fault("clock ahead", {"alter": "ahead"}, "time"),
    Fault("clock behind", {"alter": "behind"}, "time"),
    Fault("page more", {"alter": "page-more"}, "pages"),
    Fault("no items", {"alter": "no-items"}, "items"),
    Fault("item lost", {"alter": "item-lost"}, "items"),
    Fault("item twice", {"alter": "item-twice"}, "items"),
]
# The steps of a run, in its order: the name, the path, what may befall it.
STEPS = [
    ("time", "/api/v1/timestamp", "public time"),
    ("status", "/api/v1/status", "public status"),
    ("symbol", "/api/v2/symbols/*", "public"),
    ("candles", "/api/v1/market/candles", "public tables"),
    ("ticker", "/api/v1/market/orderbook/level1", "public"),
    ("book", "/api/v1/market/orderbook/level2_20", "public tables"),
    ("all public", "/api/v1/market/*", "public tables"),
    ("key", "/api/v1/user/api-key", "private"),
    ("mode", "/api/ua/v1/account/mode", "private"),
    ("balances", "/api/v1/accounts", "private items"),
    ("orders", "/api/v1/hf/orders/active/page", "private pages items"),
    ("stop orders", "/api/v1/stop-order", "private pages items"),
    ("fills", "/api/v1/hf/fills", "private items"),
    ("subs", "/api/v2/sub/user", "private pages items"),
    ("sub", "/api/v1/sub-accounts/*", "private items"),
    ("everything", "/api/*", "public private"),
    ("message", "/1/messages.json", "phone"),
    ("receipt", "/1/receipts/*", "phone"),
    ("whole phone", "/1/*", "phone"),
    ("ntfy", "/", "phone"),
    ("telegram", "/bot*", "phone"),
    ("webhook", "/hook/*", "phone"),
    ("heartbeat", "/ping/*", "aside"),
    ("pushgateway", "/metrics/job/*", "aside"),
    ("ahead", "/silence/*", "aside"),
]
MESSAGES = {"message", "whole phone"}  # of the phone


class Case:
    def __init__(self, number, fault, step, first, runs):
        self.number, self.fault, self.step = number, fault, step
        self.first, self.end = first, min(first + runs, len(SLOTS) - 2)
        self.unheard = 0
        self.loud = False  # did the phone hear of something at that time?
        self.statuses = {}  # of the slot of that index: how its run ended

    def is_final(self):
        return self.fault.final and self.step[0] in MESSAGES

    def __str__(self):
        return "%d: %s at %s, %d runs from %s" % (
            self.number, self.fault.name, self.step[0], self.end - self.first,
            rfc3339(SLOTS[self.first]))


class Rig:
    """The world without a fault, and what every case begins from."""

    def __init__(self, options):
        self.options, self.dir = options, options.dir
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(self.dir)
        self.bars = {}
        for symbol, seed, shift in world_of.GRIDS.values():
            self.bars[symbol] = os.path.join(self.dir, symbol + ".csv")
            world_of.write_bars(self.bars[symbol], seed, shift)
        self.verdicts, self.told, self.loud = None, [], []

    def world(self, name, slot=None):
        template = None if slot is None else self.snapshot(slot)
        w = FaultWorld(os.path.join(self.dir, name), self.options.programs, self.bars, template)
        if slot is not None:
            w.start(SLOTS[slot])
        return w

    def snapshot(self, slot):
        return os.path.join(self.dir, "before-%02d" % slot)

    def make_reference(self):
        w = self.world("reference")
        try:
            w.begin()
            for k, slot in enumerate(SLOTS):
                w.save(self.snapshot(k))
                before = len(told(w))
                w.must(w.run(slot))
                if len(told(w)) > before:
                    self.loud.append(k)
            self.verdicts = Verdicts(w.at("data.git"))
            self.told = [t for t in told(w) if t.at >= SLOTS[0]]
        finally:
            w.stop()


def draw_cases(rig, options):
    """Each fault at each step that it can befall, at a slot by the seed."""
    rng = random.Random(options.seed)
    cases = []
    for step in STEPS:
        for fault in FAULTS:
            if not set(fault.sides) & set(step[2].split()):
                continue
            usual = range(1, len(SLOTS) - 6)
            first = rng.choice([k for k in usual if k in rig.loud] if "phone" in step[2]
                               else list(usual))
            runs = 1 if fault.once else rng.choice((1, 2, 4))
            case = Case(len(cases), fault, step, first, runs)
            case.loud = any(case.first <= k < case.end for k in rig.loud)
            cases.append(case)
    return cases


def few(cases, count, rng):
    """So many of them, each step and each fault among them if there is room."""
    chosen, rest = [], list(cases)
    rng.shuffle(rest)
    for of in (lambda c: c.step[0], lambda c: c.fault.name):
        for c in list(rest):
            if of(c) not in {of(d) for d in chosen}:
                chosen.append(c)
                rest.remove(c)
    chosen += rest[:max(0, count - len(chosen))]
    return sorted(chosen, key=lambda c: c.number)


def ends(case, k):
    """How the run may end. Who is aside changes nothing; a slot that has not
    been yet by the exchange's clock is refused."""
    if case.step[0] in ASIDES or k >= case.end + 2 or case.fault.once:
        return {0}
    return ENDS | ({64} if case.fault.name == "clock behind" else set())


def play(rig, case, w):
    wrong = []
    for k in range(case.first, len(SLOTS)):
        if k == case.first:
            w.arm({"path": case.step[1], **case.fault.spec})
        if k == case.end:
            hits = w.end_fault()
            case.unheard = hits if case.fault.unheard and case.step[0] in MESSAGES else 0
            if not hits and case.step[0] != "receipt":
                wrong.append("no request met the fault")
        status = case.statuses[k] = w.run(SLOTS[k])
        if status not in ends(case, k):
            wrong.append("the run of %s ended with %d: %s" % (
                rfc3339(SLOTS[k]), status, w.tail()[-600:]))
    judge(rig, w, case, wrong)
    return wrong


def run_case(rig, case):
    w = None
    try:
        w = rig.world("case-%03d" % case.number, case.first)
        wrong = play(rig, case, w)
    except Exception as e:  # a broken case is a failed case
        wrong = ["%s: %s" % (type(e).__name__, e)]
    finally:
        if w:
            w.stop()
    if not wrong and not rig.options.keep:
        shutil.rmtree(w.dir, ignore_errors=True)
    return case, wrong


def tell(case, wrong, options):
    if wrong or options.verbose:
        print("%s case %s" % ("FAILED" if wrong else "ok", case))
    if wrong:
        for line in wrong[:6]:
            print("    " + line.replace("\n", "\n        "))
        print("    alone: %s --only %d" % (options.command, case.number), flush=True)


def print_table(done):
    """Faults by steps: . good, X not, a blank where it cannot befall."""
    marks = {(c.fault.name, c.step[0]): "X" if wrong else "." for c, wrong in done}
    width = max(len(f.name) for f in FAULTS)
    names = [s[0] for s in STEPS]
    for i in range(max(map(len, names))):
        print(" " * width + "  " + " ".join(n.rjust(max(map(len, names)))[i] for n in names))
    for f in FAULTS:
        print("%s  %s" % (f.name.ljust(width), " ".join(
            marks.get((f.name, n), " ") for n in names)))


def rows_of(done):
    tally = {}
    for case, wrong in done:
        key = "at " + case.step[0]
        good, n = tally.get(key, (0, 0))
        tally[key] = good + (not wrong), n + 1
    rows = [(name, "%d good" % n, "%d good" % good) for name, (good, n) in tally.items()]
    rows.append(("faults", ">= %d" % len(FAULTS), str(len({c.fault.name for c, _ in done}))))
    rows.append(("cases in all", ">= %d" % len(STEPS), str(len(done))))
    rows.append(("cases that were not good", "0", str(sum(1 for _, w in done if w))))
    return rows


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--programs", required=True, help="where gridwatch and gridwatch-sim are")
    p.add_argument("--dir", required=True, help="emptied; everything lies there")
    p.add_argument("--cases", type=int, help="so many of them, chosen by the seed; else all")
    p.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "1")))
    p.add_argument("--only", type=int, action="append", help="this case alone")
    p.add_argument("--like", help="cases alone in whose name this stands")
    p.add_argument("--rows", help="file for the rows of the table")
    # A case waits more than it computes.
    p.add_argument("--jobs", type=int, default=3 * os.cpu_count())
    p.add_argument("--keep", action="store_true")
    p.add_argument("-v", "--verbose", action="store_true")
    options = p.parse_args()
    options.dir = os.path.abspath(options.dir)
    options.programs = os.path.abspath(options.programs)
    options.command = "%s --programs %s --dir %s --seed %d" % (
        sys.argv[0], options.programs, options.dir, options.seed)

    rig = Rig(options)
    begun = time.time()
    rig.make_reference()
    cases = draw_cases(rig, options)
    if options.only or options.like:
        cases = [c for c in cases if options.only and c.number in options.only
                 or options.like and options.like in str(c)]
    elif options.cases:
        cases = few(cases, options.cases, random.Random(options.seed))
    done = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, wrong in pool.map(lambda c: run_case(rig, c), cases):
            tell(case, wrong, options)
            done.append((case, wrong))
    print_table(done)
    print("%d cases, %d bad, %.0f s" % (
        len(done), sum(1 for _, w in done if w), time.time() - begun))
    if options.rows:
        with open(options.rows, "w") as f:
            f.writelines("\t".join(r) + "\n" for r in rows_of(done))
    return 1 if not done or any(w for _, w in done) else 0


sys.exit(main())
