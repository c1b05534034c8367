#!/bin/sh
# A record that began before theta and the ATR of the start were kept: verify
# still computes all of it, and what a run adds to it. The old record is one of
# today with both taken out of every commit; with the table off L_HAZ has the
# limits that it had then. So with three options that are younger: at 0 their
# rules are what they were, pi-24h-1 was the only model of pi, and without them
# the configuration is as it was written.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=upgrade
. tests/e2e/judge_lib.sh

FROM=2026-02-10T14:00:00Z
TO=2026-02-10T16:00:00Z

verify() {
    gridwatch verify "$@" > "$WORK/verify.log" 2>&1 ||
        { head -n 5 "$WORK/verify.log"; return 1; }
}

# without FILTER: the history with each tree put through it.
without() {
    git clone -q "$WORK/data.git" "$WORK/clone" && (
        cd "$WORK/clone"
        FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --tree-filter "$1" \
            > /dev/null 2>&1
        git push -qf origin HEAD:main)
    rm -rf "$WORK/clone"
}

# count PATTERN FOLDER: files of the tip that say so.
count() {
    git --git-dir "$WORK/data.git" grep -lE "$1" main -- "$2" | wc -l
}

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
cat > "$WORK/exit_strategy_config.yaml" << YAML
exit:
  pi_model: pi-24h-1
  gate: 0.37
  l_haz: {table: false, enter: 0.40, leave: 0.30}
  l_crisis: {pi: 0}
  m_equity: {range: 0}
YAML
scenario_grid old 56400:63600:55554 "$FROM"
is "a night runs" runs "$FROM" "$TO"
is "which follows" verify
[ "$(count '^  theta:' exits)" -ge 8 ] || fail "it has eight slots with a theta"
is "the record is made old" without "
    find exits latest -name '*.yaml' -exec sed -i '/^  theta:/d' {} + 2> /dev/null
    sed -i -E '/^exit\.(l_crisis\.pi|m_equity\.range|pi_model):/d' config/*.yaml 2> /dev/null
    find state -name '*.yaml' -exec sed -i '/^ *atr_entry:/d' {} + 2> /dev/null
    true"
is "nothing of it names theta" [ "$(count '^  theta:' .)" -eq 0 ]
is "nor pi beside a crisis" [ "$(count 'l_crisis.pi' config)" -eq 0 ]
is "nor a model of pi" [ "$(count '^(exit\.|  )pi_model:' .)" -eq 0 ]
is "nor the ATR of the start" [ "$(count 'atr_entry: [0-9]' state)" -eq 0 ]
is "the old record follows" verify
is "a run goes on from it" runs 2026-02-10T16:00:00Z 2026-02-10T16:45:00Z
is "with theta from there on" [ "$(count '^  theta:' exits)" -ge 3 ]
is "and all of it follows" verify

# What the old configuration does not state was the only model there was.
sed -i '/pi_model/d' "$WORK/exit_strategy_config.yaml"
is "the other model is asked" runs 2026-02-10T17:00:00Z 2026-02-10T18:45:00Z
is "and all of it follows still" verify
changes() {
    gridwatch log > "$WORK/log.txt"
    grep -qF ': exit.pi_model pi-24h-1 -> pi-24h-2' "$WORK/log.txt" ||
        { cat "$WORK/log.txt"; return 1; }
}
is "and the log tells no other change" changes

# Once it is named it cannot go again.
is "a later one is taken out" without "
    sed -i '/^  theta:/d' exits/old/2026/02/10/1630.yaml 2> /dev/null
    true"
lacks() {
    ! gridwatch verify > "$WORK/verify.log" 2>&1
    cat "$WORK/verify.log"
    grep -q 'evaluation.theta' "$WORK/verify.log"
}
is "which is found, by its name" lacks
scenario_end
