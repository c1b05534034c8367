#!/bin/sh
# The counts of one run of the tests: a directory with a line "passed failed
# skipped" in each file.
#
# tally.sh clear DIR                          forgets the run before
# tally.sh add FILE PASSED FAILED [SKIPPED]   writes one line of counts
# tally.sh run DIR NAME COMMAND [ARGUMENT]... runs a test program; one that
#                 dies, hangs or counts nothing is a failure called NAME;
#                 says how long it took when that was 10 s or more
# tally.sh sum DIR                            prints 'N passed, N failed' and
#                                             exits 1 when anything failed
set -eu

usage() {
    sed -n '5,10s/^# //p' "$0" >&2
    exit 64
}

# "passed failed skipped" of a directory
total() {
    cat "$1"/* 2>/dev/null |
        awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }'
}

# What a test counted: by `add` (the mark), or by itself in DIR/NAME. Several
# run at a time, so that the sum of all says nothing about one.
counted() {
    cat "$mark" "$dir/$name" 2>/dev/null |
        awk '{ n += $1 + $2 + $3; f += $2 } END { print n + 0, f + 0 }'
}

run() {
    dir=$1 name=$2
    shift 2
    mkdir -p "$dir"
    mark=$(cd "$dir" && pwd)/.$name
    : > "$mark"
    status=0 begun=$(date +%s)
    TALLY_MARK=$mark timeout -k 10 "${TEST_SECONDS:-900}" "$@" &
    trap 'kill "$!"; exit 130' INT TERM HUP # timeout hands it on to all
    wait "$!" || status=$?
    trap - INT TERM HUP
    took=$(($(date +%s) - begun))
    [ "$took" -lt 10 ] || echo "$name took $took s"
    if [ "$status" -ne 0 ] && [ "$(counted | cut -d ' ' -f 2)" -eq 0 ]; then
        echo "FAILED $name: '$*' ended with status $status"
        echo "0 1 0" > "$dir/$name.status"
    elif [ "$(counted | cut -d ' ' -f 1)" -eq 0 ]; then
        echo "FAILED $name: '$*' counted nothing"
        echo "0 1 0" > "$dir/$name.status"
    fi
}

[ $# -ge 2 ] || usage
word=$1
shift
case "$word" in
clear)
    rm -rf "$1"
    mkdir -p "$1"
    ;;
add)
    [ $# -ge 3 ] || usage
    mkdir -p "$(dirname "$1")"
    echo "$2 $3 ${4:-0}" > "$1"
    # What a test runs within itself counts elsewhere.
    if [ -n "${TALLY_MARK:-}" ] &&
        [ "$(dirname "$1")" -ef "$(dirname "$TALLY_MARK")" ]; then
        echo "$2 $3 ${4:-0}" >> "$TALLY_MARK"
    fi
    ;;
run)
    [ $# -ge 3 ] || usage
    run "$@"
    ;;
sum)
    total "$1" | awk '{ if ($1 + $2 == 0) $2 = 1
        printf "%d passed, %d failed", $1, $2
        if ($3) printf ", %d skipped", $3
        print ""
        exit $2 > 0 }'
    ;;
*)
    usage
    ;;
esac
