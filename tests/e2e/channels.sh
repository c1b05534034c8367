#!/bin/sh
# The channels beside the phone: who hears which level, what nobody answers on
# the phone, what the phone's service refuses, a channel that is down, one that
# refuses, and no phone at all. What came is read from the receivers' lines,
# what is recorded from the repository.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=channels
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T16:00:00Z
# Seed 7 is LATEST at 16:00, so it rings at 16:30, and MANDATORY from 17:00 on.
RANGE=56400:63600:55554
TOPIC=PLANTEDtopic
export NTFY_ALERT_TOKEN=tk_PLANTEDntfy
export TELEGRAM_TOKEN=123456:PLANTED-telegram_1
export WEBHOOK_TOKEN=PLANTEDwebhook

# begin WHICH NTFY TELEGRAM WEBHOOK: a world in which they hear that level.
begin() {
    scenario_end
    scenario_begin "$OUT/channels-$1" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM"
    sed -i "/^notify:/a\\
  telegram_url: $WORLD\\
  telegram_chat: '-1001234567890'\\
  ntfy_from: $2\\
  telegram_from: $3\\
  webhook_from: $4\\
  picture: off" "$WORK/gridwatch.yaml"
    export NTFY_ALERT_URL="$WORLD/$TOPIC" WEBHOOK_URL="$WORLD/hook/PLANTEDpath"
    scenario_grid slice "$RANGE" "$FROM"
}

# holds PYTHON: `phone`, `ntfy`, `telegram` and `webhook` are what came there,
# `took` those of it that were taken, by clock and text; `sent` the deliveries
# by (id, channel); `told` the reasons by slot; `state` and `service` what is
# remembered.
holds() {
    seen "$WORK/data.git" "$1" <<'PYTHON'
import collections
from seen import calls, claim, repo
def at(test):
    return [c for c in calls if test(c["path"]) and c["method"] == "POST"]
phone = at(lambda p: p == "/1/messages.json")
ntfy = at(lambda p: p == "/")
telegram = at(lambda p: p.startswith("/bot"))
webhook = at(lambda p: p.startswith("/hook"))
def took(channel):
    return [(c["at"][11:16], c["fields"]) for c in channel
            if c["status"] in (200, 204)]
def texts(channel):
    return [f.get("text") or f.get("message") or f["body"]
            for _, f in took(channel)]
def times(channel):
    return " ".join(clock for clock, _ in took(channel))
intents = {e["id"]: e for e in repo.events("intent")}
sent = collections.defaultdict(list)
for d in sorted(repo.events("delivery"), key=lambda d: d["at"]):
    if d["outcome"] != "cancelled":
        sent[d["intent"], d["channel"]].append(d["outcome"])
def ends(reason, channel):
    return [o for (i, c), all in sorted(sent.items()) for o in all
            if c == channel and intents[i]["reason"] == reason]
state = repo.document("state/slice.yaml")
service = repo.document("latest/service.yaml") if "latest/service.yaml" in \
    repo.below("latest") else {}
faults = [(f["class"], f["subject"]) for f in service.get("faults", [])]
once = all(len(all) == 1 for all in sent.values())
SECOND = "Not acknowledged for 15 min. To acknowledge: gridwatch ack "
claim(globals(), times(phone), times(ntfy), times(telegram), times(webhook),
      dict(sent), {i: e["reason"] for i, e in intents.items()},
      state.get("owed"), service.get("owed"), faults,
      [(c["at"], c["path"], c["status"]) for c in calls])
PYTHON
}

sound() {
    record_is_sound
    is "no message went to a channel twice" holds 'once'
    is "no secret is in log, report or record" secret_free
}

# In the log, in what is printed, in every object that the repository ever had.
secret_free() {
    git -C "$WORK/data.git" cat-file --batch-all-objects --batch \
        --unordered > "$WORK/objects"
    ! grep -a -l -e PLANTED -e "$PUSHOVER_TOKEN" "$WORK/objects" \
        "$WORK/log" "$RUNS"
}

# --- levels, and what nobody answers ------------------------------------------

begin levels latest mandatory normal
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "the webhook hears all that the phone hears" \
    holds 'times(webhook) == times(phone) and len(phone) >= 3 and
        [f["title"] for _, f in took(webhook)] ==
        [f["title"] for _, f in took(phone)]'
is "ntfy what is loud" holds 'len(ntfy) == len([c for c in phone if
    int(c["fields"]["priority"]) >= 1]) and times(ntfy)[:5] == "16:00"'
is "Telegram what rings" holds 'times(telegram) == "16:30 17:00"'
is "each as loud as it is" holds '{f["priority"] for _, f in took(ntfy)} ==
    {"4", "5"} and {f["disable_notification"] for _, f in took(telegram)} ==
    {"false"}'
is "the text is the same" holds 'texts(webhook) == [f["message"] for _, f in
    took(phone)] and texts(ntfy)[-1] == texts(webhook)[-1] and
    texts(telegram)[-1] == took(phone)[-1][1]["title"] + "\n\n" +
    texts(webhook)[-1]'
is "the webhook's keys" holds 'list(took(webhook)[-1][1])[2:] == ["title",
    "body", "priority", "state", "grid", "symbol", "slot", "reason", "intent",
    "commit"]'
is "and what they say" holds '(lambda f: (f["state"], f["grid"], f["symbol"],
    f["slot"], f["reason"], f["priority"]) == ("MANDATORY_EXIT", "slice",
    "BTC-USDT", "2026-02-10T17:00:00Z", "worse", "2") and
    f["intent"] in intents and f["x-event-id"] == f["intent"] and
    len(f["commit"]) == 40 and f["commit"][:7] in f["body"])
    (took(webhook)[-1][1])'
is "with its token" holds '{f["authorization"] for _, f in took(webhook)} ==
    {"Bearer PLANTEDwebhook"} and {f["authorization"] for _, f in took(ntfy)}
    == {"Bearer tk_PLANTEDntfy"}'
is "each delivery is recorded" holds 'len([k for k in sent if k[1] == "ntfy"])
    == len(ntfy) and ends("worse", "telegram") == ["accepted"] and
    not state.get("owed")'
is "nobody was told that nobody answers" holds 'not [t for t in
    texts(ntfy) + texts(telegram) + texts(webhook) if SECOND in t]'
is "the run 15 minutes later" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "tells every channel" holds '[times(c)[-5:] for c in (ntfy, telegram,
    webhook)] == ["17:15"] * 3 and all(SECOND in texts(c)[-1] for c in (ntfy,
    telegram, webhook))'
is "with a title of its own" holds 'took(ntfy)[-1][1]["title"].startswith(
    "Not acknowledged: MANDATORY_EXIT") and
    took(webhook)[-1][1]["reason"] == "second"'
is "but not the phone" holds 'times(phone)[-5:] == "17:00"'
is "and remembers it" holds '"second_told" in state and
    len([e for e in intents.values() if e["reason"] == "second"]) == 1'
is "the runs of the next hours" runs 2026-02-10T17:30:00Z 2026-02-10T19:30:00Z
is "tell it no more" holds 'all(len([t for t in texts(c) if SECOND in t]) == 1
    for c in (ntfy, telegram, webhook))'
is "which a dry run does not change" gridwatch run --dry-run \
    --at 2026-02-10T19:15:00Z
is "the log names the channels" sh -c "'$BUILD/gridwatch' --config \
    '$WORK/gridwatch.yaml' log slice | grep -q 'telegram accepted it'"
sound

# --- answered in time ----------------------------------------------------------

begin answered mandatory off off
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "somebody answers" gridwatch ack slice --at 2026-02-10T17:05Z
is "the runs after it" runs 2026-02-10T17:15:00Z 2026-02-10T18:00:00Z
is "tell nobody else" holds 'not [t for t in texts(ntfy) if SECOND in t] and
    times(ntfy) == "16:30 17:00"'
is "what is off hears nothing" holds 'not telegram and not webhook'

# --- two grids, one event ---------------------------------------------------------

begin grouped latest latest latest
is "a second grid" gridwatch grid create slice-b --symbol BTC-USDT \
    --market spot --side long --lower 56390 --upper 63600 --stop 55500 \
    --levels 20 --capital 10000 --spacing arithmetic --at "$FROM"
is "the runs before" runs "$FROM" 2026-02-10T17:00:00Z
is "ntfy refuses one message" fault PUT \
    '{"path":"/","status":400,"count":1}'
is "Telegram has an error" fault PUT '{"path":"/bot*","status":500}'
is "the run of MANDATORY" ends 2026-02-10T17:00:00Z 75
is "before it people heard of both at once" holds 'all("16:30" in times(c) and
    [f for t, f in took(c) if t == "16:30"] and
    len([t for t, _ in took(c) if t == "16:30"]) == 1 and
    "Also: slice-b LATEST_ACCEPTABLE_EXIT ↓.\nRecord " in texts(c)[
        [t for t, _ in took(c)].index("16:30")] for c in (ntfy, telegram))'
is "by the title, too" holds 'took(ntfy)[0][1]["title"] ==
    took(phone)[0][1]["title"] and
    took(ntfy)[0][1]["title"].endswith(" and 1 more")'
is "a program of each" holds 'len([t for t, _ in took(webhook)
    if t == "16:30"]) == 2 and {f["grid"] for t, f in took(webhook)} ==
    {"slice", "slice-b"}'
is "each has its delivery" holds '[sorted(ends("escalated", c)) for c in
    ("ntfy", "telegram", "webhook")] == [["accepted", "grouped"]] * 2 +
    [["accepted", "accepted"]]'
is "of what was refused the other goes alone" holds 'sorted(ends("worse",
    "ntfy")) == ["accepted", "refused"] and took(ntfy)[-1][1]["title"] ==
    "MANDATORY_EXIT ↓ slice-b (BTC-USDT)" and "Also:" not in texts(ntfy)[-1]'
is "what was not delivered is owed" holds 'not ends("worse", "telegram") and
    [o["channel"] for o in state["owed"]] == ["telegram"]'
is "Telegram is back" fault DELETE
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "tells people once that nobody answered" holds 'all(len([t for t in texts(c)
    if SECOND in t]) == 1 and sorted(ends("second", n)) ==
    ["accepted", "grouped"] for c, n in ((ntfy, "ntfy"),
    (telegram, "telegram")))'
sound

# --- one is down ----------------------------------------------------------------

begin down latest normal latest
is "Telegram has an error" fault PUT '{"path":"/bot*","status":500}'
is "the run ends with 75" ends "$FROM" 75
is "and says which one" grep -q "by telegram: HTTP 500" "$WORK/log"
is "the others heard it" holds 'times(phone) == times(ntfy) == times(webhook)
    == "16:00"'
is "three tries" holds 'len(telegram) == 3'
is "it is owed" holds '[o["channel"] for o in state["owed"]] == ["telegram"]'
is "it wants an hour, which no run has" fault PUT '{"path":"/bot*",
    "status":429,"body":"{\"ok\":false,\"error_code\":429,\"description\":
    \"Too Many Requests: retry after 3600\",
    \"parameters\":{\"retry_after\":3600}}"}'
is "the next run fails as well" ends 2026-02-10T16:15:00Z 75
is "and did not wait for it" holds 'len(telegram) == 4'
is "too many, but in a second" fault PUT '{"path":"/bot*","status":429,
    "count":1,"body":"{\"ok\":false,\"error_code\":429,\"description\":
    \"Too Many Requests: retry after 1\",\"parameters\":{\"retry_after\":1}}"}'
is "something newer rings" runs 2026-02-10T16:30:00Z 2026-02-10T16:45:00Z
is "only that is sent, after its wait" holds 'times(telegram) == "16:30" and
    ends("first", "telegram") == ["superseded"] and
    ends("escalated", "telegram") == ["accepted"] and not state.get("owed")'
is "the webhook hangs up" fault PUT '{"path":"/hook*","close":true,"count":3}'
is "the run ends with 75" ends 2026-02-10T16:45:00Z 0
is "as it had nothing to tell" ends 2026-02-10T17:00:00Z 75
is "the next run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "tells only what is newer" holds 'ends("worse", "webhook") ==
    ["superseded"] and ends("second", "webhook") == ["accepted"]'
sound

begin later off latest off
is "Telegram has an error" fault PUT '{"path":"/bot*","status":502}'
is "the run ends with 75" ends "$FROM" 75
is "it is back" fault DELETE
is "the next run ends well" ends 2026-02-10T16:15:00Z 0
is "and delivers it" holds 'times(telegram) == "16:15" and
    ends("first", "telegram") == ["accepted"]'
is "with the record that has it" holds '"Not recorded" not in
    texts(telegram)[0]'
is "one more run" ends 2026-02-10T16:16:00Z 0
is "sends nothing twice" holds 'times(telegram) == "16:15"'
sound

# --- one refuses ----------------------------------------------------------------

begin refuses off normal normal
is "Telegram refuses" fault PUT '{"path":"/bot*","status":401}'
is "the run ends with 75" ends "$FROM" 75
is "one try" holds 'len([c for c in telegram if c["at"][11:16] == "16:00"]) ==
    2 and ends("first", "telegram") == ["refused"] and not state.get("owed")'
is "the phone is told of it" holds 'took(phone)[-1][1]["title"] ==
    "Fault: telegram takes no message" and
    "HTTP 401: Unauthorized" in took(phone)[-1][1]["message"] and
    faults == [("second_channel", "telegram")]'
is "the next one" ends 2026-02-10T16:15:00Z 0
is "and the next, which rings" ends 2026-02-10T16:30:00Z 75
is "tell it once" holds 'len([f for _, f in took(phone) if
    "takes no message" in f["title"]]) == 1'
is "it takes messages again" fault DELETE
is "a run with news" runs 2026-02-10T16:45:00Z 2026-02-10T17:15:00Z
is "ends it" holds 'faults == [] and ends("worse", "telegram") == ["accepted"]
    and took(phone)[-1][1]["title"].startswith("Mended: telegram takes")'
sound

# --- the phone's service refuses ------------------------------------------------

begin refused mandatory off normal
is "Pushover refuses" fault PUT '{"path":"/1/messages.json","status":400,
    "count":1}'
is "the run ends with 75" ends "$FROM" 75
is "who wants to hear less hears it, too" holds 'times(ntfy) == "16:00" and
    took(ntfy)[0][1]["title"].startswith("LATEST") and
    ends("first", "ntfy") == ["accepted"] and
    ends("first", "pushover") == ["refused"]'
is "who had it anyway has it once" holds 'len([f for _, f in took(webhook) if
    f["reason"] == "first"]) == 1'
sound

# --- no phone -------------------------------------------------------------------

begin alone warning off off
unset PUSHOVER_TOKEN PUSHOVER_USER
PUSHOVER_TOKEN=unset
is "a run with news ends well" ends "$FROM" 0
is "ntfy has it" holds 'times(ntfy) == "16:00" and not phone'
is "the report says so" sh -c "jq -e '.grids[0].notified[0].delivered' \
    '$WORK/run.json'"
is "and the record why" holds 'ends("first", "pushover") == ["superseded"] and
    ends("first", "ntfy") == ["accepted"] and not state["open_intents"]'
is "ntfy is down" fault PUT '{"path":"/","status":503}'
is "then a run with news" ends 2026-02-10T16:30:00Z 75
is "fails, and the next" fault DELETE
is "does not" ends 2026-02-10T16:45:00Z 0
is "as it was delivered" holds 'times(ntfy) == "16:00 16:45"'
is "MANDATORY" ends 2026-02-10T17:00:00Z 0
is "and that nobody answers" ends 2026-02-10T17:15:00Z 0
is "is told once" holds 'len([t for t in texts(ntfy) if SECOND in t]) == 1'
sound
