#include "tools/bench_talib.h"

#include <dlfcn.h>
#include <string.h>

/* An object pointer as a function pointer, the way POSIX promises it. */
static const char *find(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof(found));
    return found ? NULL : dlerror();
}

static const char *find_all(struct talib *t)
{
    const char *why = find(t->library, "TA_Initialize", &t->initialize);
    if (!why)
        why = find(t->library, "TA_ADX", &t->adx);
    if (!why)
        why = find(t->library, "TA_ATR", &t->atr);
    if (!why)
        why = find(t->library, "TA_BBANDS", &t->bbands);
    if (!why)
        why = find(t->library, "TA_LINEARREG_SLOPE", &t->slope);
    return why;
}

const char *talib_open(struct talib *t, const char *path)
{
    if (!path)
        return "TA-Lib was not fetched";
    t->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!t->library)
        return dlerror();
    const char *why = find_all(t);
    if (!why && t->initialize())
        why = "TA_Initialize failed";
    return why;
}

void talib_close(struct talib *t)
{
    if (t->library)
        dlclose(t->library);
}
