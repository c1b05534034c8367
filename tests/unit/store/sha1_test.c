/* The examples of FIPS 180 (appendix A of 180-2) and the empty text; the sums
 * of 'a' times n for the lengths around a block are of coreutils' sha1sum. */
#include "store/sha1.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "test.h"

static const char *hex_of(struct sha1 *s)
{
    static char hex[2 * SHA1_SIZE + 1];
    unsigned char sum[SHA1_SIZE];
    sha1_finish(s, sum);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    return hex;
}

static const char *sum_of(const char *text)
{
    struct sha1 s;
    sha1_init(&s);
    sha1_feed(&s, text, strlen(text));
    return hex_of(&s);
}

static void published_examples_agree(void)
{
    ASSERT_STR(sum_of(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    ASSERT_STR(sum_of("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    ASSERT_STR(
        sum_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
}

static void a_million_fed_in_any_portions_is_the_same(void)
{
    static const size_t portions[] = { 1, 7, 63, 64, 65, 1000, 100000 };
    static char many[100000];
    memset(many, 'a', sizeof(many));
    for (size_t i = 0; i < ARRAY_LEN(portions); i++) {
        struct sha1 s;
        sha1_init(&s);
        for (size_t left = 1000000; left > 0;) {
            size_t n = portions[i] < left ? portions[i] : left;
            sha1_feed(&s, many, n);
            left -= n;
        }
        ASSERT_STR(hex_of(&s), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    }
}

static void lengths_around_a_block_are_padded_right(void)
{
    static const struct {
        size_t n;
        const char *sum;
    } rows[] = {
        { 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
        { 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
        { 57, "f08f24908d682555111be7ff6f004e78283d989a" },
        { 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
        { 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
        { 65, "11655326c708d70319be2610e8a57d9a5b959d3b" },
        { 119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56" },
        { 120, "f34c1488385346a55709ba056ddd08280dd4c6d6" },
        { 128, "ad5b3fdbcb526778c2839d2f151ea753995e26a0" },
    };
    char text[200];
    memset(text, 'a', sizeof(text));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sha1 s;
        sha1_init(&s);
        sha1_feed(&s, text, rows[i].n);
        ASSERT_STR(hex_of(&s), rows[i].sum);
    }
}

void sha1_test(void);
void sha1_test(void)
{
    TEST_SUITE("store: sha1");
    TEST(published_examples_agree);
    TEST(a_million_fed_in_any_portions_is_the_same);
    TEST(lengths_around_a_block_are_padded_right);
}
