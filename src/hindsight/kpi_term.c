/* What a term can be. */
#include "hindsight/kpi_internal.h"

struct kpi_term kpi_trial(bool yes)
{
    return (struct kpi_term){ .num = yes, .den = 1.0, .is_case = true };
}

struct kpi_term kpi_number(double v)
{
    return (struct kpi_term){ .num = v, .den = 1.0, .is_case = true };
}

struct kpi_term kpi_quotient(double num, double den)
{
    return (struct kpi_term){ .num = num, .den = den, .is_case = den > 0.0 };
}

struct kpi_term kpi_nothing(void)
{
    return (struct kpi_term){ .num = 0.0 };
}

struct kpi_term kpi_undefined(void)
{
    return (struct kpi_term){ .undefined = 1 };
}

struct kpi_term kpi_pending(void)
{
    return (struct kpi_term){ .pending = 1 };
}
