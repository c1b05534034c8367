#!/bin/sh
# files.sh REGEX - the files below the current directory whose path matches,
# one a line: those that git tracks or would, or all when this is not a
# checkout.
set -eu
list() {
    if [ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$(pwd -P)" ]; then
        git -c core.quotePath=off ls-files -co --exclude-standard
    else
        find . -type f | sed 's|^\./||' | grep -v '^build/'
    fi
}
list | sort -u | grep -E -e "$1" | while IFS= read -r f; do
    [ ! -f "$f" ] || printf '%s\n' "$f"
done
