#!/bin/sh
# The objects of the pure folders call nothing but pure_symbols.txt and each
# other, and hold no data that can be written.
set -u
here=$(dirname "$0")
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0

folders=$(sed -n 's/^pure *\([a-z0-9_]*\):.*/\1/p' "$here/layers.txt" |
    tr '\n' '|')
# Not position independent: a constant table of pointers is read-only then.
for c in $("$here/files.sh" "^src/(${folders%|})/[^/]*\.c$"); do
    o=$tmp/$(echo "$c" | sed 's|/|,|g; s|c$|o|')
    "${CC:-gcc}" -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -O1 \
        -fno-pie -fno-common -Isrc -w -c -o "$o" "$c" || bad=1
done
set -- "$tmp"/*.o
[ -f "$1" ] || exit "$bad"

nm -A -P "$@" | awk -v allow="$here/pure_symbols.txt" \
    -f "$here/purity.awk" > "$tmp/complaints"
while read -r object name what; do
    c=$(basename "$object" | sed 's|,|/|g; s|o$|c|')
    line=$(grep -nw -e "$name" "$c" | head -n 1 | cut -d : -f 1)
    echo "$c:${line:-1}: '$name' $what"
    bad=1
done < "$tmp/complaints"
exit "$bad"
