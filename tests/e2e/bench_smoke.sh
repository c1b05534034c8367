#!/bin/sh
# The bench runs, says something of every part, and what it writes can be read:
# each row has a finite figure above 0. What the figures are is not asked.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=bench_smoke
. tests/e2e/checks.sh
SHOW='head -n 20'

# Of which file, and which parts are to have rows.
cat > "$OUT/$NAME.py" <<'PYTHON'
import json
import math
import sys

said = json.load(open(sys.argv[1]))
rows = {row['key']: row for row in said['rows']}
skipped = {skip['key'] for skip in said['skipped']}
assert len(rows) == len(said['rows']), 'a key is there twice'
for key, row in rows.items():
    assert math.isfinite(row['figure']) and row['figure'] > 0, row
    assert row['what'] and row['unit'], row
    assert (row['target'] is None) == (row['reached'] is None), row
for part in sys.argv[2:]:
    there = [key for key in rows if key.split('.')[0] == part]
    assert there or part in skipped, part + ' is neither there nor skipped'
assert said['quick'] is (sys.argv[2] != 'study')
PYTHON

is "a quick bench runs" "$BUILD/bench" --quick --json "$OUT/$NAME.json" \
    --program "$BUILD/gridwatch"
table=$OUT/$NAME.table
cp "$OUT/$NAME.is" "$table"
is "its JSON says it all" python3 "$OUT/$NAME.py" "$OUT/$NAME.json" \
    replay start kernels families growth backtest
is "the program starts" grep -q '"start.version"' "$OUT/$NAME.json"
is "TA-Lib was not named, and that is said" \
    grep -q '^SKIPPED kernels: ' "$table"
is "every row is in the table, too" test "$(grep -c '^  ' "$table")" -eq \
    "$(grep -c '"key": .*"figure"' "$OUT/$NAME.json")"
is "one part alone" "$BUILD/bench" --quick --only growth \
    --json "$OUT/$NAME.part"
is "has no row of another" python3 -c '
import json, sys
assert {r["key"].split(".")[0] for r in json.load(open(sys.argv[1]))["rows"]} \
    == {"growth"}' "$OUT/$NAME.part"
is "a small study runs" env BUILD="$BUILD" HOURS=1200 SIZES="1 2" \
    scripts/bench.sh --only study
cp "$OUT/$NAME.is" "$OUT/$NAME.study"
is "its JSON says what it took" python3 "$OUT/$NAME.py" \
    "$BUILD/bench_study.json" study
is "how it grows, too" grep -q '"study.growth"' "$BUILD/bench_study.json"
is_not "a small one is not held to the big one's targets" \
    grep -q '<=' "$OUT/$NAME.study"
is_not "no part has that name" "$BUILD/bench" --only nothing
is_not "no such word" "$BUILD/bench" --fast
is_not "a file that cannot be written is an error" \
    "$BUILD/bench" --quick --only start --json "$OUT/none/there.json"

end_checks
