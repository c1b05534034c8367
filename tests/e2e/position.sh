#!/bin/sh
# Money end to end: the world's own books of a bot that really fills against
# what the job records of it, by its fills and by its model.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=position
. tests/e2e/judge_lib.sh
FROM=2026-02-09T22:00:00Z
TO=2026-02-10T08:00:00Z
RANGE=56400:63600:55554

# world DIR [PERMISSION [OF_BOT [OF_KEY,]]]: a walk, a key and a bot that is the
# grid's.
world() {
    # init asks about the key, and this world does not know it yet.
    unset KUCOIN_API_KEY KUCOIN_API_SECRET KUCOIN_API_PASSPHRASE
    scenario_end
    scenario_begin "$OUT/$NAME-$1" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
    scenario_grid bot "$RANGE" "$FROM"
    export_key
    put account "{${4:-}\"key\": \"$KUCOIN_API_KEY\", \"secret\": \"$KUCOIN_API_SECRET\",
        \"passphrase\": \"$KUCOIN_API_PASSPHRASE\", \"permission\": \"${2:-General}\"}"
    put bot "{\"symbol\": \"BTC-USDT\", \"lower\": ${RANGE%%:*},
        \"upper\": $(echo "$RANGE" | cut -d : -f 2), \"levels\": 20,
        \"capital\": 10000, \"spacing\": \"arithmetic\"${3:+, $3}}"
}

# compare SOURCE SLOT: the world's books beside what the run of the slot said.
compare() {
    scenario_clock "$2" # the books stand at the end of the slot
    curl -sS --fail --max-time 10 "$WORLD/sim/ledger?bot=1" > "$WORK/ledger.json"
    python3 tests/e2e/position_numbers.py "$1" "$WORK/run.json" \
        "$WORK/ledger.json" "$WORK/state.yaml"
}

slots() {
    scenario_slots "$FROM" "$TO" | while read -r slot; do
        scenario_run "$slot" > "$WORK/run.json" || true
        cat "$WORK/run.json" >> "$RUNS"
        git -C "$WORK/data.git" show main:state/bot.yaml > "$WORK/state.yaml"
        compare "$1" "$slot" || { echo "at $slot"; cat "$WORK/log"; return 1; }
    done
}

# doubted WORDS: the account's fills are believed at no slot, and why.
doubted() {
    runs "$FROM" "$TO"
    jq -r '.grids[] | select(.id == "bot") | .position |
        "\(.source): \(.reason)"' "$RUNS" | sort -u > "$WORK/sources"
    ! grep '^exchange' "$WORK/sources" && grep "$1" "$WORK/sources" ||
        { cat "$WORK/sources"; return 1; }
}

# By its fills: the books are the world's, to the last unit.
world fills
is "the fills make the world's own books" slots exchange
# An exchange that lists a fill 20 minutes after it took place, for five hours.
world listed_late
lists() {
    put account "{\"key\": \"$KUCOIN_API_KEY\", \"list_s\": $1,
        \"secret\": \"$KUCOIN_API_SECRET\",
        \"passphrase\": \"$KUCOIN_API_PASSPHRASE\"}"
}
is "the exchange is late with its list" lists 1200
is "the runs" runs "$FROM" 2026-02-10T03:00:00Z
is "it is late no more" lists 0
FROM=2026-02-10T03:00:00Z
is "fills that were listed late are in the books, each in its place" \
    slots exchange
is "and the log says so" grep -q 'fill-late grid=bot ' "$WORK/log"
FROM=2026-02-09T22:00:00Z

# A key that may trade is not used; the model's bounds hold the truth.
world model General,Spot
is "the model's bounds hold the world's books" slots model
is "the phone hears that the key is not used" grep -q "exchange's key" "$RECEIVED"
secret_free() {
    ! git -C "$WORK/data.git" log -p --all | grep -e "$KUCOIN_API_SECRET" \
        -e "$KUCOIN_API_PASSPHRASE" -e "$KUCOIN_API_KEY" &&
        ! grep -e "$KUCOIN_API_SECRET" -e "$KUCOIN_API_PASSPHRASE" \
            "$WORK/log" "$RECEIVED" "$RUNS"
}
is "no secret is in record, log or message" secret_free

# Fills that are not the grid's alone, or not all of it, are no books.
world shared
gridwatch grid create other --symbol BTC-USDT --market spot --side long \
    --lower 50000 --upper 70000 --at "$FROM" >> "$WORK/log" 2>&1
is "two grids of one symbol cannot be told apart" \
    doubted "another grid trades the same symbol"
world late General '"at": "2026-02-09T12:00:00Z"'
is "a bot that began before its file says has bought more than is seen" \
    doubted "it offers more than its fills bought"
world unified General '' '"mode": "UNIFIED", '
is "an account that answers elsewhere is not an empty one" \
    doubted "its fills could not be read"
is "and that is told" grep -q "cannot read the account" "$RECEIVED"
