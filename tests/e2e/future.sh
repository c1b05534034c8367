#!/bin/sh
# A slot that has not been yet cannot be named: the exchange's clock says so,
# with a minute's grace, and nothing of it is recorded or told.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=future
. tests/e2e/judge_lib.sh

FROM=2026-02-08T12:00:00Z

# at CLOCK CODE SLOT: the run of the slot when the exchange's clock says CLOCK.
at() {
    scenario_clock "$1"
    code=0
    gridwatch run --at "$3" --json > "$WORK/run.json" 2> "$WORK/said" || code=$?
    cat "$WORK/said" >> "$WORK/log"
    [ "$code" -eq "$2" ] || { echo "ended with $code"; cat "$WORK/said"; return 1; }
}

unchanged() {
    [ "$(scenario_tip)" = "$TIP" ] && [ "$(heard)" -eq 0 ]
}

recorded() {
    git --git-dir "$WORK/data.git" cat-file -e "HEAD:exits/future/2026/02/08/$1.yaml"
}

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
scenario_grid future 56400:63600:55554 "$FROM"
TIP=$(scenario_tip)

is "a quarter of an hour too early ends with 64" at 2026-02-08T12:00:00Z 64 \
    2026-02-08T12:15:00Z
is "the words name the slot and the clock" grep -q -e \
    "--at 2026-02-08T12:15:00Z has not been yet: the exchange's clock says 2026-02-08T12:00:0" \
    "$WORK/said"
is "so does a year" at 2026-02-08T12:00:00Z 64 2027-02-08T12:00:00Z
is "and 65 seconds" at 2026-02-08T12:13:55Z 64 2026-02-08T12:15:00Z
is "nothing is recorded and nobody is told" unchanged
is "a minute is nothing" at 2026-02-08T12:14:00Z 0 2026-02-08T12:15:00Z
is "and is recorded" recorded 1215
is "a slot that has been is run" at 2026-02-08T12:50:00Z 0 2026-02-08T12:30:00Z
is "as named" recorded 1230
