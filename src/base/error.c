#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *err, enum fault fault, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        err->fault = fault;
        vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
        va_end(ap);
    }
    return -1;
}

int error_wrap(struct error *err, const char *fmt, ...)
{
    if (err) {
        char noun[sizeof(err->msg)];
        char whole[sizeof(err->msg) * 2 + 4];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(noun, sizeof(noun), fmt, ap);
        va_end(ap);
        snprintf(whole, sizeof(whole), "%s: %s", noun, err->msg);
        whole[sizeof(err->msg) - 1] = '\0';
        memcpy(err->msg, whole, strlen(whole) + 1);
    }
    return -1;
}

const char *fault_name(enum fault fault)
{
    static const char *const names[] = {
        [FAULT_NONE] = "none",       [FAULT_USAGE] = "usage",
        [FAULT_CONFIG] = "config",   [FAULT_DATA] = "data",
        [FAULT_STALE] = "stale",     [FAULT_TRANSIENT] = "transient",
        [FAULT_REFUSED] = "refused", [FAULT_BUSY] = "busy",
        [FAULT_MISSING] = "missing", [FAULT_IO] = "io",
        [FAULT_BUG] = "bug",
    };
    return names[fault];
}
