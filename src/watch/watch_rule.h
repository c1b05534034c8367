/* watch/watch_rule.h - what somebody else sees who only looks at the record.
 * Pure.
 *
 * The rules of `gridwatch watchdog` stand in one table and are not
 * configurable: what watches a service may not be talked out of it by the
 * service's own files. They share nothing with the job's decisions: facts are
 * read from the documents, limits stand here.
 */
#ifndef WATCH_WATCH_RULE_H
#define WATCH_WATCH_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WATCH_NAME_MAX 32  /* of a grid, with the zero byte */
#define WATCH_PATH_MAX 128 /* of a document, likewise */
#define WATCH_WHAT_MAX 480

/* --- What was seen -------------------------------------------------------- */

struct watch_grid {
    char id[WATCH_NAME_MAX];
    bool runs;         /* running, or paused: recorded in each slot */
    bool paused;       /* its operator wants to be told nothing */
    bool unread;       /* its file is there and cannot be read, or */
    bool gone;         /* is gone, and nothing says that it was stopped */
    int64_t life_ms;   /* it was started then, or MOMENT_NONE */
    int64_t runs_ms;   /* the first look of those that saw it running since, or
                          MOMENT_NONE */
    int64_t heard_ms;  /* the newest message about it that was got was decided
                          then, or MOMENT_NONE */
    int64_t slot_ms;   /* newest slot that stands, or MOMENT_NONE; those
                          beyond WATCH_AHEAD_MS do not count */
    int64_t ahead_ms;  /* newest of these, or MOMENT_NONE */
    int64_t before_ms; /* the newest that an earlier look saw, or MOMENT_NONE */
    int64_t torn_ms;   /* first slot whose document does not follow the one
                          before it, or MOMENT_NONE; */
    int64_t torn_to_ms;   /* that one's slot, and */
    int64_t torn_says_ms; /* what the document says it is, or MOMENT_NONE */
    double drawdown; /* of net PnL, a share of the capital; NO_VALUE: unknown */
    double equity_limit;  /* of M_EQUITY at that slot, likewise; NO_VALUE: it
                             was not asked */
    bool told;            /* that it must be left, since it is so */
    bool left;            /* its account shows that nothing of it is left */
    int64_t mandatory_ms; /* MANDATORY_EXIT up to the newest slot, and the first
                             of these slots that was no filled one; or
                             MOMENT_NONE */
    bool decided; /* a message of that, which may be on its way, or unheard */
};

/* A message of MANDATORY_EXIT, or a siren, that no channel took, nor a later
 * one about the same grid. */
struct watch_unheard {
    char grid[WATCH_NAME_MAX];
    int64_t at_ms;
};

/* A document that fails its schema. */
struct watch_invalid {
    char path[WATCH_PATH_MAX];
    char what[WATCH_WHAT_MAX];
};

/* A fault of the service that its record says stands. */
struct watch_stands {
    char class[WATCH_NAME_MAX], subject[WATCH_NAME_MAX];
    char what[WATCH_WHAT_MAX];
    int64_t since_ms;
    bool orders; /* open ones of a grid that was stopped */
};

/* Lists are borrowed. */
struct watch_facts {
    int64_t now_ms; /* on the watchdog's own clock */
    bool read;      /* false: `why` says why there are no facts */
    char why[WATCH_WHAT_MAX];
    bool accepted;  /* what is there now is the good one */
    bool rewritten; /* the tip that was seen last is no part of history */
    char tip_was[41], tip[41];
    const struct watch_grid *grids;
    size_t grid_count;
    bool service; /* the document about the service could be read */
    const struct watch_unheard *unheard;
    size_t unheard_count;
    const struct watch_invalid *invalid;
    size_t invalid_count;
    const struct watch_stands *stands;
    size_t stands_count;
};

/* --- The rules ------------------------------------------------------------ */

enum watch_rule_id {
    WATCH_UNREACHABLE,
    WATCH_REWRITTEN,
    WATCH_SILENT,
    WATCH_VANISHED,
    WATCH_TORN,
    WATCH_AHEAD,
    WATCH_INVALID,
    WATCH_UNDELIVERED,
    WATCH_UNSAID,
    WATCH_DRAWDOWN,
    WATCH_ZOMBIES,
    WATCH_STANDS,
    WATCH_RULE_COUNT
};

struct watch_finding {
    char subject[WATCH_PATH_MAX];
    char what[WATCH_WHAT_MAX]; /* one line, no full stop */
};

/* What one rule found. Those that find no room are counted. */
#define WATCH_FINDINGS_MAX 32
struct watch_findings {
    size_t count, more;
    struct watch_finding list[WATCH_FINDINGS_MAX];
};

struct watch_rule {
    const char *name;    /* also the anchor in docs/runbook.md */
    int priority;        /* of the message that it begins with; Pushover's */
    int64_t patience_ms; /* told when it was seen for so long */
    const char *limit;   /* for people */
    const char *meaning; /* one clause */
    const char *title;   /* of the message, in front of the subjects */
    const char *remedy;  /* sentences */
    void (*ask)(const struct watch_facts *f, struct watch_findings *out);
};
extern const struct watch_rule watch_rules[WATCH_RULE_COUNT];

/* Asks one rule. Without facts only WATCH_UNREACHABLE finds anything, and
 * watch_is_asked() says whether silence means that all is well. */
void watch_ask(enum watch_rule_id id, const struct watch_facts *f,
               struct watch_findings *out);
bool watch_is_asked(enum watch_rule_id id, const struct watch_facts *f);

/* Adds what was told since `since_ms` of a subject that could not be looked at
 * now: it stands on. Not when what is there now was accepted. */
void watch_stand_on(enum watch_rule_id id, const struct watch_facts *f,
                    const char *subject, int64_t since_ms,
                    struct watch_findings *out);

/* Limits, in milliseconds and as a share. */
#define WATCH_SILENT_MS      (40 * (int64_t)60000)
#define WATCH_UNHEARD_MS     (20 * (int64_t)60000)
#define WATCH_UNREACHABLE_MS (30 * (int64_t)60000)
#define WATCH_STANDS_MS      (60 * (int64_t)60000)
/* Messages are looked for no longer than a record keeps them at the least. */
#define WATCH_UNSAID_MOST_MS (20 * (int64_t)3600000)
/* What is decided in a run may be on its way as long as a run may take. */
#define WATCH_RUN_MS         (5 * (int64_t)60000)
/* A slot may be so far ahead of the watchdog's clock. */
#define WATCH_AHEAD_MS       (5 * (int64_t)60000)
#define WATCH_DRAWDOWN_SHARE 0.15
#define WATCH_DRAWDOWN_MOST  0.30 /* whatever a range is said to cost */

#endif
