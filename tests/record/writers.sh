#!/bin/sh
# Writers that cannot collide. WRITERS of them, each with a clone and a grid of
# its own, some on the same symbol, run RUNS slots each, all at the same time,
# against one remote: every slot is recorded once, every message goes out once,
# every commit arrives, and what they made together can be computed anew. Then
# two writers that watch the same grids run the same slots at the same moment.
set -eu
cd "$(dirname "$0")/../.."
NAME=writers
. tests/record/table.sh
. scripts/scenario.sh

WRITERS=${WRITERS:-8}
SLOTS=${RUNS:-$(size 50 12)}
TWINS=${TWINS:-$(size 24 12)}
FROM=2026-02-10T10:00:00Z
# Symbol, seed of its walk, and grids on it: lower, upper, stop.
SYMBOLS='BTC-USDT:7 ETH-USDT:21 SOL-USDT:33'

cleanup() { scenario_end; }

slot_after() {
    date -u -d "$1 + $(($2 * 15)) minutes" +%Y-%m-%dT%H:%M:%SZ
}

symbol_of() { # of writer N
    echo "$SYMBOLS" | tr ' ' '\n' | sed -n "$((($1 - 1) % 3 + 1))p"
}

# The price when it begins, from the walk itself.
price_of() {
    "$BUILD/gridwatch-sim" bars --walk "$1" | awk -F, -v at="$(date -u -d \
        "$FROM" +%s)" '$1 + 0 >= at || $1 / 1000 >= at { print $2; exit }'
}

# world NAME: a simulator whose clock is behind all slots, and a remote. Its
# clock stands still, so that all writers see the same.
world() {
    scenario_end
    scenario_begin "$OUT/$1" BTC-USDT --walk BTC-USDT=7 --walk ETH-USDT=21 \
        --walk SOL-USDT=33 --now "$FROM"
    scenario_clock "$(slot_after "$FROM" 100)"
    REMOTE=$WORK/remote.git
}

# writer N GRIDS: its configuration.
writer() {
    mkdir -p "$WORK/w$1"
    sed -e "s|^  path: .*|  path: $WORK/w$1/data.git\n  remote: $REMOTE|" \
        -e "s|level: warn|level: info|" "$WORK/gridwatch.yaml" \
        > "$WORK/w$1/gridwatch.yaml"
    printf 'run:\n  grids: "%s"\n' "$2" >> "$WORK/w$1/gridwatch.yaml"
}

as() { # as N COMMAND...
    n=$1
    shift
    "$BUILD/gridwatch" --config "$WORK/w$n/gridwatch.yaml" "$@"
}

# grid N: created by writer N in its own clone.
grid() {
    of=$(symbol_of "$1")
    price=$(price_of "${of#*:}")
    as "$1" grid create "g$1" --symbol "${of%:*}" --market spot --side long \
        --lower "$(echo "$price * (0.975 - 0.002 * $1)" | bc -l)" \
        --upper "$(echo "$price * (1.025 + 0.002 * $1)" | bc -l)" \
        --stop "$(echo "$price * (0.955 - 0.002 * $1)" | bc -l)" \
        --levels 20 --capital 10000 --spacing arithmetic --at "$FROM" \
        >> "$WORK/w$1/log" 2>&1
}

# one N SLOT: a run of writer N; a failure is one line in its file.
one() {
    code=0
    as "$1" run --at "$2" --json >> "$WORK/w$1/runs.json" 2>> "$WORK/w$1/log" ||
        code=$?
    [ "$code" -eq 0 ] || echo "$2 $code" >> "$WORK/w$1/failed"
}

all_runs() { # of writer N
    at=0
    while [ "$at" -lt "$SLOTS" ]; do
        one "$1" "$(slot_after "$FROM" "$at")"
        at=$((at + 1))
    done
}

# each FUNCTION COUNT: for 1..COUNT, at the same time.
each() {
    pids=
    i=1
    while [ "$i" -le "$2" ]; do
        "$1" "$i" &
        pids="$pids $!"
        i=$((i + 1))
    done
    for pid in $pids; do wait "$pid" || true; done
}

remote() { git --git-dir "$REMOTE" "$@"; }

# Everything that was ever added below a folder, a line each.
added() {
    remote log --format= --name-only --diff-filter=A main -- "$1" | grep . || true
}

files() { remote ls-tree -r --name-only main -- "$1"; }

# field FILE KEY: of a document of the remote's tip.
field() {
    remote show "main:$1" | sed -n "s/^ *$2: //p" | head -n 1 | tr -d \"\'
}

# What the record says of each message. Of one that stands for several grids the
# others' are 'grouped' with it.
deliveries() { # each: intent, outcome
    files audit | grep -e '-delivery-' | while read -r path; do
        echo "$(field "$path" intent) $(field "$path" outcome)"
    done | sort
}
intents() { # each: id, slot, title
    files audit | grep -e '-intent-' | while read -r path; do
        slot=$(field "$path" slot)
        echo "$(field "$path" id) $(date -u -d "$slot" +%s)" \
            "$(field "$path" title)"
    done | sort
}
told() { deliveries | grep -e ' accepted$' -e ' grouped$' | cut -d ' ' -f 1; }
decided() { intents | cut -d ' ' -f 1; }
# Slot and title of each that was sent, by the record and by the phone, whose
# title says of how many more grids it tells.
sent() {
    deliveries | sed -n 's/ accepted$//p' > "$WORK/accepted"
    intents | join - "$WORK/accepted" | cut -d ' ' -f 2- | sort
}
heard() {
    jq -r 'select(.path == "/1/messages.json") |
        [.fields.timestamp, .fields.title] | join(" ")' "$RECEIVED"
}
alone() { sed 's/ and [0-9]* more$//' | sort; }
others() {
    sed -n 's/.* and \([0-9]*\) more$/\1/p' | awk '{ n += $1 } END { print n + 0 }'
}

twice() { sort | uniq -d | grep -c . || true; }
lines() { grep -c . || true; }

fsck_all() { # COUNT: remote and clones
    {
        remote fsck --full --strict --no-progress 2>&1
        i=1
        while [ "$i" -le "$1" ]; do
            git --git-dir "$WORK/w$i/data.git" fsck --full --strict \
                --no-progress --no-dangling 2>&1
            i=$((i + 1))
        done
    } | grep -v '^dangling' || true
}

# Commits that runs which pushed named in their output, and tips of the clones,
# that the remote lacks. One that was owed gets another name when it goes.
lost_commits() { # COUNT
    remote rev-list main | sort > "$WORK/reachable"
    i=1
    while [ "$i" -le "$1" ]; do
        jq -r 'select(.push == "done") | .commit // empty' \
            "$WORK/w$i/runs.json"
        git --git-dir "$WORK/w$i/data.git" rev-parse main
        i=$((i + 1))
    done | sort -u | comm -23 - "$WORK/reachable" | lines
}

failed_runs() { cat "$WORK"/w*/failed 2> /dev/null | lines; }
said() { cat "$WORK"/w*/log | grep -c "$1" || true; }

# A fresh clone is valid and follows from itself.
fresh_clone() {
    writer fresh ''
    git clone -q --bare "$REMOTE" "$WORK/wfresh/data.git"
    code=0
    as fresh validate "$WORK/wfresh/data.git" > "$WORK/validate.log" 2>&1 ||
        code=$?
    row "$1: gridwatch validate of a fresh clone" 0 "$code"
    code=0
    as fresh verify > "$WORK/verify.log" 2>&1 || code=$?
    row "$1: gridwatch verify of a fresh clone" 0 "$code"
    [ "$code" -eq 0 ] || head -n 20 "$WORK/verify.log"
}

# judge NAME WRITERS GRIDS SLOTS
judge() {
    row "$1: runs that failed" 0 "$(failed_runs)"
    row "$1: slots recorded" $(($3 * $4)) "$(added exits | sort -u | lines)"
    row "$1: slots recorded twice" 0 "$(added exits | twice)"
    row "$1: slot documents changed afterwards" 0 "$(remote log --format= \
        --name-only --diff-filter=MD main -- exits metrics audit bars | lines)"
    row "$1: messages decided" "> 0" "$(decided | lines)"
    row "$1: messages decided twice" 0 "$(decided | twice)"
    row "$1: messages heard are those of the record" "$(sent | md5sum)" \
        "$(heard | alone | md5sum)"
    row "$1: and the grids that they stand for" \
        "$(deliveries | grep -c ' grouped$' || true)" "$(heard | others)"
    row "$1: messages without a delivery" 0 "$(told > "$WORK/told"
        decided | comm -23 - "$WORK/told" | lines)"
    row "$1: merges" 0 "$(remote rev-list --merges main | lines)"
    row "$1: commits that did not arrive" 0 "$(lost_commits "$2")"
    row "$1: git fsck of the remote and the clones" "" "$(fsck_all "$2")"
    fresh_clone "$1"
    note "$1: pushes that came too late, rebuilt" "$(said ' rebuilt ')"
    note "$1: pushes left to the next run" "$(said push-owed)"
    note "$1: slots yielded to another writer" "$(said slot-yielded)"
}

# --- each its own grid ------------------------------------------------------

begun=$(date +%s)
world own
i=1
while [ "$i" -le "$WRITERS" ]; do
    writer "$i" "g$i"
    i=$((i + 1))
done
as 1 init --create-remote >> "$WORK/w1/log" 2>&1
i=2
while [ "$i" -le "$WRITERS" ]; do
    git clone -q --bare "$REMOTE" "$WORK/w$i/data.git"
    i=$((i + 1))
done
each grid "$WRITERS"
row "own: grids created at the same time" "$WRITERS" "$(files grids | lines)"
each all_runs "$WRITERS"
# What a push left owed goes out with the next run, as it would.
i=1
while [ "$i" -le "$WRITERS" ]; do
    one "$i" "$(slot_after "$FROM" $((SLOTS - 1)))"
    i=$((i + 1))
done
judge own "$WRITERS" "$WRITERS" "$SLOTS"
note "own: $WRITERS writers, $SLOTS runs each" "$(($(date +%s) - begun)) s"

# --- two that watch the same grids ------------------------------------------

begun=$(date +%s)
world same
writer 1 ''
writer 2 ''
as 1 init --create-remote >> "$WORK/w1/log" 2>&1
git clone -q --bare "$REMOTE" "$WORK/w2/data.git"
grid 1
grid 2
at=0
while [ "$at" -lt "$TWINS" ]; do
    SLOT=$(slot_after "$FROM" "$at")
    twin() { one "$1" "$SLOT"; }
    each twin 2
    at=$((at + 1))
done
one 1 "$SLOT"
one 2 "$SLOT"
judge same 2 2 "$TWINS"
note "same: two writers, $TWINS slots" "$(($(date +%s) - begun)) s"

end_table
