#!/usr/bin/env python3
"""study_trials.py --log FILE --data DIR [--only NAME ...] [--stop ATR]
[--half-width ATR]: exit rules, tried.

Every row of TRIES is a configuration that `gridwatch backtest` is run with on
all recorded 15m candles; what came of it is appended to the log, one line a
period, half-width and operator's delay, misses like hits. A try that the log
has of this very engine and these options is not run again (it does not know of
which candles: other ones want another log), and lives that this very program
left in WORK of these candles are read from there. Grids that started before
2022 are those a choice may be made on; the others confirm it. BUILD is where the program is. Ends with 77 without
candles."""
import argparse, collections, csv, datetime, glob, hashlib, json, os, random
import subprocess, sys

BUILD = os.environ.get("BUILD", "build/release")
WORK = os.environ.get("WORK", os.path.join(BUILD, "trials"))
NEWER_MS = 1640995200000  # 2022-01-01
PERIODS = [("before 2022", lambda ms: ms < NEWER_MS),
           ("from 2022", lambda ms: ms >= NEWER_MS)]
DELAYS = {"0m": 0, "15m": 15, "60m": 60, "4h": 240}
KPIS = ["eaw", "slar", "ttdr", "prr_median", "false_mandatory",
        "life_hours", "life_ratio", "pnl"]
DRAWS, SEED = 1000, 1
WIDTHS = [4, 6]  # half of the range in ATR(4h), what a backtest lays


def haz(enter, gate, warn=0.25):
    """L_HAZ from `enter` on, the gate of the others a little below it."""
    return {"exit.l_haz.enter": enter, "exit.l_haz.leave": round(enter - .10, 2),
            "exit.gate": gate, "exit.w_haz.enter": warn,
            "exit.w_haz.leave": round(warn - .05, 2)}


BASE = {"exit.l_haz.table": "false"}  # theta is what a try says
OLD = BASE | {"exit.m_equity.range": 0, "exit.l_crisis.pi": 0}
QUIET = BASE | {"exit.l_crisis.mode": "shadow"}


def crisis(pi):
    return BASE | {"exit.l_crisis.pi": pi}


# The model of pi is said by every try: what a program asks when nothing is said
# has changed and may again. In lines of the log that say none it is pi-24h-1.
FIRST, SECOND = ({"exit.pi_model": f"pi-24h-{n}"} for n in (1, 2))


def second(theta, gate, stop=2, what="", options={}):
    name = f"pi-24h-2, theta {theta:.2f} gate {gate:.2f}".replace("0.", ".")
    return (name + what, stop, BASE | haz(theta, gate) | SECOND | options)


# name, stop beyond the range in ATR(4h), options
TRIES = [(name, stop, haz(.40, .37) | options | FIRST)
         for name, stop, options in [
    ("before the choice", 2, OLD),
    ("M_EQUITY by the range, L_CRISIS shadow", 2, QUIET),
    ("L_CRISIS and pi .25", 2, crisis(.25)),
    ("L_CRISIS shadow, theta .35 gate .32", 2, QUIET | haz(.35, .32)),
    ("L_CRISIS shadow, theta .30 gate .27", 1, QUIET | haz(.30, .27)),
    ("L_CRISIS shadow, theta .30 gate .27", 2, QUIET | haz(.30, .27)),
    ("M_EQUITY by the range, L_CRISIS shadow", 1, QUIET),
    ("L_CRISIS and pi .25", 1, crisis(.25)),
    ("L_CRISIS and pi .25", 3, crisis(.25)),
    ("L_CRISIS and pi .37", 2, crisis(.37)),
    ("M_EQUITY by the range, L_CRISIS at any pi", 2, crisis(0)),
    ("L_CRISIS and pi .30", 2, crisis(.30)),
    ("L_CRISIS and pi .20", 2, crisis(.20)),
    ("L_CRISIS and pi .15", 2, crisis(.15)),
    ("theta .25 gate .22", 2, BASE | haz(.25, .22, .20)),
    ("theta .30 gate .27", 2, BASE | haz(.30, .27)),
    ("theta .35 gate .32", 2, BASE | haz(.35, .32)),
    ("theta .45 gate .42", 2, BASE | haz(.45, .42)),
    ("L_GUARD shadow", 2, BASE | {"exit.l_guard.mode": "shadow"}),
    ("L_GUARD keep .70", 2, BASE | {"exit.l_guard.keep": .70}),
    ("L_GUARD keep .90", 2, BASE | {"exit.l_guard.keep": .90}),
    ("L_GUARD least .02", 2, BASE | {"exit.l_guard.least": .02}),
    ("L_GUARD least .005", 2, BASE | {"exit.l_guard.least": .005}),
    ("operator_delay 4h", 2, {"exit.operator_delay": "4h"}),
    ("theta .30 gate .27", 1, BASE | haz(.30, .27)),
    ("theta .30 gate .27", 3, BASE | haz(.30, .27)),
    ("theta .45 gate .42", 3, BASE | haz(.45, .42)),
    ("M_EQUITY .8 times the range", 2, BASE | {"exit.m_equity.range": .8}),
    ("M_EQUITY 1.25 times the range", 2, BASE | {"exit.m_equity.range": 1.25}),
    ("theta .40 gate .37", 2, BASE),
]] + [second(theta, gate) for theta, gate in [
    (.35, .32), (.40, .37), (.40, .40), (.45, .37), (.45, .40), (.45, .42),
    (.50, .47), (.55, .52), (.60, .57), (.70, .67),
]] + [second(theta, gate, stop) for theta, gate, stop in [
    (.30, .27, 1), (.35, .32, 1), (.40, .37, 1), (.50, .47, 1), (.30, .27, 2),
    (.35, .32, 3), (.40, .37, 3), (.45, .42, 3), (.50, .47, 3), (.55, .52, 3),
    (.60, .57, 3), (.70, .67, 3),
]] + [second(.50, .47, 2, ", " + what, options) for what, options in [
    ("L_GUARD shadow", {"exit.l_guard.mode": "shadow"}),
    ("L_CRISIS at any pi", {"exit.l_crisis.pi": 0}),
    ("L_CRISIS and pi .40", {"exit.l_crisis.pi": .40}),
    ("W_HAZ .35", {"exit.w_haz.enter": .35, "exit.w_haz.leave": .30}),
    ("L_GUARD keep .70", {"exit.l_guard.keep": .70}),
    ("L_GUARD keep .90", {"exit.l_guard.keep": .90}),
    ("L_GUARD least .02", {"exit.l_guard.least": .02}),
    ("L_GUARD least .005", {"exit.l_guard.least": .005}),
]]


def day_of(ms):
    return datetime.datetime.fromtimestamp(
        ms / 1000, datetime.timezone.utc).strftime("%Y-%m-%d")


def nested(options):
    tree = {}
    for key, value in options.items():
        at = tree
        *path, last = key.split(".")
        for part in path:
            at = at.setdefault(part, {})
        at[last] = value
    return tree


def yaml(tree, indent=0):
    out = ""
    for key, value in tree.items():
        if isinstance(value, dict):
            out += " " * indent + key + ":\n" + yaml(value, indent + 2)
        else:
            out += " " * indent + f"{key}: {value}\n"
    return out


def gridwatch(*arguments):
    return subprocess.run([os.path.join(BUILD, "gridwatch"), "backtest",
                           "--quiet", "--json", *arguments], check=True,
                          stdout=subprocess.PIPE).stdout


def configured(options):
    """A configuration of nothing but the options; where its file is."""
    folder = os.path.join(WORK, "config")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "exit_strategy_config.yaml")
    with open(path, "w") as f:
        f.write(yaml(nested(options)))
    service = os.path.join(folder, "gridwatch.yaml")
    open(service, "w").close()
    return service


def merged(path, delay):
    """KPIs of lives; whatever the configuration of this folder is."""
    return json.loads(gridwatch("--config", configured({}), "--merge", path,
                                "--delay", delay))


def engine():
    """VERSION+REVISION, as tables of lives have it."""
    said = subprocess.run([os.path.join(BUILD, "gridwatch"), "version"],
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    return said.split()[1]


# The walk is no try's: all grids are those of candles.
FIXED = ["--walk", "0"]


def candles_of(data):
    """The files that a run reads: (name, size, time of the last change)."""
    found = [(os.path.basename(f), os.stat(f))
             for f in sorted(glob.glob(os.path.join(data, "*-15m*")))]
    return [(name, s.st_size, s.st_mtime_ns) for name, s in found]


def lives_of(options, stop, data, width=None):
    """The file of a try's lives, of this very program and these candles; of one
    half-width or of both."""
    with open(os.path.join(BUILD, "gridwatch"), "rb") as f:
        told = f.read() + json.dumps(
            [options, stop, only(width), candles_of(data)]).encode()
    return os.path.join(WORK, hashlib.sha1(told).hexdigest()[:12] + ".csv")


def only(width):
    return FIXED + (["--half-width", f"{width:g}"] if width else [])


def run(options, stop, data, width=None):
    lives = lives_of(options, stop, data, width)
    if os.path.exists(lives):
        return lives
    gridwatch("--config", configured(options), "--data", data, "--threads",
              os.environ.get("THREADS", "2"), "--stop-atr", str(stop),
              *only(width), "--lives", lives + ".part")
    os.rename(lives + ".part", lives)  # whole, or not there
    return lives


def split(lives, keeps):
    """Those of a period, as a file of lives that can be merged, and its rows."""
    path = os.path.join(WORK, "period.csv")
    with open(lives) as f:
        rows = list(csv.reader(f))
    head, at = rows[0], rows[0].index("start_ms")
    rows = [r for r in rows[1:] if len(r) > 1 and keeps(int(r[at]))]
    with open(path, "w") as f:
        for row in [head, *rows]:
            f.write(",".join(row) + "\n")
        f.write(f"# {len(rows)} lives\n")
    return path, [dict(zip(head, r)) for r in rows]


def days_of(row):
    """Days under the policy: to the exit, the stop, or the window's end."""
    end = int(row["window_end_ms"])
    if row["exit_ms"]:
        end = int(row["exit_ms"])
    elif row["s_ms"]:
        end = min(end, int(row["s_ms"]))
    return (end - int(row["start_ms"])) / 86400e3


def urgent(rows, width, delay):
    """LATEST and MANDATORY messages a grid-day, weeks drawn again."""
    weeks = collections.defaultdict(lambda: [0, 0.0])
    n = 0
    for r in rows:
        if float(r["half_width_atr"]) == width and \
                int(r["delay_ms"]) == delay * 60000:
            week = weeks[int(r["week"])]
            week[0] += int(r["alerts_latest"]) + int(r["alerts_mandatory"])
            week[1] += days_of(r)
            n += 1
    all_weeks, rng = list(weeks.values()), random.Random(SEED)
    share = lambda ws: sum(w[0] for w in ws) / sum(w[1] for w in ws)
    drawn = sorted(share(rng.choices(all_weeks, k=len(all_weeks)))
                   for _ in range(DRAWS))
    return {"value": share(all_weeks), "n": n, "lo": drawn[DRAWS // 40],
            "hi": drawn[-1 - DRAWS // 40]}


def cells(kpi):
    show = lambda v: "-" if v is None else f"{v:.4g}"
    return [show(kpi["value"]), str(kpi["n"]), show(kpi["lo"]), show(kpi["hi"])]


COLUMNS = ["try", "stop_atr", "period", "half_width", "delay"] + [
    f"{k}{suffix}" for k in KPIS + ["urgent_per_grid_day"]
    for suffix in ("", "_n", "_lo", "_hi")] + ["options", "engine"]


def told_of(options):
    return json.dumps(options, separators=(",", ":"))


def key_of(row):
    return tuple(row[COLUMNS.index(k)] for k in (
        "try", "stop_atr", "half_width", "delay", "options", "engine"))


def known_of(log):
    """What the log has: name, stop, half-width, delay, options and engine of
    each line."""
    with open(log) as f:
        head, *rows = [line.rstrip("\n").split("\t") for line in f]
    if head != COLUMNS:
        sys.exit(f"{log}: not the columns of a log of tries")
    return {key_of(row) for row in rows}


def lines(name, stop, options, lives, delays):
    for period, keeps in PERIODS:
        path, rows = split(lives, keeps)
        for word, minutes in ((d, DELAYS[d]) for d in delays):
            doc = merged(path, word)
            for w in doc["widths"]:
                ring = urgent(rows, w["half_width_atr"], minutes)
                both = w["alerts_latest"]["value"] + \
                    w["alerts_mandatory"]["value"]
                if abs(ring["value"] - both) > 1e-9:
                    sys.exit(f"{name}: {ring['value']} urgent messages a "
                             f"grid-day here, {both} by the program")
                yield [name, f"{stop:g}", period, f"{w['half_width_atr']:g}",
                       word, *(c for k in KPIS for c in cells(w[k])),
                       *cells(ring), told_of(options), doc["engine"]]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--log", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--only", nargs="*")
    p.add_argument("--stop", type=float)
    p.add_argument("--half-width", type=float)
    p.add_argument("--delay", nargs="*", default=["60m"], choices=DELAYS)
    a = p.parse_args()
    if not glob.glob(os.path.join(a.data, "*-15m*")):
        print(f"no 15m candles in '{a.data}'", file=sys.stderr)
        sys.exit(77)
    os.makedirs(WORK, exist_ok=True)
    known, own = set(), engine()
    if os.path.exists(a.log):
        known = known_of(a.log)
    else:
        with open(a.log, "w") as f:
            f.write("\t".join(COLUMNS) + "\n")
    for name, stop, options in TRIES:
        asked = [a.half_width] if a.half_width else WIDTHS
        delays = [d for d in a.delay if any(
            (name, f"{stop:g}", f"{w:g}", d, told_of(options), own)
            not in known for w in asked)]
        if not delays or (a.only and name not in a.only) or \
                a.stop not in (None, stop):
            continue
        made = list(lines(name, stop, options,
                          run(options, stop, a.data, a.half_width), delays))
        with open(a.log, "a") as f:
            f.writelines("\t".join(row) + "\n" for row in made
                         if key_of(row) not in known)
        print(f"{name}, stop {stop:g} ATR", file=sys.stderr)


if __name__ == "__main__":
    main()
