#include "run/robot.h"

#include <stdio.h>
#include <string.h>

#include "run/account.h"
#include "run/faults.h"
#include "run/reconcile.h"

void robot_names(const struct run *r, const char **out)
{
    size_t n = 0;
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        const char *name = account_name(&g->grid);
        size_t k = 0;

        if (!account_is_asked(r, g) || account_is_own(&g->grid))
            continue;
        while (k < n && strcmp(out[k], name) != 0)
            k++;
        if (k == n)
            out[n++] = name;
    }
    out[n] = NULL;
}

/* The sub-account as it was read, or NULL. */
static const struct kucoin_sub *sub_of(const struct run *r,
                                       const struct grid_run *g)
{
    const char *name = account_name(&g->grid);
    for (size_t i = 0; i < r->account->sub_count; i++)
        if (strcmp(r->account->subs[i].asked, name) == 0)
            return &r->account->subs[i];
    return NULL;
}

static double held(const struct kucoin_sub *sub, const char *currency,
                   size_t len)
{
    struct decimal sum = DECIMAL_ZERO;
    for (size_t i = 0; i < sub->balance_count; i++) {
        const struct kucoin_balance *b = &sub->balances[i];
        if (strncmp(b->currency, currency, len) == 0 &&
            b->currency[len] == '\0')
            sum = decimal_add(sum, b->balance);
    }
    return decimal_double(sum);
}

static double base_of(const struct kucoin_sub *sub, const struct grid_run *g)
{
    return held(sub, g->grid.symbol, strcspn(g->grid.symbol, "-"));
}

static double quote_of(const struct kucoin_sub *sub, const struct grid_run *g)
{
    const char *quote = strchr(g->grid.symbol, '-') + 1;
    return held(sub, quote, strlen(quote));
}

/* Another grid of the same base currency in that sub-account, or of writers
 * that are not known here? One asked for as `robot` is there by its name, too.
 */
static bool is_shared(const struct run *r, const struct grid_run *g)
{
    const struct kucoin_sub *sub = sub_of(r, g);
    size_t len = strcspn(g->grid.symbol, "-") + 1;

    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *other = &r->grids[i];
        if (other == g || account_is_own(&other->grid) ||
            grid_status(&other->grid) == GRID_IS_STOPPED ||
            strncmp(other->grid.symbol, g->grid.symbol, len) != 0)
            continue;
        const struct kucoin_sub *its = sub_of(r, other);
        if (!its || strcmp(its->name, sub->name) == 0)
            return true;
    }
    return !run_is_alone(r);
}

const char *robot_inventory(const struct run *r, const struct grid_run *g,
                            double *base)
{
    if (g->grid.source == GRID_SOURCE_EXCHANGE)
        return "the grid's file asks for fills, and a sub-account shows none";
    if (g->grid.source == GRID_SOURCE_MODEL)
        return "the grid's file asks for the model";
    if (r->account->key.state != KUCOIN_KEY_USABLE)
        return account_no_key(r);
    const struct kucoin_sub *sub = sub_of(r, g);
    if (!sub)
        return "its sub-account could not be read";
    if (sub->mode == KUCOIN_MODE_UNIFIED)
        return "its sub-account is a unified one, whose money is not seen";
    if (sub->mode == KUCOIN_MODE_UNKNOWN && sub->balance_count == 0)
        return "its sub-account shows nothing, as a unified one would";
    if (is_shared(r, g))
        return "several grids share its sub-account";
    *base = base_of(sub, g);
    return NULL;
}

/* A sub-account's balance: no fill, so no fee was rounded. */
static bool is_dust(const struct kucoin_answer *a, double base)
{
    const struct books none = books_new();
    const struct books_least least = reconcile_least(a);
    struct decimal dust;
    return a->facts_ok && books_dust(&none, &least, &dust) &&
           base < decimal_double(dust);
}

struct parting_funds robot_funds(const struct run *r, const struct grid_run *g,
                                 struct value close)
{
    struct parting_funds now = { NO_VALUE, NO_VALUE, NO_VALUE };
    const struct kucoin_answer *a = &r->symbols[g->symbol].answer;

    if (robot_inventory(r, g, &now.base))
        return now;
    now.quote = quote_of(sub_of(r, g), g);
    if (value_usable(close))
        now.worth = now.base * close.v + now.quote;
    if (!a->facts_ok && now.base > 0)
        now.base = NO_VALUE; /* it may be dust */
    else if (is_dust(a, now.base))
        now.base = 0;
    return now;
}

/* The balances are of now, the model of the slot's end: one cell may have
 * changed hands since. Fees may be taken from the base currency. */
bool robot_agrees(struct run *r, const struct grid_run *g, double base)
{
    const struct holding *h = &g->holding;
    struct shadow_books b;
    char what[RECORD_LINE_MAX];
    int len = (int)strcspn(g->grid.symbol, "-");

    shadow_value(&h->shadow, &g->grid, &h->terms, h->shadow.last, &b);
    double least = b.base_lo * (1 - 2 * h->terms.fee) - h->shadow.amount;
    double most = b.base_hi + h->shadow.amount;
    run_look(r, FAULT_CLASS_POSITION);
    if (base >= least && base <= most)
        return true;
    snprintf(what, sizeof(what),
             "its sub-account holds %.8g %.*s, the model says %.8g to %.8g",
             base, len, g->grid.symbol, b.base_lo, b.base_hi);
    run_see(r, FAULT_CLASS_POSITION, g->grid.id, "", what);
    return false;
}
