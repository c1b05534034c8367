/* cli/explain_internal.h - what the sections of an explanation share. */
#ifndef CLI_EXPLAIN_INTERNAL_H
#define CLI_EXPLAIN_INTERNAL_H

#include "alert/draft.h"
#include "cli/explain.h"
#include "cli/explain_page.h"

struct told {
    const struct explain *x;
    struct evaluation e; /* the document's; its regime with the numbers of the
                            metrics document, if that is there */
    bool state_now;      /* the state document stands at this slot */
};
struct told told_of(const struct explain *x);

/* May the row raise the state? Not in shadow, off, or not in the profile. */
bool told_is_active(const struct told *t, int id);

/* A metric of the slot; unavailable without its document. */
struct value told_metric(const struct told *t, enum metric_id id);

/* Why there is no number: "not identified". */
const char *told_status(struct value x);

/* A paragraph that is being written. */
struct paragraph {
    char text[PAGE_PARAGRAPH];
    struct draft draft;
};
struct draft *paragraph_begin(struct paragraph *p, const struct told *t);

/* A row that says no, on its way to yes: how far it is and what it needs. */
struct way {
    enum trigger_id id;
    double far; /* to its limit, as a share of it; prices as ln; 0: there */
};
/* The rows that would raise the state by one level, nearest first; returns how
 * many. Those that cannot be asked are not among them. */
size_t told_ways(const struct told *t, struct way out[TRIGGER_COUNT]);
/* "pi 0.283, needs 0.4: +0.117" */
void told_put_way(const struct told *t, enum trigger_id id, struct draft *d);
/* "must fall below 0.3: -0.153": what ends a yes. Nothing where only its own
 * words would say so. */
void told_put_end(const struct told *t, enum trigger_id id, struct draft *d);

/* "as straight as 1 in 12 random walks", "as on a random walk" or, without a
 * percentile, "". */
struct normal {
    enum metric_id id;
    const char *name, *high, *low; /* "as ... as 1 in n" at either end */
    int decimals;
};
extern const struct normal normals[];
extern const size_t normal_count;
void told_put_normal(const struct told *t, const struct normal *n,
                     struct draft *d);

/* Do the profiles answer this row differently? */
bool told_profiles_differ(const struct told *t, int id);

/* The sections. */
void explain_why(const struct told *t, struct page *p);
void explain_change(const struct told *t, struct page *p);
void explain_pi(const struct told *t, struct page *p);
void explain_prices(const struct told *t, struct page *p);
void explain_normal(const struct told *t, struct page *p);
void explain_regime(const struct told *t, struct page *p);
void explain_profiles(const struct told *t, struct page *p);
void explain_gates(const struct told *t, struct page *p);
void explain_waiting(const struct told *t, struct page *p);

#endif
