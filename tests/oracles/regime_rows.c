/* regime_rows rows COUNT SEED prints made-up inputs, regime_rows run COUNT SEED
 * what src/regime makes of them, both as tests/oracles/regime_reference.py
 * does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "made_rows.h"
#include "regime/chain.h"

static void print_value(struct value x)
{
    if (value_usable(x))
        printf(",%.17g", x.v);
    else
        printf(",");
}

static void print_track(const struct regime_track *t)
{
    printf(",%s,%d", regime_label_name(t->label), t->run);
}

static void print_smoothed(const struct regime_track *t)
{
    for (int k = 0; k < CLASS_COUNT; k++)
        print_value(regime_track_p(t, (enum regime_class)k));
}

static void print_odds(const struct regime_odds *o)
{
    for (int k = 0; k < CLASS_COUNT; k++)
        print_value(regime_odds_usable(o) ? value_real(o->p[k], 1)
                                          : value_none(o->status));
}

static void print_pool(const struct regime_pool *pool)
{
    struct regime_fall fall = regime_track_fall(&pool->track);
    print_track(&pool->track);
    print_odds(&pool->raw);
    print_smoothed(&pool->track);
    printf(",%s", answer_name(fall.falling));
    print_value(fall.drop);
}

static void print_result(const struct regime_chain *c, enum timeframe tf)
{
    bool fast = tf == TF_1H;
    const struct scores *s = fast ? &c->scores_1h : &c->scores_4h;
    const struct regime_track *t = fast ? &c->track_1h : &c->track_4h;
    bool all = value_usable(s->t) && value_usable(s->m) && value_usable(s->v);
    print_value(s->t);
    print_value(s->m);
    print_value(s->v);
    if (all != regime_odds_usable(fast ? &c->odds_1h : &c->odds_4h))
        printf("odds and scores disagree");
    print_odds(fast ? &c->odds_1h : &c->odds_4h);
    print_smoothed(t);
    print_track(t);
    if (fast)
        print_pool(&c->pool);
    else
        printf(",,,,,,,,,,,,");
    printf("\n");
}

static void print_input(struct value x)
{
    if (value_usable(x))
        printf(",%.17g", x.v);
    else
        printf(",%s", value_status_name(x.status));
}

static void print_row(const struct score_inputs *in, enum timeframe tf)
{
    printf("%s", timeframe_name(tf));
    print_input(in->er24);
    print_input(in->adx_log);
    print_input(in->z_slope);
    print_input(in->t_df);
    print_input(in->vr8);
    print_input(in->ver);
    printf("\n");
}

static void print_class_names(const char *what)
{
    for (int k = 0; k < CLASS_COUNT; k++)
        printf(",%s_%s", what,
               regime_label_name(regime_class_label((enum regime_class)k)));
}

static void print_heading(bool run)
{
    if (!run) {
        printf("tf,er24,adx_log,z_slope,t_df,vr8,ver\n");
        return;
    }
    printf("row,tf,T,M,V");
    print_class_names("p");
    print_class_names("ema");
    printf(",label,run,pool_label,pool_run");
    print_class_names("pool_raw");
    print_class_names("pool_ema");
    printf(",falling,drop\n");
}

int main(int argc, char **argv)
{
    struct made_rows made;
    struct regime_chain chain;
    struct score_inputs in;
    if (argc != 4 || (strcmp(argv[1], "rows") && strcmp(argv[1], "run"))) {
        fprintf(stderr, "regime_rows rows|run COUNT SEED\n");
        return 64;
    }
    bool run = !strcmp(argv[1], "run");
    long count = strtol(argv[2], NULL, 10);
    made_rows_init(&made, strtoull(argv[3], NULL, 10));
    regime_chain_init(&chain);
    print_heading(run);
    for (long i = 0; i < count; i++) {
        enum timeframe tf = made_row(&made, &in);
        if (!run) {
            print_row(&in, tf);
            continue;
        }
        regime_chain_push(&chain, &regime_model_shipped, tf, &in);
        printf("%ld,%s", i, timeframe_name(tf));
        print_result(&chain, tf);
    }
    return 0;
}
