#!/bin/sh
# The image. Its root directory is made of this machine's libraries and the job
# is run in it, as its user and with nothing else to be seen (needs root); with
# buildah or podman the Dockerfile is built and the overlay 'dev' runs in it, on
# a base of Debian's packages (debootstrap) where no registry is reached.
# What cannot be done here is skipped aloud; the last line counts.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
BUILD=$(cd "$BUILD" && pwd)
NAME=image
OUT=$BUILD/k8s/image
rm -rf "$OUT"
mkdir -p "$OUT"
export PYTHONDONTWRITEBYTECODE=1
. tests/k8s/lib.sh

MOST_KB=25000 # compressed
ID=65532

pod() {
    # The container's programs are called as ENTER says.
    ENTER=$1 "$PYTHON" tests/k8s/play.py "$OUT/dev.json" "$OUT/dev.config" \
        "$2" "$3" > "$OUT/pod.log" 2>&1 || {
        cat "$OUT/pod.log"
        return 1
    }
}

no_larger() {
    [ "$1" -le "$MOST_KB" ] || {
        echo "$1 KB, at most $MOST_KB"
        return 1
    }
}

# --- the root, of this machine ----------------------------------------------

root=$OUT/root
if ! have dpkg-query || ! have ldd || ! have strip; then
    skip "root of the image" "this is no Debian, or has no binutils"
elif [ ! -e /usr/share/zoneinfo/Europe/Berlin ]; then
    skip "root of the image" "tzdata is not installed"
else
    is "its root is made" scripts/image_root.sh "$root" \
        "$BUILD/gridwatch" "$BUILD/gridwatch-sim"
    kb=$(tar -C "$root" -cf - . | gzip -9 | wc -c)
    kb=$((kb / 1000))
    is "compressed it takes $kb KB, with the simulator" no_larger "$kb"
    is "it holds no shell" sh -c "! ls '$root'/usr/bin/*sh '$root'/bin"
    is "it is made once only" sh -c \
        "! scripts/image_root.sh '$root' '$BUILD/gridwatch'"
fi

if [ -d "$root" ] && [ "$(id -u)" -eq 0 ] && have chroot; then
    mkdir -p "$root/etc/gridwatch"
    cp config/*.yaml "$root/etc/gridwatch/"
    inside() {
        chroot --userspec="$ID:$ID" "$root" /usr/bin/gridwatch "$@"
    }
    is "the program runs in it" inside version
    is "and cannot write beside what it runs from" sh -c "! chroot --userspec=$ID:$ID '$root' \
        /usr/bin/gridwatch init --config /etc/gridwatch/gridwatch.yaml"
    echo 'notify: {time_zone: Europe/Berlin}' > "$root/etc/gridwatch/zone.yaml"
    is "it has the zones of the world" inside config check \
        --config /etc/gridwatch/zone.yaml
    chown "$ID:$ID" "$root/data"
    printf 'repository: {path: /data/data.git}\n' \
        > "$root/etc/gridwatch/data.yaml"
    is "it makes a record on /data" inside init \
        --config /etc/gridwatch/data.yaml
    is "and finds it valid" inside validate /data/data.git
else
    skip "the program in that root" "this needs root and chroot"
fi

# --- the image itself -------------------------------------------------------

TOOL=
for tool in podman buildah; do
    if [ -z "$TOOL" ] && have $tool; then
        TOOL=$tool
    fi
done
if [ -z "$TOOL" ]; then
    skip "the Dockerfile is built, and a job runs in the image" \
        "neither podman nor buildah is installed"
    finish
fi

# The images of this check lie in a store of their own and go with it: what this
# machine has of the same name is not touched, and does not help.
RELEASE=$(sed -n 's/^ARG DEBIAN=\(.*\)-slim$/\1/p' Dockerfile)
BASE=docker.io/library/debian:$RELEASE-slim
STORE=$(mktemp -d)
export CONTAINERS_STORAGE_CONF="$STORE/storage.conf" BUILDAH_ISOLATION=chroot
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s"\nrunroot = "%s"\n' \
    "$STORE/images" "$STORE/run" > "$CONTAINERS_STORAGE_CONF"
trap 'rm -rf "$STORE"' EXIT
trap 'exit 1' INT TERM HUP

# The base out of Debian's packages, where no registry of images is reached.
base_of_packages() {
    debootstrap --variant=minbase "$RELEASE" "$STORE/base" &&
        tar -C "$STORE/base" -cf "$STORE/base.tar" . &&
        rm -rf "$STORE/base" &&
        echo "FROM scratch
ADD base.tar /" > "$STORE/Dockerfile" &&
        "$TOOL" build -t "$BASE" "$STORE" && rm "$STORE/base.tar"
}
if timeout 120 "$TOOL" pull "$BASE" > "$OUT/pull.log" 2>&1; then
    pass "the base is $BASE"
elif have debootstrap && [ "$(id -u)" -eq 0 ]; then
    is "no registry of images: the base is $RELEASE's packages" base_of_packages
else
    skip "the Dockerfile is built, and a job runs in the image" \
        "$BASE cannot be pulled, and debootstrap is missing or this is not root"
    finish
fi
for target in job dev; do
    is "$TOOL builds $target, unit tests and all" "$TOOL" build --pull=never \
        --target "$target" -t "localhost/gridwatch-check-$target" .
done

# compressed IMAGE: kilobytes of its layers, as a registry would hold them.
compressed() {
    rm -rf "$STORE/oci"
    "$TOOL" push -q "$1" "oci:$STORE/oci" &&
        du -sk --apparent-size "$STORE/oci/blobs" | cut -f 1
}
kb=$(compressed localhost/gridwatch-check-job)
is "compressed the image takes $kb KB" no_larger "$kb"

# Some machines cannot give a container limits or cgroups of its own by one
# runtime, and can by the other.
RUNS=
for runtime in crun runc; do
    if [ -z "$RUNS" ] && [ "$TOOL" = podman ] && have $runtime &&
        podman --runtime $runtime run --rm --network host \
            --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 \
            localhost/gridwatch-check-job version > "$OUT/runs.log" 2>&1; then
        RUNS="podman --runtime $runtime"
    fi
done
if [ -z "$RUNS" ] || [ -z "$RENDER" ]; then
    skip "a job runs in the image" \
        "this needs podman, crun or runc that starts a container, and kubectl or kustomize: $(tail -n 1 "$OUT/runs.log" 2> /dev/null)"
    finish
fi
$RENDER k8s/overlays/dev > "$OUT/dev.yaml"
as_json "$OUT/dev.yaml" "$OUT/dev.json"
unpack "$OUT/dev.json" "$OUT/dev.config"
is "the job runs in the image, read-only" pod "$RUNS" "$OUT/pod" \
    localhost/gridwatch-check-dev
is "the phone heard that the grid has to be left" \
    grep -q LATEST_ACCEPTABLE_EXIT "$OUT/pod/simulator.log"
finish
