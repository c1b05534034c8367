#!/bin/sh
# gridwatch kpi: what the record of a job says of two grids, one left at its
# first LATEST and one that nobody left, is what `gridwatch backtest --grids`
# says of the same grids, operators and candles, wherever both have the figure.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=kpi
. tests/e2e/judge_lib.sh

# Seed 7 is LATEST at 12:15, goes back, and MANDATORY from 17:00 on.
START=2026-02-10T09:00:00Z
LEFT=2026-02-10T12:15:00Z
END=2026-02-10T18:00:00Z
LAST=2026-02-10T17:45:00Z
RANGE=56400:63600:55554
scenario_begin "$OUT/$NAME-work" BTC-USDT --walk BTC-USDT=7 --now "$START"
scenario_first_model

# asked CLAIM [OPTION]...: python of the JSON `k`, and of `p`, its pooled KPIs.
asked() {
    claim=$1
    shift
    gridwatch kpi --json --at "$END" "$@" > "$WORK/kpi.json" &&
        python3 - "$WORK/kpi.json" "$claim" <<'PYTHON'
import json
import sys
k = json.load(open(sys.argv[1]))
p, service = k['pooled'], k['service']
print(json.dumps(k, indent=1)[:6000])
assert eval(f'({sys.argv[2]})'), sys.argv[2]
PYTHON
}

# --- A record without a life ------------------------------------------------
scenario_clock "$START"
gridwatch init >> "$WORK/log" 2>&1
is "nothing is recorded: no figure, none of them 0" asked \
    'k["grids"] == k["lives"] == 0 and
     all(x["value"] is None and x["n"] == 0 for n, x in p.items() if n != "down")
     and all(x["value"] is None for x in service.values())'
is "and it says so" sh -c '"$@" | grep -q "there is nothing to judge"' sh \
    "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" kpi --at "$END"
is "an unknown grid" sh -c '! "$@"' sh "$BUILD/gridwatch" --config \
    "$WORK/gridwatch.yaml" kpi nobody

# --- Two grids ---------------------------------------------------------------
scenario_grid left "$RANGE" "$START"
scenario_grid stays "$RANGE" "$START"
is "the runs until the grid is told to be left" runs "$(after "$START")" \
    "$(after "$LEFT")"
is "it is left" gridwatch grid stop left --at "$LEFT"
is "the other one is looked at" gridwatch ack stays --at "$(after "$LEFT" 10)"
is "the runs after that" runs "$(after "$LEFT")" "$END"
scenario_end

mkdir "$WORK/candles"
"$BUILD/gridwatch-sim" bars --walk 7 |
    awk -F, -v last="$(date -u -d "$LAST" +%s)" \
        '$1 !~ /^[0-9]/ || $1 / ($1 > 1e11 ? 1000 : 1) < last' \
        > "$WORK/candles/BTCUSDT-SIM-15m.csv"
tail -n 1 "$WORK/candles/BTCUSDT-SIM-15m.csv" >> "$WORK/log"
# Both are alike but for the act, which a backtest's own operator does.
git --git-dir "$WORK/data.git" show "HEAD:grids/stays.yaml" \
    > "$WORK/stays.yaml"

# same GRID DELAY KPI...: all but these are compared, of both sides.
same() {
    grid=$1 delay=$2
    shift 2
    gridwatch backtest -q --json --data "$WORK/candles" --grids \
        --delay "$delay" --tick 0.1 --step 0.00000001 "$WORK/stays.yaml" \
        > "$WORK/backtest.json" 2>> "$WORK/log"
    gridwatch kpi "$grid" --json --at "$END" > "$WORK/kpi.json"
    python3 - "$WORK/backtest.json" "$WORK/kpi.json" "$@" <<'PYTHON'
import json
import sys
want, got = (json.load(open(p))['pooled'] for p in sys.argv[1:3])
aside, wrong, values = set(sys.argv[3:]), 0, 0
for side in ('both', 'down'):
    w = want if side == 'both' else want['down']
    g = got if side == 'both' else got['down']
    for name in g:
        if name == 'down' or name in aside:
            continue
        values += w[name]['value'] is not None
        if w[name] != g[name]:
            wrong += 1
            print(side, name, w[name], g[name], sep='\n    ')
print(values, 'values,', wrong, 'differ')
sys.exit(wrong != 0 or values < 20)
PYTHON
}
is "the grid that was left is judged alike" same left 0m regret pnl
cp "$OUT/$NAME.is" "$WORK/same.log"

# What a backtest has otherwise: it sells at a price that slips, and goes on.
is "money is what the slot of the exit recorded" asked \
    'abs(p["pnl"]["value"] + 16.0051762643) < 1e-9 and
     p["regret"]["value"] is None and p["regret"]["pending"] == 0 and
     "regret" in k["not_in_record"]' left

# --- Nobody left, and what the service did ----------------------------------
# M completes at 17:00, 285 minutes after the LATEST; its hour is not over.
is "who stays has lost the race" asked \
    'p["eaw"]["value"] == 0 and p["eaw"]["n"] == 1 and p["mec"]["n"] == 0 and
     p["slar"]["value"] == 1 and p["missed"]["value"] == 0 and
     p["lead_hours"]["pending"] == 1 and p["life_hours"]["value"] is None' stays
is "the acknowledgement took ten minutes, less the time to the message" asked \
    '9.5 < service["acknowledge_minutes"]["value"] < 10' stays
is "all slots were evaluated, all messages accepted" asked \
    'service["slots_recorded"]["value"] == 1 and
     service["slots_recorded"]["n"] == 13 + 35 and
     service["slots_known"]["value"] == 1 and
     service["delivery_first_try"]["value"] == 1 and
     service["delivery_first_try"]["n"] == '"$(heard)"' and
     k["lives"] == k["grids"] == 2'
is "grids that started before --since are not told" asked \
    'k["lives"] == 0 and p["eaw"]["n"] == 0' --since 2026-02-10T09:15:00Z

# --- A record that was cut off -----------------------------------------------
END=2026-02-10T20:00:00Z
is "slots that nobody recorded are due" asked \
    'service["slots_recorded"]["n"] == 43 and
     abs(service["slots_recorded"]["value"] - 35 / 43) < 1e-12' stays
is "and are told" sh -c '"$@" | grep -q "^8 of 43 due slots are not recorded"' \
    sh "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" kpi stays --at "$END"
cut=exits/stays/2026/02/10/1500.yaml
index=$WORK/index
git() { command git --git-dir "$WORK/data.git" "$@"; }
blob=$(git show "HEAD:$cut" | head -n 20 | git hash-object -w --stdin)
GIT_INDEX_FILE=$index git read-tree HEAD
GIT_INDEX_FILE=$index git update-index --cacheinfo "100644,$blob,$cut"
tree=$(GIT_INDEX_FILE=$index git write-tree)
git update-ref HEAD "$(git -c user.name=t -c user.email=t@localhost \
    commit-tree -p HEAD -m cut "$tree")"
is "half a document is no figure: it ends, and names it" sh -c \
    '! "$@" > "$0.out" 2> "$0.err" && grep -q 1500.yaml "$0.err" &&
     ! [ -s "$0.out" ]' "$WORK/cut" "$BUILD/gridwatch" \
    --config "$WORK/gridwatch.yaml" kpi stays --at "$END"
