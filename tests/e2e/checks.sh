# shellcheck shell=sh
# checks.sh - read by the tests that count what they hold to be true, from the
# root of the tree. Starts nothing and sets no trap; what needs a world has
# judge_lib.sh, which reads this file.
#
# Wants BUILD (where the programs are) and NAME (what the test is called).
# Sets  OUT      a folder for what it writes; there when this was read
#       TALLY    the file of its counts, see tests/tally.sh
#       PASSED, FAILED, SKIPPED   the counts so far
#       SHOW     what is shown of a command that failed, a command that reads
#                the file named after it; set another one for programs that say
#                first what went wrong
#       SHOW_WIDTH   of each such line so many bytes; empty: all
#
#   is WHAT COMMAND...      holds when the command succeeds; else shows its end
#   is_not WHAT COMMAND...  holds when it fails
#   pass                    one more that held
#   fail WHAT               one that did not: 'FAILED NAME: WHAT'
#   add_counts WHO FILE [REST]   counts what another program counted: its line
#                           'WHO: N ok, N failed', then REST, a pattern of sed;
#                           false where FILE has no such line
#   end_checks              writes the counts; false when something failed
#   end_skipped             writes that the test was skipped, ends it with 0
#   skip_all WHY            says why besides: 'SKIPPED NAME: WHY'
#
# What is written of a command stands in $OUT/$NAME.is until the next one.
OUT=$BUILD/e2e
TALLY=$BUILD/tally/$NAME
PASSED=0 FAILED=0 SKIPPED=0
SHOW='tail -n 20'
SHOW_WIDTH=
mkdir -p "$OUT"

pass() {
    PASSED=$((PASSED + 1))
}

fail() {
    FAILED=$((FAILED + 1))
    echo "FAILED $NAME: $1"
}

is() {
    what=$1
    shift
    if "$@" > "$OUT/$NAME.is" 2>&1; then
        pass
    else
        fail "$what"
        # shellcheck disable=SC2086 # words
        $SHOW "$OUT/$NAME.is" | cut -c "1-$SHOW_WIDTH" | sed 's/^/    /'
    fi
}

is_not() {
    what=$1
    shift
    is "$what" sh -c '! "$@"' sh "$@"
}

add_counts() {
    counts=$(sed -n \
        "s/^$1: \([0-9]*\) ok, \([0-9]*\) failed${3:-}\$/\1 \2/p" "$2")
    [ -n "$counts" ] || return 1
    PASSED=$((PASSED + ${counts% *}))
    FAILED=$((FAILED + ${counts#* }))
}

end_checks() {
    tests/tally.sh add "$TALLY" "$PASSED" "$FAILED" "$SKIPPED"
    [ "$FAILED" -eq 0 ]
}

end_skipped() {
    trap - EXIT
    tests/tally.sh add "$TALLY" 0 0 1
    exit 0
}

skip_all() {
    echo "SKIPPED $NAME: $1"
    end_skipped
}
