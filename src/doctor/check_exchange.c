/* The exchange and what it says of the key. Nothing is ordered. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "doctor/doctor_internal.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

#define DOCTOR_MS 60000 /* all that is asked of the exchange together */

static int open_pool(struct doctor *d, struct error *err)
{
    const struct http_pool_options pool = {
        .user_agent = d->user_agent,
        .max_per_host = (size_t)d->config.exchange.max_connections,
        .seed = (uint64_t)clock_wall_ms(),
    };
    struct kucoin_options kucoin = KUCOIN_OPTIONS_INIT;

    d->pool = http_pool_new(&pool, err);
    if (!d->pool)
        return -1;
    kucoin.base_url = d->config.exchange.base_url;
    kucoin.timeout_ms = d->config.exchange.request_timeout_ms;
    kucoin.weight_max = (int)d->config.exchange.weight_budget;
    kucoin_init(&d->kucoin, d->pool, &kucoin);
    d->deadline_ms = clock_monotonic_ms() + DOCTOR_MS;
    return 0;
}

void check_exchange(struct doctor *d)
{
    struct error err;
    if (open_pool(d, &err) ||
        kucoin_greet(&d->kucoin, d->deadline_ms, &d->host, &err)) {
        doctor_fail(d, RUN_UNREACHABLE, "", "%.300s", err.msg);
        return;
    }
    d->exchange_ok = d->host.clock_ok || d->host.status_ok;
    if (!d->exchange_ok)
        doctor_fail(d, RUN_UNREACHABLE, "", "%.300s", d->host.clock_err.msg);
    else if (!d->host.status_ok)
        doctor_warn(d, "", "it does not say whether it is open: %.250s",
                    d->host.status_err.msg);
    else if (d->host.status.status != MARKET_OPEN)
        doctor_warn(d, "", "it says that it is not open: %.200s",
                    d->host.status.note);
    else
        doctor_ok(d, "", "it answers in %" PRId64 " ms and is open",
                  d->host.round_trip_ms);
}

void check_clock(struct doctor *d)
{
    int64_t most_ms = d->config.run.max_clock_offset_ms;
    if (d->options->at_ms != MOMENT_NONE)
        doctor_skip(d, "", "--at names the time");
    else if (!d->host.clock_ok)
        doctor_warn(d, "", "the exchange's clock cannot be read: %.250s",
                    d->host.clock_err.msg);
    else if (llabs(d->host.offset_ms) > most_ms)
        doctor_fail(d, RUN_BAD_DATA, "",
                    "they differ by %" PRId64 " s, more than %" PRId64
                    " s: nothing would be concluded",
                    d->host.offset_ms / 1000, most_ms / 1000);
    else
        doctor_ok(d, "", "they differ by %" PRId64 " ms", d->host.offset_ms);
}

static struct kucoin_login login_of(const struct doctor *d)
{
    const struct config_secrets *s = &d->config.secrets;
    return (struct kucoin_login){
        .key = s->kucoin_api_key.text,
        .secret = s->kucoin_api_secret.text,
        .passphrase = s->kucoin_api_passphrase.text,
        .offset_ms = d->host.clock_ok ? d->host.offset_ms : 0,
    };
}

static bool only_general(const char *permissions)
{
    return strcmp(permissions, "General") == 0;
}

static void tell_usable(struct doctor *d)
{
    if (!only_general(d->key.permissions))
        doctor_warn(d, "",
                    "DANGER: it may do more than read (permissions '%s') and "
                    "is used all the same, because exchange.allow_trading_key "
                    "is true: who steals it can trade or withdraw",
                    d->key.permissions);
    else if (!d->key.ip_restricted)
        doctor_warn(d, "",
                    "it may only read, and from any address: bind it to "
                    "this machine's");
    else
        doctor_ok(d, "", "it may only read, and from named addresses only");
}

void check_key(struct doctor *d)
{
    const struct kucoin_login login = login_of(d);
    kucoin_ask_key(&d->kucoin, &login, d->config.exchange.allow_trading_key,
                   d->deadline_ms, &d->key);
    switch (d->key.state) {
    case KUCOIN_KEY_NONE:
        doctor_warn(d, "", "none is set: positions come from the model alone");
        break;
    case KUCOIN_KEY_USABLE:
        tell_usable(d);
        break;
    case KUCOIN_KEY_POWERFUL:
        doctor_fail(d, RUN_KEY_REFUSED, "", "DANGER: %.300s", d->key.err.msg);
        break;
    case KUCOIN_KEY_REFUSED:
        doctor_fail(d, RUN_KEY_REFUSED, "", "%.300s", d->key.err.msg);
        break;
    case KUCOIN_KEY_UNKNOWN:
        doctor_fail(d, RUN_UNREACHABLE, "", "it could not be checked: %.250s",
                    d->key.err.msg);
        break;
    }
}

void check_account(struct doctor *d)
{
    const struct kucoin_login login = login_of(d);
    struct error err;

    if (d->key.state != KUCOIN_KEY_USABLE) {
        doctor_skip(d, "", "there is no key that is used");
        return;
    }
    struct kucoin_unified *subs = xcalloc(1, sizeof(*subs));
    enum kucoin_mode mode =
        kucoin_ask_mode(&d->kucoin, &login, d->deadline_ms, subs, &err);
    free(subs);
    if (mode == KUCOIN_MODE_CLASSIC)
        doctor_ok(d, "", "it is a classic one");
    else
        doctor_warn(d, "", "%.300s", err.msg);
}
