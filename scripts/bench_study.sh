#!/bin/sh
# bench_study.sh - what a big study costs: a backtest of 20 symbols over four
# years, ranges of two widths, operators of four delays, one profile after the
# other, on two threads; and how it grows from 1 and 5 symbols. Rows for the
# bench, in BUILD/bench_study.json and as a table. docs/bench.md says what they
# mean.
#
#   SIZES="1 5 20"  of how many symbols
#   HOURS=35064     of each
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
SIZES=${SIZES:-1 5 20}
HOURS=${HOURS:-35064}
GOAL_S=600
GOAL_MB=512
OUT=$BUILD/bench_study
rm -rf "${OUT:?}"
mkdir -p "$OUT"
OUT=$(cd "$OUT" && pwd)
BUILD=$(cd "$BUILD" && pwd)
ROWS=$OUT/rows
: > "$ROWS"

# put KEY FIGURE UNIT WORDS [OP GOAL]
put() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${5:--}" "${6:-0}" "$4" \
        >> "$ROWS"
}

# A program's wall time and processor time in s, and its most memory in MiB.
cat > "$OUT/timed.py" <<'PYTHON'
import os
import sys
import time

began = time.monotonic()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
                      file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null",
                                     os.O_WRONLY, 0)])
_, status, usage = os.wait4(pid, 0)
print("%.3f %.3f %.3f" % (time.monotonic() - began,
                          usage.ru_utime + usage.ru_stime,
                          usage.ru_maxrss / 1024))
sys.exit(os.waitstatus_to_exitcode(status))
PYTHON

# study COUNT: both profiles; leaves $WALL, $CPU and $MB.
study() {
    candles=$OUT/candles-$1
    mkdir -p "$candles"
    for seed in $(seq 1 "$1"); do
        name=$(printf 'S%02d-SIM-15m' "$seed")
        [ -f "$OUT/$name.csv" ] || "$BUILD/gridwatch-sim" bars \
            --regimes "$seed:$HOURS" > "$OUT/$name.csv"
        ln -s "$OUT/$name.csv" "$candles/$name.csv"
    done
    for profile in calibrated seed; do
        (cd "$OUT" && python3 timed.py "$BUILD/gridwatch" backtest --quiet \
            --data "$candles" --half-width 4,6 --profile "$profile" --walk 0 \
            --threads 2)
    done > "$OUT/times"
    # shellcheck disable=SC2046
    set -- $(awk '{ wall += $1; cpu += $2; mb = $3 > mb ? $3 : mb }
                  END { print wall, cpu, mb }' "$OUT/times")
    WALL=$1 CPU=$2 MB=$3
}

for count in $SIZES; do
    study "$count"
    first=${first:-$count} first_cpu=${first_cpu:-$CPU}
    words="$count symbols, $HOURS hours, 2 widths, 4 delays, 2 profiles"
    if [ "$count" -eq 20 ] && [ "$HOURS" -eq 35064 ]; then
        put "study.wall.$count" "$WALL" s "$words" "<=" "$GOAL_S"
        put "study.memory.$count" "$MB" MiB "  their most memory" \
            "<=" "$GOAL_MB"
    else
        put "study.wall.$count" "$WALL" s "$words"
        put "study.memory.$count" "$MB" MiB "  their most memory"
    fi
    put "study.cpu.$count" "$CPU" s "  what they compute, on two threads"
done
if [ "$count" -ne "$first" ]; then
    put study.growth "$(awk -v a="$CPU" -v n="$count" -v b="$first_cpu" \
        -v m="$first" 'BEGIN { printf "%.6g", (a / n) / (b / m) }')" times \
        "a symbol of $count to a symbol of $first: 1 is flat"
fi
"$BUILD/store_bench" table "$ROWS" "$BUILD/bench_study.json"
