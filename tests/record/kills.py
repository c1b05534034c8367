#!/usr/bin/env python3
"""Kills the job at every step and looks whether the record survives.

Twenty quiet slots and sixteen that matter are run once undisturbed: that is
the reference. Then each case takes up one of its slots, kills the job there (at
a named point, or after some milliseconds; or lets a step fail), lets the next
run find what is left, goes on to the end and compares with the reference:
nothing lost, nothing decided twice, no message repeated more than once a crash, the
evaluations the same to the byte, both repositories sound.

What is compared stands in kills_judge.py. The cases follow from the seed. A
case that fails prints how to run it alone. Results: a line
"CASE<TAB>EXPECTED<TAB>SEEN" for each row of the table.
"""
import argparse
import concurrent.futures
import os
import random
import re
import shutil
import sys
import time

import kills_world as world_of
from kills_judge import Seen, judge
from kills_world import SLOTS, World, git

# How the world is when the first run of the slot is killed.
PLAIN = "plain"      # as it is
AWAY = "away"        # the remote is away until the slot is run for good
NOTE = "note"        # another writer pushed, and we have nothing of our own
REBUILD = "rebuild"  # another writer pushed while we owed a commit
RIVAL = "rival"      # ... which recorded the very slot that we owed
CLONE = "clone"      # our clone is lost, the remote has everything
REPLACED = "replaced"  # the last commit that we pushed was written anew there
LOCKED = "locked"    # locks of references that a killed process left, a while ago
FRESH = "locked now"  # the same, this moment
SETUPS = (PLAIN, AWAY, NOTE, REBUILD, RIVAL, REPLACED, CLONE, LOCKED, FRESH)
LOCKS = ("refs/heads/main.lock", "refs/remotes/origin/main.lock",
         "packed-refs.lock", "refs/tags/x.lock")


class Case:
    def __init__(self, number, slot, setup, blows, late=False):
        self.number, self.slot, self.setup = number, slot, setup
        self.blows, self.late = blows, late  # a late run is that of the next slot

    def __str__(self):
        return "%d: slot %s, %s, %s%s" % (
            self.number, world_of.rfc3339(SLOTS[self.slot]), self.setup,
            " then ".join("%s %s" % b for b in self.blows),
            ", next run late" if self.late else "")


class Rig:
    """The reference and what every case needs."""

    def __init__(self, options):
        self.options, self.dir = options, options.dir
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(self.dir)
        self.bars, self.late = {}, {}
        for grid, (symbol, seed, shift) in world_of.GRIDS.items():
            self.bars[symbol] = os.path.join(self.dir, symbol + ".csv")
            world_of.write_bars(self.bars[symbol], seed, shift)
        self.passes = {}  # (slot, setup): [(point, pass), ...]

    def world(self, name, slot=None):
        template = None if slot is None else self.snapshot(slot)
        w = World(os.path.join(self.dir, name), self.options.programs, self.bars,
                  template)
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
                self.passes[k, PLAIN] = traced(w, lambda: w.must(w.run(slot)))
            self.reference = Seen(w)
            self.wrong = []
            judge(self.reference, w, 0, self.wrong)
            for channel in (world_of.PHONE, "webhook"):  # others name no message
                if set(self.reference.messages[channel].values()) != {1}:
                    self.wrong.append("%s: a message was heard more than once, or none"
                                      % channel)
        finally:
            w.stop()

    def make_late(self, k):
        """The same, but nobody ran at slot k."""
        w = self.world("late-%02d" % k, k)
        try:
            for slot in SLOTS[k + 1:]:
                w.must(w.run(slot))
            self.late[k] = Seen(w)
        finally:
            w.stop()

    def trace(self, k, setup):
        """Which points the slot passes when the world is like that."""
        w = self.world("trace-%02d-%s" % (k, setup.replace(" ", "-")), k)
        try:
            prepare(w, k, setup)
            self.passes[k, setup] = traced(w, lambda: w.run(SLOTS[k]))
        finally:
            w.stop()


def traced(w, run):
    log = w.at("points")
    if os.path.exists(log):
        os.unlink(log)
    os.environ["GRIDWATCH_POINTS"] = log
    try:
        run()
    finally:
        del os.environ["GRIDWATCH_POINTS"]
    return [tuple(line.split()[0].rsplit(":", 1)) for line in open(log)]


OTHER = ["-c", "user.name=other", "-c", "user.email=other@localhost"]


def write_anew(w):
    """Somebody amends the last commit of the remote: the same files and words."""
    remote = w.at("remote.git")
    words = git(remote, "log", "-1", "--format=%B", "main").stdout.strip() + b"\n"
    commit = git(remote, *OTHER, "commit-tree", "main^{tree}", "-p", "main^",
                 data=words).stdout
    git(remote, "update-ref", "refs/heads/main", commit.decode().strip())


def lock_references(w, age):
    """As kill -9 leaves them; those of the remote go after ten minutes."""
    locks = [("data.git/" + name, age) for name in LOCKS]
    for name, age in locks + [("remote.git/refs/heads/main.lock", 601)]:
        os.makedirs(os.path.dirname(w.at(name)), exist_ok=True)
        open(w.at(name), "w").close()
        then = time.time() - age
        os.utime(w.at(name), (then, then))


def push_note(w):
    """Another writer: a line more in README.md, straight into the remote."""
    remote = w.at("remote.git")
    text = git(remote, "show", "main:README.md").stdout + b"\nA note.\n"
    blob = git(remote, "hash-object", "-w", "--stdin", data=text).stdout.decode().strip()
    tree = git(remote, "ls-tree", "main").stdout.decode()
    tree = re.sub(r"blob \w+\tREADME.md", "blob %s\tREADME.md" % blob, tree)
    tree = git(remote, "mktree", data=tree.encode()).stdout.decode().strip()
    commit = git(remote, *OTHER, "commit-tree", tree, "-p", "main", "-m", "a note").stdout
    git(remote, "update-ref", "refs/heads/main", commit.decode().strip())


def prepare(w, k, setup):
    """Makes the world as the setup says; how often it crashed for that."""
    crashes = 0
    if setup in (REBUILD, RIVAL, REPLACED):
        if w.run(SLOTS[k], env={"GRIDWATCH_DIE_AT": "after-commit"}) != -9:
            raise RuntimeError("the run that was to owe a commit did not die")
        crashes = 1
    if setup in (NOTE, REBUILD):
        push_note(w)
    if setup == RIVAL:
        w.configure("rival.git", "rival.yaml")
        w.must(w.run(SLOTS[k], config="rival.yaml"))
    if setup == CLONE:
        shutil.rmtree(w.at("data.git"))
    if setup == AWAY:
        os.rename(w.at("remote.git"), w.at("remote.away"))
    if setup == REPLACED:
        write_anew(w)
    if setup in (LOCKED, FRESH):
        lock_references(w, 60 if setup == LOCKED else 0)
    return crashes


def strike(w, slot, kind, what):
    """One disturbed run; None when it was not hit."""
    log = w.at("points")
    open(log, "w").close()
    if kind == "ms":
        ms, group = what.split("/")
        status = w.run(slot, kill_ms=float(ms), group=group == "all")
        return status if status == -9 else None
    name = {"die": "GRIDWATCH_DIE_AT", "fail": "GRIDWATCH_FAIL_AT"}[kind]
    status = w.run(slot, env={name: what, "GRIDWATCH_POINTS": log})
    word = {"die": "died", "fail": "failed"}[kind]
    point = what if ":" in what else what + ":1"
    return status if "%s %s\n" % (point, word) in open(log).readlines() else None


def recorded(w, slot):
    t = time.gmtime(slot)
    path = time.strftime("exits/one/%Y/%m/%d/%H%M.yaml", t)
    if not os.path.exists(w.at("data.git/refs")):
        return False
    return git(w.at("data.git"), "cat-file", "-e", "main:" + path,
               check=False).returncode == 0


def outlived(w, status):
    """Is that how a run ends whose child died? Without the remote it goes on
    with what is here; where there is nothing here, the clone that died is its
    end: it says so, and the next run clones."""
    tip = git(w.at("data.git"), "rev-parse", "--verify", "-q", "main", check=False)
    if tip.returncode == 0:
        return status in (0, 74, 75)
    return status == 73 and "gridwatch cannot clone its data repository" in w.tail()


def play(rig, case, w):
    """The case; what is wrong with its outcome."""
    k, wrong = case.slot, []
    crashes = prepare(w, k, case.setup)
    for i, (kind, what) in enumerate(case.blows):
        status = strike(w, SLOTS[k], kind, what)
        if status is not None:
            crashes += 1
        elif kind != "ms" and i == 0:
            wrong.append("it was never at %s" % what)
        if status not in (None, -9) and kind == "die" and not outlived(w, status):
            wrong.append("the run outlived its child and ended with %d" % status)
    missed = case.late and not recorded(w, SLOTS[k])
    if case.setup == AWAY:
        os.rename(w.at("remote.away"), w.at("remote.git"))
    for slot in SLOTS[k + 1 if case.late else k:]:
        status = w.run(slot)
        if status:
            wrong.append("the run of %s ended with %d: %s" % (
                world_of.rfc3339(slot), status, w.tail()[-600:]))
            break
    judge(rig.late[k] if missed else rig.reference, w, crashes, wrong)
    return wrong


def draw_cases(rig, options):
    """Every point in some world, every world, then at random, by the clock."""
    rng = random.Random(options.seed)
    cases = []
    places = sorted({(point, n, k, setup)
                     for (k, setup), passed in rig.passes.items()
                     for point, n in passed})
    points = sorted({p[0] for p in places})

    def add(place, kind="die", second=None, late=False):
        point, n, k, setup = place
        blows = [(kind, "%s:%s" % (point, n))] + ([second] if second else [])
        cases.append(Case(len(cases), k, setup, blows, late))

    for point in points:
        here = [p for p in places if p[0] == point]
        usual = [p for p in here if p[3] == PLAIN]
        if usual:
            add(rng.choice(usual))
        for _ in range(1 if usual else 3):
            add(rng.choice([p for p in here if p[3] != FRESH]))
    for setup in SETUPS if not options.plain else (PLAIN,):
        here = [p for p in places if p[3] == setup]
        for _ in range(1 if setup == FRESH else 3):
            add(rng.choice(here))
    for point in points:
        if point.endswith("-fails"):
            for place in rng.sample([p for p in places if p[0] == point], 5):
                add(place, "fail")
    usual = [p for p in places if p[3] == PLAIN]
    for _ in range(8):
        add(rng.choice(usual), second=("die", rng.choice(points) + ":1"))
        add(rng.choice([p for p in usual if p[2] in rig.late]), late=True)
    while len(cases) < options.cases - options.timed:
        place = rng.choice([p for p in places if p[3] != FRESH])
        late = place[3] == PLAIN and place[2] in rig.late and rng.random() < 0.7
        again = not late and rng.random() < 0.3
        add(place, "die", ("die", rng.choice(points) + ":1") if again else None, late)
    for _ in range(options.timed):
        ms = rng.uniform(2, 1.2 * options.run_ms)
        cases.append(Case(
            len(cases), rng.randrange(len(SLOTS)),
            rng.choice((PLAIN, PLAIN, NOTE, REBUILD, RIVAL)[:2 if options.plain else 5]),
            [("ms", "%.1f/%s" % (ms, rng.choice(("all", "one"))))]))
    return cases


def run_case(rig, case):
    w = None
    try:
        w = rig.world("case-%03d" % case.number, case.slot)
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


def rows_of(done, rig):
    tally = {}
    for case, wrong in done:
        kind, what = case.blows[0]
        name = "kill -9 at random" if kind == "ms" else "%s %s" % (kind, what.split(":")[0])
        for key in (name, "world: " + case.setup) + (
                ("two crashes in a row",) if len(case.blows) > 1 else ()) + (
                ("next run late",) if case.late else ()):
            good, n = tally.get(key, (0, 0))
            tally[key] = good + (not wrong), n + 1
    rows = [(name, "%d good" % n, "%d good" % good)
            for name, (good, n) in sorted(tally.items())]
    rows.append(("cases in all", ">= 100" if rig.options.cases >= 100 else ">= 1",
                 str(len(done))))
    rows.append(("cases that were not good", "0", str(sum(1 for _, w in done if w))))
    return rows


def known_points(source):
    text = open(source).read()
    listed = text[text.index("points[] = {"):text.index("};")]
    return re.findall(r'"([a-z0-9-]+)"', listed)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--programs", required=True, help="where gridwatch and gridwatch-sim are")
    p.add_argument("--dir", required=True, help="emptied; everything lies there")
    p.add_argument("--cases", type=int, default=int(os.environ.get("CASES", "150")))
    p.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "1")))
    p.add_argument("--only", type=int, action="append", help="this case alone")
    p.add_argument("--like", help="cases alone in whose name this stands")
    p.add_argument("--rows", help="file for the rows of the table")
    p.add_argument("--plain", action="store_true", help="only the world as it is; other cases")
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--timed", type=int, default=20)
    p.add_argument("--keep", action="store_true")
    p.add_argument("-v", "--verbose", action="store_true")
    options = p.parse_args()
    options.dir = os.path.abspath(options.dir)
    options.programs = os.path.abspath(options.programs)
    options.command = "%s --programs %s --dir %s --cases %d --seed %d" % (
        sys.argv[0], options.programs, options.dir, options.cases, options.seed)
    listed = known_points(os.path.join(os.path.dirname(__file__), "../../src/sys/fault_point.c"))

    rig = Rig(options)
    begun = time.time()
    rig.make_reference()
    options.run_ms = 1000 * (time.time() - begun) / (len(SLOTS) + len(world_of.QUIET))
    heard = sum(rig.reference.messages[world_of.PHONE].values())
    beside = [sum(rig.reference.messages[c].values()) for c in world_of.SECONDS]
    print("reference: %d slots, %d messages, %.0f ms a run" % (
        len(SLOTS) + len(world_of.QUIET), heard, options.run_ms), flush=True)
    print("beside the phone: " + ", ".join(
        "%s %d" % pair for pair in zip(world_of.SECONDS, beside)))
    for line in rig.wrong:
        print("FAILED the run that nobody disturbed: " + line)
    traces = [(k, s) for k in (1, 3, 9, 15) for s in SETUPS
              if s != PLAIN and not options.plain]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(rig.make_late, (2, 5, 9)))
    for k, setup in traces:  # the trace stands in the environment: one by one
        rig.trace(k, setup)
    cases = [c for c in draw_cases(rig, options)
             if (not options.only or c.number in options.only)
             and (not options.like or options.like in str(c))]
    done = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, wrong in pool.map(lambda c: run_case(rig, c), cases):
            tell(case, wrong, options)
            done.append((case, wrong))
    rows = rows_of(done, rig)
    if not options.only and not options.like:
        hit = {b[1].split(":")[0] for c, _ in done for b in c.blows[:1]}
        rows.append(("points that no case was at", "none",
                     " ".join(n for n in listed if n not in hit) or "none"))
    rows.append(("messages of the run undisturbed", ">= 8", str(heard)))
    rows.append(("... of the channels beside the phone, the least", ">= 8", str(min(beside))))
    rows.append(("wrong with the run undisturbed", "none", "; ".join(rig.wrong) or "none"))
    print("%d cases, %d bad, %.0f s" % (
        len(done), sum(1 for _, w in done if w), time.time() - begun))
    if options.rows:
        with open(options.rows, "w") as f:
            f.writelines("\t".join(r) + "\n" for r in rows)
    return 1 if rig.wrong or any(w for _, w in done) else 0


sys.exit(main())
