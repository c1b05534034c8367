# lib.sh - read by the tests that rehearse breaks. Wants BUILD and NAME.
. tests/e2e/checks.sh
WORK=$OUT/$NAME
rm -rf "$WORK"
mkdir -p "$WORK/shipped" "$WORK/by_pi"

# What expected.py does not know: money, and in the second run L_CRISIS.
printf 'exit:\n  l_guard: {mode: shadow}\n  m_equity: {mode: shadow}\n' \
    > "$WORK/shipped.yaml"
{ cat "$WORK/shipped.yaml"; echo '  l_crisis: {mode: shadow}'; } \
    > "$WORK/by_pi.yaml"

# rehearse RULES DATA EXPECTED: each case counts; the lines stay in
# $WORK/RULES.log.
rehearse() {
    crisis=
    [ "$1" != shipped ] || crisis=--crisis
    tests/rehearsal/rehearse.py $crisis "$BUILD/gridwatch" "$2" "$3" "$WORK/$1" \
        --exit-config "$WORK/$1.yaml" > "$WORK/$1.log" 2>&1 || true
    sed -n "s/^FAIL/FAILED $NAME, $1:/p" "$WORK/$1.log"
    if ! add_counts rehearsal "$WORK/$1.log" '.*'; then
        fail "the rehearsal of $1 did not come to an end"
        tail -n 5 "$WORK/$1.log"
    fi
}
