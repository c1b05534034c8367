/* replay/verify.h - does the data repository say what follows from it?
 *
 * Three checks, each of which alone leaves something out:
 *   form      every file of the tip is valid, belongs where it stands, and an
 *             audit file has the hash that its name says;
 *   content   every slot is computed anew from the bars, the grid files and
 *             the configuration that the repository holds, and rendered: the
 *             bytes must be the same; transitions, messages, memories and the
 *             newest documents too;
 *   history   what is written once was never changed, it left the tip only by
 *             a run's retention, and only a run or an operator's action wrote
 *             anything else; each wrote what is its to write.
 *
 * Slots that left the tip are read from history, so all three say of them what
 * they say of the rest. A shallow clone holds no older history: what needs it
 * is counted as out of reach, and is no finding.
 *
 * What a run took from the outside (a ticker, an exchange's clock, an answer of
 * a channel) cannot be computed anew: form and history guard it.
 */
#ifndef REPLAY_VERIFY_H
#define REPLAY_VERIFY_H

#include "config/config.h"
#include "record/document.h"
#include "replay/difference.h"
#include "store/store.h"

struct finding {
    char path[RECORD_PATH_MAX];
    char say[256];          /* what is the matter */
    struct difference what; /* where the values differ; field "" otherwise */
};

#define FINDINGS_MAX 64 /* kept; those beyond are counted only */

struct verify_report {
    size_t files, commits;       /* looked at */
    size_t metrics, exits;       /* slot documents computed anew */
    size_t left;                 /* slot documents that left the tip */
    size_t transitions, intents; /* events */
    size_t out_of_reach;         /* slot documents that need what came before */
    char edge[STORE_ID_SIZE];    /* where a shallow clone ends, or "" */
    size_t strays;  /* documents that name a commit of their grid's file that is
                       not in history: it was put on another tip since */
    size_t yielded; /* messages that rang at a writer that lost the slot: what
                       they were concluded from was not kept */
    size_t unheld;  /* messages that rang of a slot that nobody recorded: there
                       is no slot document to hold them to */
    size_t findings;
    struct finding list[FINDINGS_MAX];
};

/* Called now and then; may be NULL. */
typedef void verify_progress(size_t done, size_t of, void *payload);

struct verify_options {
    const struct config *config; /* for slots whose own was not recorded */
    const char *engine;          /* of this program */
    verify_progress *progress;
    void *payload;
};

/* 0 with the report, whatever it says; -1 when the repository cannot be read.
 */
int verify_repository(struct store *store, const struct verify_options *options,
                      struct verify_report *out, struct error *err);

#endif
