#!/bin/sh
# Breaks rehearsed on made-up candles: the engine's first alert against what a
# program in another language, which shares no line with it, expects of the same
# candles. A rehearsal that comes too late must be seen to fail.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=rehearsal
. tests/rehearsal/lib.sh

made=$WORK/candles
mkdir "$made"
for seed in 7 8; do
    "$BUILD/gridwatch-sim" bars --regimes $seed:9000 |
        zstd -q -o "$made/MADE${seed}USDT-SIM-15m.csv.zst"
done
# Every third day in the middle of them.
first=$(zstd -dc "$made/MADE7USDT-SIM-15m.csv.zst" | sed -n '2s/,.*//p')
days=$(for i in $(seq 40 4 170); do
    date -u -d "@$((first + i * 86400))" +%Y-%m-%d
done)
# shellcheck disable=SC2086
tests/rehearsal/expected.py "$made" $days > "$WORK/expected.tsv"
rehearse shipped "$made" "$WORK/expected.tsv"
rehearse by_pi "$made" "$WORK/expected.tsv"
is "there are breaks and controls" sh -c \
    'tail -n 1 "$1" | grep -Eq "[3-9][0-9] breaks, [34] controls, 0 of them loud"' sh \
    "$WORK/by_pi.log"
# The line of all leads against the lines of the cases.
sed -n 's/.* \([-0-9.]*\) h before.*/\1/p' "$WORK/by_pi.log" | sort -n \
    > "$WORK/leads"
is "the leads are told: how many, the least and the most" sh -c \
    'grep -q "^leads all $1 $2 [-0-9. ]* $3\$" "$4"' sh \
    "$(wc -l < "$WORK/leads")" "$(head -n 1 "$WORK/leads")" \
    "$(tail -n 1 "$WORK/leads")" "$WORK/by_pi.log"

# --- Red on purpose ----------------------------------------------------------
{ cat "$WORK/by_pi.yaml"; echo '  l_haz: {enter: 0.6}'; } > "$WORK/late.yaml"
mkdir "$WORK/late"
is "an alert that comes later is seen" sh -c \
    '! tests/rehearsal/rehearse.py "$@" > "$0"' "$WORK/late.log" \
    "$BUILD/gridwatch" "$made" "$WORK/expected.tsv" "$WORK/late" \
    --exit-config "$WORK/late.yaml"
is "and told as such" grep -q '^FAIL .* h too late' "$WORK/late.log"
# What L_CRISIS may, L_HAZ may not.
{
    cat "$WORK/shipped.yaml"
    echo '  gate: 0.15'
    echo '  l_haz: {enter: 0.15, leave: 0.05}'
    echo '  w_haz: {enter: 0.12, leave: 0.07}'
} > "$WORK/shy.yaml"
mkdir "$WORK/shy"
is "a near control that L_HAZ rings for is seen" sh -c \
    '! tests/rehearsal/rehearse.py --crisis "$@" > "$0"' "$WORK/shy.log" \
    "$BUILD/gridwatch" "$made" "$WORK/expected.tsv" "$WORK/shy" \
    --exit-config "$WORK/shy.yaml"
is "and none of them is loud" sh -c \
    'grep -q "^FAIL near .* a control that is not quiet$" "$1" &&
    tail -n 1 "$1" | grep -q " 0 of them loud$"' sh "$WORK/shy.log"
is "a near control is loud by L_CRISIS alone and without a MANDATORY" \
    env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests/rehearsal python3 -c '
import types
from rehearse import judge

def wrong(reason, rang, day="near", crisis=True):
    case = types.SimpleNamespace(day=day, quiet=True, event=None, by=None)
    return bool(judge(case, {"first_latest_ms": "900000", "m_ms": "",
        "first_mandatory_ms": "", "reason": reason, "rang": rang}, crisis))

assert not wrong("other", False)
assert wrong("other", True) and wrong("transition", False)
assert wrong("guard", False) and wrong("mandatory", True)
assert wrong("other", False, day="quiet") and wrong("other", False, crisis=False)
'
end_checks
