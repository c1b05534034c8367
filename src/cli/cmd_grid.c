/* gridwatch grid list | show | create | stop. Each change is a commit. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "cli/command.h"
#include "run/edit.h"
#include "run/grid_json.h"

enum {
    G_SYMBOL,
    G_MARKET,
    G_SIDE,
    G_LOWER,
    G_UPPER,
    G_STOP,
    G_LEVELS,
    G_SPACING,
    G_CAPITAL,
    G_NOTE
};

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

static int price(const char *text, const char *option, double *out,
                 struct error *err)
{
    if (!text || (number_parse(text, out) && *out > 0))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "--%s '%.40s' is not a number above zero", option, text);
}

static int need(const char *const *own, int option, const char *name,
                struct error *err)
{
    return own[option]
               ? 0
               : error_set(err, FAULT_USAGE, "'grid create' needs --%s", name);
}

static int read_words(const char *const *own, struct grid *g, struct error *err)
{
    static const char *const markets[] = { "spot", "futures" };
    static const char *const sides[] = { "long", "short", "neutral" };
    static const char *const spacings[] = { "", "arithmetic", "geometric" };
    int market = GRID_SPOT, side = GRID_LONG, spacing = 0;

    if (choose(own[G_MARKET], markets, ARRAY_LEN(markets), "market", &market,
               err) ||
        choose(own[G_SIDE], sides, ARRAY_LEN(sides), "side", &side, err) ||
        choose(own[G_SPACING], spacings, ARRAY_LEN(spacings), "spacing",
               &spacing, err))
        return -1;
    g->market = (enum grid_market)market;
    g->side = (enum grid_side)side;
    g->spacing = (enum grid_spacing)spacing;
    return 0;
}

static int read_numbers(const char *const *own, struct grid *g,
                        struct error *err)
{
    double stop = NO_VALUE;
    if (price(own[G_LOWER], "lower", &g->lower, err) ||
        price(own[G_UPPER], "upper", &g->upper, err) ||
        price(own[G_STOP], "stop", &stop, err) ||
        price(own[G_CAPITAL], "capital", &g->capital, err))
        return -1;
    if (g->side == GRID_SHORT)
        g->stop.above = stop;
    else
        g->stop.below = stop;
    if (own[G_LEVELS] &&
        (!integer_parse(own[G_LEVELS], &g->levels) || g->levels < 2))
        return error_set(err, FAULT_USAGE,
                         "--levels '%.40s' is not a whole number from 2 on",
                         own[G_LEVELS]);
    return 0;
}

static void add_history(struct grid *g, int64_t at_ms, enum grid_event event,
                        const char *note)
{
    struct grid_history *h = &g->history[g->history_count++];
    *h = (struct grid_history){ .at_ms = at_ms, .event = event };
    snprintf(h->note, sizeof(h->note), "%s", note ? note : "");
}

static int describe(const struct context *c, const char *id, int64_t at_ms,
                    struct grid *g, struct error *err)
{
    const char *const *own = c->args->value[1];
    char why[200];

    *g = (struct grid){ .capital = NO_VALUE,
                        .start_price = NO_VALUE,
                        .started_at_ms = at_ms,
                        .stop = { NO_VALUE, NO_VALUE },
                        .take_profit = NO_VALUE };
    if (need(own, G_SYMBOL, "symbol", err) ||
        need(own, G_LOWER, "lower", err) || need(own, G_UPPER, "upper", err))
        return -1;
    if (strlen(id) >= sizeof(g->id) ||
        strlen(own[G_SYMBOL]) >= sizeof(g->symbol))
        return error_set(err, FAULT_USAGE, "id or symbol is too long");
    snprintf(g->id, sizeof(g->id), "%s", id);
    snprintf(g->symbol, sizeof(g->symbol), "%s", own[G_SYMBOL]);
    const char *dash = strchr(g->symbol, '-');
    if (dash)
        snprintf(g->quote, sizeof(g->quote), "%.15s", dash + 1);
    if (read_words(own, g, err) || read_numbers(own, g, err))
        return -1;
    add_history(g, at_ms, GRID_CREATED, own[G_NOTE]);
    add_history(g, at_ms, GRID_STARTED, NULL);
    if (!grid_check(g, why, sizeof(why)))
        return error_set(err, FAULT_USAGE, "grid '%s': %s", id, why);
    return 0;
}

static int commit_and_tell(const struct context *c, struct edit *e,
                           const char *subject, struct error *err)
{
    if (c->dry_run) {
        printf("would commit: %s\n", subject);
        return 0;
    }
    if (edit_commit(e, subject, err))
        return -1;
    if (!c->quiet)
        printf("%s (%.7s)\n", subject, e->commit);
    if (e->push_owed)
        fprintf(stderr, "gridwatch: push owed, the next run pushes: %s\n",
                e->push_error.msg);
    return 0;
}

static int create(const struct context *c, const char *id, struct edit *e,
                  struct error *err)
{
    struct grid g, there;
    char subject[120];

    if (describe(c, id, e->at_ms, &g, err))
        return -1;
    struct error why;
    if (edit_read_grid(e->store, id, &there, &why) == 0 ||
        why.fault != FAULT_MISSING)
        return error_set(err, FAULT_USAGE,
                         "there is a grid '%s' already: choose another id", id);
    snprintf(subject, sizeof(subject), "%s: created and started", id);
    if (edit_put_grid(e, &g, err) ||
        edit_put_operator(e, id, OPERATOR_CREATE, c->args->value[1][G_NOTE],
                          err))
        return -1;
    return commit_and_tell(c, e, subject, err);
}

/* A name that is not there is the caller's slip. */
static int read_named(struct store *store, const char *id, struct grid *g,
                      struct error *err)
{
    int rc = edit_read_grid(store, id, g, err);
    if (rc && err->fault == FAULT_MISSING)
        err->fault = FAULT_USAGE;
    return rc;
}

static int stop(const struct context *c, const char *id, struct edit *e,
                struct error *err)
{
    const char *note = c->args->value[1][G_NOTE];
    struct grid g;
    char subject[120];

    if (read_named(e->store, id, &g, err))
        return -1;
    if (grid_status(&g) == GRID_IS_STOPPED)
        return error_set(err, FAULT_USAGE, "grid '%s' is stopped already", id);
    if (g.history_count == GRID_HISTORY_MAX)
        return error_set(err, FAULT_DATA,
                         "grid '%s': history is full (%d events)", id,
                         GRID_HISTORY_MAX);
    if (g.history_count == 0)
        add_history(&g, e->at_ms, GRID_CREATED, NULL);
    add_history(&g, e->at_ms, GRID_STOPPED, note);
    snprintf(subject, sizeof(subject), "%s: stopped", id);
    if (edit_put_grid(e, &g, err) ||
        edit_put_operator(e, id, OPERATOR_STOP, note, err))
        return -1;
    return commit_and_tell(c, e, subject, err);
}

static int change(const struct context *c, const char *id,
                  int (*how)(const struct context *, const char *,
                             struct edit *, struct error *),
                  struct error *err)
{
    struct edit e;
    const struct edit_options options = { c->config, version_engine(), c->at_ms,
                                          c->dry_run };
    int rc = edit_begin(&e, &options, err);
    if (!rc)
        rc = how(c, id, &e, err);
    edit_end(&e);
    return rc;
}

/* The grid as it is told by `grid show` and `grid list`. */
static void tell(const struct context *c, const struct grid *g)
{
    struct text out = TEXT_INIT(65536);
    if (c->json)
        grid_json(g, &out);
    else
        text_printf(&out, "%-16s %-12s %-8s %.8g to %.8g\n", g->id, g->symbol,
                    grid_status_name(grid_status(g)), g->lower, g->upper);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

static int show(const struct context *c, struct store *store, const char *id,
                struct error *err)
{
    struct text data = TEXT_INIT(65536);
    struct grid g;
    char path[RECORD_PATH_MAX];
    int rc = read_named(store, id, &g, err);

    record_grid_path(id, path);
    if (!rc && c->json)
        tell(c, &g);
    else if (!rc && (rc = store_read(store, path, &data, err)) == 0)
        fputs(text_str(&data), stdout);
    text_release(&data);
    return rc;
}

struct listing {
    const struct context *context;
    struct store *store;
};

static int list_one(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct listing *l = payload;
    struct grid g;
    char id[GRID_ID_MAX + 8];
    struct error why;
    size_t len = strcspn(e->name, ".");

    (void)err;
    if (e->is_dir || len >= GRID_ID_MAX)
        return 0;
    snprintf(id, sizeof(id), "%.*s", (int)len, e->name);
    if (edit_read_grid(l->store, id, &g, &why))
        fprintf(stderr, "gridwatch: %s\n", why.msg);
    else
        tell(l->context, &g);
    return 0;
}

static int look(const struct context *c, const char *id, struct error *err)
{
    struct store *store = NULL;
    struct listing l = { c, NULL };
    int rc = run_open_store(c->config, true, &store, err);
    l.store = store;
    if (!rc)
        rc = id ? show(c, store, id, err)
                : store_list(store, "grids", list_one, &l, err);
    store_free(store);
    return rc;
}

enum run_exit cmd_grid(const struct context *c, struct error *err)
{
    const char *word = c->args->words[0];
    const char *id = c->args->word_count > 1 ? c->args->words[1] : NULL;
    bool needs_id = strcmp(word, "list") != 0;
    int rc;

    if (strcmp(word, "propose") == 0)
        return cmd_propose(c, err);
    if (needs_id && !id) {
        error_set(err, FAULT_USAGE, "'grid %.20s' needs the id of a grid",
                  word);
        return RUN_USAGE;
    }
    if (strcmp(word, "list") == 0)
        rc = look(c, NULL, err);
    else if (strcmp(word, "show") == 0)
        rc = look(c, id, err);
    else if (strcmp(word, "create") == 0)
        rc = change(c, id, create, err);
    else if (strcmp(word, "stop") == 0)
        rc = change(c, id, stop, err);
    else
        rc = error_set(err, FAULT_USAGE, "'grid %.20s' is not implemented yet",
                       word);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
