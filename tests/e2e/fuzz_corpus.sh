#!/bin/sh
# Every input that tests/fuzz keeps is fed to its reader once more.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
mkdir -p "$BUILD/tally"
"$BUILD/fuzz_replay" "$BUILD/tally/fuzz_corpus"
