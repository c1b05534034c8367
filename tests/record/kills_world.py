"""The world of kills.py: two markets that break and come back, a simulator, a
data repository with a remote, and the job run slot by slot."""
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import urllib.request

MINUTE, SLOT = 60, 900
DAY = 1769731200  # 2026-01-30T00:00:00Z: the last day but one of a month
CREATED = DAY + 17 * 3600
EVENT = DAY + 2 * 86400  # the fall begins
LOWER, UPPER, STOP = 58500, 61500, 57000
GRIDS = {"one": ("BTC-USDT", 3, 0.0), "two": ("ETH-USDT", 4, 0.5)}
SETTLE = 10
BARS = 2800


def at(day, hhmm):
    return DAY + 86400 * day + 3600 * int(hhmm[:2]) + 60 * int(hhmm[2:])


# The packs of the first day make the store join them within the rest. Then a
# day is missed and filled, and what is older than a day leaves the tip.
QUIET = [at(0, "1700") + SLOT * i for i in range(20)]
# In these the grids go NORMAL, WARNING, LATEST, MANDATORY and back, and some
# slots are missed and filled.
SLOTS = [at(1, "2330")] + [at(2, t) for t in (
    "0045", "0100", "0115", "0130", "0145", "0215", "0230", "0345", "0400",
    "0415", "0645", "0700", "0715", "0800", "0815")]

CONFIG = """\
repository: {{path: {dir}/data.git, remote: {dir}/remote.git, fsync: false, push_budget: 24s}}
retention: {{tip_days: 1}}
exchange: {{base_url: '{world}'}}
notify: {{pushover_url: '{world}', telegram_url: '{world}', telegram_chat: '7',
  ntfy_from: normal, telegram_from: normal, webhook_from: normal, retry_spacing: 1s}}
log: {{level: warn}}
"""
# Of the ladder only what follows the price at once, so that it is soon over.
EXIT_CONFIG = "exit:\n  w_haz: {leave: 0.24}\n" + "".join(
    "  %s: {mode: shadow}\n" % t for t in (
        "m_trend", "l_trans", "l_hl", "l_ver", "l_z", "l_crisis", "w_trans",
        "w_conf", "w_er", "w_mr", "w_ver", "w_trend"))
KEYS = {"PUSHOVER_TOKEN": "demoTokenDemoTokenDemoToken123",
        "PUSHOVER_USER": "demoUserDemoUserDemoUserDemo12",
        "TELEGRAM_TOKEN": "123456:demo_telegram_token"}
PHONE = "pushover"
SECONDS = ("ntfy", "telegram", "webhook")


def rfc3339(t):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))


def path_of(hours):
    """How far the price is drawn down, so many hours after the fall began."""
    depth = 60000 - LOWER + 150
    if hours < 0 or hours >= 6.5:
        return 0
    if hours < 2:
        return depth * hours / 2
    if hours < 5.25:
        return depth + 40
    return depth * (6.5 - hours) / 1.25


def write_bars(path, seed, shift):
    rng = random.Random(seed)
    price = 60000.0
    with open(path, "w") as f:
        f.write("time,open,high,low,close,volume\n")
        for i in range(BARS):
            t = EVENT - SLOT * (BARS - 50 - i)
            hours = (t - EVENT) / 3600 - shift
            falls = 0 <= hours < 7
            o = high = low = price
            for _ in range(15):
                pull = (60000 - path_of(hours) - price) * (0.15 if falls else 0.01)
                price = round(price + pull + rng.gauss(0, 18 if falls else 22), 1)
                high, low = max(high, price), min(low, price)
            f.write("%d,%s,%s,%s,%s,%.4f\n" %
                    (t, o, high, low, price, 1 + 4 * rng.random()))


def git(where, *args, check=True, data=None):
    r = subprocess.run(["git", "--git-dir", where, *args], capture_output=True,
                       input=data, timeout=120)
    if check and r.returncode:
        raise RuntimeError("git %s: %s" % (args, r.stderr.decode()))
    return r


def are_alive(session):
    """The processes of a session, those aside that only wait to be collected."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % pid) as f:
                state, _, _, of = f.read().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            yield pid


def await_end(session, most_s=10):
    """Who is killed alone takes its children along, by the kernel's hand: that
    takes a moment, in which they hold what it held."""
    until = time.monotonic() + most_s
    while any(are_alive(session)):
        if time.monotonic() > until:
            raise RuntimeError("children outlive their parent by %d s" % most_s)
        time.sleep(0.005)


class World:
    """One directory with a repository, its remote and a simulator."""

    def __init__(self, where, programs, bars, template=None):
        self.dir, self.programs, self.bars = where, programs, bars
        shutil.rmtree(where, ignore_errors=True)
        os.makedirs(where)
        if template:
            for name in ("data.git", "remote.git", "received.before"):
                src = os.path.join(template, name)
                (shutil.copytree if os.path.isdir(src) else shutil.copy)(
                    src, self.at(name), **({"symlinks": True} if os.path.isdir(src) else {}))
        self.sim = None

    def at(self, name):
        return os.path.join(self.dir, name)

    def start(self, now):
        port = self.at("port")
        args = [self.programs + "/gridwatch-sim", "serve", "--port", "0",
                "--port-file", port, "--received", self.at("received.jsonl"),
                "--token", KEYS["PUSHOVER_TOKEN"], "--user", KEYS["PUSHOVER_USER"],
                "--now", rfc3339(now)]
        for symbol, path in self.bars.items():
            args += ["--data", "%s=%s" % (symbol, path)]
        with open(self.at("sim.log"), "wb") as log:
            self.sim = subprocess.Popen(args, stdout=log, stderr=log)
        for _ in range(200):
            if os.path.exists(port) and os.path.getsize(port):
                break
            if self.sim.poll() is not None:
                raise RuntimeError("the simulator did not start: " + self.dir)
            time.sleep(0.02)
        self.url = "http://127.0.0.1:" + open(port).read().strip()
        self.configure("data.git", "gridwatch.yaml")
        with open(self.at("exit_strategy_config.yaml"), "w") as f:
            f.write(EXIT_CONFIG)

    def configure(self, repository, name):
        text = CONFIG.format(dir=self.dir, world=self.url)
        with open(self.at(name), "w") as f:
            f.write(text.replace("/data.git", "/" + repository))

    def stop(self):
        if self.sim:
            self.sim.terminate()
            self.sim.wait()
            self.sim = None

    def clock(self, t):
        request = urllib.request.Request(self.url + "/sim/clock", method="PUT",
                                         data=rfc3339(t).encode())
        urllib.request.urlopen(request, timeout=10).close()

    def gridwatch(self, *args, config="gridwatch.yaml", env=None, kill_ms=None,
                  group=False):
        """The exit status, negative for a signal. kill_ms: kill -9 then."""
        full = {**os.environ, **KEYS, "NTFY_ALERT_URL": self.url + "/topic",
                "WEBHOOK_URL": self.url + "/hook/demo", **(env or {})}
        with open(self.at("log"), "ab") as log, open(self.at("out"), "wb") as out:
            p = subprocess.Popen(
                [self.programs + "/gridwatch", "-c", self.at(config), *args],
                stdout=out, stderr=log, env=full, start_new_session=True)
            try:
                status = p.wait(timeout=kill_ms / 1000 if kill_ms else 120)
            except subprocess.TimeoutExpired:
                if group or not kill_ms:
                    os.killpg(p.pid, signal.SIGKILL)
                else:
                    p.kill()
                status = p.wait()
                await_end(p.pid)
            log.write(b"[%s %s -> %d]\n" % (" ".join(args).encode(), repr(env).encode(), status))
        return status

    def run(self, slot, **how):
        self.clock(slot + SETTLE)
        return self.gridwatch("run", "--at", rfc3339(slot), **how)

    def account_of(self, grid):
        """The options that say where the grid's money lies."""
        return []

    def begin(self):
        """The grids, and the quiet day."""
        git(self.at("remote.git"), "init", "-q", "--bare", "-b", "main")
        open(self.at("received.before"), "w").close()
        self.start(CREATED)
        self.must(self.gridwatch("init"))
        for grid, (symbol, _, _) in GRIDS.items():
            self.must(self.gridwatch(
                "grid", "create", grid, "--symbol", symbol, "--market", "spot",
                "--side", "long", "--lower", str(LOWER), "--upper", str(UPPER),
                "--stop", str(STOP), "--levels", "20", "--capital", "10000",
                "--spacing", "arithmetic", "--at", rfc3339(CREATED),
                *self.account_of(grid)))
        for slot in QUIET:
            self.must(self.run(slot))

    def must(self, status):
        if status:
            raise RuntimeError("a step that nobody disturbed ended with %d: %s"
                               % (status, self.tail()))

    def tail(self):
        with open(self.at("log"), "rb") as f:
            return f.read()[-1500:].decode(errors="replace")

    def save(self, where):
        """What the runs so far left, for worlds that go on from here."""
        os.makedirs(where)
        for name in ("data.git", "remote.git"):
            shutil.copytree(self.at(name), os.path.join(where, name), symlinks=True)
        with open(os.path.join(where, "received.before"), "w") as f:
            f.writelines(self.received())

    def received(self):
        lines = open(self.at("received.before")).readlines()
        path = self.at("received.jsonl")
        return lines + (open(path).readlines() if os.path.exists(path) else [])

    def messages(self):
        """{channel: {(title, time): how often that was taken}}. The phone's title
        may tell of others besides, and another channel's begins its text."""
        heard = {channel: {} for channel in (PHONE, *SECONDS)}
        for line in self.received():
            m = json.loads(line)
            channel, key = heard_of(m)
            if channel and m["status"] in (200, 204):
                heard[channel][key] = heard[channel].get(key, 0) + 1
        return heard


def heard_of(m):
    """The channel that a call came by, and the message in it."""
    path, fields = m["path"], m.get("fields") or {}
    if path == "/1/messages.json":
        return PHONE, (bare(fields["title"]), str(fields["timestamp"]))
    if m["method"] != "POST":
        return None, None
    if path == "/":
        return "ntfy", bare(fields["title"])
    if path.startswith("/bot"):
        return "telegram", bare(fields["text"].split("\n")[0])
    if path.startswith("/hook/"):
        return "webhook", fields.get("intent") or bare(fields["title"])
    return None, None


def bare(title):
    return re.sub(r" and \d+ more$", "", title)


def blobs(repository, rev="main"):
    """{path: {id, ...}} of all that was ever on the branch, {id: bytes}."""
    listed = git(repository, "log", "-m", "--first-parent", "--raw", "--no-abbrev",
                 "--no-renames", "--format=", rev).stdout.decode()
    paths = {}
    for line in listed.splitlines():
        meta, path = line.split("\t")
        new = meta.split()[3]
        if set(new) != {"0"}:
            paths.setdefault(path, []).insert(0, new)  # oldest first
    ids = sorted({i for each in paths.values() for i in each})
    out = git(repository, "cat-file", "--batch", data="\n".join(ids).encode() + b"\n").stdout
    content, at_byte = {}, 0
    while at_byte < len(out):
        end = out.index(b"\n", at_byte)
        name, _, size = out[at_byte:end].split()
        content[name.decode()] = out[end + 1:end + 1 + int(size)]
        at_byte = end + 2 + int(size)
    return paths, content


def field(text, key):
    found = re.search(r"^%s: ?(.*)$" % key, text, re.M)
    return found.group(1).strip("'\"") if found else ""


class Record:
    """What a repository says, without what may differ from run to run."""

    def __init__(self, repository):
        paths, content = blobs(repository)
        self.evaluations, self.intents, self.deliveries = {}, {}, {}
        self.transitions, self.open = set(), {}
        for path, ids in paths.items():
            text = content[ids[-1]].decode(errors="replace")
            if path.startswith("exits/"):
                parts = [self.evaluation(content[i]) for i in ids]
                self.evaluations[path] = tuple(dict.fromkeys(parts))
            elif "-transition-" in path:
                self.transitions.add((field(text, "grid"), field(text, "slot"),
                                      field(text, "from"), field(text, "to")))
            elif "-intent-" in path:
                self.intents[field(text, "id"), field(text, "grid")] = (
                    field(text, "title"), field(text, "slot"))
            elif "-delivery-" in path:
                key = field(text, "intent"), field(text, "grid")
                of = self.deliveries.setdefault(field(text, "channel") or PHONE, {})
                of.setdefault(key, []).append(field(text, "outcome"))
            elif path.startswith("state/"):
                self.open[path] = field(text, "open_intents")

    @staticmethod
    def evaluation(data):
        text = data.decode(errors="replace")
        part = re.search(r"^evaluation:\n(?:[ -].*\n)*", text, re.M)
        return hashlib.sha1((part.group(0) if part else "none").encode()).hexdigest()
