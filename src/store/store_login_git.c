/* Who we are, and whether the other side is who it should be. */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/remote_url.h"
#include "store/store_talk.h"

static int stop(struct login_try *t, enum talk_stop why)
{
    t->sheet->stop = why;
    return GIT_EUSER;
}

static int give_token(git_credential **out, struct login_try *t)
{
    const struct store_login *login = &t->store->login;
    if (!login->http_token)
        return stop(t, STOP_NO_TOKEN);
    if (t->asked++)
        return stop(t, STOP_TOKEN_REFUSED);
    return git_credential_userpass_plaintext_new(
        out, login->http_user ? login->http_user : "gridwatch",
        login->http_token);
}

static int give_key(git_credential **out, const char *user, struct login_try *t)
{
    const struct store_login *login = &t->store->login;
    if (!login->ssh_key)
        return stop(t, STOP_NO_KEY);
    if (!strstr(login->ssh_key, "-----BEGIN ") ||
        !strstr(login->ssh_key, "PRIVATE KEY-----"))
        return stop(t, STOP_BAD_KEY);
    if (t->asked++)
        return stop(t, STOP_KEY_REFUSED);
    return git_credential_ssh_key_memory_new(out, user, NULL, login->ssh_key,
                                             login->ssh_passphrase);
}

/* Asked again after each refusal, for as long as something is given. */
static int on_credentials(git_credential **out, const char *url,
                          const char *user, unsigned int allowed, void *payload)
{
    struct login_try *t = payload;
    (void)url;
    if (allowed & GIT_CREDENTIAL_USERNAME)
        return git_credential_username_new(out, "git");
    if (allowed & GIT_CREDENTIAL_SSH_MEMORY)
        return give_key(out, user ? user : "git", t);
    if (remote_url_kind(t->store->remote) == REMOTE_SSH)
        return stop(t, STOP_KEY_REFUSED);
    return give_token(out, t);
}

/* As ssh-keygen -l prints it: base64 without padding. */
static void fingerprint(const unsigned char hash[32], char out[64])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                  "qrstuvwxyz0123456789+/";
    size_t n = (size_t)snprintf(out, 64, "SHA256:");
    for (size_t bit = 0; bit < 256; bit += 6) {
        unsigned pair = (unsigned)hash[bit / 8] << 8;
        if (bit / 8 + 1 < 32)
            pair |= hash[bit / 8 + 1];
        out[n++] = letters[pair >> (10 - bit % 8) & 63];
    }
    out[n] = '\0';
}

static bool is_listed(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += len)
        if ((at == list || strchr(" \t,", at[-1])) &&
            (at[len] == '\0' || strchr(" \t,", at[len])))
            return true;
    return false;
}

static int check_host_key(const git_cert_hostkey *key, int valid,
                          struct login_try *t)
{
    const char *list = t->store->login.ssh_host_keys;
    char seen[64] = "";
    if (key->type & GIT_CERT_SSH_SHA256)
        fingerprint(key->hash_sha256, seen);
    if (list ? seen[0] && is_listed(list, seen) : valid != 0)
        return 0;
    snprintf(t->sheet->why, sizeof(t->sheet->why), "%s",
             seen[0] ? seen : "(none that can be read)");
    return stop(t, STOP_HOST_KEY);
}

static int on_certificate(git_cert *cert, int valid, const char *host,
                          void *payload)
{
    struct login_try *t = payload;
    (void)host;
    if (cert && cert->cert_type == GIT_CERT_HOSTKEY_LIBSSH2)
        return check_host_key((const git_cert_hostkey *)(const void *)cert,
                              valid, t);
    if (valid)
        return 0;
    t->sheet->stop = STOP_CERTIFICATE;
    return GIT_PASSTHROUGH; /* keeps libgit2's words about it */
}

void login_callbacks(git_remote_callbacks *c)
{
    c->credentials = on_credentials;
    c->certificate_check = on_certificate;
}

/* The store has sealed off all configuration of the user, and with it the way
 * to ~/.ssh/known_hosts. The repository's own was read before. */
static int show_home(void)
{
    const char *home = getenv("HOME");
    if (!home || !home[0])
        return 0;
    return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL,
                            home);
}

int login_prepare(struct login_try *t)
{
    const struct store *s = t->store;
    int rc = 0;
    if (remote_url_kind(s->remote) == REMOTE_SSH && !s->login.ssh_host_keys)
        rc = show_home();
    if (!rc && remote_url_kind(s->remote) == REMOTE_HTTP && s->login.ca_file) {
        rc = git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, s->login.ca_file,
                              NULL);
        t->sheet->stop = rc ? STOP_CA_FILE : STOP_NONE;
    }
    return rc;
}
