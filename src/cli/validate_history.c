#include <stdio.h>
#include <string.h>

#include "cli/validate.h"
#include "record/record.h"

struct past {
    struct tally *tally;
    struct store *store;
};

/* A schema of an earlier version describes earlier documents. */
static bool is_dated(const char *path)
{
    return record_kind_of_path(path) == RECORD_SCHEMA;
}

/* Content that is too long or not here at all is bad, and not the end. */
static bool is_of_path(const struct error *err)
{
    return err->fault == FAULT_DATA || err->fault == FAULT_MISSING;
}

/* Was something changed that is written once? That it is not at the tip any
 * more is no fault: it is here. */
static int check_before(const struct past *p, const struct store_commit *commit,
                        const struct store_edit *edit, const struct text *after,
                        struct error *err)
{
    struct text before = TEXT_INIT(RECORD_SEED_MAX);
    struct complaints c = { 0 };
    const struct once_edit once = { .path = edit->path,
                                    .before = &before,
                                    .after = after };
    int rc = 0;
    if (edit->before[0])
        rc = store_read_blob(p->store, edit->before, &before, err);
    if (!rc && edit->before[0])
        once_check(&once, &c);
    if (rc && is_of_path(err))
        rc = 0; /* told of the commit that brought it */
    if (c.count)
        tally_file(p->tally, edit->path, commit->hex, &c);
    text_release(&before);
    return rc;
}

static int check_edit(const struct past *p, const struct store_commit *commit,
                      const struct store_edit *edit, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    if (!edit->after[0] || is_dated(edit->path))
        return 0;
    int rc = store_read_blob(p->store, edit->after, &data, err);
    if (!rc) {
        tally_content(p->tally, edit->path, commit->hex, &data);
        rc = check_before(p, commit, edit, &data, err);
    } else if (is_of_path(err)) {
        tally_unread(p->tally, edit->path, commit->hex, err);
        rc = 0;
    }
    text_release(&data);
    return rc ? error_wrap(err, "'%s' at commit %.7s", edit->path, commit->hex)
              : 0;
}

static int check_commit(const struct store_commit *commit, void *payload,
                        struct error *err)
{
    int rc = 0;
    for (size_t i = 0; i < commit->count && !rc; i++)
        rc = check_edit(payload, commit, &commit->edits[i], err);
    return rc;
}

int validate_history(struct tally *t, struct store *store, struct error *err)
{
    struct past p = { t, store };
    if (store_is_shallow(store) && !t->silent)
        printf("the clone is shallow: what is said goes back to where it "
               "ends\n");
    return store_log(store, check_commit, &p, err);
}
