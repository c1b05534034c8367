#!/bin/sh
# One slice through everything, on a seeded walk that breaks: runs that are
# killed before the commit, between commit and send, and just before the send
# lose nothing and send nothing twice; the second pass does nothing; a run
# killed just after the send repeats that one message, once.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=slice
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T10:00:00Z
TO=2026-02-10T18:00:00Z
# Seed 7 rings at WARNING, LATEST and MANDATORY; LATEST, which went and came
# back, rings as a siren at 13:00 and has a reason more at 16:00.
FIRST=2026-02-10T10:15:00Z
SECOND=2026-02-10T12:15:00Z
THIRD=2026-02-10T17:00:00Z
RANGE=56400:63600:55554

with_fault_points

# begin NAME: a world, a grid and the candles for the judge.
begin() {
    scenario_end
    scenario_begin "$OUT/slice-$1" BTC-USDT \
        --walk "BTC-USDT=$SEED" --now "$FROM"
    scenario_first_model
    "$BUILD/gridwatch-sim" bars --walk "$SEED" > "$WORK/walk.csv"
    scenario_grid slice "$RANGE" "$FROM"
}

# until_slot SLOT: runs all slots from the last one on, without this one.
AT=$FROM
until_slot() {
    is "the runs from $AT to $1" runs "$AT" "$1"
    AT=$1
}

# dies POINT: the run of the present slot kills itself there.
dies() {
    status=0
    GRIDWATCH_DIE_AT=$1 scenario_run "$AT" > /dev/null 2>&1 || status=$?
    [ "$status" -eq 137 ]
}

heard_are() {
    [ "$(heard)" -eq "$1" ] || { echo "$(heard) messages, not $1"; false; }
}

# --- killed at three places, and the judge sees nothing amiss ---------------

begin killed
until_slot "$FIRST"
is "a run dies between commit and send" dies after-commit
is "its message is not out" heard_are 0
AT=$(after "$FIRST")
is "the next run sends it" runs "$AT" "$(after "$AT")"
is "once" heard_are 1
AT=$(after "$AT")

until_slot "$SECOND"
is "a run dies before the send" dies before-send
is "its message is not out either" heard_are 1
is "the same slot again sends it" runs "$AT" "$(after "$AT")"
is "once, too" heard_are 2
AT=$(after "$AT")

until_slot "$THIRD"
tip=$(scenario_tip)
is "a run dies before the commit" dies before-commit
is "nothing is recorded" test "$(scenario_tip)" = "$tip"
until_slot "$TO"
is "all five messages are out" heard_are 5

scenario_judge "$WORK/walk.csv" "$FROM" "$TO" > "$WORK/judge.log" || true
count_judge "$WORK/judge.log"
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "a second pass does nothing" scenario_again "$FROM" "$TO"

# --- killed after the send: at most one repetition ---------------------------

begin repeated
AT=$FROM
until_slot "$FIRST"
is "a run dies after the send" dies after-send
is "its message is out" heard_are 1
AT=$(after "$FIRST")
is "the next runs" runs "$AT" "$SECOND"
is "repeat it once" heard_are 2
is "and it is the same" test "$(jq -r .fields.title "$RECEIVED" |
    sort -u | wc -l)" -eq 1
