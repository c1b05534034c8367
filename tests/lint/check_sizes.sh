#!/bin/sh
# Long functions, files and lines. Tables (fenced "clang-format off") are free.
set -u
export LC_ALL=C
here=$(dirname "$0")
# shellcheck disable=SC2046
awk -f "$here/sizes.awk" $("$here/files.sh" '^(src|tests|tools)/.*\.[ch]$') /dev/null
