# scenario.sh - read by the demos and the end-to-end tests: a simulated world
# on loopback, one grid in a data repository of its own, slot after slot.
#
# Wants BUILD (where the programs are). Leaves everything in $WORK: data.git,
# gridwatch.yaml, runs.json (one JSON document for each run), received.jsonl
# (what reached the phone), pictures/ (what came with it), log (what the programs said).

SCENARIO_SETTLE=10
SCENARIO_SIM=

# scenario_begin WORK SYMBOL SIM_OPTION...: starts the world and writes the
# configuration. WORK is emptied.
scenario_begin() {
    PI_MODEL=
    WORK=$1
    SYMBOL=$2
    shift 2
    rm -rf "$WORK"
    mkdir -p "$WORK/pictures"
    WORK=$(cd "$WORK" && pwd)
    RUNS=$WORK/runs.json
    RECEIVED=$WORK/received.jsonl
    : > "$RUNS"
    : > "$RECEIVED"
    : > "$WORK/log"
    PUSHOVER_TOKEN=demoTokenDemoTokenDemoToken123
    PUSHOVER_USER=demoUserDemoUserDemoUserDemo12
    export PUSHOVER_TOKEN PUSHOVER_USER
    "$BUILD/gridwatch-sim" serve --port 0 --port-file "$WORK/port" \
        --received "$RECEIVED" --token "$PUSHOVER_TOKEN" \
        --user "$PUSHOVER_USER" --attachments "$WORK/pictures" "$@" > "$WORK/sim.log" 2>&1 &
    SCENARIO_SIM=$!
    scenario_wait_for_port
    cat > "$WORK/gridwatch.yaml" <<YAML
repository:
  path: $WORK/data.git
  fsync: false
exchange:
  base_url: $WORLD
notify:
  pushover_url: $WORLD
  retry_spacing: 1s
  all_clear_at: ""
  first_message: false
log:
  level: warn
YAML
}

# scenario_wait WHAT FILE PID LOG: until the process, which writes the file when
# it listens, has done so; false with its log when it ends before, or after 10 s.
scenario_wait() {
    tries=0
    until [ -s "$2" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ] || ! kill -0 "$3" 2> /dev/null; then
            echo "$1 did not start:" >&2
            cat "$4" >&2
            return 1
        fi
        sleep 0.1
    done
}

scenario_wait_for_port() {
    scenario_wait "the simulator" "$WORK/port" "$SCENARIO_SIM" \
        "$WORK/sim.log" || return 1
    WORLD=http://127.0.0.1:$(cat "$WORK/port")
}

# Ends the simulator that scenario_begin started, and no other process.
scenario_end() {
    [ -n "$SCENARIO_SIM" ] || return 0
    kill "$SCENARIO_SIM" 2> /dev/null || true
    wait "$SCENARIO_SIM" 2> /dev/null || true
    SCENARIO_SIM=
}

gridwatch() {
    "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" "$@"
}

# How many messages reached the phone; receipts are asked for besides.
scenario_heard() {
    grep -c '"path": *"/1/messages.json"' "$RECEIVED" || true
}

# scenario_clock TIME [SECONDS]: the world's clock, so many seconds later.
scenario_clock() {
    when=$(date -u -d "$1 + ${2:-0} seconds" +%Y-%m-%dT%H:%M:%SZ)
    curl -sS --fail --max-time 10 -o /dev/null -X PUT --data "$when" \
        "$WORLD/sim/clock"
}

# scenario_first_model: pi-24h-1 with its gate and its limits, of which the
# story of a test is.
scenario_first_model() {
    printf 'exit:\n  pi_model: pi-24h-1\n  gate: 0.37\n' \
        > "$WORK/exit_strategy_config.yaml"
    PI_MODEL=pi-24h-1 # for scenario_judge
}

# scenario_grid ID LOWER:UPPER:STOP TIME: a data repository with one grid.
scenario_grid() {
    GRID_ID=$1
    GRID_RANGE=$2
    scenario_clock "$3"
    gridwatch init >> "$WORK/log" 2>&1
    gridwatch grid create "$GRID_ID" --symbol "$SYMBOL" --market spot \
        --side long --lower "$(echo "$2" | cut -d : -f 1)" \
        --upper "$(echo "$2" | cut -d : -f 2)" \
        --stop "$(echo "$2" | cut -d : -f 3)" --levels 20 --capital 10000 \
        --spacing arithmetic --at "$3" >> "$WORK/log" 2>&1
}

# scenario_slots FROM TO: every slot of [FROM, TO), one a line.
scenario_slots() {
    seq "$(date -u -d "$1" +%s)" 900 "$(($(date -u -d "$2" +%s) - 1))" |
        sed 's/^/@/' | date -u -f - +%Y-%m-%dT%H:%M:%SZ
}

# scenario_run SLOT: the job as it runs at that slot; its JSON to stdout.
scenario_run() {
    scenario_clock "$1" "$SCENARIO_SETTLE"
    gridwatch run --at "$1" --json 2>> "$WORK/log"
}

# scenario_runs FROM TO: all slots, their JSON to $RUNS and to stdout. A run
# that ends with anything but 0 ends it, and is told in $WORK/failed.
scenario_runs() {
    rm -f "$WORK/failed"
    scenario_slots "$1" "$2" | while read -r slot; do
        status=0
        scenario_run "$slot" > "$WORK/run.json" || status=$?
        cat "$WORK/run.json" >> "$RUNS"
        cat "$WORK/run.json"
        if [ "$status" -ne 0 ]; then
            echo "the run of slot $slot ended with status $status" |
                tee "$WORK/failed" >&2
            tail -n 5 "$WORK/log" >&2
            break
        fi
    done
    [ ! -e "$WORK/failed" ]
}

# One line for each change of state, from the JSON of the runs; of the triggers
# those that raise this state.
scenario_changes() {
    jq --unbuffered -n -r '
        def share: if . == null then "unknown"
            else "." + ("00\(. * 1000 | round)" | .[-3:]) end;
        def reasons: .state[0:1] as $level | [.triggers[] |
            select(.answer == "yes" and .id[0:1] == $level).id] | join(" ");
        foreach (inputs | {slot} + .grids[0]) as $now ({};
            {before: .now, now: $now}; select(.now.state != .before.state)) |
        (if .before then .before.state + " → " else "" end) as $from |
        .now | "\(.slot[0:16])Z  \($from)\(.state)  pi \(.pi | share)  " +
            "\(reasons)" | sub(" +$"; "")'
}

# M_STOP raised by the ticker alone, before a bar has shown it.
scenario_ticker_stops() {
    jq -r '.slot as $slot | .grids[] | .triggers[] |
        select(.id == "M_STOP" and .evidence == "ticker") |
        "\($slot)  M_STOP by the ticker"' "$RUNS"
}

# scenario_judge CANDLES FROM TO [OPTION]...: the second opinion on it all.
scenario_judge() {
    candles=$1
    from=$2
    to=$3
    shift 3
    tests/judge/judge.py --data "$candles" --repo "$WORK/data.git" \
        --received "$RECEIVED" --from "$from" --to "$to" \
        --grid "$GRID_ID" --range "$GRID_RANGE" \
        ${PI_MODEL:+--pi-model "$PI_MODEL"} "$@"
}

# scenario_tip: the commit that the data repository is at.
scenario_tip() {
    git --git-dir "$WORK/data.git" rev-parse HEAD
}

# scenario_again FROM TO: all slots once more must change and send nothing.
scenario_again() {
    tip=$(scenario_tip)
    heard=$(scenario_heard)
    cp "$RUNS" "$WORK/runs.first.json"
    scenario_runs "$1" "$2" > /dev/null || return 1
    mv "$WORK/runs.first.json" "$RUNS"
    if [ "$(scenario_tip)" != "$tip" ]; then
        echo "the second pass made commits" >&2
        return 1
    fi
    if [ "$(scenario_heard)" -ne "$heard" ]; then
        echo "the second pass sent messages" >&2
        return 1
    fi
}
