#!/bin/sh
# Who watches the watcher: the check hears of every run and how it ended, and
# the message ahead appears when the runs stop, or do no work, and only then.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=heartbeat
. tests/e2e/judge_lib.sh
FROM=2026-02-09T22:00:00Z
CHECK=5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278
TOPIC=PLANTED-topic-1

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7:quiet --now "$FROM"
scenario_grid beat 56400:63600:55554 "$FROM"
echo 'heartbeat: {timeout: 2s}' >> "$WORK/gridwatch.yaml"
export HEARTBEAT_URL="$WORLD/ping/$CHECK"
export NTFY_URL="$WORLD/$TOPIC"
export NTFY_TOKEN=PLANTED_tk_token

# words: what the check heard since the mark, one word a line.
words() {
    tail -n "+$((MARK + 1))" "$RECEIVED" | jq -r 'select(.path | startswith("/ping/")) |
        if .fields.signal == "exit" then .fields.code else .fields.signal end'
}
mark() {
    MARK=$(wc -l < "$RECEIVED")
}
hears() {
    words | tr '\n' ' ' > "$WORK/words"
    [ "$(cat "$WORK/words")" = "${1:+$1 }" ] || { cat "$WORK/words" "$WORK/log"; return 1; }
}
# appeared: the times at which messages ahead appeared, since the mark.
appeared() {
    tail -n "+$((MARK + 1))" "$RECEIVED" | jq -r 'select(.method == "DELIVER") | .at'
}
appears() {
    appeared | tr '\n' ' ' > "$WORK/appeared"
    [ "$(cat "$WORK/appeared")" = "$1" ] || { cat "$WORK/appeared"; return 1; }
}
in_order() {
    seq 0 6 | while read -r n; do
        ends "$(after "$FROM" $((n * 15)))" 0 || return 1
    done
}

mark
is "seven runs come to their end" in_order
is "each is a start and a success" \
    hears "start success start success start success start success start success start success start success"
is "nothing appears while runs come" appears ""
body() {
    jq -r 'select(.fields.signal == "success").fields.body' "$RECEIVED" | head -n 1 |
        grep -Ex 'run [0-9TZ]+-[0-9a-f]{8} slot 2026-02-09T22:00:00Z exit 0'
}
is "the word says which run, slot and exit" body
token() {
    [ "$(jq -r 'select(.path == "/'"$TOPIC"'/gridwatch-silence") | .fields |
        "\(.authorization) \(.delay) \(.priority)"' "$RECEIVED" | sort -u)" = \
        "Bearer PLANTED_tk_token 2400s 5" ]
}
is "the topic gets token, delay and priority" token

# The runs stop after the slot of 23:30, whose run was at 23:30:10.
mark
scenario_clock 2026-02-10T00:10:09Z
is "not a second too early" appears ""
scenario_clock 2026-02-10T00:10:10Z
is "it appears 40 minutes after the last run" appears "2026-02-10T00:10:10Z "
says() {
    jq -r 'select(.method == "DELIVER").fields | .title, .message' "$RECEIVED" > "$WORK/said"
    grep -qx 'gridwatch is silent since 23:30 UTC' "$WORK/said" &&
        grep -q 'slot 2026-02-09 23:30 UTC' "$WORK/said" &&
        grep -q 'Look at your grids on the exchange now' "$WORK/said"
}
is "it says since when, and what to do" says
scenario_clock 2026-02-10T03:00:00Z
is "it appears once" appears "2026-02-10T00:10:10Z "

# Again, and then the exchange is gone: the runs come and fail.
mark
is "a run after the silence" ends 2026-02-10T03:00:00Z 0
fault PUT '{"path": "/api/*", "close": true}'
is "no exchange, first run" ends 2026-02-10T03:15:00Z 69
is "the check hears of the failure and its code" hears "start success start 69"
is "no exchange, another run" ends 2026-02-10T03:45:00Z 69
is "runs that do no work let the message appear" appears "2026-02-10T03:40:10Z "
fault DELETE

# The watcher's own silence: hanging, broken and dead hosts.
took() {
    jq '.timings | to_entries | map(.value) | add' "$WORK/run.json"
}
is "a run to compare with" ends 2026-02-10T04:00:00Z 0
mark
: > "$WORK/log"
fault PUT '{"path": "/ping/*", "hang_ms": 9000}'
fault PUT '{"path": "/'$TOPIC'/*", "hang_ms": 9000}'
is "a hanging host changes nothing" ends 2026-02-10T04:15:00Z 0
quick() {
    [ "$(took)" -lt 1500 ] || { took; return 1; }
}
is "and nothing waits for it" quick
complains() {
    for which in start end ahead; do
        grep -q "heartbeat-failed.* which=$which " "$WORK/log" ||
            { cat "$WORK/log"; return 1; }
    done
}
is "and it is logged" complains
fault DELETE
fault PUT '{"path": "/'$TOPIC'/*", "status": 404, "body": "{}"}'
is "a server without sequences changes nothing" ends 2026-02-10T04:30:00Z 0
is "and the log says which one is needed" grep -q '2.16 or newer' "$WORK/log"
fault DELETE
HEARTBEAT_URL=http://127.0.0.1:1/$CHECK
is "nobody listens: the run is the same" ends 2026-02-10T04:45:00Z 0
HEARTBEAT_URL=$WORLD/ping/$CHECK
mark
scenario_clock 2026-02-10T05:00:10Z
is "a dry run says nothing" gridwatch run --dry-run --at 2026-02-10T05:00:00Z
is "and nobody heard of it" hears ""

secret_free() {
    ! grep -r -e "$CHECK" -e PLANTED "$WORK/log" "$RUNS" &&
        ! git -C "$WORK/data.git" log -p --all | grep -e "$CHECK" -e PLANTED
}
is "no secret is in log, report or record" secret_free
