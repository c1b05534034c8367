/* tools/study_fit.h - least squares and the logit, of a few terms each. Pure.
 *
 * Both are solved by their normal equations, with Cholesky's factor: the terms
 * are at most FIT_TERMS and of like size, rows are many.
 */
#ifndef TOOLS_STUDY_FIT_H
#define TOOLS_STUDY_FIT_H

#include <stdbool.h>
#include <stddef.h>

#define FIT_TERMS 10

/* Solves A x = b, A symmetric and positive definite, `n` <= FIT_TERMS; `x`
 * replaces `b`. False, and `b` undefined, if a pivot is not above 1e-12 of its
 * diagonal: the terms do not stand apart. */
bool fit_solve(double a[FIT_TERMS][FIT_TERMS], double *b, int n);

/* Rows of (x, y) in groups that each have a level of their own, y = level(g) +
 * slope . x: what is left within the groups has the same slopes as a column
 * for each group (Frisch and Waugh 1933). */
#define FIT_GROUPS 168
struct groups {
    int terms, count; /* <= FIT_TERMS, FIT_GROUPS */
    double n[FIT_GROUPS], x[FIT_GROUPS][FIT_TERMS], y[FIT_GROUPS];
    double xx[FIT_TERMS][FIT_TERMS], xy[FIT_TERMS];
};
struct slopes {
    double level[FIT_GROUPS]; /* NO_VALUE for a group without a row */
    double slope[FIT_TERMS];
};
void groups_add(struct groups *g, int group, const double *x, double y);
/* False where fit_solve() says so. */
bool groups_fit(const struct groups *g, struct slopes *out);

/* logit P(event) = b0 + b1 x + b2 x^2/10 + c . more, by maximum likelihood
 * (Newton's steps). The division keeps the columns of like size for the logits
 * that pi knows, -9 to 9. A kind has the first `terms` of the b, 2 or 3, and
 * the c whose bit of `more` is set; those that it has not are 0. */
#define LOGIT_TERMS 3
#define LOGIT_MORE  6
struct logit_kind {
    int terms;
    unsigned more;
};
struct logit_row {
    double x, more[LOGIT_MORE];
    unsigned known; /* a bit for each of `more` that has a value; else 0 */
    bool event;
};
struct logit {
    double b[LOGIT_TERMS], c[LOGIT_MORE];
};
double logit_at(const struct logit *l, const struct logit_row *row);
/* From the rows that know all of `kind`. False if there is no greatest
 * likelihood, or no step finds it. */
bool logit_fit(const struct logit_row *rows, size_t count,
               const struct logit_kind *kind, struct logit *out);

#endif
