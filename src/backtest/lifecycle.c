#include "backtest/lifecycle.h"

bool lifecycle_gates_open(const struct trial_rule *rule,
                          const struct snapshot *now,
                          const struct trial_plan *plan)
{
    const struct volatility volatility = volatility_of(&now->metrics);
    const struct exit_memory memory = exit_memory_new();
    const struct hazard hazard =
        hazard_of(now->view->close, plan->grid.lower, plan->grid.upper,
                  &volatility, rule->exits->pi_model);
    const struct gate_inputs in = {
        .view = now->view,
        .metrics = &now->metrics,
        .regime = &now->regime,
        .crisis = &now->crisis,
        .hourly = now->hourly,
        .grid = &plan->grid,
        .hazard = &hazard,
        .memory = &memory,
        .config = rule->gates,
        .pi_model = rule->exits->pi_model,
        .restart = false,
    };
    struct gates gates;

    gates_ask(&in, &gates);
    return gates_open(&gates);
}

void lifecycle_open(struct lifecycle *l, int64_t start_ms)
{
    l->open = true;
    l->start_ms = start_ms;
}

/* Which wait an exit asks for: the longer one after what was not a choice. */
static int64_t wait_after(const struct trial_life *l,
                          const struct gate_config *gates)
{
    bool stopped = l->over && l->life.exit_ms == MOMENT_NONE;
    bool mandatory =
        l->life.exit_ms != MOMENT_NONE && l->before == STATE_MANDATORY;
    return stopped || mandatory ? gates->wait_hard_ms : gates->wait_ms;
}

void lifecycle_follow(struct lifecycle *l, const struct trial *t,
                      const struct gate_config *gates, int64_t slot_ms)
{
    const struct trial_life *own = &t->lives[0];
    const struct life *life = &own->life;
    bool told = life_alert(life) != MOMENT_NONE;
    bool waited = slot_ms >= life->window_end_ms && !told;
    int64_t end_ms = slot_ms;

    if (!l->open || l->start_ms != life->start_ms ||
        !(t->cannot || own->over || waited))
        return;
    if (own->over && life->exit_ms != MOMENT_NONE)
        end_ms = life->exit_ms;
    l->open = false;
    l->flat_ms = end_ms + wait_after(own, gates);
}

/* The bar after the verdict is the least that one lives. */
size_t lifecycle_most_a_day(const struct gate_config *gates)
{
    return (size_t)(MS_PER_DAY / (gates->wait_ms + MS_PER_SLOT)) + 1;
}
