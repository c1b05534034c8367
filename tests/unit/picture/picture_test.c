/* The PNG itself, and what cannot be drawn. */
#include "picture/picture.h"

#include <string.h>

#include "base/value.h"
#include "scenes_made.h"
#include "test.h"

void picture_test(void);

static struct made made;

/* RFC 2083, 3.1 and 4.1.1: the signature, then IHDR with width and height. */
static void it_is_a_png_of_its_size(void)
{
    static const unsigned char head[] = { 137, 'P', 'N', 'G', 13, 10,
                                          26,  10,  0,   0,   0,  13,
                                          'I', 'H', 'D', 'R', 0,  0,
                                          2,   208, 0,   0,   2,  28 };
    struct text png = TEXT_INIT(PICTURE_BYTES_MAX);
    struct error err = { FAULT_NONE, "" };
    made_scene(&made);
    ASSERT_FATAL(picture_png(&made.scene, PICTURE_WIDTH, PICTURE_HEIGHT, &png,
                             &err) == 0);
    ASSERT_FATAL(png.len > sizeof(head));
    ASSERT_INT(memcmp(png.data, head, sizeof(head)), 0);
    ASSERT_INT(memcmp(png.data + png.len - 8, "IEND", 4), 0);
    text_release(&png);
}

static void the_same_scene_is_the_same_bytes(void)
{
    struct text png[3] = { TEXT_INIT(PICTURE_BYTES_MAX),
                           TEXT_INIT(PICTURE_BYTES_MAX),
                           TEXT_INIT(PICTURE_BYTES_MAX) };
    struct error err = { FAULT_NONE, "" };
    made_scene(&made);
    for (int i = 0; i < 3; i++) {
        made.scene.dark = i == 2;
        ASSERT_INT(picture_png(&made.scene, 360, 270, &png[i], &err), 0);
    }
    ASSERT_INT(png[0].len, png[1].len);
    ASSERT(png[0].len == png[1].len &&
           memcmp(png[0].data, png[1].data, png[0].len) == 0);
    ASSERT(png[0].len != png[2].len ||
           memcmp(png[0].data, png[2].data, png[0].len) != 0);
    for (int i = 0; i < 3; i++)
        text_release(&png[i]);
}

static void fails(int width, int height, size_t room, enum fault fault,
                  const char *words)
{
    struct text png = TEXT_INIT(room);
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(picture_png(&made.scene, width, height, &png, &err), -1);
    ASSERT_INT(err.fault, fault);
    ASSERT(strstr(err.msg, words) != NULL);
    text_release(&png);
}

static void what_cannot_be_drawn_says_why(void)
{
    made_scene(&made);
    made.scene.bar_count = 0;
    fails(720, 540, 99999, FAULT_DATA, "there is no 1h bar of BTC-USDT");
    made_scene(&made);
    made.scene.from_ms = made.scene.until_ms - 1; /* none is within */
    fails(720, 540, 99999, FAULT_DATA, "there is no 1h bar");
    made_scene(&made);
    made.bars[3].close = NO_VALUE;
    fails(720, 540, 99999, FAULT_DATA, "bar 3 of the picture");
    made_scene(&made);
    made.scene.from_ms = made.scene.until_ms;
    fails(720, 540, 99999, FAULT_BUG, "axis is empty");
    made_scene(&made);
    fails(20, 540, 99999, FAULT_BUG, "20 x 540");
    fails(720, 5000, 99999, FAULT_BUG, "720 x 5000");
    fails(720, 540, 1000, FAULT_DATA, "more than 1000 bytes");
}

void picture_test(void)
{
    TEST_SUITE("picture: png");
    TEST(it_is_a_png_of_its_size);
    TEST(the_same_scene_is_the_same_bytes);
    TEST(what_cannot_be_drawn_says_why);
}
