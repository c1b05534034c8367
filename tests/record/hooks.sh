#!/bin/sh
# A data repository with gridwatch for its hooks: what people do well gets in,
# every slip of a hand is refused with a line that names file, line and column,
# where it is committed and again where it is pushed. Real git on both sides.
# shellcheck disable=SC2016,SC2317 # functions are called by name, with sed's words
set -eu
cd "$(dirname "$0")/../.."
NAME=hooks
. tests/record/table.sh
. tests/record/servers.sh
. scripts/scenario.sh

GRIDWATCH=$BUILD/gridwatch
export GRIDWATCH
# Nobody's own configuration of git has a say.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=op GIT_AUTHOR_EMAIL=op@localhost
export GIT_COMMITTER_NAME=op GIT_COMMITTER_EMAIL=op@localhost
SLOT=2026-02-10T13:00:00Z

cleanup() {
    scenario_end
    servers_stop
}

desk() {
    git -C "$DESK" "$@"
}

# The desk as the forge has it.
clean_desk() {
    rm -rf "$DESK/.git/rebase-merge"
    desk fetch -q origin
    desk checkout -q -f main
    desk reset -q --hard origin/main
    desk clean -q -fdx
}

# A record with two slots at a forge that asks gridwatch, and a checkout of it.
prepare() {
    scenario_begin "$OUT/world" BTC-USDT --walk BTC-USDT=7 --now "$SLOT"
    scenario_first_model
    scenario_grid hook 56400:63600:55554 "$SLOT"
    scenario_run "$SLOT" > "$WORK/run.json"
    scenario_run 2026-02-10T13:15:00Z > "$WORK/run.json"
    scenario_end
    FORGE=$WORK/forge.git
    DESK=$WORK/desk
    git init -q --bare -b main "$FORGE"
    cp scripts/hooks/pre-receive "$FORGE/hooks/pre-receive"
    git --git-dir "$WORK/data.git" push -q "$FORGE" main 2> "$WORK/first"
    git clone -q "$FORGE" "$DESK"
    cp scripts/hooks/pre-commit "$DESK/.git/hooks/pre-commit"
    SLOT_FILE=$(cd "$DESK" && ls exits/hook/2026/02/10/1300.yaml)
    AUDIT=$(cd "$DESK" && find audit -name '*-transition-*' | sort | head -n 1)
}

# The first line of what was said about the case, without git's "remote: ".
said_of() {
    sed 's/^remote: //; s/ *$//' "$1" | grep -m 1 "$2" || head -n 1 "$1"
}

# refused WHAT EXPECTED COMMAND...: the command makes the slip in the desk; the
# commit is refused by the one hook with that text, and the push of a commit
# made without it by the other one.
refused() {
    what=$1 expected=$2
    shift 2
    clean_desk
    (cd "$DESK" && "$@")
    desk add -A
    key=${expected#\~}
    key=$(printf '%s' "${key%%\**}" | sed 's/[].[]/\\&/g')
    if desk commit -q -m "by hand" > "$OUT/said" 2>&1; then
        row "commit: $what" "$expected" "was committed"
    else
        row "commit: $what" "$expected" "$(said_of "$OUT/said" "$key")"
    fi
    desk commit -q --no-verify -m "by hand" > "$OUT/said" 2>&1 || true
    if desk push -q origin HEAD:main > "$OUT/said" 2>&1; then
        row "push: $what" "$expected" "was taken"
        git --git-dir "$FORGE" update-ref refs/heads/main "main~1"
    else
        row "push: $what" "$expected" "$(said_of "$OUT/said" "$key")"
    fi
}

# accepted WHAT COMMAND...: it gets through both.
accepted() {
    what=$1
    shift
    clean_desk
    (cd "$DESK" && "$@")
    desk add -A
    status=taken
    desk commit -q -m "by hand" > "$OUT/said" 2>&1 &&
        desk push -q origin HEAD:main >> "$OUT/said" 2>&1 ||
        status=$(head -n 1 "$OUT/said")
    row "$what" taken "$status"
}

# push_refused WHAT EXPECTED ARGUMENT...: of git push.
push_refused() {
    what=$1 expected=$2
    shift 2
    if desk push -q "$@" > "$OUT/said" 2>&1; then
        row "$what" "$expected" "was taken"
    else
        key=${expected#\~}
        row "$what" "$expected" "$(said_of "$OUT/said" "${key%%\**}")"
    fi
}

# --- What hands do well -------------------------------------------------

stop_by_hand() {
    echo '- {at: 2026-02-10T13:20:00Z, event: stopped, note: from the phone}' \
        >> grids/hook.yaml
}

second_grid() {
    sed 's/^id: .*/id: second/' grids/hook.yaml > grids/second.yaml
}

remark() {
    echo "# a remark of mine" >> grids/hook.yaml
}

pipeline() {
    mkdir -p .github/workflows
    echo "on: push" > .github/workflows/validate.yml
    echo "validate: {}" > .gitlab-ci.yml
}

drop_second() {
    rm grids/second.yaml
}

# --- Slips of a hand ----------------------------------------------------

edit() {
    sed -i "$1" grids/hook.yaml
}

tabbed() {
    edit "s/^levels/$(printf '\t')levels/"
}

moved_slot() {
    cp "$SLOT_FILE" exits/hook/2026/02/10/1345.yaml
}

bomb() {
    {
        echo "a: &a [x, x, x, x, x, x, x, x, x]"
        last=a
        for next in b c d e f g h i; do
            echo "$next: &$next [*$last, *$last, *$last, *$last, *$last, *$last]"
            last=$next
        done
        cat grids/hook.yaml
    } > "$OUT/bomb"
    cp "$OUT/bomb" grids/hook.yaml
}

binary() {
    head -c 3000 /bin/sh > grids/hook.yaml
}

huge() {
    head -c 9000000 /dev/zero | tr '\0' '#' >> grids/hook.yaml
}

renamed() {
    git mv grids/hook.yaml grids/hooked.yaml
}

linked() {
    rm grids/hook.yaml
    ln -s ../README.md grids/hook.yaml
}

without_memory() {
    rm grids/hook.yaml state/hook.yaml
}

without_traces() {
    rm grids/hook.yaml state/hook.yaml latest/grids/hook.yaml
}

both_wrong() {
    edit 's/^lower: .*/lower: many/'
    edit 's/^upper: .*/upper: few/'
    edit 's/^levels: .*/levels: -3/'
}

foreign() {
    echo "buy milk" > note.txt
}

not_utf8() {
    printf 'note: \377\376\n' >> grids/hook.yaml
}

audit_edited() {
    sed -i 's/LATEST_ACCEPTABLE_EXIT/WARNING/' "$AUDIT"
}

slot_edited() {
    sed -i 's/^  pi: .*/  pi: 0.1/' "$SLOT_FILE"
    echo "# looked at" >> "$SLOT_FILE"
}

many_files() {
    for n in 1 2 3 4 5 6 7 8 9; do
        sed "s/^id: .*/id: g$n/; s/^lower: .*/lower: x/; s/^upper: .*/upper:/
            s/^levels: .*/levels: 0/" grids/hook.yaml > "grids/g$n.yaml"
    done
}

retire() {
    desk rm -q "$SLOT_FILE"
    printf 'one slot left the tip\n\n%s\n' "$1" > "$OUT/message"
    GIT_COMMITTER_DATE=$2 desk commit -q --no-verify -F "$OUT/message"
}

prepare
row "the job's own commits are taken" "" "$(cat "$WORK/first")"

accepted "good: an event at the end of a history" stop_by_hand
accepted "good: another grid" second_grid
accepted "good: a remark" remark
accepted "good: the forge's own files" pipeline
accepted "good: a grid that never ran is taken back" drop_second

refused "a letter in a number" "~grids/hook.yaml:*:*: lower: *" \
    edit 's/^lower: .*/lower: 5640O/'
refused "bounds the wrong way round" "~grids/hook.yaml:*:*: *" \
    edit 's/^upper: .*/upper: 6360/'
refused "a key that is none" "~grids/hook.yaml:*:*: leverage: *" \
    edit 's/^levels: .*/&\nleverage: 20/'
refused "a tab" "~grids/hook.yaml:*:*: *" tabbed
refused "a key twice" "~grids/hook.yaml:*:*: *" edit 's/^lower: .*/&\n&/'
refused "an event that is none" "~grids/hook.yaml:*:*: history*" \
    edit 's/event: stopped/event: stoped/'
refused "a date that is none" "~grids/hook.yaml:*:*: *" \
    edit 's/2026-02-10T13:20:00Z/2026-02-30T13:20:00Z/'
refused "three at once" "~grids/hook.yaml:*:*: *" both_wrong
refused "a bomb of anchors" "~grids/hook.yaml:*:*: *" bomb
refused "a binary" "~grids/hook.yaml:*:*: *" binary
refused "not UTF-8" "~grids/hook.yaml:*:*: *" not_utf8
refused "a file of 9 MB" "~grids/hook.yaml:1:1: has *remove it*" huge
refused "a renamed grid" "~grids/hook*.yaml:*:*: *" renamed
refused "a link" "~grids/hook.yaml:1:1: is a link*" linked
refused "a grid taken away" "~grids/hook.yaml:1:1: *'stopped'*" \
    rm grids/hook.yaml
refused "a grid and its memory taken away" \
    "~grids/hook.yaml:1:1: *'stopped'*" without_memory
refused "a grid and its traces taken away" \
    "~grids/hook.yaml:1:1: *'stopped'*" without_traces
accepted "good: a memory that cannot be read is removed" rm state/hook.yaml
refused "and the grid after it" "~grids/hook.yaml:1:1: *'stopped'*" \
    rm grids/hook.yaml
accepted "good: its newest slot is removed" rm latest/grids/hook.yaml
refused "and the grid of old slots" "~grids/hook.yaml:1:1: *'stopped'*" \
    rm grids/hook.yaml
refused "a foreign file" "~note.txt:1:1: does not belong here*" foreign
refused "a document in another slot" \
    "~exits/hook/2026/02/10/1345.yaml:*:*: *must be 2026-02-10T13:45:00Z*" \
    moved_slot
refused "a changed document" "~$SLOT_FILE:*:*: *" slot_edited
refused "a removed young document" "~$SLOT_FILE:1:1: *put it back*" \
    rm "$SLOT_FILE"
refused "a changed audit event" "~$AUDIT:1:1: has the hash *" audit_edited
refused "a removed audit event" "~$AUDIT:1:1: *written once*" rm "$AUDIT"
refused "a changed seed" "~bars/BTC-USDT/1h/seed.csv:*:*: *" \
    sed -i '$d' bars/BTC-USDT/1h/seed.csv
refused "a removed schema" "~schema/grid.schema.json:1:1: *init*" \
    rm schema/grid.schema.json
refused "a changed schema" "~schema/exit.schema.json:1:1: *init*" \
    sed -i 's/exit/exits/' schema/exit.schema.json
refused "nine bad files at once" "~grids/g1.yaml:*:*: *" many_files

row "and twenty lines are enough" 20 "$(grep -c ': grids/g' "$OUT/said")"
row "with a count of the rest" "~*and * more*" "$(grep more "$OUT/said")"

clean_desk
desk commit -q --allow-empty -m one
desk push -q origin HEAD:main
desk reset -q --hard HEAD~1
desk commit -q --allow-empty -m other
push_refused "a forced push" "~refs/heads/main:1:1: would lose commits*" \
    --force origin HEAD:main
clean_desk
push_refused "a removed branch" "~refs/heads/main:1:1: would be removed*" \
    origin --delete main
desk push -q origin HEAD:refs/heads/side
status=0
desk push -q origin --delete side 2> "$OUT/said" || status=$?
row "a side branch that is merged may go" 0 "$status"
desk tag 2026-01 HEAD~1
desk push -q origin 2026-01
desk tag -f 2026-01 HEAD > "$OUT/said"
push_refused "a moved tag" "~refs/tags/2026-01:1:1: is a tag and stays*" \
    --force origin 2026-01
desk tag not-a-commit "$(desk rev-parse HEAD:README.md)"
push_refused "a tag of a file" "~*is not a commit*" origin not-a-commit

desk checkout -q -b branch HEAD~1
(cd "$DESK" && remark)
desk commit -q -a -m "on a branch"
desk merge -q -m "merged" main
push_refused "a merge" "~merge:1:1: *git pull --rebase*" origin HEAD:main

clean_desk
retire "run 20260212T000010Z-1a2b3c4d" "2026-02-11T12:00:00Z"
push_refused "a run that retires what is young" "~$SLOT_FILE:1:1: *" \
    origin HEAD:main
clean_desk
retire "by hand" "2026-02-12T14:00:00Z"
push_refused "a hand that retires what is old" "~$SLOT_FILE:1:1: *" \
    origin HEAD:main
clean_desk
retire "run 20260212T000010Z-1a2b3c4d" "2026-02-12T14:00:00Z"
status=0
desk push -q origin HEAD:main > "$OUT/said" 2>&1 || status=$?
row "a run that retires what is old" 0 "$status"

# --- The same over the net ----------------------------------------------

over_http() {
    mkdir -p "$OUT/http"
    git clone -q --bare "$FORGE" "$OUT/http/forge.git"
    git -C "$OUT/http/forge.git" config http.receivepack true
    printf '#!/bin/sh\nexec "%s" validate --pre-receive\n' "$GRIDWATCH" \
        > "$OUT/http/forge.git/hooks/pre-receive"
    chmod +x "$OUT/http/forge.git/hooks/pre-receive"
    http_start "$OUT/http"
    clean_desk
    desk remote set-url origin \
        "$(echo "$HTTP_URL" | sed "s|//|//$SERVER_USER:$SERVER_TOKEN@|")/forge.git"
    (cd "$DESK" && edit 's/^lower: .*/lower: 5640O/')
    desk commit -q --no-verify -a -m "by hand"
    push_refused "http: a letter in a number" "~grids/hook.yaml:*:*: lower: *" \
        origin HEAD:main
    clean_desk
    (cd "$DESK" && remark)
    desk commit -q --no-verify -a -m "by hand"
    status=0
    desk push -q origin HEAD:main > "$OUT/said" 2>&1 || status=$?
    row "http: a remark" 0 "$status"
}

if servers_have_http; then
    over_http
else
    skip "the same over http" "no lighttpd: run './bootstrap servers'"
fi

# --- As a forge's pipeline does it: a shallow checkout ------------------

git clone -q --depth 1 "file://$FORGE" "$OUT/pipeline"
status=0
(cd "$OUT/pipeline" && "$GRIDWATCH" validate .) > "$OUT/said" 2>&1 || status=$?
row "a pipeline: all good" 0 "$status"
(cd "$OUT/pipeline" && edit 's/^lower: .*/lower: 5640O/')
git -C "$OUT/pipeline" commit -q --no-verify -a -m "by hand"
status=0
(cd "$OUT/pipeline" && "$GRIDWATCH" validate .) > "$OUT/said" 2>&1 || status=$?
row "a pipeline: a letter in a number" "~65 grids/hook.yaml:6:8: lower: *" \
    "$status $(head -n 1 "$OUT/said")"

status=0
"$GRIDWATCH" validate "$FORGE" > "$OUT/said" 2>&1 || status=$?
row "the forge's tip is valid" 0 "$status"
status=0
"$GRIDWATCH" validate --history "$FORGE" > "$OUT/said" 2>&1 || status=$?
row "and so is all that it ever held" 0 "$status"
# What no hook saw: one file is too long, one is another repository, and what
# is wrong before them is told all the same.
git clone -q --bare "$FORGE" "$OUT/odd.git"
desk remote set-url origin "$FORGE"
clean_desk
(cd "$DESK" && edit 's/^lower: .*/lower: 5640O/')
desk commit -q --no-verify -a -m "a letter in a number"
(cd "$DESK" && huge)
desk update-index --add --cacheinfo \
    "160000,$(desk rev-parse HEAD),grids/else.yaml"
desk commit -q --no-verify -m "another repository"
desk commit -q --no-verify -m "too long" grids/hook.yaml
desk push -q "$OUT/odd.git" HEAD:main
for mode in "" --history; do
    status=0
    # shellcheck disable=SC2086 # one word or none
    "$GRIDWATCH" validate $mode "$OUT/odd.git" > "$OUT/said" 2>&1 || status=$?
    row "odd content ${mode:-at the tip}: 65" 65 "$status"
    row "odd content ${mode:-at the tip}: too long" \
        "~grids/hook.yaml:1:1: *" \
        "$(grep 'hook.yaml:1:1' "$OUT/said")"
    row "odd content ${mode:-at the tip}: a count" "~*files checked, * bad" \
        "$(grep checked "$OUT/said")"
done
row "odd content --history: another repository" \
    "~grids/else.yaml:1:1: *another repository, or lost*" \
    "$(grep else "$OUT/said")"
row "odd content --history: and what was before" \
    "~grids/hook.yaml:6:8: lower: *" "$(grep lower "$OUT/said")"

status=0
git --git-dir "$FORGE" fsck --strict > "$OUT/said" 2>&1 || status=$?
row "git has nothing to say" 0 "$status"
end_table
