#!/bin/sh
# bench_record.sh [PART...] - what the data repository and a run cost: rows for
# the bench, in BUILD/bench_record.json and as a table. docs/bench.md says what
# they mean. The parts: commit push fresh growth run; all unless named.
#
#   DAYS=60  of the record that `growth` is read from; RECORD=DIR takes one that
#            scripts/make_record.sh has left there
#   RUNS=40  commits or pushes of which the median is taken
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
RUNS=${RUNS:-40}
DAYS=${DAYS:-60}
OUT=$BUILD/bench_record
PARTS=${*:-commit push fresh growth run}
BEGIN=2025-01-01T00:00:00Z
. scripts/scenario.sh
. tests/record/servers.sh
mkdir -p "$OUT"
OUT=$(cd "$OUT" && pwd)
BUILD=$(cd "$BUILD" && pwd)
rm -rf "${OUT:?}"/*
ROWS=$OUT/rows

finish() {
    scenario_end
    servers_stop
}
trap finish EXIT
trap 'exit 130' INT TERM

wanted() {
    case " $PARTS " in *" $1 "*) ;; *) return 1 ;; esac
}

# put KEY FIGURE UNIT WORDS [OP GOAL]
put() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${5:--}" "${6:-0}" "$4" \
        >> "$ROWS"
}

# figure NAME FILE: one of those that store_bench printed.
figure() {
    awk -v name="$1" '$1 == name { print $2 }' "$2"
}

divide() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.6g", a / b }'
}

# synthetic REPOSITORY DOCUMENTS SHAPE: small texts as verdicts of 20 grids, one
# commit a slot. All at the tip (tip), or what is older than seven days in
# history alone (history). They are added to what is there.
cat > "$OUT/synthetic.py" <<'PYTHON'
import sys

count, shape, parent = int(sys.argv[1]), sys.argv[2], sys.argv[3]
out = sys.stdout.buffer
GRIDS, DAY = 20, 96


def folder(grid, day):
    return "exits/s%02d/2024/%02d/%02d" % (grid, 1 + day // 28, 1 + day % 28)


for slot in range(count // GRIDS):
    day, quarter = divmod(slot, DAY)
    out.write(b"commit refs/heads/main\n")
    out.write(b"committer bench <bench@localhost> %d +0000\n"
              % (1704067200 + 900 * slot))
    out.write(b"data 5\nbench\n")
    if slot == 0 and parent != "none":
        out.write(b"from refs/heads/main^0\n")
    for grid in range(GRIDS):
        text = b"".join(b"value%d: %d.%09d\n"
                        % (i, slot, (slot * 7919 + grid * 104729 + i * 31)
                           * 2654435761 % 1000000000) for i in range(8))
        out.write(b"M 100644 inline %s/%02d%02d.yaml\ndata %d\n"
                  % (folder(grid, day).encode(), quarter // 4,
                     quarter % 4 * 15, len(text)))
        out.write(text)
        if shape == "history" and quarter == 0 and day >= 7:
            out.write(b"D %s\n" % folder(grid, day - 7).encode())
PYTHON

synthetic() {
    [ -d "$1" ] || git init -q --bare -b main "$1"
    [ "$2" -gt 0 ] || return 0
    parent=none
    ! git --git-dir "$1" rev-parse -q --verify main > /dev/null || parent=main
    python3 "$OUT/synthetic.py" "$2" "$3" "$parent" |
        git --git-dir "$1" fast-import --quiet
}

# The texts that commits are made of: those of a real slot.
texts() {
    [ ! -d "$OUT/texts" ] || return 0
    scripts/make_record.sh "$OUT/day" 1 > /dev/null
    mkdir -p "$OUT/texts"
    git --git-dir "$OUT/day/data.git" show HEAD:latest/grids/btc-a.yaml \
        > "$OUT/texts/exit"
    git --git-dir "$OUT/day/data.git" show HEAD:state/btc-a.yaml \
        > "$OUT/texts/state"
    git --git-dir "$OUT/day/data.git" show HEAD:latest/symbols/BTC-USDT.yaml \
        > "$OUT/texts/metrics"
}

# commits KEY WORDS REPOSITORY GRIDS GOAL [--fsync]
commits() {
    rm -rf "$OUT/copy.git"
    cp -r "$3" "$OUT/copy.git"
    "$BUILD/store_bench" commit --repo "$OUT/copy.git" --texts "$OUT/texts" \
        --grids "$4" --runs "$RUNS" ${6:+"$6"} > "$OUT/figures"
    # What is written and not waited for costs what it computes; others that
    # compute on the machine do not change that.
    by=computed
    [ $# -lt 6 ] || by=commit
    each=$(divide "$(figure $by.median "$OUT/figures")" "$4")
    if [ "$5" != - ]; then
        put "commit.$1" "$each" ms/grid "$2" "<=" "$5"
    else
        put "commit.$1" "$each" ms/grid "$2"
    fi
    [ $by = commit ] || put "commit.$1.wall" \
        "$(divide "$(figure commit.best "$OUT/figures")" "$4")" ms/grid \
        "  on the wall's clock, best of $RUNS"
    put "commit.$1.tidy" "$(figure tidy.mean "$OUT/figures")" ms/run \
        "  the tidying after it, mean"
}

part_commit() {
    texts
    for shape in "0 tip 0" "10000 tip 10k" "350000 history 350k_history" \
        "350000 tip 350k_tip"; do
        # shellcheck disable=SC2086
        set -- $shape
        repo=$OUT/synthetic-$3.git
        synthetic "$repo" "$1" "$2"
        case "$3" in
        350k_history) words="350,000 documents, 7 days of them at the tip" ;;
        350k_tip) words="350,000 documents, all at the tip" ;;
        *) words="$1 documents, all at the tip" ;;
        esac
        goal=-
        [ "$1" -lt 350000 ] || goal=2
        for grids in 1 20; do
            commits "$3.grids$grids" "$words: a commit of $grids" "$repo" \
                "$grids" "$goal"
            commits "$3.grids$grids.fsync" "  the same with fsync" "$repo" \
                "$grids" - --fsync
        done
        case "$3" in 350k*) rm -rf "$repo" ;; esac
    done
    put commit.growth "$(awk -F '\t' '
        $1 == "commit.0.grids1" { none = $2 }
        $1 == "commit.350k_history.grids1" { many = $2 }
        END { printf "%.6g", many / none }' "$ROWS")" times \
        "a commit of 1 at 350,000 documents in history, to one at none"
}

part_push() {
    if ! servers_have_http; then
        echo "SKIPPED push: lighttpd is not there, './bootstrap servers'" >&2
        return 0
    fi
    texts
    mkdir -p "$OUT/served"
    export GIT_TOKEN="$SERVER_TOKEN"
    http_start "$OUT/served"
    for count in 0 10000; do
        rm -rf "$OUT/served/push.git" "$OUT/copy.git"
        synthetic "$OUT/served/push.git" "$count" tip
        git --git-dir "$OUT/served/push.git" config http.receivepack true
        cp -r "$OUT/served/push.git" "$OUT/copy.git"
        "$BUILD/store_bench" push --repo "$OUT/copy.git" --texts "$OUT/texts" \
            --remote "$HTTP_URL/push.git" --runs "$(((RUNS + 3) / 4))" \
            > "$OUT/figures"
        put "push.http.$count" "$(figure push.median "$OUT/figures")" ms/run \
            "http on loopback, $count documents: push of a commit of 1"
        put "push.http.$count.best" "$(figure push.best "$OUT/figures")" ms/run \
            "  its best"
    done
    servers_stop
}

# clones KEY WORDS URL: three times, the middle one
clones() {
    for _ in 1 2 3; do
        rm -rf "$OUT/clone.git"
        "$BUILD/store_bench" clone --repo "$OUT/clone.git" --remote "$3"
    done | sort -k 2 -n > "$OUT/figures"
    if [ "$(wc -l < "$OUT/figures")" -lt 2 ]; then
        echo "$1: not measured, it took too long" >&2
        return
    fi
    put "$1" "$(sed -n '2s/.* //p' "$OUT/figures")" ms "$2"
    put "$1.kb" "$(du -sk "$OUT/clone.git" | cut -f 1)" KB "  its size"
}

# What a job without a volume waits for before its first run.
part_fresh() {
    mkdir -p "$OUT/served"
    for count in 10000 350000; do
        rm -rf "$OUT/served/start.git"
        synthetic "$OUT/served/start.git" "$count" history
        clones "fresh.file.$count" "whole clone, file://, $count documents" \
            "file://$OUT/served/start.git"
        if servers_have_http; then
            export GIT_TOKEN="$SERVER_TOKEN"
            http_start "$OUT/served"
            clones "fresh.http.$count" "whole clone, http, $count documents" \
                "$HTTP_URL/start.git"
            servers_stop
        else
            echo "SKIPPED fresh.http: lighttpd is not there" >&2
        fi
        from=$(date +%s%N)
        rm -rf "$OUT/clone.git"
        git clone -q --bare --depth 1 "file://$OUT/served/start.git" \
            "$OUT/clone.git"
        put "fresh.shallow.$count" \
            "$(divide "$(($(date +%s%N) - from))" 1000000)" ms \
            "  git's own, depth 1 (libgit2 1.5 cannot), $count documents"
    done
}

part_growth() {
    record=${RECORD:-$OUT/record}
    [ -d "$record/data.git" ] || scripts/make_record.sh "$record" "$DAYS"
    repo=$record/data.git
    slots=$(git --git-dir "$repo" log --format=%s --grep '^run ' main | wc -l)
    runs=$(git --git-dir "$repo" log --format=%s --grep '^run ' main |
        grep -cv '^delivery' || true)
    kb=$(du -sk "$repo" | cut -f 1)
    put growth.per_10000 "$(divide $((kb * 10)) "$(divide "$runs" 1000)")" KB \
        "10,000 slots of 3 grids on 2 symbols, from $runs of them"
    put growth.commits "$(divide "$slots" "$runs")" commits/slot \
        "  its commits, deliveries among them"
    put growth.packs "$(find "$repo/objects/pack" -name '*.pack' | wc -l)" \
        packs "  packs when it ended"
    put growth.loose "$(git --git-dir "$repo" count-objects |
        awk '{ print $1 + 1 }')" objects "  loose objects, and 1"
    put growth.tip "$(git --git-dir "$repo" ls-tree -r main | wc -l)" files \
        "  files at the tip"
    cp -r "$repo" "$OUT/repacked.git"
    git --git-dir "$OUT/repacked.git" gc -q --prune=now
    put growth.gc "$(divide $(($(du -sk "$OUT/repacked.git" | cut -f 1) * 10)) \
        "$(divide "$runs" 1000)")" KB "  the same after git gc"
    rm -rf "$OUT/repacked.git"
}

# A program's wall time in ms, its most memory in KB, its processor time in ms,
# and that of another process meanwhile.
cat > "$OUT/timed.py" <<'PYTHON'
import os
import sys
import time


def taken(pid):
    with open("/proc/%s/schedstat" % pid) as stat:
        return float(stat.read().split()[0]) / 1e6


other, before, began = sys.argv[2], taken(sys.argv[2]), time.monotonic()
pid = os.posix_spawnp(sys.argv[3], sys.argv[3:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = (time.monotonic() - began) * 1e3
with open(sys.argv[1], "a") as out:
    out.write("%.3f %d %.3f %.3f\n"
              % (wall, usage.ru_maxrss,
                 (usage.ru_utime + usage.ru_stime) * 1e3,
                 taken(other) - before))
sys.exit(os.waitstatus_to_exitcode(status))
PYTHON

# of_runs COLUMN RANK: of the five runs, from the least
of_runs() {
    cut -d ' ' -f "$1" "$WORK/times" | sort -n | sed -n "$2p"
}

# run_world COUNT [CONNECTIONS]: so many symbols and grids, each reply after
# 100 ms, 10,000 documents in the repository; leaves the middle of five runs in
# $MS, $CPU and $SIM (what the simulator computed), and the most of $KB.
run_world() {
    candles=$OUT/day/BTC-USDT.csv
    connections=${2:-}
    set -- "$1"
    symbols=$(seq -f 'S%02g-USDT' 1 "$1")
    data=
    for symbol in $symbols; do
        data="$data --data $symbol=$candles"
    done
    # shellcheck disable=SC2086
    scenario_begin "$OUT/run-$1" S01-USDT --now "$BEGIN" $data
    [ -z "$connections" ] || sed -i \
        "s/^exchange:/&\n  max_connections: $connections/" \
        "$WORK/gridwatch.yaml"
    gridwatch init --at "$BEGIN" >> "$WORK/log" 2>&1
    synthetic "$WORK/data.git" 10000 tip
    for symbol in $symbols; do
        id=$(echo "$symbol" | tr 'S' 'g' | cut -d - -f 1)
        gridwatch grid create "$id" --symbol "$symbol" --side long \
            --lower 20000 --upper 200000 --stop 19000 --levels 30 \
            --capital 10000 --at "$BEGIN" >> "$WORK/log" 2>&1
    done
    scenario_run "$BEGIN" > /dev/null
    curl -sS --fail -o /dev/null -X PUT "$WORLD/sim/fault" \
        --data '{"path": "/api/*", "hang_ms": 100}'
    rm -f "$WORK/times"
    for quarter in 15 30 45 60 75; do
        slot=$(date -u -d "$BEGIN + $quarter minutes" +%Y-%m-%dT%H:%M:%SZ)
        scenario_clock "$slot" "$SCENARIO_SETTLE"
        python3 "$OUT/timed.py" "$WORK/times" "$SCENARIO_SIM" \
            "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" run \
            --at "$slot" 2>> "$WORK/log"
    done
    scenario_end
    MS=$(of_runs 1 3)
    KB=$(of_runs 2 5)
    CPU=$(of_runs 3 3)
    SIM=$(of_runs 4 3)
}

# put_computed KEY: what both programs computed in the middle run
put_computed() {
    put "run.cpu.$1" "$CPU" ms "  what it computes"
    put "run.cpu.$1.sim" "$SIM" ms "  what the simulator computes meanwhile"
}

part_run() {
    texts
    run_world 1
    one=$MS
    put run.wall.1 "$one" ms \
        "1 symbol and grid, replies after 100 ms, 10,000 documents" "<=" 1000
    put_computed 1
    put run.memory.1 "$(divide "$KB" 1024)" MiB "  its most memory" "<=" 32
    run_world 20
    put run.wall.20 "$MS" ms "20 symbols and grids"
    put run.wall.ratio "$(divide "$MS" "$one")" times \
        "  20 to 1" "<=" 1.3
    put_computed 20
    put run.memory.20 "$(divide "$KB" 1024)" MiB "  their most memory" "<=" 32
    run_world 20 8
    put run.wall.20.narrow "$MS" ms "  the same with max_connections: 8"
    put run.wall.ratio.narrow "$(divide "$MS" "$one")" times "  20 to 1 with 8"
    put run.memory.20.narrow "$(divide "$KB" 1024)" MiB \
        "  their most memory with 8" "<=" 32
}

: > "$ROWS"
for part in commit push fresh growth run; do
    ! wanted "$part" || "part_$part"
done
"$BUILD/store_bench" table "$ROWS" "$BUILD/bench_record.json"
