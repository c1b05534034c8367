#!/bin/sh
# Clients that others wrote, held to our simulator: ccxt and KuCoin's own SDK
# (npm, pinned) read the same market and account, sign the same requests, and
# are refused with a wrong key. What they saw is held to the bars and books that
# the world was made of (judge.py). And croner reads our table of schedules.
# CLIENTS has what npm installs.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
CLIENTS=${CLIENTS:-build/clients}
NAME=clients
. tests/e2e/judge_lib.sh
WORLD_BEGINS=2026-02-10T04:00:00Z
NOW=2026-02-10T12:00:10Z
KEY=0123456789abcdef01234567
SECRET=11111111-2222-4333-8444-555566667777
PASSPHRASE=grid-Exit-2026

# The pinned packages, below build/ and nowhere else.
clients_ready() {
    mkdir -p "$CLIENTS"
    for f in package.json package-lock.json; do
        cmp -s "tests/clients/$f" "$CLIENTS/$f" && continue
        rm -rf "$CLIENTS/node_modules"
        cp "tests/clients/$f" "$CLIENTS/"
    done
    [ -d "$CLIENTS/node_modules/ccxt" ] ||
        (cd "$CLIENTS" && npm ci --ignore-scripts --no-audit --no-fund) \
            > "$CLIENTS/npm.log" 2>&1
}

command -v node > /dev/null && command -v npm > /dev/null ||
    skip_all "node or npm is not installed"
clients_ready || skip_all "npm does not install them, see '$CLIENTS/npm.log'"
NODE_PATH=$(cd "$CLIENTS" && pwd)/node_modules
export NODE_PATH PYTHONDONTWRITEBYTECODE=1

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$WORLD_BEGINS"
"$BUILD/gridwatch-sim" bars --walk 7 > "$WORK/bars.csv"
put account "{\"key\": \"$KEY\", \"secret\": \"$SECRET\",
    \"passphrase\": \"$PASSPHRASE\", \"permission\": \"General\"}"
put bot '{"symbol": "BTC-USDT", "lower": 56400, "upper": 63600, "levels": 60,
    "capital": 10000, "spacing": "arithmetic"}'
curl -sS --fail -o /dev/null -X PUT "$WORLD/sim/clock" --data "$NOW"
curl -sS --fail "$WORLD/sim/ledger?bot=1" > "$WORK/ledger.json"

# held FILE: each of its lines is a case, what is expected and what was seen.
tab=$(printf '\t')
held() {
    while IFS=$tab read -r case expected seen; do
        is "$case" [ "$expected" = "$seen" ]
        [ "$expected" = "$seen" ] ||
            printf '    expected %s\n    seen     %s\n' "$expected" "$seen"
        echo "$case: $seen" | cut -c 1-100
    done < "$1"
}

for client in ccxt sdk; do
    timeout 120 node "tests/clients/${client}_client.js" "$WORLD" "$NOW" \
        "$KEY" "$SECRET" "$PASSPHRASE" > "$WORK/$client.tsv" \
        2> "$WORK/$client.log" || cat "$WORK/$client.log"
    rm -f "$WORK/$client.rows"
    is "$client: it is judged" sh -c "python3 tests/clients/judge.py \
        '$WORK' $client '$WORLD' $NOW > '$WORK/$client.rows'"
    held "$WORK/$client.rows"
done

is "croner answers" sh -c "node tests/clients/croner.mjs tests/golden/cron.tsv \
    > '$WORK/croner.rows' 2> '$WORK/croner.log'"
held "$WORK/croner.rows"
cat "$WORK/croner.log"
