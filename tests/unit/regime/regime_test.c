#include "regime/regime.h"

#include "base/array.h"
#include "test.h"

static void what_is_not_built_says_unknown_and_why(void)
{
    struct regime r = regime_not_built();
    ASSERT_INT(r.pooled, REGIME_UNKNOWN);
    ASSERT_INT(r.label_1h, REGIME_UNKNOWN);
    ASSERT_INT(r.label_4h, REGIME_UNKNOWN);
    ASSERT_STR(r.reason, "not yet built");
}

static void labels_have_the_names_of_the_documents(void)
{
    static const char *const names[] = { "UNKNOWN", "RANGE_OK", "RANGE_WEAK",
                                         "TRANSITION", "TREND" };
    ASSERT_INT(ARRAY_LEN(names), REGIME_TREND + 1);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        ASSERT_STR(regime_label_name((enum regime_label)i), names[i]);
}

void regime_test(void);
void regime_test(void)
{
    TEST_SUITE("regime");
    TEST(what_is_not_built_says_unknown_and_why);
    TEST(labels_have_the_names_of_the_documents);
}
