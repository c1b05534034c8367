#include "sim/options.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "sim/attachment.h"

/* One option: what it does to the struct it fills, given its value. */
struct option_row {
    const char *name;
    bool alone; /* it has no value */
    int (*take)(void *options, const char *value, struct error *err);
};

static int bad(const char *value, const char *want, struct error *err)
{
    return error_set(err, FAULT_USAGE, "'%s' is not %s", value, want);
}

static int take_port(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    int64_t port = 0;
    if (!integer_parse(value, &port) || port < 0 || port > UINT16_MAX)
        return bad(value, "a port, 0 to 65535", err);
    o->port = (uint16_t)port;
    return 0;
}

static int take_port_file(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    (void)err;
    o->port_file = value;
    return 0;
}

static int take_received(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    (void)err;
    o->received = value;
    return 0;
}

static int take_token(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    (void)err;
    o->token = value;
    return 0;
}

static int take_user(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    (void)err;
    o->user = value;
    return 0;
}

static int take_attachments(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    (void)err;
    o->attachments = value;
    return 0;
}

static int take_attachment_max(void *options, const char *value,
                               struct error *err)
{
    struct sim_serve_options *o = options;
    return integer_parse(value, &o->attachment_max) && o->attachment_max > 0 &&
                   o->attachment_max <= SIM_ATTACHMENT_MAX
               ? 0
               : bad(value, "1 to 5242880 bytes", err);
}

static int take_now(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    o->now_ms = moment_parse(value);
    return o->now_ms == MOMENT_NONE
               ? bad(value, "a time like 2026-02-10T12:00:00Z", err)
               : 0;
}

static int take_clock(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    o->running = strcmp(value, "real") == 0;
    o->standing = strcmp(value, "fixed") == 0;
    return o->running || o->standing ? 0 : bad(value, "'fixed' or 'real'", err);
}

/* Cuts "SYMBOL=REST"; the rest, or NULL. */
static const char *take_symbol(const char *value, char symbol[SIM_SYMBOL_TEXT])
{
    const char *equals = strchr(value, '=');
    if (!equals || equals - value >= SIM_SYMBOL_TEXT)
        return NULL;
    size_t n = (size_t)(equals - value);
    memcpy(symbol, value, n);
    symbol[n] = '\0';
    return equals + 1;
}

static int take_data(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    char symbol[SIM_SYMBOL_TEXT];
    const char *path = take_symbol(value, symbol);
    if (!path || !*path)
        return bad(value, "SYMBOL=FILE", err);
    return sim_market_load(&o->market, symbol, path, err);
}

static int take_walk(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    struct sim_walk walk;
    char symbol[SIM_SYMBOL_TEXT];
    const char *seed = take_symbol(value, symbol);
    if (!seed || !sim_walk_parse(seed, &walk))
        return bad(value, "SYMBOL=SEED or SYMBOL=SEED:quiet", err);
    if (o->walk_count == SIM_WALKS_MAX)
        return error_set(err, FAULT_USAGE, "more than %d of them",
                         SIM_WALKS_MAX);
    o->walks[o->walk_count++] = value;
    return 0;
}

static int take_break(void *options, const char *value, struct error *err)
{
    struct sim_serve_options *o = options;
    o->break_ms = moment_parse(value);
    o->break_now = strcmp(value, "now") == 0;
    return o->break_now || o->break_ms != MOMENT_NONE
               ? 0
               : bad(value, "'now' or a time like 2026-02-10T12:00:00Z", err);
}

static int take_seed(void *options, const char *value, struct error *err)
{
    struct sim_bars_options *o = options;
    return sim_walk_parse(value, &o->walk)
               ? 0
               : bad(value, "SEED or SEED:quiet, a whole number", err);
}

static int take_regimes(void *options, const char *value, struct error *err)
{
    struct sim_bars_options *o = options;
    return sim_regimes_parse(value, &o->regimes)
               ? 0
               : bad(value, "SEED or SEED:HOURS, whole numbers", err);
}

static int take_truth(void *options, const char *value, struct error *err)
{
    struct sim_bars_options *o = options;
    (void)value;
    (void)err;
    o->truth = true;
    return 0;
}

static int take_script(void *options, const char *value, struct error *err)
{
    struct sim_bars_options *o = options;
    (void)value;
    (void)err;
    o->script = true;
    return 0;
}

// clang-format off
static const struct option_row serve_rows[] = {
    { "--port",      false, take_port },
    { "--port-file", false, take_port_file },
    { "--data",      false, take_data },
    { "--walk",      false, take_walk },
    { "--now",       false, take_now },
    { "--clock",     false, take_clock },
    { "--break-at",  false, take_break },
    { "--received",  false, take_received },
    { "--token",     false, take_token },
    { "--user",      false, take_user },
    { "--attachments",    false, take_attachments },
    { "--attachment-max", false, take_attachment_max },
    { NULL,          false, NULL },
};

static const struct option_row bars_rows[] = {
    { "--walk",      false, take_seed },
    { "--regimes",   false, take_regimes },
    { "--script",    true,  take_script },
    { "--truth",     true,  take_truth },
    { NULL,          false, NULL },
};
// clang-format on

/* `seen` gets a bit for each row that occurred. */
static int take_options(const struct option_row *rows, int argc,
                        char *const *argv, void *options, unsigned *seen,
                        struct error *err)
{
    for (int i = 0; i < argc; i++) {
        const struct option_row *row = rows;
        while (row->name && strcmp(row->name, argv[i]) != 0)
            row++;
        if (!row->name)
            return error_set(err, FAULT_USAGE, "unknown option '%s'", argv[i]);
        *seen |= 1u << (row - rows);
        if (!row->alone && ++i == argc)
            return error_set(err, FAULT_USAGE, "'%s' needs a value",
                             argv[i - 1]);
        if (row->take(options, row->alone ? "" : argv[i], err))
            return error_wrap(err, "%s", row->name);
    }
    return 0;
}

/* When all is known that moves them. */
static int make_walks(struct sim_serve_options *o, struct error *err)
{
    char symbol[SIM_SYMBOL_TEXT];
    struct sim_walk walk;

    for (size_t i = 0; i < o->walk_count; i++) {
        sim_walk_parse(take_symbol(o->walks[i], symbol), &walk);
        int rc =
            o->break_ms == MOMENT_NONE
                ? sim_market_walk(&o->market, symbol, &walk, err)
                : sim_market_live(&o->market, symbol, &walk, o->break_ms, err);
        if (rc)
            return error_wrap(err, "--walk");
    }
    return 0;
}

static bool is_walk(const struct sim_serve_options *o, const char *symbol)
{
    char name[SIM_SYMBOL_TEXT];
    for (size_t i = 0; i < o->walk_count; i++)
        if (take_symbol(o->walks[i], name) && strcmp(name, symbol) == 0)
            return true;
    return false;
}

/* Bars of a file stand where they are: --break-at moves a walk. */
static int refuse(const struct sim_serve_options *o, const struct sim_book *b,
                  bool over, struct error *err)
{
    char at[MOMENT_TEXT];
    moment_format(over ? sim_book_ends_ms(b) : b->bars[0].open_ms, at);
    return error_set(err, FAULT_USAGE,
                     "the %s bar of '%s' %s at %s, %s the machine's time: give "
                     "%s--now",
                     over ? "last" : "first", b->symbol,
                     over ? "closed" : "opens", at, over ? "before" : "after",
                     is_walk(o, b->symbol) ? "--break-at now, or " : "");
}

/* By the machine's clock a market that is over, or has not begun, has no price
 * for anybody. */
static int refuse_other_times(const struct sim_serve_options *o,
                              int64_t wall_ms, struct error *err)
{
    for (size_t i = 0; i < o->market.count; i++) {
        const struct sim_book *b = &o->market.books[i];
        bool over = sim_book_ends_ms(b) <= wall_ms;
        if (over || b->bars[0].open_ms > wall_ms)
            return refuse(o, b, over, err);
    }
    return 0;
}

static int settle_time(struct sim_serve_options *o, int64_t wall_ms,
                       struct error *err)
{
    bool moved = o->break_now || o->break_ms != MOMENT_NONE;

    if (moved && o->walk_count == 0)
        return error_set(err, FAULT_USAGE, "--break-at moves a --walk");
    if (moved && !o->standing && o->now_ms == MOMENT_NONE)
        o->running = true;
    if (o->now_ms == MOMENT_NONE && !o->running)
        return error_set(err, FAULT_USAGE,
                         "a standing clock needs --now (or --clock real)");
    if (o->break_now)
        o->break_ms = o->now_ms == MOMENT_NONE ? wall_ms : o->now_ms;
    return 0;
}

int sim_serve_options(int argc, char *const *argv, int64_t wall_ms,
                      struct sim_serve_options *o, struct error *err)
{
    unsigned seen = 0;
    *o = (struct sim_serve_options){ .now_ms = MOMENT_NONE,
                                     .break_ms = MOMENT_NONE };
    if (take_options(serve_rows, argc, argv, o, &seen, err))
        return -1;
    if (o->market.count == 0 && o->walk_count == 0)
        return error_set(err, FAULT_USAGE, "no --data and no --walk");
    if (settle_time(o, wall_ms, err) || make_walks(o, err))
        return -1;
    return o->now_ms == MOMENT_NONE ? refuse_other_times(o, wall_ms, err) : 0;
}

int sim_bars_options(int argc, char *const *argv, struct sim_bars_options *o,
                     struct error *err)
{
    unsigned seen = 0;
    *o = (struct sim_bars_options){ 0 };
    if (take_options(bars_rows, argc, argv, o, &seen, err))
        return -1;
    bool walk = seen & 1u, regimes = seen & 2u;
    if (walk == regimes)
        return error_set(err, FAULT_USAGE, "either --walk or --regimes");
    if (o->script && !walk)
        return error_set(err, FAULT_USAGE, "only a --walk has a --script");
    if (o->truth && !regimes)
        return error_set(err, FAULT_USAGE, "only --regimes have a --truth");
    return 0;
}
