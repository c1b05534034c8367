#include "sim/market.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "market/bar_csv.h"
#include "sim/decimal.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "sys/zstd_file.h"

#define FILE_BYTES_MAX ((size_t)512 * 1024 * 1024)
/* The tick is read from so many of the newest prices. */
#define TICK_SAMPLE    2000

void sim_market_release(struct sim_market *m)
{
    for (size_t i = 0; i < m->count; i++) {
        free(m->books[i].bars);
        free(m->books[i].minutes);
    }
    free(m->books);
    *m = (struct sim_market){ 0 };
}

const struct sim_book *sim_market_find(const struct sim_market *m,
                                       const char *symbol)
{
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->books[i].symbol, symbol) == 0)
            return &m->books[i];
    return NULL;
}

static int split_symbol(const char *symbol, struct sim_book *b)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t base = strspn(symbol, letters);
    size_t length = strlen(symbol);

    if (length >= SIM_SYMBOL_TEXT || base == 0 || symbol[base] != '-')
        return -1;
    const char *quote = symbol + base + 1;
    if (!*quote || strspn(quote, letters) != strlen(quote))
        return -1;
    memcpy(b->symbol, symbol, length + 1);
    memcpy(b->base, symbol, base);
    memcpy(b->quote, quote, strlen(quote) + 1);
    return 0;
}

struct sim_book *sim_market_add(struct sim_market *m, const char *symbol,
                                struct error *err)
{
    struct sim_book b = { 0 };

    if (split_symbol(symbol, &b)) {
        error_set(err, FAULT_USAGE, "symbol '%s' is not like BTC-USDT", symbol);
        return NULL;
    }
    if (sim_market_find(m, symbol)) {
        error_set(err, FAULT_USAGE, "symbol '%s' is given twice", symbol);
        return NULL;
    }
    m->books = xrealloc(m->books, m->count + 1, sizeof(*m->books));
    m->books[m->count] = b;
    return &m->books[m->count++];
}

int sim_book_append(struct sim_book *b, const struct bar *bar,
                    struct error *err)
{
    enum bar_fault fault = bar_check(bar, TF_15M);
    if (fault != BAR_OK)
        return error_set(err, FAULT_DATA, "bad bar: %s", bar_fault_text(fault));
    if (bar->volume <= 0.0)
        return 0;
    if (b->count && bar->open_ms <= b->bars[b->count - 1].open_ms)
        return error_set(err, FAULT_DATA, "not after the bar before it");
    if (b->count == b->room) {
        b->room = b->room ? b->room * 2 : 1024;
        b->bars = xrealloc(b->bars, b->room, sizeof(*b->bars));
    }
    b->bars[b->count++] = *bar;
    return 0;
}

int sim_book_read_csv(struct sim_book *b, char *text, struct error *err)
{
    char *at = text;

    if (strcmp(bar_csv_line(&at), BAR_CSV_HEADER) != 0)
        return error_set(err, FAULT_DATA, "line 1: not " BAR_CSV_HEADER);
    for (size_t line = 2; *at; line++) {
        struct bar bar = { 0 };
        if (bar_csv_parse(bar_csv_line(&at), &bar, err) ||
            sim_book_append(b, &bar, err))
            return error_wrap(err, "line %zu", line);
    }
    if (b->count == 0)
        return error_set(err, FAULT_DATA, "no bar with volume");
    return 0;
}

/* An hourly file would pass as 15m bars with holes. */
static int refuse_other_timeframes(const struct sim_book *b, struct error *err)
{
    for (size_t i = 1; i < b->count; i++)
        if (b->bars[i].open_ms == bar_close_ms(&b->bars[i - 1], TF_15M))
            return 0;
    return b->count < 2 ? 0
                        : error_set(err, FAULT_DATA,
                                    "no two bars are 15 minutes apart: 15m "
                                    "bars are needed");
}

static void set_tick(struct sim_book *b)
{
    size_t from = b->count > TICK_SAMPLE ? b->count - TICK_SAMPLE : 0;
    for (size_t i = from; i < b->count; i++) {
        int places = sim_decimal_places(b->bars[i].close);
        b->places = places > b->places ? places : b->places;
    }
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

int sim_market_load(struct sim_market *m, const char *symbol, const char *path,
                    struct error *err)
{
    struct text text = TEXT_INIT(FILE_BYTES_MAX);
    struct sim_book *b = sim_market_add(m, symbol, err);
    if (!b)
        return -1;
    int rc = ends_with(path, ".zst") ? zstd_read_file(&text, path, err)
                                     : text_read_file(&text, path, err);
    if (rc)
        goto out;
    rc = text_append(&text, "", 0);
    if (!rc && strlen(text_str(&text)) != text.len)
        rc = error_set(err, FAULT_DATA, "a zero byte in the text");
    if (!rc)
        rc = sim_book_read_csv(b, text.data, err);
    if (!rc)
        rc = refuse_other_timeframes(b, err);
    if (rc)
        error_wrap(err, "file '%s'", path);
    set_tick(b);
out:
    text_release(&text);
    return rc;
}

int sim_market_walk(struct sim_market *m, const char *symbol,
                    const struct sim_walk *walk, struct error *err)
{
    struct sim_book *b = sim_market_add(m, symbol, err);
    if (!b)
        return -1;
    b->bars = xcalloc(SIM_WALK_BARS, sizeof(*b->bars));
    b->count = b->room = SIM_WALK_BARS;
    sim_walk_bars(walk, b->bars);
    set_tick(b);
    return 0;
}

int sim_market_live(struct sim_market *m, const char *symbol,
                    const struct sim_walk *walk, int64_t break_ms,
                    struct error *err)
{
    struct sim_book *b = sim_market_add(m, symbol, err);
    if (!b)
        return -1;
    b->bars = xcalloc(SIM_LIVE_BARS, sizeof(*b->bars));
    b->minutes =
        xcalloc((size_t)SIM_LIVE_BARS * SIM_BAR_MINUTES, sizeof(*b->minutes));
    b->count = b->room = SIM_LIVE_BARS;
    b->falls_ms = walk->quiet ? 0 : moment_floor(break_ms, MS_PER_MINUTE);
    sim_walk_live(walk, break_ms, b->bars, b->minutes);
    set_tick(b);
    return 0;
}

int64_t sim_book_ends_ms(const struct sim_book *b)
{
    return b->count ? bar_close_ms(&b->bars[b->count - 1], TF_15M)
                    : MOMENT_NONE;
}
