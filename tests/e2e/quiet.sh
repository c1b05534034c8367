#!/bin/sh
# A night in Berlin, on a seeded walk that breaks: LATEST comes without a sound
# and rings only when nobody resolved it, MANDATORY rings at once, the first
# message comes once and the all-clear once a day; the same slot again sends
# neither a second time.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=quiet
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T16:00:00Z
# Seed 7 is LATEST at 16:00, so it rings at 16:30, and MANDATORY from 17:00 on.
RANGE=56400:63600:55554

# begin NAME HOURS MAINTENANCE
begin() {
    scenario_end
    scenario_begin "$OUT/quiet-$1" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM"
    sed -i -e '/first_message/d' -e '/all_clear_at/d' \
        -e "s|^notify:|notify:\\n  time_zone: Europe/Berlin\\n  quiet_hours: \"$2\"\\n  maintenance: \"$3\"|" \
        "$WORK/gridwatch.yaml"
    scenario_grid slice "$RANGE" "$FROM"
    # One that was stopped long ago is not waited for.
    gridwatch grid create old --symbol BTC-USDT --lower 1 --upper 2 \
        --at 2026-01-20T00:00Z > /dev/null
    gridwatch grid stop old --at 2026-01-25T00:00Z > /dev/null
}

# holds PYTHON: `told` are the intents by time, `rings` what the phone took.
holds() {
    seen "$WORK/data.git" "$1" <<'PYTHON'
from seen import calls, claim, repo
rings = [(c["at"][5:16], c["fields"]["priority"], c["fields"]["title"])
         for c in calls if c["path"] == "/1/messages.json"
         and c["status"] == 200]
bodies = [c["fields"]["message"] for c in calls
          if c["path"] == "/1/messages.json"]
told = [(i["slot"][5:16], i["reason"], i["priority"]) for i in
        sorted(repo.events("intent"), key=lambda i: (i["at"], i["reason"]))]
service = repo.document("latest/service.yaml")
claim(globals(), told, rings, service, bodies[-2:])
PYTHON
}

begin maintenance "" "2026-02-10T15:00Z/2026-02-10T16:15Z"
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "what was told in it is told aloud behind it" holds 'told == [
    ("02-10T16:00", "first", -1), ("02-10T16:00", "installed", -1),
    ("02-10T16:15", "aloud", 1), ("02-10T16:45", "escalated", 2),
    ("02-10T17:00", "worse", 2)]'
is "computed anew it is the same" gridwatch verify

begin night "16:30-23:00" ""
is "the first run" runs "$FROM" 2026-02-10T16:15:00Z
is "LATEST comes quietly" holds '("02-10T16:00", "first", -1) in told and
    any(p == "-1" and "LATEST" in t for _, p, t in rings)'
is "with both clocks" holds 'any(b.startswith("Get out by 18:00 CET (17:00 UTC)")
    for b in bodies)'
is "the watch has begun, quietly, too" holds '("02-10T16:00", "installed", -1)
    in told and service["installed"] == "2026-02-10T16:00:00Z"'
is "it names the grid" holds 'any("slice BTC-USDT LATEST_ACCEPTABLE_EXIT, "
    "position: " in b for b in bodies)'
is "the runs to MANDATORY" runs 2026-02-10T16:15:00Z 2026-02-10T17:15:00Z
is "LATEST that nobody resolved rings, MANDATORY too" holds '[(s, r, p) for
    s, r, p in told if p == 2] == [("02-10T16:30", "escalated", 2),
    ("02-10T17:00", "worse", 2)]'
is "nothing is told twice" holds 'len(rings) == len(told) == len(set(told))'
is "an acknowledgement" gridwatch ack slice --at 2026-02-10T17:05Z
is "the runs of the night" runs 2026-02-10T17:15:00Z 2026-02-11T07:00:00Z
is "no all-clear on the first day" holds 'not [1 for _, r, _ in told
    if r == "all_clear"]'
is "08:00 in Berlin" runs 2026-02-11T07:00:00Z 2026-02-11T07:15:00Z
is "has one" holds '("02-11T07:00", "all_clear", -2) in told and
    service["all_clear"] == "2026-02-11T07:00:00Z"'
is "all that is due was evaluated" holds 'any("Slots evaluated: 61 of 61 since"
    in b for b in bodies)' # 16:00 to 07:00
is "the same slot again" scenario_again 2026-02-11T07:00:00Z \
    2026-02-11T07:15:00Z
is "the runs of the next hours" runs 2026-02-11T07:15:00Z 2026-02-11T09:00:00Z
is "one a day, and one first message" holds 'sorted(r for _, r, _ in told if r in
    ("all_clear", "installed")) == ["all_clear", "installed"]'
record_is_sound

sed -i 's|time_zone: .*|time_zone: Europe/Berlim|' "$WORK/gridwatch.yaml"
refused() {
    code=0
    gridwatch run --at 2026-02-11T09:00:00Z 2> "$WORK/said" || code=$?
    [ "$code" -eq 78 ] && grep "gridwatch.yaml" "$WORK/said" |
        grep "notify.time_zone" | grep -q "tzdata, or write UTC"
}
is "a zone that is not there is an error" refused
