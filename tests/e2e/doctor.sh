#!/bin/sh
# gridwatch doctor: in a sound world every check is ok, and it ends with 0. Then
# one thing at a time is broken: its line names it, with a remedy, and the exit
# code is that of the worst. Nothing is changed anywhere, nothing is sent
# without --send, and no secret is shown. notify --test and the warning of `grid
# create` besides.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=doctor
. tests/e2e/judge_lib.sh

FROM=2026-02-10T16:00:00Z
NOW=2026-02-10T16:07:00Z
export KUCOIN_API_KEY=65PLANTEDkey KUCOIN_API_SECRET=PLANTEDsecret
export KUCOIN_API_PASSPHRASE=PLANTEDpass
export NTFY_ALERT_TOKEN=tk_PLANTEDntfy GIT_TOKEN=ghp_PLANTEDtoken

CHECK=0a1b2c3d-5ec0-4e75-8000-0badc0ffee00
scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$FROM"
export HEARTBEAT_URL="$WORLD/ping/$CHECK" NTFY_ALERT_URL="$WORLD/PLANTEDtopic"
REMOTE=$WORK/remote.git
git init -q --bare -b main "$REMOTE"
sed -i "s|^  fsync: false|&\n  remote: $REMOTE|; s|^notify:|&\n  time_zone: Europe/Berlin|" \
    "$WORK/gridwatch.yaml"
printf 'record:\n  remote: %s\n' "$REMOTE" > "$WORK/watchdog.yaml"
# key PERMISSIONS [MORE]: the exchange knows our key as one that may do that.
key() {
    put account "{${2:-}\"key\": \"$KUCOIN_API_KEY\", \"secret\": \"$KUCOIN_API_SECRET\",
        \"passphrase\": \"$KUCOIN_API_PASSPHRASE\", \"permission\": \"$1\", \"whitelist\": \"203.0.113.7\"}"
}
key General
scenario_clock "$FROM"
gridwatch init >> "$WORK/log" 2>&1
# create ID STOP: half a range of some 15 ATR(4h).
create() {
    gridwatch grid create "$1" --symbol BTC-USDT --lower 52000 --upper 68000 \
        --stop "$2" --levels 20 --capital 10000 --spacing arithmetic \
        --start-price 60000 --at "$FROM" 2> "$WORK/create.err"
}
is "a grid" create slice 48000
is "and a run" runs "$FROM" 2026-02-10T16:15:00Z

# examine CODE [OPTION...]: what the doctor says, in $WORK/out.
examine() {
    want=$1 code=0
    shift
    gridwatch doctor --at "$NOW" "$@" > "$WORK/out" 2> "$WORK/err" || code=$?
    cat "$WORK/out" "$WORK/err" >> "$WORK/all"
    [ "$code" -eq "$want" ] || { echo "code $code"; cat "$WORK/out" "$WORK/err"; return 1; }
}
# says GRADE CHECK [SUBJECT] TEXT: such a line is there; a warning or worse has
# its remedy behind it.
says() {
    grep -A 1 "^$1 *$2: .*$3" "$WORK/out" > "$WORK/said" || { cat "$WORK/out"; return 1; }
    case $1 in warn | FAIL) sed -n 2p "$WORK/said" | grep -q '^        -> .' ;; esac
}
# Messages alone: not what is asked of the phone, nor a note to the heartbeat.
heard_all() {
    jq -r 'select(.method == "POST" and (.path | test("^/(ping/|1/users/)") | not)) | .path' \
        "$RECEIVED" | wc -l
}
: > "$WORK/all"

# --- A sound world -----------------------------------------------------------

tip=$(git --git-dir "$REMOTE" rev-parse main)
before=$(heard_all)
is "a sound world ends with 0" examine 0
is "nothing fails, nothing is warned of" grep -q '^[0-9]* ok, 0 warn, 0 FAIL, ' "$WORK/out"
for check in config secrets limits delay time-zone quiet-hours record record-write disk memory \
    remote exchange key account 'grids slice' listen watchdog; do
    is "$check is ok" says ok "$check" .
done
is "the clock is not asked with --at" says skipped clock 'names the time'
is "the phone is asked, and not rung" says ok 'channels pushover' 'knows token, user key and a phone'
is "other channels are not tried" says skipped 'channels ntfy' 'not tried'
is "the heartbeat is not tried" says ok 'heartbeat HEARTBEAT_URL' 'not tried'
is "the newest slot is there" says ok 'slots slice' '2026-02-10T16:00:00Z'
is "the app's figures: the range" grep -q '^    lower bound          52000 USDT$' "$WORK/out"
is "the app's figures: the lines" grep -q '^    lines                21$' "$WORK/out"
is "nobody was told" test "$(heard_all)" -eq "$before"
is "nothing was committed or pushed" test "$(git --git-dir "$REMOTE" rev-parse main)" = "$tip"
is "as JSON" examine 0 --json
json() {
    jq -e '.exit == 0 and .warn == 0 and .fail == 0 and .ok >= 15 and
        .figures[0].lower == 52000 and .figures[0].stop_above == null and
        ([.checks[] | select(.grade == "ok") | .remedy] | unique) == [null]' "$WORK/out"
}
is "with figures, and null for what is not there" json
is "quiet" examine 0 --quiet
is "says the sum alone" test "$(wc -l < "$WORK/out")" -eq 1
is "with --send" examine 0 --send
is "the phone took it" says ok 'channels pushover' 'took a test message'
is "the heartbeat took a note" says ok 'heartbeat HEARTBEAT_URL' 'took a note'
is "which says nothing of a run" test log = \
    "$(jq -r 'select(.path | startswith("/ping/")).fields.signal' "$RECEIVED" | tail -n 1)"
is "ntfy took it" says ok 'channels ntfy' 'took a test message'
is "and both heard it once" test "$(($(heard_all) - before))" -eq 2

# --- One thing at a time -----------------------------------------------------

cp "$WORK/gridwatch.yaml" "$WORK/sound.yaml"
sound() {
    cp "$WORK/sound.yaml" "$WORK/gridwatch.yaml"
}
echo 'exchnge: {}' >> "$WORK/gridwatch.yaml"
is "configuration: 78" examine 78
is "the key is named, and the one that was meant" says FAIL config "'exchnge': did you mean 'exchange'"
is "the rest is not looked at" says skipped exchange 'configuration is not sound'
sound

(
    unset KUCOIN_API_SECRET
    examine 78
) && code=0 || code=1
is "a part of the key: 78" test "$code" -eq 0
is "it is named" says FAIL 'secrets KUCOIN_API_KEY' '2 of its three parts'

half() (
    unset PUSHOVER_USER
    examine 78
)
is "half of the phone's secrets: 78" half
is "it is said which" says FAIL 'secrets PUSHOVER_USER' 'is not set, and PUSHOVER_TOKEN is'
nowhere() (
    mkdir -p "$WORK/elsewhere"
    gw=$(cd "$(dirname "$BUILD/gridwatch")" && pwd)/gridwatch
    cd "$WORK/elsewhere"
    "$gw" doctor > "$WORK/out" 2> "$WORK/err" || true
    "$gw" status 2> "$WORK/err" && return 1
    "$gw" help watchdog > "$WORK/help"
)
is "a directory without anything" nowhere
is "it is said that there are defaults alone" says warn config \
    "there is no 'config/gridwatch.yaml' here"
is "and where the record is missing" grep -q \
    "^gridwatch: data repository 'data.git' in '.*/elsewhere' is not there and there is no remote to clone: run 'gridwatch init', or go to the directory that has it" \
    "$WORK/err"
is "the watchdog's help names its own file" grep -q \
    'its own configuration (config/watchdog.yaml)' "$WORK/help"
is "and no exit strategy" sh -c "! grep -e exit-config '$WORK/help'"

printf '%s' "$PUSHOVER_TOKEN" > "$WORK/token"
chmod 644 "$WORK/token"
(
    unset PUSHOVER_TOKEN
    PUSHOVER_TOKEN_FILE=$WORK/token examine 0
) && code=0 || code=1
rm -f "$WORK/token"
is "an open file: a warning" test "$code" -eq 0
is "it is named by its variable" says warn 'secrets PUSHOVER_TOKEN_FILE' 'others can read'

(
    unset PUSHOVER_TOKEN PUSHOVER_USER NTFY_ALERT_URL
    examine 78
) && code=0 || code=1
is "nobody is told: 78" test "$code" -eq 0
is "it is said" says FAIL channels 'nobody is told'

sed -i 's|^notify:|&\n  quiet_hours: "07:00-06:00"|; s|Europe/Berlin|UTC|' "$WORK/gridwatch.yaml"
is "quiet all day: a warning" examine 0
is "it says how long" says warn quiet-hours '23 h 0 min of each day'
is "UTC is a warning" says warn time-zone 'all times are UTC'
sound

printf 'exit:\n  l_haz: {enter: 0.40, leave: 0.30}\n  gate: 0.37\n' \
    > "$WORK/exit_strategy_config.yaml"
is "a file from before the model that is asked: a warning" examine 0
is "it says which numbers" says warn limits '0.40, 0.30 and 0.37, as pi-24h-1 had them'
printf 'exit: {pi_model: pi-24h-1, gate: 0.37}\n' > "$WORK/exit_strategy_config.yaml"
is "with the model that they are of: none" examine 0
is "and it is named" says ok limits pi-24h-1
printf 'exit: {operator_delay: 3h}\n' > "$WORK/exit_strategy_config.yaml"
is "who takes long: a warning" examine 0
is "it says what that costs" says warn delay 'is 3h: who takes 4 h leaves 83 of 100'
rm "$WORK/exit_strategy_config.yaml"

echo 'daemon: {listen: "0.0.0.0:9464"}' >> "$WORK/gridwatch.yaml"
is "a daemon that others can ask: a warning" examine 0
is "it says what they see" says warn listen '0.0.0.0:9464: whoever reaches it'
sound
echo "daemon: {listen: \"127.0.0.1:${WORLD##*:}\"}" >> "$WORK/gridwatch.yaml"
is "a port that is taken: a warning" examine 0
is "it says that the daemon may not begin" says warn listen 'is taken: unless it is the daemon'
sound
echo 'daemon: {listen: "192.0.2.1:9464"}' >> "$WORK/gridwatch.yaml"
is "an address of nobody: a warning" examine 0
is "it says why" says warn listen 'cannot be listened on here: Cannot assign'
sound
echo 'daemon: {listen: ""}' >> "$WORK/gridwatch.yaml"
is "one that does not listen is none" examine 0
is "and is ok" says ok listen 'does not listen'
sound

unset HEARTBEAT_URL
mv "$WORK/watchdog.yaml" "$WORK/w.yaml"
is "nobody watches: warnings" examine 0
is "no heartbeat" says warn heartbeat 'neither HEARTBEAT_URL nor NTFY_URL'
is "no watchdog" says warn watchdog 'is there one elsewhere'
echo 'record: {remote: /elsewhere.git}' > "$WORK/watchdog.yaml"
is "a watchdog of another remote" examine 0
is "is a warning" says warn watchdog 'another remote'
mv "$WORK/w.yaml" "$WORK/watchdog.yaml"
export HEARTBEAT_URL="$WORLD/ping/$CHECK"

fault PUT '{"path": "/ping/*", "status": 404, "body": "no such check"}'
is "a heartbeat that is not there: 75" examine 75 --send
is "it is named" says FAIL 'heartbeat HEARTBEAT_URL' 'did not take a note: .*404'
fault DELETE

# Who goes unseen since 16:00.
NOW=2026-02-10T16:35:00Z
is "a slot of 35 minutes ago" examine 0
is "is none to warn of" says ok 'slots slice' .
NOW=2026-02-10T16:36:00Z
is "a slot of 36 minutes ago: a warning" examine 0
is "it says since when" says warn 'slots slice' 'is of 2026-02-10T16:00:00Z, 36 min ago'
NOW=2026-02-10T16:07:00Z

is "no figures are asked for" says skipped figures 'no run puts'
cat >> "$WORK/gridwatch.yaml" << YAML
export: {pushgateway: '$WORLD', textfile: $WORK/gridwatch.prom}
YAML
is "figures" examine 0
is "the gateway is ready" says ok 'figures export.pushgateway' 'is ready'
is "the folder can be written" says ok 'figures export.textfile' 'can be written'
is "and nothing was" test ! -e "$WORK/gridwatch.prom"
fault PUT '{"path": "/-/ready", "status": 503, "body": ""}'
is "a gateway that is not ready: 69" examine 69
is "it is named" says FAIL 'figures export.pushgateway' 'is not ready: .*503'
fault DELETE
sed -i "s|textfile: [^}]*|textfile: $WORK/nowhere/gridwatch.prom|" "$WORK/gridwatch.yaml"
is "no such folder: 78" examine 78
is "it is named" says FAIL 'figures export.textfile' "nowhere' cannot be written in"
sed -i "s|textfile: [^}]*|textfile: $WORK/dir.prom|" "$WORK/gridwatch.yaml"
mkdir "$WORK/dir.prom"
is "a directory as the file: 78" examine 78
is "it is no file" says FAIL 'figures export.textfile' "dir.prom' is there and is no file"
sound

mv "$REMOTE" "$WORK/gone.git"
is "the remote is away" examine 69
is "it is named" says FAIL remote "$REMOTE"
mv "$WORK/gone.git" "$REMOTE"
sed -i '/^  remote:/d' "$WORK/gridwatch.yaml"
is "no remote: a warning" examine 0
is "it says what that means" says warn remote 'a disk that dies'
sound

mv "$WORK/data.git" "$WORK/away.git"
rm -f "$WORK/data.git.lock"
is "no record, but a remote: stateless" examine 0
is "it says what that means" says warn record 'an alert may come twice (stateless)'
sed -i '/^  remote:/d' "$WORK/gridwatch.yaml"
is "no record at all: 73" examine 73
is "and nothing to write to" says skipped record-write 'not open'
is "nor was anything made" test ! -e "$WORK/data.git.lock"
is "and how it is made" says FAIL record 'is not there'
sound
mkdir "$WORK/data.git"
echo "this is no repository" > "$WORK/data.git/HEAD"
is "a broken record: 73" examine 73
is "is named" says FAIL record 'data.git'
rm -rf "$WORK/data.git"
mv "$WORK/away.git" "$WORK/data.git"

fault PUT '{"path": "/api/*", "close": true}'
is "no exchange: 69" examine 69
is "it is named" says FAIL exchange 'exchange time'
is "what needs it is skipped" says skipped key 'does not answer'
fault DELETE
fault PUT '{"path": "/api/v1/market/candles*", "status": 500, "body": "{}"}'
is "no candles: 69" examine 69
is "the grid says so" says FAIL 'grids slice' '15m candles'
fault DELETE
fault PUT '{"path": "/api/v1/market/orderbook/*", "close": true}'
is "no ticker: a warning" examine 0
is "the grid says so, with the cause" says warn 'grids slice' 'its price is not known: ..*'
is "and is not called fit" sh -c "! grep -q '^ok *grids slice' '$WORK/out'"
fault DELETE
fault PUT '{"path": "/api/v1/status", "status": 200, "body": "{\"code\":\"200000\",\"data\":{\"status\":\"close\",\"msg\":\"upgrade\"}}"}'
is "closed: a warning" examine 0
is "with the exchange's words" says warn exchange 'not open: upgrade'
fault DELETE
now_is_wrong() {
    code=0
    gridwatch doctor > "$WORK/out" 2> "$WORK/err" || code=$?
    [ "$code" -eq 65 ] || { echo "$code"; cat "$WORK/out"; return 1; }
}
is "another clock: 65" now_is_wrong
is "it says how far" says FAIL clock 'they differ by '

key General,Spot
is "a key that may trade: 77" examine 77
is "loudly" says FAIL key 'DANGER: .*General,Spot'
sed -i 's|^  base_url:|  allow_trading_key: true\n&|' "$WORK/gridwatch.yaml"
is "a key that may trade and is allowed: a warning" examine 0
is "loudly all the same" says warn key 'DANGER: .*who steals it'
sound
# init makes what is missing all the same, and ends as the doctor does.
is "init ends with 77, too" sh -c "
    code=0
    '$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' init \
        > '$WORK/init.out' 2> '$WORK/init.err' || code=\$?
    [ \$code -eq 77 ] && grep -q 'is up to date' '$WORK/init.out' &&
        grep -q 'General,Spot' '$WORK/init.err'"
is "and with 0 where that is allowed" sh -c "
    sed 's|^exchange:|&\n  allow_trading_key: true|' '$WORK/gridwatch.yaml' \
        > '$WORK/allowed.yaml'
    '$BUILD/gridwatch' --config '$WORK/allowed.yaml' init > /dev/null 2>&1"
put account '{"key": "other", "secret": "s", "passphrase": "p", "permission": "General"}'
is "a key that is refused: 77" examine 77
is "it is said" says FAIL key 'API key'
key General
(
    unset KUCOIN_API_KEY KUCOIN_API_SECRET KUCOIN_API_PASSPHRASE
    examine 0
) && code=0 || code=1
is "no key: a warning" test "$code" -eq 0
is "it says what that means" says warn key 'positions come from the model'

fault PUT '{"path": "/1/messages.json", "status": 400, "body": "{\"status\":0,\"errors\":[\"user key is invalid\"]}"}'
is "the phone refuses: 75" examine 75 --send
is "with its words" says FAIL 'channels pushover' 'user key is invalid'
fault DELETE
is "a dry run sends nothing" examine 0 --send --dry-run
is "and says so" says skipped 'channels ntfy' 'not tried'
(
    PUSHOVER_USER=uPLANTEDuPLANTEDuPLANTEDuPLANT
    export PUSHOVER_USER
    examine 78
) && code=0 || code=1
is "a user key that is not known: 78" test "$code" -eq 0
is "it is named" says FAIL 'channels pushover' 'PUSHOVER_USER is refused: ..*'
fault PUT '{"path": "/1/users/*", "status": 500, "body": ""}'
is "a phone that cannot be asked: 75" examine 75
is "it is said" says FAIL 'channels pushover' 'cannot be asked: ..*'
fault DELETE

# --- The grids ---------------------------------------------------------------

is "a close stop is taken" create close 51900
is "and warned of at once" grep -q "warning: grid 'close': the stop is 0\.[0-9] ATR(4h) beyond the range: so close that no rule can warn in time; [0-9.]* would be 2 ATR" "$WORK/create.err"
is "the doctor ends with 0" examine 0
is "and warns of it, too" says warn 'grids close' 'no rule can warn in time'
is "the other grid is as good as before" says ok 'grids slice' fits
bare() {
    gridwatch grid create bare --symbol BTC-USDT --lower 52000.00001 --upper 68000 \
        --levels 500 --capital 10 --spacing arithmetic --at "$FROM" 2> "$WORK/create.err"
}
is "a grid without a stop" bare
is "is warned of at once" grep -q "warning: grid 'bare': no stop is set" "$WORK/create.err"
is "the doctor" examine 0
is "no stop" says warn 'grids bare' 'no stop is set'
is "a bound between two price steps" says warn 'grids bare' 'price step'
is "steps that do not pay the fees" says warn 'grids bare' 'does not pay the two fees'
is "orders that are too small" says warn 'grids bare' "less than the exchange's least order"
other() {
    gridwatch grid create other --symbol NONE-USDT --lower 1 --upper 2 --stop 0.5 \
        --levels 10 --capital 1000 --start-price 1.5 --at "$FROM" 2> "$WORK/create.err"
}
is "a symbol that is not there" other
is "the doctor: 65" examine 65
is "it is named" says FAIL 'grids other' "symbol 'NONE-USDT'"
git clone -q "$REMOTE" "$WORK/desk"
sed -i 's/^lower: .*/lower: many/' "$WORK/desk/grids/other.yaml"
git -C "$WORK/desk" -c user.name=e -c user.email=e@x commit -qam "a slip"
git -C "$WORK/desk" push -q
(cd "$WORK/data.git" && git fetch -q "$REMOTE" +main:main)
is "a file that cannot be read: 78" examine 78
is "its line and its key are named" says FAIL 'grids other' 'line [0-9]*, column [0-9]*: lower'

# --- notify --test -----------------------------------------------------------

before=$(heard_all)
is "notify --test" gridwatch notify --test
is "both channels heard it" test "$(($(heard_all) - before))" -eq 2
is "and as JSON" sh -c "'$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' notify --test --json |
    jq -se 'map(.channel) == [\"pushover\", \"ntfy\"] and all(.delivered)'"
is "a dry run says who" sh -c "'$BUILD/gridwatch' --config '$WORK/gridwatch.yaml' notify --test -n |
    grep -q '^ntfy: would be told'"
without() {
    code=0
    gridwatch notify > "$WORK/out" 2> "$WORK/err" || code=$?
    [ "$code" -eq 64 ] && grep -q 'notify --test' "$WORK/err"
}
is "without --test: 64" without
fault PUT '{"path": "/1/messages.json", "status": 500, "body": "{}"}'
down() {
    code=0
    gridwatch notify --test > "$WORK/out" 2> "$WORK/err" || code=$?
    [ "$code" -eq 75 ] && grep -q '^pushover: not delivered: ' "$WORK/out" &&
        grep -q '^ntfy: delivered' "$WORK/out"
}
is "a phone that is down: 75, and the other is told" down
fault DELETE

secret_free() {
    ! grep -n -e PLANTED -e "$CHECK" -e "$PUSHOVER_TOKEN" -e "$PUSHOVER_USER" "$WORK/all" "$WORK/log"
}
is "no secret was ever shown" secret_free
