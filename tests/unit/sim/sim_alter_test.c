#include "sim/alter.h"

#include "base/array.h"
#include "test.h"

void sim_alter_test(void);

#define HEAD "{\"code\":\"200000\",\"data\":"

static void each_way_changes_one_thing(void)
{
    // clang-format off
    static const struct {
        const char *how, *before, *after;
    } rows[] = {
        { "no-data",    HEAD "[1]}",             "{\"code\":\"200000\"}" },
        { "null-data",  HEAD "[1]}",             HEAD "null}" },
        { "empty-data", HEAD "[1]}",             HEAD "[]}" },
        { "empty-data", HEAD "{\"a\":1}}",       HEAD "{}}" },
        { "swap-types", "{\"a\":1,\"b\":\"0.5\",\"c\":\"x1\",\"d\":[\"2\",null]}",
                        "{\"a\":\"1\",\"b\":0.5,\"c\":\"x1\",\"d\":[2,null]}" },
        { "short-rows", HEAD "[[1,2,3],[4,5,6]]}", HEAD "[[1,2],[4,5]]}" },
        { "long-rows",  HEAD "{\"asks\":[[\"1\"]]}}", HEAD "{\"asks\":[[\"1\",\"0\"]]}}" },
        { "stale",      HEAD "[[1],[2],[3]]}",   HEAD "[[3]]}" },
        { "gap",        HEAD "[[0],[1],[2],[3],[4],[5],[6],[7],[8],[9],[10],[11],[12],[13]]}",
                        HEAD "[[0],[1],[2],[3],[4],[5],[6],[7],[8],[9],[13]]}" },
        { "repeated",   HEAD "[[1],[2]]}",       HEAD "[[1],[1],[2]]}" },
        { "nan",        HEAD "[[\"1\",\"2\"],[\"3\",\"4\"]]}",
                        HEAD "[[\"1\",\"NaN\"],[\"3\",\"4\"]]}" },
        { "negative",   HEAD "[[\"1\",\"2\",\"3\"],[\"4\",\"5\",\"6\"]]}",
                        HEAD "[[\"1\",\"-2\",\"-3\"],[\"4\",\"5\",\"6\"]]}" },
        { "ahead",      HEAD "1769817600000}",   HEAD "1769818200000}" },
        { "behind",     HEAD "1769817600000}",   HEAD "1769817000000}" },
        { "page-more",  HEAD "{\"totalNum\":2,\"totalPage\":1}}",
                        HEAD "{\"totalNum\":3,\"totalPage\":2}}" },
        { "ahead",      HEAD "[1]}",             HEAD "[1]}" },
        { "page-more",  HEAD "[1]}",             HEAD "[1]}" },
        { "no-items",   HEAD "{\"n\":2,\"items\":[{\"a\":1},{\"a\":2}],\"x\":[3]}}",
                        HEAD "{\"n\":2,\"items\":[],\"x\":[3]}}" },
        { "item-lost",  HEAD "[{\"a\":1},{\"a\":2}]}", HEAD "[{\"a\":2}]}" },
        { "item-twice", HEAD "[{\"a\":1},{\"a\":2}]}", HEAD "[{\"a\":1},{\"a\":1},{\"a\":2}]}" },
        { "no-items",   HEAD "[]}",              HEAD "[]}" },
        /* What it does not fit stays, and what is no JSON. */
        { "stale",      HEAD "{\"a\":\"1\"}}",   HEAD "{\"a\":\"1\"}}" },
        { "gap",        HEAD "[[1]]}",           HEAD "[[1]]}" },
        { "nan",        HEAD "[[]]}",            HEAD "[[]]}" },
        { "short-rows", HEAD "[[]]}",            HEAD "[[]]}" },
        { "null-data",  "<html>",                "<html>" },
    };
    // clang-format on
    struct text body = TEXT_INIT(4096);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        text_clear(&body);
        text_puts(&body, rows[i].before);
        sim_alter(sim_alter_named(rows[i].how), &body);
        ASSERT_STR(text_str(&body), rows[i].after);
    }
    text_release(&body);
}

static void names_are_the_ones_that_are_known(void)
{
    ASSERT_INT(sim_alter_named("no-data"), SIM_ALTER_NO_DATA);
    ASSERT_INT(sim_alter_named("negative"), SIM_ALTER_NEGATIVE);
    ASSERT_INT(sim_alter_named("none"), SIM_ALTER_NONE);
    ASSERT_INT(sim_alter_named(""), SIM_ALTER_NONE);
}

void sim_alter_test(void)
{
    TEST_SUITE("sim/alter");
    TEST(each_way_changes_one_thing);
    TEST(names_are_the_ones_that_are_known);
}
