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

static void classes_are_the_labels_but_unknown(void)
{
    for (int k = 0; k < CLASS_COUNT; k++)
        ASSERT_INT(regime_class_label((enum regime_class)k), k + 1);
    ASSERT(regime_label_is_range(REGIME_RANGE_OK));
    ASSERT(regime_label_is_range(REGIME_RANGE_WEAK));
    ASSERT(!regime_label_is_range(REGIME_TRANSITION));
    ASSERT(!regime_label_is_range(REGIME_TREND));
    ASSERT(!regime_label_is_range(REGIME_UNKNOWN));
}

static void every_reason_has_its_own_words(void)
{
    ASSERT_STR(regime_reason_text(REGIME_REASON_NONE), "");
    for (int i = 0; i < REGIME_REASONS; i++)
        for (int k = 0; k < i; k++)
            ASSERT(!test_same(regime_reason_text((enum regime_reason)i),
                              regime_reason_text((enum regime_reason)k)));
}

static void what_is_unknown_has_no_numbers(void)
{
    struct regime r = regime_none("");
    for (int k = 0; k < CLASS_COUNT; k++)
        ASSERT(isnan(r.p[k].v) && isnan(r.raw[k].v));
    ASSERT(isnan(r.q.v) && isnan(r.p_range.v) && isnan(r.confidence.v));
    ASSERT(isnan(r.fall.drop.v) && isnan(r.m_fall_6h.v));
    ASSERT_INT(r.fall.falling, ANSWER_UNKNOWN);
    ASSERT_INT(r.q.status, VALUE_UNAVAILABLE);
    ASSERT(!r.explained);
}

void regime_test(void);
void regime_test(void)
{
    TEST_SUITE("regime");
    TEST(what_is_not_built_says_unknown_and_why);
    TEST(labels_have_the_names_of_the_documents);
    TEST(classes_are_the_labels_but_unknown);
    TEST(every_reason_has_its_own_words);
    TEST(what_is_unknown_has_no_numbers);
}
