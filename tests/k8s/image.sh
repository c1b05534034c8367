#!/bin/sh
# The image. Its root directory is made of this machine's libraries and the job
# is run in it, as its user and with nothing else to be seen (needs root); with
# buildah or podman the Dockerfile is built and the overlay 'dev' runs in it.
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

if have podman; then
    tool=podman
elif have buildah; then
    tool=buildah
else
    skip "the Dockerfile is built, and a job runs in the image" \
        "neither podman nor buildah is installed"
    finish
fi
for target in job dev; do
    is "$tool builds $target" "$tool" build --target "$target" \
        -t "localhost/gridwatch-check-$target" .
done
if [ "$tool" = buildah ] || [ -z "$RENDER" ]; then
    skip "a job runs in the image" "this needs podman, and kubectl or kustomize"
    finish
fi
$RENDER k8s/overlays/dev > "$OUT/dev.yaml"
as_json "$OUT/dev.yaml" "$OUT/dev.json"
unpack "$OUT/dev.json" "$OUT/dev.config"
is "the job runs in the image, read-only" pod podman "$OUT/pod" \
    localhost/gridwatch-check-dev
is "the phone heard that the grid has to be left" \
    grep -q LATEST_ACCEPTABLE_EXIT "$OUT/pod/simulator.log"
finish
