#!/bin/sh
# demo-real.sh - gridwatch over recorded candles, held to a second opinion.
#
# Environment: DATA candles (CSV or .zst) with a name like
# BTCUSDT-KUCOIN-15m.csv.zst, FROM and TO (not included), GRID as
# lower:upper:stop. Optional: WORK directory, SECOND_PASS=1 to run every slot
# again (nothing may happen), EXPECT_GOLDENS=A|B to hold the second opinion to
# known values, which are of the first model of pi.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
. scripts/scenario.sh

for name in DATA FROM TO GRID; do
    eval "value=\${$name:-}"
    if [ -z "$value" ]; then
        echo "$name is not set; for example: make demo-real" \
            "DATA=.../BTCUSDT-KUCOIN-15m.csv.zst FROM=2021-05-16" \
            "TO=2021-05-20 GRID=39913:53638:38476" >&2
        exit 64
    fi
done
if [ ! -r "$DATA" ]; then
    echo "cannot read '$DATA'" >&2
    exit 66
fi

# BTCUSDT-KUCOIN-15m.csv.zst -> BTC-USDT
symbol=$(basename "$DATA" |
    sed -n 's/^\([A-Z0-9]*\)\(USDT\|USD\)-.*/\1-\2/p')
if [ -z "$symbol" ]; then
    echo "no symbol in the name '$DATA'; it should begin like BTCUSDT-" >&2
    exit 64
fi

begin=$(date -u -d "$FROM" +%Y-%m-%dT%H:%M:%SZ)
trap scenario_end EXIT
trap 'exit 130' INT TERM
WORK=${WORK:-build/demo-real/$symbol-$(echo "$begin" | cut -c 1-10)}
scenario_begin "$WORK" "$symbol" --data "$symbol=$DATA" --now "$begin"
[ -z "${EXPECT_GOLDENS:-}" ] || scenario_first_model
scenario_grid demo "$GRID" "$begin"

echo "$symbol, grid $GRID, $FROM to $TO: changes of state"
started=$(date +%s)
scenario_runs "$FROM" "$TO" | scenario_changes
[ ! -e "$WORK/failed" ] || exit 1
echo "$(scenario_slots "$FROM" "$TO" | wc -l) slots in" \
    "$(($(date +%s) - started)) s, $(scenario_heard) messages"
by_ticker=$(scenario_ticker_stops)
echo "M_STOP by the ticker alone: ${by_ticker:-none}"

if [ -n "${SECOND_PASS:-}" ]; then
    scenario_again "$FROM" "$TO"
    echo "second pass: no commit, no message"
fi

echo
echo "both profiles over the same slots, from the record:"
for profile in calibrated seed; do
    gridwatch replay demo --profile "$profile"
done

status=0
echo
gridwatch verify || status=1
scenario_judge "$DATA" "$FROM" "$TO" \
    ${EXPECT_GOLDENS:+--expect-goldens "$EXPECT_GOLDENS"} || status=1
gridwatch validate "$WORK/data.git" || status=1
echo "everything is in $WORK"
exit "$status"
