#!/bin/sh
# Runs every check_*.sh of this folder over the tree, then proves with
# selftest.sh that each of them can fail. A check is a script that is run in the
# root of the tree, prints FILE:LINE: WHAT for each complaint, and exits 1 when
# it has any. All of them run. Names given as arguments run only those.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 1

passed=0 failed=0
run() {
    if "$2" 2>&1; then
        passed=$((passed + 1))
        echo "  ok      $1"
    else
        failed=$((failed + 1))
        echo "  FAILED  $1"
    fi
}

for check in "$here"/check_*.sh "$here"/selftest.sh; do
    name=$(basename "$check" .sh)
    name=${name#check_}
    case " $* " in
    "  " | *" $name "*) run "$name" "$check" ;;
    esac
done
[ $((passed + failed)) -gt 0 ] || { echo "lint: no check is named $*" >&2; exit 64; }
echo "lint: $passed checks passed, $failed failed"
[ "$failed" -eq 0 ]
