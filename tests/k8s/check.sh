#!/bin/sh
# The manifests below k8s/: rendered, held to real schemas (npm), to our own
# rules (rules.py), their configuration to `gridwatch config check`, and what
# the overlay 'dev' runs is run here. Then selftest.py plants faults. BUILD has
# the programs, SCHEMAS what npm installs. What cannot be done here is skipped
# aloud; the last line counts.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
BUILD=$(cd "$BUILD" && pwd)
SCHEMAS=${SCHEMAS:-build/k8s-schemas}
NAME=check
OUT=$BUILD/k8s/check
rm -rf "$OUT"
mkdir -p "$OUT" "$SCHEMAS"
export PYTHONDONTWRITEBYTECODE=1
. tests/k8s/lib.sh

VARIANTS='volume stateless external-secrets dev'

# The pinned packages, below build/ and nowhere else.
schemas_ready() {
    if ! have node || ! have npm; then
        echo "node or npm is not installed"
        return 1
    fi
    for f in package.json package-lock.json; do
        cmp -s "tests/k8s/$f" "$SCHEMAS/$f" && continue
        rm -rf "$SCHEMAS/node_modules"
        cp "tests/k8s/$f" "$SCHEMAS/"
    done
    [ -d "$NODE_PATH/kubernetes-models" ] ||
        (cd "$SCHEMAS" && npm ci --no-audit --no-fund) \
            > "$OUT/npm.log" 2>&1 || {
        echo "npm does not install kubernetes-models, see '$OUT/npm.log'"
        return 1
    }
    # The packages want a Node that can require() a module of the new kind.
    node tests/k8s/schemas.js --ready 2> "$OUT/node.log" || {
        echo "node $(node --version) does not load kubernetes-models"
        return 1
    }
}

# The image's build runs the unit tests: what they read of k8s/ must be there.
for folder in $(grep -rhoE '"k8s/[a-z]+' tests/unit | tr -d '"' | sort -u); do
    is "the image's build sees $folder, which a unit test reads" \
        grep -qx "!$folder" .dockerignore
done

# Both renderers may be away; the texts themselves are read anyway.
if [ -z "$RENDER" ]; then
    skip "all overlays" "neither kubectl nor kustomize is installed"
    finish
fi
if ! "$PYTHON" -c 'import yaml' 2> /dev/null; then
    skip "all overlays" "$PYTHON with yaml is not installed"
    finish
fi

for v in $VARIANTS argocd prometheus; do
    is "$v renders" sh -c "$RENDER k8s/overlays/$v > '$OUT/$v.yaml'"
    as_json "$OUT/$v.yaml" "$OUT/$v.json"
done
is "base renders" sh -c "$RENDER k8s/base > '$OUT/base.yaml'"

NODE_PATH=$(cd "$SCHEMAS" && pwd)/node_modules
export NODE_PATH
if why=$(schemas_ready); then
    schemas=yes
    for v in $VARIANTS argocd prometheus; do
        is "$v: schemas" node tests/k8s/schemas.js "$OUT/$v.json"
    done
else
    schemas=
    skip "schemas" "$why"
fi

for v in $VARIANTS; do
    facts "$OUT/$v.json" "$OUT/$v.facts"
    is "$v: configuration" "$BUILD/gridwatch" config check \
        --config "$OUT/$v.config/gridwatch.yaml"
done
# 74: there is no /data here. A wrong key would be 78.
watchdog_reads() {
    code=0
    WATCHDOG_PUSHOVER_TOKEN=t WATCHDOG_PUSHOVER_USER=u "$BUILD/gridwatch" \
        watchdog --dry-run --config "$1" || code=$?
    [ "$code" -eq 74 ] || [ "$code" -eq 73 ]
}
for v in volume stateless external-secrets; do
    is "$v: the watchdog's configuration" watchdog_reads "$OUT/$v.config/watchdog.yaml"
done
: > "$OUT/argocd.facts"
for v in $VARIANTS argocd; do
    each "$v" "$PYTHON" tests/k8s/rules.py "$v" "$OUT/$v.json" "$OUT/$v.facts"
done

# --- what 'dev' runs, run here ----------------------------------------------

# As the pod would, one after the other, with folders of this machine.
dev_here() {
    "$PYTHON" tests/k8s/play.py "$OUT/dev.json" "$OUT/dev.config" "$OUT/pod" \
        "$BUILD" > "$OUT/dev.log" 2>&1 || {
        cat "$OUT/dev.log"
        return 1
    }
}

if have git; then
    is "dev: its containers run to their end here" dev_here
    is "dev: the phone heard that the grid has to be left" \
        grep -q 'LATEST_ACCEPTABLE_EXIT' "$OUT/pod/simulator.log"
    is "dev: its record is valid" "$BUILD/gridwatch" validate \
        "$OUT/pod/data/data.git"
else
    skip "dev: run here" "git is not installed"
fi

# --- each rule can fail -----------------------------------------------------

[ -n "$schemas" ] || unset NODE_PATH
each 'self test' "$PYTHON" tests/k8s/selftest.py "$OUT"
finish
