/* What is left of a run's time, and whose it is: the alert comes first. */
#include "run/run_internal.h"
#include "sys/clock.h"

int64_t run_alert_ms(const struct config *config)
{
    const struct config_notify *n = &config->notify;
    return n->tries * (n->request_timeout_ms + n->retry_spacing_ms);
}

int64_t run_rest_ms(const struct run *r)
{
    int64_t rest_ms = r->deadline_ms - clock_monotonic_ms();
    return rest_ms > 0 ? rest_ms : 0;
}

int64_t run_left_ms(const struct run *r)
{
    int64_t budget_ms = r->config->repository.push_budget_ms;
    int64_t left_ms = run_rest_ms(r);
    if (r->rang && r->push_late)
        return left_ms;
    if (!r->rang)
        left_ms -= run_alert_ms(r->config);
    if (left_ms > budget_ms)
        left_ms = budget_ms;
    return left_ms > 0 ? left_ms : 0;
}

int64_t run_fetch_deadline_ms(const struct run *r)
{
    return r->deadline_ms - r->config->repository.push_budget_ms -
           run_alert_ms(r->config);
}
