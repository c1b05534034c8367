#!/bin/sh
# Every metric against programs that are not ours, over several series; see
# README.md. BUILD holds metric_dump and gridwatch-sim, ORACLES what npm
# installs, GRIDWATCH_DATA recorded candles. Prints tables; the last line says
# how it went. An oracle or a series that is not here is skipped aloud.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
ORACLES=${ORACLES:-build/oracles}
PYTHON=${PYTHON:-/usr/bin/python3}
here=tests/oracles
OUT=$BUILD/oracles
compared=0 failed=0 skipped=0
mkdir -p "$OUT" "$ORACLES"
rm -f "$OUT"/*.version

skip() {
    echo "SKIPPED $1"
    skipped=$((skipped + 1))
}

have() {
    command -v "$1" > /dev/null
}

# Answers whether TA-Lib can be asked; installs the pinned version if need be.
talib_ready() {
    if ! have node || ! have npm; then
        skip "TA-Lib: node or npm is not installed"
        return 1
    fi
    for f in package.json package-lock.json; do
        cmp -s "$here/$f" "$ORACLES/$f" && continue
        rm -rf "$ORACLES/node_modules"
        cp "$here/$f" "$ORACLES/"
    done
    NODE_PATH=$(cd "$ORACLES" && pwd)/node_modules
    export NODE_PATH
    node -e 'require("talib")' 2> /dev/null && return
    if ! (cd "$ORACLES" && npm ci --no-audit --no-fund) \
        > "$OUT/npm.log" 2>&1 || ! node -e 'require("talib")' 2>> "$OUT/npm.log"
    then
        skip "TA-Lib: npm package 'talib' does not install, see '$OUT/npm.log'"
        return 1
    fi
}

window_ready() {
    "$PYTHON" -c 'import numpy, pandas, statsmodels' 2> "$OUT/python.log" &&
        return
    skip "statsmodels, pandas, numpy: $PYTHON lacks one of them"
    return 1
}

talib=no window=no
if ! have "$PYTHON"; then
    echo "SKIPPED all oracles: $PYTHON is not installed, and it compares"
    exit 0
fi
! talib_ready || talib=yes
! window_ready || window=yes
if [ "$talib$window" = nono ]; then
    echo "SKIPPED all oracles: none is installed"
    exit 0
fi

# series LABEL TF BARS [HOURS]
series() {
    label=$1 tf=$2 bars=$3 hours=${4:-}
    name=$OUT/$label-$tf
    echo
    echo "## $label, $tf"
    echo
    echo "$(($(wc -l < "$bars") - 1)) bars, SHA-256" \
        "\`$(sha256sum < "$bars" | cut -d ' ' -f 1)\`"
    echo
    "$BUILD/metric_dump" "$tf" warmup > "$name.warmup"
    "$BUILD/metric_dump" "$tf" ${hours:+"$hours"} < "$bars" > "$name.dump"
    set --
    if [ "$talib" = yes ]; then
        node "$here/talib_oracle.js" < "$bars" > "$name.talib" \
            2> "$OUT/talib.version"
        set -- "$@" "TA-Lib=$name.talib"
    fi
    if [ "$window" = yes ]; then
        "$PYTHON" "$here/window_oracle.py" "$tf" ${hours:+"$hours"} \
            < "$bars" > "$name.window" 2> "$OUT/window.version"
        set -- "$@" "window=$name.window"
    fi
    "$PYTHON" "$here/compare.py" "$tf" "$name.warmup" "$name.dump" "$@" ||
        failed=$((failed + 1))
    compared=$((compared + 1))
}

# 15m bars as 1h bars
hourly() {
    awk -F , '
        function put() { if (n++) print t "," o "," h "," l "," c "," v }
        NR == 1 { print; next }
        $1 % 3600 == 0 { put(); t = $1; o = $2; h = $3; l = $4; v = 0 }
        $3 + 0 > h + 0 { h = $3 }
        $4 + 0 < l + 0 { l = $4 }
        { c = $5; v += $6 }
        END { put() }'
}

# A comparison that cannot fail says nothing: an ATR that is off by 1 in 10^8
# must be seen. Both oracles know the ATR.
wrong_is_seen() {
    awk -F , -v OFS=, '
        NR == 1 { for (k = 1; k <= NF; k++) if ($k == "atr") atr = k }
        NR > 1 && $atr != "" { $atr = sprintf("%.17g", $atr * (1 + 1e-8)) }
        { print }' "$name.dump" > "$OUT/wrong.dump"
    set -- "TA-Lib=$name.talib"
    [ "$talib" = yes ] || set -- "window=$name.window"
    ! "$PYTHON" "$here/compare.py" "$tf" "$name.warmup" "$OUT/wrong.dump" \
        "$@" > "$OUT/wrong.out" &&
        grep -q '^| atr .* DIFFERS |$' "$OUT/wrong.out"
}

"$BUILD/gridwatch-sim" bars --walk 7 > "$OUT/walk.csv"
hourly < "$OUT/walk.csv" > "$OUT/walk-1h.csv"

series walk 15m "$OUT/walk.csv" "$OUT/walk-1h.csv"
series walk 1h "$OUT/walk-1h.csv" "$OUT/walk-1h.csv"

if have node; then
    node "$here/made_bars.js" 1 6000 > "$OUT/lcg.csv"
    awk -F , -v OFS=, 'NR > 1 { $1 = sprintf("%.0f", $1 * 4) } { print }' \
        "$OUT/lcg.csv" > "$OUT/lcg-4h.csv"
    series lcg 1h "$OUT/lcg.csv" "$OUT/lcg.csv"
    series lcg 4h "$OUT/lcg-4h.csv"
else
    skip "the series lcg: node makes it"
fi

if ! wrong_is_seen; then
    echo "FAILED: a metric that is off by 1 in 10^8 was not seen"
    failed=$((failed + 1))
fi

recorded=${GRIDWATCH_DATA:-../shared/data}/BTCUSDT-KUCOIN-1h.csv.zst
if [ ! -r "$recorded" ]; then
    skip "recorded candles: no '$recorded'; GRIDWATCH_DATA names its directory"
elif ! have zstd; then
    skip "recorded candles: zstd is not installed"
else
    zstd -qdc "$recorded" > "$OUT/recorded.csv"
    series BTCUSDT-KUCOIN 1h "$OUT/recorded.csv" "$OUT/recorded.csv"
fi

echo
cat "$OUT/window.version" "$OUT/talib.version" 2> /dev/null |
    sed 's/^# //; s/;.*//'
echo "$compared series compared, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
