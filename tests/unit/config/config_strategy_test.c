/* The exit strategy by field: the table may not point at a neighbour. Defaults
 * by hand from SPEC 7 and 8 and the regime-science notes 4.6 and 4.8. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "config/options.h"
#include "exit/trigger.h"
#include "test.h"

void config_strategy_test(void);

static void the_ladder_holds_its_defaults(void)
{
    struct config c;
    config_defaults(&c);
    const struct exit_config *e = &c.exit;
    ASSERT_INT(e->profile, PROFILE_CALIBRATED);
    ASSERT(!e->shadow);
    ASSERT_INT(e->release_closes, 2);
    ASSERT_NEAR(e->gate, 0.47, 0);
    ASSERT_NEAR(e->m_trend.p, 0.75, 0);
    ASSERT_INT(e->m_trend.slots, 4);
    ASSERT_NEAR(e->m_trend.pi, 0.25, 0);
    ASSERT_INT(e->m_boundary.closes, 2);
    ASSERT_NEAR(e->m_equity.drawdown, 0.15, 0);
    ASSERT_NEAR(e->m_equity.range, 1, 0);
    ASSERT(e->l_haz_table);
    ASSERT_INT(e->operator_delay_ms, 3600000);
    ASSERT_INT(e->m_blind.after_ms, 7200000);
    ASSERT_NEAR(e->m_blind.pi, 0.25, 0);
    ASSERT_INT(e->l_trans.closes_1h, 4);
    ASSERT_INT(e->l_trans.closes_4h, 2);
    ASSERT_INT(e->l_trans.pi_closes, 4);
    ASSERT_NEAR(e->l_hl.ratio, 2, 0);
    ASSERT_NEAR(e->l_hl.t, -1.95, 0);
    ASSERT_INT(e->l_hl.closes, 4);
    ASSERT_NEAR(e->l_ver.limit, 1.25, 0);
    ASSERT_NEAR(e->l_haz.enter, 0.50, 0);
    ASSERT_NEAR(e->l_haz.leave, 0.40, 0);
    ASSERT_NEAR(e->l_crisis.pi, 0.25, 0);
    ASSERT_NEAR(e->l_guard.keep, 0.80, 0);
    ASSERT_NEAR(e->l_guard.least, 0.01, 0);
}

static void the_warnings_hold_their_defaults(void)
{
    struct config c;
    config_defaults(&c);
    const struct exit_config *e = &c.exit;
    ASSERT_INT(e->warning.needed, 2);
    ASSERT_INT(e->warning.held, 2);
    ASSERT_NEAR(e->w_trans.p, 0.40, 0);
    ASSERT_NEAR(e->w_trans.q, 0.50, 0);
    ASSERT_NEAR(e->w_conf.drop, 0.10, 0);
    ASSERT_NEAR(e->w_er.z, 1.645, 0);
    ASSERT_NEAR(e->w_er.ratio, 0.30, 0);
    ASSERT_NEAR(e->w_mr.ratio, 1.5, 0);
    ASSERT_NEAR(e->w_mr.t, -1.95, 0);
    ASSERT_NEAR(e->w_mr.m_fall, 15, 0);
    ASSERT_NEAR(e->w_ver.limit, 1.10, 0);
    ASSERT_NEAR(e->w_signal.limit, 1, 0);
    ASSERT_NEAR(e->w_haz.enter, 0.25, 0);
    ASSERT_NEAR(e->w_haz.leave, 0.20, 0);
}

static void the_gates_hold_their_defaults(void)
{
    struct config c;
    config_defaults(&c);
    ASSERT_INT(c.gate.crisis_ms, 43200000);
    ASSERT_INT(c.gate.quiet_closes, 2);
    ASSERT_NEAR(c.gate.ver, 1.10, 0);
    ASSERT_NEAR(c.gate.er_z, 1.645, 0);
    ASSERT_NEAR(c.gate.adx, 30, 0);
    ASSERT_NEAR(c.gate.centre, 0.35, 0);
    ASSERT_NEAR(c.gate.pi_24, 0.06, 0);
    ASSERT_NEAR(c.gate.pi_72, 0.30, 0);
    ASSERT_NEAR(c.gate.fee, 0.001, 0);
    ASSERT_NEAR(c.gate.step, 0.003, 0);
    ASSERT_INT(c.gate.wait_ms, 14400000);
    ASSERT_INT(c.gate.wait_hard_ms, 86400000);
    ASSERT_INT(c.gate.range_closes, 4);
    ASSERT_NEAR(c.gate.slowing, 1.5, 0);
    ASSERT_INT(c.gate.inside_closes, 2);
    ASSERT_INT(c.gate.restarts, 2);
    ASSERT_NEAR(c.propose.kappa, 4, 0);
    ASSERT_NEAR(c.propose.stop_atr, 2, 0);
    ASSERT_NEAR(c.propose.step, 0.006, 0);
}

/* "M_TREND" has "exit.m_trend.mode", and that is its own. */
static void every_trigger_has_a_mode(void)
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        char key[64];
        struct config c;
        size_t n =
            (size_t)snprintf(key, sizeof(key), "exit.%s.mode", triggers[i].id);
        for (size_t k = 0; k < n; k++)
            key[k] = (char)tolower((unsigned char)key[k]);
        const struct config_option *o = option_find(key);
        ASSERT_FATAL(o != NULL);
        config_defaults(&c);
        ASSERT_INT(option_set(o, "shadow", &c, NULL), 0);
        for (int k = 0; k < TRIGGER_COUNT; k++)
            ASSERT_INT(c.exit.mode[k],
                       k == i ? TRIGGER_SHADOW : TRIGGER_ACTIVE);
        key[n - strlen(".mode")] = '\0';
        const struct config_section *s = section_find(CONFIG_EXIT, key);
        ASSERT_FATAL(s != NULL);
        ASSERT(strncmp(s->help, triggers[i].id, strlen(triggers[i].id)) == 0);
        ASSERT((strstr(s->help, "calibrated only") == NULL) ==
               (triggers[i].rule[PROFILE_SEED].ask != NULL));
        ASSERT((strstr(s->help, "a sign of WARNING") != NULL) ==
               triggers[i].together);
    }
}

void config_strategy_test(void)
{
    TEST_SUITE("config: exit strategy");
    TEST(the_ladder_holds_its_defaults);
    TEST(the_warnings_hold_their_defaults);
    TEST(the_gates_hold_their_defaults);
    TEST(every_trigger_has_a_mode);
}
