#!/bin/sh
# explain and status on a repository that the job made: each recorded slot fits
# on a screen and says what the run said; what is missing says why.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=explain
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T10:00:00Z
TO=2026-02-10T17:30:00Z # seed 7 breaks downwards: all levels are among these

# An explanation of the slot; "" is the newest.
explain() {
    gridwatch explain slice ${1:+"$1"} "${2---quiet}" --at "$TO"
}

# jq counts characters, whatever the locale.
fits() {
    explain "$1" > "$WORK/screen" || return 1
    jq -Rn '[inputs | length] |
        length <= 40 and max <= 100 or error("\(length) x \(max)")' \
        "$WORK/screen" > "$WORK/fits"
}

every_slot_fits() {
    scenario_slots "$FROM" "$TO" > "$WORK/slots"
    while read -r slot; do
        fits "$slot" || { echo "slot $slot"; cat "$WORK/screen"; return 1; }
    done < "$WORK/slots"
}

# What explain makes of the documents is what the run printed: the keys that
# both have, slot by slot. Prints those that differ.
differing() {
    jq -c '{slot} + (.grids[0] | {state, previous, known, data, since, side, pi,
        pi_dn, pi_up, regime, triggers, together, literal, gates, gates_open,
        waiting})' "$RUNS" | while read -r want; do
        slot=$(echo "$want" | jq -r .slot)
        explain "$slot" --json | jq -c --argjson want "$want" '. as $got |
            $want | to_entries[] | select(.value != $got[.key]) |
            [$want.slot, .key, .value, $got[.key]]'
    done
}

agrees() {
    differing > "$WORK/differing"
    [ ! -s "$WORK/differing" ] || { cat "$WORK/differing"; return 1; }
}

says() {
    explain "$1" | tr -s ' \n' ' ' > "$WORK/flat"
    grep -qF -e "$2" "$WORK/flat" || { cat "$WORK/flat"; return 1; }
}

# ends_with CODE WORDS COMMAND...: that exit code, and the words on stderr.
ends_with() {
    code=$1
    words=$2
    shift 2
    status=0
    "$@" > "$WORK/out" 2> "$WORK/err" || status=$?
    if [ "$status" -ne "$code" ] || [ -s "$WORK/out" ] ||
        ! grep -qF -e "$words" "$WORK/err"; then
        echo "status $status"
        cat "$WORK/err"
        return 1
    fi
}

# picture SLOT [--dark]: the size of what was drawn, and how many colours of
# pixels it has.
picture() {
    gridwatch explain slice ${1:+"$1"} --quiet --at "$TO" \
        --picture "$WORK/picture.png" ${2:+"$2"} > "$WORK/screen" || return 1
    python3 tests/e2e/png_numbers.py "$WORK/picture.png"
}

# draws SLOT GROUND [--dark]: 720 x 540, several colours, mostly on GROUND.
draws() {
    picture "$1" "${3-}" > "$WORK/png" || { cat "$WORK/png"; return 1; }
    read -r width height ground colours < "$WORK/png"
    [ "$width $height $ground" = "720 540 $2" ] && [ "$colours" -ge 9 ] ||
        { cat "$WORK/png"; return 1; }
}

# lose DIR [MESSAGE]: takes a directory out of the tip, as a fault would, or as
# a commit with that message does.
lose() {
    repo=$WORK/data.git
    tree=$(git --git-dir "$repo" ls-tree HEAD | grep -v "	$1\$" |
        git --git-dir "$repo" mktree)
    commit=$(git -c user.name=test -c user.email=test@example.com \
        --git-dir "$repo" commit-tree "$tree" -p HEAD -m "${2:-lose $1}")
    git --git-dir "$repo" update-ref HEAD "$commit"
}

scenario_begin "$OUT/explain" BTC-USDT --walk "BTC-USDT=$SEED" --now "$FROM"
scenario_grid slice 56400:63600:55554 "$FROM"
ends_with_64() {
    ends_with 64 "$@"
}
is "a grid that no run has seen" ends_with_64 \
    "no run has evaluated grid 'slice' yet" gridwatch explain slice
is "the runs" runs "$FROM" "$TO"

is "each recorded slot fits on a screen" every_slot_fits
is "and says what the run said" agrees
is "the newest slot is meant by default" test \
    "$(explain "" --json | jq -r .slot)" = 2026-02-10T17:15:00Z
first() {
    jq -rs "map(select(.grids[0].state == \"$1\"))[0].slot" "$RUNS"
}
is "a warning names its rows" says "$(first WARNING)" "of 7 warnings for 2 bars:"
is "what would raise it" says "$(first WARNING)" "worse: "
is "mandatory names the bound" says "$(first MANDATORY_EXIT)" \
    "M_BOUNDARY 2 hourly closes in a row below 56400"
is "and what releases it" says "$(first MANDATORY_EXIT)" \
    "or after 2 hourly closes in a row on which every M row says no"
is "the three questions of a restart" says "$FROM" \
    "directional energy has decayed:"
is "the second" says "$FROM" "mean reversion is back:"
is "the third" says "$FROM" "volatility is tradable:"
is "an older slot says that the memory moved on" says "$FROM" \
    "the memory stands at another slot"

is "an unknown grid" ends_with_64 "there is no grid 'nope'" \
    gridwatch explain nope
is "a time that is no slot" ends_with_64 "is no slot" \
    gridwatch explain slice 2026-02-10T13:01Z
is "a word that is no time" ends_with_64 "is no slot" \
    gridwatch explain slice yesterday
is "a slot that is not recorded" ends_with_64 \
    "has no record of slot 2026-02-12T13:00:00Z; the newest is of 2026-02-10" \
    gridwatch explain slice 2026-02-12T13:00Z
is "no grid at all" ends_with_64 "usage: gridwatch explain GRID [SLOT]" \
    gridwatch explain

is "a picture of a slot" draws "$(first MANDATORY_EXIT)" ffffff
is "and the explanation with it" grep -q "^WHY" "$WORK/screen"
is "a dark one of the newest" draws "" 12151a --dark
is "dark is of a picture" ends_with_64 "--dark is of a --picture" \
    gridwatch explain slice --dark
unwritten() {
    ! gridwatch explain slice --picture "$WORK/nowhere/p.png" 2> "$WORK/err" &&
        grep -qF "$WORK/nowhere/p.png" "$WORK/err"
}
is "a picture that cannot be written says so" unwritten

# Another configuration: the one that was in force is in the record.
cp "$WORK/gridwatch.yaml" "$WORK/gridwatch.first.yaml"
echo "run: {deadline: 90s}" >> "$WORK/gridwatch.yaml"
is "the limits of the slot's own configuration are known" test \
    "$(explain "" --json | jq -c .missing.limits)" = null
lose config
is "without it they are not" says "" \
    "the limits that were in force are not known here"
lose metrics
is "without metrics it says so" says "" \
    "metrics: there is no document of this slot"
is "and still why" says "" "M_BOUNDARY 2 hourly closes in a row below 56400"
lose state
is "without its memory, too" says "" "memory: there is no state document"
is "in JSON as well" test "$(explain "" --json |
    jq -r '.missing.metrics, .missing.state, .baseline' | tr '\n' '|')" = \
    "there is no document of this slot|there is no state document|null|"

lose exits "retention: all documents leave the tip"
is "and drawn, without what is nowhere" draws "" ffffff
is "a slot that left the tip is explained from history" test \
    "$(explain "$FROM" --json | jq -r .slot)" = "$FROM"
is "and one that never was is not" ends_with_64 \
    "has no record of slot 2026-02-09T13:00:00Z; the newest is of 2026-02-10" \
    gridwatch explain slice 2026-02-09T13:00Z

is "status counts the gates" sh -c "'$BUILD/gridwatch' --config \
    '$WORK/gridwatch.yaml' status | grep -q ' of 8 gates open'"
