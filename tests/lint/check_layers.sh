#!/bin/sh
# Who may include whom: every #include "..." against layers.txt.
set -u
here=$(dirname "$0")
table=${LAYERS:-$here/layers.txt}
bad=0

# shellcheck disable=SC2046 # the names of our files have no blanks
awk -v table="$table" -f "$here/layers.awk" \
    $("$here/files.sh" '^(src|tests|tools)/.*\.[ch]$') /dev/null || bad=1

# What a verdict is made of can read no label of what came after: nothing that
# engine and alert may include, however far away, may include hindsight.
sed -n 's/^[a-z]* *\([a-z0-9_]*\):/\1/p' "$table" | awk -v table="$table" '
    { for (i = 2; i <= NF; i++) may[$1, $i] = 1; row[NR] = $1 }
    END {
        reach["engine"] = reach["alert"] = more = 1
        while (more) {
            more = 0
            for (pair in may) {
                split(pair, p, SUBSEP)
                if ((p[1] in reach) && !(p[2] in reach))
                    more = reach[p[2]] = 1
            }
        }
        if (!("hindsight" in reach))
            exit 0
        for (i = 1; i <= NR; i++)
            if ((row[i] in reach) && ((row[i], "hindsight") in may))
                print table ":1: signals may reach hindsight by \047" \
                    row[i] "\047"
        exit 1
    }' || bad=1

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
want=$(sed -n 's/^pure *\([a-z0-9_]*\):.*/\1/p' "$table" | sort)
[ "$pure" = "$want" ] || {
    echo "Makefile:1: PURE and the pure folders of layers.txt differ"
    bad=1
}
exit "$bad"
