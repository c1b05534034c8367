/* What tests/oracles/regime_reference.py, which shares no line with src/regime,
 * makes of 12,500 made-up rows: blocks of 500, each with a hash of its words
 * (label, run, pooled label, its run, falling) and the sums of eight numbers.
 *
 *   tests/oracles/regime_reference.py golden 12500 1
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "made_rows.h"
#include "regime/chain.h"
#include "test.h"

#define BLOCK 500

enum { SUM_T, SUM_M, SUM_V, SUM_P, SUM_EMA, SUM_RAW, SUM_POOL, SUM_DROP, SUMS };

// clang-format off
static const struct {
    uint32_t words;
    double sums[SUMS];
} golden[] = {
    { 0xdb7b451a, { 30687.1906792719, 24180.9671735634, 25.6284005573111, 151.945138422636, 169.71339935016, 43.6699683449435, 117.904534579984, -0.0834059114331118 } },
    { 0x68c20094, { 30440.7624713652, 24568.5162204476, 57.9237228755324, 160.68778705517, 150.109274945676, 49.8869829213315, 122.010111425972, 0.217808416995946 } },
    { 0xdc8b4895, { 33580.2866127323, 23642.5391425202, 82.4777444995582, 189.675558519765, 120.472440742549, 54.2659976221634, 140.548397258507, 2.53162221719126 } },
    { 0x03087f4b, { 34865.5431624785, 24703.7962485113, 78.6648396160334, 192.43093295341, 127.821284474319, 58.1206045354476, 149.975728388443, 0.142340203719363 } },
    { 0xf0e081eb, { 37237.097972411, 19559.3194965622, 80.3865969901433, 216.203325479489, 99.7985719749778, 52.8117077343031, 162.442084538083, 0.668206378856283 } },
    { 0x1a0cb976, { 36821.7618717614, 23410.9681730925, 53.9309289060173, 189.558619553397, 128.222610865853, 54.5879498808244, 151.722165534747, 0.619041959744006 } },
    { 0xc4d7792d, { 34402.2834015421, 21393.055711634, 118.832096293677, 214.809418506039, 100.781699352338, 66.1956751459791, 166.207162213687, -1.68813622601496 } },
    { 0x724dcd1d, { 33529.9403402472, 20190.5287084567, 77.321607157024, 192.572535147855, 124.370234652015, 52.8084223255426, 147.831302102138, -0.816385377912513 } },
    { 0xea74b553, { 31516.9050688944, 28809.736094139, 46.7116640599297, 150.819720283225, 166.99646670765, 49.265128315887, 113.944165822507, 1.50439334862341 } },
    { 0xfba10021, { 38482.5597906192, 22914.0251729211, 31.7510000989166, 194.953008910771, 125.313992345277, 47.6825595937957, 153.946722001362, -1.65253581545416 } },
    { 0x8ad7e6bb, { 30372.7437092832, 30631.4691205742, 46.4779778872961, 138.606330188765, 173.753922337551, 54.0294580467073, 100.537930843875, -0.890363580901951 } },
    { 0xa36d824c, { 35651.9022894383, 20827.9273097248, 25.1860872712789, 181.734408807843, 128.967425087266, 48.7509175633441, 141.09160125544, 0.213463546316836 } },
    { 0x0163745e, { 42767.9509734884, 18534.3812446842, 79.1146451518646, 243.905826030483, 82.5220820564023, 51.828001093141, 191.352461967062, -2.89586116943797 } },
    { 0x48240b3f, { 37812.7176076717, 21396.4850981608, 121.114303060881, 224.599433617471, 87.4631439178747, 64.8263879149452, 176.858590217613, -2.06729660878773 } },
    { 0xd85aacdb, { 31782.5360334952, 30360.1732885711, 51.7700756202644, 142.799828920663, 163.997193141819, 59.3868677510698, 105.160373245652, 0.854888559500638 } },
    { 0x1542414a, { 33924.4097195591, 23045.7156595952, 23.5301905628716, 168.503903853341, 150.172628059572, 44.1445096360745, 130.639482333079, 0.00533384446936346 } },
    { 0xbc727e9e, { 36035.6522136779, 26107.6597786562, 37.5446309296338, 169.127695967793, 143.571412182036, 52.6330958637588, 128.634927570954, 1.29060862051327 } },
    { 0xf6272b56, { 34633.727579701, 23816.0814959314, 8.29799126452635, 164.748170291662, 152.037129806318, 44.1580368289804, 131.389791579254, -1.29784053688921 } },
    { 0x388fa63a, { 34059.1021667374, 21645.3579939208, 55.4588003158845, 187.451841615126, 136.233807252832, 54.2964405893825, 152.986251486271, 0.0749643758931057 } },
    { 0x06116816, { 37090.2022456985, 25657.2179042721, 52.9129610599136, 184.655094362672, 139.268751304097, 49.618572411517, 138.058883063752, 0.949283247352493 } },
    { 0x9475733e, { 33214.1021274626, 23972.5588576023, 63.8143871042377, 176.966108335121, 140.683382722729, 51.844066983767, 134.36014834145, 1.04393478498064 } },
    { 0xdd419600, { 38102.5405441296, 24842.7087867194, 77.2043968111905, 201.611194849638, 115.943952299104, 59.7270551073459, 154.757843946071, -2.22747206873792 } },
    { 0x2be71097, { 38123.1100591122, 22060.4374844162, 65.5987226610429, 205.75420813505, 123.174066192279, 46.1816667014981, 146.663607230668, -0.658807487071989 } },
    { 0x367d3bbb, { 39180.8638416757, 18231.1160501988, 77.1076974450905, 230.571843703099, 96.0946226695364, 53.888600573677, 181.588313029157, 0.1405660769996 } },
    { 0x560a9c85, { 32595.4750898139, 26577.7310004556, 67.6546692914522, 173.193855604576, 153.336604874158, 59.4510581038661, 141.072262607342, -1.31371612194404 } },
};
// clang-format on

struct sums {
    uint32_t words;
    double sums[SUMS];
};

static void add(double *sum, struct value x)
{
    if (value_usable(x))
        *sum += x.v;
}

static void add_scores(struct sums *to, const struct scores *s,
                       const struct regime_odds *o,
                       const struct regime_track *t)
{
    add(&to->sums[SUM_T], s->t);
    add(&to->sums[SUM_M], s->m);
    add(&to->sums[SUM_V], s->v);
    if (regime_odds_usable(o))
        to->sums[SUM_P] += o->p[CLASS_TREND];
    add(&to->sums[SUM_EMA], regime_track_p(t, CLASS_RANGE_OK));
}

static void add_pool(struct sums *to, const struct regime_pool *pool)
{
    add(&to->sums[SUM_RAW], regime_pool_raw(pool, CLASS_TRANSITION));
    add(&to->sums[SUM_POOL], regime_track_p(&pool->track, CLASS_TREND));
    add(&to->sums[SUM_DROP], regime_track_fall(&pool->track).drop);
}

static void add_words(struct sums *to, const struct regime_track *t,
                      const struct regime_pool *pool)
{
    char line[128];
    if (!pool) {
        snprintf(line, sizeof(line), "%s %d   \n", regime_label_name(t->label),
                 t->run);
    } else {
        snprintf(line, sizeof(line), "%s %d %s %d %s\n",
                 regime_label_name(t->label), t->run,
                 regime_label_name(pool->track.label), pool->track.run,
                 answer_name(regime_track_fall(&pool->track).falling));
    }
    to->words = hash_feed(to->words, line, strlen(line));
}

static struct sums block_of(struct regime_chain *c, struct made_rows *made)
{
    struct sums sums = { .words = HASH_START };
    struct score_inputs in;
    for (int i = 0; i < BLOCK; i++) {
        enum timeframe tf = made_row(made, &in);
        regime_chain_push(c, &regime_model_shipped, tf, &in);
        if (tf == TF_1H) {
            add_scores(&sums, &c->scores_1h, &c->odds_1h, &c->track_1h);
            add_pool(&sums, &c->pool);
            add_words(&sums, &c->track_1h, &c->pool);
        } else {
            add_scores(&sums, &c->scores_4h, &c->odds_4h, &c->track_4h);
            add_words(&sums, &c->track_4h, NULL);
        }
    }
    return sums;
}

static void the_reference_agrees_on_every_block(void)
{
    struct regime_chain c;
    struct made_rows made;
    made_rows_init(&made, 1);
    regime_chain_init(&c);
    for (size_t i = 0; i < ARRAY_LEN(golden); i++) {
        struct sums got = block_of(&c, &made);
        ASSERT_INT(got.words, golden[i].words);
        for (int k = 0; k < SUMS; k++)
            ASSERT(fabs(got.sums[k] - golden[i].sums[k]) <= 1e-9);
    }
}

/* Without all labels, agreement on them would say little. */
static void the_rows_lead_to_every_label(void)
{
    int seen[REGIME_LABELS][REGIME_LABELS] = { { 0 } };
    struct regime_chain c;
    struct made_rows made;
    struct score_inputs in;
    made_rows_init(&made, 1);
    regime_chain_init(&c);
    for (int i = 0; i < 12500; i++) {
        enum regime_label from = c.pool.track.label;
        if (made_row(&made, &in) != TF_1H) {
            regime_chain_push(&c, &regime_model_shipped, TF_4H, &in);
            continue;
        }
        regime_chain_push(&c, &regime_model_shipped, TF_1H, &in);
        seen[from][c.pool.track.label]++;
    }
    for (int from = 0; from < REGIME_LABELS; from++)
        ASSERT(seen[from][from] >= 20);
    ASSERT(seen[REGIME_RANGE_OK][REGIME_RANGE_WEAK] >= 5);
    ASSERT(seen[REGIME_RANGE_WEAK][REGIME_RANGE_OK] >= 5);
    ASSERT(seen[REGIME_RANGE_OK][REGIME_TRANSITION] >= 20);
    ASSERT(seen[REGIME_TRANSITION][REGIME_RANGE_OK] >= 20);
    ASSERT(seen[REGIME_TRANSITION][REGIME_TREND] >= 20);
    ASSERT(seen[REGIME_TREND][REGIME_TRANSITION] >= 20);
    ASSERT_INT(seen[REGIME_TREND][REGIME_RANGE_OK], 0);
    ASSERT_INT(seen[REGIME_TREND][REGIME_RANGE_WEAK], 0);
}

void regime_agreement_test(void);
void regime_agreement_test(void)
{
    TEST_SUITE("regime_agreement");
    TEST(the_reference_agrees_on_every_block);
    TEST(the_rows_lead_to_every_label);
}
