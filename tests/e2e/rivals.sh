#!/bin/sh
# Two machines that watch one grid, each with a clone of its own, one of which
# can read the account: while the remote is away from one of them both conclude
# the same slot, otherwise. What rang there is kept, what it only concluded is
# not, and the record follows from itself. And two that watch a grid each, and
# have channels of their own. Read from the repository by python.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=rivals
. tests/e2e/judge_lib.sh

FROM=2026-02-10T16:00:00Z
# Seed 7 is LATEST at 16:00, so it rings at 16:30, and MANDATORY from 17:00 on.
RANGE=56400:63600:55554

# other COMMAND...: on the other machine, which has a key of the account.
other() {
    KUCOIN_API_KEY=0123456789abcdef01234567 \
        KUCOIN_API_SECRET=11111111-2222-4333-8444-555566667777 \
        KUCOIN_API_PASSPHRASE=grid-Exit-2026 \
        "$BUILD/gridwatch" --config "$WORK/other.yaml" "$@"
}

# other_run SLOT [LATER]: its run at the slot, so many seconds after the first.
other_run() {
    scenario_clock "$1" "${2:-60}"
    other run --at "$1" --json > "$WORK/other.json" 2>> "$WORK/other.log"
}

# begin WHICH [CHANNEL]: both have the grid and every slot before 17:15.
begin() {
    scenario_end
    scenario_begin "$OUT/rivals-$1" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
    git init -q --bare -b main "$WORK/remote.git"
    sed -i "s|^  fsync: false|&\n  remote: $WORK/remote.git|
        s|^  first_message: false|&\n  webhook_from: normal\n  picture: off|" \
        "$WORK/gridwatch.yaml"
    export WEBHOOK_URL="$WORLD/hook/rivals"
    sed "s|data.git|other.git|" "$WORK/gridwatch.yaml" > "$WORK/other.yaml"
    put account '{"key": "0123456789abcdef01234567",
        "secret": "11111111-2222-4333-8444-555566667777",
        "passphrase": "grid-Exit-2026"}'
    put bot '{"symbol": "BTC-USDT", "lower": 56400, "upper": 63600,
        "levels": 20, "capital": 10000, "spacing": "arithmetic"}'
    scenario_grid slice "$RANGE" "$FROM"
    is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
    is "the other machine has them" other_run 2026-02-10T17:00:00Z
}

away() { mv "$WORK/remote.git" "$WORK/away.git"; }
back() { mv "$WORK/away.git" "$WORK/remote.git"; }

# holds PYTHON: `said` are the messages by reason, with the runs that decided
# them; `acts` what the account showed; `calls` what came to the webhook.
holds() {
    seen "$WORK/remote.git" "$1" <<'PYTHON'
import collections
from seen import by_slot, calls, claim, repo
calls = [c for c in calls if c["path"].startswith("/hook")]
said = collections.defaultdict(set)
for e in repo.events("intent"):
    said[e["reason"]].add(e["run"]["id"])
acts = [a["action"] for a in repo.events("operator") if "inferred" in a]
at = by_slot("slice")
state = repo.document("state/slice.yaml")
claim(globals(), dict(said), acts, sorted(at), state.get("owed"),
      [(s, d["run"]["id"], d["decision"], d["position"]["source"])
       for s, d in sorted(at.items())],
      [(c["at"], c["status"], c["fields"]["title"]) for c in calls])
PYTHON
}

sound() {
    is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/remote.git"
    is "and computed anew it is the same" gridwatch verify "$WORK/remote.git"
}

# --- what nobody answered, told by both ------------------------------------------

begin second
away
other_run 2026-02-10T17:15:00Z || true
back
is "the first one's run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "the other's next" other_run 2026-02-10T17:30:00Z
is "both told that nobody answered" holds 'len(said["second"]) == 2'
is "one recorded the slot" holds 'at["10T17:15"]["position"]["source"] ==
    "model" and at["10T17:15"]["run"]["id"] in said["second"]'
sound

# --- what one of them saw in the account ------------------------------------------

begin left
away
scenario_clock 2026-02-10T17:07:00Z
is "the bot is ended and sells" curl -sS --fail --max-time 10 -o /dev/null \
    -X DELETE "$WORLD/sim/bot/1?sell=1"
is "the other sees it left" other_run 2026-02-10T17:15:00Z
is "and says so" sh -c "jq -e '.grids[0].notified[0].reason == \"left\"' \
    '$WORK/other.json'"
back
is "the first one's run" runs 2026-02-10T17:15:00Z 2026-02-10T17:30:00Z
is "the other's later" other_run 2026-02-10T17:15:00Z 120
is "what rang is kept, with the slot that stands" holds 'said["left"] and
    at["10T17:15"]["run"]["id"] not in said["left"]'
is "what it saw is not: that slot is the first one's" holds 'not acts'
sound
is "the other's next" other_run 2026-02-10T17:30:00Z 10
is "sees it left" holds 'acts == ["exited"] and
    state["holding"]["left"] == "2026-02-10T17:30:00Z" and
    at["10T17:30"]["run"]["id"] in said["left"]'
sound

# --- a channel that only one of them has ---------------------------------------------

begin channel
is "another grid" gridwatch grid create second --symbol BTC-USDT --market spot \
    --side long --lower 56400 --upper 63600 --levels 20 --capital 10000 \
    --spacing arithmetic --at 2026-02-10T17:00:00Z
printf 'run:\n  grids: slice\n' >> "$WORK/gridwatch.yaml"
printf 'run:\n  grids: second\n' >> "$WORK/other.yaml"
sed -i 's|webhook_from: normal|ntfy_from: normal|' "$WORK/other.yaml"
is "the first one's is refused" fault PUT '{"path":"/hook*","status":401}'
is "its run says so" ends 2026-02-10T17:15:00Z 75
faults() {
    git --git-dir "$WORK/remote.git" cat-file blob HEAD:latest/service.yaml |
        grep -c 'class: second_channel'
}
told() {
    git --git-dir "$WORK/remote.git" ls-tree -r --name-only HEAD audit |
        grep -c -e '-webhook-fault-'
}
is "and the record" [ "$(faults)" -eq 1 ]
before=$(told)
unset WEBHOOK_URL
export NTFY_ALERT_URL="$WORLD/rivals"
is "the other's run" other_run 2026-02-10T17:15:00Z
unset NTFY_ALERT_URL
export WEBHOOK_URL="$WORLD/hook/rivals"
is "does not say that it is mended" [ "$(faults)" -eq 1 ]
is "the first one's next" ends 2026-02-10T17:30:00Z 0
is "says nothing new" [ "$(told)" -eq "$before" ]
sound
