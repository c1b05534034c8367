/* tests/unit/net/tiny_server.h - an HTTP server on loopback that says what it
 * was told to say, for tests of whatever uses net/http.h.
 *
 * The n-th request whose target begins with the prefix of a route gets the
 * n-th reply of the route, the last one again and again. Each connection has a
 * thread, so slow replies do not hold up others. No route: 404.
 */
#ifndef NET_TINY_SERVER_H
#define NET_TINY_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

#define TINY_REPLIES     6
#define TINY_ROUTES      12
#define TINY_SEEN        128
#define TINY_CONNECTIONS 128

struct tiny_reply {
    int status;          /* -1: hang up without a word */
    const char *headers; /* "Name: value\r\n" ..., or NULL */
    const char *body;    /* or NULL */
    int delay_ms;        /* before it is sent */
    int missing;         /* bytes promised but not sent */
    int copies;          /* of the body; 0: one */
    bool no_length;      /* no Content-Length: the end of the connection ends */
    bool raw;            /* the body is all that is sent: not HTTP */
};

struct tiny_route {
    const char *prefix;
    struct tiny_reply replies[TINY_REPLIES]; /* up to the first empty one */
    /* Instead of `body`: what it returns is dropped with free(). */
    char *(*make)(const char *target, void *arg);
    void *arg;
    int used;
};

struct tiny_seen {
    char method[8];
    char target[400];
    char head[1500];
    char body[12000];
    int connection;
    int64_t at_ms;
};

struct tiny_server {
    int port;
    struct tiny_route routes[TINY_ROUTES];
    struct tiny_seen seen[TINY_SEEN];
    int seen_count, connection_count, at_once, at_once_max;
    int listener;
    bool stopping;
    int fds[TINY_CONNECTIONS];
    pthread_t threads[TINY_CONNECTIONS], acceptor;
    pthread_mutex_t lock;
};

struct tiny_connection {
    struct tiny_server *server;
    int fd, number;
};

static inline bool tiny_stopping(struct tiny_server *s)
{
    pthread_mutex_lock(&s->lock);
    bool stopping = s->stopping;
    pthread_mutex_unlock(&s->lock);
    return stopping;
}

static inline bool tiny_write(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* Reads one request; false at the end of the connection. */
static inline bool tiny_read(int fd, struct text *in, size_t *head_len)
{
    char chunk[4096];
    for (;;) {
        const char *end = strstr(text_str(in), "\r\n\r\n");
        if (end) {
            const char *length = strstr(in->data, "\r\nContent-Length:");
            size_t want =
                length && length < end ? strtoul(length + 17, NULL, 10) : 0;
            *head_len = (size_t)(end + 4 - in->data);
            if (in->len - *head_len >= want)
                return true;
        }
        ssize_t n = recv(fd, chunk, sizeof(chunk), 0);
        if (n <= 0 || text_append(in, chunk, (size_t)n))
            return false;
    }
}

/* Writes down what was asked and picks the reply. */
static inline struct tiny_reply tiny_note(struct tiny_connection *c,
                                          const struct text *in, size_t head,
                                          struct tiny_route *route)
{
    struct tiny_server *s = c->server;
    struct tiny_reply reply = { .status = 404, .body = "no route" };
    pthread_mutex_lock(&s->lock);
    struct tiny_seen *seen = &s->seen[s->seen_count % TINY_SEEN];
    *seen = (struct tiny_seen){ .connection = c->number,
                                .at_ms = clock_monotonic_ms() };
    sscanf(in->data, "%7s %399s", seen->method, seen->target);
    snprintf(seen->head, sizeof(seen->head), "%.*s", (int)head, in->data);
    snprintf(seen->body, sizeof(seen->body), "%s", in->data + head);
    s->seen_count++;
    for (int i = 0; i < TINY_ROUTES && s->routes[i].prefix; i++) {
        struct tiny_route *r = &s->routes[i];
        if (strncmp(seen->target, r->prefix, strlen(r->prefix)) != 0)
            continue;
        int last = 0;
        while (last + 1 < TINY_REPLIES && r->replies[last + 1].status)
            last++;
        reply = r->replies[r->used < last ? r->used : last];
        r->used++;
        *route = *r;
        break;
    }
    s->at_once++;
    if (s->at_once > s->at_once_max)
        s->at_once_max = s->at_once;
    pthread_mutex_unlock(&s->lock);
    return reply;
}

static inline bool tiny_answer(int fd, const struct tiny_reply *r,
                               const char *body)
{
    size_t copies = r->copies ? (size_t)r->copies : 1;
    size_t len = body ? strlen(body) : 0;
    char head[1000];
    int n = snprintf(head, sizeof(head), "HTTP/1.1 %d Said\r\n%s", r->status,
                     r->headers ? r->headers : "");
    if (!r->no_length)
        n += snprintf(head + n, sizeof(head) - (size_t)n,
                      "Content-Length: %zu\r\n",
                      len * copies + (size_t)r->missing);
    n += snprintf(head + n, sizeof(head) - (size_t)n, "\r\n");
    if (!r->raw && !tiny_write(fd, head, (size_t)n))
        return false;
    for (size_t i = 0; i < copies; i++)
        if (!tiny_write(fd, body ? body : "", len))
            return false;
    return !r->missing && !r->no_length && !r->raw;
}

static inline void *tiny_serve(void *arg)
{
    struct tiny_connection *c = arg;
    struct tiny_server *s = c->server;
    struct text in = TEXT_INIT(1 << 16);
    size_t head;
    bool more = true;
    struct timeval patience = { .tv_sec = 10 };
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    while (more && tiny_read(c->fd, &in, &head)) {
        struct tiny_route route = { 0 };
        struct tiny_reply reply = tiny_note(c, &in, head, &route);
        char *made = route.make ? route.make(in.data, route.arg) : NULL;
        int64_t until = clock_monotonic_ms() + reply.delay_ms;
        while (clock_monotonic_ms() < until && !tiny_stopping(s))
            clock_sleep_ms(2);
        pthread_mutex_lock(&s->lock);
        s->at_once--;
        pthread_mutex_unlock(&s->lock);
        more = reply.status > 0 &&
               tiny_answer(c->fd, &reply, made ? made : reply.body);
        free(made);
        text_clear(&in);
    }
    text_release(&in);
    shutdown(c->fd, SHUT_RDWR);
    free(c);
    return NULL;
}

static inline void *tiny_accept(void *arg)
{
    struct tiny_server *s = arg;
    for (;;) {
        int fd = accept(s->listener, NULL, NULL);
        pthread_mutex_lock(&s->lock);
        bool take =
            fd >= 0 && !s->stopping && s->connection_count < TINY_CONNECTIONS;
        if (take) {
            struct tiny_connection *c = xcalloc(1, sizeof(*c));
            int i = s->connection_count++;
            *c = (struct tiny_connection){ s, fd, i };
            s->fds[i] = fd;
            pthread_create(&s->threads[i], NULL, tiny_serve, c);
        }
        pthread_mutex_unlock(&s->lock);
        if (!take) {
            if (fd >= 0)
                close(fd);
            return NULL;
        }
    }
}

/* A zeroed server, set up with routes by the caller, starts to listen. */
static inline bool tiny_start(struct tiny_server *s)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(at);
    pthread_mutex_init(&s->lock, NULL);
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (s->listener < 0 ||
        bind(s->listener, (struct sockaddr *)&at, sizeof(at)) ||
        listen(s->listener, 64) ||
        getsockname(s->listener, (struct sockaddr *)&at, &len))
        return false;
    s->port = ntohs(at.sin_port);
    return pthread_create(&s->acceptor, NULL, tiny_accept, s) == 0;
}

static inline void tiny_stop(struct tiny_server *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    for (int i = 0; i < s->connection_count; i++)
        shutdown(s->fds[i], SHUT_RDWR);
    pthread_mutex_unlock(&s->lock);
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->acceptor, NULL);
    for (int i = 0; i < s->connection_count; i++) {
        pthread_join(s->threads[i], NULL);
        close(s->fds[i]);
    }
    close(s->listener);
    pthread_mutex_destroy(&s->lock);
}

#endif
