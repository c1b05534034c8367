/* The server, asked by plain sockets. */
#include "expose/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/clock.h"
#include "test.h"

void listener_test(void);

static struct listener *server;
static struct error err;
static int asked;

static void answer(void *payload, const char *path,
                   struct listener_reply *reply)
{
    int *count = payload;
    *count += 1;
    reply->status = strcmp(path, "/there") == 0 ? 200 : 404;
    reply->content_type = "text/plain; version=0.0.4";
    text_puts(&reply->body, "a page\n");
}

static void begin(void)
{
    const struct listener_options o = { .address = { 127, 0, 0, 1 },
                                        .answer = answer,
                                        .payload = &asked };
    asked = 0;
    server = listener_open(&o, &err);
    ASSERT_FATAL(server != NULL);
    ASSERT(listener_port(server) > 0);
}

static int call(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons(listener_port(server)),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_FATAL(fd >= 0);
    ASSERT_FATAL(connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
    return fd;
}

/* Lets the server get on until the caller has heard all, at most 3 s. */
static void hear(int fd, char *out, size_t size)
{
    size_t len = 0;
    int64_t until_ms = clock_monotonic_ms() + 3000;
    ssize_t n = -1;
    while (n != 0 && len + 1 < size && clock_monotonic_ms() < until_ms) {
        struct pollfd at[2] = { { listener_fd(server), POLLIN, 0 },
                                { fd, POLLIN, 0 } };
        poll(at, 2, (int)listener_rest_ms(server, 50));
        ASSERT_INT(listener_go_on(server, &err), 0);
        n = recv(fd, out + len, size - len - 1, MSG_DONTWAIT);
        len += n > 0 ? (size_t)n : 0;
    }
    out[len] = '\0';
    ASSERT_INT(n, 0);
    close(fd);
}

static void ask(const char *request, char *out, size_t size)
{
    int fd = call();
    ASSERT_INT(send(fd, request, strlen(request), 0), strlen(request));
    hear(fd, out, size);
}

static void pages_are_given(void)
{
    char reply[2000];
    begin();
    ask("GET /there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", reply,
        sizeof(reply));
    ASSERT(strncmp(reply, "HTTP/1.1 200 ", 13) == 0);
    ASSERT(strstr(reply, "\r\nContent-Type: text/plain; version=0.0.4\r\n"));
    ASSERT(strstr(reply, "\r\n\r\na page\n") != NULL);
    ask("HEAD /there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", reply,
        sizeof(reply));
    ASSERT(strncmp(reply, "HTTP/1.1 200 ", 13) == 0);
    ASSERT(strstr(reply, "a page") == NULL);
    ask("GET /else HTTP/1.0\r\n\r\n", reply, sizeof(reply));
    ASSERT(strstr(reply, " 404 ") != NULL);
    ASSERT_INT(asked, 3);
    listener_close(server);
}

static void nothing_is_taken(void)
{
    char reply[2000];
    begin();
    ask("POST /there HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
        "Connection: close\r\n\r\nabc",
        reply, sizeof(reply));
    ASSERT(strncmp(reply, "HTTP/1.1 405 ", 13) == 0);
    ASSERT(strstr(reply, "\r\nAllow: GET, HEAD\r\n") != NULL);
    ASSERT_INT(asked, 0);
    listener_close(server);
}

/* One that says nothing holds up nobody else. */
static void a_silent_caller_holds_up_nobody(void)
{
    char reply[2000];
    begin();
    int silent = call();
    ask("GET /there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", reply,
        sizeof(reply));
    ASSERT(strstr(reply, "a page") != NULL);
    close(silent);
    listener_close(server);
}

static void nonsense_is_no_end(void)
{
    char reply[2000];
    begin();
    ask("\x16\x03\x01 what\r\n\r\n", reply, sizeof(reply));
    ASSERT_INT(asked, 0);
    ask("GET /there HTTP/1.0\r\n\r\n", reply, sizeof(reply));
    ASSERT_INT(asked, 1);
    listener_close(server);
}

static void a_port_that_is_taken_is_an_error(void)
{
    char want[120];
    begin();
    struct listener_options o = { .address = { 127, 0, 0, 1 },
                                  .port = listener_port(server),
                                  .answer = answer,
                                  .payload = &asked };
    ASSERT(listener_open(&o, &err) == NULL);
    snprintf(want, sizeof(want),
             "127.0.0.1:%u cannot be listened on: Address already in use: end "
             "what listens there, or take another port",
             (unsigned)o.port);
    ASSERT_STR(err.msg, want);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    memcpy(o.address, (unsigned char[]){ 192, 0, 2, 1 }, 4); /* nobody's */
    ASSERT(listener_open(&o, &err) == NULL);
    ASSERT(strstr(err.msg, ": take an address that this machine has"));
    ASSERT_INT(err.fault, FAULT_CONFIG);
    listener_close(server);
    listener_close(NULL);
}

#define SLOW 100

/* Lets the server take what came. */
static void pass(int turns)
{
    for (int i = 0; i < turns; i++) {
        struct pollfd at = { listener_fd(server), POLLIN, 0 };
        poll(&at, 1, 5);
        ASSERT_INT(listener_go_on(server, &err), 0);
    }
}

/* More than it ever takes at once, and none of them ends its request. */
static void half_a_request_holds_nobody_up(void)
{
    static const char half[] = "GET /there HTTP/1.1\r\nHost: x\r\n";
    int slow[SLOW];
    char page[1024];

    begin();
    for (int i = 0; i < SLOW; i++) {
        slow[i] = call();
        ASSERT_INT(send(slow[i], half, sizeof(half) - 1, MSG_NOSIGNAL),
                   sizeof(half) - 1);
        pass(1);
    }
    pass(20);
    int64_t began_ms = clock_monotonic_ms();
    ask("GET /there HTTP/1.0\r\n\r\n", page, sizeof(page));
    ASSERT(strstr(page, " 200 OK") != NULL);
    ASSERT(clock_monotonic_ms() - began_ms < 2000);
    /* The newest of them may still go on. */
    ASSERT_INT(send(slow[SLOW - 1], "\r\n", 2, MSG_NOSIGNAL), 2);
    pass(5);
    ssize_t n = recv(slow[SLOW - 1], page, sizeof(page) - 1, MSG_DONTWAIT);
    page[n > 0 ? n : 0] = '\0';
    ASSERT(strstr(page, " 200 OK") != NULL);
    /* The oldest was closed. */
    ASSERT_INT(recv(slow[0], page, sizeof(page), MSG_DONTWAIT), 0);
    ASSERT_INT(asked, 2);
    for (int i = 0; i < SLOW; i++)
        close(slow[i]);
    listener_close(server);
}

void listener_test(void)
{
    TEST_SUITE("a server for pages");
    TEST(pages_are_given);
    TEST(nothing_is_taken);
    TEST(a_silent_caller_holds_up_nobody);
    TEST(nonsense_is_no_end);
    TEST(a_port_that_is_taken_is_an_error);
    TEST(half_a_request_holds_nobody_up);
}
