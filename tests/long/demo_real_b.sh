#!/bin/sh
# The second real window: 1,152 slots that must stay below LATEST.
set -eu
cd "$(dirname "$0")/../.."
WINDOWS=B exec tests/e2e/demo_real.sh
