#!/bin/sh
# gridwatch verify: a repository that a night of runs made passes, and a digit
# that somebody changes in any kind of file is found: in a commit of its own,
# and, where the number follows from others, also in history written anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=verify
. tests/e2e/judge_lib.sh

FROM=2026-02-10T09:00:00Z
TO=2026-02-10T18:00:00Z

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
scenario_grid night 56400:63600:55554 "$FROM"
is "the night runs" runs "$FROM" "$TO"
scenario_end

verify() {
    gridwatch verify "$@" > "$WORK/verify.log" 2>&1
}

is "what the runs wrote follows from itself" verify
grep . "$WORK/verify.log" | tail -n 3

# with_digit FILE LINE_PATTERN: the file with the last digit of the last number
# of the first such line changed.
with_digit() {
    awk -v want="$2" '
        !done && $0 ~ want && match($0, /[0-9][^0-9]*$/) {
            digit = substr($0, RSTART, 1)
            $0 = substr($0, 1, RSTART - 1) (digit + 1) % 10 \
                substr($0, RSTART + 1)
            done = 1
        }
        { print }
        END { exit !done }' "$1"
}

# tamper PATH LINE_PATTERN HOW: a copy of the repository with the digit changed
# in a new commit, or in the newest one (amend).
tamper() {
    copy=$WORK/tampered.git
    rm -rf "$copy" "$WORK/index"
    cp -r "$WORK/data.git" "$copy"
    (
        export GIT_DIR="$copy" GIT_INDEX_FILE="$WORK/index"
        export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@localhost
        export GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@localhost
        git cat-file blob "HEAD:$1" > "$WORK/was"
        with_digit "$WORK/was" "$2" > "$WORK/is"
        blob=$(git hash-object -w "$WORK/is")
        git read-tree HEAD
        git update-index --cacheinfo "100644,$blob,$1"
        tree=$(git write-tree)
        if [ "$3" = amend ]; then
            git log -1 --format=%B > "$WORK/message"
            commit=$(git commit-tree "$tree" -p HEAD~1 -F "$WORK/message")
        else
            commit=$(git commit-tree "$tree" -p HEAD -m "by hand")
        fi
        git update-ref HEAD "$commit"
    )
}

# finds WHAT PATH LINE_PATTERN HOW
finds() {
    if ! tamper "$2" "$3" "$4"; then
        is "$1 has a digit to change" false
        return
    fi
    code=0
    verify "$WORK/tampered.git" || code=$?
    is "$1 ends with 65" [ "$code" -eq 65 ]
    is "$1 is named" grep -qF "$2" "$WORK/verify.log"
}

newest() {
    git --git-dir "$WORK/data.git" ls-tree -r --name-only HEAD "$1" |
        grep -e "$2" | tail -n 1
}

exit_doc=$(newest exits/ .)
metrics_doc=$(newest metrics/ .)
middle=2026/02/10/1200.yaml

finds "a metric" "$metrics_doc" 'name: adx_log' hand
finds "a metric in the middle" "metrics/BTC-USDT/$middle" 'name: er24' hand
finds "a bar" "metrics/BTC-USDT/$middle" 'open_time' hand
finds "a verdict" "$exit_doc" 'pi_dn:' hand
finds "a trigger" "exits/night/$middle" 'id: L_HAZ' hand
finds "a gate" "$exit_doc" 'G6_PI_24' hand
finds "the state" state/night.yaml 'pi_closes' hand
finds "the newest verdict" latest/grids/night.yaml 'pi:' hand
finds "the newest metrics" latest/symbols/BTC-USDT.yaml 'name: adx' hand
finds "a seed" bars/BTC-USDT/15m/seed.csv '^17' hand
finds "a message" "$(newest audit/ -intent-)" 'expire_s' hand
finds "a delivery" "$(newest audit/ -delivery-)" 'tries' hand
finds "a transition" "$(newest audit/ -transition-)" '^slot' hand
finds "an action" "$(newest audit/ -operator-)" '^at' hand
finds "the grid" grids/night.yaml 'lower' hand
finds "the configuration" "$(newest config/ .)" 'l_haz.enter' hand
finds "a schema" schema/exit.schema.json 'maximum' hand

finds "an amended metric" "$metrics_doc" 'name: adx_log' amend
finds "an amended bar" "$metrics_doc" 'open_time' amend
finds "an amended verdict" "$exit_doc" 'pi_dn:' amend
finds "an amended gate" "$exit_doc" 'G6_PI_24' amend
finds "an amended state" state/night.yaml 'pi_closes' amend
finds "an amended seed" bars/BTC-USDT/1h/seed.csv '^17' amend

# A clone that holds the last commits only: what can be looked at is, and the
# rest is no finding.
git clone -q --bare --depth 3 "file://$WORK/data.git" "$WORK/shallow.git"
is "a shallow clone is fine" verify "$WORK/shallow.git"
is "and verify says where it ends" grep -q \
    "the clone is shallow: history begins at commit" "$WORK/verify.log"
copy=$WORK/tampered.git
rm -rf "$copy"
cp -r "$WORK/shallow.git" "$copy"
tree=$(git --git-dir "$copy" ls-tree HEAD | grep -v "	audit$" |
    git --git-dir "$copy" mktree)
git --git-dir "$copy" update-ref HEAD "$(git --git-dir "$copy" \
    -c user.name=x -c user.email=x@localhost \
    commit-tree "$tree" -p HEAD -m "tidied")"
code=0
verify "$copy" || code=$?
is "but not one from which somebody took the audit" [ "$code" -eq 65 ]

# What replay says of the past does not change with the range of today.
replayed() {
    gridwatch replay night --json --quiet | tail -n 1
}
replayed > "$WORK/replay.before"
is "replay tells of messages" jq -e '.summary.messages > 0' \
    "$WORK/replay.before"
git clone -q "$WORK/data.git" "$WORK/hand"
(
    cd "$WORK/hand"
    sed -i -e 's/^lower:.*/lower: 20000/' -e 's/^upper:.*/upper: 120000/' \
        -e '/^stop:/d' grids/night.yaml
    git -c user.name=anna -c user.email=anna@localhost commit -qam wider
    git push -q
)
is "the range is another one" sh -c \
    "git --git-dir '$WORK/data.git' show HEAD:grids/night.yaml |
        grep -q 'lower: 20000'"
replayed > "$WORK/replay.after"
is "replay goes by that of the time" cmp "$WORK/replay.before" \
    "$WORK/replay.after"
