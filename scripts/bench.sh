#!/bin/sh
# bench.sh [OPTION...] - fetches TA-Lib's C sources, the pinned ones of
# tests/oracles, compiles them as we compile ours, and runs the bench and, when
# there are no options, scripts/bench_record.sh and scripts/bench_study.sh: a
# table on standard output and BUILD/bench.json. Without npm, or when it cannot
# fetch them, the rows that need TA-Lib are skipped aloud. Run it on a quiet
# machine. With --only study it is the study alone.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
TALIB=$BUILD/talib
oracles=tests/oracles

# Leaves a shared object in $TALIB, or says why not.
talib() {
    command -v npm > /dev/null || { echo "npm is not installed"; return 1; }
    mkdir -p "$TALIB"
    cmp -s "$oracles/package-lock.json" "$TALIB/package-lock.json" &&
        [ -f "$TALIB/libtalib.so" ] && return
    rm -rf "$TALIB/libtalib.so" "$TALIB/node_modules"
    cp "$oracles/package.json" "$oracles/package-lock.json" "$TALIB/"
    # Its own build makes an addon for node, which is of no use here.
    (cd "$TALIB" && npm ci --ignore-scripts --no-audit --no-fund) \
        > "$TALIB/log" 2>&1 || { echo "npm fails, see '$TALIB/log'"; return 1; }
    c=$TALIB/node_modules/talib/src/lib
    # shellcheck disable=SC2086
    ${CC:-cc} -O2 -fPIC -shared -Wl,-Bsymbolic -ffp-contract=off -w \
        -I"$c/include" -I"$c/src/ta_common" -I"$c/src/ta_func" \
        -o "$TALIB/libtalib.so.new" "$c"/src/ta_common/*.c \
        "$c"/src/ta_func/*.c -lm >> "$TALIB/log" 2>&1 ||
        { echo "it does not compile, see '$TALIB/log'"; return 1; }
    mv "$TALIB/libtalib.so.new" "$TALIB/libtalib.so"
}

[ "$*" != "--only study" ] || exec scripts/bench_study.sh
everything=
[ $# -gt 0 ] || everything=yes
set -- "$@" --json "$BUILD/bench.json" --program "$BUILD/gridwatch"
if why=$(talib); then
    set -- "$@" --talib "$TALIB/libtalib.so"
else
    echo "SKIPPED TA-Lib: $why" >&2
fi
"$BUILD/bench" "$@"
echo
if [ "$everything" ]; then
    scripts/bench_record.sh
    scripts/bench_study.sh
    jq -s '.[0] + {rows: (map(.rows) | add)}' "$BUILD/bench.json" \
        "$BUILD/bench_record.json" "$BUILD/bench_study.json" \
        > "$BUILD/bench.json.new"
    mv "$BUILD/bench.json.new" "$BUILD/bench.json"
    echo
fi
echo "written to $BUILD/bench.json"
