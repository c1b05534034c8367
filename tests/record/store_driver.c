/* The store by hand: opens a repository with a remote, does one word after the
 * other, and prints a line for each: the word, what came of it, milliseconds,
 * and the message of an error, with tabs between.
 *
 *   store_driver REPOSITORY REMOTE WORD [ARGUMENT]...
 *
 *   create            make the repository (the first word only)
 *   open, clone       open it; clone gets an absent one from the remote
 *   commit PATH=TEXT  one file, one commit
 *   sync, push        the state and the fault; "ok" or the fault
 *   tag NAME          of the tip
 *   shallow           "shallow" or "full"
 *   tip               the commit
 *   peak              what this process used at most, and its largest child, KB
 *
 * GIT_TOKEN, GIT_SSH_KEY_FILE, GIT_SSH_PASSPHRASE, HTTP_USER, CA_FILE,
 * SSH_HOST_KEYS are the login, BUDGET_MS is the time (20000). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "store/store.h"

struct driver {
    struct store_options options;
    struct store *store;
    struct error err;
    int64_t budget_ms;
    struct text key;
};

static int64_t now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *fault(const struct driver *d, int rc)
{
    return rc ? fault_name(d->err.fault) : "ok";
}

static const char *commit(struct driver *d, const char *what)
{
    char path[200], hex[STORE_ID_SIZE];
    const char *text = strchr(what, '=');
    snprintf(path, sizeof(path), "%.*s", (int)(text ? text - what : 0), what);
    struct store_change c = { path, text ? text + 1 : "", 0, false };
    c.len = strlen(c.data);
    struct store_batch b = { &c, 1, "one file", now_ms(CLOCK_REALTIME) };
    return fault(d, store_commit(d->store, &b, hex, &d->err));
}

static const char *sync_word(struct driver *d)
{
    static char words[64];
    enum sync_state state;
    int rc = store_sync(d->store, d->budget_ms, &state, &d->err);
    snprintf(words, sizeof(words), "%s%s%s", sync_state_name(state),
             rc ? " " : "", rc ? fault_name(d->err.fault) : "");
    return words;
}

static const char *tip(struct driver *d)
{
    static char hex[STORE_ID_SIZE];
    return store_tip(d->store, hex) ? hex : "none";
}

static const char *tag(struct driver *d, const char *name)
{
    return fault(d, store_tag(d->store, name, tip(d), &d->err));
}

static const char *peak(void)
{
    static char words[64];
    struct rusage self, child;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &child);
    snprintf(words, sizeof(words), "%ld %ld", self.ru_maxrss, child.ru_maxrss);
    return words;
}

static const char *open_word(struct driver *d, bool clone)
{
    d->options.clone_if_absent = clone;
    return fault(d, store_open(&d->options, &d->store, &d->err));
}

/* NULL: no such word, or it needs an open store. */
static const char *opened(struct driver *d, const char *word, char ***args)
{
    if (!d->store)
        return NULL;
    if (strcmp(word, "sync") == 0)
        return sync_word(d);
    if (strcmp(word, "push") == 0)
        return fault(d, store_push(d->store, d->budget_ms, &d->err));
    if (strcmp(word, "tip") == 0)
        return tip(d);
    if (strcmp(word, "shallow") == 0)
        return store_is_shallow(d->store) ? "shallow" : "full";
    if (!(*args)[0])
        return NULL;
    if (strcmp(word, "commit") == 0)
        return commit(d, *(*args)++);
    return strcmp(word, "tag") == 0 ? tag(d, *(*args)++) : NULL;
}

static const char *act(struct driver *d, const char *word, char ***args)
{
    if (strcmp(word, "create") == 0)
        return fault(d, store_create(&d->options, &d->err));
    if (strcmp(word, "peak") == 0)
        return peak();
    if (strcmp(word, "open") == 0 || strcmp(word, "clone") == 0)
        return open_word(d, word[0] == 'c');
    return opened(d, word, args);
}

static int read_environment(struct driver *d)
{
    const char *key = getenv("GIT_SSH_KEY_FILE");
    const char *budget = getenv("BUDGET_MS");
    struct store_login *l = &d->options.login;
    if (key && text_read_file(&d->key, key, &d->err)) {
        fprintf(stderr, "%s\n", d->err.msg);
        return -1;
    }
    l->ssh_key = key ? text_str(&d->key) : NULL;
    l->ssh_passphrase = getenv("GIT_SSH_PASSPHRASE");
    l->ssh_host_keys = getenv("SSH_HOST_KEYS");
    l->http_user = getenv("HTTP_USER");
    l->http_token = getenv("GIT_TOKEN");
    l->ca_file = getenv("CA_FILE");
    d->budget_ms = budget ? strtol(budget, NULL, 10) : 20000;
    d->options.clone_budget_ms = d->budget_ms;
    return 0;
}

int main(int argc, char **argv)
{
    struct driver d = { .key = TEXT_INIT(65536) };
    int rc = argc < 4 ? 64 : 0;
    if (rc || read_environment(&d))
        return 64;
    d.options.path = argv[1];
    d.options.remote = argv[2][0] ? argv[2] : NULL;
    d.options.author_name = "Grid Watch";
    d.options.author_email = "gridwatch@example.org";
    for (char **args = argv + 3; *args && !rc;) {
        const char *word = *args++;
        int64_t begun = now_ms(CLOCK_MONOTONIC);
        d.err = (struct error){ FAULT_NONE, "" };
        const char *came = act(&d, word, &args);
        printf("%s\t%s\t%ld\t%s\n", word, came ? came : "cannot be done",
               (long)(now_ms(CLOCK_MONOTONIC) - begun), d.err.msg);
        rc = came ? 0 : 64;
    }
    store_free(d.store);
    text_release(&d.key);
    return rc;
}
