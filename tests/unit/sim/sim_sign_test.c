/* The signatures: one published example of the exchange's, the rest worked out
 * with Python's hmac module. */
#include <string.h>

#include "base/array.h"
#include "sim/account_money.h"
#include "sim/account_sign.h"
#include "sim/sim_world.h"
#include "test.h"

void sim_sign_test(void);

static const char *sign(const char *secret, const char *text)
{
    static char out[SIM_SIGN_TEXT];
    sim_sign(secret, text, strlen(text), out);
    return out;
}

static void known_signatures_come_out(void)
{
    // clang-format off
    ASSERT_STR(sign("f03a5284-5c39-4aaa-9b20-dea10bdcf8e3", "1547015186532POST/api/v1/deposit-addresses{\"currency\":\"BTC\"}"),
               "7QP/oM0ykidMdrfNEUmng8eZjg/ZvPafjIqmxiVfYu4=");
    ASSERT_STR(sign(SIGN_SECRET, "1795176461318GET/api/v1/accounts"),
               "fNVljSbe9zCD4BjKxYaghQrRj/ytFDp74NS9TeqArgs=");
    ASSERT_STR(sign(SIGN_SECRET, "1795176461318GET/api/v1/hf/orders/active?symbol=BTC-USDT"),
               "4vgSC9Suu2Gl/CBRaaLiFuVVFEAsbDnH+1J4sQKlb1k=");
    ASSERT_STR(sign(SIGN_SECRET, "1795176461318GET/api/v1/hf/orders/active/page?symbol=BTC-USDT&pageNum=1&pageSize=50"),
               "NTt/lIlAPcHgni9Pk7pA6SKa2z6DIg4Lqkt004f0gbc=");
    ASSERT_STR(sign(SIGN_SECRET, "1795176461318GET/api/v1/positions?currency=USDT"),
               "tRA68pKnVOzUDyV3E8WLC9X/nCH6Ncb5Zm4HQrn9gbo=");
    ASSERT_STR(sign(SIGN_SECRET, SIGN_PHRASE),
               "irDtbKiF0bnnQVMZNFnNMjXeIO7/TujAfMEq0qJe9SI=");
    // clang-format on
}

static void a_request_with_a_body_is_signed_with_it(void)
{
    static const char body[] = "{\"currency\":\"BTC\"}";
    static const char good[] = "7QP/oM0ykidMdrfNEUmng8eZjg/ZvPafjIqmxiVfYu4=";
    static const char secret[] = "f03a5284-5c39-4aaa-9b20-dea10bdcf8e3";
    struct sim_signed r = { "1547015186532", "POST",
                            "/api/v1/deposit-addresses", body, strlen(body) };
    ASSERT(sim_sign_matches(secret, &r, good));
    r.body_len--;
    ASSERT(!sim_sign_matches(secret, &r, good));
}

static void the_target_may_be_signed_raw_or_decoded(void)
{
    static const char plain[] = "1795176461318GET/api/v1/hf/orders/active"
                                "?symbol=BTC-USDT";
    static const char raw[] = "1795176461318GET/api/v1/hf/orders/active"
                              "?symbol=BTC%2DUSDT";
    struct sim_signed r = { "1795176461318", "GET",
                            "/api/v1/hf/orders/active?symbol=BTC%2DUSDT", "",
                            0 };
    ASSERT(sim_sign_matches(SIGN_SECRET, &r, sign(SIGN_SECRET, plain)));
    ASSERT(sim_sign_matches(SIGN_SECRET, &r, sign(SIGN_SECRET, raw)));
    ASSERT(!sim_sign_matches(SIGN_SECRET, &r,
                             sign(SIGN_SECRET, "1795176461318GET"
                                               "/api/v1/hf/orders/active")));
    ASSERT(!sim_sign_matches("another", &r, sign(SIGN_SECRET, plain)));
}

static void money_is_read_and_written_without_loss(void)
{
    static const char *const same[] = { "0",
                                        "1000",
                                        "0.000000000000000001",
                                        "424.5",
                                        "999999999999999",
                                        "0.30819990190002" };
    static const char *const bad[] = { "",     "-1",   ".",
                                       "1..2", "1,5",  "0.0000000000000000001",
                                       "nan",  "1e99", "1000000000000000" };
    char text[SIM_MONEY_TEXT];
    sim_money m = 0;

    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        ASSERT(sim_money_parse(same[i], &m));
        sim_money_format(m, text);
        ASSERT_STR(text, same[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        ASSERT(!sim_money_parse(bad[i], &m));
    ASSERT(sim_money_parse("1.25e-05", &m));
    sim_money_format(-m, text);
    ASSERT_STR(text, "-0.0000125");
}

static void a_part_is_rounded_half_to_even(void)
{
    ASSERT_INT(sim_money_part(10, 1, 4), 2); /* 2.5 */
    ASSERT_INT(sim_money_part(14, 1, 4), 4); /* 3.5 */
    ASSERT_INT(sim_money_part(10, 1, 3), 3);
    ASSERT_INT(sim_money_part(11, 1, 3), 4);
    ASSERT_INT(sim_money_part(7, 4, 4), 7);
    ASSERT_INT(sim_money_part(7, 0, 4), 0);
}

void sim_sign_test(void)
{
    TEST_SUITE("sim_sign");
    TEST(known_signatures_come_out);
    TEST(a_request_with_a_body_is_signed_with_it);
    TEST(the_target_may_be_signed_raw_or_decoded);
    TEST(money_is_read_and_written_without_loss);
    TEST(a_part_is_rounded_half_to_even);
}
