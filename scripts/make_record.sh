#!/bin/sh
# make_record.sh WORK DAYS - a data repository as the job would have left it
# after so many days of 15-minute slots: three grids on two symbols, on made-up
# candles (the regimes of gridwatch-sim), with somebody who stops grids and
# starts them again. From 2025-01-01 on; the candles begin 342 days earlier.
#
# Leaves WORK/data.git, WORK/gridwatch.yaml, WORK/BASE-QUOTE.csv, and the words
# of tools/make_record.c on standard output. BUILD is where the programs are;
# OPERATOR= (empty) leaves the grids alone. WORK is emptied.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
WORK=$1
DAYS=$2
HISTORY=342
FROM=2025-01-01T00:00:00Z
TO=$(date -u -d "$FROM + $DAYS days" +%Y-%m-%dT%H:%M:%SZ)

rm -rf "$WORK"
mkdir -p "$WORK"
WORK=$(cd "$WORK" && pwd)

# candles SYMBOL SEED FACTOR: the regimes of a seed, moved to before FROM, at
# another price.
candles() {
    "$BUILD/gridwatch-sim" bars --regimes "$2:$(((DAYS + HISTORY) * 24))" |
        awk -F , -v OFS=, -v by="$3" -v history="$HISTORY" \
            -v from="$(date -u -d "$FROM" +%s)" '
            NR == 1 { print; next }
            NR == 2 { shift = from - history * 86400 - $1 }
            { print $1 + shift, $2 * by, $3 * by, $4 * by, $5 * by, $6 }
        ' OFMT=%.2f CONVFMT=%.2f > "$WORK/$1.csv"
}

# grid ID SYMBOL SIDE WIDTH: from the price of FROM down and up by WIDTH, a stop
# as far again below.
grid() {
    range=$(awk -F , -v from="$(date -u -d "$FROM" +%s)" -v width="$4" '
        $1 == from { printf "%.5g %.5g %.5g", $2 / (1 + width),
            $2 * (1 + width), $2 / (1 + 1.5 * width) }' "$WORK/$2.csv")
    # shellcheck disable=SC2086
    set -- "$1" "$2" "$3" $range
    "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" grid create "$1" \
        --symbol "$2" --side "$3" --lower "$4" --upper "$5" --stop "$6" \
        --levels 30 --capital 10000 --spacing geometric --at "$FROM" > /dev/null
}

cat > "$WORK/gridwatch.yaml" <<YAML
repository:
  path: $WORK/data.git
  fsync: false
YAML
# The exchange is not asked, and the phone is a function.
PUSHOVER_TOKEN=madeTokenMadeTokenMadeToken123
PUSHOVER_USER=madeUserMadeUserMadeUserMade12
export PUSHOVER_TOKEN PUSHOVER_USER

candles BTC-USDT 7 1
candles ETH-USDT 8 0.05
"$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" init --at "$FROM" > /dev/null
grid btc-a BTC-USDT long .08
grid btc-b BTC-USDT neutral .15
grid eth-a ETH-USDT long .10
engine=$("$BUILD/gridwatch" version)
"$BUILD/make_record" --config "$WORK/gridwatch.yaml" \
    --engine "${engine#gridwatch }" --from "$FROM" --to "$TO" \
    ${OPERATOR---operator} "BTC-USDT=$WORK/BTC-USDT.csv" \
    "ETH-USDT=$WORK/ETH-USDT.csv"
