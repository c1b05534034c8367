#!/bin/sh
# A long record, made by the job's own code without an exchange
# (scripts/make_record.sh): what its history, its tip and its size look like,
# and that Git and our own commands find nothing wrong with it. Before that, that
# a made record is a record: over some slots, made and real runs against
# gridwatch-sim must write the same commits, byte for byte but for the run's id.
#
#   DAYS=365 tests/record/year.sh    a year: some ten minutes
set -eu
cd "$(dirname "$0")/../.."
NAME=year
. tests/record/table.sh
. scripts/scenario.sh

DAYS=${DAYS:-$(size 60 10)}
SLOTS=$(size 96 48)
BEGIN=2025-01-01T00:00:00Z
# Slot documents leave the tip after so many days (config: retention.tip_days),
# once a day.
TIP_DAYS=7

cleanup() {
    scenario_end
}

# --- a made record is a record ----------------------------------------------

# world_grid ID SYMBOL SIDE LOWER UPPER STOP
world_grid() {
    gridwatch grid create "$1" --symbol "$2" --side "$3" --lower "$4" \
        --upper "$5" --stop "$6" --levels 30 --capital 10000 --at "$BEGIN" \
        >> "$WORK/log" 2>&1
}

# Everything that a repository says, commit after commit, without the ids of
# runs: their last part is made of the clock and of the process. An event's
# file has a hash of its text in its name, so that goes with it.
story() {
    git --git-dir "$1" fast-export --reencode=no main |
        sed -e 's/[0-9]\{8\}T[0-9]\{6\}Z-[0-9a-f]\{8\}/RUN/g' \
            -e 's/\(audit\/[0-9/]*-[A-Za-z0-9-]*\)-[0-9a-f]\{8\}\.yaml/\1/g'
}

same_story() {
    story "$WORK/made.git" > "$WORK/made.story"
    story "$WORK/data.git" > "$WORK/real.story"
    if cmp -s "$WORK/made.story" "$WORK/real.story"; then
        echo same
    else
        diff "$WORK/made.story" "$WORK/real.story" | head -n 12
    fi
}

if ! [ -x "$BUILD/make_record" ]; then
    echo "'make $BUILD/make_record' first" >&2
    exit 1
fi
# The candles alone are wanted of this one.
scripts/make_record.sh "$OUT/candles" 2 > /dev/null
scenario_begin "$OUT/same" BTC-USDT --now "$BEGIN" \
    --data "BTC-USDT=$OUT/candles/BTC-USDT.csv" \
    --data "ETH-USDT=$OUT/candles/ETH-USDT.csv"
# A phone that is a function gets no picture.
sed -i 's/^notify:/&\n  picture: off/' "$WORK/gridwatch.yaml"
price=$(awk -F , -v from="$(date -u -d "$BEGIN" +%s)" '$1 == from { print $2 }' \
    "$OUT/candles/BTC-USDT.csv")
scenario_clock "$BEGIN"
gridwatch init --at "$BEGIN" >> "$WORK/log" 2>&1
# Narrow ones, so that there are alarms, messages and deliveries in a day.
around() {
    awk -v p="$price" -v by="$1" 'BEGIN { printf "%.5g", p * by }'
}
world_grid btc-a BTC-USDT long "$(around .98)" "$(around 1.02)" "$(around .97)"
world_grid btc-b BTC-USDT neutral "$(around .9)" "$(around 1.1)" "$(around .88)"
world_grid eth-a ETH-USDT long 2000 5000 1900
cp -r "$WORK/data.git" "$WORK/base.git"

END=$(date -u -d "$BEGIN + $((SLOTS * 15)) minutes" +%Y-%m-%dT%H:%M:%SZ)
engine=$("$BUILD/gridwatch" version)
row "a record is made of $SLOTS slots" "status 0" "$(
    "$BUILD/make_record" --config "$WORK/gridwatch.yaml" \
        --engine "${engine#gridwatch }" --from "$BEGIN" --to "$END" \
        "BTC-USDT=$OUT/candles/BTC-USDT.csv" \
        "ETH-USDT=$OUT/candles/ETH-USDT.csv" > "$WORK/made.log" 2>&1 &&
        echo "status 0" || cat "$WORK/made.log")"
mv "$WORK/data.git" "$WORK/made.git"
mv "$WORK/base.git" "$WORK/data.git"
row "real runs of the same slots" "status 0" "$(
    scenario_runs "$BEGIN" "$END" > /dev/null && echo "status 0" ||
        cat "$WORK/failed")"
scenario_end
row "messages that reached the phone" ">= 1" "$(scenario_heard)"
row "commits that real runs made" ">= $SLOTS" \
    "$(git --git-dir "$WORK/data.git" rev-list --count main)"
row "made and real: the same but for run ids" same "$(same_story)"

# --- a long one ---------------------------------------------------------------

seconds_since() {
    echo $(($(date +%s) - $1))
}

# says COMMAND...: "status 0", or what it said and its status.
says() {
    if "$@" > "$OUT/says" 2>&1; then
        echo "status 0"
    else
        code=$?
        echo "status $code: $(tail -n 3 "$OUT/says")"
    fi
}

# The job's own steps, DAYS * 96 times.
began=$(date +%s)
row "a record of $DAYS days is made" "status 0" \
    "$(says scripts/make_record.sh "$OUT/long" "$DAYS")"
note "it took" "$(seconds_since "$began") s: $(cat "$OUT/says")"
REPO=$OUT/long/data.git
in_repo() {
    git --git-dir "$REPO" "$@"
}

commits_of_runs() {
    in_repo log --format=%B main | grep -c '^run ' || true
}
row "commits with a run's id, one a slot at least" ">= $((DAYS * 96))" \
    "$(commits_of_runs)"
row "each slot has exactly one commit" "$((DAYS * 96))" "$(
    in_repo log --format=%s main | grep -c '^[a-z0-9-]*: .*; ' || true)"
row "subjects are one line, three changes at most" "<= 130" "$(
    in_repo log --format=%s main | awk '{ n = length($0) > n ? length($0) : n }
        END { print n }')"
row "changes of state stand in subjects" ">= 10" \
    "$(in_repo log --format=%s main | grep -c '→' || true)"
row "git fsck finds nothing" "status 0" "$(says in_repo fsck --strict --full)"
row "and says nothing of damage" "" \
    "$(grep -v '^dangling\|^Checking\|^notice' "$OUT/says" || true)"

began=$(date +%s)
row "a bare clone over the protocol" "status 0" \
    "$(says git clone -q --bare "file://$REPO" "$OUT/clone.git")"
note "it took" "$(seconds_since "$began") s"
row "the clone has the same tip" "$(in_repo rev-parse main)" \
    "$(git --git-dir "$OUT/clone.git" rev-parse main)"

# Seven days and today of slot documents, whatever was there before: three grids
# and two symbols. The rest at the tip is audit, seeds, schemas.
slot_documents() {
    in_repo ls-tree -r --name-only main exits metrics | wc -l
}
row "slot documents at the tip, $TIP_DAYS days and one" \
    "<= $(((TIP_DAYS + 1) * 96 * 5))" "$(slot_documents)"
row "and not fewer than $TIP_DAYS days of them" \
    ">= $(((TIP_DAYS < DAYS ? TIP_DAYS : DAYS) * 96 * 4))" "$(slot_documents)"
row "months that ended have a tag" "$(
    from=$(date -u -d "$BEGIN" +%s)
    seq "$from" 86400 "$((from + (DAYS - 1) * 86400))" | sed 's/^/@/' |
        date -u -f - +%Y-%m | sort -u | sed '$d' | wc -l)" \
    "$(in_repo tag | wc -l)"

began=$(date +%s)
row "validate passes" "status 0" "$(says "$BUILD/gridwatch" validate "$REPO")"
note "it took" "$(seconds_since "$began") s: $(tail -n 1 "$OUT/says")"
began=$(date +%s)
row "verify passes" "status 0" "$(says "$BUILD/gridwatch" verify "$REPO")"
note "it took" "$(seconds_since "$began") s: $(grep '^computed' "$OUT/says")"

note "files at the tip" "$(in_repo ls-tree -r main | wc -l)"
note "audit events at the tip" \
    "$(in_repo ls-tree -r --name-only main audit | wc -l)"
kb=$(du -sk "$REPO" | cut -f 1)
note "the repository" "$kb KB, $((kb * 10000 / (DAYS * 96))) KB per 10,000 slots"
note "loose objects" "$(in_repo count-objects)"
row "packs" "<= 80" "$(find "$REPO/objects/pack" -name '*.pack' | wc -l)"

echo "the newest commits:"
in_repo log --oneline -n 8 main | cut -c 1-100
echo "and those that changed something:"
in_repo log --format='%cd %s' --date=format:'%m-%d %H:%M' --grep '→' main |
    head -n 5 | cut -c 1-110

end_table
