/* Rules between options: each broken alone, and just kept. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "config/checks.h"
#include "config/url_rule.h"
#include "config_help.h"
#include "test.h"

void config_checks_test(void);

// clang-format off
static const struct {
    const char *check;
    const char *puts[8][2]; /* key, value, up to NULL */
    bool holds;
} cases[] = {
    { "l-haz-gap", { { "exit.l_haz.leave", "0.40" } }, true },
    { "l-haz-gap", { { "exit.l_haz.leave", "0.401" } }, false },
    { "l-haz-gap", { { "exit.l_haz.enter", "0.51" }, { "exit.l_haz.leave", "0.41" } }, true },
    { "l-haz-gap", { { "exit.l_haz.enter", "0.8" }, { "exit.l_haz.leave", "0.7" } }, true },
    { "w-haz-gap", { { "exit.w_haz.leave", "0.249" } }, true },
    { "w-haz-gap", { { "exit.w_haz.leave", "0.25" } }, false },
    { "warning-first", { { "exit.w_haz.enter", "0.499" } }, true },
    { "warning-first", { { "exit.w_haz.enter", "0.50" } }, false },
    { "warning-told", { { "notify.warning_pi_floor", "0.25" } }, true },
    { "warning-told", { { "notify.warning_pi_floor", "0.26" } }, false },
    { "zone-there", { { "notify.time_zone", "Europe/Berlin" } }, true },
    { "zone-there", { { "notify.time_zone", "Etc/UTC" } }, true },
    { "zone-there", { { "notify.time_zone", "Europe/Bärlin" } }, false },
    { "zone-there", { { "notify.time_zone", "Europe/Berlim" } }, false },
    { "zone-there", { { "notify.time_zone", "Europe" } }, false }, /* a folder */
    { "zone-there", { { "notify.time_zone", "zone.tab" } }, false },
    { "zone-there", { { "notify.time_zone", "Europe/../UCT" } }, false },
    { "quiet-hours", { { "notify.quiet_hours", "22:00-07:00" } }, true },
    { "quiet-hours", { { "notify.quiet_hours", "00:00-23:59" } }, true },
    { "quiet-hours", { { "notify.quiet_hours", "22:00-22:00" } }, false },
    { "quiet-hours", { { "notify.quiet_hours", "22:00-24:00" } }, false },
    { "quiet-hours", { { "notify.quiet_hours", "22-07" } }, false },
    { "maintenance", { { "notify.maintenance", "2026-01-31T14:00Z/2026-01-31T18:00Z  2026-02-01/2026-02-02" } }, true },
    { "maintenance", { { "notify.maintenance", "2026-01-31T14:00Z/2026-01-31T14:00Z" } }, false },
    { "maintenance", { { "notify.maintenance", "2026-01-31T14:00Z 2026-01-31T18:00Z" } }, false },
    { "all-clear", { { "notify.all_clear_at", "23:59" } }, true },
    { "all-clear", { { "notify.all_clear_at", "'8:00'" } }, false },
    { "all-clear", { { "notify.all_clear_at", "24:00" } }, false },
    { "textfile", { { "export.textfile", "/var/lib/node_exporter/gridwatch.prom" } }, true },
    { "textfile", { { "export.textfile", "g.prom" } }, true },
    { "textfile", { { "export.textfile", "gridwatch.txt" } }, false },
    { "textfile", { { "export.textfile", "/var/lib/.prom" } }, false },
    { "textfile", { { "export.textfile", ".prom" } }, false },
    { "instance", { { "export.instance", "writer-2.b_C" } }, true },
    { "instance", { { "export.instance", "a/b" } }, false },
    { "instance", { { "export.instance", ".." } }, false },
    { "schedule", { { "daemon.schedule", "'@every 30m'" } }, true },
    { "schedule", { { "daemon.schedule", "'7-59/15 * * * *'" } }, true },
    { "schedule", { { "daemon.schedule", "'*/15 * * *'" } }, false },
    { "schedule", { { "daemon.schedule", "'61 * * * *'" } }, false },
    { "schedule-comes", { { "daemon.schedule", "'0 0 29 2 *'" } }, true },
    { "schedule-comes", { { "daemon.schedule", "'0 0 30 2 MON'" } }, true }, /* or a Monday */
    { "schedule-comes", { { "daemon.schedule", "'0 0 31 4,12 *'" } }, true },
    { "schedule-comes", { { "daemon.schedule", "'61 * * * *'" } }, true }, /* none at all */
    { "schedule-comes", { { "daemon.schedule", "'0 0 30 2 *'" } }, false },
    { "schedule-comes", { { "daemon.schedule", "'0 0 31 4,6,9,11 ?'" } }, false },
    { "daemon-zone", { { "daemon.time_zone", "Europe/Berlin" } }, true },
    { "daemon-zone", { { "daemon.time_zone", "Europe/Nowhere" } }, false },
    { "listen", { { "daemon.listen", "0.0.0.0:9464" } }, true },
    { "listen", { { "daemon.listen", "''" } }, true },
    { "listen", { { "daemon.listen", "localhost:9464" } }, false },
    { "listen", { { "daemon.listen", "127.0.0.1" } }, false },
    { "siren-repeats", { { "notify.siren_retry", "72" } }, true },
    { "siren-repeats", { { "notify.siren_retry", "71" } }, false },
    { "siren-repeats", { { "notify.siren_expire", "3750" } }, true },
    { "siren-repeats", { { "notify.siren_expire", "3751" } }, false },
    { "siren-rings", { { "notify.siren_retry", "1h" } }, true },
    { "siren-rings", { { "notify.siren_retry", "3601" } }, false },
    /* 10 settle + 10 request + 3 x 10 + 2 x 5 message = 60 s */
    { "deadline", { { "run.deadline", "60001ms" } }, true },
    { "deadline", { { "run.deadline", "60s" } }, false },
    /* 10 + 10 + 7 x 10 + 6 x 5 = 120 s */
    { "deadline", { { "notify.tries", "7" } }, false },
    { "deadline", { { "repository.push_budget", "5m" } }, true },
    /* and 20 s for news of a remote, 20 s for a push */
    { "deadline", { { "run.deadline", "100001ms" }, { "repository.remote", "/x" } }, true },
    { "deadline", { { "run.deadline", "100s" }, { "repository.remote", "/x" } }, false },
    { "deadline", { { "repository.push_budget", "30s" }, { "repository.remote", "/x" } }, false },
    { "deadline", { { "run.deadline", "14m" }, { "repository.push_budget", "5m" }, { "repository.remote", "/x" } }, true },
    /* 60 s and the 5 s of a signal that has an address */
    { "deadline", { { "run.deadline", "65s" }, { "outside.signal_url", "https://x" } }, false },
    { "deadline", { { "run.deadline", "65001ms" }, { "outside.signal_url", "https://x" } }, true },
    { "deadline", { { "run.deadline", "65s" }, { "outside.signal_file", "x" } }, true },
    { "gate-first", { { "exit.gate", "0.50" } }, true },
    { "gate-first", { { "exit.gate", "0.501" } }, false },
    { "gate-first", { { "exit.gate", "0.6" }, { "exit.l_haz.mode", "off" } }, true },
    { "gate-first", { { "exit.gate", "0.6" }, { "exit.profile", "seed" } }, true },
    { "gate-warned", { { "exit.gate", "0.25" } }, true },
    { "gate-warned", { { "exit.gate", "0.249" } }, false },
    { "gate-warned", { { "exit.gate", "0.2" }, { "exit.w_haz.mode", "shadow" } }, true },
    { "ver-order", { { "exit.w_ver.limit", "1.25" } }, true },
    { "ver-order", { { "exit.w_ver.limit", "1.26" } }, false },
    { "half-life-order", { { "exit.l_hl.ratio", "1.5" } }, true },
    { "half-life-order", { { "exit.l_hl.ratio", "1.4" } }, false },
    { "warnings-meet", { { "exit.warning.needed", "7" } }, true },
    { "warnings-meet", { { "exit.warning.needed", "7" }, { "exit.w_event.mode", "off" } }, false },
    { "warnings-meet", { { "exit.warning.needed", "7" }, { "exit.w_er.mode", "shadow" } }, false },
    { "warnings-meet", { { "exit.warning.needed", "6" }, { "exit.w_er.mode", "shadow" } }, true },
    { "warnings-meet", { { "exit.warning.needed", "5" }, { "exit.profile", "seed" } }, true },
    { "warnings-meet", { { "exit.warning.needed", "6" }, { "exit.profile", "seed" } }, false },
    { "warnings-meet", { { "exit.w_trans.mode", "off" }, { "exit.w_conf.mode", "off" },
                         { "exit.w_er.mode", "off" }, { "exit.w_mr.mode", "off" },
                         { "exit.w_ver.mode", "off" }, { "exit.w_event.mode", "off" } }, false },
    { "warnings-meet", { { "exit.w_trans.mode", "off" }, { "exit.w_conf.mode", "off" },
                         { "exit.w_er.mode", "off" }, { "exit.w_mr.mode", "off" },
                         { "exit.w_ver.mode", "off" }, { "exit.w_event.mode", "off" },
                         { "exit.w_signal.mode", "off" } }, true },
    { "gate-pi", { { "gate.pi_24", "0.299" } }, true },
    { "gate-pi", { { "gate.pi_24", "0.30" } }, false },
    { "gate-wait", { { "gate.wait", "24h" } }, true },
    { "gate-wait", { { "gate.wait_hard", "3h" } }, false },
    /* .006 - 2 x .0015 = .003 */
    { "step-earns", { { "gate.fee", "0.0015" } }, true },
    { "step-earns", { { "gate.fee", "0.00151" } }, false },
    { "step-earns", { { "propose.step", "0.005" } }, true },
    { "step-earns", { { "propose.step", "0.0049" } }, false },
    { "step-earns", { { "gate.step", "0.0041" } }, false },
    { "one-signal", { { "outside.signal_file", "x" } }, true },
    { "one-signal", { { "outside.signal_file", "x" }, { "outside.signal_url", "https://x" } }, false },
    { "remote-known", { { "repository.remote", "../backup/data.git" } }, true },
    { "remote-known", { { "repository.remote", "./odd:name.git" } }, true },
    { "remote-known", { { "repository.remote", "https://example.org/data.git" } }, true },
    { "remote-known", { { "repository.remote", "file://host/data.git" } }, false },
    { "remote-known", { { "repository.remote", "git://example.org/data.git" } }, false },
    { "remote-known", { { "repository.remote", "https://example.org" } }, false },
    { "remote-ssh", { { "repository.remote", "ssh://git@example.org:2222/data.git" } }, true },
    { "remote-ssh", { { "repository.remote", "git@example.org:data.git" } }, false },
    { "remote-secret", { { "repository.remote", "ssh://git@example.org/data.git" } }, true },
    { "remote-secret", { { "repository.remote", "ssh://git:x@example.org/data.git" } }, false },
    { "remote-secret", { { "repository.remote", "https://x@example.org/data.git" } }, false },
    { "remote-private", { { "repository.remote", "http://127.0.0.1:8080/data.git" } }, true },
    { "remote-private", { { "repository.remote", "http://example.org/data.git" } }, false },
    /* 43 letters: 32 bytes in base64 without padding */
    { "host-keys", { { "repository.ssh_host_keys",
                       "SHA256:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq" } }, true },
    { "host-keys", { { "repository.ssh_host_keys",
                       "SHA256:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq  "
                       "SHA256:0123456789/+KLMNOPQRSTUVWXYZabcdefghijklmno" } }, true },
    { "host-keys", { { "repository.ssh_host_keys",
                       "SHA256:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop" } }, false },
    { "host-keys", { { "repository.ssh_host_keys",
                       "SHA256:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqr" } }, false },
    { "host-keys", { { "repository.ssh_host_keys",
                       "'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48'" } }, false },
    { "branch-name", { { "repository.branch", "data/btc-a_1.x" } }, true },
    { "branch-name", { { "repository.branch", "-main" } }, false },
    { "branch-name", { { "repository.branch", "a..b" } }, false },
    { "branch-name", { { "repository.branch", "a b" } }, false },
    { "branch-name", { { "repository.branch", "main.lock" } }, false },
    { "branch-name", { { "repository.branch", "main/" } }, false },
    { "branch-name", { { "repository.branch", "'@'" } }, false },
    { "branch-name", { { "repository.branch", "a/.b" } }, false },
    { "author", { { "repository.author_name", "Grid Watch" } }, true },
    { "author", { { "repository.author_name", "a <b" } }, false },
    { "author", { { "repository.author_name", "'   '" } }, false },
    { "author", { { "repository.author_email", "a b@c" } }, false },
};
// clang-format on

static const struct config_check *check_find(const char *name)
{
    for (size_t i = 0; i < config_check_count; i++)
        if (strcmp(config_checks[i].name, name) == 0)
            return &config_checks[i];
    return NULL;
}

static void each_check_breaks_where_it_should(void)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sheet *s = sheet_new();
        const struct config_check *ck = check_find(cases[i].check);
        ASSERT_FATAL(ck != NULL);
        for (size_t k = 0; k < 8 && cases[i].puts[k][0]; k++)
            sheet_put(s, cases[i].puts[k][0], cases[i].puts[k][1]);
        ASSERT_STR(sheet_line(s, 0), "");
        reading_check(&s->reading);
        ASSERT(sheet_tells(s, ck->rule) != cases[i].holds);
        sheet_free(s);
    }
}

static void each_check_is_tested_both_ways(void)
{
    for (size_t i = 0; i < config_check_count; i++) {
        int kept = 0, broken = 0;
        for (size_t k = 0; k < ARRAY_LEN(cases); k++)
            if (strcmp(cases[k].check, config_checks[i].name) == 0)
                *(cases[k].holds ? &kept : &broken) += 1;
        ASSERT(kept > 0 && broken > 0);
        for (size_t k = 0; k < CHECK_KEYS && config_checks[i].keys[k]; k++)
            ASSERT(option_find(config_checks[i].keys[k]) != NULL);
    }
}

static void defaults_pass_all_checks(void)
{
    struct sheet *s = sheet_new();
    reading_check(&s->reading);
    ASSERT_STR(sheet_line(s, 0), "");
    sheet_free(s);
}

static void a_broken_check_names_place_and_values(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_EXIT, "exit:\n  l_haz:\n    enter: 0.35\n");
    reading_check(&s->reading);
    ASSERT_STR(sheet_line(s, 0),
               "e.yaml:3:12: 'exit.l_haz.leave' must be at least 0.10 below "
               "'exit.l_haz.enter', or the state would flicker; now "
               "exit.l_haz.leave 0.4, exit.l_haz.enter 0.35");
    ASSERT_INT(s->problems.errors, 2);
    ASSERT_STR(sheet_line(s, 1),
               "e.yaml:3:12: 'exit.gate' must not be above 'exit.l_haz.enter', "
               "or the rows that need it would never be the first; now "
               "exit.gate 0.47, exit.l_haz.enter 0.35, exit.l_haz.mode active");
    sheet_free(s);
}

static void an_unreadable_option_is_not_checked_again(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_EXIT,
               "exit:\n  l_haz:\n    enter: high\n    leave: 0.45\n");
    reading_check(&s->reading);
    ASSERT_INT(s->problems.errors, 1);
    sheet_free(s);
}

// clang-format off
static const struct { const char *url; bool good; } urls[] = {
    { "https://api.kucoin.com", true },
    { "https://api.kucoin.com:8443/base", true },
    { "https://10.0.0.1", true },
    { "http://127.0.0.1:8080", true },
    { "http://127.255.0.3", true },
    { "http://localhost:1", true },
    { "http://[::1]:8080/x", true },
    { "https://[::1]", true },
    { "http://api.kucoin.com", false },
    { "http://127.0.0.1.example.org", false },
    { "http://localhost.example.org", false },
    { "http://127.0.0.256", false },
    { "http://127.256.0.0", false },
    { "http://127.0.256.0", false },
    { "http://127.0.1", false },
    { "http://128.0.0.1", false },
    { "http://[::2]", false },
    { "https://", false },
    { "https:///path", false },
    { "https://:443", false },
    { "https://host:0", false },
    { "https://host:65536", false },
    { "https://host:", false },
    { "https://host:8x", false },
    { "https://ho st", false },
    { "https://ho_st", false },
    { "https://user@host", false },
    { "https://user:pass@host", false },
    { "https://host/?token=1", false },
    { "https://host#x", false },
    { "https://host/", false },
    { "HTTPS://host", false },
    { "ftp://host", false },
    { "api.kucoin.com", false },
};
// clang-format on

static void urls_are_https_or_this_machine(void)
{
    for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
        struct error err = { 0 };
        int rc = url_rule(urls[i].url, &err);
        if ((rc == 0) != urls[i].good)
            printf("%s\n", urls[i].url);
        ASSERT_INT(rc, urls[i].good ? 0 : -1);
        ASSERT(strstr(err.msg, "pass@") == NULL);
    }
}

void config_checks_test(void)
{
    TEST_SUITE("config: rules");
    TEST(each_check_breaks_where_it_should);
    TEST(each_check_is_tested_both_ways);
    TEST(defaults_pass_all_checks);
    TEST(a_broken_check_names_place_and_values);
    TEST(an_unreadable_option_is_not_checked_again);
    TEST(urls_are_https_or_this_machine);
}
