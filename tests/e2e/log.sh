#!/bin/sh
# The story that `log` tells and the tables that `export` makes, of a seeded
# walk that breaks, held to what python reads of the same repository.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=log
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T10:00:00Z
TO=2026-02-10T18:00:00Z

says() {
    want=$1
    shift
    got=$("$@" 2>&1) || true
    case "$got" in
    *"$want"*) ;;
    *) echo "'$got' does not say '$want'"; false ;;
    esac
}

scenario_begin "$OUT/log" BTC-USDT --walk "BTC-USDT=$SEED" --now "$FROM"
scenario_first_model
scenario_grid slice 56400:63600:55554 "$FROM"
is "a run" runs "$FROM" 2026-02-10T10:15:00Z

# without_channel SLOT: the run decides a message and cannot send it.
without_channel() {
    status=0
    (unset PUSHOVER_TOKEN; scenario_run "$1" > /dev/null) || status=$?
    [ "$status" -eq 75 ] || { echo "it ended with $status"; false; }
}
is "one without a channel" without_channel 2026-02-10T10:15:00Z
is "leaves a message open" says "priority 0; no answer is recorded" gridwatch \
    log -n 1
is "more runs" runs 2026-02-10T10:30:00Z 2026-02-10T12:30:00Z
is "an acknowledgement" gridwatch ack --by anna --note "seen" --at \
    2026-02-10T12:31:30Z
python3 - "$WORK/gridwatch.yaml" <<'PYTHON'
import sys
text = open(sys.argv[1], encoding="utf-8").read()
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(text.replace("retry_spacing: 1s", "retry_spacing: 1s\n"
                            "  warning_pi_floor: 0.12"))
PYTHON
is "more runs, otherwise configured" runs 2026-02-10T12:30:00Z "$TO"

# A snooze by hand, from a phone, and nobody's audit event.
git clone -q "$WORK/data.git" "$WORK/clone" 2> /dev/null
echo "- {at: 2026-02-11T07:00:30Z, event: snoozed, until: 2026-02-11T09:00:00Z, note: breakfast}" \
    >> "$WORK/clone/grids/slice.yaml"
git -C "$WORK/clone" -c user.name=anna -c user.email=anna@example.org \
    commit -q -a -m "by hand"
git -C "$WORK/clone" push -q origin HEAD 2> /dev/null

# tells WORDS... -- OPTION...: the log's lines are these, in this order.
tells() {
    want=$WORK/want.txt
    cat > "$want"
    gridwatch log "$@" | sed -E 's/(configuration) .{8} -> .{8}/\1 OLD -> NEW/' \
        > "$WORK/got.txt"
    diff "$want" "$WORK/got.txt"
}

# The lines follow from the documents by the eye of a person.
is "the story" tells <<'LINES'
2026-02-10 10:00Z  slice      created and started
2026-02-10 10:00Z  slice      UNKNOWN -> NORMAL  pi 0.15
2026-02-10 10:15Z  slice      NORMAL -> WARNING  pi 0.20  W_TRANS W_CONF W_MR W_VER
2026-02-10 10:15Z  slice      told first: WARNING ↓ slice (BTC-USDT), priority 0; pushover accepted it 15 min after the slot
2026-02-10 12:15Z  slice      WARNING -> LATEST_ACCEPTABLE_EXIT  pi 0.38  L_HL L_VER
2026-02-10 12:15Z  slice      told worse: LATEST_ACCEPTABLE_EXIT ↓ slice (BTC-USDT), priority 1; pushover accepted it 10 s after the slot
2026-02-10 12:31Z  slice      acknowledged LATEST_ACCEPTABLE_EXIT by anna: seen
2026-02-10 12:45Z  run        configuration OLD -> NEW: notify.warning_pi_floor 0.1 -> 0.12
2026-02-10 12:45Z  slice      LATEST_ACCEPTABLE_EXIT -> WARNING  pi 0.34  W_TRANS W_CONF W_ER W_MR W_VER W_HAZ
2026-02-10 13:00Z  slice      WARNING -> LATEST_ACCEPTABLE_EXIT  pi 0.47  L_HL L_VER L_HAZ
2026-02-10 17:00Z  slice      LATEST_ACCEPTABLE_EXIT -> MANDATORY_EXIT  pi 0.89  M_BOUNDARY
2026-02-10 17:00Z  slice      told worse: MANDATORY_EXIT ↓ slice (BTC-USDT), priority 2; pushover accepted it 10 s after the slot
2026-02-11 07:00Z  slice      snoozed until 2026-02-11 09:00 by hand: breakfast
LINES

is "its end" tells -n 2 <<'LINES'
2026-02-10 17:00Z  slice      told worse: MANDATORY_EXIT ↓ slice (BTC-USDT), priority 2; pushover accepted it 10 s after the slot
2026-02-11 07:00Z  slice      snoozed until 2026-02-11 09:00 by hand: breakfast
LINES
is "a part of it" tells slice --since 2026-02-10T12:15:10Z --until \
    2026-02-10T16:15:10Z --kind transition,operator <<'LINES'
2026-02-10 12:31Z  slice      acknowledged LATEST_ACCEPTABLE_EXIT by anna: seen
2026-02-10 12:45Z  slice      LATEST_ACCEPTABLE_EXIT -> WARNING  pi 0.34  W_TRANS W_CONF W_ER W_MR W_VER W_HAZ
2026-02-10 13:00Z  slice      WARNING -> LATEST_ACCEPTABLE_EXIT  pi 0.47  L_HL L_VER L_HAZ
LINES
is "the last twelve hours" tells --since 12h --at 2026-02-11T08:00Z \
    --kind operator <<'LINES'
2026-02-11 07:00Z  slice      snoozed until 2026-02-11 09:00 by hand: breakfast
LINES
is "an answer whose message is before" tells --since 2026-02-10T10:20Z \
    --until 2026-02-10T11:00Z --kind delivery <<LINES
2026-02-10 10:30Z  slice      message $(jq -r '.grids[].notified[]?.intent' \
    "$RUNS" | head -n 1): pushover accepted it 15 min after the slot
LINES
# Of the day before only the configuration is taken, whatever that ended with:
# here a transition, then an answer whose message is not there.
ends_with() {
    want=$1
    shift
    rm -rf "$WORK/cut" "$WORK/cut.git"
    git clone -q "$WORK/data.git" "$WORK/cut" 2> /dev/null
    (cd "$WORK/cut" && git rm -q "$@")
    case "$(cd "$WORK/cut" && find audit -type f | sort | tail -n 1)" in
    *-"$want"-*) ;;
    *) echo "the last event is no $want"; return 1 ;;
    esac
    git -C "$WORK/cut" -c user.name=anna -c user.email=anna@example.org \
        commit -q -m "cut"
    git clone -q --bare "$WORK/cut" "$WORK/cut.git"
    sed "s|data[.]git|cut.git|" "$WORK/gridwatch.yaml" > "$WORK/cut.yaml"
    "$BUILD/gridwatch" --config "$WORK/cut.yaml" log > "$WORK/got.txt"
    "$BUILD/gridwatch" --config "$WORK/cut.yaml" log --json > "$WORK/log.jsonl"
    cat "$WORK/got.txt"
    [ "$(grep -c configuration "$WORK/got.txt")" -eq 1 ] &&
        [ "$(jq -r 'select(.kind == "config") | .at' "$WORK/log.jsonl")" = \
            2026-02-10T12:45:00Z ]
}
is "a day that ends with a transition" ends_with transition \
    'audit/2026/02/10/170010000-*'
is "a day that ends with a lone answer" ends_with delivery \
    'audit/2026/02/10/170010000-*-intent-*'
is "nothing, of no time" tells --since 2026-03-01 < /dev/null
is "an unknown kind" says "--kind 'news' is none of" gridwatch log --kind \
    message,news
is "an unknown grid" says "there is no grid 'other'" gridwatch log other

# Every event of audit/ is in the JSON, once; a delivery beside its message.
agrees() {
    gridwatch log --since 2020-01-01 --json > "$WORK/log.jsonl"
    python3 - "$WORK/data.git" "$WORK/log.jsonl" <<'PYTHON'
import json, sys
sys.path.insert(0, "tests/judge")
from repository import Repository, seconds
repo = Repository(sys.argv[1])
lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)

def of(kind):
    return [line for line in lines if line["kind"] == kind]

def same(got, event, keys):
    wrong = {k: (got[k], event.get(k)) for k in keys if got[k] != event.get(k)}
    assert not wrong, wrong

for kind, keys in (
        ("transition", ("at", "symbol", "slot", "from", "to", "side",
                        "backfilled", "reasons")),
        ("operator", ("at", "action", "by", "until", "note", "episode"))):
    told = [line for line in of(kind) if not line.get("by_hand")]
    events = repo.events(kind)
    assert len(told) == len(events) > 0, (kind, len(told), len(events))
    for got, event in zip(told, events):
        same(got, event, keys)
for got in of("transition"):
    slot = got["slot"]
    path = f"exits/{got['subject']}/{slot[:10].replace('-', '/')}/" \
        f"{slot[11:13]}{slot[14:16]}.yaml"
    assert got["pi"] == repo.document(path)["evaluation"]["pi"]["value"]
answers = {event["intent"]: event for event in repo.events("delivery")}
intents = repo.events("intent")
assert len(of("message")) == len(intents) == len(answers) == 3
for got, event in zip(of("message"), intents):
    same(got, event, ("at", "symbol", "slot", "reason", "state", "priority",
                      "title"))
    (answer,) = got["deliveries"]
    event = answers[got["intent"]]
    same(answer, event, ("channel", "outcome", "tries", "http_status",
                         "receipt"))
    assert answer["delivered_at"] == event["at"] and answer["why"] is None
    assert answer["took_s"] == seconds(event["at"]) - seconds(got["slot"])
(config,) = of("config")
runs = [event["run"]["config"] for event in repo.events("transition")]
assert (config["was"], config["is"]) == (runs[0], runs[-1])
assert len(of("delivery")) == len(of("fault")) == len(of("revision")) == 0
(hand,) = [line for line in of("operator") if line["by_hand"]]
assert (hand["action"], hand["until"], hand["note"]) == (
    "snoozed", "2026-02-11T09:00:00Z", "breakfast")
PYTHON
}
is "the JSON agrees with the documents" agrees

# --- export -----------------------------------------------------------------------

# table FORMAT FOLDER SINCE OPTION...: an export is what the documents hold.
table() {
    form=$1 folder=$2 since=$3
    shift 3
    gridwatch export "$@" --format "$form" > "$WORK/table.$form" || return 1
    tests/e2e/export_numbers.py "$WORK/data.git" "$folder" \
        "$WORK/table.$form" "$form" $since
}

is "exits as a table" table csv exits/slice "" slice
is "a row for each slot" test "$(wc -l < "$WORK/table.csv")" -eq 33
is "exits as JSON" table jsonl exits/slice "" slice
is "metrics as a table" table csv metrics/BTC-USDT "" BTC-USDT
is "metrics as JSON" table jsonl metrics/BTC-USDT "" slice --what metrics
is "the last slots alone" table csv exits/slice 2026-02-10T16:00:00Z slice \
    --since 2026-02-10T16:00:00Z
is "eight of them" test "$(wc -l < "$WORK/table.csv")" -eq 9
is "slots that are not there" says "kind,version,grid," gridwatch export \
    slice --since 2027-01-01
is "what nobody knows" says "nothing is recorded of 'other'" gridwatch export \
    other
is "another format" says "neither csv nor jsonl" gridwatch export slice \
    --format xml
is "exits of a symbol" says "exits are of a grid" gridwatch export BTC-USDT \
    --what exits

# A table that a full disk cut must not look like a whole one.
is_cut() {
    status=0
    got=$("$@" 2>&1 > /dev/full) || status=$?
    case "$status $got" in
    "74 "*"No space left"*) ;;
    *) echo "it ended with $status and said '$got'"; false ;;
    esac
}
for command in "log" "log -n 2 --json" "log --since 2026-02-10" "log --help" \
    "export slice" "export slice --format jsonl" "export slice --since 2027-01-01" \
    "status" "help"; do
    # shellcheck disable=SC2086 # words
    is "a full disk: $command" is_cut gridwatch $command
done
several() {
    got=$(gridwatch export slice --format jsonl 2>&1 > /dev/full) || true
    case "$got" in
    *"the table ends early"*) ;;
    *) echo "it went on to the end: '$got'"; false ;;
    esac
}
is "it is not read to the end then" several

# What left the tip is exported from history: the table is the same.
gridwatch export slice > "$WORK/before.csv"
git -C "$WORK/clone" pull -q origin main 2> /dev/null
git -C "$WORK/clone" rm -q -r exits/slice/2026/02/10/10*
git -C "$WORK/clone" -c user.name=anna -c user.email=anna@example.org \
    commit -q -m "retention: 4 documents left"
git -C "$WORK/clone" push -q origin HEAD 2> /dev/null
gridwatch export slice > "$WORK/after.csv"
is "slots that left the tip" cmp "$WORK/before.csv" "$WORK/after.csv"
is "are in no file any more" test ! -e \
    "$WORK/clone/exits/slice/2026/02/10/1015.yaml"
