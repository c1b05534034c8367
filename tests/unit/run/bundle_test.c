/* Several grids, one message: who goes out for whom, what becomes of those that
 * did not, and when the siren that rings for two may be silenced. */
#include "run/bundle.h"

#include "base/array.h"
#include "base/utf8.h"
#include "run/feed.h"
#include "run/phone.h"
#include "run/siren.h"

#include "run/one_run.h"

#define MOST 40

static struct grid_run grids[MOST];
static struct feed feed;
static struct {
    enum pushover_outcome next[4]; /* answers; DELIVERED after the last */
    int sent, cancelled, asked, priority[4];
    char title[4][300], body[4][5000], tag[INTENT_TAG_MAX];
} phone;

static int take(void *payload, int64_t now_ms, const struct pushover_message *m,
                struct pushover_result *out, struct error *err)
{
    (void)payload, (void)now_ms, (void)err;
    int n = phone.sent++;
    *out = (struct pushover_result){ .outcome = n < 4 ? phone.next[n]
                                                      : PUSHOVER_DELIVERED,
                                     .tries = 1 };
    snprintf(out->receipt, sizeof(out->receipt), "receipt%d", n);
    phone.priority[n % 4] = m->priority;
    snprintf(phone.title[n % 4], sizeof(phone.title[0]), "%s", m->title);
    snprintf(phone.body[n % 4], sizeof(phone.body[0]), "%s", m->body);
    return 0;
}

static int answer(void *payload, int64_t now_ms, const char *receipt,
                  struct pushover_result *out, struct pushover_receipt *said_,
                  struct error *err)
{
    (void)payload, (void)now_ms, (void)receipt, (void)err;
    phone.asked++;
    *out = (struct pushover_result){ .outcome = PUSHOVER_DELIVERED };
    *said_ = (struct pushover_receipt){ .acknowledged = true,
                                        .acknowledged_s = T(0) / 1000 };
    return 0;
}

static int silence(void *payload, int64_t now_ms, const char *tag,
                   struct pushover_result *out, struct error *err)
{
    (void)payload, (void)now_ms, (void)err;
    phone.cancelled++;
    snprintf(phone.tag, sizeof(phone.tag), "%s", tag);
    *out = (struct pushover_result){ .outcome = PUSHOVER_DELIVERED };
    return 0;
}

static void start(size_t count)
{
    begin();
    run_begin();
    memset(&phone, 0, sizeof(phone));
    memset(grids, 0, sizeof(grids));
    feed = (struct feed){ .send = take, .ask = answer, .cancel = silence };
    options.feed = &feed;
    config.alert =
        (struct alert_config){ .siren_retry_s = 75, .siren_expire_s = 3600 };
    snprintf(config.secrets.pushover_token.text,
             sizeof(config.secrets.pushover_token.text), "t");
    snprintf(config.secrets.pushover_user.text,
             sizeof(config.secrets.pushover_user.text), "u");
    for (size_t i = 0; i < count; i++) {
        struct grid_run *g = &grids[i];
        snprintf(g->grid.id, sizeof(g->grid.id), "grid-%02zu", i);
        g->grid.history[0] =
            (struct grid_history){ T(-9), GRID_STARTED, "", 0 };
        g->grid.history_count = 1;
        g->first_due_ms = T(0);
        g->alert = alert_memory_new();
    }
    r.grids = grids;
    r.grid_count = count;
    r.deadline_ms = clock_monotonic_ms() + 120000;
}

static void stop(void)
{
    run_end();
    end();
}

/* A message of the grid, which remembers a siren; `symbol` as one letter. */
static struct message_run *decide(size_t grid, char symbol,
                                  enum exit_state state, int64_t priority)
{
    struct message_run *m = run_add_message(&r);
    struct intent *i = &m->intent;
    *m = (struct message_run){ .grid = grid, .decided_now = true };
    *i = (struct intent){ .slot_ms = T(0),
                          .reason = ALERT_WORSE,
                          .state = state,
                          .side = SIDE_DOWN,
                          .priority = priority };
    snprintf(i->grid, sizeof(i->grid), "%s", grids[grid].grid.id);
    snprintf(i->symbol, sizeof(i->symbol), "%c-USDT", symbol);
    snprintf(i->id, sizeof(i->id), "20210519T0200-%08zx", r.message_count);
    snprintf(i->tag, sizeof(i->tag), "%s-20210519T0200", i->grid);
    snprintf(i->title, sizeof(i->title), "%s", i->grid);
    snprintf(i->body, sizeof(i->body), "Get out.\n");
    if (priority == 2)
        memcpy(grids[grid].alert.siren.intent, i->id, INTENT_ID_MAX);
    return m;
}

static enum delivery_outcome outcome(size_t i)
{
    ASSERT_INT(r.messages[i].fate, MESSAGE_FINAL);
    return r.messages[i].delivery.outcome;
}

static void the_strongest_goes_out_for_all(void)
{
    start(4);
    decide(0, 'B', STATE_WARNING, 0);
    decide(1, 'B', STATE_MANDATORY, 2);
    decide(2, 'B', STATE_LATEST, 1);
    decide(3, 'E', STATE_UNKNOWN, 0);
    ASSERT_INT(run_notify(&r), 0);
    ASSERT_INT(phone.sent, 2);
    ASSERT_STR(phone.title[0], "grid-01 and 2 more");
    ASSERT_STR(phone.body[0],
               "Get out.\nAlso: grid-02 LATEST_ACCEPTABLE_EXIT ↓, grid-00 "
               "WARNING ↓.\nNot recorded, slot 2021-05-19 02:00 UTC");
    ASSERT_STR(phone.title[1], "grid-03");
    ASSERT_STR(phone.body[1],
               "Get out.\nNot recorded, slot 2021-05-19 02:00 UTC");
    ASSERT_INT(outcome(1), DELIVERY_ACCEPTED);
    ASSERT_INT(outcome(0), DELIVERY_GROUPED);
    ASSERT_INT(outcome(2), DELIVERY_GROUPED);
    ASSERT_INT(outcome(3), DELIVERY_ACCEPTED);
    ASSERT_STR(r.messages[0].delivery.with, r.messages[1].intent.id);
    ASSERT_STR(r.messages[2].delivery.with, r.messages[1].intent.id);
    ASSERT_STR(r.messages[1].delivery.with, "");
    stop();
}

static void what_is_not_delivered_stays_open_whole(void)
{
    start(3);
    phone.next[0] = PUSHOVER_LATER;
    for (size_t i = 0; i < 3; i++)
        decide(i, 'B', STATE_LATEST, 1);
    run_notify(&r);
    ASSERT_INT(phone.sent, 1);
    for (size_t i = 0; i < 3; i++)
        ASSERT_INT(r.messages[i].fate, MESSAGE_OPEN);
    /* The next run has a fourth, and the first was stopped meanwhile. */
    grids[0].grid.history[grids[0].grid.history_count++] =
        (struct grid_history){ T(0), GRID_STOPPED, "", 0 };
    decide(2, 'B', STATE_MANDATORY, 2);
    run_notify(&r);
    ASSERT_INT(phone.sent, 2);
    ASSERT_STR(phone.title[1], "grid-02 and 1 more");
    ASSERT_INT(outcome(0), DELIVERY_SUPERSEDED);
    ASSERT_INT(outcome(1), DELIVERY_GROUPED);
    ASSERT_INT(outcome(2), DELIVERY_SUPERSEDED);
    ASSERT_INT(outcome(3), DELIVERY_ACCEPTED);
    stop();
}

static void after_a_refusal_each_goes_out_alone(void)
{
    start(3);
    phone.next[0] = PUSHOVER_REFUSED;
    phone.next[2] = PUSHOVER_LATER;
    for (size_t i = 0; i < 3; i++)
        decide(i, 'B', STATE_LATEST, 1);
    run_notify(&r);
    ASSERT_INT(phone.sent, 3);
    ASSERT_STR(phone.title[1], "grid-01");
    ASSERT(strstr(phone.body[1], "Also") == NULL);
    ASSERT_INT(outcome(0), DELIVERY_REFUSED);
    ASSERT_INT(outcome(1), DELIVERY_ACCEPTED);
    ASSERT_INT(r.messages[2].fate, MESSAGE_OPEN);
    stop();
}

static void what_is_in_no_record_goes_out_alone(void)
{
    start(2);
    decide(0, 'B', STATE_MANDATORY, 2);
    decide(1, 'B', STATE_MANDATORY, 2)->unrecorded = true;
    run_notify(&r);
    ASSERT_INT(phone.sent, 2);
    ASSERT_STR(phone.title[0], "grid-00");
    ASSERT_STR(phone.title[1], "grid-01");
    stop();
}

/* The fullest body that there is, 964 characters, and names of 31. */
static void the_longest_text_fits_the_channel(void)
{
    for (size_t body = 600; body <= 964; body += 4) {
        start(MOST);
        for (size_t i = 0; i < MOST; i++) {
            snprintf(grids[i].grid.id, GRID_ID_MAX,
                     "a-grid-of-the-longest-name-x-%02zu", i);
            struct intent *x = &decide(i, 'B', STATE_LATEST, 1)->intent;
            memset(x->body, 'x', body - 1);
            memcpy(x->body + body - 1, "\n", 2);
        }
        run_notify(&r);
        ASSERT_INT(phone.sent, 1);
        const char *sent = phone.body[0], *also = strstr(sent, "\nAlso: ");
        ASSERT(utf8_count(sent) <= 1024);
        ASSERT(also && strstr(also, body > 906 ? "39 grids.\nNot recorded"
                                               : " more.\nNot recorded"));
        ASSERT(strstr(sent, "slot 2021-05-19 02:00 UTC") ==
               sent + strlen(sent) - strlen("slot 2021-05-19 02:00 UTC"));
        stop();
    }
}

/* Decided by an earlier run and not sent; then the siren was taken off, because
 * nothing was at risk any more. */
static struct message_run *forgotten(size_t grid, enum exit_state state)
{
    struct message_run *m = decide(grid, 'B', state, 2);
    m->decided_now = false;
    m->intent.retry_s = 75;
    m->intent.expire_s = 3600;
    snprintf(m->intent.body, sizeof(m->intent.body), "%s",
             "Get out now.\nNext: the siren repeats every 75 s until you "
             "acknowledge it, for 60 min at most.\n");
    grids[grid].alert.siren.intent[0] = '\0';
    return m;
}

/* It is told and says so, the record does too, and what was decided stands. */
static void a_forgotten_siren_does_not_ring(void)
{
    start(1);
    struct message_run *m = forgotten(0, STATE_MANDATORY);
    run_notify(&r);
    ASSERT_INT(phone.sent, 1);
    ASSERT_INT(phone.priority[0], 0);
    ASSERT(strstr(phone.body[0], "Get out now.\n"));
    ASSERT(strstr(phone.body[0], "It does not ring: "));
    ASSERT(!strstr(phone.body[0], "siren repeats"));
    ASSERT_INT(outcome(0), DELIVERY_ACCEPTED);
    ASSERT_STR(m->delivery.reason, "it did not ring: its siren was over");
    ASSERT_INT(m->intent.priority, 2);
    ASSERT(strstr(m->intent.body, "siren repeats"));
    stop();
    start(1);
    m = forgotten(0, STATE_MANDATORY);
    memcpy(grids[0].alert.siren.intent, m->intent.id, INTENT_ID_MAX);
    run_notify(&r);
    ASSERT_INT(phone.priority[0], 2);
    ASSERT(strstr(phone.body[0], "siren repeats"));
    ASSERT(!strstr(phone.body[0], "does not ring"));
    ASSERT_STR(m->delivery.reason, "");
    stop();
}

/* Nor does it speak for one that rings: nobody would hear that. */
static void a_forgotten_siren_takes_nobody_along(void)
{
    start(2);
    forgotten(0, STATE_MANDATORY);
    decide(1, 'B', STATE_MANDATORY, 2);
    run_notify(&r);
    ASSERT_INT(phone.sent, 2);
    for (int i = 0; i < 2; i++)
        ASSERT_INT(phone.priority[i],
                   strcmp(phone.title[i], "grid-01") == 0 ? 2 : 0);
    ASSERT_INT(outcome(1), DELIVERY_ACCEPTED);
    stop();
}

/* --- one siren, two grids ----------------------------------------------------
 */

#define RANG "20210519T0100-00000001"
#define TAG  "grid-00-20210519T0100"

/* The message of grid-00 rang for both. */
static void ring(void)
{
    start(2);
    for (size_t i = 0; i < 2; i++) {
        struct alert_siren *s = &grids[i].alert.siren;
        grids[i].alert.open = true;
        snprintf(s->intent, sizeof(s->intent), "20210519T0100-0000000%zu",
                 i + 1);
        snprintf(s->tag, sizeof(s->tag), "grid-0%zu-20210519T0100", i);
        s->sent_ms = T(-4);
        snprintf(grids[i].siren.receipt, 64, "receipt");
        grids[i].siren.until_ms = T(2);
    }
    snprintf(grids[1].siren.by, INTENT_ID_MAX, RANG);
    snprintf(grids[1].siren.by_tag, INTENT_TAG_MAX, TAG);
}

enum turn { STANDS, OVER, BY_COMMAND, BY_PHONE, EXPIRES, FRESH };

/* What the slot makes of the siren of a grid. */
static void turn(size_t i, enum turn what)
{
    struct grid_run *g = &grids[i];
    const struct alert_memory before = g->alert;
    struct alert_siren *s = &g->alert.siren;
    g->phone_news = what == BY_PHONE;
    if (what == OVER)
        *s = (struct alert_siren){ .sent_ms = MOMENT_NONE,
                                   .acknowledged_ms = MOMENT_NONE };
    if (what == BY_COMMAND || what == BY_PHONE)
        s->acknowledged_ms = T(0);
    if (what == EXPIRES)
        s->expired = true;
    if (what == FRESH)
        snprintf(s->intent, sizeof(s->intent), "20210519T0200-0000000%zu",
                 i + 1);
    run_siren_follow(&r, g, &before, &g->alert);
}

static void quiet_only_when_nobody_needs_it(void)
{
    static const struct {
        enum turn lead, other;
        int cancels;
        bool lead_owes, other_owes;
    } rows[] = {
        { STANDS, STANDS, 0, false, false },
        { OVER, STANDS, 0, true, false },
        { STANDS, OVER, 0, false, true },
        { OVER, OVER, 1, false, false },
        { BY_COMMAND, STANDS, 0, true, false },
        { STANDS, BY_COMMAND, 0, false, true },
        { BY_COMMAND, OVER, 1, false, false },
        { BY_COMMAND, BY_COMMAND, 1, false, false },
        { BY_PHONE, BY_PHONE, 0, false, false },
        { EXPIRES, STANDS, 0, false, false },
        { EXPIRES, OVER, 1, false, false },
        { FRESH, STANDS, 0, true, false },
        { STANDS, FRESH, 0, false, true },
        { FRESH, OVER, 1, false, false },
        { FRESH, FRESH, 1, false, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ring();
        turn(0, rows[i].lead);
        turn(1, rows[i].other);
        run_siren_cancel(&r);
        ASSERT_INT(phone.cancelled, rows[i].cancels);
        ASSERT_STR(phone.tag, rows[i].cancels ? TAG : "");
        ASSERT_STR(grids[0].siren.cancel, rows[i].lead_owes ? RANG : "");
        ASSERT_STR(grids[1].siren.cancel, rows[i].other_owes ? RANG : "");
        /* Of the message that rang it is said once. */
        ASSERT_INT(r.changes.count, (size_t)rows[i].cancels);
        if (r.changes.count) {
            ASSERT(strstr(r.changes.list[0].path, "-grid-00-delivery-"));
            ASSERT(strstr(r.changes.list[0].data, "\nintent: " RANG "\n"));
        }
        stop();
    }
}

/* The last of them silences it, whichever that is. */
static void the_last_one_ends_it(void)
{
    for (size_t first = 0; first < 2; first++) {
        ring();
        turn(first, OVER);
        run_siren_cancel(&r);
        ASSERT_INT(phone.cancelled, 0);
        turn(1 - first, OVER);
        run_siren_cancel(&r);
        ASSERT_INT(phone.cancelled, 1);
        ASSERT_STR(grids[0].siren.cancel, "");
        ASSERT_STR(grids[1].siren.cancel, "");
        ASSERT_STR(grids[1].siren.by, "");
        ASSERT_INT(r.changes.count, 1);
        run_siren_cancel(&r);
        ASSERT_INT(phone.cancelled, 1);
        stop();
    }
}

/* What was owed is owed no more once the other answered on the phone, or when
 * the siren is at its end. */
static void nothing_is_owed_of_what_is_quiet(void)
{
    ring();
    turn(0, OVER);
    run_siren_ask(&r);
    ASSERT_INT(phone.asked, 1);
    ASSERT_STR(grids[0].siren.cancel, "");
    ASSERT(grids[1].phone_news);
    stop();
    ring();
    turn(0, OVER);
    r.exchange_ms = T(2);
    run_siren_cancel(&r);
    ASSERT_INT(phone.cancelled, 0);
    ASSERT_STR(grids[0].siren.cancel, "");
    stop();
}

static void one_answer_is_of_both(void)
{
    ring();
    run_siren_ask(&r);
    ASSERT_INT(phone.asked, 1);
    ASSERT_INT(grids[0].siren.phone_ms, T(0));
    ASSERT_INT(grids[1].siren.phone_ms, T(0));
    ASSERT(grids[0].phone_news && grids[1].phone_news);
    stop();
    ring(); /* the other has no slot in this run: it asks in the next */
    grids[1].first_due_ms = MOMENT_NONE;
    run_siren_ask(&r);
    ASSERT_INT(grids[0].siren.phone_ms, T(0));
    ASSERT_INT(grids[1].siren.phone_ms, 0);
    stop();
}

/* A siren among others keeps the receipt of the one that rang. */
static void a_siren_that_was_told_by_another_is_kept(void)
{
    start(3);
    for (size_t i = 0; i < 2; i++) {
        struct message_run *m = decide(i, 'B', STATE_MANDATORY, 2);
        m->intent.retry_s = 75;
        m->intent.expire_s = 3600;
        memcpy(grids[i].alert.siren.intent, m->intent.id, INTENT_ID_MAX);
    }
    decide(2, 'B', STATE_WARNING, 0);
    run_notify(&r);
    ASSERT_INT(phone.sent, 1);
    for (size_t i = 0; i < 3; i++) {
        run_siren_delivered(&r, &r.messages[i]);
        run_siren_shared(&r, &r.messages[i]);
    }
    ASSERT_STR(grids[0].siren.receipt, "receipt0");
    ASSERT_STR(grids[0].siren.by, "");
    ASSERT_STR(grids[1].siren.receipt, "receipt0");
    ASSERT_STR(grids[1].siren.by, r.messages[0].intent.id);
    ASSERT_STR(grids[1].siren.by_tag, r.messages[0].intent.tag);
    ASSERT_INT(grids[1].siren.until_ms, T(0) + 10000 + 3600000);
    ASSERT_STR(grids[2].siren.receipt, "");
    ASSERT(grids[1].state_changed);
    stop();
}

void bundle_test(void);
void bundle_test(void)
{
    TEST_SUITE("run/bundle");
    TEST(the_strongest_goes_out_for_all);
    TEST(what_is_not_delivered_stays_open_whole);
    TEST(after_a_refusal_each_goes_out_alone);
    TEST(what_is_in_no_record_goes_out_alone);
    TEST(the_longest_text_fits_the_channel);
    TEST(a_forgotten_siren_does_not_ring);
    TEST(a_forgotten_siren_takes_nobody_along);
    TEST(quiet_only_when_nobody_needs_it);
    TEST(the_last_one_ends_it);
    TEST(nothing_is_owed_of_what_is_quiet);
    TEST(one_answer_is_of_both);
    TEST(a_siren_that_was_told_by_another_is_kept);
}
