#!/bin/sh
# `grid propose` against the simulated exchange: its numbers are those of an
# independent computation, its command does what it says, it writes nothing,
# and what cannot be proposed ends with the exit code that says why.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=propose
. tests/e2e/judge_lib.sh

command -v python3 > /dev/null || skip_all "python3 is not installed"

SLOT=2026-02-10T10:00:00Z

# numbers SLOT KAPPA SIDE: what is proposed there, against the candles.
numbers() {
    gridwatch grid propose BTC-USDT --at "$1" --kappa "$2" --side "$3" --json \
        > "$WORK/proposal.json" &&
        tests/e2e/propose_numbers.py "$WORK/candles.csv" \
            "$WORK/proposal.json" --kappa "$2" --side "$3"
}

# fails CODE WORDS ARGUMENT...: says so, and nothing on standard output.
fails() {
    code=0
    want=$1
    words=$2
    shift 2
    gridwatch grid propose "$@" > "$WORK/out" 2> "$WORK/err" || code=$?
    cat "$WORK/out" "$WORK/err"
    [ "$code" -eq "$want" ] && [ ! -s "$WORK/out" ] &&
        grep -q "$words" "$WORK/err"
}

proposes() {
    gridwatch grid propose BTC-USDT "$@" > "$WORK/screen"
}

field() {
    jq -r "$1" "$WORK/proposal.json"
}

says() {
    [ "$(field "$1")" = "$2" ] || { echo "$1 is $(field "$1")"; false; }
}

# --- a market that slides ----------------------------------------------------

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$SLOT"
"$BUILD/gridwatch-sim" bars --walk 7 > "$WORK/candles.csv"
is "the numbers before the drama" numbers 2026-02-08T08:00:00Z 4 long
is "the numbers between two hours" numbers 2026-02-09T13:45:00Z 4.5 neutral
is "the numbers of the slide" numbers "$SLOT" 6 short
is "the gates are shut" says .open false
is "volatility is the reason" says .gates.G3 no
scenario_clock 2026-02-10T20:00:10Z
is "the numbers after the break" numbers 2026-02-10T17:30:00Z 4 long

# --- nothing is written, the command works -----------------------------------

scenario_clock "$SLOT" 10
gridwatch init >> "$WORK/log" 2>&1
rm -f "$WORK/data.git.lock"
tip=$(scenario_tip)
is "a proposal for people" proposes --at "$SLOT"
is "fits a screen" test "$(wc -l < "$WORK/screen")" -le 60
is "says what to do" grep -q '^gates: 3 of 6 pass; shut: G2, G3, G6. Not now' \
    "$WORK/screen"
is "the same to the byte for programs" numbers "$SLOT" 4 long
cp "$WORK/proposal.json" "$WORK/first.json"
is "twice" numbers "$SLOT" 4 long
is "it is" cmp "$WORK/first.json" "$WORK/proposal.json"
is "nothing was committed" test "$(scenario_tip)" = "$tip"
is "no lock was left" test ! -e "$WORK/data.git.lock"

command=$(field .command)
is "the command is that of the screen" grep -qF "  $command" "$WORK/screen"
PATH=$(cd "$BUILD" && pwd):$PATH
# pastes: what the screen ends with, to the byte and with nothing behind it.
pastes() {
    sed -n '$s/^  //p' "$WORK/screen" > "$WORK/pasted"
    cat "$WORK/pasted"
    [ -s "$WORK/pasted" ] && sh "$WORK/pasted"
}
is "the command runs as it is printed" pastes
gridwatch grid show "$(field .id)" --json > "$WORK/grid.json"
is "its grid has this range" test \
    "$(jq -c '[.lower, .upper, .stop.below]' "$WORK/grid.json")" = \
    "$(field '[.range.lower, .range.upper, .stop.below] | tojson')"
is "and is valid" gridwatch validate "$WORK/data.git"
is "a proposal with a capital" proposes --at 2026-02-09T13:45:00Z --capital 5000 \
    --side short
is "has a command that runs, too" pastes
gridwatch grid show btc-usdt-0209 --json > "$WORK/grid.json"
is "its grid has the capital" jq -e '.capital == 5000 and .stop.above > .upper' \
    "$WORK/grid.json"

# --- what cannot be proposed -------------------------------------------------

is "no symbol" fails 64 "needs a symbol"
is "no kappa" fails 64 "is not a number from 1 to 20" BTC-USDT --kappa wide
is "an option of other words" fails 64 "takes no --lower" BTC-USDT --lower 1
is "a symbol that nobody trades" fails 65 "'ETH-USDT'" ETH-USDT --at "$SLOT"
is "too little history" fails 65 "mean of 50 bars: warmup" BTC-USDT \
    --at 2026-01-09T00:00:00Z
is "a slot to come" fails 65 "the price is not known: no_trades" BTC-USDT \
    --at 2026-02-10T16:00:00Z
is "two clocks that differ" fails 65 "own clock" BTC-USDT
curl -sS --fail --max-time 10 -o /dev/null -X PUT \
    --data '{"path":"/api/v1/market/candles","status":400,"body":"{\"code\":\"411100\",\"msg\":\"frozen\"}"}' \
    "$WORLD/sim/fault"
is "candles that are refused" fails 65 "frozen" BTC-USDT --at "$SLOT"
scenario_end
sed -i 's/^exchange:/exchange:\n  request_timeout: 1s/' "$WORK/gridwatch.yaml"
is "nobody at home" fails 69 "connect" BTC-USDT --at "$SLOT"

# --- a market in which nothing happens ---------------------------------------

scenario_begin "$OUT/$NAME-quiet" BTC-USDT --walk BTC-USDT=7:quiet \
    --now "$SLOT"
"$BUILD/gridwatch-sim" bars --walk 7:quiet > "$WORK/candles.csv"
is "the numbers of the quiet market" numbers "$SLOT" 5 long
is "all gates are open" says .open true
is "in all groups" says '[.themes[].pass] | unique | tojson' '["na","yes"]'
