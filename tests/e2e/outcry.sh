#!/bin/sh
# A data repository that cannot be opened, is broken, locked by a run that
# hangs, read-only or on a full disk: the phone is told, once in four hours; what
# can be watched is watched; and the next good run says that it is one.
# shellcheck disable=SC2317 # functions are called by name
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=outcry
. tests/e2e/judge_lib.sh

LATEST=2026-02-10T13:00:00Z
MOUNT=

cleanup() {
    [ -z "$MOUNT" ] || umount "$MOUNT" 2> /dev/null || true
}
trap 'code=$?; cleanup; finish $code' EXIT

# begin [remote]: one grid, and one recorded slot. The repository has a folder
# of its own, which can be a file system of its own.
begin() {
    scenario_end
    scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 \
        --now "$(after "$LATEST" -15)"
    mkdir -p "$WORK/disk"
    DATA=$WORK/disk/data.git
    sed -i "s|^  path:.*|  path: $DATA|" "$WORK/gridwatch.yaml"
    if [ "${1:-}" = remote ]; then
        sed -i "s|^  fsync: false|&\n  remote: $WORK/remote.git|" \
            "$WORK/gridwatch.yaml"
        git init -q --bare -b main "$WORK/remote.git"
    fi
    scenario_grid night 56400:63600:55554 "$(after "$LATEST" -15)"
    ends "$(after "$LATEST" -15)" 0
    : > "$RECEIVED"
}

told() {
    n=$(jq -r 'select(.status == 200) | .fields.title' "$RECEIVED" |
        grep -c "$2" || true)
    [ "$n" -eq "$1" ] || { echo "$n, not $1"; jq -r .fields.title "$RECEIVED"; return 1; }
}

says() {
    n=$(jq -r 'select(.status == 200) | .fields.message' "$RECEIVED" |
        grep -c "$2" || true)
    [ "$n" -eq "$1" ] || { echo "$n, not $1"; cat "$RECEIVED"; return 1; }
}

heard_are() {
    [ "$(heard)" -eq "$1" ] || { jq -r .fields.title "$RECEIVED"; return 1; }
}

whole() {
    gridwatch validate "$DATA" && gridwatch verify "$DATA" &&
        git --git-dir "$DATA" fsck --strict
}

silence_is_recorded() {
    for path in $(git --git-dir "$DATA" ls-tree -r --name-only HEAD audit |
        grep -e -run-fault-); do
        git --git-dir "$DATA" show "HEAD:$path" | grep -q 'people were told' &&
            return 0
    done
    return 1
}

# mended SLOT: the next good run says so, the one after it does not.
mended() {
    is "the next run is good" ends "$1" 0
    is "and tells it, quietly" told 1 '^gridwatch works again'
    is "the silence is in the record" silence_is_recorded
    is "the run after it says no more" ends "$(after "$1")" 0
    is "that it works was told once" told 1 '^gridwatch works again'
    is "nothing is kept" test ! -e "$DATA.outcry"
    is "the record is whole" whole
}

# --- it cannot be opened -----------------------------------------------------

begin
mv "$DATA" "$WORK/away.git"
is "without the repository the run ends with 73" ends "$LATEST" 73
is "and the phone is told" told 1 '^gridwatch cannot open its data repository'
is "what to do" says 1 '^Look at the grids yourself'
is "the next run" ends "$(after "$LATEST")" 73
is "does not repeat it" heard_are 1
is "four hours later" ends "$(after "$LATEST" 240)" 73
is "it does" heard_are 2
echo "no repository" > "$DATA"
is "another trouble" ends "$(after "$LATEST" 255)" 73
is "is told at once" heard_are 3
rm "$DATA"
mv "$WORK/away.git" "$DATA"
mended "$(after "$LATEST" 270)"

# The channel is away, too: it is told when it is there.
begin
mv "$DATA" "$WORK/away.git"
fault PUT '{"path":"/1/messages.json","status":500}'
is "nobody to tell it to: 75" ends "$LATEST" 75
fault DELETE
is "then there is" ends "$(after "$LATEST")" 73
is "and is told" told 1 '^gridwatch cannot open'
heard_by=$(heard)
gridwatch run --at "$(after "$LATEST" 300)" --dry-run > /dev/null 2>&1 || true
is "a dry run tells nothing" heard_are "$heard_by"
mv "$WORK/away.git" "$DATA"

# --- a lock that nobody gives back -------------------------------------------

begin
exec 9> "$DATA.lock"
flock 9
is "a lock that is held ends with 73" ends "$LATEST" 73
is "and is a matter of waiting" heard_are 0
touch -d "-31 minutes" "$DATA.lock"
is "for two slots" ends "$(after "$LATEST")" 73
is "then it is told" told 1 '^gridwatch cannot run: nothing is watched'
is "once" ends "$(after "$LATEST" 30)" 73
is "in a while" heard_are 1
exec 9>&-
mended "$(after "$LATEST" 45)"

# --- it is broken ------------------------------------------------------------

cut_pack() {
    for pack in "$DATA"/objects/pack/*.pack; do
        chmod u+w "$pack"
        truncate -s 60 "$pack"
    done
}

cut_newest_pack() {
    pack=$(find "$DATA/objects/pack" -name '*.pack' -printf '%T@ %p\n' |
        sort -n | tail -n 1 | cut -d ' ' -f 2)
    chmod u+w "$pack"
    truncate -s -40 "$pack"
}

garbage_ref() {
    echo "garbage" > "$DATA/refs/heads/main"
}

empty_ref() {
    : > "$DATA/refs/heads/main"
}

lose_objects() {
    rm -rf "$DATA/objects/pack"
}

set_aside_are() {
    n=$(find "$WORK/disk" -maxdepth 1 -name 'data.git.broken-*' | wc -l)
    [ "$n" -eq "$1" ] || { echo "$n, not $1"; return 1; }
}

for damage in cut_pack garbage_ref empty_ref lose_objects; do
    begin
    "$damage"
    is "$damage, no remote: 73" ends "$LATEST" 73
    is "$damage: told" told 1 '^gridwatch cannot open its data repository'
    is "$damage: nothing is moved" set_aside_are 0
done

for damage in cut_pack cut_newest_pack garbage_ref empty_ref lose_objects; do
    begin remote
    "$damage"
    is "$damage: cloned anew the run is good" ends "$LATEST" 0
    is "$damage: the alert went out" told 1 '^LATEST_ACCEPTABLE_EXIT'
    is "$damage: the broken one lies beside" set_aside_are 1
    is "$damage: which is told" told 1 \
        '^Fault: gridwatch set a broken repository aside'
    is "$damage: by name" says 1 "disk/data.git.broken-2026"
    is "$damage: the next run is good" ends "$(after "$LATEST")" 0
    is "$damage: it is told once" heard_are 2
    rm -rf "$WORK"/disk/data.git.broken-*
    is "$damage: removed" ends "$(after "$LATEST" 30)" 0
    is "$damage: mended, once" told 1 '^Mended: gridwatch has no broken'
    is "$damage: the record is whole" whole
done

# What was owed is only there, and that is said.
begin remote
mv "$WORK/remote.git" "$WORK/away.git"
is "a slot that is not pushed" ends "$LATEST" 0
mv "$WORK/away.git" "$WORK/remote.git"
cut_pack
is "broken, with a push owed" ends "$(after "$LATEST")" 0
is "the phone says where the commits are" says 1 \
    'commits that were owed to the remote are only there'
is "what is told is told once more at most" told 2 '^LATEST_ACCEPTABLE_EXIT'
is "the record is whole" whole

begin remote
cut_pack
mv "$WORK/remote.git" "$WORK/away.git"
is "broken, and no remote to be had: 73" ends "$LATEST" 73
is "told" told 1 '^gridwatch cannot open its data repository'
is "the broken one is where it was" set_aside_are 0
mv "$WORK/away.git" "$WORK/remote.git"
is "the next run clones" ends "$(after "$LATEST")" 0
is "and says both" told 1 '^gridwatch works again'
is "the broken one lies beside" set_aside_are 1

# What a clone would have, too, is no damage.
begin remote
git clone -q "$WORK/remote.git" "$WORK/desk"
head -c 5242880 /dev/zero | tr '\0' x > "$WORK/desk/grids/notes.txt"
git -C "$WORK/desk" add grids/notes.txt
git -C "$WORK/desk" -c user.name=me -c user.email=me@example.org \
    commit -q -m "notes"
git -C "$WORK/desk" push -q origin HEAD:main
is "a long file is no damage, though no grid" ends "$LATEST" 78
is "nor is it in the next run" ends "$(after "$LATEST")" 78
is "nothing is moved for it" set_aside_are 0

# Named with a slash at its end: what belongs beside it does not lie inside.
begin remote
sed -i "s|^  path: $DATA|&/|" "$WORK/gridwatch.yaml"
cut_pack
is "a slash at the end: the run is good" ends "$LATEST" 0
is "the broken one lies beside" set_aside_are 1
is "nothing lies inside" test -z "$(find "$DATA" -name '.*')"

# Twice broken: nobody has looked yet, and the disk is not to be filled.
begin remote
cut_pack
is "broken once" ends "$LATEST" 0
cut_pack
is "broken again: 73" ends "$(after "$LATEST")" 73
is "told" told 1 '^gridwatch cannot open its data repository'
is "where to look" says 1 'one was set aside before: look at it, then remove it'
is "one lies beside" set_aside_are 1
rm -rf "$WORK"/disk/data.git.broken-*
is "removed, the next run clones" ends "$(after "$LATEST" 30)" 0
is "one lies beside, the new one" set_aside_are 1
is "nothing else lies there" test ! -e "$DATA.new"
is "the record is whole" whole

# Another's files are not touched.
if [ "$(id -u)" -eq 0 ] && id nobody > /dev/null 2>&1; then
    begin remote
    chown -R nobody "$DATA"
    is "another user's repository: 73" ends "$LATEST" 73
    is "told" told 1 '^gridwatch cannot open'
    is "not moved" set_aside_are 0
    chown -R "$(id -u)" "$DATA"
    mended "$(after "$LATEST")"
else
    echo "outcry: another user's repository is skipped: needs root"
fi

# --- disks -------------------------------------------------------------------

# on_disk: puts the repository on a small file system.
on_disk() {
    mv "$DATA" "$WORK/away.git"
    mount -t tmpfs -o size=2m none "$WORK/disk" || return 1
    MOUNT=$WORK/disk
    cp -a "$WORK/away.git" "$DATA"
    : > "$DATA.lock"
}

off_disk() {
    umount "$MOUNT"
    MOUNT=
}

if [ "$(id -u)" -ne 0 ]; then
    echo "outcry: full and read-only disks are skipped: need root"
    exit 0
fi
begin
if ! on_disk 2> /dev/null; then
    echo "outcry: full and read-only disks are skipped: no mounts here"
    exit 0
fi
dd if=/dev/zero of="$WORK/disk/filler" bs=4k 2> /dev/null || true
dd if=/dev/zero of="$WORK/disk/filler2" bs=1 2> /dev/null || true
is "on a full disk the run ends with 74" ends "$LATEST" 74
is "the alert went out" told 1 '^LATEST_ACCEPTABLE_EXIT'
is "and says so" says 1 '^Not recorded'
is "that nothing can be recorded is told" told 1 '^gridwatch cannot record'
rm "$WORK/disk/filler" "$WORK/disk/filler2"
is "with room the run is good" ends "$(after "$LATEST")" 0
is "the record is whole" whole
off_disk

begin
on_disk
mount -o remount,ro "$MOUNT"
# libgit2 loses 40 bytes of its own where it cannot make a file.
export ASAN_OPTIONS=detect_leaks=0
is "on a read-only disk the run ends with 74" ends "$LATEST" 74
unset ASAN_OPTIONS
is "the alert went out" told 1 '^LATEST_ACCEPTABLE_EXIT'
is "that nothing can be recorded is told" told 1 '^gridwatch cannot record'
mount -o remount,rw "$MOUNT"
is "writable again the run is good" ends "$(after "$LATEST")" 0
is "the record is whole" whole
off_disk
