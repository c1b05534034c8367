#!/bin/sh
# Prints the C list of the suites named as arguments (see tests/unit/test.h).
echo '#include "test.h"'
for s in "$@"; do echo "void $s(void);"; done
echo 'void (*const unit_suites[])(void) = {'
for s in "$@"; do echo "    $s,"; done
echo '    NULL};'
echo "const size_t unit_suite_count = $#;"
