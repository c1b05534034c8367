/* gridwatch doctor: everything to check before going live. It loads the
 * configuration itself, because a wrong one is a finding. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "cli/command.h"
#include "cli/configuration.h"
#include "doctor/doctor.h"
#include "doctor/doctor_json.h"

enum { OPTION_SEND };

#define REPORT_MAX ((size_t)1 << 20)

static void put_line(const struct doctor_line *l, bool quiet, struct text *out)
{
    if (quiet && l->grade < DOCTOR_WARN)
        return;
    text_printf(out, "%-7s %s%s%s: %s\n", doctor_grade_name(l->grade), l->check,
                l->subject[0] ? " " : "", l->subject, l->what);
    if (l->remedy)
        text_printf(out, "        -> %s\n", l->remedy);
}

static void put_figure(const char *name, double v, const char *unit,
                       struct text *out)
{
    if (isnan(v))
        text_printf(out, "    %-20s not known\n", name);
    else
        text_printf(out, "    %-20s %.10g%s%s\n", name, v, *unit ? " " : "",
                    unit);
}

/* A side without a stop has none, and nothing is missing. */
static void put_stop(const char *name, double v, const char *unit,
                     struct text *out)
{
    if (isnan(v))
        text_printf(out, "    %-20s none\n", name);
    else
        put_figure(name, v, unit, out);
}

static void put_figures(const struct doctor_figures *f, struct text *out)
{
    char slot[MOMENT_TEXT] = "never";
    if (f->slot_ms != MOMENT_NONE)
        moment_format(f->slot_ms, slot);
    text_printf(out, "  %s  %s  slot %s, position from %s\n", f->grid,
                f->symbol, slot, f->source);
    put_figure("lower bound", f->lower, f->quote, out);
    put_figure("upper bound", f->upper, f->quote, out);
    put_stop("stop below", f->stop_below, f->quote, out);
    put_stop("stop above", f->stop_above, f->quote, out);
    put_figure("lines", f->lines ? (double)f->lines : NO_VALUE, "", out);
    put_figure("capital", f->capital, f->quote, out);
    put_figure("price", f->close, f->quote, out);
    put_figure("inventory", f->inventory, "base", out);
    put_figure("average cost", f->avg_cost, f->quote, out);
    put_figure("realised profit", f->realised, f->quote, out);
    put_figure("unrealised PnL", f->unrealised, f->quote, out);
    put_figure("fees", f->fees, f->quote, out);
    put_figure("net PnL", f->net, f->quote, out);
}

static void put_report(const struct context *c, const struct doctor_report *r,
                       struct text *out)
{
    for (size_t i = 0; i < r->line_count; i++)
        put_line(&r->lines[i], c->quiet, out);
    text_printf(out, "%zu ok, %zu warn, %zu FAIL, %zu skipped\n",
                r->of[DOCTOR_OK], r->of[DOCTOR_WARN], r->of[DOCTOR_FAIL],
                r->of[DOCTOR_SKIPPED]);
    if (r->figure_count && !c->quiet)
        text_puts(out, "\nCompare with the exchange's app:\n");
    for (size_t i = 0; i < r->figure_count && !c->quiet; i++)
        put_figures(&r->figures[i], out);
}

/* It lies beside the job's file; who keeps it elsewhere sees a warning. */
static void find_watchdog(const struct config_sources *sources, char *out,
                          size_t size)
{
    const char *service = sources->file[CONFIG_SERVICE].path;
    const char *slash = strrchr(service, '/');
    int dir = slash ? (int)(slash - service + 1) : 0;
    snprintf(out, size, "%.*s%s", dir, service, "watchdog.yaml");
}

enum run_exit cmd_doctor(const struct context *c, struct error *err)
{
    struct configuration named;
    struct doctor_report report;
    struct text out = TEXT_INIT(REPORT_MAX);
    char watchdog[4096];

    configuration_named(c->args->value[0], &named);
    find_watchdog(&named.sources, watchdog, sizeof(watchdog));
    const struct doctor_options options = {
        .sources = &named.sources,
        .watchdog = watchdog,
        .engine = version_engine(),
        .at_ms = c->at_ms,
        .send = c->args->value[1][OPTION_SEND] && !c->dry_run,
    };
    doctor_examine(&options, &report);
    if (c->json)
        doctor_json(&report, &out);
    else
        put_report(c, &report, &out);
    fputs(text_str(&out), stdout);
    fflush(stdout); /* what follows goes to stderr */
    enum run_exit code = report.exit;
    if (code)
        error_set(err, FAULT_CONFIG, "%zu check%s failed",
                  report.of[DOCTOR_FAIL],
                  report.of[DOCTOR_FAIL] == 1 ? "" : "s");
    doctor_report_release(&report);
    text_release(&out);
    return code;
}
