/* base/error.h - how a function says what went wrong. Pure.
 *
 * A function that can fail returns 0 or -1 and fills the caller's
 * `struct error`, which is its last argument. The innermost frame says what
 * went wrong with error_set(); a boundary (file, host, grid, commit) puts one
 * noun in front with error_wrap(). Messages are one line, lower case, without
 * a full stop, the subject in single quotes. Nothing here prints.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

/* What the caller can do about it. */
enum fault {
    FAULT_NONE,
    FAULT_USAGE,     /* the command line is wrong: say how it is called */
    FAULT_CONFIG,    /* a configuration file or a secret: a person fixes it */
    FAULT_DATA,      /* the input is not what it should be: reject it */
    FAULT_STALE,     /* the input is too old: wait for the next run */
    FAULT_TRANSIENT, /* the network or a busy server: try again */
    FAULT_REFUSED,   /* the other side said no for good: do not try again */
    FAULT_BUSY,      /* someone else holds it */
    FAULT_MISSING,   /* it is not there */
    FAULT_IO,        /* disk or operating system */
    FAULT_BUG        /* our own mistake */
};

struct error {
    enum fault fault;
    char msg[640];
};

/* Both return -1, so that they can stand in a return statement. `err` may be
 * NULL when the caller does not want to know. error_wrap() turns "what" into
 * "noun: what" and keeps the fault; a text too long is cut, never overrun. */
int error_set(struct error *err, enum fault fault, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int error_wrap(struct error *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The word of a fault, for logs: "config", "data", ... */
const char *fault_name(enum fault fault);

#endif
