#!/bin/sh
# The checker of the faults must be able to say no. In a copy of the tree one
# bug at a time is planted, and a case that the unbroken program passes must
# fail, with the words that are named.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=faults_red
. tests/e2e/judge_lib.sh
COPY=$OUT/$NAME-tree
GOOD=$BUILD
. tests/e2e/planted.sh

# checks PROGRAMS LIKE: the cases of that name.
checks() {
    PYTHONDONTWRITEBYTECODE=1 tests/faults/faults.py --programs "$1" \
        --dir "$OUT/$NAME" --like "$2" > "$OUT/$NAME.log" 2>&1
}

says_no() {
    if checks "$COPY/red" "$1"; then
        echo "nothing was found"
        return 1
    fi
    grep "$2" "$OUT/$NAME.log" || { cat "$OUT/$NAME.log"; return 1; }
}

# red WHAT CASES WORDS FILE SED...
red() {
    bug=$1
    cases=$2
    words=$3
    shift 3
    is "'$cases' is good without a bug" checks "$GOOD" "$cases"
    is "'$bug' can be planted" plant "$@"
    is "'$bug' can be built" build
    is "the checker sees '$bug'" says_no "$cases" "$words"
    mend
}

copy_tree
is "the copy can be built" build

red "what is owed is not sent by the next run" ": hang up at message" \
    "was never settled" src/run/recall.c \
    's/i < g->open_count; i++/i < 0 * g->open_count; i++/'
red "a request is tried once" ": 503 once at candles" \
    "though a second try would have done" src/net/http.c \
    's/r->reply\.tries >= policy->max_tries/r->reply.tries >= 1/'
red "a number that is missing answers no" ": NaN at candles" \
    "says no, not yes" src/exit/ask.c \
    's/r\.answer = value_missing_answer(x);/r.answer = ANSWER_NO;/'
red "a stale answer is taken" ": stale rows at candles" \
    "quarantined" src/run/candles.c \
    's/^    return !known\.count || .*/    return 0 * known.count;/'
red "who counts the runs is told that all is well" ": 500 at message" \
    "heartbeat of .* not \[('start', None), ('exit', '75')\]" src/run/beat.c \
    's/(int)r->exit, &err/0 * (int)r->exit, \&err/'
