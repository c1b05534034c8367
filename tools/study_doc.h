/* tools/study_doc.h - where the figures of a study go: standard output, and
 * on demand the document that speaks of them. */
#ifndef TOOLS_STUDY_DOC_H
#define TOOLS_STUDY_DOC_H

#include <stdbool.h>

#include "base/error.h"
#include "sys/text.h"

/* A study's text: Markdown, of which tables are the most. */
#define STUDY_TEXT TEXT_INIT((size_t)1 << 20)

/* One line of text, or one row of a table: "| a | b |". */
void study_say(struct text *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "yes" or "**NO**". */
const char *study_passed(bool ok);

/* Puts the text between the lines "<!-- figures -->" and "<!-- end -->" of a
 * document, in place of what stands there. */
int study_doc_write(const struct text *t, const char *path, struct error *err);

/* The same between "<!-- figures PART -->" and the next "<!-- end -->". */
int study_doc_write_part(const struct text *t, const char *path,
                         const char *part, struct error *err);

/* The command line of every study: [--doc FILE] [FILE...]. */
struct study_args {
    const char *doc;    /* or NULL */
    char *const *files; /* borrowed */
    int count;
};
int study_args_read(struct study_args *out, int argc, char **argv,
                    struct error *err);

/* The end of every study: writes the text and says what it came to. `passed`
 * tells whether every figure that must be met was. Returns the exit status:
 * 0, 1 (a figure was missed), 64 (usage), 74 (cannot write), 77 (no recorded
 * files were given, so part of the study was not made; no document then). */
int study_end(const char *name, const struct study_args *args,
              const struct text *t, bool passed);

#endif
