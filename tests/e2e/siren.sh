#!/bin/sh
# A siren from its first ring to its end, on a seeded walk that breaks: answered
# on the phone, by command, by nobody; cancelled when the grid is stopped, also
# when the channel fails at first. What stands in the repository and what
# reached the phone is read by python, and the record is computed anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=siren
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T16:00:00Z
# Seed 7 is LATEST at 16:00, so it rings at 16:30, and MANDATORY from 17:00 on.
RANGE=56400:63600:55554

begin() {
    scenario_end
    scenario_begin "$OUT/siren-$1" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM"
    scenario_grid slice "$RANGE" "$FROM"
}

# holds PYTHON: `acts` and `sent` are the operator's events and the deliveries
# by time, `at` the exit documents by slot, `rings` and `cancels` what reached
# the phone, `state` what is remembered.
holds() {
    seen "$WORK/data.git" "$1" <<'PYTHON'
from seen import by_slot, calls, claim, repo
state = repo.document("state/slice.yaml")
acts = [act for act in sorted(repo.events("operator"), key=lambda a: a["at"])
        if act["action"] != "create"]
sent = sorted(repo.events("delivery"), key=lambda d: d["at"])
receipts = [d["receipt"] for d in sent if d["receipt"]]
ends = [d for d in sent if d["reason"] == "the siren was cancelled"]
at = by_slot("slice")
told = {slot: d["decision"]["reason"] for slot, d in at.items()
        if d["decision"]["intent"]}
rings = [call for call in calls if call["path"] == "/1/messages.json"
         and call["fields"]["priority"] == "2"]
cancels = [call for call in calls if "/cancel_by_tag/" in call["path"]]
asks = [call for call in calls if call["method"] == "GET"]
claim(globals(), acts, sent[-2:], told, {k: v for k, v in state.items()
      if "siren" in k or "cancel" in k or "phone" in k},
      [(c["at"], c["path"], c["status"]) for c in calls])
PYTHON
}

# taps DEVICE: somebody acknowledges the siren that rings.
taps() {
    curl -sS --fail --max-time 10 -o /dev/null -X PUT \
        --data "{\"device\":\"$1\"}" "$WORLD/sim/acknowledge"
}

# --- answered on the phone -----------------------------------------------------

begin phone
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "it rings" holds 'told["10T17:00"] == "worse" and
    rings[-1]["at"][:16] == "2026-02-10T17:00" and
    state["siren_receipt"] == receipts[-1] and
    state["siren_until"] == "2026-02-10T18:00:10Z"'
is "after the siren of LATEST was cancelled" holds 'told["10T16:30"] ==
    "escalated" and calls.index(cancels[-1]) < calls.index(rings[-1]) and
    len(cancels) == 1 and rings[0]["fields"]["tags"] in cancels[0]["path"] and
    ends[0]["intent"] == at["10T16:30"]["decision"]["intent"]'
is "the phone's clock" scenario_clock 2026-02-10T17:07:33Z
is "somebody answers" taps iphone
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "records who and when" holds '[(a["at"], a["action"], a.get("by"),
    a["note"], a["state"]) for a in acts] == [("2026-02-10T17:07:33Z",
    "acknowledge", "iphone", "from the phone", "MANDATORY_EXIT")]'
is "as an input of the decision" holds 'at["10T17:15"]["inputs"]
    ["acknowledged"] == "2026-02-10T17:07:33Z" and
    "acknowledged" not in at["10T17:00"]["inputs"] and
    "siren" not in at["10T16:00"]["inputs"]'
is "which is remembered" holds 'state["alert"]["siren_acknowledged"] ==
    state["phone_acknowledged"] == "2026-02-10T17:07:33Z"'
is "the runs of the next hour" runs 2026-02-10T17:30:00Z 2026-02-10T18:45:00Z
is "it is recorded once" holds 'len(acts) == 1'
is "and asked no more" holds '[a["at"][11:16] for a in asks][-1] == "17:15"'
is "silence" holds 'max(told) == "10T17:00"'
# The stop is touched: that was not told.
is "what is graver" runs 2026-02-10T18:45:00Z 2026-02-10T19:00:00Z
is "rings all the same" holds 'told["10T18:45"] == "graver" and
    rings[-1]["at"][:16] == "2026-02-10T18:45"'
is "what was answered is not cancelled" holds 'cancels[-1]["at"] <
    "2026-02-10T17:01"'
is "the phone's clock" scenario_clock 2026-02-10T18:50:00Z
is "somebody answers" taps desktop
is "the runs of four hours" runs 2026-02-10T19:00:00Z 2026-02-10T23:15:00Z
is "the other device" holds '[a["by"] for a in acts] == ["iphone", "desktop"]'
is "silence, and then a question" holds '[t for t in told.items()
    if t[0] > "10T18:45"] == [("10T23:00", "asked")]'
is "nothing rang again" holds 'rings[-1]["at"][:16] == "2026-02-10T18:45"'
record_is_sound

# --- answered by nobody --------------------------------------------------------

begin unheard
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the runs of the hour" runs 2026-02-10T17:15:00Z 2026-02-10T18:00:00Z
is "it rings" holds '{d["inputs"].get("siren") for slot, d in at.items()
    if slot > "10T17:00"} == {"rings"}'
is "the run at its end" runs 2026-02-10T18:00:00Z 2026-02-10T18:15:00Z
is "finds it over" holds 'at["10T18:00"]["inputs"]["siren"] == "expired"'
is "and rings afresh" holds 'told["10T18:00"] == "unheard" and
    rings[-1]["at"][:16] == "2026-02-10T18:00"'
is "a siren that is over is not cancelled" holds 'not [c for c in cancels
    if c["at"] > "2026-02-10T17:45"]'
is "its receipt is the new one" holds 'state["siren_receipt"] ==
    receipts[-1] != receipts[-2]'
is "the channel says nothing of receipts" fault PUT \
    '{"path":"/1/receipts/*","status":500,"count":1}'
is "the run all the same" runs 2026-02-10T18:15:00Z 2026-02-10T18:30:00Z
is "asks, and knows nothing" holds '"siren" not in at["10T18:15"]["inputs"] and
    asks[-1]["status"] == 500'
is "its log says so" grep -q "receipt-unread" "$WORK/log"
is "no secret is in the log" test "$(grep -c "$PUSHOVER_TOKEN" "$WORK/log")" = 0
record_is_sound

# --- stopped while it rings ----------------------------------------------------

begin stopped
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the grid is stopped" gridwatch grid stop slice --at 2026-02-10T17:05Z
is "the channel cancels nothing" fault PUT \
    '{"path":"/1/receipts/*","status":500,"count":2}'
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "tried" holds 'cancels[-1]["status"] == 500 and
    cancels[-1]["at"][11:16] == "17:15" and not [e for e in ends
    if e["at"] > "2026-02-10T17:10"]'
is "and knows what it owes" holds 'state["cancel_tag"] and
    state["cancel_until"] == "2026-02-10T18:00:10Z"'
is "the channel is back" fault DELETE
is "the run after it" runs 2026-02-10T17:30:00Z 2026-02-10T17:45:00Z
is "cancels by tag" holds '(cancels[-1]["status"], cancels[-1]["at"][11:16]) ==
    (200, "17:30") and rings[-1]["fields"]["tags"] in cancels[-1]["path"]'
is "and records it" holds '(ends[-1]["intent"], ends[-1]["outcome"],
    ends[-1]["http_status"]) == ([d for d in sent if d["receipt"]][-1]
    ["intent"], "cancelled", 200)'
is "it owes nothing" holds '"cancel_tag" not in state and
    "siren_receipt" not in state'
is "the last run" runs 2026-02-10T17:45:00Z 2026-02-10T18:15:00Z
is "does nothing more" holds 'cancels[-1]["at"][11:16] == "17:30"'
record_is_sound

# --- answered by command -------------------------------------------------------

begin command
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "an acknowledgement" gridwatch ack slice --at 2026-02-10T17:05Z
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "silences the phone" holds 'cancels[-1]["at"][11:16] == "17:15" and
    ends[-1]["at"][11:16] == "17:15" and len(acts) == 1'
is "more runs" runs 2026-02-10T17:30:00Z 2026-02-10T18:30:00Z
is "nothing rings" holds 'rings[-1]["at"][11:16] == "17:00"'
record_is_sound
