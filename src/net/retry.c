#include "net/retry.h"

#include <assert.h>
#include <stddef.h>

#include "base/array.h"
#include "base/moment.h"
#include "net/http.h"

#define LIMITED_JITTER_MS 1000

// clang-format off
static const struct {
    enum http_outcome outcome;
    int from, to; /* HTTP status; 0 when there is none */
    enum retry_verdict verdict;
} transport[] = {
    { HTTP_TIMEOUT,   0,   0,   RETRY_BACKOFF },
    { HTTP_NOCONNECT, 0,   0,   RETRY_BACKOFF },
    { HTTP_TLS,       0,   0,   RETRY_BACKOFF },
    { HTTP_BROKEN,    0,   0,   RETRY_BACKOFF },
    { HTTP_REPLIED,   408, 408, RETRY_BACKOFF },
    { HTTP_REPLIED,   429, 429, RETRY_LIMITED },
    { HTTP_REPLIED,   500, 599, RETRY_BACKOFF },
};
// clang-format on

enum retry_verdict retry_by_transport(const struct http_request *r)
{
    for (size_t i = 0; i < ARRAY_LEN(transport); i++)
        if (transport[i].outcome == r->reply.outcome &&
            r->reply.status >= transport[i].from &&
            r->reply.status <= transport[i].to)
            return transport[i].verdict;
    return RETRY_NO;
}

/* Steele, Lea and Flood's SplitMix64: any seed is good, zero included. */
static uint64_t roll(uint64_t *dice)
{
    uint64_t z = *dice += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static int64_t jitter(int64_t span_ms, uint64_t *dice)
{
    return (int64_t)(roll(dice) % (uint64_t)(span_ms + 1));
}

static int64_t doubled(const struct retry_policy *p, int tries)
{
    int64_t ms = p->first_ms;
    for (int i = 1; i < tries && ms < p->cap_ms; i++)
        ms *= 2;
    return ms < p->cap_ms ? ms : p->cap_ms;
}

/* What the host asks for, at most a day, or HTTP_ABSENT. */
static int64_t asked_ms(const struct retry_policy *policy,
                        const struct http_request *r)
{
    const struct http_reply *reply = &r->reply;
    int64_t body_s = policy->asked_s ? policy->asked_s(r) : HTTP_ABSENT;
    int64_t head_s = reply->header[HTTP_RETRY_AFTER_S];
    int64_t after_s = body_s > head_s ? body_s : head_s;
    int64_t reset_ms = reply->header[HTTP_RATE_RESET_MS];
    if (after_s >= 0)
        return after_s < MS_PER_DAY / 1000 ? after_s * 1000 : MS_PER_DAY;
    if (reset_ms < 0 || reply->header[HTTP_RATE_REMAINING] > 0)
        return HTTP_ABSENT;
    return reset_ms < MS_PER_DAY ? reset_ms : MS_PER_DAY;
}

int64_t retry_delay_ms(const struct retry_policy *policy,
                       const struct http_request *r, enum retry_verdict verdict,
                       uint64_t *dice)
{
    assert(policy->first_ms >= 0 && policy->cap_ms >= 0);
    int64_t wait = doubled(policy, r->reply.tries);
    if (verdict != RETRY_LIMITED)
        return wait + jitter(wait / 2, dice);
    int64_t asked = asked_ms(policy, r);
    if (asked != HTTP_ABSENT)
        return (asked > policy->first_ms ? asked : policy->first_ms) +
               jitter(LIMITED_JITTER_MS, dice);
    if (r->reply.header[HTTP_RATE_REMAINING] == HTTP_ABSENT)
        wait = policy->limited_ms;
    return wait + jitter(wait / 2, dice);
}
