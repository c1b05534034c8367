#!/bin/sh
# Every fault of the simulator at every step of a run (faults.py), as a table.
# CASES and SEED as for faults.py, which tells of each case that failed how to
# run it alone; FAULTS_SIZE=small takes fifty of them.
set -eu
cd "$(dirname "$0")/../.."
NAME=faults
RECORD_SIZE=${FAULTS_SIZE:-full}
. tests/record/table.sh
: > "$TABLE"

CASES=${CASES:-$(size '' 50)}
status=0
PYTHONDONTWRITEBYTECODE=1 tests/faults/faults.py --programs "$BUILD" \
    --dir "$OUT/worlds" ${CASES:+--cases "$CASES"} --seed "${SEED:-1}" \
    --rows "$OUT/rows" > "$OUT/log" 2>&1 || status=$?
cat "$OUT/log"
[ -s "$OUT/rows" ] || row "faults.py" "comes to its end" "status $status"
tab=$(printf '\t')
while IFS=$tab read -r case expected seen; do
    row "$case" "$expected" "$seen"
done < "$OUT/rows"
rm -rf "$OUT/worlds/before-"*
end_table
