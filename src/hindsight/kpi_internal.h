/* hindsight/kpi_internal.h - what one life adds to each KPI. Pure. */
#ifndef HINDSIGHT_KPI_INTERNAL_H
#define HINDSIGHT_KPI_INTERNAL_H

#include "hindsight/kpi.h"

#define KPI_TERM(name)                                                         \
    struct kpi_term name(const struct life *l, enum life_side side)

/* kpi_term.c: a trial and whether it came true. */
struct kpi_term kpi_trial(bool yes);
/* A number of its own. */
struct kpi_term kpi_number(double v);
/* A quotient of sums. */
struct kpi_term kpi_quotient(double num, double den);
/* No case: nothing, not to be judged, not yet to be judged. */
struct kpi_term kpi_nothing(void);
struct kpi_term kpi_undefined(void);
struct kpi_term kpi_pending(void);

/* kpi_exits.c */
KPI_TERM(kpi_eaw);
KPI_TERM(kpi_eaw_range);
KPI_TERM(kpi_slar);
KPI_TERM(kpi_slar_literal);
KPI_TERM(kpi_mec);
KPI_TERM(kpi_missed);
KPI_TERM(kpi_censored);
KPI_TERM(kpi_life_hours);
KPI_TERM(kpi_life_boundary);

/* kpi_follow.c */
KPI_TERM(kpi_ttdr);
KPI_TERM(kpi_ttdr_base);
KPI_TERM(kpi_ttdr_base_grids);
KPI_TERM(kpi_false_exits);
KPI_TERM(kpi_lead_hours);
KPI_TERM(kpi_false_mandatory);
KPI_TERM(kpi_alerts);
KPI_TERM(kpi_alerts_warning);
KPI_TERM(kpi_alerts_latest);
KPI_TERM(kpi_alerts_mandatory);

/* kpi_profit.c */
KPI_TERM(kpi_prr);
KPI_TERM(kpi_prr_mean);
KPI_TERM(kpi_prr_share);
KPI_TERM(kpi_prr_sums);
KPI_TERM(kpi_prr_eligible);
KPI_TERM(kpi_prr_bot_ui);
KPI_TERM(kpi_prr_literal);
KPI_TERM(kpi_regret);
KPI_TERM(kpi_pnl);

#endif
