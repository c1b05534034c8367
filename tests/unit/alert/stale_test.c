/* The ladder of a price that is not known (specification, 4): priority 1 when
 * the newest one is 45 min old, a siren at 2 h, in whose place M_BLIND rings
 * where it does. Time is in minutes; the last price is of minute 0. */
#include "alert/decided_world.h"
#include "alert/row.h"
#include "alert/said.h"
#include "alert/stale.h"

static void begin(void)
{
    world_begin();
    w.e.blind_ms = w.e.close_ms = MOMENT_NONE;
}

static enum alert_reason seen_at(int minute, enum exit_state state,
                                 enum price_cause cause)
{
    int64_t slot_ms = minute * MS_PER_MINUTE;
    w.e.price_cause = cause;
    if (cause == PRICE_KNOWN)
        w.e.blind_ms = MOMENT_NONE;
    else if (w.e.blind_ms == MOMENT_NONE)
        w.e.blind_ms = slot_ms;
    return at(minute, state);
}

#define SEES(minute, state, cause, want)                                       \
    ASSERT_STR(alert_reason_name(seen_at((minute), (state), (cause))),         \
               alert_reason_name(want))
#define BLIND(minute, want) SEES(minute, U, PRICE_API_ERROR, want)

static void the_longer_the_louder(void)
{
    begin();
    BLIND(15, ALERT_BLIND);
    ASSERT_INT(loud(ALERT_BLIND), 0);
    BLIND(30, ALERT_NOTHING);
    BLIND(45, ALERT_STALE);
    ASSERT_INT(loud(ALERT_STALE), 1);
    ASSERT(!w.m.siren.intent[0]);
    for (int minute = 60; minute < 120; minute += 15)
        BLIND(minute, ALERT_NOTHING);
    BLIND(120, ALERT_STALE_SIREN);
    ASSERT_INT(loud(ALERT_STALE_SIREN), 2);
    ASSERT(w.m.siren.intent[0]);
    BLIND(135, ALERT_NOTHING);
    ASSERT(!alert_cancels(&w.before, &w.m));
    /* Four hours after it. */
    BLIND(345, ALERT_NOTHING);
    BLIND(360, ALERT_REPEAT);
    ASSERT_INT(loud(ALERT_REPEAT), 1);
}

static void the_siren_ends_when_there_is_a_price(void)
{
    begin();
    BLIND(15, ALERT_BLIND);
    BLIND(120, ALERT_STALE_SIREN);
    SEES(135, N, PRICE_KNOWN, ALERT_SIGHTED);
    ASSERT(alert_cancels(&w.before, &w.m));
    ASSERT(!w.m.siren.intent[0]);
    begin();
    BLIND(15, ALERT_BLIND);
    BLIND(120, ALERT_STALE_SIREN);
    /* What cannot be known for another reason has a price. */
    SEES(135, U, PRICE_KNOWN, ALERT_NOTHING);
    ASSERT(alert_cancels(&w.before, &w.m));
    begin();
    BLIND(15, ALERT_BLIND);
    BLIND(120, ALERT_STALE_SIREN);
    w.now.hush = HUSH_STOPPED;
    BLIND(135, ALERT_NOTHING);
    ASSERT(alert_cancels(&w.before, &w.m));
}

/* One that is told of LATEST, then nothing is seen: the siren of the missing
 * price is over with it, and LATEST stands as it was told. */
static void what_was_told_before_stands_after(void)
{
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    BLIND(15, ALERT_BLIND);
    BLIND(45, ALERT_STALE);
    BLIND(120, ALERT_STALE_SIREN);
    ASSERT_INT(w.m.said, L);
    SEES(135, M, PRICE_KNOWN, ALERT_WORSE);
    ASSERT(alert_cancels(&w.before, &w.m));
    ASSERT(w.m.siren.intent[0]);
}

/* At the age at which the siren would ring, M_BLIND raises. Where it raises
 * later, for another limit, nobody waits for it. */
static void m_blind_rings_in_its_place(void)
{
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    BLIND(15, ALERT_BLIND);
    BLIND(45, ALERT_STALE);
    SEES(120, M, PRICE_API_ERROR, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 2);
    SEES(135, M, PRICE_API_ERROR, ALERT_NOTHING);
    /* Of what nobody trades, too. */
    begin();
    w.e.close_ms = 0;
    SEES(45, U, PRICE_NO_TRADES, ALERT_STALE);
    SEES(120, M, PRICE_NO_TRADES, ALERT_FIRST);
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    w.e.verdict.triggers[M_BLIND].gate = ANSWER_YES;
    BLIND(15, ALERT_BLIND);
    BLIND(45, ALERT_STALE);
    BLIND(120, ALERT_STALE_SIREN);
    SEES(180, M, PRICE_API_ERROR, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 2);
}

static void who_answered_knows(void)
{
    begin();
    BLIND(15, ALERT_BLIND);
    BLIND(45, ALERT_STALE);
    w.now.acknowledged_ms = 50 * MS_PER_MINUTE;
    BLIND(120, ALERT_NOTHING);
    SEES(135, N, PRICE_KNOWN, ALERT_SIGHTED);
    /* That was an answer to this time, not to the next. */
    BLIND(1000, ALERT_BLIND);
    BLIND(1030, ALERT_STALE);
    BLIND(1105, ALERT_STALE_SIREN);
}

/* An answer to LATEST is none to a price that went after it, or goes later. */
static void an_older_answer_silences_nothing(void)
{
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    w.now.acknowledged_ms = 1 * MS_PER_MINUTE;
    SEES(15, N, PRICE_KNOWN, ALERT_RESOLVED);
    BLIND(1000, ALERT_BLIND);
    BLIND(1030, ALERT_STALE);
    BLIND(1105, ALERT_STALE_SIREN);
    BLIND(1120, ALERT_NOTHING);
    ASSERT(w.m.siren.intent[0]);
    ASSERT_INT(w.m.siren.acknowledged_ms, MOMENT_NONE);
    w.now.acknowledged_ms = 1121 * MS_PER_MINUTE;
    BLIND(1135, ALERT_NOTHING);
    ASSERT_INT(w.m.siren.acknowledged_ms, 1121 * MS_PER_MINUTE);
    /* LATEST rings at 30, and is answered when the price is gone already. */
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    SEES(30, L, PRICE_KNOWN, ALERT_ESCALATED);
    BLIND(45, ALERT_BLIND);
    w.now.acknowledged_ms = 46 * MS_PER_MINUTE;
    BLIND(75, ALERT_STALE);
    BLIND(150, ALERT_STALE_SIREN);
}

/* And who answered that there is no price did not answer LATEST. */
static void an_answer_to_the_siren_ends_with_it(void)
{
    begin();
    SEES(0, L, PRICE_KNOWN, ALERT_FIRST);
    BLIND(15, ALERT_BLIND);
    BLIND(120, ALERT_STALE_SIREN);
    w.now.acknowledged_ms = 125 * MS_PER_MINUTE;
    BLIND(135, ALERT_NOTHING);
    SEES(150, L, PRICE_KNOWN, ALERT_ESCALATED);
    ASSERT_INT(loud(ALERT_ESCALATED), 2);
}

/* Acknowledged, and then nothing is seen: the state stands, so no other row
 * speaks, and whoever is on his way out has to know. */
static void an_acknowledged_mandatory_loses_its_price(void)
{
    begin();
    SEES(0, M, PRICE_KNOWN, ALERT_FIRST);
    w.now.acknowledged_ms = 5 * MS_PER_MINUTE;
    SEES(15, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(30, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(45, M, PRICE_API_ERROR, ALERT_STALE);
    ASSERT_INT(loud(ALERT_STALE), 1);
    ASSERT_INT(w.m.said, M);
    SEES(60, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(120, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(245, M, PRICE_API_ERROR, ALERT_ASKED);
    SEES(260, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(275, M, PRICE_KNOWN, ALERT_NOTHING);
    /* Another time is news again, and so is its end. */
    SEES(290, M, PRICE_CLOCK, ALERT_NOTHING);
    SEES(320, M, PRICE_CLOCK, ALERT_STALE);
    SEES(335, M, PRICE_KNOWN, ALERT_SIGHTED);
    SEES(350, M, PRICE_KNOWN, ALERT_NOTHING);
    /* One that rings says it by itself. */
    begin();
    SEES(0, M, PRICE_KNOWN, ALERT_FIRST);
    SEES(15, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(45, M, PRICE_API_ERROR, ALERT_NOTHING);
    SEES(60, M, PRICE_API_ERROR, ALERT_UNHEARD);
}

static void a_held_mandatory_says_for_how_long(void)
{
    static struct said s;
    said_begin(&s, M, SAID_AT(3, 0));
    said_price(&s, 42303.8);
    said_blind(&s, PRICE_API_ERROR, SAID_AT(2, 15));
    s.e.verdict.data_known = false;
    const struct intent *i = said(&s, ALERT_STALE);
    ASSERT_STR(i->title, "No price: MANDATORY_EXIT btc-a (BTC-USDT)");
    ASSERT_INT(i->priority, 1);
    ASSERT_STR(said_line(&s, ALERT_STALE, "How it stands"),
               "How it stands now is unknown: the exchange gave no candles. No "
               "price for 45 min. Look at the exchange yourself.");
}

/* What nobody trades is 45 min old when it begins to count as unknown. */
static void the_bars_say_how_old_it_is(void)
{
    begin();
    w.e.close_ms = 0;
    SEES(45, U, PRICE_NO_TRADES, ALERT_STALE);
    SEES(105, U, PRICE_NO_TRADES, ALERT_NOTHING);
    SEES(120, U, PRICE_NO_TRADES, ALERT_STALE_SIREN);
    /* A good price that may not be used is no price. */
    begin();
    w.e.close_ms = 1000 * MS_PER_MINUTE;
    w.e.slot_ms = w.e.blind_ms = 1000 * MS_PER_MINUTE;
    SEES(1000, U, PRICE_CLOCK, ALERT_BLIND);
    SEES(1030, U, PRICE_CLOCK, ALERT_STALE);
    ASSERT_INT(alert_price_age(&w.e), 45 * MS_PER_MINUTE);
}

static void other_unknowns_have_no_ladder(void)
{
    begin();
    for (int minute = 15; minute < 240; minute += 15)
        SEES(minute, U, PRICE_KNOWN,
             minute == 15 ? ALERT_BLIND : ALERT_NOTHING);
    SEES(255, U, PRICE_KNOWN, ALERT_REPEAT);
    ASSERT_INT(loud(ALERT_REPEAT), 0);
}

static void quiet_hours_lower_all_but_the_siren(void)
{
    begin();
    w.now.subdued = true;
    BLIND(15, ALERT_BLIND);
    BLIND(45, ALERT_STALE);
    ASSERT_INT(loud(ALERT_STALE), -1);
    w.now.subdued = false;
    BLIND(60, ALERT_ALOUD);
    ASSERT_INT(loud(ALERT_ALOUD), 1);
    w.now.subdued = true;
    BLIND(120, ALERT_STALE_SIREN);
    ASSERT_INT(loud(ALERT_STALE_SIREN), 2);
}

static void a_snooze_holds_it_back(void)
{
    begin();
    w.now.hush = HUSH_SNOOZED;
    BLIND(15, ALERT_SNOOZED);
    BLIND(45, ALERT_SNOOZED);
    BLIND(120, ALERT_SNOOZED);
    ASSERT(!w.m.siren.intent[0]);
    w.now.hush = HUSH_NOTHING;
    BLIND(135, ALERT_STALE_SIREN);
}

static void the_message_says_for_how_long(void)
{
    static struct said s;
    said_begin(&s, U, SAID_AT(4, 15));
    said_price(&s, 42303.8);
    said_blind(&s, PRICE_API_ERROR, SAID_AT(2, 15));
    s.e.verdict.known = STATE_WARNING;
    const struct intent *i = said(&s, ALERT_STALE_SIREN);
    ASSERT_STR(i->title, "No price: UNKNOWN btc-a (BTC-USDT)");
    ASSERT_INT(i->priority, 2);
    ASSERT_INT(i->retry_s, 75);
    ASSERT_STR(i->body,
               "State unknown: the exchange gave no candles. No price for 120 "
               "min. Last known: WARNING. Look at the exchange yourself.\n"
               "BTC-USDT was 42303.8 (newest 15m close 02:15 UTC): the range "
               "is 39913 to 53638.\n"
               "Stop 38476, its distance is unknown.\n"
               "Money: unknown without a price. Position unknown: no source is "
               "built yet.\n"
               "Next: a message when the state is known again.\n"
               "Next: the siren repeats every 75 s until you acknowledge it, "
               "for 60 min at most.\n");
}

void stale_test(void);
void stale_test(void)
{
    TEST_SUITE("alert/stale");
    TEST(the_longer_the_louder);
    TEST(the_siren_ends_when_there_is_a_price);
    TEST(what_was_told_before_stands_after);
    TEST(m_blind_rings_in_its_place);
    TEST(who_answered_knows);
    TEST(an_older_answer_silences_nothing);
    TEST(an_answer_to_the_siren_ends_with_it);
    TEST(an_acknowledged_mandatory_loses_its_price);
    TEST(a_held_mandatory_says_for_how_long);
    TEST(the_bars_say_how_old_it_is);
    TEST(other_unknowns_have_no_ladder);
    TEST(quiet_hours_lower_all_but_the_siren);
    TEST(a_snooze_holds_it_back);
    TEST(the_message_says_for_how_long);
}
