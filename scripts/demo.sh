#!/bin/sh
# demo.sh - a quiet market that breaks, on made-up candles: what the phone
# shows, what the repository keeps. No network, no account. SEED chooses the
# noise, WORK the directory.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
SEED=${SEED:-7}
FROM=2026-02-09T12:00:00Z
TO=2026-02-11T00:00:00Z
. scripts/scenario.sh

heading() {
    printf '\n== %s\n\n' "$*"
}

# The messages of received.jsonl as the phone would show them.
phone() {
    jq -r --argjson width 66 '
        def spaces: " " * . // "";
        def bar: [range($width + 2)] | map("─") | join("");
        def rows: split(" ") | reduce .[] as $word ([""];
            if (last | length) + ($word | length) >= $width
            then . + [$word]
            else last |= (if . == "" then $word else . + " " + $word end)
            end) | .[] | "│ \(.)\($width - length | spaces) │";
        select(.path == "/1/messages.json") | .fields |
        {"-2": "lowest", "-1": "quiet", "0": "normal", "1": "high",
         "2": "emergency, rings until acknowledged"}[.priority] as $word |
        "┌\(bar)┐",
        ("\(.timestamp | tonumber | strftime("%Y-%m-%d %H:%M UTC")), " +
            "priority \(.priority) (\($word))" | rows),
        (.title | rows), "├\(bar)┤",
        (.message | split("\n")[] | select(. != "") | rows),
        "└\(bar)┘"' "$RECEIVED"
}

trap scenario_end EXIT
trap 'exit 130' INT TERM
scenario_begin "${WORK:-build/demo}" BTC-USDT --walk "BTC-USDT=$SEED" \
    --now "$FROM"
"$BUILD/gridwatch-sim" bars --walk "$SEED" > "$WORK/walk.csv"

heading "a grid from 56400 to 63600, stop 55554, from $FROM on"
scenario_grid demo 56400:63600:55554 "$FROM"
scenario_runs "$FROM" "$TO" | scenario_changes
[ ! -e "$WORK/failed" ] || exit 1

heading "what the phone showed"
phone

heading "what the data repository keeps (the newest of" \
    "$(git --git-dir "$WORK/data.git" rev-list --count HEAD) commits)"
git --git-dir "$WORK/data.git" log --oneline -n 3
echo "and those that changed something:"
git --git-dir "$WORK/data.git" log --oneline --grep '→' --grep delivery \
    --grep created

last=$(jq -r 'select(any(.grids[].notified[]; .priority > 0)) | .slot' \
    "$RUNS" | head -n 1)
path=$(date -u -d "$last" +exits/demo/%Y/%m/%d/%H%M.yaml)
heading "one verdict: $path"
git --git-dir "$WORK/data.git" show "HEAD:$path"

heading "a second opinion, from the candles alone"
scenario_judge "$WORK/walk.csv" "$FROM" "$TO" | sed -n '/^ok/!p'
gridwatch validate "$WORK/data.git"

heading "look further"
cat <<TEXT
  $BUILD/gridwatch --config $WORK/gridwatch.yaml grid show demo
  $BUILD/gridwatch --config $WORK/gridwatch.yaml grid list
  $BUILD/gridwatch validate $WORK/data.git
  git --git-dir $WORK/data.git log --stat -n 2
  git --git-dir $WORK/data.git ls-tree -r --name-only HEAD audit
  jq .fields $RECEIVED
  jq '{slot, state: .grids[0].state, pi: .grids[0].pi}' $RUNS
TEXT
