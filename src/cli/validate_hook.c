/* gridwatch as a hook of a data repository: pre-commit where people edit it,
 * pre-receive where everything arrives. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cli/validate.h"
#include "record/record.h"
#include "store/proposed.h"

#define REF_MAX 512

struct hook {
    struct tally *tally;
    struct proposed *proposed;
};

static const struct complaint_place whole = { "", 0, 0 };

/* Reads one side of an edit into `*data`; complains of what cannot be read. */
static int read_side(const struct hook *h, const char *hex, struct text *data,
                     struct complaints *c, struct error *err)
{
    if (proposed_read(h->proposed, hex, data, err) == 0)
        return 0;
    if (err->fault != FAULT_DATA && err->fault != FAULT_MISSING)
        return -1;
    complaints_add(c, whole, "%.300s: remove it", err->msg);
    return 0;
}

/* Asked of what stood before the commit, or it could take the grid and its
 * traces at once. One of them is enough: a person may remove a state that
 * cannot be read, and with time the slots leave the tip. */
static int has_run(const struct hook *h, const char *commit,
                   const struct proposed_edit *edit, bool *yes,
                   struct error *err)
{
    char traces[3][RECORD_PATH_MAX];
    const struct record_place p = record_place_of(edit->path);
    int rc = 0;

    *yes = false;
    if (p.kind != RECORD_GRID || edit->after[0])
        return 0;
    record_state_path(p.name, traces[0]);
    record_latest_grid_path(p.name, traces[1]);
    snprintf(traces[2], sizeof(traces[2]), "exits/%s", p.name);
    for (size_t i = 0; i < ARRAY_LEN(traces) && !rc && !*yes; i++)
        rc = proposed_stood(h->proposed, commit, traces[i], yes, err);
    return rc;
}

static int check_once(const struct hook *h,
                      const struct proposed_commit *commit,
                      const struct proposed_edit *edit,
                      const struct text *before, const struct text *after,
                      struct complaints *c, struct error *err)
{
    struct once_edit once = {
        .path = edit->path,
        .before = edit->before[0] ? before : NULL,
        .after = edit->after[0] ? after : NULL,
        .when_ms = commit->when_ms,
        .by_run = strstr(commit->message, "\nrun ") != NULL,
    };
    if (has_run(h, commit->hex, edit, &once.grid_has_run, err))
        return -1;
    once_check(&once, c);
    return 0;
}

static int check_edit(const struct hook *h,
                      const struct proposed_commit *commit,
                      const struct proposed_edit *edit, struct error *err)
{
    struct text before = TEXT_INIT(RECORD_SEED_MAX);
    struct text after = TEXT_INIT(RECORD_SEED_MAX);
    struct complaints c = { 0 };
    int rc = 0;

    if (edit->path[0] == '.')
        return 0; /* the forge's own */
    if (edit->after[0] && !edit->is_plain)
        complaints_add(&c, whole,
                       "is a link or a repository, not a file: remove it");
    else if (edit->after[0])
        rc = read_side(h, edit->after, &after, &c, err);
    if (!rc && edit->after[0] && !c.count)
        record_validate(edit->path, text_str(&after), after.len, &c);
    if (!rc && edit->before[0])
        rc =
            read_side(h, edit->before, &before, &(struct complaints){ 0 }, err);
    if (!rc)
        rc = check_once(h, commit, edit, &before, &after, &c, err);
    if (!rc)
        tally_file(h->tally, edit->path, commit->hex, &c);
    text_release(&before);
    text_release(&after);
    return rc;
}

static int check_commit(const struct proposed_commit *commit, void *payload,
                        struct error *err)
{
    const struct hook *h = payload;
    struct complaints c = { 0 };
    int rc = 0;

    if (commit->parents > 1) {
        complaints_add(&c, whole,
                       "joins two histories, but this one is a line: put your "
                       "commits on its end with 'git pull --rebase'");
        tally_file(h->tally, "merge", commit->hex, &c);
    }
    for (size_t i = 0; i < commit->count && !rc; i++)
        rc = check_edit(h, commit, &commit->edits[i], err);
    return rc;
}

int validate_staged(struct tally *t, struct error *err)
{
    struct hook h = { .tally = t };
    int rc = proposed_open(NULL, &h.proposed, err);
    if (!rc)
        rc = proposed_staged(h.proposed, check_commit, &h, err);
    proposed_free(h.proposed);
    return rc;
}

int validate_checkout(struct tally *t, const char *path, struct error *err)
{
    struct hook h = { .tally = t };
    int rc = proposed_open(path, &h.proposed, err);
    if (!rc)
        rc = proposed_head(h.proposed, check_commit, &h, err);
    proposed_free(h.proposed);
    return rc;
}

struct move {
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE]; /* "" is not there */
    char ref[REF_MAX];
};

static void complain_of_ref(const struct hook *h, const struct move *m,
                            const char *what)
{
    struct complaints c = { 0 };
    complaints_add(&c, whole, "%s", what);
    tally_file(h->tally, m->ref, "", &c);
}

static int check_removal(const struct hook *h, const struct move *m,
                         struct error *err)
{
    bool kept = false;
    if (strncmp(m->ref, "refs/tags/", 10) == 0)
        complain_of_ref(h, m, "is a tag and stays: leave it");
    else if (proposed_is_kept(h->proposed, m->ref, m->before, &kept, err))
        return -1;
    else if (!kept)
        complain_of_ref(h, m,
                        "would be removed with commits that no other "
                        "reference has: leave it");
    return 0;
}

/* What happens to a reference that is there already. */
static int check_move(const struct hook *h, const struct move *m,
                      struct error *err)
{
    bool descends = false;
    if (strncmp(m->ref, "refs/tags/", 10) == 0) {
        complain_of_ref(h, m, "is a tag and stays where it is: name a new one");
        return 0;
    }
    if (proposed_descends(h->proposed, m->after, m->before, &descends, err))
        return -1;
    if (!descends)
        complain_of_ref(h, m,
                        "would lose commits that it has (a forced push): put "
                        "yours on its end with 'git pull --rebase' and push "
                        "without --force");
    return 0;
}

static int check_ref(struct hook *h, const struct move *m, struct error *err)
{
    if (!m->after[0])
        return check_removal(h, m, err);
    if (m->before[0] && check_move(h, m, err))
        return -1;
    return proposed_pushed(h->proposed, m->after, check_commit, h, err);
}

static bool is_id(char hex[STORE_ID_SIZE])
{
    if (strlen(hex) != STORE_ID_SIZE - 1 ||
        strspn(hex, "0123456789abcdef") != STORE_ID_SIZE - 1)
        return false;
    if (strspn(hex, "0") == STORE_ID_SIZE - 1)
        hex[0] = '\0'; /* git's word for "not there" */
    return true;
}

static int read_move(const char *line, struct move *m, struct error *err)
{
    if (sscanf(line, "%40s %40s %511s", m->before, m->after, m->ref) == 3 &&
        is_id(m->before) && is_id(m->after))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "'%.80s' is not a line 'OLD NEW REF': git hands those to "
                     "a pre-receive hook",
                     line);
}

int validate_pushed(struct tally *t, const char *in, struct error *err)
{
    struct hook h = { .tally = t };
    struct move m;
    int rc = proposed_open(NULL, &h.proposed, err);

    for (const char *line = in; !rc && *line;) {
        size_t n = strcspn(line, "\n");
        char one[REF_MAX + 2 * STORE_ID_SIZE];
        snprintf(one, sizeof(one), "%.*s", (int)n, line);
        rc = n ? read_move(one, &m, err) : 0;
        if (!rc && n)
            rc = check_ref(&h, &m, err);
        line += n + (line[n] == '\n');
    }
    proposed_free(h.proposed);
    return rc;
}
