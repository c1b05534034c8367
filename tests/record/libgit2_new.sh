#!/bin/sh
# The remote tests once more, against the libgit2 of this distribution's
# backports: the library of 1.7 and later can do what 1.5 cannot (a clone of
# the newest commit alone), and its calls are not all the same. Nothing is
# installed: its packages are unpacked below build/libgit2_new. Where they
# cannot be had that is said aloud.
# shellcheck disable=SC2034,SC1091
set -eu
cd "$(dirname "$0")/../.."
NAME=libgit2
. tests/record/table.sh

ROOT=$PWD/build/libgit2_new
SUITE=$(. /etc/os-release 2> /dev/null && echo "${VERSION_CODENAME:-}") || SUITE=

# The configured sources once more, for the backports alone.
backports_sources() {
    for list in /etc/apt/sources.list.d/debian.sources; do
        [ ! -e "$list" ] || awk -v RS= 'NR == 1' "$list" |
            sed "s/^Suites:.*/Suites: $SUITE-backports/"
    done
}

backports_apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$ROOT/private.sources" \
        -o Dir::Etc::sourceparts=- -o Dir::State::lists="$ROOT/lists" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root "$@"
}

# The library, its headers, and what it needs that is not here.
fetch() {
    [ ! -e "$ROOT/fetched" ] || return 0
    command -v apt-get > /dev/null && [ -n "$SUITE" ] || return 1
    mkdir -p "$ROOT/lists/partial" "$ROOT/deb"
    backports_sources > "$ROOT/private.sources"
    [ -s "$ROOT/private.sources" ] || return 1
    backports_apt update > "$ROOT/apt.log" 2>&1 || return 1
    library=$(apt_names libgit2-dev Depends | grep '^libgit2-[0-9]' | head -n 1)
    [ -n "$library" ] || return 1
    needs=$(apt_names "$library" Depends | while read -r name; do
        dpkg-query -W "$name" > /dev/null 2>&1 || echo "$name"
    done)
    # shellcheck disable=SC2086
    (cd "$ROOT/deb" && backports_apt download libgit2-dev "$library") \
        >> "$ROOT/apt.log" 2>&1 || return 1
    for name in $needs; do
        (cd "$ROOT/deb" && { backports_apt download "$name" ||
            apt-get -qq download "$name"; }) >> "$ROOT/apt.log" 2>&1 || return 1
    done
    for package in "$ROOT"/deb/*.deb; do
        dpkg-deb -x "$package" "$ROOT/tree" || return 1
    done
    : > "$ROOT/fetched"
}

# apt_names PACKAGE FIELD: the first name of each entry
apt_names() {
    apt-cache -o Dir::Etc::sourcelist="$ROOT/private.sources" \
        -o Dir::Etc::sourceparts=- -o Dir::State::lists="$ROOT/lists" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        show "$1" | sed -n "s/^$2: //p" | head -n 1 | tr ',' '\n' |
        sed 's/^ *//; s/[ :(|].*//'
}

# The store with its driver, compiled and linked against what was unpacked.
build() {
    library=$(find "$ROOT/tree" -name 'libgit2.so' | head -n 1)
    include=$(find "$ROOT/tree" -name git2.h | head -n 1)
    library=$(dirname "$library") include=$(dirname "$include")
    for c in src/store/*.c src/sys/*.c tests/record/store_driver.c; do
        # shellcheck disable=SC2046
        "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -g -Isrc -I"$include" \
            -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L \
            $(pkg-config --cflags yaml-0.1 openssl) \
            -c -o "$OUT/$(basename "$c" .c).o" "$c" || return 1
    done
    # shellcheck disable=SC2046
    "${CC:-cc}" -o "$OUT/store_driver" "$OUT"/*.o "$BUILD/libpure.a" \
        -L"$library" -Wl,-rpath,"$library" -Wl,-rpath-link,"$library" -lgit2 \
        $(pkg-config --libs yaml-0.1 openssl zlib) -lm
}

if ! fetch; then
    skip "a newer libgit2" "the backports of this system cannot be had"
    end_table
fi
build
version=$(sed -n 's/^#define LIBGIT2_VERSION *"\(.*\)"/\1/p' \
    "$(find "$ROOT/tree" -path '*git2/version.h' | head -n 1)")
note "version of libgit2" "$version"
seen=$(STORE_DRIVER=$OUT/store_driver REMOTES_NAME=remotes2 BUILD=$BUILD \
    LD_LIBRARY_PATH=$library tests/record/remotes.sh > "$OUT/remotes.txt" 2>&1 &&
    echo "all as before" || grep -A 3 '^FAILED' "$OUT/remotes.txt")
row "the remote tests with libgit2 $version" "all as before" "$seen"
row "a clone over http is shallow" "shallow" \
    "$(sed -n 's/.* | http: a clone is .* \([a-z]\{1,\}\)  *| noted/\1/p' \
        "$OUT/remotes.txt")"
end_table
