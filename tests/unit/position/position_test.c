#include "position/position.h"

#include "base/array.h"
#include "test.h"

static void says_nothing(struct interval x)
{
    ASSERT_INT(x.nominal.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(x.nominal.v) && isnan(x.lo) && isnan(x.hi));
}

static void no_data_is_not_no_position(void)
{
    struct position p = position_none("no source is built yet");
    ASSERT_INT(p.source, POSITION_NONE);
    ASSERT_STR(p.reason, "no source is built yet");
    says_nothing(p.inventory);
    says_nothing(p.avg_cost);
    says_nothing(p.pnl.e);
    says_nothing(p.pnl.peak);
    says_nothing(p.pnl.drawdown);
}

static void sources_have_the_names_of_the_documents(void)
{
    static const char *const names[] = { "none", "exchange", "robot", "model" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        ASSERT_STR(position_source_name((enum position_source)i), names[i]);
}

void position_test(void);
void position_test(void)
{
    TEST_SUITE("position");
    TEST(no_data_is_not_no_position);
    TEST(sources_have_the_names_of_the_documents);
}
