#!/bin/sh
# An independent validator of JSON Schema says of every good and every damaged
# document what gridwatch says of it. With a directory as argument: of every
# document of that checked-out data repository.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=schema_agrees
. tests/e2e/checks.sh
PYTHON=/usr/bin/python3
AGREES=tests/e2e/schema_agrees.py

if ! "$PYTHON" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' \
    2> /dev/null; then
    skip_all "python3-jsonschema or python3-yaml is missing"
fi
if [ $# -gt 0 ]; then
    exec "$PYTHON" "$AGREES" "$1"
fi
if [ ! -x "$BUILD/edge_tests" ]; then
    skip_all "$BUILD/edge_tests is not built (make compile)"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RECORD_SAMPLES=$work "$BUILD/edge_tests" - \
    damaged_documents_are_written_on_request > "$work/log"

# grid_line VERDICT LINE: a grid whose history ends with it. What gridwatch says
# of it must be that verdict: good, bad, or check, which no schema can tell.
mkdir "$work/grids"
lines=0
grid_line() {
    lines=$((lines + 1))
    file=grids/line$lines.yaml
    cat > "$work/$file" << END
id: line$lines
symbol: BTC-USDT
market: spot
side: long
lower: 1
upper: 2
history:
- {at: 2021-05-12T00:00:00Z, event: created}
- {at: 2021-05-12T00:00:00Z, event: started}
- $2
END
    says=good
    (cd "$work" && "$program" validate -q "$file" > "$work/why" 2>&1) || says=not
    case "$1 $says" in
    "good good" | "bad not" | "check not") ;;
    *)
        fail "'$2' is $1, but gridwatch says:"
        cat "$work/why"
        ;;
    esac
    echo "$work/$file grid $1" >> "$work/list"
}
program=$(cd "$BUILD" && pwd)/gridwatch
at='at: 2021-05-19T02:00:00Z'
grid_line good "{$at, event: acknowledged}"
grid_line good "{$at, event: acknowledged, note: seen on the train}"
grid_line good "{$at, event: snoozed, until: 2021-05-19T08:00:00Z}"
grid_line good "{$at, event: snoozed, until: 2021-05-19T08:00:00Z, note: asleep}"
grid_line good "{$at, event: changed, note: new stop}"
grid_line bad "{$at, event: snooze, until: 2021-05-19T08:00:00Z}"
grid_line bad "{$at, event: Acknowledged}"
grid_line bad "{$at, event: snoozed, until: tomorrow}"
grid_line bad "{$at, event: snoozed, until: 8}"
grid_line bad "{$at, event: snoozed, till: 2021-05-19T08:00:00Z}"
grid_line bad "{event: acknowledged}"
grid_line bad "{$at, event: [acknowledged]}"
grid_line check "{$at, event: snoozed, until: 2021-05-19T01:00:00Z}"
grid_line good "{$at, event: snoozed, until: 2021-06-19T01:00:00Z}"
grid_line check "{$at, event: acknowledged, until: 2021-05-19T08:00:00Z}"
grid_line check "{at: 2021-05-11T00:00:00Z, event: acknowledged}"

"$PYTHON" "$AGREES" --list "$work/list" "$work" > "$work/said" || true
grep -v '^schema_agrees:' "$work/said" | head -n 20 || true
add_counts schema_agrees "$work/said" ||
    fail "the comparison did not come to an end"
end_checks
