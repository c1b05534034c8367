#!/bin/sh
# The daemon by the real clock, every few seconds: its runs, what it says of
# them, how it ends; then the figures of single runs, as file and at a
# Pushgateway that answers, refuses and hangs.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=daemon
. tests/e2e/judge_lib.sh
DAEMON= GATEWAY=

end_all() {
    status=$?
    for pid in $DAEMON $GATEWAY; do
        kill -KILL "$pid" 2> /dev/null || true
    done
    finish "$status"
}
trap end_all EXIT

page() {
    PYTHONDONTWRITEBYTECODE=1 tests/e2e/prometheus.py "$@"
}

# A quiet market that is in its sixth week today. Whole weeks: bars of all
# timeframes stay where they are in their grid.
world() {
    now=$(date -u +%s)
    shift=$(((now - $(date -u -d 2026-02-07T00:00:00Z +%s)) / 604800 * 604800))
    "$BUILD/gridwatch-sim" bars --walk 7:quiet |
        awk -F, -v OFS=, -v by="$shift" 'NR > 1 || $1 ~ /^[0-9]/ {
            $1 = $1 + by * ($1 > 1e11 ? 1000 : 1) } { print }' > "$OUT/daemon.csv"
    tail -n 1 "$OUT/daemon.csv"
    scenario_begin "$OUT/$NAME" BTC-USDT --data "BTC-USDT=$OUT/daemon.csv" \
        --clock real --now "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    trap end_all EXIT
    sed -i 's/level: warn/level: info/' "$WORK/gridwatch.yaml"
    gridwatch init
    gridwatch grid create beat --symbol BTC-USDT --lower 54000 --upper 66000 \
        --stop 53000 --levels 20 --capital 10000 --spacing arithmetic \
        --at "$(date -u -d '-1 hour' +%Y-%m-%dT%H:%M:%SZ)"
    cat >> "$WORK/gridwatch.yaml" << YAML
run: {settle: 0s, deadline: 60s}
daemon: {schedule: "@every 3s", starting_deadline: 10s, listen: "127.0.0.1:0"}
export: {textfile: $WORK/textfile.prom, timeout: 1s}
YAML
}

# begins: a daemon, and $AT, where it listens.
begins() {
    : > "$WORK/daemon.log"
    "$BUILD/gridwatch" daemon --config "$WORK/gridwatch.yaml" \
        2> "$WORK/daemon.log" &
    DAEMON=$!
    tries=0
    until grep -q 'daemon-began.*port=' "$WORK/daemon.log"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { cat "$WORK/daemon.log"; return 1; }
        sleep 0.1
    done
    AT=http://127.0.0.1:$(sed -n 's/.*daemon-began.*port=//p' "$WORK/daemon.log")
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

fetch() {
    curl -sS --fail --max-time 5 -o "$WORK/page" "$AT/metrics"
}

# health CODE WORDS
health() {
    code=$(curl -sS --max-time 5 -o "$WORK/health" -w '%{http_code}' "$AT/healthz")
    echo "$code $(cat "$WORK/health")"
    [ "$code" = "$1" ] && grep -qE "$2" "$WORK/health"
}

# leaves SIGNAL SECONDS: the daemon ends with 0, and in time.
leaves() {
    began=$(date +%s)
    kill "-$1" "$DAEMON"
    code=0
    wait "$DAEMON" || code=$?
    took=$(($(date +%s) - began))
    echo "ended with $code after $took s"
    [ "$code" -eq 0 ] && [ "$took" -le "$2" ]
}

# Whom the daemon started names the configuration of this test.
no_child() {
    ! grep -sal "$WORK/gridwatch.yaml" /proc/[0-9]*/cmdline
}

is "a world at the present" world
is "the daemon begins" begins
is "two runs come by the schedule" comes 20 runs_are 2
is "the second is three seconds after the first" sh -c "
    grep 'daemon-run at=' '$WORK/daemon.log' | sed 's/.*at=//' | head -n 2 |
        xargs -n 1 date +%s -d | tr '\n' ' ' |
        awk '{ exit \$2 - \$1 != 3 }'"
is "it is well" health 200 '^ok: the run of .* ended with 0$'
is "it tells its figures" fetch
is "they are Prometheus' text" page "$WORK/page" \
    gridwatch_run_exit_code=0 gridwatch_daemon_healthy=1 \
    'gridwatch_grid_state{grid="beat",symbol="BTC-USDT"}' \
    'gridwatch_grid_state_unknown{grid="beat",symbol="BTC-USDT"}=0' \
    'gridwatch_daemon_runs_total{exit_code="0"}' \
    '!gridwatch_push_owed' '!gridwatch_daemon_runs_total{exit_code="70"}'
PROMTOOL=${PROMTOOL:-$(command -v promtool || echo build/servers/usr/bin/promtool)}
if [ -x "$PROMTOOL" ]; then
    is "promtool says so, too" sh -c "'$PROMTOOL' check metrics < '$WORK/page'"
else
    echo "SKIPPED daemon: promtool check metrics: not installed"
fi
is "another page is not there" sh -c "
    [ \"\$(curl -sS -o /dev/null -w '%{http_code}' '$AT/x')\" = 404 ]"
is "nothing is taken" sh -c "
    [ \"\$(curl -sS -o /dev/null -w '%{http_code}' -X PUT --data x '$AT/metrics')\" = 405 ]"

# Another daemon that would listen where this one does.
taken() {
    sed "s|127.0.0.1:0|${AT#http://}|" "$WORK/gridwatch.yaml" > "$WORK/taken.yaml"
    code=0
    timeout 20 "$BUILD/gridwatch" daemon --config "$WORK/taken.yaml" \
        2> "$WORK/taken.log" || code=$?
    echo "ended with $code"
    cat "$WORK/taken.log"
    [ "$code" -eq 78 ]
}
is "a daemon whose port is taken ends with 78" taken
is "and says which it is and what to do" grep -qxF "gridwatch: 'daemon.listen': ${AT#http://} cannot be listened on: Address already in use: end what listens there, or take another port" \
    "$WORK/taken.log"

# The exchange hangs: a run goes on while it answers, and while it is stopped.
fault PUT '{"path": "/api/*", "hang_ms": 2500}'
is "a run takes its time" comes 10 sh -c "
    curl -sS --max-time 5 '$AT/metrics' | grep -qx 'gridwatch_daemon_running 1'"
is "the run may come to its end" leaves TERM 20
is "and it did" sh -c "
    sed -n '/daemon-stopping run=ends/,\$p' '$WORK/daemon.log' |
        grep -q 'daemon-run-ended exit=0'"
fault DELETE
is "no child is left" no_child

# One that hangs at its end is ended by the second word.
is "the daemon begins again" begins
is "and runs" comes 20 runs_are 1
fault PUT '{"path": "/api/*", "hang_ms": 30000}'
is "a run hangs" comes 10 sh -c "
    curl -sS --max-time 5 '$AT/metrics' | grep -qx 'gridwatch_daemon_running 1'"
is "told to stop it waits" sh -c "kill -INT $DAEMON; sleep 1; kill -0 $DAEMON"
is "still well meanwhile" health 200 ok
is "told again it ends at once" leaves INT 5
is "and says what became of the run" grep -q 'daemon-run-lost exit=70' \
    "$WORK/daemon.log"
is "no child is left then" no_child
fault DELETE

# A run that dies, and an exchange that is gone.
is "the daemon begins once more" begins
is "and is well" comes 20 health 200 ok
scenario_end
trap end_all EXIT
# What is recorded needs no exchange; a new grid does, and its message a phone.
is "a grid is new" gridwatch grid create other --symbol BTC-USDT --lower 54000 \
    --upper 66000 --at "$(date -u -d '-1 hour' +%Y-%m-%dT%H:%M:%SZ)"
is "without an exchange it is not" comes 40 health 503 'ended with (69|75)$'
fetch
is "and its figures say so" page "$WORK/page" gridwatch_daemon_healthy=0 \
    gridwatch_run_exit_code \
    gridwatch_daemon_last_success_timestamp_seconds
is "the file says so, too" sh -c "
    grep -qE '^gridwatch_run_exit_code (69|75)$' '$WORK/textfile.prom'"
echo 'run: {settle: 0s, nonsense: 1}' > "$WORK/broken"
cp "$WORK/gridwatch.yaml" "$WORK/sound.yaml"
cp "$WORK/broken" "$WORK/gridwatch.yaml"
is "a configuration that broke is seen by the next run" comes 15 \
    health 503 'ended with 78$'
fetch
is "and that run tells nothing of grids" page "$WORK/page" \
    gridwatch_run_exit_code=78 \
    '!gridwatch_grid_info{grid="beat",symbol="BTC-USDT",status="running"}'
cp "$WORK/sound.yaml" "$WORK/gridwatch.yaml"
is "it ends when it is told" leaves TERM 20
is "nobody is left" no_child
DAEMON=
is "a daemon without a time is refused" sh -c "
    sed 's/@every 3s/0 0 30 2 */' '$WORK/gridwatch.yaml' > '$WORK/never.yaml'
    code=0
    '$BUILD/gridwatch' daemon --config '$WORK/never.yaml' 2> '$WORK/never.log' ||
        code=\$?
    [ \$code -eq 78 ] && grep -q 'never comes' '$WORK/never.log'"

# --- the Pushgateway ---------------------------------------------------------

python3 tests/e2e/gateway.py "$WORK/gateway" > "$WORK/gateway.log" 2>&1 &
GATEWAY=$!
comes 10 test -s "$WORK/gateway.port"
rm -rf "$OUT/once"
scenario_begin "$OUT/once" BTC-USDT --walk BTC-USDT=7:quiet \
    --now 2026-02-09T22:00:00Z
trap end_all EXIT
scenario_grid beat 56400:63600:55554 2026-02-09T22:00:00Z
PUSHED=$OUT/$NAME/gateway
cat >> "$WORK/gridwatch.yaml" << YAML
export:
  pushgateway: http://127.0.0.1:$(cat "$PUSHED.port")
  instance: one
  textfile: $WORK/textfile.prom
  timeout: 1s
YAML
is "a run" ends 2026-02-09T22:00:00Z 0
is "its page came" test -s "$PUSHED"
is "to its place" sh -c "
    head -n 1 '$PUSHED.line' | grep -q '^PUT /metrics/job/gridwatch/instance/one$'"
is "it is the file's, byte for byte" cmp "$PUSHED" "$WORK/textfile.prom"
is "and says what the run came to" page "$PUSHED" \
    gridwatch_run_exit_code=0 gridwatch_run_slot_timestamp_seconds=1770674400 \
    'gridwatch_symbol_price_age_seconds{symbol="BTC-USDT"}=10' \
    'gridwatch_grid_state{grid="beat",symbol="BTC-USDT"}' \
    'gridwatch_grid_info{grid="beat",symbol="BTC-USDT",status="running"}=1'
same_state() {
    want=$(jq -r '.grids[0].pi' "$WORK/run.json")
    page "$PUSHED" \
        "gridwatch_grid_pi_ratio{grid=\"beat\",symbol=\"BTC-USDT\"}=$want"
}
is "pi is that of --json" same_state
is "a run without an exchange" sh -c "
    curl -sS --fail -o /dev/null -X PUT --data '{\"path\": \"/api/*\", \"close\": true}' '$WORLD/sim/fault'"
is "fails" ends 2026-02-09T22:15:00Z 69
is "and says so there" page "$PUSHED" gridwatch_run_exit_code=69
fault DELETE
: > "$WORK/log"
echo 500 > "$PUSHED.status"
is "a gateway that refuses changes nothing" ends 2026-02-09T22:30:00Z 0
is "and is logged" grep -q 'export-failed.*where=pushgateway.*HTTP 500' "$WORK/log"
echo hang > "$PUSHED.status"
: > "$WORK/log"
hangs() {
    began=$(date +%s)
    ends 2026-02-09T22:45:00Z 0 && [ $(($(date +%s) - began)) -le 8 ]
}
is "one that hangs costs no more than its time" hangs
is "and is logged as well" grep -q 'export-failed.*where=pushgateway' "$WORK/log"
sed -i "s|textfile: .*|textfile: $WORK/no/such/folder.prom|" "$WORK/gridwatch.yaml"
is "a file that cannot be written changes nothing" ends 2026-02-09T23:00:00Z 0
is "and is logged, too" grep -q 'export-failed.*where=textfile' "$WORK/log"
is "a dry run tells nobody" sh -c "
    rm '$PUSHED'
    '$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' run --dry-run \
        --at 2026-02-09T23:00:00Z > /dev/null 2>&1
    [ ! -e '$PUSHED' ]"
is "but prints its figures when asked" sh -c "
    '$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' run --dry-run --metrics \
        --at 2026-02-09T23:00:00Z 2> /dev/null > '$WORK/printed'"
is "as Prometheus reads them" page "$WORK/printed" gridwatch_run_exit_code=0
