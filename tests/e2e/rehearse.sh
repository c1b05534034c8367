#!/bin/sh
# docs/rehearse.md is true: its blocks run as they stand there, in one shell,
# and what it promises is looked for after each. Changed are the two ports,
# which others may hold, and what would be waited for: the market broke eight
# minutes ago, and looks come every two seconds.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=rehearse
. tests/e2e/judge_lib.sh
WORK=$OUT/$NAME
PAGE=docs/rehearse.md

free_port() {
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# break_at: so that the stop is touched 20 to 80 seconds from now. Seed 4 does it
# 8 minutes and 36 seconds after its break.
break_at() {
    at=$(($(date +%s) + 80 - 516))
    date -u -d "@$((at - at % 60))" +%Y-%m-%dT%H:%M:%SZ
}

# The commands of the page, a mark after each block.
blocks() {
    awk '/^```sh$/ { in_block = 1; next }
        /^```$/ && in_block { in_block = 0; printf "after %d\n", ++n; next }
        in_block' "$PAGE"
}

# A clone in which everything is built.
clone() {
    rm -rf "$WORK"
    mkdir -p "$WORK/build"
    ln -s "$(cd "$BUILD" && pwd)" "$WORK/build/release"
    printf 'all:\n' > "$WORK/Makefile"
    printf '#!/bin/sh\n[ "$1" = packages ]\n' > "$WORK/bootstrap"
    chmod +x "$WORK/bootstrap"
}

# What is asked after a block; `holds` notes it and goes on.
checks() {
    cat << 'CHECKS'
SIM= DAEMON= RESULTS=$PWD/results
trap 'for pid in $SIM $DAEMON; do kill -KILL "$pid" 2> /dev/null || true; done' EXIT
trap 'exit 130' INT TERM
holds() {
    what=$1
    shift
    if "$@" > is.log 2>&1; then echo "ok $what"; else
        echo "FAILED $what"
        head -c 2000 is.log
    fi >> "$RESULTS"
}
code_of() {
    curl -sS -o /dev/null -w '%{http_code}\n' "http://127.0.0.1:$2$1" |
        grep -x "$3"
}
told() {
    jq -e -s --arg priority "$1" --arg title "$2" 'any(.[].fields;
        .priority == $priority and (.title | startswith($title)))' phone.jsonl
}
# The next quarter comes at once, to a copy of the record.
next_quarter() {
    next=$((($(date +%s) / 900 + 1) * 900))
    cp -r data.git later.git
    sed 's/data.git, remote: remote.git/later.git/' config/gridwatch.yaml \
        > config/later.yaml
    curl -sS -f -X PUT --data "$(date -u -d "@$((next + 10))" +%FT%TZ)" \
        http://127.0.0.1:$SIM_PORT/sim/clock
    gridwatch --config config/later.yaml run \
        --at "$(date -u -d "@$next" +%FT%TZ)" 2> later.log || code=$?
    curl -sS -f -X PUT --data "$(date -u +%FT%TZ)" \
        http://127.0.0.1:$SIM_PORT/sim/clock
    gridwatch --config config/later.yaml log demo
}
on_the_phone() {
    next_quarter | grep 'acknowledged MANDATORY_EXIT.*iphone'
}
after() {
    case $1 in
    2) holds "the world says what is coming" \
        grep 'BTC-USDT falls through 56400' sim.log ;;
    3) holds "the record is there" test -d data.git -a -d remote.git ;;
    4) holds "the daemon is well" code_of /healthz $DAEMON_PORT 200
        holds "and tells its figures" sh -c "curl -sS -f \
            http://127.0.0.1:$DAEMON_PORT/metrics |
            grep '^gridwatch_grid_state{grid=\"demo\",symbol=\"BTC-USDT\"} 2'"
        holds "the alert reached the phone" told 1 'LATEST_ACCEPTABLE_EXIT ↓ demo'
        holds "with its picture" test -s picture-1.png ;;
    6) holds "the answer stands in the record" sh -c "gridwatch log demo |
            grep 'acknowledged LATEST_ACCEPTABLE_EXIT: seen, getting out'" ;;
    7) holds "the siren reached the phone" told 2 'MANDATORY_EXIT ↓ demo'
        holds "because the stop was touched" grep 'M_STOP' phone.jsonl ;;
    8) holds "the run after it records the answer" on_the_phone ;;
    10) holds "a dead job is told" told 1 'Watchdog: not watched: demo' ;;
    11) wait "$SIM" || true
        holds "the grid is stopped" sh -c "gridwatch grid show demo |
            grep 'event: stopped, note: closed by hand'"
        holds "the simulator has ended" sh -c "! kill -0 $SIM"
        holds "the daemon has ended" sh -c "! kill -0 $DAEMON" ;;
    esac
}
CHECKS
}

SIM_PORT=$(free_port) DAEMON_PORT=$(free_port)
clone
blocks > "$WORK.blocks"
is "the page has its eleven blocks" sh -c "[ \"\$(grep -c '^after' '$WORK.blocks')\" -eq 11 ]" "$WORK.blocks"
{
    echo 'set -eu'
    checks
    cat "$WORK.blocks"
} | sed -e "s/8090/$SIM_PORT/g; s/9464/$DAEMON_PORT/g" \
    -e "s/--break-at now/--break-at $(break_at)/" \
    -e 's/^daemon: {look_every: 1m,/daemon: {look_every: 2s,/' \
    -e 's/timeout 1200/timeout 300/' > "$WORK/page.sh"
rehearse() {
    (cd "$WORK" && SIM_PORT=$SIM_PORT DAEMON_PORT=$DAEMON_PORT \
        OUT=$PWD/page.out sh page.sh > page.out 2>&1) ||
        { tail -n 20 "$WORK/page.out"; return 1; }
}
is "every command of the page ends with 0" rehearse
while read -r verdict what; do
    case $verdict in
    ok) pass ;;
    FAILED) fail "$what" ;;
    *) echo "    $verdict $what" ;;
    esac
done < "$WORK/results"
is "all was asked" sh -c "[ \"\$(grep -cE '^(ok|FAILED) ' '$WORK/results')\" -eq 14 ]"
