#include "watchdog/clone.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/proposed.h"

static const char *given(const char *text)
{
    return text[0] ? text : NULL;
}

static const struct store_names names = { "record", "WATCHDOG_", true };

static int open_one(const struct config *config, struct store **out,
                    enum sync_state *state, struct error *err)
{
    const struct config_watchdog *c = &config->watchdog;
    const struct config_secrets *s = &config->secrets;
    const struct store_options options = {
        .names = &names,
        .path = c->clone,
        .branch = c->branch,
        .remote = c->remote,
        .login = { .http_user = given(c->http_user),
                   .http_token = given(s->watchdog_git_token.text),
                   .ca_file = given(c->ca_file),
                   .ssh_key = given(s->watchdog_git_ssh_key.text),
                   .ssh_passphrase = given(s->watchdog_git_ssh_passphrase.text),
                   .ssh_host_keys = given(c->ssh_host_keys) },
        .author_name = "watchdog",
        .author_email = "watchdog@localhost",
        .clone_if_absent = true,
        .clone_budget_ms = c->fetch_budget_ms,
    };
    *out = NULL;
    int rc = store_open(&options, out, err);
    if (!rc)
        rc = store_sync(*out, c->fetch_budget_ms, state, err);
    if (rc) {
        store_free(*out);
        *out = NULL;
    }
    return rc;
}

/* One that is aside already stays what it is: it is older. */
static int set_aside(const struct config_watchdog *c, const char *tip,
                     struct error *err)
{
    char to[CONFIG_TEXT + 32];
    struct stat there;
    int n = 0;
    do {
        snprintf(to, sizeof(to), "%s.before-%.12s%s%.0d", c->clone, tip,
                 n ? "-" : "", n);
    } while (stat(to, &there) == 0 && ++n < 100);
    if (rename(c->clone, to) == 0)
        return 0;
    return error_set(err, FAULT_IO,
                     "the clone '%s' cannot be moved to '%s': %s", c->clone, to,
                     strerror(errno));
}

int clone_open(const struct config *c, struct store **out,
               char was[STORE_ID_SIZE], struct error *err)
{
    enum sync_state state = SYNC_UNKNOWN;

    was[0] = '\0';
    if (open_one(c, out, &state, err))
        return -1;
    if (state == SYNC_AHEAD || state == SYNC_DIVERGED ||
        state == SYNC_REPLACED) {
        store_tip(*out, was);
        store_free(*out);
        *out = NULL;
        if (set_aside(&c->watchdog, was, err) || open_one(c, out, &state, err))
            return -1;
    }
    if (state == SYNC_SAME || state == SYNC_FORWARDED)
        return 0;
    store_free(*out);
    *out = NULL;
    return error_set(err, FAULT_DATA,
                     "the remote has no branch '%s': correct 'record.branch'",
                     c->watchdog.branch);
}

int clone_has(const struct config *c, const char *tip, const char *commit,
              bool *is, struct error *err)
{
    struct proposed *p = NULL;
    *is = false;
    int rc = proposed_open(c->watchdog.clone, &p, err);
    if (!rc)
        rc = proposed_descends(p, tip, commit, is, err);
    proposed_free(p);
    if (rc && err->fault == FAULT_MISSING)
        rc = 0; /* it was there, and nobody has it any more */
    return rc;
}
