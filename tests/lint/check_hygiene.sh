#!/bin/sh
# What is in no file: open ends, paths of one machine, tabs in C, blanks at the
# end of a line, recorded data; and what each must be: scripts that parse,
# guards named after their file, names that are used once.
set -u
here=$(dirname "$0")
bad=0

complain() {
    echo "$1"
    bad=1
}

# forbid WHAT FILES-REGEX TEXT-REGEX; -I passes over binaries
forbid() {
    files=$("$here/files.sh" "$2")
    [ -n "$files" ] || return 0
    # shellcheck disable=SC2086
    found=$(grep -nIE -e "$3" $files /dev/null) || return 0
    echo "$found" | sed "s|\$|   <- $1|"
    bad=1
}

open_ends='TO''DO|FIX''ME|XX''X|HA''CK'
code='^(src|tests|tools)/.*\.[ch]$'
text='(\.(c|h|sh|awk|md|txt|ya?ml|json)|file)$'
tab=$(printf '\t')

forbid 'an open end' '.' "(^|[^A-Za-z0-9_])($open_ends)([^A-Za-z0-9_]|\$)"
forbid 'a path of one machine' '.' \
    '(^|[^A-Za-z0-9_./-])/(work|root|home)(/|[^A-Za-z0-9_-]|$)'
forbid 'a tab' "$code" "$tab"
for f in $("$here/files.sh" "$text" | grep -vE '^tests/(cases|golden)/'); do
    found=$(grep -nIE -e "[ $tab]\$" "$f") &&
        complain "$(echo "$found" | sed "s|^|$f:|; s|\$|<- a trailing blank|")"
done
for f in $("$here/files.sh" '\.(zst|gz|xz|bz2|zip|tar|tgz|parquet|feather)$')
do
    complain "$f:1: recorded data and archives are not kept here"
done

# A program that was called with another folder to work in, or with a path that
# has a default, leaves files in the top one; nobody sees them in a commit.
top=' .ci .clang-format .dockerignore .gitignore Dockerfile Makefile README.md VERSION
 bootstrap config docs k8s scripts src tests tools '
for f in $("$here/files.sh" '.'); do
    case "$(echo "$top" | tr '\n' ' ')" in
    *" ${f%%/*} "*) ;;
    *) complain "$f:1: does not belong to the top folder" ;;
    esac
done

for f in $("$here/files.sh" '(\.sh|^bootstrap|^\.ci/run)$'); do
    case "$(head -n 1 "$f")" in
    *bash*) shell=bash ;;
    *) shell="sh" ;;
    esac
    "$shell" -n "$f" || complain "$f:1: '$shell -n' does not like it"
done
for f in $("$here/files.sh" '(\.sh|\.py|^bootstrap|^\.ci/run)$'); do
    [ -x "$f" ] || ! head -n 1 "$f" | grep -q '^#!' ||
        complain "$f:1: a script with '#!' must be executable"
done

# src/FOLDER/FILE.h is FOLDER_FILE_H; exit/exit_state.h may say EXIT_STATE_H,
# and a header of the tests UNIT_FILE_H.
for f in $("$here/files.sh" '^(src|tests)/.*\.h$'); do
    file=$(basename "$f" .h)
    folder=$(basename "$(dirname "$f")")
    want=$(echo "${folder}_${file}_H" | tr a-z- A-Z_)
    own=$(echo "${file}_H" | tr a-z- A-Z_)
    case "$file" in
    "${folder}"_*) short=$own ;;
    *) short=$want ;;
    esac
    got=$(sed -n 's/^#ifndef //p' "$f" | head -n 1)
    [ "$got" = "$want" ] || [ "$got" = "$short" ] ||
        [ "${f%%/*} $got" = "tests UNIT_$own" ] ||
        complain "$f:1: the guard is '$got', not '$want'"
done

# src/sim is a program of its own.
"$here/files.sh" '^(src|tests|tools)/.*\.c$' | grep -v '^src/sim/' |
    awk -F / '{ if ($NF in seen) print $0 ":1: named like " seen[$NF]
                seen[$NF] = $0 }' | grep . && bad=1
exit "$bad"
