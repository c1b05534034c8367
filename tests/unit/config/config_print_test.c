/* What is printed from the table: committed files, and the hash. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "config/decisions.h"
#include "config_help.h"
#include "test.h"

void config_print_test(void);

/* Both texts, line by line, so that a difference shows where it is. */
static void same_lines(const char *got, const char *want)
{
    while (*got && *want) {
        size_t n = strcspn(got, "\n"), m = strcspn(want, "\n");
        char a[1024], b[1024];
        snprintf(a, sizeof(a), "%.*s", (int)n, got);
        snprintf(b, sizeof(b), "%.*s", (int)m, want);
        ASSERT_STR(a, b);
        got += n + (got[n] == '\n');
        want += m + (want[m] == '\n');
    }
    ASSERT(*got == *want);
}

static void matches_file(const struct text *printed, const char *path)
{
    struct text file = TEXT_INIT(1 << 20);
    struct error err = { 0 };
    ASSERT_INT(text_read_file(&file, path, &err), 0);
    same_lines(text_str(&file), text_str(printed));
    text_release(&file);
}

static void committed_samples_are_the_printed_ones(void)
{
    for (int f = 0; f < CONFIG_FILE_COUNT; f++) {
        struct text out = TEXT_INIT(1 << 20);
        ASSERT_INT(config_print_sample((enum config_file)f, &out), 0);
        matches_file(&out, config_file_path((enum config_file)f));
        text_release(&out);
    }
}

static void the_committed_page_is_the_printed_one(void)
{
    struct text out = TEXT_INIT(1 << 20);
    ASSERT_INT(config_print_markdown(&out), 0);
    matches_file(&out, "docs/config.md");
    text_release(&out);
}

static void samples_hold_every_default_and_nothing_else(void)
{
    struct sheet *s = sheet_new();
    struct config standard;
    config_defaults(&standard);
    memset(&s->config, 0, sizeof(s->config));
    for (int f = 0; f < CONFIG_FILE_COUNT; f++) {
        struct text out = TEXT_INIT(1 << 20);
        config_print_sample((enum config_file)f, &out);
        sheet_read(s, (enum config_file)f, text_str(&out));
        text_release(&out);
    }
    reading_check(&s->reading);
    ASSERT_STR(sheet_line(s, 0), "");
    ASSERT(memcmp(&s->config, &standard, sizeof(standard)) == 0);
    for (size_t i = 0; i < option_count(); i++)
        ASSERT(s->reading.from.option[i].line > 0);
    sheet_free(s);
}

static void sample_lines_fit_a_screen(void)
{
    for (int f = 0; f < CONFIG_FILE_COUNT; f++) {
        struct text out = TEXT_INIT(1 << 20);
        config_print_sample((enum config_file)f, &out);
        for (const char *p = text_str(&out); *p; p += strcspn(p, "\n") + 1) {
            ASSERT(strcspn(p, "\n") <= 80);
            ASSERT(p[strcspn(p, "\n") - (*p != '\n')] != ' ');
        }
        text_release(&out);
    }
}

static void the_page_names_every_option(void)
{
    struct text out = TEXT_INIT(1 << 20);
    char cell[80];
    config_print_markdown(&out);
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        snprintf(cell, sizeof(cell), "| `%s` |", o->key);
        ASSERT(strstr(text_str(&out), cell) != NULL);
        ASSERT(strchr(o->help, '|') == NULL);
    }
    text_release(&out);
}

static void a_full_text_is_an_error(void)
{
    struct text out = TEXT_INIT(100);
    ASSERT_INT(config_print_markdown(&out), -1);
    text_clear(&out);
    ASSERT_INT(config_print_sample(CONFIG_EXIT, &out), -1);
    text_release(&out);
}

/* FNV-1a as its authors write it, beside base/hash.c. */
static void fnv(const char *s, char hex[CONFIG_HASH])
{
    uint32_t h = 0x811c9dc5;
    for (; *s; s++)
        h = (uint32_t)(((uint64_t)(h ^ (unsigned char)*s) * 0x01000193));
    snprintf(hex, CONFIG_HASH, "%08x", (unsigned)h);
}

static void the_hash_is_that_of_the_printed_lines(void)
{
    struct config c;
    struct text lines = TEXT_INIT(1 << 20);
    char got[CONFIG_HASH], want[CONFIG_HASH];
    config_defaults(&c);
    config_hash(&c, got);
    ASSERT_INT(config_print_effective(&c, &lines), 0);
    fnv(text_str(&lines), want);
    ASSERT_STR(got, want);
    ASSERT(strstr(text_str(&lines), "\nexit.l_haz.enter=0.5\n") != NULL);
    ASSERT(strncmp(text_str(&lines), "repository.path=data.git\n", 25) == 0);
    text_release(&lines);
}

static void hash_after(const char *key, const char *value,
                       char hex[CONFIG_HASH])
{
    struct sheet *s = sheet_new();
    if (key)
        sheet_put(s, key, value);
    ASSERT_STR(sheet_line(s, 0), "");
    config_hash(&s->config, hex);
    sheet_free(s);
}

// clang-format off
static const struct { const char *key, *other; } changes[] = {
    { "repository.path", "x.git" }, { "repository.remote", "y.git" },
    { "repository.branch", "data" }, { "repository.author_name", "me" },
    { "repository.author_email", "me@x" }, { "repository.fsync", "false" },
    { "repository.http_login", "me" }, { "repository.ca_file", "ca.pem" },
    { "repository.ssh_host_keys", "SHA256:x" },
    { "repository.push_budget", "21s" }, { "retention.tip_days", "8" },
    { "run.grids", "btc-a" },
    { "position.slippage", "0.002" },
    { "exchange.base_url", "https://x" }, { "exchange.request_timeout", "9s" },
    { "exchange.max_connections", "7" }, { "exchange.weight_budget", "999" },
    { "exchange.allow_trading_key", "true" },
    { "run.deadline", "121s" }, { "run.settle", "10001ms" },
    { "run.max_clock_offset", "31s" },
    { "notify.pushover_url", "https://x" }, { "notify.request_timeout", "11s" },
    { "notify.retry_spacing", "6s" }, { "notify.tries", "4" },
    { "notify.picture", "dark" },
    { "notify.time_zone", "Europe/Berlin" },
    { "notify.quiet_hours", "22:00-07:00" },
    { "notify.maintenance", "2026-01-31T14:00Z/2026-01-31T18:00Z" },
    { "notify.all_clear_at", "09:00" }, { "notify.first_message", "false" },
    { "notify.act_within", "2h" }, { "notify.same_level_gap", "5h" },
    { "notify.repeat_most", "25h" }, { "notify.change_gap", "61m" },
    { "notify.escalate_after", "45m" }, { "notify.stale_after", "1h" },
    { "notify.stale_siren_after", "3h" }, { "notify.ask_after", "5h" },
    { "notify.graver_pi", "0.11" }, { "notify.graver_atr", "1.5" },
    { "notify.graver_money", "0.25" },
    { "notify.warning_pi_floor", "0.1000001" }, { "notify.siren_retry", "76" },
    { "notify.siren_expire", "3601" }, { "log.level", "debug" },
    { "notify.runbook_url", "https://x/r" },
    { "notify.ntfy_url", "https://x/t" }, { "notify.ntfy_from", "latest" },
    { "notify.telegram_chat", "chat" }, { "notify.telegram_from", "off" },
    { "notify.telegram_url", "https://x" }, { "notify.webhook_url", "https://x" },
    { "notify.webhook_from", "normal" }, { "notify.second_after", "16m" },
    { "exit.profile", "seed" }, { "exit.shadow", "true" },
    { "exit.release_closes", "3" }, { "exit.m_boundary.mode", "off" },
    { "exit.m_boundary.closes", "3" }, { "exit.m_stop.mode", "shadow" },
    { "exit.l_haz.mode", "shadow" }, { "exit.l_haz.enter", "0.41" },
    { "exit.l_haz.leave", "0.29" }, { "exit.w_haz.mode", "off" },
    { "exit.w_haz.enter", "0.26" }, { "exit.w_haz.leave", "0.19" },
    { "outside.calendar_file", "c.csv" }, { "outside.signal_file", "s.json" },
    { "outside.signal_url", "https://x" }, { "outside.signal_timeout", "6s" },
    { "export.textfile", "x.prom" }, { "export.pushgateway", "https://x" },
    { "export.instance", "a" }, { "export.timeout", "3s" },
    { "daemon.schedule", "'@hourly'" }, { "daemon.time_zone", "Europe/Berlin" },
    { "daemon.look_every", "4m" },
    { "daemon.starting_deadline", "15m" }, { "daemon.listen", "127.0.0.1:0" },
    { "heartbeat.timeout", "6s" }, { "heartbeat.after", "41m" },
    { "exit.gate", "0.38" }, { "exit.pi_model", "pi-24h-1" },
    { "exit.m_trend.mode", "off" }, { "exit.m_trend.p", "0.7" },
    { "exit.m_trend.slots", "5" }, { "exit.m_trend.pi", "0.3" },
    { "exit.m_equity.mode", "off" }, { "exit.m_equity.drawdown", "0.2" },
    { "exit.m_equity.range", "1.1" }, { "exit.l_crisis.pi", "0.11" },
    { "exit.l_haz.table", "false" }, { "exit.operator_delay", "4h" },
    { "exit.m_blind.mode", "off" }, { "exit.m_blind.after", "3h" },
    { "exit.m_blind.pi", "0.3" },
    { "exit.l_trans.mode", "off" }, { "exit.l_trans.closes_1h", "5" },
    { "exit.l_trans.closes_4h", "3" }, { "exit.l_trans.pi_closes", "5" },
    { "exit.l_hl.mode", "off" }, { "exit.l_hl.ratio", "2.5" },
    { "exit.l_hl.t", "-2" }, { "exit.l_hl.closes", "5" },
    { "exit.l_ver.mode", "off" }, { "exit.l_ver.limit", "1.3" },
    { "exit.l_z.mode", "off" },
    { "exit.l_guard.mode", "off" }, { "exit.l_guard.keep", "0.7" },
    { "exit.l_guard.least", "0.02" }, { "exit.l_crisis.mode", "off" },
    { "exit.warning.needed", "3" }, { "exit.warning.held", "3" },
    { "exit.w_trans.mode", "off" }, { "exit.w_trans.p", "0.41" },
    { "exit.w_trans.q", "0.51" },
    { "exit.w_conf.mode", "off" }, { "exit.w_conf.drop", "0.11" },
    { "exit.w_er.mode", "off" }, { "exit.w_er.z", "1.96" },
    { "exit.w_er.ratio", "0.35" },
    { "exit.w_mr.mode", "off" }, { "exit.w_mr.ratio", "1.6" },
    { "exit.w_mr.t", "-2" }, { "exit.w_mr.m_fall", "16" },
    { "exit.w_ver.mode", "off" }, { "exit.w_ver.limit", "1.11" },
    { "exit.w_event.mode", "off" },
    { "exit.w_signal.mode", "off" }, { "exit.w_signal.limit", "2" },
    { "exit.w_trend.mode", "off" },
    { "gate.crisis", "13h" }, { "gate.quiet_closes", "3" },
    { "gate.ver", "1.2" }, { "gate.er_z", "1.7" }, { "gate.adx", "31" },
    { "gate.centre", "0.4" }, { "gate.pi_24", "0.07" }, { "gate.pi_72", "0.31" },
    { "gate.fee", "0.0008" }, { "gate.step", "0.002" }, { "gate.wait", "5h" },
    { "gate.wait_hard", "25h" }, { "gate.range_closes", "5" },
    { "gate.slowing", "1.6" }, { "gate.inside_closes", "3" },
    { "gate.restarts", "3" }, { "propose.kappa", "5" },
    { "propose.stop_atr", "1" }, { "propose.step", "0.007" },
};
// clang-format on

static void the_hash_changes_with_every_option(void)
{
    char seen[ARRAY_LEN(changes) + 1][CONFIG_HASH];
    size_t of_job = 0;
    while (option_of_job(of_job))
        of_job++;
    ASSERT_INT(ARRAY_LEN(changes), of_job);
    hash_after(NULL, NULL, seen[0]);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        hash_after(changes[i].key, changes[i].other, seen[i + 1]);
        for (size_t k = 0; k <= i; k++)
            ASSERT(strcmp(seen[k], seen[i + 1]) != 0);
    }
}

/* What the watchdog reads is nothing that a run concludes from. */
static void the_hash_does_not_count_the_watchdogs(void)
{
    char standard[CONFIG_HASH], hex[CONFIG_HASH];
    hash_after(NULL, NULL, standard);
    hash_after("record.remote", "/a", hex);
    ASSERT_STR(hex, standard);
    hash_after("phone.tries", "9", hex);
    ASSERT_STR(hex, standard);
}

static void the_hash_stays_when_only_the_writing_differs(void)
{
    char standard[CONFIG_HASH], hex[CONFIG_HASH];
    hash_after(NULL, NULL, standard);
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        if (o->type < OPTION_STRING) {
            hash_after(o->key, o->preset, hex);
            ASSERT_STR(hex, standard);
        }
    }
    hash_after("notify.siren_expire", "3600", hex);
    ASSERT_STR(hex, standard);
    hash_after("run.deadline", "120000ms", hex);
    ASSERT_STR(hex, standard);
    hash_after("exit.l_haz.enter", "5e-1", hex);
    ASSERT_STR(hex, standard);
}

static void secrets_do_not_change_the_hash(void)
{
    struct config c;
    char with[CONFIG_HASH], without[CONFIG_HASH];
    config_defaults(&c);
    config_hash(&c, without);
    memcpy(c.secrets.pushover_token.text, "PLANTED", 8);
    config_hash(&c, with);
    ASSERT_STR(with, without);
}

/* The decisions of the defaults as a record keeps them; `key`: without it. */
static void remembered(const char *key, struct config *out)
{
    struct text full = TEXT_INIT(65536), lines = TEXT_INIT(65536);
    struct config c;
    struct error err;
    size_t left = 0;

    config_defaults(&c);
    ASSERT_INT(config_print_decisions(&c, &full), 0);
    for (const char *at = text_str(&full); *at; left++) {
        size_t len = strcspn(at, "\n") + 1;
        if (!key || strncmp(at, key, strlen(key)) != 0)
            text_printf(&lines, "%.*s", (int)len, at);
        at += len;
    }
    ASSERT(left > 50);
    ASSERT_INT(lines.len < full.len, key != NULL);
    ASSERT_INT(config_read_decisions(text_str(&lines), lines.len, out, &err),
               0);
    text_release(&full);
    text_release(&lines);
}

/* A record from before an option followed the rule that was: no pi beside a
 * crisis, the plain share of the capital, the only model of pi there was. */
static void what_is_not_written_is_younger_than_the_text(void)
{
    struct config c;

    remembered(NULL, &c);
    ASSERT_NEAR(c.exit.l_crisis.pi, .25, 0);
    ASSERT_NEAR(c.exit.m_equity.range, 1, 0);
    remembered("exit.l_crisis.pi:", &c);
    ASSERT_NEAR(c.exit.l_crisis.pi, 0, 0);
    ASSERT_NEAR(c.exit.m_equity.range, 1, 0);
    remembered("exit.m_equity.range:", &c);
    ASSERT_NEAR(c.exit.l_crisis.pi, .25, 0);
    ASSERT_NEAR(c.exit.m_equity.range, 0, 0);
    ASSERT_NEAR(c.exit.m_equity.drawdown, .15, 0);
    ASSERT_INT(c.exit.pi_model, HAZARD_THREE);
    remembered("exit.pi_model:", &c);
    ASSERT_INT(c.exit.pi_model, HAZARD_EWMA);
    ASSERT_NEAR(c.exit.m_equity.range, 1, 0);
    remembered("exit.l_haz.enter:", &c);
    ASSERT_NEAR(c.exit.l_haz.enter, .50, 0);
}

void config_print_test(void)
{
    TEST_SUITE("config: printed");
    TEST(committed_samples_are_the_printed_ones);
    TEST(the_committed_page_is_the_printed_one);
    TEST(samples_hold_every_default_and_nothing_else);
    TEST(sample_lines_fit_a_screen);
    TEST(the_page_names_every_option);
    TEST(a_full_text_is_an_error);
    TEST(the_hash_is_that_of_the_printed_lines);
    TEST(the_hash_changes_with_every_option);
    TEST(the_hash_does_not_count_the_watchdogs);
    TEST(the_hash_stays_when_only_the_writing_differs);
    TEST(secrets_do_not_change_the_hash);
    TEST(what_is_not_written_is_younger_than_the_text);
}
