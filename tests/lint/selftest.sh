#!/bin/sh
# Each check must be able to fail: a small tree that is in order is green, and
# with one offence planted it is red and the complaint names the place.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tree=$tmp/tree
bad=0 planted=0

# A tree that every check likes.
fresh() {
    rm -rf "$tree"
    mkdir -p "$tree/src/base" "$tree/src/sys" "$tree/src/net" "$tree/src/store"
    cp "$here/../../.clang-format" "$tree/"
    cat > "$tree/src/base/fine.h" <<'END'
#ifndef BASE_FINE_H
#define BASE_FINE_H

int fine(int x);

#endif
END
    cat > "$tree/src/base/fine.c" <<'END'
#include "base/fine.h"

#include <string.h>

int fine(int x)
{
    static const char *const names[] = { "strcpy", "rand" };
    return x + (int)strlen(names[x % 2]); /* not malloc */
}
END
}

# red CHECK PLACE: with what was planted, CHECK fails and names PLACE
red() {
    planted=$((planted + 1))
    if (cd "$tree" && "$here/check_$1.sh") > "$tmp/out" 2>&1; then
        echo "selftest: '$1' stays green, planted: $2"
        bad=1
    elif ! grep -q -e "$2" "$tmp/out"; then
        echo "selftest: '$1' is red but does not say '$2':"
        cat "$tmp/out"
        bad=1
    fi
    fresh
}

plant() {
    cat >> "$tree/$1"
}

repeat() {
    yes "$2" | head -n "$1"
}

fresh
for check in "$here"/check_*.sh; do
    name=$(basename "$check" .sh)
    (cd "$tree" && "$check") > "$tmp/out" 2>&1 && continue
    echo "selftest: '$name' is red on a tree that is in order:"
    cat "$tmp/out"
    bad=1
done

echo '#include "sys/text.h"' | plant src/base/fine.c
red layers "src/base/fine.c:10: 'base' may not include 'sys/text.h'"
echo '#include "exchange/x.h"' | plant src/store/a.c
red layers "src/store/a.c:1: 'store' may not include"
mkdir "$tree/tools"
echo '#include "cli/x.h"' | plant tools/a.c
red layers "tools/a.c:1: 'tools' may not include 'cli/x.h'"
echo '#include "store/a_internal.h"' | plant src/sys/a.c
red layers "src/sys/a.c:1: 'store/a_internal.h' is internal"
echo '#include "fine.h"' | plant src/base/fine.c
red layers "src/base/fine.c:10: 'fine.h' is not written"
mkdir "$tree/src/exit"
echo '#include "hindsight/life.h"' | plant src/exit/a.c
red layers "src/exit/a.c:1: 'exit' may not include 'hindsight/life.h'"
sed 's/^pure position:.*/& hindsight/' "$here/layers.txt" > "$tmp/layers.txt"
LAYERS=$tmp/layers.txt && export LAYERS
red layers "layers.txt:1: signals may reach hindsight by 'position'"
unset LAYERS
mkdir "$tree/src/misc"
echo 'int x;' | plant src/misc/a.c
red layers "src/misc/a.c:1: folder 'misc' is not in layers.txt"
printf 'PURE := base sys\nEDGE := net\n' | plant Makefile
red layers "no list names the folder 'src/store'"

echo '#include <curl/curl.h>' | plant src/net/other.c
red foreign "src/net/other.c:1: <curl/curl.h> may be included only"
echo '#include <git2.h>' | plant src/store/store.c
red foreign "src/store/store.c:1: <git2.h> may be"
echo '#include <time.h>' | plant src/base/fine.c
red foreign "src/base/fine.c:10: <time.h> may be"
echo '#include <ncurses.h>' | plant src/sys/a.c
red foreign "src/sys/a.c:1: <ncurses.h> has no row"
echo '#include <openssl/evp.h>' | tee "$tree/src/sys/a.c" > "$tree/src/sys/b.c"
red foreign "src/sys/b.c:1: <openssl/evp.h> already has its file: src/sys/a.c"

printf 'int f(void);\nint f(void)\n{\n    return getpid();\n}\n' |
    plant src/base/pid.c
red purity "src/base/pid.c:4: 'getpid' is not in pure_symbols.txt"
printf 'int next(void);\nint next(void)\n{\n    static int n;\n    return n++;\n}\n' |
    plant src/base/next.c
red purity "src/base/next.c:4: 'n' is data that can be written"
printf 'int limit = 3;\n' | plant src/base/limit.c
red purity "src/base/limit.c:1: 'limit' is data"

printf 'void f(char *a)\n{\n    strcpy(a, "x");\n}\n' | plant src/sys/a.c
red banned "src/sys/a.c:3: 'strcpy' is banned"
printf '/* a\n */ void *f(void) { return malloc (3); }\n' | plant src/sys/a.c
red banned "src/sys/a.c:2: 'malloc' is banned"
printf 'void f(void)\n{\n    printf("x");\n}\n' | plant src/sys/a.c
red banned "src/sys/a.c:3: 'printf' is banned"

printf '#ifndef SYS_A_H\n#define SYS_A_H\nsize_t f(void);\n#endif\n' |
    plant src/sys/a.h
red headers "src/sys/a.h:1: does not compile alone"
printf 'struct twice {\n    int x;\n};\n' | plant src/sys/a.h
red headers "src/sys/a.h:1: does not compile alone"

{ printf 'int f(int x)\n{\n'; repeat 68 '    x++;'; echo '}'; } |
    plant src/sys/a.c
red sizes "src/sys/a.c:1: the function has 71 lines"
repeat 501 'int x;' | plant src/sys/a.c
red sizes "src/sys/a.c:501: the file has 501 lines"
{ echo; printf '/* %0100d */\n' 0; } | plant src/sys/a.c
red sizes "src/sys/a.c:2: the line has 106 columns"

if "$here/check_format.sh" 2>&1 | grep -q SKIPPED; then
    echo "  SKIPPED: the format check cannot be tried without clang-format 14"
else
    printf 'int f( int x ) {\n  return x ;\n}\n' | plant src/sys/a.c
    red format "src/sys/a.c:1:.*clang-format"
fi

printf '/* TO%s: later */\n' DO | plant src/sys/a.c
red hygiene "src/sys/a.c:1:.*open end"
printf 'see /%s/me/data\n' home | plant notes.md
red hygiene "notes.md:1:.*path of one machine"
printf '\tint x;\n' | plant src/sys/a.c
red hygiene "src/sys/a.c:1:.*a tab"
printf 'one\ntwo \n' | plant notes.md
red hygiene "notes.md:2:.*trailing blank"
echo x | plant store
red hygiene "store:1: does not belong"
echo x | plant BTC.csv.zst
red hygiene "BTC.csv.zst:1: recorded data"
mkdir "$tree/scripts"
printf '#!/bin/sh\nif true; then\n' | plant scripts/demo.sh
red hygiene "scripts/demo.sh:1: 'sh -n'"
printf '#!/bin/sh\n' | plant bootstrap
red hygiene "bootstrap:1: .*executable"
echo 'int x;' | tee "$tree/src/sys/a.c" > "$tree/src/net/a.c"
red hygiene "src/sys/a.c:1: named like src/net/a.c"
printf '#ifndef WRONG_H\n#define WRONG_H\n#endif\n' | plant src/sys/a.h
red hygiene "src/sys/a.h:1: the guard is 'WRONG_H', not 'SYS_A_H'"

echo "  selftest: $planted offences planted"
exit "$bad"
