#!/bin/sh
# tally.sh add FILE PASSED FAILED [SKIPPED]   writes one line of counts
# tally.sh sum DIR                            prints 'N passed, N failed' and
#                                             exits 1 when anything failed
set -eu
case "$1" in
add)
    mkdir -p "$(dirname "$2")"
    echo "$3 $4 ${5:-0}" > "$2"
    ;;
sum)
    awk '{ p += $1; f += $2; s += $3 }
         END { if (p + f == 0) f = 1;
               printf "%d passed, %d failed%s\n", p, f,
                      s ? sprintf(", %d skipped", s) : "";
               exit f > 0 }' "$2"/*
    ;;
*)
    echo "usage: tally.sh add FILE PASSED FAILED [SKIPPED] | sum DIR" >&2
    exit 64
    ;;
esac
