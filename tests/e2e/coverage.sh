#!/bin/sh
# The judge of `make cov`, on tables that were written by hand: what it adds up,
# that a line too few misses an aim, and that no measurement is no success.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=coverage
. tests/e2e/checks.sh
dir=$OUT/$NAME
rm -rf "$dir"
mkdir -p "$dir"

# claim NAME STATUS TEXT [LINE]: judges $dir/table; TEXT is a line of what it
# says, the one of that number
claim() {
    status=0
    CSV=$dir/table scripts/coverage.sh base exit > "$dir/said" || status=$?
    if [ "$status" -eq "$2" ] &&
        sed -n "${4:-1,\$}p" "$dir/said" | grep -qxF "$3"; then
        pass
    else
        fail "$1: status $status, said:"
        cat "$dir/said"
    fi
}
table() {
    printf 'filename,line_total,line_covered,line_percent\n' > "$dir/table"
    [ $# -eq 0 ] || printf '%s\n' "$@" >> "$dir/table"
}

# 190 of 200 is 95 %; 190 + 90 of 350 is 80 %
table src/base/a.c,100,98,0.98 src/exit/b.c,100,92,0.92 src/net/c.c,150,90,0.6
claim 'the core at its aim' 0 'coverage: pure core 95.0 % of 200 lines, aim 95 %: met'
claim 'all at its aim' 0 'coverage: all of src 80.0 % of 350 lines, aim 80 %: met'
claim 'the worst first' 0 '   60 of  150 lines not reached  src/net/c.c' 1
claim 'the best last' 0 '    2 of  100 lines not reached  src/base/a.c' 3

table src/base/a.c,1000,998,1 src/exit/b.c,1000,901,0.9 src/net/c.c,500,500,1
claim 'a line too few' 1 'coverage: pure core 94.9 % of 2000 lines, aim 95 %: MISSED'

# A folder whose name only begins like one of the core is not of the core.
table src/base/a.c,100,100,1 src/exits/b.c,100,0,0
claim 'not by the beginning' 1 'coverage: pure core 100.0 % of 100 lines, aim 95 %: met'
claim 'all below its aim' 1 'coverage: all of src 50.0 % of 200 lines, aim 80 %: MISSED'

table src/net/c.c,100,100,1
claim 'no core measured' 2 'coverage: pure core: nothing was measured'
table
claim 'nothing measured' 2 'coverage: all of src: nothing was measured'

end_checks
