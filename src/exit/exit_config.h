/* exit/exit_config.h - the limits of the ladder, as the operator set them.
 * Pure.
 *
 * No trigger has a number of its own: it is here, with its default in the
 * option table (config/options_exit.c). The comments give those defaults and
 * the unit. Regime-science notes 4.1 to 4.3 and 4.8 are their source; what the
 * origin wrote instead stands behind "literal".
 */
#ifndef EXIT_EXIT_CONFIG_H
#define EXIT_EXIT_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "exit/hazard.h"
#include "exit/trigger_id.h"

/* Yes from `enter` on, and once yes until the value falls below `leave`. */
struct limits {
    double enter, leave;
};

struct exit_config {
    enum profile profile;
    bool shadow; /* the whole service only watches */
    enum trigger_mode mode[TRIGGER_COUNT];
    int64_t release_closes; /* 1h closes without any M that end MANDATORY, 2 */
    enum hazard_model pi_model; /* that is asked for pi, pi-24h-2 */
    double gate; /* pi that confirming LATEST rows need (calibrated), .47;
                    exit/theta.h has what holds where nobody set it */

    struct {
        double p;      /* p of TREND, .75; literal: the label */
        int64_t slots; /* successive 15m bars with it, 4 */
        double pi;     /* that goes with it, .25 */
    } m_trend;
    struct {
        int64_t closes; /* successive 1h closes outside, 2 */
    } m_boundary;
    struct {
        double drawdown; /* share of the capital, .15, */
        double range;    /* or so many times what the whole range costs, 1; the
                            larger counts. 0: whatever that is */
    } m_equity;
    struct {
        int64_t after_ms; /* price unknown so long, 2 h */
        double pi;        /* the last one that was known, .25 */
    } m_blind;

    struct {
        int64_t closes_1h; /* successive, with label_1h TRANSITION, 4 */
        int64_t closes_4h; /* with label_4h TRANSITION, 2 */
        int64_t pi_closes; /* successive 1h closes with pi at the gate, 4 */
    } l_trans;
    struct {
        double ratio;   /* to the baseline, 2 */
        double t;       /* t_DF above this, -1.95 */
        int64_t closes; /* successive 1h closes with both, 4; literal: 1 */
    } l_hl;
    struct {
        double limit; /* VER above this, 1.25 */
    } l_ver;
    struct limits l_haz; /* pi, .50 and .40: where the table has nothing */
    bool l_haz_table;    /* exit/theta.h decides, true, */
    int64_t operator_delay_ms; /* for who takes so long to leave, 1 h */
    struct {
        double pi; /* that goes with it, .25; 0: whatever it is */
    } l_crisis;
    struct {
        double keep;  /* share of the peak that is to be kept, .80 */
        double least; /* peak as a share of the capital that arms it, .01 */
    } l_guard;

    struct {
        int64_t needed; /* warnings that count together, 2 */
        int64_t held;   /* successive 15m bars with them, 2; literal: 1 */
    } warning;
    struct {
        double p; /* max(p of TRANSITION, pi), .40; literal: the raw p */
        double q; /* p of TRANSITION + p of TREND, .50 */
    } w_trans;
    struct {
        double drop; /* of p_range over 3 falls, .10; literal: any */
    } w_conf;
    struct {
        double z;     /* z of ER24 above this, 1.645 */
        double ratio; /* literal: ER24 above this, .30 */
    } w_er;
    struct {
        double ratio;  /* to the baseline, 1.5; literal: longer than before */
        double t;      /* t_DF above this, -1.95 */
        double m_fall; /* points that M lost in 6 h, 15, without a baseline */
    } w_mr;
    struct {
        double limit; /* VER above this, 1.10 */
    } w_ver;
    struct {
        double limit; /* the external signal from this on, 1 */
    } w_signal;
    struct limits w_haz; /* pi, .25 and .20 */
};

#endif
