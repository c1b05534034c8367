#include "config/secrets.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "config/reading.h"
#include "config/url_rule.h"

#define SECRET(f) offsetof(struct config_secrets, f)

const struct secret_row secret_rows[] = {
    { "KUCOIN_API_KEY", SECRET(kucoin_api_key), SECRET_IS_WORD,
      "API key of KuCoin with the permission General alone; the run goes on "
      "without",
      NULL },
    { "KUCOIN_API_SECRET", SECRET(kucoin_api_secret), SECRET_IS_WORD,
      "its secret", NULL },
    { "KUCOIN_API_PASSPHRASE", SECRET(kucoin_api_passphrase), SECRET_IS_LINE,
      "the passphrase that was chosen with it", NULL },
    { "PUSHOVER_TOKEN", SECRET(pushover_token), SECRET_IS_WORD,
      "token of the Pushover application", NULL },
    { "PUSHOVER_USER", SECRET(pushover_user), SECRET_IS_WORD,
      "Pushover's key of the user or group that is told", NULL },
    { "GIT_TOKEN", SECRET(git_token), SECRET_IS_WORD,
      "access token or password of an https remote", NULL },
    { "GIT_SSH_KEY", SECRET(git_ssh_key), SECRET_IS_TEXT,
      "private key of an ssh remote, in OpenSSH's format: ed25519, not RSA",
      NULL },
    { "GIT_SSH_PASSPHRASE", SECRET(git_ssh_passphrase), SECRET_IS_LINE,
      "passphrase of that key", NULL },
    { "HEARTBEAT_URL", SECRET(heartbeat_url), SECRET_IS_URL,
      "address of a check as healthchecks has them, such as "
      "`https://hc-ping.com/UUID`: told when a run begins and how it ended",
      NULL },
    { "NTFY_URL", SECRET(ntfy_url), SECRET_IS_URL,
      "a topic of ntfy (2.16 or newer) that is this installation's alone, such "
      "as `https://ntfy.sh/TOPIC`: it speaks when the runs stop",
      NULL },
    { "NTFY_TOKEN", SECRET(ntfy_token), SECRET_IS_WORD,
      "access token of a topic that is protected", NULL },
    { "NTFY_ALERT_URL", SECRET(ntfy_alert_url), SECRET_IS_URL,
      "a topic of ntfy that alerts go to as well; before notify.ntfy_url, so "
      "that its name stands in no file",
      "notify.ntfy_url" },
    { "NTFY_ALERT_TOKEN", SECRET(ntfy_alert_token), SECRET_IS_WORD,
      "access token of that topic", NULL },
    { "TELEGRAM_TOKEN", SECRET(telegram_token), SECRET_IS_WORD,
      "token of the Telegram bot that tells notify.telegram_chat", NULL },
    { "WEBHOOK_URL", SECRET(webhook_url), SECRET_IS_URL,
      "a server that takes alerts as JSON; before notify.webhook_url, so that "
      "its path stands in no file",
      "notify.webhook_url" },
    { "WEBHOOK_TOKEN", SECRET(webhook_token), SECRET_IS_WORD,
      "sent to it as a bearer token", NULL },
    /* Those of the watchdog come last. */
    { "WATCHDOG_PUSHOVER_TOKEN", SECRET(watchdog_pushover_token),
      SECRET_IS_WORD, "token of a Pushover application of the watchdog's own",
      NULL },
    { "WATCHDOG_PUSHOVER_USER", SECRET(watchdog_pushover_user), SECRET_IS_WORD,
      "Pushover's key of who is told by the watchdog", NULL },
    { "WATCHDOG_GIT_TOKEN", SECRET(watchdog_git_token), SECRET_IS_WORD,
      "access token of an https remote that may only read", NULL },
    { "WATCHDOG_GIT_SSH_KEY", SECRET(watchdog_git_ssh_key), SECRET_IS_TEXT,
      "private key of an ssh remote that may only read", NULL },
    { "WATCHDOG_GIT_SSH_PASSPHRASE", SECRET(watchdog_git_ssh_passphrase),
      SECRET_IS_LINE, "passphrase of that key", NULL },
};
#define WATCHDOG_SECRETS 5
const size_t watchdog_secret_count = WATCHDOG_SECRETS;
const size_t secret_row_count = ARRAY_LEN(secret_rows) - WATCHDOG_SECRETS;
_Static_assert(ARRAY_LEN(secret_rows) <= SECRETS_MAX, "raise SECRETS_MAX");

static void lower_word(const char *key, char out[64])
{
    size_t n = 0;
    for (; *key && n < 63; key++)
        out[n++] = *key == '-' ? '_' : (char)tolower((unsigned char)*key);
    out[n] = '\0';
}

static bool ends_in(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

bool secret_word(const char *key)
{
    static const char *const parts[] = {
        "token",    "secret",  "passphrase", "passwd",     "apikey",
        "password", "api_key", "credential", "private_key"
    };
    static const char *const wholes[] = { "user", "username", "key", "pass",
                                          "auth" };
    char word[64];
    lower_word(key, word);
    if (strncmp(word, "allow_", 6) == 0)
        return false; /* says what a secret may be used for */
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strstr(word, parts[i]))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(wholes); i++)
        if (strcmp(word, wholes[i]) == 0)
            return true;
    return ends_in(word, "_user") || ends_in(word, "_key");
}

static struct problem_place place(const char *variable)
{
    return (struct problem_place){ variable, 0, 0 };
}

/* Without the line breaks that editors and echo leave at the end. */
static size_t trimmed(const char *s, size_t len)
{
    while (len && (s[len - 1] == '\n' || s[len - 1] == '\r'))
        len--;
    return len;
}

/* A key in a file has lines, a passphrase blanks; in a word they are a slip. */
static bool has_right_form(enum secret_form form, const char *s)
{
    static const char *const banned[] = {
        [SECRET_IS_WORD] = " \t\r\n\v\f",
        [SECRET_IS_LINE] = "\r\n\v\f",
        [SECRET_IS_TEXT] = "",
        [SECRET_IS_URL] = " \t\r\n\v\f",
    };
    return s[strcspn(s, banned[form])] == '\0';
}

/* A secret that names a place may hold no other secret: no user, no query. */
static void check_form(struct reading *r, const struct secret_row *row,
                       const char *variable, struct secret *to)
{
    struct error err;
    const char *wrong = NULL;

    if (!has_right_form(row->form, to->text))
        wrong = row->form == SECRET_IS_LINE
                    ? "the secret holds a line break: copy it again"
                    : "the secret holds a blank or a line break: copy it again";
    else if (row->form == SECRET_IS_URL && url_rule(to->text, &err))
        wrong = err.msg;
    if (!wrong)
        return;
    explicit_bzero(to->text, sizeof(to->text));
    problems_error(r->problems, place(variable), "%s", wrong);
}

static void keep(struct reading *r, const struct secret_row *row,
                 const char *variable, const char *s, size_t len)
{
    struct secret *to =
        (struct secret *)(void *)((char *)&r->config->secrets + row->at);
    len = trimmed(s, len);
    if (len == 0)
        problems_error(r->problems, place(variable),
                       "the secret is empty: set it, or unset the variable");
    else if (len >= SECRET_ROOM)
        problems_error(r->problems, place(variable),
                       "the secret is longer than %d bytes", SECRET_ROOM - 1);
    else if (memchr(s, '\0', len))
        problems_error(r->problems, place(variable),
                       "the secret holds a zero byte: write it as text");
    else {
        memcpy(to->text, s, len);
        to->text[len] = '\0';
        check_form(r, row, variable, to);
    }
}

static void warn_if_open(struct reading *r, const char *variable, int fd)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && (st.st_mode & (S_IRGRP | S_IROTH)))
        problems_warning(r->problems, place(variable),
                         "others can read the file (mode %03o): chmod 400 it",
                         (unsigned)(st.st_mode & 0777));
}

/* Up to `size` bytes, or -1. No stream: its buffer would keep a copy. */
static ssize_t read_up_to(int fd, char *to, size_t size)
{
    size_t len = 0;
    while (len < size) {
        ssize_t n = read(fd, to + len, size - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

static void keep_file(struct reading *r, const struct secret_row *row,
                      const char *variable, const char *path)
{
    char body[SECRET_ROOM + 3]; /* a line break more, and one byte too many */
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool absent = fd < 0 && errno == ENOENT;
    ssize_t len = fd < 0 ? -1 : read_up_to(fd, body, sizeof(body));

    if (len < 0 || (size_t)len == sizeof(body)) {
        problems_error(r->problems, place(variable), "the file %s",
                       absent    ? "does not exist"
                       : len < 0 ? "cannot be read"
                                 : "is too long for a secret");
    } else {
        warn_if_open(r, variable, fd);
        keep(r, row, variable, body, (size_t)len);
    }
    explicit_bzero(body, sizeof(body));
    if (fd >= 0)
        close(fd);
}

static enum secret_origin read_secret(struct reading *r,
                                      const struct config_sources *from,
                                      const struct secret_row *row)
{
    char file_variable[64];
    snprintf(file_variable, sizeof(file_variable), "%s_FILE", row->variable);
    const char *value = from->env(row->variable, from->env_context);
    const char *path = from->env(file_variable, from->env_context);
    if (value && path)
        problems_error(r->problems, place(row->variable),
                       "both this and %s are set: unset one of them",
                       file_variable);
    else if (value)
        keep(r, row, row->variable, value, strlen(value));
    else if (path)
        keep_file(r, row, file_variable, path);
    return value ? SECRET_IN_VARIABLE : path ? SECRET_IN_FILE : SECRET_NOT_SET;
}

void reading_secrets(struct reading *r, const struct config_sources *sources)
{
    size_t errors = r->problems->errors;
    bool watchdog = sources->file[CONFIG_WATCHDOG].path != NULL;
    size_t from = watchdog ? secret_row_count : 0;
    size_t until = secret_row_count + (watchdog ? watchdog_secret_count : 0);
    for (size_t i = from; sources->env && i < until; i++)
        r->from.secret[i] = read_secret(r, sources, &secret_rows[i]);
    r->from.secret_errors += r->problems->errors - errors;
}
