#!/bin/sh
# How exit rules are chosen on the past alone (tools/folds.py): by hand, seen
# red, and its KPIs against the program's on lives of made-up candles.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=folds
. tests/e2e/checks.sh
WORK=$OUT/$NAME
export PYTHONDONTWRITEBYTECODE=1
rm -rf "$WORK"
mkdir -p "$WORK/candles"

# by_hand FILE [--broken]: its counts are put to FILE.
by_hand() {
    file=$1
    shift
    python3 tests/e2e/folds_by_hand.py "$@" > "$file" || :
    tail -n 1 "$file" | grep -qE '^[0-9]+ ok, [0-9]+ failed$'
}

if by_hand "$WORK/by_hand"; then
    counts=$(tail -n 1 "$WORK/by_hand")
    PASSED=$((PASSED + ${counts%% *}))
    bad=${counts#*, }
    FAILED=$((FAILED + ${bad%% *}))
    grep '^FAILED' "$WORK/by_hand" | sed "s/^FAILED/FAILED $NAME:/" || :
else
    fail "the examples did not come to an end"
fi

# Without purge, embargo and lock, what is said of each must be false.
by_hand "$WORK/broken" --broken || fail "nor did the broken ones"
for claim in 'two of five are known' 'when the embargo is over' \
    'who is not over before the lock' 'nobody reads the locked part' \
    'the choice is that of the past'; do
    if grep -q "^FAILED.*$claim" "$WORK/broken"; then
        pass
    else
        fail "without the splitter '$claim' still holds"
    fi
done

by_hand "$WORK/study" --study || fail "nor did those of a broken study"
for claim in 'the study holds 72 h back' 'the study holds 160 h back' \
    'the study reads nothing of the locked part'; do
    if grep -q "^FAILED $claim" "$WORK/study"; then
        pass
    else
        fail "of a study without lock and embargo '$claim' still holds"
    fi
done

for seed in 4 5; do
    "$BUILD/gridwatch-sim" bars --regimes $seed:3000 \
        > "$WORK/candles/MADE$seed-SIM-15m.csv"
done
"$BUILD/gridwatch" backtest -q --walk 0 --data "$WORK/candles" \
    --lives "$WORK/lives.csv" --json > "$WORK/60.json"
"$BUILD/gridwatch" backtest -q --merge "$WORK/lives.csv" --delay 4h --json \
    > "$WORK/240.json"
if python3 - "$WORK" <<'PYTHON'
import json, sys
sys.path.insert(0, "tools")
import folds, study_folds
cases = study_folds.read({"only": sys.argv[1] + "/lives.csv"})
held = 0
for delay in 60, 240:
    said = json.load(open(f"{sys.argv[1]}/{delay}.json"))
    for w in said["widths"]:
        sums = folds.added(cases[w["half_width_atr"], delay]["only"])
        for name, (num, den) in zip(folds.NAMES, sums):
            its = w[name]
            assert den == its["n"], (name, delay, den, its)
            if den:
                assert abs(num / den - its["value"]) < 1e-12, (name, num, its)
                held += den > 20
assert held >= 10, held
PYTHON
then
    pass
else
    fail "KPIs here are not those of the program"
fi

end_checks
