/* sys/log.h - one line per event, for people and for rules.
 *
 *   2026-02-03T04:00:07Z warn +exit-warning grid=btc-a pi=0.28 run=9f2c1a
 *
 * Time in UTC, level, event word (sys/log_events.h), then key=value with a
 * blank between. A line has at most LOG_LINE_MAX bytes and no control
 * character, whatever it is given: fields that do not fit are left out from
 * the end and `cut=yes` says so; `run=` always stays. Secrets never come here.
 *
 * The sink is the one piece of state. Without log_init() nothing is written.
 * One thread.
 */
#ifndef SYS_LOG_H
#define SYS_LOG_H

#include <stdint.h>
#include <stdio.h>

enum log_level {
    LOG_LEVEL_ERROR, /* needs a person */
    LOG_LEVEL_WARN,  /* needs a look */
    LOG_LEVEL_INFO,  /* state changes, one summary a run */
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_COUNT
};
const char *log_level_name(enum log_level level); /* error, warn, info, debug */

#define LOG_LINE_MAX 1000 /* bytes, the newline included */

struct log_sink {
    enum log_level level;      /* what is less urgent is not written */
    FILE *out;                 /* borrowed; NULL: nothing is written */
    const char *run_id;        /* at most 40 bytes are kept; NULL or "": none */
    int64_t (*clock_ms)(void); /* since 1970; NULL: the wall clock */
};

/* Replaces the sink. The run id is copied. */
void log_init(const struct log_sink *sink);

/* `event` is a word of sys/log_events.h, `fmt` makes "key=value key=value" or
 * "". A value that may hold anything but digits and plain words goes through
 * log_value(). */
void log_event(enum log_level level, const char *event, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#define LOG_VALUE_POINTS 160 /* code points of a value that are shown */
#define LOG_VALUE_MAX    (LOG_VALUE_POINTS * 4 + 3)

/* Makes one value of a text and returns `out`: as it is when it is a plain
 * word, else in double quotes with \" \\ \n \r \t and \xHH. Longer texts end
 * in an ellipsis, bytes that are not UTF-8 become '?'. NULL becomes "". */
const char *log_value(const char *text, char out[LOG_VALUE_MAX]);

#endif
