#include "store/deflate.h"

#include <string.h>

#include "test.h"

void deflate_test(void);

/* RFC 1950, 2.2: the first two bytes, as a number, are a multiple of 31; the
 * last four are Adler-32, here by hand: of no bytes 1, of "a" 0x00620062. */
static void a_stream_has_its_frame(void)
{
    struct deflater *d = deflater_new();
    size_t n = 0;
    const unsigned char *z = deflate_whole(d, "a", 1, &n);
    ASSERT_INT(z[0], DEFLATE_FIRST_BYTE);
    ASSERT_INT((z[0] * 256 + z[1]) % 31, 0);
    ASSERT_INT(memcmp(z + n - 4, "\0\x62\0\x62", 4), 0);
    z = deflate_whole(d, "", 0, &n);
    ASSERT_INT(z[0], DEFLATE_FIRST_BYTE);
    ASSERT_INT(memcmp(z + n - 4, "\0\0\0\1", 4), 0);
    deflater_free(d);
    deflater_free(NULL);
}

/* Small, then large, then small: each as if it were the first. */
static void one_after_another(void)
{
    static char large[300000];
    struct deflater *d = deflater_new();
    unsigned char first[64];
    size_t n = 0, m = 0;
    memset(large, 'x', sizeof(large));
    const void *z = deflate_whole(d, "state: NORMAL\n", 14, &n);
    ASSERT(n > 6 && n < sizeof(first));
    memcpy(first, z, n < sizeof(first) ? n : 0);
    deflate_whole(d, large, sizeof(large), &m);
    ASSERT(m > sizeof(large));
    ASSERT(m < sizeof(large) + sizeof(large) / 32);
    z = deflate_whole(d, "state: NORMAL\n", 14, &m);
    ASSERT_INT(m, n);
    ASSERT_INT(memcmp(first, z, n), 0);
    deflater_free(d);
}

/* RFC 1951, 3.2.4: a last block of type 0 is a byte 1, the length and its
 * complement, least byte first, and the bytes themselves. */
static void what_is_stored_is_itself(void)
{
    static const unsigned char want[] = { 1, 3, 0, 0xfc, 0xff, 'a', 'b', 'c',
                                          /* Adler-32, by hand */
                                          0x02, 0x4d, 0x01, 0x27 };
    struct deflater *d = deflater_new();
    size_t n = 0;
    const unsigned char *z = deflate_whole(d, "abc", 3, &n);
    ASSERT_INT(n, 2 + sizeof(want));
    ASSERT_INT(z[0], DEFLATE_FIRST_BYTE);
    ASSERT_INT((z[0] * 256 + z[1]) % 31, 0);
    ASSERT_INT(memcmp(z + 2, want, sizeof(want)), 0);
    deflater_free(d);
}

void deflate_test(void)
{
    TEST_SUITE("deflate");
    TEST(a_stream_has_its_frame);
    TEST(one_after_another);
    TEST(what_is_stored_is_itself);
}
