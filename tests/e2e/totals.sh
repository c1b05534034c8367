#!/bin/sh
# What all grids have at stake together, on two seeded walks: `run --json` and
# `status` against sums that python makes of the recorded documents. A grid
# whose position is unknown leaves no sum, and is counted.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=totals
. tests/e2e/judge_lib.sh

SLOT=2026-02-10T13:00:00Z
AT=2026-02-10T12:00:00Z

create() {
    gridwatch grid create "$1" --symbol "$2" --market spot --side long \
        --lower "$3" --upper "$4" --at "$AT" ${5:+--levels 20 --capital 7000 \
        --spacing arithmetic} >> "$WORK/log" 2>&1
}

# holds PYTHON: `total` of USDT as the JSON has it, `sums` of the documents of
# latest/ by the same names, `n` the grids with that figure.
holds() {
    python3 - "$WORK/data.git" "$OUT/totals.json" "$1" <<'PYTHON'
import json, sys
from decimal import Decimal
sys.path.insert(0, "tests/judge")
from repository import Repository
repo = Repository(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    totals = [json.loads(line) for line in file][-1]["totals"]
total = {row["currency"]: row for row in totals["by_currency"]}["USDT"]

def figures(d):
    p, r = d["position"], d["risk"]
    base, close = p["inventory"]["value"], d["evaluation"]["close"]["value"]
    return {"at_risk": r["at_risk"]["value"],
            "at_risk_most": r["at_risk_most"]["value"],
            "give_back_12h_typical": r["give_back_typical"]["12h"],
            "give_back_12h_adverse": r["give_back_adverse"]["12h"],
            "inventory_value": None if base is None else
                Decimal(str(base)) * Decimal(str(close)),
            "net_pnl": p["net_pnl"]["value"]}

docs = [figures(repo.document(path)) for path in repo.below("latest/grids")]
sums, n = {}, {}
for key in docs[0]:
    known = [Decimal(str(d[key])) for d in docs if d[key] is not None]
    sums[key], n[key] = float(sum(known)), len(known)
near = lambda a, b: abs(a - b) <= 1e-8 * max(1, abs(b))
if not eval(f"({sys.argv[3]})"):
    print(total, sums, n, sep="\n")
    sys.exit(1)
PYTHON
}

status_says() {
    gridwatch status > "$OUT/totals.txt"
    grep -q -e "$1" "$OUT/totals.txt" || { cat "$OUT/totals.txt"; return 1; }
}

scenario_begin "$OUT/totals" BTC-USDT --walk BTC-USDT=7 --walk ETH-USDT=8 \
    --now "$AT"
scenario_grid slice 56400:63600:55554 "$AT"
create wide BTC-USDT 50000 70000 known
create eth ETH-USDT 1 1000000
is "before the first run nothing is known" status_says \
    'at risk unknown (0 of 3 known)'
is "a run" ends "$SLOT" 0
cp "$WORK/run.json" "$OUT/totals.json"
for how in run status; do
    [ "$how" = run ] || gridwatch status --json > "$OUT/totals.json"
    is "$how: no sum with an unknown part" holds 'all(total[k]["value"] is None
        and total[k]["status"] == "unavailable" for k in sums)'
    is "$how: how many are known" holds 'all(total[k]["known"] == n[k] == 2 and
        total[k]["unknown"] == 1 for k in sums) and total["grids"] == 3'
    is "$how: the sums of what is known" holds 'all(
        near(total[k]["of_known"], sums[k]) for k in sums)'
    is "$how: losses have a bound" holds 'all(
        near(total[k]["at_least"], sums[k]) for k in list(sums)[:4])'
    is "$how: net PnL has none" holds 'total["net_pnl"]["at_least"] is None'
    is "$how: of which slot" holds "total['slot'] == '$SLOT'"
done
is "on the screen, too" status_says 'at risk at least [0-9.]* (2 of 3 known)'
is "and for each grid" status_says '^  at risk [0-9.]* USDT to the lower bound'
is "the unknown one is stopped" gridwatch grid stop eth --at "$SLOT"
gridwatch status --json > "$OUT/totals.json"
is "then there is a sum" holds 'all(near(total[k]["value"], sums[k]) for k in
    sums) and total["grids"] == 2 and total["modelled"] == 2'
is "on the screen, too" status_says 'all in USDT: 2 grids, 2 modelled'
is "a second run of the slot" ends "$SLOT" 0
cp "$WORK/run.json" "$OUT/totals.json"
is "evaluates nothing, and knows nothing" holds 'total["at_risk"]["known"] == 0
    and total["at_risk"]["of_known"] is None and total["grids"] == 2'

# --- A grid that is stopped --------------------------------------------------

# blank: of a grid, all that is of its state, the chance to leave it and money.
blank() {
    jq -se 'map(select(.id == "wide"))[0] | .status == "stopped" and
        .reason == "the grid is stopped" and
        ([.state, .since, .pi, .to_lower, .to_stop, .source, .at_risk,
          .at_risk_status, .at_risk_most, .give_back_12h_typical, .stop_atr,
          .net_pnl] | all(. == null))' "$OUT/totals.json"
}
stopped_says() {
    jq -se "map(select(.id == \"wide\"))[0] | $1" "$OUT/totals.json"
}
knew=$(gridwatch status --json | jq -r 'select(.id == "wide").known')
is "a grid with money at risk" test "$(gridwatch status --json |
    jq 'select(.id == "wide") | .at_risk > 0 and .reason == null and .stopped_at == null')" = true
is "is stopped" gridwatch grid stop wide --at 2026-02-10T13:05Z
gridwatch status --json > "$OUT/totals.json"
is "then nothing of it is at risk" blank
is "it is said since when" stopped_says '.stopped_at == "2026-02-10T13:05:00Z"'
is "and what was known then" stopped_says ".known == \"$knew\""
is "the gates of a restart stay" stopped_says \
    '(.gates_open | type) == "number" and .slot != null and .regime != null'
gridwatch status --at 2026-02-10T13:10Z > "$OUT/totals.txt"
sed -n '/^wide/,/^all/p' "$OUT/totals.txt" > "$OUT/wide.txt"
is "so it is on the screen" grep -qxF \
    "  stopped 2026-02-10T13:05:00Z, 00:05 ago; last known state $knew; its money is not watched" \
    "$OUT/wide.txt"
no_figures() {
    cat "$OUT/wide.txt"
    grep -q 'gates open' "$OUT/wide.txt" &&
        ! sed '/^all/,$d; /; nothing at risk$/d' "$OUT/wide.txt" |
            grep -e 'at risk' -e 'give-back' -e PnL -e 'to lower' -e 'ATR(4h)'
}
is "without a figure" no_figures
is "the next run" ends 2026-02-10T13:15:00Z 0
gridwatch status --json > "$OUT/totals.json"
is "changes nothing of it" blank
is "what was known when it was stopped is known still" \
    stopped_says ".known == \"$knew\""
