/* gridwatch validate: every file of a data repository, or single files of a
 * checkout (as a commit hook hands them over). */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "record/record.h"
#include "run/run.h"
#include "store/store.h"

#define FILE_MAX ((size_t)16 << 20)

struct tally {
    const struct context *context;
    struct store *store;
    size_t files, bad, complaints;
};

static void tell(const struct tally *t, const char *path,
                 const struct complaints *c)
{
    char line[COMPLAINT_TEXT];
    for (size_t i = 0; i < complaints_kept(c); i++) {
        complaint_format(&c->list[i], line);
        printf("%s: %s\n", path, line);
    }
    if (c->count > complaints_kept(c))
        printf("%s: and %zu more\n", path, c->count - complaints_kept(c));
    (void)t;
}

static void check(struct tally *t, const char *path, const struct text *data)
{
    struct complaints complaints = { 0 };
    t->files++;
    if (record_validate(path, text_str(data), data->len, &complaints)) {
        t->bad++;
        t->complaints += complaints.count;
        if (!t->context->json)
            tell(t, path, &complaints);
    }
}

static int visit(const struct store_entry *e, void *payload, struct error *err)
{
    struct tally *t = payload;
    struct text data = TEXT_INIT(FILE_MAX);
    int rc = store_read(t->store, e->path, &data, err);
    if (!rc)
        check(t, e->path, &data);
    text_release(&data);
    return rc;
}

static int check_repository(struct tally *t, const char *path,
                            struct error *err)
{
    const struct store_options options = { .path = path,
                                           .author_name = "none",
                                           .author_email = "none" };
    int rc = store_open(&options, &t->store, err);
    if (!rc)
        rc = store_walk(t->store, "", visit, t, err);
    store_free(t->store);
    t->store = NULL;
    return rc ? error_wrap(err, "repository '%s'", path) : 0;
}

static int check_file(struct tally *t, const char *path, struct error *err)
{
    struct text data = TEXT_INIT(FILE_MAX);
    int rc = text_read_file(&data, path, err);
    if (!rc)
        check(t, strncmp(path, "./", 2) == 0 ? path + 2 : path, &data);
    text_release(&data);
    return rc;
}

static int check_word(struct tally *t, const char *word, struct error *err)
{
    struct stat st;
    bool is_dir = stat(word, &st) == 0 && S_ISDIR(st.st_mode);
    return is_dir ? check_repository(t, word, err) : check_file(t, word, err);
}

enum run_exit cmd_validate(const struct context *c, struct error *err)
{
    struct tally t = { .context = c };
    int rc = 0;

    if (c->args->word_count == 0)
        rc = check_repository(&t, c->config->repository.path, err);
    for (size_t i = 0; i < c->args->word_count && !rc; i++)
        rc = check_word(&t, c->args->words[i], err);
    if (rc)
        return exit_of_fault(err->fault);
    if (c->json)
        printf("{\"files\":%zu,\"bad\":%zu,\"complaints\":%zu}\n", t.files,
               t.bad, t.complaints);
    else if (!c->quiet)
        printf("%zu files checked, %zu bad\n", t.files, t.bad);
    if (!t.bad)
        return RUN_DONE;
    error_set(err, FAULT_DATA, "%zu of %zu files are not valid", t.bad,
              t.files);
    return RUN_BAD_DATA;
}
