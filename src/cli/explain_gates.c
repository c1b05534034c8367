/* May the grid begin here, or begin again: one line for each of the origin's
 * three questions, and one for the rest. */
#include "cli/explain_internal.h"
#include "run/verdict_json.h"

static const char *answer_word(enum answer a)
{
    static const char *const words[ANSWER_COUNT] = {
        [ANSWER_UNKNOWN] = "unknown",
        [ANSWER_NO] = "no",
        [ANSWER_NOT_APPLICABLE] = "does not apply",
        [ANSWER_YES] = "yes",
    };
    return words[a];
}

/* How a value that does not pass stands to its limit. */
static const char *fails_by(enum gate_id id)
{
    const struct gate *g = &gate_table[id];
    if (g->at_least)
        return g->strict ? "≤" : "<";
    return g->strict ? "≥" : ">";
}

/* "G4_ER 1.91 > 1.645", "G3_VER_4H warmup" */
static void put_check(const struct told *t, enum gate_id id, struct draft *d)
{
    const struct gate_result *r = &t->e.gates.rows[id];
    draft_put(d, " %s ", gate_table[id].id);
    if (!value_usable(r->value)) {
        draft_put(d, "%s", told_status(r->value));
    } else {
        draft_against(d, r->value.v, r->limit,
                      r->value.v == floor(r->value.v) ? 0 : 2);
        draft_put(d, " %s ", fails_by(id));
        draft_number(d, r->limit);
    }
}

static void put_metric(const struct told *t, enum metric_id id,
                       const char *name, int decimals, struct draft *d)
{
    struct value x = told_metric(t, id);
    draft_put(d, "%s ", name);
    if (value_usable(x))
        draft_put(d, "%.*f", decimals, x.v);
    else
        draft_put(d, "%s", told_status(x));
}

/* What else the origin looks at. */
static void put_context(const struct told *t, enum gate_theme theme,
                        struct draft *d)
{
    if (!t->x->metrics)
        return;
    if (theme == THEME_ENERGY) {
        put_metric(t, METRIC_ADX_1H, "; ADX", 1, d);
        put_metric(t, METRIC_ER24_1H, ", ER24", 2, d);
        put_metric(t, METRIC_Z_SLOPE_1H, ", slope z", 2, d);
    } else if (theme == THEME_REVERSION) {
        put_metric(t, METRIC_RHO1_1H, "; autocorrelation", 2, d);
        put_metric(t, METRIC_HALF_LIFE_200_1H, ", half-life", 1, d);
    } else if (theme == THEME_VOLATILITY) {
        draft_put(d, "; ATR 4h ");
        struct value atr = told_metric(t, METRIC_ATR_4H);
        if (value_usable(atr))
            draft_amount(d, atr.v);
        else
            draft_put(d, "%s", told_status(atr));
        put_metric(t, METRIC_BBW_PCT_1H, ", bandwidth rank", 2, d);
    }
}

static void put_theme(const struct told *t, enum gate_theme theme,
                      struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    int count = 0;

    draft_put(d, "%s: %s", gate_theme_text(theme),
              answer_word(gate_theme_pass(&t->e.gates, theme)));
    for (int i = 0; i < GATE_COUNT; i++) {
        enum answer a = t->e.gates.rows[i].pass;
        if (gate_table[i].theme != theme ||
            (a != ANSWER_NO && a != ANSWER_UNKNOWN))
            continue;
        draft_put(d, "%s", count++ ? "," : ", by");
        put_check(t, (enum gate_id)i, d);
    }
    put_context(t, theme, d);
    page_put(p, text.text);
}

static void put_groups(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    int shut = 0;

    draft_put(d, "%d of %d gates are open", gates_open_count(&t->e.gates),
              GATE_GROUPS);
    for (int g = 1; g <= GATE_GROUPS; g++) {
        enum answer a = gate_group_pass(&t->e.gates, g);
        if (a == ANSWER_NO || a == ANSWER_UNKNOWN)
            draft_put(d, "%sG%d%s", shut++ ? ", " : "; not ", g,
                      a == ANSWER_UNKNOWN ? " (unknown)" : "");
    }
    page_put(p, text.text);
}

void explain_gates(const struct told *t, struct page *p)
{
    put_groups(t, p);
    for (int theme = 0; theme < GATE_THEMES; theme++)
        put_theme(t, (enum gate_theme)theme, p);
}
