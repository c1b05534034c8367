#!/bin/sh
# The classifier and its reference in another language, which shares no line
# with it, make the same inputs of a seed and the same of the inputs: every
# label, run and answer the same word, every number within 1e-12.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=regime_oracle
ROWS=12500
. tests/e2e/checks.sh
SHOW='head -n 20'

command -v python3 > /dev/null || skip_all "python3 is not installed"

reference=tests/oracles/regime_reference.py
rows=$OUT/regime_rows
"${CC:-cc}" -std=c11 -O1 -ffp-contract=off -Isrc -Itests/unit/regime \
    -o "$rows" tests/oracles/regime_rows.c tests/unit/regime/made_rows.c \
    src/regime/*.c src/base/*.c src/market/*.c -lm

for seed in 1 2 3; do
    "$reference" rows "$ROWS" "$seed" > "$OUT/$NAME.rows"
    "$rows" rows "$ROWS" "$seed" > "$OUT/$NAME.made"
    is "the inputs of seed $seed" cmp "$OUT/$NAME.rows" "$OUT/$NAME.made"
    "$reference" run < "$OUT/$NAME.rows" > "$OUT/$NAME.want"
    "$rows" run "$ROWS" "$seed" > "$OUT/$NAME.got"
    is "the regimes of seed $seed" \
        "$reference" compare "$OUT/$NAME.want" "$OUT/$NAME.got"
done
end_checks
