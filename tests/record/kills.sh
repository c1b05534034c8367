#!/bin/sh
# The job is killed at every step of record, notify and confirm, and of what
# the store does within: nothing is lost, nothing is decided twice, and each crash
# repeats a message once at most. CASES and SEED as for kills.py, which
# tells of each case that failed how to run it alone.
set -eu
cd "$(dirname "$0")/../.."
NAME=kills
. tests/record/table.sh

if ! grep -q GRIDWATCH_DIE_AT "$FAULTY/gridwatch" 2> /dev/null; then
    skip "all" "the programs in $FAULTY have no fault points"
    end_table
fi

status=0
PYTHONDONTWRITEBYTECODE=1 tests/record/kills.py --programs "$FAULTY" \
    --dir "$OUT/worlds" --cases "${CASES:-$(size 150 40)}" \
    --seed "${SEED:-1}" --rows "$OUT/rows" > "$OUT/log" 2>&1 || status=$?
cat "$OUT/log"
[ -s "$OUT/rows" ] || row "kills.py" "comes to its end" "status $status"
tab=$(printf '\t')
while IFS=$tab read -r case expected seen; do
    row "$case" "$expected" "$seen"
done < "$OUT/rows"
rm -rf "$OUT/worlds/before-"* "$OUT/worlds/trace-"* "$OUT/worlds/late-"*
end_table
