#!/bin/sh
# What is wrong with the service itself is told once when it begins, once when
# it changes, once when it ends: to the record and to the phone, however many
# slots it lasts. A document that is refused advances nothing and silences
# nothing.
# shellcheck disable=SC2317 # functions are called by name
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=faults
. tests/e2e/judge_lib.sh

CALM=2026-02-10T10:00:00Z
LATEST=2026-02-10T13:00:00Z

with_fault_points

# all_end FROM COUNT CODE: so many slots, each with that code.
all_end() {
    for k in $(seq 0 "$(($2 - 1))"); do
        ends "$(after "$1" $((k * 15)))" "$3" || return 1
    done
}

begin() {
    scenario_end
    scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$1"
    scenario_first_model
    # The messages of the state are not what is looked at here.
    sed -i 's,^notify:,&\n  escalate_after: 24h\n  change_gap: 24h\n  runbook_url: "https://docs.invalid/runbook.md",' \
        "$WORK/gridwatch.yaml"
    scenario_grid night 56400:63600:55554 "$1"
}

show() {
    git --git-dir "$WORK/data.git" show "HEAD:$1"
}

# edit PATH SED: by hand, from a phone.
edit() {
    rm -rf "$WORK/desk"
    git clone -q "$WORK/data.git" "$WORK/desk"
    sed -i "$2" "$WORK/desk/$1"
    git -C "$WORK/desk" -c user.name=op -c user.email=op@localhost \
        commit -qam "by hand"
    git -C "$WORK/desk" push -q origin HEAD:main
}

# told N PATTERN: so many messages of the phone have such a title.
told() {
    n=$(jq -r 'select(.status == 200) | .fields.title' "$RECEIVED" |
        grep -c "$2" || true)
    [ "$n" -eq "$1" ] || { echo "$n, not $1"; jq -r .fields.title "$RECEIVED"; return 1; }
}

# says N PATTERN: so many messages have such a text.
says() {
    n=$(jq -r 'select(.status == 200) | .fields.message' "$RECEIVED" |
        grep -c "$2" || true)
    [ "$n" -eq "$1" ] || { echo "$n, not $1"; cat "$RECEIVED"; return 1; }
}

# loud N PRIORITY: so many have the priority.
loud() {
    [ "$(jq -r 'select(.status == 200) | .fields.priority // "0"' "$RECEIVED" |
        grep -c -x -- "$2" || true)" -eq "$1" ] || { cat "$RECEIVED"; return 1; }
}

# events CHANGE CLASS N: so many audit events.
events() {
    n=0
    for path in $(git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD \
        audit | grep -e '-fault-'); do
        if show "$path" | grep -qx "class: $2" &&
            show "$path" | grep -qx "change: $1"; then
            n=$((n + 1))
        fi
    done
    [ "$n" -eq "$3" ] || { echo "$n, not $3"; return 1; }
}

stands() {
    show latest/service.yaml | grep -q "class: $1"
}

stands_no_more() {
    ! stands "$1"
}

whole() {
    gridwatch validate "$WORK/data.git" && gridwatch verify "$WORK/data.git"
}

once_each() {
    is "the record has its beginning" events began "$1" 1
    is "and its end" events ended "$1" 1
    is "and nothing between" events changed "$1" "${2:-0}"
    is "it stands no more" stands_no_more "$1"
    is "the record is whole" whole
}

# lists FILTER: the last run's --json says so.
lists() {
    jq -e "$1" "$WORK/run.json" > /dev/null || { cat "$WORK/run.json"; return 1; }
}

# --- a grid file that a hand broke -------------------------------------------

begin "$CALM"
is "a calm slot" ends "$CALM" 0
edit grids/night.yaml 's/^lower: .*/lower: much/'
is "five slots with a broken grid file end with 78" \
    all_end "$(after "$CALM")" 5 78
is "run --json lists what stands" lists '.faults | length == 1 and
    (.[0] | keys) == ["class", "since", "subject", "told", "what"] and
    .[0].class == "grid_file" and .[0].subject == "night" and
    .[0].since == "2026-02-10T10:15:00Z" and
    (.[0].told | startswith("20260210T1015-"))'
is "the phone was told once" told 1 '^Fault: night is not watched'
is "as urgent" loud 1 1
is "with file, line and column" says 1 \
    "'grids/night.yaml': line [0-9]*, column [0-9]*: lower: "
is "and what to do" says 1 '^Correct the file'
edit grids/night.yaml 's/^symbol: .*/& # it was so/'
is "another edit that leaves the fault" ends "$(after "$CALM" 90)" 78
is "is no news" told 1 '^Fault'
edit grids/night.yaml 's/^lower: .*/lower: 56400/; s/^upper: .*/upper: 1/'
is "another fault" ends "$(after "$CALM" 105)" 78
is "is" told 2 '^Fault: night is not watched'
edit grids/night.yaml 's/^upper: .*/upper: 63600/'
is "the file is good again" all_end "$(after "$CALM" 120)" 2 0
is "and the list is empty again" lists '.faults == []'
is "which was told once" told 1 '^Mended: night is watched again'
is "quietly" loud 1 -1
once_each grid_file 1

# --- another symbol within one life -------------------------------------------

edit grids/night.yaml 's/^symbol: .*/symbol: ETH-USDT/'
is "a grid that changed its market ends with 78" \
    all_end "$(after "$CALM" 150)" 2 78
is "told once" says 1 'symbol: ETH-USDT, but this grid was watched on BTC-USDT'
edit grids/night.yaml 's/^symbol: .*/symbol: BTC-USDT/'
is "set back it goes on" ends "$(after "$CALM" 180)" 0
is "and the record is whole" whole

# --- a grid file that is not there -------------------------------------------

# hand COMMAND...: done by hand in a clone, and pushed.
hand() {
    rm -rf "$WORK/desk"
    git clone -q "${REMOTE:-$WORK/data.git}" "$WORK/desk"
    (cd "$WORK/desk" && eval "$1" && git add -A)
    git -C "$WORK/desk" -c user.name=op -c user.email=op@localhost \
        commit -qm "by hand"
    git -C "$WORK/desk" push -q ${2:+"$2"} origin HEAD:main
}

REMOTE=
FOLDER='mkdir d && git mv grids/night.yaml d/ && git mv d grids/night.yaml'

# gone COMMAND MISNAMED: the only grid file went away so.
gone() {
    begin "$CALM"
    is "$1: a calm slot" ends "$CALM" 0
    show grids/night.yaml > "$WORK/kept.yaml"
    hand "$1"
    is "$1: three slots without it end with 78" \
        all_end "$(after "$CALM")" 3 78
    is "$1: told once" told 1 '^Fault: night is not watched'
    is "$1: as urgent" loud 1 1
    is "$1: with words" says 1 'grids/night.yaml is gone: it is not watched; put'
    is "$1: a name that is none is told" told "$2" \
        '^Fault: gridwatch does not read all'
    hand 'rm -rf grids && mkdir grids && cp ../kept.yaml grids/night.yaml'
    is "$1: it is back" all_end "$(after "$CALM" 60)" 2 0
    is "$1: mended, once" told 1 '^Mended: night is watched again'
    is "$1: so is the name" told "$2" '^Mended: gridwatch reads all that is'
    is "$1: the record has its beginning, once" events began grid_file 1
    is "$1: and its end" events ended grid_file 1
    is "$1: its documents are good" gridwatch validate "$WORK/data.git"
}
gone 'git mv grids/night.yaml grids/night.yml' 1
gone 'git mv grids/night.yaml grids/Night.yaml' 1
gone "$FOLDER" 1
gone 'git rm -qr grids' 0

begin "$CALM"
is "a calm slot" ends "$CALM" 0
is "a grid is stopped" gridwatch grid stop night --at "$(after "$CALM" 16)"
is "and another slot" ends "$(after "$CALM" 30)" 0
is "a message of none" test "$(heard)" -eq 0
hand 'git rm -q grids/night.yaml'
is "then its file is nobody's loss" all_end "$(after "$CALM" 45)" 2 0
is "and nothing is told" test "$(heard)" -eq 0
begin "$CALM"
is "a calm slot" ends "$CALM" 0
is "stopped" gridwatch grid stop night --at "$(after "$CALM" 2)"
hand 'git rm -q grids/night.yaml'
is "and removed at once: no fault" all_end "$(after "$CALM")" 2 0
is "nor a word" test "$(heard)" -eq 0

# --- a state that is not there -----------------------------------------------

begin "$CALM"
is "a calm slot" ends "$CALM" 0
is "a slot that rings" ends "$LATEST" 0
is "rang" told 1 '^LATEST'
hand 'git rm -q state/night.yaml'
is "the slot again without a state" ends "$LATEST" 0
is "is not written again" test \
    "$(git --git-dir "$WORK/data.git" log --format=%h -- exits/night/2026/02/10/1300.yaml | wc -l)" -eq 1
is "what is gone is told" told 1 '^Fault: night began anew'
is "with its slot" says 1 'remembered of night is gone: it has slots up to 2026-02-10T13:00:00Z'
is "goes on" all_end "$(after "$LATEST")" 2 0
is "told once" told 1 '^Fault'
hand 'git rm -q state/night.yaml latest/grids/night.yaml'
is "without the newest document, too" ends "$(after "$LATEST" 15)" 0
is "no slot is written again" test \
    "$(git --git-dir "$WORK/data.git" log --format=%h -- exits/night/2026/02/10/1315.yaml | wc -l)" -eq 1
is "which is told" told 2 '^Fault: night began anew'
is "the next" all_end "$(after "$LATEST" 45)" 2 0
is "the record has both beginnings" events began memory 2
is "and both ends" events ended memory 2

begin "$CALM"
is "a calm slot" ends "$CALM" 0
fault PUT '{"path":"/1/messages.json","status":500}'
is "a message that nobody took" ends "$LATEST" 75
hand 'git rm -q state/night.yaml'
fault DELETE
is "is found again without the state" ends "$LATEST" 0
is "and sent" told 1 '^LATEST'
is "beside what is gone" told 1 '^Fault: night began anew'
is "and known as sent" all_end "$(after "$LATEST")" 2 0
is "told anew by the grid that forgot" told 2 '^LATEST'
is "its documents are good" gridwatch validate "$WORK/data.git"

# --- a message that is not there ---------------------------------------------

begin "$CALM"
is "a calm slot" ends "$CALM" 0
fault PUT '{"path":"/1/messages.json","status":500}'
is "a message that nobody took" ends "$LATEST" 75
hand 'git rm -q audit/*/*/*/*-night-intent-*.yaml'
is "and cannot be read: 75" ends "$(after "$LATEST")" 75
fault DELETE
is "is told" all_end "$(after "$LATEST" 30)" 4 0
is "once, though the phone was away" told 1 \
    '^Fault: night has a message that cannot be read'
is "in words that do not change" says 1 "intent-.*' is not in the record"
is "the record has its beginning" events began message 1
is "and its end" events ended message 1
is "it stands no more" stands_no_more message

# --- a remote with another history -------------------------------------------

distant() {
    begin "$1"
    REMOTE=$WORK/remote.git
    git init -q --bare -b main "$REMOTE"
    sed -i "s|^  path: .*data.git|&\n  remote: $REMOTE|" "$WORK/gridwatch.yaml"
}

distant "$CALM"
is "a calm slot" ends "$CALM" 0
hand 'git checkout -q --orphan z && git rm -rqf . && echo hi > README.md' -f
is "history was replaced" ends "$(after "$CALM")" 0
is "told at once" told 1 '^Fault: gridwatch found another history'
is "urgently" loud 1 1
is "with the reference" says 1 'is kept as refs/gridwatch/replaced/[0-9a-f]'
is "and on" all_end "$(after "$CALM" 30)" 3 0
is "told once" test "$(heard)" -eq 1
is "the record has its beginning" events began history 1
is "and its end" events ended history 1

distant "$CALM"
is "a calm slot" ends "$CALM" 0
fault PUT '{"path":"/1/messages.json","status":500}'
hand 'git checkout -q --orphan z && git rm -rqf . && echo hi > README.md' -f
is "history was replaced while the phone was away" ends "$(after "$CALM")" 75
is "still" ends "$(after "$CALM" 30)" 75
fault DELETE
is "then it is told" all_end "$(after "$CALM" 45)" 3 0
is "once" told 1 '^Fault: gridwatch found another history'

# --- what an operator said was dropped ---------------------------------------

distant "$CALM"
is "a calm slot" ends "$CALM" 0
mv "$REMOTE" "$REMOTE.away"
is "stopped while the remote is away" gridwatch grid stop night \
    --at "$(after "$CALM" 2)"
mv "$REMOTE.away" "$REMOTE"
hand "sed -i 's/^symbol: .*/& # by another/' grids/night.yaml"
is "the other's word stands" ends "$(after "$CALM")" 0
is "which is told" told 1 '^Fault: night dropped what was said of it here'
is "urgently" loud 1 1
is "with what it was" says 1 "^grid night: 'stopped' of 2026-02-10T10:02:00Z was dropped"
is "and on" all_end "$(after "$CALM" 30)" 3 0
is "told once" told 1 '^Fault'
REMOTE=

# --- a message of a grid that was stopped ------------------------------------

begin "$CALM"
is "a calm slot" ends "$CALM" 0
fault PUT '{"path":"/1/messages.json","status":500}'
is "a message that nobody took" ends "$LATEST" 75
is "then the grid is stopped" gridwatch grid stop night --at "$(after "$LATEST" 2)"
fault DELETE
is "nobody rings" ends "$(after "$LATEST")" 0
says_why() {
    show "$(git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD audit |
        grep -e '-night-delivery-')" | grep -qx 'reason: the grid was stopped'
}
is "and the record says why" says_why

# --- overrides ---------------------------------------------------------------

begin "$CALM"
is "a calm slot" ends "$CALM" 0
edit grids/night.yaml '/^history:/i overrides: {exit.l_haz.enter: 7}'
is "four slots with a bad override end with 78" all_end "$(after "$CALM")" 4 78
is "told once" told 1 '^Fault: night is watched without its overrides'
is "and watched" jq -e '.grids[0].evaluated' "$WORK/run.json"
edit grids/night.yaml '/^overrides:/d'
is "without it" all_end "$(after "$CALM" 75)" 2 0
is "mended, once" told 1 '^Mended: night is watched as its file says'
once_each overrides

# --- the calendar ------------------------------------------------------------

begin "$CALM"
echo "outside: {calendar_file: $WORK/calendar.csv}" >> "$WORK/gridwatch.yaml"
is "five slots without the calendar" all_end "$CALM" 5 0
is "told once" told 1 '^Fault: gridwatch cannot read the calendar'
is "with the file" says 1 'calendar.csv'
echo "from,to,name" > "$WORK/calendar.csv"
echo "2026-02-10T11:00:00Z,tomorrow,meeting" >> "$WORK/calendar.csv"
is "another reason" all_end "$(after "$CALM" 75)" 2 0
is "is news" told 2 '^Fault: gridwatch cannot read the calendar'
sed -i 's/tomorrow/2026-02-10T11:15:00Z/' "$WORK/calendar.csv"
is "a calendar" all_end "$(after "$CALM" 105)" 2 0
is "mended, once" told 1 '^Mended: gridwatch reads the calendar again'
is "the slot again changes nothing" scenario_again "$(after "$CALM" 120)" \
    "$(after "$CALM" 135)"
once_each calendar 1

# --- the channel refuses -----------------------------------------------------

begin "$LATEST"
fault PUT '{"path":"/1/messages.json","status":400,"body":"{\"status\":0,\"token\":\"invalid\",\"errors\":[\"application token is invalid\"]}"}'
is "a refused alert ends with 75" ends "$LATEST" 75
is "the alert and the fault were tried, once each" test "$(heard)" -eq 2
is "it is final" all_end "$(after "$LATEST")" 3 75
is "the fault is tried after 15 and 30 minutes, not after 45" \
    test "$(heard)" -eq 4
fault DELETE
is "after an hour the fault is told" ends "$(after "$LATEST" 60)" 0
is "and names what was lost" says 1 '^"LATEST_ACCEPTABLE_EXIT'
is "each message links its section of the runbook" jq -es '
    [.[].fields.url] as $urls |
    $urls[0] == "https://docs.invalid/runbook.md#first" and
    $urls[-1] == "https://docs.invalid/runbook.md#fault" and
    all(.[].fields; .url_title == "What to do: the runbook")' "$RECEIVED"
is "once" told 1 '^Fault: gridwatch lost a message'
is "and all is well" all_end "$(after "$LATEST" 75)" 2 0
once_each channel

# --- a document that is refused ----------------------------------------------

# quiet_before SLOT: two slots before it are recorded.
quiet_before() {
    begin "$(after "$1" -30)"
    all_end "$(after "$1" -30)" 2 0
    tip=$(show state/night.yaml)
    newest=$(show latest/grids/night.yaml)
    : > "$RECEIVED"
}

unmoved() {
    [ "$tip" = "$(show state/night.yaml)" ] &&
        [ "$newest" = "$(show latest/grids/night.yaml)" ]
}

# But for that about the fault.
undecided() {
    for path in $(git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD \
        audit | grep -e "/${1}[0-9]*-night-intent-"); do
        show "$path" | grep -qx "reason: fault" || return 1
    done
}

kept() {
    [ "$(show latest/service.yaml | grep -A 1 '^unrecorded')" = "$1" ]
}

# refused PREFIX: what begins so may not be written in the four slots that begin
# with the one that rings.
refused() {
    is "$1: two slots" quiet_before "$RINGS"
    export GRIDWATCH_REFUSE="$1"
    is "$1: refused, four runs end with 74" all_end "$RINGS" 4 74
    is "$1: the slot once more, too" ends "$(after "$RINGS" 45)" 74
    unset GRIDWATCH_REFUSE
    is "$1: the alert went out once" told 1 '^LATEST_ACCEPTABLE_EXIT'
    is "$1: and says so" says 1 '^Not recorded, slot 2026-02-10 12:15'
    is "$1: the fault was told once" told 1 '^Fault: .* is not recorded'
    is "$1: that is all" test "$(heard)" -eq 2
    is "$1: the record stands still" unmoved
    is "$1: no message of that slot is in it" undecided 1215
    is "$1: what was told is kept" kept "unrecorded:
- grid: night"
    is "$1: the record is whole meanwhile" whole
    is "$1: the next slots are recorded" all_end "$(after "$RINGS" 60)" 2 0
    is "$1: and those that were not" show exits/night/2026/02/10/1215.yaml
    is "$1: mended, once" told 1 '^Mended: .* is recorded again'
    is "$1: nothing is kept any more" kept "unrecorded: []
open_intents: []"
    once_each document
}

# once_refused PREFIX: the same of what only the slot itself would write.
once_refused() {
    is "$1: two slots" quiet_before "$RINGS"
    export GRIDWATCH_REFUSE="$1"
    is "$1: refused, the run ends with 74" ends "$RINGS" 74
    is "$1: the alert went out" says 1 '^Not recorded, slot 2026-02-10 12:15'
    is "$1: the record stands still" unmoved
    is "$1: no message of that slot is in it" undecided 1215
    is "$1: it is whole" whole
    unset GRIDWATCH_REFUSE
    is "$1: the next slots" all_end "$(after "$RINGS")" 2 0
    is "$1: told once more, for the record" told 2 '^LATEST_ACCEPTABLE_EXIT'
    is "$1: and with it, as the mending" says 2 '^Record [0-9a-f]*, slot 2026-02-10 12:30'
    once_each document
}

RINGS=2026-02-10T12:15:00Z
refused exits/night/
refused state/
refused metrics/BTC-USDT/
once_refused audit/2026/02/10/121500000-night-transition
once_refused audit/2026/02/10/121510000-night-intent

# The channel is away meanwhile: the alert is decided until it is told.
is "two slots" quiet_before "$RINGS"
export GRIDWATCH_REFUSE=exits/night/
fault PUT '{"path":"/1/messages.json","status":500}'
is "refused, and nobody hears: 75" all_end "$RINGS" 2 75
fault DELETE
is "then somebody does" all_end "$(after "$RINGS" 30)" 2 74
unset GRIDWATCH_REFUSE
is "the alert, once" told 1 '^LATEST_ACCEPTABLE_EXIT'
is "and the fault" told 1 '^Fault: night is not recorded'
is "the record is whole" whole
