/* libmicrohttpd calls back twice for a request without a body: once for its
 * head, once at its end.
 *
 * It would hold a connection as long as something trickles in, and take no
 * other once it has its number. So those that are there are written down, the
 * oldest first: one that is too old, and the oldest while there are too many,
 * is shut down, and the library sees it closed. Whoever sends a whole request
 * at once has his answer before it comes to that. */
#include "expose/listener.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/array.h"
#include "sys/clock.h"
#include "sys/tcp.h"
#include "sys/xmalloc.h"

#define IDLE_SECONDS      10
#define AGE_MAX_MS        10000
#define GUESTS_MAX        32 /* from here on the oldest has to go */
#define CONNECTIONS_MAX   64 /* the library takes no more */
#define TURNS_MAX         16 /* in one go */
#define CONNECTION_MEMORY ((size_t)16 * 1024)
#define BODY_MAX          ((size_t)8 << 20)

struct guest {
    struct MHD_Connection *connection;
    int64_t since_ms; /* monotonic */
    bool told_to_go;
};

struct listener {
    struct MHD_Daemon *daemon;
    struct guest guests[CONNECTIONS_MAX]; /* the oldest first */
    size_t guest_count;
    struct listener_options options;
    int fd;
    uint16_t port;
};

static enum MHD_Result send_reply(struct MHD_Connection *connection,
                                  struct listener_reply *r, const char *allow)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        r->body.len, (void *)(uintptr_t)text_str(&r->body),
        MHD_RESPMEM_MUST_COPY);
    enum MHD_Result queued = MHD_NO;
    if (response) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                r->content_type);
        MHD_add_response_header(response, "Cache-Control", "no-store");
        if (allow)
            MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow);
        queued = MHD_queue_response(connection, r->status, response);
        MHD_destroy_response(response);
    }
    text_release(&r->body);
    return queued;
}

static enum MHD_Result on_request(void *listener,
                                  struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *data,
                                  size_t *size, void **state)
{
    static char begun; /* its address alone */
    struct listener *l = listener;
    struct listener_reply reply = { .content_type = "text/plain; charset=utf-8",
                                    .body = TEXT_INIT(BODY_MAX) };
    (void)version;
    (void)data;
    if (!*state) {
        *state = &begun;
        return MHD_YES;
    }
    if (*size) { /* nobody reads it */
        *size = 0;
        return MHD_YES;
    }
    bool reads = strcmp(method, MHD_HTTP_METHOD_GET) == 0 ||
                 strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    if (!reads) {
        reply.status = MHD_HTTP_METHOD_NOT_ALLOWED;
        text_puts(&reply.body, "GET and HEAD alone\n");
        return send_reply(connection, &reply, "GET, HEAD");
    }
    l->options.answer(l->options.payload, path, &reply);
    return send_reply(connection, &reply, NULL);
}

static void on_connection(void *listener, struct MHD_Connection *connection,
                          void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct listener *l = listener;
    size_t i = 0;
    (void)context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        if (l->guest_count < CONNECTIONS_MAX)
            l->guests[l->guest_count++] =
                (struct guest){ connection, clock_monotonic_ms(), false };
        return;
    }
    while (i < l->guest_count && l->guests[i].connection != connection)
        i++;
    if (i == l->guest_count)
        return;
    l->guest_count--;
    memmove(&l->guests[i], &l->guests[i + 1],
            (l->guest_count - i) * sizeof(l->guests[0]));
}

static void tell_to_go(struct guest *g)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        g->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    g->told_to_go = true;
    if (info)
        shutdown(info->connect_fd, SHUT_RDWR);
}

/* True when somebody was told to go. */
static bool make_room(struct listener *l)
{
    int64_t now_ms = clock_monotonic_ms();
    size_t staying = 0;
    bool any = false;
    for (size_t i = 0; i < l->guest_count; i++)
        staying += !l->guests[i].told_to_go;
    for (size_t i = 0; i < l->guest_count; i++) {
        struct guest *g = &l->guests[i];
        bool old = now_ms - g->since_ms >= AGE_MAX_MS;
        if (g->told_to_go || !(old || staying > GUESTS_MAX))
            continue;
        tell_to_go(g);
        staying--;
        any = true;
    }
    return any;
}

/* Which of its reasons are the configuration's, and what to do then. */
static void tell_refused(const struct listener_options *o, int why,
                         struct error *err)
{
    static const struct {
        int why;
        const char *remedy;
    } rows[] = {
        { EADDRINUSE, ": end what listens there, or take another port" },
        { EADDRNOTAVAIL, ": take an address that this machine has" },
        { EACCES, ": take a port from 1024 on" },
    };
    const unsigned char *a = o->address;
    const char *remedy = NULL;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].why == why)
            remedy = rows[i].remedy;
    error_set(err, remedy ? FAULT_CONFIG : FAULT_IO,
              "%u.%u.%u.%u:%u cannot be listened on: %s%s", (unsigned)a[0],
              (unsigned)a[1], (unsigned)a[2], (unsigned)a[3], (unsigned)o->port,
              strerror(why), remedy ? remedy : "");
}

/* From here on the socket is the library's. */
static struct MHD_Daemon *start(struct listener *l, int socket)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL, l->port, NULL, NULL, on_request, l,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION, on_connection, l,
        MHD_OPTION_END);
}

struct listener *listener_open(const struct listener_options *options,
                               struct error *err)
{
    int socket = tcp_listen(options->address, options->port);
    if (socket < 0) {
        tell_refused(options, errno, err);
        return NULL;
    }
    struct listener *l = xcalloc(1, sizeof(*l));
    const union MHD_DaemonInfo *info = NULL;
    l->options = *options;
    l->port = tcp_port(socket);
    l->daemon = start(l, socket);
    if (l->daemon)
        info = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (info) {
        l->fd = info->epoll_fd;
        return l;
    }
    error_set(err, FAULT_IO, "the HTTP server on port %u does not begin",
              (unsigned)l->port);
    listener_close(l);
    return NULL;
}

uint16_t listener_port(const struct listener *l)
{
    return l->port;
}

int listener_fd(const struct listener *l)
{
    return l->fd;
}

int64_t listener_rest_ms(const struct listener *l, int64_t most_ms)
{
    MHD_UNSIGNED_LONG_LONG ms = 0;
    if (l->guest_count) {
        int64_t age_ms = clock_monotonic_ms() - l->guests[0].since_ms;
        int64_t left_ms = age_ms < AGE_MAX_MS ? AGE_MAX_MS - age_ms : 0;
        most_ms = left_ms < most_ms ? left_ms : most_ms;
    }
    if (MHD_get_timeout(l->daemon, &ms) != MHD_YES || ms > (uint64_t)most_ms)
        return most_ms;
    return (int64_t)ms;
}

int listener_go_on(struct listener *l, struct error *err)
{
    for (int turn = 0; turn < TURNS_MAX; turn++) {
        if (MHD_run(l->daemon) != MHD_YES)
            return error_set(err, FAULT_IO, "the server cannot go on");
        if (!make_room(l))
            break;
    }
    return 0;
}

void listener_close(struct listener *l)
{
    if (!l)
        return;
    if (l->daemon)
        MHD_stop_daemon(l->daemon);
    free(l);
}
