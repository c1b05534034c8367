/* What a grid holds goes through its state document and comes back the same:
 * a life that is written and read after each bar is the life that is not. */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "record/keep.h"
#include "record/samples.h"
#include "test.h"

#define LIFE SAMPLE_SLOT

static struct grid a_grid(void)
{
    return (struct grid){
        .id = "btc-a",
        .symbol = "BTC-USDT",
        .side = GRID_LONG,
        .spacing = GRID_GEOMETRIC,
        .lower = 90,
        .upper = 110,
        .levels = 12,
        .capital = 1000,
        .start_price = NO_VALUE,
        .stop = { 88, NO_VALUE },
        .history_count = 2,
        .history = { { LIFE, GRID_CREATED, "", 0 },
                     { LIFE, GRID_STARTED, "", 0 } },
    };
}

static struct holding read_back(const struct text *text, const struct grid *g)
{
    union sample again;
    struct holding out = holding_new();
    struct complaints complaints = { 0 };
    struct error err = { 0 };

    ASSERT_INT(document_parse(RECORD_STATE, text_str(text), text->len, &again,
                              &complaints),
               0);
    ASSERT_INT(state_document_holding(&again.state, g, &out, &err), 0);
    return out;
}

static void write_down(const struct holding *h, struct text *text)
{
    union sample doc;
    struct error err = { 0 };

    sample_make(RECORD_STATE, &doc);
    state_document_keep(&doc.state, h);
    document_render(RECORD_STATE, &doc, text, &err);
    ASSERT_STR(err.msg, "");
}

/* Writes the holding into a document and reads it out of the text. */
static struct holding through(const struct holding *h, const struct grid *g)
{
    struct text text = TEXT_INIT(1 << 18);
    write_down(h, &text);
    struct holding out = read_back(&text, g);
    text_release(&text);
    return out;
}

/* The same, of a document that was written before it had the sale at the
 * settled fills and the ids of those after them. */
static struct holding through_old(const struct holding *h, const struct grid *g,
                                  size_t *left_out)
{
    struct text text = TEXT_INIT(1 << 18), old = TEXT_INIT(1 << 18);

    *left_out = 0;
    write_down(h, &text);
    for (const char *line = text_str(&text); *line;) {
        size_t n = strcspn(line, "\n") + 1;
        if (!strncmp(line, "      sold_", 11) ||
            !strncmp(line, "    known:", 10) ||
            !strncmp(line, "    - {id: ", 11))
            ++*left_out;
        else
            text_append(&old, line, n);
        line += n;
    }
    struct holding out = read_back(&old, g);
    text_release(&text);
    text_release(&old);
    return out;
}

/* 0 to 1: the middle bits of a generator of Knuth's, seeded by `state`. */
static double some(uint64_t *state)
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 33) / (double)(UINT64_C(1) << 31);
}

static struct bar bar_of(int i, double *price, uint64_t *seed)
{
    double open = *price, close = open * (1 + .03 * (some(seed) - .5));
    struct bar b = { LIFE + i * MS_PER_SLOT,
                     open,
                     fmax(open, close) * 1.004,
                     fmin(open, close) * .996,
                     close,
                     1,
                     0 };
    *price = close;
    return b;
}

static void same_books(const struct shadow_books *a,
                       const struct shadow_books *b)
{
    ASSERT_NEAR(a->nominal.e, b->nominal.e, 0);
    ASSERT_NEAR(a->reverse.e, b->reverse.e, 0);
    ASSERT_NEAR(a->nominal.peak, b->nominal.peak, 0);
    ASSERT_NEAR(a->base_lo, b->base_lo, 0);
    ASSERT_NEAR(a->base_hi, b->base_hi, 0);
    ASSERT_NEAR(a->e_lo, b->e_lo, 0);
    ASSERT_NEAR(a->e_hi, b->e_hi, 0);
}

/* One life of 200 bars; what it came to, and whether it reached its stop. */
static void a_life(uint64_t seed, int64_t *sells, size_t *stopped)
{
    const struct grid g = a_grid();
    const struct shadow_terms terms = { .001, .01, .0001 };
    struct holding whole = holding_new(), kept = holding_new();
    static struct window w;
    double price = 100;
    struct shadow_books a, b;

    memset(&w, 0, sizeof(w));
    holding_of_life(&whole, &g);
    holding_of_life(&kept, &g);
    w.tf = TF_15M;
    w.start_ms = LIFE - MS_PER_DAY;
    for (int i = 0; i < 200; i++) {
        w.bars[w.count++] = bar_of(i, &price, &seed);
        ASSERT(holding_walk(&whole, &g, &terms, &w) == NULL);
        ASSERT(holding_walk(&kept, &g, &terms, &w) == NULL);
        kept = through(&kept, &g);
        shadow_value(&whole.shadow, &g, &terms, price, &a);
        shadow_value(&kept.shadow, &g, &terms, price, &b);
        same_books(&a, &b);
    }
    *sells += a.nominal.sells;
    *stopped += whole.shadow.stopped;
}

static void a_shadow_that_is_kept_is_the_one_that_is_not(void)
{
    int64_t sells = 0;
    size_t stopped = 0;
    for (uint64_t seed = 1; seed <= 6; seed++)
        a_life(seed, &sells, &stopped);
    ASSERT(sells > 20);
    ASSERT(stopped > 0 && stopped < 6);
}

static struct decimal decimal_of(const char *text)
{
    struct decimal d = DECIMAL_ZERO;
    ASSERT(decimal_parse(text, &d));
    return d;
}

static void books_that_are_kept_are_the_same_to_the_last_unit(void)
{
    const struct grid g = a_grid();
    const struct fill fills[] = {
        { INT64_C(9007199254740993), LIFE + 1, FILL_BUY, decimal_of("97.3"),
          decimal_of("1.00000001"), decimal_of("97.300000973"),
          decimal_of("0.097300000973"), "USDT" },
        { INT64_C(9007199254740994), LIFE + 2, FILL_SELL, decimal_of("98.1"),
          decimal_of("0.3"), decimal_of("29.43"), decimal_of("0.02943"),
          "USDT" },
    };
    const struct fills_read read = { fills, 2 };
    struct holding h = holding_new();
    const char *why = NULL;

    holding_of_life(&h, &g);
    ASSERT_INT(holding_book(&h, &g, &read, LIFE + 2 + HOLDING_LATE_MS, &why),
               0);
    ASSERT(h.unsettled);
    const struct holding back = through(&h, &g);
    ASSERT_INT(back.settled.count, 1);
    ASSERT_INT(decimal_cmp(back.settled.cash, h.settled.cash), 0);
    ASSERT_INT(decimal_cmp(back.settled.base, h.settled.base), 0);
    ASSERT(back.books.last_id == INT64_C(9007199254740994));
    ASSERT_INT(decimal_cmp(back.books.cash, h.books.cash), 0);
    ASSERT_INT(decimal_cmp(back.books.cost, h.books.cost), 0);
    ASSERT_INT(decimal_cmp(back.books.realised, h.books.realised), 0);
    /* -97.300000973 - 0.097300000973 + 29.43 - 0.02943 */
    char text[DECIMAL_TEXT];
    decimal_format(back.books.cash, text);
    ASSERT_STR(text, "-67.996730973973");

    /* All of them are settled. */
    ASSERT_INT(holding_book(&h, &g, &read, LIFE + 3 + HOLDING_LATE_MS, &why),
               0);
    ASSERT(!h.unsettled);
    const struct holding whole = through(&h, &g);
    ASSERT_INT(whole.settled.count, 2);
    ASSERT_INT(decimal_cmp(whole.settled.cash, whole.books.cash), 0);
}

static struct fill one_at(int64_t id, int64_t after_ms, enum fill_side side,
                          const char *price)
{
    return (struct fill){ .id = id,
                          .at_ms = LIFE + after_ms,
                          .side = side,
                          .price = decimal_of(price),
                          .size = decimal_of("1"),
                          .funds = decimal_of(price) };
}

/* Bought 3, sold one at 80, which is settled 6 h later, and one at 75. A third,
 * at 70, is listed only then. */
static void a_sale_goes_on_from_what_is_kept(void)
{
    const struct grid g = a_grid();
    const int64_t quarter = MS_PER_SLOT;
    const struct fill all[] = {
        one_at(1, 1000, FILL_BUY, "90"),
        one_at(2, 2000, FILL_BUY, "100"),
        one_at(3, 3000, FILL_BUY, "100"),
        one_at(4, quarter - 10000, FILL_SELL, "80"),
        one_at(5, quarter + 10000, FILL_SELL, "75"),
        one_at(6, quarter + 60000, FILL_SELL, "70"),
    };
    const struct fills_read seen = { all, 5 }, then = { all, 6 };
    const struct fills_read gone = { all, 4 };
    const int64_t slot_ms = LIFE + quarter + HOLDING_LATE_MS;
    struct holding h = holding_new();
    const char *why = NULL;
    size_t left_out;

    holding_of_life(&h, &g);
    ASSERT_INT(holding_book(&h, &g, &seen, slot_ms, &why), 0);
    struct holding ways[] = { through(&h, &g), through_old(&h, &g, &left_out) };
    ASSERT_INT(left_out, 7); /* five of the sale, two of the fill */
    ASSERT_INT(ways[0].known_count, 1);
    ASSERT_INT(ways[1].known_count, 0);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct holding *w = &ways[i];
        const struct parting_sale *sale = &w->parting.sale;
        ASSERT_INT(holding_book(w, &g, &gone, slot_ms + quarter, &why), -1);
        ASSERT_INT(holding_book(w, &g, &then, slot_ms + quarter, &why), 1);
        ASSERT_INT(sale->from_ms, LIFE + quarter - 10000);
        ASSERT_INT(sale->until_ms, LIFE + quarter + 60000);
        ASSERT_NEAR(sale->base, 3, 0);
        ASSERT_NEAR(sale->low, 70, 0);
        ASSERT_NEAR(sale->high, 80, 0);
        ASSERT_INT(w->known_count, 0); /* all of it is settled */
        ASSERT_INT(w->settled.count, 6);
    }
}

/* An operator may change the levels of a grid that runs. */
static void a_changed_grid_keeps_the_cells_that_it_had(void)
{
    const struct shadow_terms terms = { .001, .01, .0001 };
    struct grid g = a_grid();
    struct holding h = holding_new();
    static struct window w;
    double price = 100;
    uint64_t seed = 11;

    holding_of_life(&h, &g);
    w.tf = TF_15M;
    w.start_ms = LIFE - MS_PER_DAY;
    w.bars[w.count++] = bar_of(0, &price, &seed);
    ASSERT(holding_walk(&h, &g, &terms, &w) == NULL);
    g.levels = 25;
    for (int i = 0; i < 3; i++) {
        h = through(&h, &g);
        ASSERT_INT(h.shadow.count, 12);
        ASSERT_STR(holding_walk(&h, &g, &terms, &w),
                   "the grid was changed since its start");
    }
}

static void nothing_kept_is_nothing_known(void)
{
    const struct grid g = a_grid();
    struct holding h = holding_new();

    holding_of_life(&h, &g);
    h = through(&h, &g);
    ASSERT(!h.booked && !h.shadow.begun);
    ASSERT_NEAR(h.books_peak, 0, 0);
    ASSERT_INT(h.fills_until_ms, MOMENT_NONE);
    ASSERT_INT(h.books.last_ms, MOMENT_NONE);
    ASSERT_INT(h.books.last_id, 0);
}

static void damaged_cells_are_told(void)
{
    const struct grid g = a_grid();
    union sample doc;
    struct holding out;
    struct error err = { 0 };

    sample_make(RECORD_STATE, &doc);
    memcpy(doc.state.texts.cells, "ef0f0:f1", 9);
    ASSERT_INT(state_document_holding(&doc.state, &g, &out, &err), -1);
    ASSERT_STR(err.msg, "holding.shadow.cells: not the cells of 2 levels");
}

void keep_test(void);

void keep_test(void)
{
    TEST_SUITE("record/keep");
    TEST(a_shadow_that_is_kept_is_the_one_that_is_not);
    TEST(books_that_are_kept_are_the_same_to_the_last_unit);
    TEST(a_sale_goes_on_from_what_is_kept);
    TEST(a_changed_grid_keeps_the_cells_that_it_had);
    TEST(nothing_kept_is_nothing_known);
    TEST(damaged_cells_are_told);
}
