# judge_lib.sh - read by the end-to-end tests that end in the judge's verdict.
# Wants BUILD and NAME; what counts is in checks.sh. The counts are written by a
# trap at the end of the test, however that comes; a test with a trap of its own
# calls finish there.

. scripts/scenario.sh
. tests/e2e/checks.sh
SHOW_WIDTH=300 # documents can be one line

# The judge's own counts, read from what it printed to the file.
count_judge() {
    if ! add_counts judge "$1"; then
        fail "the judge did not come to an end"
        return
    fi
    grep '^FAIL' "$1" | sed "s/^FAIL/FAILED $NAME:/" || true
}

# runs FROM TO: like scenario_runs, silent.
runs() {
    scenario_runs "$1" "$2" > /dev/null
}

# with_fault_points: from here on BUILD's programs can be killed at a named point
# and refuse what they are told to; those that ship cannot.
with_fault_points() {
    if ! grep -q GRIDWATCH_DIE_AT "$BUILD/gridwatch"; then
        BUILD=${FAULTY:-$BUILD/faulty}
    fi
    [ -x "$BUILD/gridwatch" ] || {
        fail "there is no $BUILD/gridwatch: 'make killable' builds it"
        exit 1
    }
}

# fault METHOD [JSON]: what goes wrong in the world, see gridwatch-sim.
fault() {
    curl -sS --fail --max-time 10 -o /dev/null -X "$1" ${2:+--data "$2"} \
        "$WORLD/sim/fault"
}

# put WHAT JSON: what the world is to have, see gridwatch-sim.
put() {
    curl -sS --fail --max-time 10 -o /dev/null -X PUT --data "$2" "$WORLD/sim/$1"
}

# seen REPOSITORY CLAIM: the python of stdin makes names of what is recorded and
# what was received, of which the claim must hold; see seen.py.
seen() {
    PYTHONPATH=tests/e2e PYTHONDONTWRITEBYTECODE=1 \
        python3 - "$1" "$RECEIVED" "$2"
}

# after TIME [MINUTES]
after() {
    date -u -d "$1 + ${2:-15} minutes" +%Y-%m-%dT%H:%M:%SZ
}

# ends SLOT CODE: the run of the slot ends with that code.
ends() {
    code=0
    scenario_run "$1" > "$WORK/run.json" || code=$?
    cat "$WORK/run.json" >> "$RUNS"
    [ "$code" -eq "$2" ] || { echo "ended with $code"; cat "$WORK/log"; return 1; }
}

heard() {
    scenario_heard
}

# The record stands on its own: two counts.
record_is_sound() {
    is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
    is "and computed anew it is the same" gridwatch verify
}

# The key of an account that can be looked at; the world is told of it with
# `put account`.
export_key() {
    export KUCOIN_API_KEY=0123456789abcdef01234567
    export KUCOIN_API_SECRET=11111111-2222-4333-8444-555566667777
    export KUCOIN_API_PASSPHRASE=grid-Exit-2026
}

# Ends the test with that status: writes the counts, ends the world.
finish() {
    scenario_end
    [ "$1" -eq 0 ] || FAILED=$((FAILED + 1))
    end_checks || exit 1
    exit "$1"
}
trap 'finish $?' EXIT
trap 'exit 130' INT TERM
