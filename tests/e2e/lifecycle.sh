#!/bin/sh
# `gridwatch backtest --design lifecycle`: one grid after the other, as the
# gates let them begin; and options that a source of lives does not read.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=lifecycle
. tests/e2e/checks.sh
SHOW='head -n 20'
WORK=$OUT/$NAME
rm -rf "$WORK"
mkdir -p "$WORK/candles"
gw=$BUILD/gridwatch

# says WHAT CODE WORDS COMMAND...: it must end so and say that.
says() {
    what=$1 code=$2 words=$3
    shift 3
    is "$what" sh -c 'code=$1 words=$2 err=$3; shift 3
        "$@" 2> "$err"; code_is=$?; cat "$err"
        [ "$code_is" -eq "$code" ] && grep -qe "$words" "$err"' sh \
        "$code" "$words" "$WORK/says.err" "$@"
}

for seed in 1 2; do
    "$BUILD/gridwatch-sim" bars --regimes $seed:2600 \
        > "$WORK/candles/MADE$seed-SIM-15m.csv"
done
lifecycle() {
    "$gw" backtest -q --data "$WORK/candles" --design lifecycle "$@"
}
lifecycle --walk 90 --json --lives "$WORK/all.csv" > "$WORK/all.json"
"$gw" backtest -q --data "$WORK/candles" --walk 0 --json \
    --lives "$WORK/cohort.csv" > "$WORK/cohort.json"

# --- One after the other ------------------------------------------------------
is "no grid before the last one is over, and its wait" python3 - "$WORK" \
    <<'PYTHON'
import csv
import json
import sys
QUARTER, HOUR = 900_000, 3_600_000
lives = list(csv.DictReader(open(sys.argv[1] + '/all.csv')))
assert lives.pop()['symbol'] == f'# {len(lives)} lives'
said = json.load(open(sys.argv[1] + '/all.json'))
assert said['design'] == 'lifecycle' and \
    json.load(open(sys.argv[1] + '/cohort.json'))['design'] == 'cohort'
assert {r['design'] for r in lives} == {'lifecycle'}
lines, hard, walked = {}, 0, 0
for r in lives:
    key = r['symbol'], r['half_width_atr'], r['delay_ms']
    lines.setdefault(key, []).append(r)
    walked += r['symbol'] == 'RANDOM-WALK'
assert len([k for k in lines if k[0] != 'RANDOM-WALK']) == 16, lines.keys()
assert walked > 20, walked

def at(row, key):
    return int(row[key]) if row[key] else None

for key, line in lines.items():
    line.sort(key=lambda r: int(r['start_ms']))
    for r, after in zip(line, line[1:]):
        leave, stop = at(r, 'exit_ms'), at(r, 's_ms')
        stopped = leave is None and stop is not None and \
            stop <= at(r, 'window_end_ms')
        end = stop if stopped else leave or at(r, 'window_end_ms')
        wait = 24 if stopped else 4
        hard += stopped
        gap = at(after, 'start_ms') - end
        assert gap >= wait * HOUR, (key, r['start_ms'], gap / HOUR)
    starts = [int(r['start_ms']) for r in line]
    assert all(ms % QUARTER == 0 for ms in starts)
grids = [r for r in lives if r['symbol'] != 'RANDOM-WALK' and
         r['delay_ms'] == '3600000']
assert said['pooled']['grids'] == len(grids) > 25, (said['pooled'], len(grids))
print(hard, 'stops;', len(grids), 'grids of the operator who takes an hour')
PYTHON
is "some begin at other times of the day than midnight" sh -c \
    'cut -d , -f 8 "$1" | tail -n +2 | awk "\$1 % 86400000 { n++ }
     END { exit !(n > 40) }"' sh "$WORK/all.csv"
for seed in 1 2; do
    for delay in 0 3600000; do
        awk -F , -v d=$delay -v s="MADE$seed" 'NR == 1 {
            for (i = 1; i <= NF; i++) if ($i == "delay_ms") col = i; print }
            index($1, s) == 1 && $col == d' "$WORK/all.csv" \
            > "$WORK/some.csv"
        cat "$WORK/some.csv" >> "$WORK/every$seed.csv"
    done
    is "each life of market $seed is what its candles make of it" \
        sh -c 'awk "NR == 1 || !/^symbol/" "$1" > "$2" &&
            tests/e2e/backtest_numbers.py "$3" "$2"' sh \
        "$WORK/every$seed.csv" "$WORK/some.csv" \
        "$WORK/candles/MADE$seed-SIM-15m.csv"
done

# --- By other ways ------------------------------------------------------------
lifecycle --walk 90 --threads 2 --lives "$WORK/threads.csv" > /dev/null
is "two threads say the same" cmp "$WORK/all.csv" "$WORK/threads.csv"
for i in 1 2; do
    lifecycle --walk 90 --shard $i/2 --lives "$WORK/shard$i.csv" > /dev/null
done
"$gw" backtest -q --json --merge "$WORK/shard2.csv" "$WORK/shard1.csv" \
    > "$WORK/merged.json"
is "the shards come to the same figures" cmp "$WORK/all.json" \
    "$WORK/merged.json"
says "not with those of the cohort" 65 'life of design cohort, those before' \
    "$gw" backtest -q --merge "$WORK/all.csv" "$WORK/cohort.csv"
printf 'gate:\n  pi_24: 0.001\n' > "$WORK/shut.yaml"
says "gates that nothing passes" 65 'the gates let no grid begin in' \
    "$gw" backtest -q --data "$WORK/candles" --walk 0 --design lifecycle \
    --exit-config "$WORK/shut.yaml"
printf 'gate:\n  wait: 72h\n  wait_hard: 120h\n' > "$WORK/slow.yaml"
lifecycle --walk 0 --exit-config "$WORK/slow.yaml" --lives "$WORK/slow.csv" \
    > /dev/null
is "who waits longer has fewer grids" sh -c \
    '[ "$(grep -c "^MADE" "$1")" -lt "$(grep -c "^MADE" "$2")" ]' sh \
    "$WORK/slow.csv" "$WORK/all.csv"
is "the screen names the design" sh -c \
    '"$1" backtest -q --merge "$2" | head -n 1 | grep -q "^lifecycle, "' sh \
    "$gw" "$WORK/all.csv"
is "and how much of the time there was a grid" sh -c \
    '"$1" backtest --data "$2" --walk 0 --design lifecycle 2>&1 > /dev/null |
     grep -Eq "one ran [0-9.]+ % of the time"' sh "$gw" "$WORK/candles"

# --- What is not read is refused -----------------------------------------------
refused() { # OPTION VALUE SOURCE ARGUMENT...
    option=$1 value=$2 source=$3
    shift 3
    says "$source and --$option" 64 "$source does not read --$option:" \
        "$gw" backtest "--$option=$value" "$@"
}
for row in symbols=MADE1 profile=seed half-width=4 stop-atr=1 side=neutral \
    from=2026-01-01 until=2027-01-01 threads=2 shard=1/2 walk=9 tick=.1 \
    step=.1 design=cohort evaluations=x; do
    refused "${row%%=*}" "${row#*=}" --merge --merge "$WORK/all.csv"
done
for row in half-width=4 stop-atr=1 side=neutral from=2026-01-01 \
    until=2027-01-01 shard=1/2 walk=9 design=cohort; do
    refused "${row%%=*}" "${row#*=}" --grids --data "$WORK/candles" \
        --grids x.yaml
done
refused evaluations x '--design lifecycle' --data "$WORK/candles" \
    --design=lifecycle
says "no such design" 64 "design is 'both'" "$gw" backtest --data x \
    --design both
says "a stop too far" 64 "above 0, at most 100" "$gw" backtest --data x \
    --stop-atr 101
says "lots that the capital cannot buy" 65 'as --tick and --step have it' \
    "$gw" backtest -q --data "$WORK/candles" --walk 0 --step 1e9
is "a shard without files is an empty table, not nothing" sh -c \
    '"$1" backtest -q --data "$2" --shard 9/9 --json |
     jq -e ".pooled.grids == 0 and .pooled.eaw.value == null"' sh "$gw" \
    "$WORK/candles"

end_checks
