/* The rows on which the two profiles differ, side by side. */
#include <inttypes.h>

#include "alert/spoken.h"
#include "base/utf8.h"
#include "cli/explain_internal.h"

#define LEFT 48 /* columns of the calibrated answer, its blank included */

bool told_profiles_differ(const struct told *t, int id)
{
    bool yes = t->e.verdict.triggers[id].answer == ANSWER_YES;
    return t->e.profile == PROFILE_CALIBRATED &&
           yes != t->e.verdict.literal[id];
}

static const char *short_of(enum answer a)
{
    return a == ANSWER_NOT_APPLICABLE ? "does not apply" : answer_name(a);
}

/* "no: VER 1.31 > 1.25, but pi is low" */
static void put_calibrated(const struct told *t, int id, struct draft *d)
{
    const struct trigger_result *r = &t->e.verdict.triggers[id];
    const struct spoken s = spoken_of(&t->e, (enum trigger_id)id);
    bool endless =
        s.kind == SPOKEN_HALF_LIFE && r->value.status == VALUE_NOT_IDENTIFIED;
    draft_put(d, "%s", short_of(r->answer));
    if (id == M_BOUNDARY || id == M_STOP ||
        (!value_usable(r->value) && !endless))
        return;
    draft_put(d, ": ");
    if (id != L_TRANS)
        spoken_put_value(d, &s, r);
    if (id != L_TRANS && !isnan(r->limit) && r->limit != 0) {
        draft_put(d, ", limit ");
        draft_number(d, r->limit);
    }
    if (r->of > 1 && (r->hits > 0 || id == L_TRANS))
        draft_put(d, "%s%" PRId64 " of %" PRId64, id == L_TRANS ? "" : ", ",
                  r->hits, r->of);
    if (r->answer == ANSWER_NO && r->gate == ANSWER_NO && r->distance <= 0)
        draft_put(d, ", pi is low");
}

/* The number behind a literal rule, where the documents have it. */
static void put_literal_value(const struct told *t, int id, struct draft *d)
{
    const struct regime *g = &t->e.regime;
    if (id == L_VER || id == W_VER) {
        draft_put(d, ": raw VER %.2f", told_metric(t, METRIC_VER_RAW_1H).v);
    } else if (id == W_ER) {
        draft_put(d, ": ER24 %.2f", told_metric(t, METRIC_ER24_1H).v);
    } else if (id == W_TRANS) {
        draft_put(d, ": raw p of TRANSITION %.2f", g->raw[CLASS_TRANSITION].v);
    } else if (id == M_TREND) {
        draft_put(d, ": label %s", regime_label_name(g->before));
    } else if (id == L_TRANS) {
        draft_put(d, ": 1h %s, 4h %s", regime_label_name(g->label_1h),
                  regime_label_name(g->label_4h));
    }
}

static void put_literal(const struct told *t, int id, struct draft *d)
{
    draft_put(d, t->e.verdict.literal[id] ? "yes" : "no");
    if (t->x->metrics)
        put_literal_value(t, id, d);
}

static void put_columns(struct draft *d, const char *id, const char *left)
{
    size_t points = utf8_count(left);
    draft_put(d, "%-8s %s%*s", id, left,
              points < LEFT ? (int)(LEFT - points) : 1, "");
}

static void put_row(const struct told *t, int id, struct page *p)
{
    struct paragraph left, text;
    put_calibrated(t, id, paragraph_begin(&left, t));
    struct draft *d = paragraph_begin(&text, t);
    put_columns(d, triggers[id].id, left.text);
    put_literal(t, id, d);
    page_put(p, text.text);
}

void explain_profiles(const struct told *t, struct page *p)
{
    if (t->e.profile == PROFILE_SEED) {
        page_put(p, "the literal rules decide; what the calibrated ones would "
                    "say is not recorded");
        return;
    }
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        struct paragraph text;
        if (!told_profiles_differ(t, i) || !triggers[i].rule[PROFILE_SEED].ask)
            continue;
        if (page_is_empty(p)) {
            struct draft *d = paragraph_begin(&text, t);
            put_columns(d, "", "calibrated");
            draft_put(d, "seed, the literal rules");
            page_put(p, text.text);
        }
        put_row(t, i, p);
    }
    if (page_is_empty(p))
        page_put(p, "the literal rules answer the same, row by row");
}
