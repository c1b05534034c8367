#include <string.h>

#include "base/array.h"
#include "base/remote_url.h"
#include "test.h"

// clang-format off
static const struct { const char *url; enum remote_flaw flaw; } rows[] = {
    { "data.git", REMOTE_FINE },
    { "../a/data.git", REMOTE_FINE },
    { "/mnt/data.git", REMOTE_FINE },
    { "./odd:name.git", REMOTE_FINE },
    { "file:///mnt/data.git", REMOTE_FINE },
    { "https://example.org/a/data.git", REMOTE_FINE },
    { "https://example.org:8443/data.git", REMOTE_FINE },
    { "http://localhost/data.git", REMOTE_FINE },
    { "http://127.0.0.1:8080/data.git", REMOTE_FINE },
    { "ssh://git@example.org/data.git", REMOTE_FINE },
    { "ssh://git@example.org:2222/a/data.git", REMOTE_FINE },
    { "ssh://example.org/~/data.git", REMOTE_FINE },
    { "", REMOTE_UNKNOWN },
    { "file://host/data.git", REMOTE_UNKNOWN },
    { "file:///mnt/a%20b.git", REMOTE_UNKNOWN },
    { "git://example.org/data.git", REMOTE_UNKNOWN },
    { "git+ssh://example.org/data.git", REMOTE_UNKNOWN },
    { "https://example.org", REMOTE_UNKNOWN },
    { "https://example.org/", REMOTE_UNKNOWN },
    { "https:///data.git", REMOTE_UNKNOWN },
    { "https://example.org:0/data.git", REMOTE_UNKNOWN },
    { "https://example.org/data.git?token=x", REMOTE_UNKNOWN },
    { "https://example.org/data.git#x", REMOTE_UNKNOWN },
    { "https://example.org/a b.git", REMOTE_UNKNOWN },
    { "https://user:pa/ss@example.org/data.git", REMOTE_UNKNOWN },
    { "ssh://@example.org/data.git", REMOTE_UNKNOWN },
    { "ssh://-oProxyCommand@example.org/data.git", REMOTE_UNKNOWN },
    { "ssh://a;b@example.org/data.git", REMOTE_UNKNOWN },
    { "ssh://git@-x/data.git", REMOTE_UNKNOWN },
    { "git@example.org:data.git", REMOTE_SCP },
    { "example.org:data.git", REMOTE_SCP },
    { "https:/example.org/data.git", REMOTE_SCP },
    { "https://x@example.org/data.git", REMOTE_SECRET },
    { "https://u:p@example.org/data.git", REMOTE_SECRET },
    { "https://u:p@evil@example.org/data.git", REMOTE_SECRET },
    { "http://u:p@localhost/data.git", REMOTE_SECRET },
    { "ssh://git:p@example.org/data.git", REMOTE_SECRET },
    { "ssh://git:@example.org/data.git", REMOTE_SECRET },
    { "http://example.org/data.git", REMOTE_OPEN },
    { "http://127.0.0.1.example.org/data.git", REMOTE_OPEN },
    { "http://10.0.0.1/data.git", REMOTE_OPEN },
};
// clang-format on

static void each_address_is_what_it_is(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(remote_url_flaw(rows[i].url), rows[i].flaw);
}

static void every_flaw_says_what_to_write(void)
{
    ASSERT_STR(remote_flaw_rule(REMOTE_FINE), "");
    for (int f = REMOTE_FINE + 1; f < REMOTE_FLAW_COUNT; f++)
        ASSERT(strlen(remote_flaw_rule((enum remote_flaw)f)) > 20);
}

static void the_kind_is_the_way_there(void)
{
    ASSERT_INT(remote_url_kind("/mnt/data.git"), REMOTE_PATH);
    ASSERT_INT(remote_url_kind("file:///mnt/data.git"), REMOTE_PATH);
    ASSERT_INT(remote_url_kind("https://example.org/data.git"), REMOTE_HTTP);
    ASSERT_INT(remote_url_kind("http://localhost/data.git"), REMOTE_HTTP);
    ASSERT_INT(remote_url_kind("ssh://git@example.org/x"), REMOTE_SSH);
    ASSERT_STR(remote_url_path("file:///mnt/data.git"), "/mnt/data.git");
    ASSERT_STR(remote_url_path("../data.git"), "../data.git");
}

static const char *show(const char *url)
{
    static char out[80];
    remote_url_show(url, out, sizeof(out));
    return out;
}

static void people_see_no_user(void)
{
    ASSERT_STR(show("ssh://git@example.org:22/data.git"),
               "ssh://example.org:22/data.git");
    ASSERT_STR(show("https://u:p@example.org/data.git"),
               "https://example.org/data.git");
    ASSERT_STR(show("https://u:p@q@example.org/a@b"),
               "https://example.org/a@b");
    ASSERT_STR(show("https://example.org/a@b"), "https://example.org/a@b");
    ASSERT_STR(show("/mnt/a@b/data.git"), "/mnt/a@b/data.git");
    char tiny[9];
    remote_url_show("ssh://git@example.org/x", tiny, sizeof(tiny));
    ASSERT_STR(tiny, "ssh://ex");
}

void remote_url_test(void);
void remote_url_test(void)
{
    TEST_SUITE("base: addresses of a remote");
    TEST(each_address_is_what_it_is);
    TEST(every_flaw_says_what_to_write);
    TEST(the_kind_is_the_way_there);
    TEST(people_see_no_user);
}
