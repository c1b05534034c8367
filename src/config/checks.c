/* What must hold between options. Only rules whose breach is surely a mistake:
 * a limit that can never be reached, an order turned upside down. */
#include "config/checks.h"

#include <string.h>

#include "alert/quiet.h"
#include "base/array.h"
#include "base/ipv4.h"
#include "base/moment.h"
#include "base/remote_url.h"
#include "cron/cron.h"
#include "exit/trigger.h"
#include "sys/zone_file.h"

/* Decimal limits are not exact: .41 - .10 is a little less than .31. */
#define ROUNDING 1e-9

static bool l_haz_leaves_late(const struct config *c)
{
    return c->exit.l_haz.leave <= c->exit.l_haz.enter - 0.10 + ROUNDING;
}

/* Can this row raise anything in this profile? */
static bool is_active(const struct config *c, int id)
{
    return c->exit.mode[id] == TRIGGER_ACTIVE &&
           triggers[id].rule[c->exit.profile].ask;
}

static bool w_haz_leaves_late(const struct config *c)
{
    return c->exit.w_haz.leave < c->exit.w_haz.enter;
}

static bool warning_comes_first(const struct config *c)
{
    return c->exit.w_haz.enter < c->exit.l_haz.enter;
}

/* Above L_HAZ the rows that need the gate would say nothing new. */
static bool gate_comes_before_l_haz(const struct config *c)
{
    return !is_active(c, L_HAZ) ||
           c->exit.gate <= c->exit.l_haz.enter + ROUNDING;
}

static bool gate_comes_after_w_haz(const struct config *c)
{
    return !is_active(c, W_HAZ) ||
           c->exit.w_haz.enter <= c->exit.gate + ROUNDING;
}

static bool ver_warns_first(const struct config *c)
{
    return c->exit.w_ver.limit <= c->exit.l_ver.limit + ROUNDING;
}

static bool half_life_warns_first(const struct config *c)
{
    return c->exit.w_mr.ratio <= c->exit.l_hl.ratio + ROUNDING;
}

/* All of them off is a wish; fewer than are needed is a slip. */
static bool warnings_can_meet(const struct config *c)
{
    int64_t active = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        active += triggers[i].together && is_active(c, i);
    return active == 0 || c->exit.warning.needed <= active;
}

static bool gate_pi_rises_with_time(const struct config *c)
{
    return c->gate.pi_24 < c->gate.pi_72;
}

static bool gate_waits_longer_after_mandatory(const struct config *c)
{
    return c->gate.wait_ms <= c->gate.wait_hard_ms;
}

/* Or a proposal would fail its own gate G7. */
static bool proposed_step_passes(const struct config *c)
{
    return c->propose.step - 2 * c->gate.fee >= c->gate.step - ROUNDING;
}

static bool one_signal(const struct config *c)
{
    return !c->outside.signal_file[0] || !c->outside.signal_url[0];
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

/* Every wait of a run before its alert is told, one after the other; what a
 * push takes after the alert is no more than what is left. */
static bool deadline_covers_waits(const struct config *c)
{
    const struct config_notify *n = &c->notify;
    int64_t alert =
        n->tries * n->request_timeout_ms + (n->tries - 1) * n->retry_spacing_ms;
    int64_t signal =
        c->outside.signal_url[0] ? c->outside.signal_timeout_ms : 0;
    int64_t git = c->repository.remote[0] /* news and push */
                      ? 2 * c->repository.push_budget_ms
                      : 0;
    return c->run.deadline_ms > c->run.settle_ms +
                                    c->exchange.request_timeout_ms + signal +
                                    git + alert;
}

static enum remote_flaw flaw_of_remote(const struct config *c)
{
    const char *remote = c->repository.remote;
    return remote[0] ? remote_url_flaw(remote) : REMOTE_FINE;
}

static bool remote_is_known(const struct config *c)
{
    return flaw_of_remote(c) != REMOTE_UNKNOWN;
}

static bool remote_says_ssh(const struct config *c)
{
    return flaw_of_remote(c) != REMOTE_SCP;
}

static bool remote_keeps_secrets_out(const struct config *c)
{
    return flaw_of_remote(c) != REMOTE_SECRET;
}

static bool remote_is_private(const struct config *c)
{
    return flaw_of_remote(c) != REMOTE_OPEN;
}

/* "SHA256:" and 43 letters of base64 each. */
static bool host_keys_are_fingerprints(const struct config *c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                  "qrstuvwxyz0123456789+/";
    const char *at = c->repository.ssh_host_keys;
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        if (strncmp(at, "SHA256:", 7) != 0 || strspn(at + 7, letters) != 43)
            return false;
        at += 7 + 43;
        if (*at && *at != ' ')
            return false;
    }
    return true;
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

static bool zone_is_there(const struct config *c)
{
    return zone_file_there(c->notify.time_zone);
}

static bool textfile_is_read(const struct config *c)
{
    const char *name = c->export.textfile;
    size_t len = strlen(name);
    return !len || (len > 5 && !strcmp(name + len - 5, ".prom") &&
                    name[len - 6] != '/');
}

/* Plain enough to stand in a path as it is. */
static bool instance_is_a_word(const struct config *c)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *name = c->export.instance;
    return name[strspn(name, letters)] == '\0' && strcmp(name, ".") &&
           strcmp(name, "..");
}

static bool schedule_is_cron(const struct config *c)
{
    struct cron cron;
    struct error err;
    return cron_parse(c->daemon.schedule, &cron, &err) == 0;
}

/* From 1970 on: a leap year is among the five that are searched. One that is
 * no schedule is told of by the check before. */
static bool schedule_comes(const struct config *c)
{
    struct cron cron;
    struct error err;
    return cron_parse(c->daemon.schedule, &cron, &err) ||
           cron_next(&cron, NULL, 0) != MOMENT_NONE;
}

static bool daemon_zone_is_there(const struct config *c)
{
    return zone_file_there(c->daemon.time_zone);
}

static bool listen_is_an_address(const struct config *c)
{
    unsigned char address[4];
    uint16_t port;
    return !c->daemon.listen[0] ||
           ipv4_port_parse(c->daemon.listen, address, &port);
}

static bool quiet_hours_are_hours(const struct config *c)
{
    struct quiet_hours hours;
    return quiet_hours_parse(c->notify.quiet_hours, &hours);
}

static bool maintenance_is_windows(const struct config *c)
{
    return quiet_windows_are_sound(c->notify.maintenance);
}

static bool all_clear_is_a_time(const struct config *c)
{
    int minute;
    return !c->notify.all_clear_at[0] ||
           quiet_clock_parse(c->notify.all_clear_at, &minute);
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
    { "gate-first", { "exit.gate", "exit.l_haz.enter", "exit.l_haz.mode" },
      gate_comes_before_l_haz,
      "'exit.gate' must not be above 'exit.l_haz.enter', or the rows that need "
      "it would never be the first" },
    { "gate-warned", { "exit.w_haz.enter", "exit.gate", "exit.w_haz.mode" },
      gate_comes_after_w_haz,
      "'exit.w_haz.enter' must not be above 'exit.gate': "
      "the WARNING comes first" },
    { "ver-order", { "exit.w_ver.limit", "exit.l_ver.limit" }, ver_warns_first,
      "'exit.w_ver.limit' must not be above 'exit.l_ver.limit': "
      "the WARNING comes first" },
    { "half-life-order", { "exit.w_mr.ratio", "exit.l_hl.ratio" },
      half_life_warns_first,
      "'exit.w_mr.ratio' must not be above 'exit.l_hl.ratio': "
      "the WARNING comes first" },
    { "warnings-meet", { "exit.warning.needed", "exit.profile",
                         "exit.w_trans.mode", "exit.w_conf.mode",
                         "exit.w_er.mode", "exit.w_mr.mode", "exit.w_ver.mode",
                         "exit.w_event.mode", "exit.w_signal.mode" },
      warnings_can_meet,
      "'exit.warning.needed' must not be above the number of signs that are "
      "active (W_TRANS to W_SIGNAL; seed has neither W_EVENT nor W_SIGNAL), or "
      "they would never make a WARNING" },
    { "gate-pi", { "gate.pi_24", "gate.pi_72" }, gate_pi_rises_with_time,
      "'gate.pi_24' must be below 'gate.pi_72': three days are longer than one" },
    { "gate-wait", { "gate.wait", "gate.wait_hard" },
      gate_waits_longer_after_mandatory,
      "'gate.wait' must not be above 'gate.wait_hard'" },
    { "step-earns", { "propose.step", "gate.step", "gate.fee" },
      proposed_step_passes,
      "'propose.step' less two times 'gate.fee' must be at least 'gate.step', "
      "or a proposal would fail its own gate G7" },
    { "warning-told", { "notify.warning_pi_floor", "exit.w_haz.enter" },
      warning_is_told,
      "'notify.warning_pi_floor' must not be above 'exit.w_haz.enter', "
      "or that WARNING would never be told" },
    { "zone-there", { "notify.time_zone" }, zone_is_there,
      "'notify.time_zone' must be a zone that this system has, such as "
      "Europe/Berlin: install its tzdata, or write UTC" },
    { "quiet-hours", { "notify.quiet_hours" }, quiet_hours_are_hours,
      "'notify.quiet_hours' must be two different times such as 22:00-07:00, "
      "or empty" },
    { "maintenance", { "notify.maintenance" }, maintenance_is_windows,
      "'notify.maintenance' must be windows START/END such as "
      "2026-01-31T14:00Z/2026-01-31T18:00Z, the end after the start, blanks "
      "between several" },
    { "all-clear", { "notify.all_clear_at" }, all_clear_is_a_time,
      "'notify.all_clear_at' must be a time of day such as 08:00, or empty" },
    { "textfile", { "export.textfile" }, textfile_is_read,
      "'export.textfile' must end in .prom, or node_exporter would not read "
      "it" },
    { "instance", { "export.instance" }, instance_is_a_word,
      "'export.instance' must be letters, digits, '.', '_' and '-' alone" },
    { "schedule", { "daemon.schedule" }, schedule_is_cron,
      "'daemon.schedule' must be five fields that a CronJob takes, such as '*/15 * * * *' (minute 0 to 59, hour 0 to 23, day 1 to 31, month 1 to 12, weekday 0 to 6, Sunday 0), or a word "
      "such as @hourly or '@every 30m'" },
    { "schedule-comes", { "daemon.schedule" }, schedule_comes,
      "'daemon.schedule' must name a day that comes: one such as 30 February "
      "never comes, and nothing would ever be run; change its day or its month" },
    { "daemon-zone", { "daemon.time_zone" }, daemon_zone_is_there,
      "'daemon.time_zone' must be a zone that this system has, such as "
      "Europe/Berlin: install its tzdata, or write UTC" },
    { "listen", { "daemon.listen" }, listen_is_an_address,
      "'daemon.listen' must be an IPv4 address and a port such as "
      "127.0.0.1:9464, or empty" },
    { "siren-repeats", { "notify.siren_expire", "notify.siren_retry" },
      siren_repeats_allowed,
      "'notify.siren_expire' must be at most 50 times 'notify.siren_retry': "
      "Pushover repeats no more" },
    { "siren-rings", { "notify.siren_retry", "notify.siren_expire" },
      siren_rings_twice,
      "'notify.siren_retry' must not be above 'notify.siren_expire'" },
    { "deadline", { "run.deadline", "run.settle", "exchange.request_timeout",
                    "repository.push_budget", "repository.remote", "notify.tries",
                    "notify.request_timeout", "notify.retry_spacing",
                    "outside.signal_timeout", "outside.signal_url" },
      deadline_covers_waits,
      "'run.deadline' must be above the sum of the waits of a run (settle, one "
      "request, the signal if it has an address, two times the push budget if "
      "there is a remote, all tries of a message): raise it or lower them" },
    { "one-signal", { "outside.signal_file", "outside.signal_url" }, one_signal,
      "'outside.signal_file' and 'outside.signal_url' must not both be given: "
      "there is one signal" },
    { "remote-known", { "repository.remote" }, remote_is_known,
      "'repository.remote' must be a path, file:///path (no % in it), "
      "https://host/path or ssh://user@host/path, a port behind the host if "
      "need be" },
    { "remote-ssh", { "repository.remote" }, remote_says_ssh,
      "'repository.remote' must be written ssh://user@host/path, "
      "not user@host:path" },
    { "remote-secret", { "repository.remote" }, remote_keeps_secrets_out,
      "'repository.remote' must not hold a password, nor a user name with "
      "https: GIT_TOKEN and 'repository.http_login' are the place for them" },
    { "remote-private", { "repository.remote" }, remote_is_private,
      "'repository.remote' must begin with https://: "
      "http is only for this machine" },
    { "host-keys", { "repository.ssh_host_keys" }, host_keys_are_fingerprints,
      "'repository.ssh_host_keys' must be SHA256:... as 'ssh-keygen -l' prints "
      "it, blanks between several" },
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
