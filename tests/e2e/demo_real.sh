#!/bin/sh
# The service over recorded candles, with the values of tests/golden: every
# slot of a window judged, then all slots once more without any effect.
# WINDOWS="A B" runs both; B is three times as long as A, which is the default.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
WINDOWS=${WINDOWS:-A}
NAME=demo_real$(echo "-$WINDOWS" | tr -d ' ' | sed 's/^-A$//')

DATA=${GRIDWATCH_DATA:-../shared/data}/BTCUSDT-KUCOIN-15m.csv.zst
if [ ! -r "$DATA" ]; then
    echo "skipped $NAME: no '$DATA'; GRIDWATCH_DATA names its directory"
    tests/tally.sh add "$BUILD/tally/$NAME" 0 0 1
    exit 0
fi
. tests/e2e/judge_lib.sh

# window NAME FROM TO GRID
window() {
    WORK=$OUT/demo_real-$1
    if ! DATA=$DATA FROM=$2 TO=$3 GRID=$4 EXPECT_GOLDENS=$1 SECOND_PASS=1 \
        WORK=$WORK BUILD=$BUILD scripts/demo-real.sh > "$WORK.log" 2>&1; then
        FAILED=$((FAILED + 1))
        echo "FAILED $NAME: window $1 ended badly; its last words:"
        tail -n 15 "$WORK.log" | sed 's/^/    /'
    fi
    count_judge "$WORK.log"
    is "window $1 had a second pass without effect" \
        grep -q '^second pass: no commit, no message$' "$WORK.log"
    is "window $1 is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
}

for letter in $WINDOWS; do
    case "$letter" in
    A) window A 2021-05-16 2021-05-20 39913:53638:38476 ;;
    B) window B 2021-06-27 2021-07-09 27053:37514:25979 ;;
    *) is "'$letter' is a window" false ;;
    esac
done
