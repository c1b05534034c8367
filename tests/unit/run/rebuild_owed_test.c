/* What other channels are still to hear of the service, and two writers. */
#include <stdlib.h>

#include "sys/log.h"
#include "two_writers.h"

#define X      "20210519T0200-00000001" /* told before the two went apart */
#define Y      "20210519T0200-00000002"
#define Z      "20210519T0200-00000003"
#define THEIR  "20210519T0200-0000000b"
#define MINE   "20210519T0200-0000000a"
#define UNSENT "20210519T0200-0000000c"

/* "ID CHANNEL" of each that is owed; the run's and the fault's words. */
static void put_service(const char *run, const char *const *owed, size_t n)
{
    sample_make(RECORD_SERVICE, &sample);
    struct service_document *d = &sample.service;
    snprintf(d->run.id, sizeof(d->run.id), "%s", run);
    snprintf(d->faults.list[1].what, FAULT_WHAT_MAX, "seen by %s", run);
    for (size_t i = 0; i < n; i++) {
        struct owed_message *m = &d->owed.list[i];
        snprintf(m->id, sizeof(m->id), "%.22s", owed[i]);
        snprintf(m->channel, sizeof(m->channel), "%s", owed[i] + 23);
        snprintf(m->path, sizeof(m->path), "%s",
                 audit(RECORD_INTENT, T0, "run", m->id + 14));
    }
    d->owed.count = n;
    if (strcmp(run, OURS) == 0) { /* and nobody sees it again */
        struct service_fault *f = &d->faults.list[d->faults.count++];
        *f = (struct service_fault){ "btc-a", FAULT_CLASS_EDIT, "an edit",
                                     T0,      "811c9dc5",       0,
                                     MINE };
    }
    put(RECORD_SERVICE, "latest/service.yaml");
}

static void put_intent(const char *id)
{
    struct fault_list faults;
    sample_make(RECORD_SERVICE, &sample);
    faults = sample.service.faults;
    sample_make(RECORD_INTENT, &sample);
    fault_intent(&faults.list[0], T0, NULL, false, &sample.intent.intent);
    snprintf(sample.intent.intent.id, INTENT_ID_MAX, "%s", id);
    put(RECORD_INTENT, audit(RECORD_INTENT, T0, "run", id + 14));
}

static void put_taken(const char *id, const char *channel)
{
    sample_make(RECORD_DELIVERY, &sample);
    struct delivery *d = &sample.delivery.delivery;
    bool phone = strcmp(channel, DELIVERY_MAIN) == 0;
    snprintf(d->intent, sizeof(d->intent), "%s", id);
    snprintf(d->grid, sizeof(d->grid), "run");
    snprintf(d->channel, sizeof(d->channel), "%s", channel);
    d->outcome = DELIVERY_ACCEPTED;
    d->http_status = 200;
    d->reason[0] = '\0';
    if (!phone)
        d->receipt[0] = '\0';
    put(RECORD_DELIVERY, audit(RECORD_DELIVERY, T0 + 1000, "run", id + 14));
}

/* Both have a list with three. */
static void begin_with_debts(void)
{
    static const char *const owed[] = { X " ntfy", Y " ntfy", Z " telegram" };
    enum sync_state state;
    begin();
    put_intent(X);
    put_intent(Y);
    put_intent(Z);
    put_service(THEIRS, owed, 3);
    commit(ours);
    push(ours);
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
}

static void they_deliver_one_and_owe_another(void)
{
    static const char *const owed[] = { X " ntfy", Z " telegram",
                                        THEIR " ntfy" };
    put_intent(THEIR);
    put_taken(Y, "ntfy");
    put_service(THEIRS, owed, 3);
    they_commit();
}

static void owed_is(const char *want)
{
    struct complaints complaints = { 0 };
    const char *text = place_read(&place, ours, "latest/service.yaml", &said);
    char have[1024] = "";
    ASSERT_INT(document_parse(RECORD_SERVICE, text, strlen(text), &sample,
                              &complaints),
               0);
    for (size_t i = 0; i < sample.service.owed.count; i++) {
        const struct owed_message *m = &sample.service.owed.list[i];
        size_t n = strlen(have);
        snprintf(have + n, sizeof(have) - n, "%s%s %s", n ? ", " : "", m->id,
                 m->channel);
    }
    ASSERT_STR(have, want);
}

static void what_both_owe_and_neither_delivered_is_owed(void)
{
    static const char *const owed[] = { Y " ntfy", Z " telegram", MINE " ntfy",
                                        UNSENT " ntfy", UNSENT " telegram" };
    begin_with_debts();
    they_deliver_one_and_owe_another();
    put_intent(MINE);
    put_intent(UNSENT);
    put_service(OURS, owed + 1, 1); /* as it goes on, from run to run */
    commit(ours);
    put_taken(X, "ntfy");
    put_taken(MINE, DELIVERY_MAIN);
    put_service(OURS, owed, 5);
    commit(ours);
    rebuild();
    ASSERT(audit_there(RECORD_INTENT, T0, "run", &MINE[14]));
    ASSERT(!audit_there(RECORD_INTENT, T0, "run", &UNSENT[14]));
    owed_is(Z " telegram, " THEIR " ntfy, " MINE " ntfy");
    const struct service_document *d = &sample.service;
    ASSERT_STR(d->run.id, OURS);
    ASSERT_STR(d->faults.list[1].what, "seen by " THEIRS);
    ASSERT_INT(d->faults.count, 3);
    ASSERT_INT(d->faults.list[2].class, FAULT_CLASS_EDIT);
    push(ours);
    end();
}

static void owe_one_more(void)
{
    static const char *const owed[] = { X " ntfy", Y " ntfy", Z " telegram",
                                        MINE " ntfy" };
    begin_with_debts();
    they_deliver_one_and_owe_another();
    put_intent(MINE);
    put_taken(MINE, DELIVERY_MAIN);
    put_service(OURS, owed, 4);
    commit(ours);
}

#define OWED_BY_BOTH X " ntfy, " Z " telegram, " THEIR " ntfy, " MINE " ntfy"

static int moves_of_the_branch(void)
{
    int n = 0;
    git(&place, &said, place.repo, "reflog", "show", "--format=%gs", "main",
        NULL);
    for (const char *at = text_str(&said); *at; at += strcspn(at, "\n")) {
        at += *at == '\n';
        n++;
    }
    return n;
}

/* There is no moment at which it stands elsewhere without the list. */
static void the_branch_and_what_is_owed_move_at_once(void)
{
    owe_one_more();
    if (git_is_there()) {
        git(&place, &said, place.repo, "config", "core.logAllRefUpdates",
            "always", NULL);
        store_free(ours);
        ours = place_open(&place, place.repo, place.remote);
        int before = moves_of_the_branch();
        rebuild();
        ASSERT_INT(moves_of_the_branch() - before, 1);
    }
    end();
}

/* Lost twice: what was put right the first time is the base of the second. */
static void a_list_that_loses_again_is_put_right_again(void)
{
    static const char *const later[] = { Z " telegram" };
    enum sync_state state;
    owe_one_more();
    rebuild();
    owed_is(OWED_BY_BOTH);
    put_taken(X, "ntfy");
    put_service(THEIRS, later, 1);
    they_commit();
    ASSERT_INT(store_sync(ours, STORE_TEST_BUDGET_MS, &state, &place.err), 0);
    ASSERT_INT(rebuild_on_remote(ours, &report, &place.err), 0);
    owed_is(Z " telegram, " MINE " ntfy");
    end();
}

static void a_list_that_lacks_nothing_is_left_alone(void)
{
    static const char *const owed[] = { X " ntfy", Y " ntfy", Z " telegram" };
    char there[STORE_ID_SIZE], is[STORE_ID_SIZE];
    begin_with_debts();
    they_deliver_one_and_owe_another();
    store_blob_id(theirs, "latest/service.yaml", there, &place.err);
    put_service(OURS, owed, 3);
    commit(ours);
    rebuild();
    store_blob_id(ours, "latest/service.yaml", is, &place.err);
    ASSERT_STR(is, there);
    end();
}

static FILE *log_file;
static char *logged;
static size_t logged_len;

static void log_begin(void)
{
    log_file = open_memstream(&logged, &logged_len);
    ASSERT_FATAL(log_file);
    log_init(&(struct log_sink){ .level = LOG_LEVEL_ERROR, .out = log_file });
}

/* The one line, without its time; none is "". */
static void log_ends_with(const char *want)
{
    log_init(&(struct log_sink){ 0 });
    fclose(log_file);
    ASSERT_STR(logged[0] ? logged + strlen("2021-05-19T02:00:00Z ") : "", want);
    free(logged);
}

static void put_rubbish(void)
{
    add("latest/service.yaml", "owed: it was the lark\n");
}

/* Base, theirs or ours, each with one that is not the others'. */
static void rebuild_with_rubbish(bool in_base, bool in_theirs, bool in_ours)
{
    static const char *const base[] = { X " ntfy", Y " ntfy" };
    static const char *const there[] = { X " ntfy", THEIR " ntfy" };
    static const char *const here[] = { X " ntfy", Y " ntfy", MINE " ntfy" };
    enum sync_state state;
    begin();
    put_intent(X);
    put_intent(Y);
    in_base ? put_rubbish() : put_service(THEIRS, base, 2);
    commit(ours);
    push(ours);
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    put_intent(THEIR);
    in_theirs ? put_rubbish() : put_service(THEIRS, there, 2);
    they_commit();
    put_intent(MINE);
    put_taken(MINE, DELIVERY_MAIN);
    in_ours ? put_rubbish() : put_service(OURS, here, 3);
    commit(ours);
    log_begin();
    rebuild();
}

#define UNREAD "error owed-unread path=latest/service.yaml whose="

static void a_list_that_cannot_be_read_is_told(void)
{
    rebuild_with_rubbish(false, false, false);
    log_ends_with("");
    owed_is(X " ntfy, " THEIR " ntfy, " MINE " ntfy");
    end();
    rebuild_with_rubbish(false, false, true);
    log_ends_with(UNREAD "ours lost=\"all that other channels were still to "
                         "hear from here\"\n");
    owed_is(X " ntfy, " THEIR " ntfy");
    end();
    rebuild_with_rubbish(false, true, false);
    log_ends_with(UNREAD "theirs lost=\"3 that other channels were still to "
                         "hear from here\"\n");
    ASSERT_STR(place_read(&place, ours, "latest/service.yaml", &said),
               "owed: it was the lark\n");
    end();
}

/* Who cannot know whether it was heard is told once more. */
static void without_what_both_were_made_from_none_is_lost(void)
{
    rebuild_with_rubbish(true, false, false);
    log_ends_with(UNREAD "before lost=\"none, but one may be heard twice\"\n");
    owed_is(X " ntfy, " THEIR " ntfy, " Y " ntfy, " MINE " ntfy");
    end();
}

void rebuild_owed_test(void);
void rebuild_owed_test(void)
{
    TEST_SUITE("run: what is owed to other channels, and two writers");
    TEST(what_both_owe_and_neither_delivered_is_owed);
    TEST(the_branch_and_what_is_owed_move_at_once);
    TEST(a_list_that_loses_again_is_put_right_again);
    TEST(a_list_that_lacks_nothing_is_left_alone);
    TEST(a_list_that_cannot_be_read_is_told);
    TEST(without_what_both_were_made_from_none_is_lost);
}
