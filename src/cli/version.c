#include "cli/command.h"

#ifndef GRIDWATCH_VERSION
#error "the makefile defines GRIDWATCH_VERSION and GRIDWATCH_REVISION"
#endif

const char *version_number(void)
{
    return GRIDWATCH_VERSION;
}

const char *version_engine(void)
{
    return GRIDWATCH_VERSION "+" GRIDWATCH_REVISION;
}
