/* gridwatch kpi: how well the service served. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "cli/kpi_record.h"
#include "hindsight/interval.h"
#include "sys/xmalloc.h"

#define DEFINED 0.95 /* of the draws, as of a KPI */

// clang-format off
const struct kpi_service_row kpi_service_table[SERVICE_COUNT] = {
    [SERVICE_FIRST_TRY]   = { "delivery_first_try", "share", "messages, by channel, that were accepted at the first try", STATISTIC_SHARE },
    [SERVICE_ACKNOWLEDGE] = { "acknowledge_minutes", "minutes", "from the first LATEST or MANDATORY message of an episode until it was acknowledged, or the grid left", STATISTIC_SURVIVAL },
    [SERVICE_RECORDED]    = { "slots_recorded", "share", "slots of the lives that are recorded", STATISTIC_SHARE },
    [SERVICE_IN_TIME]     = { "slots_in_time", "share", "the same, by the run of the slot and not filled in later", STATISTIC_SHARE },
    [SERVICE_KNOWN]       = { "slots_known", "share", "the same, with a state that is not UNKNOWN", STATISTIC_SHARE },
};
// clang-format on

void kpi_cases_add(struct kpi_cases *c, const struct kpi_case *one)
{
    c->list = xrealloc(c->list, c->count + 1, sizeof(*c->list));
    c->list[c->count++] = *one;
}

/* --- Deliveries ----------------------------------------------------------- */

/* What a channel said of the message, over all its answers. */
struct said {
    bool asked, first; /* was it sent at all; was the first request accepted */
};

static struct said said_by(const struct story_event *e, const char *channel)
{
    struct said s = { false, false };
    bool refused = false;

    for (size_t i = 0; i < e->delivery_count; i++) {
        const struct delivery_document *d = &e->deliveries[i];
        if (strcmp(d->delivery.channel, channel) != 0)
            continue;
        s.asked = s.asked || d->delivery.outcome == DELIVERY_ACCEPTED ||
                  d->delivery.outcome == DELIVERY_REFUSED;
        refused = refused || d->delivery.outcome == DELIVERY_REFUSED;
        s.first = s.first || (d->delivery.outcome == DELIVERY_ACCEPTED &&
                              d->delivery.tries == 1);
    }
    s.first = s.first && !refused;
    return s;
}

static bool is_first_of(const struct story_event *e, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(e->deliveries[j].delivery.channel,
                   e->deliveries[i].delivery.channel) == 0)
            return false;
    return true;
}

void kpi_service_message(struct kpi_record *k, const struct story_event *e)
{
    struct kpi_cases *c = &k->service[SERVICE_FIRST_TRY];

    if (e->kind != STORY_MESSAGE || e->at_ms < k->span.from_ms ||
        e->at_ms >= k->span.to_ms)
        return;
    c->pending += e->delivery_count == 0;
    for (size_t i = 0; i < e->delivery_count; i++) {
        struct said s = said_by(e, e->deliveries[i].delivery.channel);
        if (!is_first_of(e, i) || !s.asked)
            continue;
        kpi_cases_add(c, &(struct kpi_case){ s.first, 1, life_week(e->at_ms) });
    }
}

/* --- Acknowledgements ------------------------------------------------------
 */

/* The first act from `from_ms` on that shows that somebody has seen it. */
static int64_t answered_ms(const struct kpi_act *acts, size_t count,
                           int64_t from_ms)
{
    int64_t first_ms = MOMENT_NONE;
    for (size_t i = 0; i < count; i++)
        if (acts[i].kind != ACT_RETURNED && acts[i].at_ms >= from_ms &&
            (first_ms == MOMENT_NONE || acts[i].at_ms < first_ms))
            first_ms = acts[i].at_ms;
    return first_ms;
}

void kpi_service_acknowledged(struct kpi_record *k,
                              const struct kpi_message *messages, size_t count,
                              const struct kpi_act *acts, size_t act_count)
{
    const char *told = "";

    for (size_t i = 0; i < count; i++) {
        const struct kpi_message *m = &messages[i];
        int64_t end_ms = k->now_ms;
        if (m->state < STATE_LATEST || strcmp(m->tag, told) == 0)
            continue;
        told = m->tag;
        if (m->at_ms < k->span.from_ms || m->at_ms >= k->span.to_ms)
            continue;
        for (size_t j = i + 1; j < count && end_ms == k->now_ms; j++)
            if (messages[j].state >= STATE_LATEST &&
                strcmp(messages[j].tag, m->tag) != 0)
                end_ms = messages[j].at_ms;
        int64_t ms = answered_ms(acts, act_count, m->at_ms);
        bool came = ms != MOMENT_NONE && ms <= end_ms;
        double took = (double)((came ? ms : end_ms) - m->at_ms);
        kpi_cases_add(&k->service[SERVICE_ACKNOWLEDGE],
                      &(struct kpi_case){ fmax(0, took / MS_PER_MINUTE), came,
                                          life_week(m->at_ms) });
    }
}

/* --- As a number -----------------------------------------------------------
 */

static int by_week(const void *a, const void *b)
{
    int32_t x = ((const struct kpi_case *)a)->week;
    int32_t y = ((const struct kpi_case *)b)->week;
    return (x > y) - (x < y);
}

/* Rows with their weeks numbered from 0; how many weeks there are. */
static size_t rows_of(const struct kpi_cases *c, struct statistic_row *rows)
{
    struct kpi_case *sorted = xcalloc(c->count, sizeof(*sorted));
    size_t weeks = 0;

    if (c->count)
        memcpy(sorted, c->list, c->count * sizeof(*sorted));
    qsort(sorted, c->count, sizeof(*sorted), by_week);
    for (size_t i = 0; i < c->count; i++) {
        weeks += i == 0 || sorted[i].week != sorted[i - 1].week;
        rows[i] =
            (struct statistic_row){ sorted[i].num, sorted[i].den, weeks - 1 };
    }
    free(sorted);
    statistic_sort(c->how, rows, c->count);
    return weeks;
}

static void bound(const struct kpi_cases *c, const struct statistic_row *rows,
                  size_t weeks, struct kpi_result *r)
{
    double *weight = xcalloc(weeks, sizeof(*weight));
    double *drawn = xcalloc(KPI_DRAWS, sizeof(*drawn));
    size_t defined = 0;
    struct prng prng;

    prng_init(&prng, KPI_SEED);
    for (int d = 0; d < KPI_DRAWS; d++) {
        for (size_t i = 0; i < weeks; i++)
            weight[i] = 0;
        for (size_t i = 0; i < weeks; i++)
            weight[prng_next(&prng) % weeks] += 1;
        double v = statistic_of(c->how, rows, c->count, weight);
        if (isfinite(v))
            drawn[defined++] = v;
    }
    if ((double)defined >= DEFINED * KPI_DRAWS) {
        struct bounds b = middle_95(drawn, defined);
        if (c->how == STATISTIC_SHARE && !(b.lo < b.hi))
            b = wilson_95(r->value.v, (double)weeks);
        r->lo = value_real(b.lo, (int32_t)c->count);
        r->hi = value_real(b.hi, (int32_t)c->count);
    }
    free(weight);
    free(drawn);
}

struct kpi_result kpi_service_result(const struct kpi_cases *c)
{
    struct statistic_row *rows = xcalloc(c->count, sizeof(*rows));
    struct kpi_result r = { .undefined = c->undefined, .pending = c->pending };
    size_t weeks = rows_of(c, rows);
    double v = statistic_of(c->how, rows, c->count, NULL), n = 0;

    r.lo = r.hi = r.deff = value_none(VALUE_NOT_IDENTIFIED);
    for (size_t i = 0; i < c->count; i++)
        n += c->how == STATISTIC_SHARE ? rows[i].den : 1;
    r.n = (size_t)n;
    r.value = isfinite(v)  ? value_real(v, (int32_t)c->count)
              : c->count   ? value_none(VALUE_NOT_IDENTIFIED)
              : c->pending ? value_none(VALUE_WARMUP)
                           : value_none(VALUE_UNAVAILABLE);
    if (isfinite(v) && weeks > 1)
        bound(c, rows, weeks, &r);
    free(rows);
    return r;
}
