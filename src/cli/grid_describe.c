/* A grid by the options of the command line: the whole of it, or what changes.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "cli/grid_words.h"
#include "record/pattern.h"

static int choose(const char *text, const char *const *words, size_t count,
                  const char *option, int *out, struct error *err)
{
    for (size_t i = 0; i < count && text; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = (int)i;
            return 0;
        }
    }
    return text ? error_set(err, FAULT_USAGE, "--%s '%.40s' is not known",
                            option, text)
                : 0;
}

static int price(const struct context *c, const char *option, double *out,
                 struct error *err)
{
    const char *text = act_option(c, option);
    if (!text || (number_parse(text, out) && *out > 0))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--%s '%.40s' is not a number above zero", option, text);
}

/* The stop on the side that the grid risks first. */
static double *stop_of(struct grid *g)
{
    return g->side == GRID_SHORT ? &g->stop.above : &g->stop.below;
}

static int read_levels(const struct context *c, struct grid *g,
                       struct error *err)
{
    const char *text = act_option(c, "levels");
    if (text && (!integer_parse(text, &g->levels) || g->levels < 2))
        return error_set(err, FAULT_USAGE,
                         "--levels '%.40s' is not a whole number from 2 on",
                         text);
    return 0;
}

static int read_spacing(const struct context *c, struct grid *g,
                        struct error *err)
{
    static const char *const spacings[] = { "arithmetic", "geometric" };
    int spacing = (int)g->spacing - 1; /* 0 is unstated */

    if (choose(act_option(c, "spacing"), spacings, ARRAY_LEN(spacings),
               "spacing", &spacing, err))
        return -1;
    g->spacing = (enum grid_spacing)(spacing + 1);
    return 0;
}

static int read_words(const struct context *c, struct grid *g,
                      struct error *err)
{
    static const char *const markets[] = { "spot", "futures" };
    static const char *const sides[] = { "long", "short", "neutral" };
    int market = GRID_SPOT, side = GRID_LONG;

    if (choose(act_option(c, "market"), markets, ARRAY_LEN(markets), "market",
               &market, err) ||
        choose(act_option(c, "side"), sides, ARRAY_LEN(sides), "side", &side,
               err))
        return -1;
    g->market = (enum grid_market)market;
    g->side = (enum grid_side)side;
    return read_spacing(c, g, err);
}

static int read_numbers(const struct context *c, struct grid *g,
                        struct error *err)
{
    if (price(c, "lower", &g->lower, err) ||
        price(c, "upper", &g->upper, err) ||
        price(c, "stop", stop_of(g), err) ||
        price(c, "capital", &g->capital, err) ||
        price(c, "start-price", &g->start_price, err))
        return -1;
    return read_levels(c, g, err);
}

/* Which it names is only seen when the exchange is asked. */
static int read_account(const struct context *c, struct grid *g,
                        struct error *err)
{
    const char *name = act_option(c, "account");
    if (!name)
        return 0;
    if (strlen(name) >= sizeof(g->account) ||
        !pattern_matches(PATTERN_ACCOUNT, name))
        return error_set(err, FAULT_USAGE,
                         "--account '%.40s' is not main, robot or the name of "
                         "a sub-account: at most %zu characters, %s",
                         name, sizeof(g->account) - 1,
                         pattern_words(PATTERN_ACCOUNT));
    snprintf(g->account, sizeof(g->account), "%s", name);
    return 0;
}

static int need(const struct context *c, const char *option, struct error *err)
{
    return act_option(c, option)
               ? 0
               : error_set(err, FAULT_USAGE, "'grid create' needs --%s",
                           option);
}

/* "run" is the service's own name in the record. */
static int check_id(const char *id, struct error *err)
{
    if (strcmp(id, "run") == 0)
        return error_set(err, FAULT_USAGE,
                         "'run' is the service's own name: choose another id");
    if (strlen(id) >= GRID_ID_MAX || !pattern_matches(PATTERN_GRID_ID, id))
        return error_set(err, FAULT_USAGE, "'%.40s' is not %s", id,
                         pattern_words(PATTERN_GRID_ID));
    return 0;
}

int grid_describe(const struct context *c, const char *id, int64_t at_ms,
                  struct grid *g, struct error *err)
{
    const char *symbol = act_option(c, "symbol");

    *g = (struct grid){ .capital = NO_VALUE,
                        .start_price = NO_VALUE,
                        .started_at_ms = at_ms,
                        .stop = { NO_VALUE, NO_VALUE },
                        .take_profit = NO_VALUE };
    if (need(c, "symbol", err) || need(c, "lower", err) ||
        need(c, "upper", err))
        return -1;
    if (check_id(id, err))
        return -1;
    if (strlen(symbol) >= sizeof(g->symbol))
        return error_set(err, FAULT_USAGE, "--symbol '%.40s' is too long",
                         symbol);
    snprintf(g->id, sizeof(g->id), "%s", id);
    snprintf(g->symbol, sizeof(g->symbol), "%s", symbol);
    const char *dash = strchr(g->symbol, '-');
    if (dash)
        snprintf(g->quote, sizeof(g->quote), "%.15s", dash + 1);
    return read_words(c, g, err) || read_numbers(c, g, err) ||
                   read_account(c, g, err)
               ? -1
               : 0;
}

/* --- What changes --------------------------------------------------------- */

static void put_number(struct text *out, double v)
{
    char digits[NUMBER_TEXT] = "none";
    if (!isnan(v))
        number_format(v, digits);
    text_puts(out, digits);
}

static void put_change(struct text *out, const char *name, double was,
                       double is)
{
    if (was == is || (isnan(was) && isnan(is)))
        return;
    text_printf(out, "%s%s ", out->len ? ", " : "", name);
    put_number(out, was);
    text_puts(out, " -> ");
    put_number(out, is);
}

static double count_of(int64_t levels)
{
    return levels ? (double)levels : NO_VALUE;
}

static void put_changes(struct text *out, const struct grid *was,
                        const struct grid *is)
{
    put_change(out, "lower", was->lower, is->lower);
    put_change(out, "upper", was->upper, is->upper);
    put_change(out, "stop below", was->stop.below, is->stop.below);
    put_change(out, "stop above", was->stop.above, is->stop.above);
    put_change(out, "capital", was->capital, is->capital);
    put_change(out, "levels", count_of(was->levels), count_of(is->levels));
}

static int keep_note(const struct context *c, const struct text *changes,
                     char why[GRID_NOTE_MAX], struct error *err)
{
    const char *note = act_option(c, "note");
    int n = snprintf(why, GRID_NOTE_MAX, "%s%s%s", text_str(changes),
                     note ? ": " : "", note ? note : "");
    if (n >= GRID_NOTE_MAX)
        return error_set(err, FAULT_USAGE,
                         "--note is %d bytes too long beside what changes",
                         n - GRID_NOTE_MAX + 1);
    return 0;
}

/* --- What was left out ---------------------------------------------------- */

static void put_word(struct text *out, const char *name, const char *word)
{
    text_printf(out, "%s%s none -> %s", out->len ? ", " : "", name, word);
}

/* What a bot keeps for life may be said once, whenever that is. */
static int check_unsaid(const struct context *c, const struct grid *g,
                        struct error *err)
{
    const struct {
        const char *option;
        bool said;
    } rows[] = {
        { "spacing", g->spacing != 0 },
        { "start-price", !isnan(g->start_price) },
        { "account", g->account[0] != '\0' },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].said && act_option(c, rows[i].option))
            return error_set(err, FAULT_USAGE,
                             "grid '%s' says its %s already, and a bot keeps "
                             "that: stop it and create another, or correct its "
                             "file",
                             g->id, rows[i].option);
    return 0;
}

static int say_rest(const struct context *c, struct grid *g,
                    struct text *changes, struct error *err)
{
    const double none = NO_VALUE;
    const char *spacing = act_option(c, "spacing");

    if (check_unsaid(c, g, err) || read_spacing(c, g, err) ||
        price(c, "start-price", &g->start_price, err) ||
        read_account(c, g, err))
        return -1;
    if (spacing)
        put_word(changes, "spacing", spacing);
    if (act_option(c, "start-price"))
        put_change(changes, "start price", none, g->start_price);
    if (act_option(c, "account"))
        put_word(changes, "account", g->account);
    return 0;
}

int grid_redescribe(const struct context *c, struct grid *g,
                    char why[GRID_NOTE_MAX], struct error *err)
{
    static const char *const names[] = { "lower",       "upper",  "stop",
                                         "capital",     "levels", "spacing",
                                         "start-price", "account" };
    struct text changes = TEXT_INIT(1024);
    const struct grid was = *g;
    const char *stop = act_option(c, "stop");
    bool none = stop && strcmp(stop, "none") == 0;
    bool named = false;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        named = named || act_option(c, names[i]);
    if (!named)
        return error_set(err, FAULT_USAGE,
                         "'grid change' needs --lower, --upper, --stop, "
                         "--capital or --levels, or what its file does not "
                         "say: --spacing, --start-price or --account");
    if (price(c, "lower", &g->lower, err) ||
        price(c, "upper", &g->upper, err) ||
        (!none && price(c, "stop", stop_of(g), err)) ||
        price(c, "capital", &g->capital, err) || read_levels(c, g, err))
        return -1;
    if (none)
        *stop_of(g) = NO_VALUE;
    put_changes(&changes, &was, g);
    int rc = say_rest(c, g, &changes, err);
    if (!rc && changes.len)
        rc = keep_note(c, &changes, why, err);
    else if (!rc)
        rc = error_set(err, FAULT_USAGE,
                       "grid '%s' is so already: nothing changes", g->id);
    text_release(&changes);
    return rc;
}
