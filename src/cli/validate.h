/* cli/validate.h - the parts of `gridwatch validate`. */
#ifndef CLI_VALIDATE_H
#define CLI_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "record/complaint.h"
#include "store/store.h"
#include "sys/text.h"

/* Lines that a hook prints: a forge shows them on a small screen. */
#define VALIDATE_HOOK_LINES 20

struct tally {
    bool silent;      /* counts, prints nothing */
    size_t lines_max; /* of complaints printed; 0: all */
    size_t files, bad, complaints;
    size_t told;
};

/* Counts one file as checked, and as bad when there are complaints; prints
 * those as "path:line:column: what", with the commit unless that is "". */
void tally_file(struct tally *t, const char *path, const char *commit,
                const struct complaints *c);

/* The check of one file as it stands; what a forge keeps for itself (paths that
 * begin with a dot) is not looked at. */
void tally_content(struct tally *t, const char *path, const char *commit,
                   const struct text *data);

/* "and N more", when lines were kept back. */
void tally_end(const struct tally *t);

/* The same for a file that cannot be read: it is bad because of `why`. */
void tally_unread(struct tally *t, const char *path, const char *commit,
                  const struct error *why);

/* What an edit does to a file that is written once. */
struct once_edit {
    const char *path;
    const struct text *before, *after; /* NULL: not there */
    int64_t when_ms;   /* of the commit; MOMENT_NONE while it is only staged */
    bool by_run;       /* the commit says which run made it */
    bool grid_has_run; /* of a grid's file that is removed: its state, its
                        * newest slot or any other stands in the commit before,
                        * which is the first parent, or HEAD while staged */
};

/* Complains when the edit takes back what stands for good: an audit event, a
 * seed, a configuration, a slot document (but see docs/record.md), a schema,
 * the file of a grid that was watched. */
void once_check(const struct once_edit *e, struct complaints *c);

/* `validate --pre-commit`: what is staged. */
int validate_staged(struct tally *t, struct error *err);

/* `validate CHECKOUT`: its newest commit. */
int validate_checkout(struct tally *t, const char *path, struct error *err);

/* `validate --pre-receive`: lines "OLD NEW REF" of `in`, as git hands them to
 * that hook. */
int validate_pushed(struct tally *t, const char *in, struct error *err);

/* `validate --history`: everything that the branch ever held. */
int validate_history(struct tally *t, struct store *store, struct error *err);

#endif
