#!/usr/bin/env python3
"""study_alerts.py [--doc FILE] FILE...: how often the phone rings, by reason.

Thirty days of runs, one for each slot, by the job's own code (make_record) on
recorded 15m candles: a calm month and a wild one, one grid on each of three
symbols. What was told is read from the record. FILEs are candles; BUILD is
where the programs are. Ends with 77 when the three symbols are not among the
files."""
import collections, datetime, math, os, re, subprocess, sys

sys.path.insert(0, "tests/judge")
from repository import Repository

BUILD = os.environ.get("BUILD", "build/release")
SYMBOLS = ["BTC-USDT", "AAVE-USDT", "ALGO-USDT"]
WINDOWS = [("calm", "2021-10-01"), ("wild", "2021-05-01")]
DAYS, HALF_WIDTH, STOP = 30, 4.0, 1.0  # ATR14(4h)
BEGIN, END = "<!-- figures -->\n", "<!-- end -->\n"


def seconds(text):
    when = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if when.tzinfo is None:
        when = when.replace(tzinfo=datetime.timezone.utc)
    return int(when.timestamp())


def stamp(t):
    return datetime.datetime.fromtimestamp(
        t, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def candles(path):
    """(time, high, low, close) of each bar in which something traded."""
    cat = ["zstd", "-dcq"] if path.endswith(".zst") else ["cat"]
    text = subprocess.run(cat + [path], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    rows = [line.split(",") for line in text.split()[1:]]
    return [(int(r[0]), *map(float, r[2:5])) for r in rows if float(r[5]) > 0]


def wilder_atr(rows, until, period=14):
    """ATR14 of 4h bars that closed by then, and the last close."""
    bars = {}
    for t, high, low, close in rows:
        if t + 900 > until:
            break
        n = t // 14400
        was = bars.get(n, (high, low, close))
        bars[n] = (max(was[0], high), min(was[1], low), close)
    atr, before, seen = None, None, []
    for n in sorted(bars)[-1024:]:
        high, low, close = bars[n]
        true = high - low if before is None else max(
            high - low, abs(high - before), abs(low - before))
        before = close
        seen.append(true)
        atr = sum(seen) / len(seen) if len(seen) <= period else \
            (atr * (period - 1) + true) / period
    return atr, before


def daily_move(rows, begin, end):
    """Root mean square of 1h log returns, times sqrt(24)."""
    closes = [c for t, _, _, c in rows if begin <= t < end and t % 3600 == 2700]
    moves = [math.log(b / a) ** 2 for a, b in zip(closes, closes[1:])]
    return math.sqrt(24 * sum(moves) / len(moves))


def make(work, name, begin, files, all_rows):
    os.makedirs(work, exist_ok=True)
    subprocess.run(["rm", "-rf", f"{work}/{name}.git"], check=True)
    config = f"{work}/{name}.yaml"
    with open(config, "w", encoding="ascii") as file:
        file.write(f"repository: {{path: {os.path.abspath(work)}/{name}.git, "
                   "fsync: false}\n")
    env = dict(os.environ, PUSHOVER_TOKEN="studyTokenStudyTokenStudyToken",
               PUSHOVER_USER="studyUserStudyUserStudyUserStu")
    def run(*args):
        return subprocess.run([f"{BUILD}/gridwatch", "--config", config, *args],
                              check=True, env=env, stdout=subprocess.PIPE)
    at = stamp(begin)
    run("init", "--at", at)
    for symbol in SYMBOLS:
        atr, close = wilder_atr(all_rows[symbol], begin)
        ends = [close - HALF_WIDTH * atr, close + HALF_WIDTH * atr,
                close - (HALF_WIDTH + STOP) * atr]
        run("grid", "create", symbol.split("-")[0].lower(), "--symbol", symbol,
            "--side", "long", "--lower", f"{ends[0]:.6g}",
            "--upper", f"{ends[1]:.6g}", "--stop", f"{ends[2]:.6g}",
            "--levels", "20", "--capital", "10000",
            "--spacing", "geometric", "--at", at)
    engine = run("version").stdout.decode().replace("gridwatch ", "").strip()
    subprocess.run([f"{BUILD}/make_record", "--config", config, "--engine",
                    engine, "--operator", "--from", at,
                    "--to", stamp(begin + DAYS * 86400),
                    *[f"{s}={files[s]}" for s in SYMBOLS]],
                   check=True, env=env, stdout=sys.stderr)
    return Repository(f"{work}/{name}.git")


def live_days(repo, grid, end):
    """Days between each start and its stop, as the grid's file has them."""
    days, since = 0.0, None
    for event in repo.document(f"grids/{grid}.yaml")["history"]:
        at = seconds(event["at"])
        if event["event"] == "started" and since is None:
            since = at
        elif event["event"] in ("stopped", "exited") and since is not None:
            days, since = days + (min(at, end) - since) / 86400, None
    return days + ((end - since) / 86400 if since is not None else 0)


def figures(repo, begin):
    """(reason, priority) -> messages; grid -> (live days, all, urgent)."""
    told, grids = collections.Counter(), {}
    events = repo.events("intent")
    for symbol in SYMBOLS:
        grid = symbol.split("-")[0].lower()
        mine = [e for e in events if e["grid"] == grid]
        grids[symbol] = (live_days(repo, grid, begin + DAYS * 86400),
                         len(mine), sum(e["priority"] == 2 for e in mine))
        told.update((e["reason"], e["priority"]) for e in mine)
    return told, grids


def tables(results):
    names = [name for name, *_ in results]
    out = ["| month | from | symbol | daily move | live grid-days | messages | "
           "a grid-day | urgent | a grid-day |", "|---|---|---|---|---|---|---|---|---|"]
    for name, start, told, grids, moves in results:
        total = [sum(g[i] for g in grids.values()) for i in range(3)]
        rows = [(s, f"{100 * moves[s]:.1f} %", *grids[s]) for s in SYMBOLS]
        for symbol, move, days, n, urgent in rows + [("**all**", "", *total)]:
            out.append(f"| {name} | {start} | {symbol} | {move} | {days:.1f} | {n} | "
                       f"{n / days:.2f} | {urgent} | {urgent / days:.2f} |")
    days = [sum(g[0] for g in grids.values()) for _, _, _, grids, _ in results]
    out += ["", "| reason | priority | " + " | ".join(
        f"{n} | a grid-day" for n in names) + " |",
        "|---|---|" + "---|---|" * len(names)]
    keys = sorted({k for _, _, told, *_ in results for k in told},
                  key=lambda k: (-sum(t[k] for _, _, t, *_ in results), k))
    for key in keys:
        cells = [f"{t[key]} | {t[key] / d:.3f}"
                 for (_, _, t, *_), d in zip(results, days)]
        sign = str(key[1]).replace("-", "\u2212")
        out.append(f"| `{key[0]}` | {sign} | " + " | ".join(cells) + " |")
    return "\n".join(out) + "\n"


def main(args):
    doc = args.pop(1) if args[:1] == ["--doc"] and len(args) > 1 else None
    if doc:
        args.pop(0)
    files = {}
    for path in args:
        base = re.match(r"([A-Z0-9]+)USDT-KUCOIN-15m\.csv", os.path.basename(path))
        if base:
            files[f"{base[1]}-USDT"] = path
    missing = [s for s in SYMBOLS if s not in files]
    if missing:
        print("study_alerts: SKIPPED, no 15m candles of KuCoin for",
              ", ".join(missing), file=sys.stderr)
        return 77
    rows = {s: candles(files[s]) for s in SYMBOLS}
    results = []
    for name, start in WINDOWS:
        begin = seconds(start)
        repo = make(f"{BUILD}/study-alerts", name, begin, files, rows)
        told, grids = figures(repo, begin)
        moves = {s: daily_move(rows[s], begin, begin + DAYS * 86400)
                 for s in SYMBOLS}
        results.append((name, start, told, grids, moves))
        engine = repo.events("intent")[0]["run"]["engine"]
    text = f"Engine {engine}.\n\n" + tables(results)
    print(text, end="")
    if doc:
        with open(doc, encoding="utf-8") as file:
            page = file.read()
        head, rest = page.split(BEGIN, 1)
        tail = rest[rest.index(END):]
        with open(doc, "w", encoding="utf-8") as file:
            file.write(head + BEGIN + text + tail)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
