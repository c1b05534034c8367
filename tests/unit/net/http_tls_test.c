/* That certificates are verified: against a TLS server on loopback whose
 * certificate is made here, signed by itself. */
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "net/http.h"
#include "net/tiny_server.h"
#include "test.h"

#define TRIES_MAX 4

struct tls_server {
    int listener, port;
    EVP_PKEY *key;
    X509 *cert;
    SSL_CTX *ctx;
    pthread_t thread;
    char pem_path[40];
};

static struct error err;

struct terms {
    const char *name;  /* "IP:127.0.0.1" or "DNS:example.org" */
    long from_s, to_s; /* of the certificate's time, from now */
    int version;       /* the only one that the server speaks; 0: any */
};

static bool make_certificate(struct tls_server *s, const struct terms *t)
{
    s->key = EVP_EC_gen("P-256");
    s->cert = X509_new();
    if (!s->key || !s->cert)
        return false;
    X509_NAME *subject = X509_get_subject_name(s->cert);
    X509_EXTENSION *alt =
        X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, t->name);
    X509_set_version(s->cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(s->cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(s->cert), t->from_s);
    X509_gmtime_adj(X509_getm_notAfter(s->cert), t->to_s);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               (const unsigned char *)"test", -1, -1, 0);
    X509_set_issuer_name(s->cert, subject);
    X509_set_pubkey(s->cert, s->key);
    bool signed_ok = alt && X509_add_ext(s->cert, alt, -1) &&
                     X509_sign(s->cert, s->key, EVP_sha256()) > 0;
    X509_EXTENSION_free(alt);
    return signed_ok;
}

static bool save_certificate(struct tls_server *s)
{
    snprintf(s->pem_path, sizeof(s->pem_path), "/tmp/http_tls_XXXXXX");
    int fd = mkstemp(s->pem_path);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool written = f && PEM_write_X509(f, s->cert);
    return f && !fclose(f) && written;
}

/* A few connections, one after the other, each with one reply. */
static void take_calls(const struct tls_server *s)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsafe";
    struct timeval patience = { .tv_sec = 5 };
    for (int i = 0; i < TRIES_MAX; i++) {
        char request[4000];
        int fd = accept(s->listener, NULL, NULL);
        if (fd < 0)
            return;
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        SSL *ssl = SSL_new(s->ctx);
        SSL_set_fd(ssl, fd);
        if (SSL_accept(ssl) == 1 &&
            SSL_read(ssl, request, sizeof(request)) > 0) {
            SSL_write(ssl, reply, sizeof(reply) - 1);
            SSL_shutdown(ssl);
        }
        SSL_free(ssl);
        close(fd);
    }
}

/* What OpenSSL keeps for a thread it finds by keys that may be gone by the time
 * it is asked at the thread's end; so it is asked before. */
static void *serve(void *arg)
{
    take_calls(arg);
    OPENSSL_thread_stop();
    return NULL;
}

/* A version that is given up by today's level of security is spoken without. */
static void limit_version(SSL_CTX *ctx, int version)
{
    if (!version)
        return;
    SSL_CTX_set_security_level(ctx, 0);
    SSL_CTX_set_min_proto_version(ctx, version);
    SSL_CTX_set_max_proto_version(ctx, version);
}

static bool start(struct tls_server *s, const struct terms *t)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(at);
    memset(s, 0, sizeof(*s));
    signal(SIGPIPE, SIG_IGN); /* OpenSSL writes to who has gone */
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    s->ctx = SSL_CTX_new(TLS_server_method());
    if (s->listener < 0 || !s->ctx || !make_certificate(s, t) ||
        !save_certificate(s) || SSL_CTX_use_certificate(s->ctx, s->cert) != 1 ||
        SSL_CTX_use_PrivateKey(s->ctx, s->key) != 1 ||
        bind(s->listener, (struct sockaddr *)&at, sizeof(at)) ||
        listen(s->listener, 8) ||
        getsockname(s->listener, (struct sockaddr *)&at, &len))
        return false;
    limit_version(s->ctx, t->version);
    s->port = ntohs(at.sin_port);
    return !pthread_create(&s->thread, NULL, serve, s);
}

static void stop(struct tls_server *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
    unlink(s->pem_path);
    SSL_CTX_free(s->ctx);
    X509_free(s->cert);
    EVP_PKEY_free(s->key);
    signal(SIGPIPE, SIG_DFL);
}

static struct http_request ask(int port, const char *ca_file)
{
    char url[64];
    struct http_pool_options options = { .ca_file = ca_file, .seed = 1 };
    struct http_pool *pool = http_pool_new(&options, &err);
    snprintf(url, sizeof(url), "https://127.0.0.1:%d/", port);
    struct http_request r = { .url = url,
                              .timeout_ms = 3000,
                              .reply_max = 1000 };
    ASSERT_FATAL(pool != NULL);
    ASSERT_INT(http_pool_add(pool, &r, &err), 0);
    ASSERT_INT(http_pool_run(pool, clock_monotonic_ms() + 5000, &err), 0);
    http_pool_free(pool);
    r.url = "https://127.0.0.1/";
    return r;
}

static const struct terms usual = { "IP:127.0.0.1", -3600, 3600, 0 };

/* What comes of asking a server of these terms whose certificate is vouched
 * for, or not. */
static enum http_outcome outcome_of(const struct terms *t, bool vouched)
{
    struct tls_server s;
    ASSERT_FATAL(start(&s, t));
    struct http_request r = ask(s.port, vouched ? s.pem_path : NULL);
    enum http_outcome outcome = r.reply.outcome;
    if (outcome == HTTP_REPLIED) {
        ASSERT_STR(text_str(&r.reply.body), "safe");
    } else {
        ASSERT_INT(r.reply.body.len, 0);
        ASSERT_INT(http_request_error(&r, &err), -1);
        ASSERT_INT(err.fault, FAULT_TRANSIENT);
    }
    http_request_release(&r);
    stop(&s);
    return outcome;
}

static void a_certificate_that_nobody_vouches_for_is_refused(void)
{
    ASSERT_INT(outcome_of(&usual, false), HTTP_TLS);
}

static void a_certificate_of_the_named_file_is_taken(void)
{
    ASSERT_INT(outcome_of(&usual, true), HTTP_REPLIED);
}

static void a_certificate_of_another_host_is_refused(void)
{
    struct terms t = usual;
    t.name = "DNS:example.org";
    ASSERT_INT(outcome_of(&t, true), HTTP_TLS);
}

static void a_certificate_out_of_its_time_is_refused(void)
{
    struct terms t = usual;
    t.from_s = -7200;
    t.to_s = -60;
    ASSERT_INT(outcome_of(&t, true), HTTP_TLS);
    t.from_s = 600;
    t.to_s = 7200;
    ASSERT_INT(outcome_of(&t, true), HTTP_TLS);
}

static void a_version_below_1_2_is_not_spoken(void)
{
    struct terms t = usual;
    t.version = TLS1_2_VERSION;
    ASSERT_INT(outcome_of(&t, true), HTTP_REPLIED);
    t.version = TLS1_1_VERSION;
    ASSERT_INT(outcome_of(&t, true), HTTP_TLS);
    t.version = TLS1_VERSION;
    ASSERT_INT(outcome_of(&t, true), HTTP_TLS);
}

void http_tls_test(void);
void http_tls_test(void)
{
    TEST_SUITE("net/http over tls");
    TEST(a_certificate_that_nobody_vouches_for_is_refused);
    TEST(a_certificate_of_the_named_file_is_taken);
    TEST(a_certificate_of_another_host_is_refused);
    TEST(a_certificate_out_of_its_time_is_refused);
    TEST(a_version_below_1_2_is_not_spoken);
}
