/* The rows of docs/kpi.md. RS are the regime-science notes, V the second study
 * that corrects them. */
#include "hindsight/kpi_internal.h"

#define SHARE      STATISTIC_SHARE
#define RATIO      STATISTIC_RATIO
#define MEDIAN     STATISTIC_MEDIAN
#define SURVIVAL   STATISTIC_SURVIVAL
#define LEAST      KPI_AT_LEAST
#define MOST       KPI_AT_MOST
#define SHOWN      KPI_SHOWN, 0
#define TERM(f)    f, NULL, #f
#define OVER(f, g) f, g, #f

// clang-format off
const struct kpi kpi_table[KPI_COUNT] = {
    [KPI_EAW] = { "eaw", "share", LEAST, .90, SHARE, TERM(kpi_eaw), "RS 5.2, V",
        "ended grids that were left strictly before M, S and the policy's own MANDATORY" },
    [KPI_EAW_RANGE] = { "eaw_range", "share", LEAST, .90, SHARE, TERM(kpi_eaw_range), "RS 5.4, V",
        "the same with M = boundary or stop alone, to compare policies" },
    [KPI_SLAR] = { "slar", "share", LEAST, .95, SHARE, TERM(kpi_slar), "RS 5.2",
        "ended grids whose stop had not come when they were left" },
    [KPI_SLAR_LITERAL] = { "slar_literal", "share", SHOWN, SHARE, TERM(kpi_slar_literal), "the origin, SPEC 12",
        "grids that, left running, were stopped in the window: left before the stop" },
    [KPI_MEC] = { "mec", "share", LEAST, 1.0, SHARE, TERM(kpi_mec), "RS 5.2",
        "MANDATORY verdicts with the exit within 60 minutes" },
    [KPI_PRR_MEDIAN] = { "prr_median", "", LEAST, .75, MEDIAN, TERM(kpi_prr), "RS 5.2, V",
        "net profit at the end / its peak, grids whose peak reached A*: the median" },
    [KPI_PRR_MEAN] = { "prr_mean", "", SHOWN, RATIO, TERM(kpi_prr_mean), "RS 5.2",
        "the same, clipped to -1 .. 1: the mean" },
    [KPI_PRR_SHARE] = { "prr_share", "share", SHOWN, SHARE, TERM(kpi_prr_share), "RS 5.2",
        "of the same, those that kept .75 or more" },
    [KPI_PRR_SUMS] = { "prr_sums", "", SHOWN, RATIO, TERM(kpi_prr_sums), "RS 5.2",
        "the sum of their net profits / the sum of their peaks" },
    [KPI_PRR_ELIGIBLE] = { "prr_eligible", "share", SHOWN, SHARE, TERM(kpi_prr_eligible), "RS 5.2, V",
        "ended grids whose peak reached A*" },
    [KPI_PRR_BOT_UI] = { "prr_bot_ui", "", SHOWN, MEDIAN, TERM(kpi_prr_bot_ui), "RS 5.2",
        "realised grid profit, which the exchange's app shows, / the peak: flatters, losses of the inventory are not in it" },
    [KPI_PRR_LITERAL] = { "prr_literal", "", SHOWN, MEDIAN, TERM(kpi_prr_literal), "the origin, SPEC 12",
        "net profit at the end / the largest unrealised profit, without a floor" },
    [KPI_TTDR] = { "ttdr", "share", LEAST, .70, SHARE, TERM(kpi_ttdr), "RS 5.2, V",
        "transition alerts after which the grid, left running, met M or S within H_ft of the alert" },
    [KPI_TTDR_BASE] = { "ttdr_base", "share", SHOWN, SHARE, TERM(kpi_ttdr_base), "V",
        "the same at a random hour of all hours that grids lived, left running" },
    [KPI_TTDR_BASE_GRIDS] = { "ttdr_base_grids", "share", SHOWN, RATIO, TERM(kpi_ttdr_base_grids), "V",
        "the same at a random hour of a random grid" },
    [KPI_TTDR_LIFT] = { "ttdr_lift", "", SHOWN, SHARE, OVER(kpi_ttdr, kpi_ttdr_base), "RS 5.2",
        "ttdr / ttdr_base: 1 is what chance does" },
    [KPI_FALSE_EXITS] = { "false_exits", "share", SHOWN, SHARE, TERM(kpi_false_exits), "RS 5.2",
        "1 - ttdr" },
    [KPI_REGRET] = { "regret", "share", SHOWN, SHARE, TERM(kpi_regret), "RS 5.2",
        "exits before M and S after which waiting for M, S or H_ft had gained more than .2 % of capital" },
    [KPI_LEAD_HOURS] = { "lead_hours", "hours", SHOWN, MEDIAN, TERM(kpi_lead_hours), "RS 5.2",
        "from the first alert to M or S, when that came within H_ft; 0 where no alert came first" },
    [KPI_MISSED] = { "missed", "share", SHOWN, SHARE, TERM(kpi_missed), "RS 5.2",
        "grids with M or S in the window and no LATEST before it" },
    [KPI_FALSE_MANDATORY] = { "false_mandatory", "share", MOST, .05, SHARE, TERM(kpi_false_mandatory), "users' wishes 4",
        "first MANDATORY verdicts with neither M nor S before them or within H_ft" },
    [KPI_ALERTS] = { "alerts_per_grid_day", "1/day", SHOWN, RATIO, TERM(kpi_alerts), "RS 5.2",
        "messages over the days that the grids lived under the policy" },
    [KPI_ALERTS_WARNING] = { "alerts_warning", "1/day", SHOWN, RATIO, TERM(kpi_alerts_warning), "RS 5.2",
        "of these, WARNING" },
    [KPI_ALERTS_LATEST] = { "alerts_latest", "1/day", SHOWN, RATIO, TERM(kpi_alerts_latest), "RS 5.2",
        "LATEST_ACCEPTABLE_EXIT" },
    [KPI_ALERTS_MANDATORY] = { "alerts_mandatory", "1/day", SHOWN, RATIO, TERM(kpi_alerts_mandatory), "RS 5.2",
        "MANDATORY_EXIT" },
    [KPI_LIFE_HOURS] = { "life_hours", "hours", SHOWN, SURVIVAL, TERM(kpi_life_hours), "Kaplan and Meier 1958",
        "median life under the policy, from start to exit or stop" },
    [KPI_LIFE_BOUNDARY] = { "life_boundary", "hours", SHOWN, SURVIVAL, TERM(kpi_life_boundary), "RS 5.4",
        "median life of the same grids when only boundary and stop end them" },
    [KPI_LIFE_RATIO] = { "life_ratio", "", LEAST, .5, SURVIVAL, OVER(kpi_life_hours, kpi_life_boundary), "RS 5.4",
        "life_hours / life_boundary: EAW is cheap for who leaves at once" },
    [KPI_CENSORED] = { "censored", "share", SHOWN, SHARE, TERM(kpi_censored), "RS 5.2",
        "grids that nothing had ended when the window or the data did" },
    [KPI_PNL] = { "pnl", "per mille", SHOWN, RATIO, TERM(kpi_pnl), "RS 5.5",
        "mean net profit at the end, of capital; all grids" },
};
// clang-format on
