#!/bin/sh
# The service over recorded candles, with the values of tests/golden: every
# slot of window A judged, then all slots once more without any effect.
# Window B, three times as long, runs with LONG=1.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=demo_real

DATA=${GRIDWATCH_DATA:-../shared/data}/BTCUSDT-KUCOIN-15m.csv.zst
if [ ! -r "$DATA" ]; then
    echo "skipped $NAME: no '$DATA'; GRIDWATCH_DATA names its directory"
    tests/tally.sh add "$BUILD/tally/$NAME" 0 0 1
    exit 0
fi
. tests/e2e/judge_lib.sh

# window NAME FROM TO GRID
window() {
    WORK=$BUILD/e2e/$NAME-$1
    mkdir -p "$WORK"
    if ! DATA=$DATA FROM=$2 TO=$3 GRID=$4 EXPECT_GOLDENS=$1 SECOND_PASS=1 \
        WORK=$WORK BUILD=$BUILD scripts/demo-real.sh > "$WORK.log" 2>&1; then
        FAILED=$((FAILED + 1))
        echo "FAILED $NAME: window $1 ended badly; its last words:"
        tail -n 15 "$WORK.log" | sed 's/^/    /'
    fi
    count_judge "$WORK.log"
    is "window $1 had a second pass without effect" \
        grep -q '^second pass: no commit, no message$' "$WORK.log"
    is "window $1 is valid" build_validates
}

build_validates() {
    "$BUILD/gridwatch" validate "$WORK/data.git"
}

window A 2021-05-16 2021-05-20 39913:53638:38476
if [ -n "${LONG:-}" ]; then
    window B 2021-06-27 2021-07-09 27053:37514:25979
fi
