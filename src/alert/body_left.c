#include "alert/body_left.h"

#include <math.h>

#include "alert/draft.h"
#include "alert/money.h"
#include "base/moment.h"

/* "sold 0.173 BTC at 57001 to 57020 between 17:05 UTC and 17:06 UTC" */
static void put_sale(struct draft *d, const struct alert_now *now)
{
    const struct parting_sale *s = now->sale;
    bool priced = !isnan(s->low) && !isnan(s->high);

    if (isnan(s->base)) {
        draft_put(d, "its sub-account was emptied");
    } else {
        draft_put(d, "sold ");
        draft_amount(d, s->base);
        draft_put(d, " ");
        money_put_base(d, now->grid);
    }
    if (priced) {
        draft_put(d, isnan(s->base) ? ", the price being " : " at ");
        draft_number(d, s->low);
        if (s->low < s->high) {
            draft_put(d, " to ");
            draft_number(d, s->high);
        }
    }
    draft_put(d, s->from_ms < s->until_ms ? " between " : " at ");
    draft_clock(d, s->from_ms);
    if (s->from_ms < s->until_ms) {
        draft_put(d, " and ");
        draft_clock(d, s->until_ms);
    }
    draft_put(d, isnan(s->base) ? "" : ", and no order of it is open");
}

/* Of a grid that looks left: nothing is asked but that it be said. */
void body_write_left(const struct alert_now *now, struct intent *out)
{
    struct draft d = { out->body, sizeof(out->body), 0, now->e->slot_ms,
                       now->zone };

    draft_put(&d, "It looks left");
    if (now->sale && now->sale->from_ms != MOMENT_NONE) {
        draft_put(&d, ": ");
        put_sale(&d, now);
    }
    draft_put(&d,
              ".\nIf so: gridwatch grid stop %s. Until then it counts as "
              "running, but nothing else is told of it and no siren rings.\n"
              "Next: a message when orders or inventory of it come back.\n",
              now->e->grid);
}
