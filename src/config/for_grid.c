#include "config/for_grid.h"

#include <stdio.h>
#include <string.h>

#include "config/checks.h"
#include "config/options.h"
#include "config/suggest.h"

#define TOLD_MAX 560 /* bytes of messages, so that the error has room */

/* What is wrong so far. */
struct told {
    struct text text;
    size_t errors, untold;
};

static void tell(struct told *t, const struct error *err)
{
    const char *between = t->errors ? "; " : "";
    t->errors++;
    t->untold += t->untold || text_printf(&t->text, "%s%s", between, err->msg);
}

static int tell_unknown(const char *key, struct error *err)
{
    const char *near = suggest_option(CONFIG_EXIT, key);
    if (section_find(CONFIG_EXIT, key))
        return error_set(err, FAULT_CONFIG,
                         "override '%s' is a map: name one of its keys", key);
    if (option_find(key) || section_find(CONFIG_SERVICE, key))
        return error_set(err, FAULT_CONFIG,
                         "override '%s' belongs to the service and is the same "
                         "for all grids: write it to '%s'",
                         key, config_file_path(CONFIG_SERVICE));
    if (near)
        return error_set(err, FAULT_CONFIG,
                         "unknown override '%s': did you mean '%s'?", key,
                         near);
    return error_set(err, FAULT_CONFIG,
                     "unknown override '%s': remove it, or see docs/config.md "
                     "for all keys",
                     key);
}

static bool is_overridden(const struct grid *g, const char *key, size_t until)
{
    for (size_t i = 0; i < until; i++)
        if (strcmp(g->overrides[i].key, key) == 0)
            return true;
    return false;
}

static int apply(const struct grid *g, size_t i, struct config *c,
                 struct error *err)
{
    const char *key = g->overrides[i].key;
    const struct config_option *o = option_find(key);
    if (is_overridden(g, key, i))
        return error_set(err, FAULT_CONFIG,
                         "override '%s' stands twice: keep one", key);
    if (!o || o->file != CONFIG_EXIT)
        return tell_unknown(key, err);
    return option_set(o, g->overrides[i].value, c, err);
}

/* Who sets the limits of L_HAZ, or the loss of M_EQUITY, for one grid means
 * them, even the defaults. */
static void own_limits_win(const struct grid *g, struct config *c)
{
    size_t n = g->override_count;
    if (!is_overridden(g, "exit.m_equity.range", n) &&
        is_overridden(g, "exit.m_equity.drawdown", n))
        c->exit.m_equity.range = 0;
    if (!is_overridden(g, "exit.l_haz.table", n) &&
        (is_overridden(g, "exit.l_haz.enter", n) ||
         is_overridden(g, "exit.l_haz.leave", n)))
        c->exit.l_haz_table = false;
}

static bool concerns(const struct config_check *ck, const struct grid *g)
{
    for (size_t k = 0; k < CHECK_KEYS && ck->keys[k]; k++)
        if (is_overridden(g, ck->keys[k], g->override_count))
            return true;
    return false;
}

static int check(const struct config_check *ck, const struct config *c,
                 struct error *err)
{
    char now[CHECK_VALUES];
    if (ck->holds(c))
        return 0;
    check_values(ck, c, now);
    return error_set(err, FAULT_CONFIG, "%s%s", ck->rule, now);
}

static void take(const struct config *c, struct config_grid *out)
{
    out->exit = c->exit;
    out->gate = c->gate;
    out->propose = c->propose;
    config_hash(c, out->hash);
}

int config_for_grid(const struct config *base, const struct grid *grid,
                    struct config_grid *out, struct error *err)
{
    struct told told = { .text = TEXT_INIT(TOLD_MAX) };
    struct config own = *base;
    struct error one;

    config_wipe(&own); /* secrets need no second copy */
    for (size_t i = 0; i < grid->override_count; i++)
        if (apply(grid, i, &own, &one))
            tell(&told, &one);
    own_limits_win(grid, &own);
    /* A check of what could not be read would tell nonsense. */
    bool all_read = told.errors == 0;
    for (size_t i = 0; i < config_check_count && all_read; i++)
        if (concerns(&config_checks[i], grid) &&
            check(&config_checks[i], &own, &one))
            tell(&told, &one);
    take(told.errors ? base : &own, out);
    if (told.errors)
        error_set(err, FAULT_CONFIG, "grid '%s': %s%s", grid->id,
                  text_str(&told.text), told.untold ? "; and more" : "");
    text_release(&told.text);
    return told.errors ? -1 : 0;
}
