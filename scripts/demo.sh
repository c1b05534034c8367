#!/bin/sh
# demo.sh - a quiet market that breaks, on made-up candles: what the phone
# shows and what comes of its answers, what the repository keeps. No network,
# no account. SEED chooses the noise, WORK the directory.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
SEED=${SEED:-7}
FROM=2026-02-10T00:00:00Z
. scripts/scenario.sh

heading() {
    printf '\n== %s\n\n' "$*"
}

# messages SLOT: what reached the phone in the run of that slot, as JSON.
messages() {
    jq -c --arg at "$(echo "$1" | cut -c 1-16)" 'select(.path ==
        "/1/messages.json" and .status == 200 and .at[0:16] == $at) | .fields' \
        "$RECEIVED"
}

# The messages of standard input as the phone would show them.
phone() {
    jq -r --argjson width 66 '
        def spaces: " " * . // "";
        def bar: [range($width + 2)] | map("─") | join("");
        def rows: split(" ") | reduce .[] as $word ([""];
            if (last | length) + ($word | length) >= $width
            then . + [$word]
            else last |= (if . == "" then $word else . + " " + $word end)
            end) | .[] | "│ \(.)\($width - length | spaces) │";
        {"-2": "lowest", "-1": "quiet", "0": "normal", "1": "high",
         "2": "emergency, rings until acknowledged"}[.priority] as $word |
        "┌\(bar)┐",
        ("\(.timestamp | tonumber | strftime("%Y-%m-%d %H:%M UTC")), " +
            "priority \(.priority) (\($word))" | rows),
        (.title | rows), "├\(bar)┤",
        (.message | split("\n")[] | select(. != "") | rows),
        "└\(bar)┘"'
}

# rings SLOT: one line for each siren of that run.
rings() {
    messages "$1" | jq -r --arg at "$(echo "$1" | cut -c 12-16)" '
        select(.priority == "2") | "\($at)  the phone rings, every " +
        "\(.retry) s: \(.title)"'
}

# until_mandatory FROM TO: the job in every slot of [FROM, TO), but none after
# the first MANDATORY_EXIT; the JSON of the runs.
until_mandatory() {
    scenario_slots "$1" "$2" | while read -r slot; do
        scenario_runs "$slot" "$(later "$slot" 15)" || break
        [ -z "$(first_slot MANDATORY_EXIT)" ] || break
    done
}

# slots FROM TO: the job in every slot of [FROM, TO), silent.
slots() {
    scenario_runs "$1" "$2" > /dev/null || exit 1
}

# first_slot STATE: the first slot with that state, so far.
first_slot() {
    jq -r --arg state "$1" 'select(.grids[0].state == $state) | .slot' \
        "$RUNS" | head -n 1
}

# later TIME MINUTES
later() {
    date -u -d "$1 + $2 minutes" +%Y-%m-%dT%H:%M:%SZ
}

trap scenario_end EXIT
trap 'exit 130' INT TERM
scenario_begin "${WORK:-build/demo}" BTC-USDT --walk "BTC-USDT=$SEED" \
    --now "$FROM"
"$BUILD/gridwatch-sim" bars --walk "$SEED" > "$WORK/walk.csv"
HERE=$(pwd)/
SHOWN=${WORK#"$HERE"}

heading "1. A grid from 56400 to 63600 with its stop at 55554: a run every 15" \
    "minutes"
scenario_grid demo 56400:63600:55554 "$FROM"
until_mandatory "$FROM" 2026-02-11T00:00:00Z |
    scenario_changes
[ ! -e "$WORK/failed" ] || exit 1
ALERT=$(first_slot LATEST_ACCEPTABLE_EXIT)
SIREN=$(first_slot MANDATORY_EXIT)
if [ -z "$ALERT" ] || [ -z "$SIREN" ]; then
    echo "this seed does not break in a day: try another SEED" >&2
    exit 1
fi
# Asked now: what people answer later is nothing that candles can tell.
judged=0
scenario_judge "$WORK/walk.csv" "$FROM" "$(later "$SIREN" 15)" \
    > "$WORK/judged" || judged=$?

heading "2. The alert: what to do and by when, why, what an hour of waiting" \
    "costs"
messages "$ALERT" | head -n 1 | phone

heading "3. Its picture, as it came to the phone"
name=$(messages "$ALERT" | jq -r .attachment | head -n 1)
echo "  $SHOWN/pictures/$name  ($(($(wc -c < "$WORK/pictures/$name") / 1000)) kB)"
echo "  Open it: 48 hours of candles between the lines of the grid, its states,"
echo "  and the chance to leave the range within 24 h."

heading "4. The siren, and who answers"
rings "$SIREN"
tap=$(later "$SIREN" 3)
scenario_clock "$tap"
curl -sS --fail --max-time 10 -o /dev/null -X PUT \
    --data '{"device":"iphone"}' "$WORLD/sim/acknowledge"
echo "$(echo "$tap" | cut -c 12-16)  somebody acknowledges it on the phone: it is quiet"
# The next runs read the receipt; then what was answered gets worse.
next=$(later "$SIREN" 15)
again=
while [ -z "$again" ] && [ "$(later "$SIREN" 240)" != "$next" ]; do
    slots "$next" "$(later "$next" 15)"
    again=$(rings "$next")
    next=$(later "$next" 15)
done
echo "${again:-nothing got worse in four hours}"
stopped=$(later "$next" -10)
gridwatch grid stop demo --at "$stopped" --note "closed by hand" \
    >> "$WORK/log" 2>&1
echo "$(echo "$stopped" | cut -c 12-16)  the operator closes the position: gridwatch grid stop demo"
slots "$next" "$(later "$next" 30)"
jq -r 'select(.path | contains("/cancel_by_tag/")) | "\(.at[11:16])  the run " +
    "cancels what still rings: POST \(.path), HTTP \(.status)"' "$RECEIVED" |
    tail -n 1

heading "5. The whole episode: gridwatch log demo"
gridwatch log demo

heading "6. What the data repository keeps"
commits=$(git --git-dir "$WORK/data.git" rev-list --count HEAD)
documents=$(git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD | wc -l)
echo "$documents documents, $commits commits; the newest:"
git --git-dir "$WORK/data.git" log --oneline -n 3
path=$(date -u -d "$ALERT" +exits/demo/%Y/%m/%d/%H%M.yaml)
echo "of the verdict of the alert, $path:"
git --git-dir "$WORK/data.git" show "HEAD:$path" |
    sed -n '/^  state:/p; /^  pi.*:/p; /^  regime:/p; /id: L_.*answer: .yes/p;
        /^  net_pnl:/p; /^  at_risk:/p; /^  stop_atr:/p;
        /^  give_back/p; /^decision:/p'

heading "7. Is it true? A second opinion from the candles alone, and the" \
    "record computed anew"
sed -n '/^FAIL/p; /^judge:/p' "$WORK/judged"
[ "$judged" -eq 0 ]
gridwatch verify
"$BUILD/gridwatch" validate "$WORK/data.git"

heading "look further"
cat <<TEXT
  $BUILD/gridwatch --config $SHOWN/gridwatch.yaml explain demo $ALERT
  $BUILD/gridwatch --config $SHOWN/gridwatch.yaml grid show demo
  git --git-dir $SHOWN/data.git show HEAD:$path
  git --git-dir $SHOWN/data.git log --stat -n 2
  jq .fields $SHOWN/received.jsonl
TEXT
