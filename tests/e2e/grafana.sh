#!/bin/sh
# The dashboard for Grafana: its structure, and that each query asks for
# metrics and labels that there are. Nothing is drawn here. Then each check is
# seen to fail on a dashboard that was changed.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=grafana
. tests/e2e/judge_lib.sh
BOARD=k8s/grafana/gridwatch.json
WORK=$OUT/$NAME
rm -rf "$WORK"
mkdir -p "$WORK"
PROMTOOL=${PROMTOOL:-$(command -v promtool || echo build/servers/usr/bin/promtool)}

sound() {
    PYTHONDONTWRITEBYTECODE=1 python3 tests/e2e/grafana_board.py \
        docs/prometheus.md "$1" "$WORK/rules.yaml"
}

# broken JQ WORDS: a dashboard that was changed so is refused, and why.
broken() {
    jq "$1" "$BOARD" > "$WORK/broken.json"
    ! cmp -s "$BOARD" "$WORK/broken.json" || return 1
    ! sound "$WORK/broken.json" > "$WORK/why" 2>&1 || return 1
    cat "$WORK/why"
    grep -q "$2" "$WORK/why"
}

# The page is printed from the table, and a unit test holds it to that.
is "the page has every metric of the table" sh -c "
    grep -oE '\"gridwatch_[a-z_]+\"' src/expose/family.c | tr -d '\"' | sort > '$WORK/table'
    sed -nE 's/^\| \`(gridwatch_[a-z_]+)\` \|.*/\1/p' docs/prometheus.md | sort > '$WORK/page'
    [ \$(wc -l < '$WORK/table') -ge 40 ] && cmp '$WORK/table' '$WORK/page'"
is "the dashboard is sound" sound "$BOARD"
if [ -x "$PROMTOOL" ]; then
    is "Prometheus reads its queries" "$PROMTOOL" check rules "$WORK/rules.yaml"
else
    echo "SKIPPED grafana: promtool check rules: not installed"
fi
is "a metric that is not there is found" broken \
    '.panels[1].targets[0].expr = "gridwatch_nonsense"' 'gridwatch_nonsense'
is "a label that it does not have, too" broken \
    '(.panels[] | select(.title == "Exit state").targets[0].expr) = "gridwatch_run_exit_code{grid=\"a\"}"' 'label'
is "and in a legend" broken \
    '(.panels[] | select(.title == "Exit state").targets[0].legendFormat) = "{{step}}"' 'legend'
is "a variable that nobody sets" broken \
    '(.panels[] | select(.title == "Exit state").targets[0].expr) = "gridwatch_grid_state{grid=~\"$robot\"}"' 'robot'
is "two panels with one id" broken '.panels[2].id = .panels[1].id' 'id'
is "two panels in one place" broken \
    '.panels[2].gridPos = .panels[1].gridPos' 'overlap'
is "one that is wider than the page" broken '.panels[1].gridPos.w = 25' 'page'
is "one without a query" broken 'del(.panels[1].targets)' 'no query'
is "one without a title" broken '.panels[1].title = ""' 'title'
if command -v kubectl > /dev/null; then
    in_overlay() {
        kubectl kustomize k8s/overlays/prometheus > "$WORK/overlay.yaml"
        python3 - "$WORK/overlay.yaml" "$BOARD" << 'END'
import json
import sys
import yaml
maps = [d for d in yaml.safe_load_all(open(sys.argv[1]))
        if d["kind"] == "ConfigMap"
        and d["metadata"]["labels"].get("grafana_dashboard") == "1"]
assert len(maps) == 1, len(maps)
assert json.loads(maps[0]["data"]["gridwatch.json"]) == json.load(open(sys.argv[2]))
END
    }
    is "the overlay brings it along" in_overlay
else
    echo "SKIPPED grafana: the overlay: kubectl is not installed"
fi
