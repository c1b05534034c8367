#!/bin/sh
# An independent validator of JSON Schema says of every good and every damaged
# document what gridwatch says of it. With a directory as argument: of every
# document of that checked-out data repository.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
TALLY=$BUILD/tally/schema_agrees
PYTHON=/usr/bin/python3
AGREES=tests/e2e/schema_agrees.py

if ! "$PYTHON" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' \
    2> /dev/null; then
    echo "SKIPPED schema_agrees: python3-jsonschema or python3-yaml is missing"
    tests/tally.sh add "$TALLY" 0 0 1
    exit 0
fi
if [ $# -gt 0 ]; then
    exec "$PYTHON" "$AGREES" "$1"
fi
if [ ! -x "$BUILD/edge_tests" ]; then
    echo "SKIPPED schema_agrees: $BUILD/edge_tests is not built (make compile)"
    tests/tally.sh add "$TALLY" 0 0 1
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RECORD_SAMPLES=$work "$BUILD/edge_tests" - \
    damaged_documents_are_written_on_request > "$work/log"
"$PYTHON" "$AGREES" --list "$work/list" "$work" > "$work/said" || true
grep -v '^schema_agrees:' "$work/said" | head -n 20 || true
counts=$(sed -n 's/^schema_agrees: \([0-9]*\) ok, \([0-9]*\) failed$/\1 \2/p' \
    "$work/said")
if [ -z "$counts" ]; then
    echo "FAILED schema_agrees: the comparison did not come to an end"
    counts="0 1"
fi
# shellcheck disable=SC2086
tests/tally.sh add "$TALLY" $counts
[ "${counts#* }" -eq 0 ]
