/* Two clones that name the end of a month each their own way; git says what
 * stands where. */
#include "store/store_talk.h"
#include "two_clones.h"

void store_tags_test(void);

static const char *tag_at(struct store *s, const char *name)
{
    static char hex[STORE_ID_SIZE];
    ASSERT_INT(store_tag_commit(s, name, hex, &place.err), 0);
    return hex;
}

static void the_first_tag_stands_and_the_other_takes_it(void)
{
    char first[STORE_ID_SIZE], second[STORE_ID_SIZE];
    begin();
    ASSERT_INT(place_put(&place, theirs, "b", "1", first), FAULT_NONE);
    ASSERT_INT(push(theirs), 0);
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    ASSERT_INT(place_put(&place, ours, "a", "1", second), FAULT_NONE);
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(store_tag(theirs, "2026-01", first, &place.err), 0);
    ASSERT_INT(store_tag(ours, "2026-01", second, &place.err), 0);
    ASSERT_INT(push(theirs), -1); /* the branch is behind: no tag goes either */
    if (git_is_there())
        ASSERT_STR(git_says(place.remote, "tag", "-l", NULL), "");
    ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
    ASSERT_INT(push(theirs), 0);
    for (int i = 0; i < 2; i++) { /* and no word of it, now or later */
        we_put("a", i ? "3" : "2");
        ASSERT_INT(push(ours), 0);
        if (git_is_there())
            ASSERT_STR(git_says(place.remote, "rev-parse", "2026-01", NULL),
                       first);
    }
    ASSERT_STR(tag_at(ours, "2026-01"), second);
    ASSERT_INT(sync_of(ours), SYNC_SAME);
    ASSERT_STR(tag_at(ours, "2026-01"), first);
    ASSERT_STR(tag_at(theirs, "2026-01"), first);
    ASSERT_INT(push(ours), 0);
    end();
}

static void a_tag_waits_until_its_commit_is_there(void)
{
    char own[STORE_ID_SIZE], put[STORE_ID_SIZE];
    begin();
    they_put("b", "1");
    ASSERT_INT(place_put(&place, ours, "a", "1", own), FAULT_NONE);
    ASSERT_INT(store_tag(ours, "2026-01", own, &place.err), 0);
    ASSERT_INT(push(ours), -1);
    ASSERT_INT(place.err.fault, FAULT_BUSY);
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    store_tip(ours, put);
    ASSERT(strcmp(own, put) != 0);
    ASSERT_STR(tag_at(ours, "2026-01"), put); /* it went along */
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(push(ours), 0);
    if (git_is_there()) {
        ASSERT_STR(git_says(place.remote, "rev-parse", "2026-01", NULL), put);
        ASSERT_STR(git_says(place.remote, "branch", "--contains", "2026-01"),
                   "* main");
    }
    end();
}

static void a_tag_of_what_is_not_here_is_fetched(void)
{
    char own[STORE_ID_SIZE];
    if (!git_is_there())
        return;
    begin();
    ASSERT_INT(place_put(&place, ours, "a", "1", own), FAULT_NONE);
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(store_tag(ours, "fat", own, &place.err), 0);
    /* There it is a tag with words, and of a commit beside the branch. */
    git(&place, &said, place.remote, "-c", "user.name=a", "-c", "user.email=b",
        "commit-tree", "-m", "beside", "main^{tree}", NULL);
    char beside[STORE_ID_SIZE];
    snprintf(beside, sizeof(beside), "%.40s", text_str(&said));
    ASSERT_INT(git(&place, &said, place.remote, "-c", "user.name=a", "-c",
                   "user.email=b", "tag", "-a", "-m", "words", "fat", beside,
                   NULL),
               0);
    ASSERT_INT(sync_of(ours), SYNC_SAME);
    ASSERT_STR(tag_at(ours, "fat"), beside);
    git_says(place.remote, "rev-parse", "fat", NULL);
    char fat[STORE_ID_SIZE];
    snprintf(fat, sizeof(fat), "%.40s", text_str(&said));
    ASSERT_STR(git_says(place.repo, "rev-parse", "fat", NULL), fat);
    end();
}

/* What git and libgit2 say of one that came first by a hair. */
static void a_tag_that_came_first_is_no_failure(void)
{
    static const char *const words[] = {
        "failed to update ref", "reference already exists",
        "cannot lock ref 'refs/tags/x': reference already exists",
        "failed to write reference: a reference with that name already exists"
    };
    for (size_t i = 0; i < 4; i++) {
        struct heard h = { .code = 0 };
        heard_status(&h, "refs/tags/x", words[i]);
        ASSERT(heard_good(&h));
        heard_status(&h, "refs/heads/main", words[i]);
        ASSERT(!heard_good(&h));
    }
    struct heard h = { .code = 0 };
    heard_status(&h, "refs/tags/x", "pre-receive hook declined");
    ASSERT(!heard_good(&h));
}

void store_tags_test(void)
{
    TEST_SUITE("store_tags");
    TEST(the_first_tag_stands_and_the_other_takes_it);
    TEST(a_tag_waits_until_its_commit_is_there);
    TEST(a_tag_of_what_is_not_here_is_fetched);
    TEST(a_tag_that_came_first_is_no_failure);
}
