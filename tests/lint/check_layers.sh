#!/bin/sh
# Who may include whom: every #include "..." against layers.txt.
set -u
here=$(dirname "$0")
bad=0

# shellcheck disable=SC2046 # the names of our files have no blanks
awk -v table="$here/layers.txt" -f "$here/layers.awk" \
    $("$here/files.sh" '^(src|tests|tools)/.*\.[ch]$') /dev/null || bad=1

# A folder that the Makefile does not name would not be built or tested.
[ -f Makefile ] || exit "$bad"
built=$(sed -n 's/^\(PURE\|EDGE\|APP\|SIM\|TOOL\) *:= *//p' Makefile)
for d in src/*/ tests/unit/*/; do
    folder=$(basename "$d")
    [ -d "$d" ] || continue
    case " $(echo "$built" | tr '\n' ' ') " in
    *" $folder "*) ;;
    *) echo "Makefile:1: no list names the folder '${d%/}'" && bad=1 ;;
    esac
done
pure=$(sed -n 's/^PURE *:= *//p' Makefile | tr ' ' '\n' | sort)
want=$(sed -n 's/^pure *\([a-z0-9_]*\):.*/\1/p' "$here/layers.txt" | sort)
[ "$pure" = "$want" ] || {
    echo "Makefile:1: PURE and the pure folders of layers.txt differ"
    bad=1
}
exit "$bad"
