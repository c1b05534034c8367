#!/bin/sh
# Runs every executable script of this folder (or those that are named), one
# after the other, and prints the whole table at the end. The last line is
# 'N passed, N failed[, N skipped]'.
#
#   BUILD, FAULTY   the programs, and those with fault points
#   RECORD_SIZE     full (the default) or small
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
TALLY=$BUILD/tally
export BUILD FAULTY="${FAULTY:-$BUILD/faulty}" RECORD_SIZE="${RECORD_SIZE:-full}"

tests/tally.sh clear "$TALLY"
mkdir -p "$BUILD/record"
: > "$BUILD/record/table.txt"
for test in tests/record/*.sh; do
    name=$(basename "$test" .sh)
    if [ ! -x "$test" ] || [ "$name" = run ]; then continue; fi
    case " $* " in
    "  " | *" $name "*) ;;
    *) continue ;;
    esac
    echo "=== $name"
    begun=$(date +%s)
    tests/tally.sh run "$TALLY" "$name" "$test" < /dev/null
    echo "--- $name: $(($(date +%s) - begun)) s"
done
echo
printf '%-8s | %-46s | %-30s | %-58s |\n' script 'case' expected seen
cat "$BUILD/record/table.txt"
tests/tally.sh sum "$TALLY"
