#!/bin/sh
# Every header of src compiles alone, and twice in a row.
set -u
here=$(dirname "$0")
bad=0
for h in $("$here/files.sh" '^src/.*\.h$'); do
    printf '#include "%s"\n#include "%s"\nextern int x;\n' "$h" "$h" |
        "${CC:-gcc}" -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L \
            -Wall -Wextra -Wpedantic -Werror -I. -Isrc \
            -fsyntax-only -x c - || {
        echo "$h:1: does not compile alone"
        bad=1
    }
done
exit "$bad"
