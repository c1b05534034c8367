#!/bin/sh
# What operations promise, in one go (make check-ops): the daemon, /healthz and
# /metrics, looks between the slots, the watchdog, the doctor and notify --test,
# heartbeats, the alert rules of Prometheus and the dashboard, the runbook.
# Names what was skipped, and why; ends with 'N passed, N failed[, N skipped]'.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
TALLY=$BUILD/tally
LOG=$BUILD/ops.log
export BUILD
SCRIPTS="daemon look watchdog doctor heartbeat alert_rules grafana"
# Parts of names of unit tests: the runbook has a section for everything; the
# pages of the daemon, a slow caller of them, what it does next.
UNITS="_section have_theirs half_a_request health_says looks"

tests/tally.sh clear "$TALLY"
for name in $SCRIPTS; do
    echo "$name tests/e2e/$name.sh"
done | xargs -P "$(($(nproc) + 1))" -L 1 tests/tally.sh run "$TALLY" \
    > "$LOG" 2>&1 || true
for part in $UNITS; do
    for tests in pure edge; do
        "$BUILD/${tests}_tests" - "$part" > "$BUILD/ops.part" 2>&1 || true
        # Not every part of a name is in both programs.
        ! grep -q 'no test is named like' "$BUILD/ops.part" || continue
        tests/tally.sh run "$TALLY" "${tests}_$part" \
            "$BUILD/${tests}_tests" "$TALLY/${tests}_$part" "$part" \
            > "$BUILD/ops.part" 2>&1 || true
        cat "$BUILD/ops.part" >> "$LOG"
    done
    ls "$TALLY"/*_"$part" > /dev/null 2>&1 || {
        echo "FAILED ops: no unit test is named like '$part'" >> "$LOG"
        echo "0 1 0" > "$TALLY/none_$part"
    }
done
# A script that skips a part of itself says so and does not count it.
grep -c '^SKIPPED' "$LOG" | sed 's/^/0 0 /' > "$TALLY/skipped" || true
grep -vE '_tests: [0-9]+ tests passed, 0 failed' "$LOG" || true
tests/tally.sh sum "$TALLY"
