# planted.sh - read by the tests that prove a checker: in a copy of the tree one
# bug at a time is planted and the program is built anew.
# Wants COPY, where that tree may stand, and GOOD, the programs without a bug;
# the copy's programs are in $COPY/red.

MAKE=${MAKE:-make}

# The sources with their ages, and the objects, so that little is built again.
copy_tree() {
    rm -rf "$COPY"
    mkdir -p "$COPY/red"
    tests/lint/files.sh '^(Makefile$|VERSION$|src/|tests/unit/)' |
        tar -cf - -T - | tar -xf - -C "$COPY"
    for part in src flags gridwatch gridwatch-sim; do
        cp -a "$GOOD/$part" "$COPY/red/"
    done
}

build() {
    "$MAKE" -C "$COPY" -s BUILD=red red/gridwatch
}

# plant FILE SED...: changes the files in the copy; each must be another then.
plant() {
    while [ $# -gt 0 ]; do
        mkdir -p "$(dirname "$COPY/unbroken/$1")"
        cp "$COPY/$1" "$COPY/unbroken/$1"
        sed "$2" "$COPY/unbroken/$1" > "$COPY/$1"
        if cmp -s "$COPY/unbroken/$1" "$COPY/$1"; then
            echo "'$2' changes nothing in $1"
            return 1
        fi
        shift 2
    done
}

mend() {
    cp -R "$COPY/unbroken/." "$COPY/"
    rm -rf "$COPY/unbroken"
}
