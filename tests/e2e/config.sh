#!/bin/sh
# config check and config show: what they say of good and of wrong files, and
# that they find what other commands refuse. No network, no repository.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
NAME=config
. tests/e2e/judge_lib.sh

WORK=$OUT/$NAME
rm -rf "$WORK"
mkdir -p "$WORK/config"
FILE=$WORK/config/gridwatch.yaml
STRATEGY=$WORK/config/exit_strategy_config.yaml
CALENDAR=$WORK/calendar.csv
TOKEN=PLANTEDazGDORePK8gMaC0QOYAMyEEuz

# asks CODE WORD...: ends so; what it says is in out and err.
asks() {
    want=$1
    code=0
    shift
    "$BUILD/gridwatch" "$@" --config "$FILE" > "$WORK/out" 2> "$WORK/err" ||
        code=$?
    [ "$code" -eq "$want" ] || { echo "ended with $code"; cat "$WORK/out" "$WORK/err"; return 1; }
}
says() { grep -qxF -e "$1" "$WORK/out" || { cat "$WORK/out"; return 1; }; }
talks() { grep -qxF -e "$1" "$WORK/err" || { cat "$WORK/err"; return 1; }; }
holds() { jq -e "$1" "$WORK/out"; }
nothing_shown() { [ ! -s "$WORK/out" ] || { cat "$WORK/out"; return 1; }; }
silent() { ! grep PLANTED "$WORK/out" "$WORK/err"; }

# reference N: "KEY DEFAULT" of each option of the page's Nth file, numbers
# without zeros at the end, durations in the largest unit.
reference() {
    awk -F ' [|] ' -v file="$1" '/^## config\// { n++ } /^## / && !/config\// { n = 0 }
        n == file && /^\| `[a-z]/ { gsub(/^\| `|`$/, "", $1)
            gsub(/^`"?|"?`$/, "", $3)
            if ($2 == "number") $3 += 0
            if ($2 == "duration" && $3 ~ /[0-9]s$/ && $3 % 60 == 0 && $3 + 0) $3 = $3 / 60 "m"
            if ($2 == "duration" && $3 ~ /[0-9]m$/ && $3 % 60 == 0) $3 = $3 / 60 "h"
            print $1 " " $3 }' docs/config.md
}
SERVICE_OPTIONS=$(reference 1 | wc -l)
STRATEGY_OPTIONS=$(reference 2 | wc -l)

# --- Good files --------------------------------------------------------------

cp config/gridwatch.yaml config/exit_strategy_config.yaml "$WORK/config/"
is "the committed files are right" asks 0 config check
is "the service's is" \
    says "$FILE: ok, $SERVICE_OPTIONS of $SERVICE_OPTIONS options are written"
is "and the strategy's" says \
    "$STRATEGY: ok, $STRATEGY_OPTIONS of $STRATEGY_OPTIONS options are written"
is "no secret is asked for" says "secrets: ok, 0 of 16 are set"
is "their hash is" asks 0 config check --json
HASH=$(jq -r .hash "$WORK/out")

: > "$FILE"
rm "$STRATEGY"
is "so is an empty file, and none" asks 0 config check
is "which is said" says "$FILE: ok, 0 of $SERVICE_OPTIONS options are written"
is "of both" says \
    "$STRATEGY: not there, all $STRATEGY_OPTIONS options have their defaults"
is "and they are one configuration" says "configuration $HASH"
is "which is shown" asks 0 config show --json
defaults() {
    { reference 1; reference 2; } > "$WORK/want"
    jq -r '.options[] | "\(.key) \(.value)"' "$WORK/out" | diff "$WORK/want" -
}
is "with the defaults of docs/config.md" defaults
is "and said to be defaults" \
    holds '.options | all(.from == "default" and .file == null and .line == null)'

cat > "$FILE" << YAML
repository:
  path: other.git
notify:
  ntfy_url: https://ntfy.example.org/open
YAML
is "what is written has its line" asks 0 config show
is "in the file" eval "grep -qx 'repository.path  *\"other.git\"  *$FILE:2' '$WORK/out'"
export PUSHOVER_TOKEN=$TOKEN NTFY_ALERT_URL=https://ntfy.example.org/$TOKEN
printf '%s\n' "$TOKEN" > "$WORK/token"
chmod 600 "$WORK/token"
export GIT_TOKEN_FILE="$WORK/token"
is "secrets are named" asks 0 config show
is "by their variable" \
    grep -qx 'PUSHOVER_TOKEN  *set, from environment PUSHOVER_TOKEN' "$WORK/out"
is "or the one of a file" \
    grep -qx 'GIT_TOKEN  *set, from environment GIT_TOKEN_FILE' "$WORK/out"
is "or as not set" grep -qx 'PUSHOVER_USER  *not set' "$WORK/out"
is "never shown" silent
is "what goes before a file's address is told" asks 0 config show --json
is "without either" holds '.options[] | select(.key == "notify.ntfy_url") |
    .value == null and .from == "environment" and .variable == "NTFY_ALERT_URL"'
is "nor shown" silent
is "check counts them" asks 0 config check
is "three" says "secrets: ok, 3 of 16 are set"
is "and is silent" silent
unset NTFY_ALERT_URL GIT_TOKEN_FILE

# --- Wrong files -------------------------------------------------------------

cat > "$FILE" << YAML
repository:
  paht: x
run: {settle: 5000h}
outside: {calendar_file: "$CALENDAR"}
YAML
printf 'exit: {l_haz: {leave: 0.49}}\n' > "$STRATEGY"
printf 'from,to,name\n2026-03-18T17:30:00Z,2026-03-17T20:00:00Z,x\n' > "$CALENDAR"
export PUSHOVER_TOKEN="$TOKEN x"
is "all that is wrong is told at once" asks 78 config check
UNKNOWN="$FILE:2:3: unknown key 'repository.paht': did you mean 'repository.path'?"
is "a key" says "$UNKNOWN"
is "a value" says "$FILE:3:15: 'run.settle' is 5000h, must be 0s to 30s"
is "two that do not go together" \
    grep -q "^$STRATEGY:1:23: 'exit.l_haz.leave' must be " "$WORK/out"
is "a secret" says \
    "PUSHOVER_TOKEN: the secret holds a blank or a line break: copy it again"
is "a window of the calendar" says "$CALENDAR:2:1: 'to' must be after 'from'"
is "each file is said to be wrong" says "$FILE: 2 errors"
is "the strategy" says "$STRATEGY: 1 error"
is "the secrets" says "secrets: 1 error"
is "the calendar" says "$CALENDAR: 1 error"
is "how many they are" talks "gridwatch: the configuration has 5 errors"
is "no secret is" silent
is "as JSON" asks 78 config check --json
is "the same five" holds '(.ok | not) and .hash == null and .errors == 5 and
    (.problems | length) == 5 and ([.files[].state] | all(. == "wrong"))'
is "with their place" holds '.problems[] | select(.line == 3 and .column == 15) |
    .text | startswith("\u0027run.settle\u0027")'
is "show shows nothing of it" asks 78 config show
is "at all" nothing_shown
is "but what is wrong" talks "gridwatch: $UNKNOWN"
is "another command refuses it" asks 78 status
is "in the same words" talks "gridwatch: $UNKNOWN"
unset PUSHOVER_TOKEN

printf 'outside: {calendar_file: "%s"}\n' "$CALENDAR" > "$FILE"
rm "$STRATEGY"
is "a calendar alone can be wrong" asks 78 config check
printf 'from,to,name\n2026-03-16T17:30:00Z,2026-03-17T20:00:00Z,x\n' > "$CALENDAR"
is "and be mended" asks 0 config check
is "as its line says" says "$CALENDAR: ok, 1 window"
rm "$CALENDAR"
is "and be absent" asks 78 config check
chmod 644 "$WORK/token"
printf '\n' > "$FILE"
export GIT_TOKEN_FILE="$WORK/token"
is "a warning is no error" asks 0 config check
is "and told" says \
    "warning: GIT_TOKEN_FILE: others can read the file (mode 644): chmod 400 it"
is "quiet, it alone is" asks 0 config check --quiet
is "told" [ "$(wc -l < "$WORK/out")" -eq 1 ]
unset GIT_TOKEN_FILE

# A schedule of a day that never comes is no schedule.
printf 'daemon:\n  schedule: "0 0 30 2 *"\n' > "$FILE"
NEVER="$FILE:2:13: 'daemon.schedule' must name a day that comes: one such as 30 February never comes, and nothing would ever be run; change its day or its month"
is "a schedule that never comes is found" asks 78 config check
is "where it stands, with what to do" says "$NEVER"
is "the daemon refuses it" asks 78 daemon
is "in the same words" talks "gridwatch: $NEVER"
printf 'daemon:\n  schedule: "0 0 29 2 *"\n' > "$FILE"
is "one that comes in leap years is right" asks 0 config check

# --- The list for programs ----------------------------------------------------

# The table of docs/config.md, as the reference has it, with what stands in the
# other columns.
listed() {
    { reference 1; reference 2; reference 3; } > "$WORK/want"
    jq -r '.options[] | "\(.key) \(.default)"' "$WORK/out" | diff "$WORK/want" -
}
is "list prints JSON when it is asked to" asks 0 config list --json
is "with the options and defaults of docs/config.md" listed
is "each with its file, type and meaning" holds '.options | length > 150 and
    all((.file | startswith("config/")) and (.type | length > 0) and
        (.meaning | length > 0) and has("unit") and has("range"))'
is "a range, and a unit" holds '.options[] | select(.key == "retention.tip_days") |
    .type == "whole number" and .unit == "days" and (.range | test(" to "))'
is "and the secrets by name" holds '[.secrets[].secret] | index("GIT_TOKEN") != null'
is "not as Markdown, too" asks 64 config list --json --markdown
is "nor as a sample" asks 64 config list --json --sample exit
is "without it, it is Markdown" asks 0 config list
is "as ever" cmp "$WORK/out" docs/config.md

# --- How it is called --------------------------------------------------------

FILE=$WORK/config/none.yaml
is "a file that is named must be there" asks 78 config check
is "which is said" says \
    "$FILE: the file does not exist: name one that does, or none for the defaults"
is "a word that is none is refused" asks 64 config chekc
is "list's options are list's" asks 64 config show --markdown
is "a time is refused by check" asks 64 config check --at 2026-01-31T14:15Z
is "which says why" talks "gridwatch: config: without --at: what the files hold does not depend on the time"
is "and shows nothing" nothing_shown
is "and by show" asks 64 config show --at 2026-01-31T14:15Z
is "and by list" asks 64 config list --at 2026-01-31T14:15Z
