/* Addresses with ports; what is right is by hand. */
#include "base/ipv4.h"

#include "base/array.h"
#include "test.h"

void ipv4_test(void);

static void addresses_with_ports_are_read(void)
{
    static const struct {
        const char *text;
        unsigned char address[4];
        int port;
    } rows[] = {
        { "127.0.0.1:9464", { 127, 0, 0, 1 }, 9464 },
        { "0.0.0.0:0", { 0, 0, 0, 0 }, 0 },
        { "255.255.255.255:65535", { 255, 255, 255, 255 }, 65535 },
        { "10.20.3.100:80", { 10, 20, 3, 100 }, 80 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        unsigned char got[4] = { 9, 9, 9, 9 };
        uint16_t port = 9;
        ASSERT(ipv4_port_parse(rows[i].text, got, &port));
        for (int k = 0; k < 4; k++)
            ASSERT_INT(got[k], rows[i].address[k]);
        ASSERT_INT(port, rows[i].port);
    }
}

static void all_else_is_not(void)
{
    static const char *const texts[] = {
        "",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:99999999999",
        "127.0.0.256:80",
        "127.0.0.01:80",
        "127.0.0.1:080",
        "127.0.0.1:80 ",
        " 127.0.0.1:80",
        "127.0.0:80",
        "127.0.0.1.1:80",
        "127..0.1:80",
        "-1.0.0.1:80",
        "localhost:80",
        "[::1]:80",
        ":9464",
        "0x7f.0.0.1:80",
        "127.0.0.4294967297:80",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        unsigned char got[4] = { 1, 2, 3, 4 };
        uint16_t port = 5;
        ASSERT(!ipv4_port_parse(texts[i], got, &port));
        ASSERT_INT(got[0] * 1000 + got[3] * 10 + port, 1045);
    }
}

void ipv4_test(void)
{
    TEST_SUITE("an address and a port");
    TEST(addresses_with_ports_are_read);
    TEST(all_else_is_not);
}
