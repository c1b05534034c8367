/* Who is told. */
#include <stdio.h>

#include "doctor/doctor_internal.h"
#include "doctor/test_message.h"

static void send(struct doctor *d)
{
    struct trial_result results[TRIAL_MAX];
    size_t n = trial_send(&d->config, d->pool, doctor_now_ms(d), results);
    for (size_t i = 0; i < n; i++) {
        if (results[i].taken)
            doctor_ok(d, results[i].channel, "took a test message");
        else
            doctor_fail(d, RUN_NOT_DELIVERED, results[i].channel,
                        "did not take a test message: %.250s", results[i].why);
    }
}

/* Without a message it is known at least that there is somebody to ring. */
static void ask_phone(struct doctor *d)
{
    char why[TRIAL_WHY];
    bool refused;
    if (trial_ask_phone(&d->config, d->pool, &refused, why))
        doctor_ok(d, "pushover",
                  "knows token, user key and a phone; no message was sent "
                  "(--send)");
    else
        doctor_fail(d, refused ? RUN_CONFIG : RUN_NOT_DELIVERED, "pushover",
                    "%s: %.250s",
                    refused ? "PUSHOVER_TOKEN or PUSHOVER_USER is refused"
                            : "it cannot be asked",
                    why);
}

static void do_not_send(struct doctor *d, const char *const names[], size_t n)
{
    bool asks = trial_has_phone(&d->config) && d->pool;
    if (asks)
        ask_phone(d);
    for (size_t i = asks; i < n; i++)
        doctor_skip(d, names[i], "is set up and not tried (--send)");
}

void check_channels(struct doctor *d)
{
    const char *names[TRIAL_MAX];
    size_t n = trial_channels(&d->config, names);
    bool phone = trial_has_phone(&d->config);

    if (n == 0) {
        doctor_fail(d, RUN_CONFIG, "",
                    "nobody is told: neither the phone nor another channel is "
                    "set up");
        return;
    }
    if (!phone)
        doctor_warn(d, "",
                    "PUSHOVER_TOKEN and PUSHOVER_USER are not both set: no "
                    "siren can ring or be acknowledged");
    if (n == 1 && phone)
        doctor_warn(d, "",
                    "there is no second channel for a siren that nobody "
                    "acknowledges");
    if (d->options->send && d->pool)
        send(d);
    else
        do_not_send(d, names, n);
}
