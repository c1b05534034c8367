/* Both sources as a run meets them: files, and a server on loopback. */
#include "outside/outside_read.h"

#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/moment.h"
#include "net/tiny_server.h"
#include "test.h"

void outside_read_test(void);

#define AT_MS INT64_C(1773855900000) /* 2026-03-18T17:45:00Z, a slot */
#define SIGNAL                                                                 \
    "{\"value\": 0.7, \"time\": \"2026-03-18T17:45:00Z\", "                    \
    "\"half_life_s\": 3600}"
#define CALENDAR                                                               \
    "from,to,name\n2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,rate decision\n"

static char folder[64], calendar_path[80], signal_path[80], url[120];
static struct tiny_server server;
static struct http_pool *pool;
static struct outside_options options;
static struct outside_source source;
static struct error err;

static void write_file(const char *path, const char *s)
{
    struct text t = TEXT_INIT((size_t)4 << 20);
    text_puts(&t, s);
    ASSERT_FATAL(text_write_file(&t, path, &err) == 0);
    text_release(&t);
}

static void begin(void)
{
    struct http_pool_options http = { .user_agent = "gridwatch/9.8.7" };
    snprintf(folder, sizeof(folder), "/tmp/gridwatch-outside-XXXXXX");
    ASSERT_FATAL(mkdtemp(folder) != NULL);
    snprintf(calendar_path, sizeof(calendar_path), "%s/c.csv", folder);
    snprintf(signal_path, sizeof(signal_path), "%s/s.json", folder);
    pool = http_pool_new(&http, &err);
    ASSERT_FATAL(pool != NULL);
    options = (struct outside_options){ .calendar_file = "",
                                        .signal_file = "",
                                        .signal_url = "",
                                        .signal_timeout_ms = 2000,
                                        .now_ms = AT_MS + 10000 };
}

static void end(void)
{
    outside_source_release(&source);
    http_pool_free(pool);
    unlink(calendar_path);
    unlink(signal_path);
    rmdir(folder);
}

/* What the server says at /signal-k3y. */
static void serve(struct tiny_reply reply)
{
    memset(&server, 0, sizeof(server));
    server.routes[0].prefix = "/signal-k3y";
    server.routes[0].replies[0] = reply;
    ASSERT_FATAL(tiny_start(&server));
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/signal-k3y", server.port);
    options.signal_url = url;
}

static int read_now(void)
{
    memset(&err, 0, sizeof(err));
    outside_source_release(&source);
    return outside_read(&options, pool, clock_monotonic_ms() + 5000, &source,
                        &err);
}

static void nothing_configured_asks_nothing(void)
{
    begin();
    ASSERT_INT(read_now(), 0);
    struct outside now = outside_now(&source, AT_MS);
    ASSERT(!now.calendar && !now.calendar_read);
    ASSERT_STR(now.event, "");
    ASSERT(!now.signal.configured && !now.signal.read);
    options = (struct outside_options){ .now_ms = AT_MS };
    http_pool_free(pool);
    pool = NULL;
    ASSERT_INT(read_now(), 0);
    end();
}

static void files_give_window_and_signal(void)
{
    begin();
    write_file(calendar_path, CALENDAR);
    write_file(signal_path, SIGNAL);
    options.calendar_file = calendar_path;
    options.signal_file = signal_path;
    ASSERT_INT(read_now(), 0);
    struct outside now = outside_now(&source, AT_MS);
    ASSERT(now.calendar && now.calendar_read);
    ASSERT_STR(now.event, "rate decision");
    ASSERT(now.signal.configured && now.signal.read);
    ASSERT_NEAR(now.signal.value, 0.7, 0);
    ASSERT_INT(now.signal.at_ms, AT_MS);
    now = outside_now(&source, AT_MS + 4 * MS_PER_HOUR);
    ASSERT(now.calendar && now.calendar_read);
    ASSERT_STR(now.event, "");
    /* .7 * 2^-4 */
    ASSERT_NEAR(signal_at(&now.signal, AT_MS + 4 * MS_PER_HOUR).v, 0.04375,
                1e-15);
    end();
}

static void a_missed_slot_asks_the_calendar_only(void)
{
    begin();
    write_file(calendar_path, CALENDAR);
    write_file(signal_path, SIGNAL);
    options.calendar_file = calendar_path;
    options.signal_file = signal_path;
    ASSERT_INT(read_now(), 0);
    struct outside then = outside_then(&source, AT_MS);
    ASSERT(then.calendar && then.calendar_read);
    ASSERT_STR(then.event, "rate decision");
    ASSERT(!then.signal.configured && !then.signal.read);
    ASSERT_NEAR(then.signal.value, NO_VALUE, 0);
    end();
}

static void what_cannot_be_read_is_unknown_and_told(void)
{
    char want[400];
    begin();
    options.calendar_file = calendar_path;
    options.signal_file = signal_path;
    write_file(signal_path, "{}");
    ASSERT_INT(read_now(), -1);
    snprintf(want, sizeof(want),
             "calendar: file '%s': does not exist: name one that does, or "
             "none; external signal: file '%s': 'value' is missing",
             calendar_path, signal_path);
    ASSERT_STR(err.msg, want);
    ASSERT_INT(err.fault, FAULT_MISSING);
    struct outside now = outside_now(&source, AT_MS);
    ASSERT(now.calendar && !now.calendar_read);
    ASSERT_STR(now.event, "");
    ASSERT(now.signal.configured && !now.signal.read);
    ASSERT_INT(signal_at(&now.signal, AT_MS).status, VALUE_UNAVAILABLE);
    end();
}

static void one_source_is_read_without_the_other(void)
{
    char want[400];
    begin();
    options.calendar_file = calendar_path;
    options.signal_file = signal_path;
    write_file(signal_path, SIGNAL);
    write_file(calendar_path, "from,to\n");
    ASSERT_INT(read_now(), -1);
    snprintf(want, sizeof(want),
             "calendar: file '%s': line 1: the first line must be "
             "'from,to,name'",
             calendar_path);
    ASSERT_STR(err.msg, want);
    ASSERT(outside_now(&source, AT_MS).signal.read);
    ASSERT(!outside_now(&source, AT_MS).calendar_read);
    write_file(calendar_path, CALENDAR);
    unlink(signal_path);
    ASSERT_INT(read_now(), -1);
    ASSERT(strncmp(err.msg, "external signal: file '", 23) == 0);
    ASSERT(!outside_now(&source, AT_MS).signal.read);
    ASSERT_STR(outside_now(&source, AT_MS).event, "rate decision");
    end();
}

static void a_signal_of_the_future_is_not_believed(void)
{
    begin();
    options.signal_file = signal_path;
    write_file(signal_path, SIGNAL);
    options.now_ms = AT_MS - 60000;
    ASSERT_INT(read_now(), 0);
    options.now_ms = AT_MS - 60001;
    ASSERT_INT(read_now(), -1);
    ASSERT_STR(err.msg,
               "external signal: is of 2026-03-18T17:45:00Z, and now it is "
               "2026-03-18T17:43:59.999Z: set the clock of the machine that "
               "writes it");
    struct outside now = outside_now(&source, AT_MS);
    ASSERT(now.signal.configured && !now.signal.read);
    ASSERT_NEAR(now.signal.value, NO_VALUE, 0);
    end();
}

/* The slot is of 17:45:00, the run of 17:45:10, the signal of 17:45:07. */
static void a_signal_since_the_slot_counts_in_full(void)
{
    begin();
    options.signal_file = signal_path;
    write_file(signal_path,
               "{\"value\": 0.7, \"time\": \"2026-03-18T17:45:07Z\", "
               "\"half_life_s\": 3600}");
    ASSERT_INT(read_now(), 0);
    struct outside now = outside_now(&source, AT_MS);
    ASSERT_INT(now.signal.at_ms, AT_MS);
    ASSERT_NEAR(signal_at(&now.signal, AT_MS).v, 0.7, 0);
    end();
}

static void a_server_gives_the_signal(void)
{
    begin();
    serve((struct tiny_reply){ .status = 200, .body = SIGNAL "\n" });
    ASSERT_INT(read_now(), 0);
    ASSERT_STR(err.msg, "");
    struct outside now = outside_now(&source, AT_MS);
    ASSERT(now.signal.configured && now.signal.read);
    ASSERT_NEAR(now.signal.value, 0.7, 0);
    ASSERT_STR(server.seen[0].method, "GET");
    ASSERT_STR(server.seen[0].target, "/signal-k3y");
    ASSERT_INT(server.seen_count, 1);
    tiny_stop(&server);
    end();
}

static void a_file_comes_before_an_address(void)
{
    begin();
    serve((struct tiny_reply){ .status = 500 });
    write_file(signal_path, SIGNAL);
    options.signal_file = signal_path;
    ASSERT_INT(read_now(), 0);
    ASSERT_INT(server.seen_count, 0);
    tiny_stop(&server);
    end();
}

// clang-format off
static const struct {
    struct tiny_reply reply;
    const char *tells; /* after "external signal: " */
    enum fault fault;
} refused[] = {
    { { .status = 404, .body = SIGNAL }, "HTTP 404", FAULT_REFUSED },
    { { .status = 503, .body = SIGNAL }, "HTTP 503", FAULT_TRANSIENT },
    { { .status = 302, .headers = "Location: /signal-k3y\r\n" }, "HTTP 302", FAULT_REFUSED },
    { { .status = 201, .body = SIGNAL }, "HTTP 201", FAULT_NONE },
    { { .status = 200, .body = "<html>PLANTED</html>" }, "is not one JSON object", FAULT_DATA },
    { { .status = 200 }, "is not one JSON object", FAULT_DATA },
    { { .status = 200, .body = "{\"value\": NaN}" }, "is not one JSON object", FAULT_DATA },
    { { .status = 200, .body = "{\"value\": \"PLANTED\"}" }, "'value' must be", FAULT_DATA },
    { { .status = 200, .body = SIGNAL, .copies = 2000 }, "longer than", FAULT_DATA },
    { { .status = 200, .body = SIGNAL, .missing = 10 }, "", FAULT_TRANSIENT },
    { { .status = -1 }, "", FAULT_TRANSIENT },
};
// clang-format on

static void a_server_that_misbehaves_leaves_it_unknown(void)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        begin();
        serve(refused[i].reply);
        ASSERT_INT(read_now(), -1);
        ASSERT(strncmp(err.msg, "external signal: ", 17) == 0);
        ASSERT(strstr(err.msg, "127.0.0.1") != NULL);
        ASSERT(strstr(err.msg, "PLANTED") == NULL);
        ASSERT(strstr(err.msg, "k3y") == NULL);
        if (!strstr(err.msg, refused[i].tells))
            printf("%s\n", err.msg);
        ASSERT(strstr(err.msg, refused[i].tells) != NULL);
        if (refused[i].fault)
            ASSERT_INT(err.fault, refused[i].fault);
        struct outside now = outside_now(&source, AT_MS);
        ASSERT(now.signal.configured && !now.signal.read);
        ASSERT_INT(server.seen_count, 1); /* no redirect, no second try */
        tiny_stop(&server);
        end();
    }
}

static void a_slow_server_does_not_hold_the_run(void)
{
    begin();
    serve(
        (struct tiny_reply){ .status = 200, .body = SIGNAL, .delay_ms = 3000 });
    options.signal_timeout_ms = 150;
    int64_t start = clock_monotonic_ms();
    ASSERT_INT(read_now(), -1);
    ASSERT(clock_monotonic_ms() - start < 2000);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    options.signal_timeout_ms = 60000;
    start = clock_monotonic_ms();
    outside_source_release(&source);
    ASSERT_INT(outside_read(&options, pool, start + 150, &source, &err), -1);
    ASSERT(clock_monotonic_ms() - start < 2000);
    tiny_stop(&server);
    end();
}

static void an_address_that_may_not_be_asked_is_told(void)
{
    begin();
    options.signal_url = "http://192.0.2.1/signal";
    ASSERT_INT(read_now(), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT(!outside_now(&source, AT_MS).signal.read);
    end();
}

void outside_read_test(void)
{
    TEST_SUITE("outside: read");
    TEST(nothing_configured_asks_nothing);
    TEST(files_give_window_and_signal);
    TEST(a_missed_slot_asks_the_calendar_only);
    TEST(what_cannot_be_read_is_unknown_and_told);
    TEST(one_source_is_read_without_the_other);
    TEST(a_signal_of_the_future_is_not_believed);
    TEST(a_signal_since_the_slot_counts_in_full);
    TEST(a_server_gives_the_signal);
    TEST(a_file_comes_before_an_address);
    TEST(a_server_that_misbehaves_leaves_it_unknown);
    TEST(a_slow_server_does_not_hold_the_run);
    TEST(an_address_that_may_not_be_asked_is_told);
}
