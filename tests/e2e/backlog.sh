#!/bin/sh
# Six grids were missed for a week, and the exchange answers slowly: there is no
# time to fill it all. The present slot has its turn and rings, what is not
# filled is told, and the record follows from itself on both sides of the gap.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=backlog
. tests/e2e/judge_lib.sh

FROM=2026-02-03T17:00:00Z
# Seed 7 is MANDATORY from here on.
BACK=2026-02-10T17:00:00Z
GRIDS="g1 g2 g3 g4 g5 g6"

others_are_created() {
    for id in ${GRIDS#g1}; do
        gridwatch grid create "$id" --symbol BTC-USDT --market spot \
            --side long --lower 56400 --upper 63600 --stop 55554 --levels 20 \
            --capital 10000 --spacing arithmetic --at "$FROM" || return 1
    done
}

repository() {
    git --git-dir "$WORK/data.git" "$@"
}

# What is said of the slots that are not filled: one audit event, the first of
# them into $WORK/unfilled.
unfilled_is_told() {
    repository ls-tree -r --name-only main audit | grep -e '-run-fault-' \
        > "$WORK/events"
    [ "$(wc -l < "$WORK/events")" -eq 1 ] || { cat "$WORK/events"; return 1; }
    repository show "main:$(cat "$WORK/events")" > "$WORK/event"
    sed -n "s/^what: 'slots from \(.*\) up to $BACK were missed and are not filled: no time'\$/\1/p" \
        "$WORK/event" > "$WORK/unfilled"
    [ -s "$WORK/unfilled" ] || { cat "$WORK/event"; return 1; }
}

# Every slot before the gap, none in it, and those after: of the documents that
# were ever there, since old ones leave the tip.
slots_are() {
    { scenario_slots "$FROM" "$(cat "$WORK/unfilled")"
      scenario_slots "$BACK" "$1"; } > "$WORK/expected"
    for id in $GRIDS; do
        repository log --format= --diff-filter=A --name-only main -- \
            "exits/$id" |
            sed "s|^exits/$id/\(....\)/\(..\)/\(..\)/\(..\)\(..\).yaml|\1-\2-\3T\4:\5:00Z|" |
            sort > "$WORK/recorded"
        diff "$WORK/expected" "$WORK/recorded" || return 1
    done
}

# One message for all of them, as loud as it gets.
rang_once() {
    jq -r 'select(.path == "/1/messages.json") | "\(.status) \(.fields.priority) \(.fields.title)"' \
        "$RECEIVED" > "$WORK/titles"
    echo '200 2 MANDATORY_EXIT ↓ g1 (BTC-USDT) and 5 more' |
        diff - "$WORK/titles"
}

all_told() {
    jq -e '[.grids[] | .state == "MANDATORY_EXIT" and .notified[0].delivered]
        | length == 6 and all' "$WORK/run.json"
}

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
# Half of the deadline is for the past; what the exchange leaves of it is less
# than a second.
sed -i 's/^  fsync: false/&\n  push_budget: 1s/
    s/^exchange:/&\n  request_timeout: 10s/
    s/^notify:/&\n  tries: 1\n  request_timeout: 1s/
    s/^log:/run:\n  deadline: 20s\n  settle: 0s\nlog:/' "$WORK/gridwatch.yaml"
scenario_grid g1 56400:63600:55554 "$FROM"
is "five more grids" others_are_created
is "the first run" runs "$FROM" "$(after "$FROM")"
fault PUT '{"path":"/api/v1/market/candles*","count":1,"hang_ms":9300}'
is "after a week without a run, one ends well" ends "$BACK" 0
is "the alert of the present slot went out, for all" all_told
is "and was one" rang_once
is "that there was no time is in the log" \
    grep -q ' warn unfilled .* to=2026-02-10T17:00:00Z ' "$WORK/log"
is "and in the record" unfilled_is_told
is "the week did not come to its end" \
    [ "$(cat "$WORK/unfilled")" != "$BACK" ]
is "all before it is recorded, and nothing of it" \
    slots_are "$(after "$BACK")"
is "the slot is done" scenario_again "$BACK" "$(after "$BACK")"
is "the next ones run" runs "$(after "$BACK")" "$(after "$BACK" 45)"
is "and add themselves alone" slots_are "$(after "$BACK" 45)"
is "nothing more is told" unfilled_is_told
is "nor rings" rang_once
is "every document is valid" gridwatch validate "$WORK/data.git"
is "and follows from the record" gridwatch verify
is "git has nothing to say" repository fsck --strict
