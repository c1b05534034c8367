#!/bin/sh
# run.sh [TARGET...] - every target, or those: its corpus and good inputs, then
# SECONDS_EACH (600) of what libFuzzer makes of them. An input that ends the
# program is kept below build/fuzz/found: mend it, and put it into
# tests/fuzz/corpus/TARGET, where `make check` feeds it for ever. New inputs that
# reach new code are kept below build/fuzz/grown. The last line counts.
set -eu
cd "$(dirname "$0")/../.."
FUZZ=build/fuzz/fuzz
SECONDS_EACH=${SECONDS_EACH:-600}
command -v clang > /dev/null || { echo "SKIPPED: clang is not installed"; exit 0; }
passed=0 failed=0

seeds() {
    case "$1" in
    documents) echo tests/golden/record ;;
    configuration) echo config ;;
    esac
}

[ $# -gt 0 ] || set -- candles account replies receipts documents configuration cron
for target; do
    found=build/fuzz/found/$target grown=build/fuzz/grown/$target
    mkdir -p "$found" "$grown"
    # shellcheck disable=SC2046
    if "$FUZZ" "--target=$target" -max_total_time="$SECONDS_EACH" -timeout=10 \
        -rss_limit_mb=1024 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="$found/" "$grown" "tests/fuzz/corpus/$target" \
        $(seeds "$target") > "build/fuzz/$target.log" 2>&1; then
        passed=$((passed + 1))
        outcome=clean
    else
        failed=$((failed + 1))
        outcome="FAILED, see build/fuzz/$target.log and $found"
    fi
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' \
        "build/fuzz/$target.log") inputs in $SECONDS_EACH s, $outcome"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
