#!/bin/sh
# The counts of one run of the tests: a directory with a line "passed failed
# skipped" in each file.
#
# tally.sh clear DIR                          forgets the run before
# tally.sh add FILE PASSED FAILED [SKIPPED]   writes one line of counts
# tally.sh run DIR NAME COMMAND [ARGUMENT]... runs a test program; one that
#                 dies, hangs or counts nothing is a failure called NAME
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

failures() {
    total "$1" | cut -d ' ' -f 2
}

run() {
    dir=$1 name=$2
    shift 2
    mkdir -p "$dir"
    before=$(total "$dir")
    failed=$(failures "$dir")
    status=0
    timeout -k 10 "${TEST_SECONDS:-900}" "$@" &
    trap 'kill "$!"; exit 130' INT TERM HUP # timeout hands it on to all
    wait "$!" || status=$?
    trap - INT TERM HUP
    if [ "$status" -ne 0 ] && [ "$(failures "$dir")" -eq "$failed" ]; then
        echo "FAILED $name: '$*' ended with status $status"
        echo "0 1 0" > "$dir/$name.status"
    elif [ "$(total "$dir")" = "$before" ]; then
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
