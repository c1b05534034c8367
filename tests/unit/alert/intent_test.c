/* What surrounds the text: names, priority, siren, lengths. */
#include <stdio.h>
#include <string.h>

#include "alert/said.h"
#include "base/array.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/utf8.h"
#include "base/zones_made.h"
#include "test.h"

static struct said s;

/* The vectors of the IETF draft, appendix C. */
static void the_hash_is_fnv_1a(void)
{
    ASSERT_INT(hash_feed(HASH_START, "", 0), 0x811c9dc5);
    ASSERT_INT(hash_feed(HASH_START, "a", 1), 0xe40c292c);
    ASSERT_INT(hash_feed(HASH_START, "foobar", 6), 0xbf9cf968);
    ASSERT_INT(hash_feed(hash_feed(HASH_START, "foo", 3), "bar", 3),
               0xbf9cf968);
}

/* FNV-1a of "btc-a", a zero byte and the reason, computed elsewhere. */
static void an_id_is_the_slot_and_a_hash(void)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    said_price(&s, 40839.9);
    ASSERT_STR(said(&s, ALERT_WORSE)->id, "20210519T0200-9a9a24d2");
    ASSERT_STR(said(&s, ALERT_FIRST)->id, "20210519T0200-7e4be524");
    said_price(&s, 40000); /* what is said does not matter */
    said_pi(&s, .5, .1, .2);
    ASSERT_STR(said(&s, ALERT_WORSE)->id, "20210519T0200-9a9a24d2");
}

/* The id of a look has its moment in the hash: FNV-1a of "btc-a", a zero byte,
 * "worse" and "2021-05-19T02:05:10.250Z" computed elsewhere. */
static void a_message_of_a_look_is_known_by_its_id(void)
{
    const int64_t at_ms = SAID_AT(2, 5) + 10250;
    struct intent i;

    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    i = *said(&s, ALERT_WORSE);
    ASSERT(!intent_is_of_look(&i, at_ms));
    ASSERT(!intent_is_of_look(&i, 0));
    s.e.look_ms = at_ms;
    i = *said(&s, ALERT_WORSE);
    ASSERT_STR(i.id, "20210519T0200-fbdcf157");
    ASSERT(intent_is_of_look(&i, at_ms));
    ASSERT(!intent_is_of_look(&i, at_ms + 1));
    ASSERT(!intent_is_of_look(&i, SAID_AT(2, 0)));
}

static void ids_differ_by_grid_reason_and_slot(void)
{
    static const char *const grids[] = { "btc-a", "btc-b", "btc-afirst",
                                         "btc",   "a",     "eth-usdt-1" };
    static char ids[ARRAY_LEN(grids) * 2 * ALERT_REASON_COUNT][INTENT_ID_MAX];
    size_t n = 0;
    for (size_t g = 0; g < ARRAY_LEN(grids); g++) {
        for (int r = ALERT_FIRST; r < ALERT_REASON_COUNT; r++) {
            for (int quarter = 0; quarter < 2; quarter++) {
                said_begin(&s, STATE_WARNING, SAID_AT(2, 15 * quarter));
                snprintf(s.e.grid, sizeof(s.e.grid), "%s", grids[g]);
                memcpy(ids[n++], said(&s, (enum alert_reason)r)->id,
                       INTENT_ID_MAX);
            }
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            ASSERT(strcmp(ids[i], ids[k]) != 0);
}

static void the_tag_is_the_episode(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(6, 0));
    s.e.verdict.episode_ms = SAID_AT(1, 15);
    ASSERT_STR(said(&s, ALERT_WORSE)->tag, "btc-a-20210519T0115");
    s.e.slot_ms = SAID_AT(11, 30);
    ASSERT_STR(said(&s, ALERT_WORSE)->tag, "btc-a-20210519T0115");
    s.e.verdict.episode_ms = MOMENT_NONE;
    ASSERT_STR(said(&s, ALERT_RESOLVED)->tag, "btc-a-20210519T1130");
}

static void only_mandatory_sounds_the_siren(void)
{
    static const int priorities[STATE_COUNT] = { 0, -1, 0, 1, 2 };
    for (int state = STATE_UNKNOWN; state < STATE_COUNT; state++) {
        said_begin(&s, (enum exit_state)state, SAID_AT(6, 0));
        said_price(&s, 41000);
        const struct intent *i = said(&s, ALERT_WORSE);
        bool siren = state == STATE_MANDATORY;
        ASSERT_INT(i->priority, priorities[state]);
        ASSERT_INT(i->retry_s, siren ? 75 : 0);
        ASSERT_INT(i->expire_s, siren ? 3600 : 0);
        ASSERT_INT(i->state, state);
        ASSERT_INT(i->reason, ALERT_WORSE);
        ASSERT_INT(i->slot_ms, SAID_AT(6, 0));
        ASSERT_STR(i->grid, "btc-a");
        ASSERT_STR(i->symbol, "BTC-USDT");
    }
}

static const char *money(void)
{
    return said_line(&s, ALERT_WORSE, "Money: ");
}

static void money_says_what_it_is_held_to(void)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    s.grid.stop.below = NO_VALUE;
    s.grid.quote[0] = '\0'; /* then the symbol says it */
    said_price(&s, 42000);
    ASSERT_STR(money(), "Money: at most 248 of 5000 USDT lost from here to the "
                        "lower bound, if all were in BTC and before fees. "
                        "Position unknown: no source is built yet.");
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    s.grid.capital = NO_VALUE;
    said_price(&s, 42000);
    ASSERT_STR(money(), "Money: unknown, the grid's file states no capital. "
                        "Position unknown: no source is built yet.");
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    s.grid.stop.below = NO_VALUE;
    said_price(&s, 39000);
    ASSERT_STR(money(), "Money: the price is below the range and no stop is "
                        "set: nothing bounds the loss from here. Position "
                        "unknown: no source is built yet.");
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    s.grid.market = GRID_FUTURES;
    said_price(&s, 42000);
    s.e.distances.stop_loss_most = value_none(VALUE_UNAVAILABLE);
    ASSERT_STR(money(), "Money: not computed yet for futures and short grids. "
                        "Position unknown: no source is built yet.");
}

/* A grid in ETH-BTC may have a capital of half a bitcoin. */
static void small_amounts_keep_their_digits(void)
{
    static const struct {
        double loss;
        const char *want;
    } rows[] = {
        { .02134, "at most 0.0213 of" }, { .0001234, "at most 0.000123 of" },
        { 4.5678, "at most 4.57 of" },   { 99.94, "at most 99.9 of" },
        { 123.456, "at most 123 of" },   { 98765.4, "at most 98765 of" },
        { 0, "at most 0 of" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
        said_price(&s, 42000);
        s.e.distances.stop_loss_most = value_real(rows[i].loss, 1);
        ASSERT(strstr(money(), rows[i].want) != NULL);
    }
}

static void percentages_have_two_digits_at_least(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(2, 0));
    said_price(&s, 42000);
    said_pi(&s, .0996, .0994, 1);
    ASSERT_STR(said_line(&s, ALERT_FIRST, "pi"),
               "pi, the chance to leave the range in 24 h: 20 % (down 10 %, up "
               "9.9 %).");
}

static void the_stop_that_is_meant_is_named(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(2, 0));
    s.grid.stop.above = 55000;
    said_price(&s, 50000);
    s.e.distances.stop_side = SIDE_UP;
    s.e.distances.to_stop = value_real(.0953, 1);
    ASSERT_STR(said_line(&s, ALERT_FIRST, "Stop "),
               "Stop 55000 is 10 % above.");
}

static void what_comes_next_follows_the_configuration(void)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    said_price(&s, 42000);
    s.e.verdict.triggers[M_STOP].answer = ANSWER_NOT_APPLICABLE;
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Next: "),
               "Next: MANDATORY_EXIT after 2 hourly closes in a row outside (0 "
               "so far).");
    s.e.verdict.triggers[M_BOUNDARY].of = 0; /* off */
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Next: "), "");
    s.e.verdict.triggers[M_STOP].answer = ANSWER_NO;
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Next: "),
               "Next: MANDATORY_EXIT after a touch of the stop.");
    s.e.verdict.state = STATE_WARNING;
    s.e.verdict.triggers[L_HAZ].limit = NO_VALUE; /* off */
    s.e.verdict.triggers[L_HAZ].answer = ANSWER_NOT_APPLICABLE;
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Next: "),
               "Next: LATEST_ACCEPTABLE_EXIT by one of L_TRANS, L_HL, L_VER, "
               "L_Z, L_GUARD, L_CRISIS.");
}

/* The longest names, thirteen-digit prices, every reason at once. */
static void begin_longest(enum exit_state state)
{
    said_begin(&s, state, SAID_AT(12, 45));
    memset(s.e.grid, 'g', GRID_ID_MAX - 1);
    memcpy(s.e.symbol, "1000000BABYDOGE2-USDTXY", SYMBOL_MAX);
    memcpy(s.grid.symbol, s.e.symbol, SYMBOL_MAX);
    memset(s.grid.quote, 'Q', sizeof(s.grid.quote) - 1);
    s.grid.lower = 0.0000123456789012;
    s.grid.upper = 0.0000223456789012;
    s.grid.stop.below = 0.0000113456789012;
    s.grid.capital = 12345678.12345678;
    said_price(&s, 0.0000123456789011);
    said_pi(&s, .445, .445, .995);
    said_boundary(&s, SIDE_DOWN, s.grid.lower, 0.0000123456789011,
                  SAID_AT(12, 0));
    said_stop(&s, EVIDENCE_LATCH, 0, SAID_AT(-100, 0));
    s.e.verdict.triggers[M_STOP].limit = s.grid.stop.below;
    said_haz(&s, L_HAZ, .89, .3125);
    said_haz(&s, W_HAZ, .89, .2125);
    s.e.boundary_pending = true;
    said_waiting(&s, .1234, .2345);
    said_yes(&s, M_TREND, .8125, .75)->gate = ANSWER_YES;
    said_yes(&s, M_EQUITY, .1625, .15)->uncertain = true;
    said_yes(&s, L_HL, 2.125, 2)->gate = ANSWER_YES;
    said_yes(&s, L_VER, 1.3125, 1.25)->gate = ANSWER_YES;
    said_yes(&s, L_GUARD, .7512, .8);
    said_yes(&s, L_CRISIS, 1.8125, 1);
    for (int id = W_TRANS; id <= W_SIGNAL; id++)
        said_yes(&s, (enum trigger_id)id, 1.8125, 1.645);
    said_together(&s, 7, 1000);
    s.e.verdict.literal[L_TRANS] = s.e.verdict.literal[L_Z] = true;
}

/* A modelled position worth millions. */
static void begin_longest_risk(void)
{
    struct value much = value_real(1234567.8, 1);
    s.position.source = POSITION_MODEL;
    s.position.inventory = (struct interval){ much, 1234567.8, 12345678.9 };
    s.has_risk = s.risk.to_stop = true;
    s.risk.at_risk = s.risk.at_risk_lo = much;
    s.risk.at_risk_hi = value_real(2345678.9, 1);
    s.risk.stop_atr = value_real(123.4, 1);
    s.risk.give_back_typical[2] = s.risk.give_back_adverse[2] = much;
}

/* What to do and money stand whatever gives way. */
static void begins_and_ends(const struct intent *i)
{
    static const char *const begin[STATE_COUNT] = {
        "State unknown: ", "Nothing to do: ", "Watch it. ",
        "Get out by ",     "Get out now: ",
    };
    const char *why = strstr(
        i->body, i->state == STATE_NORMAL ? "\nStill true: " : "\nWhy: ");
    const char *first =
        i->reason == ALERT_ASKED ? "Was it stopped? " : begin[i->state];
    ASSERT(strncmp(i->body, first, strlen(first)) == 0);
    ASSERT(strstr(i->body, "\nMoney: ") != NULL);
    ASSERT(strstr(i->body, "Position ") != NULL);
    /* Where all that can be long is, a second clock leaves room to count. */
    ASSERT(why && (strstr(why, "M_TREND") ||
                   (s.zone && strstr(why, "triggers say yes"))));
    ASSERT(strstr(i->body, "\nLiteral rules true: ") != NULL);
}

static bool is_possible(enum alert_reason r, enum exit_state state)
{
    static const enum exit_state only[ALERT_REASON_COUNT] = {
        [ALERT_RESOLVED] = STATE_NORMAL,   [ALERT_GRAVER] = STATE_MANDATORY,
        [ALERT_UNHEARD] = STATE_MANDATORY, [ALERT_ASKED] = STATE_MANDATORY,
        [ALERT_ESCALATED] = STATE_LATEST,  [ALERT_SECOND] = STATE_MANDATORY,
    };
    if (r == ALERT_STALE || r == ALERT_STALE_SIREN)
        return state == STATE_UNKNOWN;
    return !only[r] || only[r] == state;
}

static void every_message_fits_its_channel(void)
{
    size_t longest = 0;
    for (int state = STATE_UNKNOWN; state < STATE_COUNT; state++) {
        for (int r = ALERT_FIRST; r < ALERT_FAULT; r++) {
            for (int kind = 0; kind < 8; kind++) {
                bool zoned = kind >= 4;
                begin_longest((enum exit_state)state);
                if (kind % 2)
                    said_blind(&s, PRICE_UNWITNESSED, SAID_AT(-100, 0));
                if (!is_possible((enum alert_reason)r, (enum exit_state)state))
                    continue;
                if (kind / 2 % 2)
                    begin_longest_risk();
                s.acknowledged_ms = SAID_AT(-100, 45);
                s.zone = zoned ? &zone_chatham : NULL;
                const struct intent *i = said(&s, (enum alert_reason)r);
                size_t points = utf8_count(i->body);
                ASSERT(utf8_count(i->title) <= 250);
                ASSERT(points + 60 <= 1024);
                ASSERT(utf8_valid(i->title) && utf8_valid(i->body));
                ASSERT(strlen(i->body) < INTENT_BODY_MAX - 1);
                ASSERT(i->body[0] && i->body[strlen(i->body) - 1] == '\n');
                begins_and_ends(i);
                longest = points > longest ? points : longest;
            }
        }
    }
    ASSERT(longest > 900); /* or this is not the longest */
}

static void no_number_is_ever_a_hole(void)
{
    static const char *const holes[] = { "nan", "NaN",    "inf",
                                         "-0",  "(null)", "  " };
    for (int state = STATE_UNKNOWN; state < STATE_COUNT; state++) {
        for (int cause = PRICE_KNOWN; cause <= PRICE_UNWITNESSED; cause++) {
            said_begin(&s, (enum exit_state)state, SAID_AT(3, 0));
            s.grid.capital = s.grid.stop.below = NO_VALUE;
            if (cause == PRICE_KNOWN)
                said_price(&s, 42000);
            else
                s.e.price_cause = (enum price_cause)cause;
            said(&s, ALERT_FIRST);
            for (size_t i = 0; i < ARRAY_LEN(holes); i++)
                ASSERT(!strstr(s.intent.body, holes[i]));
        }
    }
}

static void deliveries_have_outcomes(void)
{
    ASSERT_STR(delivery_outcome_name(DELIVERY_ACCEPTED), "accepted");
    ASSERT_STR(delivery_outcome_name(DELIVERY_REFUSED), "refused");
    ASSERT_STR(delivery_outcome_name(DELIVERY_SUPERSEDED), "superseded");
    ASSERT_STR(delivery_outcome_name(DELIVERY_CANCELLED), "cancelled");
}

void intent_test(void);
void intent_test(void)
{
    TEST_SUITE("alert/intent");
    TEST(the_hash_is_fnv_1a);
    TEST(an_id_is_the_slot_and_a_hash);
    TEST(a_message_of_a_look_is_known_by_its_id);
    TEST(ids_differ_by_grid_reason_and_slot);
    TEST(the_tag_is_the_episode);
    TEST(only_mandatory_sounds_the_siren);
    TEST(money_says_what_it_is_held_to);
    TEST(small_amounts_keep_their_digits);
    TEST(percentages_have_two_digits_at_least);
    TEST(the_stop_that_is_meant_is_named);
    TEST(what_comes_next_follows_the_configuration);
    TEST(every_message_fits_its_channel);
    TEST(no_number_is_ever_a_hole);
    TEST(deliveries_have_outcomes);
}
