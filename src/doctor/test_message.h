/* doctor/test_message.h - one test message to each channel that is set up. */
#ifndef DOCTOR_TEST_MESSAGE_H
#define DOCTOR_TEST_MESSAGE_H

#include "config/config.h"
#include "net/http.h"

struct trial_result {
    const char *channel; /* pushover, ntfy, ...; static */
    bool taken;
    char why[260]; /* not; without secrets */
};
#define TRIAL_MAX 8

/* Is the phone set up? Are its token and user there? */
bool trial_has_phone(const struct config *c);

/* The channels that there are, without telling them anything. */
size_t trial_channels(const struct config *c, const char *names[TRIAL_MAX]);

/* Tells each of them at priority 0, one after the other; the number of
 * results. The pool must be empty. */
size_t trial_send(const struct config *c, struct http_pool *pool,
                  int64_t now_ms, struct trial_result out[TRIAL_MAX]);

#endif
