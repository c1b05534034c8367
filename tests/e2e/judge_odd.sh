#!/bin/sh
# What the demos never show, each judged: a history that has only just begun,
# holes that make the volatility unavailable when the canonical window moves
# on, a stop of trading in the middle of a break, a ticker below the stop before
# any bar, a break upwards, which puts a long grid at no risk, with the way back
# to NORMAL, an operator who takes four hours, and runs that were missed and
# filled in.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=judge_odd
. tests/e2e/judge_lib.sh

SEED=7
"$BUILD/gridwatch-sim" bars --walk "$SEED" > "$OUT/$NAME.csv"

at() {
    date -u -d "$1" +%s
}

# hole FROM BARS...: the candles with the volume of these bars taken away.
hole() {
    awk -F , -v OFS=, -v holes="$*" '
        BEGIN { n = split(holes, h, " ") }
        { for (i = 1; i < n; i += 2)
              if ($1 >= h[i] && $1 < h[i] + 900 * h[i + 1]) $6 = 0 }
        1' "$OUT/$NAME.csv"
}

# What went down goes up.
mirrored() {
    awk -F , -v OFS=, 'NR > 1 { low = 120000 - $3; $2 = 120000 - $2
        $3 = 120000 - $4; $4 = low; $5 = 120000 - $5 } 1' "$OUT/$NAME.csv"
}

# One bar opens, and trades, as low as that.
gap() {
    awk -F , -v OFS=, -v time="$1" -v price="$2" '
        $1 == time { $2 = $4 = price } 1' "$OUT/$NAME.csv"
}

# market WHAT FROM TO PATTERN [MISSED_FROM MISSED_TO]: runs and judges
# $OUT/NAME-WHAT.csv, but for the slots that are missed. The pattern must stand
# among the changes of state, or the case shows something else.
market() {
    scenario_end
    candles=$OUT/$NAME-$1.csv
    scenario_begin "$OUT/$NAME-$1" BTC-USDT --data "BTC-USDT=$candles" \
        --now "$2"
    [ -z "${STRATEGY:-}" ] || printf "exit:\n  $STRATEGY\n" \
        > "$WORK/exit_strategy_config.yaml"
    scenario_grid odd 56400:63600:55554 "$2"
    is "$1: all runs end well" runs "$2" "${5:-$3}"
    [ $# -lt 6 ] || is "$1: the later ones, too" runs "$6" "$3"
    scenario_judge "$candles" "$2" "$3" > "$WORK/judge.log" || true
    count_judge "$WORK/judge.log"
    is "$1: '$4' happens" grep -E "$4" "$WORK/judge.log"
}

# A day old, pi begins to be known, and the regime is not yet; after 23 days,
# when the hours of the week can be told apart, it is, and with it the state.
hole > "$OUT/$NAME-newborn.csv"
market newborn 2026-01-01T20:00:00Z 2026-01-02T03:00:00Z '^ok pi 28 slots'
hole > "$OUT/$NAME-young.csv"
market young 2026-01-23T15:00:00Z 2026-01-23T22:00:00Z 'UNKNOWN -> NORMAL'

# The window begins anew with the bar of 2026-02-06T15:45Z; from there on the
# 60 absent bars are more than 5 % of it.
hole "$(at 2026-01-30T03:00Z)" 60 > "$OUT/$NAME-holes.csv"
market holes 2026-02-06T12:00:00Z 2026-02-06T20:00:00Z 'NORMAL -> UNKNOWN'

# Also where the window begins, over a 1h close, and during the break itself.
hole "$(at 2026-01-27T00:00Z)" 2 "$(at 2026-02-08T07:30Z)" 2 \
    "$(at 2026-02-09T11:15Z)" 5 "$(at 2026-02-10T09:30Z)" 1 \
    "$(at 2026-02-10T11:45Z)" 7 "$(at 2026-02-10T16:15Z)" 5 \
    > "$OUT/$NAME-stopped.csv"
market stopped 2026-02-10T06:00:00Z 2026-02-10T20:00:00Z 'WARNING -> UNKNOWN'

# The price is unknown from 13:45 on, when a break was likely.
hole "$(at 2026-02-10T13:00Z)" 12 > "$OUT/$NAME-blind.csv"
market blind 2026-02-10T12:00:00Z 2026-02-10T18:00:00Z \
    'UNKNOWN -> MANDATORY_EXIT .* M_BLIND'

mirrored > "$OUT/$NAME-upwards.csv"
market upwards 2026-02-10T06:00:00Z 2026-02-11T18:00:00Z \
    'LATEST_ACCEPTABLE_EXIT -> MANDATORY_EXIT'
is "upwards: nothing at risk, so no siren" test "$(jq -r .fields.priority \
    "$RECEIVED" | sort -n | tail -n 1)" -eq 0

gap "$(at 2026-02-10T16:15Z)" 55500 > "$OUT/$NAME-gap.csv"
market gap 2026-02-10T14:00:00Z 2026-02-10T18:30:00Z \
    'T16:15:00Z .* MANDATORY_EXIT .* M_STOP'
is "gap: the ticker was first" grep -q "^2026-02-10T16:15:00Z " <<TICKER
$(scenario_ticker_stops)
TICKER

# A wide grid: pi .30 is enough for who takes four hours, and that is said.
hole > "$OUT/$NAME-slow.csv"
STRATEGY='operator_delay: 4h'
market slow 2026-02-10T08:00:00Z 2026-02-10T14:00:00Z \
    'WARNING -> LATEST_ACCEPTABLE_EXIT'
STRATEGY=
is "slow: all verdicts name row and delay" test "$(git --git-dir \
    "$WORK/data.git" grep -lE '^  theta: .enter: 0.35,.*delay: 240' HEAD -- \
    exits | wc -l)" -eq 24

hole > "$OUT/$NAME-missed.csv"
market missed 2026-02-10T10:00:00Z 2026-02-10T18:00:00Z \
    'WARNING -> LATEST_ACCEPTABLE_EXIT' \
    2026-02-10T12:00:00Z 2026-02-10T14:00:00Z
is "missed: the eight slots are filled in" test "$(git --git-dir \
    "$WORK/data.git" grep -l '^backfilled: true' HEAD -- exits | wc -l)" -eq 8
