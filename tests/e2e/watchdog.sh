#!/bin/sh
# gridwatch watchdog: a sound record is silence; each rule is broken in a copy
# of the remote, the watchdog's own phone hears of it once, and again when it is
# over. The watchdog has a phone of its own (a second simulator), so what the
# job tells is not mixed with it.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=watchdog
. tests/e2e/judge_lib.sh

# Seed 7 is LATEST at 16:00, so it rings at 16:30, and MANDATORY from 17:00 on.
FROM=2026-02-10T16:00:00Z
NOW=2026-02-10T17:37:00Z
DAY=2026/02/10

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
JOB_SIM=$SCENARIO_SIM
HEARD=$WORK/watchdog.jsonl
: > "$HEARD"
WATCHDOG_PUSHOVER_TOKEN=watchTokenWatchTokenWatchToken
WATCHDOG_PUSHOVER_USER=watchUserWatchUserWatchUser123
export WATCHDOG_PUSHOVER_TOKEN WATCHDOG_PUSHOVER_USER
"$BUILD/gridwatch-sim" serve --port 0 --port-file "$WORK/phone.port" \
    --received "$HEARD" --token "$WATCHDOG_PUSHOVER_TOKEN" \
    --user "$WATCHDOG_PUSHOVER_USER" --walk BTC-USDT=1 --now "$FROM" \
    > "$WORK/phone.log" 2>&1 &
PHONE_SIM=$!
trap 'kill $PHONE_SIM 2> /dev/null; finish $?' EXIT
scenario_wait "the phone" "$WORK/phone.port" "$PHONE_SIM" "$WORK/phone.log"
PHONE=http://127.0.0.1:$(cat "$WORK/phone.port")

REMOTE=$WORK/remote.git
git init -q --bare -b main "$REMOTE"
sed -i "s|^  fsync: false|&\n  remote: $REMOTE|" "$WORK/gridwatch.yaml"
scenario_clock "$FROM"
gridwatch init >> "$WORK/log" 2>&1
gridwatch grid create slice --symbol BTC-USDT --lower 56400 --upper 63600 \
    --stop 55554 --levels 20 --capital 10000 --spacing arithmetic \
    --start-price 60000 --at "$FROM" >> "$WORK/log" 2>&1
sed -i "s/first_message: false/first_message: true/" "$WORK/gridwatch.yaml"
is "seven runs" runs "$FROM" 2026-02-10T17:45:00Z

# copy WHICH: a copy of the remote, and a watchdog that looks at it.
copy() {
    AT=$WORK/$1
    rm -rf "$AT"
    mkdir "$AT"
    git clone -q --bare "$REMOTE" "$AT/remote.git"
    git clone -q "$AT/remote.git" "$AT/desk" 2> /dev/null
    git -C "$AT/desk" config user.name eve
    git -C "$AT/desk" config user.email eve@localhost
    cat > "$AT/watchdog.yaml" << YAML
record:
  remote: $AT/remote.git
  clone: $AT/watchdog.git
  memory: $AT/memory.yaml
  fetch_budget: 20s
phone:
  pushover_url: $PHONE
  retry_spacing: 1s
  tries: 1
YAML
}
# watch TIME CODE [OPTION...]: one look ends with that code.
watch() {
    at=$1 want=$2 code=0
    shift 2
    "$BUILD/gridwatch" watchdog --config "$AT/watchdog.yaml" --at "$at" "$@" \
        > "$AT/out" 2> "$AT/err" || code=$?
    [ "$code" -eq "$want" ] || { echo "code $code"; cat "$AT/out" "$AT/err"; return 1; }
}
mark() {
    MARK=$(wc -l < "$HEARD")
}
# titles: what the watchdog's phone took since the mark, priority and title.
titles() {
    tail -n "+$((MARK + 1))" "$HEARD" | jq -r \
        'select(.path == "/1/messages.json" and .status == 200).fields | "\(.priority) \(.title)"'
}
# hears LINE...: just these, in this order.
hears() {
    titles > "$AT/titles"
    : > "$AT/wanted"
    for line in "$@"; do echo "$line" >> "$AT/wanted"; done
    diff "$AT/wanted" "$AT/titles"
}
# publish WORDS: what stands on the desk becomes the remote's newest commit.
publish() {
    git -C "$AT/desk" add -A
    git -C "$AT/desk" commit -q -m "$1"
    git -C "$AT/desk" push -q origin HEAD:main
}
# mend: takes the newest commit of the desk back, in a new one.
mend() {
    git -C "$AT/desk" revert --no-edit HEAD > /dev/null
    git -C "$AT/desk" push -q origin HEAD:main
}

# told NAME LINE...: after something was broken. The phone hears of it once, not
# again by the next look, and once when it was mended.
told() {
    name=$1
    shift
    mark
    is "$name: the look ends with 0" watch "$NOW" 0
    is "$name: the phone hears it" hears "$@"
    is "$name: another look" watch 2026-02-10T17:39:00Z 0
    is "$name: it was told once" hears "$@"
    mark
    mend
    is "$name: mended" watch 2026-02-10T17:40:00Z 0
    over=$(for line in "$@"; do echo "-1 Watchdog: over: ${line#* Watchdog: }"; done)
    is "$name: the phone hears that it is over" hears "$over"
    mark
    is "$name: quiet again" watch 2026-02-10T17:41:00Z 0
    is "$name: and silent" hears
}

# --- A sound world -----------------------------------------------------------

copy sound
mark
is "a sound record" watch "$NOW" 0
is "is silence" hears
is "and says so" grep -q '^all well: 1 grid, [0-9]* documents, commit ' "$AT/out"
is "its memory knows the tip" grep -q \
    "tip: $(git --git-dir "$REMOTE" rev-parse main)" "$AT/memory.yaml"
is "another look, with the kept clone" watch "$NOW" 0 --json
sound_json() {
    jq -e '(.rules | length) == 12 and ([.rules[].findings[]] | length) == 0 and
        .record.read and .exit == 0 and .grids == 1 and .documents > 30' "$AT/out"
}
is "as JSON" sound_json
is "quiet says nothing" watch "$NOW" 0 --quiet
is "really nothing" test ! -s "$AT/out"

# --- Each rule broken --------------------------------------------------------

copy silent
mark
is "job silent: 40 minutes" watch 2026-02-10T18:10:00Z 0
is "job silent: not yet" hears
is "job silent: 41 minutes" watch 2026-02-10T18:11:00Z 0
is "job silent: the phone hears it" hears "1 Watchdog: not watched: slice"
is "job silent: three hours later" watch 2026-02-10T22:10:00Z 0
is "job silent: nothing new" hears "1 Watchdog: not watched: slice"
is "job silent: after 4 h" watch 2026-02-10T22:11:00Z 0
is "job silent: it is repeated" hears "1 Watchdog: not watched: slice" \
    "1 Watchdog: not watched: slice"
says() {
    jq -r 'select(.path == "/1/messages.json").fields.message' "$HEARD" | tail -n 3 > "$AT/said"
    head -n 1 "$AT/said" | grep -q '^Look at the grid on the exchange now' &&
        grep -q '^slice: newest slot 2026-02-10 17:30 UTC, 281 min ago' "$AT/said" &&
        grep -q 'docs/runbook.md#job_silent' "$AT/said"
}
is "job silent: the message says what to do, first" says

copy removed
is "slot removed: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "exits/slice/$DAY/1645.yaml"
publish "nothing to see here"
told "slot removed" "0 Watchdog: torn record: slice"

copy swapped
is "slots swapped: a look before" watch "$NOW" 0
(cd "$AT/desk/exits/slice/$DAY" && mv 1645.yaml x && mv 1700.yaml 1645.yaml && mv x 1700.yaml)
publish "another order"
told "slots swapped" "0 Watchdog: torn record: slice" \
    "0 Watchdog: invalid document: exits/slice/$DAY/1645.yaml and 1 more"

copy newest
is "newest slot removed: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "exits/slice/$DAY/1730.yaml"
publish "it never was"
told "newest slot removed" "0 Watchdog: torn record: slice"

copy invalid
is "invalid document: a look before" watch "$NOW" 0
sed -i 's/^slot: .*/slot: yesterday/' "$AT/desk/metrics/BTC-USDT/$DAY/1700.yaml"
publish "a slip of the pen"
told "invalid document" \
    "0 Watchdog: invalid document: metrics/BTC-USDT/$DAY/1700.yaml"

copy undelivered
is "no delivery: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "audit/$DAY/"17*-delivery-*
publish "no answers"
told "no delivery" "2 Watchdog: alert that nobody got: slice"

copy drawdown
sed -i 's/^capital: .*/capital: 100/' "$AT/desk/grids/slice.yaml"
publish "a smaller capital"
is "drawdown that was told: a look" watch "$NOW" 0
mark
git -C "$AT/desk" rm -q "audit/$DAY/"*-intent-* "audit/$DAY/"*-delivery-*
publish "nobody was told"
told "drawdown untold" "2 Watchdog: has to be left, and nobody was told: slice" \
    "2 Watchdog: great loss, and nobody was told: slice"

# MANDATORY since 17:00, and the job never made a message of it.
copy unsaid
is "no message: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "audit/$DAY/"17*-intent-* "audit/$DAY/"17*-delivery-*
publish "it was not worth one"
told "no message" "2 Watchdog: has to be left, and nobody was told: slice"
mark
git -C "$AT/desk" revert --no-edit HEAD > /dev/null
sed -i 's/^open_intents:/  left: 2026-02-10T17:15:00Z\n&/' "$AT/desk/state/slice.yaml"
publish "and it was left"
is "no message: of what was left none is needed" watch "$NOW" 0
is "no message: left, and silence" hears

# What was written by hand gets the name that fits it; a commit is looked at.
name_by_hash() {
    git -C "$AT/desk" add -A
    git -C "$AT/desk" commit -q -m "by hand"
    gridwatch validate "$AT/desk" 2>&1 |
        sed -n 's/^\(audit[^:]*\):1:1: has the hash \([0-9a-f]*\),.*/\1 \2/p' |
        while read -r file hash; do
            mv "$AT/desk/$file" "$AT/desk/${file%-*}-$hash.yaml"
        done
    git -C "$AT/desk" reset -q --soft HEAD~1
}
# happened TIME EVENT: one more event of the grid.
happened() {
    echo "- {at: 2026-02-10T$1:00Z, event: $2}" >> "$AT/desk/grids/slice.yaml"
}
# While it was paused nothing was to be told: the next slot has its time.
copy resumed
is "resumed: a look before" watch "$NOW" 0
mark
git -C "$AT/desk" rm -q "audit/$DAY/"17*-intent-* "audit/$DAY/"17*-delivery-*
happened 16:46 paused
happened 17:30 resumed
publish "a pause"
is "resumed: the next look" watch "$NOW" 0
is "resumed: the job has its time to tell it" hears
is "resumed: 21 minutes later" watch 2026-02-10T17:51:00Z 0
is "resumed: it did not" hears \
    "2 Watchdog: has to be left, and nobody was told: slice"

# What was told in another life does not count.
copy reborn
is "reborn: a look before" watch "$NOW" 0
happened 17:05 stopped
happened 17:10 started
publish "a new life"
told "reborn" "2 Watchdog: has to be left, and nobody was told: slice"

# What nobody got days ago, and a later message made good, stays good when it
# has to be left anew.
copy anew
first=$(git -C "$AT/desk" log --format=%H -- "exits/slice/$DAY/1700.yaml" | tail -n 1)
git -C "$AT/desk" reset -q --hard "$first"
git -C "$AT/desk" push -q --force origin HEAD:main
is "anew: a look before" watch 2026-02-10T17:01:00Z 0
mark
for file in "$AT/desk/audit/$DAY/"170010000-slice-intent-*; do
    sed 's/20260210T1700-/20260210T1000-/; s/17:00:10Z/10:00:10Z/; s/T17:00:00Z/T10:00:00Z/' \
        "$file" > "$(echo "$file" | sed 's|/170010000|/100010000|')"
done
is "anew: a message is planted" test -e "$AT/desk/audit/$DAY/100010000-slice-"*
name_by_hash
publish "what nobody got"
is "anew: the new one is a minute old" watch 2026-02-10T17:02:00Z 0
is "anew: and the old one no alarm" hears

# Nobody took it, and then a message was got that says nothing of leaving.
copy soothed
is "soothed: a look before" watch "$NOW" 0
later() {
    sed 's/20260210T1630-/20260210T1715-/; s/16:30:10Z/17:15:10Z/; s/T16:30:00Z/T17:15:00Z/' \
        "$1" > "$(echo "$1" | sed 's|/163010000|/171510000|')"
}
git -C "$AT/desk" rm -q "audit/$DAY/"17*-delivery-*
for file in "$AT/desk/audit/$DAY/"163010000-slice-intent-* \
    "$AT/desk/audit/$DAY/"163010000-slice-delivery-*; do
    later "$file"
done
name_by_hash
publish "soothing words"
told "soothed" "2 Watchdog: alert that nobody got: slice"

# A fault that the record says stands: orders of a stopped grid, and a key.
stands() {
    sed -i "/^faults:/c\\
faults:\\
  - subject: $2\\
    class: $1\\
    what: planted by the test\\
    since: $3\\
    fingerprint: deadbeef\\
    told: null" "$AT/desk/latest/service.yaml"
    sed -i 's/^slot: .*/slot: 2026-02-10T17:30:00Z/' "$AT/desk/latest/service.yaml"
}
copy zombies
is "zombie orders: a look before" watch "$NOW" 0
stands orders slice 2026-02-10T17:30:00Z
publish "orders"
told "zombie orders" "0 Watchdog: open orders of a stopped grid: slice"
copy fault
is "a fault that stands: a look before" watch "$NOW" 0
stands key run 2026-02-10T16:45:00Z
publish "a key that may trade"
mark
is "a fault that stands: 52 minutes" watch "$NOW" 0
is "a fault that stands: not yet" hears
is "a fault that stands: an hour" watch 2026-02-10T17:45:00Z 0
is "a fault that stands: the phone hears it" hears "0 Watchdog: fault that stands: run key"

# From before the newest slot on, the remote has another past.
another_past() {
    git -C "$AT/desk" reset -q --hard "$(git -C "$AT/desk" log -1 \
        --format=%H -- "exits/slice/$DAY/1730.yaml")~1"
    echo more >> "$AT/desk/README.md"
    git -C "$AT/desk" add -A
    git -C "$AT/desk" commit -q -m "another past"
    git -C "$AT/desk" push -q --force origin HEAD:main
}

# --- History written anew ----------------------------------------------------

copy rewritten
is "force: a look before" watch "$NOW" 0
was=$(git --git-dir "$AT/remote.git" rev-parse main)
another_past
mark
is "force: the look ends with 0" watch "$NOW" 0
is "force: the phone hears it" hears "1 Watchdog: history was replaced" \
    "0 Watchdog: torn record: slice"
is "force: what was there is kept" git --git-dir \
    "$AT/watchdog.git.before-$(echo "$was" | cut -c 1-12)" cat-file -e "$was"
mark
is "force: another look" watch 2026-02-10T17:40:00Z 0
is "force: it stands and is not told again" hears
is "force: it stands" grep -q "^history_rewritten: record: commit $(echo "$was" | cut -c 1-12) was" "$AT/out"
is "force: accepted" watch 2026-02-10T17:41:00Z 0 --accept
is "force: over" hears "-1 Watchdog: over: history was replaced" \
    "-1 Watchdog: over: torn record: slice"
mark
is "force: quiet again" watch 2026-02-10T17:41:00Z 0
is "force: and silent" hears

copy back
is "set back: a look before" watch "$NOW" 0
git --git-dir "$AT/remote.git" update-ref refs/heads/main \
    "$(git --git-dir "$AT/remote.git" log -1 --format=%H main -- "exits/slice/$DAY/1730.yaml")~1"
mark
is "set back: a look" watch "$NOW" 0
is "set back: it is no history of its own, and told" hears \
    "1 Watchdog: history was replaced" "0 Watchdog: torn record: slice"

# --- What was seen before, and what is not there to be seen -------------------

HAND=gridwatch-watchdog
# stop_grid: a stopped event at the end of the file on the desk.
stop_grid() {
    printf -- "- {at: '%s', event: stopped}\n" "$1" >> "$AT/desk/grids/slice.yaml"
}

copy none
stop_grid 2026-02-10T17:35:00Z
publish "the only one is stopped"
is "none runs: a look" watch "$NOW" 0
is "none runs: nothing is watched" grep -q '^nothing to watch: 0 of 1 grid, ' "$AT/out"

copy many
stop_grid 2026-02-10T16:01:00Z
for i in $(seq 10 79); do
    sed "s/^id: slice/id: a$i/" "$AT/desk/grids/slice.yaml" > "$AT/desk/grids/a$i.yaml"
done
git -C "$AT/desk" checkout -q grids/slice.yaml
publish "seventy grids before it"
mark
is "many grids: a look" watch "$NOW" 0
is "many grids: each is seen" grep -q '^all well: 1 of 71 grids' "$AT/out"
is "many grids: late" watch 2026-02-10T20:00:00Z 0
is "many grids: the last one is watched" hears "1 Watchdog: not watched: slice"

copy retention
is "removed after the stop: a look before" watch "$NOW" 0
stop_grid 2026-02-10T17:35:00Z
git -C "$AT/desk" rm -rq exits/slice
publish "its documents had their time"
mark
is "removed after the stop: a look" watch 2026-02-10T17:40:00Z 0
is "removed after the stop: silence" hears
is "removed after the stop: no slot is kept" test -z \
    "$(grep 'slot: 2026' "$AT/memory.yaml")"

copy lower
is "accepted slots: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "exits/slice/$DAY/1730.yaml"
publish "it never was"
mark
is "accepted slots: torn" watch 2026-02-10T17:38:00Z 0
is "accepted slots: accepted" watch 2026-02-10T17:39:00Z 0 --accept
is "accepted slots: over" hears "0 Watchdog: torn record: slice" \
    "-1 Watchdog: over: torn record: slice"
mark
is "accepted slots: the next look" watch 2026-02-10T17:40:00Z 0
is "accepted slots: silence" hears

copy ahead
is "dated ahead: a look before" watch "$NOW" 0
mkdir -p "$AT/desk/exits/slice/2036/02/10"
sed 's/^slot: .*/slot: 2036-02-10T17:45:00Z/; s/^previous_slot: .*/previous_slot: 2026-02-10T17:30:00Z/' \
    "$AT/desk/exits/slice/$DAY/1730.yaml" > "$AT/desk/exits/slice/2036/02/10/1745.yaml"
publish "ten years on"
mark
is "dated ahead: a look" watch "$NOW" 0
is "dated ahead: the phone hears it" hears "1 Watchdog: dated ahead: slice"
mark
is "dated ahead: late" watch 2026-02-10T20:00:00Z 0
is "dated ahead: it does not stand for the job" hears "1 Watchdog: not watched: slice"
mark
mend
is "dated ahead: mended" watch 2026-02-10T20:01:00Z 0
is "dated ahead: it was not remembered" hears "-1 Watchdog: over: dated ahead: slice"

copy unreadable
mark
is "unreadable: late" watch 2026-02-10T20:00:00Z 0
sed -i 's/^lower: .*/lower: many/' "$AT/desk/grids/slice.yaml"
publish "a slip of the pen"
is "unreadable: a look" watch 2026-02-10T20:10:00Z 0
is "unreadable: what was told is not over" hears "1 Watchdog: not watched: slice" \
    "0 Watchdog: invalid document: grids/slice.yaml"
is "unreadable: it stands" grep -q '^job_silent: slice: .*cannot be read' "$AT/out"

copy service
stands key run 2026-02-10T16:45:00Z
publish "a key that may trade"
mark
is "service unreadable: a look" watch 2026-02-10T17:45:00Z 0
sed -i 's/^slot: .*/slot: soon/' "$AT/desk/latest/service.yaml"
publish "a slip of the pen"
is "service unreadable: another look" watch 2026-02-10T17:50:00Z 0
is "service unreadable: the fault is not over" hears "0 Watchdog: fault that stands: run key" \
    "0 Watchdog: invalid document: latest/service.yaml"
git -C "$AT/desk" rm -q latest/service.yaml
publish "no service"
mark
is "service gone: a look" watch 2026-02-10T17:52:00Z 0
is "service gone: the fault is not over" hears \
    "-1 Watchdog: over: invalid document: latest/service.yaml"
mark
is "service gone: accepted" watch 2026-02-10T17:53:00Z 0 --accept
is "service gone: over" hears "-1 Watchdog: over: fault that stands: run key"

copy vanished
is "grid gone: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q grids/slice.yaml
publish "no grid"
told "grid gone" "1 Watchdog: grid file is gone: slice"

copy gone
mark
is "grid gone while silent: a look" watch 2026-02-10T20:00:00Z 0
git -C "$AT/desk" rm -q grids/slice.yaml
publish "no grid"
is "grid gone while silent: another look" watch 2026-02-10T20:10:00Z 0
is "grid gone while silent: nothing is over" hears "1 Watchdog: not watched: slice" \
    "1 Watchdog: grid file is gone: slice"
mark
is "grid gone while silent: accepted" watch 2026-02-10T20:11:00Z 0 --accept
is "grid gone while silent: over" hears "-1 Watchdog: over: not watched: slice" \
    "-1 Watchdog: over: grid file is gone: slice"
mark
is "grid gone while silent: the next look" watch 2026-02-10T20:12:00Z 0
is "grid gone while silent: silence" hears

copy window
is "torn long ago: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "exits/slice/$DAY/1645.yaml"
publish "nothing to see here"
mark
is "torn long ago: a look" watch "$NOW" 0
is "torn long ago: three days later" watch 2026-02-13T17:40:00Z 0
is "torn long ago: it stands" hears "0 Watchdog: torn record: slice" \
    "1 Watchdog: not watched: slice" "0 Watchdog: torn record: slice"

copy unsent
is "message gone: a look before" watch "$NOW" 0
git -C "$AT/desk" rm -q "audit/$DAY/"17*-delivery-*
publish "no answers"
mark
is "message gone: a look" watch "$NOW" 0
git -C "$AT/desk" rm -rq audit
publish "no messages"
is "message gone: another look" watch 2026-02-10T17:45:00Z 0
is "message gone: it is not over" hears "2 Watchdog: alert that nobody got: slice" \
    "2 Watchdog: has to be left, and nobody was told: slice"

copy imported
is "imported: a look before" watch "$NOW" 0
sed "s/^id: slice/id: old/; s/2026-02-10T16:00:00Z/2026-01-20T00:00:00Z/" \
    "$AT/desk/grids/slice.yaml" > "$AT/desk/grids/old.yaml"
publish "a bot that runs for weeks"
mark
is "imported: a look" watch 2026-02-10T17:38:00Z 0
is "imported: 32 minutes" watch 2026-02-10T18:10:00Z 0
is "imported: it has time" hears
is "imported: 41 minutes" watch 2026-02-10T18:19:00Z 0
is "imported: the phone hears it" hears "1 Watchdog: not watched: old and 1 more"

copy resumed
stop_grid 2026-02-10T17:35:00Z
publish "stopped"
mark
is "resumed by hand: a look before" watch "$NOW" 0
mend
is "resumed by hand: a look" watch 2026-02-10T19:00:00Z 0
is "resumed by hand: it has time" hears
is "resumed by hand: 41 minutes" watch 2026-02-10T19:41:00Z 0
is "resumed by hand: the phone hears it" hears "1 Watchdog: not watched: slice"

copy forgot
is "force, and no memory: a look before" watch "$NOW" 0
rm "$AT/memory.yaml"
another_past
mark
is "force, and no memory: a look" watch "$NOW" 0
is "force, and no memory: the phone hears it" hears "1 Watchdog: history was replaced"
is "force, and no memory: another look" watch 2026-02-10T17:40:00Z 0
is "force, and no memory: it stands" grep -q '^history_rewritten: record: ' "$AT/out"

# quieted RULE: its sirens were cancelled, by their tag.
quieted() {
    grep -q "/1/receipts/cancel_by_tag/$HAND-$1.json\",\"status\":200" "$HEARD"
}
is "sirens of an alert that nobody got are quiet" quieted alert_undelivered
is "sirens of a great loss are quiet" quieted drawdown_untold

# --- The remote, the phone, the memory ---------------------------------------

copy away
is "remote away: a look before" watch "$NOW" 0
mark
mv "$AT/remote.git" "$AT/gone.git"
is "remote away: 73" watch "$NOW" 73
is "remote away: 15 minutes" watch 2026-02-10T17:52:00Z 73
is "remote away: patience" hears
is "remote away: 30 minutes" watch 2026-02-10T18:07:00Z 73
is "remote away: the phone hears it" hears "0 Watchdog: record cannot be read"
mv "$AT/gone.git" "$AT/remote.git"
is "remote back" watch 2026-02-10T18:08:00Z 0
is "remote back: the phone hears it" hears "0 Watchdog: record cannot be read" \
    "-1 Watchdog: over: record cannot be read"

copy phone
mark
curl -sS --fail --max-time 10 -o /dev/null -X PUT --data \
    '{"path": "/1/*", "status": 500, "body": "{}"}' "$PHONE/sim/fault"
is "phone down: 75" watch 2026-02-10T18:20:00Z 75
is "phone down: it is said" grep -q 'not delivered' "$AT/err"
curl -sS --fail --max-time 10 -o /dev/null -X DELETE "$PHONE/sim/fault"
is "phone back: the next look tells" watch 2026-02-10T18:35:00Z 0
is "phone back: once" hears "1 Watchdog: not watched: slice"
cp "$AT/memory.yaml" "$AT/memory.kept"
is "a dry run" watch 2026-02-11T18:35:00Z 0 --dry-run
is "a dry run tells nothing" hears "1 Watchdog: not watched: slice"
is "a dry run remembers nothing" cmp -s "$AT/memory.yaml" "$AT/memory.kept"
echo '{' > "$AT/memory.yaml"
mark
is "a broken memory" watch 2026-02-10T18:40:00Z 0
is "a broken memory is said" grep -q 'what was told is forgotten' "$AT/err"
is "a broken memory costs one message" hears "1 Watchdog: not watched: slice"
is "and no more" watch 2026-02-10T18:45:00Z 0
is "really no more" hears "1 Watchdog: not watched: slice"
sed -i "s|memory: .*|memory: $AT/none/memory.yaml|" "$AT/watchdog.yaml"
is "a memory that cannot be written: 74" watch 2026-02-10T18:46:00Z 74

copy empty
rm -rf "$AT/remote.git"
git init -q --bare -b main "$AT/remote.git"
is "an empty remote: a look" watch "$NOW" 73
is "an empty remote: to the end of what is to be done" grep -q \
    'whoever writes it has not pushed yet' "$AT/err"

# --- Its own configuration, its own secrets ----------------------------------

copy config
echo 'exchange: {base_url: https://x}' >> "$AT/watchdog.yaml"
is "a key of the job is none of its own: 78" watch "$NOW" 78
is "and it is said whose" grep -q "belongs to the file 'config/gridwatch.yaml'" "$AT/err"
copy config
sed -i 's/^  remote: .*//' "$AT/watchdog.yaml"
is "no remote: 78" watch "$NOW" 78
is "no remote: what to do" grep -q 'record.remote is not set' "$AT/err"
copy config
sed -i 's|^  remote: .*|  remote: https://user:S3cretPassw0rd@127.0.0.1:1/x.git|' "$AT/watchdog.yaml"
is "a password in the remote: 78" watch "$NOW" 78
is "a password in the remote: what to do" grep -q "record.remote must not hold a password" "$AT/err"
is "a password in the remote: it is not repeated" test -z "$(grep S3cret "$AT/out" "$AT/err")"
copy config
sed -i 's|^  remote: .*|  remote: "  "|' "$AT/watchdog.yaml"
is "a blank remote: 78" watch "$NOW" 78
is "a blank remote: whose" grep -q "record.remote" "$AT/err"
copy config
(
    unset WATCHDOG_PUSHOVER_TOKEN
    watch "$NOW" 78
) && code=0 || code=1
is "the job's phone is not the watchdog's: 78" test "$code" -eq 0
is "no phone: what to do" grep -q 'set WATCHDOG_PUSHOVER_TOKEN' "$AT/err"
echo "$WATCHDOG_PUSHOVER_TOKEN" > "$WORK/token"
chmod 400 "$WORK/token"
(
    unset WATCHDOG_PUSHOVER_TOKEN
    WATCHDOG_PUSHOVER_TOKEN_FILE=$WORK/token watch "$NOW" 0
) && code=0 || code=1
is "a token in a file" test "$code" -eq 0
rm -f "$WORK/token"
secret_free() {
    ! grep -rl -e "$WATCHDOG_PUSHOVER_TOKEN" -e "$WATCHDOG_PUSHOVER_USER" \
        "$WORK" --include=out --include=err --include='memory*' --include=log
}
is "no secret is in what it says or keeps" secret_free
SCENARIO_SIM=$JOB_SIM
