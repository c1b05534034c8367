#!/bin/sh
# The judge must be able to say no. In a copy of the tree one bug at a time is
# planted, the program is built and runs through a short seeded walk, and the
# judge must fail the check that is named; without a bug it must fail nothing.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=judge_red
. tests/e2e/judge_lib.sh

SEED=7
FROM=2026-02-10T10:00:00Z
TO=2026-02-10T18:00:00Z
COPY=$OUT/$NAME-tree
GOOD=$BUILD
. tests/e2e/planted.sh

# look TIME PRICE: one between two slots, at a last trade 20 s before.
look() {
    ms=$((($(date -u -d "$1" +%s) - 20) * 1000))
    fault PUT "{\"path\": \"/api/v1/market/orderbook/level1\", \"body\":
        \"{\\\"code\\\":\\\"200000\\\",\\\"data\\\":{\\\"time\\\":$ms,\\\"price\\\":\\\"$2\\\"}}\"}"
    scenario_clock "$1" "$SCENARIO_SETTLE"
    gridwatch run --look --at "$1" >> "$WORK/log" 2>&1 || true
    fault DELETE
}

# The same walk; LATEST is looked at, until the stop is touched.
run_with_looks() {
    runs "$FROM" 2026-02-10T15:45:00Z || true
    look 2026-02-10T15:35:00Z 56300
    look 2026-02-10T15:40:00Z 56200
    runs 2026-02-10T15:45:00Z 2026-02-10T16:15:00Z || true
    look 2026-02-10T16:05:00Z 57000
    look 2026-02-10T16:10:00Z 55500
    runs 2026-02-10T16:15:00Z "$TO" || true
}

just_run() {
    runs "$FROM" "$TO" || true
}
WALK=just_run

# verdict LOG: the short walk with the program of the copy, and the judge.
verdict() {
    scenario_end
    BUILD=$COPY/red
    scenario_begin "$OUT/$NAME" BTC-USDT --walk "BTC-USDT=$SEED" \
        --now "$FROM"
    "$BUILD/gridwatch-sim" bars --walk "$SEED" > "$WORK/walk.csv"
    scenario_grid red 56400:63600:55554 "$FROM"
    "$WALK"
    code=0
    scenario_judge "$WORK/walk.csv" "$FROM" "$TO" > "$1" || code=$?
    BUILD=$GOOD
    return "$code"
}

says_no() {
    code=0
    verdict "$1" || code=$?
    if [ "$code" -eq 1 ] && grep "^FAIL $2 " "$1"; then
        return 0
    fi
    echo "the judge ended with $code and did not fail '$2'"
    cat "$1"
    return 1
}

# red WHAT CHECK FILE SED...: planted, the bug makes that check fail.
red() {
    bug=$1
    check=$2
    shift 2
    is "'$bug' can be planted" plant "$@"
    is "'$bug' can be built" build
    is "the judge sees '$bug'" says_no "$OUT/$NAME.log" "$check"
    mend
}

# How a bar is found to have closed, and what stands there then.
CLOSED='(bar_close_ms(&s->bars\[mid\], s->tf) <= slot_ms)'
closes() {
    echo "s/$CLOSED/(bar_close_ms(\\&s->bars[mid], s->tf) $1)/"
}

copy_tree
is "the copy can be built" build
is "the judge has nothing against the unbroken program" \
    verdict "$OUT/$NAME.log"

red "messages are not sent" received src/run/notify.c \
    's/if (run_has_channel(r))$/if (0 \&\& run_has_channel(r))/'
red "messages are not sent but confirmed" received src/run/notify.c \
    's/int rc = \(send(r, m, b, place, .*)\);/int rc = 0 \&\& \1;\
    result.outcome = PUSHOVER_DELIVERED;/'
red "messages are sent twice" received src/run/notify.c \
    's/int rc = \(send(r, m, b, place, .*)\);/int rc = \1 || \1;/'
red "one 1h close is enough" answers src/exit/ask_boundary.c \
    's/r\.hits >= r\.of ?/r.hits >= 1 ?/'
red "the newest bar is not seen" volatility src/market/series.c \
    "$(closes '< slot_ms')"
red "a bar of the future is seen" volatility src/market/series.c \
    "$(closes '<= slot_ms + 900000')" src/run/fetch.c \
    's/{ from_ms, r->slot_ms }/{ from_ms, r->slot_ms + MS_PER_SLOT }/'
red "a trigger leaves where it enters" answers src/exit/ask.c \
    's/active ? limits.leave : limits.enter/active ? limits.enter : limits.enter/'
red "pi confirms whatever it is" ladder src/exit/ask.c \
    's/r\.gate = pi_reaches(in, least);/r.gate = pi_reaches(in, 0 * least);/'
red "warnings need not last" together src/exit/exit_state.c \
    's/bool too_short = .*/bool too_short = held < 0;/'
red "the 4h bar before the newest is read" probabilities src/regime/chain.c \
    's/^    c->odds_4h = \(regime_odds_of(.*)\);/    static struct regime_odds late;\
    c->odds_4h = late;\
    late = \1;/'
red "the hours of the week are not told apart" metrics src/metrics/metric.c \
    's/return expansion_deseasonalised(/return expansion_raw(/'
red "the baseline is of raw half-lives" memory src/metrics/hourly.c \
    's/half_life_corrected(&bank_1h->hl200)/half_life_raw(\&bank_1h->hl200)/'
red "entering a range costs nothing" gates src/gate/gate_terms.c \
    's/^#define ENTRY_CAPITAL \.5 /#define ENTRY_CAPITAL 0. /'
red "waiting costs the same every hour" waiting src/engine/evaluate.c \
    's/sqrt(4\.0 \* waiting_hours\[i\])/sqrt(4.0)/'

# --- between two slots ---------------------------------------------------------

WALK=run_with_looks
is "the copy without a bug can be built again" build
is "the judge has nothing against the looks" verdict "$OUT/$NAME.log"
found() {
    grep "^ok looks [234] events" "$OUT/$NAME.log"
}
is "of which there are some" found

red "a touched stop has the time of its slot" kept src/exit/exit_state.c \
    's/touched_ms(in), next);/0 * touched_ms(in) + before.slot_ms, next);/'
red "a look forgets the origin's rules" look-states src/exit/exit_state.c \
    's/out->literal\[M_STOP\] = .*/out->literal[M_STOP] = false;/'
red "a look notes what is known" looks src/engine/look.c \
    's/if (now == look_recorded(in))/if (now == SIDE_NONE)/'
red "the stop is touched below it only" looks src/exit/ask_stop.c \
    's/distance <= 0 ? ANSWER_YES/distance <= -.01 ? ANSWER_YES/'
