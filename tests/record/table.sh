# shellcheck shell=sh
# table.sh - read by tests/record/*.sh: a table of what each case must show and
# what it did show.
#
# Wants NAME, the script's, and BUILD, where the programs are; FAULTY is where
# those with fault points are (make check-record sets both). A script reads this
# from the repository's root, calls row() and skip() as often as it likes, and
# ends with end_table. One that dies before is a failure.
#
#   row CASE EXPECTED SEEN   ok when SEEN is EXPECTED; EXPECTED may also be a
#                            limit of a number (">= 2", "<= 300", "< 1.5") or,
#                            after "~", a pattern of the shell ("~*refused*")
#   skip CASE REASON         says so aloud, and is counted
#   note CASE FIGURE         a figure that nobody judges
#   size FULL SMALL          prints that of RECORD_SIZE (full unless set: small)
#   cleanup                  called at the end, however it ends, if the script
#                            defines it: end what was started, by pid
#   end_table                writes the counts and sets the exit
#
# Everything of a script may lie in $OUT, which is empty at the beginning.

BUILD=${BUILD:-build/release}
FAULTY=${FAULTY:-$BUILD/faulty}
RECORD_SIZE=${RECORD_SIZE:-full}
mkdir -p "$BUILD/record"
BUILD=$(cd "$BUILD" && pwd)
case "$FAULTY" in /*) ;; *) FAULTY=$PWD/$FAULTY ;; esac
OUT=$BUILD/record/$NAME
TABLE=$BUILD/record/table.txt
rm -rf "$OUT"
mkdir -p "$OUT"
TABLE_PASSED=0 TABLE_FAILED=0 TABLE_SKIPPED=0 TABLE_ENDED=

size() {
    if [ "$RECORD_SIZE" = small ]; then echo "$2"; else echo "$1"; fi
}

# One line, no longer than it may be.
table_cell() {
    printf '%s' "$1" | tr '\t\n|' '  /' | awk -v max="$2" '{
        text = text (NR > 1 ? " " : "") $0
    } END {
        if (length(text) > max) text = substr(text, 1, max - 3) "..."
        print text
    }'
}

# table_line CASE EXPECTED SEEN OUTCOME
table_line() {
    printf '%-8s | %-46s | %-30s | %-58s | %s\n' "$NAME" \
        "$(table_cell "$1" 46)" "$(table_cell "$2" 30)" \
        "$(table_cell "$3" 58)" "$4" | tee -a "$TABLE"
}

table_number_fits() {
    awk -v seen="$1" -v op="$2" -v limit="$3" 'BEGIN {
        if (seen !~ /^-?[0-9]+([.][0-9]+)?$/) exit 1
        if (op == ">=") exit !(seen + 0 >= limit + 0)
        if (op == "<=") exit !(seen + 0 <= limit + 0)
        if (op == "<") exit !(seen + 0 < limit + 0)
        exit !(seen + 0 > limit + 0) }'
}

table_fits() {
    case "$1" in
    '>= '* | '<= '* | '< '* | '> '*) table_number_fits "$2" "${1%% *}" "${1#* }" ;;
    '~'*)
        # shellcheck disable=SC2254
        case "$2" in ${1#'~'}) true ;; *) false ;; esac
        ;;
    *) [ "$1" = "$2" ] ;;
    esac
}

row() {
    if table_fits "$2" "$3"; then
        TABLE_PASSED=$((TABLE_PASSED + 1))
        table_line "$1" "$2" "$3" ok
        return
    fi
    TABLE_FAILED=$((TABLE_FAILED + 1))
    table_line "$1" "$2" "$3" FAILED
    echo "FAILED $NAME: $1"
    printf '%s\n' "$2" | cut -c 1-400 | sed 's/^/    expected  /'
    printf '%s\n' "$3" | head -n 20 | cut -c 1-400 | sed 's/^/    seen      /'
}

skip() {
    TABLE_SKIPPED=$((TABLE_SKIPPED + 1))
    table_line "$1" "" "$2" SKIPPED
    echo "SKIPPED $NAME: $1: $2"
}

note() {
    table_line "$1" "" "$2" noted
}

# What the table has when the script ends early is kept, with a failure more.
table_exit() {
    if command -v cleanup > /dev/null; then cleanup || true; fi
    if [ -z "$TABLE_ENDED" ] || [ "$1" -ne 0 ]; then
        row "comes to its end" "status 0" "status $1"
    fi
    tests/tally.sh add "$BUILD/tally/record-$NAME" "$TABLE_PASSED" \
        "$TABLE_FAILED" "$TABLE_SKIPPED"
    [ "$TABLE_FAILED" -eq 0 ] || exit 1
    exit 0
}
trap 'table_exit $?' EXIT
trap 'exit 130' INT TERM HUP

end_table() {
    TABLE_ENDED=yes
    exit 0
}
