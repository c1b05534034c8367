#!/bin/sh
# The picture of an alert: that it reaches the phone and shows what it should,
# and that the message gets there without it when the picture is refused, comes
# too late, cannot be drawn or is not wanted. What the receiver took is a file
# of its own, read by python.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=picture
. tests/e2e/judge_lib.sh

SEED=7
# Seed 7 is LATEST at 16:00, rings at 16:30 and is MANDATORY from 17:00 on.
FROM=2026-02-10T16:00:00Z
RANGE=56400:63600:55554

# begin NAME [SIM_OPTION]...
begin() {
    scenario_end
    name=$1
    shift
    scenario_begin "$OUT/picture-$name" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM" "$@"
    scenario_grid slice "$RANGE" "$FROM"
}

# notify LINE: one more line of the configuration of that section.
notify() {
    sed -i "s/^notify:/&\n  $1/" "$WORK/gridwatch.yaml"
}

# holds PYTHON: `sent` are the deliveries by time, `calls` what reached the
# phone, `first` its first message.
holds() {
    python3 - "$WORK/data.git" "$RECEIVED" "$1" <<'PYTHON'
import json, os, sys
sys.path.insert(0, "tests/judge")
from repository import Repository
repo = Repository(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    calls = [c for c in map(json.loads, file) if c["path"] == "/1/messages.json"]
sent = sorted(repo.events("delivery"), key=lambda d: d["at"])
got = [(c["status"], "attachment_base64" in c["fields"]) for c in calls]
files = sorted(os.listdir(os.path.dirname(sys.argv[2]) + "/pictures"))
if not eval(f"({sys.argv[3]})"):
    print(sent, got, files, sep="\n")
    sys.exit(1)
PYTHON
}

# numbers FILE [COLOUR]...: see png_numbers.py.
numbers() {
    python3 tests/e2e/png_numbers.py "$@"
}

# drawn FILE GROUND: 720 x 540 on that ground, with some colours, below 60 kB.
drawn() {
    numbers "$1" > "$WORK/numbers" || return 1
    awk -v want="$2" '{ exit !($1 == 720 && $2 == 540 && $3 == want &&
        $4 > 20) }' "$WORK/numbers" || { cat "$WORK/numbers"; return 1; }
    [ "$(wc -c < "$1")" -lt 60000 ] || { wc -c "$1"; return 1; }
}

# lines_stand FILE RANGE_COLOUR STOP_COLOUR: upper, lower and stop are so far
# from each other as their prices are.
lines_stand() {
    numbers "$1" "$2" "$3" > "$WORK/lines" || return 1
    awk 'NR == 1 { upper = $1; lower = $2; many = NF }
        NR == 2 { at = $1; many += NF }
        END { want = upper + (lower - upper) * (63600 - 55554) / (63600 - 56400)
              off = at - want
              exit !(many == 3 && lower > upper + 100 && off * off <= 2.25) }' \
        "$WORK/lines" || { cat "$WORK/lines"; return 1; }
}

# explained FILE SLOT [--dark]: the same bytes as explain draws of the slot.
explained() {
    gridwatch explain slice "$2" --picture "$WORK/again.png" ${3:+"$3"} \
        > /dev/null && cmp "$WORK/again.png" "$1"
}

sum_of() {
    sha1sum "$1" | cut -d ' ' -f 1
}

# No object of the repository holds a PNG.
not_held() {
    git --git-dir "$WORK/data.git" cat-file --batch-all-objects --batch \
        > "$WORK/objects" && [ -s "$WORK/objects" ] &&
        ! LC_ALL=C grep -aq "$(printf '\211PNG')" "$WORK/objects"
}

# --- taken ---------------------------------------------------------------------

begin taken
is "the runs to MANDATORY" runs "$FROM" 2026-02-10T17:15:00Z
is "three messages, each with a picture" holds \
    'got == [(200, True)] * 3 and len(files) == 3 and
    [d["reason"] for d in sent if d["outcome"] == "accepted"] == [None] * 3'
is "as an image" holds '{c["fields"]["attachment_type"] for c in calls} ==
    {"image/png"}'
for n in 1 2 3; do
    is "picture $n is one" drawn "$WORK/pictures/picture-$n.png" ffffff
    is "its lines stand" lines_stand "$WORK/pictures/picture-$n.png" 1456b8 \
        c3121f
done
is "it is that of the slot" explained "$WORK/pictures/picture-1.png" \
    2026-02-10T16:00Z
is "the last one, too" explained "$WORK/pictures/picture-3.png" \
    2026-02-10T17:00Z
is "and not another's" sh -c "! cmp -s '$WORK/pictures/picture-1.png' \
    '$WORK/pictures/picture-3.png'"
is "the record names it" holds "[d['picture'] for d in sent
    if d['outcome'] == 'accepted'] == ['$(sum_of "$WORK/pictures/picture-1.png")',
    '$(sum_of "$WORK/pictures/picture-2.png")',
    '$(sum_of "$WORK/pictures/picture-3.png")']"
is "and does not hold it" not_held
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "and computed anew it is the same" gridwatch verify

# --- light on dark, and not at all ---------------------------------------------

begin dark
notify "picture: dark"
is "a run" runs "$FROM" 2026-02-10T16:15:00Z
is "a dark picture" drawn "$WORK/pictures/picture-1.png" 12151a
is "its lines stand" lines_stand "$WORK/pictures/picture-1.png" 74aefc ff6f6f
is "it is that of the slot" explained "$WORK/pictures/picture-1.png" \
    2026-02-10T16:00Z --dark

begin off
notify "picture: off"
is "a run" runs "$FROM" 2026-02-10T16:15:00Z
is "no picture, and no word of it" holds 'got == [(200, False)] and
    files == [] and sent[0]["reason"] is None and "picture" not in sent[0]'

# --- refused -------------------------------------------------------------------

begin refused --attachment-max 1000
is "a run" runs "$FROM" 2026-02-10T16:15:00Z
is "is refused with it and taken without" holds \
    'got == [(413, True), (200, False)] and files == [] and
    calls[0]["fields"]["message"] == calls[1]["fields"]["message"]'
is "the record says so" holds '(sent[0]["outcome"], sent[0]["tries"],
    sent[0]["reason"], "picture" in sent[0]) == ("accepted", 2,
    "without the picture: HTTP 413 with it", False)'
is "and the log" grep -q "alert-bare .*why=\"HTTP 413 with it\"" "$WORK/log"
is "and the story" sh -c "'$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' \
    log slice | grep -q 'told first.*at try 2: without the picture: HTTP 413'"
is "the repository is valid" "$BUILD/gridwatch" validate "$WORK/data.git"
is "a fault of the receiver's own" fault PUT \
    '{"path":"/1/messages.json","status":400,"count":1,"body":"{\"attachment\":\"no\",\"status\":0}"}'
is "the runs to the siren" runs 2026-02-10T16:15:00Z 2026-02-10T16:45:00Z
is "likewise" holds '(got[2:], sent[-1]["reason"]) == ([(400, True),
    (200, False)], "without the picture: HTTP 400 with it")'
is "a key that is not good" fault PUT \
    '{"path":"/1/messages.json","status":400,"count":1,"body":"{\"user\":\"invalid\",\"errors\":[\"x\"],\"status\":0}"}'
is "the runs to MANDATORY" runs 2026-02-10T16:45:00Z 2026-02-10T17:00:00Z
is "the run of it" ends 2026-02-10T17:00:00Z 75
is "is no picture's fault" holds 'got[4] == (400, True) and
    [d["outcome"] for d in sent if d["intent"][:13] == "20260210T1700" and
    d["grid"] == "slice"] == ["refused"] and not any(c["fields"]["priority"] == "2" and
    c["at"][11:16] == "17:00" for c in calls[5:])'

# --- late ----------------------------------------------------------------------

begin late
notify "request_timeout: 1s"
is "the receiver sleeps once" fault PUT \
    '{"path":"/1/messages.json","hang_ms":2500,"count":1}'
is "a run" runs "$FROM" 2026-02-10T16:15:00Z
is "the second try is bare" holds 'got == [(200, True), (200, False)] and
    (sent[0]["tries"], sent[0]["reason"]) == (2,
    "without the picture: trouble at the first try")'
is "the receiver is ill" fault PUT '{"path":"/1/messages.json","status":500}'
is "the run to the siren" runs 2026-02-10T16:15:00Z 2026-02-10T16:30:00Z
is "that cannot ring" ends 2026-02-10T16:30:00Z 75
is "one try had it" holds 'got[2:] == [(500, True), (500, False),
    (500, False)]'
is "the receiver is well" fault DELETE
is "the next run" runs 2026-02-10T16:45:00Z 2026-02-10T17:00:00Z
is "sends what was left, bare" holds 'got[5:] == [(200, False)] and
    calls[5]["fields"]["priority"] == "2" and sent[-1]["reason"] is None'

# --- no time for it ------------------------------------------------------------

begin hasty
notify "request_timeout: 9600ms"
notify "tries: 1"
printf 'run: {deadline: 20s, settle: 0s}\n' >> "$WORK/gridwatch.yaml"
sed -i "s/^exchange:/&\n  request_timeout: 1s/;
    s/^repository:/&\n  push_budget: 1s/" "$WORK/gridwatch.yaml"
is "a run" runs "$FROM" 2026-02-10T16:15:00Z
is "keeps its time for the message" holds 'got == [(200, False)] and
    sent[0]["reason"] == "without the picture: there is no time for it"'
