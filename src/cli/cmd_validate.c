/* gridwatch validate: every file of a data repository, single files of a
 * checkout, what is staged, what is pushed, or everything that ever was. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/validate.h"
#include "record/record.h"
#include "run/run.h"

#define STDIN_MAX ((size_t)1 << 20)

enum { OPTION_PRE_COMMIT, OPTION_PRE_RECEIVE, OPTION_HISTORY };

struct walk {
    struct tally *tally;
    struct store *store;
};

static bool given(const struct args *args, int option)
{
    return args->value[1][option] != NULL;
}

bool cmd_validate_is_told_what(const struct args *args)
{
    return args->word_count > 0 || given(args, OPTION_PRE_COMMIT) ||
           given(args, OPTION_PRE_RECEIVE);
}

static int visit(const struct store_entry *e, void *payload, struct error *err)
{
    const struct walk *w = payload;
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    int rc = store_read(w->store, e->path, &data, err);
    if (!rc) {
        tally_content(w->tally, e->path, "", &data);
    } else if (err->fault == FAULT_DATA || err->fault == FAULT_MISSING) {
        tally_unread(w->tally, e->path, "", err);
        rc = 0;
    }
    text_release(&data);
    return rc;
}

static int check_repository(struct tally *t, const char *path, bool history,
                            struct error *err)
{
    const struct store_options options = { .path = path,
                                           .author_name = "none",
                                           .author_email = "none" };
    struct walk w = { .tally = t };
    if (store_open(&options, &w.store, err))
        return -1;
    int rc = history ? validate_history(t, w.store, err)
                     : store_walk(w.store, "", visit, &w, err);
    store_free(w.store);
    return rc ? error_wrap(err, "repository '%s'", path) : 0;
}

static int check_file(struct tally *t, const char *path, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    int rc = text_read_file(&data, path, err);
    if (!rc)
        tally_content(t, strncmp(path, "./", 2) == 0 ? path + 2 : path, "",
                      &data);
    text_release(&data);
    return rc;
}

static bool is_checkout(const char *path)
{
    char inside[4096];
    struct stat st;
    snprintf(inside, sizeof(inside), "%s/.git", path);
    return stat(inside, &st) == 0;
}

static int check_word(struct tally *t, const char *word, bool history,
                      struct error *err)
{
    struct stat st;
    bool is_dir = stat(word, &st) == 0 && S_ISDIR(st.st_mode);
    if (history && !is_dir)
        return error_set(err, FAULT_USAGE,
                         "--history needs a repository, and '%s' is none",
                         word);
    if (is_dir && !history && is_checkout(word))
        return validate_checkout(t, word, err);
    return is_dir ? check_repository(t, word, history, err)
                  : check_file(t, word, err);
}

static int check_pushed(struct tally *t, struct error *err)
{
    struct text lines = TEXT_INIT(STDIN_MAX);
    int rc = text_read_file(&lines, "/dev/stdin", err);
    if (!rc)
        rc = validate_pushed(t, text_str(&lines), err);
    text_release(&lines);
    return rc;
}

static int check_all(const struct context *c, struct tally *t,
                     struct error *err)
{
    const struct args *args = c->args;
    bool history = given(args, OPTION_HISTORY);
    int rc = 0;

    if (given(args, OPTION_PRE_COMMIT))
        return validate_staged(t, err);
    if (given(args, OPTION_PRE_RECEIVE))
        return check_pushed(t, err);
    if (args->word_count == 0)
        return check_repository(t, c->config->repository.path, history, err);
    for (size_t i = 0; i < args->word_count && !rc; i++)
        rc = check_word(t, args->words[i], history, err);
    return rc;
}

static int check_usage(const struct args *args, struct error *err)
{
    int modes = given(args, OPTION_PRE_COMMIT) +
                given(args, OPTION_PRE_RECEIVE) + given(args, OPTION_HISTORY);
    bool is_hook =
        given(args, OPTION_PRE_COMMIT) || given(args, OPTION_PRE_RECEIVE);
    if (modes > 1 || (is_hook && args->word_count))
        return error_set(err, FAULT_USAGE,
                         "--pre-commit, --pre-receive and --history go one at "
                         "a time, and the hooks without a path");
    return 0;
}

/* What a person does whose commit or push was refused. */
static const char *way_out(const struct args *args)
{
    if (given(args, OPTION_PRE_COMMIT))
        return ": nothing was committed; repair them, 'git add' them and "
               "commit again";
    if (given(args, OPTION_PRE_RECEIVE))
        return ": nothing was taken; repair the commits ('git commit --amend', "
               "'git rebase -i') and push again";
    return "";
}

enum run_exit cmd_validate(const struct context *c, struct error *err)
{
    struct tally t = { .silent = c->json };
    bool is_hook =
        given(c->args, OPTION_PRE_COMMIT) || given(c->args, OPTION_PRE_RECEIVE);

    if (check_usage(c->args, err))
        return RUN_USAGE;
    t.lines_max = is_hook ? VALIDATE_HOOK_LINES : 0;
    if (check_all(c, &t, err))
        return exit_of_fault(err->fault);
    tally_end(&t);
    if (c->json)
        printf("{\"files\":%zu,\"bad\":%zu,\"complaints\":%zu}\n", t.files,
               t.bad, t.complaints);
    else if (!c->quiet && !is_hook)
        printf("%zu files checked, %zu bad\n", t.files, t.bad);
    fflush(stdout); /* what follows goes to stderr */
    if (!t.bad)
        return RUN_DONE;
    error_set(err, FAULT_DATA, "%zu of %zu files are not valid%s", t.bad,
              t.files, way_out(c->args));
    return RUN_BAD_DATA;
}
