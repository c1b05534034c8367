/* What servers say, and what it means for who must act. The words are those of
 * git 2.39's receive-pack and of libgit2. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "store/store_talk.h"
#include "test.h"

static struct error err;
static struct store_names names;

static struct store shop(void)
{
    static char remote[] = "https://example.org/data.git";
    return (struct store){ .remote = remote,
                           .shown = remote,
                           .names = names,
                           .login = { .http_token = "hunter2",
                                      .ssh_passphrase = "swordfish" } };
}

static enum fault fault_of(const struct heard *h)
{
    struct store s = shop();
    ASSERT(!heard_good(h));
    ASSERT_INT(heard_fail(&s, h, &err), -1);
    ASSERT(strstr(err.msg, "example.org") || h->stop == STOP_CA_FILE);
    return err.fault;
}

static void a_status_says_who_must_act(void)
{
    static const struct {
        const char *status;
        enum fault fault;
    } rows[] = {
        { "pre-receive hook declined", FAULT_DATA },
        { "hook declined", FAULT_DATA },
        { "declined", FAULT_DATA },
        { "rejected by policy", FAULT_DATA },
        { "protected branch hook declined", FAULT_DATA },
        { "deletion prohibited", FAULT_DATA },
        { "branch is currently checked out: refusing", FAULT_DATA },
        { "failed to update ref", FAULT_BUSY },
        { "cannot lock ref 'refs/heads/main'", FAULT_BUSY },
        { "non-fast-forward", FAULT_BUSY },
        { "fetch first", FAULT_BUSY },
        { "unpacker error", FAULT_TRANSIENT },
        { "something new", FAULT_TRANSIENT },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard h = { .code = 0 };
        heard_status(&h, "refs/heads/main", rows[i].status);
        snprintf(h.said, sizeof(h.said), "look at line 3");
        ASSERT_INT(fault_of(&h), rows[i].fault);
        ASSERT(strstr(err.msg, "refs/heads/main: ") != NULL);
        ASSERT(strstr(err.msg, rows[i].status) != NULL);
        ASSERT(strstr(err.msg, "it said: look at line 3") != NULL);
    }
}

static void what_a_person_must_mend_names_where(void)
{
    static const struct {
        enum talk_stop stop;
        const char *names;
    } rows[] = {
        { STOP_NO_TOKEN, "GIT_TOKEN" },
        { STOP_TOKEN_REFUSED, "GIT_TOKEN" },
        { STOP_NO_KEY, "GIT_SSH_KEY_FILE" },
        { STOP_BAD_KEY, "GIT_SSH_PASSPHRASE" },
        { STOP_KEY_REFUSED, "GIT_SSH_KEY_FILE" },
        { STOP_CERTIFICATE, "repository.ca_file" },
        { STOP_HOST_KEY, "repository.ssh_host_keys" },
        { STOP_CA_FILE, "repository.ca_file" },
    };
    names = store_names_usual;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard h = { .code = -7, .stop = rows[i].stop };
        snprintf(h.why, sizeof(h.why), "SHA256:seen");
        ASSERT_INT(fault_of(&h), FAULT_CONFIG);
        ASSERT(strstr(err.msg, rows[i].names) != NULL);
    }
    struct heard h = { .code = -1, .why = "unexpected http status code: 403" };
    ASSERT_INT(fault_of(&h), FAULT_CONFIG);
}

/* Who has options of its own is told of those. */
static void a_reader_is_told_of_its_own_options(void)
{
    static const struct {
        enum talk_stop stop;
        const char *names;
    } rows[] = {
        { STOP_NO_TOKEN, "set WATCHDOG_GIT_TOKEN" },
        { STOP_TOKEN_REFUSED, ": WATCHDOG_GIT_TOKEN" },
        { STOP_NO_KEY, "set WATCHDOG_GIT_SSH_KEY_FILE" },
        { STOP_BAD_KEY, "with WATCHDOG_GIT_SSH_PASSPHRASE" },
        { STOP_KEY_REFUSED, "WATCHDOG_GIT_SSH_KEY_FILE" },
        { STOP_CERTIFICATE, "'record.ca_file'" },
        { STOP_HOST_KEY, "'record.ssh_host_keys'" },
        { STOP_CA_FILE, "'record.ca_file'" },
    };
    names = (struct store_names){ "record", "WATCHDOG_", true };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard h = { .code = -7, .stop = rows[i].stop };
        snprintf(h.why, sizeof(h.why), "SHA256:seen");
        ASSERT_INT(fault_of(&h), FAULT_CONFIG);
        ASSERT(strstr(err.msg, rows[i].names) != NULL);
        ASSERT(strstr(err.msg, "repository.") == NULL);
    }
    struct store nowhere = shop();
    nowhere.remote = nowhere.shown = (char[]){ "/nowhere/data.git" };
    struct heard h = { .code = -1, .why = "failed" };
    heard_fail(&nowhere, &h, &err);
    ASSERT(strstr(err.msg, "correct the path") != NULL);
    ASSERT(strstr(err.msg, "gridwatch init") == NULL);
    ASSERT(strstr(store_how_to_begin(&nowhere), "gridwatch init") == NULL);
    names = store_names_usual;
}

static void the_rest_may_pass(void)
{
    struct heard h = { .code = -1, .why = "failed to connect to example.org" };
    ASSERT_INT(fault_of(&h), FAULT_TRANSIENT);
    ASSERT(strstr(err.msg, "failed to connect") != NULL);
    h = (struct heard){ .code = -1, .why = "unexpected http status code: 502" };
    ASSERT_INT(fault_of(&h), FAULT_TRANSIENT);
    h = (struct heard){ .code = -1, .late = true };
    ASSERT_INT(fault_of(&h), FAULT_TRANSIENT);
    ASSERT(strstr(err.msg, "time for it is spent") != NULL);
    h = (struct heard){ .behind = true };
    ASSERT_INT(fault_of(&h), FAULT_BUSY);
    h = (struct heard){ .code = -15, .raced = true };
    ASSERT_INT(fault_of(&h), FAULT_BUSY);
    h = (struct heard){ .code = 0 };
    ASSERT(heard_good(&h));
}

static void a_secret_that_is_said_back_is_covered(void)
{
    struct heard h = { .code = 0 };
    heard_status(&h, "refs/heads/main", "hook declined");
    snprintf(h.said, sizeof(h.said), "user x, token hunter2hunter2, swordfish");
    ASSERT_INT(fault_of(&h), FAULT_DATA);
    ASSERT(strstr(err.msg, "hunter2") == NULL);
    ASSERT(strstr(err.msg, "swordfish") == NULL);
    ASSERT(strstr(err.msg, "token **************, *********") != NULL);
}

/* `fill` letters, then the words. */
static void say(struct heard *h, size_t fill, const char *words)
{
    for (size_t i = 0; i < fill; i++)
        heard_add(h->said, sizeof(h->said), "x", 1);
    heard_add(h->said, sizeof(h->said), words, strlen(words));
}

static void no_part_of_a_secret_stands_at_an_edge(void)
{
    /* Wherever the text is cut, no 4 bytes of it are seen. */
    for (size_t fill = 300; fill < 820; fill++) {
        struct heard h = { .code = 0, .behind = true };
        say(&h, fill, "hunter2");
        ASSERT_INT(fault_of(&h), FAULT_BUSY);
        ASSERT(strstr(err.msg, "hunt") == NULL);
    }
    struct heard h = { .code = 0, .behind = true };
    say(&h, 0, "hunting");
    ASSERT_INT(fault_of(&h), FAULT_BUSY);
    ASSERT(strstr(err.msg, "hunting") != NULL); /* whole, and no secret */
}

static void a_secret_in_two_pieces_is_covered(void)
{
    struct heard h = { .code = 0, .behind = true };
    say(&h, 0, "token hun");
    say(&h, 0, "ter2 it was");
    ASSERT_INT(fault_of(&h), FAULT_BUSY);
    ASSERT(strstr(err.msg, "token ******* it was") != NULL);
}

/* Numbers of coreutils' base64. */
static void what_http_sends_is_covered(void)
{
    struct store s = shop();
    struct heard h = { .code = 0, .behind = true };
    say(&h, 0, "Basic Z3JpZHdhdGNoOmh1bnRlcjI= x");
    heard_fail(&s, &h, &err);
    ASSERT(strstr(err.msg, "Z3Jp") == NULL);
    ASSERT(strstr(err.msg, "Basic ************************ x") != NULL);
    s.login.http_user = "joe";
    h.said[0] = '\0';
    say(&h, 0, "Basic am9lOmh1bnRlcjI= x");
    heard_fail(&s, &h, &err);
    ASSERT(strstr(err.msg, "Basic **************** x") != NULL);
}

static void odd_secrets_are_covered(void)
{
    struct store s = shop();
    struct heard h = { .code = 0, .behind = true };
    s.login.http_token = "***";
    s.login.ssh_passphrase = "two  blanks\tand a tab";
    say(&h, 0, "*** two  blanks\tand a tab.");
    ASSERT_INT(heard_fail(&s, &h, &err), -1); /* this once had no end */
    ASSERT(strstr(err.msg, "said: *** ********************.") != NULL);
    s.login.http_token = "abcab";
    s.login.ssh_passphrase = "";
    h.said[0] = '\0';
    say(&h, 0, "abcabcab!");
    heard_fail(&s, &h, &err);
    ASSERT(strstr(err.msg, "said: ********!") != NULL);
}

static void a_long_name_does_not_hide_the_reason(void)
{
    static const char *const words[] = { "non-fast-forward", "hook declined" };
    static const enum fault faults[] = { FAULT_BUSY, FAULT_DATA };
    char ref[290];
    memset(ref, 'r', sizeof(ref));
    ref[sizeof(ref) - 1] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct heard h = { .code = 0 };
        heard_status(&h, ref, words[i]);
        heard_status(&h, "refs/tags/x", "the second");
        ASSERT_INT(fault_of(&h), faults[i]);
        ASSERT(strstr(err.msg, words[i]) != NULL);
        ASSERT(strstr(err.msg, "second") == NULL);
    }
    /* A name is no reason. */
    struct heard h = { .code = 0 };
    heard_status(&h, "refs/heads/hook", "unpacker error");
    ASSERT_INT(fault_of(&h), FAULT_TRANSIENT);
}

static void what_is_said_becomes_one_line(void)
{
    char line[12] = "";
    heard_add(line, sizeof(line), "\n a\r\n\tb", 7);
    ASSERT_STR(line, "a b");
    heard_add(line, sizeof(line), "\033[31m", 5);
    ASSERT_STR(line, "a b [31m");
    heard_add(line, sizeof(line), "0123456789", 10);
    ASSERT_STR(line, "a b [31m012");
}

void store_fault_test(void);
void store_fault_test(void)
{
    TEST_SUITE("store: what the remote said");
    TEST(a_status_says_who_must_act);
    TEST(what_a_person_must_mend_names_where);
    TEST(a_reader_is_told_of_its_own_options);
    TEST(the_rest_may_pass);
    TEST(a_secret_that_is_said_back_is_covered);
    TEST(no_part_of_a_secret_stands_at_an_edge);
    TEST(a_secret_in_two_pieces_is_covered);
    TEST(what_http_sends_is_covered);
    TEST(odd_secrets_are_covered);
    TEST(a_long_name_does_not_hide_the_reason);
    TEST(what_is_said_becomes_one_line);
}
