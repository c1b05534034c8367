#!/usr/bin/env python3
"""study_folds.py --data DIR [--log FILE] [--doc FILE]: exit rules chosen on
the past alone, and what that came to.

The tries of study_trials.py with one stop are lived through on the same grids.
Month by month the rule of tools/folds.py chooses among them by what was over
by then, and the grids that begin in that month live under the choice; beside
it the rules that ship on the same grids, and both on the last fifth of the
time, in which nothing chooses. KPIs and their intervals are the program's own
(`gridwatch backtest --merge`); those that choose are worked out here too, and
the study ends if the two differ. --known takes what WORK has of tries already
made at both half-widths, --delay 60m and others. Ends with 77 without candles."""
import argparse, collections, csv, glob, hashlib, os, random, sys

sys.dont_write_bytecode = True
import folds
import study_trials as trials

SHIPPED = "pi-24h-2, theta .50 gate .47"  # for 4 h another row ships
STOP = 2
EMBARGO = {4: 72, 6: 160}  # hours, H_ft by half-width (docs/kpi.md)
BLOCKS = 12
BEGIN, END = "<!-- figures -->\n", "<!-- end -->\n"
SHOWN = ["eaw", "slar", "ttdr", "false_mandatory", "prr_median", "life_ratio",
         "alerts_per_grid_day", "pnl"]


def rows_of(path):
    with open(path) as f:
        for row in csv.DictReader(f):
            if row["start_ms"]:
                yield row


def key_of(row):
    return float(row["half_width_atr"]), int(row["delay_ms"]) // 60000


def read(files, delays=trials.DELAYS.values()):
    """{(half-width, delay): {try: [Case]}}, in the order of the tries."""
    out = collections.defaultdict(dict)
    for name, path in files.items():
        for row in rows_of(path):
            key = key_of(row)
            if key[1] in delays:
                out[key].setdefault(name, []).append(folds.case(row))
    return out


def span_of(cases):
    starts = [c.start for of in cases.values() for cs in of.values()
              for c in cs]
    return min(starts), max(starts)


def chosen(of, width, cut, lock):
    """[(begin, end, try)] of each fold, the locked part last."""
    past = {n: folds.Past(folds.unlocked(cs, lock),
                          EMBARGO[width] * folds.HOUR) for n, cs in of.items()}
    return [(b, e, folds.choose(past, b)) for b, e in cut] + \
        [(lock, float("inf"), folds.choose(past, lock))]


def write(files, wanted):
    """Tables of the lives of policies whose rules change with time, in one
    pass. `wanted` has for each path what says of a try, a half-width, a delay
    and a start whether it is one. Each is named after its path: no
    configuration has that hash."""
    outs = {p: open(p, "w") for p in wanted}
    count = dict.fromkeys(wanted, 0)
    for n, (name, lives) in enumerate(files.items()):
        with open(lives) as f:
            head = f.readline()
            at = head.rstrip("\n").split(",").index
            for path, out in outs.items():
                out.write(head if n == 0 else "")
            for cells in (line.rstrip("\n").split(",") for line in f):
                if len(cells) == 1:
                    continue
                key = (float(cells[at("half_width_atr")]),
                       int(cells[at("delay_ms")]) // 60000,
                       int(cells[at("start_ms")]))
                for path in wanted:
                    if wanted[path](name, *key):
                        cells[at("config")] = hashlib.sha1(
                            path.encode()).hexdigest()[:8]
                        outs[path].write(",".join(cells) + "\n")
                        count[path] += 1
    for path, out in outs.items():
        out.write(f"# {count[path]} lives\n")
        out.close()


def told(path, delay, held):
    """KPIs by half-width, of the program; those of `held` must be the same."""
    doc = trials.merged(path, delay_word(delay))
    out = {w["half_width_atr"]: w for w in doc["widths"]}
    for width, cases in held.items():
        for name, mine in zip(folds.NAMES, folds.shares(folds.added(cases))):
            its = out[width][name]["value"]
            if (mine is None) != (its is None) or \
                    mine is not None and abs(mine - its) > 1e-9:
                sys.exit(f"{name} at {width} ATR, {delay} min: {mine} here, "
                         f"{its} by the program")
    return out


def delay_word(minutes):
    return next(w for w, m in trials.DELAYS.items() if m == minutes)


class Part:
    """One stretch of time under both policies, one operator's delay."""

    def __init__(self, study, delay, locked):
        self.study, self.delay = study, delay
        self.begin = study.lock if locked else study.cut[0][0]
        self.end = float("inf") if locked else study.cut[-1][1]
        self.path = {p: os.path.join(
            trials.WORK, f"folds-{p}-{delay}-{'locked' if locked else 'open'}"
                         ".csv") for p in ("chosen", "shipped")}
        self.cases = {"chosen": {}, "shipped": {}}
        for w in study.widths:
            of = study.cases[w, delay]
            self.cases["chosen"][w] = [
                c for b, e, n in study.plan[w, delay]
                if self.begin <= b < self.end
                for c in folds.started(of[n], b, e)]
            self.cases["shipped"][w] = folds.started(of[SHIPPED], self.begin,
                                                     self.end)
        rng = random.Random(trials.SEED)
        self.apart = {w: folds.difference(
            self.cases["chosen"][w], self.cases["shipped"][w], trials.DRAWS,
            rng) for w in study.widths}

    def wanted(self):
        """What write() takes."""
        def mine(delay, start):
            return delay == self.delay and self.begin <= start < self.end

        def chosen(name, width, delay, start):
            return mine(delay, start) and any(
                b <= start < e and n == name
                for b, e, n in self.study.plan[width, delay])
        return {self.path["chosen"]: chosen,
                self.path["shipped"]: lambda name, width, delay, start:
                    name == SHIPPED and mine(delay, start)}

    def ask(self):
        self.told = {p: told(self.path[p], self.delay, self.cases[p])
                     for p in self.path}


class Study:
    def __init__(self, files, delays):
        self.files, self.cases = files, read(files, delays)
        first, last = span_of(self.cases)
        self.lock = folds.lock_of(first, last)
        self.cut = folds.folds(first, self.lock)
        self.widths = sorted({w for w, _ in self.cases})
        self.delays = sorted({d for _, d in self.cases})
        self.first, self.last = first, last
        self.plan = {k: chosen(of, k[0], self.cut, self.lock)
                     for k, of in self.cases.items()}

    def overfitting(self, key):
        return folds.overfitting({
            n: folds.blocks_of(folds.unlocked(cs, self.lock), self.first,
                               self.lock, BLOCKS)
            for n, cs in self.cases[key].items()})


# --- The page -----------------------------------------------------------------

def figure(v, digits=3):
    if v is None:
        return "-"
    text = f"{v:.{digits}f}"
    return text.replace("0.", ".", 1) if abs(v) < 1 else text


def told_of(kpi):
    digits = 3 if kpi["value"] is not None and abs(kpi["value"]) < 1 else 2
    text = figure(kpi["value"], digits)
    if kpi["lo"] is not None:
        text += f" [{figure(kpi['lo'], digits)}, {figure(kpi['hi'], digits)}]"
    return text


def apart_of(part, width, name):
    if name not in folds.NAMES:
        return ""
    value, lo, hi = part.apart[width][folds.NAMES.index(name)]
    if value is None:
        return "-"
    between = "" if lo is None else f" [{lo:+.3f}, {hi:+.3f}]"
    return f"{value:+.3f}{between}"


def table(part, width):
    """The KPIs of both policies over one part."""
    pick = {p: part.told[p][width] for p in part.told}
    yield (f"| {width:g} ATR, {part.delay} min, "
           f"{pick['shipped']['grids']} grids | chosen month by month | "
           "shipped | difference |")
    yield "|---|---|---|---|"
    for name in SHOWN:
        yield (f"| `{name}` | {told_of(pick['chosen'][name])} | "
               f"{told_of(pick['shipped'][name])} | "
               f"{apart_of(part, width, name)} |")


def by_delay(parts, widths):
    """Chosen / shipped, and the difference, for each operator."""
    yield "| | " + " | ".join(f"`{n}`" for n in folds.NAMES) + " |"
    yield "|---" * (len(folds.NAMES) + 1) + "|"
    for width in widths:
        for part in parts:
            pick = [part.told[p][width] for p in ("chosen", "shipped")]
            yield f"| {width:g} ATR, {part.delay} min | " + " | ".join(
                " / ".join(figure(k[n]["value"]) for k in pick) + ", " +
                apart_of(part, width, n) for n in folds.NAMES) + " |"


def choices(study):
    yield "| | chosen in so many months | for the locked part |"
    yield "|---|---|---|"
    for width, delay in sorted(study.plan):
        *months, (_, _, locked) = study.plan[width, delay]
        count = collections.Counter(n for _, _, n in months)
        yield (f"| {width:g} ATR, {delay} min | " + "; ".join(
            f"{n}: {k}" for n, k in count.most_common()) + f" | {locked} |")


def luck(study):
    yield "| | probability of overfitting |"
    yield "|---|---|"
    for key in sorted(study.cases):
        share, ways = study.overfitting(key)
        yield (f"| {key[0]:g} ATR, {key[1]} min | {figure(share)} of {ways} "
               "halves |")


def head(study):
    day = trials.day_of
    of = sum(stop == STOP for _, stop, _ in trials.TRIES)
    yield (f"{len(study.files)} of the {of} tries with a stop {STOP} ATR "
           "beyond, those with lives of both widths; engine "
           f"{trials.engine()}. Starts from {day(study.first)} to "
           f"{day(study.last)}; {len(study.cut)} folds of 30 days from "
           f"{day(study.cut[0][0])} to {day(study.cut[-1][1])}; locked from "
           f"{day(study.lock)} on.\n")
    yield f"Configurations: {', '.join(study.files)}.\n"
    yield "## What was chosen\n"
    yield from choices(study)


def page(study, tried):
    parts = {l: [Part(study, d, l) for d in study.delays]
             for l in (False, True)}
    both = parts[False] + parts[True]
    write(study.files, {k: v for p in both for k, v in p.wanted().items()})
    for part in both:
        part.ask()
    yield from head(study)
    for locked, title in (False, "The folds"), (True, "The locked part"):
        yield f"\n## {title}"
        for width in study.widths:
            yield ""
            yield from table(parts[locked][0], width)
        yield (f"\nChosen / {SHIPPED}, which ships for who takes an hour, "
               "and the difference, for each operator:\n")
        yield from by_delay(parts[locked], study.widths)
    yield "\n## Luck\n"
    yield from luck(study)
    if tried:
        yield (f"\nThe log names {tried} configurations with their stops. The "
               f"best of so many that are equally good looks better than it is "
               f"by {folds.luckiest(tried):.2f} standard errors.")


def tried_in(log):
    with open(log) as f:
        head, *rows = [line.rstrip("\n").split("\t") for line in f]
    at = [head.index(k) for k in ("stop_atr", "options")]
    return len({tuple(r[i] for i in at) for r in rows})


def put(doc, lines):
    with open(doc) as f:
        text = f.read()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    with open(doc, "w") as f:
        f.write(before + BEGIN + lines + END + after)


def files_of(data, known):
    """{try: file of its lives at both half-widths}. With `known` none is run:
    a try without such lives is left out and named."""
    files = {}
    for name, stop, options in trials.TRIES:
        if stop != STOP:
            continue
        made = trials.lives_of(options, stop, data)
        if not known:
            made = trials.run(options, stop, data)
        if os.path.exists(made):
            files[name] = made
            continue
        widths = [w for w in EMBARGO if os.path.exists(
            trials.lives_of(options, stop, data, w))]
        print(f"{name}: left out, lives of " + (
            " and ".join(f"{w} ATR" for w in widths) + " alone"
            if widths else "no width"), file=sys.stderr)
    if SHIPPED not in files:
        sys.exit(f"no lives of {SHIPPED}, which the others are held to")
    return files


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--log")
    p.add_argument("--doc")
    p.add_argument("--known", action="store_true")
    p.add_argument("--delay", nargs="*", default=["60m", "4h"],
                   choices=trials.DELAYS)
    a = p.parse_args()
    if not glob.glob(os.path.join(a.data, "*-15m*")):
        print(f"no 15m candles in '{a.data}'", file=sys.stderr)
        sys.exit(77)
    os.makedirs(trials.WORK, exist_ok=True)
    files = files_of(a.data, a.known)
    lines = "\n".join(page(
        Study(files, [trials.DELAYS[d] for d in a.delay]),
        tried_in(a.log) if a.log else 0))
    print(lines)
    if a.doc:
        put(a.doc, lines + "\n")


if __name__ == "__main__":
    main()
