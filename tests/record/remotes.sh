#!/bin/sh
# Remotes over a path, http, https and ssh, with real servers on loopback: what
# arrives, what is refused and how that is told, what ends when nobody answers.
#
# STORE_DRIVER names a driver that is built already (libgit2_new.sh does that).
# shellcheck disable=SC2034,SC1091,SC2153
set -eu
cd "$(dirname "$0")/../.."
NAME=${REMOTES_NAME:-remotes}
. tests/record/table.sh
. tests/record/servers.sh

export HOME="$OUT" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Phone GIT_AUTHOR_EMAIL=phone@example.org
export GIT_COMMITTER_NAME=Phone GIT_COMMITTER_EMAIL=phone@example.org
unset GIT_TOKEN GIT_SSH_KEY_FILE SSH_HOST_KEYS CA_FILE HTTP_USER BUDGET_MS

cleanup() {
    servers_stop
}

build_driver() {
    DRIVER=${STORE_DRIVER:-$OUT/store_driver}
    [ -z "${STORE_DRIVER:-}" ] || return 0
    # shellcheck disable=SC2046,SC2086
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -g -Isrc -D_DEFAULT_SOURCE \
        -D_POSIX_C_SOURCE=200809L ${DRIVER_CFLAGS:-} -o "$DRIVER" \
        tests/record/store_driver.c "$BUILD"/src/store/*.o \
        "$BUILD"/src/sys/*.o "$BUILD/libpure.a" \
        $(pkg-config --libs libgit2 libzstd yaml-0.1 openssl zlib) -lm
}

# --- What a case does -------------------------------------------------------

# store NAME URL WORD...: what each word came to, on one line. All of the
# output is kept: no secret may stand in it.
store() {
    name=$1
    shift
    "$DRIVER" "$OUT/$name.git" "$@" > "$OUT/last.txt" 2>> "$OUT/said.txt" || true
    cat "$OUT/last.txt" >> "$OUT/said.txt"
    awk -F '\t' '{ printf "%s%s %s", (NR > 1) ? ", " : "", $1, $2 }' "$OUT/last.txt"
}

# The message of the last word, and its milliseconds.
message() { tail -n 1 "$OUT/last.txt" | cut -f 4; }
milliseconds() { tail -n 1 "$OUT/last.txt" | cut -f 3; }

# An empty repository that may be pushed to.
remote() {
    rm -rf "$OUT/repos/$1.git"
    git init -q --bare -b main "$OUT/repos/$1.git"
    git -C "$OUT/repos/$1.git" config http.receivepack true
}

remote_git() {
    name=$1
    shift
    git -C "$OUT/repos/$name.git" "$@" 2> /dev/null
}

# hook NAME: a pre-receive hook from standard input
hook() {
    cat > "$OUT/repos/$1.git/hooks/pre-receive"
    chmod 755 "$OUT/repos/$1.git/hooks/pre-receive"
}

# seeded NAME URL: the remote and a repository here, one commit in both
seeded() {
    remote "$1"
    rm -rf "$OUT/$1.git"
    store "$1" "$2" create open commit a=1 push > "$OUT/seed.txt"
}

# Processes that still have this repository in their command line, or that
# hold a socket to a server: there must be none.
left_running() {
    pgrep -f "store_driver $OUT" | wc -l | tr -d ' '
}

# --- The cases --------------------------------------------------------------

# both_ways WAY URL
both_ways() {
    remote "$1"
    rm -rf "$OUT/$1.git" "$OUT/$1-2.git"
    row "$1: push to an empty remote" \
        "create ok, open ok, sync empty, commit ok, push ok, sync same" \
        "$(store "$1" "$2" create open sync commit a=1 push sync)"
    row "$1: what arrived" 1 "$(remote_git "$1" show main:a)"
    row "$1: clone, second push" "clone ok, commit ok, push ok" \
        "$(store "$1-2" "$2" clone commit b=2 push)"
    note "$1: a clone is" \
        "$(store "$1-2" "$2" open shallow | sed 's/.*shallow //')"
    row "$1: fetch" "open ok, sync forwarded, commit ok, push ok" \
        "$(store "$1" "$2" open sync commit c=3 push)"
    row "$1: non-fast-forward" "open ok, commit ok, push busy" \
        "$(store "$1-2" "$2" open commit d=4 push)"
    row "$1: both moved" "open ok, sync diverged" \
        "$(store "$1-2" "$2" open sync)"
    row "$1: a tag is pushed" "open ok, tag ok, commit ok, push ok" \
        "$(store "$1" "$2" open tag month-2026-10 commit e=5 push)"
    row "$1: the tag is there" "$(remote_git "$1" rev-parse main~1)" \
        "$(remote_git "$1" rev-parse month-2026-10)"
    remote_git "$1" tag other main
    row "$1: a tag alone is pushed" "open ok, tag ok, push ok" \
        "$(store "$1" "$2" open tag alone push)"
    row "$1: tags of the remote stay" "alone month-2026-10 other" \
        "$(remote_git "$1" tag | tr '\n' ' ' | sed 's/ $//')"
    row "$1: nothing is broken" "" "$(remote_git "$1" fsck --strict 2>&1)"
}

# rewritten NAME URL: somebody else force-pushes, goes back, empties
rewritten() {
    seeded "$1" "$2"
    store "$1" "$2" open commit a=2 push commit b=mine > "$OUT/seed.txt"
    tree=$(remote_git "$1" rev-parse 'main^{tree}')
    other=$(remote_git "$1" commit-tree -m 'written anew' "$tree")
    old=$(remote_git "$1" rev-parse main)
    remote_git "$1" update-ref refs/heads/main "$other"
    row "$1: force-push by somebody else" "open ok, sync replaced, push busy" \
        "$(store "$1" "$2" open sync push)"
    row "$1: known also to the next process" "open ok, sync replaced" \
        "$(store "$1" "$2" open sync)"
    remote_git "$1" update-ref refs/heads/main "$old"
    row "$1: put back" "open ok, sync ahead, push ok" \
        "$(store "$1" "$2" open sync push)"
    remote_git "$1" update-ref refs/heads/main "$old~1"
    row "$1: gone back to an older commit" "open ok, sync ahead, push ok" \
        "$(store "$1" "$2" open sync push)"
    remote_git "$1" update-ref -d refs/heads/main
    row "$1: emptied" "open ok, sync empty, push ok, sync same" \
        "$(store "$1" "$2" open sync push sync)"
    mv "$OUT/repos/$1.git" "$OUT/repos/away.git"
    row "$1: gone" "open ok, sync unknown transient, push transient" \
        "$(store "$1" "$2" open sync push)"
    row "$1: a clone of nothing" "clone transient" "$(store nothing "$2" clone)"
    mv "$OUT/repos/away.git" "$OUT/repos/$1.git"
}

# hooks NAME URL
hooks() {
    seeded "$1" "$2"
    hook "$1" << 'END'
#!/bin/sh
echo "the schema does not like a" >&2
exit 1
END
    row "$1: a hook declines" "open ok, commit ok, push data" \
        "$(store "$1" "$2" open commit a=2 push)"
    row "$1: ... and says why" \
        "~*hook declined*the schema does not like a*" "$(message)"
    row "$1: ... a push is owed" "open ok, sync ahead" \
        "$(store "$1" "$2" open sync)"
    hook "$1" << END
#!/bin/sh
echo \$\$ > "$OUT/$1.hook"
exec sleep 20
END
    row "$1: a hook hangs" "open ok, push transient" \
        "$(BUDGET_MS=1500 store "$1" "$2" open push)"
    row "$1: ... ends with the budget" "<= 1700" "$(milliseconds)"
    row "$1: ... says so" "~*the time for it is spent*" "$(message)"
    row "$1: ... nothing is left running" 0 "$(left_running)"
    kill "$(cat "$OUT/$1.hook")" 2> /dev/null || true
    rm "$OUT/repos/$1.git/hooks/pre-receive"
}

# wait_for FILE: up to ten seconds
wait_for() {
    for _ in $(seq 200); do
        [ ! -e "$1" ] || return 0
        sleep 0.05
    done
    echo "no $1" >&2
}

# race NAME URL: the first pusher waits in the hook until the second has pushed
race() {
    seeded "$1" "$2"
    rm -rf "$OUT/$1-2.git" "$OUT/$1.hook" "$OUT/$1.go"
    store "$1-2" "$2" clone commit b=second > "$OUT/seed.txt"
    hook "$1" << END
#!/bin/sh
while read -r old new ref; do
    git cat-file -e "\$new:b" 2> /dev/null && continue
    : > "$OUT/$1.hook"
    for i in \$(seq 200); do
        [ ! -e "$OUT/$1.go" ] || break
        sleep 0.05
    done
done
END
    "$DRIVER" "$OUT/$1.git" "$2" open commit c=first push > "$OUT/race.txt" &
    first=$!
    wait_for "$OUT/$1.hook"
    row "$1: the second pusher is faster" "open ok, push ok" \
        "$(store "$1-2" "$2" open push)"
    : > "$OUT/$1.go"
    wait "$first" || true
    row "$1: the first is told to fetch" busy \
        "$(tail -n 1 "$OUT/race.txt" | cut -f 2)"
    cat "$OUT/race.txt" >> "$OUT/said.txt"
    row "$1: ... and can" "open ok, sync diverged" "$(store "$1" "$2" open sync)"
    rm "$OUT/repos/$1.git/hooks/pre-receive"
}

# To a path there is no hook to sleep in: many pairs, and in each one wins.
path_race() {
    rounds=$(size 40 10) won=0 lost=0
    for round in $(seq "$rounds"); do
        seeded pair "$OUT/repos/pair.git"
        rm -rf "$OUT/pair-2.git"
        store pair-2 "$OUT/repos/pair.git" clone > "$OUT/seed.txt"
        "$DRIVER" "$OUT/pair.git" "$OUT/repos/pair.git" open commit b=1 push \
            > "$OUT/race-1.txt" &
        one=$!
        "$DRIVER" "$OUT/pair-2.git" "$OUT/repos/pair.git" open commit c=2 push \
            > "$OUT/race-2.txt" &
        wait "$one" $! || true
        won=$((won + $(cat "$OUT"/race-[12].txt | grep -c "^push.ok" || true)))
        lost=$((lost + $(cat "$OUT"/race-[12].txt | grep -c "^push.busy" || true)))
    done
    row "path: of two at the same time one wins" "$rounds $rounds" "$won $lost"
    row "path: ... nothing of it stays there" "refs/heads/main" \
        "$(remote_git pair for-each-ref --format='%(refname)')"
}

http_logins() {
    seeded login "$HTTP_URL/login.git"
    row "http: no token" "open ok, sync unknown config" \
        "$(unset GIT_TOKEN; store login "$HTTP_URL/login.git" open sync)"
    row "http: ... names the variable" "~*set GIT_TOKEN*" "$(message)"
    row "http: wrong token" "open ok, commit ok, push config" \
        "$(GIT_TOKEN=wrong-token-nobody-may-see store login \
            "$HTTP_URL/login.git" open commit a=9 push)"
    row "http: ... names the variable" "~*GIT_TOKEN is wrong*" "$(message)"
    row "http: wrong user" "open ok, push config" \
        "$(HTTP_USER=somebody store login "$HTTP_URL/login.git" open push)"
    remote_git login config http.receivepack false
    row "http: may read, not write" "open ok, sync ahead, push config" \
        "$(store login "$HTTP_URL/login.git" open sync push)"
    row "http: a password in the address" "open config" \
        "$(store login "http://u:$SERVER_TOKEN@localhost:1/git/x.git" open)"
}

https_certificates() {
    seeded trust "$HTTPS_URL/trust.git"
    row "https: unknown authority" "open ok, sync unknown config" \
        "$(unset CA_FILE; store trust "$HTTPS_URL/trust.git" open sync)"
    row "https: ... says what to do" "~*repository.ca_file*" "$(message)"
    row "https: certificate of another name" "open ok, sync unknown config" \
        "$(store trust "$MISNAMED_URL/trust.git" open sync)"
    row "https: ca_file is not there" "open ok, sync unknown config" \
        "$(CA_FILE=$OUT/none.pem store trust "$HTTPS_URL/trust.git" open sync)"
    row "https: ... names the option" "~*repository.ca_file*" "$(message)"
}

ssh_logins() {
    seeded keys "$SSH_URL/keys.git"
    ssh-keygen -q -t ed25519 -N '' -f "$OUT/wrong_key"
    cp "$SSH_KEY_MADE" "$OUT/locked_key"
    ssh-keygen -q -p -N passphrase-nobody-may-see -f "$OUT/locked_key" \
        > "$OUT/keygen.log" 2>&1
    row "ssh: wrong key" "open ok, sync unknown config" \
        "$(GIT_SSH_KEY_FILE=$OUT/wrong_key store keys "$SSH_URL/keys.git" open sync)"
    row "ssh: ... names the variable" "~*refuses the key of GIT_SSH_KEY_FILE*" \
        "$(message)"
    row "ssh: no key" "open ok, sync unknown config" \
        "$(unset GIT_SSH_KEY_FILE; store keys "$SSH_URL/keys.git" open sync)"
    row "ssh: ... names the variable" "~*set GIT_SSH_KEY_FILE*" "$(message)"
    row "ssh: no key in the file" "open ok, sync unknown config" \
        "$(GIT_SSH_KEY_FILE=$OUT/host_key.pub store keys "$SSH_URL/keys.git" open sync)"
    row "ssh: key with a passphrase" "open ok, sync same" \
        "$(GIT_SSH_KEY_FILE=$OUT/locked_key \
            GIT_SSH_PASSPHRASE=passphrase-nobody-may-see \
            store keys "$SSH_URL/keys.git" open sync)"
    row "ssh: without its passphrase" "open ok, sync unknown config" \
        "$(GIT_SSH_KEY_FILE=$OUT/locked_key store keys "$SSH_URL/keys.git" open sync)"
    row "ssh: ... names the variable" "~*GIT_SSH_PASSPHRASE*" "$(message)"
}

ssh_host_keys() {
    url=$SSH_URL/keys.git
    known="[localhost]:$SSH_PORT $(cut -d ' ' -f 1,2 "$OUT/host_key.pub")"
    row "ssh: host key not listed" "open ok, sync unknown config" \
        "$(SSH_HOST_KEYS=SHA256:AAAA store keys "$url" open sync)"
    row "ssh: ... says which it saw" "~*$SSH_FINGERPRINT*" "$(message)"
    row "ssh: one of two listed" "open ok, sync same" \
        "$(SSH_HOST_KEYS="SHA256:AAAA $SSH_FINGERPRINT" store keys "$url" open sync)"
    rm -rf "$OUT/.ssh" && mkdir "$OUT/.ssh"
    row "ssh: no known_hosts" "open ok, sync unknown config" \
        "$(unset SSH_HOST_KEYS; store keys "$url" open sync)"
    row "ssh: ... says which it saw" "~*$SSH_FINGERPRINT*" "$(message)"
    echo "$known" > "$OUT/.ssh/known_hosts"
    row "ssh: in known_hosts" "open ok, sync same" \
        "$(unset SSH_HOST_KEYS; store keys "$url" open sync)"
    ssh_new_host_key
    row "ssh: changed, by known_hosts" "open ok, sync unknown config" \
        "$(unset SSH_HOST_KEYS; store keys "$url" open sync)"
    row "ssh: changed, by the option" "open ok, sync unknown config" \
        "$(store keys "$url" open sync)"
    row "ssh: ... says which it saw" "~*$SSH_FINGERPRINT*" "$(message)"
    export SSH_HOST_KEYS="$SSH_FINGERPRINT"
}

silence() {
    for url in "http://localhost:$SILENT_PORT/git/x.git" \
        "https://localhost:$SILENT_PORT/git/x.git" \
        "ssh://git@localhost:$SILENT_PORT/x.git"; do
        row "${url%%:*}: accepts and says nothing" \
            "open ok, sync unknown transient" \
            "$(BUDGET_MS=1000 store login "$url" open sync)"
        row "${url%%:*}: ... ends with the budget" "<= 1200" "$(milliseconds)"
    done
    row "http: the same for a clone" "clone transient" \
        "$(BUDGET_MS=1000 store nothing "http://localhost:$SILENT_PORT/x.git" clone)"
    row "nothing is left running" 0 "$(left_running)"
    closed=$(free_port)
    row "http: nobody listens" "open ok, sync unknown transient" \
        "$(store login "http://localhost:$closed/git/x.git" open sync)"
}

no_secret() {
    row "$1 is in no output" 0 "$(grep -c -F -e "$2" "$OUT/said.txt" || true)"
}

figures() {
    for url in "$OUT/repos/figure.git" "${HTTP_URL:-}/figure.git" \
        "${SSH_URL:-}/figure.git"; do
        case "$url" in "/figure.git") continue ;; esac
        seeded figure "$url"
        store figure "$url" open commit a=2 push peak > "$OUT/seed.txt"
        note "push to ${url%%:*}: ms" "$(sed -n 3p "$OUT/last.txt" | cut -f 3)"
        note "... peak KB, parent and child" "$(tail -n 1 "$OUT/last.txt" | cut -f 2)"
    done
}

# The program with its options and secrets, from the configuration to the wire.
# program WAY URL OPTION: OPTION is a line of 'repository' in the configuration
program() {
    remote "$1"
    cat > "$OUT/$1.yaml" << END
repository:
  path: $OUT/$1.git
  remote: $2
  $3
END
    rm -rf "$OUT/$1.git"
    row "$1: gridwatch init" 0 "$(gridwatch "$1")"
    row "$1: ... its readme arrived" README.md \
        "$(remote_git "$1" ls-tree --name-only main README.md)"
    row "$1: ... a second one is up to date" 0 "$(gridwatch "$1")"
    row "$1: ... nothing is owed" "~*is up to date*" "$(cat "$OUT/$1.txt")"
}

# gridwatch WAY: 'init', its exit status
gridwatch() {
    status=0
    "$BUILD/gridwatch" --config "$OUT/$1.yaml" init > "$OUT/$1.txt" 2>&1 ||
        status=$?
    cat "$OUT/$1.txt" >> "$OUT/said.txt"
    echo "$status"
}

build_driver
mkdir -p "$OUT/repos"
both_ways path "$OUT/repos/path.git"
rewritten path "$OUT/repos/path.git"
both_ways file "file://$OUT/repos/file.git"
path_race
silent_start

if servers_have_http; then
    export GIT_TOKEN="$SERVER_TOKEN"
    http_start "$OUT/repos"
    https_start "$OUT/repos"
    https_start_misnamed "$OUT/repos"
    export CA_FILE="$CA_FILE_MADE"
    both_ways http "$HTTP_URL/http.git"
    both_ways https "$HTTPS_URL/https.git"
    rewritten http "$HTTP_URL/http.git"
    hooks http "$HTTP_URL/http.git"
    race http "$HTTP_URL/http.git"
    http_logins
    https_certificates
    silence
    program https-program "$HTTPS_URL/https-program.git" "ca_file: $CA_FILE"
    rm -rf "$OUT/https-program.git"
    GIT_TOKEN=wrong-token-nobody-may-see gridwatch https-program \
        > "$OUT/seed.txt"
    row "https: gridwatch init with a wrong token" "~*GIT_TOKEN is wrong*" \
        "$(cat "$OUT/https-program.txt")"
    no_secret "the token" "$SERVER_TOKEN"
    no_secret "a wrong token" wrong-token-nobody-may-see
else
    skip "http and https" "no lighttpd: run ./bootstrap servers"
fi

if servers_have_ssh && ssh_start "$OUT/repos"; then
    export GIT_SSH_KEY_FILE="$SSH_KEY_MADE" SSH_HOST_KEYS="$SSH_FINGERPRINT"
    both_ways ssh "$SSH_URL/ssh.git"
    rewritten ssh "$SSH_URL/ssh.git"
    hooks ssh "$SSH_URL/ssh.git"
    race ssh "$SSH_URL/ssh.git"
    ssh_logins
    ssh_host_keys
    program ssh-program "$SSH_URL/ssh-program.git" \
        "ssh_host_keys: $SSH_HOST_KEYS"
    no_secret "the passphrase" passphrase-nobody-may-see
    no_secret "the key" "$(sed -n 2p "$SSH_KEY_MADE")"
else
    skip "ssh" "no sshd that can be started: run ./bootstrap servers, as root"
fi
figures
end_table
