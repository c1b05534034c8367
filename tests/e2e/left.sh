#!/bin/sh
# Grids that were left: by their fills, by a robot's sub-account that is empty,
# not by an account that does not answer; orders that outlast their grid, and
# grids that share an account. What stands in the repository and what reached
# the phone is read by python, and the record is computed anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=left
. tests/e2e/judge_lib.sh

FROM=2026-02-10T16:00:00Z
# Seed 7 is LATEST at 16:00, rings at 16:30 and is MANDATORY from 17:00 on.
RANGE=56400:63600:55554

# bot [MORE]: a bot in the world that is the grid's.
bot() {
    put bot "{\"symbol\": \"BTC-USDT\", \"lower\": ${RANGE%%:*},
        \"upper\": $(echo "$RANGE" | cut -d : -f 2), \"levels\": 20,
        \"capital\": 10000, \"spacing\": \"arithmetic\"${1:+, $1}}"
}

# ends_bot TIME QUERY: the operator ends it then.
ends_bot() {
    scenario_clock "$1"
    curl -sS --fail --max-time 10 -o /dev/null -X DELETE "$WORLD/sim/bot/$2"
}

# world DIR [MORE_OF_BOT]: the walk, a key that reads, and the bot.
world() {
    # init asks about the key, and this world does not know it yet.
    unset KUCOIN_API_KEY KUCOIN_API_SECRET KUCOIN_API_PASSPHRASE
    scenario_end
    scenario_begin "$OUT/left-$1" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
    scenario_grid slice "$RANGE" "$FROM"
    export_key
    put account "{\"key\": \"$KUCOIN_API_KEY\",
        \"secret\": \"$KUCOIN_API_SECRET\",
        \"passphrase\": \"$KUCOIN_API_PASSPHRASE\"}"
    [ "${2:-}" = none ] || bot "${2:-}"
}

# holds PYTHON: `acts` are the operator's events by time, `at` the exit
# documents by slot, `told` the reasons of what was sent, `said` the messages
# that reached the phone, `cancels` the sirens that were silenced, `state` what
# is remembered, `faults` what stands of the service.
holds() {
    seen "$WORK/data.git" "$1" <<'PYTHON'
from seen import by_slot, calls, claim, repo
state = repo.document("state/slice.yaml")
acts = [act for act in sorted(repo.events("operator"), key=lambda a: a["at"])
        if act["action"] not in ("create", "change")]
at = by_slot("slice")
last = at[max(at)]
told = {slot: d["decision"]["reason"] for slot, d in at.items()
        if d["decision"]["intent"]}
said = [call for call in calls if call["path"] == "/1/messages.json"]
cancels = [call for call in calls if "/cancel_by_tag/" in call["path"]]
try:
    faults = {f["class"]: f for f in
              repo.document("latest/service.yaml")["faults"]}
except Exception:
    faults = {}
claim(globals(), acts, told, faults, state["holding"].get("left"),
      last["position"], [(c["at"], c["fields"].get("title"),
      c["fields"].get("message")) for c in said[-3:]])
PYTHON
}

# --- by its fills ----------------------------------------------------------------

world fills
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "it rings, and is not left" holds 'told["10T17:00"] == "worse" and
    last["position"]["source"] == "exchange" and not acts and
    "left" not in state["holding"]'
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z '1?sell=1'
ledger() {
    curl -sS --fail --max-time 10 "$WORLD/sim/ledger?bot=1" |
        jq -e '.state == "stopped" and .base == "0" and .orders == []'
}
is "in the world it is gone" ledger
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "sees it left" holds 'state["holding"]["left"] == "2026-02-10T17:15:00Z" and
    [a["action"] for a in acts] == ["exited"]'
is "with time and prices of the sale" holds 'acts[0]["inferred"]["until"] ==
    "2026-02-10T17:07:00Z" and acts[0]["inferred"]["base"] > 0 and
    50000 < acts[0]["inferred"]["low"] <= acts[0]["inferred"]["high"] < 60000'
is "says so quietly" holds 'told["10T17:15"] == "left" and
    said[-1]["fields"]["priority"] == "-1" and
    "Left? slice" in said[-1]["fields"]["title"] and
    "gridwatch grid stop slice" in said[-1]["fields"]["message"] and
    " sold " in said[-1]["fields"]["message"].replace(":", " ")'
is "and the siren is cancelled" holds 'cancels[-1]["at"][:16] ==
    "2026-02-10T17:15" and "siren" not in state["alert"]'
is "the runs of five hours" runs 2026-02-10T17:30:00Z 2026-02-10T22:15:00Z
is "are silent, and ask nothing" holds 'max(told) == "10T17:15"'
is "and the grid's file is the operator's" holds '[h["event"] for h in
    repo.document("grids/slice.yaml")["history"]] == ["created", "started"]'
is "the clock" scenario_clock 2026-02-10T22:16:00Z
is "orders come back" bot ''
is "the next run" runs 2026-02-10T22:30:00Z 2026-02-10T22:45:00Z
is "takes it back" holds '"left" not in state["holding"] and
    [a["action"] for a in acts] == ["exited", "returned"] and
    acts[1]["inferred"]["slot"] == "2026-02-10T22:30:00Z" and
    acts[1]["inferred"]["until"] is None'
is "and it rings again, or says so" holds 'told["10T22:30"] in
    ("worse", "returned") and not state["alert"].get("left", False)'
record_is_sound

# --- with dust that only the symbol's facts tell from inventory -------------------

world dust '"fee_in": "base"'
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z '1?sell=1'
is "the next two runs" runs 2026-02-10T17:15:00Z 2026-02-10T17:45:00Z
is "see it left, with a rest" holds 'told["10T17:15"] == "left" and
    0 < float(state["holding"]["books"]["base"]) < 0.00001'
fault PUT '{"path": "/api/v2/symbols*", "status": 500}'
is "a run without the facts" runs 2026-02-10T17:45:00Z 2026-02-10T18:00:00Z
fault DELETE
is "and one with them" runs 2026-02-10T18:00:00Z 2026-02-10T18:15:00Z
is "bring nothing back" holds 'max(told) == "10T17:15" and
    [a["action"] for a in acts] == ["exited"] and
    state["holding"]["left"] == "2026-02-10T18:00:00Z"'
record_is_sound

# --- a life that began before the other was seen left ---------------------------------

world again
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z '1?sell=1'
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "sees it left" holds 'told["10T17:15"] == "left"'
is "its operator stopped it before that" gridwatch grid stop slice \
    --at 2026-02-10T17:07:00Z
is "and began anew" gridwatch grid start slice --at 2026-02-10T17:10:00Z
is "the next run" runs 2026-02-10T17:30:00Z 2026-02-10T17:45:00Z
is "has not seen that life left" holds '"left" not in state["holding"] and
    [a["action"] for a in acts if "inferred" in a] == ["exited"] and
    told["10T17:30"] == "first"'
record_is_sound

# --- an account that does not answer, says nothing ---------------------------------

world blind
is "the runs" runs "$FROM" 2026-02-10T17:15:00Z
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z '1?sell=1'
is "its orders cannot be read" fault PUT \
    '{"path":"/api/v1/hf/orders/active*","status":500}'
is "the next runs" runs 2026-02-10T17:15:00Z 2026-02-10T17:45:00Z
is "infer nothing" holds '"left" not in state["holding"] and not acts'
is "the world is well again" fault DELETE
is "the next run" runs 2026-02-10T17:45:00Z 2026-02-10T18:00:00Z
is "does" holds 'state["holding"]["left"] == "2026-02-10T17:45:00Z"'
record_is_sound

# --- orders that outlast their grid -------------------------------------------------

world zombies
is "the runs" runs "$FROM" 2026-02-10T17:15:00Z
is "the bot is ended and leaves three orders" ends_bot 2026-02-10T17:14:00Z \
    '1?sell=1&zombies=3'
is "the grid is stopped" gridwatch grid stop slice --at 2026-02-10T17:14:00Z
is "the run a minute later" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "says nothing yet" holds '"orders" not in faults'
is "the next one" runs 2026-02-10T17:30:00Z 2026-02-10T17:45:00Z
is "tells of three orders" holds '"3 orders of BTC-USDT are open" in
    faults["orders"]["what"] and said[-1]["fields"]["priority"] == "1" and
    "slice has open orders" in said[-1]["fields"]["title"]'
heard_once() {
    before=$(heard)
    runs 2026-02-10T17:45:00Z 2026-02-10T18:30:00Z
    [ "$(heard)" -eq "$before" ]
}
is "once" heard_once
record_is_sound

# --- a robot's sub-account ------------------------------------------------------------

# by_hand NAME VALUE: the operator writes it into the grid's file.
by_hand() {
    rm -rf "$WORK/hand"
    git clone -q "$WORK/data.git" "$WORK/hand"
    (
        cd "$WORK/hand"
        sed -i "/^$1:/d" grids/slice.yaml
        sed -i "s/^market:.*/&\n$1: $2/" grids/slice.yaml
        git -c user.name=anna -c user.email=anna@localhost commit -qam "$1"
        git push -q
    )
}

world robot '"account": "gridrobot1"'
is "the grid is a robot's" by_hand account robot
is "the runs" runs "$FROM" 2026-02-10T17:15:00Z
is "what it holds comes from its sub-account" holds 'last["position"]["source"]
    == "robot" and "position" not in faults'
balance() {
    scenario_clock 2026-02-10T17:00:00Z 10
    curl -sS --fail --max-time 10 "$WORLD/sim/ledger?bot=1" |
        jq -r .base > "$WORK/base"
    holds "abs(last['position']['inventory']['value'] - $(cat "$WORK/base")) < 1e-8"
}
is "and is the world's" balance
is "the bot is ended and sells" ends_bot 2026-02-10T17:07:00Z '1?sell=1'
is "the next runs" runs 2026-02-10T17:15:00Z 2026-02-10T17:45:00Z
is "see it left" holds 'state["holding"]["left"] == "2026-02-10T17:30:00Z" and
    [a["action"] for a in acts] == ["exited"] and
    acts[0]["inferred"]["from"] == "2026-02-10T17:00:00Z" and
    acts[0]["inferred"]["base"] is None and told["10T17:30"] == "left" and
    "sub-account was emptied" in said[-1]["fields"]["message"]'
is "which is no mismatch" holds '"position" not in faults'
record_is_sound

# --- a sub-account whose money is not seen --------------------------------------------

# A unified one answers the classic question with nothing.
world unified '"account": "gridrobot1"'
is "the grid is a robot's" by_hand account robot
is "the runs" runs "$FROM" 2026-02-10T17:15:00Z
is "its sub-account is switched to unified" fault PUT \
    '{"path": "/api/ua/v1/account/mode", "body": "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"CLASSIC\",\"unifiedSubAccount\":[229900010],\"classicSubAccount\":[]}}"}'
is "and shows nothing" fault PUT \
    '{"path": "/api/v1/sub-accounts/*", "body": "{\"code\":\"200000\",\"data\":{\"tradeAccounts\":[],\"tradeHFAccounts\":[]}}"}'
is "the next runs" runs 2026-02-10T17:15:00Z 2026-02-10T17:45:00Z
is "do not know what it holds" holds 'last["position"]["source"] == "model" and
    last["position"]["reason"] ==
    "its sub-account is a unified one, whose money is not seen"'
is "do not call it emptied" holds '"left" not in state["holding"] and not acts'
is "and say so" holds '"gridrobot1" in faults["account"]["what"] and
    "it is a unified one, which is not supported" in
    faults["account"]["what"]'
is "which kind it is cannot be asked" fault PUT \
    '{"path": "/api/ua/v1/account/mode", "status": 500}'
is "the next runs" runs 2026-02-10T17:45:00Z 2026-02-10T18:15:00Z
is "conclude nothing from nothing" holds '"left" not in state["holding"] and
    not acts and last["position"]["reason"] ==
    "its sub-account shows nothing, as a unified one would"'
is "it is a classic one again" fault DELETE
is "the next run" runs 2026-02-10T18:15:00Z 2026-02-10T18:30:00Z
is "reads it" holds 'last["position"]["source"] == "robot" and
    "account" not in faults'
record_is_sound

# --- a bot that stands still --------------------------------------------------------

# The evening before, when the price went up and down within the range.
FROM=2026-02-09T22:00:00Z
world idle
is "the runs while it trades" runs "$FROM" 2026-02-09T23:00:00Z
is "lack nothing" holds '"fills" not in faults and
    last["position"]["source"] == "exchange"'
is "its orders are gone, what it holds is not" ends_bot 2026-02-09T22:46:00Z 1
is "the runs of the night" runs 2026-02-09T23:00:00Z 2026-02-10T08:00:00Z
is "note that it does not trade" holds '"and the account shows none" in
    faults["fills"]["what"] and [c["fields"]["priority"] for c in said
    if "slice does not trade" in c["fields"]["title"]] == ["-1"]'
is "and that it was not left" holds '"left" not in state["holding"] and not acts'
record_is_sound
