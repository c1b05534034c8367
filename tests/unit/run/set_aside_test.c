/* A broken data repository that has a remote: what is set aside, what is not,
 * and that nothing is lost by it. */
#include "run/aside.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/moment.h"
#include "run/feed.h"
#include "store/store_fixture.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"
#include "test.h"

/* Suites run in the order of their names, and this one is to come after those
 * of TLS: when libgit2 starts before OpenSSL in a process, LeakSanitizer takes
 * memory that OpenSSL still holds for lost (libgit2 1.5.1, OpenSSL 3.0). */
void set_aside_test(void);

#define AT INT64_C(1621389610000) /* 2021-05-19T02:00:10Z */
#define ID "0123456789abcdef0123456789abcdef01234567"

static struct place place;
static struct config config;
static struct run_options options;
static struct run r;
static struct error err;

static void push(struct store *s)
{
    ASSERT_INT(store_push(s, STORE_TEST_BUDGET_MS, &place.err), 0);
}

/* A repository whose grid is in an older pack than its tip. */
static struct store *begin(void)
{
    place_init(&place);
    ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
    struct store *s = place_start(&place, place.remote);
    ASSERT_INT(place_put(&place, s, "grids/a.yaml", "one", NULL), 0);
    push(s);
    ASSERT_INT(place_put(&place, s, "latest/b.yaml", "two", NULL), 0);
    push(s);

    struct config_repository *c = &config.repository;
    config = (struct config){ .run.deadline_ms = STORE_TEST_BUDGET_MS };
    snprintf(c->path, sizeof(c->path), "%s", place.repo);
    snprintf(c->remote, sizeof(c->remote), "%s", place.remote);
    snprintf(c->branch, sizeof(c->branch), "main");
    snprintf(c->author_name, sizeof(c->author_name), "Grid Watch");
    snprintf(c->author_email, sizeof(c->author_email), "g@example.org");
    return s;
}

static int open_whole(int64_t at_ms)
{
    options = (struct run_options){ .config = &config };
    r = (struct run){ .options = &options,
                      .config = &config,
                      .exchange_ms = at_ms };
    err = (struct error){ FAULT_NONE, "" };
    return run_open_whole(&r, &err);
}

static void end_run(void)
{
    store_free(r.store);
    r.store = NULL;
}

/* Names in the place that hold `word`; the last one's path is noted. */
static char found[1024];
static int count(const char *word)
{
    int n = 0;
    DIR *d = opendir(place.root);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        if (!strstr(e->d_name, word))
            continue;
        n++;
        snprintf(found, sizeof(found), "%s/%s", place.root, e->d_name);
    }
    if (d)
        closedir(d);
    return n;
}

/* Removes all packs, or the one that was written first: the one with the grid,
 * and not with the tip. */
static void lose_pack(const char *repo, bool all)
{
    char dir[400], path[700], oldest[700] = "";
    struct stat st, first = { 0 };
    snprintf(dir, sizeof(dir), "%s/objects/pack", repo);
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
        if (!strstr(e->d_name, ".pack") || stat(path, &st))
            continue;
        if (all)
            unlink(path);
        bool older = st.st_mtim.tv_sec < first.st_mtim.tv_sec ||
                     (st.st_mtim.tv_sec == first.st_mtim.tv_sec &&
                      st.st_mtim.tv_nsec < first.st_mtim.tv_nsec);
        if (!oldest[0] || older) {
            snprintf(oldest, sizeof(oldest), "%s", path);
            first = st;
        }
    }
    if (d)
        closedir(d);
    ASSERT(oldest[0]);
    unlink(oldest);
}

static bool reads(const char *path, const char *want)
{
    struct text t = TEXT_INIT(1 << 16);
    bool same = r.store && store_read(r.store, path, &t, &err) == 0 &&
                strcmp(text_str(&t), want) == 0;
    text_release(&t);
    return same;
}

static void what_is_odd_is_not_broken(void)
{
    size_t size = (size_t)5 << 20;
    char *big = xcalloc(size + 1, 1);
    memset(big, 'x', size);
    struct store *s = begin();
    ASSERT_INT(place_put(&place, s, "grids/big.csv", big, NULL), 0);
    ASSERT_INT(place_put(&place, s, "state", "no directory", NULL), 0);
    push(s);
    store_free(s);
    free(big);
    for (int i = 0; i < 2; i++) {
        ASSERT_INT(open_whole(AT + i * MS_PER_SLOT), 0);
        ASSERT(reads("grids/a.yaml", "one"));
        end_run();
    }
    ASSERT_INT(count(".broken-"), 0);
    place_release(&place);
}

static void what_a_tree_names_and_is_not_there_is_broken(void)
{
    store_free(begin());
    lose_pack(place.repo, false);
    /* What a clone that was ended has left, and something of a person's. */
    char path[400];
    snprintf(path, sizeof(path), "%s.new", place.repo);
    struct store_options o = place_options(path, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    snprintf(path, sizeof(path), "%s.new/HEAD", place.repo);
    ASSERT_INT(unlink(path), 0);
    snprintf(path, sizeof(path), "%s.newer", place.repo);
    ASSERT_INT(mkdir(path, 0700), 0);
    ASSERT_INT(open_whole(AT), 0);
    ASSERT(reads("grids/a.yaml", "one"));
    end_run();
    ASSERT_INT(count(".broken-"), 1);
    ASSERT(strstr(found, "data.git.broken-20210519T020010Z"));
    ASSERT_INT(count("data.git.new"), 1);
    ASSERT(strstr(found, ".newer"));

    /* The next is sound; broken anew, a person has to look first. */
    ASSERT_INT(open_whole(AT + MS_PER_SLOT), 0);
    end_run();
    ASSERT_INT(count(".broken-"), 1);
    lose_pack(place.repo, true);
    ASSERT_INT(open_whole(AT + 2 * MS_PER_SLOT), -1);
    ASSERT(r.store == NULL);
    ASSERT_INT(err.fault, FAULT_IO);
    ASSERT_INT(count(".broken-"), 1);
    ASSERT(strstr(err.msg, "data.git.broken-20210519T020010Z"));
    ASSERT(strstr(err.msg, "remove it"));
    place_release(&place);
}

/* The remote answers and has nothing to give: what of the old one can be read
 * stays where it is. */
static void a_clone_that_dies_costs_nothing(void)
{
    if (!git_is_there())
        return;
    store_free(begin());
    struct text t = TEXT_INIT(1 << 16);
    ASSERT_INT(git(&place, &t, place.remote, "repack", "-adq", NULL), 0);
    text_release(&t);
    lose_pack(place.repo, false);
    lose_pack(place.remote, true);
    ASSERT_INT(open_whole(AT), 0);
    ASSERT(reads("latest/b.yaml", "two"));
    end_run();
    ASSERT_INT(count(".broken-"), 0);
    ASSERT_INT(count(".new"), 0);

    lose_pack(place.repo, true);
    ASSERT_INT(open_whole(AT), -1);
    ASSERT_INT(count(".broken-"), 0);
    const char *first = strstr(err.msg, "damaged");
    const char *then = strstr(err.msg, "; and it cannot be cloned anew: ");
    ASSERT(first && then && first < then);
    place_release(&place);
}

static char heard[256];

static int hear(void *payload, int64_t now_ms, const struct pushover_message *m,
                struct pushover_result *out, struct error *why)
{
    (void)payload;
    (void)now_ms;
    (void)why;
    *out = (struct pushover_result){ .outcome = PUSHOVER_DELIVERED };
    snprintf(heard, sizeof(heard), "%s", m->title);
    return 0;
}

/* What the phone hears of a run that cannot begin; "" when it can. */
static const char *cry(const char *remote)
{
    static const struct feed feed = { .send = hear };
    struct config_secrets *secrets = &config.secrets;
    char memory[400];

    snprintf(config.repository.remote, sizeof(config.repository.remote), "%s",
             remote);
    snprintf(secrets->pushover_token.text, sizeof(secrets->pushover_token.text),
             "t");
    snprintf(secrets->pushover_user.text, sizeof(secrets->pushover_user.text),
             "u");
    options = (struct run_options){ .config = &config, .feed = &feed };
    r = (struct run){ .options = &options,
                      .config = &config,
                      .exchange_ms = AT,
                      .deadline_ms = clock_monotonic_ms() + 60000 };
    heard[0] = '\0';
    run_sync(&r);
    store_free(r.store);
    snprintf(memory, sizeof(memory), "%.380s.outcry", config.repository.path);
    unlink(memory);
    return heard;
}

/* "Mend the disk" would be the wrong advice when it is the remote that does not
 * give what is to be cloned. */
static void a_remote_that_gives_no_clone_is_told_as_such(void)
{
    static const char clone[] =
        "gridwatch cannot clone its data repository: nothing is watched";
    static const char open[] =
        "gridwatch cannot open its data repository: nothing is watched";
    store_free(begin());
    ASSERT_STR(cry(place.remote), "");
    ASSERT_STR(cry("/nonexistent/remote.git"), ""); /* goes on with what is */
    snprintf(config.repository.path, sizeof(config.repository.path), "%s",
             place.other);
    ASSERT_STR(cry("/nonexistent/remote.git"), clone);
    ASSERT_STR(cry(""), open);
    struct store_options o = place_options(place.other, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0); /* half a clone */
    ASSERT_STR(cry("/nonexistent/remote.git"), clone);
    file_write(place.root, "file", "");
    snprintf(config.repository.path, sizeof(config.repository.path), "%s/file",
             place.root);
    ASSERT_STR(cry("/nonexistent/remote.git"), open);
    config.secrets = (struct config_secrets){ 0 };
    place_release(&place);
}

static const char *said_of(const char *packed, const char *loose)
{
    char dir[400], path[500];
    snprintf(dir, sizeof(dir), "%s.broken-20210519T020010Z", place.repo);
    snprintf(path, sizeof(path), "%s/refs/heads", dir);
    mkdir(dir, 0700);
    file_write(dir, "packed-refs", packed);
    if (loose) {
        char refs[500];
        snprintf(refs, sizeof(refs), "%s/refs", dir);
        mkdir(refs, 0700);
        mkdir(path, 0700);
        file_write(path, "main", loose);
    }
    r = (struct run){ .options = &options, .config = &config };
    run_aside_see(&r);
    ASSERT_INT(r.seen.count, 1);
    return strstr(r.seen.list[0].what, "had been pushed") ? "pushed" : "owed";
}

static void a_reference_is_its_whole_name(void)
{
    store_free(begin());
    ASSERT_STR(said_of("# pack-refs with: peeled\n" ID " refs/heads/main\n" ID
                       " refs/remotes/origin/main\n",
                       NULL),
               "pushed");
    ASSERT_STR(said_of(ID " refs/heads/main2\n" ID
                          " refs/remotes/origin/main\n",
                       NULL),
               "owed");
    ASSERT_STR(said_of(ID " old/refs/heads/main\n" ID
                          " refs/remotes/origin/main",
                       NULL),
               "owed");
    ASSERT_STR(said_of("", NULL), "owed");
    ASSERT_STR(said_of("refs/heads/main\n", NULL), "owed");
    /* The packed one is older than the file that was emptied. */
    ASSERT_STR(
        said_of(ID " refs/heads/main\n" ID " refs/remotes/origin/main\n", ""),
        "owed");
    ASSERT_STR(said_of(ID " refs/remotes/origin/main\n", ID "\n"), "pushed");
    place_release(&place);
}

void set_aside_test(void)
{
    TEST_SUITE("run: a broken repository");
    TEST(what_is_odd_is_not_broken);
    TEST(what_a_tree_names_and_is_not_there_is_broken);
    TEST(a_clone_that_dies_costs_nothing);
    TEST(a_reference_is_its_whole_name);
    TEST(a_remote_that_gives_no_clone_is_told_as_such);
}
