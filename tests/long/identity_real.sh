#!/bin/sh
# The same three ways over recorded candles: the crash of 2021-05-19.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=identity_real
. tests/e2e/judge_lib.sh
. tests/e2e/identity_lib.sh
CANDLES=${GRIDWATCH_DATA:-../shared/data}
file=$CANDLES/BTCUSDT-KUCOIN-15m.csv.zst
if [ ! -r "$file" ]; then
    echo "skipped $NAME: no '$file'; GRIDWATCH_DATA names its directory"
    end_skipped
fi

TICK=0.1 STEP=0.00000001
zstd -dcq "$file" > "$OUT/$NAME.csv"
identity BTC-USDT "$OUT/$NAME.csv" 39913:53638:38476 2021-05-17T12:00:00Z \
    2021-05-20T00:00:00Z --data "BTC-USDT=$file"
cat "$WORK/identity.log"
