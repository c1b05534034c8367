/* What was recorded, put together. */
#include "base/moment.h"
#include "cli/explain_internal.h"

/* Of chances and of the price of waiting only the number is recorded. */
static struct value number(struct value x)
{
    return isfinite(x.v) ? value_real(x.v, 1) : value_none(VALUE_UNAVAILABLE);
}

/* The short form of the exit document stands without a number. */
static void add_regime(struct regime *r, const struct metrics_document *m)
{
    const char *reason = r->reason;
    *r = m->regime;
    r->reason = reason;
    for (int k = 0; k < CLASS_COUNT; k++) {
        r->p[k] = number(m->regime.p[k]);
        r->raw[k] = number(m->regime.raw[k]);
    }
    double q = r->p[CLASS_TRANSITION].v + r->p[CLASS_TREND].v;
    r->q = number((struct value){ .v = q });
}

struct told told_of(const struct explain *x)
{
    struct told t = { .x = x, .e = x->exit->evaluation };
    for (int i = 0; i < WAITING_COUNT; i++) {
        t.e.waiting[i].typical = number(t.e.waiting[i].typical);
        t.e.waiting[i].adverse = number(t.e.waiting[i].adverse);
    }
    if (x->metrics)
        add_regime(&t.e.regime, x->metrics);
    t.state_now = x->state && x->state->exit.slot_ms == t.e.slot_ms;
    return t;
}

bool told_is_active(const struct told *t, int id)
{
    return t->x->exit->mode[id] == TRIGGER_ACTIVE &&
           triggers[id].rule[t->e.profile].ask;
}

struct value told_metric(const struct told *t, enum metric_id id)
{
    return t->x->metrics ? t->x->metrics->metrics.values[id]
                         : value_none(VALUE_UNAVAILABLE);
}

struct draft *paragraph_begin(struct paragraph *p, const struct told *t)
{
    p->text[0] = '\0';
    p->draft =
        (struct draft){ p->text, sizeof(p->text), 0, t->e.slot_ms, NULL };
    return &p->draft;
}

const char *told_status(struct value x)
{
    return x.status == VALUE_NOT_IDENTIFIED ? "not identified"
           : x.status == VALUE_WARMUP       ? "in warm-up"
                                            : value_status_name(x.status);
}
