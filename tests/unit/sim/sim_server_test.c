/* Over real sockets on loopback; every wait is bounded. */
#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "sim/sim_world.h"
#include "sys/clock.h"
#include "test.h"

static volatile sig_atomic_t stop;

static void *serve(void *server)
{
    struct error err = { 0 };
    sim_server_run(server, &stop, &err);
    return NULL;
}

struct place {
    struct sim world;
    struct sim_server *server;
    pthread_t thread;
};

static void place_open(struct place *p)
{
    struct error err = { 0 };
    p->world = sim_world_at("2026-02-10T12:00:00Z");
    p->server = sim_server_open(&p->world, 0, &err);
    ASSERT_FATAL(p->server != NULL);
    stop = 0;
    ASSERT_FATAL(pthread_create(&p->thread, NULL, serve, p->server) == 0);
}

static void place_close(struct place *p)
{
    stop = 1;
    ASSERT_INT(pthread_join(p->thread, NULL), 0);
    sim_server_close(p->server);
    sim_world_end(&p->world);
}

/* A connection whose reads give up after five seconds. */
static int dial(const struct place *p)
{
    struct timeval patience = { 5, 0 };
    struct sockaddr_in at = {
        .sin_family = AF_INET,
        .sin_port = htons(sim_server_port(p->server)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_FATAL(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ASSERT_INT(connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

static void send_request(int fd, const char *line, const char *body)
{
    char text[512];
    int n = snprintf(text, sizeof(text),
                     "%s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%s",
                     line, strlen(body), body);
    ASSERT_INT(write(fd, text, (size_t)n), n);
}

/* Reads until `end` has come; "" when the other side hangs up before. */
static const char *read_reply(int fd, const char *end)
{
    static char text[4096];
    size_t n = 0;
    for (;;) {
        ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);
        if (got <= 0)
            return "";
        n += (size_t)got;
        text[n] = '\0';
        if (strstr(text, end))
            return text;
    }
}

static void connections_are_kept_and_served_side_by_side(void)
{
    enum { LINES = 8, ROUNDS = 5 };
    struct place p;
    int fds[LINES];

    place_open(&p);
    for (int i = 0; i < LINES; i++)
        fds[i] = dial(&p);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < LINES; i++)
            send_request(fds[i], "GET /api/v1/timestamp", "");
        for (int i = LINES - 1; i >= 0; i--)
            ASSERT(strstr(read_reply(fds[i], "000}"), "1770724800000}"));
    }
    for (int i = 0; i < LINES; i++)
        close(fds[i]);
    place_close(&p);
}

static void a_reply_has_its_headers(void)
{
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    send_request(fd, "GET /api/v1/status", "");
    const char *reply = read_reply(fd, "}}");
    ASSERT(strncmp(reply, "HTTP/1.1 200 OK\r\n", 17) == 0);
    ASSERT(strstr(reply, "Content-Type: application/json\r\n") != NULL);
    ASSERT(strstr(reply, "gw-ratelimit-remaining: 1997\r\n") != NULL);
    ASSERT(strstr(reply, "Date:") == NULL); /* it would be the wrong one */
    close(fd);
    place_close(&p);
}

static void a_reply_that_hangs_holds_up_nobody_else(void)
{
    struct place p;
    place_open(&p);
    int slow = dial(&p), fast = dial(&p);
    send_request(fast, "PUT /sim/fault",
                 "{\"path\":\"/api/v1/status\",\"hang_ms\":400}");
    ASSERT(strstr(read_reply(fast, "}"), "armed") != NULL);
    int64_t start_ms = clock_monotonic_ms();
    send_request(slow, "GET /api/v1/status", "");
    send_request(fast, "GET /api/v1/timestamp", "");
    ASSERT(strstr(read_reply(fast, "000}"), "200 OK") != NULL);
    ASSERT(clock_monotonic_ms() - start_ms < 350);
    ASSERT(strstr(read_reply(slow, "}}"), "open") != NULL);
    ASSERT(clock_monotonic_ms() - start_ms >= 400);
    close(slow);
    close(fast);
    place_close(&p);
}

static void a_closed_connection_gives_no_reply(void)
{
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    send_request(fd, "PUT /sim/fault",
                 "{\"path\":\"/1/messages.json\",\"close\":true}");
    ASSERT(strstr(read_reply(fd, "}"), "armed") != NULL);
    send_request(fd, "POST /1/messages.json", "message=hi");
    ASSERT_STR(read_reply(fd, "}"), "");
    close(fd);
    place_close(&p);
}

/* All that comes until the other side hangs up, or resets: -1 then, with the
 * reason in errno. */
static ssize_t read_all(int fd, char *out, size_t room)
{
    size_t n = 0;
    for (;;) {
        ssize_t got = read(fd, out + n, room - 1 - n);
        if (got <= 0) {
            out[n] = '\0';
            return got < 0 ? -1 : (ssize_t)n;
        }
        n += (size_t)got;
    }
}

static void arm(int fd, const char *fault)
{
    send_request(fd, "PUT /sim/fault", fault);
    ASSERT(strstr(read_reply(fd, "}"), "armed") != NULL);
}

static void a_reply_that_is_cut_promises_more_than_it_sends(void)
{
    char all[4096];
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    arm(fd, "{\"path\":\"/api/v1/timestamp\",\"cut\":10}");
    send_request(fd, "GET /api/v1/timestamp", "");
    ASSERT(read_all(fd, all, sizeof(all)) > 0);
    /* {"code":"200000","data":1770724800000} is 38 bytes long */
    ASSERT(strstr(all, "Content-Length: 38\r\n") != NULL);
    const char *body = strstr(all, "\r\n\r\n");
    ASSERT_FATAL(body != NULL);
    ASSERT_STR(body + 4, "{\"code\":\"2");
    close(fd);
    place_close(&p);
}

static void a_reset_is_an_error_to_who_reads(void)
{
    char all[4096];
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    arm(fd, "{\"path\":\"/api/v1/timestamp\",\"reset\":true}");
    send_request(fd, "GET /api/v1/timestamp", "");
    errno = 0;
    ASSERT_INT(read_all(fd, all, sizeof(all)), -1);
    ASSERT_INT(errno, ECONNRESET);
    close(fd);
    place_close(&p);
}

static void a_lost_reply_hangs_up_quietly(void)
{
    char all[4096];
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    arm(fd, "{\"path\":\"/api/v1/timestamp\",\"lost\":true}");
    send_request(fd, "GET /api/v1/timestamp", "");
    ASSERT_INT(read_all(fd, all, sizeof(all)), 0);
    close(fd);
    place_close(&p);
}

#define SEVENTY                                                                \
    "{{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* A piece is 64 bytes long: of 72 there are two. */
static void a_paced_reply_comes_in_pieces(void)
{
    struct place p;
    place_open(&p);
    int slow = dial(&p), fast = dial(&p);
    arm(fast, "{\"path\":\"/api/v1/status\",\"pace_ms\":200,\"body\":\"" SEVENTY
              "}}\"}");
    int64_t start_ms = clock_monotonic_ms();
    send_request(slow, "GET /api/v1/status", "");
    send_request(fast, "GET /api/v1/timestamp", "");
    ASSERT(strstr(read_reply(fast, "000}"), "200 OK") != NULL);
    ASSERT(clock_monotonic_ms() - start_ms < 200);
    ASSERT(strstr(read_reply(slow, "}}"), SEVENTY "}}") != NULL);
    ASSERT(clock_monotonic_ms() - start_ms >= 400);
    close(slow);
    close(fast);
    place_close(&p);
}

static void it_ends_while_a_reply_hangs(void)
{
    struct place p;
    place_open(&p);
    int fd = dial(&p);
    send_request(fd, "PUT /sim/fault", "{\"path\":\"/*\",\"hang_ms\":600000}");
    ASSERT(strstr(read_reply(fd, "}"), "armed") != NULL);
    send_request(fd, "GET /api/v1/status", "");
    clock_sleep_ms(100);
    int64_t start_ms = clock_monotonic_ms();
    place_close(&p);
    ASSERT(clock_monotonic_ms() - start_ms < 3000);
    close(fd);
}

static void a_port_that_is_taken_is_said(void)
{
    struct place p;
    struct error err = { 0 };
    char port[16];

    place_open(&p);
    ASSERT(sim_server_open(&p.world, sim_server_port(p.server), &err) == NULL);
    snprintf(port, sizeof(port), "port %u", sim_server_port(p.server));
    ASSERT(strstr(err.msg, port) != NULL);
    place_close(&p);
}

void sim_server_test(void);

void sim_server_test(void)
{
    TEST_SUITE("sim/server");
    TEST(connections_are_kept_and_served_side_by_side);
    TEST(a_reply_has_its_headers);
    TEST(a_reply_that_hangs_holds_up_nobody_else);
    TEST(a_closed_connection_gives_no_reply);
    TEST(a_reply_that_is_cut_promises_more_than_it_sends);
    TEST(a_reset_is_an_error_to_who_reads);
    TEST(a_lost_reply_hangs_up_quietly);
    TEST(a_paced_reply_comes_in_pieces);
    TEST(it_ends_while_a_reply_hangs);
    TEST(a_port_that_is_taken_is_said);
}
