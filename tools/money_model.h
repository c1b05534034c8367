/* tools/money_model.h - the model's interval against the bot it is of.
 *
 * The model sees what a service sees: the bars that closed, through the window
 * of the slot. The bot pays its fees in quote.
 */
#ifndef TOOLS_MONEY_MODEL_H
#define TOOLS_MONEY_MODEL_H

#include "tools/money_cover.h"
#include "tools/money_exact.h"

struct money_outside {
    long bars, inventory, lower;
};

struct money_modelled {
    long late; /* slots at which the model did not stand at the newest bar */
    struct money_outside sure;   /* what the header promises to hold */
    struct money_outside unpaid; /* rounds do not pay: no lower end promised */
    long risks, risk_low, risk_high; /* capital at risk: outside of its ends */
};

/* Asks the model at the slot that closes bar `i` and compares. What is sure is
 * added to `cover` as a sample of grid number `number`. */
void money_model(struct money_side *s, const struct money_grid *g, size_t i,
                 struct window *window, struct money_modelled *found,
                 struct money_cover *cover, uint32_t number);

#endif
