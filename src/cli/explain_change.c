/* What would change the state, upwards and downwards. */
#include <inttypes.h>

#include "alert/why.h"
#include "base/moment.h"
#include "cli/explain_internal.h"

#define WAYS 4 /* rows that are told of the next level */

static void put_ways(const struct told *t, struct page *p)
{
    struct way ways[TRIGGER_COUNT];
    size_t n = told_ways(t, ways);
    for (size_t i = 0; i < n && i < WAYS; i++) {
        struct paragraph text;
        struct draft *d = paragraph_begin(&text, t);
        if (!i)
            draft_put(d, "worse: ");
        told_put_way(t, ways[i].id, d);
        if (triggers[ways[i].id].together)
            draft_put(d, " (one of several)");
        page_put(p, text.text);
    }
}

/* How many of the warnings it takes, if that is known here. */
static void put_needed(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    const struct exit_config *c = t->x->limits;
    if (!c || t->e.verdict.state != STATE_NORMAL)
        return;
    int64_t held = t->e.profile == PROFILE_SEED ? 1 : c->warning.held;
    draft_put(d,
              "of the %d warnings %" PRId64 " are needed for %" PRId64
              " bars, now %" PRId64,
              warnings_of(t->e.profile), c->warning.needed, held,
              t->e.verdict.together.yes);
    page_put(p, text.text);
}

/* Rows of the next level that have no answer. */
static void put_unasked(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        const struct trigger_result *r = &t->e.verdict.triggers[i];
        if (r->answer != ANSWER_UNKNOWN || !told_is_active(t, i))
            continue;
        draft_put(d, "%s%s",
                  count++ ? ", " : "cannot be asked now: ", triggers[i].id);
    }
    page_put(p, text.text);
}

/* The rows that made the state what it is, and what ends each. */
static void put_ends(const struct told *t, struct page *p)
{
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        struct paragraph text;
        struct draft *d = paragraph_begin(&text, t);
        if (t->e.verdict.triggers[i].answer != ANSWER_YES ||
            !told_is_active(t, i) || triggers[i].together ||
            triggers[i].raises != t->e.verdict.state)
            continue;
        draft_put(d, count++ ? "" : "better: ");
        told_put_end(t, (enum trigger_id)i, d);
        page_put(p, text.text);
    }
    if (t->e.verdict.state == STATE_WARNING &&
        t->e.verdict.together.answer == ANSWER_YES)
        page_put(p, count ? "and until fewer warnings say yes together"
                          : "better: until fewer warnings say yes together");
}

static void put_release(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    if (t->e.verdict.state != STATE_MANDATORY)
        return;
    draft_put(d, "released when the grid is stopped, or after ");
    if (t->x->limits)
        draft_put(d, "%" PRId64, t->x->limits->release_closes);
    else
        draft_put(d, "some");
    draft_put(d, " hourly closes in a row on which every M row says no");
    if (t->state_now)
        draft_put(d, ": %" PRId64 " so far", t->x->state->exit.clear_closes);
    page_put(p, text.text);
}

void explain_change(const struct told *t, struct page *p)
{
    put_release(t, p);
    put_ways(t, p);
    put_needed(t, p);
    put_ends(t, p);
    put_unasked(t, p);
    if (t->e.verdict.state == STATE_UNKNOWN)
        page_put(p, "a slot whose data are known");
    if (page_is_empty(p))
        page_put(p, "nothing is near");
}
