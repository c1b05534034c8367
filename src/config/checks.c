#include "config/checks.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "config/reading.h"

/* Decimal limits are not exact: .41 - .10 is a little less than .31. */
#define ROUNDING 1e-9

static bool l_haz_leaves_late(const struct config *c)
{
    return c->exit.l_haz.leave <= c->exit.l_haz.enter - 0.10 + ROUNDING;
}

static bool w_haz_leaves_late(const struct config *c)
{
    return c->exit.w_haz.leave < c->exit.w_haz.enter;
}

static bool warning_comes_first(const struct config *c)
{
    return c->exit.w_haz.enter < c->exit.l_haz.enter;
}

static bool warning_is_told(const struct config *c)
{
    return c->alert.warning_pi_floor <= c->exit.w_haz.enter;
}

static bool siren_repeats_allowed(const struct config *c)
{
    return c->alert.siren_expire_s <= 50 * c->alert.siren_retry_s;
}

static bool siren_rings_twice(const struct config *c)
{
    return c->alert.siren_retry_s <= c->alert.siren_expire_s;
}

/* Every wait of a run, one after the other. */
static bool deadline_covers_waits(const struct config *c)
{
    const struct config_notify *n = &c->notify;
    int64_t alert =
        n->tries * n->request_timeout_ms + (n->tries - 1) * n->retry_spacing_ms;
    return c->run.deadline_ms > c->run.settle_ms +
                                    c->exchange.request_timeout_ms +
                                    c->repository.push_budget_ms + alert;
}

static bool profile_is_built(const struct config *c)
{
    return c->exit.profile == PROFILE_CALIBRATED;
}

/* "host:path" is ssh in disguise: a colon before any slash. */
static bool remote_is_built(const struct config *c)
{
    const char *remote = c->repository.remote;
    if (strncmp(remote, "file://", 7) == 0)
        return remote[7] == '/';
    return remote[strcspn(remote, ":/")] != ':';
}

/* The rules of git-check-ref-format that a name by hand can break. */
static bool branch_is_a_name(const struct config *c)
{
    const char *b = c->repository.branch;
    size_t len = strlen(b);
    if (!len || strpbrk(b, " ~^:?*[\\") || strstr(b, "..") || strstr(b, "@{") ||
        strstr(b, "//") || strstr(b, "/."))
        return false;
    if (strchr("-/.", b[0]) || strchr("/.", b[len - 1]) || !strcmp(b, "@"))
        return false;
    return !strstr(b, ".lock/") &&
           (len < 5 || strcmp(b + len - 5, ".lock") != 0);
}

static bool author_fits_a_commit(const struct config *c)
{
    const struct config_repository *r = &c->repository;
    return !strpbrk(r->author_name, "<>") && !strpbrk(r->author_email, "<> ") &&
           strspn(r->author_name, " ") < strlen(r->author_name);
}

/* clang-format off */
const struct config_check config_checks[] = {
    { "l-haz-gap", { "exit.l_haz.leave", "exit.l_haz.enter" },
      l_haz_leaves_late,
      "'exit.l_haz.leave' must be at least 0.10 below 'exit.l_haz.enter', "
      "or the state would flicker" },
    { "w-haz-gap", { "exit.w_haz.leave", "exit.w_haz.enter" },
      w_haz_leaves_late,
      "'exit.w_haz.leave' must be below 'exit.w_haz.enter'" },
    { "warning-first", { "exit.w_haz.enter", "exit.l_haz.enter" },
      warning_comes_first,
      "'exit.w_haz.enter' must be below 'exit.l_haz.enter': "
      "the WARNING comes first" },
    { "warning-told", { "notify.warning_pi_floor", "exit.w_haz.enter" },
      warning_is_told,
      "'notify.warning_pi_floor' must not be above 'exit.w_haz.enter', "
      "or that WARNING would never be told" },
    { "siren-repeats", { "notify.siren_expire", "notify.siren_retry" },
      siren_repeats_allowed,
      "'notify.siren_expire' must be at most 50 times 'notify.siren_retry': "
      "Pushover repeats no more" },
    { "siren-rings", { "notify.siren_retry", "notify.siren_expire" },
      siren_rings_twice,
      "'notify.siren_retry' must not be above 'notify.siren_expire'" },
    { "deadline", { "run.deadline", "run.settle", "exchange.request_timeout",
                    "repository.push_budget", "notify.tries",
                    "notify.request_timeout", "notify.retry_spacing" },
      deadline_covers_waits,
      "'run.deadline' must be above the sum of the waits of a run (settle, one "
      "request, push budget, all tries of a message): raise it or lower them" },
    { "profile-built", { "exit.profile" }, profile_is_built,
      "'exit.profile' seed is not built yet: use calibrated" },
    { "remote-built", { "repository.remote" }, remote_is_built,
      "'repository.remote' must be a path or file:///path: "
      "https and ssh are not built yet" },
    { "branch-name", { "repository.branch" }, branch_is_a_name,
      "'repository.branch' must be a name that Git allows "
      "(git help check-ref-format)" },
    { "author", { "repository.author_name", "repository.author_email" },
      author_fits_a_commit,
      "'repository.author_name' and 'repository.author_email' must not hold "
      "< or >, the address no blank" },
};
/* clang-format on */
const size_t config_check_count = ARRAY_LEN(config_checks);

static const struct option_seen *seen_of(const struct reading *r,
                                         const struct config_option *o)
{
    return &r->seen[o - config_options];
}

static bool all_readable(const struct reading *r, const struct config_check *ck)
{
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++)
        if (seen_of(r, option_find(ck->keys[i]))->wrong)
            return false;
    return true;
}

/* The first option concerned that was written, else the first. */
static struct problem_place place_of(const struct reading *r,
                                     const struct config_check *ck)
{
    const struct config_option *o = option_find(ck->keys[0]);
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i]; i++) {
        const struct config_option *other = option_find(ck->keys[i]);
        if (seen_of(r, other)->line) {
            o = other;
            break;
        }
    }
    const struct option_seen *seen = seen_of(r, o);
    return (struct problem_place){ r->file_name[o->file], seen->line,
                                   seen->column };
}

/* "; now exit.l_haz.leave 0.35, exit.l_haz.enter 0.4". Texts are left out. */
static void values_now(const struct reading *r, const struct config_check *ck,
                       char *out, size_t size)
{
    char value[OPTION_TEXT];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < CHECK_KEYS && ck->keys[i] && n < size; i++) {
        const struct config_option *o = option_find(ck->keys[i]);
        if (o->type >= OPTION_BOOL)
            continue;
        option_format(o, r->config, value);
        n += (size_t)snprintf(out + n, size - n, "%s %s %.40s",
                              n ? "," : "; now", o->key, value);
    }
}

void reading_check(const struct reading *r)
{
    char now[400];
    for (size_t i = 0; i < config_check_count; i++) {
        const struct config_check *ck = &config_checks[i];
        if (!all_readable(r, ck) || ck->holds(r->config))
            continue;
        values_now(r, ck, now, sizeof(now));
        problems_error(r->problems, place_of(r, ck), "%s%s", ck->rule, now);
    }
}
