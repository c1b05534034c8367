#include <string.h>

#include "base/array.h"
#include "base/host.h"
#include "test.h"

static void a_host_may_have_a_port(void)
{
    static const struct {
        const char *text, *host; /* NULL: not one */
    } rows[] = {
        { "example.org", "example.org" },
        { "example.org:22", "example.org" },
        { "127.0.0.1:65535", "127.0.0.1" },
        { "[::1]", "[::1]" },
        { "[::1]:8080", "[::1]" },
        { "", NULL },
        { ":80", NULL },
        { "a b", NULL },
        { "user@host", NULL },
        { "host:", NULL },
        { "host:0", NULL },
        { "host:65536", NULL },
        { "host:8x", NULL },
        { "host:+8", NULL },
        { "[::2]", NULL },
        { "[::1]8080", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char host[HOST_ROOM] = "";
        bool good = host_take(rows[i].text, strlen(rows[i].text), host);
        ASSERT_INT(good, rows[i].host != NULL);
        if (rows[i].host)
            ASSERT_STR(host, rows[i].host);
    }
    char host[HOST_ROOM];
    ASSERT(host_take("host/path", 4, host));
    ASSERT_STR(host, "host");
}

static void a_host_has_an_end(void)
{
    char longest[300], host[HOST_ROOM];
    memset(longest, 'a', sizeof(longest));
    ASSERT(host_take(longest, HOST_ROOM - 1, host));
    ASSERT(!host_take(longest, HOST_ROOM, host));
}

static void this_machine_is_127_and_its_names(void)
{
    ASSERT(host_is_this_machine("localhost"));
    ASSERT(host_is_this_machine("[::1]"));
    ASSERT(host_is_this_machine("127.0.0.1"));
    ASSERT(host_is_this_machine("127.255.255.255"));
    ASSERT(!host_is_this_machine("127.0.0.256"));
    ASSERT(!host_is_this_machine("127.0.0"));
    ASSERT(!host_is_this_machine("127.0.0.1.example.org"));
    ASSERT(!host_is_this_machine("127.0.0.1x"));
    ASSERT(!host_is_this_machine("127..0.1"));
    ASSERT(!host_is_this_machine("128.0.0.1"));
    ASSERT(!host_is_this_machine("localhost.example.org"));
    ASSERT(!host_is_this_machine(""));
}

void host_test(void);
void host_test(void)
{
    TEST_SUITE("base: the host of an address");
    TEST(a_host_may_have_a_port);
    TEST(a_host_has_an_end);
    TEST(this_machine_is_127_and_its_names);
}
