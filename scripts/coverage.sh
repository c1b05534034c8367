#!/bin/sh
# coverage.sh FOLDER... - what the tests that ran last left in BUILD, held to the
# aims: lines of src/FOLDER..., the pure core, and of all of src. Names the ten
# files with most lines that no test reached, then one line for each of the two.
#
# CSV=FILE judges a table that gcovr wrote before, and runs no gcovr.
# Exits 1 when an aim is missed, 2 when nothing was measured, 77 without gcovr.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/cov}
PURE_AIM=95 ALL_AIM=80

[ $# -gt 0 ] || { sed -n '2,7s/^# //p' "$0" >&2; exit 64; }
if [ -z "${CSV:-}" ]; then
    command -v gcovr > /dev/null || { echo "SKIPPED: no gcovr" >&2; exit 77; }
    CSV=$BUILD/coverage.csv
    gcovr --root . --filter src/ --object-directory "$BUILD" --csv > "$CSV.new"
    mv "$CSV.new" "$CSV"
fi

# Of gcovr's columns: filename, line_total, line_covered.
awk -F , 'NR > 1 && $2 > 0 { print $2 - $3, $2, $1 }' "$CSV" |
    sort -k 1,1nr -k 3,3 |
    awk 'NR <= 10 && $1 > 0 { printf "%5d of %4d lines not reached  %s\n", $1, $2, $3 }'

awk -F , -v pure="$*" -v pure_aim="$PURE_AIM" -v all_aim="$ALL_AIM" '
    # Rounded down: 94.99 % is not 95 %.
    function tell(name, got, of, aim,  short) {
        if (of == 0) {
            printf "coverage: %s: nothing was measured\n", name
            empty = 1
            return
        }
        short = 100 * got < aim * of
        printf "coverage: %s %.1f %% of %d lines, aim %d %%: %s\n", name,
            int(1000 * got / of) / 10, of, aim, short ? "MISSED" : "met"
        missed = missed || short
    }
    BEGIN { n = split(pure, f, " "); for (i = 1; i <= n; i++) core[f[i]] = 1 }
    NR > 1 {
        split($1, part, "/")
        of += $2; got += $3
        if (part[1] == "src" && (part[2] in core)) { core_of += $2; core_got += $3 }
    }
    END {
        tell("pure core", core_got, core_of, pure_aim)
        tell("all of src", got, of, all_aim)
        exit empty ? 2 : missed ? 1 : 0
    }' "$CSV"
