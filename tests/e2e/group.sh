#!/bin/sh
# Three grids on two symbols, of which one falls: what one run has to say of
# several grids reaches the phone as one message, every message and what became
# of it stands in the repository, and one siren rings for two grids until none
# of them needs it. Read by python; the record is computed anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=group
. tests/e2e/judge_lib.sh

# As in siren.sh: seed 7 is LATEST at 16:00, rings at 16:30, and is MANDATORY
# from 17:00 on. The other symbol stays within a wide range.
FROM=2026-02-10T16:00:00Z
RANGE=56400:63600:55554

# create ID SYMBOL LOWER UPPER STOP
create() {
    gridwatch grid create "$1" --symbol "$2" --market spot --side long \
        --lower "$3" --upper "$4" --stop "$5" --levels 20 --capital 10000 \
        --spacing arithmetic --at "$FROM" >> "$WORK/log" 2>&1
}

begin() {
    scenario_end
    scenario_begin "$OUT/group-$1" BTC-USDT --walk BTC-USDT=7 \
        --walk ETH-USDT=4 --now "$FROM"
    sed -i '/^notify:/a\  picture: off' "$WORK/gridwatch.yaml"
    scenario_grid btc-a "$RANGE" "$FROM"
    create btc-b BTC-USDT 56390 63600 55500
    create eth-a ETH-USDT 20000 200000 10000
}

# holds PYTHON: `told` the intents of a slot by grid, `ends` the deliveries of
# each intent, `rings`, `said` and `cancels` what reached the phone, `state` by
# grid, `acts` the operator's events.
holds() {
    seen "$WORK/data.git" "$1" <<'PYTHON'
import re
from seen import calls, claim, repo
intents = {i["id"]: i for i in repo.events("intent")}
ends = {}
for d in sorted(repo.events("delivery"), key=lambda d: d["at"]):
    ends.setdefault(d["intent"], []).append(d)
state = {g: repo.document(f"state/{g}.yaml") for g in ("btc-a", "btc-b", "eth-a")}
acts = sorted((a for a in repo.events("operator") if a["action"] != "create"),
              key=lambda a: (a["at"], a["grid"]))
messages = [c for c in calls if c["path"] == "/1/messages.json"]
taken = [c for c in messages if c["status"] == 200]
rings = [c for c in taken if c["fields"]["priority"] == "2"]
cancels = [c for c in calls if "/cancel_by_tag/" in c["path"]]
asks = [c for c in calls if c["method"] == "GET"]

def told(slot):
    return {i["grid"]: i for i in intents.values() if i["slot"][8:16] == slot}

def at(slot, list):
    return [c for c in list if c["at"][8:16] == slot]

def outcomes(slot):
    return {g: [d["outcome"] for d in ends.get(i["id"], [])]
            for g, i in told(slot).items()}

def text_of(lead):
    """What must have been sent, from the record alone."""
    arrows = {"down": " ↓", "up": " ↑", "none": ""}
    others = [intents[i] for i, e in ends.items() for d in e
              if d["outcome"] == "grouped" and d["with"] == lead["id"]]
    rank = ["UNKNOWN", "NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT",
            "MANDATORY_EXIT"]
    others.sort(key=lambda i: (-i["priority"], -rank.index(i["state"]), i["grid"]))
    line = ", ".join(i["grid"] + " " + i["state"] +
        (arrows[i["side"]] if rank.index(i["state"]) > 1 else "") for i in others)
    return (lead["title"] + (f" and {len(others)} more" if others else ""),
            lead["body"] + (f"Also: {line}.\n" if others else ""))

def sent_as_recorded():
    good = 0
    for i in intents.values():
        if [d for d in ends.get(i["id"], []) if d["outcome"] == "accepted"]:
            title, body = text_of(i)
            good += any(c["fields"]["title"] == title and re.fullmatch(
                re.escape(body) + r"Record [0-9a-f]{7}, slot .*",
                c["fields"]["message"]) is not None for c in taken)
    return good == len({(c["fields"]["title"], c["fields"]["timestamp"])
                        for c in taken}) > 0

claim(globals(), [(i["slot"], i["grid"], i["reason"], i["priority"],
        [(d["outcome"], d.get("with")) for d in ends.get(i["id"], [])])
       for i in sorted(intents.values(), key=lambda i: i["slot"])],
      [(c["at"], c["path"][:60], c["status"], c["fields"].get("title"))
       for c in calls if c["method"] != "GET"],
      {g: {k: v for k, v in s.items() if "siren" in k or "cancel" in k
           or "phone" in k} for g, s in state.items()}, acts)
PYTHON
}

taps() {
    curl -sS --fail --max-time 10 -o /dev/null -X PUT \
        --data "{\"device\":\"$1\"}" "$WORLD/sim/acknowledge"
}

sound() {
    is "what was sent follows from the record" holds 'sent_as_recorded()'
    is "no message is open" holds 'not any(s["open_intents"]
        for s in state.values())'
    record_is_sound
}

# --- one message, one siren, one answer ----------------------------------------

begin answered
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "two grids fell" holds 'set(told("10T17:00")) == {"btc-a", "btc-b"} and
    all(i["priority"] == 2 and i["state"] == "MANDATORY_EXIT"
        for i in told("10T17:00").values())'
is "one message rang" holds 'len(at("10T17:00", messages)) == 1'
is "which names both" holds 'at("10T17:00", rings)[0]["fields"]["title"] ==
    "MANDATORY_EXIT ↓ btc-a (BTC-USDT) and 1 more" and
    "\nAlso: btc-b MANDATORY_EXIT ↓.\nRecord " in
    at("10T17:00", rings)[0]["fields"]["message"]'
is "both are settled" holds 'outcomes("10T17:00") ==
    {"btc-a": ["accepted"], "btc-b": ["grouped"]} and
    ends[told("10T17:00")["btc-b"]["id"]][0]["with"] ==
    told("10T17:00")["btc-a"]["id"]'
is "the siren is of both" holds 'state["btc-a"]["siren_receipt"] ==
    state["btc-b"]["siren_receipt"] is not None and
    state["btc-b"]["siren_by"] == told("10T17:00")["btc-a"]["id"] and
    state["btc-b"]["siren_by_tag"] == told("10T17:00")["btc-a"]["tag"] and
    "siren_by" not in state["btc-a"]'
is "that of LATEST was cancelled once" holds 'len(cancels) == 1 and
    outcomes("10T16:30") == {"btc-a": ["accepted", "cancelled"],
    "btc-b": ["grouped"]}'
is "log says with what" sh -c "'$BUILD/gridwatch' --config \
    '$WORK/gridwatch.yaml' log btc-b --since 2026-02-10 |
    grep -q 'pushover took it with message 20260210T1700-'"
is "the phone's clock" scenario_clock 2026-02-10T17:07:33Z
is "somebody answers once" taps iphone
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "asks once" holds 'len(at("10T17:15", asks)) == 1'
is "both are acknowledged" holds '[(a["grid"], a["by"], a["at"][11:19])
    for a in acts] == [("btc-a", "iphone", "17:07:33"),
    ("btc-b", "iphone", "17:07:33")]'
is "silence" runs 2026-02-10T17:30:00Z 2026-02-10T18:00:00Z
is "nothing rang again" holds 'rings[-1]["at"][8:16] == "10T17:00" and
    len(cancels) == 1'
sound

# --- one of them is over, then the other ---------------------------------------

begin over
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the leader is stopped" gridwatch grid stop btc-a --at 2026-02-10T17:05Z
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "leaves the siren to the other" holds 'len(cancels) == 1 and
    state["btc-a"]["cancel_tag"] == state["btc-b"]["siren_by_tag"] and
    state["btc-b"]["siren_receipt"] and "siren_receipt" not in state["btc-a"]'
is "it still rings" holds 'len(at("10T17:15", asks)) == 1'
is "the other is stopped" gridwatch grid stop btc-b --at 2026-02-10T17:20Z
is "the run after it" runs 2026-02-10T17:30:00Z 2026-02-10T17:45:00Z
is "cancels it, once" holds 'len(cancels) == 2 and
    cancels[-1]["at"][8:16] == "10T17:30" and
    told("10T17:00")["btc-a"]["tag"] in cancels[-1]["path"]'
is "and says so of the message that rang" holds 'outcomes("10T17:00") ==
    {"btc-a": ["accepted", "cancelled"], "btc-b": ["grouped"]}'
is "nobody owes anything" holds 'not any("cancel_tag" in s or
    "siren_receipt" in s or "siren_by" in s for s in state.values())'
sound

# --- not delivered, refused ----------------------------------------------------

begin trouble
is "the runs before" runs "$FROM" 2026-02-10T17:00:00Z
is "the channel is in trouble" fault PUT \
    '{"path":"/1/messages.json","status":500,"count":9}'
is "the run of MANDATORY" ends 2026-02-10T17:00:00Z 75
is "leaves both open" holds 'outcomes("10T17:00") ==
    {"btc-a": [], "btc-b": []} and len(state["btc-a"]["open_intents"]) ==
    len(state["btc-b"]["open_intents"]) == 1'
is "the channel is back" fault DELETE
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "tells them in one" holds 'len(at("10T17:15", taken)) == 1 and
    outcomes("10T17:00") == {"btc-a": ["accepted"], "btc-b": ["grouped"]}'
is "with one siren" holds 'state["btc-a"]["siren_receipt"] ==
    state["btc-b"]["siren_receipt"] is not None'
sound

begin refused
is "the runs before" runs "$FROM" 2026-02-10T17:00:00Z
is "the channel refuses one message" fault PUT \
    '{"path":"/1/messages.json","status":400,"count":1}'
is "the run of MANDATORY" ends 2026-02-10T17:00:00Z 75
is "tells the other alone" holds 'outcomes("10T17:00") ==
    {"btc-a": ["refused"], "btc-b": ["accepted"], "run": ["accepted"]} and
    [c["fields"]["title"] for c in at("10T17:00", taken)][0] ==
    "MANDATORY_EXIT ↓ btc-b (BTC-USDT)" and
    "Also:" not in at("10T17:00", taken)[0]["fields"]["message"]'
is "with a siren of its own" holds '"siren_by" not in state["btc-b"] and
    state["btc-b"]["siren_receipt"] and "siren_receipt" not in state["btc-a"]'
