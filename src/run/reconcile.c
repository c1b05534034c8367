#include "run/reconcile.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/faults.h"

struct books_least reconcile_least(const struct kucoin_answer *a)
{
    return (struct books_least){
        .base = a->facts.base_min_size,
        .step = a->facts.base_increment,
        .funds = a->facts.min_funds,
        .price = a->ticker_ok ? a->ticker.price : NO_VALUE,
    };
}

bool reconcile_dust(const struct run *r, const struct grid_run *g,
                    struct decimal *out)
{
    const struct kucoin_answer *a = &r->symbols[g->symbol].answer;
    const struct books_least least = reconcile_least(a);
    return a->facts_ok && books_dust(&g->holding.books, &least, out);
}

struct decimal reconcile_base_now(const struct run *r, const struct grid_run *g)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;
    const struct holding *h = &g->holding;
    struct decimal base = h->books.base;
    size_t len = strcspn(g->grid.symbol, "-");

    for (size_t i = 0; i < a->fill_count; i++) {
        const struct fill *f = &a->fills[i];
        if (f->at_ms < h->fills_until_ms)
            continue;
        base = f->side == FILL_BUY ? decimal_add(base, f->size)
                                   : decimal_sub(base, f->size);
        if (strlen(f->fee_currency) == len &&
            strncmp(f->fee_currency, g->grid.symbol, len) == 0)
            base = decimal_sub(base, f->fee);
    }
    return base;
}

/* Who stood last at the very extreme of a bar was left out once or twice, not
 * so often. */
#define LACKS_LEAST 5

void reconcile_fills(struct run *r, struct grid_run *g)
{
    int64_t lacks = holding_lacks(&g->holding);
    char what[RECORD_LINE_MAX], since[MOMENT_TEXT];

    run_look(r, FAULT_CLASS_FILLS);
    if (lacks < LACKS_LEAST || g->holding.parting.left_ms != MOMENT_NONE ||
        grid_status(&g->grid) != GRID_IS_RUNNING)
        return;
    moment_format(g->holding.books.last_ms, since);
    snprintf(what, sizeof(what),
             "since its last fill at %s the bars should have filled %" PRId64
             " of its orders or more, and the account shows none",
             since, lacks);
    run_see(r, FAULT_CLASS_FILLS, g->grid.id, "", what);
}

static bool is_booked(const struct run *r, const struct grid_run *g)
{
    return g->evaluated && g->now.slot_ms == r->slot_ms &&
           g->position.source == POSITION_EXCHANGE;
}

static bool takes_part(const struct run *r, const struct grid_run *g)
{
    return is_booked(r, g) && g->holding.parting.left_ms == MOMENT_NONE;
}

static bool is_of_base(const struct grid_run *g, const struct grid_run *other)
{
    size_t len = strcspn(g->grid.symbol, "-") + 1;
    return strncmp(g->grid.symbol, other->grid.symbol, len) == 0;
}

static struct decimal there(const struct run *r, const struct grid_run *g)
{
    struct decimal sum = DECIMAL_ZERO;
    size_t len = strcspn(g->grid.symbol, "-");

    for (size_t i = 0; i < r->account->balance_count; i++) {
        const struct kucoin_balance *x = &r->account->balances[i];
        if (strncmp(x->currency, g->grid.symbol, len) == 0 &&
            x->currency[len] == '\0' && strcmp(x->type, "trade") == 0)
            sum = decimal_add(sum, x->balance);
    }
    return sum;
}

/* Has an earlier grid of the same base currency answered for it? */
static bool is_answered_for(const struct run *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (takes_part(r, &r->grids[k]) &&
            is_of_base(&r->grids[i], &r->grids[k]))
            return true;
    return false;
}

static void keep_standing(struct run *r, enum fault_class class, const char *id)
{
    const struct service_fault *f = run_fault(r, class, id);
    for (size_t i = 0; f && i < r->seen.count; i++) {
        if (r->seen.list[i].class == class &&
            strcmp(r->seen.list[i].subject, id) == 0)
            return;
    }
    if (f && r->seen.count < FAULTS_MAX)
        r->seen.list[r->seen.count++] = *f;
}

/* Fees that a grid of another base currency paid in that of `g`. */
static struct decimal fees_in(const struct grid_run *g,
                              const struct grid_run *other)
{
    const struct books *b = &other->holding.books;
    size_t len = strcspn(g->grid.symbol, "-");

    return strncmp(b->other_currency, g->grid.symbol, len) == 0 &&
                   b->other_currency[len] == '\0'
               ? b->other_fees
               : DECIMAL_ZERO;
}

/* What the grids of one base currency should hold. */
struct sum {
    struct decimal base, dust;
    size_t grids;
    bool known; /* their dust is */
};

static struct sum sum_of(const struct run *r, const struct grid_run *first)
{
    struct sum sum = { .known = true };
    struct decimal dust = DECIMAL_ZERO;

    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        if (!is_booked(r, g))
            continue;
        sum.base = decimal_sub(sum.base, fees_in(first, g));
        if (!takes_part(r, g) || !is_of_base(first, g))
            continue;
        sum.base = decimal_add(sum.base, reconcile_base_now(r, g));
        sum.known = sum.known && reconcile_dust(r, g, &dust);
        sum.dust = decimal_add(sum.dust, dust);
        sum.grids++;
    }
    return sum;
}

static void compare(struct run *r, const struct grid_run *g)
{
    const struct sum sum = sum_of(r, g);
    struct decimal holds = there(r, g);
    char held[DECIMAL_TEXT], said[DECIMAL_TEXT], what[RECORD_LINE_MAX];
    char whose[48] = "its fills say";

    if (decimal_cmp(holds, sum.base) >= 0)
        return;
    if (!sum.known) {
        keep_standing(r, FAULT_CLASS_POSITION, g->grid.id);
        return;
    }
    if (decimal_cmp(decimal_sub(sum.base, holds), sum.dust) < 0)
        return;
    if (sum.grids > 1)
        snprintf(whose, sizeof(whose), "the fills of %zu grids say", sum.grids);
    decimal_format(holds, held);
    decimal_format(sum.base, said);
    snprintf(what, sizeof(what), "%s %s %.*s, the trade account holds %s",
             whose, said, (int)strcspn(g->grid.symbol, "-"), g->grid.symbol,
             held);
    run_see(r, FAULT_CLASS_POSITION, g->grid.id, "", what);
}

static bool is_judged(const struct run *r, const struct grid_run *g)
{
    return is_booked(r, g) || (g->evaluated && g->now.slot_ms == r->slot_ms &&
                               g->position.source == POSITION_ROBOT);
}

/* Of a grid whose account could not be read nothing new is known. */
static void keep_unread(struct run *r)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        if (g->first_due_ms == MOMENT_NONE || is_judged(r, g))
            continue;
        keep_standing(r, FAULT_CLASS_POSITION, g->grid.id);
        keep_standing(r, FAULT_CLASS_FILLS, g->grid.id);
    }
}

void run_reconcile(struct run *r)
{
    keep_unread(r);
    if (!r->account || !r->account->balances_ok)
        return;
    for (size_t i = 0; i < r->grid_count; i++) {
        if (!is_booked(r, &r->grids[i]))
            continue;
        run_look(r, FAULT_CLASS_POSITION);
        if (takes_part(r, &r->grids[i]) && !is_answered_for(r, i))
            compare(r, &r->grids[i]);
    }
}
