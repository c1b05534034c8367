"""position_numbers.py SOURCE RUN LEDGER STATE: does what a run says of a bot
agree with the world's own books of it?"""
import json
import sys
from decimal import Decimal

import yaml

source, run, ledger, state = sys.argv[1:]
with open(run) as f:
    grid = json.load(f)["grids"][0]
with open(ledger) as f:
    told = json.load(f)
truth = {k: Decimal(told[k]) for k in ("base", "quote_cash", "cost",
                                       "realised", "fees", "fills")}
with open(state) as f:
    holding = yaml.safe_load(f)["holding"]
position = grid["position"]
bad = []


def hold(what, true, *seen):
    if not true:
        bad.append((what,) + seen)


if position["source"] == "none":
    hold("why", position["reason"].startswith("no bar has closed"), position)
else:
    hold("source", position["source"] == source, position)
if position["source"] == "exchange":
    books = holding["books"]
    for ours, theirs in (("base", "base"), ("cash", "quote_cash"),
                         ("cost", "cost"), ("realised", "realised"),
                         ("fees", "fees")):
        hold(ours, Decimal(books[ours]) == truth[theirs], books[ours],
             truth[theirs])
    hold("fills", books["fills"] == truth["fills"], books["fills"])
    hold("inventory", abs(Decimal(position["inventory"]["value"])
                          - truth["base"]) < Decimal("1e-9"))
if position["source"] == "model":
    base, cash = float(truth["base"]), float(truth["quote_cash"])
    inventory, e = position["inventory"], position["net_pnl"]
    hold("inventory", inventory["lo"] - 1e-9 <= base <= inventory["hi"] + 1e-9,
         inventory, base)
    with open(run) as f:
        close = json.load(f)["quality"][0]["close"]
    net = cash + base * close * (1 - 0.001)
    hold("net PnL", e["lo"] - 1e-6 <= net, e, net)
if bad:
    print(*bad, sep="\n")
    sys.exit(1)
