#!/bin/sh
# An outage of eleven hours: nothing is concluded, the phone is told ever
# louder until it rings, and every bar that was missed gets into the record afterwards.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=outage
. tests/e2e/judge_lib.sh

FROM=2026-02-08T00:00:00Z
DOWN=2026-02-08T01:00:00Z
UP=2026-02-08T12:00:00Z
TO=2026-02-08T16:00:00Z

# During the outage each run ends with 65 and yet records its slot.
blind_runs() {
    scenario_slots "$DOWN" "$UP" | while read -r slot; do
        code=0
        scenario_run "$slot" > "$WORK/run.json" || code=$?
        cat "$WORK/run.json" >> "$RUNS"
        [ "$code" -eq 65 ] || echo "slot $slot ended with $code"
    done > "$WORK/wrong"
    [ ! -s "$WORK/wrong" ] || { cat "$WORK/wrong"; return 1; }
}

# The bars of all metrics documents, once each, against the candles.
# Those that came at once stand in the slot that saw them first, and what found
# no room there in audit events of that slot.
bars_are_complete() {
    git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD metrics audit |
        grep -e ^metrics -e -revision- | while read -r path; do
            git --git-dir "$WORK/data.git" show "HEAD:$path"
        done | awk '/^tf:/ { late = $2 == "15m" }
            /^open_time:/ && late { print $2 }
            /^- {tf: 15m, open_time: / { gsub(/[\047,]/, "", $5); print $5 }' |
        sort > "$WORK/recorded"
    seq "$(($(date -u -d "$FROM" +%s) - 900))" 900 \
        "$(($(date -u -d "$TO" +%s) - 1800))" | sed 's/^/@/' |
        date -u -f - +%Y-%m-%dT%H:%M:%SZ > "$WORK/expected"
    diff "$WORK/expected" "$WORK/recorded"
}

states_are() {
    jq -r --arg from "$1" --arg to "$2" \
        'select(.slot >= $from and .slot < $to) | .grids[0].state' "$RUNS" |
        sort -u > "$WORK/states"
    [ "$(cat "$WORK/states")" = "$3" ] || { cat "$WORK/states"; return 1; }
}

told() {
    # The first run without a price, then when the newest is 45 min and 2 h old.
    # That is repeated once, after four hours; the next were after twelve.
    jq -r 'select(.path == "/1/messages.json") | "\(.at[11:16]) " +
        "\(.fields.priority // "0") \(.fields.title)"' "$RECEIVED" |
        sed 's/ out .*//' > "$WORK/titles"
    diff - "$WORK/titles" << 'END'
01:00 0 UNKNOWN
01:30 1 No price: UNKNOWN
02:45 2 No price: UNKNOWN
06:45 1 Still: UNKNOWN
12:00 -1 Known again: NORMAL
END
}

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
sed -i 's/^exchange:/exchange:\n  request_timeout: 1s/' "$WORK/gridwatch.yaml"
sed -i 's/^log:/run:\n  deadline: 40s\nlog:/; s/^notify:/notify:\n  tries: 1\n  request_timeout: 1s/' \
    "$WORK/gridwatch.yaml"
scenario_grid out 56400:63600:55554 "$FROM"
is "the quiet hour runs" runs "$FROM" "$DOWN"
fault PUT '{"path":"/api/v1/market/candles","status":400,"body":"{\"code\":\"411100\",\"msg\":\"frozen\"}"}'
is "each run of the outage is recorded and ends with 65" blind_runs
is "the state is UNKNOWN meanwhile" states_are "$DOWN" "$UP" UNKNOWN
fault DELETE
is "the runs afterwards end well" runs "$UP" "$TO"
is "the state is known at once" states_are "$UP" "$TO" NORMAL
is "the phone was told that and when" told
is "no bar is missing in the record, none is there twice" bars_are_complete
is "every document is valid" gridwatch validate "$WORK/data.git"
is "and follows from the record" gridwatch verify
