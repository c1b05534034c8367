#!/bin/sh
# The alert rules: their unit tests, where promtool is; that they ask for what
# there is; that each has its place in the runbook; that the PrometheusRule is
# made of them. Then each test is seen to fail on a rule that was changed.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=alert_rules
. tests/e2e/judge_lib.sh
RULES=k8s/prometheus/gridwatch.rules.yaml
TESTS=k8s/prometheus/gridwatch.test.yaml
WORK=$OUT/$NAME
rm -rf "$WORK"
mkdir -p "$WORK"
PROMTOOL=${PROMTOOL:-$(command -v promtool || echo build/servers/usr/bin/promtool)}

is "the PrometheusRule is made of the rules" sh -c "
    scripts/prometheus_rule.sh |
        cmp - k8s/overlays/prometheus/prometheusrule.yaml"
# Every metric that is named stands in the table.
asked() {
    grep -oE 'gridwatch_[a-z_]+' "$RULES" | sort -u > "$WORK/asked"
    [ "$(wc -l < "$WORK/asked")" -ge 8 ]
    while read -r metric; do
        grep -q "^| \`$metric\` |" docs/prometheus.md ||
            { echo "docs/prometheus.md does not have $metric"; return 1; }
    done < "$WORK/asked"
}
is "they ask for metrics that there are" asked
# GridwatchRunFailing is docs/runbook.md#gridwatch-run-failing.
linked() {
    python3 - "$RULES" << 'END'
import re
import sys
import yaml
rules = yaml.safe_load(open(sys.argv[1]))["groups"][0]["rules"]
assert len(rules) >= 7, len(rules)
for rule in rules:
    want = re.sub(r"(?<!^)([A-Z])", r"-\1", rule["alert"]).lower()
    got = rule["annotations"]["runbook_url"]
    assert got == f"docs/runbook.md#{want}", (rule["alert"], got)
    assert rule["labels"]["severity"] in ("warning", "critical"), rule
END
}
is "each leads to its section of the runbook" linked

if [ -x "$PROMTOOL" ]; then
    is "the rules are sound" "$PROMTOOL" check rules "$RULES"
    is "their tests hold" "$PROMTOOL" test rules "$TESTS"
    cp "$TESTS" "$WORK/"
    for change in 's/> 2400/> 2500/' 's/or absent(.*/or vector(0) > 1/' \
        's/for: 20m/for: 25m/' 's/_known == 0/_known == 2/' 's/> 2700/> 1700/' \
        's/_intents > 0/_intents > 1/' 's/for: 2h/for: 1h/' 's/== 3)/>= 2)/' \
        's/> 1.5/> 0.5/'; do
        sed "$change" "$RULES" > "$WORK/gridwatch.rules.yaml"
        is "with $change they do not" sh -c "
            ! cmp -s '$RULES' '$WORK/gridwatch.rules.yaml' &&
            ! '$PROMTOOL' test rules '$WORK/gridwatch.test.yaml'"
    done
else
    echo "SKIPPED alert_rules: promtool is not here ('./bootstrap servers' fetches it)"
fi
