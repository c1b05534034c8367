#!/bin/sh
# What a night has in store: a phone service that refuses, a remote that went
# its own way, a second file with the same id, a grid that was stopped with a
# siren still owed. Nothing may be lost, nothing may ring for nothing.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=trouble
. tests/e2e/judge_lib.sh

LATEST=2026-02-10T13:00:00Z
MANDATORY=2026-02-10T17:00:00Z

begin() {
    scenario_end
    scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$1"
    sed -i "s|^  fsync: false|&\n  remote: $WORK/remote.git|" \
        "$WORK/gridwatch.yaml"
    git init -q --bare -b main "$WORK/remote.git"
    scenario_grid night 56400:63600:55554 "$1"
}

accepted() {
    jq -r 'select(.status == 200 and .path == "/1/messages.json") | .fields.title' "$RECEIVED" | wc -l
}

accepted_are() {
    [ "$(accepted)" -eq "$1" ] || { cat "$RECEIVED"; return 1; }
}

last_title_has() {
    jq -r .fields.title "$RECEIVED" | tail -n 1 | grep -q "$1"
}

# An edit at the remote that the local repository does not have, while the
# local one goes on too.
edit_at_remote() {
    rm -rf "$WORK/desk"
    git clone -q "$WORK/remote.git" "$WORK/desk"
    echo "$1" > "$WORK/desk/grids/$2"
    git -C "$WORK/desk" add -A
    git -C "$WORK/desk" -c user.name=op -c user.email=op@localhost \
        commit -qm "by hand"
    git -C "$WORK/desk" push -q origin HEAD:main
}

# Each slot of the only grid, from one to before the other.
slots_between() {
    for t in $(scenario_slots "$1" "$2"); do
        git --git-dir "$WORK/data.git" cat-file -e \
            "HEAD:exits/night/$(date -u -d "$t" +%Y/%m/%d/%H%M).yaml" || return 1
    done
}

# A refused message is final: the fault that tells of it is tried soon again, then
# every hour, and with the next message (tests/e2e/faults.sh).
begin "$LATEST"
fault PUT '{"path":"/1/messages.json","status":400,"body":"{\"status\":0,\"token\":\"invalid\",\"errors\":[\"application token is invalid\"]}"}'
is "a refused alert ends with 75" ends "$LATEST" 75
is "and so does the next run, which tries the fault" \
    ends "$(after "$LATEST")" 75
is "the alert was tried once, its fault twice" test "$(heard)" -eq 3
fault DELETE
is "when the state gets worse, the channel takes it" ends "$MANDATORY" 0
is "that, and what was lost" accepted_are 2
is "by name" sh -c "jq -r 'select(.status == 200) | .fields.message' \
    '$RECEIVED' | grep -q '^\"LATEST_ACCEPTABLE_EXIT'"

# That the state is not known does not replace what it was.
begin "$LATEST"
fault PUT '{"path":"/1/messages.json","status":500}'
is "an alert that cannot be sent ends with 75" ends "$LATEST" 75
fault PUT '{"path":"/api/v1/status","body":"{\"code\":\"200000\",\"data\":{\"status\":\"close\",\"msg\":\"\"}}"}'
is "the market closes" ends "$(after "$LATEST")" 75
fault DELETE
is "both get out" ends "$(after "$LATEST" 30)" 0
is "the LATEST among them" sh -c \
    "jq -r 'select(.status == 200) | .fields.title' '$RECEIVED' | grep -q '^Unresolved: LATEST'"

# A remote that went its own way does not stop the alert, and nothing is lost.
begin "$LATEST"
mv "$WORK/remote.git" "$WORK/away.git"
is "without the remote the run is good" ends "$LATEST" 0
mv "$WORK/away.git" "$WORK/remote.git"
edit_at_remote "nothing" note.txt
# 78: the note is no grid file, and that is told.
is "on a diverged one it builds" ends "$(after "$LATEST")" 78
is "and both have it all" test "$(scenario_tip)" = \
    "$(git --git-dir "$WORK/remote.git" rev-parse main)"
is "and evaluates all the same" jq -e '.grids[0].evaluated' "$WORK/run.json"

# Two files with one id, and a file that is no grid.
begin "$LATEST"
edit_at_remote "$(git --git-dir "$WORK/data.git" show HEAD:grids/night.yaml)" \
    twin.yaml
is "a file whose name is not its id is told" ends "$LATEST" 78
is "and the grid itself is watched" sh -c \
    "jq -e '.grids | length == 1 and .[0].evaluated' '$WORK/run.json'"
is "its phone rang, and told of the other, once each" accepted_are 2

# Two clocks that differ are told, by hours and by days.
begin "$LATEST"
for hours in 2 -2 72 -72; do
    scenario_end
    rm -f "$WORK/port"
    "$BUILD/gridwatch-sim" serve --port 0 --port-file "$WORK/port" \
        --clock real --now "$(date -u -d "$hours hours" +%Y-%m-%dT%H:%M:%SZ)" \
        --walk BTC-USDT=7 --received "$RECEIVED" > "$WORK/sim.log" 2>&1 &
    SCENARIO_SIM=$!
    scenario_wait_for_port
    sed "s|http://127.0.0.1:[0-9]*|$WORLD|; s|^log:|run:\n  settle: 0s\nlog:|" \
        "$WORK/gridwatch.yaml" > "$WORK/live.yaml"
    is "a clock $hours hours off ends with 65" sh -c \
        "'$BUILD/gridwatch' --config '$WORK/live.yaml' run 2> '$WORK/live.log'
         [ \$? -eq 65 ] && grep -q 'set the clock' '$WORK/live.log'"
done

# A status that is refused until the next window costs the candles none of their
# time: what was missed is filled, and both runs know the price.
begin "$LATEST"
is "a run, before some are missed" ends "$LATEST" 0
fault PUT '{"path":"/api/v1/status","status":429,"spent":true}'
is "the exchange refuses to tell its status" ends "$(after "$LATEST" 120)" 0
is "which is in the log" grep -q ' warn exchange-status-unknown ' "$WORK/log"
is "the price is known" jq -e '.grids[0].evaluated and .grids[0].data == "known"' \
    "$WORK/run.json"
is "the run had time left for what was missed" \
    sh -c "! grep -q ' warn unfilled ' '$WORK/log'"
is "which is all there" slots_between "$LATEST" "$(after "$LATEST" 120)"

# Nobody rings for a grid that was stopped.
begin "$MANDATORY"
fault PUT '{"path":"/1/messages.json","status":500}'
is "a siren that cannot be sent" ends "$MANDATORY" 75
is "the grid is stopped" gridwatch grid stop night --at "$(after "$MANDATORY" 5)"
fault DELETE
is "the next run is quiet" ends "$(after "$MANDATORY")" 0
is "nothing rang" accepted_are 0
is "every document is valid" gridwatch validate "$WORK/data.git"
is "git has nothing to say" git --git-dir "$WORK/data.git" fsck --strict
