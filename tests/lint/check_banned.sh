#!/bin/sh
# Names that may not be used, and where they may: banned.txt.
set -u
here=$(dirname "$0")
# shellcheck disable=SC2046
awk -v table="$here/banned.txt" -f "$here/code.awk" -f "$here/banned.awk" \
    $("$here/files.sh" '^(src|tests|tools)/.*\.[ch]$') /dev/null
