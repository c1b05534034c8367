# shellcheck shell=sh
# lib.sh - read by tests/k8s/*.sh from the root of the tree: counts, and what
# rendering and judging an overlay need. Wants NAME and OUT, an empty folder.
#
#   pass WHAT, fail WHAT, skip WHAT REASON   one count, and a line
#   is WHAT COMMAND...      passes when the command does; shows its words if not
#   finish                  writes the counts, prints the closing line, exits
#   facts OBJECTS FACTS     what rules.py wants to know of the program
#   each WHAT COMMAND...    one count for each of its lines 'ok ...', 'FAILED ...'
PYTHON=${PYTHON:-/usr/bin/python3}
PASSED=0 FAILED=0 SKIPPED=0
TALLY=$BUILD/k8s/tally

pass() {
    PASSED=$((PASSED + 1))
    echo "  ok      $1"
}

fail() {
    FAILED=$((FAILED + 1))
    echo "  FAILED  $1"
}

skip() {
    SKIPPED=$((SKIPPED + 1))
    echo "  SKIPPED $1: $2"
}

is() {
    what=$1
    shift
    if "$@" > "$OUT/is.log" 2>&1; then
        pass "$what"
    else
        fail "$what"
        head -n 20 "$OUT/is.log" | sed 's/^/          /'
    fi
}

each() {
    of=$1
    shift
    "$@" > "$OUT/each.log" 2> "$OUT/each.err" || true
    while read -r outcome what; do
        case "$outcome" in
        ok) pass "$of: $what" ;;
        *) fail "$of: $what" ;;
        esac
    done < "$OUT/each.log"
    [ -s "$OUT/each.log" ] && [ ! -s "$OUT/each.err" ] ||
        fail "$of: $(tail -n 3 "$OUT/each.err")"
}

finish() {
    rm -rf "$TALLY"
    tests/tally.sh add "$TALLY/$NAME" "$PASSED" "$FAILED" "$SKIPPED"
    # To the sum a test that only skips has failed; without a renderer all is.
    if [ $((PASSED + FAILED)) -eq 0 ] && [ "$SKIPPED" -gt 0 ]; then
        echo "0 passed, 0 failed, $SKIPPED skipped"
        exit 0
    fi
    tests/tally.sh sum "$TALLY"
    exit
}

have() {
    command -v "$1" > /dev/null
}

if have kubectl && kubectl kustomize --help > /dev/null 2>&1; then
    RENDER='kubectl kustomize'
elif have kustomize; then
    RENDER='kustomize build'
else
    RENDER=
fi

# as_json RENDERED JSON: a stream of YAML documents as one list.
as_json() {
    "$PYTHON" -c 'import json, sys, yaml
json.dump([d for d in yaml.safe_load_all(sys.stdin) if d], sys.stdout)' \
        < "$1" > "$2"
}

# unpack OBJECTS FOLDER: the files of the ConfigMap.
unpack() {
    mkdir -p "$2"
    "$PYTHON" -c 'import json, os, sys
for o in json.load(open(sys.argv[1])):
    if o["kind"] == "ConfigMap":
        for name, text in o["data"].items():
            with open(os.path.join(sys.argv[2], name), "w") as f:
                f.write(text)' "$1" "$2"
}

facts() {
    folder=${1%.json}.config
    unpack "$1" "$folder"
    "$BUILD/gridwatch" help > "$OUT/help.txt"
    "$BUILD/gridwatch" config list > "$OUT/list.md"
    "$BUILD/gridwatch" config show --json \
        --config "$folder/gridwatch.yaml" > "$OUT/show.json"
    "$PYTHON" -c 'import json, re, sys
show = json.load(open(sys.argv[1]))
text = open(sys.argv[2]).read().split("\n\nnot implemented")[0]
json.dump({
    "secrets": [s["secret"] for s in show["secrets"]],
    "options": {o["key"]: o["value"] for o in show["options"]},
    "watchdog_secrets": re.findall(r"^\| `(WATCHDOG_[A-Z_]+)` \|",
                                   open(sys.argv[3]).read(), re.M),
    "commands": re.findall(r"^  ([a-z]+) ", text, re.M),
    "version": open("VERSION").read().strip()}, sys.stdout)' \
        "$OUT/show.json" "$OUT/help.txt" "$OUT/list.md" > "$2"
}
