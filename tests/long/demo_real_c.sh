#!/bin/sh
# The third real window: a grid of 4 slow ATR(4h) as `grid propose` makes it.
set -eu
cd "$(dirname "$0")/../.."
WINDOWS=C exec tests/e2e/demo_real.sh
