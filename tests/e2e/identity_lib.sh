# identity_lib.sh - read by the tests that hold three ways to one record, after
# judge_lib.sh.

# identity SYMBOL CANDLES RANGE START END SIM_OPTION...: one grid from START on.
# Its first slot is the one after; CANDLES is a plain file of what the simulator
# serves.
identity() {
    symbol=$1 candles=$2 range=$3 start=$4 end=$5
    shift 5
    FIRST=$(after "$start")
    scenario_begin "$OUT/$NAME-work" "$symbol" "$@" --now "$start"
    scenario_grid same "$range" "$start"
    is "the runs from $FIRST to $end" runs "$FIRST" "$end"
    scenario_end
    is "the record is replayed" gridwatch replay same -q --evaluations \
        "$WORK/replayed.yaml"
    mkdir "$WORK/candles"
    cp "$candles" "$WORK/candles/$(echo "$symbol" | tr -d -)-SIM-15m.csv"
    git --git-dir "$WORK/data.git" show HEAD:grids/same.yaml \
        > "$WORK/same.yaml"
    is "the candles are gone through" gridwatch backtest -q --data \
        "$WORK/candles" --grids --evaluations "$WORK/backtested.yaml" \
        --tick "$TICK" --step "$STEP" "$WORK/same.yaml"
    is "all three are the same bytes" tests/e2e/identity.py \
        "$WORK/data.git" same "$FIRST" "$end" "$WORK/replayed.yaml" \
        "$WORK/backtested.yaml"
    cp "$OUT/$NAME.is" "$WORK/identity.log"
}
