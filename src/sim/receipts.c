#include "sim/receipts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "sys/xmalloc.h"

void sim_pushover_release(struct sim_pushover *p)
{
    for (size_t i = 0; i < p->receipt_count; i++) {
        free(p->receipts[i].user);
        free(p->receipts[i].tags);
    }
    free(p->receipts);
    p->receipts = NULL;
    p->receipt_count = 0;
}

static void make_id(char out[SIM_RECEIPT_LENGTH + 1], uint64_t number)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    uint64_t state = number;

    out[0] = 'r';
    for (int i = 1; i < SIM_RECEIPT_LENGTH; i++)
        out[i] = letters[splitmix64(&state) % 36];
    out[SIM_RECEIPT_LENGTH] = '\0';
}

struct sim_receipt *sim_receipt_add(struct sim_pushover *p,
                                    const struct sim_emergency *e,
                                    int64_t now_s)
{
    struct sim_receipt r = {
        .user = xstrdup(e->user),
        .tags = xstrdup(e->tags),
        .sent_s = now_s,
        .retry_s = e->retry_s,
        .expires_s = now_s + e->expire_s,
    };
    make_id(r.id, p->receipt_count + 1);
    p->receipts =
        xrealloc(p->receipts, p->receipt_count + 1, sizeof(*p->receipts));
    p->receipts[p->receipt_count] = r;
    return &p->receipts[p->receipt_count++];
}

struct sim_receipt *sim_receipt_find(struct sim_pushover *p, const char *id)
{
    for (size_t i = 0; i < p->receipt_count; i++)
        if (strcmp(p->receipts[i].id, id) == 0)
            return &p->receipts[i];
    return NULL;
}

bool sim_receipt_expired(const struct sim_receipt *r, int64_t now_s)
{
    return !r->acked_s && now_s >= r->expires_s;
}

bool sim_receipt_rings(const struct sim_receipt *r, int64_t now_s)
{
    return !r->acked_s && now_s < r->expires_s;
}

int64_t sim_receipt_last_delivered(const struct sim_receipt *r, int64_t now_s)
{
    int64_t end = r->acked_s ? r->acked_s : now_s;
    if (end >= r->expires_s)
        end = r->expires_s - 1;
    if (end < r->sent_s)
        return r->sent_s;
    int64_t repeats = (end - r->sent_s) / r->retry_s;
    if (repeats > SIM_REPEATS_MAX)
        repeats = SIM_REPEATS_MAX;
    return r->sent_s + repeats * r->retry_s;
}

bool sim_receipt_has_tag(const struct sim_receipt *r, const char *tag)
{
    size_t n = strlen(tag);
    for (const char *at = r->tags; *at;) {
        size_t length = strcspn(at, ",");
        if (length == n && strncmp(at, tag, n) == 0)
            return true;
        at += length + (at[length] ? 1 : 0);
    }
    return false;
}

void sim_receipt_cancel(struct sim_receipt *r, int64_t now_s)
{
    if (sim_receipt_rings(r, now_s))
        r->expires_s = now_s;
}

static struct sim_receipt *newest_ringing(struct sim_pushover *p, int64_t now_s)
{
    for (size_t i = p->receipt_count; i-- > 0;)
        if (sim_receipt_rings(&p->receipts[i], now_s))
            return &p->receipts[i];
    return NULL;
}

bool sim_pushover_acknowledge(struct sim_pushover *p, const char *id,
                              const char *device, int64_t now_s)
{
    struct sim_receipt *r =
        id ? sim_receipt_find(p, id) : newest_ringing(p, now_s);
    if (!r || !sim_receipt_rings(r, now_s))
        return false;
    r->acked_s = now_s;
    snprintf(r->acked_by, sizeof(r->acked_by), "%s", device);
    return true;
}
