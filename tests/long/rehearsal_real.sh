#!/bin/sh
# Known breaks of recorded candles: was the first alert there in time? With the
# shipped rules, and without L_CRISIS.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=rehearsal_real
. tests/rehearsal/lib.sh
CANDLES=${GRIDWATCH_DATA:-../shared/data}
for file in $(sed -n '/^#/!p' tests/rehearsal/expected.tsv | cut -f 2 |
    sort -u); do
    [ ! -r "$CANDLES/$file.csv.zst" ] || continue
    echo "skipped $NAME: no '$CANDLES/$file.csv.zst'; GRIDWATCH_DATA names" \
        "its directory"
    end_skipped
done
rehearse shipped "$CANDLES" tests/rehearsal/expected.tsv
rehearse by_pi "$CANDLES" tests/rehearsal/expected.tsv
sed 's/^/shipped: /' "$WORK/shipped.log"
grep -E '^(leads|rehearsal)' "$WORK/by_pi.log" | sed 's/^/without L_CRISIS: /'

# The page shows what was just seen.
while read -r _ day n leads; do
    [ "$day" != all ] || day='**all**'
    row="  | $day | $n | $(echo "$leads" | sed 's/ / | /g') |"
    is "docs/backtest.md has the leads of $day" \
        grep -qxF -e "$row" docs/backtest.md
done <<EOF
$(grep '^leads' "$WORK/shipped.log")
EOF
end_checks
