#!/bin/sh
# The backtest is the job: what runs recorded against a simulated exchange, what
# `gridwatch replay` makes of the record, and what the backtest's own pass makes
# of the same candles are the same bytes, slot by slot, from NORMAL to
# MANDATORY, positions by the model included.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=identity
. tests/e2e/judge_lib.sh
. tests/e2e/identity_lib.sh

# Seed 7 is LATEST at 12:15, goes back, and MANDATORY from 17:00 on.
START=2026-02-10T09:00:00Z
END=2026-02-10T18:00:00Z
"$BUILD/gridwatch-sim" bars --walk 7 > "$OUT/$NAME.csv"
TICK=0.1 STEP=0.00000001
identity BTC-USDT "$OUT/$NAME.csv" 56400:63600:55554 "$START" "$END" \
    --walk BTC-USDT=7
is "money is in them: a loss from the peak in most slots" sh -c \
    '[ "$(grep -c "id: M_EQUITY, answer: .no., value: 0\.0[1-9]" "$1")" -gt 20 ]' \
    sh "$WORK/backtested.yaml"

# --- Red on purpose ----------------------------------------------------------
sed 's/^  pi: {value: 0\.\(..\)/  pi: {value: 0.\11/' "$WORK/replayed.yaml" \
    > "$WORK/false.yaml"
is "another digit is seen" sh -c '! "$@"' sh tests/e2e/identity.py \
    "$WORK/data.git" same "$FIRST" "$END" "$WORK/false.yaml"
sed '/LATEST_ACCEPTABLE_EXIT/s//WARNING/' "$WORK/backtested.yaml" \
    > "$WORK/false.yaml"
is "another state is seen" sh -c '! "$@"' sh tests/e2e/identity.py \
    "$WORK/data.git" same "$FIRST" "$END" "$WORK/false.yaml"
