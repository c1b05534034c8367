#!/usr/bin/env python3
"""An independent second opinion on src/regime, from the formulas alone.

Scores, softmax, pool, smoothing and labels as sections 3.1 to 3.3 of the
regime-science notes state them, with the null quantiles of 2.2 and 2.5; it
shares no line with the C code. Needs the standard library only.

  regime_reference.py rows COUNT SEED      made-up inputs as CSV
  regime_reference.py run < INPUTS         labels and probabilities as CSV
  regime_reference.py compare WANT GOT     exit 1 where two such files differ:
                                           words exactly, numbers by 1e-12
  regime_reference.py golden COUNT SEED    sums over blocks of 500 rows, as C
  regime_reference.py model                the constants as text, and its hash

An input row is tf,er24,adx_log,z_slope,t_df,vr8,ver. tf is 1h or 4h, rows come
in the order of closes, a 4h row before the 1h row that closes with it. A cell
is a number, or the word for why there is none.
"""

import csv
import math
import sys

CLASSES = ("RANGE_OK", "RANGE_WEAK", "TRANSITION", "TREND")
INPUTS = ("er24", "adx_log", "z_slope", "t_df", "vr8", "ver")
WEIGHTS = {  # 1, T, M, V
    "RANGE_OK": (0.6888, -0.4212, 0.3235, -0.5638),
    "RANGE_WEAK": (0.3179, -0.1300, -0.0597, -0.4030),
    "TRANSITION": (-0.9368, 0.1030, 0.0831, 0.6459),
    "TREND": (-0.0699, 0.4482, -0.3469, 0.3209),
}
ADX_QUANTILES = (
    (1, 10.1), (5, 12.1), (10, 13.6), (25, 16.9), (50, 21.9), (75, 29.0),
    (90, 37.2), (95, 42.7), (99, 52.9))
DF_QUANTILES = (
    (1, -3.47), (5, -2.89), (10, -2.58), (25, -2.08), (50, -1.55), (75, -0.99),
    (90, -0.42), (95, -0.08))
RESULTS = (
    ["row", "tf", "T", "M", "V"] + ["p_" + c for c in CLASSES] +
    ["ema_" + c for c in CLASSES] + ["label", "run", "pool_label", "pool_run"] +
    ["pool_raw_" + c for c in CLASSES] + ["pool_ema_" + c for c in CLASSES] +
    ["falling", "drop"])


# ---- scores ----------------------------------------------------------------


def null_cdf(quantiles, x):
    """Straight lines through the quantiles. A tail is twice as wide as the
    segment beside it."""
    points = [(p / 100, q) for p, q in quantiles]
    (_, a), (_, b) = points[0], points[1]
    (_, y), (_, z) = points[-2], points[-1]
    points = [(0, a - 2 * (b - a))] + points + [(1, z + 2 * (z - y))]
    below = [i for i, (_, q) in enumerate(points) if q < x]
    if not below:
        return 0.0
    if below[-1] == len(points) - 1:
        return 1.0
    (p, q), (p2, q2) = points[below[-1]], points[below[-1] + 1]
    return p + (p2 - p) * (x - q) / (q2 - q)


def phi(z):
    return math.erfc(-z / math.sqrt(2)) / 2


def mean(parts, needed):
    known = [p for p in parts if p is not None]
    return sum(known) / len(known) if len(known) >= needed else None


def scores(row):
    er, adx, slope, df, vr, ver = (row[k] for k in INPUTS)

    def share(x, of):
        return None if x is None else of(x)

    t = mean([
        share(er, lambda e: 2 * phi(e * math.sqrt(2 * 24 / math.pi)) - 1),
        share(adx, lambda a: null_cdf(ADX_QUANTILES, a)),
        share(slope, lambda s: 2 * phi(abs(s)) - 1)], 2)
    m = mean([
        share(df, lambda d: 1 - null_cdf(DF_QUANTILES, d)),
        share(vr, lambda v: 1 - phi((v - 1) / 0.30))], 1)
    return (None if t is None else 100 * t, None if m is None else 100 * m,
            None if ver is None else math.log(ver))


def softmax(t, m, v):
    if t is None or m is None or v is None:
        return None
    u = (1, (t - 50) / 25, (m - 50) / 25, v / 0.25)
    e = [math.exp(sum(w * x for w, x in zip(WEIGHTS[c], u))) for c in CLASSES]
    return [x / sum(e) for x in e]


def pool(p1, p4):
    if p1 is None or p4 is None:
        return None
    e = [a ** 0.85 * b ** 0.15 for a, b in zip(p1, p4)]
    return [x / sum(e) for x in e]


# ---- labels ----------------------------------------------------------------


def nine(x):
    """Decisions are made on nine decimals, halves away from zero."""
    return math.copysign(math.floor(abs(x) * 1e9 + 0.5), x) / 1e9


class Chain:
    """The whole history is kept, and each answer is read from it."""

    def __init__(self):
        self.labels = []
        self.ema = None
        self.state = None
        self.q = []  # since the last unknown bar
        self.p_range = []

    def push(self, p):
        if p is None:
            self.labels.append("UNKNOWN")
            self.q = []
            self.p_range = []
            return
        if self.ema is None:
            self.ema = list(p)
        else:
            self.ema = [0.5 * old + 0.5 * new for old, new in zip(self.ema, p)]
        ok, weak, crossing, trend = self.ema
        self.q.append(nine(crossing + trend))
        self.p_range.append(ok + weak)
        self.state = self.decide(nine(ok), nine(weak), nine(trend), ok - weak)
        self.labels.append(self.state)

    def decide(self, ok, weak, trend, lead):
        if trend >= 0.60:
            return "TREND"
        if self.state == "TREND":
            return "TREND" if trend >= 0.45 else "TRANSITION"
        if self.state == "TRANSITION":
            if len(self.q) < 2 or max(self.q[-2:]) > 0.35:
                return "TRANSITION"
        elif self.q[-1] >= 0.50:
            return "TRANSITION"
        if self.state == "RANGE_OK":
            return "RANGE_WEAK" if nine(-lead) >= 0.05 else "RANGE_OK"
        if self.state == "RANGE_WEAK":
            return "RANGE_OK" if nine(lead) >= 0.05 else "RANGE_WEAK"
        return "RANGE_OK" if nine(lead) > 0 else "RANGE_WEAK"

    def run(self):
        n = 0
        while n < len(self.labels) and self.labels[-1 - n] == self.labels[-1]:
            n += 1
        return n

    def smoothed(self):
        return self.ema if self.labels[-1] != "UNKNOWN" else None

    def fall(self):
        if len(self.p_range) < 4:
            return "unknown", None
        a, b, c, d = self.p_range[-4:]
        falling = nine(a) > nine(b) > nine(c) > nine(d)
        return "yes" if falling else "no", a - d


def cells(p):
    return ["" if x is None else "%.17g" % x for x in p or [None] * 4]


def run(rows):
    chains = {"1h": Chain(), "4h": Chain()}
    pooled = Chain()
    p4 = None
    for i, row in enumerate(rows):
        s = scores(row)
        p = softmax(*s)
        chain = chains[row["tf"]]
        chain.push(p)
        out = [str(i), row["tf"]]
        out += cells(s) + cells(p) + cells(chain.smoothed())
        out += [chain.labels[-1], str(chain.run())]
        if row["tf"] == "4h":
            p4 = p
            out += [""] * 12
        else:
            raw = pool(p, p4)
            pooled.push(raw)
            falling, drop = pooled.fall()
            out += [pooled.labels[-1], str(pooled.run())]
            out += cells(raw) + cells(pooled.smoothed())
            out += [falling] + cells([drop])
        yield dict(zip(RESULTS, out))


# ---- made-up inputs --------------------------------------------------------

MISSING = ("unavailable", "warmup", "flat", "stale", "not_identified")


class Walk:
    """A market that drifts between calm and trend, with holes in its data.
    tests/unit/regime/made_rows.c makes the same bits."""

    def __init__(self, seed):
        self.state = seed
        self.now = {"1h": [0.5] * 3, "4h": [0.5] * 3}
        self.aim = {"1h": [0.5] * 3, "4h": [0.5] * 3}

    def uniform(self):
        self.state = (self.state * 6364136223846793005 +
                      1442695040888963407) % 2 ** 64
        return (self.state >> 11) / 2 ** 53

    def near(self, x):
        return min(1.0, max(0.0, x + 0.4 * (self.uniform() - 0.5)))

    def row(self, i):
        tf = "4h" if i % 5 == 0 else "1h"
        now, aim = self.now[tf], self.aim[tf]
        for k in range(3):
            if self.uniform() < 0.08:
                aim[k] = self.uniform()
            now[k] = now[k] + 0.3 * (aim[k] - now[k])
        trend, wild, own = now
        away = 0.3 * trend + 0.7 * own  # from the mean
        x = [
            0.6 * self.near(trend),
            80.0 * self.near(trend),
            6.0 * self.near(0.5 + 0.5 * trend) - 3.0,
            6.0 * self.near(away) - 5.0,
            0.3 + 1.7 * self.near(away),
            0.6 + 1.2 * self.near(wild),
        ]
        hole = self.uniform() < 0.01
        for k in range(6):
            u = self.uniform()
            if hole or u < 0.02:
                x[k] = MISSING[int(self.uniform() * 5)]
        return [tf] + ["%.17g" % v if isinstance(v, float) else v for v in x]


def made(count, seed):
    walk = Walk(seed)
    return [walk.row(i) for i in range(count)]


def read(lines):
    for line in csv.reader(lines):
        if line[0] == "tf":
            continue
        row = {"tf": line[0]}
        for key, cell in zip(INPUTS, line[1:]):
            row[key] = None if cell in MISSING else float(cell)
        yield row


# ---- commands --------------------------------------------------------------


def fnv(text):
    h = 2166136261
    for byte in text.encode():
        h = (h ^ byte) * 16777619 % 2 ** 32
    return h


def compare(want_path, got_path):
    differences = most = numbers = 0
    with open(want_path) as want, open(got_path) as got:
        want, got = list(csv.reader(want)), list(csv.reader(got))
    if len(want) != len(got) or len(want) < 2:
        print("%d lines, not %d" % (len(got), len(want)))
        return 1
    for line, (w, g) in enumerate(zip(want, got), 1):
        if len(w) != len(g):
            print("line %d: %d cells, not %d" % (line, len(g), len(w)))
            return 1
        for name, a, b in zip(want[0], w, g):
            try:
                gap = abs(float(a) - float(b))
                numbers += 1
                most = max(most, gap)
                bad = not gap <= 1e-12
            except ValueError:
                bad = a != b
            if bad:
                differences += 1
                if differences <= 10:
                    print("line %d: %s is '%s', not '%s'" % (line, name, b, a))
    print("%d rows, %d numbers, largest difference %.3g, %d differences" %
          (len(want) - 1, numbers, most, differences))
    return 1 if differences else 0


def golden(count, seed):
    lines = [",".join(r) for r in made(count, seed)]
    results = list(run(read(lines)))
    for at in range(0, count, 500):
        block = results[at:at + 500]
        words = "".join("%s %s %s %s %s\n" % tuple(
            r[k] for k in ("label", "run", "pool_label", "pool_run", "falling"))
            for r in block)
        names = ("T", "M", "V", "p_TREND", "ema_RANGE_OK",
                 "pool_raw_TRANSITION", "pool_ema_TREND", "drop")
        sums = [math.fsum(float(r[k]) for r in block if r[k]) for k in names]
        print("    { 0x%08x, { %s } }," %
              (fnv(words), ", ".join("%.15g" % s for s in sums)))


def model_text():
    def table(quantiles):
        q = [b for _, b in quantiles]
        ends = (q[0] - 2 * (q[1] - q[0]), q[-1] + 2 * (q[-1] - q[-2]))
        at = [ends[0]] + q + [ends[1]]
        share = [0] + [p / 100 for p, _ in quantiles] + [1]
        room = [0] * (11 - len(at))
        return len(at), at + room, share + room

    out = ["softmax-tmv 1"]
    for name, quantiles in (("adx", ADX_QUANTILES), ("df", DF_QUANTILES)):
        count, at, share = table(quantiles)
        out.append("%s.count %d" % (name, count))
        out.append("%s.at %s" % (name, " ".join("%.12g" % x for x in at)))
        out.append("%s.share %s" % (name, " ".join("%.12g" % x for x in share)))
    out += ["er_bars 24", "vr_sd 0.3", "score_centre 50", "score_scale 25",
            "v_scale 0.25"]
    for c in CLASSES:
        out.append("weight.%s %s" % (c, " ".join("%g" % w for w in WEIGHTS[c])))
    out += ["ema_alpha 0.5", "pool_1h 0.85", "pool_needs_4h 1",
            "limits.transition_enter 0.5", "limits.range_enter 0.35",
            "limits.range_bars 2", "limits.trend_enter 0.6",
            "limits.trend_leave 0.45", "limits.dead_band 0.05",
            "crisis.return_sigmas 6", "crisis.range_atrs 5", "crisis.ver 2.5",
            "crisis.hold_bars 16"]
    return "\n".join(out) + "\n"


def main(words):
    if words[:1] == ["rows"] and len(words) == 3:
        print("tf," + ",".join(INPUTS))
        for row in made(int(words[1]), int(words[2])):
            print(",".join(row))
    elif words == ["run"]:
        print(",".join(RESULTS))
        for result in run(read(sys.stdin)):
            print(",".join(result[k] for k in RESULTS))
    elif words[:1] == ["compare"] and len(words) == 3:
        return compare(words[1], words[2])
    elif words[:1] == ["golden"] and len(words) == 3:
        golden(int(words[1]), int(words[2]))
    elif words == ["model"]:
        print(model_text() + "hash 0x%08x" % fnv(model_text()))
    else:
        print(__doc__, file=sys.stderr)
        return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
