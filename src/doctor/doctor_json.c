#include "doctor/doctor_json.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/moment.h"
#include "base/number.h"
#include "base/value.h"

static void add_text(cJSON *o, const char *key, const char *text)
{
    if (text && text[0])
        cJSON_AddStringToObject(o, key, text);
    else
        cJSON_AddNullToObject(o, key);
}

static void add_number(cJSON *o, const char *key, double v)
{
    char text[NUMBER_TEXT];
    if (isnan(v)) {
        cJSON_AddNullToObject(o, key);
        return;
    }
    number_format(v, text);
    cJSON_AddRawToObject(o, key, text);
}

static cJSON *line_json(const struct doctor_line *l)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "check", l->check);
    add_text(o, "subject", l->subject);
    cJSON_AddStringToObject(o, "grade", doctor_grade_name(l->grade));
    cJSON_AddStringToObject(o, "what", l->what);
    add_text(o, "remedy", l->remedy);
    cJSON_AddNumberToObject(o, "exit", l->exit);
    return o;
}

static cJSON *figures_json(const struct doctor_figures *f)
{
    const struct {
        const char *key;
        double v;
    } numbers[] = {
        { "lower", f->lower },
        { "upper", f->upper },
        { "stop_below", f->stop_below },
        { "stop_above", f->stop_above },
        { "capital", f->capital },
        { "close", f->close },
        { "inventory", f->inventory },
        { "avg_cost", f->avg_cost },
        { "realised", f->realised },
        { "unrealised", f->unrealised },
        { "fees", f->fees },
        { "net_pnl", f->net },
    };
    char slot[MOMENT_TEXT] = "";
    cJSON *o = cJSON_CreateObject();
    if (f->slot_ms != MOMENT_NONE)
        moment_format(f->slot_ms, slot);
    cJSON_AddStringToObject(o, "grid", f->grid);
    cJSON_AddStringToObject(o, "symbol", f->symbol);
    add_text(o, "quote", f->quote);
    add_text(o, "slot", slot);
    add_number(o, "lines", f->lines ? (double)f->lines : NO_VALUE);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        add_number(o, numbers[i].key, numbers[i].v);
    cJSON_AddStringToObject(o, "source", f->source);
    return o;
}

void doctor_json(const struct doctor_report *r, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(o, "checks");
    for (size_t i = 0; i < r->line_count; i++)
        cJSON_AddItemToArray(list, line_json(&r->lines[i]));
    cJSON_AddNumberToObject(o, "ok", (double)r->of[DOCTOR_OK]);
    cJSON_AddNumberToObject(o, "skipped", (double)r->of[DOCTOR_SKIPPED]);
    cJSON_AddNumberToObject(o, "warn", (double)r->of[DOCTOR_WARN]);
    cJSON_AddNumberToObject(o, "fail", (double)r->of[DOCTOR_FAIL]);
    list = cJSON_AddArrayToObject(o, "figures");
    for (size_t i = 0; i < r->figure_count; i++)
        cJSON_AddItemToArray(list, figures_json(&r->figures[i]));
    cJSON_AddNumberToObject(o, "exit", r->exit);
    char *line = cJSON_PrintUnformatted(o);
    text_printf(out, "%s\n", line);
    cJSON_free(line);
    cJSON_Delete(o);
}
