#!/bin/sh
# gridwatch kpi of one grid that was left, by its account; that was not left
# after all; that was stopped by hand; and that was started again. When each
# life ended is what the scenario did, and not what a run saw.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=kpi_lives
. tests/e2e/judge_lib.sh

FROM=2026-02-10T16:00:00Z
RANGE=56400:63600:55554
# Seed 7 is LATEST at 16:00 and MANDATORY from 17:00 on.
scenario_begin "$OUT/$NAME-work" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
scenario_grid slice "$RANGE" "$FROM"
export_key
put account "{\"key\": \"$KUCOIN_API_KEY\", \"secret\": \"$KUCOIN_API_SECRET\",
    \"passphrase\": \"$KUCOIN_API_PASSPHRASE\"}"
bot() {
    put bot '{"symbol": "BTC-USDT", "lower": 56400, "upper": 63600,
        "levels": 20, "capital": 10000, "spacing": "arithmetic"}'
}
bot

# asked AT CLAIM [OPTION]...: python of the JSON `k`, and of `p`, its pooled
# KPIs.
asked() {
    at=$1 claim=$2
    shift 2
    gridwatch kpi --json --at "$at" "$@" > "$WORK/kpi.json" &&
        python3 - "$WORK/kpi.json" "$claim" <<'PYTHON'
import json
import sys
k = json.load(open(sys.argv[1]))
p, service = k['pooled'], k['service']
print(json.dumps(k, indent=1)[:6000])
assert eval(f'({sys.argv[2]})'), sys.argv[2]
PYTHON
}
# Hours of the one life that ended, from 16:00 on.
lived() {
    asked "$1" "k['grids'] == 1 and k['lives'] == $2 and
        p['life_hours']['n'] == $3 and
        abs(p['life_hours']['value'] - $4) < 1e-9"
}
ends_bot() {
    scenario_clock "$1"
    curl -sS --fail --max-time 10 -o /dev/null -X DELETE \
        "$WORLD/sim/bot/1?sell=1"
}

# --- Left, as its account shows -----------------------------------------------
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "nobody has left" asked 2026-02-10T17:15:00Z \
    'k["lives"] == 1 and p["life_hours"]["value"] is None'
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z
is "the next run sees it left" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "it lived to its last sale, 67 minutes" lived 2026-02-10T17:30:00Z 1 1 \
    "67 / 60"
is "no slot is due after it" asked 2026-02-10T17:30:00Z \
    'service["slots_recorded"]["n"] == 4 and
     service["slots_recorded"]["value"] == 1'

# --- Not left after all -------------------------------------------------------
scenario_clock 2026-02-10T17:31:00Z
is "orders come back" bot
is "the next run takes it back" runs 2026-02-10T17:45:00Z 2026-02-10T18:00:00Z
is "it lives" asked 2026-02-10T18:00:00Z \
    'k["lives"] == 1 and p["life_hours"]["value"] is None'
is "the slot that nobody ran is due" asked 2026-02-10T18:00:00Z \
    'service["slots_recorded"]["n"] == 7'

# --- Stopped by hand, and started again -----------------------------------------
is "it is stopped" gridwatch grid stop slice --at 2026-02-10T18:00:00Z
is "it lived two hours" lived 2026-02-10T18:15:00Z 1 1 2
is "it is started again" gridwatch grid start slice --at 2026-02-10T18:05:00Z
is "the runs of the second life" runs 2026-02-10T18:15:00Z 2026-02-10T18:45:00Z
is "two lives of one grid" asked 2026-02-10T18:45:00Z \
    'k["grids"] == 1 and k["lives"] == 2'
is "the first alone, and its two hours" asked 2026-02-10T18:45:00Z \
    'k["lives"] == 1 and abs(p["life_hours"]["value"] - 2) < 1e-9' \
    --until 2026-02-10T17:00:00Z
is "the second alone, which nobody has left" asked 2026-02-10T18:45:00Z \
    'k["lives"] == 1 and p["life_hours"]["value"] is None' \
    --since 2026-02-10T17:00:00Z
