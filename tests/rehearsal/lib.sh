# lib.sh - read by the tests that rehearse breaks. Wants BUILD and NAME.
OUT=$BUILD/e2e
WORK=$OUT/$NAME
PASSED=0
FAILED=0
rm -rf "$WORK"
mkdir -p "$WORK/shipped" "$WORK/by_pi"

# What expected.py does not know: money, and in the second run L_CRISIS.
printf 'exit:\n  l_guard: {mode: shadow}\n  m_equity: {mode: shadow}\n' \
    > "$WORK/shipped.yaml"
{ cat "$WORK/shipped.yaml"; echo '  l_crisis: {mode: shadow}'; } \
    > "$WORK/by_pi.yaml"

# is WHAT COMMAND...: the command must succeed.
is() {
    what=$1
    shift
    if "$@" > "$OUT/$NAME.is" 2>&1; then
        PASSED=$((PASSED + 1))
    else
        FAILED=$((FAILED + 1))
        echo "FAILED $NAME: $what"
        tail -n 20 "$OUT/$NAME.is" | sed 's/^/    /'
    fi
}

# rehearse RULES DATA EXPECTED: each case counts; the lines stay in
# $WORK/RULES.log.
rehearse() {
    crisis=
    [ "$1" != shipped ] || crisis=--crisis
    tests/rehearsal/rehearse.py $crisis "$BUILD/gridwatch" "$2" "$3" "$WORK/$1" \
        --exit-config "$WORK/$1.yaml" > "$WORK/$1.log" 2>&1 || true
    sed -n "s/^FAIL/FAILED $NAME, $1:/p" "$WORK/$1.log"
    counts=$(sed -n 's/^rehearsal: \([0-9]*\) ok, \([0-9]*\) failed.*/\1 \2/p' \
        "$WORK/$1.log")
    if [ -z "$counts" ]; then
        FAILED=$((FAILED + 1))
        echo "FAILED $NAME: the rehearsal of $1 did not come to an end"
        tail -n 5 "$WORK/$1.log"
        return
    fi
    PASSED=$((PASSED + ${counts% *}))
    FAILED=$((FAILED + ${counts#* }))
}

finish() {
    tests/tally.sh add "$BUILD/tally/$NAME" "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}
