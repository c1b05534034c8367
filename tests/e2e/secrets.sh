#!/bin/sh
# A secret of a kind of its own in every place where one can be, through good
# runs and everything that can go wrong with them; then all that was written is
# searched for each of them: what the programs said, the data repository with
# every object, what lies beside it, and what was received. The list of secrets
# is the program's own: one that is not planted here fails the test.
#
# Most of it waits for retries, so each part has a world of its own and they
# run beside each other: secrets.sh [PART]; without a word, all parts.
# shellcheck disable=SC2317 # functions are called by name
set -eu
cd "$(dirname "$0")/../.."
BUILD=$(cd "${BUILD:-build/release}" && pwd)
WAYS="errors html trouble redirect garbage"
PARTS="nobody tls $WAYS account refused good mistakes environment search"
PART=${1:-}
NAME=secrets${PART:+-$PART}
. tests/e2e/judge_lib.sh

# What the server of all ways was told, together.
heard_of_all() {
    for way in $WAYS; do
        cat "$OUT/secrets-$way/echo/heard"
    done > "$OUT/$NAME.heard"
    while read -r word; do
        grep -q -e "$word" "$OUT/$NAME.heard" || { echo "not $word"; return 1; }
    done < "$OUT/secrets-errors/told"
}

# Every part counts for itself; one that does not come to its end is a failure.
if [ -z "$PART" ]; then
    for part in $PARTS; do
        rm -rf "$TALLY-$part" "$OUT/$NAME-$part"
    done
    # shellcheck disable=SC2086
    printf '%s\n' $PARTS | BUILD=$BUILD xargs -P 13 -I '{}' "$0" '{}' || true
    for part in $PARTS; do
        is "$part came to its end" test -s "$TALLY-$part"
    done
    is "the server was told the secrets, and answered with them" heard_of_all
    exit 0
fi

SLOT=2026-02-10T13:00:00Z # seed 7 is LATEST: a message goes out
ECHO=
end_echo() {
    [ -z "$ECHO" ] || kill "$ECHO" 2> /dev/null || true
}
trap 'code=$?; end_echo; finish $code' EXIT

scenario_begin "$OUT/$NAME" BTC-USDT --walk BTC-USDT=7 --now "$(after "$SLOT" -15)"
WROTE=$WORK/wrote
TABLE=$WORK/table
mkdir -p "$WROTE" "$WORK/echo"
: > "$TABLE"

# --- The secrets -------------------------------------------------------------

ssh-keygen -q -t ed25519 -N '' -C planted -f "$WORK/echo/id"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -keyout "$WORK/echo/key.pem" -out "$WORK/echo/cert.pem" 2> /dev/null
python3 tests/e2e/secrets_echo.py "$WORK/echo" > "$WORK/echo/log" 2>&1 &
ECHO=$!
scenario_wait "the server" "$WORK/echo/ports" "$ECHO" "$WORK/echo/log"
read -r PLAIN SECURE < "$WORK/echo/ports"

CHECK=b1e55ed0-5ec7-4a11-9bad-c0ffee15dead
TOPIC=planted-topic-Zq7Wn3
KUCOIN_API_KEY=5ec7e7a1b2c3d4e5f6a7b8c9
KUCOIN_API_SECRET=5ec2e700-1d1e-4b1d-8f00-ba5eba11f00d
KUCOIN_API_PASSPHRASE='Planted pass+phrase/7=#x'
GIT_TOKEN=ghp_PlantedGitToken+/x9=
GIT_SSH_KEY=$(cat "$WORK/echo/id")
GIT_SSH_PASSPHRASE='planted & unlocked, 12 times'
NTFY_TOKEN=tk_plantedNtfyToken42
ALERTS=planted-alerts-Kd8Vx2
NTFY_ALERT_TOKEN=tk_plantedAlertToken77
TELEGRAM_TOKEN=987654:Planted-telegram_Token
HOOK=planted-hook-5Jt0
WEBHOOK_TOKEN=plantedWebhookToken31
# addresses BASE: whom the program tells beside the phone.
addresses() {
    export HEARTBEAT_URL="$1/ping/$CHECK" NTFY_URL="$1/$TOPIC"
    export NTFY_ALERT_URL="$1/$ALERTS" WEBHOOK_URL="$1/hook/$HOOK"
}
addresses "$WORLD"
PASSWORD=pl4nted-p4ssword # of addresses, and by mistake in the configuration

# planted NAME: what no file may hold of it; false for one that is not known.
planted() {
    case $1 in
    HEARTBEAT_URL) echo "$CHECK" ;;
    NTFY_URL) echo "$TOPIC" ;;
    NTFY_ALERT_URL) echo "$ALERTS" ;;
    WEBHOOK_URL) echo "$HOOK" ;;
    KUCOIN_API_KEY | KUCOIN_API_SECRET | KUCOIN_API_PASSPHRASE | GIT_TOKEN | \
        GIT_SSH_KEY | GIT_SSH_PASSPHRASE | NTFY_TOKEN | NTFY_ALERT_TOKEN | \
        TELEGRAM_TOKEN | WEBHOOK_TOKEN | PUSHOVER_TOKEN | PUSHOVER_USER) eval "printf '%s' \"\$$1\"" | sed ':a;N;$!ba;s/\n/\\n/g' ;;
    *) return 1 ;;
    esac
}

# Each row of the table of secrets as the reference prints it.
SECRETS=$("$BUILD/gridwatch" config list |
    sed -n '/^## Secrets/,/^## Checks/s/^| `\([A-Z_]*\)` | `\1_FILE` .*/\1/p' |
    grep -v '^WATCHDOG_') # those: watchdog.sh
secrets_are_listed() {
    [ "$(echo "$SECRETS" | wc -w)" -ge 16 ] || { echo "$SECRETS"; return 1; }
}
is "the program lists its secrets" secrets_are_listed
for secret in $SECRETS; do
    [ "$PART" != good ] || is "$secret is planted" planted "$secret"
    # shellcheck disable=SC2163
    export "$secret"
    ! value=$(planted "$secret") ||
        printf '%s\t%s\n' "$secret" "$value" >> "$WORK/needles"
done
printf 'PASSWORD\t%s\n' "$PASSWORD" >> "$WORK/needles"

# --- What a case does --------------------------------------------------------

# configure [EXCHANGE [PUSHOVER [REMOTE]]]
configure() {
    cat > "$WORK/gridwatch.yaml" << YAML
repository:
  path: $WROTE/data.git
  fsync: false
  push_budget: 3s
${3:+  remote: $3}
exchange:
  base_url: ${1:-$WORLD}
notify:
  pushover_url: ${2:-$WORLD}
  tries: 1
  retry_spacing: 1s
  telegram_url: ${2:-$WORLD}
  telegram_chat: '-1001234567890'
  ntfy_from: normal
  telegram_from: normal
  webhook_from: normal
heartbeat: {timeout: 2s}
log: {level: debug}
YAML
}

# does CASE WORD...: the program, all that it says kept; whatever its exit code.
does() {
    one=$1
    shift
    gridwatch "$@" < /dev/null >> "$WROTE/$one.out" 2>> "$WROTE/$one.err" ||
        echo "$? $one $*" >> "$WORK/codes"
}

# slot CASE: a run of the next slot, as it is asked for by a person.
slot() {
    scenario_clock "$SLOT" "$SCENARIO_SETTLE"
    does "$1" run --at "$SLOT" --json -v
    SLOT=$(after "$SLOT")
}

# searched CASE: nothing is in anything that was written so far.
searched() {
    cp "$RECEIVED" "$WROTE/received.jsonl"
    python3 tests/e2e/secrets_search.py "$WORK/needles" "$1" "$WROTE" \
        > "$WORK/found" || { cat "$WORK/found"; return 1; }
    cat "$WORK/found" >> "$TABLE"
}

# case CASE: what was written for it, and what stands beside it.
closes() {
    is "$1: no secret is found" searched "$1"
    rm -f "$WROTE"/*.out "$WROTE"/*.err
}

reads() {
    for word in "status" "status --json" "explain slice" "explain slice --json" \
        "log" "log --json" "export slice" "validate" "verify" "grid list" \
        "replay slice" "config list" "config show" "config check" \
        "grid propose BTC-USDT"; do
        # shellcheck disable=SC2086
        does "$1" -v $word
    done
}

configure
jq -n --arg k "$KUCOIN_API_KEY" --arg s "$KUCOIN_API_SECRET" \
    --arg p "$KUCOIN_API_PASSPHRASE" \
    '{key: $k, secret: $s, passphrase: $p, permission: "General"}' \
    > "$WORK/account"
put account "@$WORK/account"

# --- Good runs ---------------------------------------------------------------

arrived() {
    for word in "$PUSHOVER_TOKEN" "$NTFY_TOKEN" "$CHECK" "$ALERTS" \
        "$NTFY_ALERT_TOKEN" "$TELEGRAM_TOKEN" "$HOOK" "$WEBHOOK_TOKEN"; do
        grep -q -e "$word" "$RECEIVED" || { echo "not $word"; return 1; }
    done
}
part_good() {
    configure "" "" "$WROTE/remote.git"
    slot good
    slot good
    is "two good runs" test ! -s "$WORK/codes"
    reads good
    is "the secrets were used" arrived
    closes good
}

# --- Everything that answers with what it was told ---------------------------

part_way() {
    G=http://127.0.0.1:$PLAIN
    printf '%s\n' "$KUCOIN_API_KEY" "$PUSHOVER_TOKEN" "$PUSHOVER_USER" \
        "$GIT_TOKEN" "$NTFY_TOKEN" "$CHECK" "$TOPIC" "$ALERTS" "$HOOK" \
        "$NTFY_ALERT_TOKEN" "$TELEGRAM_TOKEN" "$WEBHOOK_TOKEN" > "$WORK/told"
    addresses "$G/$PART"
    configure "$G/$PART" "" "$G/$PART/repo.git"
    slot "$PART"
    # The exchange is good again, so that there is a message to refuse.
    configure "" "$G/$PART" "$G/login/repo.git"
    slot "$PART"
    slot "$PART"
    # And all is well but for those who watch.
    addresses "$WORLD"
    export HEARTBEAT_URL="$G/$PART/$CHECK" NTFY_URL="$G/$PART/$TOPIC"
    configure
    slot "$PART"
    reads "$PART"
    closes "$PART"
}

part_account() {
    # The account alone: a key that is refused, a signature that is wrong.
    addresses "$WORLD"
    for code in 400003 400005 400004 411100; do
        configure
        jq -n --arg c "$code" --arg k "$KUCOIN_API_KEY" --arg s "$KUCOIN_API_SECRET" \
            --arg p "$KUCOIN_API_PASSPHRASE" '{path: "/api/v1/user/api-key",
                status: 401, body: ({code: $c, msg: "\($k) \($s) \($p)"} | tojson)}' \
            > "$WORK/fault"
        fault PUT "@$WORK/fault"
        slot "key-$code"
        fault DELETE
        reads "key-$code"
        closes "key-$code"
    done
}

# Pushover's refusal of a message, and of the receipt of a siren.
part_refused() {
    SLOT=2026-02-10T16:45:00Z # a siren is due with the next
    jq -n --arg t "$PUSHOVER_TOKEN" --arg u "$PUSHOVER_USER" '{path: "/1/*", status: 400,
        body: ({status: 0, request: $t, errors: ["token \($t) of \($u) is invalid"],
            token: $t, user: $u} | tojson)}' > "$WORK/fault"
    fault PUT "@$WORK/fault"
    slot refused
    fault DELETE
    slot refused
    fault PUT "@$WORK/fault"
    slot refused
    fault DELETE
    for path in messages receipts; do
        is "one of $path was refused" jq -es --arg path "/1/$path" 'any(.[];
            .status == 400 and (.path | startswith($path)))' "$RECEIVED"
    done
    reads refused
    closes refused
}

# --- Nobody there, and nobody to trust ---------------------------------------

part_nobody() {
    configure "" http://127.0.0.1:9
    slot nobody # a message is due
    configure http://127.0.0.1:9 http://127.0.0.1:9 http://127.0.0.1:9/repo.git
    addresses http://127.0.0.1:9
    slot nobody
    mv "$WROTE/data.git" "$WORK/away.git"
    slot nobody # the outcry
    mv "$WORK/away.git" "$WROTE/data.git"
    reads nobody
    closes nobody
}

part_tls() {
    S=https://localhost:$SECURE
    configure "$S/errors" "$S/errors" "$S/login/repo.git"
    addresses "$S/errors"
    slot tls
    configure "" "$S/errors" "ssh://git@localhost:$PLAIN/repo.git"
    slot tls
    reads tls
    closes tls
}

# --- A secret where it does not belong ---------------------------------------

# mistake CASE: the configuration is on standard input.
mistake() {
    configure
    cat > "$WORK/more"
    sed "s|%P|$PASSWORD|g; s|%T|$PUSHOVER_TOKEN|g; s|%K|$KUCOIN_API_SECRET|g" \
        "$WORK/more" > "$WORK/gridwatch.yaml"
    for word in "config show" "config check" status "run --at $SLOT" init; do
        # What says nothing of a place works in the folder that is searched.
        # shellcheck disable=SC2086
        (cd "$WROTE" && does "$1" -v $word)
    done
}

part_mistakes() {
    unset HEARTBEAT_URL NTFY_URL NTFY_ALERT_URL WEBHOOK_URL
    : > "$WORK/codes"
    echo "exchange: {base_url: 'https://me:%P@api.kucoin.com'}" | mistake in-base-url
    echo "notify: {pushover_url: 'https://%P@api.pushover.net'}" | mistake in-pushover-url
    echo "notify: {pushover_url: 'https://api.pushover.net/?token=%T'}" | mistake in-query
    echo "repository: {remote: 'https://me:%P@git.example.org/x'}" | mistake in-remote
    echo "repository: {remote: 'ssh://me:%P@git.example.org/x'}" | mistake in-ssh-remote
    echo "outside: {signal_url: 'https://me:%P@example.org/x'}" | mistake in-signal
    printf 'notify:\n  token: %%T\n' | mistake as-an-option
    printf 'PUSHOVER_TOKEN: %%T\nKUCOIN_API_SECRET: %%K\n' | mistake as-a-variable
    printf 'PUSHOVER_TOKEN=%%T\nKUCOIN_API_SECRET=%%K\n' | mistake as-an-env-file
    printf '%%T\n' | mistake alone
    printf '%%T: 1\n' | mistake as-a-key
    printf -- '- %%T\n- %%K\n' | mistake as-a-list
    printf 'notify: {token: %%T\n' | mistake broken
    printf 'notify:\n\ttoken: %%T\n' | mistake tab
    printf 'notify: "%%T\n' | mistake quote
    printf 'a: *%%T\n' | mistake anchor
    printf '!%%T a: &%%T b\n' | mistake tag
    printf '%%%%%%T x\n---\n' | mistake directive
    printf 'log: {level: %%T}\n' | mistake as-a-word
    printf 'notify: {retry_spacing: %%T, tries: %%K}\n' | mistake as-a-number
    printf 'notify: {%%T: 1}\n' | mistake as-an-unknown-key
    closes a-wrong-file
    refused=$(grep -c '^78 .* -v run' "$WORK/codes" || true)
    is "every wrong configuration is refused, not one is run without" \
        test "$refused" -eq 21
}

# given CASE NAME=VALUE...: the environment is wrong.
given() {
    one=$1
    shift
    configure
    for word in "run --at $SLOT" status; do
        # shellcheck disable=SC2086
        env -u PUSHOVER_TOKEN -u GIT_SSH_KEY "$@" "$BUILD/gridwatch" --config \
            "$WORK/gridwatch.yaml" -v $word >> "$WROTE/$one.out" \
            2>> "$WROTE/$one.err" || true
    done
}

part_environment() {
    unset HEARTBEAT_URL NTFY_URL NTFY_ALERT_URL WEBHOOK_URL
    given file-is-secret PUSHOVER_TOKEN_FILE="$PUSHOVER_TOKEN"
    given file-and-word PUSHOVER_TOKEN_FILE="$WORK/echo/id" \
        PUSHOVER_TOKEN="$PUSHOVER_TOKEN"
    given blank-in-it PUSHOVER_TOKEN="$PUSHOVER_TOKEN $PASSWORD"
    given key-file GIT_SSH_KEY_FILE="$WORK/echo/id"
    given url-with-login NTFY_URL="https://me:$PASSWORD@ntfy.sh/$TOPIC"
    given url-with-query HEARTBEAT_URL="https://hc-ping.com/$CHECK?x=$PASSWORD"
    given url-of-http NTFY_URL="http://example.org/$TOPIC"
    closes a-wrong-environment
}

# --- The search itself can fail ----------------------------------------------

# leaks FILE: what is put there is found.
leaks() {
    mkdir -p "$(dirname "$WROTE/$1")"
    cat >> "$WROTE/$1"
    # shellcheck disable=SC2251
    ! searched planted > "$WORK/leak" || { echo "$1 is not searched"; return 1; }
    rm -f "$WROTE/$1"
    grep -q '^LEAK' "$WORK/leak"
}
in_git() {
    id=$(printf 'x %s y' "$1" | git -C "$WROTE/data.git" hash-object -w --stdin)
    ! searched planted > "$WORK/leak" || return 1
    rm -f "$WROTE/data.git/objects/$(echo "$id" | cut -c 1-2)/$(echo "$id" | cut -c 3-)"
    grep -q '^LEAK.*data.git' "$WORK/leak"
}

part_search() {
    unset HEARTBEAT_URL NTFY_URL NTFY_ALERT_URL WEBHOOK_URL
    # A grid file by hand.
    configure
    slot by-hand
    does by-hand grid create other --symbol BTC-USDT --lower 1 --upper 2 \
        --note "my token is $PASSWORD" --token "$PUSHOVER_TOKEN"
    does by-hand "--token=$PUSHOVER_TOKEN" status
    does by-hand snooze slice "$NTFY_TOKEN"
    rm -f "$WROTE"/by-hand.* # what is typed is shown to the one who typed it

    echo "token=$PUSHOVER_TOKEN" | is "a leak on stderr is seen" leaks x.err
    echo "$GIT_TOKEN" | base64 | is "as base64" leaks x.out
    printf 'me:%s' "$GIT_TOKEN" | base64 | is "as it is in a login" leaks data.git.outcry
    printf %s "$KUCOIN_API_PASSPHRASE" | jq -sRr @uri |
        is "percent-encoded" leaks data.git.quarantine/a.yaml
    printf %s "$KUCOIN_API_SECRET" | od -An -tx1 | tr -d ' \n' |
        is "as hex" leaks data.git/config.more
    sed -n 3p "$WORK/echo/id" | is "a line of the ssh key" leaks data.git.lock
    is "an object of the repository" in_git "$NTFY_TOKEN"
    mv "$RECEIVED" "$WORK/received.good"
    printf '{"path":"/1/messages.json","fields":{"token":"t","message":"%s"}}\n' \
        "$PUSHOVER_TOKEN" > "$RECEIVED"
    if searched planted > "$WORK/leak"; then
        fail "a leak in a message is seen"
    else
        pass
    fi
    mv "$WORK/received.good" "$RECEIVED"
    is "and without them nothing is found" searched all
}

# --- The part -----------------------------------------------------------------

git init -q --bare -b main "$WROTE/remote.git"
configure
scenario_grid slice 56400:63600:55554 "$(after "$SLOT" -15)"
: > "$WORK/codes"
case " $WAYS " in
*" $PART "*) part_way ;;
*) "part_$PART" ;;
esac

# One row for each case and place is in the table; here one for each case.
awk '{ where = substr($0, 26, 24); sub(/ +$/, "", where); c = $1
       if (!(c in bytes)) order[++n] = c
       bytes[c] += substr($0, 51, 10); found[c] += substr($0, 67, 5)
       places[c] = places[c] (places[c] ? ", " : "") where }
     END { for (i = 1; i <= n; i++) { c = order[i]
         printf "%-20s %9d bytes, found %d: %s\n", c, bytes[c], found[c],
             places[c] } }' "$TABLE"
