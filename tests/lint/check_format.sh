#!/bin/sh
# clang-format 14 would change nothing. Other versions disagree with it.
set -u
here=$(dirname "$0")
for tool in "${CLANG_FORMAT:-clang-format-14}" clang-format; do
    "$tool" --version 2>/dev/null | grep -q 'version 14\.' || continue
    # shellcheck disable=SC2046
    set -- $("$here/files.sh" '^(src|tests|tools)/.*\.[ch]$')
    [ $# -eq 0 ] || "$tool" --dry-run -Werror "$@" 2>&1 |
        awk '/: error: / { print; bad = 1 } END { exit bad }'
    exit
done
echo "  SKIPPED: clang-format 14 is not installed ('./bootstrap packages lint')"
