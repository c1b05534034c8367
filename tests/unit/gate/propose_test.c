/* Expected figures: 60 digits in another language. The scene's ATR(4h) is 2.04,
 * 1.02 times its mean, at a price of 100; 15m bars move by .3 %. */
#include "gate/propose.h"

#include <string.h>

#include "base/array.h"
#include "gate/gate_scene.h"
#include "test.h"

static struct gate_scene s;
static struct propose_config config;
static struct proposal p;
static char why[160];

static void begin(void)
{
    gate_scene_begin(&s);
    config = (struct propose_config){ 4, 2, .006 };
    why[0] = '\0';
}

static bool ask(double tick)
{
    struct gate_inputs in = gate_scene_look(&s);
    return propose(&in, &config, tick, &p, why, sizeof(why));
}

static void the_range_is_four_atr_wide_to_each_side(void)
{
    begin();
    ASSERT(ask(NO_VALUE));
    ASSERT_STR(why, "");
    ASSERT_NEAR(p.slow_atr.v, 2.04, 0);
    ASSERT_NEAR(p.close, 100, 0);
    ASSERT_NEAR(p.grid.lower, 92.164054119141177, 1e-14);
    ASSERT_NEAR(p.grid.upper, 108.5021714330505, 1e-14);
    ASSERT_NEAR(p.grid.stop.below, 88.479437995765489, 1e-14);
    ASSERT(isnan(p.grid.stop.above));
    ASSERT_NEAR(p.half_width, .0816, 1e-13);
    ASSERT_NEAR(p.width_atr, 4, 1e-13);
    ASSERT_INT(p.grid.levels, 27);
    ASSERT_INT(p.grid.spacing, GRID_GEOMETRIC);
    ASSERT_NEAR(p.grid.start_price, 100, 0);
    ASSERT_STR(p.grid.symbol, "BTC-USDT");
    ASSERT_INT(p.grid.history_count, 0);
}

static void its_figures_are_those_of_a_walk_without_drift(void)
{
    begin();
    ASSERT(ask(NO_VALUE));
    ASSERT_NEAR(p.step, .0060627489603911593, 1e-12);
    ASSERT_NEAR(p.net_step, .0040627489603911593, 1e-12);
    ASSERT(p.step_kept);
    ASSERT_NEAR(p.cycles_day.v, 11.824178200692042, 1e-12);
    ASSERT_NEAR(p.life_days.v, 7.7066666666666667, 1e-12);
    ASSERT_NEAR(p.earn.v, .013211777741320163, 1e-11);
    ASSERT_NEAR(p.pi_24.v, .024031997462824245, 1e-10);
    ASSERT_NEAR(p.pi_72.v, .17516959987269532, 1e-10);
    ASSERT_INT(p.pi_24.n_used, 500);
}

/* A calm ATR undersizes a grid: the mean of 50 counts when it is larger. */
static void the_larger_of_atr_and_its_mean_sizes_it(void)
{
    begin();
    gate_scene_metric(&s, METRIC_VER_4H, .8); /* mean 2.55 */
    ASSERT(ask(NO_VALUE));
    ASSERT_NEAR(p.slow_atr.v, 2.55, 1e-14);
    ASSERT_NEAR(p.grid.lower, 90.302955166887682, 1e-13);
    ASSERT_NEAR(p.grid.stop.below, 85.81297218113938, 1e-13);
    ASSERT_INT(p.grid.levels, 34);
    ASSERT_NEAR(p.pi_24.v, .0055069347672641752, 1e-10);
    ASSERT_NEAR(p.life_days.v, 12.041666666666667, 1e-12);
    gate_scene_metric(&s, METRIC_VER_4H, 1);
    ASSERT(ask(NO_VALUE));
    ASSERT_NEAR(p.slow_atr.v, 2.04, 0);
}

static void kappa_and_stop_are_options(void)
{
    begin();
    config.kappa = 6;
    ASSERT(ask(NO_VALUE));
    ASSERT_NEAR(p.grid.lower, 88.479437995765489, 1e-13);
    ASSERT_NEAR(p.grid.stop.below, 84.942128716759838, 1e-13);
    ASSERT_NEAR(p.width_atr, 6, 1e-13);
    ASSERT_INT(p.grid.levels, 40); /* 40.9 would fit: 40 is the most */
    ASSERT_NEAR(p.step, .0061387654620109541, 1e-12);
    config.stop_atr = 1;
    ASSERT(ask(NO_VALUE));
    ASSERT_NEAR(p.grid.stop.below, 100 * exp(-.0204 * 7), 1e-13);
}

static void levels_are_as_many_as_keep_the_step(void)
{
    static const struct {
        double half_width;
        int want;
    } rows[] = {
        { .038883465904058515, 13 }, /* 13 ln(1.006) / 2 to the last digit */
        { .03888347, 13 },
        { .03888346, 12 },
        { .0816, 27 },
        { .020937250871416123, 7 },
        { .017946215032642391, 6 },
        { .0179, 6 },
        { .001, 6 },
        { .11665039771217554, 39 },
        { .11964143355094928, 40 },
        { .12263246938972301, 40 },
        { 3, 40 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(propose_levels(rows[i].half_width, .006), rows[i].want);
    static const double steps[] = { .006, .005, .004, .008 };
    for (size_t k = 0; k < ARRAY_LEN(steps); k++) {
        for (int n = 6; n <= 40; n++) { /* whatever the last digits do */
            double upper = 95;
            for (int i = 0; i < n; i++)
                upper *= 1 + steps[k];
            ASSERT_INT(propose_levels(log(upper / 95) / 2, steps[k]), n);
        }
    }
}

static void a_range_too_narrow_for_the_step_says_so(void)
{
    begin();
    gate_scene_metric(&s, METRIC_ATR_4H, .4);
    gate_scene_metric(&s, METRIC_VER_4H, 1.05);
    ASSERT(ask(NO_VALUE));
    ASSERT(!p.step_kept);
    ASSERT_INT(p.grid.levels, 6);
    ASSERT_NEAR(p.step, .0053475808732540984, 1e-12);
    ASSERT_NEAR(p.earn.v, .0020106856549405738, 1e-11);
    ASSERT_NEAR(p.pi_24.v, .83038697666467805, 1e-10);
    ASSERT_INT(p.gates.rows[G6_PI_24].pass, ANSWER_NO);
    ASSERT_INT(p.gates.rows[G7_STEP].pass, ANSWER_YES); /* net .0033 */
}

static void the_stop_is_where_the_grid_loses(void)
{
    static const struct {
        enum grid_side side;
        enum grid_market market;
        double below, above;
    } rows[] = {
        { GRID_LONG, GRID_SPOT, 88.479437995765489, NO_VALUE },
        { GRID_SHORT, GRID_SPOT, NO_VALUE, 113.02060938134109 },
        { GRID_NEUTRAL, GRID_SPOT, 88.479437995765489, 113.02060938134109 },
        { GRID_LONG, GRID_FUTURES, 88.479437995765489, 113.02060938134109 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        s.grid.side = rows[i].side;
        s.grid.market = rows[i].market;
        ASSERT(ask(NO_VALUE));
        ASSERT_NEAR(p.grid.stop.below, rows[i].below, 1e-13);
        ASSERT_NEAR(p.grid.stop.above, rows[i].above, 1e-13);
    }
}

/* Equal to the decimal numbers, not near them. */
static void prices_lie_on_the_tick(void)
{
    begin();
    ASSERT(ask(.01));
    ASSERT(p.grid.lower == 92.16 && p.grid.upper == 108.5);
    ASSERT(p.grid.stop.below == 88.48);
    ASSERT_NEAR(p.half_width, .081611988016466566, 1e-13);
    ASSERT_NEAR(p.width_atr, 4.0005876478660082, 1e-13);
    ASSERT_NEAR(p.life_days.v, 7.7089300508499335, 1e-12);
    ASSERT_NEAR(p.earn.v, .013214790808186839, 1e-11);
    ASSERT_NEAR(p.pi_24.v, .02401333690392256, 1e-10);
    ASSERT(ask(.5));
    ASSERT(p.grid.lower == 92 && p.grid.upper == 108.5);
    ASSERT_NEAR(p.pi_72.v, .17031297936735895, 1e-10);
    ASSERT(ask(2)); /* no whole number to the unit */
    ASSERT(p.grid.lower == 92 && p.grid.upper == 108);
    ASSERT(ask(0));
    ASSERT_NEAR(p.grid.lower, 92.164054119141177, 1e-14);
}

static void a_cheap_coin_has_a_coarse_tick(void)
{
    begin();
    gate_scene_close(&s, .00001234);
    gate_scene_metric(&s, METRIC_ATR_4H, .0000004936);
    ASSERT(ask(1e-8));
    ASSERT(p.grid.lower == 1.052e-5 && p.grid.upper == 1.448e-5);
    ASSERT(p.grid.stop.below == 9.71e-6);
    ASSERT_NEAR(p.step, .0080192377043331656, 1e-11);
    ASSERT_NEAR(p.width_atr, 3.9936272456000813, 1e-12);
    ASSERT(!ask(1e-4)); /* all of it below one tick */
    ASSERT_STR(why, "no range fits the tick of this symbol: lower must be "
                    "above 0 and below upper");
}

static void its_gates_are_those_of_a_first_start_in_this_range(void)
{
    begin();
    s.grid.lower = 1; /* must not be read */
    s.grid.upper = 2;
    ASSERT(ask(NO_VALUE));
    ASSERT_INT(gate_group_pass(&p.gates, 5), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(gate_group_pass(&p.gates, 8), ANSWER_NOT_APPLICABLE);
    ASSERT_NEAR(p.gates.rows[G6_PI_24].value.v, p.pi_24.v, 1e-7);
    ASSERT_NEAR(p.gates.rows[G6_PI_72].value.v, p.pi_72.v, 1e-7);
    ASSERT_NEAR(p.gates.rows[G7_STEP].value.v, p.net_step, 1e-6);
    ASSERT_NEAR(p.gates.rows[G7_EARN].value.v, p.earn.v, 1e-6);
    ASSERT(gates_open(&p.gates));
    gate_scene_metric(&s, METRIC_ADX_1H, 31);
    ASSERT(ask(NO_VALUE)); /* a proposal all the same */
    ASSERT_INT(p.gates.rows[G4_ADX].pass, ANSWER_NO);
    ASSERT(!gates_open(&p.gates));
}

static void without_price_atr_or_volatility_there_is_none(void)
{
    begin();
    s.view.price_cause = PRICE_NO_TRADES;
    ASSERT(!ask(NO_VALUE));
    ASSERT_STR(why, "the price is not known: no_trades");
    begin();
    s.metrics.values[METRIC_ATR_4H] = value_none(VALUE_UNAVAILABLE);
    ASSERT(!ask(NO_VALUE));
    ASSERT_STR(why, "no ATR(4h) with a mean of 50 bars: unavailable");
    begin();
    s.metrics.values[METRIC_VER_4H] = value_none(VALUE_WARMUP);
    ASSERT(!ask(NO_VALUE));
    ASSERT_STR(why, "no ATR(4h) with a mean of 50 bars: warmup");
    begin();
    gate_scene_metric(&s, METRIC_VER_4H, 0);
    ASSERT(!ask(NO_VALUE));
    begin();
    s.metrics.values[METRIC_VOL_HAZ_15M] = value_none(VALUE_FLAT);
    ASSERT(!ask(NO_VALUE));
    ASSERT_STR(why, "no volatility of 15m bars: flat");
}

void propose_test(void);
void propose_test(void)
{
    TEST_SUITE("gate/propose");
    TEST(the_range_is_four_atr_wide_to_each_side);
    TEST(its_figures_are_those_of_a_walk_without_drift);
    TEST(the_larger_of_atr_and_its_mean_sizes_it);
    TEST(kappa_and_stop_are_options);
    TEST(levels_are_as_many_as_keep_the_step);
    TEST(a_range_too_narrow_for_the_step_says_so);
    TEST(the_stop_is_where_the_grid_loses);
    TEST(prices_lie_on_the_tick);
    TEST(a_cheap_coin_has_a_coarse_tick);
    TEST(its_gates_are_those_of_a_first_start_in_this_range);
    TEST(without_price_atr_or_volatility_there_is_none);
}
