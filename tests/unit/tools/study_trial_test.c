#include "tools/study_trial.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "engine/measure.h"
#include "test.h"

#define HOURS 3000

static struct market_view view;
static struct measure_work work;
static struct snapshot taken;

static const struct reading *reading_at(const struct readings *r, size_t bar)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->at[i].bar == bar)
            return &r->at[i];
    return NULL;
}

/* The product's answer at the close of one hour, beside the study's. */
static void compare(const struct series series[TF_COUNT],
                    const struct readings *r, size_t bar)
{
    struct market_facts facts = { .ticker = NO_VALUE,
                                  .ticker_ms = MOMENT_NONE };
    const struct reading *mine = reading_at(r, bar);

    market_view_build(series, bar_close_ms(&series[TF_1H].bars[bar], TF_1H),
                      &facts, &view);
    snapshot_take(&view, &work, &taken);
    ASSERT_FATAL(mine != NULL);
    ASSERT_NEAR(mine->t, taken.scores_1h.t.v, 1e-9);
    ASSERT_NEAR(mine->m, taken.scores_1h.m.v, 1e-9);
    for (int k = 0; k < CLASS_COUNT; k++) {
        ASSERT_NEAR(mine->p[FORM_POOL][k], taken.regime.raw[k].v, 1e-9);
        ASSERT_NEAR(mine->p[FORM_SMOOTHED][k], taken.regime.p[k].v, 1e-9);
    }
    ASSERT_INT(mine->label, taken.regime.before);
}

static void readings_agree_with_the_product(void)
{
    struct bars in[TF_COUNT] = { { 0 }, { 0 }, { 0 } };
    struct series series[TF_COUNT];
    struct readings r = { 0 };

    study_bars_regimes(&in[TF_15M], NULL, 21, HOURS);
    study_bars_fold(&in[TF_1H], &in[TF_15M], TF_15M, TF_1H);
    study_bars_fold(&in[TF_4H], &in[TF_15M], TF_15M, TF_4H);
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] =
            (struct series){ (enum timeframe)tf, in[tf].count, in[tf].at };
    readings_take(&r, &in[TF_1H]);
    for (size_t bar = 1801; bar < HOURS; bar += 173) /* not all at 4h closes */
        compare(series, &r, bar);
    readings_release(&r);
    for (int tf = 0; tf < TF_COUNT; tf++)
        study_bars_release(&in[tf]);
}

/* Said again, one row after the other. */
static void figures_follow_from_the_rows(void)
{
    struct trial t;
    double loss = 0, share = 0, entropy = 0, market = 0;

    trial_run(&t, 31, 2, HOURS);
    struct quality q = trial_quality(&t, FORM_POOL);
    for (size_t i = 0; i < t.count; i++)
        loss -= log(t.at[i].p[FORM_POOL][t.at[i].truth]);
    for (int k = 0; k < CLASS_COUNT; k++) {
        share += t.share[k];
        entropy -= t.share[k] * log(t.share[k]);
        market += t.market[k];
    }
    ASSERT_INT(t.end[1], t.count);
    ASSERT(t.count > 2 * (HOURS - 700) && t.count < 2 * (HOURS - 300));
    ASSERT_NEAR(q.loss, loss / (double)t.count, 1e-9);
    ASSERT_NEAR(q.climate, entropy, 1e-9);
    ASSERT_NEAR(share, 1.0, 1e-9);
    ASSERT_NEAR(market, 1.0, 1e-9);
    /* Two short markets: far from the figures of the study, and yet. */
    ASSERT(q.climate - q.loss > 0.05);
    ASSERT(q.auc[CLASS_TREND] > 0.7);
    trial_release(&t);
}

/* Without gaps, every close after the warm-up is a row: the last of them
 * belongs to the last hour, and so on backwards. */
static void rows_stand_beside_their_own_hour(void)
{
    static uint8_t truth[2][HOURS];
    struct bars b = { 0 };
    struct trial t;
    int off = 0;

    study_bars_regimes(&b, truth[0], 51, HOURS);
    study_bars_regimes(&b, truth[1], 52, HOURS);
    trial_run(&t, 51, 2, HOURS);
    for (size_t i = 0; i < t.end[0]; i++)
        off += (int)t.at[i].truth != truth[0][HOURS - t.end[0] + i];
    for (size_t i = t.end[0]; i < t.count; i++)
        off += (int)t.at[i].truth != truth[1][HOURS - t.count + i];
    ASSERT_INT(off, 0);
    trial_release(&t);
    study_bars_release(&b);
}

static void the_tables_are_whole(void)
{
    struct text out = { NULL, 0, 0, 1 << 20 };
    struct trial t;
    int rows = 0;

    trial_run(&t, 41, 2, 1200);
    trial_say(&out, &t);
    for (const char *at = text_str(&out); *at; at++)
        rows += strncmp(at, "\n| RANGE_OK |", 13) == 0;
    ASSERT(rows >= 4); /* shares, at least two tenths, labels */
    ASSERT(strstr(text_str(&out), "| pooled, smoothed | ") != NULL);
    ASSERT(strstr(text_str(&out), "nan") == NULL);
    text_release(&out);
    trial_release(&t);
}

void study_trial_test(void);
void study_trial_test(void)
{
    TEST_SUITE("tools/study_trial");
    TEST(readings_agree_with_the_product);
    TEST(figures_follow_from_the_rows);
    TEST(rows_stand_beside_their_own_hour);
    TEST(the_tables_are_whole);
}
