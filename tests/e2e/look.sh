#!/bin/sh
# Looks between two slots: by hand on a seeded walk, what is recorded and what
# follows from it; then by a daemon and the real clock: the stop is touched
# between two runs, and the siren rings before the next.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=look
. tests/e2e/judge_lib.sh
DAEMON=

end_all() {
    status=$?
    [ -z "$DAEMON" ] || kill -KILL "$DAEMON" 2> /dev/null || true
    finish "$status"
}
trap end_all EXIT

# ticker PRICE TIME: what the exchange says of the last trade.
ticker() {
    ms=$(($(date -u -d "$2" +%s) * 1000))
    fault PUT "{\"path\": \"/api/v1/market/orderbook/level1\", \"body\":
        \"{\\\"code\\\":\\\"200000\\\",\\\"data\\\":{\\\"time\\\":$ms,\\\"sequence\\\":\\\"1\\\",\\\"price\\\":\\\"$1\\\",\\\"size\\\":\\\"1\\\",\\\"bestBid\\\":\\\"$1\\\",\\\"bestBidSize\\\":\\\"1\\\",\\\"bestAsk\\\":\\\"$1\\\",\\\"bestAskSize\\\":\\\"1\\\"}}\"}"
}

# looks TIME FOUND: one look, and what it says that it found.
looks() {
    scenario_clock "$1" 10
    : > "$WORK/look.log"
    gridwatch run --look --at "$1" 2> "$WORK/look.log" ||
        { cat "$WORK/look.log"; return 1; }
    cat "$WORK/look.log"
    if [ "$2" = none ]; then
        ! grep -q ' look grid=' "$WORK/look.log"
    else
        grep -q " look grid=.* found=$2 " "$WORK/look.log"
    fi
}

commits() {
    git --git-dir "$WORK/data.git" rev-list --count main
}

same_commits() {
    [ "$(commits)" = "$COMMITS" ]
}

# says PATH WORDS: the file stands in the tip, and says so.
says() {
    git --git-dir "$WORK/data.git" show "main:$1" > "$WORK/shown"
    cat "$WORK/shown"
    grep -qE "$2" "$WORK/shown"
}

event() {
    git --git-dir "$WORK/data.git" ls-tree -r --name-only main audit |
        grep -E "$1" | tail -n 1
}

messages() {
    [ "$(heard)" -eq "$1" ] || { heard; tail -n 3 "$RECEIVED"; return 1; }
}

follows() {
    gridwatch verify > "$WORK/verified" 2>&1 ||
        { cat "$WORK/verified"; return 1; }
}

# --- by hand -----------------------------------------------------------------

# Seed 7 leaves 56400 .. 63600 LATEST at 16:00 and breaks it at 17:00; the stop
# is 55554.
scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now 2026-02-10T15:00:00Z
trap end_all EXIT
sed -i 's/level: warn/level: info/' "$WORK/gridwatch.yaml"
scenario_grid slice 56400:63600:55554 2026-02-10T15:45:00Z
gridwatch grid create calm --symbol BTC-USDT --market spot --side long \
    --lower 30000 --upper 90000 --stop 29000 --levels 20 --capital 10000 \
    --spacing arithmetic --at 2026-02-10T15:45:00Z >> "$WORK/log" 2>&1
is "a slot before it" ends 2026-02-10T15:45:00Z 0
is "the slot of 16:00 is one grid's LATEST" ends 2026-02-10T16:00:00Z 0
is "and only one's" says latest/grids/slice.yaml '^  state: LATEST_ACCEPTABLE_EXIT$'
is "the other is below" says latest/grids/calm.yaml '^  state: (NORMAL|WARNING)$'
TOLD=$(heard)
ticker 57000 2026-02-10T16:03:00Z
# The slot closed at 56159, below the range.
is "a look finds the price back inside" looks 2026-02-10T16:03:00Z back
is "which is an event" says "$(event 'slice-look')" '^beyond: none$'
COMMITS=$(commits)
is "the next finds nothing" looks 2026-02-10T16:05:00Z nothing-new
is "and leaves nothing" same_commits
fault DELETE
fault PUT '{"path": "/api/v1/market/orderbook/level1", "status": 500}'
is "without a ticker nothing is decided" looks 2026-02-10T16:05:30Z unknown
fault DELETE
ticker 20000 2026-02-10T16:05:40Z
is "nor by a price that would need a witness" looks 2026-02-10T16:05:40Z unknown
fault DELETE
ticker 55000 2026-02-10T15:30:00Z
is "nor by an old one" looks 2026-02-10T16:06:00Z unknown
is "and that leaves nothing, too" same_commits
fault DELETE
ticker 56000 2026-02-10T16:07:00Z
is "a price between bound and stop is noted" looks 2026-02-10T16:07:00Z outside
is "as an event" says "$(event 'slice-look')" '^beyond: down$'
is "and told to nobody" messages "$TOLD"
COMMITS=$(commits)
ticker 55950 2026-02-10T16:07:30Z
is "a price that is still there is nothing new" looks 2026-02-10T16:07:30Z nothing-new
is "and leaves nothing more" same_commits
fault DELETE
ticker 57100 2026-02-10T16:08:00Z
is "one that is back inside is noted" looks 2026-02-10T16:08:00Z back
is "as an event, too" says "$(event 'slice-look')" '^beyond: none$'
COMMITS=$(commits)
is "once" looks 2026-02-10T16:08:20Z nothing-new
is "which leaves nothing" same_commits
fault DELETE
ticker 64000 2026-02-10T16:08:40Z
is "beyond the other bound is noted" looks 2026-02-10T16:08:40Z outside
is "with its side" says "$(event 'slice-look')" '^beyond: up$'
is "all that is noted follows" follows
is "and is valid" gridwatch validate "$WORK/data.git"
is "the state is what it was" says state/slice.yaml 'LATEST_ACCEPTABLE_EXIT'
fault DELETE
ticker 55500 2026-02-10T16:09:40Z
is "the stop is touched" looks 2026-02-10T16:10:00Z touched
is "the phone rings" messages $((TOLD + 1))
is "with the time of the look" sh -c "
    tail -n 1 '$RECEIVED' | grep -q '\"timestamp\": *\"1770739810\"'"
is "as a siren" sh -c "
    tail -n 1 '$RECEIVED' | grep -q '\"priority\": *\"2\"'"
is "that names the ticker" sh -c "
    tail -n 1 '$RECEIVED' | grep -q 'M_STOP ticker 55500'"
is "the event says so" says "$(event 'slice-look')" '^touched: true$'
is "and the state" says state/slice.yaml 'MANDATORY_EXIT'
is "the stop was touched when that was traded" says state/slice.yaml \
    "latch: {side: down, at: '2026-02-10T16:09:40Z'"
is "the state holds from the look on" says state/slice.yaml \
    '^  since: 2026-02-10T16:10:10Z$'
is "the literal rules have it" says latest/grids/slice.yaml \
    '^  literal: .*M_STOP'
is "and the newest document" says latest/grids/slice.yaml '^  state: MANDATORY_EXIT$'
is "which status shows" sh -c "
    '$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' status |
        grep -q MANDATORY_EXIT"
is "the slot's own document is what it was" says \
    exits/slice/2026/02/10/1600.yaml '^  state: LATEST_ACCEPTABLE_EXIT$'
is "the other grid was not looked at" sh -c "
    ! git --git-dir '$WORK/data.git' ls-tree -r --name-only main audit |
        grep -q 'calm-look'"
is "what was recorded follows from the record" follows
COMMITS=$(commits)
is "MANDATORY is not looked at" looks 2026-02-10T16:11:00Z none
is "and nothing comes of it" same_commits
fault DELETE
is "the next slot goes on from there" ends 2026-02-10T16:15:00Z 0
is "by the latch" says exits/slice/2026/02/10/1615.yaml \
    'id: M_STOP, answer: .yes.*evidence: latch'
is "which is 5 min and 20 s old" says exits/slice/2026/02/10/1615.yaml \
    'id: M_STOP, answer: .yes.*age: 320'
is "in a state of 5 min" says exits/slice/2026/02/10/1615.yaml \
    '^  since: 2026-02-10T16:10:10Z$'
is "and names what it came from" says exits/slice/2026/02/10/1615.yaml \
    '^  previous: MANDATORY_EXIT$'
is "which does not ring again" messages $((TOLD + 1))
is "all of it follows" follows
is "every document is valid" gridwatch validate "$WORK/data.git"

# tells WORDS... -- OPTION...: the lines of `gridwatch log`.
tells() {
    cat > "$WORK/want.txt"
    gridwatch log "$@" > "$WORK/got.txt"
    diff "$WORK/want.txt" "$WORK/got.txt"
}
is "the log tells each look" tells slice --since 2026-02-10T16:03:00Z \
    --until 2026-02-10T16:15:00Z << 'LINES'
2026-02-10 16:03Z  slice      price 57000: back inside the range
2026-02-10 16:07Z  slice      price 56000: below the range
2026-02-10 16:08Z  slice      price 57100: back inside the range
2026-02-10 16:08Z  slice      price 64000: above the range
2026-02-10 16:10Z  slice      price 55500: stop touched, MANDATORY_EXIT
2026-02-10 16:10Z  slice      LATEST_ACCEPTABLE_EXIT -> MANDATORY_EXIT  pi 0.89  M_STOP
2026-02-10 16:10Z  slice      told worse: MANDATORY_EXIT ↓ slice (BTC-USDT), priority 2; pushover accepted it 0 s after the look
LINES
is "alone, if they are asked for" sh -c "
    '$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' log --kind look -n 1 |
        grep -q 'price 55500'"
gridwatch log --kind look,message --json > "$WORK/log.jsonl" 2> /dev/null
is "as JSON" jq -es 'map(select(.kind == "look")) | last |
    .touched and .ticker == 55500 and .beyond == "down" and
    .slot == "2026-02-10T16:00:00Z" and .state == "MANDATORY_EXIT" and
    .ticker_time == "2026-02-10T16:09:40Z"' "$WORK/log.jsonl"
is "an answer takes its time from the look" jq -es \
    'map(select(.kind == "message")) | last | .deliveries[0].took_s < 60' \
    "$WORK/log.jsonl"

# What is wrong is seen: the event's ticker is another one.
forged() {
    path=$(event 'slice-look')
    git clone -q "$WORK/data.git" "$WORK/forged" && (
        cd "$WORK/forged"
        sed -i 's/^ticker: 55500$/ticker: 55501/' "$path"
        git -c user.name=x -c user.email=x@example.org commit -qam forged
        git push -q origin HEAD:main)
    ! gridwatch verify > "$WORK/verified" 2>&1
    cat "$WORK/verified"
    grep -q 'look' "$WORK/verified"
}
is "a ticker that was changed is found" forged
scenario_end

# The run of 16:15 is lost: the looks go on from 16:00, until that is too old.
scenario_begin "$OUT/$NAME-lost" BTC-USDT --walk BTC-USDT=7 \
    --now 2026-02-10T15:00:00Z
trap end_all EXIT
sed -i 's/level: warn/level: info/' "$WORK/gridwatch.yaml"
scenario_grid slice 56400:63600:55554 2026-02-10T15:45:00Z
is "a slot before it is recorded" ends 2026-02-10T15:45:00Z 0
is "and 16:00" ends 2026-02-10T16:00:00Z 0
TOLD=$(heard)
COMMITS=$(commits)
ticker 55500 2026-02-10T16:31:00Z
is "after half an hour nobody looks" looks 2026-02-10T16:31:00Z none
is "and says so" grep -q 'look-skipped grid=slice' "$WORK/look.log"
is "it leaves nothing" same_commits
fault DELETE
ticker 55500 2026-02-10T16:20:00Z
is "a look behind a lost run" looks 2026-02-10T16:20:00Z touched
is "rings" messages $((TOLD + 1))
is "and follows from the slot that is there" follows
fault DELETE
is "the next run takes both slots" ends 2026-02-10T16:30:00Z 0
is "all of which follows" follows
is "and rings no more" messages $((TOLD + 1))
is "every document of it is valid" gridwatch validate "$WORK/data.git"
scenario_end

# The run of 16:15 comes late: after a look that found the stop touched, and
# whose siren somebody answered who had answered the LATEST before.
scenario_begin "$OUT/$NAME-late" BTC-USDT --walk BTC-USDT=7 \
    --now 2026-02-10T15:00:00Z
trap end_all EXIT
sed -i 's/level: warn/level: info/' "$WORK/gridwatch.yaml"
scenario_grid slice 56400:63600:55554 2026-02-10T15:45:00Z
is "a slot before that" ends 2026-02-10T15:45:00Z 0
is "and LATEST" ends 2026-02-10T16:00:00Z 0
# answers AT CODE: the word of somebody who has seen what was told.
answers() {
    scenario_clock "$1" 0
    code=0
    gridwatch ack slice --at "$1" > "$WORK/ack.log" 2>&1 || code=$?
    cat "$WORK/ack.log"
    [ "$code" -eq "$2" ]
}
is "it is acknowledged" answers 2026-02-10T16:05:00Z 0
is "once" answers 2026-02-10T16:06:00Z 64
ticker 55500 2026-02-10T16:17:20Z
is "the stop is touched then" looks 2026-02-10T16:17:30Z touched
is "its siren can be acknowledged, too" answers 2026-02-10T16:18:00Z 0
is "once only" answers 2026-02-10T16:18:30Z 64
fault DELETE
scenario_clock 2026-02-10T16:20:00Z 0
is "the slot of 16:15 is decided late" gridwatch run --at 2026-02-10T16:20:00Z
is "and recorded, with the state of the look behind it" says \
    exits/slice/2026/02/10/1615.yaml '^  since: 2026-02-10T16:17:[34][0-9]Z$'
is "which follows" follows
is "and is valid, too" gridwatch validate "$WORK/data.git"
scenario_end

# --- by a daemon -------------------------------------------------------------

# A quiet market in its sixth week today, as in daemon.sh. What its last hours
# were depends on the hour: without the two rules that ask for them, a narrow
# range is LATEST whenever this is run.
now=$(date -u +%s)
shift=$(((now - $(date -u -d 2026-02-07T00:00:00Z +%s)) / 604800 * 604800))
"$BUILD/gridwatch-sim" bars --walk 7:quiet |
    awk -F, -v OFS=, -v by="$shift" 'NR > 1 || $1 ~ /^[0-9]/ {
        $1 = $1 + by * ($1 > 1e11 ? 1000 : 1) } { print }' > "$OUT/look.csv"
scenario_begin "$OUT/$NAME-daemon" BTC-USDT --data "BTC-USDT=$OUT/look.csv" \
    --clock real --now "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
trap end_all EXIT
sed -i 's/level: warn/level: info/' "$WORK/gridwatch.yaml"
PRICE=$(curl -sS "$WORLD/api/v1/market/orderbook/level1?symbol=BTC-USDT" |
    jq -r '.data.price')
share() {
    awk -v p="$PRICE" -v by="$1" 'BEGIN { printf "%.1f", p * by }'
}
AGO=$(date -u -d '-1 hour' +%Y-%m-%dT%H:%M:%SZ)
gridwatch init >> "$WORK/log" 2>&1
gridwatch grid create wide --symbol BTC-USDT --lower "$(share .7)" \
    --upper "$(share 1.3)" --stop "$(share .6)" --capital 10000 --at "$AGO" \
    >> "$WORK/log" 2>&1
# A look begins where it can end before the next run, after 20 s and 30 s.
sed -i -e 's/^repository:$/&\n  push_budget: 2s/' \
    -e 's/^exchange:$/&\n  request_timeout: 2s/' \
    -e 's/^notify:$/&\n  request_timeout: 2s\n  tries: 2/' "$WORK/gridwatch.yaml"
cat >> "$WORK/gridwatch.yaml" << YAML
run: {settle: 0s, deadline: 20s}
daemon: {schedule: "@every 57s", starting_deadline: 10s, look_every: 2s, listen: "127.0.0.1:0"}
YAML
cat > "$WORK/exit_strategy_config.yaml" << YAML
exit:
  m_trend: {mode: off}
  m_boundary: {mode: off}
YAML

begins() {
    : > "$WORK/daemon.log"
    "$BUILD/gridwatch" daemon --config "$WORK/gridwatch.yaml" \
        2> "$WORK/daemon.log" &
    DAEMON=$!
}

# comes SECONDS COMMAND...: it holds before long.
comes() {
    tries=$(($1 * 5))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { tail -n 5 "$WORK/daemon.log"; return 1; }
        sleep 0.2
    done
}

runs_are() {
    [ "$(grep -c 'daemon-run-ended' "$WORK/daemon.log")" -ge "$1" ]
}

# Not across the end of a slot: the first run of the next would be the one that
# sees it.
late=$(($(date +%s) % 900))
[ "$late" -lt 560 ] || sleep $((901 - late))

is "the daemon begins" begins
is "a run ends" comes 60 runs_are 1
is "and another" comes 90 runs_are 2
is "while every grid is NORMAL nobody looks" sh -c "
    ! grep -q 'daemon-look' '$WORK/daemon.log'"
is "a narrow grid is new" gridwatch grid create narrow --symbol BTC-USDT \
    --lower "$(share .998)" --upper "$(share 1.002)" --stop "$(share .95)" \
    --capital 10000 --at "$AGO"
is "it is LATEST" comes 120 sh -c "
    grep -q '+exit-latest grid=narrow' '$WORK/daemon.log'"
is "looks come between the runs" comes 90 sh -c "
    grep -qE ' look grid=narrow .*found=(nothing-new|outside|back)' '$WORK/daemon.log'"
is "they end well" comes 20 grep -q 'daemon-look-ended exit=0' "$WORK/daemon.log"
is "the siren is silent" sh -c "! grep -q '\"priority\": *\"2\"' '$RECEIVED'"
is "the stop is touched at the ticker" ticker "$(share .94)" now
is "the siren rings" comes 60 grep -q '"priority": *"2"' "$RECEIVED"
is "by a look, not by a run" sh -c "
    grep -E '\\+exit-mandatory grid=narrow|daemon-run at=|daemon-look wanted' \
        '$WORK/daemon.log' | grep -B 1 exit-mandatory | head -n 1 |
        grep -q daemon-look"
is "of a slot that was recorded before" follows
AT=http://127.0.0.1:$(sed -n 's/.*daemon-began.*port=//p' "$WORK/daemon.log")
# counts SAMPLE=VALUE...: the daemon's page, as Prometheus reads it.
counts() {
    curl -sS --fail --max-time 5 -o "$WORK/page" "$AT/metrics" &&
        PYTHONDONTWRITEBYTECODE=1 tests/e2e/prometheus.py "$WORK/page" "$@"
}
is "/metrics counts what a look delivered" comes 20 counts \
    'gridwatch_daemon_look_deliveries_total{outcome="accepted"}=1' \
    'gridwatch_daemon_look_deliveries_total{outcome="refused"}=0' \
    gridwatch_daemon_look_last_delivery_timestamp_seconds
just_now() {
    awk -v now="$(date +%s)" -v name=gridwatch_daemon_look_last_delivery_timestamp_seconds \
        '$1 == name { exit !(now - $2 >= -2 && now - $2 < 120) }' "$WORK/page"
}
is "and when that was" just_now
PROMTOOL=${PROMTOOL:-$(command -v promtool || echo build/servers/usr/bin/promtool)}
if [ -x "$PROMTOOL" ]; then
    is "promtool has nothing to say" sh -c "'$PROMTOOL' check metrics < '$WORK/page'"
else
    echo "SKIPPED look: promtool check metrics: not installed"
fi
is "it ends when it is told" sh -c "kill -TERM $DAEMON"
wait "$DAEMON" || fail "and with 0"
DAEMON=
