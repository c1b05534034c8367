#!/bin/sh
# `gridwatch backtest`: candles in, KPIs out. Every life is worked out anew by a
# program in another language; threads, shards and files change nothing.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=backtest
. tests/e2e/checks.sh
SHOW='head -n 20'
WORK=$OUT/$NAME
CANDLES=${GRIDWATCH_DATA:-../shared/data}
rm -rf "$WORK"
mkdir -p "$WORK/candles" "$WORK/zst" "$WORK/none"

# ends WHAT CODE COMMAND...: it must end with that code.
ends() {
    what=$1 code=$2
    shift 2
    is "$what" sh -c 'code=$1; shift; "$@"; [ $? -eq "$code" ]' sh "$code" "$@"
}

# The random walk takes its time: it is asked for once.
backtest() {
    "$BUILD/gridwatch" backtest -q --walk 0 "$@"
}
merge() {
    "$BUILD/gridwatch" backtest -q --merge "$@"
}

made=$WORK/candles
for seed in 1 2 3; do
    "$BUILD/gridwatch-sim" bars --regimes $seed:1900 \
        > "$made/MADE$seed-SIM-15m.csv"
done

# --- A pass ------------------------------------------------------------------
backtest --data "$made" --json --lives "$WORK/all.csv" > "$WORK/all.json"
cat > "$WORK/said.py" <<'PYTHON'
import csv
import json
import sys
import time

said = json.load(open(sys.argv[1]))
lives = list(csv.DictReader(open(sys.argv[2])))
assert lives.pop()['symbol'] == f'# {len(lives)} lives', lives[-1]
assert (said['profile'], said['side'], said['delay_minutes']) == \
    ('calibrated', 'long', 60), said
assert said['operator_delay_minutes'] == 60, said
assert said['files'] == [f'MADE{i}-SIM-15m' for i in (1, 2, 3)], said['files']
assert (said['fee'], said['seed'], said['draws']) == (.001, 1, 1000), said
assert said['config'] == lives[0]['config'] and len(said['config']) == 8
assert said['from'] == time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(
    min(int(r['start_ms']) for r in lives) / 1000)), said['from']
assert said['until'] >= said['from'] and said['engine'] and said['model']['pi']
hour = [r for r in lives if r['delay_ms'] == '3600000']
assert len(hour) * 4 == len(lives) and len(hour) > 150, len(hour)
assert said['pooled']['grids'] == len(hour) and said['pooled']['symbols'] == 3
assert [w['half_width_atr'] for w in said['widths']] == [4, 6]
assert sum(w['grids'] for w in said['widths']) == len(hour)
def rows_of(part):
    return [r for r in hour if
            part['half_width_atr'] in (None, float(r['half_width_atr']))]

# Of pairs of grids that lived a day, one of which M or S came to in the next:
# how often did that one have the higher pi?
def auc(part, rows):
    day, yes, no, unknown = 86400000, [], [], 0
    for r in rows:
        begun = int(r['start_ms']) + day
        event = min((int(r[k]) for k in ('m_ms', 's_ms') if r[k]), default=None)
        came = event is not None and event <= begun + day
        if event is not None and event <= begun:
            continue
        if not came and int(r['known_end_ms']) < begun + day:
            continue
        if not r['pi_day']:
            unknown += 1
            continue
        (yes if came else no).append(float(r['pi_day']))
    won = sum((y > n) + (y == n) / 2 for y in yes for n in no)
    is_ = part['pi_auc']
    if part['half_width_atr'] is None:  # pi of two widths is not one scale
        for auc_ in is_, part['pi_auc_walk']:
            assert auc_['value'] is auc_['lo'] is auc_['hi'] is None, auc_
            assert auc_['reason'] == 'not of one known half-width', auc_
        return
    assert 'reason' not in is_, is_
    assert is_['n'] == len(yes) + len(no) > 50, (is_, len(yes), len(no))
    assert is_['undefined'] == unknown
    assert abs(is_['value'] - won / len(yes) / len(no)) < 1e-12, is_
    assert is_['lo'] < is_['value'] < is_['hi'] and is_['value'] > .6, is_
    assert part['pi_auc_walk']['value'] is None, part['pi_auc_walk']

for part in [said['pooled']] + said['widths']:
    assert part['stop_atr'] == 2, part
    auc(part, rows_of(part))
    rows = [r for r in hour if r['reverse_equity'] and
            part['half_width_atr'] in (None, float(r['half_width_atr']))]
    apart = [abs(float(r['reverse_equity']) - float(r['end_equity'])) / 1000
             for r in rows]
    order = part['order_of_bars']
    assert order['n'] == len(rows) > 50, (order, len(rows))
    assert abs(order['mean'] - sum(apart) / len(apart)) < 1e-12, order
    assert abs(order['most'] - max(apart)) < 1e-12 and order['most'] > 0, order
    for k in ('eaw slar ttdr ttdr_base prr_median prr_eligible mec '
              'false_mandatory alerts_per_grid_day lead_hours '
              'life_ratio').split():
        for side in part, part['down']:
            x = side[k]
            assert set(x) >= {'value', 'n', 'lo', 'hi'}, (k, x)
            if x['value'] is not None and x['lo'] is not None:
                assert x['lo'] <= x['value'] <= x['hi'], (k, x)

# Two of them by hand: told before, or ended in the window; left in time.
def at(row, key):
    return int(row[key]) if row[key] else None

def first(*moments):
    return min((m for m in moments if m is not None), default=None)

ended = left = kept = 0
for r in hour:
    m, s, x, mandatory = (at(r, k) for k in
                          ('m_ms', 's_ms', 'exit_ms', 'first_mandatory_ms'))
    over = first(m, s, mandatory)
    if x is None and (over is None or over > at(r, 'window_end_ms')):
        continue
    ended += 1
    left += x is not None and (over is None or x < over)
    kept += not (s is not None and (x is None or s <= x))
assert ended > 100, ended
for key, count in (('eaw', left), ('slar', kept)):
    x = said['pooled'][key]
    assert x['n'] == ended and abs(x['value'] - count / ended) < 1e-12, \
        (key, x, count, ended)
PYTHON
is "the JSON says what the lives say" \
    python3 "$WORK/said.py" "$WORK/all.json" "$WORK/all.csv"
is "the screen says it in words" sh -c \
    '"$1" backtest -q --merge "$2" | grep -q "^eaw .* >= 0.90 "' sh \
    "$BUILD/gridwatch" "$WORK/all.csv"

# --- The witness -------------------------------------------------------------
grep -e '^symbol' -e '^MADE2' "$WORK/all.csv" > "$WORK/made2.csv"
is "each life is what its candles make of it" tests/e2e/backtest_numbers.py \
    "$made/MADE2-SIM-15m.csv" "$WORK/made2.csv"
awk -F , -v OFS=, '/,[0-9]/ && NR == 30 { $(col) += .01 } { print }
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "end_equity") col = i }' \
    "$WORK/made2.csv" > "$WORK/false.csv"
ends "a cent too much is seen" 1 tests/e2e/backtest_numbers.py \
    "$made/MADE2-SIM-15m.csv" "$WORK/false.csv"

# --- The same by other ways --------------------------------------------------
backtest --data "$made" --json --threads 3 --lives "$WORK/threads.csv" \
    > "$WORK/threads.json"
is "three threads say the same" cmp "$WORK/all.csv" "$WORK/threads.csv"
for i in 1 2; do
    backtest --data "$made" --shard $i/2 --lives "$WORK/shard$i.csv" > /dev/null
done
merge --json "$WORK/shard1.csv" "$WORK/shard2.csv" \
    --lives "$WORK/merged.csv" > "$WORK/merged.json"
is "the shards have all lives once, in one order" cmp "$WORK/all.csv" \
    "$WORK/merged.csv"
is "and the same KPIs to the last digit" cmp "$WORK/all.json" \
    "$WORK/merged.json"
merge --json "$WORK/shard2.csv" "$WORK/shard1.csv" \
    > "$WORK/turned.json"
is "whichever comes first" cmp "$WORK/all.json" "$WORK/turned.json"
# says WHAT CODE WORDS COMMAND...: it must end so and say that.
says() {
    what=$1 code=$2 words=$3
    shift 3
    is "$what" sh -c 'code=$1 words=$2 err=$3; shift 3
        "$@" 2> "$err"; [ $? -eq "$code" ] && grep "$words" "$err"' sh \
        "$code" "$words" "$WORK/says.err" "$@"
}
says "lives are taken once" 65 \
    'file.*, line 2: the life of file .*, line 2, once more' \
    "$BUILD/gridwatch" backtest -q --merge "$WORK/all.csv" "$WORK/shard1.csv"
backtest --data "$made" --shard 4/4 --lives "$WORK/nothing.csv" \
    > "$WORK/nothing.out"
merge "$WORK/all.csv" "$WORK/nothing.csv" \
    --lives "$WORK/with_nothing.csv" > /dev/null
is "a shard without files adds nothing" cmp "$WORK/all.csv" \
    "$WORK/with_nothing.csv"
ends "days without a grid" 65 "$BUILD/gridwatch" backtest -q --walk 9 --data "$made" \
    --from 2020-01-01 --until 2020-02-01
zstd -q "$made/MADE1-SIM-15m.csv" -o "$WORK/zst/MADE1-SIM-15m.csv.zst"
backtest --data "$WORK/zst" --lives "$WORK/zst.csv" > /dev/null
backtest --data "$made" --symbols MADE1 --lives "$WORK/made1.csv" > /dev/null
is "a compressed file is the same file" cmp "$WORK/zst.csv" "$WORK/made1.csv"
backtest --data "$made" --symbols MADE1-SIM-15m --lives "$WORK/named.csv" \
    > /dev/null
is "a file is known by its whole name" cmp "$WORK/named.csv" "$WORK/made1.csv"
backtest --data "$made" --symbols MADE1 --half-width 4 --from 2026-02-15 \
    --until 2026-02-20 --lives "$WORK/days.csv" > /dev/null
is "five days are five grids of four operators" sh -c \
    '[ "$(grep -c ,calibrated, "$1")" -eq 20 ]' sh "$WORK/days.csv"
is "and they are those of the whole" sh -c \
    'grep ",calibrated," "$1" | sort > "$1.sorted"; sort "$2" |
     comm -23 "$1.sorted" - | grep . && exit 1 || :' sh \
    "$WORK/days.csv" "$WORK/made1.csv"
backtest --data "$made" --symbols MADE1 --profile seed --lives \
    "$WORK/seed.csv" > /dev/null
is "the literal rules leave sooner" sh -c \
    '! cmp -s "$1" "$2" && grep -q ",seed,long," "$2"' sh \
    "$WORK/made1.csv" "$WORK/seed.csv"
backtest --data "$made" --symbols MADE1 --side neutral --lives \
    "$WORK/neutral.csv" > /dev/null
is "a neutral grid has a stop above, too" sh -c \
    '! cmp -s "$1" "$2" && grep -q ",calibrated,neutral," "$2"' sh \
    "$WORK/made1.csv" "$WORK/neutral.csv"

# --- The random walk beside --------------------------------------------------
"$BUILD/gridwatch" backtest -q --data "$made" --symbols MADE1 --walk 200 \
    --half-width 4 --json --lives "$WORK/walked.csv" > "$WORK/walked.json"
is "no life of the walk is a case of the candles" python3 - "$WORK" <<'PYTHON'
import csv
import json
import sys
said = json.load(open(sys.argv[1] + '/walked.json'))
lives = [r for r in csv.DictReader(open(sys.argv[1] + '/walked.csv'))
         if r['delay_ms'] == '3600000']
walk = [r for r in lives if r['symbol'] == 'RANDOM-WALK']
assert said['operator_delay_minutes'] == 60, said
assert said['files'] == ['MADE1-SIM-15m'], said['files']
assert said['pooled']['grids'] == len(lives) - len(walk) < 70, len(lives)
assert said['pooled']['symbols'] == 1 and len(walk) > 170, len(walk)
for key in 'ttdr_walk', 'pi_auc_walk':
    x = said['pooled'][key]
    assert .5 < x['lo'] < x['value'] < x['hi'] <= 1 and x['n'] > 90, (key, x)
assert said['pooled']['down']['ttdr_walk']['n'] < \
    said['pooled']['ttdr_walk']['n']
PYTHON
is "it travels with the lives" sh -c \
    '"$1" backtest --merge --json "$2" | cmp - "$3"' sh "$BUILD/gridwatch" \
    "$WORK/walked.csv" "$WORK/walked.json"
"$BUILD/gridwatch" backtest -q --data "$made" --symbols MADE2 --walk 200 \
    --half-width 4 --lives "$WORK/walked2.csv" > /dev/null
"$BUILD/gridwatch" backtest -q --data "$made" --symbols MADE1,MADE2 --walk 200 \
    --half-width 4 --json --lives "$WORK/walked12.csv" > "$WORK/walked12.json"
"$BUILD/gridwatch" backtest --merge --json "$WORK/walked.csv" \
    "$WORK/walked2.csv" --lives "$WORK/walks.csv" > "$WORK/walks.json"
is "two runs with the walk have it once, like one run" cmp \
    "$WORK/walks.csv" "$WORK/walked12.csv"
is "and its KPIs" cmp "$WORK/walks.json" "$WORK/walked12.json"
sed "s/,$(sed -n '2s/^[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,\([^,]*\),.*/\1/p' \
    "$WORK/walked2.csv"),/,0.0.9+old,/" "$WORK/walked2.csv" > "$WORK/old.csv"
says "lives of another engine" 65 'old.csv.*of engine 0.0.9+old' \
    "$BUILD/gridwatch" backtest --merge "$WORK/walked.csv" "$WORK/old.csv"
"$BUILD/gridwatch" backtest -q --data "$made" --symbols MADE1 --walk 20 \
    --half-width 4 --shard 2/2 --lives "$WORK/walkless.csv" > /dev/null
is "only the first shard has it" sh -c '! grep RANDOM-WALK "$1"' sh \
    "$WORK/walkless.csv"

# --- Whom the rules take the operator for --------------------------------------
# --delay chooses whose figures are told, exit.operator_delay the rows of L_HAZ.
printf 'exit: {operator_delay: 4h, pi_model: pi-24h-1, gate: 0.37}\n' \
    > "$WORK/exit_strategy_config.yaml"
: > "$WORK/gridwatch.yaml"
head_of() {
    "$BUILD/gridwatch" backtest "$@" > "$WORK/screen" && sed -n 1,2p "$WORK/screen"
}
reckons() { # WORDS ARGUMENT...
    words=$1
    shift
    head_of "$@" | tee "$WORK/head" | grep -qF -e "$words" ||
        { cat "$WORK/head"; return 1; }
}
is "the screen says which delay the rules know" reckons \
    'the rules ask pi-24h-2 and reckon with an operator who takes 1h (exit.operator_delay): set it' \
    --merge "$WORK/walked.csv" --delay 4h
is "and asks for nothing where it is the same" reckons \
    'reckon with an operator who takes 1h (exit.operator_delay)' \
    --merge "$WORK/walked.csv" --delay 60m
is "in no word" sh -c '! grep -q "set it" "$1"' sh "$WORK/screen"
is "lives of another configuration have none that is known" reckons \
    'are not known here' --merge "$WORK/walked.csv" \
    --config "$WORK/gridwatch.yaml"
is "nor has the JSON" sh -c '"$1" backtest --merge "$2" --config "$3" --json |
    jq -e ".operator_delay_minutes == null and .model.pi == null"' sh \
    "$BUILD/gridwatch" "$WORK/walked.csv" "$WORK/gridwatch.yaml"

# --- What is wrong is said ---------------------------------------------------
gw=$BUILD/gridwatch
ends "neither data nor lives" 64 "$gw" backtest
ends "no such delay" 64 "$gw" backtest --data "$made" --delay 7m
ends "no such profile" 64 "$gw" backtest --data "$made" --profile wild
ends "widths fall" 64 "$gw" backtest --data "$made" --half-width 6,4
ends "a stop inside" 64 "$gw" backtest --data "$made" --stop-atr -1
ends "no shard 3 of 2" 64 "$gw" backtest --data "$made" --shard 3/2
ends "no day" 64 "$gw" backtest --data "$made" --from yesterday
says "until before from" 64 'until.*must be after.*from' "$gw" backtest \
    --data "$made" --from 2026-02-20 --until 2026-02-15
says "until is from" 64 'until.*must be after.*from' "$gw" backtest \
    --data "$made" --from 2026-02-20 --until 2026-02-20
ends "files without --merge" 64 "$gw" backtest --data "$made" x.csv
ends "lives of two profiles" 65 "$gw" backtest --merge "$WORK/made1.csv" \
    "$WORK/seed.csv"
printf 'exit:\n  l_haz:\n    enter: 0.55\n' > "$WORK/other.yaml"
backtest --data "$made" --symbols MADE2 --half-width 4 \
    --exit-config "$WORK/other.yaml" --lives "$WORK/other.csv" > /dev/null
hash_of() { sed -n '2s/^[^,]*,[^,]*,[^,]*,[^,]*,\([^,]*\),.*/\1/p' "$1"; }
says "lives of two configurations" 65 "other.csv.*$(hash_of "$WORK/other.csv"\
).*$(hash_of "$WORK/made1.csv")" "$gw" backtest --merge "$WORK/made1.csv" \
    "$WORK/other.csv"
ends "no lives" 65 "$gw" backtest --merge "$made/MADE1-SIM-15m.csv"
is "no folder" sh -c '! "$1" backtest --data "$2" 2> "$2.err" &&
    grep -q nowhere "$2.err"' sh "$gw" "$WORK/nowhere"
is "an empty folder" sh -c '! "$1" backtest --data "$2" 2> "$2.err" &&
    grep -q "no 15m candles" "$2.err"' sh "$gw" "$WORK/none"
is "a symbol that is not there" sh -c \
    '! "$1" backtest --data "$2" --symbols MADE1,MADE 2> "$2.err" &&
     grep -q "of .MADE. in" "$2.err"' sh "$gw" "$made"
printf 'time,open,high,low,close,volume\n0,1,2,3,1,1\n' \
    > "$WORK/none/BAD-SIM-15m.csv"
ends "a bar that cannot be" 65 "$gw" backtest --data "$WORK/none"
rm "$WORK/none/BAD-SIM-15m.csv"
mkdir "$WORK/twice" "$WORK/odd"
cp "$made/MADE1-SIM-15m.csv" "$WORK/zst/MADE1-SIM-15m.csv.zst" "$WORK/twice"
says "one name, two files" 65 'MADE1-SIM-15m.csv.*MADE1-SIM-15m.csv' "$gw" \
    backtest --data "$WORK/twice"
cp "$made/MADE1-SIM-15m.csv" "$WORK/odd/MADE,1-SIM-15m.csv"
says "a comma in a name" 65 'MADE,1-SIM-15m.csv' "$gw" backtest \
    --data "$WORK/odd"
rm "$WORK/odd/MADE,1-SIM-15m.csv"
long=$(printf '%064d' 0)
cp "$made/MADE1-SIM-15m.csv" "$WORK/odd/$long-15m.csv"
says "a name too long" 65 "$long-15m.csv" "$gw" backtest --data "$WORK/odd"
rm "$WORK/odd/$long-15m.csv"
{ head -n 40 "$made/MADE1-SIM-15m.csv"; printf '\0'
    tail -n +41 "$made/MADE1-SIM-15m.csv"; } > "$WORK/odd/ZERO-SIM-15m.csv"
says "a zero byte in candles" 65 'ZERO-SIM-15m.csv.*line 41: a zero byte' \
    "$gw" backtest --data "$WORK/odd"
{ head -n 40 "$WORK/all.csv"; printf '\0'; tail -n +41 "$WORK/all.csv"; } \
    > "$WORK/zero.csv"
says "a zero byte in lives" 65 'zero.csv.*line 41: a zero byte' "$gw" backtest \
    --merge "$WORK/zero.csv"
head -n 40 "$WORK/all.csv" > "$WORK/cut.csv"
says "lives cut off" 65 'cut.csv.*cut off' "$gw" backtest --merge \
    "$WORK/cut.csv"

# --- Grids that somebody ran -------------------------------------------------
# grid NAME SYMBOL START [MORE]: a file of one.
grid() {
    cat > "$WORK/$1.yaml" <<YAML
id: $1
symbol: $2
market: spot
side: long
lower: 30000
upper: 90000
levels: 20
capital: 1000
spacing: geometric
${4:-}
history:
  - {at: "$3", event: created}
${3:+  - {at: "$3", event: ${5:-started}\}}
YAML
}
grid lived MADE-1 2026-02-20T00:00:00Z
grid beyond MADE-1 2036-02-20T00:00:00Z
grid never MADE-1 2026-02-20T00:00:00Z "" paused
grid own MADE-1 2026-02-20T00:00:00Z 'overrides: {exit.l_haz.enter: 0.6}'
grid bare MADE-1 2026-02-20T00:00:00Z
sed -i '/^capital/d' "$WORK/bare.yaml"
"$gw" backtest -q --data "$made" --symbols MADE1 --lives "$WORK/given.csv" \
    --evaluations "$WORK/given.yaml" --grids "$WORK/lived.yaml" > /dev/null
is "one grid, its four operators" sh -c \
    '[ "$(grep -c ^MADE1- "$1")" -eq 4 ]' sh "$WORK/given.csv"
is "and every verdict of ten days" sh -c \
    '[ "$(grep -c ^evaluation: "$1")" -eq 960 ]' sh "$WORK/given.yaml"
for event in stopped exited paused; do
    sed "s,^id: .*,id: $event," "$WORK/lived.yaml" > "$WORK/$event.yaml"
    echo "  - {at: \"2026-02-20T01:00:00Z\", event: $event}" \
        >> "$WORK/$event.yaml"
    "$gw" backtest -q --data "$made" --symbols MADE1 \
        --lives "$WORK/$event.csv" --grids "$WORK/$event.yaml" > /dev/null
    is "what its owner did after the start changes nothing: $event" \
        cmp "$WORK/given.csv" "$WORK/$event.csv"
done
says "a grid that was never started" 65 'never.yaml.*never started' "$gw" \
    backtest --data "$made" --grids "$WORK/never.yaml"
says "a grid with rules of its own" 65 'own.yaml.*overrides' "$gw" backtest \
    --data "$made" --grids "$WORK/own.yaml"
says "a grid without capital" 65 'bare.yaml.*capital' "$gw" backtest \
    --data "$made" --grids "$WORK/bare.yaml"
says "a grid beyond the candles" 73 "grid 'beyond': no file of MADE-1" "$gw" \
    backtest --data "$made" --symbols MADE1 --grids "$WORK/lived.yaml" \
    "$WORK/beyond.yaml"
mkdir "$WORK/homes"
cp "$made/MADE1-SIM-15m.csv" "$WORK/homes"
cp "$made/MADE1-SIM-15m.csv" "$WORK/homes/MADE1-OTHER-15m.csv"
says "a grid of two files" 65 "grid 'lived': both 'MADE1-OTHER.*MADE1-SIM" "$gw" \
    backtest --data "$WORK/homes" --grids "$WORK/lived.yaml" \
    "$WORK/beyond.yaml"
is "one of them can be chosen" "$gw" backtest --data "$WORK/homes" \
    --symbols MADE1-SIM-15m --grids "$WORK/lived.yaml"
sed 's/^id: .*/id: twin/; s/^levels: .*/levels: 30/' "$WORK/lived.yaml" \
    > "$WORK/twin.yaml"
says "two grids that no table tells apart" 65 "grid 'twin' has.*grid 'lived'" \
    "$gw" backtest --data "$made" --grids "$WORK/lived.yaml" "$WORK/twin.yaml"
sed 's/^id: .*/id: half/; s/^lower: .*/lower: 15000/
    s/^upper: .*/upper: 45000/' "$WORK/lived.yaml" > "$WORK/half.yaml"
says "nor two of one half-width" 65 "two grids of 'MADE1-SIM-15m' that.*alike" \
    "$gw" backtest --data "$made" --grids "$WORK/lived.yaml" "$WORK/half.yaml"
ends "grids and lives" 64 "$gw" backtest --merge --grids "$WORK/all.csv"

# --- Recorded candles --------------------------------------------------------
real=$CANDLES/BTCUSDT-KUCOIN-15m.csv.zst
if [ -r "$real" ]; then
    zstd -dcq "$real" > "$WORK/real.csv"
    backtest --data "$CANDLES" --symbols BTCUSDT --half-width 4 --stop-atr 1 \
        --json --lives "$WORK/real_lives.csv" > "$WORK/real.json"
    is "recorded candles: each life is what they make of it" \
        tests/e2e/backtest_numbers.py "$WORK/real.csv" \
        "$WORK/real_lives.csv" --every 41
else
    echo "SKIPPED $NAME: no recorded candles in $CANDLES; GRIDWATCH_DATA" \
        "names their directory"
    SKIPPED=1
fi

end_checks
