#include "tools/made_world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "notify/pushover_json.h"
#include "sim/candles.h"
#include "sys/xmalloc.h"

/* Room for the fields of one message. */
#define FORM_BYTES_MAX 32768
#define TOKEN          "madeTokenMadeTokenMadeToken123"

/* Every closed bar of the book, page by page from the newest one on, as a
 * client would have got them at the end of the book. */
static void take_series(const struct sim_book *book, enum timeframe tf,
                        struct made_series *out)
{
    struct bar page[SIM_CANDLES_MAX];
    int64_t end_ms = book->bars[book->count - 1].open_ms + MS_PER_SLOT;
    struct sim_candle_query q = { tf, INT64_MIN, end_ms };
    size_t room = book->count + 1, first = room, n;

    struct bar *bars = xcalloc(room, sizeof(*bars));
    while ((n = sim_candles(book, end_ms, &q, page)) > 0) {
        for (size_t i = 0; i < n; i++)
            if (bar_close_ms(&page[i], tf) <= end_ms)
                bars[--first] = page[i];
        q.end_ms = page[n - 1].open_ms;
    }
    out->count = room - first;
    out->bars = xcalloc(out->count + 1, sizeof(*bars));
    memcpy(out->bars, bars + first, out->count * sizeof(*bars));
    free(bars);
}

static int load_book(struct made_world *w, const char *file, struct error *err)
{
    char symbol[SIM_SYMBOL_TEXT];
    size_t n = strcspn(file, "=");

    if (!file[n] || n >= sizeof(symbol))
        return error_set(err, FAULT_USAGE, "'%.80s' is not SYMBOL=FILE", file);
    memcpy(symbol, file, n);
    symbol[n] = '\0';
    return sim_market_load(&w->sim.market, symbol, file + n + 1, err);
}

int made_world_load(struct made_world *w, const char *const *files,
                    size_t count, const char *received, struct error *err)
{
    if (received && sim_received_open(&w->sim.received, received, err))
        return -1;
    w->series = xcalloc(count + 1, sizeof(*w->series));
    for (size_t i = 0; i < count; i++) {
        if (load_book(w, files[i], err))
            return -1;
        for (int tf = 0; tf < TF_COUNT; tf++)
            take_series(&w->sim.market.books[i], (enum timeframe)tf,
                        &w->series[i][tf]);
    }
    return 0;
}

void made_world_release(struct made_world *w)
{
    for (size_t i = 0; i < w->sim.market.count && w->series; i++)
        for (int tf = 0; tf < TF_COUNT; tf++)
            free(w->series[i][tf].bars);
    free(w->series);
    sim_release(&w->sim);
    *w = (struct made_world){ .series = NULL };
}

double made_world_price(const struct made_world *w, const char *symbol,
                        int64_t at_ms)
{
    const struct sim_book *book = sim_market_find(&w->sim.market, symbol);
    struct sim_trade last;
    return book && sim_last_trade(book, at_ms, &last) ? last.price : NO_VALUE;
}

static size_t first_from(const struct made_series *s, int64_t ms)
{
    size_t lo = 0, hi = s->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->bars[mid].open_ms < ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void answer_series(const struct made_series *s, enum timeframe tf,
                          struct kucoin_span span, struct kucoin_bars *out)
{
    if (span.from_ms >= span.until_ms)
        return;
    size_t lo = first_from(s, span.from_ms);
    size_t hi = first_from(s, span.until_ms - timeframe_ms(tf) + 1);
    out->ok = true;
    out->count = hi > lo ? hi - lo : 0;
    out->bars = xcalloc(out->count + 1, sizeof(*out->bars));
    memcpy(out->bars, s->bars + lo, out->count * sizeof(*out->bars));
}

static void answer_none(const struct kucoin_want *want,
                        struct kucoin_answer *out)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        error_set(&out->series[tf].err, FAULT_DATA, "symbol '%s' has no file",
                  want->symbol);
}

static int fetch(void *payload, int64_t now_ms, const struct kucoin_want *wants,
                 size_t n, struct kucoin_answer *answers, struct error *err)
{
    struct made_world *w = payload;
    struct sim_trade last;

    (void)err;
    for (size_t i = 0; i < n; i++) {
        const struct sim_book *book =
            sim_market_find(&w->sim.market, wants[i].symbol);
        struct kucoin_answer *a = &answers[i];
        *a = (struct kucoin_answer){ .facts_ok = true,
                                     .facts = { .trading = true } };
        if (!book) {
            answer_none(&wants[i], a);
            continue;
        }
        size_t which = (size_t)(book - w->sim.market.books);
        for (int tf = 0; tf < TF_COUNT; tf++)
            answer_series(&w->series[which][tf], (enum timeframe)tf,
                          wants[i].span[tf], &a->series[tf]);
        a->ticker_ok = sim_last_trade(book, now_ms, &last);
        if (a->ticker_ok)
            a->ticker = (struct kucoin_ticker){ last.price, last.at_ms };
    }
    return 0;
}

static void fill_form(struct text *form, const struct pushover_message *m)
{
    char number[24];
    http_form_add(form, "token", TOKEN);
    http_form_add(form, "user", "madeUserMadeUserMadeUserMade12");
    http_form_add(form, "title", m->title);
    http_form_add(form, "message", m->body);
    snprintf(number, sizeof(number), "%d", m->priority);
    http_form_add(form, "priority", number);
    snprintf(number, sizeof(number), "%" PRId64, m->timestamp_s);
    http_form_add(form, "timestamp", number);
    if (m->priority != 2)
        return;
    snprintf(number, sizeof(number), "%d", m->retry_s);
    http_form_add(form, "retry", number);
    snprintf(number, sizeof(number), "%d", m->expire_s);
    http_form_add(form, "expire", number);
    if (m->tag)
        http_form_add(form, "tags", m->tag);
}

static void take_reply(const struct sim_reply *reply,
                       struct pushover_result *out)
{
    struct pushover_reply said;
    pushover_reply_parse(text_str(&reply->body), reply->body.len, &said);
    *out = (struct pushover_result){
        .outcome = said.accepted ? PUSHOVER_DELIVERED : PUSHOVER_REFUSED,
        .status = reply->status,
        .tries = 1,
    };
    memcpy(out->request, said.request, sizeof(out->request));
    memcpy(out->receipt, said.receipt, sizeof(out->receipt));
    utf8_cut_line(said.reason, PUSHOVER_REASON_MAX, out->reason);
}

/* What the simulated channel says; the reply is the caller's to release. */
static int call(struct made_world *w, int64_t now_ms, const char *method,
                const char *path, const struct text *form,
                struct sim_reply *reply, struct error *err)
{
    const struct sim_fields none = { 0 };
    const struct sim_request request = {
        .method = method,
        .path = path,
        .content_type = "application/x-www-form-urlencoded",
        .query = &none,
        .body = text_str(form),
        .body_len = form->len,
    };
    sim_clock_set(&w->sim.clock, now_ms, 0);
    return sim_answer(&w->sim, &request, reply, err);
}

static int send(void *payload, int64_t now_ms, const struct pushover_message *m,
                struct pushover_result *out, struct error *err)
{
    struct made_world *w = payload;
    struct text form = TEXT_INIT(FORM_BYTES_MAX);
    struct sim_reply reply = SIM_REPLY_INIT;

    fill_form(&form, m);
    int rc = call(w, now_ms, "POST", "/1/messages.json", &form, &reply, err);
    if (!rc)
        take_reply(&reply, out);
    w->messages += !rc && out->outcome == PUSHOVER_DELIVERED;
    sim_reply_release(&reply);
    text_release(&form);
    return rc;
}

static int ask(void *payload, int64_t now_ms, const char *receipt,
               struct pushover_result *out, struct pushover_receipt *said,
               struct error *err)
{
    struct text form = TEXT_INIT(FORM_BYTES_MAX);
    struct sim_reply reply = SIM_REPLY_INIT;
    char path[128];

    http_form_add(&form, "token", TOKEN);
    snprintf(path, sizeof(path), "/1/receipts/%s.json", receipt);
    int rc = call(payload, now_ms, "GET", path, &form, &reply, err);
    if (!rc)
        take_reply(&reply, out);
    if (!rc &&
        pushover_receipt_parse(text_str(&reply.body), reply.body.len, said))
        out->outcome = PUSHOVER_LATER;
    sim_reply_release(&reply);
    text_release(&form);
    return rc;
}

static int cancel(void *payload, int64_t now_ms, const char *tag,
                  struct pushover_result *out, struct error *err)
{
    struct text form = TEXT_INIT(FORM_BYTES_MAX);
    struct sim_reply reply = SIM_REPLY_INIT;
    char path[128];

    http_form_add(&form, "token", TOKEN);
    snprintf(path, sizeof(path), "/1/receipts/cancel_by_tag/%s.json", tag);
    int rc = call(payload, now_ms, "POST", path, &form, &reply, err);
    if (!rc)
        take_reply(&reply, out);
    sim_reply_release(&reply);
    text_release(&form);
    return rc;
}

struct feed made_world_feed(struct made_world *w, struct run_kept *kept)
{
    return (struct feed){ w, MARKET_OPEN, fetch, send, ask, cancel, kept };
}
