#!/bin/sh
# Which file may include which system header: foreign.txt.
set -u
here=$(dirname "$0")
# shellcheck disable=SC2046
awk -v table="$here/foreign.txt" -f "$here/foreign.awk" \
    $("$here/files.sh" '^(src|tools)/.*\.[ch]$') /dev/null
