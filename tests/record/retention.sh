#!/bin/sh
# Eleven days of slots over the end of a month, twice: in a repository whose
# tip keeps a few days, and in one that keeps them all. The small one must say
# whatever the large one says; what did not happen to it by a run's retention is
# found.
# shellcheck disable=SC2016,SC2317 # functions are called by name; git's own $
set -eu
cd "$(dirname "$0")/../.."
NAME=retention
. tests/record/table.sh
. scripts/scenario.sh

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@localhost
export GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@localhost
FROM=2026-01-27T09:00:00Z

cleanup() {
    scenario_end
}

at_day() { # N: the slot of 09:00, so many days later
    date -u -d "$FROM + $1 days" +%Y-%m-%dT%H:%M:%SZ
}

# in_repo NAME WORD...: gridwatch with the configuration of that repository.
in_repo() {
    name=$1
    shift
    "$BUILD/gridwatch" --config "$WORK/$name.yaml" "$@"
}

kept() {
    git --git-dir "$WORK/small.git" "$@"
}

# tip_days N: from now on the small one keeps so many.
tip_days() {
    sed "s|/data.git|/small.git|" "$WORK/gridwatch.yaml" > "$WORK/small.yaml"
    echo "retention: {tip_days: $1}" >> "$WORK/small.yaml"
}

run_at() {
    scenario_clock "$1" "$SCENARIO_SETTLE"
    for name in small large; do
        status=0
        in_repo "$name" run --at "$1" --json > "$WORK/$name.run" \
            2>> "$WORK/log" || status=$?
        [ $status -eq 0 ] || echo "$name $1 $status" >> "$WORK/failed"
    done
}

# Days of a kind at the tip: "01/28 01/29".
days() {
    kept ls-tree -r -d --name-only HEAD "$1" |
        sed -n 's|^[^/]*/[^/]*/2026/\([0-9]*/[0-9]*\)$|\1|p' | tr '\n' ' '
}

subject() {
    kept log -1 --format=%s
}

begin() {
    mkdir -p "$OUT/world"
    "$BUILD/gridwatch-sim" bars --walk 7 > "$OUT/bars.csv"
    scenario_begin "$OUT/world" BTC-USDT --data BTC-USDT="$OUT/bars.csv" \
        --now "$FROM"
    # The retention of the large one is longer than the test.
    echo "retention: {tip_days: 3650}" > "$WORK/keep"
    sed "s|/data.git|/large.git|" "$WORK/gridwatch.yaml" > "$WORK/large.yaml"
    cat "$WORK/keep" >> "$WORK/large.yaml"
    tip_days 3
    for name in small large; do
        in_repo "$name" init >> "$WORK/log" 2>&1
        in_repo "$name" grid create night --symbol BTC-USDT --market spot \
            --side long --lower 56400 --upper 63600 --stop 55554 --levels 20 \
            --capital 10000 --spacing arithmetic --at "$FROM" \
            >> "$WORK/log" 2>&1
    done
}

# --- The days ---------------------------------------------------------------

begin
for day in 0 1 2; do run_at "$(at_day $day)"; done
row "three days of three: nothing leaves" "01/27 01/28 01/29 " "$(days metrics)"
run_at "$(at_day 3)"
row "the present day and three before" "01/27 01/28 01/29 01/30 " \
    "$(days exits)"
run_at "$(at_day 4)"
row "the oldest day leaves, of symbols" "01/28 01/29 01/30 01/31 " \
    "$(days metrics)"
row "and of grids" "01/28 01/29 01/30 01/31 " "$(days exits)"
row "the commit says what leaves" \
    "retention: 120 documents of 2026-01-27 leave the tip, they stay in history" \
    "$(subject)"
row "and which run did it" "~*Z-????????" \
    "$(kept log -1 --format=%b | sed -n 's/^run //p')"
row "it does nothing else" "D" \
    "$(kept show --format= --name-status | cut -c 1 | sort -u | tr -d '\n')"
row "git's own view of it" "~*120 files changed, *deletions(-)" \
    "$(kept log -1 --stat --format= | tail -n 1)"
row "no tag before the month ends" "" "$(kept tag)"

tip=$(kept rev-parse HEAD)
run_at "$(at_day 4)"
row "the same slot again: no commit" "$tip" "$(kept rev-parse HEAD)"
run_at "$(at_day 0)"
row "a slot whose document left: no commit" "$tip" "$(kept rev-parse HEAD)"

tip_days 1
run_at "$(at_day 5)"
row "fewer days: all that is older leaves at once" "01/31 02/01 " \
    "$(days metrics)"
row "the commit names the days" \
    "~retention: 576 documents of 2026-01-28 to 2026-01-30 leave*" \
    "$(subject)"
row "the month has its tag" "2026-01" "$(kept tag)"
row "which is its last commit" \
    "$(kept rev-list -1 --before=2026-01-31T23:59:59Z HEAD)" \
    "$(kept rev-parse '2026-01^{commit}')"
tip_days 2
for day in 6 7 8 9 10; do run_at "$(at_day $day)"; done
run_at 2026-02-06T09:15:00Z
row "more days again" "02/04 02/05 02/06 " "$(days metrics)"
row "every run ended well" "" "$(cat "$WORK/failed" 2> /dev/null || true)"
row "the tag did not move" \
    "$(kept rev-list -1 --before=2026-01-31T23:59:59Z HEAD)" \
    "$(kept rev-parse '2026-01^{commit}')"

# --- The small one says what the large one says ------------------------------

slot_paths() {
    git --git-dir "$WORK/$1.git" log --diff-filter=A --no-renames --format= \
        --name-only -- metrics exits | sort
}

slot_paths small > "$WORK/small.paths"
slot_paths large > "$WORK/large.paths"
row "history holds every slot, each once" "$(wc -l < "$WORK/large.paths")" \
    "$(sort -u "$WORK/small.paths" | wc -l)"
row "the same slots" "" "$(diff "$WORK/small.paths" "$WORK/large.paths")"
row "git finds nothing broken" "" "$(kept fsck --full --strict 2>&1 |
    grep -v '^dangling')"
row "the tip is small" "< 500" "$(kept ls-tree -r HEAD metrics exits | wc -l)"

verify_counts() {
    in_repo "$1" verify --json |
        jq -c '[.findings, .metrics, .exits, .transitions, .intents]'
}
row "verify computes the same slots anew" "$(verify_counts large)" \
    "$(verify_counts small)"
row "all of them" "[0,962,962]" \
    "$(in_repo small verify --json | jq -c '[.findings, .metrics, .exits]')"
tip_slots=$(kept ls-tree -r HEAD metrics exits | wc -l)
row "and says how many left" "$(($(wc -l < "$WORK/small.paths") - tip_slots))" \
    "$(in_repo small verify --json | jq .left)"
row "validate" "0" "$(in_repo small validate --json | jq .bad)"
if in_repo small validate --help | grep -q -e --history; then
    row "validate of all that ever was" "0" \
        "$(in_repo small validate --history --json | jq .bad)"
else
    skip "validate of all that ever was" "no option --history"
fi

for name in small large; do
    in_repo "$name" replay night --json > "$WORK/$name.replay"
    in_repo "$name" replay night | sed -n '/ slots, /,$p' > "$WORK/$name.sum"
    in_repo "$name" replay night --profile seed | sed -n '/ slots, /,$p' >> "$WORK/$name.sum"
    for slot in 2026-01-27T09:00Z 2026-01-28T12:00Z 2026-01-31T23:45Z \
        2026-02-01T00:00Z 2026-02-05T06:30Z; do
        in_repo "$name" explain night "$slot" --at 2026-02-06T10:00:00Z \
            > "$WORK/$name.$slot" 2>&1 || echo "ends with $?"
    done
done
row "replay" "" "$(diff "$WORK/small.replay" "$WORK/large.replay")"
row "of all slots, in both profiles" "2" \
    "$(grep -c '962 slots' "$WORK/small.sum")"
row "with the same sums" "" "$(diff "$WORK/small.sum" "$WORK/large.sum")"
for slot in 2026-01-27T09:00Z 2026-01-28T12:00Z 2026-01-31T23:45Z \
    2026-02-01T00:00Z 2026-02-05T06:30Z; do
    row "explain $slot" "" \
        "$(diff "$WORK/small.$slot" "$WORK/large.$slot" 2>&1)"
done
row "explain reads the metrics of a slot that left" "0" \
    "$(grep -c 'no document of this slot' "$WORK/small.2026-01-28T12:00Z")"
row "a slot that never was" "~*has no record of slot 2026-01-20T12:00:00Z;*" \
    "$(in_repo small explain night 2026-01-20T12:00Z 2>&1)"

# --- A shallow clone --------------------------------------------------------

git clone -q --bare --depth 4 "file://$WORK/small.git" "$WORK/shallow.git"
status=0
in_repo small verify "$WORK/shallow.git" > "$WORK/shallow.log" 2>&1 || status=$?
row "verify of a shallow clone" 0 "$status"
row "says where it ends" "~*history begins at commit*" \
    "$(grep shallow "$WORK/shallow.log")"
sed "s|small.git|shallow.git|" "$WORK/small.yaml" > "$WORK/shallow.yaml"
row "explain there" "~*in this shallow clone, which holds no older history*" \
    "$(in_repo shallow explain night 2026-01-28T12:00Z 2>&1)"
row "explain of a slot that is there" 0 \
    "$(in_repo shallow explain night 2026-02-05T06:30Z > /dev/null; echo $?)"

# --- A bar that changed after its document left -----------------------------

# serve_bars FILE: the world goes on with other bars, at the same address.
serve_bars() {
    port=${WORLD##*:}
    scenario_end
    "$BUILD/gridwatch-sim" serve --port "$port" --received "$RECEIVED" \
        --token "$PUSHOVER_TOKEN" --user "$PUSHOVER_USER" \
        --data BTC-USDT="$1" --now "$FROM" > "$WORK/sim.log" 2>&1 &
    SCENARIO_SIM=$!
    tries=0
    until scenario_clock "$FROM" 2> /dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || return 1
        sleep 0.1
    done
}

change=$(date -u -d 2026-01-29T10:15:00Z +%s)
awk -F , -v OFS=, -v at="$change" '
    $1 == at || $1 == at * 1000 { $6 *= 2; done = 1 }
    { print }
    END { exit !done }' "$OUT/bars.csv" > "$OUT/changed.csv"
serve_bars "$OUT/changed.csv"
run_at 2026-02-06T09:30:00Z
revisions() {
    git --git-dir "$WORK/$1.git" ls-tree -r --name-only HEAD audit |
        grep -c -e -revision- || true
}
row "a revision of a bar whose document left" "$(revisions large)" \
    "$(revisions small)"
row "of each timeframe that it is part of" "3" "$(revisions small)"
revision=$(kept ls-tree -r --name-only HEAD audit | grep -e -revision- |
    head -n 1)
row "and it knows what the bar was" "0" \
    "$(kept cat-file blob "HEAD:$revision" | grep -c '^was: null')"
row "verify agrees" "0" "$(in_repo small verify --json | jq .findings)"
scenario_end

# --- What no retention did --------------------------------------------------

# forge: a copy to play with, at $copy.
forge() {
    copy=$WORK/forged.git
    rm -rf "$copy" "$WORK/index"
    cp -r "$WORK/small.git" "$copy"
}

# finds WHAT WORDS: verify of the copy ends with 65 and says so.
finds() {
    status=0
    in_repo small verify "$copy" > "$WORK/forged.log" 2>&1 || status=$?
    row "$1: the exit" 65 "$status"
    row "$1: found" "~*$2*" "$(grep -F -e "$2" "$WORK/forged.log" | head -n 1)"
}

# commit_index MESSAGE [TIME]: what the index holds, on the tip of the copy.
in_copy() {
    GIT_DIR=$copy GIT_INDEX_FILE=$WORK/index git "$@"
}
commit_index() {
    when=${2:-2026-02-06T09:30:10Z}
    commit=$(GIT_AUTHOR_DATE=$when GIT_COMMITTER_DATE=$when in_copy \
        commit-tree "$(in_copy write-tree)" -p HEAD -m "$1")
    in_copy update-ref HEAD "$commit"
}
removed() { # PATH MESSAGE
    forge
    in_copy read-tree HEAD
    printf '0 %040d\t%s\n' 0 "$1" | in_copy update-index --index-info
    commit_index "$2"
}
RUN=$(kept log -1 --format=%b | sed -n 's/^run //p')
SAID="retention: 1 document leaves the tip

run $RUN"
fresh=metrics/BTC-USDT/2026/02/06/0900.yaml
old=metrics/BTC-USDT/2026/02/04/0900.yaml

removed $old "cleaned up"
finds "removed by hand" "$old: was removed by commit"
removed $old "retention: 1 document leaves the tip"
finds "removed without a run" "no run made that"
removed $fresh "$SAID"
finds "removed too early" "before it was a day old"
removed "$revision" "$SAID"
finds "an audit file removed" "only slots leave the tip"
removed latest/grids/night.yaml "$SAID"
finds "the newest document removed" "only slots leave the tip"

gone=metrics/BTC-USDT/2026/01/28/1200.yaml
forge
blob=$(kept rev-parse "2026-01~1:$gone")
in_copy read-tree HEAD
in_copy update-index --add --cacheinfo "100644,$blob,$gone"
commit_index "back again

run $RUN"
finds "written again after it left" "$gone: was written more than once"

forge
in_copy read-tree HEAD
blob=$(kept cat-file blob HEAD:grids/night.yaml | sed 's/63600/63500/' |
    GIT_DIR=$copy git hash-object -w --stdin)
in_copy update-index --cacheinfo "100644,$blob,grids/night.yaml"
commit_index "night: NORMAL

run $RUN"
finds "a grid changed in the name of a run" "a run does not write it"

# rewrite SCRIPT PATH: all of history anew, the file otherwise from its first
# commit on to its last.
rewrite() {
    forge
    FILTER_BRANCH_SQUELCH_WARNING=1 PATH_OF="$2" SED="$1" \
        git --git-dir "$copy" filter-branch -f -d "$WORK/filter" \
        --index-filter '
            if was=$(git rev-parse -q --verify ":$PATH_OF"); then
                is=$(git cat-file blob "$was" | sed "$SED" |
                    git hash-object -w --stdin)
                git update-index --cacheinfo "100644,$is,$PATH_OF"
            fi' -- main > "$WORK/filter.log" 2>&1
}
rewrite '/^- {name: er24,/s/[1-8]\([^0-9]*\)$/9\1/' "$gone"
finds "a digit of a metric, history anew" "$gone: differs"
rewrite '/open_time/s/volume: [0-9]/volume: 9/' "$gone"
finds "a digit of a bar, history anew" "BTC-USDT"
exit_doc=exits/night/2026/01/28/1200.yaml
rewrite '/^  pi_dn:/s/0[.]0/0.1/' "$exit_doc"
finds "a digit of a verdict, history anew" "$exit_doc: differs"
rewrite 's/^run: {id: 2026/run: {id: 2027/' "$exit_doc"
finds "another run's name, history anew" "$exit_doc: says that run 2027"
rewrite '/^  grid_commit:/s/.......$/0000000/' "$exit_doc"
finds "another commit of the grid, history anew" "as that of its grid file"
rewrite '/^largest:/s/[0-8]$/9/' "$revision"
finds "how far a bar was corrected, history anew" "its largest change is"

end_table
