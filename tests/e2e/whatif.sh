#!/bin/sh
# gridwatch whatif: the configuration that was, replayed, sends what the phone
# heard; another one's gains and losses are told, and only they.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=whatif
. tests/e2e/judge_lib.sh

# Seed 7 rings five times: WARNING, LATEST, its siren, one more reason,
# MANDATORY.
START=2026-02-10T09:00:00Z
END=2026-02-10T17:30:00Z
scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$START"
scenario_grid night 56400:63600:55554 "$START"
is "the night runs" runs "$(after "$START")" "$END"

# asked CLAIM [OPTION]...: python of the changes (`lost`, `gained`) and the
# `summary` that whatif tells as JSON.
asked() {
    claim=$1
    shift
    gridwatch whatif night --json "$@" > "$WORK/asked.json" &&
        python3 - "$WORK/asked.json" "$claim" <<'PYTHON'
import json
import sys
lines = [json.loads(line) for line in open(sys.argv[1])]
summary = lines.pop()['summary']
lost = [x for x in lines if x['change'] == 'lost']
gained = [x for x in lines if x['change'] == 'gained']
assert len(lost) == summary['lost'] and len(gained) == summary['gained']
print(lines, summary)
assert eval(f'({sys.argv[2]})'), sys.argv[2]
PYTHON
}

is "five messages were heard" test "$(heard)" -eq 5
is "what was sent would be sent again" asked \
    'not lines and summary["messages_was"] == summary["messages_is"] == 5 and
     summary["slots"] == 33 and summary["config_was"] == summary["config_is"]'
printf 'exit:\n  shadow: true\n' > "$WORK/shadow.yaml"
is "in shadow all of them are lost" asked \
    'len(lost) == 5 and not gained and summary["messages_is"] == 0' \
    --exit-config "$WORK/shadow.yaml"
printf 'exit:\n  l_trans: {mode: off}\n' > "$WORK/trans.yaml"
is "without L_TRANS its own message is lost" asked \
    '[x["slot"][11:16] for x in lost] == ["16:00"] and
     "L_TRANS" in lost[0]["triggers"] and
     summary["config_was"] != summary["config_is"]' \
    --exit-config "$WORK/trans.yaml"
is "slots before --since are not told" asked \
    'not lines and summary["slots"] == 2' --exit-config "$WORK/trans.yaml" \
    --since 2026-02-10T17:00:00Z
is "all grids, in words" sh -c '"$@" | grep -q "33 slots: 5 messages under"' \
    sh "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" whatif
is "an unknown grid" sh -c '! "$@"' sh "$BUILD/gridwatch" \
    --config "$WORK/gridwatch.yaml" whatif nobody

# A record of which nothing can be said: not that nothing would change.
# without NAME PATH: a copy of the record whose tip lacks the path.
without() {
    git -c advice.detachedHead=false clone -q "$WORK/data.git" "$WORK/$1"
    git -C "$WORK/$1" rm -rq "$2"
    git -C "$WORK/$1" -c user.name=t -c user.email=t@localhost \
        commit -qm "$1"
    git clone -q --bare "$WORK/$1" "$WORK/$1.git"
    sed "s,/data.git,/$1.git," "$WORK/gridwatch.yaml" > "$WORK/$1.yaml"
}
# says NAME CODE WORDS [OPTION]...: whatif of that record ends so and says that.
says() {
    name=$1 code=$2 words=$3
    shift 3
    is "$name" sh -c 'code=$1 words=$2 err=$3; shift 3
        "$@" 2> "$err"; [ $? -eq "$code" ] && grep "$words" "$err"' sh \
        "$code" "$words" "$WORK/says.err" "$BUILD/gridwatch" \
        --config "$WORK/$name.yaml" whatif "$@"
}
without unconfigured config
says unconfigured 73 'slot 2026-02-10T09:15:00Z.*configuration'
says unconfigured 73 'configuration' night --json
without gridless grids
says gridless 73 'no grid is recorded'

# A slot whose metrics are nowhere, not in the past either: no slot is passed
# over in silence.
holed() {
    git -c advice.detachedHead=false clone -q "$WORK/data.git" "$WORK/holed"
    git -C "$WORK/holed" checkout -q --orphan alone
    metrics=metrics/BTC-USDT/2026/02/10/1200.yaml
    git -C "$WORK/holed" rm -qf "$metrics"
    git -C "$WORK/holed" -c user.name=t -c user.email=t@localhost \
        commit -qm holed
    git -C "$WORK/holed" branch -qM alone main
    git clone -q --bare --single-branch --no-tags "file://$WORK/holed" \
        "$WORK/holed.git"
    sed "s,/data.git,/holed.git," "$WORK/gridwatch.yaml" > "$WORK/holed.yaml"
}
holed
hole='slot 2026-02-10T12:00:00Z: the record has no metrics'
says holed 65 "$hole"
for command in 'replay night' kpi; do
    is "$command does not pass over a hole" sh -c '
        "$1" --config "$2" $3 > "$2.out" 2> "$2.err"; code=$?
        cat "$2.err"; [ "$code" -eq 65 ] && grep -q "$4" "$2.err"' sh \
        "$BUILD/gridwatch" "$WORK/holed.yaml" "$command" "$hole"
done

# Two configurations: the newest does not stand for both.
printf 'exit:\n  shadow: true\n' > "$WORK/exit_strategy_config.yaml"
is "half an hour in shadow" runs "$(after "$END")" "$(after "$END" 30)"
scenario_end
is "both configurations are named" asked \
    'summary["slots"] == 35 and summary["config_was"] is None and
     len(summary["configs_was"]) == 2 and
     summary["configs_was"][1] == summary["config_is"]'
is "a span of one of them names that one" asked \
    'summary["slots"] == 2 and summary["config_was"] == summary["config_is"]
     and summary["configs_was"] == [summary["config_is"]]' --since "$END"
is "in words as well" sh -c '"$@" | grep -q "under 2 configurations"' \
    sh "$BUILD/gridwatch" --config "$WORK/gridwatch.yaml" whatif
