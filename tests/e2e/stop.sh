#!/bin/sh
# Trading stops for four days, over the moment at which the windows would begin
# later. Until it goes on the windows are those of the last bar, whatever a
# run has to fetch for that, and verify comes to the same numbers; also when
# the stop stands where the windows begin.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=stop
. tests/e2e/judge_lib.sh

# 15m, 1h and 4h bars whose numbers are multiples of 1024 open at 01-27T00:00Z
# (1769472000 s = 1920 x 1024 x 900 s = 120 x 1024 x 14400 s). Fifteen-minute
# windows begin there from 02-06T16:00Z on.

follows() {
    gridwatch verify > "$WORK/verified" 2>&1 || { cat "$WORK/verified"; return 1; }
}

# world NAME FROM STOPS GOES_ON: the seed's candles without those that open in
# [STOPS, GOES_ON); the grid begins at FROM, and its slots up to the stop.
world() {
    scenario_end
    candles=$OUT/$NAME-$1.csv
    "$BUILD/gridwatch-sim" bars --walk 7:quiet |
        awk -F , -v from="$(date -u -d "$3" +%s)" \
            -v to="$(date -u -d "$4" +%s)" \
            'NR == 1 || $1 < from || $1 >= to' > "$candles"
    scenario_begin "$OUT/$NAME" BTC-USDT --data "BTC-USDT=$candles" --now "$2"
    scenario_grid stop 56400:63600:55554 "$2"
    is "$1: the hours before run" runs "$2" "$3"
}

world "four days" 2026-01-24T22:00:00Z 2026-01-25T00:00:00Z 2026-01-29T00:00:00Z
is "the night before the windows would move is filled" ends 2026-01-26T23:00:00Z 0
is "and the day after, of which no candle is there" ends 2026-01-28T12:00:00Z 0
is "so is what comes before trading goes on" ends 2026-01-28T23:45:00Z 0
is "it goes on" runs 2026-01-29T00:00:00Z 2026-01-29T02:00:00Z
is "what was recorded follows from the record" follows
is "a week" ends 2026-02-04T00:00:00Z 0
is "another" ends 2026-02-08T12:00:00Z 0
is "and the run after it" ends 2026-02-08T12:15:00Z 0
is "windows that begin in the stop follow, too" follows
is "every document is valid" gridwatch validate "$WORK/data.git"

# No candle is in reach of what a run asks for: the record says where they are.
world "three weeks" 2026-01-17T22:00:00Z 2026-01-18T00:00:00Z 2026-02-09T00:00:00Z
is "a week of the stop" ends 2026-01-24T00:00:00Z 0
is "another" ends 2026-01-31T00:00:00Z 0
is "and another" ends 2026-02-07T00:00:00Z 0
is "a run of which no candle is within reach" ends 2026-02-07T00:15:00Z 0
is "it goes on" runs 2026-02-08T23:45:00Z 2026-02-09T01:00:00Z
is "all of it follows" follows
