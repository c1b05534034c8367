/* doctor/test_message.h - one test message to each channel that is set up. */
#ifndef DOCTOR_TEST_MESSAGE_H
#define DOCTOR_TEST_MESSAGE_H

#include "config/config.h"
#include "net/http.h"

#define TRIAL_WHY 260

struct trial_result {
    const char *channel; /* pushover, ntfy, ...; static */
    bool taken;
    char why[TRIAL_WHY]; /* not; without secrets */
};
#define TRIAL_MAX 8

/* Is the phone set up? Are its token and user there? */
bool trial_has_phone(const struct config *c);

/* The channels that there are, without telling them anything. */
size_t trial_channels(const struct config *c, const char *names[TRIAL_MAX]);

/* Does the service know the phone's token and user key? Nothing is sent. Else
 * `refused` says whether it said no, or could not be asked. The pool must be
 * empty. */
bool trial_ask_phone(const struct config *c, struct http_pool *pool,
                     bool *refused, char why[TRIAL_WHY]);

/* Tells each of them at priority 0, one after the other; the number of
 * results. The pool must be empty. */
size_t trial_send(const struct config *c, struct http_pool *pool,
                  int64_t now_ms, struct trial_result out[TRIAL_MAX]);

#endif
