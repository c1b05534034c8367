/* The cells as text: what is kept from slot to slot. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/value.h"
#include "shadow_scene.h"
#include "test.h"

static const struct shadow_terms terms = { 0.001, 0.01, 0.0001 };

static struct bar some_bar(uint64_t *r, int n, double *price)
{
    double open = *price, close = open + (double)scene_below(r, 401) / 100 - 2;
    if (close < 80 || close > 140)
        close = open;
    double high = open > close ? open : close, low = open + close - high;
    *price = close;
    return shadow_scene_bar(n, open, high + scene_unit(r) * 2,
                            low - scene_unit(r) * 2, close);
}

static struct grid text_grid(void)
{
    struct grid g = scene_grid(100, 130, 40, 10000, 114.2);
    g.stop.below = 95;
    return g;
}

static struct shadow walked(int bars)
{
    struct grid g = text_grid();
    struct shadow s;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&s, &g, &terms, NO_VALUE, &why));
    uint64_t r = 9;
    double price = 114.2;
    for (int n = 0; n < bars; n++)
        scene_walk(&s, &g, &terms, some_bar(&r, n, &price));
    return s;
}

static bool same_cells(const struct shadow *a, const struct shadow *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        const struct shadow_cell *x = &a->cell[i], *y = &b->cell[i];
        same = x->began_full == y->began_full &&
               x->nominal.full == y->nominal.full &&
               x->nominal.sells == y->nominal.sells &&
               x->reverse.full == y->reverse.full &&
               x->reverse.sells == y->reverse.sells;
        for (int t = 0; same && t < 2; t++)
            same = x->may[t] == y->may[t] && x->fewest[t] == y->fewest[t] &&
                   x->most[t] == y->most[t];
    }
    return same;
}

/* Kept and taken up again after each bar, as the job does, or walked in one
 * go: the same cells, and the same bits of every figure. */
static void it_reads_back_and_goes_on_to_the_bit(void)
{
    struct grid g = text_grid();
    struct shadow one, kept;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&one, &g, &terms, NO_VALUE, &why));
    ASSERT_FATAL(shadow_begin(&kept, &g, &terms, NO_VALUE, &why));
    uint64_t r = 2;
    double price = 114.2;
    int unlike = 0;
    for (int n = 0; n < 300; n++) {
        struct bar bar = some_bar(&r, n, &price);
        struct shadow_books a = scene_walk(&one, &g, &terms, bar);
        char text[SHADOW_TEXT];
        shadow_cells_format(&kept, text, sizeof(text));
        ASSERT_FATAL(
            strspn(text, "0123456789abcdefghijklmnopqrstuvwxyz.:/- ") ==
            strlen(text));
        struct shadow back = kept;
        memset(back.cell, 0x5a, sizeof(back.cell));
        memset(back.line, 0, sizeof(back.line));
        ASSERT_FATAL(shadow_lines(&back, &g, &terms, &why));
        ASSERT_FATAL(shadow_cells_parse(text, 40, &back));
        struct shadow_books b = scene_walk(&back, &g, &terms, bar);
        unlike += !same_cells(&one, &back) || a.e_lo != b.e_lo ||
                  a.e_hi != b.e_hi || a.nominal.e != b.nominal.e ||
                  a.reverse.cash != b.reverse.cash ||
                  a.nominal.peak != b.nominal.peak || a.base_lo != b.base_lo;
        kept = back;
    }
    ASSERT_INT(unlike, 0);
    /* It saw something: many sells, cells of two minds, the walks not alike. */
    struct shadow_books end;
    shadow_value(&one, &g, &terms, price, &end);
    ASSERT(end.nominal.sells > 100 && end.e_hi > end.e_lo + 1);
    ASSERT(end.nominal.sells != end.reverse.sells);
}

static bool reads(const char *text, size_t count)
{
    static struct shadow s;
    memset(&s, 0x5a, sizeof(s));
    struct shadow before = s;
    bool ok = shadow_cells_parse(text, count, &s);
    if (!ok)
        ASSERT(!memcmp(&s, &before, sizeof(s))); /* untouched */
    return ok;
}

static void what_is_damaged_is_refused(void)
{
    ASSERT(reads("ee0e0:e0 ff12e13:e11-13f12", 2));
    static const char *const bad[] = {
        "",
        "ee0e0:e0",                   /* too few */
        "ee0e0:e0 ee0e0:e0 ee0e0:e0", /* too many */
        "ee0e0:e0 ee0e0:e0 ",         /* a blank at the end */
        " ee0e0:e0 ee0e0:e0",         /* and in front */
        "ee0e0:e0  ee0e0:e0",         /* and one more */
        "ee0e0:e0\nee0e0:e0",         /* not a blank */
        "ee0e0:e0 ee0e0:",            /* no bounds */
        "ee0e0:e0 ee0e0",             /* nor a colon */
        "ee0e0:e0 ge0e0:e0",          /* no state */
        "ee0e0:e0 Ee0e0:e0",          /* capitals */
        "ee0e0:e0 ee0e0:e00",         /* a zero in front */
        "ee0e0:e0 ee0e0:e-1",         /* a sign */
        "ee0e0:e0 ee0e0:e0-0",        /* not as it is written */
        "ee0e0:e0 ee2e2:e3-2",        /* most below fewest */
        "ee0e0:e0 ee0e0:e0e0",        /* twice */
        "ee0e0:e0 ee0e0:f0e0",        /* in the other order */
        "ee0e0:e0 ee1e0:e0",          /* a walk outside of the bounds */
        "ee0e0:e0 ee0e2:e0-1f0",      /* the reverse, too */
        "ee0e0:e0 fe0f0:e1f0",        /* gone without a sale */
        "ee0e0:e0 ff0e0:e1f0",        /* likewise */
        "ee0e0:e0 ff0f0:e0f0",        /* likewise, the bounds */
        "ee0e0:e0 ee0e0:e1000000000", /* more than can be */
        "ee0e0:e0 ee0e0:e99999999999999999999",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (reads(bad[i], 2))
            printf("  read: '%s'\n", bad[i]);
        ASSERT(!reads(bad[i], 2));
    }
    ASSERT(!reads("ee0e0:e0", 0));
    ASSERT(!reads("ee0e0:e0", SHADOW_CELLS_MAX + 1));
}

/* Any one byte changed: it is refused, or it is another ledger that is written
 * the same way. */
static void one_byte_is_never_overlooked(void)
{
    struct shadow s = walked(60), t;
    char text[SHADOW_TEXT], back[SHADOW_TEXT];
    shadow_cells_format(&s, text, sizeof(text));
    int refused = 0, misread = 0, read = 0;
    for (size_t i = 0; text[i]; i++) {
        char was = text[i];
        for (const char *c = "ef019:- xX\n"; *c; c++) {
            if (*c == was)
                continue;
            text[i] = *c;
            if (!shadow_cells_parse(text, 40, &t)) {
                refused++;
                continue;
            }
            read++;
            shadow_cells_format(&t, back, sizeof(back));
            misread += strcmp(back, text) != 0;
        }
        text[i] = was;
    }
    ASSERT_INT(misread, 0);
    ASSERT(refused > 1000 && read > 50);
}

static void the_longest_text_fits(void)
{
    static struct shadow s, t;
    s.count = SHADOW_CELLS_MAX;
    for (size_t i = 0; i < s.count; i++)
        s.cell[i] = (struct shadow_cell){
            true,           { true, 999999999 },      { false, 999999999 },
            { true, true }, { 100000000, 100000001 }, { 999999999, 999999998 }
        };
    char text[SHADOW_TEXT];
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_INT(strlen(text), SHADOW_CELLS_MAX * 63 - 1);
    ASSERT(shadow_cells_parse(text, SHADOW_CELLS_MAX, &t));
    ASSERT(same_cells(&s, &t));
    /* A buffer that is too small is not written over. */
    char small[10] = "123456789";
    shadow_cells_format(&s, small, 5);
    ASSERT(strlen(small) < 5 && !strcmp(small + 5, "6789"));
}

void shadow_text_test(void);
void shadow_text_test(void)
{
    TEST_SUITE("shadow_text");
    TEST(it_reads_back_and_goes_on_to_the_bit);
    TEST(what_is_damaged_is_refused);
    TEST(one_byte_is_never_overlooked);
    TEST(the_longest_text_fits);
}
