#!/bin/sh
# The service over recorded candles: every slot of a window judged, the record
# computed anew, then all slots once more without any effect. A and B have the
# values of tests/golden besides; C is another market, on which a crash between
# two closes made the grid's stop the first bound to break.
# WINDOWS="A B C" runs all; A, the shortest, is the default.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
WINDOWS=${WINDOWS:-A}
NAME=demo_real$(echo "-$WINDOWS" | tr -d ' ' | sed 's/^-A$//')
. tests/e2e/judge_lib.sh

CANDLES=${GRIDWATCH_DATA:-../shared/data}
for symbol in BTCUSDT ALGOUSDT; do
    if [ ! -r "$CANDLES/$symbol-KUCOIN-15m.csv.zst" ]; then
        echo "skipped $NAME: no '$CANDLES/$symbol-KUCOIN-15m.csv.zst';" \
            "GRIDWATCH_DATA names its directory"
        end_skipped
    fi
done

# window NAME SYMBOL FROM TO GRID [GOLDENS]
window() {
    WORK=$OUT/demo_real-$1
    if ! DATA=$CANDLES/$2-KUCOIN-15m.csv.zst FROM=$3 TO=$4 GRID=$5 \
        EXPECT_GOLDENS=${6:-} SECOND_PASS=1 WORK=$WORK BUILD=$BUILD scripts/demo-real.sh > "$WORK.log" 2>&1; then
        fail "window $1 ended badly; its last words:"
        tail -n 15 "$WORK.log" | sed 's/^/    /'
    fi
    count_judge "$WORK.log"
    is "window $1 had a second pass without effect" \
        grep -q '^second pass: no commit, no message$' "$WORK.log"
    is "window $1 is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
    is "window $1 follows from its record" grep -q \
        '^everything follows from the record$' "$WORK.log"
}

for letter in $WINDOWS; do
    case "$letter" in
    A) window A BTCUSDT 2021-05-16 2021-05-20 39913:53638:38476 A ;;
    B) window B BTCUSDT 2021-06-27 2021-07-09 27053:37514:25979 B ;;
    C) window C ALGOUSDT 2021-11-14 2021-11-21 1.7343:2.4815:1.5857 ;;
    *) is "'$letter' is a window" false ;;
    esac
done
