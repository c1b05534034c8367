#!/bin/sh
# What the operator does, by command and by hand, on a seeded walk that breaks:
# pause, resume, change, stop, start again, acknowledge, snooze. What stands in
# the repository is read by python, the messages are judged, and the record is
# computed anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=operator
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T10:00:00Z
# Seed 7 is WARNING at 10:15, LATEST from 13:00 on, MANDATORY from 17:00 on.
RANGE=56400:63600:55554

says() {
    want=$1
    shift
    got=$("$@" 2>&1) || true
    case "$got" in
    *"$want"*) ;;
    *) echo "'$got' does not say '$want'"; false ;;
    esac
}

# refuses CODE WORDS COMMAND...: ends so, says so, and commits nothing.
refuses() {
    code=$1 want=$2
    shift 2
    tip=$(scenario_tip)
    status=0
    got=$(gridwatch "$@" 2>&1) || status=$?
    [ "$status" -eq "$code" ] || { echo "status $status: $got"; return 1; }
    [ "$(scenario_tip)" = "$tip" ] || { echo "it made a commit"; return 1; }
    case "$got" in
    *"$want"*) ;;
    *) echo "'$got' does not say '$want'"; return 1 ;;
    esac
}

heard_are() {
    [ "$(heard)" -eq "$1" ] || { echo "$(heard) messages, not $1"; false; }
}

# The repository as python reads it: `doc` is the newest grid file, `acts` the
# operator's audit events by time.
holds() {
    python3 - "$WORK/data.git" "$1" <<'PYTHON'
import subprocess, sys
sys.path.insert(0, "tests/judge")
from repository import Repository
repo = Repository(sys.argv[1])
doc = repo.document("grids/slice.yaml")
acts = sorted(repo.events("operator"), key=lambda a: a["at"])
reasons = {d["slot"][11:16]: d["decision"]["reason"]
           for d in map(repo.document, repo.below("exits/slice"))}
if not eval(f"({sys.argv[2]})"):
    print(doc["history"], acts[-2:], reasons, sep="\n")
    sys.exit(1)
PYTHON
}

begin() {
    scenario_end
    scenario_begin "$OUT/operator-$1" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM"
    scenario_first_model
    "$BUILD/gridwatch-sim" bars --walk "$SEED" > "$WORK/walk.csv"
    scenario_grid slice "$RANGE" "$FROM"
}

# --- acknowledge and snooze: the judge follows ----------------------------------

begin snooze
is "nothing to acknowledge" refuses 64 "nothing is open of any grid" ack
is "nor of one grid" refuses 64 "nothing is open" ack slice
is "the first hours" runs "$FROM" 2026-02-10T10:30:00Z
is "the warning is told" heard_are 1
is "a dry run of an acknowledgement" says "would commit: slice: acknowledged \
WARNING of slot 2026-02-10 10:15 UTC" gridwatch ack -n --at 2026-02-10T10:20Z
is "commits nothing" holds 'len(acts) == 1'
is "status says how long the state stands, and that nobody answered" says \
    '  told WARNING 00:05 ago, not acknowledged' gridwatch status \
    --at 2026-02-10T10:20Z
is "in plain shares of the price" says "$(python3 - "$WORK/data.git" <<'PYTHON'
import sys
sys.path.insert(0, "tests/judge")
from repository import Repository
e = Repository(sys.argv[1]).document("latest/grids/slice.yaml")["evaluation"]
close = float(e["close"]["value"] if isinstance(e["close"], dict) else e["close"])
print("to lower %.1f %%  to upper %.1f %%  to stop %.1f %%" % tuple(
    100 * abs(x / close - 1) for x in (56400, 63600, 55554)))
PYTHON
)" gridwatch status --at 2026-02-10T10:20Z
is "an acknowledgement" gridwatch ack slice --by anna --note "seen, it is early" \
    --at 2026-02-10T10:20:05Z
is "stands in the grid's file" holds 'doc["history"][-1] == {
    "at": "2026-02-10T10:20:05Z", "event": "acknowledged",
    "note": "seen, it is early"}'
is "and in the audit" holds '{k: acts[-1].get(k) for k in
    ("at", "action", "by", "state", "episode", "note", "until")} == {
    "at": "2026-02-10T10:20:05Z", "action": "acknowledge", "by": "anna",
    "state": "WARNING", "episode": "2026-02-10T10:15:00Z",
    "note": "seen, it is early", "until": None}'
is "twice is once too often" refuses 64 "was acknowledged at 2026-02-10 \
10:20 UTC" ack slice --at 2026-02-10T10:21Z
is "status says since when it is answered" says \
    'told WARNING 00:07 ago, acknowledged 00:01 ago' gridwatch status \
    --at 2026-02-10T10:22Z
is "a snooze until the past" refuses 64 "is over already" snooze slice \
    --until 2026-02-10T10:00Z --at 2026-02-10T10:25Z
is "one of eight days" refuses 64 "7 days at most" snooze slice 8d
is "one without an end" refuses 64 "say how long" snooze slice
is "one with two" refuses 64 "say how long" snooze slice 1h --until 2026-02-11
is "one of half an hour in words" refuses 64 "no" snooze slice half
is "one of no grid" refuses 64 "there is no grid 'other'" snooze other 1h
is "the end of none" refuses 64 "is not snoozed" snooze slice off
is "a snooze" says '"until":"2026-02-10T14:30:00Z"' gridwatch snooze slice 4h \
    --json --at 2026-02-10T10:30:00Z
is "stands in the grid's file, too" holds 'doc["history"][-1] == {
    "at": "2026-02-10T10:30:00Z", "event": "snoozed",
    "until": "2026-02-10T14:30:00Z"}'
is "runs while it is on" runs 2026-02-10T10:30:00Z 2026-02-10T14:30:00Z
is "tell nothing" heard_are 1
is "and say why" holds 'reasons["12:15"] == reasons["13:00"] ==
    reasons["14:15"] == "snoozed" and reasons["10:30"] == "nothing"'
is "the next run" runs 2026-02-10T14:30:00Z 2026-02-10T15:00:00Z
is "tells what is untold" heard_are 2
is "for the reason it has" holds 'reasons["14:30"] == "worse"'
is "another snooze" gridwatch snooze slice --until 2026-02-11T12:00Z --at \
    2026-02-10T15:05:00Z
is "runs to the worst" runs 2026-02-10T15:00:00Z 2026-02-10T17:45:00Z
is "MANDATORY rings all the same" heard_are 3
is "it is awake again" says "awake again" gridwatch snooze slice off --at \
    2026-02-10T17:44:00Z
is "the last run" runs 2026-02-10T17:45:00Z 2026-02-10T18:00:00Z
scenario_judge "$WORK/walk.csv" "$FROM" 2026-02-10T18:00:00Z \
    > "$WORK/judge.log" || true
count_judge "$WORK/judge.log"
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "and computed anew it is the same" gridwatch verify

# --- the grid itself -----------------------------------------------------------

begin life
is "a grid that runs cannot be started" refuses 64 "is running already" \
    grid start slice
is "nor resumed" refuses 64 "is running already" grid resume slice
is "one that is not there cannot be paused" refuses 64 \
    "there is no grid 'nope'" grid pause nope
is "an id is needed" refuses 64 "needs the id of a grid" grid pause
is "what a word does not take is refused" refuses 64 \
    "'grid pause' takes no --lower" grid pause slice --lower 5
is "what comes before the newest event, too" refuses 64 "--at is before that" \
    grid pause slice --at 2026-02-10T09:00Z
is "a note that could not stand" refuses 64 "--note is not" grid pause slice \
    --note "-- what"
is "a pause" gridwatch grid pause slice --note "new firmware" --at \
    2026-02-10T10:05Z
is "is one" refuses 64 "is paused already" grid pause slice
is "and no start" refuses 64 "'gridwatch grid resume'" grid start slice
is "nor anything to snooze" refuses 64 "is paused: nothing is told" snooze \
    slice 1h
is "runs while it is on" runs 2026-02-10T10:15:00Z 2026-02-10T10:45:00Z
is "tell nothing" heard_are 0
is "and say why" holds 'reasons["10:30"] == "quiet"'
is "an account that could be none" refuses 64 \
    "--account 'a b' is not main, robot or the name of a sub-account: at most" \
    grid create robot --symbol BTC-USDT --lower 1 --upper 2 --account "a b"
is "nor one that is too long" refuses 64 "at most 32 characters" grid create \
    robot --symbol BTC-USDT --lower 1 --upper 2 --account "$(printf '%033d' 1)"
is "what a bot keeps is said once" refuses 64 \
    "grid 'slice' says its spacing already, and a bot keeps that" grid change \
    slice --spacing geometric
is "a change of nothing" refuses 64 "needs --lower" grid change slice
is "a change to what is" refuses 64 "is so already" grid change slice \
    --lower 56400
is "a change to what cannot be" refuses 64 "stop below must be below lower" \
    grid change slice --stop 57000
is "a note that is too long beside it" refuses 64 "too long" grid change \
    slice --lower 56000 --note "$(printf '%0140d' 1)"
is "a change" gridwatch grid change slice --lower 56300 --stop none --capital \
    12000.5 --levels 25 --note "took some out" --at 2026-02-10T10:46Z
is "says what was and what is" holds 'doc["history"][-1]["note"] ==
    acts[-1]["note"] == "lower 56400 -> 56300, stop below 55554 -> none, "
    "capital 10000 -> 12000.5, levels 20 -> 25: took some out"'
is "and is so" holds '(doc["lower"], doc["upper"], doc.get("stop"),
    doc["capital"], doc["levels"]) == (56300, 63600, None, 12000.5, 25)'
is "it is paused still" says '"status":"paused"' gridwatch grid show slice \
    --json
is "the end of the pause" says "slice: resumed" gridwatch grid resume slice \
    --at 2026-02-10T10:50Z
is "the next run" runs 2026-02-10T11:00:00Z 2026-02-10T11:15:00Z
is "a stop that is ahead" gridwatch grid stop slice --at 2026-02-10T11:20Z
is "is none yet" says '"status":"running","currency":"USDT","stopped_at":null,"reason":null,"state":"' \
    gridwatch status --json --at 2026-02-10T11:19Z
is "in words, too" says "slice  BTC-USDT  running" gridwatch status \
    --at 2026-02-10T11:19Z
is "and its money counts" says '"currency":"USDT","grids":1' gridwatch status --json --at \
    2026-02-10T11:19Z
is "then it is one" says "slice  BTC-USDT  stopped" gridwatch status \
    --at 2026-02-10T11:20Z
is "tells what is so" heard_are 1
is "is one" refuses 64 "is stopped already" grid stop slice
is "a new life" says '"action":"start"' gridwatch grid start slice --json \
    --at 2026-02-10T11:40Z
is "begins then" holds 'doc["started_at"] == "2026-02-10T11:40:00Z" and
    [h["event"] for h in doc["history"]] == ["created", "started", "paused",
    "changed", "resumed", "stopped", "started"]'
is "each was one commit with its event" holds '[a["action"] for a in acts] ==
    ["create", "pause", "change", "resume", "stop", "start"] and all(
    any(c.subject.startswith("slice: ") and len(c.paths()) == 2 and
    "grids/slice.yaml" in c.paths() for c in repo.commits if
    a["at"][11:19].replace(":", "") in "".join(c.paths())) for a in acts)'
is "a grid of a robot's" gridwatch grid create other --symbol BTC-USDT --lower \
    57000 --upper 63000 --account robot --at 2026-02-10T11:41Z
is "says so, and what it was not told" says '"market":"spot","side":"long","spacing":null,"levels":null,"start_price":null,"account":"robot","source":"auto"' \
    gridwatch grid show other --json
is "what it was not told is said later" gridwatch grid change other --spacing \
    geometric --levels 20 --start-price 60000.5 --at 2026-02-10T11:41Z
is "and is so" says '"spacing":"geometric","levels":20,"start_price":60000.5,"account":"robot"' \
    gridwatch grid show other --json
is "with what was and is" says \
    "note: 'levels none -> 20, spacing none -> geometric, start price none -> 60000.5'" \
    gridwatch grid show other
is "once" refuses 64 "says its account already" grid change other --account main
is "nothing is no spacing" refuses 64 "--spacing '' is not known" grid create \
    third --symbol BTC-USDT --lower 1 --upper 2 --spacing ""
is "and is stopped" gridwatch grid stop other --at 2026-02-10T11:42Z
is "runs of the new life" runs 2026-02-10T11:45:00Z 2026-02-10T12:30:00Z
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "and computed anew it is the same" gridwatch verify

# --- by hand, and without room --------------------------------------------------

# hand PYTHON: changes the lines of the grid's file as a person would.
hand() {
    rm -rf "$WORK/clone"
    git clone -q "$WORK/data.git" "$WORK/clone" 2> /dev/null
    python3 - "$WORK/clone/grids/slice.yaml" "$1" <<'PYTHON'
import sys
path, how = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    lines = file.read().splitlines()
exec(how)
with open(path, "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
PYTHON
    git -C "$WORK/clone" -c user.name=anna -c user.email=anna@example.org \
        commit -q -a -m "by hand"
    git -C "$WORK/clone" push -q origin HEAD 2> /dev/null
}

is "a snooze by hand" hand 'lines.append("- {at: 2026-02-10T12:31:00Z, event: snoozed, until: 2026-02-10T13:00:00Z}")'
is "is one" says "awake again" gridwatch snooze slice off --at \
    2026-02-10T12:32Z
is "one without an end" hand 'lines.append("- {at: 2026-02-10T12:33:00Z, event: snoozed}")'
is "is refused, and says what is wrong" says "not 'until' when" "$BUILD/gridwatch" \
    validate "$WORK/data.git"
is "a history without room" hand 'lines = lines[:-1] + ["- {at: 2026-02-10T12:34:00Z, event: acknowledged}"] * (64 + lines.index("history:") + 1 - len(lines) + 1)'
is "has 64 events" holds 'len(doc["history"]) == 64'
is "and takes another" says "1 old event left it" gridwatch grid pause slice \
    --at 2026-02-10T12:40Z
is "for one that says nothing now" holds 'len(doc["history"]) == 64 and
    doc["history"][-1]["event"] == "paused" and
    doc["history"][0]["event"] == "created"'
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"

is "a file that cannot be used" hand 'lines = ["symbol: 7" if l.startswith("symbol:") else l for l in lines]'
is "is no world without grids" refuses 78 "1 grid file cannot be used, and what cannot be used is not watched" \
    status
is "nor a list without one" refuses 78 "1 grid file cannot be used" grid list
is "put right" hand 'lines = ["symbol: BTC-USDT" if l.startswith("symbol:") else l for l in lines]'
is "it is one again" says "slice  BTC-USDT" gridwatch status

# --- merges ---------------------------------------------------------------------

# A person's checkout: an edit in it, and then what became of that.
desk() {
    git -C "$WORK/desk" -c user.name=anna -c user.email=anna@example.org "$@" \
        > /dev/null 2>&1
}
desk_begin() {
    rm -rf "$WORK/desk"
    git clone -q "$WORK/data.git" "$WORK/desk"
}
desk_says() { # EVENT AT: a line more in the grid's file, committed
    echo "- {at: $2, event: $1, note: from the train}" \
        >> "$WORK/desk/grids/slice.yaml"
    desk commit -q -a -m "by hand: $1"
    HERS=$(git -C "$WORK/desk" rev-parse HEAD)
}
pull_and_push() { desk pull -q --no-rebase && desk push -q origin HEAD; }
pull_request() {
    desk branch side && desk fetch -q && desk reset -q --hard origin/HEAD &&
        desk merge -q --no-ff side && desk push -q origin HEAD
}
said_once() { # WORDS: in the log
    n=$(gridwatch log slice --since "$FROM" | grep -c "$1" || true)
    [ "$n" -eq 1 ] || { echo "$n times"; gridwatch log slice; false; }
}
merges_are() {
    n=$(git -C "$WORK/data.git" rev-list --merges --count main)
    [ "$n" -eq "$1" ] || { echo "$n merges"; false; }
}
reads_hers() { # the newest slot names her commit as that of the grid's file
    python3 - "$WORK/data.git" "$HERS" <<'PYTHON'
import subprocess, sys
sys.path.insert(0, "tests/judge")
from repository import Repository
commit = Repository(sys.argv[1]).document("latest/grids/slice.yaml")[
    "inputs"]["grid_commit"]
print(commit)
sys.exit(commit != sys.argv[2])
PYTHON
}

begin merges
is "the first runs" runs "$FROM" 2026-02-10T10:30:00Z
desk_begin
desk_says paused 2026-02-10T10:31:00Z
is "runs meanwhile" runs 2026-02-10T10:30:00Z 2026-02-10T11:00:00Z
is "a merge by pull, with the edit in front" pull_and_push
is "and runs after it" runs 2026-02-10T11:00:00Z 2026-02-10T11:30:00Z
is "know who said it" reads_hers
is "the log has it once" said_once "paused"
is "a slot of the other side is explained" says "10:45" gridwatch explain \
    slice 2026-02-10T10:45Z
desk_begin
desk_says resumed 2026-02-10T11:16:00Z
is "more runs meanwhile" runs 2026-02-10T11:30:00Z 2026-02-10T12:00:00Z
is "a pull request" pull_request
is "and runs after that" runs 2026-02-10T12:00:00Z 2026-02-10T12:30:00Z
is "know who ended it" reads_hers
is "the log has that once" said_once "resumed"
is "these were two merges" merges_are 2
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "its history, too" "$BUILD/gridwatch" validate --history "$WORK/data.git"
is "and computed anew it is the same" gridwatch verify

# --- what is dated ahead ---------------------------------------------------------

begin ahead
desk_begin
desk_says paused 2026-02-10T11:00:00Z
desk_says stopped 2026-02-10T18:00:00Z
is "a pause and a stop that are yet to come" desk push -q origin HEAD
is "runs before them" runs "$FROM" 2026-02-10T10:30:00Z
is "tell what is so" heard_are 1
is "runs in the pause" runs 2026-02-10T10:30:00Z 2026-02-10T13:30:00Z
is "tell nothing of the worse" heard_are 1
is "and say why" holds 'reasons["13:00"] == "quiet" and
    reasons["10:15"] == "first" and reasons["10:45"] == "nothing"'
is "computed anew it is the same" gridwatch verify
