#!/usr/bin/env python3
"""A proposal computed anew from the 15m candles, in another language.

propose_numbers.py CANDLES.csv PROPOSAL.json [--kappa K] [--side SIDE]

Shares no line with the program: 4h bars are put together here, ATR and the
volatility are loops over the canonical window, the first-exit probability is
summed over sines only, the levels are found by trying. Prints each figure that
differs by more than 1e-9, and exits 1 when any does.
"""

import argparse
import json
import math
import sys
from datetime import datetime, timezone
from decimal import Decimal

QUARTER = 900
STEP = 1024  # bars of a canonical step
WRONG = []


def near(what, got, want, most=1e-9):
    if got is None or abs(got - want) > most * max(1.0, abs(want)):
        WRONG.append(f"{what}: {got}, not {want}")


def same(what, got, want):
    if got != want:
        WRONG.append(f"{what}: {got!r}, not {want!r}")


def seconds(text):
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(moment.replace(tzinfo=timezone.utc).timestamp())


def read_candles(path):
    bars = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if line[:1].isdigit():
                time, *rest = line.split(",")
                bars[int(time)] = tuple(float(x) for x in rest[:4])
    return bars


def window(quarters, width, slot):
    """Bars of so many seconds in the canonical window of the slot."""
    newest = slot // width - 1
    start = STEP * ((newest + 1) // STEP - 1)
    out = []
    for number in range(start, newest + 1):
        parts = [quarters[t] for t in range(number * width,
                                            (number + 1) * width, QUARTER)
                 if t in quarters]
        if parts:
            out.append((parts[0][0], max(p[1] for p in parts),
                        min(p[2] for p in parts), parts[-1][3]))
    return out


def atrs(bars):
    """Wilder's of 14, from the fifteenth bar on."""
    ranges = [max(b[1], a[3]) - min(b[2], a[3]) for a, b in zip(bars, bars[1:])]
    out = [sum(ranges[:14]) / 14]
    for r in ranges[14:]:
        out.append((13 * out[-1] + r) / 14)
    return out


def volatility(bars, keep=0.5 ** (1 / 96)):
    """EWMA of squared returns, without bias at the start."""
    total = weight = 0.0
    for a, b in zip(bars, bars[1:]):
        total = keep * total + (1 - keep) * math.log(b[3] / a[3]) ** 2
        weight = keep * weight + (1 - keep)
    return math.sqrt(total / weight)


def efficiency_z(bars):
    closes = [b[3] for b in bars[-25:]]
    way = sum(abs(b - a) for a, b in zip(closes, closes[1:]))
    return abs(closes[-1] - closes[0]) / way * math.sqrt(48 / math.pi)


def leaves(down, up):
    """Brownian motion of variance 1 leaves (-down, up) by time 1."""
    width = down + up
    stays = sum(4 / (k * math.pi) * math.sin(k * math.pi * down / width) *
                math.exp(-(k * math.pi / width) ** 2 / 2)
                for k in range(1, 2001, 2))
    return 1 - stays


def tomorrow(bars):
    """What three EWMAs expect of the next day."""
    haz = volatility(bars)
    fast, slow = volatility(bars, 0.9), volatility(bars, 0.5 ** (1 / 480))
    return (math.exp(-0.5955) * max(fast, haz / 10) ** 0.3331 *
            haz ** 0.2625 * max(slow, haz / 10) ** 0.3001)


def curved(p):
    p = min(1 - 1e-4, max(1e-4, p))
    x = math.log(p / (1 - p))
    return min(0.89, 1 / (1 + math.exp(0.747 - 0.653 * x - 0.0263 * x * x)))


def chance(p, a, b):
    p = min(1 - 1e-4, max(1e-4, p))
    return min(0.89, 1 / (1 + math.exp(-a) * ((1 - p) / p) ** b))


def on_tick(price, tick):
    ticks = (Decimal(price) / Decimal(tick)).to_integral_value()
    return float(ticks * Decimal(tick))


def levels_of(lower, upper):
    for n in range(40, 6, -1):
        if (upper / lower) ** (1 / n) - 1 >= 0.006:
            return n
    return 6


def check_range(got, quarters, kappa, side):
    slot = seconds(got["slot"])
    history = atrs(window(quarters, 4 * 3600, slot))
    slow = max(history[-1], sum(history[-50:]) / 50)
    close = window(quarters, QUARTER, slot)[-1][3]
    near("close", got["close"], close)
    near("slow ATR", got["range"]["slow_atr"], slow)
    half = kappa * slow / close
    stop = half + 2 * slow / close
    want = {"lower": on_tick(close * math.exp(-half), "0.1"),
            "upper": on_tick(close * math.exp(half), "0.1")}
    for bound, price in want.items():
        same(bound, got["range"][bound], price)
    below = on_tick(close * math.exp(-stop), "0.1")
    above = on_tick(close * math.exp(stop), "0.1")
    same("stop below", got["stop"]["below"], None if side == "short" else below)
    same("stop above", got["stop"]["above"], None if side == "long" else above)
    near("half-width", got["range"]["half_width"],
         math.log(want["upper"] / want["lower"]) / 2)
    checks = gates_of(got)
    near("VER(4h)", checks["G3_VER_4H"]["value"],
         history[-1] / (sum(history[-50:]) / 50), 2e-9)
    return slot, close, want["lower"], want["upper"]


def check_chances(got, quarters, slot, close, lower, upper):
    levels = levels_of(lower, upper)
    step = (upper / lower) ** (1 / levels) - 1
    bars = window(quarters, QUARTER, slot)
    day, next_day = (96 * s ** 2 for s in (volatility(bars), tomorrow(bars)))
    down, up = math.log(close / lower), math.log(upper / close)
    p = leaves(down / math.sqrt(day), up / math.sqrt(day))
    cycles = day / (2 * math.log(1 + step) ** 2)
    life = down * up / day
    same("levels", got["levels"], levels)
    near("step", got["step"], step)
    near("net step", got["net_step"], step - 0.002)
    pi_24 = curved(leaves(down / math.sqrt(next_day), up / math.sqrt(next_day)))
    near("pi_24", got["pi_24"], pi_24)
    near("pi_72", got["pi_72"], max(pi_24, chance(p, 0.16, 0.38)))
    near("cycles", got["cycles_day"], cycles)
    near("life", got["life_days"], life)
    near("earn", got["earn"],
         cycles * life * (step - 0.002) / levels - 0.001 / 2)


def gates_of(got):
    return {c["id"]: c for t in got["themes"].values() for c in t["checks"]}


def check_gates(got, quarters, slot):
    checks = gates_of(got)
    same("checks", len(checks), 17)
    near("z of ER", checks["G4_ER"]["value"],
         efficiency_z(window(quarters, 3600, slot)), 2e-9)
    for name, figure in (("G6_PI_24", "pi_24"), ("G6_PI_72", "pi_72"),
                         ("G7_STEP", "net_step"), ("G7_EARN", "earn")):
        near(name, checks[name]["value"], got[figure], 2e-9)
    held = {"at least": lambda v, l: v >= l, "at most": lambda v, l: v <= l,
            "above": lambda v, l: v > l, "below": lambda v, l: v < l}
    for name, c in checks.items():
        if name[:2] in ("G5", "G8"):
            same(name, c["pass"], "na")
        elif c["value"] is not None:
            want = held[c["sense"]](c["value"], c["limit"])
            same(name, c["pass"], "yes" if want else "no")
    for group in "12345678":
        answers = {c["pass"] for n, c in checks.items() if n[1] == group}
        want = next(a for a in ("no", "unknown", "yes", "na") if a in answers)
        same(f"G{group}", got["gates"][f"G{group}"], want)
    same("open", got["open"], set(got["gates"].values()) <= {"yes", "na"})


def check_history(got, quarters, slot):
    metrics = {(m["metric"], m["timeframe"]): m
               for t in got["themes"].values() for m in t["metrics"]}
    for name, width in (("1h", 3600), ("4h", 4 * 3600)):
        day = [atrs(window(quarters, width, slot - 3600 * h))[-1]
               for h in range(25)]
        m = metrics["atr", name]
        near(f"ATR({name})", m["value"], day[0])
        near(f"ATR({name}) a day ago", m["day_ago"], day[24])
        near(f"lowest ATR({name})", m["day_low"], min(day))
        near(f"highest ATR({name})", m["day_high"], max(day))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("candles")
    parser.add_argument("proposal")
    parser.add_argument("--kappa", type=float, default=4)
    parser.add_argument("--side", default="long")
    args = parser.parse_args()
    quarters = read_candles(args.candles)
    with open(args.proposal, encoding="utf-8") as file:
        got = json.load(file)
    slot, *where = check_range(got, quarters, args.kappa, args.side)
    check_chances(got, quarters, slot, *where)
    check_gates(got, quarters, slot)
    check_history(got, quarters, slot)
    print("\n".join(WRONG))
    sys.exit(bool(WRONG))


main()
