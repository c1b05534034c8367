/* The hashes of texts are those of the authors' test suite (FNV-1a, 64 bit),
 * those of bars were computed with Python, word by word, from
 * struct.unpack("<6Q", struct.pack("<q5d", ...)). */
#include "market/window_hash.h"

#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "test.h"

static const struct bar bars[] = {
    { INT64_C(1621382400000), 40450, 40500.5, 40250, 40300, 12.75, 0 },
    { INT64_C(1621383300000), 40300, 40310, 40290.25, 40305, 0, BAR_FILLED },
    { INT64_C(1621384200000), 40305, 40400.125, 40300, 40399, 1.25e-05, 0 },
};

static struct window window; /* large */

static void fill(void)
{
    window = (struct window){ .tf = TF_15M, .count = ARRAY_LEN(bars) };
    memcpy(window.bars, bars, sizeof(bars));
}

static void is(uint64_t got, uint64_t want)
{
    ASSERT_INT(got >> 32, want >> 32);
    ASSERT_INT(got & UINT32_MAX, want & UINT32_MAX);
}

static void the_hash_is_the_one_of_its_authors(void)
{
    is(hash64_feed(HASH64_START, "", 0), UINT64_C(0xcbf29ce484222325));
    is(hash64_feed(HASH64_START, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    is(hash64_feed(HASH64_START, "foobar", 6), UINT64_C(0x85944171f73967e8));
    is(hash64_feed(hash64_feed(HASH64_START, "foo", 3), "bar", 3),
       UINT64_C(0x85944171f73967e8));
}

static void every_bar_counts_in_its_place(void)
{
    static const uint64_t want[] = { UINT64_C(0xcbf29ce484222325),
                                     UINT64_C(0x5dbfff459f1b393d),
                                     UINT64_C(0x9a04b129b52c3af5),
                                     UINT64_C(0x0b39c8c77ab6c3d6) };
    fill();
    for (size_t n = 0; n < ARRAY_LEN(want); n++)
        is(window_hash_first(&window, n), want[n]);
    is(window_hash(&window), want[3]);
    is(window_hash_first(&window, 1000), want[3]);
    window.count = 2;
    is(window_hash(&window), want[2]);
    is(window_hash_first(&window, 3), want[2]);
}

/* One bit of any number of any bar, the volume of the oldest too. */
static void no_change_goes_unseen(void)
{
    const size_t hashed = offsetof(struct bar, flags);
    fill();
    uint64_t before = window_hash(&window);
    for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
        for (size_t at = 0; at < hashed; at++) {
            unsigned char *byte = (unsigned char *)&window.bars[i] + at;
            *byte ^= 1;
            ASSERT(window_hash(&window) != before);
            *byte ^= 1;
        }
    }
    is(window_hash(&window), before);
    window.bars[0].volume = 12.750000000000002;
    is(window_hash(&window), UINT64_C(0x42510e4da8ea1479));
}

static void flags_are_left_out(void)
{
    fill();
    uint64_t before = window_hash(&window);
    window.bars[1].flags = 0;
    window.bars[2].flags = BAR_GAP;
    window.rejected = 3;
    is(window_hash(&window), before);
}

void window_hash_test(void);

void window_hash_test(void)
{
    TEST_SUITE("market/window_hash");
    TEST(the_hash_is_the_one_of_its_authors);
    TEST(every_bar_counts_in_its_place);
    TEST(no_change_goes_unseen);
    TEST(flags_are_left_out);
}
