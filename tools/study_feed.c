#include "tools/study_feed.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/value.h"
#include "metrics/bank.h"
#include "metrics/season.h"
#include "sys/xmalloc.h"

#define SEASON_BARS ((SEASON_WEEKS + 1) * SEASON_HOURS)

static const struct regime_model *const model = &regime_model_shipped;

struct feed {
    struct bank hour, four;
    struct regime_chain chain;
    struct season season;
    const struct bars *hours;
};

static struct score_inputs inputs_of(const struct bank *b, struct value ver)
{
    return (struct score_inputs){
        .er24 = efficiency_ratio(&b->er24),
        .adx_log = wilder_adx(&b->log),
        .z_slope = slope_z(&b->slope, wilder_atr_frac(&b->raw)),
        .t_df = half_life_t(&b->hl100),
        .vr8 = variance_ratio_value(&b->vr),
        .ver = ver,
    };
}

static void push_four(struct feed *f, const struct bar *b)
{
    bank_push(&f->four, b, value_none(VALUE_UNAVAILABLE));
    if (b->flags & BAR_GAP)
        regime_chain_break(&f->chain, TF_4H);
    struct score_inputs in = inputs_of(&f->four, expansion_raw(&f->four.ver));
    regime_chain_push(&f->chain, model, TF_4H, &in);
}

/* On a new week, the profile of the eight weeks before it. */
static struct value season_at(struct feed *f, size_t i)
{
    int64_t open_ms = f->hours->at[i].open_ms;
    int64_t monday_ms = last_monday(open_ms);
    size_t from = i > SEASON_BARS ? i - SEASON_BARS : 0;

    if (i == 0 || f->season.monday_ms != monday_ms)
        season_build(f->hours->at + from, i - from, monday_ms, &f->season);
    return season_factor(&f->season, open_ms);
}

static void push_hour(struct feed *f, size_t i)
{
    const struct bar *b = &f->hours->at[i];
    bank_push(&f->hour, b, season_at(f, i));
    if (b->flags & BAR_GAP)
        regime_chain_break(&f->chain, TF_1H);
    struct score_inputs in =
        inputs_of(&f->hour, expansion_deseasonalised(&f->hour.ver));
    regime_chain_push(&f->chain, model, TF_1H, &in);
}

static void copy_p(double to[CLASS_COUNT], const double from[CLASS_COUNT])
{
    for (int k = 0; k < CLASS_COUNT; k++)
        to[k] = from[k];
}

/* False while something is still missing. */
static bool read(const struct feed *f, struct reading *out)
{
    const struct regime_chain *c = &f->chain;
    const struct regime_track *track = &c->pool.track;
    struct score_inputs in = inputs_of(&f->hour, expansion_raw(&f->hour.ver));
    struct scores scores = regime_scores(model, &in);
    struct regime_odds raw = regime_odds_of(model, &scores);

    if (track->label == REGIME_UNKNOWN || !regime_odds_usable(&raw) ||
        !value_usable(in.t_df) || !value_usable(in.vr8))
        return false;
    out->t = scores.t.v;
    out->m = scores.m.v;
    out->t_df = in.t_df.v;
    out->vr8 = in.vr8.v;
    out->label = track->label;
    copy_p(out->p[FORM_1H], c->odds_1h.p);
    copy_p(out->p[FORM_1H_RAW], raw.p);
    copy_p(out->p[FORM_POOL], c->pool.raw.p);
    copy_p(out->p[FORM_SMOOTHED], track->ema);
    return true;
}

void readings_take(struct readings *out, const struct bars *hours)
{
    struct bars fours = { 0 };
    struct feed *f = xcalloc(1, sizeof(*f));
    size_t next = 0;

    readings_release(out);
    out->at = xcalloc(hours->count, sizeof(*out->at));
    study_bars_fold(&fours, hours, TF_1H, TF_4H);
    f->hours = hours;
    bank_init(&f->hour, TF_1H);
    bank_init(&f->four, TF_4H);
    regime_chain_init(&f->chain);
    for (size_t i = 0; i < hours->count; i++) {
        int64_t now_ms = bar_close_ms(&hours->at[i], TF_1H);
        while (next < fours.count &&
               bar_close_ms(&fours.at[next], TF_4H) <= now_ms)
            push_four(f, &fours.at[next++]);
        push_hour(f, i);
        out->at[out->count].bar = i;
        out->count += read(f, &out->at[out->count]);
    }
    study_bars_release(&fours);
    free(f);
}

void readings_release(struct readings *r)
{
    free(r->at);
    *r = (struct readings){ 0 };
}
