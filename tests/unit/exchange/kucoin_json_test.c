/* KuCoin's bodies, by the facts gathered on the interface: sections 2 to 4. */
#include "exchange/kucoin_json.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "exchange/kucoin_bodies.h"
#include "test.h"

static struct error err;

static struct kucoin_body body(const char *s)
{
    return (struct kucoin_body){ s, strlen(s) };
}

static void the_envelope_takes_code_as_text_or_number(void)
{
    static const struct {
        const char *text;
        bool is_json, success;
        const char *code;
    } rows[] = {
        { "{\"code\":\"200000\",\"data\":1}", true, true, "200000" },
        { "{\"data\":1,\"code\":200000}", true, true, "200000" },
        { "{\"code\":\"200\",\"data\":1}", true, true, "200" },
        { "{\"msg\":\"x\",\"code\":\"400100\"}", true, false, "400100" },
        { "{\"code\":400100,\"msg\":\"x\"}", true, false, "400100" },
        { "{\"code\":\"2000000\"}", true, false, "2000000" },
        { "{\"code\":\"12345678901234567890\"}", false, false, "" },
        { "{\"code\":null}", false, false, "" },
        { "{\"Code\":\"200000\"}", false, false, "" },
        { "[\"code\"]", false, false, "" },
        { "\"200000\"", false, false, "" },
        { "{\"code\":\"200000\",\"data\":[", false, false, "" },
        { "{\"code\":\"200000\",\"data\":1}x", false, false, "" },
        { BODY_BAD_GATEWAY, false, false, "" },
        { "", false, false, "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct kucoin_envelope e;
        kucoin_envelope_parse(body(rows[i].text), &e);
        ASSERT_INT(e.is_json, rows[i].is_json);
        ASSERT_INT(e.success, rows[i].success);
        ASSERT_STR(e.code, rows[i].code);
    }
    struct kucoin_envelope e;
    kucoin_envelope_parse((struct kucoin_body){ NULL, 0 }, &e);
    ASSERT(!e.is_json);
    kucoin_envelope_parse((struct kucoin_body){ "{\"code\":\0\"200\"}", 15 },
                          &e);
    ASSERT(!e.is_json);
}

static void each_code_says_what_to_do(void)
{
    static const struct {
        const char *text;
        enum fault fault;
        enum kucoin_remedy remedy;
    } rows[] = {
        { "{\"code\":\"400001\",\"msg\":\"\"}", FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"400002\",\"msg\":\"Invalid KC-API-TIMESTAMP\"}",
          FAULT_TRANSIENT, KUCOIN_RESYNC },
        { "{\"code\":\"400003\",\"msg\":\"KC-API-KEY not exists\"}",
          FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"400100\",\"msg\":\"This pair is not provided at "
          "present\"}",
          FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"900001\",\"msg\":\"symbol not exists\"}", FAULT_REFUSED,
          KUCOIN_STOP },
        { "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}",
          FAULT_TRANSIENT, KUCOIN_WAIT },
        { "{\"code\":\"200002\",\"msg\":\"\"}", FAULT_TRANSIENT, KUCOIN_WAIT },
        { "{\"code\":\"230005\",\"msg\":\"The system is busy\"}",
          FAULT_TRANSIENT, KUCOIN_BACK_OFF },
        { "{\"code\":\"408000\",\"msg\":\"Network timeout\"}", FAULT_TRANSIENT,
          KUCOIN_BACK_OFF },
        { "{\"code\":\"500000\",\"msg\":\"\"}", FAULT_TRANSIENT,
          KUCOIN_BACK_OFF },
        { "{\"code\":\"503000\",\"msg\":\"\"}", FAULT_TRANSIENT,
          KUCOIN_BACK_OFF },
        { "{\"code\":\"404000\",\"msg\":\"URL Not Found\"}", FAULT_BUG,
          KUCOIN_STOP },
        { "{\"code\":\"404\",\"msg\":\"Not Found\",\"retry\":false,"
          "\"success\":false}",
          FAULT_BUG, KUCOIN_STOP },
        { "{\"code\":\"411100\",\"msg\":\"User are frozen.\"}", FAULT_REFUSED,
          KUCOIN_STOP },
        { "{\"code\":\"401000\",\"msg\":\"The interface has been "
          "deprecated\"}",
          FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"400301\",\"msg\":\"\"}", FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"400302\",\"msg\":\"\"}", FAULT_REFUSED, KUCOIN_STOP },
        { "{\"msg\":\"Identity verification is required to use this "
          "service.\",\"code\":\"400303\"}",
          FAULT_REFUSED, KUCOIN_STOP },
        { "{\"code\":\"1\",\"msg\":\"Server busy, later please\"}",
          FAULT_TRANSIENT, KUCOIN_BACK_OFF },
        { "{\"code\":\"1\",\"msg\":\"Exceeded the access frequency\"}",
          FAULT_TRANSIENT, KUCOIN_WAIT },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct kucoin_envelope e;
        kucoin_envelope_parse(body(rows[i].text), &e);
        ASSERT_FATAL(e.known != NULL);
        ASSERT_INT(e.known->remedy, rows[i].remedy);
        ASSERT_INT(kucoin_envelope_error(&e, 200, &err), -1);
        ASSERT_INT(err.fault, rows[i].fault);
        ASSERT(strstr(err.msg, e.code) != NULL);
        ASSERT(strstr(err.msg, e.known->advice) == err.msg);
    }
}

static void an_unknown_code_is_judged_by_the_status(void)
{
    struct kucoin_envelope e;
    kucoin_envelope_parse(body("{\"code\":\"777777\",\"msg\":\"a\\nb\"}"), &e);
    ASSERT(e.known == NULL);
    kucoin_envelope_error(&e, 200, &err);
    ASSERT_INT(err.fault, FAULT_REFUSED);
    ASSERT_STR(err.msg, "the exchange says no (code 777777 'a b', HTTP 200)");
    kucoin_envelope_error(&e, 503, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
}

static void a_page_instead_of_json_is_judged_by_the_status(void)
{
    struct kucoin_envelope e;
    kucoin_envelope_parse(body(BODY_CLOUDFLARE_1015), &e);
    kucoin_envelope_error(&e, 200, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    kucoin_envelope_error(&e, 502, &err);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    kucoin_envelope_error(&e, 403, &err);
    ASSERT_INT(err.fault, FAULT_REFUSED);
    ASSERT_STR(err.msg, "HTTP 403 and no JSON, a gateway answered");
}

static void time_is_an_exact_integer(void)
{
    static const struct {
        const char *text;
        int rc;
        int64_t ms;
    } rows[] = {
        { BODY_TIMESTAMP, 0, 1795176461318 },
        { "{\"code\":\"200000\",\"data\":\"1795176461318\"}", 0,
          1795176461318 },
        { "{\"code\":\"200000\",\"data\":1795176461318.5}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":1795176461318000000}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":1e400}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":-1}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":\"soon\"}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":{}}", -1, 0 },
        { "{\"code\":\"200000\",\"data\":null}", -1, 0 },
        { "{\"code\":\"200000\"}", -1, 0 },
        { "{\"code\":\"200000\",\"msg\":\"success\",\"data\":5}", 0, 5 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t ms = 0;
        ASSERT_INT(kucoin_time_parse(body(rows[i].text), &ms, &err),
                   rows[i].rc);
        if (!rows[i].rc)
            ASSERT_INT(ms, rows[i].ms);
    }
}

static void status_words_become_the_market_status(void)
{
    static const struct {
        const char *text;
        enum market_status status;
        const char *note;
    } rows[] = {
        { BODY_STATUS_OPEN, MARKET_OPEN, "" },
        { BODY_STATUS_CLOSE, MARKET_CLOSED, "upgrade match engine" },
        { "{\"code\":\"200000\",\"data\":{\"msg\":\"\",\"status\":"
          "\"cancelonly\"}}",
          MARKET_CANCEL_ONLY, "" },
        { "{\"code\":\"200000\",\"data\":{\"status\":\"dancing\"}}",
          MARKET_STATUS_UNKNOWN, "" },
    };
    struct kucoin_status s;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_INT(kucoin_status_parse(body(rows[i].text), &s, &err), 0);
        ASSERT_INT(s.status, rows[i].status);
        ASSERT_STR(s.note, rows[i].note);
    }
    ASSERT_INT(kucoin_status_parse(body(BODY_STATUS_CANCELONLY), &s, &err), 0);
    ASSERT_INT(s.status, MARKET_CANCEL_ONLY);
    ASSERT_INT(kucoin_status_parse(body(BODY_TIMESTAMP), &s, &err), -1);
}

static void symbol_facts_are_read(void)
{
    struct kucoin_symbol s;
    ASSERT_INT(
        kucoin_symbol_parse(body(BODY_SYMBOL_V2_ONE), "BTC-USDT", &s, &err), 0);
    ASSERT_NEAR(s.price_tick, 0.1, 0);
    ASSERT_NEAR(s.base_increment, 0.00000001, 0);
    ASSERT_NEAR(s.base_min_size, 0.00001, 0);
    ASSERT_NEAR(s.min_funds, 0.1, 0);
    ASSERT(s.trading);
    ASSERT(!s.special_treatment);
    ASSERT_INT(
        kucoin_symbol_parse(body(BODY_SYMBOL_V2_ONE), "ETH-USDT", &s, &err),
        -1);
    ASSERT_STR(err.msg, "the reply is about another symbol");
}

#define SYMBOL(tick, step, rest)                                               \
    "{\"code\":\"200000\",\"data\":{\"symbol\":\"A-B\","                       \
    "\"priceIncrement\":" tick ",\"baseIncrement\":" step rest "}}"

static void odd_symbol_facts_are_refused(void)
{
    static const struct {
        const char *text;
        int rc;
    } rows[] = {
        { SYMBOL("\"1E-5\"", "\"2.0E-4\"",
                 ",\"enableTrading\":false,\"st\":true"),
          0 },
        { SYMBOL("\"0\"", "\"1\"", ",\"enableTrading\":true"), -1 },
        { SYMBOL("\"1\"", "\"-1\"", ",\"enableTrading\":true"), -1 },
        { SYMBOL("0.1", "\"1\"", ",\"enableTrading\":true"), -1 },
        { SYMBOL("\"0x1\"", "\"1\"", ",\"enableTrading\":true"), -1 },
        { SYMBOL("\"1\"", "\"1\"", ",\"enableTrading\":\"true\""), -1 },
        { SYMBOL("\"1\"", "\"1\"", ""), -1 },
    };
    struct kucoin_symbol s;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(kucoin_symbol_parse(body(rows[i].text), "A-B", &s, &err),
                   rows[i].rc);
    kucoin_symbol_parse(body(rows[0].text), "A-B", &s, &err);
    ASSERT_NEAR(s.price_tick, 0.00001, 0);
    ASSERT_NEAR(s.base_increment, 0.0002, 0);
    ASSERT_NEAR(s.base_min_size, NO_VALUE, 0);
    ASSERT_NEAR(s.min_funds, NO_VALUE, 0);
    ASSERT(!s.trading);
    ASSERT(s.special_treatment);
}

static void the_ticker_has_price_and_time(void)
{
    struct kucoin_ticker t;
    ASSERT_INT(kucoin_ticker_parse(body(BODY_TICKER_LEVEL1), &t, &err), 0);
    ASSERT_NEAR(t.price, 84212.3, 0);
    ASSERT_INT(t.time_ms, 1795176461206);
    ASSERT_INT(kucoin_ticker_parse(body(BODY_TICKER_LEVEL1_NULL), &t, &err),
               -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT(strstr(err.msg, "without data") != NULL);
    ASSERT_INT(
        kucoin_ticker_parse(
            body("{\"code\":\"200000\",\"data\":{\"price\":null}}"), &t, &err),
        -1);
    ASSERT_INT(
        kucoin_ticker_parse(
            body("{\"code\":\"200000\",\"data\":{\"price\":\"1\"}}"), &t, &err),
        -1);
    ASSERT_STR(err.msg, "'time' is not a time in ms");
    ASSERT_INT(
        kucoin_ticker_parse(body("{\"code\":\"200000\",\"data\":[\"price\"]}"),
                            &t, &err),
        -1);
}

static void candles_come_in_the_order_open_close_high_low(void)
{
    struct kucoin_rows rows = { 0 };
    ASSERT_INT(kucoin_candles_parse(body(BODY_CANDLES_15MIN), TF_15M, NULL,
                                    &rows, &err),
               0);
    ASSERT_INT(rows.count, 8);
    ASSERT_INT(rows.idle, 0);
    ASSERT_INT(rows.bars[1].open_ms, 1795175100000);
    ASSERT_NEAR(rows.bars[1].open, 84605.2, 0);
    ASSERT_NEAR(rows.bars[1].close, 84498.2, 0);
    ASSERT_NEAR(rows.bars[1].high, 84638.8, 0);
    ASSERT_NEAR(rows.bars[1].low, 84477.6, 0);
    ASSERT_NEAR(rows.bars[1].volume, 18.5967182, 0);
    ASSERT_INT(kucoin_candles_parse(body(BODY_CANDLES_EMPTY), TF_15M, NULL,
                                    &rows, &err),
               0);
    ASSERT_INT(rows.count, 8);
    kucoin_rows_release(&rows);
}

static void numbers_with_an_exponent_are_read(void)
{
    struct kucoin_rows rows = { 0 };
    ASSERT_INT(
        kucoin_candles_parse(
            body("{\"code\":\"200000\",\"data\":[[\"900\",\"5.2e-05\",\"6E-5\","
                 "\"7.0E-5\",\"5e-05\",\"1.5E+3\",\"0.09\"]]}"),
            TF_15M, NULL, &rows, &err),
        0);
    ASSERT_FATAL(rows.count == 1);
    ASSERT_NEAR(rows.bars[0].open, 0.000052, 0);
    ASSERT_NEAR(rows.bars[0].high, 0.00007, 0);
    ASSERT_NEAR(rows.bars[0].volume, 1500, 0);
    kucoin_rows_release(&rows);
}

static void rows_of_zero_volume_are_left_out_and_counted(void)
{
    struct kucoin_rows rows = { 0 };
    ASSERT_INT(kucoin_candles_parse(
                   body("{\"code\":\"200000\",\"data\":["
                        "[\"2700\",\"2\",\"2\",\"2\",\"2\",\"-0\",\"0\"],"
                        "[\"1800\",\"2\",\"2\",\"3\",\"1\",\"5\",\"10\"],"
                        "[\"900\",\"2\",\"2\",\"2\",\"2\",\"0.000\",\"0\"]]}"),
                   TF_15M, NULL, &rows, &err),
               0);
    ASSERT_INT(rows.count, 1);
    ASSERT_INT(rows.idle, 2);
    ASSERT_INT(rows.bars[0].open_ms, 1800000);
    kucoin_rows_release(&rows);
}

#define GOOD      "[\"1800\",\"2\",\"2\",\"3\",\"1\",\"5\",\"10\"],"
#define PAGE(row) "{\"code\":\"200000\",\"data\":[" GOOD row "]}"

static void a_bad_row_is_named_with_field_and_value(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\"]"),
          "row 1: not a list of 7 texts" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\",\"1\"]"),
          "row 1: not a list of 7 texts" },
        { PAGE("{\"time\":900}"), "row 1: not a list of 7 texts" },
        { PAGE("[900,\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'time' is not a text" },
        { PAGE("[\"900\",\"2\",2,\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'close' is not a text" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",null,\"5\",\"1\"]"),
          "row 1: 'low' is not a text" },
        { PAGE("[\"900.5\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'time' is '900.5', not seconds since 1970" },
        { PAGE("[\"1795175100000\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'time' is '1795175100000', not seconds since 1970" },
        { PAGE("[\"-900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'time' is '-900', not seconds since 1970" },
        { PAGE("[\"900\",\"2\",\"2\",\"3O\",\"1\",\"5\",\"1\"]"),
          "row 1: 'high' is '3O', not a decimal number" },
        { PAGE("[\"900\",\"\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: 'open' is '', not a decimal number" },
        { PAGE("[\"900\",\"2\",\"2\",\"inf\",\"1\",\"5\",\"1\"]"),
          "row 1: 'high' is 'inf', not a decimal number" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"nan\",\"1\"]"),
          "row 1: 'volume' is 'nan', not a decimal number" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"x\"]"),
          "row 1: 'turnover' is 'x', not a decimal number" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\" 1\",\"5\",\"1\"]"),
          "row 1: 'low' is ' 1', not a decimal number" },
        { PAGE("[\"901\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
          "row 1: time '901'" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"0\",\"5\",\"1\"]"),
          "low '0' volume '5'" },
        { PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"-5\",\"1\"]"),
          "volume '-5'" },
        /* open, high, low, close: the order of nearly everybody else */
        { PAGE("[\"900\",\"2\",\"3\",\"1\",\"2\",\"5\",\"1\"]"),
          "row 1: time '900' open '2' close '3' high '1' low '2'" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct kucoin_rows got = { 0 };
        ASSERT_INT(
            kucoin_candles_parse(body(rows[i].text), TF_15M, NULL, &got, &err),
            -1);
        ASSERT_INT(err.fault, FAULT_DATA);
        if (!strstr(err.msg, rows[i].want))
            ASSERT_STR(err.msg, rows[i].want);
        kucoin_rows_release(&got);
    }
}

static void data_of_another_type_is_refused(void)
{
    static const char *const bodies[] = {
        "{\"code\":\"200000\",\"data\":\"sorry\"}",
        "{\"code\":\"200000\",\"data\":{\"0\":[\"900\"]}}",
        "{\"code\":\"200000\",\"data\":7}",
        "{\"code\":\"200000\",\"data\":null}",
        "{\"code\":\"200000\",\"msg\":\"Position does not exist\"}",
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct kucoin_rows got = { 0 };
        ASSERT_INT(
            kucoin_candles_parse(body(bodies[i]), TF_15M, NULL, &got, &err),
            -1);
        ASSERT_INT(err.fault, FAULT_DATA);
        kucoin_rows_release(&got);
    }
}

/* Every prefix of a good body is an error, never a shorter series. */
static void a_cut_body_is_never_half_a_series(void)
{
    static const char whole[] = BODY_CANDLES_15MIN;
    char cut[sizeof(whole)];
    size_t taken = 0;
    for (size_t n = 0; n < strlen(whole); n++) {
        struct kucoin_rows got = { 0 };
        memcpy(cut, whole, n);
        cut[n] = '\0';
        taken += !kucoin_candles_parse(body(cut), TF_15M, NULL, &got, &err);
        ASSERT_INT(err.fault, FAULT_TRANSIENT);
        kucoin_rows_release(&got);
    }
    ASSERT_INT(taken, 0);
}

void kucoin_json_test(void);
void kucoin_json_test(void)
{
    TEST_SUITE("exchange/kucoin_json");
    TEST(the_envelope_takes_code_as_text_or_number);
    TEST(each_code_says_what_to_do);
    TEST(an_unknown_code_is_judged_by_the_status);
    TEST(a_page_instead_of_json_is_judged_by_the_status);
    TEST(time_is_an_exact_integer);
    TEST(status_words_become_the_market_status);
    TEST(symbol_facts_are_read);
    TEST(odd_symbol_facts_are_refused);
    TEST(the_ticker_has_price_and_time);
    TEST(candles_come_in_the_order_open_close_high_low);
    TEST(numbers_with_an_exponent_are_read);
    TEST(rows_of_zero_volume_are_left_out_and_counted);
    TEST(a_bad_row_is_named_with_field_and_value);
    TEST(data_of_another_type_is_refused);
    TEST(a_cut_body_is_never_half_a_series);
}
