/* libmicrohttpd calls back several times for one request: once for its head,
 * for each piece of its body, once at its end, and once more when a reply that
 * hung is due. `struct exchange` is what is remembered between these. */
#include "sim/server.h"

#include <ctype.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "sim/sim.h"
#include "sys/clock.h"
#include "sys/tcp.h"
#include "sys/xmalloc.h"

#define POLL_MS           250
#define IDLE_SECONDS      120
#define CONNECTIONS_MAX   256
#define CONNECTION_MEMORY ((size_t)64 * 1024)
#define PACED_PIECE       64

struct exchange {
    struct sim_server *server; /* borrowed */
    struct MHD_Connection *connection;
    char *target; /* path with query as it was sent; owned */
    struct text body;
    bool begun, too_long, answered, waiting;
    int64_t due_ms;  /* monotonic; of a reply that hangs, or its next piece */
    uint64_t passed; /* bytes of a paced reply that were waited for */
    struct sim_reply reply;
    struct exchange *next; /* among those that hang */
};

struct sim_server {
    struct MHD_Daemon *daemon;
    uint16_t port;
    struct sim *world;
    struct exchange *waiting; /* borrowed from libmicrohttpd's connections */
    struct error failure;     /* fault FAULT_NONE while all is well */
};

/* Called with the first line of a request, before its escapes are decoded. */
static void *exchange_new(void *server, const char *target,
                          struct MHD_Connection *connection)
{
    static const struct exchange empty = {
        .body = TEXT_INIT(SIM_REQUEST_BYTES_MAX),
        .reply = SIM_REPLY_INIT,
    };
    struct exchange *x = xcalloc(1, sizeof(*x));
    *x = empty;
    x->server = server;
    x->connection = connection;
    x->target = xstrdup(target);
    return x;
}

static void stop_waiting(struct sim_server *s, struct exchange *x)
{
    struct exchange **at = &s->waiting;
    while (*at && *at != x)
        at = &(*at)->next;
    if (*at)
        *at = x->next;
    x->waiting = false;
}

static void on_completed(void *server, struct MHD_Connection *connection,
                         void **state, enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *state;
    (void)connection;
    (void)why;
    if (!x)
        return;
    stop_waiting(server, x);
    text_release(&x->body);
    sim_reply_release(&x->reply);
    free(x->target);
    free(x);
    *state = NULL;
}

static enum MHD_Result take_argument(void *fields, enum MHD_ValueKind kind,
                                     const char *name, const char *value)
{
    (void)kind;
    sim_fields_set(fields, name, value ? value : "");
    return MHD_YES;
}

/* Names in lower case: that of a header is the same in any. */
static enum MHD_Result take_header(void *fields, enum MHD_ValueKind kind,
                                   const char *name, const char *value)
{
    char lower[64];
    size_t n = 0;

    for (; name[n] && n + 1 < sizeof(lower); n++)
        lower[n] = (char)tolower((unsigned char)name[n]);
    lower[n] = '\0';
    return take_argument(fields, kind, lower, value);
}

static void answer(struct sim_server *s, struct exchange *x, const char *method,
                   const char *path)
{
    struct sim_fields query = { 0 }, headers = { 0 };
    struct sim_request request = {
        .method = method,
        .path = path,
        .target = x->target,
        .headers = &headers,
        .content_type = MHD_lookup_connection_value(
            x->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE),
        .query = &query,
        .body = text_str(&x->body),
        .body_len = x->body.len,
        .mono_ms = clock_monotonic_ms(),
    };
    MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND,
                              take_argument, &query);
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, take_header,
                              &headers);
    if (x->too_long)
        sim_reply_text(&x->reply, MHD_HTTP_CONTENT_TOO_LARGE, "{}");
    else if (sim_answer(s->world, &request, &x->reply, &s->failure))
        sim_reply_text(&x->reply, MHD_HTTP_INTERNAL_SERVER_ERROR, "{}");
    sim_fields_release(&query);
    sim_fields_release(&headers);
    x->answered = true;
}

static void wait_for(struct exchange *x, int64_t ms)
{
    x->due_ms = clock_monotonic_ms() + ms;
    x->waiting = true;
    x->next = x->server->waiting;
    x->server->waiting = x;
    MHD_suspend_connection(x->connection);
}

/* Called for the bytes at `at` of a reply that is cut, or paced. */
static ssize_t give_piece(void *exchange, uint64_t at, char *out, size_t room)
{
    struct exchange *x = exchange;
    const struct sim_reply *r = &x->reply;
    uint64_t whole = r->cut > 0 && (uint64_t)r->cut < r->body.len
                         ? (uint64_t)r->cut
                         : r->body.len;
    if (at >= whole)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t n = whole - at < room ? (size_t)(whole - at) : room;
    if (r->pace_ms > 0) {
        n = n < PACED_PIECE ? n : PACED_PIECE;
        if (x->passed <= at) {
            x->passed = at + n;
            wait_for(x, r->pace_ms);
            return 0;
        }
    }
    memcpy(out, r->body.data + at, n);
    return (ssize_t)n;
}

static struct MHD_Response *body_of(struct exchange *x)
{
    const struct sim_reply *r = &x->reply;
    static char none[1];
    if (r->body.len && (r->cut || r->pace_ms))
        return MHD_create_response_from_callback(r->body.len, PACED_PIECE * 16,
                                                 give_piece, x, NULL);
    return MHD_create_response_from_buffer(
        r->body.len, r->body.data ? r->body.data : none, MHD_RESPMEM_MUST_COPY);
}

/* Without a word. To take an established connection away from its socket sends
 * a reset, which the other side reads as an error. */
static enum MHD_Result hang_up(struct exchange *x)
{
    static const struct sockaddr nobody = { .sa_family = AF_UNSPEC };
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (x->reply.reset && info)
        connect(info->connect_fd, &nobody, sizeof(nobody));
    return MHD_NO;
}

static enum MHD_Result send_reply(struct exchange *x)
{
    const struct sim_reply *r = &x->reply;
    struct MHD_Response *response = body_of(x);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            r->content_type);
    for (size_t i = 0; i < r->header_count; i++)
        MHD_add_response_header(response, r->headers[i].name,
                                r->headers[i].value);
    enum MHD_Result queued =
        MHD_queue_response(x->connection, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result on_request(void *server,
                                  struct MHD_Connection *connection,
                                  const char *url, const char *method,
                                  const char *version, const char *data,
                                  size_t *size, void **state)
{
    struct sim_server *s = server;
    struct exchange *x = *state;
    (void)connection;
    (void)version;

    if (!x->begun) {
        x->begun = true;
        return MHD_YES;
    }
    if (*size) {
        x->too_long = text_append(&x->body, data, *size) || x->too_long;
        *size = 0;
        return MHD_YES;
    }
    if (!x->answered)
        answer(s, x, method, url);
    if (x->reply.hang_ms > 0) {
        wait_for(x, x->reply.hang_ms);
        x->reply.hang_ms = 0;
        return MHD_YES;
    }
    return x->reply.close || x->reply.lost ? hang_up(x) : send_reply(x);
}

/* From here on the socket is the library's. */
static struct MHD_Daemon *start(struct sim_server *s, int socket)
{
    return MHD_start_daemon(
        MHD_USE_AUTO | MHD_ALLOW_SUSPEND_RESUME |
            MHD_USE_SUPPRESS_DATE_NO_CLOCK,
        s->port, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, socket,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_new, s,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_END);
}

struct sim_server *sim_server_open(struct sim *world, uint16_t port,
                                   struct error *err)
{
    static const unsigned char loopback[4] = { 127, 0, 0, 1 };
    int socket = tcp_listen(loopback, port);
    if (socket < 0) {
        error_set(err, FAULT_IO, "port %u on 127.0.0.1: %s", (unsigned)port,
                  strerror(errno));
        return NULL;
    }
    struct sim_server *s = xcalloc(1, sizeof(*s));
    s->world = world;
    s->port = tcp_port(socket);
    s->daemon = start(s, socket);
    if (s->daemon)
        return s;
    error_set(err, FAULT_IO, "the HTTP server on port %u does not begin",
              (unsigned)s->port);
    free(s);
    return NULL;
}

uint16_t sim_server_port(const struct sim_server *s)
{
    return s->port;
}

/* Wakes what is due and returns how long there is to wait for the rest. */
static int32_t wake_due(struct sim_server *s, int64_t now_ms)
{
    int64_t wait_ms = POLL_MS;
    for (struct exchange *x = s->waiting, *next; x; x = next) {
        next = x->next;
        int64_t left_ms = x->due_ms - now_ms;
        if (left_ms <= 0) {
            stop_waiting(s, x);
            MHD_resume_connection(x->connection);
            wait_ms = 0;
        } else if (left_ms < wait_ms)
            wait_ms = left_ms;
    }
    return (int32_t)wait_ms;
}

int sim_server_run(struct sim_server *s, const volatile sig_atomic_t *stop,
                   struct error *err)
{
    while (!*stop) {
        int32_t wait_ms = wake_due(s, clock_monotonic_ms());
        if (MHD_run_wait(s->daemon, wait_ms) != MHD_YES)
            return error_set(err, FAULT_IO, "the server cannot go on");
        if (s->failure.fault != FAULT_NONE) {
            *err = s->failure;
            return -1;
        }
    }
    return 0;
}

void sim_server_close(struct sim_server *s)
{
    if (!s)
        return;
    wake_due(s, INT64_MAX);
    MHD_run_wait(s->daemon, 0);
    MHD_stop_daemon(s->daemon);
    free(s);
}
