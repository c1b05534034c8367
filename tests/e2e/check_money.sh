#!/bin/sh
# A few drawn grids of `make check-money`: the books of the fills are the
# simulator's, the model's interval holds them, and what is written can be read.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=check_money
. tests/e2e/checks.sh
SHOW='head -n 40'

cat > "$OUT/$NAME.py" <<'PYTHON'
import json
import sys

said = json.load(open(sys.argv[1]))
assert said['grids'] == 24 and said['recorded'] == 0, said
assert said['failures'] == 0 and said['fills'] > 1000, said
for key in 'books', 'average', 'shown', 'net', 'at_risk':
    row = said['exchange'][key]
    assert row['compared'] > 1000 and row['different'] == 0, (key, row)
    most = 1e-4 if key == 'at_risk' else 1e-8
    assert row['farthest'] < most, (key, row)
model = said['model']
assert model['sure']['slots'] > 1000 and model['late'] == 0, model
assert model['sure']['inventory'] == model['sure']['lower'] == 0, model
assert model['unpaid']['inventory'] == model['risk_high'] == 0, model
rows = {row['key']: row for row in said['classes']}
assert rows['all']['slots'] == sum(model[k]['slots'] for k in ('sure', 'unpaid'))
assert rows['all']['slots'] == rows['runs']['slots'] + \
    rows.get('stopped', {'slots': 0})['slots']
for row in rows.values():
    for share in row['upper'], row['upper_by_grid']:
        assert 0 <= share['low'] <= share['share'] <= share['high'] <= 1, row
    assert 0 <= row['inventory_mean'] <= 1 and row['net_mean'] >= 0, row
assert rows['all']['upper']['share'] >= .99, rows['all']
PYTHON

is "the fills make the books, the model holds them" "$BUILD/check_money" \
    --grids 24 --json "$OUT/$NAME.json"
cp "$OUT/$NAME.is" "$OUT/$NAME.table"
is "the JSON says it all" python3 "$OUT/$NAME.py" "$OUT/$NAME.json"
is "that nothing recorded was looked at is said" \
    grep -q '^SKIPPED recorded bars' "$OUT/$NAME.table"
is "a grid alone is what it was among all" "$BUILD/check_money" --grids 24 \
    --only 5 --json "$OUT/$NAME.one"
is "one grid and no more" grep -q '"grids": 1,' "$OUT/$NAME.one"
is_not "no such word" "$BUILD/check_money" --fast 1
is_not "a file that is not there" "$BUILD/check_money" --grids 1 "$OUT/none.zst"
is_not "a file that cannot be written is an error" "$BUILD/check_money" \
    --grids 2 --json "$OUT/none/there.json"

end_checks
